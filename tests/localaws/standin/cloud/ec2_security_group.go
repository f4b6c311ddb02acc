package cloud

import (
	"context"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	ecstypes "github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

var _ = addRules(map[string]rule{
	"EC2.CreateSecurityGroup": {before: before(checkCreateSecurityGroup), source: ec2API + "CreateSecurityGroup.html"},
	"EC2.DeleteSecurityGroup": {before: before(checkDeleteSecurityGroup), source: ec2API + "DeleteSecurityGroup.html"},
	"EC2.AuthorizeSecurityGroupIngress": {
		before: before(func(ctx context.Context, c *Cloud, in *ec2.AuthorizeSecurityGroupIngressInput) error {
			return checkPermissions(ctx, c, aws.ToString(in.GroupId), in.IpPermissions, false)
		}),
		after: after(func(ctx context.Context, c *Cloud, in *ec2.AuthorizeSecurityGroupIngressInput, out *ec2.AuthorizeSecurityGroupIngressOutput) error {
			return describeRules(ctx, c, in.IpPermissions, out.SecurityGroupRules)
		}),
		source: ec2API + "AuthorizeSecurityGroupIngress.html",
	},
	"EC2.AuthorizeSecurityGroupEgress": {
		before: before(func(ctx context.Context, c *Cloud, in *ec2.AuthorizeSecurityGroupEgressInput) error {
			return checkPermissions(ctx, c, aws.ToString(in.GroupId), in.IpPermissions, true)
		}),
		after: after(func(ctx context.Context, c *Cloud, in *ec2.AuthorizeSecurityGroupEgressInput, out *ec2.AuthorizeSecurityGroupEgressOutput) error {
			return describeRules(ctx, c, in.IpPermissions, out.SecurityGroupRules)
		}),
		source: ec2API + "AuthorizeSecurityGroupEgress.html",
	},
})

// groupText is what EC2 admits in descriptions of groups and rules.
var groupText = regexp.MustCompile(`^[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{0,255}$`)

func checkCreateSecurityGroup(_ context.Context, _ *Cloud, in *ec2.CreateSecurityGroupInput) error {
	name := aws.ToString(in.GroupName)
	if strings.HasPrefix(name, "sg-") {
		return refuse("InvalidParameterValue", "Value (%s) for parameter GroupName is invalid. Names may not be in the format sg-*.", name)
	}
	for _, text := range []struct{ parameter, value string }{{"GroupName", name}, {"GroupDescription", aws.ToString(in.Description)}} {
		if !groupText.MatchString(text.value) {
			return refuse("InvalidParameterValue", "Value (%s) for parameter %s is invalid: up to 255 characters from a-zA-Z0-9. _-:/()#,@[]+=&;{}!$* are allowed.", text.value, text.parameter)
		}
	}
	return nil
}

func allRules(ctx context.Context, c *Cloud) ([]types.SecurityGroupRule, error) {
	var out []types.SecurityGroupRule
	pages := ec2.NewDescribeSecurityGroupRulesPaginator(c.EC2, &ec2.DescribeSecurityGroupRulesInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, page.SecurityGroupRules...)
	}
	return out, nil
}

// checkDeleteSecurityGroup refuses a group that another group's rule names, or
// that an endpoint, a load balancer or the tasks of a service use.
func checkDeleteSecurityGroup(ctx context.Context, c *Cloud, in *ec2.DeleteSecurityGroupInput) error {
	id := aws.ToString(in.GroupId)
	groups, err := c.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: []string{id}})
	if err != nil || len(groups.SecurityGroups) == 0 {
		return err
	}
	if aws.ToString(groups.SecurityGroups[0].GroupName) == "default" {
		return refuse("CannotDelete", `the specified group: "%s" name: "default" cannot be deleted by a user`, id)
	}
	inUse := refuse("DependencyViolation", "resource %s has a dependent object", id)
	rules, err := allRules(ctx, c)
	if err != nil {
		return err
	}
	for _, r := range rules {
		if r.ReferencedGroupInfo != nil && aws.ToString(r.ReferencedGroupInfo.GroupId) == id && aws.ToString(r.GroupId) != id {
			return inUse
		}
	}
	endpoints, err := vpcEndpoints(ctx, c, aws.ToString(groups.SecurityGroups[0].VpcId))
	if err != nil {
		return err
	}
	for _, e := range endpoints {
		for _, g := range e.Groups {
			if aws.ToString(g.GroupId) == id {
				return inUse
			}
		}
	}
	interfaces, err := c.EC2.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{Filters: filter("group-id", id)})
	if err != nil {
		return err
	}
	if len(interfaces.NetworkInterfaces) > 0 {
		return inUse
	}
	services, err := taskNetworks(ctx, c)
	if err != nil {
		return err
	}
	for _, s := range services {
		if contains(s.SecurityGroups, id) {
			return inUse
		}
	}
	if balanced, err := balancerUses(ctx, c, "", id); err != nil {
		return err
	} else if balanced {
		return inUse
	}
	return nil
}

