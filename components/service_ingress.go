package components

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/preflight"
)

func (s *serviceSpec) readIngress(ctx *pulumi.Context) (err error) {
	if isNil(s.Ingress) {
		return nil
	}
	if s.ContainerPort == nil {
		s.faults.Add("containerPort", nil, "is required with ingress", "write the port that the container listens on")
	}
	if s.in, s.joins, err = readIngress(ctx, "ingress", s.Ingress, &s.faults); err != nil || s.in == nil || s.network == nil {
		return err
	}
	if p := s.portProtocol(); p != or(notEmpty(s.joins.protocol), p) {
		s.faults.Add("portProtocol", p, "is not what the ingress sends, "+s.joins.protocol, "leave it out, or pass another ingress")
	}
	return checkSameVpc(ctx, "ingress", s.in, s.network, &s.faults)
}

// portProtocol is the protocol of the container's port: that of the ingress,
// unless the user writes one.
func (s *serviceSpec) portProtocol() string {
	sent := or(notEmpty(s.joins.protocol), string(RuleProtocolTcp))
	if s.kind.hosts == nil {
		return sent
	}
	return string(or(s.kind.hosts.args.PortProtocol, RuleProtocol(sent)))
}

// readIngressFlight tells the preflight of the container's port and of the load
// balancer before it.
func (s *serviceSpec) readIngressFlight() {
	if p := or(s.ContainerPort, 0); p >= 1 && p <= 65535 { // else it is a fault already
		s.flight.task.Ports = []preflight.Port{{Number: fact.Known(p), Protocol: s.portProtocol()}}
	}
	if s.in == nil || !s.joins.targetGroup {
		return
	}
	balancer := &preflight.LoadBalancer{Argument: "ingress", Zones: s.joins.zones}
	if s.joins.listenerProtocol != "" {
		balancer.Application = fact.Known(s.joins.application())
	}
	s.flight.task.LoadBalancer = balancer
}

// openings are the rules by which the ingress reaches the tasks: on the
// container's port, and on the one that is checked where that is another.
func (s *serviceSpec) openings(name string) []rule {
	if s.in == nil || s.ContainerPort == nil {
		return nil
	}
	opening := func(what string, port int, protocol string) rule {
		return rule{
			fromPort: port, toPort: port, protocol: protocol, description: what + " the ECS service " + name,
			group: s.in.SecurityGroupId.ToStringPtrOutput(),
		}
	}
	port := *s.ContainerPort
	rules := []rule{opening("Requests for", port, s.portProtocol())}
	if checked, open := s.joins.checks(port); !open {
		rules = append(rules, opening("Health checks of", checked, string(RuleProtocolTcp)))
	}
	return rules
}

// leaveOutOwnRules leaves out the rules of the user's that the service makes
// itself for its ingress.
func (s *serviceSpec) leaveOutOwnRules(ctx *pulumi.Context) {
	if len(s.ingress) == 0 {
		return
	}
	for _, own := range s.openings("") {
		own.peer = peerOf(ctx, own)
		s.ingress = slices.DeleteFunc(s.ingress, own.opensTheSame)
	}
}

// openIngress makes a rule on either group for each opening. Its name says all
// that it opens: AWS refuses a second rule of the same content, so two of them
// can change places only by name; and while a service moves to another port, the
// tasks on the old one are reached until they have gone.
func (s *service) openIngress(ctx *pulumi.Context, g *guard) error {
	if s.spec.in == nil {
		return nil
	}
	from, err := s.spec.in.name(ctx)
	if err != nil {
		return err
	}
	for _, r := range s.spec.openings(s.name) {
		if err := g.allowIn(ctx, children.FromIngress.Name(s.name, from, r.protocol, r.ports()), g.group.ID(), r); err != nil {
			return err
		}
		r.group = s.group.ID().ToStringPtrOutput()
		child := children.IngressToTasks.Name(s.name, from, r.protocol, r.ports())
		made, err := vpc.NewSecurityGroupEgressRule(ctx, child, r.egress(s.spec.in.SecurityGroupId, s.tags(child)), s.child())
		s.waitFor = append(s.waitFor, made)
		if err != nil {
			return err
		}
	}
	return nil
}

// join has ECS register the tasks with the ingress.
func (s *service) join(args *ecs.ServiceArgs) {
	if s.spec.in == nil {
		return
	}
	name, port := pulumi.String(s.spec.containerName), pulumi.Int(*s.spec.ContainerPort)
	if s.spec.joins.targetGroup {
		args.LoadBalancers = ecs.ServiceLoadBalancerArray{ecs.ServiceLoadBalancerArgs{
			TargetGroupArn: s.spec.in.TargetGroupArn, ContainerName: name, ContainerPort: port,
		}}
		// Never by default: ECS may refuse a grace period in the update in which a
		// running service gets its first load balancer.
		// https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1313
		if s.spec.HealthCheckGracePeriodSeconds != nil {
			args.HealthCheckGracePeriodSeconds = pulumi.Int(*s.spec.HealthCheckGracePeriodSeconds)
		}
		return
	}
	args.ServiceRegistries = ecs.ServiceServiceRegistriesArgs{
		RegistryArn: s.spec.in.RegistryArn, ContainerName: name, ContainerPort: port,
	}
}
