package standin

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
)

const clusterProvidersPage = registry + "ecs/clustercapacityproviders/"

var clusterCapacityProvidersType = &resourceType{
	token: "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
	args:  sdk.ClusterCapacityProvidersArgs{}, state: sdk.ClusterCapacityProviders{},
	inputs: map[string]prop{
		"clusterName":                       {change: replaces, check: ecsName, request: "PutClusterCapacityProviders.Cluster", source: clusterProvidersPage},
		"capacityProviders":                 {change: updates, set: true, request: "PutClusterCapacityProviders.CapacityProviders", source: clusterProvidersPage},
		"defaultCapacityProviderStrategies": {change: updates, set: true, request: "PutClusterCapacityProviders.DefaultCapacityProviderStrategy", source: clusterProvidersPage},
		"defaultCapacityProviderStrategies[].capacityProvider": {request: "PutClusterCapacityProviders.DefaultCapacityProviderStrategy", source: clusterProvidersPage},
		"defaultCapacityProviderStrategies[].base":             {byDefault: 0, check: validation.IntBetween(0, 100000), request: "PutClusterCapacityProviders.DefaultCapacityProviderStrategy", source: clusterProvidersPage},
		"defaultCapacityProviderStrategies[].weight":           {byDefault: 0, check: validation.IntBetween(0, 1000), request: "PutClusterCapacityProviders.DefaultCapacityProviderStrategy", source: clusterProvidersPage},
	},
	checkSource: providerSource + "ecs/cluster_capacity_providers.go",
	source:      clusterProvidersPage + "#outputs",
	create: func(ctx context.Context, r *request) (string, error) {
		err := putCapacityProviders(ctx, r, r.in.strs("capacityProviders"), strategy(r.in.objects("defaultCapacityProviderStrategies")))
		if err != nil {
			return "", err
		}
		return r.in.str("clusterName"), nil
	},
	read: func(ctx context.Context, r *request) (map[string]any, error) {
		cluster, err := findCluster(ctx, r, r.id)
		if err != nil {
			return nil, err
		}
		return map[string]any{
			"clusterName": cluster.ClusterName, "capacityProviders": cluster.CapacityProviders,
			"defaultCapacityProviderStrategies": fromStrategy(cluster.DefaultCapacityProviderStrategy),
		}, nil
	},
	update: func(ctx context.Context, r *request) error {
		return putCapacityProviders(ctx, r, r.in.strs("capacityProviders"), strategy(r.in.objects("defaultCapacityProviderStrategies")))
	},
	remove: func(ctx context.Context, r *request) error {
		r.in = object{"clusterName": r.state.value("clusterName")}
		return gone(putCapacityProviders(ctx, r, nil, nil), "ClusterNotFoundException")
	},
}

// putCapacityProviders sends both lists, empty ones too: AWS asks for both.
func putCapacityProviders(ctx context.Context, r *request, providers []string, items []types.CapacityProviderStrategyItem) error {
	if providers == nil {
		providers = []string{}
	}
	if items == nil {
		items = []types.CapacityProviderStrategyItem{}
	}
	_, err := r.cloud.ECS.PutClusterCapacityProviders(ctx, &ecs.PutClusterCapacityProvidersInput{
		Cluster: r.in.strp("clusterName"), CapacityProviders: providers, DefaultCapacityProviderStrategy: items,
	})
	return err
}

func strategy(items []object) []types.CapacityProviderStrategyItem {
	var out []types.CapacityProviderStrategyItem
	for _, s := range items {
		out = append(out, types.CapacityProviderStrategyItem{CapacityProvider: s.strp("capacityProvider"), Base: s.int32("base"), Weight: s.int32("weight")})
	}
	return out
}

func fromStrategy(items []types.CapacityProviderStrategyItem) []any {
	var out []any
	for _, s := range items {
		out = append(out, map[string]any{"capacityProvider": aws.ToString(s.CapacityProvider), "base": s.Base, "weight": s.Weight})
	}
	return out
}
