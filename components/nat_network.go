package components

import (
	"fmt"
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
)

const natNetworkType = children.Package + children.NatNetwork

// NatMode decides how many NAT gateways serve the private subnets.
type NatMode string

const (
	// One NAT gateway in each zone: losing a zone cuts off no other.
	NatModeOnePerAz NatMode = "OnePerAz"
	// One NAT gateway for all zones: the cheapest, and losing its zone cuts
	// every subnet off.
	NatModeSingle NatMode = "Single"
)

// NatNetworkArgs are the arguments of NatNetwork. Those that decide which
// resources exist are plain values, so that a preview shows the whole network.
type NatNetworkArgs struct {
	// IPv4 block of the VPC in CIDR notation, /16 to /28. Its upper half holds
	// the private subnets, its first quarter the public ones; the second quarter
	// stays free for data subnets. Fixed once the VPC exists. Default:
	// "10.0.0.0/16".
	CidrBlock *string `pulumi:"cidrBlock,optional"`
	// Names of the zones to use, such as "us-east-1a". The position of a zone
	// decides which addresses its subnets get, so add zones at the end and
	// leave "" in the place of one that is removed. Not together with
	// numberOfAvailabilityZones. Default: the Region's first zones in name
	// order that offer Fargate and interface endpoints.
	AvailabilityZones []string `pulumi:"availabilityZones,optional"`
	// How many zones to use where availabilityZones does not list them, 1 to
	// maxAvailabilityZones. Default: 2.
	NumberOfAvailabilityZones *int `pulumi:"numberOfAvailabilityZones,optional"`
	// Number of zones to keep addresses for: 2, 4 or 8. Fixed once the VPC
	// exists. Default: 2.
	MaxAvailabilityZones *int `pulumi:"maxAvailabilityZones,optional"`
	// A block of its own for a zone, by zone name, in CIDR notation, /16 to
	// /26; it is added to the VPC as a secondary block. This is how a VPC gets
	// more zones than maxAvailabilityZones. AWS allows 4 secondary blocks by
	// default. Default: none.
	ZoneCidrBlocks map[string]string `pulumi:"zoneCidrBlocks,optional"`
	// The private subnet's block of a zone, by zone name, in CIDR notation,
	// /16 to /28, in place of the planned one. Default: the planned layout.
	PrivateCidrBlocks map[string]string `pulumi:"privateCidrBlocks,optional"`
	// The public subnet's block of a zone, by zone name, in CIDR notation,
	// /16 to /28, in place of the planned one. Default: the planned layout.
	PublicCidrBlocks map[string]string `pulumi:"publicCidrBlocks,optional"`
	// How many NAT gateways there are. Going from "Single" to "OnePerAz" or
	// back changes routes in place; the address that a zone's traffic comes
	// from changes with it. Default: "OnePerAz".
	NatMode *NatMode `pulumi:"natMode,optional"`
	// Allocation ids of Elastic IPs of your own, such as "eipalloc-0123", one
	// for each NAT gateway in the order of the zones. Default: an Elastic IP is
	// made for each; AWS allows 5 in a Region unless you ask for more.
	AllocationIds []pulumi.StringInput `pulumi:"allocationIds,optional"`
	// AWS services to reach through interface endpoints rather than NAT, by
	// short name (such as "sqs") or full name; a name that this release does
	// not know is a warning. Each costs by the hour in each zone, and by the
	// gigabyte. S3 is always there, through a free gateway endpoint. Default:
	// none.
	EndpointServices []string `pulumi:"endpointServices,optional"`
	// Who may reach the interface endpoints. Default: "PerService".
	EndpointAccess *EndpointAccess `pulumi:"endpointAccess,optional"`
	// What may pass through the endpoints. "Account" cuts tasks off from S3
	// buckets that s3Buckets does not list. Default: "Open".
	EndpointPolicies *EndpointPolicies `pulumi:"endpointPolicies,optional"`
	// Names of the S3 buckets that the network may use besides ECR's own where
	// endpointPolicies is "Account". Default: none.
	S3Buckets []string `pulumi:"s3Buckets,optional"`
	// VPC flow logs. Default: none.
	FlowLogs *FlowLogsArgs `pulumi:"flowLogs,optional"`
	// AWS Region, which must be the aws provider's. It helps only if the
	// provider's Region is not known at preview: the zones are then checked
	// against this one. Default: the aws provider's Region.
	Region *string `pulumi:"region,optional"`
	// Tags for every resource that takes tags; they win over the Name tag that
	// each gets. Default: none.
	Tags pulumi.StringMapInput `pulumi:"tags,optional"`
}

