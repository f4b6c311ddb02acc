package cloud

import (
	"cmp"
	"context"
	"regexp"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

var _ = addRules(map[string]rule{
	"ECS.RegisterTaskDefinition": {
		before: before(func(_ context.Context, _ *Cloud, in *ecs.RegisterTaskDefinitionInput) error {
			return checkTaskDefinition(in)
		}),
		after: after(func(_ context.Context, _ *Cloud, _ *ecs.RegisterTaskDefinitionInput, out *ecs.RegisterTaskDefinitionOutput) error {
			completeContainers(out.TaskDefinition)
			return nil
		}),
		source: ecsAPI + "RegisterTaskDefinition.html",
	},
	"ECS.DescribeTaskDefinition": {
		after: after(func(_ context.Context, _ *Cloud, _ *ecs.DescribeTaskDefinitionInput, out *ecs.DescribeTaskDefinitionOutput) error {
			completeContainers(out.TaskDefinition)
			return nil
		}),
		source: ecsAPI + "ContainerDefinition.html",
	},
})

// fargateMemory lists the MiB that Fargate offers for each number of CPU units.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
var fargateMemory = map[int][]int{
	256:   {512, 1024, 2048},
	512:   steps(1024, 4096, 1024),
	1024:  steps(2048, 8192, 1024),
	2048:  steps(4096, 16384, 1024),
	4096:  steps(8192, 30720, 1024),
	8192:  steps(16384, 61440, 4096),
	16384: steps(32768, 122880, 8192),
	32768: {61440, 122880, 249856},
}

func steps(from, to, by int) []int {
	var out []int
	for n := from; n <= to; n += by {
		out = append(out, n)
	}
	return out
}

var roleARN = regexp.MustCompile(`^arn:aws[a-z-]*:iam::\d{12}:role/.+$`)

func checkTaskDefinition(in *ecs.RegisterTaskDefinitionInput) error {
	if !ecsName.MatchString(aws.ToString(in.Family)) {
		return clientFault("Family %q contains invalid characters. Up to 255 letters, numbers, underscores and hyphens are allowed.", aws.ToString(in.Family))
	}
	for _, role := range []*string{in.ExecutionRoleArn, in.TaskRoleArn} {
		if role != nil && !roleARN.MatchString(*role) {
			return clientFault("Role is not valid: %q is not the ARN of an IAM role.", *role)
		}
	}
	if len(in.ContainerDefinitions) == 0 {
		return clientFault("Container list cannot be empty.")
	}
	if in.EphemeralStorage != nil && (in.EphemeralStorage.SizeInGiB < 21 || in.EphemeralStorage.SizeInGiB > 200) {
		return clientFault("Invalid ephemeral storage size: %d GiB. It must be between 21 and 200.", in.EphemeralStorage.SizeInGiB)
	}
	if err := checkContainers(in); err != nil {
		return err
	}
	if contains(in.RequiresCompatibilities, types.CompatibilityFargate) {
		return checkFargate(in)
	}
	return nil
}

func checkContainers(in *ecs.RegisterTaskDefinitionInput) error {
	names := map[string]bool{}
	essential := false
	cpu, memory := 0, 0
	for _, c := range in.ContainerDefinitions {
		name := aws.ToString(c.Name)
		if !ecsName.MatchString(name) {
			return clientFault("Container.name %q is invalid. Up to 255 letters, numbers, underscores and hyphens are allowed.", name)
		}
		if names[name] {
			return clientFault("Container name %q is not unique: every container of a task definition needs a name of its own.", name)
		}
		names[name] = true
		if aws.ToString(c.Image) == "" {
			return clientFault("Container.image should not be null or empty.")
		}
		essential = essential || c.Essential == nil || *c.Essential
		cpu += int(c.Cpu)
		memory += int(max(aws.ToInt32(c.Memory), aws.ToInt32(c.MemoryReservation)))
		if c.Memory != nil && c.MemoryReservation != nil && *c.MemoryReservation > *c.Memory {
			return clientFault("Invalid setting for container '%s'. 'memory' must not be less than 'memoryReservation'.", name)
		}
		if in.Memory == nil && c.Memory == nil && c.MemoryReservation == nil && !contains(in.RequiresCompatibilities, types.CompatibilityFargate) {
			return clientFault("Invalid setting for container '%s'. At least one of 'memory' or 'memoryReservation' must be specified.", name)
		}
		if err := checkContainerValues(in, c); err != nil {
			return err
		}
	}
	if !essential {
		return clientFault("Invalid 'essential' setting: a task definition needs at least one essential container.")
	}
	if limit, err := strconv.Atoi(aws.ToString(in.Cpu)); err == nil && cpu > limit {
		return clientFault("Invalid 'cpu' setting for task: the containers ask for %d CPU units, the task has %d.", cpu, limit)
	}
	if limit, err := strconv.Atoi(aws.ToString(in.Memory)); err == nil && memory > limit {
		return clientFault("Invalid 'memory' setting for task: the containers ask for %d MiB, the task has %d.", memory, limit)
	}
	return nil
}

// checkContainerValues checks a container's environment, secrets and ports.
func checkContainerValues(in *ecs.RegisterTaskDefinitionInput, c types.ContainerDefinition) error {
	names := map[string]bool{}
	for _, e := range c.Environment {
		names[aws.ToString(e.Name)] = true
	}
	for _, s := range c.Secrets {
		name := aws.ToString(s.Name)
		if names[name] {
			return clientFault("The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '%s'.", name)
		}
		names[name] = true
		if in.ExecutionRoleArn == nil {
			return clientFault("When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.")
		}
	}
	for _, p := range c.PortMappings {
		port, host := aws.ToInt32(p.ContainerPort), aws.ToInt32(p.HostPort)
		if p.ContainerPort != nil && (port < 1 || port > 65535) {
			return clientFault("Invalid container port: %d. It must be between 1 and 65535.", port)
		}
		if in.NetworkMode == types.NetworkModeAwsvpc && host != 0 && host != port {
			return clientFault("When networkMode=awsvpc, the host ports and container ports in port mappings must match.")
		}
		if in.NetworkMode == types.NetworkModeHost && host != 0 && host != port {
			return clientFault("When networkMode=host, the host ports and container ports in port mappings must match.")
		}
		if host < 0 || host > 65535 {
			return clientFault("Invalid host port: %d. It must be between 0 and 65535.", host)
		}
	}
	return checkLogging(in, c)
}

// checkLogging checks a container's log driver.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
func checkLogging(in *ecs.RegisterTaskDefinitionInput, c types.ContainerDefinition) error {
	if c.LogConfiguration == nil {
		return nil
	}
	fargate := contains(in.RequiresCompatibilities, types.CompatibilityFargate)
	driver, options := c.LogConfiguration.LogDriver, c.LogConfiguration.Options
	if !contains(driver.Values(), driver) {
		return clientFault("Invalid log driver %q.", driver)
	}
	if mode, ok := options["mode"]; ok && mode != "blocking" && mode != "non-blocking" {
		return clientFault("Invalid value %q for the log option mode: blocking or non-blocking.", mode)
	}
	if _, ok := options["max-buffer-size"]; ok && options["mode"] == "blocking" {
		return clientFault("The log option max-buffer-size is valid with mode=non-blocking only.")
	}
	if driver != types.LogDriverAwslogs {
		if fargate && driver != types.LogDriverSplunk && driver != types.LogDriverAwsfirelens {
			return clientFault("Fargate does not support the log driver %s; it supports awslogs, splunk and awsfirelens.", driver)
		}
		return nil
	}
	if fargate && in.ExecutionRoleArn == nil {
		return clientFault("Fargate requires task definition to have execution role ARN to support log driver awslogs.")
	}
	needed := []string{"awslogs-group", "awslogs-region"}
	if fargate {
		needed = append(needed, "awslogs-stream-prefix")
	}
	for _, option := range needed {
		if options[option] == "" {
			return clientFault("Log driver awslogs requires options: %s. Missing: %s.", strings.Join(needed, ", "), option)
		}
	}
	return nil
}

var ecrImage = regexp.MustCompile(`^\d{12}\.dkr[.-]ecr[.-]`)

// checkFargate checks what Fargate asks of a task definition.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
func checkFargate(in *ecs.RegisterTaskDefinitionInput) error {
	if in.NetworkMode != types.NetworkModeAwsvpc {
		return clientFault("Fargate only supports network mode 'awsvpc'.")
	}
	if in.Cpu == nil || in.Memory == nil {
		return clientFault("Fargate requires that 'cpu' and 'memory' be defined at the task level.")
	}
	cpu, _ := strconv.Atoi(*in.Cpu)
	memory, _ := strconv.Atoi(*in.Memory)
	if !contains(fargateMemory[cpu], memory) {
		return clientFault("No Fargate configuration exists for given values: %s CPU, %s memory. See the Amazon ECS documentation for the valid values.", *in.Cpu, *in.Memory)
	}
	for _, c := range in.ContainerDefinitions {
		if ecrImage.MatchString(aws.ToString(c.Image)) && in.ExecutionRoleArn == nil {
			return clientFault("Fargate requires task definition to have execution role ARN to support ECR images.")
		}
		if aws.ToBool(c.Privileged) {
			return clientFault("Tasks using the Fargate launch type do not support privileged containers.")
		}
	}
	return nil
}

// completeContainers tells containers as ECS does: with empty lists where
// nothing is given, and with its defaults.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
func completeContainers(task *types.TaskDefinition) {
	for i := range task.ContainerDefinitions {
		c := &task.ContainerDefinitions[i]
		c.Environment, c.MountPoints, c.VolumesFrom = listed(c.Environment), listed(c.MountPoints), listed(c.VolumesFrom)
		c.PortMappings, c.SystemControls = listed(c.PortMappings), listed(c.SystemControls)
		if c.Essential == nil {
			c.Essential = aws.Bool(true)
		}
		for j := range c.PortMappings {
			p := &c.PortMappings[j]
			p.Protocol = cmp.Or(p.Protocol, types.TransportProtocolTcp)
			if aws.ToInt32(p.HostPort) != 0 {
				continue
			}
			p.HostPort = aws.Int32(0) // one that Docker chooses
			if task.NetworkMode == types.NetworkModeAwsvpc || task.NetworkMode == types.NetworkModeHost {
				p.HostPort = p.ContainerPort
			}
		}
		if h := c.HealthCheck; h != nil {
			for value, usual := range map[**int32]int32{&h.Interval: 30, &h.Retries: 3, &h.Timeout: 5} {
				if *value == nil {
					*value = aws.Int32(usual)
				}
			}
		}
	}
}

// listed is a list that is there, with or without elements.
func listed[E any](list []E) []E { return append([]E{}, list...) }
