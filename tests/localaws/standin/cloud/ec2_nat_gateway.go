package cloud

import (
	"context"
	"net/netip"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

const natGuide = "https://docs.aws.amazon.com/vpc/latest/userguide/"

var _ = addRules(map[string]rule{
	"EC2.CreateNatGateway":    {before: before(checkCreateNat), after: after(placeNat), source: ec2API + "CreateNatGateway.html " + natGuide + "nat-gateway-troubleshooting.html"},
	"EC2.DeleteNatGateway":    {before: before(checkDeleteNat), after: after(freeNat), source: ec2API + "DeleteNatGateway.html"},
	"EC2.DescribeNatGateways": {after: after(describeNats), source: ec2API + "NatGateway.html"},
	"EC2.DescribeAddresses":   {after: after(describeAddresses), source: ec2API + "Address.html"},
})

// natByID returns a NAT gateway that is not deleted.
func natByID(ctx context.Context, c *Cloud, code, id string) (*types.NatGateway, error) {
	out, err := c.EC2.DescribeNatGateways(ctx, &ec2.DescribeNatGatewaysInput{NatGatewayIds: []string{id}})
	if err != nil {
		return nil, err
	}
	for _, g := range out.NatGateways {
		if g.State != types.NatGatewayStateDeleted {
			return &g, nil
		}
	}
	return nil, refuse(code, "The natGateway ID '%s' does not exist", id)
}

// checkCreateNat refuses a gateway that could not translate. AWS answers some
// of these faults a moment later: the gateway goes to the state "failed" with
// the same code and text. Here nothing is made, so nothing is left behind.
func checkCreateNat(ctx context.Context, c *Cloud, in *ec2.CreateNatGatewayInput) error {
	subnets, err := c.EC2.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{SubnetIds: []string{aws.ToString(in.SubnetId)}})
	if err != nil {
		return err
	}
	subnet := subnets.Subnets[0]
	if in.PrivateIpAddress != nil {
		if err := checkNatAddress(ctx, c, subnet, *in.PrivateIpAddress); err != nil {
			return err
		}
	}
	if in.ConnectivityType == types.ConnectivityTypePrivate {
		if in.AllocationId != nil {
			return refuse("InvalidParameter", "AllocationId is not valid for a private NAT gateway.")
		}
		return nil
	}
	if in.AllocationId == nil {
		return refuse("MissingParameter", "The request must contain the parameter AllocationId")
	}
	address, err := addressByID(ctx, c, *in.AllocationId)
	if err != nil {
		return err
	}
	if aws.ToString(address.AssociationId) != "" {
		return refuse("Resource.AlreadyAssociated", "Elastic IP address [%s] is already associated", *in.AllocationId)
	}
	vpc := aws.ToString(subnet.VpcId)
	gateway, err := gatewayOf(ctx, c, vpc)
	if err != nil {
		return err
	}
	if gateway == "" {
		return refuse("Gateway.NotAttached", "Network %s has no Internet gateway attached", vpc)
	}
	// AWS makes this gateway, and its packets go nowhere. An error is kinder.
	public, err := routesTo(ctx, c, subnet, gateway)
	if err != nil {
		return err
	}
	if !public {
		return refuse("Gateway.NotAttached", "Subnet %s has no route to the Internet gateway %s of network %s, so a public NAT gateway in it reaches nothing",
			aws.ToString(subnet.SubnetId), gateway, vpc)
	}
	return nil
}

// routesTo reports whether the route table of a subnet sends everything to a
// gateway: its own table or, without one, the VPC's main table.
func routesTo(ctx context.Context, c *Cloud, subnet types.Subnet, gateway string) (bool, error) {
	tables, err := c.EC2.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{Filters: filter("vpc-id", aws.ToString(subnet.VpcId))})
	if err != nil {
		return false, err
	}
	var of *types.RouteTable
	for i, t := range tables.RouteTables {
		for _, a := range t.Associations {
			if aws.ToString(a.SubnetId) == aws.ToString(subnet.SubnetId) || aws.ToBool(a.Main) && of == nil {
				of = &tables.RouteTables[i]
			}
		}
	}
	if of == nil {
		return false, nil
	}
	return slices.ContainsFunc(of.Routes, func(r types.Route) bool {
		return aws.ToString(r.DestinationCidrBlock) == "0.0.0.0/0" && aws.ToString(r.GatewayId) == gateway
	}), nil
}

// checkNatAddress refuses a private address that is not free in the subnet.
func checkNatAddress(ctx context.Context, c *Cloud, subnet types.Subnet, address string) error {
	block, err := netip.ParsePrefix(aws.ToString(subnet.CidrBlock))
	if err != nil {
		return err
	}
	ip, err := netip.ParseAddr(address)
	if err != nil || !block.Contains(ip) {
		return refuse("InvalidParameterValue", "Address does not fall within the subnet's address range")
	}
	used, err := usedAddresses(ctx, c, aws.ToString(subnet.SubnetId))
	if err != nil {
		return err
	}
	if contains(used, address) {
		return refuse("InvalidIPAddress.InUse", "Address %s is in use.", address)
	}
	return nil
}

