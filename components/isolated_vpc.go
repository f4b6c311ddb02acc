package components

import (
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
)

const isolatedVpcType = children.Package + children.IsolatedVpc

// EndpointAccess decides who may reach a network's interface endpoints.
type EndpointAccess string

const (
	// Each service adds a rule for its own security group. Up to 59 services a
	// network: AWS's default quota is 60 rules in a security group, and one
	// admits the group itself.
	EndpointAccessPerService EndpointAccess = "PerService"
	// One rule admits the whole VPC: any number of services, and anything else
	// in the VPC.
	EndpointAccessVpc EndpointAccess = "Vpc"
)

// EndpointPolicies decides what may pass through a network's VPC endpoints.
type EndpointPolicies string

const (
	// The S3 endpoint admits the Region's ECR layers and the buckets in
	// s3Buckets; interface endpoints admit principals of this account only.
	// Written from AWS's documentation; not yet tried on an AWS account.
	EndpointPoliciesAccount EndpointPolicies = "Account"
	// AWS's default policy: every principal and every resource of the service.
	// Data can leave through another account's buckets.
	EndpointPoliciesOpen EndpointPolicies = "Open"
)

// FlowLogTraffic decides which traffic a VPC flow log records.
type FlowLogTraffic string

const (
	// Accepted and rejected traffic.
	FlowLogTrafficAll FlowLogTraffic = "All"
	// Only traffic that security groups and network ACLs let through.
	FlowLogTrafficAccept FlowLogTraffic = "Accept"
	// Only traffic that security groups or network ACLs refused.
	FlowLogTrafficReject FlowLogTraffic = "Reject"
)

// FlowLogsArgs turns on VPC flow logs into a CloudWatch log group of the
// network's own. CloudWatch charges for each gigabyte that it takes in.
type FlowLogsArgs struct {
	// Which traffic to record. Default: "All".
	TrafficType *FlowLogTraffic `pulumi:"trafficType,optional"`
	// Days to keep the records: one of CloudWatch's values, such as 1, 7, 14,
	// 30, 90, 365; 0 keeps them forever. Default: 30.
	RetentionInDays *int `pulumi:"retentionInDays,optional"`
	// Seconds over which AWS gathers packets into one record: 60 or 600. Default: 600.
	MaxAggregationIntervalSeconds *int `pulumi:"maxAggregationIntervalSeconds,optional"`
}

