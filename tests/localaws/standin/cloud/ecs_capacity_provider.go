package cloud

import (
	"cmp"
	"context"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	astypes "github.com/aws/aws-sdk-go-v2/service/autoscaling/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

const capacityGuide = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html"

var _ = addRules(map[string]rule{
	"ECS.CreateCapacityProvider": {before: before(checkCreateProvider), after: after(tagManagedGroup), source: ecsAPI + "CreateCapacityProvider.html " + capacityGuide},
	"ECS.UpdateCapacityProvider": {instead: instead(updateProvider), source: ecsAPI + "UpdateCapacityProvider.html"},
	"ECS.DeleteCapacityProvider": {before: before(checkDeleteProvider), source: ecsAPI + "DeleteCapacityProvider.html"},
})

var reservedProvider = regexp.MustCompile(`(?i)^(aws|ecs|fargate)`)

func checkCreateProvider(ctx context.Context, c *Cloud, in *ecs.CreateCapacityProviderInput) error {
	name := aws.ToString(in.Name)
	if !ecsName.MatchString(name) || reservedProvider.MatchString(name) {
		return invalidParameter("The specified capacity provider name is invalid: %q. Up to 255 letters, numbers, underscores and hyphens are allowed, and the name cannot begin with aws, ecs or fargate.", name)
	}
	group := in.AutoScalingGroupProvider
	if group == nil {
		return invalidParameter("autoScalingGroupProvider can not be null.")
	}
	providers, err := c.ECS.DescribeCapacityProviders(ctx, &ecs.DescribeCapacityProvidersInput{CapacityProviders: []string{name}})
	if err != nil {
		return err
	}
	if len(providers.CapacityProviders) > 0 {
		return clientFault("The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the capacity provider.")
	}
	// The emulator lists no providers, so the group's own tag tells.
	asg, err := groupByARN(ctx, c, aws.ToString(group.AutoScalingGroupArn))
	if err != nil {
		return err
	}
	for _, t := range asg.Tags {
		if aws.ToString(t.Key) != managedBy {
			continue
		}
		other, err := c.ECS.DescribeCapacityProviders(ctx, &ecs.DescribeCapacityProvidersInput{CapacityProviders: []string{aws.ToString(t.Value)}})
		if err != nil {
			return err
		}
		if len(other.CapacityProviders) > 0 {
			return clientFault("The specified Auto Scaling group ARN is already being used by another capacity provider. Specify a unique Auto Scaling group ARN and try again.")
		}
	}
	if err := checkProviderSettings(asg, group.ManagedScaling, group.ManagedTerminationProtection, group.ManagedDraining); err != nil {
		return err
	}
	group.ManagedScaling = completeScaling(group.ManagedScaling)
	group.ManagedDraining = cmp.Or(group.ManagedDraining, types.ManagedDrainingEnabled)
	group.ManagedTerminationProtection = cmp.Or(group.ManagedTerminationProtection, types.ManagedTerminationProtectionDisabled)
	return nil
}

// completeScaling gives what is not set AWS's defaults.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ManagedScaling.html
func completeScaling(given *types.ManagedScaling) *types.ManagedScaling {
	s := types.ManagedScaling{}
	if given != nil {
		s = *given
	}
	s.Status = cmp.Or(s.Status, types.ManagedScalingStatusDisabled)
	for value, usual := range map[**int32]int32{
		&s.TargetCapacity: 100, &s.MinimumScalingStepSize: 1, &s.MaximumScalingStepSize: 10000, &s.InstanceWarmupPeriod: 300,
	} {
		if *value == nil {
			*value = aws.Int32(usual)
		}
	}
	return &s
}

// groupByARN returns an Auto Scaling group by the ARN that a provider has.
func groupByARN(ctx context.Context, c *Cloud, arn string) (*astypes.AutoScalingGroup, error) {
	name := arn[strings.LastIndex(arn, "/")+1:]
	group, err := groupByName(ctx, c, name)
	if err != nil {
		return nil, err
	}
	if group == nil || aws.ToString(group.AutoScalingGroupARN) != arn {
		return nil, clientFault("The specified Auto Scaling group ARN does not exist: %s. Specify a valid ARN and try again.", arn)
	}
	return group, nil
}

// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ManagedScaling.html
func checkProviderSettings(asg *astypes.AutoScalingGroup, s *types.ManagedScaling, protection types.ManagedTerminationProtection, draining types.ManagedDraining) error {
	if draining != "" && !contains(draining.Values(), draining) {
		return invalidParameter("Invalid value %q for managedDraining.", draining)
	}
	if protection != "" && !contains(protection.Values(), protection) {
		return invalidParameter("Invalid value %q for managedTerminationProtection.", protection)
	}
	if s != nil {
		for field, limit := range map[string]struct {
			value       *int32
			least, most int32
		}{
			"targetCapacity": {s.TargetCapacity, 1, 100}, "minimumScalingStepSize": {s.MinimumScalingStepSize, 1, 10000},
			"maximumScalingStepSize": {s.MaximumScalingStepSize, 1, 10000}, "instanceWarmupPeriod": {s.InstanceWarmupPeriod, 0, 10000},
		} {
			if limit.value != nil && (*limit.value < limit.least || *limit.value > limit.most) {
				return invalidParameter("The %s %d of the managed scaling is invalid. It must be between %d and %d.", field, *limit.value, limit.least, limit.most)
			}
		}
		if s.Status != "" && !contains(s.Status.Values(), s.Status) {
			return invalidParameter("Invalid value %q for the status of the managed scaling.", s.Status)
		}
	}
	if protection != types.ManagedTerminationProtectionEnabled {
		return nil
	}
	const bad = "The managed termination protection setting for the capacity provider is invalid. To enable managed termination protection for a capacity provider, "
	if s == nil || s.Status != types.ManagedScalingStatusEnabled {
		return clientFault(bad + "managed scaling must be enabled.")
	}
	if !aws.ToBool(asg.NewInstancesProtectedFromScaleIn) {
		return clientFault(bad + "the Auto Scaling group must have instance protection from scale in enabled.")
	}
	return nil
}

// managedTag is what ECS puts on the group of a capacity provider. A program
// that lists the group's tags has to list this one too, or the next deployment
// takes it off again.
const managedTag = "AmazonECSManaged"

// managedBy keeps, in the emulator, which provider uses a group. Nobody manages
// tags of this prefix.
const managedBy = "aws:local:capacity-provider"

func tagManagedGroup(ctx context.Context, c *Cloud, in *ecs.CreateCapacityProviderInput, _ *ecs.CreateCapacityProviderOutput) error {
	asg, err := groupByARN(ctx, c, aws.ToString(in.AutoScalingGroupProvider.AutoScalingGroupArn))
	if err != nil {
		return err
	}
	tag := func(key, value string) astypes.Tag {
		return astypes.Tag{
			Key: &key, Value: &value, PropagateAtLaunch: aws.Bool(key == managedTag), ResourceId: asg.AutoScalingGroupName,
			ResourceType: aws.String("auto-scaling-group"),
		}
	}
	tags := []astypes.Tag{tag(managedBy, aws.ToString(in.Name))}
	has := false
	for _, t := range asg.Tags {
		has = has || aws.ToString(t.Key) == managedTag
	}
	if !has {
		tags = append(tags, tag(managedTag, ""))
	}
	_, err = c.AutoScaling.CreateOrUpdateTags(ctx, &autoscaling.CreateOrUpdateTagsInput{Tags: tags})
	return err
}

// providerByName returns the capacity provider of a name or an ARN.
func providerByName(ctx context.Context, c *Cloud, name string) (*types.CapacityProvider, error) {
	out, err := c.ECS.DescribeCapacityProviders(ctx, &ecs.DescribeCapacityProvidersInput{
		CapacityProviders: []string{name}, Include: []types.CapacityProviderField{types.CapacityProviderFieldTags},
	})
	if err != nil {
		return nil, err
	}
	if len(out.CapacityProviders) == 0 {
		return nil, refuse("CapacityProviderNotFound", "The specified capacity provider does not exist: %s. Specify a valid name or ARN and try again.", name)
	}
	return &out.CapacityProviders[0], nil
}

// updateProvider makes the provider anew with the same name, and so the same
// ARN: the emulator's own update forgets managed draining.
func updateProvider(ctx context.Context, c *Cloud, in *ecs.UpdateCapacityProviderInput) (*ecs.UpdateCapacityProviderOutput, error) {
	provider, err := providerByName(ctx, c, aws.ToString(in.Name))
	if err != nil {
		return nil, err
	}
	group, update := provider.AutoScalingGroupProvider, in.AutoScalingGroupProvider
	if update == nil || group == nil {
		return nil, invalidParameter("autoScalingGroupProvider can not be null.")
	}
	if update.ManagedScaling != nil {
		group.ManagedScaling = update.ManagedScaling
	}
	if update.ManagedDraining != "" {
		group.ManagedDraining = update.ManagedDraining
	}
	if update.ManagedTerminationProtection != "" {
		group.ManagedTerminationProtection = update.ManagedTerminationProtection
	}
	asg, err := groupByARN(ctx, c, aws.ToString(group.AutoScalingGroupArn))
	if err != nil {
		return nil, err
	}
	if err := checkProviderSettings(asg, group.ManagedScaling, group.ManagedTerminationProtection, group.ManagedDraining); err != nil {
		return nil, err
	}
	if _, err := c.ECS.DeleteCapacityProvider(ctx, &ecs.DeleteCapacityProviderInput{CapacityProvider: provider.Name}); err != nil {
		return nil, err
	}
	out, err := c.ECS.CreateCapacityProvider(ctx, &ecs.CreateCapacityProviderInput{Name: provider.Name, AutoScalingGroupProvider: group, Tags: provider.Tags})
	if err != nil {
		return nil, err
	}
	return &ecs.UpdateCapacityProviderOutput{CapacityProvider: out.CapacityProvider}, nil
}

// checkDeleteProvider refuses a provider that a cluster has. AWS takes the
// request then, and reports DELETE_FAILED as the provider's update status.
func checkDeleteProvider(ctx context.Context, c *Cloud, in *ecs.DeleteCapacityProviderInput) error {
	provider, err := providerByName(ctx, c, aws.ToString(in.CapacityProvider))
	if err != nil {
		return err
	}
	clusters, err := c.ECS.ListClusters(ctx, &ecs.ListClustersInput{})
	if err != nil || len(clusters.ClusterArns) == 0 {
		return err
	}
	described, err := c.ECS.DescribeClusters(ctx, &ecs.DescribeClustersInput{Clusters: clusters.ClusterArns})
	if err != nil {
		return err
	}
	for _, cluster := range described.Clusters {
		if contains(cluster.CapacityProviders, aws.ToString(provider.Name)) {
			return refuse("DELETE_FAILED", "The capacity provider cannot be deleted because it is associated with cluster: %s. Remove the capacity provider from the cluster and try again.", aws.ToString(cluster.ClusterName))
		}
	}
	return nil
}
