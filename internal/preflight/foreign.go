package preflight

import (
	"fmt"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// foreign are the rules about what lies in another partition, where no way out
// helps: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
var foreign = []Rule{
	{
		Id: "image-partition", Severity: SeverityError,
		Needs:   "An image in private ECR must be in the network's partition: `aws`, `aws-cn`, `aws-us-gov`.",
		AwsSays: "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ...: pulling from host ... failed with status code [manifests ...]: 401 Unauthorized",
		Fix:     "Copy the image to a private ECR repository of the same Region.",
		Doc:     "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html",
		check:   checkImagePartition,
	},
	{
		Id: "secret-partition", Severity: SeverityError,
		Needs:   "A secret must be in the network's partition: `aws`, `aws-cn`, `aws-us-gov`.",
		AwsSays: "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: UnrecognizedClientException: The security token included in the request is invalid",
		Fix:     "Keep the secret in the network's partition too.",
		Doc:     "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html",
		check: func(c *trial) {
			for _, secret := range c.task.Secrets {
				path := secret.Arn.At
				arn, known := secret.Arn.Get()
				region, regionKnown := c.net.Region.Get()
				s, err := taskplan.ParseSecret(arn)
				switch {
				case !known || err == nil && !regionKnown:
					c.unknown(path, "the secret's ARN, or the Region of "+c.net.String())
				case err == nil && endpoints.Partition(s.Region) != endpoints.Partition(region):
					c.find(path, fmt.Sprintf("the secret %s is in partition %s; the network is in %s, and its credentials are not valid there", s.Name, endpoints.Partition(s.Region), endpoints.Partition(region)),
						"keep the secret in "+region+" and write that ARN", "")
				}
			}
		},
	},
}

func checkImagePartition(c *trial) {
	text, known := c.task.Image.Get()
	region, regionKnown := c.net.Region.Get()
	_, theirs, _, isEcr := taskplan.ParseECRImage(text)
	switch {
	case !known || isEcr && !regionKnown:
		c.unknown(c.task.Image.At, "the image, or the Region of "+c.net.String())
	case isEcr && endpoints.Partition(theirs) != endpoints.Partition(region):
		c.find(c.task.Image.At, fmt.Sprintf("%q is in partition %s; the network is in %s, and its credentials are not valid there", text, endpoints.Partition(theirs), endpoints.Partition(region)),
			"copy it to a private ECR repository in "+region+" and write that image", "")
	}
}
