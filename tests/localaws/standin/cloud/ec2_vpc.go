package cloud

import (
	"context"
	"net/netip"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

const ec2API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_"

// EC2's error codes are from
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
var _ = addRules(map[string]rule{
	"EC2.CreateVpc":                {after: after(addSelfRule), source: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html"},
	"EC2.DeleteVpc":                {before: before(checkDeleteVpc), source: ec2API + "DeleteVpc.html"},
	"EC2.AssociateVpcCidrBlock":    {before: before(checkVpcCidr), source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html"},
	"EC2.DisassociateVpcCidrBlock": {before: before(checkDisassociateVpcCidr), source: ec2API + "DisassociateVpcCidrBlock.html"},
	"EC2.CreateSubnet":             {before: before(checkCreateSubnet), after: after(keepPrivate), source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"},
	"EC2.DeleteSubnet":             {before: before(checkDeleteSubnet), source: ec2API + "DeleteSubnet.html"},
	"EC2.AssociateRouteTable":      {before: before(checkAssociateRouteTable), source: ec2API + "AssociateRouteTable.html"},
	"EC2.DeleteRouteTable":         {before: before(checkDeleteRouteTable), source: ec2API + "DeleteRouteTable.html"},
})

func filter(name string, values ...string) []types.Filter {
	return []types.Filter{{Name: aws.String(name), Values: values}}
}

// addSelfRule gives the default group of a new VPC the rule that AWS gives it:
// everything from the group itself. The emulator leaves it out.
func addSelfRule(ctx context.Context, c *Cloud, _ *ec2.CreateVpcInput, out *ec2.CreateVpcOutput) error {
	groups, err := c.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{
		Filters: append(filter("vpc-id", aws.ToString(out.Vpc.VpcId)), filter("group-name", "default")...),
	})
	if err != nil {
		return err
	}
	for _, g := range groups.SecurityGroups {
		if len(g.IpPermissions) > 0 {
			continue
		}
		_, err := c.EC2.AuthorizeSecurityGroupIngress(ctx, &ec2.AuthorizeSecurityGroupIngressInput{
			GroupId: g.GroupId,
			IpPermissions: []types.IpPermission{{
				IpProtocol: aws.String("-1"), UserIdGroupPairs: []types.UserIdGroupPair{{GroupId: g.GroupId}},
			}},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func dependency(kind, id string) error {
	return refuse("DependencyViolation", "The %s '%s' has dependencies and cannot be deleted.", kind, id)
}

// checkDeleteVpc refuses a VPC that still holds groups of the user's, endpoints
// or an internet gateway; the emulator itself looks for subnets and route tables.
func checkDeleteVpc(ctx context.Context, c *Cloud, in *ec2.DeleteVpcInput) error {
	id := aws.ToString(in.VpcId)
	groups, err := c.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{Filters: filter("vpc-id", id)})
	if err != nil {
		return err
	}
	for _, g := range groups.SecurityGroups {
		if aws.ToString(g.GroupName) != "default" {
			return dependency("vpc", id)
		}
	}
	endpoints, err := vpcEndpoints(ctx, c, id)
	if err != nil {
		return err
	}
	gateway, err := gatewayOf(ctx, c, id)
	if err != nil {
		return err
	}
	if len(endpoints) > 0 || gateway != "" {
		return dependency("vpc", id)
	}
	return nil
}

// restricted lists, for a VPC in the first block, those it cannot be given.
var restricted = map[string][]string{
	"10.0.0.0/8":     {"172.16.0.0/12", "192.168.0.0/16", "198.19.0.0/16"},
	"172.16.0.0/12":  {"10.0.0.0/8", "192.168.0.0/16", "198.19.0.0/16"},
	"192.168.0.0/16": {"10.0.0.0/8", "172.16.0.0/12", "198.19.0.0/16"},
}

func checkVpcCidr(ctx context.Context, c *Cloud, in *ec2.AssociateVpcCidrBlockInput) error {
	if in.CidrBlock == nil {
		return nil
	}
	block, err := netip.ParsePrefix(*in.CidrBlock)
	if err != nil {
		return refuse("InvalidParameterValue", "Value (%s) for parameter cidrBlock is invalid. This is not a valid CIDR block.", *in.CidrBlock)
	}
	if block.Bits() < 16 || block.Bits() > 28 {
		return refuse("InvalidVpc.Range", "The CIDR '%s' is invalid: the size must be between /28 and /16.", block)
	}
	out, err := c.EC2.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{VpcIds: []string{aws.ToString(in.VpcId)}})
	if err != nil || len(out.Vpcs) == 0 {
		return err
	}
	count := 0
	for _, a := range out.Vpcs[0].CidrBlockAssociationSet {
		if a.CidrBlockState != nil && a.CidrBlockState.State == types.VpcCidrBlockStateCodeDisassociated {
			continue
		}
		count++
		other, err := netip.ParsePrefix(aws.ToString(a.CidrBlock))
		if err != nil {
			continue
		}
		if other.Overlaps(block) {
			return refuse("InvalidVpc.Range", "The CIDR '%s' conflicts with another CIDR block of the VPC, '%s'.", block, other)
		}
		for own, others := range restricted {
			for _, r := range others {
				if netip.MustParsePrefix(own).Overlaps(other) && netip.MustParsePrefix(r).Overlaps(block) {
					return refuse("InvalidVpc.Range", "The CIDR '%s' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR.", block)
				}
			}
		}
	}
	if count >= 5 {
		return refuse("VpcCidrBlockLimitExceeded", "The maximum number of CIDR blocks of the VPC '%s' has been reached.", aws.ToString(in.VpcId))
	}
	return nil
}

func checkDisassociateVpcCidr(ctx context.Context, c *Cloud, in *ec2.DisassociateVpcCidrBlockInput) error {
	id := aws.ToString(in.AssociationId)
	out, err := c.EC2.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{Filters: filter("cidr-block-association.association-id", id)})
	if err != nil {
		return err
	}
	for _, vpc := range out.Vpcs {
		for _, a := range vpc.CidrBlockAssociationSet {
			if aws.ToString(a.AssociationId) != id {
				continue
			}
			if a.CidrBlockState != nil && a.CidrBlockState.State == types.VpcCidrBlockStateCodeDisassociated {
				return refuse("InvalidVpcCidrBlockAssociationID.NotFound", "The vpc CIDR block association ID '%s' does not exist", id)
			}
			block, err := netip.ParsePrefix(aws.ToString(a.CidrBlock))
			if err != nil {
				return err
			}
			subnets, err := c.EC2.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{Filters: filter("vpc-id", aws.ToString(vpc.VpcId))})
			if err != nil {
				return err
			}
			for _, s := range subnets.Subnets {
				if p, err := netip.ParsePrefix(aws.ToString(s.CidrBlock)); err == nil && block.Overlaps(p) {
					return refuse("DependencyViolation", "The vpc %s currently has a subnet within CIDR block %s", aws.ToString(vpc.VpcId), block)
				}
			}
		}
	}
	return nil
}

func checkCreateSubnet(ctx context.Context, c *Cloud, in *ec2.CreateSubnetInput) error {
	if in.CidrBlock == nil {
		return refuse("MissingParameter", "Either 'cidrBlock' or 'ipv6CidrBlock' should be provided.")
	}
	block, err := netip.ParsePrefix(*in.CidrBlock)
	if err != nil {
		return refuse("InvalidParameterValue", "Value (%s) for parameter cidrBlock is invalid. This is not a valid CIDR block.", *in.CidrBlock)
	}
	if block.Bits() < 16 || block.Bits() > 28 {
		return refuse("InvalidSubnet.Range", "The CIDR '%s' is invalid: the size must be between /28 and /16.", block)
	}
	return completeZone(ctx, c, in)
}

// completeZone names the zone: of the zone's id, or any of the region, as AWS
// picks one. The emulator would take us-east-1a in every region.
func completeZone(ctx context.Context, c *Cloud, in *ec2.CreateSubnetInput) error {
	if in.AvailabilityZone != nil {
		return nil
	}
	out, err := c.EC2.DescribeAvailabilityZones(ctx, &ec2.DescribeAvailabilityZonesInput{})
	if err != nil {
		return err
	}
	for _, z := range out.AvailabilityZones {
		if in.AvailabilityZoneId == nil || aws.ToString(in.AvailabilityZoneId) == aws.ToString(z.ZoneId) {
			in.AvailabilityZone, in.AvailabilityZoneId = z.ZoneName, nil
			return nil
		}
	}
	return nil // the emulator refuses an id that it does not know
}

// keepPrivate gives instances in a new subnet no public address, as AWS does;
// the emulator gives them one in the first subnet of a zone.
func keepPrivate(ctx context.Context, c *Cloud, _ *ec2.CreateSubnetInput, out *ec2.CreateSubnetOutput) error {
	if !aws.ToBool(out.Subnet.MapPublicIpOnLaunch) {
		return nil
	}
	_, err := c.EC2.ModifySubnetAttribute(ctx, &ec2.ModifySubnetAttributeInput{
		SubnetId: out.Subnet.SubnetId, MapPublicIpOnLaunch: &types.AttributeBooleanValue{Value: aws.Bool(false)},
	})
	return err
}

// checkDeleteSubnet refuses a subnet with network interfaces: of endpoints, or
// of the tasks of services.
func checkDeleteSubnet(ctx context.Context, c *Cloud, in *ec2.DeleteSubnetInput) error {
	id := aws.ToString(in.SubnetId)
	out, err := c.EC2.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{SubnetIds: []string{id}})
	if err != nil || len(out.Subnets) == 0 {
		return err
	}
	endpoints, err := vpcEndpoints(ctx, c, aws.ToString(out.Subnets[0].VpcId))
	if err != nil {
		return err
	}
	for _, e := range endpoints {
		if contains(e.SubnetIds, id) {
			return dependency("subnet", id)
		}
	}
	enis, err := c.EC2.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{Filters: filter("subnet-id", id)})
	if err != nil {
		return err
	}
	services, err := taskNetworks(ctx, c)
	if err != nil {
		return err
	}
	for _, s := range services {
		if contains(s.Subnets, id) {
			return dependency("subnet", id)
		}
	}
	balanced, err := balancerUses(ctx, c, id, "")
	if err != nil {
		return err
	}
	if balanced || len(enis.NetworkInterfaces) > 0 {
		return dependency("subnet", id)
	}
	return nil
}

func findRouteTable(ctx context.Context, c *Cloud, id string) (*types.RouteTable, error) {
	out, err := c.EC2.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{RouteTableIds: []string{id}})
	if err != nil {
		return nil, err
	}
	if len(out.RouteTables) == 0 {
		return nil, refuse("InvalidRouteTableID.NotFound", "The routeTable ID '%s' does not exist", id)
	}
	return &out.RouteTables[0], nil
}