// taskNetworks returns the networks of the services that have tasks; the tasks
// hold network interfaces there, which the emulator does not make.
func taskNetworks(ctx context.Context, c *Cloud) ([]ecstypes.AwsVpcConfiguration, error) {
	clusters, err := c.ECS.ListClusters(ctx, &ecs.ListClustersInput{})
	if err != nil {
		return nil, err
	}
	var out []ecstypes.AwsVpcConfiguration
	for _, cluster := range clusters.ClusterArns {
		services, err := activeServices(ctx, c, &cluster)
		if err != nil {
			return nil, err
		}
		for _, s := range services {
			if s.DesiredCount > 0 && s.NetworkConfiguration != nil && s.NetworkConfiguration.AwsvpcConfiguration != nil {
				out = append(out, *s.NetworkConfiguration.AwsvpcConfiguration)
			}
		}
	}
	return out, nil
}

func checkPermissions(ctx context.Context, c *Cloud, group string, permissions []types.IpPermission, egress bool) error {
	groups, err := c.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: []string{group}})
	if err != nil || len(groups.SecurityGroups) == 0 {
		return err
	}
	vpc := aws.ToString(groups.SecurityGroups[0].VpcId)
	existing, err := c.EC2.DescribeSecurityGroupRules(ctx, &ec2.DescribeSecurityGroupRulesInput{Filters: filter("group-id", group)})
	if err != nil {
		return err
	}
	for _, p := range permissions {
		if err := checkPorts(p.IpProtocol, p.FromPort, p.ToPort); err != nil {
			return err
		}
		for _, s := range sourcesOf(p) {
			if err := checkSource(ctx, c, s, vpc); err != nil {
				return err
			}
			for _, r := range existing.SecurityGroupRules {
				if aws.ToBool(r.IsEgress) == egress && sameRule(r, p, s) {
					return duplicatePermission(p, s)
				}
			}
		}
	}
	return nil
}

// Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
func duplicatePermission(p types.IpPermission, s source) error {
	return refuse("InvalidPermission.Duplicate", `the specified rule "peer: %s, %s, from port: %d, to port: %d, ALLOW" already exists`,
		s.peer, aws.ToString(p.IpProtocol), aws.ToInt32(p.FromPort), aws.ToInt32(p.ToPort))
}

// source is one thing that a permission is about.
type source struct {
	kind, peer  string
	description *string
}

func sourcesOf(p types.IpPermission) []source {
	var out []source
	for _, r := range p.IpRanges {
		out = append(out, source{"cidr", aws.ToString(r.CidrIp), r.Description})
	}
	for _, r := range p.Ipv6Ranges {
		out = append(out, source{"cidr6", aws.ToString(r.CidrIpv6), r.Description})
	}
	for _, r := range p.UserIdGroupPairs {
		out = append(out, source{"group", aws.ToString(r.GroupId), r.Description})
	}
	for _, r := range p.PrefixListIds {
		out = append(out, source{"list", aws.ToString(r.PrefixListId), r.Description})
	}
	return out
}

func peerOf(r types.SecurityGroupRule) (kind, peer string) {
	switch {
	case aws.ToString(r.CidrIpv4) != "":
		return "cidr", *r.CidrIpv4
	case aws.ToString(r.CidrIpv6) != "":
		return "cidr6", *r.CidrIpv6
	case r.ReferencedGroupInfo != nil:
		return "group", aws.ToString(r.ReferencedGroupInfo.GroupId)
	default:
		return "list", aws.ToString(r.PrefixListId)
	}
}

