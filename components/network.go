package components

import (
	"errors"
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
)

const networkType = children.Package + children.Network

// The ways out of a network that its egress output can name.
const (
	// No route leaves the VPC: AWS services are reached through endpoints only.
	EgressNone = "None"
	// A NAT gateway gives private subnets a way out, and none in.
	EgressNatGateway = "NatGateway"
	// An internet gateway gives subnets a way out and in.
	EgressInternetGateway = "InternetGateway"
)

// Network describes a VPC that exists already (made by another stack, by awsx,
// by hand) so that services can be placed in it. It makes nothing and costs
// nothing. What it does not declare counts as unknown, never as absent.
type Network struct {
	pulumi.ResourceState

	// Id of the VPC.
	VpcId pulumi.StringOutput `pulumi:"vpcId"`
	// IPv4 block of the VPC in CIDR notation; "" when not declared.
	CidrBlock pulumi.StringOutput `pulumi:"cidrBlock"`
	// Ids of the private subnets, where services run.
	SubnetIds pulumi.StringArrayOutput `pulumi:"subnetIds"`
	// Ids of the public subnets; empty when not declared.
	PublicSubnetIds pulumi.StringArrayOutput `pulumi:"publicSubnetIds"`
	// Ids of the private subnets' route tables; empty when not declared.
	RouteTableIds pulumi.StringArrayOutput `pulumi:"routeTableIds"`
	// The way out of the private subnets: "None", "NatGateway" or "InternetGateway".
	Egress pulumi.StringOutput `pulumi:"egress"`
	// Short names of the AWS services that have an interface endpoint, such as
	// "ecr.api"; full names of those that lead to another Region.
	EndpointServices pulumi.StringArrayOutput `pulumi:"endpointServices"`
	// Who the endpoint security group admits: "PerService" or "Vpc".
	EndpointAccess pulumi.StringOutput `pulumi:"endpointAccess"`
	// What may pass through the endpoints: "Account" or "Open"; "" when not declared.
	EndpointPolicies pulumi.StringOutput `pulumi:"endpointPolicies"`
	// Id of the security group that the interface endpoints share; "" when not declared.
	EndpointSecurityGroupId pulumi.StringOutput `pulumi:"endpointSecurityGroupId"`
	// Id of the prefix list of the S3 gateway endpoint; "" when not declared.
	S3PrefixListId pulumi.StringOutput `pulumi:"s3PrefixListId"`
	// Names of the availability zones in use; empty when not declared.
	AvailabilityZones pulumi.StringArrayOutput `pulumi:"availabilityZones"`
	// AWS Region of the VPC; "" when not declared.
	Region pulumi.StringOutput `pulumi:"region"`

	// parts is nil when the network was read back by reference.
	parts *netfacts.Parts
	// of is the component that this is a view of; nil when it is no view.
	of pulumi.ComponentResource
}

// component is the network component itself.
func (n *Network) component() pulumi.Resource {
	if n.of != nil {
		return n.of
	}
	return n
}

// urn is the URN of the network component.
func (n *Network) urn() pulumi.StringOutput { return n.component().URN().ToStringOutput() }

