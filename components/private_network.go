package components

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// networkSpec is a network component's arguments after planning: everything
// that decides which resources exist.
type networkSpec struct {
	faults    field.Faults
	region    string
	cidrBlock string
	layout    netplan.Plan
	services  []string
	access    EndpointAccess
	policies  EndpointPolicies
	buckets   []string
	flowLogs  *FlowLogsArgs
	tags      pulumi.StringMapInput
}

// network is what every network component has in common.
type network struct {
	parent pulumi.Resource
	name   string
	spec   networkSpec
	at     place

	vpc           *ec2.Vpc
	zones         []string
	subnets       []*ec2.Subnet
	routeTables   []*ec2.RouteTable
	endpointGroup *ec2.SecurityGroup
	s3            *ec2.VpcEndpoint
	// endpoints are s3 first, then spec.services in their order.
	endpoints []*ec2.VpcEndpoint
	// ready is what must be there before a task in the subnets can reach an
	// endpoint: endpoints, their rules, and the subnets' route tables.
	ready []pulumi.Resource
}

// buildNetwork registers the VPC, its private subnets and its endpoints.
func buildNetwork(ctx *pulumi.Context, parent pulumi.Resource, name string, spec networkSpec) (*network, error) {
	n := &network{parent: parent, name: name, spec: spec, at: lookUpPlace(ctx, parent)}
	for _, step := range []func(*pulumi.Context) error{n.makeVpc, n.makeSubnets, n.makeEndpointGroup, n.makeEndpoints, n.makeFlowLogs} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return n, nil
}

func (n *network) child() pulumi.ResourceOption { return pulumi.Parent(n.parent) }

func (n *network) tags(child string) pulumi.StringMapInput { return nameTag(n.spec.tags, child) }

func (n *network) makeVpc(ctx *pulumi.Context) (err error) {
	child := n.name + "-vpc"
	n.vpc, err = ec2.NewVpc(ctx, child, &ec2.VpcArgs{
		CidrBlock:          pulumi.String(n.spec.cidrBlock),
		EnableDnsSupport:   pulumi.Bool(true),
		EnableDnsHostnames: pulumi.Bool(true),
		Tags:               n.tags(child),
	}, n.child())
	if err != nil {
		return err
	}
	// AWS gives every VPC a default group that admits itself and lets
	// everything out; adopting it without rules empties it.
	child = n.name + "-default"
	_, err = ec2.NewDefaultSecurityGroup(ctx, child, &ec2.DefaultSecurityGroupArgs{
		VpcId: n.vpc.ID(),
		Tags:  n.tags(child),
	}, n.child())
	return err
}

func (n *network) makeSubnets(ctx *pulumi.Context) error {
	secondary := map[string]pulumi.Resource{}
	for _, b := range n.spec.layout.SecondaryBlocks {
		block, err := ec2.NewVpcIpv4CidrBlockAssociation(ctx, n.name+"-block-"+b.Letter, &ec2.VpcIpv4CidrBlockAssociationArgs{
			VpcId:     n.vpc.ID(),
			CidrBlock: pulumi.String(b.CIDR.String()),
		}, n.child())
		if err != nil {
			return err
		}
		secondary[b.Zone] = block
	}
	for _, s := range n.spec.layout.Subnets {
		child := fmt.Sprintf("%s-%s-%s", n.name, s.Tier, s.Letter)
		opts := []pulumi.ResourceOption{n.child()}
		if block := secondary[s.Zone]; block != nil {
			opts = append(opts, pulumi.DependsOn([]pulumi.Resource{block}))
		}
		subnet, err := ec2.NewSubnet(ctx, child, &ec2.SubnetArgs{
			VpcId:            n.vpc.ID(),
			AvailabilityZone: pulumi.String(s.Zone),
			CidrBlock:        pulumi.String(s.CIDR.String()),
			Tags:             n.tags(child),
		}, opts...)
		if err != nil {
			return err
		}
		table, err := ec2.NewRouteTable(ctx, child, &ec2.RouteTableArgs{
			VpcId: n.vpc.ID(),
			Tags:  n.tags(child),
		}, n.child())
		if err != nil {
			return err
		}
		association, err := ec2.NewRouteTableAssociation(ctx, child, &ec2.RouteTableAssociationArgs{
			SubnetId:     subnet.ID(),
			RouteTableId: table.ID(),
		}, n.child())
		if err != nil {
			return err
		}
		n.ready = append(n.ready, association)
		n.zones = append(n.zones, s.Zone)
		n.subnets = append(n.subnets, subnet)
		n.routeTables = append(n.routeTables, table)
	}
	return nil
}

