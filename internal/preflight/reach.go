package preflight

import (
	"iter"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/need"
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

// needed yields what the rule being asked judges, as the parts of the task
// declare it, where the tasks may have no way out. What cannot be decided stays
// undecided; what is in another Region is the business of other rules.
func (c *trial) needed() iter.Seq[need.Reach] {
	return func(yield func(need.Reach) bool) {
		for _, r := range c.reaches {
			same, known := c.sameRegion(r.Region)
			switch {
			case r.Rule != c.rule.Id || fact.Is(c.isolated(), false):
			case r.Unknown == need.NetworkRegion || r.Unknown == "" && r.Region != "" && !known:
				c.unknown(r.Path(), "the Region of "+c.net.String())
			case r.Unknown != "":
				c.unknown(r.Path(), r.Unknown)
			case (r.Region == "" || same) && !yield(r):
				return
			}
		}
	}
}

// reach finds what the rule being asked judges and no endpoint leads to.
func (c *trial) reach() { c.reachBy(c.net.AddEndpoints) }

// reachBy is reach where the network gets endpoints in a way of its own.
func (c *trial) reachBy(fix func(missing ...string) string) {
	for r := range c.needed() {
		c.needEndpoints(r, fix)
	}
}

// needEndpoints is a finding unless the network has the interface endpoints
// that lead there, or another way out.
func (c *trial) needEndpoints(r need.Reach, fix func(missing ...string) string) {
	needed, path := r.To, r.Path()
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
	c.find(path, r.What+" needs "+endpointsFor(needed)+"; "+c.net.Basis(), fix(needed...), r.AwsSays)
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