// NetworkArgs are the arguments of Network. All of them can be outputs of
// other resources or of other stacks.
type NetworkArgs struct {
	// Id of the VPC, such as "vpc-0123456789abcdef0".
	VpcId pulumi.StringInput `pulumi:"vpcId"`
	// Ids of the private subnets, where services run: one to sixteen.
	SubnetIds pulumi.StringArrayInput `pulumi:"subnetIds"`
	// The way out of these subnets: "None" when nothing but VPC endpoints
	// leads out, "NatGateway", or "InternetGateway". Services open port 443 to
	// any address unless it is "None".
	Egress pulumi.StringInput `pulumi:"egress"`
	// IPv4 block of the VPC in CIDR notation. Without endpointSecurityGroupId,
	// services reach the endpoints through this block. Default: not declared.
	CidrBlock pulumi.StringPtrInput `pulumi:"cidrBlock,optional"`
	// Ids of the public subnets. Default: not declared.
	PublicSubnetIds pulumi.StringArrayInput `pulumi:"publicSubnetIds,optional"`
	// Ids of the private subnets' route tables. Default: not declared.
	RouteTableIds pulumi.StringArrayInput `pulumi:"routeTableIds,optional"`
	// Short names of the AWS services that have an interface endpoint with
	// private DNS in the VPC, such as "logs" or "ecr.api"; full names, such as
	// "com.amazonaws.us-east-1.logs", are taken too, and needed for an endpoint
	// that leads to another Region. Default: not declared.
	EndpointServices pulumi.StringArrayInput `pulumi:"endpointServices,optional"`
	// Who the endpoint security group admits. With "PerService" each service
	// adds one rule of its own to endpointSecurityGroupId, which admits the
	// service's group on 443/tcp. With "Vpc" the group admits the VPC already
	// and is left alone. Default: "PerService".
	EndpointAccess pulumi.StringPtrInput `pulumi:"endpointAccess,optional"`
	// What the policies of the endpoints, of S3's gateway endpoint above all, let
	// pass: "Account" where they are narrow, "Open" where they are AWS's own.
	// Default: not declared.
	EndpointPolicies pulumi.StringPtrInput `pulumi:"endpointPolicies,optional"`
	// Id of the security group of the interface endpoints. Default: not declared.
	EndpointSecurityGroupId pulumi.StringPtrInput `pulumi:"endpointSecurityGroupId,optional"`
	// Id of the prefix list of the S3 gateway endpoint, such as "pl-63a5400a".
	// Services may then reach S3 on 443/tcp. Default: not declared.
	S3PrefixListId pulumi.StringPtrInput `pulumi:"s3PrefixListId,optional"`
	// Names of the availability zones of the private subnets. Default: not declared.
	AvailabilityZones pulumi.StringArrayInput `pulumi:"availabilityZones,optional"`
	// AWS Region of the VPC. Default: not declared.
	Region pulumi.StringPtrInput `pulumi:"region,optional"`
}

// NetworkInput is what a service takes as its network: IsolatedVpc, Network,
// or any other network component of this package, or an output of one.
type NetworkInput interface {
	pulumi.Input
	ToNetworkOutput() NetworkOutput
}

// NetworkOutput is a network that arrives later, such as one passed by
// reference through the plugin.
type NetworkOutput struct{ *pulumi.OutputState }

// ElementType returns the type that the output resolves to.
func (NetworkOutput) ElementType() reflect.Type { return reflect.TypeFor[*Network]() }

// ToNetworkOutput returns the output itself.
func (o NetworkOutput) ToNetworkOutput() NetworkOutput { return o }

// ElementType makes Network a pulumi.Input.
func (*Network) ElementType() reflect.Type { return reflect.TypeFor[*Network]() }

// ToNetworkOutput makes Network a NetworkInput.
func (n *Network) ToNetworkOutput() NetworkOutput { return pulumi.ToOutput(n).(NetworkOutput) }

func (n *Network) view() *Network { return n }

func init() { pulumi.RegisterOutputType(NetworkOutput{}) }

// NetworkTypes are the type tokens of the components that a service accepts as
// its network. All of them have the outputs of Network.
var NetworkTypes = children.Tokens(children.Networks)

// ReadNetwork reads a network component that another program registered, by
// its URN. The plugin calls it for each network passed by reference.
func ReadNetwork(ctx *pulumi.Context, name, typ, urn string) (*Network, error) {
	n := &Network{}
	return n, ctx.RegisterResource(typ, name, nil, n, pulumi.URN_(urn))
}

// NewNetwork describes an existing VPC.
func NewNetwork(ctx *pulumi.Context, name string, args *NetworkArgs, opts ...pulumi.ResourceOption) (*Network, error) {
	if args == nil {
		args = &NetworkArgs{}
	}
	var faults field.Faults
	if err := args.check(ctx, &faults); err != nil {
		return nil, err
	}
	if err := refuse(ctx, "Network", name, faults); err != nil {
		return nil, err
	}
	n := &Network{parts: &netfacts.Parts{
		CidrBlock:     args.CidrBlock != nil,
		EndpointGroup: args.EndpointSecurityGroupId != nil,
		S3PrefixList:  args.S3PrefixListId != nil,
		Subnets:       true,
		PublicSubnets: args.PublicSubnetIds != nil,
	}}
	if err := ctx.RegisterComponentResource(networkType, name, n, opts...); err != nil {
		return nil, err
	}
	n.Region = orEmpty(args.Region)
	n.VpcId = args.VpcId.ToStringOutput()
	n.CidrBlock = orEmpty(args.CidrBlock)
	n.SubnetIds = args.SubnetIds.ToStringArrayOutput()
	n.PublicSubnetIds = orNone(args.PublicSubnetIds)
	n.RouteTableIds = orNone(args.RouteTableIds)
	n.Egress = args.Egress.ToStringOutput()
	n.EndpointServices = declaredServices(orNone(args.EndpointServices), n.Region)
	n.EndpointAccess = orText(args.EndpointAccess, string(EndpointAccessPerService))
	n.EndpointPolicies = orEmpty(args.EndpointPolicies)
	n.EndpointSecurityGroupId = orEmpty(args.EndpointSecurityGroupId)
	n.S3PrefixListId = orEmpty(args.S3PrefixListId)
	n.AvailabilityZones = orNone(args.AvailabilityZones)
	return n, ctx.RegisterResourceOutputs(n, outputsOf(n))
}

