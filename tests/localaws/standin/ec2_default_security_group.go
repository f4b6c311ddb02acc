package standin

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
)

const defaultGroupPage = registry + "ec2/defaultsecuritygroup/"

// The official provider adopts the group that AWS made with the VPC: creating
// the resource takes all its rules away, deleting it leaves the group as it is.
// Inline rules have no row; this project keeps the group empty.
var defaultSecurityGroupType = &resourceType{
	token: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
	args:  sdk.DefaultSecurityGroupArgs{}, state: sdk.DefaultSecurityGroup{},
	inputs: map[string]prop{
		"vpcId":               {change: replaces, computed: true, request: "DescribeSecurityGroups.Filters", source: defaultGroupPage},
		"revokeRulesOnDelete": {change: updates, byDefault: false, reason: "the group is never deleted", source: defaultGroupPage},
		"tags":                {change: updates, request: "CreateTags.Tags", source: defaultGroupPage},
	},
	outputs: []string{"arn", "ownerId", "name", "namePrefix", "description", "ingress", "egress", "tagsAll"},
	source:  defaultGroupPage + "#outputs",
	create: func(ctx context.Context, r *request) (string, error) {
		vpc := r.in.str("vpcId")
		if vpc == "" {
			vpcs, err := r.cloud.EC2.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{
				Filters: []types.Filter{{Name: aws.String("is-default"), Values: []string{"true"}}},
			})
			if err != nil {
				return "", err
			}
			if len(vpcs.Vpcs) == 0 {
				return "", errNotFound
			}
			vpc = aws.ToString(vpcs.Vpcs[0].VpcId)
		}
		out, err := r.cloud.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{Filters: []types.Filter{
			{Name: aws.String("group-name"), Values: []string{"default"}},
			{Name: aws.String("vpc-id"), Values: []string{vpc}},
		}})
		if err != nil {
			return "", err
		}
		if len(out.SecurityGroups) == 0 {
			return "", errNotFound
		}
		group := out.SecurityGroups[0]
		r.id = aws.ToString(group.GroupId)
		if err := revokeAll(ctx, r, group.IpPermissions, group.IpPermissionsEgress); err != nil {
			return r.id, err
		}
		r.oldTags, r.diff = fromEC2Tags(group.Tags), []string{"tags"}
		return r.id, updateEC2Tags(ctx, r)
	},
	read: func(ctx context.Context, r *request) (map[string]any, error) {
		out, err := readSecurityGroup(ctx, r)
		if err == nil {
			out["namePrefix"] = ""
		}
		return out, err
	},
	update: updateEC2Tags,
	remove: func(context.Context, *request) error { return nil },
}
