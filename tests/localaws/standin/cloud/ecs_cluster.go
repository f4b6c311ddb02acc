package cloud

import (
	"context"
	"regexp"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

var _ = addRules(map[string]rule{
	"ECS.CreateCluster":               {before: before(checkCreateCluster), source: ecsAPI + "CreateCluster.html"},
	"ECS.UpdateCluster":               {before: before(checkUpdateCluster), source: ecsAPI + "UpdateCluster.html"},
	"ECS.DeleteCluster":               {before: before(checkDeleteCluster), source: ecsAPI + "DeleteCluster.html"},
	"ECS.PutClusterCapacityProviders": {before: before(checkCapacityProviders), source: ecsAPI + "PutClusterCapacityProviders.html"},
})

var ecsName = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,255}$`)

func checkCreateCluster(ctx context.Context, c *Cloud, in *ecs.CreateClusterInput) error {
	if name := aws.ToString(in.ClusterName); name != "" && !ecsName.MatchString(name) {
		return invalidParameter("Identifier is invalid: %q. Up to 255 letters, numbers, underscores and hyphens are allowed.", name)
	}
	if err := checkClusterSettings(in.Settings, in.Configuration); err != nil {
		return err
	}
	_, err := activeCluster(ctx, c, in.ClusterName)
	switch {
	case err == nil:
		return invalidParameter("Arguments on this idempotent request are inconsistent with arguments used in previous request(s).")
	case HasCode(err, "ClusterNotFoundException"):
		return nil
	default:
		return err
	}
}

func checkUpdateCluster(ctx context.Context, c *Cloud, in *ecs.UpdateClusterInput) error {
	if _, err := activeCluster(ctx, c, in.Cluster); err != nil {
		return err
	}
	return checkClusterSettings(in.Settings, in.Configuration)
}

func checkClusterSettings(settings []types.ClusterSetting, configuration *types.ClusterConfiguration) error {
	for _, s := range settings {
		if !contains(s.Name.Values(), s.Name) {
			return invalidParameter("Invalid setting name %q.", s.Name)
		}
		if v := aws.ToString(s.Value); !contains([]string{"enabled", "disabled", "enhanced"}, v) {
			return invalidParameter("Invalid value %q for the setting containerInsights.", v)
		}
	}
	if configuration == nil || configuration.ExecuteCommandConfiguration == nil {
		return nil
	}
	exec := configuration.ExecuteCommandConfiguration
	if exec.Logging != "" && !contains(exec.Logging.Values(), exec.Logging) {
		return invalidParameter("Invalid value %q for executeCommandConfiguration.logging.", exec.Logging)
	}
	if (exec.Logging == types.ExecuteCommandLoggingOverride) != (exec.LogConfiguration != nil) {
		return invalidParameter("executeCommandConfiguration: a logConfiguration is required with logging OVERRIDE, and only then.")
	}
	return nil
}

func checkDeleteCluster(ctx context.Context, c *Cloud, in *ecs.DeleteClusterInput) error {
	if _, err := activeCluster(ctx, c, in.Cluster); err != nil {
		return err
	}
	services, err := activeServices(ctx, c, in.Cluster)
	if err != nil {
		return err
	}
	if len(services) > 0 {
		return refuse("ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.")
	}
	return nil
}

// activeServices returns the services of a cluster that are not deleted.
func activeServices(ctx context.Context, c *Cloud, cluster *string) ([]types.Service, error) {
	var active []types.Service
	pages := ecs.NewListServicesPaginator(c.ECS, &ecs.ListServicesInput{Cluster: cluster})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		if len(page.ServiceArns) == 0 {
			continue
		}
		out, err := c.ECS.DescribeServices(ctx, &ecs.DescribeServicesInput{Cluster: cluster, Services: page.ServiceArns})
		if err != nil {
			return nil, err
		}
		for _, s := range out.Services {
			if aws.ToString(s.Status) != "INACTIVE" {
				active = append(active, s)
			}
		}
	}
	return active, nil
}

func checkCapacityProviders(ctx context.Context, c *Cloud, in *ecs.PutClusterCapacityProvidersInput) error {
	if _, err := activeCluster(ctx, c, in.Cluster); err != nil {
		return err
	}
	for _, name := range in.CapacityProviders {
		if name == "FARGATE" || name == "FARGATE_SPOT" {
			continue
		}
		out, err := c.ECS.DescribeCapacityProviders(ctx, &ecs.DescribeCapacityProvidersInput{CapacityProviders: []string{name}})
		if err != nil {
			return err
		}
		if len(out.CapacityProviders) == 0 {
			return invalidParameter("The specified capacity provider does not exist: %s. Specify a valid name or ARN and try again.", name)
		}
	}
	if err := checkStrategy(in.CapacityProviders, in.DefaultCapacityProviderStrategy); err != nil {
		return err
	}
	services, err := activeServices(ctx, c, in.Cluster)
	if err != nil {
		return err
	}
	for _, s := range services {
		for _, item := range s.CapacityProviderStrategy {
			if !contains(in.CapacityProviders, aws.ToString(item.CapacityProvider)) {
				return refuse("ResourceInUseException", "The specified capacity provider is in use and cannot be removed: %s.", aws.ToString(item.CapacityProvider))
			}
		}
	}
	return nil
}
