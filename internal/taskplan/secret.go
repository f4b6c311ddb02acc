package taskplan

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/need"
)

// Secret is a variable of a container whose value AWS keeps: ECS reads it with
// the execution role when the task starts.
type Secret struct {
	// Name of the variable.
	Name string
	// Arn of the secret, or of the parameter.
	Arn fact.Text
}

// Check finds what is wrong with the ARN.
func (s Secret) Check(faults *field.Faults) { check(faults, s.Arn, CheckSecret) }

// declare asks for the way to the secret, and for leave to read it.
func (s Secret) declare(_ Place, n *need.Needs) {
	reading := need.Reach{Rule: "secret-endpoint", At: s.Arn.At}
	text, known := s.Arn.Get()
	if !known {
		reading.Unknown = "the secret's ARN"
		n.Reach(reading)
		return
	}
	arn, err := ParseSecret(text)
	if err != nil {
		return // a fault
	}
	reading.What, reading.To, reading.Region, reading.AwsSays = "reading the secret "+arn.Name, []string{arn.Service}, arn.Region, arn.Timeout()
	n.Reach(reading)
	grant := need.Grant{To: need.Execution, Sid: "Secrets", Actions: []string{"secretsmanager:GetSecretValue"}, Resources: []string{arn.PolicyArn}}
	if arn.Service == "ssm" {
		grant.Sid, grant.Actions = "Parameters", []string{"ssm:GetParameters"}
	}
	n.Grant(grant)
}

func (s Secret) render(d *containerDefinition) error {
	d.Secrets = append(d.Secrets, secretFrom{s.Name, s.Arn.Or("")})
	return nil
}

// Key is a customer managed key that encrypts a secret.
type Key struct{ fact.Text }

// Check finds what is wrong with the ARN.
func (k Key) Check(faults *field.Faults) {
	check(faults, k.Text, func(path, arn string) field.Faults { return CheckArn(path, "kms", arn) })
}

// declare asks for leave to decrypt with the key. It reaches nothing: Secrets
// Manager and Parameter Store use the key themselves, on the role's behalf.
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
func (k Key) declare(_ Place, n *need.Needs) {
	if arn, known := k.Get(); known && len(CheckArn("", "kms", arn)) == 0 { // else it is a fault
		n.Grant(need.Grant{To: need.Execution, Sid: "Keys", Actions: []string{"kms:Decrypt"}, Resources: []string{arn}})
	}
}

// SecretArn is where a secret is kept.
type SecretArn struct {
	// Service is secretsmanager or ssm.
	Service string
	// PolicyArn is the ARN for a policy: without what selects a part or a
	// version. When a Secrets Manager ARN lacks the six characters that AWS puts
	// at the end of a secret's name, "-??????" stands for them.
	PolicyArn string
	// Region that the secret is in.
	Region string
	// Partition and Account that the secret is in.
	Partition, Account string
	// Name of the secret or parameter, as it is in the ARN.
	Name string
}

var (
	// A name that you may give a secret, and "!", which stands in the names of
	// secrets that AWS's own services manage: rds!cluster-...
	// https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html
	secretName = regexp.MustCompile(`^[A-Za-z0-9/_+=.@!-]+$`)
	secretTail = regexp.MustCompile(`-[A-Za-z0-9]{6}$`)
	// A parameter may be followed by the number of a version, or by a label.
	// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
	parameter = regexp.MustCompile(`^(parameter(?:/[A-Za-z0-9_.-]+)+)(?::[A-Za-z0-9_.-]+)?$`)
	// A parameter that stands for a secret of Secrets Manager has that secret's
	// name.
	// https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
	secretParameter = regexp.MustCompile(`^(parameter/aws/reference/secretsmanager/[A-Za-z0-9/_+=.@!-]+)(?::[A-Za-z0-9_.-]+)?$`)
)

// publicParameters begin the names of parameters that AWS publishes, whose ARNs
// have no account.
// https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
const publicParameters = "parameter/aws/service/"

// longestSecret is the length of a secret's name, with the hyphen and the six
// characters that AWS adds.
const longestSecret = 519

// anyTail stands in a policy for the six characters that are not known.
const anyTail = "-??????"

// CheckSecret returns the faults of a container's secret: the ARN of a Secrets
// Manager secret, as it is or followed by :json-key:version-stage:version-id,
// or the ARN of an SSM parameter.
//
// The fault shows the value only when it has an ARN's form. A value that has
// not may be the secret itself, and an error is no place for it.
func CheckSecret(path, text string) field.Faults {
	var faults field.Faults
	if _, err := ParseSecret(text); err != nil {
		var value any
		if _, isArn := parseARN(text); isArn {
			value = text
		}
		var f secretError
		errors.As(err, &f)
		faults.AddBetter(path, value, f.rule, f.fix, f.better)
	}
	return faults
}

