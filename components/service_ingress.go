package components

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

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
		s.flight.task.Ports = []preflight.Port{{Number: preflight.Known(p), Protocol: s.portProtocol()}}
	}
	if s.in == nil || !s.joins.targetGroup {
		return
	}
	balancer := &preflight.LoadBalancer{Argument: "ingress", Zones: s.joins.zones}
	if s.joins.listenerProtocol != "" {
		balancer.Application = preflight.Known(s.joins.application())
	}
	s.flight.task.LoadBalancer = balancer
}

// openIngress lets the ingress reach the tasks, on the container's port and the
// one that is checked, and on no other: a rule on either group for each.
func (s *service) openIngress(ctx *pulumi.Context, g *guard) error {
	if s.spec.in == nil {
		return nil
	}
	port := *s.spec.ContainerPort
	if err := s.openPort(ctx, g, "Requests for", port, s.spec.portProtocol()); err != nil {
		return err
	}
	if checked, open := s.spec.joins.checks(port); !open {
		return s.openPort(ctx, g, "Health checks of", checked, string(RuleProtocolTcp))
	}
	return nil
}

// openPort makes the two rules of a port. Their name says all that they open: AWS
// refuses a second rule of the same content, so two of them can change places
// only by name; and while a service moves to another port, the tasks on the old
// one are reached until they have gone.
func (s *service) openPort(ctx *pulumi.Context, g *guard, what string, port int, protocol string) error {
	role := fmt.Sprintf("from-ingress-%s-%d", protocol, port)
	r := rule{
		fromPort: port, toPort: port, protocol: protocol,
		description: what + " the ECS service " + s.name,
		group:       s.spec.in.SecurityGroupId.ToStringPtrOutput(),
	}
	if err := g.allowIn(ctx, role, g.group.ID(), r); err != nil {
		return err
	}
	r.group = s.group.ID().ToStringPtrOutput()
	child := s.name + "-" + role
	made, err := vpc.NewSecurityGroupEgressRule(ctx, child, r.egress(s.spec.in.SecurityGroupId, s.tags(child)), s.child())
	s.waitFor = append(s.waitFor, made)
	return err
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
