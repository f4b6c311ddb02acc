package standin

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
)

const (
	ingressRulePage = registry + "vpc/securitygroupingressrule/"
	egressRulePage  = registry + "vpc/securitygroupegressrule/"
)

var ingressRuleType = ruleType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
	sdk.SecurityGroupIngressRuleArgs{}, sdk.SecurityGroupIngressRule{}, ingressRulePage, "Ingress", createIngressRule,
	func(ctx context.Context, r *request, group *string) error {
		_, err := r.cloud.EC2.RevokeSecurityGroupIngress(ctx, &ec2.RevokeSecurityGroupIngressInput{GroupId: group, SecurityGroupRuleIds: []string{r.id}})
		return err
	})

var egressRuleType = ruleType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
	sdk.SecurityGroupEgressRuleArgs{}, sdk.SecurityGroupEgressRule{}, egressRulePage, "Egress", createEgressRule,
	func(ctx context.Context, r *request, group *string) error {
		_, err := r.cloud.EC2.RevokeSecurityGroupEgress(ctx, &ec2.RevokeSecurityGroupEgressInput{GroupId: group, SecurityGroupRuleIds: []string{r.id}})
		return err
	})

// ruleSources are the properties that name what a rule is about; a rule has one.
var ruleSources = []string{"cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"}

func ruleType(token string, args, state any, page, direction string,
	create func(context.Context, *request) (string, error), revoke func(context.Context, *request, *string) error,
) *resourceType {
	authorize := "AuthorizeSecurityGroup" + direction
	permission := authorize + ".IpPermissions ModifySecurityGroupRules.SecurityGroupRules"
	return &resourceType{
		token: token, args: args, state: state,
		inputs: map[string]prop{
			"securityGroupId":           {change: replaces, request: authorize + ".GroupId", source: page},
			"ipProtocol":                {change: updates, request: permission, source: page, equal: sameProtocol},
			"fromPort":                  {change: updates, check: validation.IntBetween(-1, 65535), request: permission, source: page},
			"toPort":                    {change: updates, check: validation.IntBetween(-1, 65535), request: permission, source: page},
			"cidrIpv4":                  {change: updates, check: validIPv4Network, request: permission, source: page},
			"cidrIpv6":                  {change: updates, check: validIPv6Network, request: permission, source: page},
			"prefixListId":              {change: updates, request: permission, source: page},
			"referencedSecurityGroupId": {change: updates, request: permission, source: page},
			"description":               {change: updates, request: permission, source: page},
			"tags":                      {change: updates, request: authorize + ".TagSpecifications CreateTags.Tags", source: page},
		},
		exactlyOne:  [][]string{ruleSources},
		checkSource: providerSource + "ec2/vpc_security_group_ingress_rule.go",
		outputs:     []string{"arn", "securityGroupRuleId", "tagsAll"},
		// These types are of Terraform's newer framework, which leaves all that
		// is not set null.
		unset:  append([]string{"fromPort", "toPort", "description", "tags"}, ruleSources...),
		source: page + "#outputs",
		// AWS cannot turn, say, a rule about a CIDR into one about a group.
		// Source: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-security-group-rules.html
		replaceWhen: func(was, is object) string {
			for _, name := range ruleSources {
				if is.has(name) && !was.has(name) {
					return name
				}
			}
			return ""
		},
		create: create, read: readRule, update: updateRule,
		remove: func(ctx context.Context, r *request) error {
			return gone(revoke(ctx, r, r.state.strp("securityGroupId")),
				"InvalidSecurityGroupRuleId.NotFound", "InvalidGroup.NotFound", "InvalidPermission.NotFound")
		},
	}
}

// permission writes a rule as AWS takes it. For all protocols (-1) there are no
// ports.
func permission(r *request) types.IpPermission {
	p := types.IpPermission{IpProtocol: r.in.strp("ipProtocol"), FromPort: r.in.int32p("fromPort"), ToPort: r.in.int32p("toPort")}
	description := r.in.strp("description")
	switch {
	case r.in.has("cidrIpv4"):
		p.IpRanges = []types.IpRange{{CidrIp: r.in.strp("cidrIpv4"), Description: description}}
	case r.in.has("cidrIpv6"):
		p.Ipv6Ranges = []types.Ipv6Range{{CidrIpv6: r.in.strp("cidrIpv6"), Description: description}}
	case r.in.has("prefixListId"):
		p.PrefixListIds = []types.PrefixListId{{PrefixListId: r.in.strp("prefixListId"), Description: description}}
	case r.in.has("referencedSecurityGroupId"):
		p.UserIdGroupPairs = []types.UserIdGroupPair{{GroupId: r.in.strp("referencedSecurityGroupId"), Description: description}}
	}
	return p
}

