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

const internetGatewayPage = registry + "ec2/internetgateway/"

var internetGatewayType = &resourceType{
	token: "aws:ec2/internetGateway:InternetGateway", args: sdk.InternetGatewayArgs{}, state: sdk.InternetGateway{},
	inputs: map[string]prop{
		"vpcId": {change: updates, computed: true, request: "AttachInternetGateway.VpcId DetachInternetGateway.VpcId", source: internetGatewayPage},
		"tags":  {change: updates, request: "CreateInternetGateway.TagSpecifications CreateTags.Tags", source: internetGatewayPage},
	},
	outputs:       []string{"arn", "ownerId", "tagsAll"},
	source:        internetGatewayPage + "#outputs",
	createTimeout: 20 * time.Minute, updateTimeout: 20 * time.Minute, deleteTimeout: 20 * time.Minute,
	create: func(ctx context.Context, r *request) (string, error) {
		out, err := r.cloud.EC2.CreateInternetGateway(ctx, &ec2.CreateInternetGatewayInput{
			TagSpecifications: ec2TagSpec(types.ResourceTypeInternetGateway, r.tags),
		})
		if err != nil {
			return "", err
		}
		r.id = aws.ToString(out.InternetGateway.InternetGatewayId)
		return r.id, attachGateway(ctx, r, r.in.str("vpcId"))
	},
	read: func(ctx context.Context, r *request) (map[string]any, error) {
		gateway, err := findInternetGateway(ctx, r)
		if err != nil {
			return nil, err
		}
		read := map[string]any{
			"arn": r.ec2ARN("internet-gateway", aws.ToString(gateway.OwnerId), r.id), "ownerId": gateway.OwnerId,
			"tags": fromEC2Tags(gateway.Tags),
		}
		for _, a := range gateway.Attachments {
			read["vpcId"] = a.VpcId
		}
		return read, nil
	},
	update: func(ctx context.Context, r *request) error {
		if r.changed("vpcId") {
			if err := detachGateway(ctx, r, r.state.str("vpcId")); err != nil {
				return err
			}
			if err := attachGateway(ctx, r, r.in.str("vpcId")); err != nil {
				return err
			}
		}
		return updateEC2Tags(ctx, r)
	},
	remove: func(ctx context.Context, r *request) error {
		if err := detachGateway(ctx, r, r.state.str("vpcId")); err != nil {
			return err
		}
		_, err := r.cloud.EC2.DeleteInternetGateway(ctx, &ec2.DeleteInternetGatewayInput{InternetGatewayId: &r.id})
		return gone(err, "InvalidInternetGatewayID.NotFound")
	},
}

func attachGateway(ctx context.Context, r *request, vpc string) error {
	if vpc == "" {
		return nil
	}
	_, err := r.cloud.EC2.AttachInternetGateway(ctx, &ec2.AttachInternetGatewayInput{InternetGatewayId: &r.id, VpcId: &vpc})
	if err != nil {
		return err
	}
	return r.wait(ctx, "internet gateway "+r.id+" to be attached to "+vpc, func() (bool, string, error) {
		gateway, err := findInternetGateway(ctx, r)
		if err != nil {
			return false, "", err
		}
		for _, a := range gateway.Attachments {
			// EC2 says "available" where its enumeration says "attached".
			if aws.ToString(a.VpcId) == vpc && (a.State == "available" || a.State == types.AttachmentStatusAttached) {
				return true, "", nil
			}
		}
		return false, "not attached", nil
	})
}

func detachGateway(ctx context.Context, r *request, vpc string) error {
	if vpc == "" {
		return nil
	}
	_, err := r.cloud.EC2.DetachInternetGateway(ctx, &ec2.DetachInternetGatewayInput{InternetGatewayId: &r.id, VpcId: &vpc})
	return gone(err, "Gateway.NotAttached", "InvalidInternetGatewayID.NotFound")
}

func findInternetGateway(ctx context.Context, r *request) (*types.InternetGateway, error) {
	out, err := r.cloud.EC2.DescribeInternetGateways(ctx, &ec2.DescribeInternetGatewaysInput{InternetGatewayIds: []string{r.id}})
	if cloud.HasCode(err, "InvalidInternetGatewayID.NotFound") || err == nil && len(out.InternetGateways) == 0 {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	return &out.InternetGateways[0], nil
}
