package inventory

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// Endpoint is a VPC endpoint, of gateway or interface type.
type Endpoint struct {
	ID             string   `json:"id"`
	Name           string   `json:"name,omitempty"`
	VpcID          string   `json:"vpcId"`
	Service        string   `json:"service"`
	Type           string   `json:"type"`
	State          string   `json:"state"`
	PrivateDNS     bool     `json:"privateDns"`
	Subnets        []string `json:"subnets,omitempty"`
	SecurityGroups []string `json:"securityGroups,omitempty"`
	RouteTables    []string `json:"routeTables,omitempty"`
	Policy         string   `json:"policy,omitempty"`
}

// SecurityGroup is a security group with its rules.
type SecurityGroup struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	VpcID       string `json:"vpcId"`
	Rules       []Rule `json:"rules,omitempty"`
}

// Rule is a security group's rule. Peer is a block, a group or a prefix list;
// the ports are -1 where the protocol has none.
type Rule struct {
	ID          string `json:"id"`
	Egress      bool   `json:"egress"`
	Protocol    string `json:"protocol"`
	FromPort    int32  `json:"fromPort"`
	ToPort      int32  `json:"toPort"`
	Peer        string `json:"peer"`
	Description string `json:"description,omitempty"`
}

// FlowLog records the traffic of a VPC.
type FlowLog struct {
	ID          string `json:"id"`
	Name        string `json:"name,omitempty"`
	ResourceID  string `json:"resourceId"`
	TrafficType string `json:"trafficType"`
	Destination string `json:"destination"`
}

func (Endpoint) Kind() string      { return "VPC endpoint" }
func (SecurityGroup) Kind() string { return "security group" }
func (FlowLog) Kind() string       { return "flow log" }

func (e Endpoint) Key() string      { return e.ID }
func (g SecurityGroup) Key() string { return g.ID }
func (f FlowLog) Key() string       { return f.ID }

func (e Endpoint) String() string {
	where := fmt.Sprintf("%d subnet(s), %d group(s), private DNS %t", len(e.Subnets), len(e.SecurityGroups), e.PrivateDNS)
	if e.Type == string(types.VpcEndpointTypeGateway) {
		where = fmt.Sprintf("%d route table(s)", len(e.RouteTables))
	}
	return fmt.Sprintf("%s %s %s, %s", named(e.ID, e.Name), strings.ToLower(e.Type), e.Service, where)
}

func (g SecurityGroup) String() string {
	var rules []string
	for _, rule := range g.Rules {
		rules = append(rules, rule.String())
	}
	text := strings.Join(rules, "; ")
	if text == "" {
		text = "no rules"
	}
	return fmt.Sprintf("%s: %s", named(g.ID, g.Name), text)
}

// String is a rule as one says it: "in tcp 443 from sg-1".
func (r Rule) String() string {
	way, preposition := "in", "from"
	if r.Egress {
		way, preposition = "out", "to"
	}
	protocol := r.Protocol
	if protocol == "-1" {
		protocol = "all"
	}
	ports := ""
	switch {
	case r.FromPort < 0:
	case r.FromPort == r.ToPort:
		ports = fmt.Sprintf(" %d", r.FromPort)
	default:
		ports = fmt.Sprintf(" %d-%d", r.FromPort, r.ToPort)
	}
	return fmt.Sprintf("%s %s%s %s %s", way, protocol, ports, preposition, r.Peer)
}

func (f FlowLog) String() string {
	return fmt.Sprintf("%s %s of %s to %s", named(f.ID, f.Name), f.TrafficType, f.ResourceID, f.Destination)
}

