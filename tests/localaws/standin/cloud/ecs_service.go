package cloud

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

const ecsAPI = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_"

var _ = addRules(map[string]rule{
	"ECS.CreateService":    {before: before(checkCreateService), after: after(storeService), source: ecsAPI + "CreateService.html"},
	"ECS.UpdateService":    {before: before(checkUpdateService), instead: instead(deployService), source: ecsAPI + "UpdateService.html"},
	"ECS.DeleteService":    {instead: instead(deleteService), source: ecsAPI + "DeleteService.html"},
	"ECS.DescribeServices": {after: after(describeServices), source: ecsAPI + "Service.html"},
})

func invalidParameter(format string, args ...any) error {
	return refuse("InvalidParameterException", format, args...)
}

func clientFault(format string, args ...any) error { return refuse("ClientException", format, args...) }

func checkCreateService(ctx context.Context, c *Cloud, in *ecs.CreateServiceInput) error {
	cluster, err := activeCluster(ctx, c, in.Cluster)
	if err != nil {
		return err
	}
	existing, err := c.ECS.DescribeServices(ctx, &ecs.DescribeServicesInput{Cluster: in.Cluster, Services: []string{aws.ToString(in.ServiceName)}})
	if err != nil {
		return err
	}
	for _, s := range existing.Services {
		if aws.ToString(s.Status) != "INACTIVE" {
			return invalidParameter("Creation of service was not idempotent.")
		}
	}
	if aws.ToInt32(in.DesiredCount) < 0 {
		return invalidParameter("desiredCount must be zero or more.")
	}
	if len(in.CapacityProviderStrategy) > 0 && in.LaunchType != "" {
		return invalidParameter("Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.")
	}
	if err := checkStrategy(cluster.CapacityProviders, in.CapacityProviderStrategy); err != nil {
		return err
	}
	fargate := onFargate(in.LaunchType, in.CapacityProviderStrategy, cluster.DefaultCapacityProviderStrategy)
	if fargate && in.SchedulingStrategy == types.SchedulingStrategyDaemon {
		return invalidParameter("The daemon scheduling strategy does not support the Fargate launch type.")
	}
	if !fargate && in.PlatformVersion != nil {
		return invalidParameter("The platform version must be null when specifying an EC2 launch type.")
	}
	if err := checkDeployment(in.DeploymentConfiguration, in.SchedulingStrategy); err != nil {
		return err
	}
	if err := checkTask(ctx, c, aws.ToString(in.TaskDefinition), in.NetworkConfiguration, fargate, in.EnableExecuteCommand); err != nil {
		return err
	}
	if err := checkPlacement(in.PlacementStrategy, fargate); err != nil {
		return err
	}
	ingress := serviceIngress{in.LoadBalancers, in.ServiceRegistries}
	if err := checkGracePeriod(c, in.HealthCheckGracePeriodSeconds, in.LoadBalancers, in.LoadBalancers); err != nil {
		return err
	}
	if err := ingress.check(ctx, c, aws.ToString(in.TaskDefinition)); err != nil {
		return err
	}
	completeGroups(in.NetworkConfiguration)
	return nil
}

