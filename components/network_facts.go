package components

import (
	"errors"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
)

// facts waits for what a network says about itself, never for an id that AWS
// assigns later: waiting for those would make a user's program wait for the
// whole network. The component that made a VPC is believed on what it has not;
// a Network only on what it declares, because an empty output of it may be an
// argument left out.
func (n *Network) facts(ctx *pulumi.Context) (f netfacts.Network, err error) {
	component := n.component()
	kind := component.PulumiResourceType()
	made := slices.Contains(vpcTypes, kind)
	f.Kind, f.Name, f.Declared = kind[strings.LastIndex(kind, ":")+1:], component.PulumiResourceName(), !made
	if kind == isolatedVpcType {
		f.Ask.HostEndpoints = "ecsOnEc2 true"
	}
	read := reading{ctx: ctx}
	f.Parts = n.readParts(&read)
	f.Region = text(&read, n.Region)
	f.Egress = fact.Map(text(&read, n.Egress), func(s string) netfacts.Egress { return netfacts.Egress(s) })
	f.AdmitsVpc = fact.Map(text(&read, n.EndpointAccess), func(s string) bool { return s == string(EndpointAccessVpc) })
	f.S3PolicyNarrow = fact.Map(text(&read, n.EndpointPolicies), func(s string) bool { return s == string(EndpointPoliciesAccount) })
	notEmpty := func(list []string) bool { return len(list) > 0 }
	f.Zones = told(&read, n.AvailabilityZones, notEmpty)
	f.Endpoints = fact.Map(shown[[]string](&read, n.EndpointServices), notEmpty)
	f.EndpointServices = told(&read, n.EndpointServices, func(list []string) bool { return made || notEmpty(list) })
	if made {
		private := kind != publicNetworkType // and so an S3 gateway endpoint
		f.DnsEnabled, f.S3Gateway, f.EndpointZones = fact.Known(true), fact.Known(private), f.Zones
	} else if n.namesS3(&read, f.Parts) {
		f.S3Gateway = fact.Known(true)
	}
	return f, errors.Join(read.errs...)
}

// namesS3 says whether a Network names the prefix list of its S3 gateway
// endpoint. The id may come from another resource, so an update of a Go program
// does not wait for it: there, that the argument is given has to do.
func (n *Network) namesS3(r *reading, parts netfacts.Parts) bool {
	if preflightLater(r.ctx) {
		return parts.S3PrefixList
	}
	id, _ := shown[string](r, n.S3PrefixListId).Get()
	return id != ""
}

// readParts returns the parts of a network. One that was read back by reference
// is complete: an id is either there, or "", or unknown because this is a
// preview.
func (n *Network) readParts(r *reading) netfacts.Parts {
	if n.parts != nil {
		return *n.parts
	}
	one := func(o pulumi.StringOutput) bool {
		id, known := shown[string](r, o).Get()
		return !known || id != ""
	}
	some := func(o pulumi.StringArrayOutput) bool {
		ids, known := shown[[]string](r, o).Get()
		return !known || len(ids) > 0
	}
	return netfacts.Parts{
		CidrBlock: one(n.CidrBlock), EndpointGroup: one(n.EndpointSecurityGroupId), S3PrefixList: one(n.S3PrefixListId),
		Subnets: some(n.SubnetIds), PublicSubnets: some(n.PublicSubnetIds),
	}
}

// reading collects what goes wrong while outputs are waited for.
type reading struct {
	ctx  *pulumi.Context
	errs []error
}

// text is what an output says, which is nothing where it is empty.
func text(r *reading, o pulumi.StringOutput) fact.Of[string] {
	return told(r, o, func(s string) bool { return s != "" })
}

// told is an output's value, where it is known and says something.
func told[T any](r *reading, o pulumi.Output, something func(T) bool) fact.Of[T] {
	value := shown[T](r, o)
	if v, known := value.Get(); !known || !something(v) {
		return fact.Unknown[T]()
	}
	return value
}

// shown is an output's value, where it is known.
func shown[T any](r *reading, o pulumi.Output) fact.Of[T] {
	s, err := see[T](r.ctx, o)
	return noted(r, s, err)
}

// noted is what was seen, as a fact; what went wrong is collected.
func noted[T any](r *reading, s seen[T], err error) fact.Of[T] {
	switch {
	case err != nil:
		r.errs = append(r.errs, err)
		return fact.Unknown[T]()
	case !s.known:
		return fact.Unknown[T]()
	}
	return factOf(s.value, s.secret)
}
