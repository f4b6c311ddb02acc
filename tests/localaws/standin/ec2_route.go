package standin

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
)

const routePage = registry + "ec2/route/"

var routeType = &resourceType{
	token: "aws:ec2/route:Route", args: sdk.RouteArgs{}, state: sdk.Route{},
	inputs: map[string]prop{
		"routeTableId":         {change: replaces, request: "CreateRoute.RouteTableId", source: routePage},
		"destinationCidrBlock": {change: replaces, check: validIPv4Network, request: "CreateRoute.DestinationCidrBlock", source: routePage},
		"gatewayId":            {change: updates, request: "CreateRoute.GatewayId ReplaceRoute.GatewayId", source: routePage},
		"natGatewayId":         {change: updates, request: "CreateRoute.NatGatewayId ReplaceRoute.NatGatewayId", source: routePage},
	},
	exactlyOne:    [][]string{{"destinationCidrBlock"}, {"gatewayId", "natGatewayId"}},
	checkSource:   providerSource + "ec2/vpc_route.go",
	outputs:       []string{"instanceId", "instanceOwnerId", "networkInterfaceId", "origin", "state"},
	source:        routePage + "#outputs",
	createTimeout: 5 * time.Minute, updateTimeout: 2 * time.Minute, deleteTimeout: 5 * time.Minute,
	create: func(ctx context.Context, r *request) (string, error) {
		_, err := r.cloud.EC2.CreateRoute(ctx, &ec2.CreateRouteInput{
			RouteTableId: r.in.strp("routeTableId"), DestinationCidrBlock: r.in.strp("destinationCidrBlock"),
			GatewayId: r.in.strp("gatewayId"), NatGatewayId: r.in.strp("natGatewayId"),
		})
		if err != nil {
			return "", err
		}
		r.id = routeID(r.in.str("routeTableId"), r.in.str("destinationCidrBlock"))
		return r.id, awaitRoute(ctx, r)
	},
	read: func(ctx context.Context, r *request) (map[string]any, error) {
		table, destination := routeKey(r)
		route, err := findRoute(ctx, r, table, destination)
		if err != nil {
			return nil, err
		}
		return map[string]any{
			"routeTableId": table, "destinationCidrBlock": route.DestinationCidrBlock,
			"gatewayId": route.GatewayId, "natGatewayId": route.NatGatewayId,
			"instanceId": aws.ToString(route.InstanceId), "instanceOwnerId": aws.ToString(route.InstanceOwnerId),
			"networkInterfaceId": aws.ToString(route.NetworkInterfaceId), "origin": string(route.Origin), "state": string(route.State),
		}, nil
	},
	update: func(ctx context.Context, r *request) error {
		_, err := r.cloud.EC2.ReplaceRoute(ctx, &ec2.ReplaceRouteInput{
			RouteTableId: r.in.strp("routeTableId"), DestinationCidrBlock: r.in.strp("destinationCidrBlock"),
			GatewayId: r.in.strp("gatewayId"), NatGatewayId: r.in.strp("natGatewayId"),
		})
		if err != nil {
			return err
		}
		return awaitRoute(ctx, r)
	},
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.EC2.DeleteRoute(ctx, &ec2.DeleteRouteInput{
			RouteTableId: r.state.strp("routeTableId"), DestinationCidrBlock: r.state.strp("destinationCidrBlock"),
		})
		return gone(err, "InvalidRoute.NotFound", "InvalidRouteTableID.NotFound")
	},
	// An import names the route TABLE_DESTINATION.
	importID: func(_ context.Context, r *request, id string) (string, error) {
		table, destination, ok := strings.Cut(id, "_")
		if !ok {
			return "", errors.New("a route is imported as TABLE_DESTINATION, for example rtb-1_0.0.0.0/0")
		}
		r.state = object(resourceMap(map[string]any{"routeTableId": table, "destinationCidrBlock": destination}))
		return routeID(table, destination), nil
	},
}

// routeID is how the official provider names a route, which has no id in AWS.
func routeID(table, destination string) string {
	return fmt.Sprintf("r-%s%d", table, crc32.ChecksumIEEE([]byte(destination)))
}

// routeKey returns the table and the destination of the route.
func routeKey(r *request) (table, destination string) {
	from := r.in
	if !from.has("routeTableId") {
		from = r.state
	}
	return from.str("routeTableId"), from.str("destinationCidrBlock")
}

func awaitRoute(ctx context.Context, r *request) error {
	table, destination := routeKey(r)
	return r.wait(ctx, "route "+r.id+" to be there", func() (bool, string, error) {
		switch _, err := findRoute(ctx, r, table, destination); {
		case errors.Is(err, errNotFound):
			return false, "no such route", nil
		case err != nil:
			return false, "", err
		}
		return true, "", nil
	})
}

func findRoute(ctx context.Context, r *request, table, destination string) (*types.Route, error) {
	out, err := r.cloud.EC2.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{RouteTableIds: []string{table}})
	if cloud.HasCode(err, "InvalidRouteTableID.NotFound") {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	for _, t := range out.RouteTables {
		for _, route := range t.Routes {
			if aws.ToString(route.DestinationCidrBlock) == destination {
				return &route, nil
			}
		}
	}
	return nil, errNotFound
}
