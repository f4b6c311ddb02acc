package components

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// sslPolicy is the policy that AWS recommends: TLS 1.3 and 1.2.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
const sslPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06"

// maxBalancerName is the longest name of a component with a load balancer. AWS
// gives load balancers and target groups 32 characters, of which 3 are ours
// and 8 Pulumi's:
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
const maxBalancerName = 32 - len("-lb") - len("-1234567")

// HealthCheckArgs is how a load balancer finds out whether a task works.
type HealthCheckArgs struct {
	// Path to ask for, beginning with "/"; for HTTP checks. Default: "/".
	Path *string `pulumi:"path,optional"`
	// HTTP codes that mean success, such as "200" or "200-299"; for HTTP
	// checks. Default: "200".
	Matcher *string `pulumi:"matcher,optional"`
	// Seconds between two checks, 5 to 300. Default: 30.
	IntervalSeconds *int `pulumi:"intervalSeconds,optional"`
	// Seconds to wait for an answer, 2 to 120 and below intervalSeconds. Default: 5.
	TimeoutSeconds *int `pulumi:"timeoutSeconds,optional"`
	// Successes in a row until a task counts as healthy, 2 to 10. Default: 2.
	HealthyThreshold *int `pulumi:"healthyThreshold,optional"`
	// Failures in a row until a task counts as unhealthy, 2 to 10. Default: 2.
	UnhealthyThreshold *int `pulumi:"unhealthyThreshold,optional"`
}

// check refuses what AWS refuses:
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
func (a *HealthCheckArgs) check(faults *field.Faults) {
	if a == nil {
		return
	}
	checkRange(faults, "healthCheck.intervalSeconds", or(a.IntervalSeconds, 30), 5, 300)
	checkRange(faults, "healthCheck.timeoutSeconds", or(a.TimeoutSeconds, 5), 2, 120)
	checkRange(faults, "healthCheck.healthyThreshold", or(a.HealthyThreshold, 2), 2, 10)
	checkRange(faults, "healthCheck.unhealthyThreshold", or(a.UnhealthyThreshold, 2), 2, 10)
	if interval, timeout := or(a.IntervalSeconds, 30), or(a.TimeoutSeconds, 5); timeout >= interval {
		faults.Add("healthCheck.timeoutSeconds", timeout, fmt.Sprintf("is not below intervalSeconds, %d", interval), "write a smaller number of seconds")
	}
	if p := or(a.Path, "/"); !strings.HasPrefix(p, "/") {
		faults.Add("healthCheck.path", p, `does not begin with "/"`, `write "/`+p+`"`)
	}
}

// input is what the load balancer takes, nil without logs.
func (a *AccessLogsArgs) input() lb.LoadBalancerAccessLogsPtrInput {
	if a == nil {
		return nil
	}
	return lb.LoadBalancerAccessLogsArgs{Bucket: a.Bucket, Prefix: a.Prefix, Enabled: pulumi.Bool(true)}
}

func checkRange(faults *field.Faults, path string, value, low, high int) {
	if value < low || value > high {
		faults.Add(path, value, fmt.Sprintf("is not in the range %d to %d", low, high), "choose a number in that range")
	}
}

// balancerSpec is a load balancer's arguments after planning.
type balancerSpec struct {
	faults   field.Faults
	network  *Network
	facts    networkFacts
	kind     string // as AWS calls it: application or network
	internal bool
	peers    []rule
	tags     pulumi.StringMapInput

	protocol       string // of the listener that forwards
	port           int
	targetProtocol string
	certificateArn pulumi.StringPtrInput
	redirectHttp   bool
	healthProtocol string
	health         HealthCheckArgs
	deregistration int
	idleTimeout    pulumi.IntPtrInput
	accessLogs     lb.LoadBalancerAccessLogsPtrInput
}

// taskProtocol is the protocol of the rules on either side of the load
// balancer: it is UDP for both or for neither.
func (s balancerSpec) taskProtocol() string {
	if s.targetProtocol == "UDP" {
		return "udp"
	}
	return "tcp"
}

// place reads the network and finds the faults of putting a load balancer in it.
func (s *balancerSpec) place(ctx *pulumi.Context, in NetworkInput) (err error) {
	if err := checkTags(ctx, &s.faults, s.tags, 0); err != nil {
		return err
	}
	if isNil(in) {
		s.faults.Add("network", nil, "is required", "pass the network component itself, such as an IsolatedVpc")
		return nil
	}
	if s.network, err = readNetwork(ctx, in, &s.faults); err != nil || s.network == nil {
		return err
	}
	if s.facts, err = s.network.facts(ctx); err != nil {
		return err
	}
	switch {
	case !s.internal && !s.facts.publicSubnets:
		s.faults.Add("internal", false, "needs public subnets, and the network has none", "pass a NatNetwork or a PublicNetwork, or leave internal out")
	case s.internal && !s.facts.subnets:
		s.faults.Add("internal", true, "needs private subnets, and the network has none", "pass an IsolatedVpc or a NatNetwork")
	}
	return s.checkSubnets(ctx)
}