func (n *network) makeEndpointGroup(ctx *pulumi.Context) (err error) {
	child := n.name + "-endpoints"
	n.endpointGroup, err = ec2.NewSecurityGroup(ctx, child, &ec2.SecurityGroupArgs{
		VpcId:       n.vpc.ID(),
		Description: pulumi.String(endpointGroupDescription),
		Tags:        n.tags(child),
	}, n.child())
	if err != nil {
		return err
	}
	admit := func(role, description string, args vpc.SecurityGroupIngressRuleArgs) error {
		child := n.name + "-endpoints-" + role
		args.SecurityGroupId = n.endpointGroup.ID()
		args.Description = pulumi.String(description)
		args.IpProtocol, args.FromPort, args.ToPort = pulumi.String("tcp"), pulumi.Int(443), pulumi.Int(443)
		args.Tags = n.tags(child)
		rule, err := vpc.NewSecurityGroupIngressRule(ctx, child, &args, n.child())
		n.ready = append(n.ready, rule)
		return err
	}
	if err := admit("self", "HTTPS from members of this group", vpc.SecurityGroupIngressRuleArgs{
		ReferencedSecurityGroupId: n.endpointGroup.ID(),
	}); err != nil {
		return err
	}
	if n.spec.access != EndpointAccessVpc {
		return nil
	}
	if err := admit("vpc", "HTTPS from the VPC", vpc.SecurityGroupIngressRuleArgs{CidrIpv4: n.vpc.CidrBlock}); err != nil {
		return err
	}
	for _, b := range n.spec.layout.SecondaryBlocks {
		if err := admit("vpc-"+b.Letter, "HTTPS from the VPC", vpc.SecurityGroupIngressRuleArgs{CidrIpv4: pulumi.String(b.CIDR.String())}); err != nil {
			return err
		}
	}
	return nil
}

