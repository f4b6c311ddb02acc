package cloud

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// tasksStart reports whether the tasks of a first deployment start.
func (c *Cloud) tasksStart() bool { return !c.config.TasksStayPending && !c.config.RollBack }

// storeService makes the emulator keep what it drops when a service is made.
// It has no scheduler either: a service that was made counts no task as
// running, one that was updated counts what it was told to want. An update with
// everything the request had puts both right.
func storeService(ctx context.Context, c *Cloud, in *ecs.CreateServiceInput, out *ecs.CreateServiceOutput) error {
	update := &ecs.UpdateServiceInput{
		Cluster: in.Cluster, Service: in.ServiceName, DeploymentConfiguration: in.DeploymentConfiguration,
		PlatformVersion: in.PlatformVersion, EnableECSManagedTags: aws.Bool(in.EnableECSManagedTags),
		EnableExecuteCommand: aws.Bool(in.EnableExecuteCommand), CapacityProviderStrategy: in.CapacityProviderStrategy,
		AvailabilityZoneRebalancing: in.AvailabilityZoneRebalancing, HealthCheckGracePeriodSeconds: in.HealthCheckGracePeriodSeconds,
	}
	// The emulator says EC2 for a service that has a strategy.
	if update.PlatformVersion == nil && (out.Service.LaunchType == types.LaunchTypeFargate || onFargate("", in.CapacityProviderStrategy, nil)) {
		update.PlatformVersion = aws.String("LATEST") // AWS's default
	}
	if c.tasksStart() {
		update.DesiredCount = aws.Int32(out.Service.DesiredCount)
	}
	stored, err := c.ECS.UpdateService(ctx, update)
	if err != nil {
		return err
	}
	return registerTasks(ctx, c, stored.Service)
}

// deployService updates a service. AWS tells the ARN of a task definition,
// however it was named. If the circuit breaker is to roll back, the answer
// names the new task definition and the service has the old one again: the
// deployment failed, and ECS deployed what ran before.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
func deployService(ctx context.Context, c *Cloud, in *ecs.UpdateServiceInput) (*ecs.UpdateServiceOutput, error) {
	was, err := serviceByName(ctx, c, in.Cluster, in.Service)
	if err != nil {
		return nil, err
	}
	if in.TaskDefinition != nil {
		task, err := c.ECS.DescribeTaskDefinition(ctx, &ecs.DescribeTaskDefinitionInput{TaskDefinition: in.TaskDefinition})
		if err != nil {
			return nil, err
		}
		in.TaskDefinition = task.TaskDefinition.TaskDefinitionArn
	}
	out, err := c.ECS.UpdateService(ctx, in)
	if err != nil {
		return nil, err
	}
	if c.config.RollBack && in.TaskDefinition != nil && *in.TaskDefinition != aws.ToString(was.TaskDefinition) && rollsBack(out.Service) {
		_, err := c.ECS.UpdateService(ctx, &ecs.UpdateServiceInput{Cluster: in.Cluster, Service: in.Service, TaskDefinition: was.TaskDefinition})
		if err != nil {
			return nil, err
		}
	}
	return out, registerTasks(ctx, c, out.Service)
}

// rollsBack reports whether a failed deployment of the service is undone.
func rollsBack(service *types.Service) bool {
	d := service.DeploymentConfiguration
	return d != nil && d.DeploymentCircuitBreaker != nil && d.DeploymentCircuitBreaker.Enable && d.DeploymentCircuitBreaker.Rollback
}

func serviceByName(ctx context.Context, c *Cloud, cluster, name *string) (*types.Service, error) {
	out, err := c.ECS.DescribeServices(ctx, &ecs.DescribeServicesInput{Cluster: cluster, Services: []string{aws.ToString(name)}})
	if err != nil {
		return nil, err
	}
	if len(out.Services) == 0 {
		return nil, refuse("ServiceNotFoundException", "Service not found.")
	}
	return &out.Services[0], nil
}

// deleteService deletes a service; its tasks leave Cloud Map later.
func deleteService(ctx context.Context, c *Cloud, in *ecs.DeleteServiceInput) (*ecs.DeleteServiceOutput, error) {
	out, err := c.ECS.DeleteService(ctx, in)
	if err != nil {
		return nil, err
	}
	gone := *out.Service
	gone.DesiredCount, gone.RunningCount = 0, 0
	return out, registerTasks(ctx, c, &gone)
}

// describeServices reports no launch type for a service with a strategy, as
// AWS does; the emulator says EC2. Tasks that a provider left pending, because
// it was told to, run when another looks.
func describeServices(ctx context.Context, c *Cloud, _ *ecs.DescribeServicesInput, out *ecs.DescribeServicesOutput) error {
	for i := range out.Services {
		s := &out.Services[i]
		if s.RunningCount < s.DesiredCount && aws.ToString(s.Status) == "ACTIVE" && c.tasksStart() {
			updated, err := c.ECS.UpdateService(ctx, &ecs.UpdateServiceInput{
				Cluster: s.ClusterArn, Service: s.ServiceName, DesiredCount: aws.Int32(s.DesiredCount),
			})
			if err != nil {
				return err
			}
			if err := registerTasks(ctx, c, updated.Service); err != nil {
				return err
			}
			s.RunningCount, s.PendingCount, s.Deployments = updated.Service.RunningCount, updated.Service.PendingCount, updated.Service.Deployments
		}
		if len(s.CapacityProviderStrategy) > 0 {
			s.LaunchType = ""
		}
	}
	return nil
}
