package components

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/servicediscovery"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// allRequests is the name of the route that `ingress` stands for: it takes
// whatever the ingress gets.
const allRequests = "all"

// route leads from an ingress to the tasks of a service. All of it belongs to the
// service, so that an ingress need not know who joins it.
type route struct {
	// name is the route's; what it consists of is named SERVICE-ROUTE-...
	name                string
	in                  *Ingress
	facts               ingressFacts
	container           string
	port                int
	health              HealthCheckArgs
	deregistrationDelay int
}

// targetPort is the port that target groups are made with. AWS cannot change
// it, and has no use for it: ECS registers each task with a port of its own.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
const targetPort = 80

// lastPriority is that of a rule which all others of its listener go before.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html
const lastPriority = 50000

// cloudMapServiceName is a label of a DNS name.
// https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html
var cloudMapServiceName = nameRule{"Cloud Map service", 63, regexp.MustCompile(`^-|[^A-Za-z0-9_-]`), `letters, digits, "_" and "-", and no "-" at the beginning`}

// makeRoute makes what a route consists of, and notes what ECS has to be told.
// Everything of it has to be there before the ECS service, which could not join
// a target group that no load balancer uses.
func (s *service) makeRoute(ctx *pulumi.Context, r route) error {
	if !r.facts.balances() {
		return s.makeApiRoute(ctx, r)
	}
	target, err := s.makeTargets(ctx, r)
	if err != nil {
		return err
	}
	s.joined.balancers = append(s.joined.balancers, ecs.ServiceLoadBalancerArgs{
		TargetGroupArn: target.Arn, ContainerName: pulumi.String(r.container), ContainerPort: pulumi.Int(r.port),
	})
	if r.facts.application() {
		return s.makeRule(ctx, r, target)
	}
	return s.makeListener(ctx, r, target)
}

// makeTargets makes the target group of a route. A target group belongs to one
// load balancer at a time. So with another ApplicationIngress a new one is made,
// and the tasks are reached through both until they have moved; on another
// NetworkIngress the listener, which has to go first, takes it along.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
func (s *service) makeTargets(ctx *pulumi.Context, r route) (*lb.TargetGroup, error) {
	protocol, health := "TCP", "TCP"
	opts := []pulumi.ResourceOption{s.child()}
	switch {
	case r.facts.application():
		protocol, health = "HTTP", "HTTP"
		opts = append(opts, pulumi.ReplacementTrigger(r.in.SecurityGroupId))
	case r.facts.protocol == string(RuleProtocolUdp):
		protocol = "UDP"
	}
	child := children.Targets.Name(s.name, r.name)
	return lb.NewTargetGroup(ctx, child, &lb.TargetGroupArgs{
		NamePrefix:          pulumi.String(targetGroupPrefix(s.name)),
		VpcId:               s.spec.network.VpcId,
		TargetType:          pulumi.String("ip"),
		Protocol:            pulumi.String(protocol),
		Port:                pulumi.Int(targetPort),
		DeregistrationDelay: pulumi.Int(r.deregistrationDelay),
		HealthCheck:         r.health.input(health),
		Tags:                s.tags(child),
	}, opts...)
}

// targetGroupPrefix begins the name of a service's target groups. AWS's names of
// target groups have 32 characters, into which those of a service and a route do
// not fit; the aws provider fills up 6 of them.
// https://www.pulumi.com/registry/packages/aws/api-docs/lb/targetgroup/
func targetGroupPrefix(name string) string {
	begin := strings.Trim(notInBalancerName.ReplaceAllString(name, "-"), "-")
	if begin == "" {
		begin = "tasks"
	}
	return strings.TrimRight(begin[:min(len(begin), 5)], "-") + "-"
}

