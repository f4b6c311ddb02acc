package iamdoc

import "testing"

func TestWrite(t *testing.T) {
	t.Parallel()
	got := Write(
		Allow("Read", []string{"s3:GetObject"}, []string{"arn:aws:s3:::a/*"}),
		Pass("All", "*", "*", Condition{"Bool": {"b": "true"}}),
		Trust("ec2.amazonaws.com", nil),
	)
	const want = `{"Version":"2012-10-17","Statement":[` +
		`{"Sid":"Read","Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::a/*"]},` +
		`{"Sid":"All","Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"b":"true"}}},` +
		`{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":["sts:AssumeRole"]}]}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