// declaredServices are endpoint services by their short names, which is how
// every rule asks for them; those of another Region keep their full names. A
// declaration may come from the endpoints themselves, whose serviceName is the
// full name, and case makes no other service of one.
func declaredServices(names pulumi.StringArrayOutput, region pulumi.StringOutput) pulumi.StringArrayOutput {
	return pulumi.All(names, region).ApplyT(func(v []any) ([]string, error) {
		services, faults := endpoints.Declared("endpointServices", v[0].([]string), v[1].(string))
		return append([]string{}, services...), faults.Err()
	}).(pulumi.StringArrayOutput)
}

var egressValues = []string{EgressNone, EgressNatGateway, EgressInternetGateway}

func (a *NetworkArgs) check(ctx *pulumi.Context, faults *field.Faults) error {
	if a.VpcId == nil {
		faults.Add("vpcId", nil, "is required", "pass the id of the VPC")
	}
	if a.SubnetIds == nil {
		faults.Add("subnetIds", nil, "is required", "list the ids of the private subnets")
	}
	if a.Egress == nil {
		faults.Add("egress", nil, "is required", "write one of "+quoted(egressValues))
	}
	return errors.Join(
		checkDecides(ctx, faults, "egress", a.Egress),
		checkDecides(ctx, faults, "endpointAccess", a.EndpointAccess),
		checkOneOf(ctx, faults, "egress", a.Egress, egressValues),
		checkOneOf(ctx, faults, "endpointAccess", a.EndpointAccess,
			[]string{string(EndpointAccessPerService), string(EndpointAccessVpc)}),
		checkOneOf(ctx, faults, "endpointPolicies", a.EndpointPolicies,
			[]string{string(EndpointPoliciesAccount), string(EndpointPoliciesOpen)}),
		checkKnown(ctx, faults, a.EndpointServices, func(names []string) field.Faults {
			_, wrong := endpoints.Declared("endpointServices", names, "")
			return wrong
		}),
		checkKnown(ctx, faults, a.SubnetIds, func(ids []string) (found field.Faults) {
			if len(ids) == 0 {
				found.Add("subnetIds", ids, "is empty", "list at least one private subnet")
			}
			if len(ids) > maxServiceSubnets {
				found.Add("subnetIds", nil, "lists more subnets than an ECS service takes", "list at most 16")
			}
			return found
		}),
	)
}

// checkDecides refuses a value that decides which rules services make, and that
// nobody knows at preview: the preview would show others than the update makes.
func checkDecides(ctx *pulumi.Context, faults *field.Faults, path string, in pulumi.Input) error {
	if in == nil || !ctx.DryRun() {
		return nil
	}
	s, err := seeNow[any](ctx, in)
	if err == nil && !s.known {
		faults.Add(path, nil, "is not known yet, but decides which rules there are",
			"write the value itself, or read it from the stack's configuration")
	}
	return err
}

// An ECS service takes at most 16 subnets:
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
const maxServiceSubnets = 16

// readNetwork returns the network behind a service's argument. The network
// itself must be known; its ids may come later.
func readNetwork(ctx *pulumi.Context, in NetworkInput, faults *field.Faults) (*Network, error) {
	if v, ok := in.(interface{ view() *Network }); ok {
		return v.view(), nil
	}
	n, known, err := await[*Network](ctx, in.ToNetworkOutput())
	if err != nil {
		return nil, err
	}
	if !known || n == nil {
		faults.Add("network", nil, "is not known at preview", "pass the network component itself, not a value computed from it")
		return nil, nil
	}
	return n, nil
}

// present says whether an id is there, or will be.
func present(ctx *pulumi.Context, o pulumi.StringOutput) (bool, error) {
	v, known, err := await[string](ctx, o)
	return !known || v != "", err
}
