package components

import (
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
)

const publicNetworkType = children.Package + children.PublicNetwork

// PublicNetworkArgs are the arguments of PublicNetwork. Those that decide which
// resources exist are plain values, so that a preview shows the whole network.
type PublicNetworkArgs struct {
	// IPv4 block of the VPC in CIDR notation, /16 to /28. Its first quarter
	// holds the public subnets, the rest stays free for data and private ones.
	// Fixed once the VPC exists. Default: "10.0.0.0/16".
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
	// The public subnet's block of a zone, by zone name, in CIDR notation,
	// /16 to /28, in place of the planned one. Default: the planned layout.
	PublicCidrBlocks map[string]string `pulumi:"publicCidrBlocks,optional"`
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

// PublicNetwork is a VPC whose subnets reach the internet and can be reached
// from it, for high bandwidth and low latency: public subnets with a route
// table each and an internet gateway. Nothing in it has a public address unless
// it asks for one, and only its security groups guard what does. The network
// itself costs nothing; each public address costs by the hour.
//
// Change the type and keep the name, and a PublicNetwork becomes a NatNetwork,
// or the other way round: what both have stays as it is.
type PublicNetwork struct {
	pulumi.ResourceState

	// Id of the VPC.
	VpcId pulumi.StringOutput `pulumi:"vpcId"`
	// IPv4 block of the VPC in CIDR notation.
	CidrBlock pulumi.StringOutput `pulumi:"cidrBlock"`
	// Ids of the private subnets: always empty.
	SubnetIds pulumi.StringArrayOutput `pulumi:"subnetIds"`
	// Ids of the public subnets, in the order of the zones.
	PublicSubnetIds pulumi.StringArrayOutput `pulumi:"publicSubnetIds"`
	// Ids of the private subnets' route tables: always empty.
	RouteTableIds pulumi.StringArrayOutput `pulumi:"routeTableIds"`
	// The way out of the subnets: always "InternetGateway".
	Egress pulumi.StringOutput `pulumi:"egress"`
	// Short names of the AWS services that have an interface endpoint: always empty.
	EndpointServices pulumi.StringArrayOutput `pulumi:"endpointServices"`
	// Who an endpoint security group would admit: always "PerService".
	EndpointAccess pulumi.StringOutput `pulumi:"endpointAccess"`
	// What may pass through the endpoints: always "", because there are none.
	EndpointPolicies pulumi.StringOutput `pulumi:"endpointPolicies"`
	// Id of the security group of interface endpoints: always "".
	EndpointSecurityGroupId pulumi.StringOutput `pulumi:"endpointSecurityGroupId"`
	// Id of the prefix list of the S3 gateway endpoint: always "".
	S3PrefixListId pulumi.StringOutput `pulumi:"s3PrefixListId"`
	// Names of the availability zones in use, in order.
	AvailabilityZones pulumi.StringArrayOutput `pulumi:"availabilityZones"`
	// AWS Region of the VPC.
	Region pulumi.StringOutput `pulumi:"region"`
	// Id of the public subnet of each zone, by zone name.
	PublicSubnetIdByZone pulumi.StringMapOutput `pulumi:"publicSubnetIdByZone"`
	// Id of the public subnet's route table of each zone, by zone name.
	PublicRouteTableIdByZone pulumi.StringMapOutput `pulumi:"publicRouteTableIdByZone"`
}

// NewPublicNetwork makes a VPC of public subnets.
func NewPublicNetwork(ctx *pulumi.Context, name string, args *PublicNetworkArgs, opts ...pulumi.ResourceOption) (*PublicNetwork, error) {
	if args == nil {
		args = &PublicNetworkArgs{}
	}
	n := &PublicNetwork{}
	if err := ctx.RegisterComponentResource(publicNetworkType, name, n, networkAliases(publicNetworkType, opts)...); err != nil {
		return nil, err
	}
	spec, err := args.plan(ctx, n, name)
	if err != nil {
		return nil, err
	}
	if err := refuse(ctx, "PublicNetwork", name, spec.faults); err != nil {
		return nil, err
	}
	net, err := buildNetwork(ctx, n, name, spec)
	if err != nil {
		return nil, err
	}
	setOutputs(n, net.outputs(ctx))
	return n, ctx.RegisterResourceOutputs(n, outputsOf(n))
}

func (a *PublicNetworkArgs) plan(ctx *pulumi.Context, parent pulumi.Resource, name string) (networkSpec, error) {
	return vpcArgs{
		component: "PublicNetwork",
		cidrBlock: a.CidrBlock, zones: a.AvailabilityZones, numberOfZones: a.NumberOfAvailabilityZones, maxZones: a.MaxAvailabilityZones,
		zoneBlocks: a.ZoneCidrBlocks, subnetBlocks: map[netplan.Tier]map[string]string{netplan.Public: a.PublicCidrBlocks},
		flowLogs: a.FlowLogs, region: a.Region, tags: a.Tags,
		tiers: []netplan.Tier{netplan.Public}, egress: EgressInternetGateway,
	}.plan(ctx, parent, name)
}

// ElementType makes PublicNetwork a pulumi.Input.
func (n *PublicNetwork) ElementType() reflect.Type { return reflect.TypeFor[*Network]() }

// ToNetworkOutput makes PublicNetwork a NetworkInput.
func (n *PublicNetwork) ToNetworkOutput() NetworkOutput { return n.view().ToNetworkOutput() }

func (n *PublicNetwork) view() *Network {
	return viewOf(n, netfacts.Parts{CidrBlock: true, PublicSubnets: true})
}