// secretError is why a text is not a secret's ARN, in the parts of a fault.
type secretError struct{ rule, fix, better string }

// Error holds nothing of the text.
func (e secretError) Error() string { return e.rule + "; " + e.fix }

// ParseSecret reads the ARN of a container's secret. The error never holds a
// text that has not an ARN's form, which may be a secret itself.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
func ParseSecret(text string) (SecretArn, error) {
	a, ok := parseARN(text)
	switch {
	case text == "":
		return SecretArn{}, secretError{"is empty", "write the ARN of a Secrets Manager secret or of an SSM parameter", ""}
	case !ok:
		return SecretArn{}, secretError{"is not an ARN", "write the ARN of a Secrets Manager secret or of an SSM parameter, not its name and never its value", ""}
	case a.service != "secretsmanager" && a.service != "ssm":
		return SecretArn{}, secretError{
			"is an ARN of a service that keeps no secrets for ECS",
			"write the ARN of a Secrets Manager secret or of an SSM parameter", "",
		}
	case !arnRegion.MatchString(a.region):
		return SecretArn{}, secretError{"has a wrong region", "write the ARN as AWS shows it", ""}
	case !arnAccount.MatchString(a.account) && !a.isPublicParameter():
		return SecretArn{}, secretError{"has a wrong account id", "write the ARN as AWS shows it", ""}
	}
	s := SecretArn{Service: a.service, Region: a.region, Partition: a.partition, Account: a.account}
	prefix := strings.Join([]string{"arn", a.partition, a.service, a.region, a.account, ""}, ":")
	if a.service == "ssm" {
		m := parameter.FindStringSubmatch(a.resource)
		if m == nil {
			m = secretParameter.FindStringSubmatch(a.resource)
		}
		if m == nil {
			return SecretArn{}, secretError{
				"is not the ARN of an SSM parameter", "write the ARN as AWS shows it",
				fmt.Sprintf("write %q and the parameter's name", prefix+"parameter/"),
			}
		}
		s.Name = strings.TrimPrefix(m[1], "parameter")
		s.PolicyArn = prefix + m[1]
		return s, nil
	}
	resource, isSecret := strings.CutPrefix(a.resource, "secret:")
	if !isSecret {
		return SecretArn{}, secretError{
			"is not the ARN of a secret", "write the ARN as AWS shows it",
			fmt.Sprintf("write %q and the secret's name", prefix+"secret:"),
		}
	}
	parts := strings.Split(resource, ":")
	if len(parts[0]) > longestSecret || !secretName.MatchString(parts[0]) {
		return SecretArn{}, secretError{"has a name that no secret can have", "write the ARN as AWS shows it", ""}
	}
	switch len(parts) {
	case 1:
	case 4:
		if parts[2] != "" && parts[3] != "" {
			return SecretArn{}, secretError{"names both a version stage and a version id", "name one of them, and leave the other empty", ""}
		}
	default:
		key := ""
		if len(parts) > 1 {
			key = parts[1]
		}
		return SecretArn{}, secretError{
			"does not have three parts after the secret's name, so ECS would not start the task",
			"write :json-key:version-stage:version-id with every colon, such as \":password::\"",
			fmt.Sprintf("write :json-key:version-stage:version-id with every colon, such as %q", ":"+key+"::"),
		}
	}
	s.Name = parts[0]
	s.PolicyArn = prefix + "secret:" + parts[0]
	if !secretTail.MatchString(parts[0]) {
		s.PolicyArn += anyTail
	}
	return s, nil
}

// isPublicParameter says whether an ARN is that of a parameter of AWS's own.
func (a arn) isPublicParameter() bool {
	return a.service == "ssm" && a.account == "" && strings.HasPrefix(a.resource, publicParameters)
}

// Timeout is what ECS says of a secret that it cannot reach.
func (s SecretArn) Timeout() string {
	const before, after = "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve ", ". Check your task network configuration."
	if s.Service == "ssm" {
		return before + "secrets from ssm: The task cannot pull secrets from AWS Systems Manager. There is a connection issue between the task and AWS Systems Manager Parameter Store" + after
	}
	return before + "secret from asm: There is a connection issue between the task and AWS Secrets Manager" + after
}
