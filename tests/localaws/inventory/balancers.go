package inventory

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// LoadBalancer is an application or network load balancer.
type LoadBalancer struct {
	ARN            string   `json:"arn"`
	Name           string   `json:"name"`
	Type           string   `json:"type"`
	Scheme         string   `json:"scheme"`
	VpcID          string   `json:"vpcId"`
	Subnets        []string `json:"subnets"`
	SecurityGroups []string `json:"securityGroups,omitempty"`
	// Attributes holds what can be set and is, by its key in the API.
	Attributes map[string]string `json:"attributes,omitempty"`
}

// TargetGroup is where a load balancer sends traffic to.
type TargetGroup struct {
	ARN         string `json:"arn"`
	Name        string `json:"name"`
	VpcID       string `json:"vpcId,omitempty"`
	Protocol    string `json:"protocol"`
	Port        int32  `json:"port"`
	TargetType  string `json:"targetType"`
	HealthCheck string `json:"healthCheck"`
}

// Listener is a port of a load balancer. Actions are written like "forward
// ARN", "redirect HTTPS:443 HTTP_301" and "fixed-response 404".
type Listener struct {
	ARN          string   `json:"arn"`
	LoadBalancer string   `json:"loadBalancer"`
	Protocol     string   `json:"protocol"`
	Port         int32    `json:"port"`
	Certificates []string `json:"certificates,omitempty"`
	Policy       string   `json:"policy,omitempty"`
	Actions      []string `json:"actions"`
}

// ListenerRule is a rule of a listener but its default one. Conditions are
// written like "path-pattern /*", actions like those of a listener.
type ListenerRule struct {
	ARN        string   `json:"arn"`
	Listener   string   `json:"listener"`
	Priority   string   `json:"priority"`
	Conditions []string `json:"conditions"`
	Actions    []string `json:"actions"`
}

func (LoadBalancer) Kind() string { return "load balancer" }
func (TargetGroup) Kind() string  { return "target group" }
func (Listener) Kind() string     { return "listener" }
func (ListenerRule) Kind() string { return "listener rule" }

func (b LoadBalancer) Key() string { return b.ARN }
func (g TargetGroup) Key() string  { return g.ARN }
func (l Listener) Key() string     { return l.ARN }
func (r ListenerRule) Key() string { return r.ARN }

func (b LoadBalancer) String() string {
	return fmt.Sprintf("%s, %s, %s, %d subnet(s)", b.Name, b.Type, b.Scheme, len(b.Subnets))
}

func (g TargetGroup) String() string {
	return fmt.Sprintf("%s %s:%d, targets by %s, health %s", g.Name, g.Protocol, g.Port, g.TargetType, g.HealthCheck)
}

func (l Listener) String() string {
	return fmt.Sprintf("%s:%d of %s: %s", l.Protocol, l.Port, nameIn(l.LoadBalancer), actionsText(l.Actions))
}

func (r ListenerRule) String() string {
	return fmt.Sprintf("%s of %s: %s: %s", r.Priority, nameIn(path.Dir(r.Listener)), strings.Join(r.Conditions, ", "), actionsText(r.Actions))
}

// actionsText names what actions lead to.
func actionsText(all []string) string {
	actions := make([]string, len(all))
	for i, action := range all {
		kind, to, _ := strings.Cut(action, " ")
		actions[i] = kind + " " + nameIn(to)
	}
	return strings.Join(actions, ", ")
}

// nameIn is the name in the ARN of a load balancer or a target group: the last
// part but one, before the id.
func nameIn(arn string) string {
	if parts := strings.Split(arn, "/"); strings.HasPrefix(arn, "arn:") && len(parts) > 2 {
		return parts[len(parts)-2]
	}
	return arn
}

