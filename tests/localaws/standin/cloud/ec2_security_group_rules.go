package cloud

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// AWS changes the group or the prefix list of a rule in place. The emulator
// cannot, so the rule is made anew there, and a tag keeps the id that it had.
var _ = addRules(map[string]rule{
	"EC2.ModifySecurityGroupRules":   {instead: instead(modifyRules), source: ec2API + "ModifySecurityGroupRules.html"},
	"EC2.DescribeSecurityGroupRules": {instead: instead(describeSecurityGroupRules), source: ec2API + "DescribeSecurityGroupRules.html"},
	"EC2.RevokeSecurityGroupIngress": {
		before: before(func(ctx context.Context, c *Cloud, in *ec2.RevokeSecurityGroupIngressInput) error {
			return storedIDs(ctx, c, in.SecurityGroupRuleIds)
		}),
		source: ec2API + "RevokeSecurityGroupIngress.html",
	},
	"EC2.RevokeSecurityGroupEgress": {
		before: before(func(ctx context.Context, c *Cloud, in *ec2.RevokeSecurityGroupEgressInput) error {
			return storedIDs(ctx, c, in.SecurityGroupRuleIds)
		}),
		source: ec2API + "RevokeSecurityGroupEgress.html",
	},
	"EC2.CreateTags": {
		before: before(func(ctx context.Context, c *Cloud, in *ec2.CreateTagsInput) error {
			return storedIDs(ctx, c, in.Resources)
		}),
		source: ec2API + "CreateTags.html",
	},
	"EC2.DeleteTags": {
		before: before(func(ctx context.Context, c *Cloud, in *ec2.DeleteTagsInput) error {
			return storedIDs(ctx, c, in.Resources)
		}),
		source: ec2API + "DeleteTags.html",
	},
})

// ruleIDTag keeps, in the emulator, the id that a rule was made with. Nobody
// manages tags of this prefix.
const ruleIDTag = "aws:local:rule-id"

// ruleID is the id that AWS would give a rule.
func ruleID(r types.SecurityGroupRule) string {
	for _, t := range r.Tags {
		if aws.ToString(t.Key) == ruleIDTag {
			return aws.ToString(t.Value)
		}
	}
	return aws.ToString(r.SecurityGroupRuleId)
}

// storedIDs puts the emulator's ids of rules in place of AWS's.
func storedIDs(ctx context.Context, c *Cloud, ids []string) error {
	if !slices.ContainsFunc(ids, func(id string) bool { return strings.HasPrefix(id, "sgr-") }) {
		return nil
	}
	rules, err := allRules(ctx, c)
	if err != nil {
		return err
	}
	for i, id := range ids {
		for _, r := range rules {
			if ruleID(r) == id {
				ids[i] = aws.ToString(r.SecurityGroupRuleId)
			}
		}
	}
	return nil
}

func describeSecurityGroupRules(ctx context.Context, c *Cloud, in *ec2.DescribeSecurityGroupRulesInput) (*ec2.DescribeSecurityGroupRulesOutput, error) {
	stored := *in
	stored.SecurityGroupRuleIds = slices.Clone(in.SecurityGroupRuleIds)
	if err := storedIDs(ctx, c, stored.SecurityGroupRuleIds); err != nil {
		return nil, err
	}
	out, err := c.EC2.DescribeSecurityGroupRules(ctx, &stored)
	if err != nil {
		return nil, err
	}
	for i := range out.SecurityGroupRules {
		r := &out.SecurityGroupRules[i]
		r.SecurityGroupRuleId = aws.String(ruleID(*r))
		r.Tags = slices.DeleteFunc(r.Tags, func(t types.Tag) bool { return aws.ToString(t.Key) == ruleIDTag })
	}
	return out, nil
}

// modifyRules changes rules in place: ports, protocol, description, and what
// the rule is about, as long as it stays of one kind.
func modifyRules(ctx context.Context, c *Cloud, in *ec2.ModifySecurityGroupRulesInput) (*ec2.ModifySecurityGroupRulesOutput, error) {
	groups, err := c.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: []string{aws.ToString(in.GroupId)}})
	if err != nil {
		return nil, err
	}
	vpc := aws.ToString(groups.SecurityGroups[0].VpcId)
	for _, u := range in.SecurityGroupRules {
		if err := modifyRule(ctx, c, in.GroupId, vpc, u); err != nil {
			return nil, err
		}
	}
	return &ec2.ModifySecurityGroupRulesOutput{Return: aws.Bool(true)}, nil
}

