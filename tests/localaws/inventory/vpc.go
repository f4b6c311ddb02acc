package inventory

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// Vpc is a VPC. Default marks the one that every region has from the start.
type Vpc struct {
	ID           string   `json:"id"`
	Name         string   `json:"name,omitempty"`
	CidrBlocks   []string `json:"cidrBlocks"`
	DNSSupport   bool     `json:"dnsSupport"`
	DNSHostnames bool     `json:"dnsHostnames"`
	Default      bool     `json:"default,omitempty"`
}

// Subnet is a subnet; MapPublicIP says that what starts in it gets a public address.
type Subnet struct {
	ID          string `json:"id"`
	Name        string `json:"name,omitempty"`
	VpcID       string `json:"vpcId"`
	CidrBlock   string `json:"cidrBlock"`
	Zone        string `json:"zone"`
	MapPublicIP bool   `json:"mapPublicIp,omitempty"`
}

// RouteTable is a route table with its routes and the subnets that it serves.
type RouteTable struct {
	ID      string   `json:"id"`
	Name    string   `json:"name,omitempty"`
	VpcID   string   `json:"vpcId"`
	Main    bool     `json:"main,omitempty"`
	Subnets []string `json:"subnets,omitempty"`
	Routes  []Route  `json:"routes"`
}

// Route sends a destination (a block or a prefix list) to a target.
type Route struct {
	Destination string `json:"destination"`
	Target      string `json:"target"`
}

// InternetGateway is one, egress-only ones included.
type InternetGateway struct {
	ID     string   `json:"id"`
	Name   string   `json:"name,omitempty"`
	VpcIDs []string `json:"vpcIds,omitempty"`
}

// NatGateway is one that is not deleted.
type NatGateway struct {
	ID       string `json:"id"`
	Name     string `json:"name,omitempty"`
	VpcID    string `json:"vpcId"`
	SubnetID string `json:"subnetId"`
}

// Address is an Elastic IP.
type Address struct {
	ID       string `json:"id"`
	Name     string `json:"name,omitempty"`
	PublicIP string `json:"publicIp"`
}

func (Vpc) Kind() string             { return "VPC" }
func (Subnet) Kind() string          { return "subnet" }
func (RouteTable) Kind() string      { return "route table" }
func (InternetGateway) Kind() string { return "internet gateway" }
func (NatGateway) Kind() string      { return "NAT gateway" }
func (Address) Kind() string         { return "elastic IP" }

func (v Vpc) Key() string             { return v.ID }
func (s Subnet) Key() string          { return s.ID }
func (r RouteTable) Key() string      { return r.ID }
func (g InternetGateway) Key() string { return g.ID }
func (g NatGateway) Key() string      { return g.ID }
func (a Address) Key() string         { return a.ID }

func (v Vpc) String() string {
	return fmt.Sprintf("%s %s, DNS hostnames %t", named(v.ID, v.Name), strings.Join(v.CidrBlocks, " "), v.DNSHostnames)
}

func (s Subnet) String() string {
	public := ""
	if s.MapPublicIP {
		public = ", public addresses"
	}
	return fmt.Sprintf("%s %s %s%s", named(s.ID, s.Name), s.CidrBlock, s.Zone, public)
}

func (r RouteTable) String() string {
	var routes []string
	for _, route := range r.Routes {
		routes = append(routes, route.Destination+" -> "+route.Target)
	}
	main := ""
	if r.Main {
		main = " main,"
	}
	return fmt.Sprintf("%s%s %d subnet(s): %s", named(r.ID, r.Name), main, len(r.Subnets), strings.Join(routes, "; "))
}

func (g InternetGateway) String() string { return named(g.ID, g.Name) }
func (g NatGateway) String() string      { return named(g.ID, g.Name) + " in " + g.SubnetID }
func (a Address) String() string         { return named(a.ID, a.Name) + " " + a.PublicIP }

func (inv *Inventory) readVpcs(ctx context.Context, cfg aws.Config) error {
	client := ec2.NewFromConfig(cfg)
	err := each(ctx, ec2.NewDescribeVpcsPaginator(client, &ec2.DescribeVpcsInput{}), func(page *ec2.DescribeVpcsOutput) error {
		for _, v := range page.Vpcs {
			vpc := Vpc{ID: aws.ToString(v.VpcId), Name: nameTag(v.Tags), Default: aws.ToBool(v.IsDefault)}
			for _, block := range v.CidrBlockAssociationSet {
				if state := block.CidrBlockState; state == nil || state.State != types.VpcCidrBlockStateCodeDisassociated {
					vpc.CidrBlocks = append(vpc.CidrBlocks, aws.ToString(block.CidrBlock))
				}
			}
			var err error
			if vpc.DNSSupport, err = vpcAttribute(ctx, client, vpc.ID, types.VpcAttributeNameEnableDnsSupport); err != nil {
				return err
			}
			if vpc.DNSHostnames, err = vpcAttribute(ctx, client, vpc.ID, types.VpcAttributeNameEnableDnsHostnames); err != nil {
				return err
			}
			inv.Vpcs = append(inv.Vpcs, vpc)
		}
		return nil
	})
	order(inv.Vpcs)
	return err
}

