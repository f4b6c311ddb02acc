package components

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/ec2plan"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/imageplan"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// textChecks are the checks of texts that may be secrets.
var textChecks = map[string]func(string) field.Faults{
	"image":             func(s string) field.Faults { return taskplan.CheckImage("p", s) },
	"secret":            func(s string) field.Faults { return taskplan.CheckSecret("p", s) },
	"role":              func(s string) field.Faults { return taskplan.CheckArn("p", "iam/role", s) },
	"policy":            func(s string) field.Faults { return taskplan.CheckArn("p", "iam/policy", s) },
	"key":               func(s string) field.Faults { return taskplan.CheckArn("p", "kms", s) },
	"cluster's ARN":     func(s string) field.Faults { return taskplan.CheckArn("p", "ecs/cluster", s) },
	"log group":         func(s string) field.Faults { return taskplan.CheckArn("p", "logs", s) },
	"certificate":       func(s string) field.Faults { return taskplan.CheckArn("p", "acm", s) },
	"cluster":           func(s string) field.Faults { return ec2plan.CheckClusterName("p", s) },
	"capacity provider": func(s string) field.Faults { return ec2plan.CheckCapacityProvider("p", s) },
	"tag":               func(s string) field.Faults { return imageplan.CheckTag("p", s) },
	"digest":            func(s string) field.Faults { return imageplan.CheckDigest("p", s) },
	"block": func(s string) field.Faults {
		_, faults := netplan.ParseCIDR("p", s, 0, 32)
		return faults
	},
}

// TestHiddenFaultsHoldNothingOfTheValue: a fault about a secret says the same
// whatever the secret is. A word is put into each place of texts of all kinds,
// and must not come out.
func TestHiddenFaultsHoldNothingOfTheValue(t *testing.T) {
	t.Parallel()
	seeds := []string{
		"", "nginx:1", "Nginx/App", " nginx ", "https://x/y", "x:", "a@sha512:ab", strings.Repeat("a", 300), "a b",
		"123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1", "10.0.0.1/16", "10.0.0.0", "::1/64", " 10.0.0.0/16 ",
		"arn:aws:iam::123456789012:role/x", "arn:aws:sts::123456789012:role/x", "arn:aws:iam::123456789012:policy/x",
		"arn:aws:ecs:us-east-1:123456789012:cluster/x", "arn:aws:kms:us-east-1:123456789012:alias/x", "arn:aws:logs:us-east-1:123456789012:log-group:x",
		"arn:aws:secretsmanager:us-east-1:123456789012:secret:x:y", "arn:aws:ssm:us-east-1:123456789012:x", "arn:aws:secretsmanager:us-east-1:123456789012:x",
		"arn:aws:acm:us-east-1:123456789012:certificate/x", "FARGATE", "sha256:abc",
	}
	found := 0
	for name, check := range textChecks {
		for _, seed := range seeds {
			for i := range len(seed) + 1 {
				for _, word := range []string{"zqxj", "ZQXJ", "777919"} {
					text := seed[:i] + word + seed[i:]
					for _, fault := range check(text).Hide() {
						found++
						said := strings.ToLower(fault.Error())
						if strings.Contains(said, strings.ToLower(word)) || !strings.Contains(said, field.Secret) {
							t.Errorf("%s %q: %s", name, text, fault.Error())
						}
					}
				}
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d faults", found)
	}
}

func secretText(text string) pulumi.StringOutput {
	return pulumi.ToSecret(pulumi.String(text)).(pulumi.StringOutput)
}

// TestSecretOutputsInAGoProgram: what is wrong with a secret is said without
// it, at preview and where the value comes with the update.
func TestSecretOutputsInAGoProgram(t *testing.T) {
	t.Parallel()
	program := serviceWith(func(a *FargatePrivateServiceArgs) {
		a.Image, a.TaskRoleArn = secretText("hush/App"), secretText("hush")
		a.Secrets = map[string]pulumi.StringInput{"DB": secretText("arn:aws:ssm:us-east-1:123456789012:hush")}
		a.KmsKeyArns = pulumi.StringArray{secretText("arn:aws:kms:us-east-1:123456789012:alias/hush")}
		a.IngressRules = map[string]RuleArgs{"web": {Port: ptr(80), CidrBlock: secretText("10.77.0.1/16")}}
		a.Tags = pulumi.StringMap{"team": secretText(strings.Repeat("hush", 100))}
	})
	for _, tt := range []struct {
		when    string
		options []func(*graph)
		want    []string
	}{
		{"preview", []func(*graph){inPreview}, []string{
			"image: (a secret value) is not an image reference: a repository's name is lower case; write it in lower case",
			"taskRoleArn: (a secret value) is not an ARN", `secrets["DB"]: (a secret value) is not the ARN of an SSM parameter`,
			"kmsKeyArns[0]: (a secret value) is the ARN of an alias",
			`ingressRules["web"].cidrBlock: (a secret value) has host bits set; write the block's first address`, "tags: (a secret value) has a value longer",
		}},
		{"update", nil, []string{"(a secret value)"}},
	} {
		_, err := run(t, program, tt.options...)
		if err == nil {
			t.Fatalf("%s: it was accepted", tt.when)
		}
		for _, want := range tt.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: the error does not say %q:\n%v", tt.when, want, err)
			}
		}
		for _, secret := range []string{"hush", "10.77"} {
			if strings.Contains(strings.ToLower(err.Error()), secret) {
				t.Errorf("%s: the error shows %q:\n%v", tt.when, secret, err)
			}
		}
	}
}