func checkAssociateRouteTable(ctx context.Context, c *Cloud, in *ec2.AssociateRouteTableInput) error {
	if in.SubnetId == nil {
		return nil
	}
	table, err := findRouteTable(ctx, c, aws.ToString(in.RouteTableId))
	if err != nil {
		return err
	}
	subnets, err := c.EC2.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{SubnetIds: []string{*in.SubnetId}})
	if err != nil {
		return err
	}
	for _, s := range subnets.Subnets {
		if aws.ToString(s.VpcId) != aws.ToString(table.VpcId) {
			return refuse("InvalidParameterValue", "Route table %s and subnet %s belong to different networks", aws.ToString(in.RouteTableId), *in.SubnetId)
		}
	}
	others, err := c.EC2.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{Filters: filter("association.subnet-id", *in.SubnetId)})
	if err != nil {
		return err
	}
	for _, t := range others.RouteTables {
		for _, a := range t.Associations {
			// The very same association again is answered with its id.
			if aws.ToString(a.SubnetId) == *in.SubnetId && aws.ToString(t.RouteTableId) != aws.ToString(in.RouteTableId) {
				return refuse("Resource.AlreadyAssociated", "the specified association for route table %s conflicts with an existing association", aws.ToString(in.RouteTableId))
			}
		}
	}
	return nil
}

func checkDeleteRouteTable(ctx context.Context, c *Cloud, in *ec2.DeleteRouteTableInput) error {
	table, err := findRouteTable(ctx, c, aws.ToString(in.RouteTableId))
	if err != nil {
		return err
	}
	if len(table.Associations) > 0 {
		return dependency("routeTable", aws.ToString(in.RouteTableId))
	}
	return nil
}
