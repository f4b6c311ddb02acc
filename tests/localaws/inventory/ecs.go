package inventory

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// inactive is the status of what AWS keeps after a delete.
const inactive = "INACTIVE"

// Cluster is an active ECS cluster.
type Cluster struct {
	ARN               string            `json:"arn"`
	Name              string            `json:"name"`
	CapacityProviders []string          `json:"capacityProviders,omitempty"`
	Settings          map[string]string `json:"settings,omitempty"`
	ExecLogging       string            `json:"execLogging,omitempty"`
}

// Service is an active ECS service.
type Service struct {
	ARN            string `json:"arn"`
	Name           string `json:"name"`
	Cluster        string `json:"cluster"`
	TaskDefinition string `json:"taskDefinition"`
	// LaunchType is empty for a service that has a strategy. AWS tells none of it;
	// the local AWS says EC2, whatever the strategy.
	LaunchType string `json:"launchType,omitempty"`
	// Strategy is written CAPACITY-PROVIDER WEIGHT.
	Strategy       []string `json:"strategy,omitempty"`
	DesiredCount   int32    `json:"desiredCount"`
	Subnets        []string `json:"subnets,omitempty"`
	SecurityGroups []string `json:"securityGroups,omitempty"`
	AssignPublicIP string   `json:"assignPublicIp,omitempty"`
	// TargetGroups are written ARN CONTAINER:PORT, Registries (of Cloud Map) as ARNs.
	TargetGroups []string `json:"targetGroups,omitempty"`
	Registries   []string `json:"registries,omitempty"`
}

// TaskDefinition is an active revision of a task definition.
type TaskDefinition struct {
	ARN           string      `json:"arn"`
	Family        string      `json:"family"`
	NetworkMode   string      `json:"networkMode,omitempty"`
	CPU           string      `json:"cpu,omitempty"`
	Memory        string      `json:"memory,omitempty"`
	ExecutionRole string      `json:"executionRole,omitempty"`
	TaskRole      string      `json:"taskRole,omitempty"`
	Containers    []Container `json:"containers"`
}

// Container is what a task definition says of a container.
type Container struct {
	Name        string            `json:"name"`
	Image       string            `json:"image"`
	Command     []string          `json:"command,omitempty"`
	Ports       []int32           `json:"ports,omitempty"`
	Environment map[string]string `json:"environment,omitempty"`
	Secrets     map[string]string `json:"secrets,omitempty"`
	LogDriver   string            `json:"logDriver,omitempty"`
	LogOptions  map[string]string `json:"logOptions,omitempty"`
}

func (Cluster) Kind() string        { return "ECS cluster" }
func (Service) Kind() string        { return "ECS service" }
func (TaskDefinition) Kind() string { return "task definition" }

func (c Cluster) Key() string        { return c.ARN }
func (s Service) Key() string        { return s.ARN }
func (t TaskDefinition) Key() string { return t.ARN }

func (c Cluster) String() string {
	return fmt.Sprintf("%s, container insights %s, %s", c.Name, c.Settings["containerInsights"], strings.Join(c.CapacityProviders, " "))
}

func (s Service) String() string {
	on := s.RunsOn()
	if len(s.Subnets) == 0 {
		return fmt.Sprintf("%s: %d x %s on %s, in the hosts' own network", s.Name, s.DesiredCount, lastPart(s.TaskDefinition), on)
	}
	return fmt.Sprintf("%s: %d x %s on %s in %d subnet(s), public address %s",
		s.Name, s.DesiredCount, lastPart(s.TaskDefinition), on, len(s.Subnets), strings.ToLower(s.AssignPublicIP))
}

// RunsOn is what runs the tasks: a launch type, or the names of capacity
// providers.
func (s Service) RunsOn() string {
	names := []string{s.LaunchType}
	for i, share := range s.Strategy {
		name, _, _ := strings.Cut(share, " ")
		names = append(names[:i], name)
	}
	return strings.Join(names, " and ")
}

func (t TaskDefinition) String() string {
	var images []string
	for _, c := range t.Containers {
		images = append(images, c.Image)
	}
	return fmt.Sprintf("%s: %s CPU units, %s MiB, %s", lastPart(t.ARN), t.CPU, t.Memory, strings.Join(images, ", "))
}

func (inv *Inventory) readClusters(ctx context.Context, cfg aws.Config) error {
	client := ecs.NewFromConfig(cfg)
	err := each(ctx, ecs.NewListClustersPaginator(client, &ecs.ListClustersInput{}), func(page *ecs.ListClustersOutput) error {
		if len(page.ClusterArns) == 0 {
			return nil
		}
		out, err := client.DescribeClusters(ctx, &ecs.DescribeClustersInput{
			Clusters: page.ClusterArns, Include: []types.ClusterField{types.ClusterFieldSettings, types.ClusterFieldConfigurations},
		})
		if err != nil {
			return err
		}
		for _, c := range out.Clusters {
			if aws.ToString(c.Status) == inactive {
				continue
			}
			inv.Clusters = append(inv.Clusters, cluster(c))
			if err := inv.readServices(ctx, client, aws.ToString(c.ClusterArn)); err != nil {
				return err
			}
		}
		return nil
	})
	order(inv.Clusters)
	order(inv.Services)
	return err
}