// TestSecretTags: the aws provider repeats all tags in tagsAll in clear, so a
// tag that is marked secret is refused: known or not, at preview and where a Go
// program has had none.
func TestSecretTags(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		tags pulumi.StringMapInput
		want bool
	}{
		"one value":  {pulumi.StringMap{"a": pulumi.String("b"), "team": secretText("hush")}, true},
		"all":        {pulumi.ToSecret(pulumi.StringMap{"team": pulumi.String("hush")}).(pulumi.StringMapOutput), true},
		"none":       {pulumi.StringMap{"team": pulumi.String("x")}, false},
		"an output":  {pulumi.StringMap{"team": pulumi.String("x").ToStringOutput()}, false},
		"all output": {pulumi.StringMap{"team": pulumi.String("x")}.ToStringMapOutput(), false},
	} {
		for when, options := range map[string][]func(*graph){"preview": {inPreview}, "update": nil} {
			_, err := run(t, func(ctx *pulumi.Context) error {
				_, err := NewIsolatedVpc(ctx, "net", &IsolatedVpcArgs{Tags: tt.tags})
				return err
			}, options...)
			if (err != nil) != tt.want {
				t.Errorf("%s, %s: want an error: %v, got %v", name, when, tt.want, err)
			}
			if err != nil && (!strings.Contains(err.Error(), "tags: (a secret value) cannot be a tag") || strings.Contains(err.Error(), "hush")) {
				t.Errorf("%s, %s: %v", name, when, err)
			}
		}
	}
}

// TestSecretsInFindings: a finding that rests on a secret is in the rule's own
// words, and one that does not is as it is.
func TestSecretsInFindings(t *testing.T) {
	t.Parallel()
	_, err := run(t, func(ctx *pulumi.Context) error {
		network, err := NewIsolatedVpc(ctx, "net", &IsolatedVpcArgs{EndpointServices: []string{"ecr.api", "ecr.dkr"}})
		if err != nil {
			return err
		}
		_, err = NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{
			Network: network, ClusterArn: pulumi.String(mockCluster), Image: secretText("hush.example/app:1"),
		})
		return err
	}, inPreview)
	for _, want := range []string{
		"image: An image outside private ECR needs a way to the internet (this rests on a secret value, which is not shown)",
		"Rule image-registry", `add "logs" to endpointServices of IsolatedVpc "net"`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q:\n%v", want, err)
		}
	}
	if err != nil && strings.Contains(err.Error(), "hush") {
		t.Errorf("the error shows the image:\n%v", err)
	}
}