func sameRule(r types.SecurityGroupRule, p types.IpPermission, s source) bool {
	kind, peer := peerOf(r)
	if kind != s.kind || peer != s.peer || aws.ToString(r.IpProtocol) != aws.ToString(p.IpProtocol) {
		return false
	}
	return aws.ToString(p.IpProtocol) == "-1" || aws.ToInt32(r.FromPort) == aws.ToInt32(p.FromPort) && aws.ToInt32(r.ToPort) == aws.ToInt32(p.ToPort)
}

func checkPorts(protocol *string, from, to *int32) error {
	switch aws.ToString(protocol) {
	case "tcp", "udp", "6", "17":
	default:
		return nil
	}
	if from == nil || to == nil {
		return refuse("InvalidParameterValue", "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.")
	}
	if *from < 0 || *to > 65535 || *from > *to {
		return refuse("InvalidParameterValue", "Invalid TCP/UDP port range (%d-%d)", *from, *to)
	}
	return nil
}

func checkSource(ctx context.Context, c *Cloud, s source, vpc string) error {
	if !groupText.MatchString(aws.ToString(s.description)) {
		return refuse("InvalidParameterValue", "Invalid rule description %q. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*", aws.ToString(s.description))
	}
	switch s.kind {
	case "group":
		out, err := c.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: []string{s.peer}})
		if err != nil {
			return err
		}
		for _, g := range out.SecurityGroups {
			if aws.ToString(g.VpcId) != vpc {
				return refuse("InvalidGroup.NotFound", "You have specified two resources that belong to different networks.")
			}
		}
	case "list":
		return checkPrefixList(ctx, c, s.peer)
	}
	return nil
}

func checkPrefixList(ctx context.Context, c *Cloud, id string) error {
	owned, err := c.EC2.DescribePrefixLists(ctx, &ec2.DescribePrefixListsInput{})
	if err != nil {
		return err
	}
	for _, list := range owned.PrefixLists {
		if aws.ToString(list.PrefixListId) == id {
			return nil
		}
	}
	pages := ec2.NewDescribeManagedPrefixListsPaginator(c.EC2, &ec2.DescribeManagedPrefixListsInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return err
		}
		for _, list := range page.PrefixLists {
			if aws.ToString(list.PrefixListId) == id {
				return nil
			}
		}
	}
	return refuse("InvalidPrefixListID.NotFound", "The prefix list ID '%s' does not exist", id)
}

// describeRules gives new rules the descriptions that the emulator drops from
// the request that makes them; it takes them from one that changes a rule.
func describeRules(ctx context.Context, c *Cloud, permissions []types.IpPermission, rules []types.SecurityGroupRule) error {
	for i := range rules {
		r := &rules[i]
		for _, p := range permissions {
			for _, s := range sourcesOf(p) {
				if s.description == nil || !sameRule(*r, p, s) {
					continue
				}
				r.Description = s.description
				update := &types.SecurityGroupRuleRequest{
					IpProtocol: r.IpProtocol, FromPort: ports(r.FromPort), ToPort: ports(r.ToPort), Description: s.description,
					CidrIpv4: r.CidrIpv4, CidrIpv6: r.CidrIpv6, PrefixListId: r.PrefixListId,
				}
				if r.ReferencedGroupInfo != nil {
					update.ReferencedGroupId = r.ReferencedGroupInfo.GroupId
				}
				_, err := c.EC2.ModifySecurityGroupRules(ctx, &ec2.ModifySecurityGroupRulesInput{
					GroupId:            r.GroupId,
					SecurityGroupRules: []types.SecurityGroupRuleUpdate{{SecurityGroupRuleId: r.SecurityGroupRuleId, SecurityGroupRule: update}},
				})
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// ports are -1 in the emulator's requests about all protocols; AWS takes none.
func ports(p *int32) *int32 {
	if p == nil {
		return aws.Int32(-1)
	}
	return p
}