func (inv *Inventory) readEndpoints(ctx context.Context, cfg aws.Config) error {
	pages := ec2.NewDescribeVpcEndpointsPaginator(ec2.NewFromConfig(cfg), &ec2.DescribeVpcEndpointsInput{})
	err := each(ctx, pages, func(page *ec2.DescribeVpcEndpointsOutput) error {
		for _, e := range page.VpcEndpoints {
			// The SDK writes states with a capital, AWS and moto answer without.
			if strings.HasPrefix(strings.ToLower(string(e.State)), "delet") {
				continue
			}
			endpoint := Endpoint{
				ID: aws.ToString(e.VpcEndpointId), Name: nameTag(e.Tags), VpcID: aws.ToString(e.VpcId), Service: aws.ToString(e.ServiceName),
				Type: string(e.VpcEndpointType), State: string(e.State), PrivateDNS: aws.ToBool(e.PrivateDnsEnabled),
				Subnets: sorted(e.SubnetIds), RouteTables: sorted(e.RouteTableIds), Policy: aws.ToString(e.PolicyDocument),
			}
			for _, group := range e.Groups {
				endpoint.SecurityGroups = append(endpoint.SecurityGroups, aws.ToString(group.GroupId))
			}
			endpoint.SecurityGroups = sorted(endpoint.SecurityGroups)
			inv.Endpoints = append(inv.Endpoints, endpoint)
		}
		return nil
	})
	order(inv.Endpoints)
	return err
}

func (inv *Inventory) readSecurityGroups(ctx context.Context, cfg aws.Config) error {
	client := ec2.NewFromConfig(cfg)
	rules := map[string][]Rule{}
	err := each(ctx, ec2.NewDescribeSecurityGroupRulesPaginator(client, &ec2.DescribeSecurityGroupRulesInput{}), func(page *ec2.DescribeSecurityGroupRulesOutput) error {
		for _, r := range page.SecurityGroupRules {
			group := aws.ToString(r.GroupId)
			rules[group] = append(rules[group], rule(r))
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = each(ctx, ec2.NewDescribeSecurityGroupsPaginator(client, &ec2.DescribeSecurityGroupsInput{}), func(page *ec2.DescribeSecurityGroupsOutput) error {
		for _, g := range page.SecurityGroups {
			group := SecurityGroup{
				ID: aws.ToString(g.GroupId), Name: aws.ToString(g.GroupName), Description: aws.ToString(g.Description), VpcID: aws.ToString(g.VpcId),
				Rules: rules[aws.ToString(g.GroupId)],
			}
			slices.SortFunc(group.Rules, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
			inv.SecurityGroups = append(inv.SecurityGroups, group)
		}
		return nil
	})
	order(inv.SecurityGroups)
	return err
}

func rule(r types.SecurityGroupRule) Rule {
	rule := Rule{
		ID: aws.ToString(r.SecurityGroupRuleId), Egress: aws.ToBool(r.IsEgress), Protocol: aws.ToString(r.IpProtocol),
		FromPort: -1, ToPort: -1, Description: aws.ToString(r.Description),
		Peer: first(r.CidrIpv4, r.CidrIpv6, r.PrefixListId),
	}
	// AWS gives -1 for both ports of "all protocols"; moto leaves them out.
	if r.FromPort != nil && rule.Protocol != "-1" {
		rule.FromPort, rule.ToPort = *r.FromPort, aws.ToInt32(r.ToPort)
	}
	if r.ReferencedGroupInfo != nil {
		rule.Peer = aws.ToString(r.ReferencedGroupInfo.GroupId)
	}
	return rule
}

func (inv *Inventory) readFlowLogs(ctx context.Context, cfg aws.Config) error {
	pages := ec2.NewDescribeFlowLogsPaginator(ec2.NewFromConfig(cfg), &ec2.DescribeFlowLogsInput{})
	err := each(ctx, pages, func(page *ec2.DescribeFlowLogsOutput) error {
		for _, f := range page.FlowLogs {
			inv.FlowLogs = append(inv.FlowLogs, FlowLog{
				ID: aws.ToString(f.FlowLogId), Name: nameTag(f.Tags), ResourceID: aws.ToString(f.ResourceId),
				TrafficType: string(f.TrafficType), Destination: first(f.LogGroupName, f.LogDestination),
			})
		}
		return nil
	})
	order(inv.FlowLogs)
	return err
}