func checkUpdateService(ctx context.Context, c *Cloud, in *ecs.UpdateServiceInput) error {
	cluster, err := activeCluster(ctx, c, in.Cluster)
	if err != nil {
		return err
	}
	out, err := c.ECS.DescribeServices(ctx, &ecs.DescribeServicesInput{Cluster: in.Cluster, Services: []string{aws.ToString(in.Service)}})
	if err != nil {
		return err
	}
	if len(out.Services) == 0 {
		return refuse("ServiceNotFoundException", "Service not found.")
	}
	service := out.Services[0]
	if aws.ToString(service.Status) == "INACTIVE" {
		return refuse("ServiceNotActiveException", "Service was not ACTIVE.")
	}
	if aws.ToInt32(in.DesiredCount) < 0 {
		return invalidParameter("desiredCount must be zero or more.")
	}
	if err := checkStrategy(cluster.CapacityProviders, in.CapacityProviderStrategy); err != nil {
		return err
	}
	if err := checkDeployment(in.DeploymentConfiguration, service.SchedulingStrategy); err != nil {
		return err
	}
	task, network, exec := in.TaskDefinition, in.NetworkConfiguration, service.EnableExecuteCommand
	if task == nil {
		task = service.TaskDefinition
	}
	if network == nil {
		network = service.NetworkConfiguration
	}
	if in.EnableExecuteCommand != nil {
		exec = *in.EnableExecuteCommand
	}
	// The emulator says EC2 for a service that has a strategy.
	fargate := service.LaunchType == types.LaunchTypeFargate || onFargate("", service.CapacityProviderStrategy, cluster.DefaultCapacityProviderStrategy)
	if in.TaskDefinition != nil || in.NetworkConfiguration != nil || in.EnableExecuteCommand != nil {
		if err := checkTask(ctx, c, aws.ToString(task), network, fargate, exec); err != nil {
			return err
		}
	}
	if err := checkPlacement(in.PlacementStrategy, fargate); err != nil {
		return err
	}
	ingress := serviceIngress{service.LoadBalancers, service.ServiceRegistries}
	if in.LoadBalancers != nil {
		ingress.balancers = in.LoadBalancers
	}
	if in.ServiceRegistries != nil {
		ingress.registries = in.ServiceRegistries
	}
	if err := checkGracePeriod(c, in.HealthCheckGracePeriodSeconds, service.LoadBalancers, ingress.balancers); err != nil {
		return err
	}
	if in.TaskDefinition != nil || in.LoadBalancers != nil || in.ServiceRegistries != nil {
		if err := ingress.check(ctx, c, aws.ToString(task)); err != nil {
			return err
		}
	}
	completeGroups(in.NetworkConfiguration)
	return nil
}

// completeGroups writes an empty list where none is given: the emulator fails
// with status 500 without one.
func completeGroups(network *types.NetworkConfiguration) {
	if network != nil && network.AwsvpcConfiguration != nil && network.AwsvpcConfiguration.SecurityGroups == nil {
		network.AwsvpcConfiguration.SecurityGroups = []string{}
	}
}

// activeCluster returns the cluster that a request is about.
func activeCluster(ctx context.Context, c *Cloud, name *string) (*types.Cluster, error) {
	if name == nil {
		name = aws.String("default")
	}
	out, err := c.ECS.DescribeClusters(ctx, &ecs.DescribeClustersInput{Clusters: []string{*name}})
	if err != nil {
		return nil, err
	}
	if len(out.Clusters) == 0 {
		return nil, refuse("ClusterNotFoundException", "Cluster not found.")
	}
	if aws.ToString(out.Clusters[0].Status) == "INACTIVE" {
		return nil, refuse("ClusterNotFoundException", "The referenced cluster was inactive.")
	}
	return &out.Clusters[0], nil
}

// onFargate reports where the tasks run: by launch type, or by the strategy of
// the service, or of its cluster. EC2 is the default.
func onFargate(launch types.LaunchType, own, ofCluster []types.CapacityProviderStrategyItem) bool {
	if launch != "" {
		return launch == types.LaunchTypeFargate
	}
	if len(own) == 0 {
		own = ofCluster
	}
	return len(own) > 0 && strings.HasPrefix(aws.ToString(own[0].CapacityProvider), "FARGATE")
}

// checkStrategy refuses capacity providers that the cluster does not have.
func checkStrategy(providers []string, strategy []types.CapacityProviderStrategyItem) error {
	bases, weights, fargate := 0, int32(0), 0
	for _, item := range strategy {
		name := aws.ToString(item.CapacityProvider)
		if !contains(providers, name) {
			return invalidParameter("The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster: %s.", name)
		}
		if item.Base > 0 {
			bases++
		}
		weights += item.Weight
		if strings.HasPrefix(name, "FARGATE") {
			fargate++
		}
	}
	if fargate > 0 && fargate < len(strategy) {
		return invalidParameter("A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate providers.")
	}
	if bases > 1 {
		return invalidParameter("Only one capacity provider in a capacity provider strategy can have a base defined.")
	}
	if len(strategy) > 0 && weights == 0 {
		return invalidParameter("At least one capacity provider in a capacity provider strategy must have a weight greater than zero.")
	}
	return nil
}

