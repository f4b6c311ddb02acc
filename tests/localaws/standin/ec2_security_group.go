package standin

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

const securityGroupPage = registry + "ec2/securitygroup/"

// Inline rules have no row: they and separate rule resources overwrite each
// other, and this project uses the latter.
var securityGroupType = &resourceType{
	token: "aws:ec2/securityGroup:SecurityGroup", args: sdk.SecurityGroupArgs{}, state: sdk.SecurityGroup{},
	inputs: map[string]prop{
		"name":                {change: replaces, autoName: 255, check: groupName(255), request: "CreateSecurityGroup.GroupName", source: securityGroupPage},
		"namePrefix":          {change: replaces, check: groupName(255 - uniqueSuffix), request: "CreateSecurityGroup.GroupName", source: securityGroupPage},
		"description":         {change: replaces, byDefault: "Managed by Pulumi", check: validation.StringLenBetween(0, 255), request: "CreateSecurityGroup.Description", source: securityGroupPage},
		"vpcId":               {change: replaces, computed: true, request: "CreateSecurityGroup.VpcId", source: securityGroupPage},
		"revokeRulesOnDelete": {change: updates, byDefault: false, reason: "decides what happens before the deletion", source: securityGroupPage},
		"tags":                {change: updates, request: "CreateSecurityGroup.TagSpecifications CreateTags.Tags", source: securityGroupPage},
	},
	checkSource:   providerSource + "ec2/vpc_security_group.go",
	outputs:       []string{"arn", "ownerId", "ingress", "egress", "tagsAll"},
	source:        securityGroupPage + "#outputs",
	createTimeout: 10 * time.Minute, deleteTimeout: 15 * time.Minute,
	create: createSecurityGroup, read: readSecurityGroup, update: updateEC2Tags,
	remove: deleteSecurityGroup,
}

func createSecurityGroup(ctx context.Context, r *request) (string, error) {
	name := r.in.str("name")
	if prefix := r.in.str("namePrefix"); prefix != "" && name == "" {
		unique, err := resource.NewUniqueHex(prefix, 8, 255)
		if err != nil {
			return "", err
		}
		name = unique
	}
	out, err := r.cloud.EC2.CreateSecurityGroup(ctx, &ec2.CreateSecurityGroupInput{
		GroupName: &name, Description: r.in.strp("description"), VpcId: r.in.strp("vpcId"),
		TagSpecifications: ec2TagSpec(types.ResourceTypeSecurityGroup, r.tags),
	})
	if err != nil {
		return "", err
	}
	r.id = aws.ToString(out.GroupId)
	// AWS gives every new group a rule that allows all egress; the official
	// provider takes it away, so that a group allows what the program lists.
	// Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group ("NOTE on Egress rules")
	group, err := findSecurityGroup(ctx, r)
	if err != nil {
		return r.id, err
	}
	return r.id, revokeAll(ctx, r, nil, group.IpPermissionsEgress)
}

func revokeAll(ctx context.Context, r *request, ingress, egress []types.IpPermission) error {
	if len(ingress) > 0 {
		if _, err := r.cloud.EC2.RevokeSecurityGroupIngress(ctx, &ec2.RevokeSecurityGroupIngressInput{GroupId: &r.id, IpPermissions: ingress}); err != nil {
			return err
		}
	}
	if len(egress) > 0 {
		if _, err := r.cloud.EC2.RevokeSecurityGroupEgress(ctx, &ec2.RevokeSecurityGroupEgressInput{GroupId: &r.id, IpPermissions: egress}); err != nil {
			return err
		}
	}
	return nil
}

func findSecurityGroup(ctx context.Context, r *request) (*types.SecurityGroup, error) {
	out, err := r.cloud.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: []string{r.id}})
	if cloud.HasCode(err, "InvalidGroup.NotFound", "InvalidGroupId.NotFound") || err == nil && len(out.SecurityGroups) == 0 {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	return &out.SecurityGroups[0], nil
}

func readSecurityGroup(ctx context.Context, r *request) (map[string]any, error) {
	group, err := findSecurityGroup(ctx, r)
	if err != nil {
		return nil, err
	}
	ingress, egress, err := inlineRules(ctx, r)
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"ingress": ingress, "egress": egress,
		"arn": r.ec2ARN("security-group", aws.ToString(group.OwnerId), r.id), "ownerId": group.OwnerId,
		"name": group.GroupName, "description": group.Description, "vpcId": group.VpcId, "tags": fromEC2Tags(group.Tags),
	}, nil
}

func deleteSecurityGroup(ctx context.Context, r *request) error {
	if r.state.boolean("revokeRulesOnDelete") {
		group, err := findSecurityGroup(ctx, r)
		if err != nil {
			return err
		}
		if err := revokeAll(ctx, r, group.IpPermissions, group.IpPermissionsEgress); err != nil {
			return err
		}
	}
	_, err := r.cloud.EC2.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: &r.id})
	return gone(err, "InvalidGroup.NotFound", "InvalidGroupId.NotFound")
}
