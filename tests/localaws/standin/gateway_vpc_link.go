package standin

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2/types"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/apigatewayv2"
)

const vpcLinkPage = registry + "apigatewayv2/vpclink/"

// A link keeps the subnets and groups that it was made with.
var vpcLinkType = &resourceType{
	token: "aws:apigatewayv2/vpcLink:VpcLink", args: sdk.VpcLinkArgs{}, state: sdk.VpcLink{},
	inputs: map[string]prop{
		"name":             {change: updates, autoName: 255, check: validation.StringLenBetween(1, 128), request: "CreateVpcLink.Name UpdateVpcLink.Name", source: vpcLinkPage},
		"subnetIds":        {change: replaces, required: true, set: true, request: "CreateVpcLink.SubnetIds", source: vpcLinkPage},
		"securityGroupIds": {change: replaces, required: true, set: true, request: "CreateVpcLink.SecurityGroupIds", source: vpcLinkPage},
		"tags":             {change: updates, request: "CreateVpcLink.Tags TagResource.Tags", source: vpcLinkPage},
	},
	checkSource: providerSource + "apigatewayv2/vpc_link.go",
	outputs:     []string{"arn", "tagsAll"},
	source:      vpcLinkPage + "#outputs",
	create: func(ctx context.Context, r *request) (string, error) {
		// The SDK takes empty lists but no absent ones.
		subnets, groups := append([]string{}, r.in.strs("subnetIds")...), append([]string{}, r.in.strs("securityGroupIds")...)
		out, err := r.cloud.Gateway.CreateVpcLink(ctx, &apigatewayv2.CreateVpcLinkInput{
			Name: r.in.strp("name"), SubnetIds: subnets, SecurityGroupIds: groups, Tags: r.tags,
		})
		if err != nil {
			return "", err
		}
		r.id = aws.ToString(out.VpcLinkId)
		return r.id, r.wait(ctx, "VPC link "+r.id+" to be available", func() (bool, string, error) {
			link, err := r.cloud.Gateway.GetVpcLink(ctx, &apigatewayv2.GetVpcLinkInput{VpcLinkId: &r.id})
			if err != nil {
				return false, "", err
			}
			if link.VpcLinkStatus == types.VpcLinkStatusFailed {
				return false, "", fmt.Errorf("VPC link %s: FAILED: %s", r.id, aws.ToString(link.VpcLinkStatusMessage))
			}
			return link.VpcLinkStatus == types.VpcLinkStatusAvailable, string(link.VpcLinkStatus), nil
		})
	},
	read: func(ctx context.Context, r *request) (map[string]any, error) {
		link, err := r.cloud.Gateway.GetVpcLink(ctx, &apigatewayv2.GetVpcLinkInput{VpcLinkId: &r.id})
		if err != nil {
			return nil, notFound(err, "NotFoundException")
		}
		return map[string]any{
			"arn": r.gatewayARN("/vpclinks/" + r.id), "name": link.Name, "subnetIds": link.SubnetIds,
			"securityGroupIds": link.SecurityGroupIds, "tags": ownTags(link.Tags),
		}, nil
	},
	update: func(ctx context.Context, r *request) error {
		if r.changed("name") {
			in := &apigatewayv2.UpdateVpcLinkInput{VpcLinkId: &r.id, Name: r.in.strp("name")}
			if _, err := r.cloud.Gateway.UpdateVpcLink(ctx, in); err != nil {
				return err
			}
		}
		return updateGatewayTags(ctx, r, r.state.str("arn"))
	},
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.Gateway.DeleteVpcLink(ctx, &apigatewayv2.DeleteVpcLinkInput{VpcLinkId: &r.id})
		if err := gone(err, "NotFoundException"); err != nil {
			return err
		}
		return r.wait(ctx, "VPC link "+r.id+" to be gone", func() (bool, string, error) {
			link, err := r.cloud.Gateway.GetVpcLink(ctx, &apigatewayv2.GetVpcLinkInput{VpcLinkId: &r.id})
			if err != nil {
				return gone(err, "NotFoundException") == nil, "", gone(err, "NotFoundException")
			}
			return false, string(link.VpcLinkStatus), nil
		})
	},
}