func createIngressRule(ctx context.Context, r *request) (string, error) {
	out, err := r.cloud.EC2.AuthorizeSecurityGroupIngress(ctx, &ec2.AuthorizeSecurityGroupIngressInput{
		GroupId: r.in.strp("securityGroupId"), IpPermissions: []types.IpPermission{permission(r)},
		TagSpecifications: ec2TagSpec(types.ResourceTypeSecurityGroupRule, r.tags),
	})
	if err != nil {
		return "", err
	}
	return ruleID(out.SecurityGroupRules), nil
}

func createEgressRule(ctx context.Context, r *request) (string, error) {
	out, err := r.cloud.EC2.AuthorizeSecurityGroupEgress(ctx, &ec2.AuthorizeSecurityGroupEgressInput{
		GroupId: r.in.strp("securityGroupId"), IpPermissions: []types.IpPermission{permission(r)},
		TagSpecifications: ec2TagSpec(types.ResourceTypeSecurityGroupRule, r.tags),
	})
	if err != nil {
		return "", err
	}
	return ruleID(out.SecurityGroupRules), nil
}

func ruleID(rules []types.SecurityGroupRule) string {
	if len(rules) == 0 {
		return ""
	}
	return aws.ToString(rules[0].SecurityGroupRuleId)
}

func readRule(ctx context.Context, r *request) (map[string]any, error) {
	out, err := r.cloud.EC2.DescribeSecurityGroupRules(ctx, &ec2.DescribeSecurityGroupRulesInput{SecurityGroupRuleIds: []string{r.id}})
	if cloud.HasCode(err, "InvalidSecurityGroupRuleId.NotFound") || err == nil && len(out.SecurityGroupRules) == 0 {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	rule := out.SecurityGroupRules[0]
	owner, err := r.account(ctx)
	if err != nil {
		return nil, err
	}
	read := map[string]any{
		"arn": r.ec2ARN("security-group-rule", owner, r.id), "securityGroupRuleId": r.id,
		"securityGroupId": rule.GroupId, "ipProtocol": rule.IpProtocol, "cidrIpv4": rule.CidrIpv4, "cidrIpv6": rule.CidrIpv6,
		"prefixListId": rule.PrefixListId, "description": rule.Description, "tags": fromEC2Tags(rule.Tags),
	}
	if rule.ReferencedGroupInfo != nil {
		read["referencedSecurityGroupId"] = rule.ReferencedGroupInfo.GroupId
	}
	if aws.ToString(rule.IpProtocol) != "-1" {
		read["fromPort"], read["toPort"] = rule.FromPort, rule.ToPort
	}
	return read, nil
}

func updateRule(ctx context.Context, r *request) error {
	if r.changed(append([]string{"ipProtocol", "fromPort", "toPort", "description"}, ruleSources...)...) {
		rule := &types.SecurityGroupRuleRequest{
			IpProtocol: r.in.strp("ipProtocol"), FromPort: r.in.int32p("fromPort"), ToPort: r.in.int32p("toPort"),
			CidrIpv4: r.in.strp("cidrIpv4"), CidrIpv6: r.in.strp("cidrIpv6"), PrefixListId: r.in.strp("prefixListId"),
			ReferencedGroupId: r.in.strp("referencedSecurityGroupId"), Description: r.in.strp("description"),
		}
		_, err := r.cloud.EC2.ModifySecurityGroupRules(ctx, &ec2.ModifySecurityGroupRulesInput{
			GroupId:            r.in.strp("securityGroupId"),
			SecurityGroupRules: []types.SecurityGroupRuleUpdate{{SecurityGroupRuleId: &r.id, SecurityGroupRule: rule}},
		})
		if err != nil {
			return err
		}
	}
	return updateEC2Tags(ctx, r)
}