// checkSubnets finds subnets that AWS refuses for a load balancer: it takes one
// of each zone, and an Application Load Balancer needs two.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
func (s *balancerSpec) checkSubnets(ctx *pulumi.Context) error {
	subnets, err := seeNow[[]string](ctx, s.subnetIds())
	if err != nil {
		return err
	}
	zones, _ := s.facts.zoneNames.Get()
	different := len(appendNew(nil, zones...))
	switch {
	case s.kind == "application" && different == 1:
		s.faults.Add("network", nil, "has one zone, and an Application Load Balancer needs two", "add a zone to the network")
	case s.kind == "application" && len(appendNew(nil, subnets.value...)) == 1:
		s.faults.Add("network", nil, "has one subnet, and an Application Load Balancer needs two, each in a zone of its own", "add a subnet in another zone to the network")
	case s.internal && different < len(zones) && len(subnets.value) == len(zones):
		s.faults.Add("network", nil, "has two subnets in one zone, and a load balancer takes one of each zone",
			"describe a Network with one subnet of each zone for the load balancer")
	}
	return nil
}

// subnetIds are the subnets that the load balancer is in.
func (s *balancerSpec) subnetIds() pulumi.StringArrayOutput {
	if s.internal {
		return s.network.SubnetIds
	}
	return s.network.PublicSubnetIds
}

// checkPeers asks for somebody who may reach the load balancer. An internal
// one admits the network's own block unless the user names others.
func (s *balancerSpec) checkPeers(ctx *pulumi.Context, peers map[string]PeerArgs, ports []int) (err error) {
	if peers == nil && s.internal && s.network != nil && s.facts.cidrBlock {
		peers = map[string]PeerArgs{"vpc": {CidrBlock: s.network.CidrBlock.ToStringPtrOutput(), Description: ptrTo("The VPC")}}
	}
	if len(peers) == 0 {
		s.faults.Add("allowFrom", nil, "is empty, so nothing could reach the load balancer",
			`name the sources, such as {"office": {"cidrBlock": "198.51.100.0/24"}}; "0.0.0.0/0" is everyone`)
	}
	s.peers, err = planPeers(ctx, "allowFrom", peers, RuleProtocol(s.taskProtocol()), ports, &s.faults)
	return err
}

func ptrTo[T any](v T) *T { return &v }

// balancer is what a load balancer component makes.
type balancer struct {
	parent pulumi.Resource
	name   string
	spec   balancerSpec

	group    *ec2.SecurityGroup
	balancer *lb.LoadBalancer
	target   *lb.TargetGroup
	listener *lb.Listener
}

// newBalancer registers an ingress component with a load balancer's children,
// and fills its outputs.
func newBalancer(ctx *pulumi.Context, component pulumi.ComponentResource, what, token, name string, spec balancerSpec, opts []pulumi.ResourceOption) error {
	if len(name) > maxBalancerName {
		spec.faults.Add("name", name, fmt.Sprintf("is longer than the %d characters that leave room in AWS's name of a load balancer", maxBalancerName),
			"give the component a shorter name")
	}
	if err := refuse(ctx, what, name, spec.faults); err != nil {
		return err
	}
	if err := ctx.RegisterComponentResource(token, name, component, withTags(ctx, spec.tags, opts)...); err != nil {
		return err
	}
	b := &balancer{parent: component, name: name, spec: spec}
	for _, step := range []func(*pulumi.Context) error{b.makeGroup, b.makeBalancer, b.makeTarget, b.makeListeners} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	// A service that joins the target group must wait for the listener: AWS
	// refuses a target group that no load balancer uses.
	target := pulumi.OutputWithDependencies(ctx.Context(), b.target.Arn, b.listener).(pulumi.StringOutput)
	setOutputs(component, map[string]pulumi.Output{
		"networkUrn":      spec.network.urn(),
		"vpcId":           spec.network.VpcId,
		"securityGroupId": b.group.ID().ToStringOutput(),
		"protocol":        pulumi.String(spec.taskProtocol()).ToStringOutput(),
		"targetGroupArn":  target,
		"registryArn":     pulumi.String("").ToStringOutput(),
		"listenerArn":     b.listener.Arn,
		"listenerPort":    pulumi.Int(spec.port).ToIntOutput(),
		"loadBalancerArn": b.balancer.Arn,
		"dnsName":         b.balancer.DnsName,
		"zoneId":          b.balancer.ZoneId,
	})
	return ctx.RegisterResourceOutputs(component, outputsOf(component))
}

