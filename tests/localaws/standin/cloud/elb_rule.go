package cloud

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

const albQuotas = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html"

var _ = addRules(map[string]rule{
	elbID + "CreateRule":        {before: before(checkCreateRule), source: elbAPI + "CreateRule.html " + albQuotas},
	elbID + "ModifyRule":        {before: before(checkModifyRule), source: elbAPI + "ModifyRule.html " + albQuotas},
	elbID + "SetRulePriorities": {before: before(checkSetPriorities), source: elbAPI + "SetRulePriorities.html"},
})

// The quotas of an Application Load Balancer: its rules besides the default
// ones, and the values that the conditions of a rule may have.
const (
	mostRules  = 100
	mostValues = 5
)

var ruleARN = regexp.MustCompile(`^(arn:.+:listener)-rule(/.+)/[^/]+$`)

// ListenerOfRule is the ARN of the listener in the ARN of its rule.
func ListenerOfRule(arn string) string {
	if parts := ruleARN.FindStringSubmatch(arn); parts != nil {
		return parts[1] + parts[2]
	}
	return ""
}

// ruled is the listener of a rule, as far as a rule's actions are concerned.
func ruled(ctx context.Context, c *Cloud, arn string) (listener, error) {
	out, err := c.ELB.DescribeListeners(ctx, &elb.DescribeListenersInput{ListenerArns: []string{arn}})
	if err != nil {
		return listener{}, err
	}
	l := out.Listeners[0]
	balancer, err := balancerByARN(ctx, c, aws.ToString(l.LoadBalancerArn))
	return listener{arn: arn, balancer: balancer, port: l.Port, protocol: l.Protocol}, err
}

func checkCreateRule(ctx context.Context, c *Cloud, in *elb.CreateRuleInput) error {
	l, err := ruled(ctx, c, aws.ToString(in.ListenerArn))
	if err != nil {
		return err
	}
	if l.balancer.Type != types.LoadBalancerTypeEnumApplication {
		return invalidConfiguration("Rules are not supported for listeners of load balancers of type '%s'", l.balancer.Type)
	}
	if err := checkPriority(in.Priority); err != nil {
		return err
	}
	total := 0
	listeners, err := c.ELB.DescribeListeners(ctx, &elb.DescribeListenersInput{LoadBalancerArn: l.balancer.LoadBalancerArn})
	if err != nil {
		return err
	}
	for _, other := range listeners.Listeners {
		rules, err := rulesOf(ctx, c, aws.ToString(other.ListenerArn))
		if err != nil {
			return err
		}
		total += len(rules)
		if aws.ToString(other.ListenerArn) != l.arn {
			continue
		}
		if err := checkFree(rules, *in.Priority, ""); err != nil {
			return err
		}
	}
	if total >= mostRules {
		return refuse("TooManyRules", "The maximum number of rules has been reached on load balancer '%s'", aws.ToString(l.balancer.LoadBalancerArn))
	}
	return checkRule(ctx, c, l, in.Actions, in.Conditions)
}

func checkModifyRule(ctx context.Context, c *Cloud, in *elb.ModifyRuleInput) error {
	l, err := ruled(ctx, c, ListenerOfRule(aws.ToString(in.RuleArn)))
	if err != nil {
		return err
	}
	if len(in.Actions)+len(in.Conditions) == 0 {
		return validation("Either conditions or actions must be specified")
	}
	return checkRule(ctx, c, l, in.Actions, in.Conditions)
}

func checkSetPriorities(ctx context.Context, c *Cloud, in *elb.SetRulePrioritiesInput) error {
	for _, pair := range in.RulePriorities {
		if err := checkPriority(pair.Priority); err != nil {
			return err
		}
		rules, err := rulesOf(ctx, c, ListenerOfRule(aws.ToString(pair.RuleArn)))
		if err != nil {
			return err
		}
		if err := checkFree(rules, *pair.Priority, aws.ToString(pair.RuleArn)); err != nil {
			return err
		}
	}
	return nil
}

func checkPriority(priority *int32) error {
	if p := aws.ToInt32(priority); p < 1 || p > 50000 {
		return validation("1 validation error detected: Value '%d' at 'priority' failed to satisfy constraint: Member must have value between 1 and 50000", p)
	}
	return nil
}

// checkFree refuses a priority that another rule of the listener has.
func checkFree(rules []types.Rule, priority int32, self string) error {
	for _, r := range rules {
		if aws.ToString(r.Priority) == strconv.Itoa(int(priority)) && aws.ToString(r.RuleArn) != self {
			return refuse("PriorityInUse", "Priority '%d' is currently in use", priority)
		}
	}
	return nil
}

// checkRule refuses actions and conditions that a rule cannot have.
func checkRule(ctx context.Context, c *Cloud, l listener, actions []types.Action, conditions []types.RuleCondition) error {
	for _, a := range actions {
		if err := checkAction(l, a, true); err != nil {
			return err
		}
	}
	values := 0
	for _, condition := range conditions {
		n := valuesOf(condition)
		if n == 0 {
			return validation("A condition value must be specified")
		}
		values += n
	}
	if values > mostValues {
		return validation("Rules can have a maximum of '%d' condition values", mostValues)
	}
	l.actions = actions
	return checkTargets(ctx, c, l)
}

func valuesOf(c types.RuleCondition) int {
	n := len(c.Values)
	if v := c.HostHeaderConfig; v != nil {
		n += len(v.Values)
	}
	if v := c.HttpHeaderConfig; v != nil {
		n += len(v.Values)
	}
	if v := c.HttpRequestMethodConfig; v != nil {
		n += len(v.Values)
	}
	if v := c.PathPatternConfig; v != nil {
		n += len(v.Values)
	}
	if v := c.QueryStringConfig; v != nil {
		n += len(v.Values)
	}
	if v := c.SourceIpConfig; v != nil {
		n += len(v.Values)
	}
	return n
}

// rulesOf returns the rules of a listener but its default one; none where the
// listener is gone.
func rulesOf(ctx context.Context, c *Cloud, arn string) ([]types.Rule, error) {
	var rules []types.Rule
	pages := elb.NewDescribeRulesPaginator(c.ELB, &elb.DescribeRulesInput{ListenerArn: &arn})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if HasCode(err, "ListenerNotFound", "LoadBalancerNotFound") {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		for _, r := range page.Rules {
			if !aws.ToBool(r.IsDefault) && !strings.EqualFold(aws.ToString(r.Priority), "default") {
				rules = append(rules, r)
			}
		}
	}
	return rules, nil
}
