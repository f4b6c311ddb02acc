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
		s.checkTargetArgs("has no effect without an ingress", "pass an ApplicationIngress or a NetworkIngress as ingress, or leave it out")
		return nil
	}
	if s.ContainerPort == nil {
		s.faults.Add("containerPort", nil, "is required with ingress", "write the port that the container listens on")
	}
	if s.in, s.joins, err = readIngress(ctx, "ingress", s.Ingress, &s.faults); err != nil || s.in == nil {
		return err
	}
	s.checkRoute()
	if s.network == nil {
		return nil
	}
	if p := s.portProtocol(); p != or(notEmpty(s.joins.protocol), p) {
		s.faults.Add("portProtocol", p, "is not what the ingress sends, "+s.joins.protocol, "leave it out, or pass another ingress")
	}
	return checkSameVpc(ctx, "ingress", s.in, s.network, &s.faults)
}

// checkRoute finds what the ingress has no use for, or cannot be given.
func (s *serviceSpec) checkRoute() {
	if !s.joins.balances() {
		s.checkTargetArgs("has no effect with an ApiIngress, which sends requests to every task that runs", "leave it out, or pass an ApplicationIngress or a NetworkIngress as ingress")
		if !s.joins.registers {
			s.faults.Add("ingress", nil, "is an ApiIngress that sends its requests to its loadBalancer", "pass that load balancer as ingress")
		}
		return
	}
	health := or(s.HealthCheck, HealthCheckArgs{})
	health.check(&s.faults)
	checkRange(&s.faults, "deregistrationDelaySeconds", s.deregistrationDelay(), 0, 3600)
	if s.joins.application() {
		return
	}
	const why, fix = "has no effect with a NetworkIngress, which checks by opening a TCP connection", "leave it out, or pass an ApplicationIngress as ingress"
	if health.Path != nil {
		s.faults.Add("healthCheck.path", *health.Path, why, fix)
	}
	if health.Matcher != nil {
		s.faults.Add("healthCheck.matcher", *health.Matcher, why, fix)
	}
}

// checkTargetArgs refuses the arguments of a target group where there is none.
func (s *serviceSpec) checkTargetArgs(why, fix string) {
	if s.HealthCheck != nil {
		s.faults.Add("healthCheck", nil, why, fix)
	}
	if s.DeregistrationDelaySeconds != nil {
		s.faults.Add("deregistrationDelaySeconds", *s.DeregistrationDelaySeconds, why, fix)
	}
}

func (s *serviceSpec) deregistrationDelay() int { return or(s.DeregistrationDelaySeconds, 30) }

// routes are the ways to the tasks.
func (s *serviceSpec) routes() []route {
	if s.in == nil || s.ContainerPort == nil {
		return nil
	}
	return []route{{
		name: allRequests, in: s.in, facts: s.joins, container: s.containerName, port: *s.ContainerPort,
		health: or(s.HealthCheck, HealthCheckArgs{}), deregistrationDelay: s.deregistrationDelay(),
	}}
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
	if s.in == nil || !s.joins.balances() {
		return
	}
	balancer := &preflight.LoadBalancer{Argument: "ingress", Zones: s.joins.zones}
	balancer.Application = fact.Known(s.joins.application())
	s.flight.task.LoadBalancer = balancer
}

// openings are the rules by which the ingress reaches the tasks: on the
// container's port, and on the one that is checked where that is another.
func (s *serviceSpec) openings(name string) []rule {
	var rules []rule
	for _, r := range s.routes() {
		opening := func(what string, port int, protocol string) rule {
			return rule{
				written:  r.facts.name(),
				fromPort: port, toPort: port, protocol: protocol, description: what + " the ECS service " + name,
				group: r.in.SecurityGroupId.ToStringPtrOutput(),
			}
		}
		rules = append(rules, opening("Requests for", r.port, s.portProtocol()))
		// Checks are always TCP.
		if checked := or(r.health.Port, r.port); r.facts.balances() && (checked != r.port || s.portProtocol() == string(RuleProtocolUdp)) {
			rules = append(rules, opening("Health checks of", checked, string(RuleProtocolTcp)))
		}
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
// can change places only by name; and while a service moves to another port or
// another ingress, the old one is open until the old tasks have gone.
func (s *service) openIngress(ctx *pulumi.Context, g *guard) error {
	for _, r := range s.spec.openings(s.name) {
		if err := g.allowIn(ctx, children.FromIngress.Name(s.name, r.written, r.protocol, r.ports()), g.group.ID(), r); err != nil {
			return err
		}
		r.group = s.group.ID().ToStringPtrOutput()
		child := children.IngressToTasks.Name(s.name, r.written, r.protocol, r.ports())
		made, err := vpc.NewSecurityGroupEgressRule(ctx, child, r.egress(s.spec.in.SecurityGroupId, s.tags(child)), s.child())
		s.waitFor = append(s.waitFor, made)
		if err != nil {
			return err
		}
	}
	return nil
}

// joinRoutes has ECS register the tasks with what leads to them.
func (s *service) joinRoutes(args *ecs.ServiceArgs) {
	args.ServiceRegistries = s.joined.registry
	if len(s.joined.balancers) == 0 {
		return
	}
	args.LoadBalancers = s.joined.balancers
	// Never by default: ECS may refuse a grace period in the update in which a
	// running service gets its first load balancer.
	// https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1313
	if s.spec.HealthCheckGracePeriodSeconds != nil {
		args.HealthCheckGracePeriodSeconds = pulumi.Int(*s.spec.HealthCheckGracePeriodSeconds)
	}
}

// makeRoutes makes the ways to the tasks.
func (s *service) makeRoutes(ctx *pulumi.Context) error {
	s.listenerArn = pulumi.String("").ToStringOutput()
	for _, r := range s.spec.routes() {
		if err := s.makeRoute(ctx, r); err != nil {
			return err
		}
	}
	return nil
}
