package cloud

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

var _ = addRules(map[string]rule{
	elbID + "CreateTargetGroup":    {before: before(checkCreateTargets), source: elbAPI + "CreateTargetGroup.html"},
	elbID + "ModifyTargetGroup":    {before: before(checkModifyTargets), after: after(keepMatcher), source: elbAPI + "ModifyTargetGroup.html"},
	elbID + "DescribeTargetGroups": {after: after(describeTargets), source: elbAPI + "TargetGroup.html"},
})

var layer7 = []types.ProtocolEnum{types.ProtocolEnumHttp, types.ProtocolEnumHttps}

func checkCreateTargets(_ context.Context, _ *Cloud, in *elb.CreateTargetGroupInput) error {
	if in.Port != nil && (*in.Port < 1 || *in.Port > 65535) {
		return validation("1 validation error detected: Value '%d' at 'port' failed to satisfy constraint: Member must have value between 1 and 65535", *in.Port)
	}
	if in.TargetType != types.TargetTypeEnumLambda && in.HealthCheckEnabled != nil && !*in.HealthCheckEnabled {
		return validation("Health check enabled must be true for target groups with target type '%s'", in.TargetType)
	}
	return checkHealth(in.Protocol, in.HealthCheckProtocol, in.HealthCheckIntervalSeconds, in.HealthCheckTimeoutSeconds, in.HealthyThresholdCount, in.UnhealthyThresholdCount)
}

func checkModifyTargets(ctx context.Context, c *Cloud, in *elb.ModifyTargetGroupInput) error {
	group, err := targetGroup(ctx, c, aws.ToString(in.TargetGroupArn))
	if err != nil {
		return err
	}
	if in.HealthCheckEnabled != nil && !*in.HealthCheckEnabled && group.TargetType != types.TargetTypeEnumLambda {
		return validation("Health check enabled must be true for target groups with target type '%s'", group.TargetType)
	}
	return checkHealth(group.Protocol, in.HealthCheckProtocol, in.HealthCheckIntervalSeconds, in.HealthCheckTimeoutSeconds, in.HealthyThresholdCount, in.UnhealthyThresholdCount)
}

// checkHealth refuses health checks out of AWS's bounds.
func checkHealth(protocol, check types.ProtocolEnum, interval, timeout, healthy, unhealthy *int32) error {
	if contains(layer7, protocol) && check != "" && !contains(layer7, check) {
		return validation("Health check protocol '%s' is not supported for target groups with the protocol '%s'", check, protocol)
	}
	if check == types.ProtocolEnumUdp || check == types.ProtocolEnumTcpUdp || check == types.ProtocolEnumTls {
		return validation("Health check protocol '%s' must be one of 'HTTP, HTTPS, TCP'", check)
	}
	for _, bound := range []struct {
		name        string
		value       *int32
		least, most int32
	}{
		{"interval", interval, 5, 300}, {"timeout", timeout, 2, 120}, {"healthy threshold", healthy, 2, 10}, {"unhealthy threshold", unhealthy, 2, 10},
	} {
		if v := bound.value; v != nil && (*v < bound.least || *v > bound.most) {
			return validation("Health check %s '%d' must be between '%d' and '%d' inclusive", bound.name, *v, bound.least, bound.most)
		}
	}
	if contains(layer7, protocol) && interval != nil && timeout != nil && *timeout >= *interval {
		return validation("Health check timeout '%d' must be smaller than the interval '%d'", *timeout, *interval)
	}
	return nil
}

func targetGroup(ctx context.Context, c *Cloud, arn string) (*types.TargetGroup, error) {
	out, err := c.ELB.DescribeTargetGroups(ctx, &elb.DescribeTargetGroupsInput{TargetGroupArns: []string{arn}})
	if err != nil {
		return nil, err
	}
	return &out.TargetGroups[0], nil
}

// Tags of this prefix are AWS's own, which everyone leaves alone: they keep in
// the emulator what its operations forget.
const keptPrefix = "aws:local:"

