package standin

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// The official provider reads into a security group and into a route table what
// they hold, whoever made it: after a refresh their states list the rules and
// the routes of separate resources too.

// inlineRules returns a group's rules as the official provider lists them:
// those of one protocol, range of ports and description are one.
func inlineRules(ctx context.Context, r *request) (ingress, egress []any, err error) {
	// The local AWS describes a group's permissions without what they are for.
	out, err := r.cloud.Raw().EC2.DescribeSecurityGroupRules(ctx, &ec2.DescribeSecurityGroupRulesInput{
		Filters: []types.Filter{{Name: aws.String("group-id"), Values: []string{r.id}}},
	})
	if err != nil {
		return nil, nil, err
	}
	known := map[string]map[string]any{}
	for _, rule := range out.SecurityGroupRules {
		from, to := aws.ToInt32(rule.FromPort), aws.ToInt32(rule.ToPort)
		if aws.ToString(rule.IpProtocol) == "-1" {
			from, to = 0, 0
		}
		key := fmt.Sprint(aws.ToBool(rule.IsEgress), aws.ToString(rule.IpProtocol), from, to, aws.ToString(rule.Description))
		listed, there := known[key]
		if !there {
			listed = map[string]any{
				"protocol": aws.ToString(rule.IpProtocol), "fromPort": from, "toPort": to, "description": aws.ToString(rule.Description),
				"cidrBlocks": []any{}, "ipv6CidrBlocks": []any{}, "prefixListIds": []any{}, "securityGroups": []any{}, "self": false,
			}
			known[key] = listed
			if aws.ToBool(rule.IsEgress) {
				egress = append(egress, listed)
			} else {
				ingress = append(ingress, listed)
			}
		}
		add := func(name string, value *string) { listed[name] = append(listed[name].([]any), *value) }
		switch {
		case aws.ToString(rule.CidrIpv4) != "":
			add("cidrBlocks", rule.CidrIpv4)
		case aws.ToString(rule.CidrIpv6) != "":
			add("ipv6CidrBlocks", rule.CidrIpv6)
		case rule.ReferencedGroupInfo != nil && aws.ToString(rule.ReferencedGroupInfo.GroupId) == r.id:
			listed["self"] = true
		case rule.ReferencedGroupInfo != nil:
			add("securityGroups", rule.ReferencedGroupInfo.GroupId)
		default:
			add("prefixListIds", aws.String(aws.ToString(rule.PrefixListId)))
		}
	}
	return ingress, egress, nil
}

// inlineRoutes returns a table's routes as the official provider lists them:
// without the local one, and without those of gateway endpoints.
func inlineRoutes(table types.RouteTable) []any {
	routes := []any{}
	for _, route := range table.Routes {
		gateway := aws.ToString(route.GatewayId)
		if gateway == "local" || route.Origin == types.RouteOriginEnableVgwRoutePropagation ||
			route.DestinationPrefixListId != nil && strings.HasPrefix(gateway, "vpce-") {
			continue
		}
		endpoint := ""
		if strings.HasPrefix(gateway, "vpce-") {
			gateway, endpoint = "", gateway
		}
		routes = append(routes, map[string]any{
			"cidrBlock": aws.ToString(route.DestinationCidrBlock), "ipv6CidrBlock": aws.ToString(route.DestinationIpv6CidrBlock),
			"destinationPrefixListId": aws.ToString(route.DestinationPrefixListId), "gatewayId": gateway,
			"carrierGatewayId": aws.ToString(route.CarrierGatewayId), "coreNetworkArn": aws.ToString(route.CoreNetworkArn),
			"egressOnlyGatewayId": aws.ToString(route.EgressOnlyInternetGatewayId), "localGatewayId": aws.ToString(route.LocalGatewayId),
			"natGatewayId": aws.ToString(route.NatGatewayId), "networkInterfaceId": aws.ToString(route.NetworkInterfaceId),
			"transitGatewayId": aws.ToString(route.TransitGatewayId), "vpcEndpointId": endpoint,
			"vpcPeeringConnectionId": aws.ToString(route.VpcPeeringConnectionId),
		})
	}
	return routes
}
