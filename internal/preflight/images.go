package preflight

import (
	"fmt"
	"slices"
	"strings"

	"github.com/distribution/reference"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// images are the rules about pulling the image.
var images = []Rule{
	{
		Id: "image-registry", Severity: SeverityError,
		Needs:   "An image outside private ECR needs a way to the internet.",
		AwsSays: "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ...: failed to do request: ...: dial tcp ...:443: i/o timeout",
		Fix:     "Copy the image to a private ECR repository of the same Region, or use a `NatNetwork`.",
		Doc:     ecsGuide + "fargate-task-networking.html",
		check:   checkRegistry,
	},
	{
		Id: "image-region", Severity: SeverityError,
		Needs:   "An image in private ECR of another Region needs a way to the internet: this network's endpoints lead to its own Region.",
		AwsSays: "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ...: failed to do request: ...: dial tcp ...:443: i/o timeout",
		Fix:     "Copy or replicate the image to a private ECR repository of the same Region, or use a `NatNetwork`.",
		Doc:     ecrGuide + "vpc-endpoints.html",
		check:   checkImageRegion,
	},
	{
		Id: "image-endpoints", Severity: SeverityError,
		Needs:   "An image in private ECR of the same Region needs the endpoints `ecr.api` and `ecr.dkr`, or a way to the internet.",
		AwsSays: "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration.",
		Fix:     "Add them to the network's `endpointServices`.",
		Doc:     ecrGuide + "vpc-endpoints.html",
		check:   (*trial).reach,
	},
	{
		Id: "image-layers", Severity: SeverityError,
		Needs:   "An image in private ECR of the same Region needs the S3 gateway endpoint, which its layers come through, or a way to the internet.",
		AwsSays: "CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get \"https://prod-REGION-starport-layer-bucket.s3.REGION.amazonaws.com/...\": dial tcp ...:443: i/o timeout",
		Fix:     "Make an S3 gateway endpoint on the subnets' route tables, and declare it with `s3PrefixListId`.",
		Doc:     ecrGuide + "vpc-endpoints.html",
		check:   checkImageLayers,
	},
}

// image is a reference taken apart.
type image struct {
	text string
	// full is the reference with what the user may leave out.
	full     string
	registry string
	// region of a private ECR registry, "" of any other.
	region string
}

// image returns the task's image where it is known and a reference; what is no
// reference is the business of whoever checks arguments.
func (c *trial) image() (i image, ok bool) {
	text, known := c.task.Image.Get()
	if !known {
		if !fact.Is(c.isolated(), false) {
			c.unknown(c.task.Image.At, "the image")
		}
		return i, false
	}
	named, err := reference.ParseNormalizedNamed(text)
	if err != nil {
		return i, false
	}
	_, region, _, _ := taskplan.ParseECRImage(text)
	return image{text, reference.TagNameOnly(named).String(), reference.Domain(named), region}, true
}

// ours returns the task's image where it is in private ECR and the network's
// Region; where that is not known, the rule stays undecided.
func (c *trial) ours() (i image, ok bool) {
	i, ok = c.image()
	if !ok || i.region == "" || fact.Is(c.isolated(), false) {
		return i, false
	}
	same, known := c.sameRegion(i.region)
	if !known {
		c.unknown(c.task.Image.At, "the Region of "+c.net.String())
	}
	return i, same
}

func checkRegistry(c *trial) {
	i, ok := c.image()
	if !ok || i.region != "" || !c.offline(c.task.Image.At) {
		return
	}
	if taskplan.MayBeInside(i.registry) {
		c.unknown(c.task.Image.At, "whether "+i.registry+" is in the VPC")
		return
	}
	c.find(c.task.Image.At, fmt.Sprintf("%q is %s, which this network cannot reach: %s", i.text, place(i.registry), c.net.Exit()),
		fmt.Sprintf("copy it to a private ECR repository in %s (ContainerImage makes one) and write that image, or use a NatNetwork", c.net.OfRegion()),
		pullTimeout(i))
}

// pullTimeout is what ECS says of a registry that it cannot reach.
func pullTimeout(i image) string {
	return "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref " + i.full + ": failed to do request: dial tcp: i/o timeout"
}

// place is where a registry's images are.
func place(registry string) string {
	switch registry {
	case "docker.io":
		return "on Docker Hub"
	case "public.ecr.aws":
		return "in Amazon ECR Public, which has no VPC endpoint"
	default:
		return "in the registry " + registry
	}
}

func checkImageRegion(c *trial) {
	i, ok := c.image()
	if !ok || i.region == "" || !c.offline(c.task.Image.At) {
		return
	}
	region, known := c.net.Region.Get()
	if !known {
		c.unknown(c.task.Image.At, "the Region of "+c.net.String())
		return
	}
	if region == i.region || endpoints.Partition(region) != endpoints.Partition(i.region) {
		return // another partition is the business of image-partition
	}
	// ECR's endpoints can lead to another Region; the layers' way is S3's.
	// https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-cross-region-privatelink-support.html
	if services, known := c.net.EndpointServices.Get(); !known || slices.ContainsFunc(services, leadsToEcr(i.region)) {
		c.unknown(c.task.Image.At, "whether endpoints of "+c.net.String()+" lead to "+i.region+", for the image and for its layers")
		return
	}
	c.find(c.task.Image.At, fmt.Sprintf("%q is in %s, and the endpoints of this network lead to %s: %s", i.text, i.region, region, c.net.Exit()),
		fmt.Sprintf("replicate it to %s and write %q, or use a NatNetwork", region, strings.Replace(i.text, i.region, region, 1)),
		pullTimeout(i))
}

// leadsToEcr says of an endpoint service whether it is ECR's in a Region.
func leadsToEcr(region string) func(string) bool {
	return func(service string) bool {
		short, there := endpoints.Split(service)
		return there == region && strings.HasPrefix(short, "ecr.")
	}
}

func checkImageLayers(c *trial) {
	if fact.Is(c.net.S3Gateway, true) && !c.place.S3Closed {
		return
	}
	for r := range c.needed() {
		switch _, known := c.net.S3Gateway.Get(); {
		case !c.offline(r.At):
		case c.place.S3Closed:
			c.find(r.At, "the layers of an image in private ECR come from S3, and the tasks' security group lets nothing out to it: "+c.net.String()+" declares no s3PrefixListId",
				"declare the s3PrefixListId of the S3 gateway endpoint on the tasks' route tables; make the endpoint first where there is none", r.AwsSays)
		case !known:
			c.unknown(r.At, "whether "+c.net.String()+" has an S3 gateway endpoint")
		default:
			c.find(r.At, "the layers of an image in private ECR come from S3, through a gateway endpoint; "+c.net.Has()+" none, and no other way out",
				"make an S3 gateway endpoint on the route tables of the tasks' subnets, and declare it with s3PrefixListId; an interface endpoint for S3 does not serve ECR", r.AwsSays)
		}
	}
}
