// Package fromawsx places ecsnet's services in a VPC that awsx made.
//
// It is a module of its own, because a Go program has the plugins installed of
// every SDK among its modules: only programs that use awsx anyway should need
// awsx's.
package fromawsx

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	awsxec2 "github.com/pulumi/pulumi-awsx/sdk/v2/go/awsx/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/components"
)

// Tier is the kind of subnet that services run in.
type Tier string

const (
	// Private subnets, which leave through awsx's NAT gateways.
	Private Tier = "Private"
	// Isolated subnets, which leave through VPC endpoints only.
	Isolated Tier = "Isolated"
)

// Args are what awsx's VPC does not tell.
type Args struct {
	// The subnets to run services in. Default: Private.
	Tier Tier
	// Id of the prefix list of the S3 gateway endpoint. Isolated subnets need
	// it to pull images: ECR keeps their layers in S3. Default: none.
	S3PrefixListId pulumi.StringPtrInput
}

// NewNetwork describes a VPC of awsx's as a [components.Network]. Services
// reach its interface endpoints by the VPC's block, because awsx gives each
// endpoint a security group of its own, which admits that block.
func NewNetwork(ctx *pulumi.Context, name string, vpc *awsxec2.Vpc, args *Args, opts ...pulumi.ResourceOption) (*components.Network, error) {
	if args == nil {
		args = &Args{}
	}
	subnets, egress := vpc.PrivateSubnetIds, components.EgressNatGateway
	if args.Tier == Isolated {
		subnets, egress = vpc.IsolatedSubnetIds, components.EgressNone
	}
	return components.NewNetwork(ctx, name, &components.NetworkArgs{
		VpcId:            vpc.VpcId,
		CidrBlock:        cidrBlock(vpc.Vpc),
		SubnetIds:        subnets,
		PublicSubnetIds:  vpc.PublicSubnetIds,
		Egress:           pulumi.String(egress),
		EndpointServices: services(vpc.VpcEndpoints),
		S3PrefixListId:   args.S3PrefixListId,
	}, opts...)
}

// cidrBlock is the VPC's block. Under a user's mocks there may be no VPC.
func cidrBlock(vpc ec2.VpcOutput) pulumi.StringPtrOutput {
	return vpc.ApplyT(func(v *ec2.Vpc) pulumi.StringOutput {
		if v == nil {
			return pulumi.String("").ToStringOutput()
		}
		return v.CidrBlock
	}).(pulumi.StringOutput).ToStringPtrOutput()
}

// services are the services with an interface endpoint, by their full names.
func services(endpoints ec2.VpcEndpointArrayOutput) pulumi.StringArrayOutput {
	return endpoints.ApplyT(func(list []*ec2.VpcEndpoint) pulumi.StringArrayOutput {
		var read []any
		for _, e := range list {
			read = append(read, e.ServiceName, e.VpcEndpointType)
		}
		return pulumi.All(read...).ApplyT(func(values []any) []string {
			names := []string{}
			for i := 0; i+1 < len(values); i += 2 {
				service, kind := values[i].(string), values[i+1]
				if k, ok := kind.(*string); ok && k != nil && *k == "Interface" {
					names = append(names, service)
				}
			}
			return names
		}).(pulumi.StringArrayOutput)
	}).(pulumi.StringArrayOutput)
}
