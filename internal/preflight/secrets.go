package preflight

import (
	"fmt"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// secrets are the rules about reading the container's secrets.
//
// None asks for a kms endpoint: where a key of the user's own encrypts a
// secret, Secrets Manager and Parameter Store decrypt it themselves, on behalf
// of the execution role.
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
var secrets = []Rule{
	{
		Id: "secret-endpoint", Severity: SeverityError,
		Needs:   "A secret needs the endpoint `secretsmanager`, an SSM parameter the endpoint `ssm`, or a way to the internet.",
		AwsSays: "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration.",
		Fix:     "Add it to the network's `endpointServices`.",
		Doc:     endpointsPage,
		check:   (*trial).reach,
	},
	{
		Id: "secret-region", Severity: SeverityError,
		Needs:   "A secret of another Region needs a way to the internet: endpoints lead to their own Region only.",
		AwsSays: "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration.",
		Fix:     "Replicate the secret to the network's Region, or make the parameter there too, or use a `NatNetwork`.",
		Doc:     linkDocs + "privatelink-access-aws-services.html",
		check: func(c *trial) {
			c.eachSecret(func(path string, s taskplan.SecretArn) {
				region, known := c.net.Region.Get()
				switch {
				case !known:
					c.unknown(path, "the Region of "+c.net.String())
				case s.Region != region && endpoints.Partition(s.Region) == endpoints.Partition(region) && c.offline(path):
					c.find(path, fmt.Sprintf("the secret %s is in %s, and the endpoints of a network in %s lead to %s only: %s", s.Name, s.Region, region, region, c.net.Exit()),
						copySecret(s, region)+", or use a NatNetwork", s.Timeout())
				}
			})
		},
	},
}

// eachSecret visits the secrets whose ARNs are known, where the tasks have no
// way out; the rule stays undecided for the others. What is no ARN of a secret
// is the business of whoever checks arguments.
func (c *trial) eachSecret(visit func(path string, s taskplan.SecretArn)) {
	if fact.Is(c.isolated(), false) {
		return
	}
	for _, secret := range c.task.Secrets {
		path := secret.Arn.At
		arn, known := secret.Arn.Get()
		if !known {
			c.unknown(path, "the secret's ARN")
			continue
		}
		if s, err := taskplan.ParseSecret(arn); err == nil {
			visit(path, s)
		}
	}
}

// copySecret is how a secret gets to another Region. Secrets Manager replicates
// its secrets; Parameter Store has no such thing.
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
func copySecret(s taskplan.SecretArn, region string) string {
	if s.Service == "ssm" {
		return "make the parameter in " + region + " too and write that ARN"
	}
	return "replicate it to " + region + " and write the replica's ARN"
}
