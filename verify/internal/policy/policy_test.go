package policy

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
)

// statementOf is a document of one statement that allows everything, with edits.
func statementOf(t *testing.T, edits map[string]any) string {
	t.Helper()
	s := map[string]any{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
	for k, v := range edits {
		if v == nil {
			delete(s, k)
			continue
		}
		s[k] = v
	}
	b, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": []any{s}})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func when(operator, key string, values ...any) map[string]any {
	var v any = values
	if len(values) == 1 {
		v = values[0]
	}
	return map[string]any{operator: map[string]any{key: v}}
}

// TestAllow is about one statement that allows.
func TestAllow(t *testing.T) {
	t.Parallel()
	const account = "123456789012"
	tests := map[string]struct {
		edits map[string]any
		want  Verdict
	}{
		"everything":                          {nil, Verdict{Open, openText}},
		"some actions":                        {map[string]any{"Action": []string{"s3:GetObject"}}, Verdict{Open, openText}},
		"a bucket":                            {map[string]any{"Action": "s3:GetObject", "Resource": "arn:aws:s3:::layers/*"}, Verdict{Limited, "s3:GetObject on bucket layers"}},
		"a bucket and its objects":            {map[string]any{"Resource": []string{"arn:aws:s3:::b", "arn:aws:s3:::b/*"}}, Verdict{Limited, "bucket b"}},
		"buckets of any name":                 {map[string]any{"Resource": "arn:aws:s3:::*"}, Verdict{Open, openText}},
		"buckets whose names begin so":        {map[string]any{"Resource": "arn:aws:s3:::team-*/*"}, Verdict{Open, openText}},
		"one of two without bounds":           {map[string]any{"Resource": []string{"arn:aws:s3:::b/*", "*"}}, Verdict{Open, openText}},
		"a bucket of a policy variable":       {map[string]any{"Resource": "arn:aws:s3:::${aws:PrincipalAccount}/*"}, Verdict{Undecided, `whether its policy bounds what passes: resource "arn:aws:s3:::${aws:PrincipalAccount}/*" is not understood`}},
		"a table of an account":               {map[string]any{"Resource": "arn:aws:dynamodb:eu-west-1:123456789012:table/t"}, Verdict{Limited, "resources of account 123456789012"}},
		"a table of any account":              {map[string]any{"Resource": "arn:aws:dynamodb:eu-west-1:*:table/t"}, Verdict{Open, openText}},
		"all but a resource":                  {map[string]any{"Resource": nil, "NotResource": "arn:aws:s3:::b/*"}, Verdict{Open, openText}},
		"an account's principals":             {map[string]any{"Principal": map[string]any{"AWS": "arn:aws:iam::123456789012:root"}}, Verdict{Limited, "principal arn:aws:iam::123456789012:root"}},
		"all principals, the long way":        {map[string]any{"Principal": map[string]any{"AWS": []string{"*"}}}, Verdict{Open, openText}},
		"a service's principals":              {map[string]any{"Principal": map[string]any{"Service": "ec2.amazonaws.com"}}, Verdict{Undecided, `whether its policy bounds what passes: principal "ec2.amazonaws.com" of kind Service is not understood`}},
		"all but a principal":                 {map[string]any{"Principal": nil, "NotPrincipal": "*"}, Verdict{Undecided, "whether its policy bounds what passes: NotPrincipal is not understood"}},
		"no principal":                        {map[string]any{"Principal": nil}, Verdict{Undecided, "whether its policy bounds what passes: a statement without a principal is not understood"}},
		"AWS's services":                      {map[string]any{"Condition": when("Bool", "aws:PrincipalIsAWSService", "true")}, Verdict{Limited, "AWS's own services"}},
		"AWS's services, as a truth":          {map[string]any{"Condition": when("Bool", "aws:PrincipalIsAWSService", true)}, Verdict{Limited, "AWS's own services"}},
		"all but AWS's services":              {map[string]any{"Condition": when("Bool", "aws:PrincipalIsAWSService", "false")}, Verdict{Open, openText}},
		"AWS's services or nobody":            {map[string]any{"Condition": when("BoolIfExists", "aws:PrincipalIsAWSService", "true")}, Verdict{Open, openText}},
		"no key of AWS's services":            {map[string]any{"Condition": when("Null", "aws:PrincipalIsAWSService", "true")}, Verdict{Undecided, `whether its policy bounds what passes: condition key aws:PrincipalIsAWSService is not understood`}},
		"PrincipalAccount":                    {map[string]any{"Condition": when("StringEquals", "aws:PrincipalAccount", account)}, Verdict{Limited, "principals of account " + account}},
		"the key in lower case":               {map[string]any{"Condition": when("StringEquals", "aws:principalaccount", account)}, Verdict{Limited, "principals of account " + account}},
		"PrincipalOrgID":                      {map[string]any{"Condition": when("StringEquals", "aws:PrincipalOrgID", "o-abc")}, Verdict{Limited, "principals of organization o-abc"}},
		"PrincipalOrgPaths":                   {map[string]any{"Condition": when("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-abc/*")}, Verdict{Limited, "principals of organization path o-abc/*"}},
		"PrincipalOrgPaths of all":            {map[string]any{"Condition": when("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "*")}, Verdict{Open, openText}},
		"PrincipalOrgPaths, each value":       {map[string]any{"Condition": when("ForAllValues:StringLike", "aws:PrincipalOrgPaths", "o-abc/*")}, Verdict{Open, openText}},
		"PrincipalArn":                        {map[string]any{"Condition": when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::123456789012:role/*")}, Verdict{Limited, "principal arn:aws:iam::123456789012:role/*"}},
		"PrincipalArn of any account":         {map[string]any{"Condition": when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/app")}, Verdict{Open, openText}},
		"ResourceAccount":                     {map[string]any{"Condition": when("StringEquals", "aws:ResourceAccount", account, "210987654321")}, Verdict{Limited, "resources of account 123456789012, 210987654321"}},
		"ResourceAccount as the caller's own": {map[string]any{"Condition": when("StringEquals", "aws:ResourceAccount", "${aws:PrincipalAccount}")}, Verdict{Open, openText}},
		"ResourceOrgID":                       {map[string]any{"Condition": when("StringEquals", "aws:ResourceOrgID", "o-abc")}, Verdict{Limited, "resources of organization o-abc"}},
		"if it exists":                        {map[string]any{"Condition": when("StringEqualsIfExists", "aws:PrincipalAccount", account)}, Verdict{Open, openText}},
		"another account":                     {map[string]any{"Condition": when("StringNotEquals", "aws:PrincipalAccount", account)}, Verdict{Open, openText}},
		"with a wildcard":                     {map[string]any{"Condition": when("StringLike", "aws:PrincipalAccount", "*")}, Verdict{Open, openText}},
		"no value":                            {map[string]any{"Condition": map[string]any{"StringEquals": map[string]any{"aws:PrincipalAccount": []string{}}}}, Verdict{Open, openText}},
		"from a VPC":                          {map[string]any{"Condition": when("StringEquals", "aws:SourceVpc", "vpc-1")}, Verdict{Open, openText}},
		"a key that is not known":             {map[string]any{"Condition": when("StringEquals", "aws:SomethingNew", "x")}, Verdict{Undecided, "whether its policy bounds what passes: condition key aws:SomethingNew is not understood"}},
		"a key that is not known beside one that bounds": {map[string]any{"Condition": map[string]any{
			"StringEquals": map[string]any{"aws:SomethingNew": "x", "aws:PrincipalAccount": account},
		}}, Verdict{Limited, "principals of account " + account}},
		"an effect of another name": {map[string]any{"Effect": "Perhaps"}, Verdict{Undecided, `whether its policy bounds what passes: a statement's effect "Perhaps" is not understood`}},
		"only a denial":             {map[string]any{"Effect": "Deny"}, Verdict{None, "nothing"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, Of("s3", statementOf(t, tt.edits)))
		})
	}
}

// TestDeny is about a statement that denies beside one that allows everything.
func TestDeny(t *testing.T) {
	t.Parallel()
	const account = "123456789012"
	deny := func(edits string) string {
		return `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"},{"Effect":"Deny","Principal":"*",` + edits + `}]}`
	}
	tests := map[string]struct {
		document string
		want     Verdict
	}{
		"everything":               {deny(`"Action":"*","Resource":"*"`), Verdict{None, "nothing"}},
		"other accounts":           {deny(`"Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"` + account + `"}}`), Verdict{Limited, "principals of account " + account}},
		"other accounts, if known": {deny(`"Action":"s3:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:ResourceAccount":"` + account + `"}}`), Verdict{Limited, "resources of account " + account}},
		"other buckets":            {deny(`"Action":"*","NotResource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]`), Verdict{Limited, "bucket b"}},
		"every bucket": {
			deny(`"Action":["s3:*","s3-object-lambda:*"],"Resource":"arn:aws:s3:::*","Condition":{"StringNotEquals":{"aws:ResourceAccount":"` + account + `"}}`),
			Verdict{Limited, "resources of account " + account},
		},
		"another service": {
			deny(`"Action":"ec2:*","Resource":"*"`), Verdict{Undecided, "whether its policy bounds what passes: a Deny of ec2:* is not understood"},
		},
		"other buckets' reading": {deny(`"Action":"s3:GetObject","NotResource":"arn:aws:s3:::b/*"`), Verdict{Open, openText}},
		"this account":           {deny(`"Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":"` + account + `"}}`), Verdict{Open, openText}},
		"other accounts of some resource": {
			deny(`"Action":"*","Resource":"arn:aws:s3:::b","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"` + account + `"}}`), Verdict{Open, openText},
		},
		"other accounts, but for AWS": {
			deny(`"Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"` + account + `"},"Bool":{"aws:PrincipalIsAWSService":"false"}}`),
			Verdict{Undecided, "whether its policy bounds what passes: a Deny with further conditions is not understood"},
		},
		"other accounts, but for AWS, without a key too": {
			deny(`"Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"` + account + `"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}`),
			Verdict{Limited, "AWS's own services or principals of account " + account},
		},
		"AWS itself":                   {deny(`"Action":"*","Resource":"*","Condition":{"Bool":{"aws:PrincipalIsAWSService":"true"}}`), Verdict{Open, openText}},
		"other accounts, of any value": {deny(`"Action":"*","Resource":"*","Condition":{"ForAnyValue:StringNotEquals":{"aws:PrincipalAccount":"` + account + `"}}`), Verdict{Open, openText}},
		"other sessions": {
			deny(`"Action":"*","Resource":"*","Condition":{"StringNotLike":{"aws:userid":"AROAEXAMPLE:*"}}`),
			Verdict{Undecided, "whether its policy bounds what passes: condition key aws:userid is not understood"},
		},
		"insecure transport": {deny(`"Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}`), Verdict{Open, openText}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, Of("s3", tt.document))
		})
	}
}

// TestDocuments is about documents as a whole.
func TestDocuments(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		document string
		want     Kind
	}{
		"none":                         {"", Open},
		"no statement":                 {`{"Version":"2012-10-17"}`, Undecided},
		"an empty list of statements":  {`{"Statement":[]}`, None},
		"one statement, not in a list": {`{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}`, Open},
		"one bounded, one open":        {`{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"arn:aws:s3:::b/*"},{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`, Open},
		"one bounded, one not known":   {`{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"arn:aws:s3:::b/*"},{"Effect":"Allow","Action":"*","Resource":"*"}]}`, Undecided},
		"no JSON":                      {`Allow`, Undecided},
		"a list":                       {`[]`, Undecided},
		"null":                         {`null`, Undecided},
		"a number for a resource":      {`{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":7}]}`, Undecided},
		"an object for an action":      {`{"Statement":[{"Effect":"Allow","Principal":"*","Action":{},"Resource":"*"}]}`, Undecided},
		"a condition of text":          {`{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":"x"}]}`, Undecided},
		"an account as a number":       {`{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":123456789012}}}]}`, Limited},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, Of("s3", tt.document).Kind)
		})
	}
}

// FuzzOf holds that no document panics, and that every verdict says something.
func FuzzOf(f *testing.F) {
	f.Add(`{"Statement":[{"Effect":"Allow","Principal":{"AWS":["*"]},"Action":["a"],"Resource":["arn:aws:s3:::b/*"],"Condition":{"StringLike":{"aws:PrincipalArn":["arn:aws:iam::1:role/x"]}}}]}`)
	f.Add(`{"Statement":{"Effect":"Deny","NotPrincipal":null,"NotAction":[],"NotResource":"x"}}`)
	f.Fuzz(func(t *testing.T, document string) {
		v := Of("s3", document)
		if v.Kind == "" || v.Text == "" {
			t.Errorf("no verdict: %+v", v)
		}
	})
}