// checkDeployment refuses percentages under which ECS could replace no task.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
func checkDeployment(d *types.DeploymentConfiguration, scheduling types.SchedulingStrategy) error {
	if d == nil {
		return nil
	}
	least, most := int32(100), int32(200)
	if scheduling == types.SchedulingStrategyDaemon {
		least, most = 0, 100
	}
	if d.MinimumHealthyPercent != nil {
		least = *d.MinimumHealthyPercent
	}
	if d.MaximumPercent != nil {
		most = *d.MaximumPercent
	}
	switch {
	case least < 0 || least > 100:
		return invalidParameter("minimumHealthyPercent must be between 0 and 100.")
	case most < 100:
		return invalidParameter("maximumPercent must be at least 100.")
	case least == 100 && most == 100:
		return invalidParameter("Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.")
	}
	return nil
}

// checkTask checks a service's task definition against its network.
func checkTask(ctx context.Context, c *Cloud, name string, network *types.NetworkConfiguration, fargate, exec bool) error {
	out, err := c.ECS.DescribeTaskDefinition(ctx, &ecs.DescribeTaskDefinitionInput{TaskDefinition: &name})
	if err != nil {
		return clientFault("TaskDefinition not found.")
	}
	task := out.TaskDefinition
	if task.Status == types.TaskDefinitionStatusInactive {
		return clientFault("TaskDefinition is inactive")
	}
	if fargate && !contains(task.RequiresCompatibilities, types.CompatibilityFargate) {
		return invalidParameter("Task definition does not support launch_type FARGATE.")
	}
	if exec && aws.ToString(task.TaskRoleArn) == "" {
		return invalidParameter("The service couldn't be created because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.")
	}
	var vpc *types.AwsVpcConfiguration
	if network != nil {
		vpc = network.AwsvpcConfiguration
	}
	if awsvpc := task.NetworkMode == types.NetworkModeAwsvpc; awsvpc != (vpc != nil) {
		if awsvpc {
			return invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
		}
		return invalidParameter("Network Configuration is not valid for the given networkMode of this task definition.")
	}
	if vpc == nil {
		return nil
	}
	if !fargate && vpc.AssignPublicIp == types.AssignPublicIpEnabled {
		return invalidParameter("Assign public IP is not supported for this launch type.")
	}
	return checkTaskNetwork(ctx, c, vpc)
}

// checkTaskNetwork refuses subnets and groups that are not in one VPC.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
func checkTaskNetwork(ctx context.Context, c *Cloud, vpc *types.AwsVpcConfiguration) error {
	if len(vpc.Subnets) == 0 {
		return invalidParameter("subnets can not be empty.")
	}
	if len(vpc.Subnets) > 16 {
		return invalidParameter("There is a limit of 16 subnets per awsvpcConfiguration; %d given.", len(vpc.Subnets))
	}
	if len(vpc.SecurityGroups) > 5 {
		return invalidParameter("There is a limit of 5 security groups per awsvpcConfiguration; %d given.", len(vpc.SecurityGroups))
	}
	subnets, err := c.EC2.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{SubnetIds: vpc.Subnets})
	if err != nil {
		return invalidParameter("Error retrieving subnet information for %v: %v (ErrorCode: %s)", vpc.Subnets, err, Code(err))
	}
	id := aws.ToString(subnets.Subnets[0].VpcId)
	for _, s := range subnets.Subnets {
		if other := aws.ToString(s.VpcId); other != id {
			return invalidParameter("Subnets are not all in the same VPC: %s is in %s, %s in %s.", vpc.Subnets[0], id, aws.ToString(s.SubnetId), other)
		}
	}
	if len(vpc.SecurityGroups) == 0 {
		return nil
	}
	groups, err := c.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: vpc.SecurityGroups})
	if err != nil {
		return invalidParameter("Error retrieving security group information for %v: %v (ErrorCode: %s)", vpc.SecurityGroups, err, Code(err))
	}
	for _, g := range groups.SecurityGroups {
		if other := aws.ToString(g.VpcId); other != id {
			return invalidParameter("Security group %s is in %s and the subnets are in %s: they must be in the same VPC.", aws.ToString(g.GroupId), other, id)
		}
	}
	return nil
}
