package components

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
)

// The layout of a network that says nothing about it.
const (
	defaultCidrBlock = "10.0.0.0/16"
	defaultZones     = 2
	defaultMaxZones  = 2
)

// vpcArgs are the arguments that network components share, with the defaults
// of the component that has them.
type vpcArgs struct {
	cidrBlock        *string
	zones            []string
	numberOfZones    *int
	maxZones         *int
	zoneBlocks       map[string]string
	subnetBlocks     map[netplan.Tier]map[string]string
	endpointServices []string
	ecsOnEc2         *bool
	endpointAccess   *EndpointAccess
	endpointPolicies *EndpointPolicies
	s3Buckets        []string
	flowLogs         *FlowLogsArgs
	region           *string
	tags             pulumi.StringMapInput

	component       string
	tiers           []netplan.Tier
	egress          string
	defaultServices []string
	defaultPolicies EndpointPolicies
}

// plan turns the arguments into what buildNetwork makes, with every fault.
func (a vpcArgs) plan(ctx *pulumi.Context, parent pulumi.Resource, name string) (networkSpec, error) {
	s := networkSpec{
		component: a.component,
		egress:    a.egress,
		access:    or(a.endpointAccess, EndpointAccessPerService),
		policies:  or(a.endpointPolicies, a.defaultPolicies),
		buckets:   a.s3Buckets,
		flowLogs:  a.flowLogs,
		tags:      a.tags,
	}
	checkEnum(&s.faults, "endpointAccess", a.endpointAccess, EndpointAccessPerService, EndpointAccessVpc)
	checkEnum(&s.faults, "endpointPolicies", a.endpointPolicies, EndpointPoliciesAccount, EndpointPoliciesOpen)
	s.faults = append(s.faults, endpoints.CheckBuckets("s3Buckets", a.s3Buckets)...)
	a.flowLogs.check(&s.faults)
	a.checkName(name, &s.faults)
	if err := checkTags(ctx, &s.faults, a.tags, 0); err != nil {
		return s, err
	}

	max := or(a.maxZones, defaultMaxZones)
	zones, err := chooseZones(ctx, parent, zoneArgs{names: a.zones, number: a.numberOfZones, max: max, region: or(a.region, "")}, &s.faults)
	if err != nil {
		return s, err
	}
	s.region = zones.region
	s.cidrBlock = or(a.cidrBlock, defaultCidrBlock)
	s.blocks = layoutArgs{
		cidrBlock: s.cidrBlock, zones: zones, max: max,
		own: a.zoneBlocks, written: a.subnetBlocks, tiers: a.tiers,
	}
	s.layout = layOut(s.blocks, &s.faults)

	names := a.endpointServices
	if names == nil {
		names = a.defaultServices
	}
	var faults field.Faults
	s.named, faults = endpoints.Parse("endpointServices", names, s.region)
	s.services, s.faults = s.named.Services, append(s.faults, faults...)
	if or(a.ecsOnEc2, false) || a.egress == EgressNone && endpoints.NeedsEcsEndpoints(s.region) {
		s.services = appendNew(s.services, endpoints.EcsOnEc2...)
	}
	return s, nil
}

func (a vpcArgs) checkName(name string, faults *field.Faults) {
	var named []namedChild
	if slices.Contains(a.tiers, netplan.Private) {
		named = append(named, namedChild{row: children.EndpointGroup, rule: groupName})
	}
	if a.flowLogs != nil {
		named = append(named, namedChild{row: children.FlowLogsRole, rule: roleName}, namedChild{row: children.FlowLogsGroup, rule: logGroupName})
	}
	checkChildNames(faults, name, named...)
}

// networkAliases are the types of the other network components that make a
// VPC: changing the type in a program keeps the VPC and everything in it that
// both have.
func networkAliases(self string, opts []pulumi.ResourceOption) []pulumi.ResourceOption {
	return takesOverFrom(vpcTypes, self, opts)
}

// takesOverFrom has a component take over from one of another type and the same
// name, and each child from the other's child of that name.
func takesOverFrom(types []string, self string, opts []pulumi.ResourceOption) []pulumi.ResourceOption {
	var aliases []pulumi.Alias
	for _, typ := range types {
		if typ != self {
			aliases = append(aliases, pulumi.Alias{Type: pulumi.String(typ)})
		}
	}
	return append(opts, pulumi.Aliases(aliases))
}

// vpcTypes are the network components that make a VPC.
var vpcTypes = children.Tokens(children.Vpcs)