func (inv *Inventory) readBalancers(ctx context.Context, cfg aws.Config) error {
	client := elb.NewFromConfig(cfg)
	err := each(ctx, elb.NewDescribeLoadBalancersPaginator(client, &elb.DescribeLoadBalancersInput{}), func(page *elb.DescribeLoadBalancersOutput) error {
		for _, b := range page.LoadBalancers {
			if err := inv.addBalancer(ctx, client, b); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = each(ctx, elb.NewDescribeTargetGroupsPaginator(client, &elb.DescribeTargetGroupsInput{}), func(page *elb.DescribeTargetGroupsOutput) error {
		for _, g := range page.TargetGroups {
			inv.TargetGroups = append(inv.TargetGroups, TargetGroup{
				ARN: aws.ToString(g.TargetGroupArn), Name: aws.ToString(g.TargetGroupName), VpcID: aws.ToString(g.VpcId),
				Protocol: string(g.Protocol), Port: aws.ToInt32(g.Port), TargetType: string(g.TargetType),
				HealthCheck: strings.TrimSpace(fmt.Sprintf("%s:%s %s", g.HealthCheckProtocol, aws.ToString(g.HealthCheckPort), aws.ToString(g.HealthCheckPath))),
			})
		}
		return nil
	})
	order(inv.LoadBalancers)
	order(inv.TargetGroups)
	order(inv.Listeners)
	order(inv.ListenerRules)
	return err
}

func (inv *Inventory) addBalancer(ctx context.Context, client *elb.Client, b types.LoadBalancer) error {
	balancer := LoadBalancer{
		ARN: aws.ToString(b.LoadBalancerArn), Name: aws.ToString(b.LoadBalancerName), Type: string(b.Type), Scheme: string(b.Scheme),
		VpcID: aws.ToString(b.VpcId), SecurityGroups: sorted(b.SecurityGroups), Attributes: map[string]string{},
	}
	for _, zone := range b.AvailabilityZones {
		balancer.Subnets = append(balancer.Subnets, aws.ToString(zone.SubnetId))
	}
	slices.Sort(balancer.Subnets)
	attributes, err := client.DescribeLoadBalancerAttributes(ctx, &elb.DescribeLoadBalancerAttributesInput{LoadBalancerArn: b.LoadBalancerArn})
	if err != nil {
		return err
	}
	for _, a := range attributes.Attributes {
		if aws.ToString(a.Value) != "" {
			balancer.Attributes[aws.ToString(a.Key)] = aws.ToString(a.Value)
		}
	}
	inv.LoadBalancers = append(inv.LoadBalancers, balancer)
	pages := elb.NewDescribeListenersPaginator(client, &elb.DescribeListenersInput{LoadBalancerArn: b.LoadBalancerArn})
	return each(ctx, pages, func(page *elb.DescribeListenersOutput) error {
		for _, l := range page.Listeners {
			listener := Listener{
				ARN: aws.ToString(l.ListenerArn), LoadBalancer: balancer.ARN, Protocol: string(l.Protocol), Port: aws.ToInt32(l.Port),
			}
			for _, c := range l.Certificates {
				listener.Certificates = append(listener.Certificates, aws.ToString(c.CertificateArn))
			}
			// The local AWS names a policy for listeners without TLS too.
			if l.Protocol == types.ProtocolEnumHttps || l.Protocol == types.ProtocolEnumTls {
				listener.Policy = aws.ToString(l.SslPolicy)
			}
			for _, a := range l.DefaultActions {
				listener.Actions = append(listener.Actions, actionText(a)...)
			}
			inv.Listeners = append(inv.Listeners, listener)
			if err := inv.addRules(ctx, client, listener.ARN); err != nil {
				return err
			}
		}
		return nil
	})
}

func (inv *Inventory) addRules(ctx context.Context, client *elb.Client, listener string) error {
	pages := elb.NewDescribeRulesPaginator(client, &elb.DescribeRulesInput{ListenerArn: &listener})
	return each(ctx, pages, func(page *elb.DescribeRulesOutput) error {
		for _, r := range page.Rules {
			if aws.ToBool(r.IsDefault) {
				continue // the listener's own actions
			}
			rule := ListenerRule{ARN: aws.ToString(r.RuleArn), Listener: listener, Priority: aws.ToString(r.Priority)}
			for _, c := range r.Conditions {
				rule.Conditions = append(rule.Conditions, conditionText(c))
			}
			for _, a := range r.Actions {
				rule.Actions = append(rule.Actions, actionText(a)...)
			}
			inv.ListenerRules = append(inv.ListenerRules, rule)
		}
		return nil
	})
}

func conditionText(c types.RuleCondition) string {
	values := c.Values
	switch {
	case c.PathPatternConfig != nil:
		values = c.PathPatternConfig.Values
	case c.HostHeaderConfig != nil:
		values = c.HostHeaderConfig.Values
	case c.HttpRequestMethodConfig != nil:
		values = c.HttpRequestMethodConfig.Values
	case c.SourceIpConfig != nil:
		values = c.SourceIpConfig.Values
	case c.HttpHeaderConfig != nil:
		values = append([]string{aws.ToString(c.HttpHeaderConfig.HttpHeaderName)}, c.HttpHeaderConfig.Values...)
	case c.QueryStringConfig != nil:
		values = nil
		for _, pair := range c.QueryStringConfig.Values {
			values = append(values, aws.ToString(pair.Key)+"="+aws.ToString(pair.Value))
		}
	}
	return aws.ToString(c.Field) + " " + strings.Join(values, " ")
}

func actionText(a types.Action) []string {
	switch {
	case a.RedirectConfig != nil:
		return []string{fmt.Sprintf("%s %s:%s %s", a.Type, aws.ToString(a.RedirectConfig.Protocol), aws.ToString(a.RedirectConfig.Port), a.RedirectConfig.StatusCode)}
	case a.FixedResponseConfig != nil:
		return []string{fmt.Sprintf("%s %s", a.Type, aws.ToString(a.FixedResponseConfig.StatusCode))}
	case a.TargetGroupArn != nil:
		return []string{fmt.Sprintf("%s %s", a.Type, *a.TargetGroupArn)}
	case a.ForwardConfig != nil:
		var all []string
		for _, g := range a.ForwardConfig.TargetGroups {
			all = append(all, fmt.Sprintf("%s %s", a.Type, aws.ToString(g.TargetGroupArn)))
		}
		return all
	}
	return []string{string(a.Type)}
}