func modifyRule(ctx context.Context, c *Cloud, group *string, vpc string, u types.SecurityGroupRuleUpdate) error {
	next := *u.SecurityGroupRule
	if err := checkPorts(next.IpProtocol, next.FromPort, next.ToPort); err != nil {
		return err
	}
	permission := types.IpPermission{IpProtocol: next.IpProtocol, FromPort: next.FromPort, ToPort: next.ToPort}
	switch {
	case next.CidrIpv4 != nil:
		permission.IpRanges = []types.IpRange{{CidrIp: next.CidrIpv4, Description: next.Description}}
	case next.CidrIpv6 != nil:
		permission.Ipv6Ranges = []types.Ipv6Range{{CidrIpv6: next.CidrIpv6, Description: next.Description}}
	case next.ReferencedGroupId != nil:
		permission.UserIdGroupPairs = []types.UserIdGroupPair{{GroupId: next.ReferencedGroupId, Description: next.Description}}
	default:
		permission.PrefixListIds = []types.PrefixListId{{PrefixListId: next.PrefixListId, Description: next.Description}}
	}
	wanted := sourcesOf(permission)[0]
	if err := checkSource(ctx, c, wanted, vpc); err != nil {
		return err
	}
	rules, err := c.EC2.DescribeSecurityGroupRules(ctx, &ec2.DescribeSecurityGroupRulesInput{Filters: filter("group-id", aws.ToString(group))})
	if err != nil {
		return err
	}
	id := aws.ToString(u.SecurityGroupRuleId)
	at := slices.IndexFunc(rules.SecurityGroupRules, func(r types.SecurityGroupRule) bool { return ruleID(r) == id })
	if at < 0 {
		return refuse("InvalidSecurityGroupRuleId.NotFound", "The security group rule ID '%s' does not exist", id)
	}
	was := rules.SecurityGroupRules[at]
	for i, r := range rules.SecurityGroupRules {
		if i != at && aws.ToBool(r.IsEgress) == aws.ToBool(was.IsEgress) && sameRule(r, permission, wanted) {
			return duplicatePermission(permission, wanted)
		}
	}
	kind, peer := peerOf(was)
	if kind != wanted.kind {
		return refuse("InvalidParameterValue", "Invalid rule type for security group rule '%s'. The type of a rule's source cannot be changed.", id)
	}
	if kind == "group" && peer != wanted.peer || kind == "list" && peer != wanted.peer {
		return replaceRule(ctx, c, was, permission)
	}
	next.FromPort, next.ToPort = ports(next.FromPort), ports(next.ToPort)
	if next.Description == nil {
		// Absent means none; the emulator would keep the old one.
		next.Description = aws.String("")
	}
	_, err = c.EC2.ModifySecurityGroupRules(ctx, &ec2.ModifySecurityGroupRulesInput{
		GroupId: group, SecurityGroupRules: []types.SecurityGroupRuleUpdate{{SecurityGroupRuleId: was.SecurityGroupRuleId, SecurityGroupRule: &next}},
	})
	return err
}

// replaceRule makes a rule anew in the emulator, with the id that it had.
func replaceRule(ctx context.Context, c *Cloud, was types.SecurityGroupRule, permission types.IpPermission) error {
	tags := slices.DeleteFunc(slices.Clone(was.Tags), func(t types.Tag) bool { return aws.ToString(t.Key) == ruleIDTag })
	tags = append(tags, types.Tag{Key: aws.String(ruleIDTag), Value: aws.String(ruleID(was))})
	tagged := []types.TagSpecification{{ResourceType: types.ResourceTypeSecurityGroupRule, Tags: tags}}
	permissions, stored := []types.IpPermission{permission}, []string{aws.ToString(was.SecurityGroupRuleId)}
	var made []types.SecurityGroupRule
	if aws.ToBool(was.IsEgress) {
		_, err := c.EC2.RevokeSecurityGroupEgress(ctx, &ec2.RevokeSecurityGroupEgressInput{GroupId: was.GroupId, SecurityGroupRuleIds: stored})
		if err != nil {
			return err
		}
		out, err := c.EC2.AuthorizeSecurityGroupEgress(ctx, &ec2.AuthorizeSecurityGroupEgressInput{GroupId: was.GroupId, IpPermissions: permissions, TagSpecifications: tagged})
		if err != nil {
			return err
		}
		made = out.SecurityGroupRules
	} else {
		_, err := c.EC2.RevokeSecurityGroupIngress(ctx, &ec2.RevokeSecurityGroupIngressInput{GroupId: was.GroupId, SecurityGroupRuleIds: stored})
		if err != nil {
			return err
		}
		out, err := c.EC2.AuthorizeSecurityGroupIngress(ctx, &ec2.AuthorizeSecurityGroupIngressInput{GroupId: was.GroupId, IpPermissions: permissions, TagSpecifications: tagged})
		if err != nil {
			return err
		}
		made = out.SecurityGroupRules
	}
	return describeRules(ctx, c, permissions, made)
}
