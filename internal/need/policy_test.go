package need

import "testing"

// TestPolicyDoesNotFollowTheOrderOfParts: another name for a variable is
// another order of the parts, and no other policy.
func TestPolicyDoesNotFollowTheOrderOfParts(t *testing.T) {
	t.Parallel()
	secret := func(arn string) Grant {
		return Grant{Execution, "Secrets", []string{"secretsmanager:GetSecretValue"}, []string{arn}}
	}
	parameter := Grant{Execution, "Parameters", []string{"ssm:GetParameters"}, []string{"p"}}
	other := Grant{Task, "EcsExec", []string{"ssmmessages:OpenDataChannel"}, []string{"*"}}
	const want = `{"Version":"2012-10-17","Statement":[` +
		`{"Sid":"Secrets","Effect":"Allow","Action":["secretsmanager:GetSecretValue"],"Resource":["a","b"]},` +
		`{"Sid":"Parameters","Effect":"Allow","Action":["ssm:GetParameters"],"Resource":["p"]}]}`
	for _, grants := range [][]Grant{
		{secret("a"), secret("b"), parameter, other},
		{other, parameter, secret("b"), secret("a"), secret("b")},
	} {
		if got := (Needs{Grants: grants}).Policy(Execution); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if got := (Needs{Grants: []Grant{other}}).Policy(Execution); got != "" {
		t.Errorf("what nobody asked for: %s", got)
	}
}
