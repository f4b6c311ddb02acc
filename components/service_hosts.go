package components

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/ec2plan"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// hostsSpec is what a service on EC2 hosts has and one on Fargate has not.
type hostsSpec struct {
	args *Ec2ServiceArgs
	mode NetworkMode
}

// tasksHaveInterfaces says whether each task has a network interface, and so a
// security group, of its own.
func (k serviceKind) tasksHaveInterfaces() bool {
	return k.hosts == nil || k.hosts.mode == NetworkModeAwsvpc
}

// checkHostNetwork finds a network in which tasks on hosts could not work.
func (s *serviceSpec) checkHostNetwork() {
	if !s.kind.tasksHaveInterfaces() {
		if !s.facts.Subnets && !s.facts.PublicSubnets {
			s.faults.Add("network", nil, "has no subnets", "pass the network that the Ec2Capacity is in")
		}
		return
	}
	if !s.facts.Subnets {
		s.faults.Add("network", nil, `has no private subnets, and in network mode "awsvpc" a task on EC2 never gets a public address, so it cannot use an internet gateway`,
			`pass an IsolatedVpc or a NatNetwork, or write networkMode "bridge" or "host" for hosts in public subnets, or use FargatePublicService`)
	}
	if s.facts.Assume().OutOfReach() {
		s.faults.Add("network", nil, "declares endpoints as its only way out, but not how to reach them",
			"declare its endpointSecurityGroupId, or its cidrBlock")
	}
}

// checkHosts finds what is wrong with the arguments that only a service on
// hosts has.
func (s *serviceSpec) checkHosts(ctx *pulumi.Context) error {
	if s.kind.hosts == nil {
		return nil
	}
	a := s.kind.hosts.args
	if isNil(a.CapacityProviderName) {
		s.faults.Add("capacityProviderName", nil, "is required", "pass the capacityProviderName of an Ec2Capacity")
	}
	if or(a.AssignPublicIp, false) {
		s.faults.Add("assignPublicIp", true, `is not possible: on EC2 a task in network mode "awsvpc" never gets a public address, and in the other modes it has its host's`,
			`leave it out; write networkMode "bridge" or "host" on an Ec2Capacity with placement "Public", or use FargatePublicService`)
	}
	checkEnum(&s.faults, "networkMode", a.NetworkMode, NetworkModeAwsvpc, NetworkModeBridge, NetworkModeHost)
	checkEnum(&s.faults, "portProtocol", a.PortProtocol, RuleProtocolTcp, RuleProtocolUdp)
	s.faults = append(s.faults, taskplan.CheckHostPort("", string(s.kind.hosts.mode), a.ContainerPort, a.HostPort)...)
	s.faults = append(s.faults, taskplan.CheckHostSize("", a.Cpu, a.MemoryMib)...)
	if !s.kind.tasksHaveInterfaces() {
		for _, given := range []struct {
			path  string
			rules map[string]RuleArgs
		}{{"ingressRules", a.IngressRules}, {"egressRules", a.EgressRules}} {
			if len(given.rules) > 0 {
				s.faults.Add(given.path, nil, `cannot be given in network mode "`+string(s.kind.hosts.mode)+`", in which the tasks share their host's security group`,
					"write the rules on the Ec2Capacity, or use network mode \"awsvpc\"")
			}
		}
	}
	if !s.kind.tasksHaveInterfaces() && !isNil(a.Ingress) {
		s.faults.Add("ingress", nil, `cannot be given in network mode "`+string(s.kind.hosts.mode)+`": it sends requests to the tasks' own addresses, and there they have none`,
			`use network mode "awsvpc"`)
	}
	return checkText(ctx, &s.faults, a.CapacityProviderName, func(name string) field.Faults {
		return ec2plan.CheckCapacityProvider("capacityProviderName", name)
	})
}

// weight is the capacity provider's weight in the service's strategy. With one
// provider it weighs nothing. But ECS cannot change the network mode of a
// service, and the provider does not see that a change of the task definition
// is one; a change of the strategy replaces the service:
// https://www.pulumi.com/registry/packages/aws/api-docs/ecs/service/#forcenewdeployment_go
func (m NetworkMode) weight() int {
	switch m {
	case NetworkModeBridge:
		return 2
	case NetworkModeHost:
		return 3
	}
	return 1
}

// onHosts turns the arguments of a task definition for Fargate into those for
// hosts: a task needs memory, in every network mode, but no cpu, and any
// architecture fits unless the user names one.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
func (s *service) onHosts(args *ecs.TaskDefinitionArgs) {
	args.RequiresCompatibilities = pulumi.ToStringArray([]string{"EC2"})
	args.NetworkMode = pulumi.String(string(s.spec.kind.hosts.mode))
	if s.spec.Cpu == nil {
		args.Cpu = nil
	}
	if s.spec.CpuArchitecture == nil {
		args.RuntimePlatform = nil
	}
}

// setContainer changes what a container on a host has in another way.
func (h *hostsSpec) setContainer(c *taskplan.Container) {
	if h == nil {
		return
	}
	if h.mode == NetworkModeBridge {
		port := or(h.args.HostPort, 0)
		c.HostPort = &port
	}
}

// placeOnHosts turns the arguments of a service on Fargate into those of one
// on hosts.
func (s *service) placeOnHosts(args *ecs.ServiceArgs) {
	args.CapacityProviderStrategies = ecs.ServiceCapacityProviderStrategyArray{ecs.ServiceCapacityProviderStrategyArgs{
		CapacityProvider: s.spec.kind.hosts.args.CapacityProviderName,
		Weight:           pulumi.Int(s.spec.kind.hosts.mode.weight()),
	}}
	// A zone's loss, then a host's, should leave tasks running.
	args.OrderedPlacementStrategies = ecs.ServiceOrderedPlacementStrategyArray{
		ecs.ServiceOrderedPlacementStrategyArgs{Type: pulumi.String("spread"), Field: pulumi.String("attribute:ecs.availability-zone")},
		ecs.ServiceOrderedPlacementStrategyArgs{Type: pulumi.String("spread"), Field: pulumi.String("instanceId")},
	}
	if !s.spec.kind.tasksHaveInterfaces() {
		args.NetworkConfiguration = nil
	}
}