func vpcAttribute(ctx context.Context, client *ec2.Client, id string, name types.VpcAttributeName) (bool, error) {
	out, err := client.DescribeVpcAttribute(ctx, &ec2.DescribeVpcAttributeInput{VpcId: &id, Attribute: name})
	if err != nil {
		return false, err
	}
	for _, value := range []*types.AttributeBooleanValue{out.EnableDnsSupport, out.EnableDnsHostnames} {
		if value != nil {
			return aws.ToBool(value.Value), nil
		}
	}
	return false, nil
}

func (inv *Inventory) readSubnets(ctx context.Context, cfg aws.Config) error {
	pages := ec2.NewDescribeSubnetsPaginator(ec2.NewFromConfig(cfg), &ec2.DescribeSubnetsInput{})
	err := each(ctx, pages, func(page *ec2.DescribeSubnetsOutput) error {
		for _, s := range page.Subnets {
			inv.Subnets = append(inv.Subnets, Subnet{
				ID: aws.ToString(s.SubnetId), Name: nameTag(s.Tags), VpcID: aws.ToString(s.VpcId), CidrBlock: aws.ToString(s.CidrBlock),
				Zone: aws.ToString(s.AvailabilityZone), MapPublicIP: aws.ToBool(s.MapPublicIpOnLaunch),
			})
		}
		return nil
	})
	order(inv.Subnets)
	return err
}

func (inv *Inventory) readRouteTables(ctx context.Context, cfg aws.Config) error {
	pages := ec2.NewDescribeRouteTablesPaginator(ec2.NewFromConfig(cfg), &ec2.DescribeRouteTablesInput{})
	err := each(ctx, pages, func(page *ec2.DescribeRouteTablesOutput) error {
		for _, t := range page.RouteTables {
			table := RouteTable{ID: aws.ToString(t.RouteTableId), Name: nameTag(t.Tags), VpcID: aws.ToString(t.VpcId)}
			for _, a := range t.Associations {
				table.Main = table.Main || aws.ToBool(a.Main)
				if a.SubnetId != nil {
					table.Subnets = append(table.Subnets, *a.SubnetId)
				}
			}
			for _, r := range t.Routes {
				table.Routes = append(table.Routes, Route{
					Destination: first(r.DestinationCidrBlock, r.DestinationPrefixListId, r.DestinationIpv6CidrBlock),
					Target: first(r.NatGatewayId, r.TransitGatewayId, r.VpcPeeringConnectionId, r.EgressOnlyInternetGatewayId,
						r.NetworkInterfaceId, r.InstanceId, r.GatewayId),
				})
			}
			table.Subnets = sorted(table.Subnets)
			inv.RouteTables = append(inv.RouteTables, table)
		}
		return nil
	})
	order(inv.RouteTables)
	return err
}

func (inv *Inventory) readGateways(ctx context.Context, cfg aws.Config) error {
	client := ec2.NewFromConfig(cfg)
	err := each(ctx, ec2.NewDescribeInternetGatewaysPaginator(client, &ec2.DescribeInternetGatewaysInput{}), func(page *ec2.DescribeInternetGatewaysOutput) error {
		for _, g := range page.InternetGateways {
			inv.addInternetGateway(g.InternetGatewayId, g.Tags, g.Attachments)
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = each(ctx, ec2.NewDescribeEgressOnlyInternetGatewaysPaginator(client, &ec2.DescribeEgressOnlyInternetGatewaysInput{}), func(page *ec2.DescribeEgressOnlyInternetGatewaysOutput) error {
		for _, g := range page.EgressOnlyInternetGateways {
			inv.addInternetGateway(g.EgressOnlyInternetGatewayId, g.Tags, g.Attachments)
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = each(ctx, ec2.NewDescribeNatGatewaysPaginator(client, &ec2.DescribeNatGatewaysInput{}), func(page *ec2.DescribeNatGatewaysOutput) error {
		for _, g := range page.NatGateways {
			if g.State != types.NatGatewayStateDeleted && g.State != types.NatGatewayStateDeleting {
				inv.NatGateways = append(inv.NatGateways, NatGateway{
					ID: aws.ToString(g.NatGatewayId), Name: nameTag(g.Tags), VpcID: aws.ToString(g.VpcId), SubnetID: aws.ToString(g.SubnetId),
				})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	addresses, err := client.DescribeAddresses(ctx, &ec2.DescribeAddressesInput{})
	if err != nil {
		return err
	}
	for _, a := range addresses.Addresses {
		inv.Addresses = append(inv.Addresses, Address{ID: aws.ToString(a.AllocationId), Name: nameTag(a.Tags), PublicIP: aws.ToString(a.PublicIp)})
	}
	order(inv.InternetGateways)
	order(inv.NatGateways)
	order(inv.Addresses)
	return nil
}

func (inv *Inventory) addInternetGateway(id *string, tags []types.Tag, attachments []types.InternetGatewayAttachment) {
	gateway := InternetGateway{ID: aws.ToString(id), Name: nameTag(tags)}
	for _, a := range attachments {
		gateway.VpcIDs = append(gateway.VpcIDs, aws.ToString(a.VpcId))
	}
	inv.InternetGateways = append(inv.InternetGateways, gateway)
}

func nameTag(tags []types.Tag) string {
	for _, tag := range tags {
		if aws.ToString(tag.Key) == "Name" {
			return aws.ToString(tag.Value)
		}
	}
	return ""
}

// first is the first value that AWS gave: a route has one destination and one
// target, each in a field of its own.
func first(values ...*string) string {
	for _, value := range values {
		if value != nil && *value != "" {
			return *value
		}
	}
	return ""
}
