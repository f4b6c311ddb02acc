package preflight

import (
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
	"github.com/ecsnet/pulumi-ecsnet/internal/words"
)

// Where the rules rest on: pages of AWS's documentation.
const (
	ecsGuide = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
	ecsApi   = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
	ecrGuide = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/"
	elbDocs  = "https://docs.aws.amazon.com/elasticloadbalancing/latest/"
	linkDocs = "https://docs.aws.amazon.com/vpc/latest/privatelink/"

	// endpointsPage says which endpoints tasks need, on Fargate and on EC2.
	endpointsPage = ecsGuide + "vpc-endpoints.html"
)

// isolated says whether endpoints are the only way to AWS and nothing leads to
// the internet. It is not known where the way out is not. Subnets with an
// internet gateway do not count: whether their tasks may use it is a rule of
// its own, public-address. Nor is it known where hosts in other subnets do the
// reaching: they pull the image, write the log and read the secrets.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instances-awsvpc-mode.html
func (c *trial) isolated() fact.Of[bool] {
	egress, known := c.net.Egress.Get()
	if !known || egress == netfacts.None && c.place.HostsElsewhere && !c.rule.byTask {
		return fact.Unknown[bool]()
	}
	return fact.Known(egress == netfacts.None)
}

// offline asks whether the tasks have no way out, for a rule that finds fault
// with that. Where it is not known, the rule stays undecided.
func (c *trial) offline(path string) bool {
	isolated, known := c.isolated().Get()
	if !known {
		c.unknown(path, "the way out of "+c.net.String())
	}
	return known && isolated
}

// needEndpoints is a finding unless the network has interface endpoints for
// services, or another way to them. what needs them reads on with "needs".
func (c *trial) needEndpoints(path, what, awsSays string, needed ...string) {
	c.needEndpointsBy(c.net.AddEndpoints, path, what, awsSays, needed...)
}

// needEndpointsBy is needEndpoints where the network gets them in a way of its
// own.
func (c *trial) needEndpointsBy(fix func(missing ...string) string, path, what, awsSays string, needed ...string) {
	services, servicesKnown := c.net.EndpointServices.Get()
	if servicesKnown {
		needed = slices.DeleteFunc(slices.Clone(needed), func(s string) bool { return slices.Contains(services, s) })
	}
	if len(needed) == 0 || !c.offline(path) {
		return
	}
	if !servicesKnown {
		c.unknown(path, "which endpoints "+c.net.String()+" has")
		return
	}
	c.find(path, what+" needs "+endpointsFor(needed)+"; "+c.net.Basis(), fix(needed...), awsSays)
}

func endpointsFor(services []string) string {
	if len(services) == 1 {
		return "an interface endpoint for " + services[0]
	}
	return "interface endpoints for " + words.And(services)
}

// sameRegion compares a Region with the network's; false and known false where
// that is not known.
func (c *trial) sameRegion(region string) (same, known bool) {
	ours, known := c.net.Region.Get()
	return known && ours == region, known
}