// makeRule makes the listener rule of a route behind an ApplicationIngress.
// Where the listener is another one, because the ingress got a certificate or is
// another one itself, the new rule is there before the old one goes.
func (s *service) makeRule(ctx *pulumi.Context, r route, target *lb.TargetGroup) error {
	child := children.Rule.Name(s.name, r.name)
	made, err := lb.NewListenerRule(ctx, child, &lb.ListenerRuleArgs{
		ListenerArn: r.in.ListenerArn,
		Priority:    pulumi.Int(lastPriority),
		Conditions: lb.ListenerRuleConditionArray{lb.ListenerRuleConditionArgs{
			PathPattern: lb.ListenerRuleConditionPathPatternArgs{Values: pulumi.ToStringArray([]string{"/*"})},
		}},
		Actions: lb.ListenerRuleActionArray{lb.ListenerRuleActionArgs{Type: pulumi.String("forward"), TargetGroupArn: target.Arn}},
		Tags:    s.tags(child),
	}, s.child())
	s.waitFor = append(s.waitFor, made)
	return err
}

// makeListener makes the listener of a route behind a NetworkIngress.
func (s *service) makeListener(ctx *pulumi.Context, r route, target *lb.TargetGroup) error {
	child := children.RouteListener.Name(s.name, r.name)
	l := listener{port: r.facts.port, protocol: r.facts.listenerProtocol}
	args := l.args(r.in.LoadBalancerArn, r.in.CertificateArn.ToStringPtrOutput(),
		lb.ListenerDefaultActionArgs{Type: pulumi.String("forward"), TargetGroupArn: target.Arn})
	args.Tags = s.tags(child)
	made, err := lb.NewListener(ctx, child, args, append(listenerOptions(), s.child())...)
	if err == nil {
		s.listenerArn = made.Arn
	}
	s.waitFor = append(s.waitFor, made)
	return err
}

// makeApiRoute makes the Cloud Map service that the tasks of a route register
// in, and has the API of an ApiIngress send its requests there.
func (s *service) makeApiRoute(ctx *pulumi.Context, r route) error {
	child := children.RouteRegistry.Name(s.name, r.name)
	registry, err := servicediscovery.NewService(ctx, child, &servicediscovery.ServiceArgs{
		DnsConfig: servicediscovery.ServiceDnsConfigArgs{
			NamespaceId: r.in.NamespaceId,
			// API Gateway needs the port as well as the address.
			DnsRecords: servicediscovery.ServiceDnsConfigDnsRecordArray{servicediscovery.ServiceDnsConfigDnsRecordArgs{
				Type: pulumi.String("SRV"), Ttl: pulumi.Int(60),
			}},
			RoutingPolicy: pulumi.String("MULTIVALUE"),
		},
		HealthCheckCustomConfig: servicediscovery.ServiceHealthCheckCustomConfigArgs{FailureThreshold: pulumi.Int(1)},
		// ECS takes its tasks out in its own time, and AWS deletes no service that
		// holds any.
		// https://docs.aws.amazon.com/cloud-map/latest/api/API_DeleteService.html
		ForceDestroy: pulumi.Bool(true),
		Tags:         s.tags(child),
	}, s.child())
	if err != nil {
		return err
	}
	s.joined.registry = ecs.ServiceServiceRegistriesArgs{
		RegistryArn: registry.Arn, ContainerName: pulumi.String(r.container), ContainerPort: pulumi.Int(r.port),
	}
	made, err := (&integration{
		apiId: r.in.ApiId, linkId: r.in.VpcLinkId, to: registry.Arn, timeout: r.in.TimeoutMilliseconds, parent: s.child(),
	}).make(ctx, children.ApiIntegration.Name(s.name, r.name), children.ApiRoute.Name(s.name, r.name))
	s.waitFor = append(s.waitFor, made...)
	return err
}

// checkRoutes refuses a route that another service of this program has already:
// AWS takes one rule of each priority, one listener on each port, and one route
// of each key. It comes after the other checks because a service that is refused
// has nothing.
func (s *service) checkRoutes(ctx *pulumi.Context) error {
	for _, r := range s.spec.routes() {
		urn, known, err := await[string](ctx, s.parent.URN().ToStringOutput())
		if err != nil || !known {
			return err
		}
		other := take(ctx, string(r.facts.urn), "requests "+r.name, urn)
		if other == "" {
			continue
		}
		var faults field.Faults
		faults.Add("ingress", nil, fmt.Sprintf("%s %q sends all its requests to %q already", r.facts.kind(), r.facts.name(), resource.URN(other).Name()),
			"pass another ingress, or take it from the other service")
		return invalidArgs(s.spec.kind.component, s.name, faults)
	}
	return nil
}