// usedAddresses returns the private addresses of a subnet that are taken.
func usedAddresses(ctx context.Context, c *Cloud, subnet string) ([]string, error) {
	enis, err := c.EC2.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{Filters: filter("subnet-id", subnet)})
	if err != nil {
		return nil, err
	}
	var used []string
	for _, eni := range enis.NetworkInterfaces {
		used = append(used, aws.ToString(eni.PrivateIpAddress))
	}
	nats, err := c.EC2.DescribeNatGateways(ctx, &ec2.DescribeNatGatewaysInput{Filter: filter("subnet-id", subnet)})
	if err != nil {
		return nil, err
	}
	for _, g := range nats.NatGateways {
		if g.State != types.NatGatewayStateDeleted {
			used = append(used, natAddress(g))
		}
	}
	return used, nil
}

// natAddressTag keeps a NAT gateway's private address in the emulator, whose own
// lies anywhere but in the subnet. Tags of this prefix are AWS's own, which
// everyone leaves alone.
const natAddressTag = "aws:local:private-ip"

func natAddress(g types.NatGateway) string {
	for _, tag := range g.Tags {
		if aws.ToString(tag.Key) == natAddressTag {
			return aws.ToString(tag.Value)
		}
	}
	return ""
}

// placeNat gives a new NAT gateway an address of its subnet: the one asked for,
// or the first that is free. AWS keeps the first four of a subnet and the last.
// Source: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
func placeNat(ctx context.Context, c *Cloud, in *ec2.CreateNatGatewayInput, out *ec2.CreateNatGatewayOutput) error {
	address := aws.ToString(in.PrivateIpAddress)
	if address == "" {
		subnets, err := c.EC2.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{SubnetIds: []string{aws.ToString(in.SubnetId)}})
		if err != nil {
			return err
		}
		block, err := netip.ParsePrefix(aws.ToString(subnets.Subnets[0].CidrBlock))
		if err != nil {
			return err
		}
		used, err := usedAddresses(ctx, c, aws.ToString(in.SubnetId))
		if err != nil {
			return err
		}
		ip := block.Addr().Next().Next().Next().Next()
		for contains(used, ip.String()) {
			ip = ip.Next()
		}
		address = ip.String()
	}
	_, err := c.EC2.CreateTags(ctx, &ec2.CreateTagsInput{
		Resources: []string{aws.ToString(out.NatGateway.NatGatewayId)},
		Tags:      []types.Tag{{Key: aws.String(natAddressTag), Value: &address}},
	})
	return err
}

func checkDeleteNat(ctx context.Context, c *Cloud, in *ec2.DeleteNatGatewayInput) error {
	_, err := natByID(ctx, c, "NatGatewayNotFound", aws.ToString(in.NatGatewayId))
	return err
}

// freeNat gives back what a deleted NAT gateway held: its Elastic IP and its
// network interface, which the emulator leaves in the subnet.
func freeNat(ctx context.Context, c *Cloud, in *ec2.DeleteNatGatewayInput, _ *ec2.DeleteNatGatewayOutput) error {
	out, err := c.EC2.DescribeNatGateways(ctx, &ec2.DescribeNatGatewaysInput{NatGatewayIds: []string{aws.ToString(in.NatGatewayId)}})
	if err != nil {
		return err
	}
	for _, g := range out.NatGateways {
		for _, a := range g.NatGatewayAddresses {
			if a.AssociationId != nil {
				_, err := c.EC2.DisassociateAddress(ctx, &ec2.DisassociateAddressInput{AssociationId: a.AssociationId})
				if err != nil && !HasCode(err, "InvalidAssociationID.NotFound") {
					return err
				}
			}
			_, err := c.EC2.DeleteNetworkInterface(ctx, &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: a.NetworkInterfaceId})
			if err != nil && !HasCode(err, "InvalidNetworkInterfaceID.NotFound") {
				return err
			}
		}
	}
	return nil
}

// describeNats writes the addresses that natAddressTag keeps.
func describeNats(_ context.Context, _ *Cloud, _ *ec2.DescribeNatGatewaysInput, out *ec2.DescribeNatGatewaysOutput) error {
	for i, g := range out.NatGateways {
		address := natAddress(g)
		if address == "" {
			continue
		}
		for j := range g.NatGatewayAddresses {
			out.NatGateways[i].NatGatewayAddresses[j].PrivateIp = &address
		}
		out.NatGateways[i].Tags = slices.DeleteFunc(g.Tags, func(t types.Tag) bool { return aws.ToString(t.Key) == natAddressTag })
	}
	return nil
}

// describeAddresses writes them into the Elastic IPs of NAT gateways too.
func describeAddresses(ctx context.Context, c *Cloud, _ *ec2.DescribeAddressesInput, out *ec2.DescribeAddressesOutput) error {
	if !slices.ContainsFunc(out.Addresses, func(a types.Address) bool { return aws.ToString(a.NetworkInterfaceId) != "" }) {
		return nil
	}
	nats, err := c.EC2.DescribeNatGateways(ctx, &ec2.DescribeNatGatewaysInput{})
	if err != nil {
		return err
	}
	for i, address := range out.Addresses {
		for _, g := range nats.NatGateways {
			for _, a := range g.NatGatewayAddresses {
				if private := natAddress(g); private != "" && aws.ToString(a.NetworkInterfaceId) == aws.ToString(address.NetworkInterfaceId) {
					out.Addresses[i].PrivateIpAddress = &private
				}
			}
		}
	}
	return nil
}
