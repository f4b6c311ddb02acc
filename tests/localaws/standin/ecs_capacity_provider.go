package standin

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
)

const capacityProviderPage = registry + "ecs/capacityprovider/"

var capacityProviderType = &resourceType{
	token: "aws:ecs/capacityProvider:CapacityProvider", args: sdk.CapacityProviderArgs{}, state: sdk.CapacityProvider{},
	inputs: map[string]prop{
		"name":                     {change: replaces, autoName: 255, request: "CreateCapacityProvider.Name", source: capacityProviderPage},
		"autoScalingGroupProvider": {change: updates, request: "CreateCapacityProvider.AutoScalingGroupProvider UpdateCapacityProvider.AutoScalingGroupProvider", source: capacityProviderPage},
		"autoScalingGroupProvider.autoScalingGroupArn":                   {change: replaces, check: validARN, request: "CreateCapacityProvider.AutoScalingGroupProvider", source: capacityProviderPage},
		"autoScalingGroupProvider.managedDraining":                       {computed: true, check: oneOf(types.ManagedDraining("").Values()...), request: "CreateCapacityProvider.AutoScalingGroupProvider", source: capacityProviderPage + " " + ecsAPI + "AutoScalingGroupProvider.html"},
		"autoScalingGroupProvider.managedTerminationProtection":          {computed: true, check: oneOf(types.ManagedTerminationProtection("").Values()...), request: "CreateCapacityProvider.AutoScalingGroupProvider", source: capacityProviderPage + " " + ecsAPI + "AutoScalingGroupProvider.html"},
		"autoScalingGroupProvider.managedScaling":                        {computed: true, request: "CreateCapacityProvider.AutoScalingGroupProvider", source: capacityProviderPage + " " + ecsAPI + "ManagedScaling.html"},
		"autoScalingGroupProvider.managedScaling.status":                 {computed: true, check: oneOf(types.ManagedScalingStatus("").Values()...), request: "CreateCapacityProvider.AutoScalingGroupProvider", source: ecsAPI + "ManagedScaling.html"},
		"autoScalingGroupProvider.managedScaling.targetCapacity":         {computed: true, check: validation.IntBetween(1, 100), request: "CreateCapacityProvider.AutoScalingGroupProvider", source: ecsAPI + "ManagedScaling.html"},
		"autoScalingGroupProvider.managedScaling.minimumScalingStepSize": {computed: true, check: validation.IntBetween(1, 10000), request: "CreateCapacityProvider.AutoScalingGroupProvider", source: ecsAPI + "ManagedScaling.html"},
		"autoScalingGroupProvider.managedScaling.maximumScalingStepSize": {computed: true, check: validation.IntBetween(1, 10000), request: "CreateCapacityProvider.AutoScalingGroupProvider", source: ecsAPI + "ManagedScaling.html"},
		"autoScalingGroupProvider.managedScaling.instanceWarmupPeriod":   {computed: true, check: validation.IntBetween(0, 10000), request: "CreateCapacityProvider.AutoScalingGroupProvider", source: ecsAPI + "ManagedScaling.html"},
		"tags": {change: updates, request: "CreateCapacityProvider.Tags TagResource.Tags", source: capacityProviderPage},
	},
	checkSource: providerSource + "ecs/capacity_provider.go",
	outputs:     []string{"arn", "tagsAll"},
	source:      capacityProviderPage + "#outputs",
	create:      createCapacityProvider, read: readCapacityProvider, update: updateCapacityProvider,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.ECS.DeleteCapacityProvider(ctx, &ecs.DeleteCapacityProviderInput{CapacityProvider: &r.id})
		return gone(err, "CapacityProviderNotFound")
	},
	// An import names the provider; the official provider's id is its ARN.
	importID: byName("capacity-provider"),
}

// managedScaling sends what is given, and the warm-up always: the official
// provider sends 0 for one that is not given (hashicorp/terraform-provider-aws#31231).
func managedScaling(group object) *types.ManagedScaling {
	s := group.object("managedScaling")
	if s == nil {
		return nil
	}
	return &types.ManagedScaling{
		Status: types.ManagedScalingStatus(s.str("status")), TargetCapacity: s.positive("targetCapacity"),
		MinimumScalingStepSize: s.positive("minimumScalingStepSize"), MaximumScalingStepSize: s.positive("maximumScalingStepSize"),
		InstanceWarmupPeriod: aws.Int32(s.int32("instanceWarmupPeriod")),
	}
}

func createCapacityProvider(ctx context.Context, r *request) (string, error) {
	group := r.in.object("autoScalingGroupProvider")
	out, err := r.cloud.ECS.CreateCapacityProvider(ctx, &ecs.CreateCapacityProviderInput{
		Name: r.in.strp("name"), Tags: ecsTags(r.tags),
		AutoScalingGroupProvider: &types.AutoScalingGroupProvider{
			AutoScalingGroupArn: group.strp("autoScalingGroupArn"), ManagedScaling: managedScaling(group),
			ManagedDraining:              types.ManagedDraining(group.str("managedDraining")),
			ManagedTerminationProtection: types.ManagedTerminationProtection(group.str("managedTerminationProtection")),
		},
	})
	if err != nil {
		return "", err
	}
	return aws.ToString(out.CapacityProvider.CapacityProviderArn), nil
}

func readCapacityProvider(ctx context.Context, r *request) (map[string]any, error) {
	out, err := r.cloud.ECS.DescribeCapacityProviders(ctx, &ecs.DescribeCapacityProvidersInput{
		CapacityProviders: []string{r.id}, Include: []types.CapacityProviderField{types.CapacityProviderFieldTags},
	})
	if err != nil {
		return nil, err
	}
	if len(out.CapacityProviders) == 0 || out.CapacityProviders[0].AutoScalingGroupProvider == nil {
		return nil, errNotFound
	}
	provider := out.CapacityProviders[0]
	group := provider.AutoScalingGroupProvider
	read := map[string]any{
		"autoScalingGroupArn": aws.ToString(group.AutoScalingGroupArn), "managedDraining": string(group.ManagedDraining),
		"managedTerminationProtection": string(group.ManagedTerminationProtection),
	}
	if s := group.ManagedScaling; s != nil {
		read["managedScaling"] = map[string]any{
			"status": string(s.Status), "targetCapacity": s.TargetCapacity, "instanceWarmupPeriod": s.InstanceWarmupPeriod,
			"minimumScalingStepSize": s.MinimumScalingStepSize, "maximumScalingStepSize": s.MaximumScalingStepSize,
		}
	}
	return map[string]any{
		"arn": provider.CapacityProviderArn, "name": provider.Name, "autoScalingGroupProvider": read, "tags": fromECSTags(provider.Tags),
	}, nil
}

func updateCapacityProvider(ctx context.Context, r *request) error {
	if r.changed("autoScalingGroupProvider") {
		group := r.in.object("autoScalingGroupProvider")
		_, err := r.cloud.ECS.UpdateCapacityProvider(ctx, &ecs.UpdateCapacityProviderInput{
			Name: r.in.strp("name"),
			AutoScalingGroupProvider: &types.AutoScalingGroupProviderUpdate{
				ManagedScaling: managedScaling(group), ManagedDraining: types.ManagedDraining(group.str("managedDraining")),
				ManagedTerminationProtection: types.ManagedTerminationProtection(group.str("managedTerminationProtection")),
			},
		})
		if err != nil {
			return err
		}
	}
	return updateECSTags(ctx, r, r.id)
}
