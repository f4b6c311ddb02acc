package standin

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
)

const associationPage = registry + "ec2/routetableassociation/"

var routeTableAssociationType = &resourceType{
	token: "aws:ec2/routeTableAssociation:RouteTableAssociation",
	args:  sdk.RouteTableAssociationArgs{}, state: sdk.RouteTableAssociation{},
	inputs: map[string]prop{
		"subnetId":     {change: replaces, request: "AssociateRouteTable.SubnetId", source: associationPage},
		"routeTableId": {change: updates, request: "AssociateRouteTable.RouteTableId", source: associationPage},
	},
	source:        associationPage + "#outputs",
	createTimeout: 5 * time.Minute, updateTimeout: 2 * time.Minute, deleteTimeout: 5 * time.Minute,
	create: func(ctx context.Context, r *request) (string, error) {
		out, err := r.cloud.EC2.AssociateRouteTable(ctx, &ec2.AssociateRouteTableInput{
			SubnetId: r.in.strp("subnetId"), RouteTableId: r.in.strp("routeTableId"),
		})
		if err != nil {
			return "", err
		}
		return aws.ToString(out.AssociationId), nil
	},
	read: func(ctx context.Context, r *request) (map[string]any, error) {
		association, err := findAssociation(ctx, r, "association.route-table-association-id", r.id)
		if err != nil {
			return nil, err
		}
		return map[string]any{"subnetId": association.SubnetId, "routeTableId": association.RouteTableId}, nil
	},
	// In AWS the association gets a new id with a new table. The official
	// provider sets it, but an update cannot tell the engine a new id, and the
	// resource is lost at the next refresh (pulumi/pulumi-aws#3911).
	update: func(context.Context, *request) error {
		return errors.New("another route table gives the association another id (ReplaceRouteTableAssociation), which an update cannot record: " +
			"the official provider loses the association here; keep the subnet's route table and change its routes")
	},
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.EC2.DisassociateRouteTable(ctx, &ec2.DisassociateRouteTableInput{AssociationId: &r.id})
		return gone(err, "InvalidAssociationID.NotFound")
	},
	// An import names the association SUBNET/TABLE.
	importID: func(ctx context.Context, r *request, id string) (string, error) {
		subnet, _, ok := strings.Cut(id, "/")
		if !ok {
			return "", fmt.Errorf("unexpected format for import: %s. Use 'subnet ID/route table ID' or 'gateway ID/route table ID", id)
		}
		association, err := findAssociation(ctx, r, "association.subnet-id", subnet)
		if err != nil {
			return "", err
		}
		return aws.ToString(association.RouteTableAssociationId), nil
	},
}

func findAssociation(ctx context.Context, r *request, filter, value string) (*types.RouteTableAssociation, error) {
	out, err := r.cloud.EC2.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{
		Filters: []types.Filter{{Name: &filter, Values: []string{value}}},
	})
	if err != nil {
		return nil, err
	}
	for _, table := range out.RouteTables {
		for _, a := range table.Associations {
			if aws.ToString(a.RouteTableAssociationId) == value || aws.ToString(a.SubnetId) == value {
				return &a, nil
			}
		}
	}
	return nil, errNotFound
}
