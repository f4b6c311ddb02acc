package standin

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
)

const vpcCidrPage = registry + "ec2/vpcipv4cidrblockassociation/"

var vpcCidrType = &resourceType{
	token: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
	args:  sdk.VpcIpv4CidrBlockAssociationArgs{}, state: sdk.VpcIpv4CidrBlockAssociation{},
	inputs: map[string]prop{
		"vpcId":     {change: replaces, request: "AssociateVpcCidrBlock.VpcId", source: vpcCidrPage},
		"cidrBlock": {change: replaces, computed: true, check: validation.IsCIDRNetwork(16, 28), request: "AssociateVpcCidrBlock.CidrBlock", source: vpcCidrPage},
	},
	unset:         []string{"ipv4IpamPoolId", "ipv4NetmaskLength"},
	checkSource:   providerSource + "ec2/vpc_ipv4_cidr_block_association.go",
	source:        vpcCidrPage + "#outputs",
	createTimeout: 10 * time.Minute, deleteTimeout: 10 * time.Minute,
	create: func(ctx context.Context, r *request) (string, error) {
		out, err := r.cloud.EC2.AssociateVpcCidrBlock(ctx, &ec2.AssociateVpcCidrBlockInput{
			VpcId: r.in.strp("vpcId"), CidrBlock: r.in.strp("cidrBlock"),
		})
		if err != nil {
			return "", err
		}
		return aws.ToString(out.CidrBlockAssociation.AssociationId), nil
	},
	read: func(ctx context.Context, r *request) (map[string]any, error) {
		out, err := r.cloud.EC2.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{Filters: []types.Filter{
			{Name: aws.String("cidr-block-association.association-id"), Values: []string{r.id}},
		}})
		if err != nil {
			return nil, err
		}
		for _, vpc := range out.Vpcs {
			for _, a := range vpc.CidrBlockAssociationSet {
				if aws.ToString(a.AssociationId) == r.id && a.CidrBlockState.State == types.VpcCidrBlockStateCodeAssociated {
					return map[string]any{"vpcId": vpc.VpcId, "cidrBlock": a.CidrBlock}, nil
				}
			}
		}
		return nil, errNotFound
	},
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.EC2.DisassociateVpcCidrBlock(ctx, &ec2.DisassociateVpcCidrBlockInput{AssociationId: &r.id})
		return gone(err, "InvalidVpcID.NotFound", "InvalidVpcCidrBlockAssociationID.NotFound", "InvalidVpcCidrBlockAssociationIdError.NotFound")
	},
}