func (n *network) makeEndpoints(ctx *pulumi.Context) error {
	if err := n.makeS3Endpoint(ctx); err != nil {
		return err
	}
	for _, service := range n.spec.services {
		child := n.name + "-endpoint-" + service
		args := &ec2.VpcEndpointArgs{
			VpcId:             n.vpc.ID(),
			VpcEndpointType:   pulumi.String("Interface"),
			ServiceName:       pulumi.String(endpoints.ServiceName(service, n.spec.region)),
			SubnetIds:         ids(n.subnets),
			SecurityGroupIds:  pulumi.StringArray{n.endpointGroup.ID()},
			PrivateDnsEnabled: pulumi.Bool(true),
			Tags:              n.tags(child),
		}
		if n.spec.policies == EndpointPoliciesAccount && endpoints.TakesPolicy(service) {
			args.Policy = n.at.account.ApplyT(endpoints.AccountPolicy).(pulumi.StringOutput)
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
	child := n.name + "-endpoint-s3"
	args := &ec2.VpcEndpointArgs{
		VpcId:           n.vpc.ID(),
		VpcEndpointType: pulumi.String("Gateway"),
		ServiceName:     pulumi.String(endpoints.ServiceName("s3", n.spec.region)),
		RouteTableIds:   ids(n.routeTables),
		Tags:            n.tags(child),
	}
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

func (n *network) makeFlowLogs(ctx *pulumi.Context) error {
	if n.spec.flowLogs == nil {
		return nil
	}
	child := n.name + "-flow-logs"
	group, err := cloudwatch.NewLogGroup(ctx, child, &cloudwatch.LogGroupArgs{
		RetentionInDays: pulumi.Int(or(n.spec.flowLogs.RetentionInDays, defaultRetentionInDays)),
		Tags:            n.tags(child),
	}, n.child())
	if err != nil {
		return err
	}
	region := n.spec.region
	role, err := iam.NewRole(ctx, child, &iam.RoleArgs{
		AssumeRolePolicy: pulumi.All(n.at.account, n.at.partition).ApplyT(func(v []any) string {
			return taskplan.FlowLogsTrust(v[0].(string), v[1].(string), region)
		}).(pulumi.StringOutput),
		Tags: n.tags(child),
	}, n.child())
	if err != nil {
		return err
	}
	policy, err := iam.NewRolePolicy(ctx, child, &iam.RolePolicyArgs{
		Role:   role.Name,
		Policy: group.Arn.ApplyT(taskplan.LogsPolicyForFlowLogs).(pulumi.StringOutput),
	}, n.child())
	if err != nil {
		return err
	}
	_, err = ec2.NewFlowLog(ctx, child, &ec2.FlowLogArgs{
		VpcId:                  n.vpc.ID(),
		TrafficType:            pulumi.String(flowLogTraffic[or(n.spec.flowLogs.TrafficType, FlowLogTrafficAll)]),
		LogDestinationType:     pulumi.String("cloud-watch-logs"),
		LogDestination:         group.Arn,
		IamRoleArn:             role.Arn,
		MaxAggregationInterval: pulumi.Int(or(n.spec.flowLogs.MaxAggregationIntervalSeconds, 600)),
		Tags:                   n.tags(child),
	}, n.child(), pulumi.DependsOn([]pulumi.Resource{policy}))
	return err
}

// defaultRetentionInDays is how long logs are kept where the user does not say.
const defaultRetentionInDays = 30

var flowLogTraffic = map[FlowLogTraffic]string{
	FlowLogTrafficAll: "ALL", FlowLogTrafficAccept: "ACCEPT", FlowLogTrafficReject: "REJECT",
}

func (a *FlowLogsArgs) check(faults *field.Faults) {
	if a == nil {
		return
	}
	checkEnum(faults, "flowLogs.trafficType", a.TrafficType, FlowLogTrafficAll, FlowLogTrafficAccept, FlowLogTrafficReject)
	if a.RetentionInDays != nil {
		*faults = append(*faults, taskplan.CheckRetention("flowLogs.retentionInDays", *a.RetentionInDays)...)
	}
	if s := or(a.MaxAggregationIntervalSeconds, 600); s != 60 && s != 600 {
		faults.Add("flowLogs.maxAggregationIntervalSeconds", s, "is not an interval that AWS offers", "write 60 or 600")
	}
}

// subnetIds are the private subnets' ids. They carry what makes the network
// ready as dependencies, so that whatever is placed in the subnets starts after
// the endpoints can be reached.
func (n *network) subnetIds(ctx *pulumi.Context) pulumi.StringArrayOutput {
	return pulumi.OutputWithDependencies(ctx.Context(), ids(n.subnets).ToStringArrayOutput(), n.ready...).(pulumi.StringArrayOutput)
}

// ids are the ids of resources of one kind.
func ids[R pulumi.CustomResource](resources []R) pulumi.StringArray {
	list := make(pulumi.StringArray, len(resources))
	for i, r := range resources {
		list[i] = r.ID()
	}
	return list
}

func idMap[R pulumi.CustomResource](keys []string, resources []R) pulumi.StringMapOutput {
	m := pulumi.StringMap{}
	for i, key := range keys {
		m[key] = resources[i].ID()
	}
	return m.ToStringMapOutput()
}
