package engine

import (
	"strings"
	"testing"
)

// secretive is a program whose values are secrets: of the program, which the
// CLI does not know and cannot take out of what it prints.
func secretive(t *testing.T, values ...string) string {
	t.Helper()
	program := `name: secretive
runtime: yaml
resources:
  net: {type: "ecsnet:IsolatedVpc"}
  apps: {type: "ecsnet:EcsCluster"}
  tagged: {type: "ecsnet:EcsCluster", properties: {tags: {team: TAG}}}
  sample:
    type: ecsnet:FargatePrivateService
    properties:
      network: ${net}
      cluster: ${apps}
      image: {fn::secret: IMAGE}
      command: [{fn::secret: COMMAND}]
      environment: {TOKEN: {fn::secret: TOKEN}}
      secrets: {DB: {fn::secret: SECRET}}
      taskRoleArn: {fn::secret: ROLE}
      ingressRules: {web: {port: 80, cidrBlock: {fn::secret: BLOCK}}}
outputs:
  service: ${sample.serviceArn}
  role: ${sample.taskRoleArn}
`
	return written(t, strings.NewReplacer(values...).Replace(program))
}

// TestSecretsStaySecret: neither what the CLI prints, nor an error, nor the
// state shows a secret; what is made of one is a secret too.
func TestSecretsStaySecret(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	bad := a.newProgram(secretive(t,
		"IMAGE", "hush/App", "COMMAND", "hush-1", "TOKEN", "hush-2",
		"SECRET", "arn:aws:ssm:us-east-1:123456789012:hush", "ROLE", "hush", "BLOCK", "10.177.0.1/16", "TAG", "{fn::secret: hush-3}",
	))
	mustNotSay := func(what, text string) {
		t.Helper()
		for _, secret := range []string{"hush", "10.177"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s shows %q:\n%s", what, secret, text)
			}
		}
	}
	out, err := bad.run("preview", "--diff")
	if err == nil {
		t.Fatalf("bad values pass\n%s", out)
	}
	mustNotSay("the preview of bad values", out)
	for _, want := range []string{
		"image: (a secret value) is not an image reference", `secrets["DB"]: (a secret value) is not the ARN of an SSM parameter`,
		"taskRoleArn: (a secret value) is not an ARN", "tags: (a secret value) cannot be a tag", `ingressRules["web"].cidrBlock: (a secret value) has host bits set`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the preview does not say %q:\n%s", want, out)
		}
	}
	hopeless := bad.takenOver(secretive(t,
		"IMAGE", "hush.example/app:1", "COMMAND", "hush-1", "TOKEN", "hush-2",
		"SECRET", "arn:aws:ssm:us-east-1:123456789012:parameter/hush", "ROLE", "arn:aws:iam::123456789012:role/hush", "BLOCK", "10.177.0.0/16", "TAG", "plain",
	))
	if out, err = hopeless.run("preview"); err == nil || !strings.Contains(out, "image-registry") {
		t.Errorf("the preflight says nothing of an image elsewhere: %v\n%s", err, out)
	}
	mustNotSay("the finding", out)

	good := bad.takenOver(secretive(t,
		"IMAGE", "123456789012.dkr.ecr.us-east-1.amazonaws.com/hush:1", "COMMAND", "hush-1", "TOKEN", "hush-2",
		"SECRET", "arn:aws:ssm:us-east-1:123456789012:parameter/hush", "ROLE", "arn:aws:iam::123456789012:role/hush", "BLOCK", "10.177.0.0/16", "TAG", "plain",
	))
	mustNotSay("the update", good.mustRun("up", "--yes", "--diff"))
	state, err := good.stack.Export(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	mustNotSay("the state", string(state))
	outputs, err := good.stack.Outputs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if outputs["role"] != "[secret]" {
		t.Errorf("the output that is made of a secret is %v", outputs["role"])
	}
	if service, _ := outputs["service"].(string); !strings.HasPrefix(service, "arn:") {
		t.Errorf("the service's ARN is %v", outputs["service"])
	}
	good.destroy()
	a.mustBeEmpty()
}