// NatNetwork is a VPC whose private subnets reach the internet and cannot be
// reached from it: public and private subnets with a route table each, an
// internet gateway, NAT gateways with Elastic IPs, a default route in each
// private subnet's own table, and a free S3 gateway endpoint, so that image
// layers do not pass the NAT gateways. Each NAT gateway costs by the hour and
// by the gigabyte, each public address by the hour.
//
// Change the type and keep the name, and an IsolatedVpc or a PublicNetwork
// becomes a NatNetwork, or the other way round: what both have stays as it is.
type NatNetwork struct {
	pulumi.ResourceState

	// Id of the VPC.
	VpcId pulumi.StringOutput `pulumi:"vpcId"`
	// IPv4 block of the VPC in CIDR notation.
	CidrBlock pulumi.StringOutput `pulumi:"cidrBlock"`
	// Ids of the private subnets, in the order of the zones.
	SubnetIds pulumi.StringArrayOutput `pulumi:"subnetIds"`
	// Ids of the public subnets, in the order of the zones.
	PublicSubnetIds pulumi.StringArrayOutput `pulumi:"publicSubnetIds"`
	// Ids of the private subnets' route tables, in the order of the zones.
	RouteTableIds pulumi.StringArrayOutput `pulumi:"routeTableIds"`
	// The way out of the private subnets: always "NatGateway".
	Egress pulumi.StringOutput `pulumi:"egress"`
	// Short names of the AWS services that have an interface endpoint.
	EndpointServices pulumi.StringArrayOutput `pulumi:"endpointServices"`
	// Who the endpoint security group admits: "PerService" or "Vpc".
	EndpointAccess pulumi.StringOutput `pulumi:"endpointAccess"`
	// What may pass through the endpoints: "Account" or "Open".
	EndpointPolicies pulumi.StringOutput `pulumi:"endpointPolicies"`
	// Id of the security group that the interface endpoints share.
	EndpointSecurityGroupId pulumi.StringOutput `pulumi:"endpointSecurityGroupId"`
	// Id of the prefix list of the S3 gateway endpoint.
	S3PrefixListId pulumi.StringOutput `pulumi:"s3PrefixListId"`
	// Names of the availability zones in use, in order.
	AvailabilityZones pulumi.StringArrayOutput `pulumi:"availabilityZones"`
	// AWS Region of the VPC.
	Region pulumi.StringOutput `pulumi:"region"`
	// Id of the private subnet of each zone, by zone name.
	SubnetIdByZone pulumi.StringMapOutput `pulumi:"subnetIdByZone"`
	// Id of the private subnet's route table of each zone, by zone name.
	RouteTableIdByZone pulumi.StringMapOutput `pulumi:"routeTableIdByZone"`
	// Id of the public subnet of each zone, by zone name.
	PublicSubnetIdByZone pulumi.StringMapOutput `pulumi:"publicSubnetIdByZone"`
	// Id of the public subnet's route table of each zone, by zone name.
	PublicRouteTableIdByZone pulumi.StringMapOutput `pulumi:"publicRouteTableIdByZone"`
	// Id of the NAT gateway of each zone that has one, by zone name.
	NatGatewayIdByZone pulumi.StringMapOutput `pulumi:"natGatewayIdByZone"`
	// Public address of the NAT gateway of each zone that has one, by zone
	// name: what others put on their allow-lists.
	NatPublicIpByZone pulumi.StringMapOutput `pulumi:"natPublicIpByZone"`
	// Id of the VPC endpoint of each service, by short name; "s3" is the gateway endpoint.
	EndpointIdByService pulumi.StringMapOutput `pulumi:"endpointIdByService"`
}