func cluster(c types.Cluster) Cluster {
	cluster := Cluster{ARN: aws.ToString(c.ClusterArn), Name: aws.ToString(c.ClusterName), CapacityProviders: sorted(c.CapacityProviders), Settings: map[string]string{}}
	for _, setting := range c.Settings {
		cluster.Settings[string(setting.Name)] = aws.ToString(setting.Value)
	}
	if c.Configuration != nil && c.Configuration.ExecuteCommandConfiguration != nil {
		cluster.ExecLogging = string(c.Configuration.ExecuteCommandConfiguration.Logging)
	}
	return cluster
}

func (inv *Inventory) readServices(ctx context.Context, client *ecs.Client, cluster string) error {
	return each(ctx, ecs.NewListServicesPaginator(client, &ecs.ListServicesInput{Cluster: &cluster}), func(page *ecs.ListServicesOutput) error {
		// DescribeServices takes ten at most, which is what a page holds in AWS.
		for arns := range slices.Chunk(page.ServiceArns, 10) {
			out, err := client.DescribeServices(ctx, &ecs.DescribeServicesInput{Cluster: &cluster, Services: arns})
			if err != nil {
				return err
			}
			for _, s := range out.Services {
				if aws.ToString(s.Status) != inactive {
					inv.Services = append(inv.Services, service(s))
				}
			}
		}
		return nil
	})
}

func service(s types.Service) Service {
	service := Service{
		ARN: aws.ToString(s.ServiceArn), Name: aws.ToString(s.ServiceName), Cluster: aws.ToString(s.ClusterArn),
		TaskDefinition: aws.ToString(s.TaskDefinition), LaunchType: string(s.LaunchType), DesiredCount: s.DesiredCount,
	}
	for _, item := range s.CapacityProviderStrategy {
		service.Strategy = append(service.Strategy, fmt.Sprintf("%s %d", aws.ToString(item.CapacityProvider), item.Weight))
	}
	slices.Sort(service.Strategy)
	if len(service.Strategy) > 0 {
		service.LaunchType = ""
	}
	if s.NetworkConfiguration != nil && s.NetworkConfiguration.AwsvpcConfiguration != nil {
		network := s.NetworkConfiguration.AwsvpcConfiguration
		service.Subnets, service.SecurityGroups = sorted(network.Subnets), sorted(network.SecurityGroups)
		service.AssignPublicIP = string(network.AssignPublicIp)
	}
	for _, b := range s.LoadBalancers {
		service.TargetGroups = append(service.TargetGroups, fmt.Sprintf("%s %s:%d", aws.ToString(b.TargetGroupArn), aws.ToString(b.ContainerName), aws.ToInt32(b.ContainerPort)))
	}
	for _, r := range s.ServiceRegistries {
		service.Registries = append(service.Registries, aws.ToString(r.RegistryArn))
	}
	return service
}

func (inv *Inventory) readTaskDefinitions(ctx context.Context, cfg aws.Config) error {
	client := ecs.NewFromConfig(cfg)
	active := &ecs.ListTaskDefinitionsInput{Status: types.TaskDefinitionStatusActive}
	err := each(ctx, ecs.NewListTaskDefinitionsPaginator(client, active), func(page *ecs.ListTaskDefinitionsOutput) error {
		for _, arn := range page.TaskDefinitionArns {
			out, err := client.DescribeTaskDefinition(ctx, &ecs.DescribeTaskDefinitionInput{TaskDefinition: &arn})
			if err != nil {
				return err
			}
			if out.TaskDefinition.Status != types.TaskDefinitionStatusInactive {
				inv.TaskDefinitions = append(inv.TaskDefinitions, taskDefinition(out.TaskDefinition))
			}
		}
		return nil
	})
	order(inv.TaskDefinitions)
	return err
}

func taskDefinition(t *types.TaskDefinition) TaskDefinition {
	definition := TaskDefinition{
		ARN: aws.ToString(t.TaskDefinitionArn), Family: aws.ToString(t.Family), NetworkMode: string(t.NetworkMode),
		CPU: aws.ToString(t.Cpu), Memory: aws.ToString(t.Memory), ExecutionRole: aws.ToString(t.ExecutionRoleArn), TaskRole: aws.ToString(t.TaskRoleArn),
	}
	for _, c := range t.ContainerDefinitions {
		definition.Containers = append(definition.Containers, container(c))
	}
	return definition
}

func container(c types.ContainerDefinition) Container {
	container := Container{Name: aws.ToString(c.Name), Image: aws.ToString(c.Image), Command: c.Command, Environment: map[string]string{}, Secrets: map[string]string{}}
	for _, port := range c.PortMappings {
		container.Ports = append(container.Ports, aws.ToInt32(port.ContainerPort))
	}
	for _, pair := range c.Environment {
		container.Environment[aws.ToString(pair.Name)] = aws.ToString(pair.Value)
	}
	for _, secret := range c.Secrets {
		container.Secrets[aws.ToString(secret.Name)] = aws.ToString(secret.ValueFrom)
	}
	if c.LogConfiguration != nil {
		container.LogDriver, container.LogOptions = string(c.LogConfiguration.LogDriver), maps.Clone(c.LogConfiguration.Options)
	}
	return container
}

// lastPart is what follows the last slash of an ARN.
func lastPart(arn string) string { return arn[strings.LastIndexByte(arn, '/')+1:] }