func (b *balancer) child() pulumi.ResourceOption { return pulumi.Parent(b.parent) }

func (b *balancer) tags(child string) pulumi.StringMapInput { return nameTag(b.spec.tags, child) }

func (b *balancer) makeGroup(ctx *pulumi.Context) (err error) {
	child := b.name + "-ingress"
	b.group, err = ec2.NewSecurityGroup(ctx, child, &ec2.SecurityGroupArgs{
		VpcId:       b.spec.network.VpcId,
		Description: pulumi.String(balancerGroupDescription),
		Tags:        b.tags(child),
	}, b.child())
	if err != nil {
		return err
	}
	for _, r := range b.spec.peers {
		child := fmt.Sprintf("%s-from-%s-%d", b.name, r.key, r.fromPort)
		if _, err := vpc.NewSecurityGroupIngressRule(ctx, child, r.ingress(b.group.ID(), b.tags(child)), b.child()); err != nil {
			return err
		}
	}
	return nil
}

func (b *balancer) makeBalancer(ctx *pulumi.Context) (err error) {
	child := b.name + "-lb"
	args := &lb.LoadBalancerArgs{
		LoadBalancerType: pulumi.String(b.spec.kind),
		Internal:         pulumi.Bool(b.spec.internal),
		Subnets:          b.spec.subnetIds(),
		SecurityGroups:   pulumi.StringArray{b.group.ID()},
		IdleTimeout:      b.spec.idleTimeout,
		AccessLogs:       b.spec.accessLogs,
		Tags:             b.tags(child),
	}
	if b.spec.kind == "application" {
		args.DropInvalidHeaderFields = pulumi.Bool(true)
	}
	b.balancer, err = lb.NewLoadBalancer(ctx, child, args, b.child())
	return err
}

func (b *balancer) makeTarget(ctx *pulumi.Context) (err error) {
	child, h := b.name+"-tg", b.spec.health
	check := lb.TargetGroupHealthCheckArgs{
		Protocol:           pulumi.String(b.spec.healthProtocol),
		Interval:           pulumi.Int(or(h.IntervalSeconds, 30)),
		Timeout:            pulumi.Int(or(h.TimeoutSeconds, 5)),
		HealthyThreshold:   pulumi.Int(or(h.HealthyThreshold, 2)),
		UnhealthyThreshold: pulumi.Int(or(h.UnhealthyThreshold, 2)),
	}
	if b.spec.healthProtocol == "HTTP" {
		check.Path, check.Matcher = pulumi.String(or(h.Path, "/")), pulumi.String(or(h.Matcher, "200"))
	}
	b.target, err = lb.NewTargetGroup(ctx, child, &lb.TargetGroupArgs{
		VpcId:               b.spec.network.VpcId,
		TargetType:          pulumi.String("ip"),
		Protocol:            pulumi.String(b.spec.targetProtocol),
		Port:                pulumi.Int(b.spec.port), // ECS registers each task with its own port
		DeregistrationDelay: pulumi.Int(b.spec.deregistration),
		HealthCheck:         check,
		Tags:                b.tags(child),
	}, b.child())
	return err
}

func (b *balancer) makeListeners(ctx *pulumi.Context) (err error) {
	if b.spec.redirectHttp {
		child := b.name + "-redirect"
		if _, err := lb.NewListener(ctx, child, &lb.ListenerArgs{
			LoadBalancerArn: b.balancer.Arn,
			Protocol:        pulumi.String("HTTP"),
			Port:            pulumi.Int(80),
			DefaultActions: lb.ListenerDefaultActionArray{lb.ListenerDefaultActionArgs{
				Type: pulumi.String("redirect"),
				Redirect: lb.ListenerDefaultActionRedirectArgs{
					Protocol: pulumi.String("HTTPS"), Port: pulumi.String(fmt.Sprint(b.spec.port)), StatusCode: pulumi.String("HTTP_301"),
				},
			}},
			Tags: b.tags(child),
		}, b.child()); err != nil {
			return err
		}
	}
	child := b.name + "-listener"
	args := &lb.ListenerArgs{
		LoadBalancerArn: b.balancer.Arn,
		Protocol:        pulumi.String(b.spec.protocol),
		Port:            pulumi.Int(b.spec.port),
		DefaultActions: lb.ListenerDefaultActionArray{lb.ListenerDefaultActionArgs{
			Type: pulumi.String("forward"), TargetGroupArn: b.target.Arn,
		}},
		Tags: b.tags(child),
	}
	if b.spec.certificateArn != nil {
		args.CertificateArn, args.SslPolicy = b.spec.certificateArn, pulumi.String(sslPolicy)
	}
	b.listener, err = lb.NewListener(ctx, child, args, b.child())
	return err
}
