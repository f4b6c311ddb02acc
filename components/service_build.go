package components

import (
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// service is what a service component makes.
type service struct {
	parent pulumi.Resource
	name   string
	spec   serviceSpec
	at     place

	logGroup         *cloudwatch.LogGroup
	group            *ec2.SecurityGroup
	task             *ecs.TaskDefinition
	service          *ecs.Service
	taskRoleArn      pulumi.StringOutput
	executionRoleArn pulumi.StringOutput

	// joined is what ECS registers the tasks with.
	joined struct {
		balancers ecs.ServiceLoadBalancerArray
		registry  ecs.ServiceServiceRegistriesPtrInput
	}
	// listenerArn is that of the listener that leads to the tasks; "" where the
	// service makes none.
	listenerArn pulumi.StringOutput

	// waitFor is what a task needs besides what its definition names: rules
	// and policies. Without them the first tasks would fail.
	waitFor []pulumi.Resource
}

// serviceKind is what tells service components apart.
type serviceKind struct {
	component, token string
	// public places the tasks in public subnets, with a public address each.
	public bool
	// hosts is nil on Fargate.
	hosts *hostsSpec
}

// newService registers a service component with its children, and fills its
// outputs.
func newService(ctx *pulumi.Context, component pulumi.ComponentResource, kind serviceKind, name string, args *FargatePrivateServiceArgs, opts []pulumi.ResourceOption) error {
	if args == nil {
		args = &FargatePrivateServiceArgs{}
	}
	spec, err := args.plan(ctx, kind, name)
	if err != nil {
		return err
	}
	if err := spec.refuse(ctx, name); err != nil {
		return err
	}
	opts = takesOverFrom(serviceTypes, kind.token, opts)
	if err := ctx.RegisterComponentResource(kind.token, name, component, opts...); err != nil {
		return err
	}
	made, err := buildService(ctx, component, name, spec)
	if err != nil {
		return err
	}
	setOutputs(component, map[string]pulumi.Output{
		"serviceArn":        made.service.ID().ToStringOutput(),
		"serviceName":       made.service.Name,
		"securityGroupId":   made.groupId(),
		"taskDefinitionArn": made.runningTask(ctx),
		"taskRoleArn":       made.taskRoleArn,
		"executionRoleArn":  made.executionRoleArn,
		"logGroupName":      made.logGroup.Name,
		"listenerArn":       made.listenerArn,
	})
	return ctx.RegisterResourceOutputs(component, outputsOf(component))
}

// serviceTypes are the components that make an ECS service. One takes over from
// another of its name: without that the new ECS service would be made while the
// old one still has its serviceName, and would share nothing with it.
var serviceTypes = children.Tokens(children.Services)

// buildService registers the children of a service component.
func buildService(ctx *pulumi.Context, parent pulumi.Resource, name string, spec serviceSpec) (*service, error) {
	s := &service{parent: parent, name: name, spec: spec, at: lookUpPlace(ctx, parent)}
	if spec.Region != nil {
		if err := s.checkRegion(ctx); err != nil {
			return nil, err
		}
		s.at.region = pulumi.String(*spec.Region).ToStringOutput()
	}
	if err := s.checkClusterRegion(ctx); err != nil {
		return nil, err
	}
	if err := s.preflight(ctx); err != nil {
		return nil, err
	}
	if err := s.checkRoutes(ctx); err != nil {
		return nil, err
	}
	for _, step := range []func(*pulumi.Context) error{
		s.makeLogGroup, s.makeExecutionRole, s.makeTaskRole, s.makeGroup, s.makeRoutes, s.makeTask, s.makeService,
	} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// checkRegion refuses a Region that is not the aws provider's. It comes after
// the other checks because only the component knows its provider.
func (s *service) checkRegion(ctx *pulumi.Context) error {
	var faults field.Faults
	region, err := seeText(ctx, s.at.region)
	if region.known {
		checkSameRegion(&faults, *s.spec.Region, region.value)
	}
	if err == nil && len(faults) > 0 {
		err = invalidArgs(s.spec.kind.component, s.name, faults)
	}
	return err
}

func (s *service) child() pulumi.ResourceOption { return pulumi.Parent(s.parent) }

func (s *service) tags(child string) pulumi.StringMapInput { return nameTag(s.spec.Tags, child) }

func (s *service) makeLogGroup(ctx *pulumi.Context) (err error) {
	child := children.Logs.Name(s.name)
	s.logGroup, err = cloudwatch.NewLogGroup(ctx, child, &cloudwatch.LogGroupArgs{
		RetentionInDays: pulumi.Int(or(s.spec.LogRetentionInDays, defaultRetentionInDays)),
		Tags:            s.tags(child),
	}, s.child())
	s.waitFor = append(s.waitFor, s.logGroup)
	return err
}

func (s *service) makeExecutionRole(ctx *pulumi.Context) error {
	if s.spec.ExecutionRoleArn != nil {
		s.executionRoleArn = orEmpty(s.spec.ExecutionRoleArn)
		return nil
	}
	child := children.ExecutionRole.Name(s.name)
	role, err := newTaskRole(ctx, s.parent, child, s.at, s.spec.PermissionsBoundaryArn, s.spec.RolePath, s.spec.Tags)
	if err != nil {
		return err
	}
	s.executionRoleArn = role.Arn
	return s.attach(ctx, children.ExecutionPolicy, role, s.executionPolicy())
}

func (s *service) makeTaskRole(ctx *pulumi.Context) error {
	if s.spec.TaskRoleArn != nil {
		s.taskRoleArn = orEmpty(s.spec.TaskRoleArn)
		return nil
	}
	child := children.TaskRole.Name(s.name)
	role, err := newTaskRole(ctx, s.parent, child, s.at, s.spec.PermissionsBoundaryArn, s.spec.RolePath, s.spec.Tags)
	if err != nil {
		return err
	}
	s.taskRoleArn = role.Arn
	if policy := s.taskPolicy(); policy != nil {
		return s.attach(ctx, children.TaskPolicy, role, policy)
	}
	return nil
}

func (s *service) attach(ctx *pulumi.Context, row *children.Child, role *iam.Role, policy pulumi.StringInput) error {
	attached, err := iam.NewRolePolicy(ctx, row.Name(s.name), &iam.RolePolicyArgs{Role: role.Name, Policy: policy}, s.child())
	s.waitFor = append(s.waitFor, attached)
	return err
}

// groupId is the id of the tasks' security group; "" where the hosts' group
// guards them.
func (s *service) groupId() pulumi.StringOutput {
	if s.group == nil {
		return pulumi.String("").ToStringOutput()
	}
	return s.group.ID().ToStringOutput()
}

// makeGroup makes the tasks' security group and its rules.
func (s *service) makeGroup(ctx *pulumi.Context) error {
	if !s.spec.kind.tasksHaveInterfaces() {
		return nil
	}
	row := children.TaskGroup
	if s.spec.kind.hosts != nil {
		row = children.TaskGroupOnHosts
	}
	g, err := newGuard(ctx, guard{
		parent: s.parent, name: s.name, row: row, description: taskGroupDescription, who: "the ECS service " + s.name,
		network: s.spec.network, shape: s.spec.facts.Assume(), ingress: s.spec.ingress, egress: s.spec.egress, tags: s.spec.Tags,
	})
	if err != nil {
		return err
	}
	s.group = g.group
	if err := s.openIngress(ctx, g); err != nil {
		return err
	}
	s.waitFor = append(s.waitFor, g.rules...)
	return nil
}

func (s *service) makeTask(ctx *pulumi.Context) (err error) {
	child := children.TaskDefinition.Name(s.name)
	args := &ecs.TaskDefinitionArgs{
		Family:                  pulumi.String(s.spec.family),
		RequiresCompatibilities: pulumi.ToStringArray([]string{"FARGATE"}),
		NetworkMode:             pulumi.String("awsvpc"),
		Cpu:                     pulumi.String(strconv.Itoa(s.spec.cpu())),
		Memory:                  pulumi.String(strconv.Itoa(s.spec.memoryMib())),
		RuntimePlatform: ecs.TaskDefinitionRuntimePlatformArgs{
			OperatingSystemFamily: pulumi.String("LINUX"),
			CpuArchitecture:       pulumi.String(string(or(s.spec.CpuArchitecture, CpuArchitectureX8664))),
		},
		ExecutionRoleArn:     s.executionRoleArn,
		TaskRoleArn:          s.taskRoleArn,
		ContainerDefinitions: s.containerDefinitions(ctx),
		Tags:                 s.tags(child),
	}
	if s.spec.kind.hosts != nil {
		s.onHosts(args)
	}
	s.task, err = ecs.NewTaskDefinition(ctx, child, args, s.child())
	return err
}

func (s *service) makeService(ctx *pulumi.Context) (err error) {
	child := children.Service.Name(s.name)
	breaker := or(s.spec.DeploymentCircuitBreaker, DeploymentCircuitBreakerRollback)
	args := &ecs.ServiceArgs{
		Cluster:        s.spec.ClusterArn,
		TaskDefinition: s.task.Arn,
		DesiredCount:   pulumi.Int(or(s.spec.DesiredCount, defaultDesiredCount)),
		NetworkConfiguration: ecs.ServiceNetworkConfigurationArgs{
			Subnets:        s.spec.subnetIds(),
			SecurityGroups: pulumi.StringArray{s.groupId()},
			AssignPublicIp: pulumi.Bool(s.spec.kind.public),
		},
		DeploymentMinimumHealthyPercent: pulumi.Int(s.spec.minimumHealthyPercent()),
		DeploymentMaximumPercent:        pulumi.Int(s.spec.maximumPercent()),
		DeploymentCircuitBreaker: ecs.ServiceDeploymentCircuitBreakerArgs{
			Enable:   pulumi.Bool(breaker != DeploymentCircuitBreakerOff),
			Rollback: pulumi.Bool(breaker == DeploymentCircuitBreakerRollback),
		},
		EnableExecuteCommand: pulumi.Bool(or(s.spec.EnableExecuteCommand, false)),
		EnableEcsManagedTags: pulumi.Bool(true),
		PropagateTags:        pulumi.String("SERVICE"),
		WaitForSteadyState:   pulumi.Bool(or(s.spec.WaitForSteadyState, true)),
		Tags:                 s.tags(child),
	}
	if s.spec.kind.hosts != nil {
		s.placeOnHosts(args)
	} else {
		s.placeOnFargate(args)
	}
	s.joinRoutes(args)
	opts := []pulumi.ResourceOption{s.child(), pulumi.DependsOn(s.waitFor), pulumi.Timeouts(s.timeouts())}
	if s.spec.ServiceName != nil {
		args.Name = pulumi.String(*s.spec.ServiceName)
		opts = append(opts, pulumi.DeleteBeforeReplace(true)) // ECS takes a name once
	}
	s.service, err = ecs.NewService(ctx, child, args, opts...)
	return err
}

func (s *service) timeouts() *pulumi.CustomTimeouts {
	t := or(s.spec.Timeouts, ServiceTimeoutsArgs{})
	minutes := func(m *int) string { return strconv.Itoa(or(m, 20)) + "m" }
	return &pulumi.CustomTimeouts{Create: minutes(t.CreateMinutes), Update: minutes(t.UpdateMinutes), Delete: minutes(t.DeleteMinutes)}
}