// IsolatedVpcArgs are the arguments of IsolatedVpc. Those that decide which
// resources exist are plain values, so that a preview shows the whole network.
type IsolatedVpcArgs struct {
	// IPv4 block of the VPC in CIDR notation, /16 to /28. Its upper half holds
	// the private subnets, its lower half stays free for public and data ones.
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
	// The private subnet's block of a zone, by zone name, in CIDR notation,
	// /16 to /28, in place of the planned one. Default: the planned layout.
	PrivateCidrBlocks map[string]string `pulumi:"privateCidrBlocks,optional"`
	// AWS services to reach through interface endpoints, by short name (such
	// as "sqs") or full name; a name that this release does not know is a
	// warning. Each costs by the hour in each zone, and by the gigabyte. An
	// empty list makes none. S3 is always there, through a free gateway
	// endpoint. Default: logs, ssm, ssmmessages, ecr.api, ecr.dkr,
	// secretsmanager.
	EndpointServices []string `pulumi:"endpointServices,optional"`
	// Whether to add the endpoints that ECS on EC2 needs: ecs, ecs-agent and
	// ecs-telemetry. In Regions opened after 2023-12-23 Fargate needs them
	// too, and they are always there. Default: false.
	EcsOnEc2 *bool `pulumi:"ecsOnEc2,optional"`
	// Who may reach the interface endpoints. Default: "PerService".
	EndpointAccess *EndpointAccess `pulumi:"endpointAccess,optional"`
	// What may pass through the endpoints. Default: "Account".
	EndpointPolicies *EndpointPolicies `pulumi:"endpointPolicies,optional"`
	// Names of the S3 buckets that the network may use besides ECR's own. No
	// effect with endpointPolicies "Open". Default: none.
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

// IsolatedVpc is a VPC with no way in from the internet and no way out to it:
// private subnets with a route table each, a free S3 gateway endpoint,
// interface endpoints for the AWS services in use, one security group for
// them, and a default security group that is emptied once: rules that somebody
// adds to it later stay. It never has an internet
// gateway, a NAT gateway, an Elastic IP or a public address. Interface
// endpoints are what it costs: each by the hour in each zone.
type IsolatedVpc struct {
	pulumi.ResourceState

	// Id of the VPC.
	VpcId pulumi.StringOutput `pulumi:"vpcId"`
	// IPv4 block of the VPC in CIDR notation.
	CidrBlock pulumi.StringOutput `pulumi:"cidrBlock"`
	// Ids of the private subnets, in the order of the zones.
	SubnetIds pulumi.StringArrayOutput `pulumi:"subnetIds"`
	// Ids of the public subnets: always empty.
	PublicSubnetIds pulumi.StringArrayOutput `pulumi:"publicSubnetIds"`
	// Ids of the private subnets' route tables, in the order of the zones.
	RouteTableIds pulumi.StringArrayOutput `pulumi:"routeTableIds"`
	// The way out of the private subnets: always "None".
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
	// Id of the VPC endpoint of each service, by short name; "s3" is the gateway endpoint.
	EndpointIdByService pulumi.StringMapOutput `pulumi:"endpointIdByService"`
}

// NewIsolatedVpc makes a VPC without a way in or out.
func NewIsolatedVpc(ctx *pulumi.Context, name string, args *IsolatedVpcArgs, opts ...pulumi.ResourceOption) (*IsolatedVpc, error) {
	if args == nil {
		args = &IsolatedVpcArgs{}
	}
	vpc := &IsolatedVpc{}
	if err := ctx.RegisterComponentResource(isolatedVpcType, name, vpc, networkAliases(isolatedVpcType, opts)...); err != nil {
		return nil, err
	}
	spec, err := args.plan(ctx, vpc, name)
	if err != nil {
		return nil, err
	}
	if err := refuse(ctx, "IsolatedVpc", name, spec.faults); err != nil {
		return nil, err
	}
	net, err := buildNetwork(ctx, vpc, name, spec)
	if err != nil {
		return nil, err
	}
	setOutputs(vpc, net.outputs(ctx))
	return vpc, ctx.RegisterResourceOutputs(vpc, outputsOf(vpc))
}

func (a *IsolatedVpcArgs) plan(ctx *pulumi.Context, parent pulumi.Resource, name string) (networkSpec, error) {
	return vpcArgs{
		component: "IsolatedVpc",
		cidrBlock: a.CidrBlock, zones: a.AvailabilityZones, numberOfZones: a.NumberOfAvailabilityZones, maxZones: a.MaxAvailabilityZones,
		zoneBlocks: a.ZoneCidrBlocks, subnetBlocks: map[netplan.Tier]map[string]string{netplan.Private: a.PrivateCidrBlocks},
		endpointServices: a.EndpointServices, ecsOnEc2: a.EcsOnEc2, endpointAccess: a.EndpointAccess, endpointPolicies: a.EndpointPolicies,
		s3Buckets: a.S3Buckets, flowLogs: a.FlowLogs, region: a.Region, tags: a.Tags,
		tiers: []netplan.Tier{netplan.Private}, egress: EgressNone,
		defaultServices: endpoints.Default, defaultPolicies: EndpointPoliciesAccount,
	}.plan(ctx, parent, name)
}

// ElementType makes IsolatedVpc a pulumi.Input.
func (v *IsolatedVpc) ElementType() reflect.Type { return reflect.TypeFor[*Network]() }

// ToNetworkOutput makes IsolatedVpc a NetworkInput.
func (v *IsolatedVpc) ToNetworkOutput() NetworkOutput { return v.view().ToNetworkOutput() }

func (v *IsolatedVpc) view() *Network {
	return viewOf(v, netfacts.Parts{CidrBlock: true, EndpointGroup: true, S3PrefixList: true, Subnets: true})
}
