package components

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
)

func (n *network) makeEndpointGroup(ctx *pulumi.Context) (err error) {
	child := children.EndpointGroup.Name(n.name)
	n.endpointGroup, err = ec2.NewSecurityGroup(ctx, child, &ec2.SecurityGroupArgs{
		VpcId:       n.vpc.ID(),
		Description: pulumi.String(endpointGroupDescription),
		Tags:        n.tags(child),
	}, n.child())
	if err != nil {
		return err
	}
	admit := func(child, description string, args vpc.SecurityGroupIngressRuleArgs) error {
		args.SecurityGroupId = n.endpointGroup.ID()
		args.Description = pulumi.String(description)
		args.IpProtocol, args.FromPort, args.ToPort = pulumi.String("tcp"), pulumi.Int(443), pulumi.Int(443)
		args.Tags = n.tags(child)
		rule, err := vpc.NewSecurityGroupIngressRule(ctx, child, &args, n.child())
		n.ready = append(n.ready, rule)
		return err
	}
	if err := admit(children.EndpointsSelf.Name(n.name), "HTTPS from members of this group", vpc.SecurityGroupIngressRuleArgs{
		ReferencedSecurityGroupId: n.endpointGroup.ID(),
	}); err != nil {
		return err
	}
	if n.spec.access != EndpointAccessVpc {
		return nil
	}
	if err := admit(children.EndpointsVpc.Name(n.name), "HTTPS from the VPC", vpc.SecurityGroupIngressRuleArgs{CidrIpv4: n.vpc.CidrBlock}); err != nil {
		return err
	}
	for _, b := range n.spec.layout.SecondaryBlocks {
		if err := admit(children.EndpointsZone.Name(n.name, b.Letter), "HTTPS from the VPC", vpc.SecurityGroupIngressRuleArgs{CidrIpv4: pulumi.String(b.CIDR.String())}); err != nil {
			return err
		}
	}
	return nil
}

func (n *network) makeEndpoints(ctx *pulumi.Context) error {
	if err := n.makeS3Endpoint(ctx); err != nil {
		return err
	}
	if text := n.spec.named.Warning("endpointServices"); text != "" {
		if err := ctx.Log.Warn(text, &pulumi.LogArgs{Resource: n.parent}); err != nil {
			return err
		}
	}
	for _, service := range n.spec.services {
		child := children.Endpoint.Name(n.name, service)
		args := &ec2.VpcEndpointArgs{
			VpcId:             n.vpc.ID(),
			VpcEndpointType:   pulumi.String("Interface"),
			ServiceName:       pulumi.String(n.spec.named.FullName(service, n.spec.region)),
			SubnetIds:         ids(n.tiers[netplan.Private].subnets),
			SecurityGroupIds:  pulumi.StringArray{n.endpointGroup.ID()},
			PrivateDnsEnabled: pulumi.Bool(true),
			Tags:              n.tags(child),
		}
		if endpoints.TakesPolicy(service) {
			args.Policy = pulumi.String(endpoints.OpenPolicy())
			if n.spec.policies == EndpointPoliciesAccount {
				args.Policy = n.at.account.ApplyT(endpoints.AccountPolicy).(pulumi.StringOutput)
			}
		}
		endpoint, err := ec2.NewVpcEndpoint(ctx, child, args, n.child())
		if err != nil {
			return err
		}
		n.endpoints, n.ready = append(n.endpoints, endpoint), append(n.ready, endpoint)
	}
	return nil
}

func (n *network) makeS3Endpoint(ctx *pulumi.Context) (err error) {
	child := children.S3Endpoint.Name(n.name)
	args := &ec2.VpcEndpointArgs{
		VpcId:           n.vpc.ID(),
		VpcEndpointType: pulumi.String("Gateway"),
		ServiceName:     pulumi.String(endpoints.ServiceName("s3", n.spec.region)),
		RouteTableIds:   ids(n.tiers[netplan.Private].routeTables),
		Tags:            n.tags(child),
	}
	args.Policy = pulumi.String(endpoints.OpenPolicy())
	if n.spec.policies == EndpointPoliciesAccount {
		region, buckets := n.spec.region, n.spec.buckets
		args.Policy = n.at.partition.ApplyT(func(partition string) (string, error) {
			return endpoints.S3Policy(partition, region, buckets)
		}).(pulumi.StringOutput)
	}
	n.s3, err = ec2.NewVpcEndpoint(ctx, child, args, n.child())
	n.endpoints, n.ready = append(n.endpoints, n.s3), append(n.ready, n.s3)
	return err
}
