package standin

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
)

const routeTablePage = registry + "ec2/routetable/"

// Inline routes have no row: they and separate route resources overwrite each
// other, and this project uses the latter.
var routeTableType = &resourceType{
	token: "aws:ec2/routeTable:RouteTable", args: sdk.RouteTableArgs{}, state: sdk.RouteTable{},
	inputs: map[string]prop{
		"vpcId": {change: replaces, request: "CreateRouteTable.VpcId", source: routeTablePage},
		"tags":  {change: updates, request: "CreateRouteTable.TagSpecifications CreateTags.Tags", source: routeTablePage},
	},
	outputs:       []string{"arn", "ownerId", "propagatingVgws", "routes", "tagsAll"},
	source:        routeTablePage + "#outputs",
	createTimeout: 5 * time.Minute, updateTimeout: 2 * time.Minute, deleteTimeout: 5 * time.Minute,
	create: func(ctx context.Context, r *request) (string, error) {
		out, err := r.cloud.EC2.CreateRouteTable(ctx, &ec2.CreateRouteTableInput{
			VpcId: r.in.strp("vpcId"), TagSpecifications: ec2TagSpec(types.ResourceTypeRouteTable, r.tags),
		})
		if err != nil {
			return "", err
		}
		return aws.ToString(out.RouteTable.RouteTableId), nil
	},
	read: func(ctx context.Context, r *request) (map[string]any, error) {
		out, err := r.cloud.EC2.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{RouteTableIds: []string{r.id}})
		if cloud.HasCode(err, "InvalidRouteTableID.NotFound") || err == nil && len(out.RouteTables) == 0 {
			return nil, errNotFound
		}
		if err != nil {
			return nil, err
		}
		table := out.RouteTables[0]
		return map[string]any{
			"arn": r.ec2ARN("route-table", aws.ToString(table.OwnerId), r.id), "ownerId": table.OwnerId,
			"vpcId": table.VpcId, "routes": inlineRoutes(table), "tags": fromEC2Tags(table.Tags),
		}, nil
	},
	update: updateEC2Tags,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.EC2.DeleteRouteTable(ctx, &ec2.DeleteRouteTableInput{RouteTableId: &r.id})
		return gone(err, "InvalidRouteTableID.NotFound")
	},
}
