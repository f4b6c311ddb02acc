package standin

import (
	"context"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
)

const (
	listenerRulePage = registry + "lb/listenerrule/"
	ruleActions      = "CreateRule.Actions ModifyRule.Actions"
	ruleConditions   = "CreateRule.Conditions ModifyRule.Conditions"
)

var conditionText = validation.StringLenBetween(1, 128)

var listenerRuleType = &resourceType{
	token: "aws:lb/listenerRule:ListenerRule", args: sdk.ListenerRuleArgs{}, state: sdk.ListenerRule{},
	inputs: withActions("actions", ruleActions, listenerRulePage, map[string]prop{
		"listenerArn": {change: replaces, check: validARN, request: "CreateRule.ListenerArn", source: listenerRulePage},
		"priority":    {change: updates, computed: true, check: validation.IntBetween(1, 50000), request: "CreateRule.Priority SetRulePriorities.RulePriorities", source: listenerRulePage},
		"tags":        {change: updates, request: "CreateRule.Tags AddTags.Tags", source: listenerRulePage},

		// The official provider checks these texts in rules only.
		"actions[].redirect.host":             {byDefault: "#{host}", check: conditionText, request: ruleActions, source: listenerRulePage},
		"actions[].redirect.path":             {byDefault: "/#{path}", check: conditionText, request: ruleActions, source: listenerRulePage},
		"actions[].redirect.query":            {byDefault: "#{query}", check: validation.StringLenBetween(0, 128), request: ruleActions, source: listenerRulePage},
		"actions[].fixedResponse.messageBody": {check: validation.StringLenBetween(0, 1024), request: ruleActions, source: listenerRulePage},

		"conditions":                             {change: updates, required: true, set: true, request: ruleConditions, source: listenerRulePage},
		"conditions[].hostHeader":                {request: ruleConditions, source: listenerRulePage},
		"conditions[].hostHeader.values":         {set: true, check: conditionText, request: ruleConditions, source: listenerRulePage},
		"conditions[].httpHeader":                {request: ruleConditions, source: listenerRulePage},
		"conditions[].httpHeader.httpHeaderName": {check: matching("^[0-9A-Za-z_!#$%&'*+,.^`|~-]{1,40}$", "must be the name of a header"), request: ruleConditions, source: listenerRulePage},
		"conditions[].httpHeader.values":         {set: true, check: conditionText, request: ruleConditions, source: listenerRulePage},
		"conditions[].httpRequestMethod":         {request: ruleConditions, source: listenerRulePage},
		"conditions[].httpRequestMethod.values":  {set: true, check: matching(`^[A-Za-z-_]{1,40}$`, "must be a method"), request: ruleConditions, source: listenerRulePage},
		"conditions[].pathPattern":               {request: ruleConditions, source: listenerRulePage},
		"conditions[].pathPattern.values":        {set: true, check: conditionText, request: ruleConditions, source: listenerRulePage},
		"conditions[].queryStrings":              {set: true, request: ruleConditions, source: listenerRulePage},
		"conditions[].queryStrings[].key":        {request: ruleConditions, source: listenerRulePage},
		"conditions[].queryStrings[].value":      {request: ruleConditions, source: listenerRulePage},
		"conditions[].sourceIp":                  {request: ruleConditions, source: listenerRulePage},
		"conditions[].sourceIp.values":           {set: true, check: validation.IsCIDRNetwork(0, 128), request: ruleConditions, source: listenerRulePage},
	}),
	checkSource: providerSource + "elbv2/listener_rule.go",
	outputs:     []string{"arn", "tagsAll"},
	source:      listenerRulePage + "#outputs",
	create:      createListenerRule, read: readListenerRule, update: updateListenerRule,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.ELB.DeleteRule(ctx, &elb.DeleteRuleInput{RuleArn: &r.id})
		return gone(err, "RuleNotFound")
	},
}

// createListenerRule takes the priority after the highest one where none is
// given, as the official provider does.
func createListenerRule(ctx context.Context, r *request) (string, error) {
	priority := r.in.int32p("priority")
	if priority == nil {
		out, err := r.cloud.ELB.DescribeRules(ctx, &elb.DescribeRulesInput{ListenerArn: r.in.strp("listenerArn")})
		if err != nil {
			return "", err
		}
		highest := 0
		for _, rule := range out.Rules {
			if p, err := strconv.Atoi(aws.ToString(rule.Priority)); err == nil { // or "default"
				highest = max(highest, p)
			}
		}
		priority = aws.Int32(int32(highest + 1))
	}
	out, err := r.cloud.ELB.CreateRule(ctx, &elb.CreateRuleInput{
		ListenerArn: r.in.strp("listenerArn"), Priority: priority, Actions: actions(r.in, "actions"), Conditions: conditions(r.in), Tags: elbTags(r.tags),
	})
	if err != nil {
		return "", err
	}
	return aws.ToString(out.Rules[0].RuleArn), nil
}

