// Package netfacts holds what is known of a network, once: the rules that
// services make rest on it, and so does the preflight. Rules need an answer
// and take the cautious one, [Network.Assume]; the preflight never takes what
// is not known for something else.
package netfacts

import (
	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/need"
)

// Egress is the way out of the subnets that tasks run in.
type Egress string

// The ways out, as the network components name them.
const (
	None            Egress = "None"
	NatGateway      Egress = "NatGateway"
	InternetGateway Egress = "InternetGateway"
)

// Parts are the parts of a network that a component may have or not have. They
// are known before their ids are, and a part that nobody names counts as
// absent: no rule could name it either.
type Parts struct {
	CidrBlock, EndpointGroup, S3PrefixList, Subnets, PublicSubnets bool
}

// Network is what is known of a network.
type Network struct {
	// Kind and Name are those of the component, such as IsolatedVpc and net;
	// "" where there is none.
	Kind, Name string
	// Declared is true where somebody described a network that exists already:
	// the facts are that person's, and findings say so.
	Declared bool
	// Ask is how the component is asked to change.
	Ask Ask

	Parts
	// Region of the network.
	Region fact.Of[string]
	// Egress is the way out of the subnets that the tasks, or their hosts, run
	// in; an internet gateway makes them public subnets.
	Egress fact.Of[Egress]
	// Zones of the subnets.
	Zones fact.Of[[]string]
	// Endpoints says whether there are interface endpoints.
	Endpoints fact.Of[bool]
	// EndpointServices are the short names of the services that have an
	// interface endpoint with private DNS, and the full names of those whose
	// endpoint leads to another Region.
	EndpointServices fact.Of[[]string]
	// AdmitsVpc says whether the endpoints' group admits the whole VPC, so that
	// no service adds a rule to it.
	AdmitsVpc fact.Of[bool]
	// EndpointZones are the zones that have interface endpoints.
	EndpointZones fact.Of[[]string]
	// S3Gateway says whether the subnets' route tables have an S3 gateway
	// endpoint.
	S3Gateway fact.Of[bool]
	// S3PolicyNarrow says whether the policy of that endpoint lets only some
	// buckets pass.
	S3PolicyNarrow fact.Of[bool]
	// DnsEnabled says whether the VPC has enableDnsSupport and
	// enableDnsHostnames.
	DnsEnabled fact.Of[bool]
}

// Public is the network as its public subnets see it, whatever way out its
// private ones have.
func (n Network) Public() Network {
	n.Egress = fact.Known(InternetGateway)
	return n
}

// Shape is a network as rules take it.
type Shape struct {
	Parts
	Egress               Egress
	Endpoints, AdmitsVpc bool
}

// Assume is the cautious reading: what is not known is no way out, endpoints
// that have to be reached, and a group that admits nobody yet.
func (n Network) Assume() Shape {
	return Shape{
		Parts:     n.Parts,
		Egress:    n.Egress.Or(None),
		Endpoints: n.Endpoints.Or(true),
		AdmitsVpc: n.AdmitsVpc.Or(false),
	}
}

// OutOfReach says whether endpoints are the only way out, and no rule of ours
// could open it: neither their group is named nor the VPC's block.
func (s Shape) OutOfReach() bool {
	return s.Egress == None && s.Endpoints && !s.EndpointGroup && !s.CidrBlock
}

// Open is the network as everybody may know it: without its secret facts.
func (n Network) Open() Network {
	n.Region, n.Egress, n.Zones = n.Region.Open(), n.Egress.Open(), n.Zones.Open()
	n.Endpoints, n.EndpointServices, n.AdmitsVpc = n.Endpoints.Open(), n.EndpointServices.Open(), n.AdmitsVpc.Open()
	n.EndpointZones, n.S3Gateway = n.EndpointZones.Open(), n.S3Gateway.Open()
	n.S3PolicyNarrow, n.DnsEnabled = n.S3PolicyNarrow.Open(), n.DnsEnabled.Open()
	return n
}

// Openings are the rules by which the members of a group use the network: out
// to its endpoints and to S3, and to any address where there is a way out. who
// is behind the group.
func (s Shape) Openings(who string) (all []need.Opening) {
	toEndpoints := need.Opening{Peer: need.Endpoints, For: "HTTPS to the interface endpoints"}
	switch {
	case s.EndpointGroup:
		all = append(all, toEndpoints)
		if !s.AdmitsVpc {
			all = append(all, need.Opening{Into: true, Peer: need.Endpoints, For: "HTTPS from " + who})
		}
	case s.Endpoints && s.Egress == None: // else there is nothing to reach, or the rule to any address leads there
		toEndpoints.Peer = need.Block
		all = append(all, toEndpoints)
	}
	if s.S3PrefixList {
		all = append(all, need.Opening{Peer: need.S3, For: "HTTPS to S3, for the image layers of ECR"})
	}
	if s.Egress != None {
		all = append(all, need.Opening{Peer: need.Anywhere, For: "HTTPS to any address"})
	}
	return all
}
