package cloud

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery"
	mapped "github.com/aws/aws-sdk-go-v2/service/servicediscovery/types"
)

// serviceIngress is how traffic comes to a service.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRegistry.html
type serviceIngress struct {
	balancers  []types.LoadBalancer
	registries []types.ServiceRegistry
}

// checkGracePeriod refuses a grace period for a service without a load
// balancer. Whether AWS looks at what the service has before the request or
// after it is not documented; users report that a load balancer and a grace
// period cannot be added in one request, and that 0 is refused as well, which
// is the stricter reading and the default here.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
// https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1313
// https://github.com/hashicorp/terraform-provider-aws/issues/31104
func checkGracePeriod(c *Cloud, grace *int32, before, after []types.LoadBalancer) error {
	refused := grace != nil && len(before) == 0
	if c.config.GracePeriodByResult {
		refused = aws.ToInt32(grace) > 0 && len(after) == 0
	}
	if refused {
		return invalidParameter("Health check grace period is only valid for services configured to use load balancers")
	}
	return nil
}

// check refuses target groups that no load balancer forwards to, containers and
// ports that the task definition does not have, and registries that do not fit.
func (in serviceIngress) check(ctx context.Context, c *Cloud, definition string) error {
	if len(in.balancers)+len(in.registries) == 0 {
		return nil
	}
	out, err := c.ECS.DescribeTaskDefinition(ctx, &ecs.DescribeTaskDefinitionInput{TaskDefinition: &definition})
	if err != nil {
		return clientFault("TaskDefinition not found.")
	}
	if len(in.balancers) > 5 {
		return invalidParameter("load balancers can have at most 5 items.")
	}
	for _, b := range in.balancers {
		if err := checkServiceTarget(ctx, c, b, out.TaskDefinition); err != nil {
			return err
		}
	}
	if len(in.registries) > 1 {
		return invalidParameter("service registries can have at most 1 items.")
	}
	for _, r := range in.registries {
		if err := checkRegistry(ctx, c, r, out.TaskDefinition); err != nil {
			return err
		}
	}
	return nil
}

func checkServiceTarget(ctx context.Context, c *Cloud, b types.LoadBalancer, task *types.TaskDefinition) error {
	arn := aws.ToString(b.TargetGroupArn)
	if arn == "" {
		return invalidParameter("Target Group ARN can not be blank.")
	}
	if err := checkContainer(task, b.ContainerName, b.ContainerPort); err != nil {
		return err
	}
	group, err := targetGroup(ctx, c, arn)
	if err != nil {
		return invalidParameter("The target group with targetGroupArn %s does not exist.", arn)
	}
	switch awsvpc := task.NetworkMode == types.NetworkModeAwsvpc; {
	case awsvpc && group.TargetType != elbtypes.TargetTypeEnumIp:
		return invalidParameter("The provided target group %s has target type %s, which is incompatible with the awsvpc network mode specified in the task definition.", arn, group.TargetType)
	case !awsvpc && group.TargetType != elbtypes.TargetTypeEnumInstance:
		return invalidParameter("The provided target group %s has target type %s, which is incompatible with the %s network mode specified in the task definition.", arn, group.TargetType, networkMode(task))
	}
	users, err := balancersByTarget(ctx, c)
	if err != nil {
		return err
	}
	if len(users[arn]) == 0 {
		return invalidParameter("The target group with targetGroupArn %s does not have an associated load balancer.", arn)
	}
	return nil
}

// networkMode is the task's; bridge is the default.
func networkMode(task *types.TaskDefinition) types.NetworkMode {
	if task.NetworkMode == "" {
		return types.NetworkModeBridge
	}
	return task.NetworkMode
}

func checkContainer(task *types.TaskDefinition, name *string, port *int32) error {
	for _, container := range task.ContainerDefinitions {
		if aws.ToString(container.Name) != aws.ToString(name) {
			continue
		}
		for _, mapping := range container.PortMappings {
			if aws.ToInt32(mapping.ContainerPort) == aws.ToInt32(port) {
				return nil
			}
		}
		return invalidParameter("The container %s did not have a container port %d defined.", aws.ToString(name), aws.ToInt32(port))
	}
	return invalidParameter("The container %s does not exist in the task definition.", aws.ToString(name))
}

func checkRegistry(ctx context.Context, c *Cloud, r types.ServiceRegistry, task *types.TaskDefinition) error {
	arn := aws.ToString(r.RegistryArn)
	found, err := c.CloudMap.GetService(ctx, &servicediscovery.GetServiceInput{Id: aws.String(arn[strings.LastIndex(arn, "/")+1:])})
	if err != nil {
		return invalidParameter("The service registry '%s' does not exist.", arn)
	}
	ports := false
	if found.Service.DnsConfig != nil {
		for _, record := range found.Service.DnsConfig.DnsRecords {
			ports = ports || record.Type == mapped.RecordTypeSrv
		}
	}
	named := r.ContainerName != nil || r.ContainerPort != nil
	switch awsvpc := task.NetworkMode == types.NetworkModeAwsvpc; {
	case !awsvpc && !ports:
		return invalidParameter("When specifying 'host' or 'bridge' for networkMode, the service registry must have an SRV record. Registry: %s", arn)
	case !awsvpc && (r.ContainerName == nil || r.ContainerPort == nil):
		return invalidParameter("When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be specified from the task definition. Registry: %s", arn)
	case !ports && r.ContainerPort != nil:
		return invalidParameter("The values specified for serviceRegistries do not require a value for 'containerPort'. Remove the value and retry. Registry: %s", arn)
	case !ports && r.Port != nil:
		return invalidParameter("The values specified for serviceRegistries do not require a value for 'port'. Remove the value and retry. Registry: %s", arn)
	case ports && named == (r.Port != nil):
		return invalidParameter("Specify a value for either 'port' or the 'containerName' and 'containerPort' combination, but not both. Remove one and retry. Registry: %s", arn)
	case named:
		return checkContainer(task, r.ContainerName, r.ContainerPort)
	}
	return nil
}