// conditions writes the conditions of a rule as the API takes them.
func conditions(in object) []types.RuleCondition {
	var out []types.RuleCondition
	for _, c := range in.objects("conditions") {
		var condition types.RuleCondition
		if v := c.object("hostHeader"); v != nil {
			condition = types.RuleCondition{Field: aws.String("host-header"), HostHeaderConfig: &types.HostHeaderConditionConfig{Values: v.strs("values")}}
		}
		if v := c.object("httpHeader"); v != nil {
			condition = types.RuleCondition{Field: aws.String("http-header"), HttpHeaderConfig: &types.HttpHeaderConditionConfig{
				HttpHeaderName: v.strp("httpHeaderName"), Values: v.strs("values"),
			}}
		}
		if v := c.object("httpRequestMethod"); v != nil {
			condition = types.RuleCondition{Field: aws.String("http-request-method"), HttpRequestMethodConfig: &types.HttpRequestMethodConditionConfig{Values: v.strs("values")}}
		}
		if v := c.object("pathPattern"); v != nil {
			condition = types.RuleCondition{Field: aws.String("path-pattern"), PathPatternConfig: &types.PathPatternConditionConfig{Values: v.strs("values")}}
		}
		if list := c.objects("queryStrings"); len(list) > 0 {
			config := &types.QueryStringConditionConfig{}
			for _, v := range list {
				config.Values = append(config.Values, types.QueryStringKeyValuePair{Key: v.strp("key"), Value: v.strp("value")})
			}
			condition = types.RuleCondition{Field: aws.String("query-string"), QueryStringConfig: config}
		}
		if v := c.object("sourceIp"); v != nil {
			condition = types.RuleCondition{Field: aws.String("source-ip"), SourceIpConfig: &types.SourceIpConditionConfig{Values: v.strs("values")}}
		}
		out = append(out, condition)
	}
	return out
}

// fromConditions reads the conditions of a rule.
func fromConditions(list []types.RuleCondition) []any {
	var out []any
	for _, c := range list {
		condition := map[string]any{}
		if v := c.HostHeaderConfig; v != nil {
			condition["hostHeader"] = map[string]any{"values": v.Values}
		}
		if v := c.HttpHeaderConfig; v != nil {
			condition["httpHeader"] = map[string]any{"httpHeaderName": v.HttpHeaderName, "values": v.Values}
		}
		if v := c.HttpRequestMethodConfig; v != nil {
			condition["httpRequestMethod"] = map[string]any{"values": v.Values}
		}
		if v := c.PathPatternConfig; v != nil {
			condition["pathPattern"] = map[string]any{"values": v.Values}
		}
		if v := c.QueryStringConfig; v != nil {
			var pairs []any
			for _, pair := range v.Values {
				pairs = append(pairs, map[string]any{"key": aws.ToString(pair.Key), "value": pair.Value})
			}
			condition["queryStrings"] = pairs
		}
		if v := c.SourceIpConfig; v != nil {
			condition["sourceIp"] = map[string]any{"values": v.Values}
		}
		out = append(out, condition)
	}
	return out
}

func readListenerRule(ctx context.Context, r *request) (map[string]any, error) {
	out, err := r.cloud.ELB.DescribeRules(ctx, &elb.DescribeRulesInput{RuleArns: []string{r.id}})
	if cloud.HasCode(err, "RuleNotFound") || err == nil && len(out.Rules) == 0 {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	rule := out.Rules[0]
	tags, err := readELBTags(ctx, r)
	if err != nil {
		return nil, err
	}
	priority, err := strconv.Atoi(aws.ToString(rule.Priority))
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"arn": r.id, "listenerArn": cloud.ListenerOfRule(r.id), "priority": priority,
		"actions": fromActions(r.in, "actions", rule.Actions), "conditions": fromConditions(rule.Conditions), "tags": tags,
	}, nil
}

func updateListenerRule(ctx context.Context, r *request) error {
	if r.changed("priority") {
		if _, err := r.cloud.ELB.SetRulePriorities(ctx, &elb.SetRulePrioritiesInput{
			RulePriorities: []types.RulePriorityPair{{RuleArn: &r.id, Priority: r.in.int32p("priority")}},
		}); err != nil {
			return err
		}
	}
	if r.changed("actions", "conditions") {
		in := &elb.ModifyRuleInput{RuleArn: &r.id}
		if r.changed("actions") {
			in.Actions = actions(r.in, "actions")
		}
		if r.changed("conditions") {
			in.Conditions = conditions(r.in)
		}
		if _, err := r.cloud.ELB.ModifyRule(ctx, in); err != nil {
			return err
		}
	}
	return updateELBTags(ctx, r)
}