// NewNatNetwork makes a VPC whose private subnets leave through NAT gateways.
func NewNatNetwork(ctx *pulumi.Context, name string, args *NatNetworkArgs, opts ...pulumi.ResourceOption) (*NatNetwork, error) {
	if args == nil {
		args = &NatNetworkArgs{}
	}
	n := &NatNetwork{}
	if err := ctx.RegisterComponentResource(natNetworkType, name, n, networkAliases(natNetworkType, opts)...); err != nil {
		return nil, err
	}
	spec, err := args.plan(ctx, n, name)
	if err != nil {
		return nil, err
	}
	if err := refuse(ctx, "NatNetwork", name, spec.faults); err != nil {
		return nil, err
	}
	net, err := buildNetwork(ctx, n, name, spec)
	if err != nil {
		return nil, err
	}
	setOutputs(n, net.outputs(ctx))
	return n, ctx.RegisterResourceOutputs(n, outputsOf(n))
}

func (a *NatNetworkArgs) plan(ctx *pulumi.Context, parent pulumi.Resource, name string) (networkSpec, error) {
	s, err := vpcArgs{
		component: "NatNetwork",
		cidrBlock: a.CidrBlock, zones: a.AvailabilityZones, numberOfZones: a.NumberOfAvailabilityZones, maxZones: a.MaxAvailabilityZones,
		zoneBlocks:       a.ZoneCidrBlocks,
		subnetBlocks:     map[netplan.Tier]map[string]string{netplan.Private: a.PrivateCidrBlocks, netplan.Public: a.PublicCidrBlocks},
		endpointServices: a.EndpointServices, endpointAccess: a.EndpointAccess, endpointPolicies: a.EndpointPolicies,
		s3Buckets: a.S3Buckets, flowLogs: a.FlowLogs, region: a.Region, tags: a.Tags,
		tiers: []netplan.Tier{netplan.Private, netplan.Public}, egress: EgressNatGateway,
		defaultPolicies: EndpointPoliciesOpen,
	}.plan(ctx, parent, name)
	if err != nil {
		return s, err
	}
	checkEnum(&s.faults, "natMode", a.NatMode, NatModeOnePerAz, NatModeSingle)
	s.nat, s.addresses = or(a.NatMode, NatModeOnePerAz), a.AllocationIds
	if gateways := s.natGateways(); a.AllocationIds != nil && gateways > 0 && len(a.AllocationIds) != gateways {
		s.faults.Add("allocationIds", nil, fmt.Sprintf("lists %d Elastic IPs for %d NAT gateways", len(a.AllocationIds), gateways),
			"list one for each, in the order of the zones, or leave it out")
	}
	return s, nil
}

// natGateways is how many NAT gateways the layout has; 0 where there is none
// because of another fault.
func (s networkSpec) natGateways() int {
	public := 0
	for _, n := range s.layout.Subnets {
		if n.Tier == netplan.Public {
			public++
		}
	}
	if s.nat == NatModeSingle {
		return min(public, 1)
	}
	return public
}

// ElementType makes NatNetwork a pulumi.Input.
func (n *NatNetwork) ElementType() reflect.Type { return reflect.TypeFor[*Network]() }

// ToNetworkOutput makes NatNetwork a NetworkInput.
func (n *NatNetwork) ToNetworkOutput() NetworkOutput { return n.view().ToNetworkOutput() }

func (n *NatNetwork) view() *Network {
	return viewOf(n, netfacts.Parts{CidrBlock: true, EndpointGroup: true, S3PrefixList: true, Subnets: true, PublicSubnets: true})
}
