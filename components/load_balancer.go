package components

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
)

// input is what the load balancer takes, nil without logs.
func (a *AccessLogsArgs) input() lb.LoadBalancerAccessLogsPtrInput {
	if a == nil {
		return nil
	}
	return lb.LoadBalancerAccessLogsArgs{Bucket: a.Bucket, Prefix: a.Prefix, Enabled: pulumi.Bool(true)}
}

// The kinds of load balancer, as AWS calls them.
const (
	applicationBalancer = "application"
	networkBalancer     = "network"
)

// balancerSpec is a load balancer's arguments after planning.
type balancerSpec struct {
	faults   field.Faults
	network  *Network
	facts    netfacts.Network
	kind     string
	internal bool
	peers    []rule
	tags     pulumi.StringMapInput

	// listeners are the ports that clients use; services join the first one.
	listeners      []listener
	certificateArn pulumi.StringPtrInput
	// protocol of the rules on either side of the load balancer.
	protocol    RuleProtocol
	idleTimeout pulumi.IntPtrInput
	accessLogs  lb.LoadBalancerAccessLogsPtrInput
}

// has is what services and APIs have to know of the load balancer.
func (s balancerSpec) has() ingressHas {
	h := ingressHas{protocol: string(s.protocol), port: s.listeners[0].port, listenerProtocol: s.listeners[0].protocol}
	if !s.elsewhere() {
		h.zones = s.facts.Zones
	}
	return h
}

// elsewhere says whether the load balancer's zones may be others than those
// that the network names: a Network names those of its private subnets.
func (s balancerSpec) elsewhere() bool { return !s.internal && s.facts.Declared }