func keep(ctx context.Context, c *Cloud, arn *string, name, value string) error {
	_, err := c.ELB.AddTags(ctx, &elb.AddTagsInput{
		ResourceArns: []string{aws.ToString(arn)}, Tags: []types.Tag{{Key: aws.String(keptPrefix + name), Value: &value}},
	})
	return err
}

// kept returns what was kept of a resource, by name.
func kept(ctx context.Context, c *Cloud, arn *string) (map[string]string, error) {
	out, err := c.ELB.DescribeTags(ctx, &elb.DescribeTagsInput{ResourceArns: []string{aws.ToString(arn)}})
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	for _, d := range out.TagDescriptions {
		for _, t := range d.Tags {
			if name := aws.ToString(t.Key); len(name) > len(keptPrefix) && name[:len(keptPrefix)] == keptPrefix {
				values[name[len(keptPrefix):]] = aws.ToString(t.Value)
			}
		}
	}
	return values, nil
}

// keepMatcher keeps the codes of a modified health check: the emulator drops them.
func keepMatcher(ctx context.Context, c *Cloud, in *elb.ModifyTargetGroupInput, _ *elb.ModifyTargetGroupOutput) error {
	if in.Matcher == nil || in.Matcher.HttpCode == nil {
		return nil
	}
	return keep(ctx, c, in.TargetGroupArn, "matcher", *in.Matcher.HttpCode)
}

// describeTargets says which load balancers forward to a target group now: the
// emulator remembers each that ever did, and none that a modified listener adds.
func describeTargets(ctx context.Context, c *Cloud, _ *elb.DescribeTargetGroupsInput, out *elb.DescribeTargetGroupsOutput) error {
	users, err := balancersByTarget(ctx, c)
	if err != nil {
		return err
	}
	for i := range out.TargetGroups {
		group := &out.TargetGroups[i]
		group.LoadBalancerArns = users[aws.ToString(group.TargetGroupArn)]
		values, err := kept(ctx, c, group.TargetGroupArn)
		if err != nil {
			return err
		}
		if codes, ok := values["matcher"]; ok {
			group.Matcher = &types.Matcher{HttpCode: &codes}
		}
	}
	return nil
}

// balancersByTarget returns the load balancers of each target group.
func balancersByTarget(ctx context.Context, c *Cloud) (map[string][]string, error) {
	balancers, err := loadBalancers(ctx, c)
	if err != nil {
		return nil, err
	}
	users := map[string][]string{}
	for _, b := range balancers {
		listeners, err := c.ELB.DescribeListeners(ctx, &elb.DescribeListenersInput{LoadBalancerArn: b.LoadBalancerArn})
		if HasCode(err, "LoadBalancerNotFound") {
			continue // deleted meanwhile
		}
		if err != nil {
			return nil, err
		}
		for _, l := range listeners.Listeners {
			targets := targetsOf(l.DefaultActions)
			rules, err := rulesOf(ctx, c, aws.ToString(l.ListenerArn))
			if err != nil {
				return nil, err
			}
			for _, r := range rules {
				targets = append(targets, targetsOf(r.Actions)...)
			}
			for _, arn := range targets {
				if !contains(users[arn], aws.ToString(b.LoadBalancerArn)) {
					users[arn] = append(users[arn], aws.ToString(b.LoadBalancerArn))
				}
			}
		}
	}
	for _, arns := range users {
		slices.Sort(arns)
	}
	return users, nil
}

// targetsOf returns the target groups that actions forward to.
func targetsOf(actions []types.Action) []string {
	var out []string
	for _, a := range actions {
		if a.TargetGroupArn != nil {
			out = append(out, *a.TargetGroupArn)
		}
		if a.ForwardConfig != nil {
			for _, g := range a.ForwardConfig.TargetGroups {
				if arn := aws.ToString(g.TargetGroupArn); !contains(out, arn) {
					out = append(out, arn)
				}
			}
		}
	}
	return out
}
