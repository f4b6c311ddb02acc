package cloud

import (
	"context"
	"net/netip"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

const (
	elbID  = "Elastic Load Balancing v2."
	elbAPI = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_"
	// What is said there of the subnets of application load balancers.
	albGuide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html"
	nlbGuide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html"
)

var _ = addRules(map[string]rule{
	elbID + "CreateLoadBalancer": {before: before(checkCreateBalancer), source: elbAPI + "CreateLoadBalancer.html " + albGuide},
	elbID + "SetSubnets":         {before: before(checkSetSubnets), source: elbAPI + "SetSubnets.html"},
	elbID + "SetSecurityGroups":  {before: before(checkSetGroups), source: elbAPI + "SetSecurityGroups.html " + nlbGuide},
	elbID + "DeleteLoadBalancer": {before: before(checkDeleteBalancer), source: elbAPI + "DeleteLoadBalancer.html"},
})

func invalidConfiguration(format string, args ...any) error {
	return refuse("InvalidConfigurationRequest", format, args...)
}

// loadBalancers returns all load balancers.
func loadBalancers(ctx context.Context, c *Cloud) ([]types.LoadBalancer, error) {
	var out []types.LoadBalancer
	pages := elb.NewDescribeLoadBalancersPaginator(c.ELB, &elb.DescribeLoadBalancersInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, page.LoadBalancers...)
	}
	return out, nil
}

func balancerByARN(ctx context.Context, c *Cloud, arn string) (*types.LoadBalancer, error) {
	out, err := c.ELB.DescribeLoadBalancers(ctx, &elb.DescribeLoadBalancersInput{LoadBalancerArns: []string{arn}})
	if err != nil {
		return nil, err
	}
	return &out.LoadBalancers[0], nil
}

// balancerUses reports whether a load balancer has network interfaces in a
// subnet or with a security group; the emulator makes none.
func balancerUses(ctx context.Context, c *Cloud, subnet, group string) (bool, error) {
	balancers, err := loadBalancers(ctx, c)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(balancers, func(b types.LoadBalancer) bool {
		return contains(b.SecurityGroups, group) ||
			slices.ContainsFunc(b.AvailabilityZones, func(z types.AvailabilityZone) bool { return aws.ToString(z.SubnetId) == subnet })
	}), nil
}

func publicBalancerIn(ctx context.Context, c *Cloud, vpc string) (bool, error) {
	balancers, err := loadBalancers(ctx, c)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(balancers, func(b types.LoadBalancer) bool {
		return b.Scheme == types.LoadBalancerSchemeEnumInternetFacing && aws.ToString(b.VpcId) == vpc
	}), nil
}

func checkCreateBalancer(ctx context.Context, c *Cloud, in *elb.CreateLoadBalancerInput) error {
	if err := checkBalancerName(aws.ToString(in.Name)); err != nil {
		return err
	}
	balancers, err := loadBalancers(ctx, c)
	if err != nil {
		return err
	}
	for _, b := range balancers {
		if aws.ToString(b.LoadBalancerName) == aws.ToString(in.Name) {
			return refuse("DuplicateLoadBalancerName", "A load balancer with the same name '%s' exists, but with different settings", *in.Name)
		}
	}
	application := in.Type == "" || in.Type == types.LoadBalancerTypeEnumApplication
	subnets, err := checkBalancerSubnets(ctx, c, in.Subnets, application)
	if err != nil {
		return err
	}
	vpc := aws.ToString(subnets[0].VpcId)
	if in.Scheme != types.LoadBalancerSchemeEnumInternal {
		if err := checkPublicSubnets(ctx, c, vpc, subnets); err != nil {
			return err
		}
	}
	if application && len(in.SecurityGroups) == 0 {
		// AWS gives it the VPC's default group; the emulator gives it none.
		groups, err := c.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{Filters: append(filter("vpc-id", vpc), filter("group-name", "default")...)})
		if err != nil {
			return err
		}
		for _, g := range groups.SecurityGroups {
			in.SecurityGroups = []string{aws.ToString(g.GroupId)}
		}
	}
	return checkBalancerGroups(ctx, c, vpc, in.SecurityGroups)
}

func checkBalancerName(name string) error {
	letters := func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}
	switch {
	case len(name) > 32:
		return validation("The load balancer name '%s' cannot be longer than '32' characters", name)
	case strings.ContainsFunc(name, letters):
		return validation("The load balancer name '%s' can only contain characters that are alphanumeric characters and hyphens(-)", name)
	case strings.HasPrefix(name, "-") || strings.HasSuffix(name, "-"):
		return validation("The load balancer name '%s' cannot begin or end with '-'", name)
	case strings.HasPrefix(name, "internal-"):
		return validation("The load balancer name '%s' cannot begin with 'internal-'", name)
	}
	return nil
}