// zones are the names of the zones that the load balancer is in, none where
// they are not known.
func (s balancerSpec) zones() pulumi.StringArrayOutput {
	if s.elsewhere() {
		return pulumi.StringArray{}.ToStringArrayOutput()
	}
	return s.network.AvailabilityZones
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
	case !s.internal && !s.facts.PublicSubnets:
		s.faults.Add("internal", false, "needs public subnets, and the network has none", "pass a NatNetwork or a PublicNetwork, or leave internal out")
	case s.internal && !s.facts.Subnets:
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
	zones, _ := s.facts.Zones.Get()
	different := len(appendNew(nil, zones...))
	switch {
	case s.kind == applicationBalancer && different == 1:
		s.faults.Add("network", nil, "has one zone, and an Application Load Balancer needs two", "add a zone to the network")
	case s.kind == applicationBalancer && len(appendNew(nil, subnets.value...)) == 1:
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
	if peers == nil && s.internal && s.network == nil {
		return nil // what is wrong with the network is said already
	}
	if peers == nil && s.internal && s.facts.CidrBlock {
		peers = map[string]PeerArgs{"vpc": {CidrBlock: s.network.CidrBlock.ToStringPtrOutput(), Description: ptrTo("The VPC")}}
	}
	if len(peers) == 0 {
		s.faults.Add("allowFrom", nil, "is empty, so nothing could reach the load balancer",
			`name the sources, such as {"office": {"cidrBlock": "198.51.100.0/24"}}; "0.0.0.0/0" is everyone`)
	}
	s.peers, err = planPeers(ctx, "allowFrom", peers, s.protocol, ports, &s.faults)
	return err
}

// balancerName is what AWS takes as the name of a load balancer.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
var balancerName = nameRule{"load balancer", 32, notInBalancerName, `letters, digits and "-"`}

var notInBalancerName = regexp.MustCompile(`[^0-9A-Za-z-]`)

// checkBalancerName finds a name that AWS would take for no load balancer or no
// security group.
func checkBalancerName(faults *field.Faults, name string) {
	for _, begin := range []string{"-", "internal-"} {
		if strings.HasPrefix(name, begin) {
			faults.Add("name", name, fmt.Sprintf("begins with %q, which AWS does not allow in the name of the load balancer, %s", begin, children.LoadBalancer.Name(name)), "give the component another name")
		}
	}
	checkChildNames(faults, name, namedChild{row: children.LoadBalancer, rule: balancerName}, namedChild{row: children.BalancerGroup, rule: groupName})
}

func ptrTo[T any](v T) *T { return &v }

// balancer is what a load balancer component makes.
type balancer struct {
	parent pulumi.Resource
	name   string
	spec   balancerSpec

	group    *ec2.SecurityGroup
	balancer *lb.LoadBalancer
	main     *lb.Listener // the one that services join; nil for a network load balancer
}

// newBalancer registers an ingress component with a load balancer's children,
// and fills its outputs.
func newBalancer(ctx *pulumi.Context, component pulumi.ComponentResource, what, token, name string, spec balancerSpec, opts []pulumi.ResourceOption) error {
	checkBalancerName(&spec.faults, name)
	if err := refuse(ctx, what, name, spec.faults); err != nil {
		return err
	}
	if err := ctx.RegisterComponentResource(token, name, component, opts...); err != nil {
		return err
	}
	b := &balancer{parent: component, name: name, spec: spec}
	for _, step := range []func(*pulumi.Context) error{b.makeGroup, b.makeBalancer, b.makeListeners} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	has, empty := spec.has(), pulumi.String("").ToStringOutput()
	listener := empty
	if b.main != nil {
		listener = b.main.Arn
	}
	setOutputs(component, map[string]pulumi.Output{
		"networkUrn":          spec.network.urn(),
		"vpcId":               spec.network.VpcId,
		"securityGroupId":     b.group.ID().ToStringOutput(),
		"protocol":            pulumi.String(has.protocol).ToStringOutput(),
		"loadBalancerArn":     b.balancer.Arn,
		"listenerArn":         listener,
		"listenerPort":        pulumi.Int(has.port).ToIntOutput(),
		"listenerProtocol":    pulumi.String(has.listenerProtocol).ToStringOutput(),
		"certificateArn":      orEmpty(spec.certificateArn),
		"availabilityZones":   spec.zones(),
		"apiId":               empty,
		"vpcLinkId":           empty,
		"namespaceId":         empty,
		"timeoutMilliseconds": pulumi.Int(0).ToIntOutput(),
		"dnsName":             b.balancer.DnsName,
		"zoneId":              b.balancer.ZoneId,
	})
	return ctx.RegisterResourceOutputs(component, outputsOf(component))
}

func (b *balancer) child() pulumi.ResourceOption { return pulumi.Parent(b.parent) }

func (b *balancer) tags(child string) pulumi.StringMapInput { return nameTag(b.spec.tags, child) }

func (b *balancer) makeGroup(ctx *pulumi.Context) (err error) {
	child := children.BalancerGroup.Name(b.name)
	b.group, err = ec2.NewSecurityGroup(ctx, child, &ec2.SecurityGroupArgs{
		VpcId:       b.spec.network.VpcId,
		Description: pulumi.String(balancerGroupDescription),
		Tags:        b.tags(child),
	}, b.child())
	if err != nil {
		return err
	}
	for _, r := range b.spec.peers {
		child := children.FromPeer.Name(b.name, r.key, strconv.Itoa(r.fromPort))
		if _, err := vpc.NewSecurityGroupIngressRule(ctx, child, r.ingress(b.group.ID(), b.tags(child)), b.child()); err != nil {
			return err
		}
	}
	return nil
}

func (b *balancer) makeBalancer(ctx *pulumi.Context) (err error) {
	child := children.LoadBalancer.Name(b.name)
	args := &lb.LoadBalancerArgs{
		LoadBalancerType: pulumi.String(b.spec.kind),
		Internal:         pulumi.Bool(b.spec.internal),
		Subnets:          b.spec.subnetIds(),
		SecurityGroups:   pulumi.StringArray{b.group.ID()},
		IdleTimeout:      b.spec.idleTimeout,
		AccessLogs:       b.spec.accessLogs,
		Tags:             b.tags(child),
	}
	if b.spec.kind == applicationBalancer {
		args.DropInvalidHeaderFields = pulumi.Bool(true)
	}
	b.balancer, err = lb.NewLoadBalancer(ctx, child, args, b.child(),
		// A target group belongs to one load balancer, so that another one can
		// take those of the services over only when this one is gone.
		pulumi.DeleteBeforeReplace(true),
		// A load balancer stays in its VPC: its subnets can change in place, but
		// not to those of another one.
		// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSubnets.html
		pulumi.ReplacementTrigger(b.spec.network.VpcId))
	return err
}
