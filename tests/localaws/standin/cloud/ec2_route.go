package cloud

import (
	"context"
	"net/netip"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var _ = addRules(map[string]rule{
	"EC2.CreateRoute":         {before: before(checkCreateRoute), source: ec2API + "CreateRoute.html"},
	"EC2.ReplaceRoute":        {before: before(checkReplaceRoute), source: ec2API + "ReplaceRoute.html"},
	"EC2.DeleteRoute":         {before: before(checkDeleteRoute), source: ec2API + "DeleteRoute.html"},
	"EC2.DescribeRouteTables": {after: after(describeRouteTables), source: ec2API + "Route.html"},
})

func checkCreateRoute(ctx context.Context, c *Cloud, in *ec2.CreateRouteInput) error {
	table, err := findRouteTable(ctx, c, aws.ToString(in.RouteTableId))
	if err != nil {
		return err
	}
	if err := checkDestination(in.DestinationCidrBlock); err != nil {
		return err
	}
	if route := routeIn(table, in.DestinationCidrBlock); route != nil {
		return refuse("RouteAlreadyExists", "The route identified by %s already exists.", *in.DestinationCidrBlock)
	}
	return checkTarget(ctx, c, table, in.GatewayId, in.NatGatewayId)
}

func checkReplaceRoute(ctx context.Context, c *Cloud, in *ec2.ReplaceRouteInput) error {
	table, err := findRouteTable(ctx, c, aws.ToString(in.RouteTableId))
	if err != nil {
		return err
	}
	if routeIn(table, in.DestinationCidrBlock) == nil {
		return refuse("InvalidParameterValue", "There is no route defined for '%s' in the route table. Use CreateRoute instead.", aws.ToString(in.DestinationCidrBlock))
	}
	return checkTarget(ctx, c, table, in.GatewayId, in.NatGatewayId)
}

func checkDeleteRoute(ctx context.Context, c *Cloud, in *ec2.DeleteRouteInput) error {
	table, err := findRouteTable(ctx, c, aws.ToString(in.RouteTableId))
	if err != nil {
		return err
	}
	if route := routeIn(table, in.DestinationCidrBlock); route != nil && aws.ToString(route.GatewayId) == "local" {
		return refuse("InvalidParameterValue", "cannot remove local route %s in route table %s", *in.DestinationCidrBlock, *in.RouteTableId)
	}
	return nil
}

func checkDestination(block *string) error {
	if block == nil {
		return refuse("MissingParameter", "The request must contain the parameter destinationCidrBlock")
	}
	if p, err := netip.ParsePrefix(*block); err != nil || !p.Addr().Is4() {
		return refuse("InvalidParameterValue", "Value (%s) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.", *block)
	}
	return nil
}

func routeIn(table *types.RouteTable, destination *string) *types.Route {
	for i, r := range table.Routes {
		if destination != nil && aws.ToString(r.DestinationCidrBlock) == *destination {
			return &table.Routes[i]
		}
	}
	return nil
}

// checkTarget refuses targets that there are not, and those of another VPC.
func checkTarget(ctx context.Context, c *Cloud, table *types.RouteTable, gateway, nat *string) error {
	id, vpc := aws.ToString(table.RouteTableId), aws.ToString(table.VpcId)
	switch {
	case gateway == nil && nat == nil:
		return refuse("MissingParameter", "The request must contain exactly one target, for example gatewayId or natGatewayId")
	case gateway != nil && nat != nil:
		return refuse("InvalidParameterCombination", "The request must contain exactly one target; it has gatewayId and natGatewayId")
	case nat != nil:
		found, err := natByID(ctx, c, "InvalidNatGatewayID.NotFound", *nat)
		if err != nil {
			return err
		}
		if aws.ToString(found.VpcId) != vpc {
			return refuse("InvalidParameterValue", "route table %s and NAT gateway %s belong to different networks", id, *nat)
		}
		return nil
	case strings.HasPrefix(*gateway, "vpce-"):
		return refuse("InvalidParameterValue", "cannot create a route to the VPC endpoint %s: the route tables of a gateway endpoint are the endpoint's (ModifyVpcEndpoint)", *gateway)
	case !strings.HasPrefix(*gateway, "igw-"):
		return refuse("InvalidGatewayID.NotFound", "The gateway ID '%s' does not exist", *gateway)
	}
	out, err := c.EC2.DescribeInternetGateways(ctx, &ec2.DescribeInternetGatewaysInput{InternetGatewayIds: []string{*gateway}})
	if err != nil || len(out.InternetGateways) == 0 {
		return refuse("InvalidGatewayID.NotFound", "The gateway ID '%s' does not exist", *gateway)
	}
	for _, a := range out.InternetGateways[0].Attachments {
		if aws.ToString(a.VpcId) == vpc {
			return nil
		}
	}
	return refuse("InvalidParameterValue", "route table %s and network gateway %s belong to different networks", id, *gateway)
}

// describeRouteTables says which routes lead nowhere any more: AWS keeps the
// routes to a gateway that was deleted, and marks them.
func describeRouteTables(ctx context.Context, c *Cloud, _ *ec2.DescribeRouteTablesInput, out *ec2.DescribeRouteTablesOutput) error {
	for i, table := range out.RouteTables {
		for j, route := range table.Routes {
			nat, gateway := aws.ToString(route.NatGatewayId), aws.ToString(route.GatewayId)
			lost := false
			switch {
			case nat != "":
				_, err := natByID(ctx, c, "InvalidNatGatewayID.NotFound", nat)
				if lost = HasCode(err, "InvalidNatGatewayID.NotFound"); err != nil && !lost {
					return err
				}
			case strings.HasPrefix(gateway, "igw-"):
				has, err := gatewayOf(ctx, c, aws.ToString(table.VpcId))
				if err != nil {
					return err
				}
				lost = has != gateway
			}
			if lost {
				out.RouteTables[i].Routes[j].State = types.RouteStateBlackhole
			}
		}
	}
	return nil
}