// checkBalancerSubnets returns the subnets, of one VPC and a zone each.
func checkBalancerSubnets(ctx context.Context, c *Cloud, ids []string, application bool) ([]ec2types.Subnet, error) {
	var subnets []ec2types.Subnet
	zones := map[string]bool{}
	for _, id := range ids {
		out, err := c.EC2.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{SubnetIds: []string{id}})
		if err != nil || len(out.Subnets) == 0 {
			return nil, refuse("SubnetNotFound", "The subnet ID '%s' does not exist", id)
		}
		subnet := out.Subnets[0]
		zone := aws.ToString(subnet.AvailabilityZone)
		if zones[zone] {
			return nil, invalidConfiguration("A load balancer cannot be attached to multiple subnets in the same Availability Zone")
		}
		zones[zone] = true
		if subnets = append(subnets, subnet); aws.ToString(subnet.VpcId) != aws.ToString(subnets[0].VpcId) {
			return nil, invalidConfiguration("All subnets must belong to the same VPC: '%s' is in '%s', '%s' in '%s'",
				ids[0], aws.ToString(subnets[0].VpcId), id, aws.ToString(subnet.VpcId))
		}
		if block, err := netip.ParsePrefix(aws.ToString(subnet.CidrBlock)); err == nil && application && block.Bits() > 27 {
			return nil, refuse("InvalidSubnet", "Not enough IP space available in %s. ELB requires a /27 and at least 8 free IP addresses in each subnet.", id)
		}
	}
	if application && len(zones) < 2 {
		return nil, validation("At least two subnets in two different Availability Zones must be specified")
	}
	if len(zones) == 0 {
		return nil, validation("At least one subnet must be specified")
	}
	return subnets, nil
}

// checkPublicSubnets refuses an internet-facing load balancer where the internet
// does not reach it. AWS itself only looks for the VPC's internet gateway, and
// makes a load balancer that nobody can use in subnets without a route to it.
func checkPublicSubnets(ctx context.Context, c *Cloud, vpc string, subnets []ec2types.Subnet) error {
	gateway, err := gatewayOf(ctx, c, vpc)
	if err != nil {
		return err
	}
	if gateway == "" {
		return refuse("InvalidSubnet", "VPC %s has no internet gateway", vpc)
	}
	for _, s := range subnets {
		public, err := routesTo(ctx, c, s, gateway)
		if err != nil {
			return err
		}
		if !public {
			return refuse("InvalidSubnet", "Subnet %s has no route to the internet gateway %s of VPC %s, so an internet-facing load balancer in it is reached by nobody",
				aws.ToString(s.SubnetId), gateway, vpc)
		}
	}
	return nil
}

func checkBalancerGroups(ctx context.Context, c *Cloud, vpc string, groups []string) error {
	for _, id := range groups {
		out, err := c.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: []string{id}})
		if err != nil || len(out.SecurityGroups) == 0 {
			return refuse("InvalidSecurityGroup", "The security group '%s' does not exist", id)
		}
		if other := aws.ToString(out.SecurityGroups[0].VpcId); other != vpc {
			return invalidConfiguration("One or more security groups are invalid: '%s' is in '%s', the load balancer in '%s'", id, other, vpc)
		}
	}
	return nil
}

func checkSetSubnets(ctx context.Context, c *Cloud, in *elb.SetSubnetsInput) error {
	balancer, err := balancerByARN(ctx, c, aws.ToString(in.LoadBalancerArn))
	if err != nil {
		return err
	}
	subnets, err := checkBalancerSubnets(ctx, c, in.Subnets, balancer.Type == types.LoadBalancerTypeEnumApplication)
	if err != nil {
		return err
	}
	vpc := aws.ToString(subnets[0].VpcId)
	if vpc != aws.ToString(balancer.VpcId) {
		return invalidConfiguration("The subnets must be in the load balancer's VPC '%s': '%s' is in '%s'", aws.ToString(balancer.VpcId), in.Subnets[0], vpc)
	}
	if balancer.Scheme == types.LoadBalancerSchemeEnumInternetFacing {
		return checkPublicSubnets(ctx, c, vpc, subnets)
	}
	return nil
}

func checkSetGroups(ctx context.Context, c *Cloud, in *elb.SetSecurityGroupsInput) error {
	balancer, err := balancerByARN(ctx, c, aws.ToString(in.LoadBalancerArn))
	if err != nil {
		return err
	}
	switch network := balancer.Type == types.LoadBalancerTypeEnumNetwork; {
	case network && len(balancer.SecurityGroups) == 0:
		return invalidConfiguration("You cannot associate security groups with a Network Load Balancer that was created without any")
	case network && len(in.SecurityGroups) == 0:
		return invalidConfiguration("You cannot remove all security groups from a Network Load Balancer")
	case len(in.SecurityGroups) == 0:
		return validation("At least one security group must be specified")
	}
	return checkBalancerGroups(ctx, c, aws.ToString(balancer.VpcId), in.SecurityGroups)
}

func checkDeleteBalancer(ctx context.Context, c *Cloud, in *elb.DeleteLoadBalancerInput) error {
	out, err := c.ELB.DescribeLoadBalancerAttributes(ctx, &elb.DescribeLoadBalancerAttributesInput{LoadBalancerArn: in.LoadBalancerArn})
	if err != nil {
		return err
	}
	for _, a := range out.Attributes {
		if aws.ToString(a.Key) == "deletion_protection.enabled" && aws.ToString(a.Value) == "true" {
			return refuse("OperationNotPermitted", "Load balancer '%s' cannot be deleted because deletion protection is enabled", aws.ToString(in.LoadBalancerArn))
		}
	}
	return nil
}
