package components

import (
	"errors"
	"reflect"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// Ingress is what a service knows of what sends it requests: an
// ApplicationIngress, a NetworkIngress or an ApiIngress. It is a view of such a
// component and never registered itself.
type Ingress struct {
	pulumi.ResourceState

	// URN of the network that the ingress is in.
	NetworkUrn pulumi.StringOutput `pulumi:"networkUrn"`
	// Id of the VPC that the ingress is in.
	VpcId pulumi.StringOutput `pulumi:"vpcId"`
	// Id of the security group that traffic to the tasks comes from.
	SecurityGroupId pulumi.StringOutput `pulumi:"securityGroupId"`
	// Protocol of the traffic to the tasks: "tcp" or "udp".
	Protocol pulumi.StringOutput `pulumi:"protocol"`
	// ARN of the target group that the tasks join; "" where there is none.
	TargetGroupArn pulumi.StringOutput `pulumi:"targetGroupArn"`
	// ARN of the Cloud Map service that the tasks join; "" where there is none.
	RegistryArn pulumi.StringOutput `pulumi:"registryArn"`
	// ARN of the listener that takes requests; "" where there is none.
	ListenerArn pulumi.StringOutput `pulumi:"listenerArn"`
	// Port of that listener, 0 where there is none.
	ListenerPort pulumi.IntOutput `pulumi:"listenerPort"`
	// Protocol of that listener, such as "HTTPS"; "" where there is none.
	ListenerProtocol pulumi.StringOutput `pulumi:"listenerProtocol"`
	// TCP port that health checks ask; 0 is the container's port, or none.
	HealthCheckPort pulumi.IntOutput `pulumi:"healthCheckPort"`
	// Names of the load balancer's availability zones; empty where there is none
	// or they are not known.
	AvailabilityZones pulumi.StringArrayOutput `pulumi:"availabilityZones"`

	// has and of, the component, are nil when the ingress was read back by reference.
	has *ingressHas
	of  pulumi.Resource
}

// ingressHas says what tasks join, without waiting for ids.
type ingressHas struct {
	targetGroup      bool
	protocol         string // to the tasks: tcp or udp
	port             int    // of the listener
	listenerProtocol string
	healthCheckPort  int // 0 is the container's
	zones            fact.Of[[]string]
}

// name is the name of the ingress component.
func (i *Ingress) name(ctx *pulumi.Context) (string, error) {
	var component pulumi.Resource = i
	if i.of != nil {
		component = i.of
	}
	urn, _, err := await[pulumi.URN](ctx, component.URN())
	return resource.URN(urn).Name(), err
}

// application says whether it is an Application Load Balancer.
func (h ingressHas) application() bool {
	return h.listenerProtocol == string(ApplicationProtocolHttp) || h.listenerProtocol == string(ApplicationProtocolHttps)
}

// checks is the TCP port that health checks ask of a task that listens on port,
// and whether the rule for the requests opens it already.
func (h ingressHas) checks(port int) (checked int, open bool) {
	if checked = port; h.healthCheckPort != 0 {
		checked = h.healthCheckPort
	}
	return checked, !h.targetGroup || checked == port && h.protocol != string(RuleProtocolUdp)
}

// IngressInput is what a service takes as its ingress: an ApplicationIngress, a
// NetworkIngress or an ApiIngress, or an output of one.
type IngressInput interface {
	pulumi.Input
	ToIngressOutput() IngressOutput
}

// IngressOutput is an ingress that arrives later, such as one passed by
// reference through the plugin.
type IngressOutput struct{ *pulumi.OutputState }

// ElementType returns the type that the output resolves to.
func (IngressOutput) ElementType() reflect.Type { return reflect.TypeFor[*Ingress]() }

// ToIngressOutput returns the output itself.
func (o IngressOutput) ToIngressOutput() IngressOutput { return o }

// ElementType makes Ingress a pulumi.Input.
func (*Ingress) ElementType() reflect.Type { return reflect.TypeFor[*Ingress]() }

// ToIngressOutput makes Ingress an IngressInput.
func (i *Ingress) ToIngressOutput() IngressOutput { return pulumi.ToOutput(i).(IngressOutput) }

func (i *Ingress) ingressView() *Ingress { return i }

func init() { pulumi.RegisterOutputType(IngressOutput{}) }

// IngressTypes are the type tokens of the components that a service accepts as
// its way in. All of them have the outputs of Ingress.
var IngressTypes = children.Tokens(children.Ingresses)

// ReadIngress reads an ingress component that another program registered, by
// its URN. The plugin calls it for each ingress passed by reference.
func ReadIngress(ctx *pulumi.Context, name, typ, urn string) (*Ingress, error) {
	i := &Ingress{}
	return i, ctx.RegisterResource(typ, name, nil, i, pulumi.URN_(urn))
}

// ingressOf is an ingress component as a service sees it.
func ingressOf(component pulumi.ComponentResource, has ingressHas) *Ingress {
	i := &Ingress{has: &has, of: component}
	given := outputsOf(component)
	eachOutput(i, func(name string, field reflect.Value) { field.Set(reflect.ValueOf(given[name])) })
	return i
}

// ingressFacts is what decides how a service joins its ingress.
type ingressFacts = ingressHas

// readIngress returns the ingress behind an argument, with its facts.
func readIngress(ctx *pulumi.Context, path string, in IngressInput, faults *field.Faults) (*Ingress, ingressFacts, error) {
	if v, ok := in.(interface{ ingressView() *Ingress }); ok {
		i := v.ingressView()
		return i, *i.has, nil
	}
	i, known, err := await[*Ingress](ctx, in.ToIngressOutput())
	if err != nil {
		return nil, ingressFacts{}, err
	}
	if !known || i == nil {
		faults.Add(path, nil, "is not known at preview", "pass the ingress component itself, not a value computed from it")
		return nil, ingressFacts{}, nil
	}
	var f ingressFacts
	if f.targetGroup, err = present(ctx, i.TargetGroupArn); err != nil {
		return nil, f, err
	}
	var errs [5]error
	f.port, _, errs[0] = await[int](ctx, i.ListenerPort)
	f.protocol, _, errs[1] = await[string](ctx, i.Protocol)
	f.listenerProtocol, _, errs[2] = await[string](ctx, i.ListenerProtocol)
	f.healthCheckPort, _, errs[3] = await[int](ctx, i.HealthCheckPort)
	var zones seen[[]string]
	if zones, errs[4] = see[[]string](ctx, i.AvailabilityZones); len(zones.value) > 0 && !zones.secret {
		f.zones = fact.Known(zones.value)
	}
	return i, f, errors.Join(errs[:]...)
}

// PeerArgs says who may reach an ingress: exactly one of securityGroupId,
// cidrBlock and prefixListId.
type PeerArgs struct {
	// Id of a security group. Default: none.
	SecurityGroupId pulumi.StringPtrInput `pulumi:"securityGroupId,optional"`
	// IPv4 block in CIDR notation; "0.0.0.0/0" is everyone. Default: none.
	CidrBlock pulumi.StringPtrInput `pulumi:"cidrBlock,optional"`
	// Id of a prefix list, such as CloudFront's. Against AWS's quota of 60 rules
	// in a security group it counts as its maximum number of entries: CloudFront's
	// counts as 55. So it is admitted to the listener's port only, not to port 80
	// of redirectHttp. Default: none.
	PrefixListId pulumi.StringPtrInput `pulumi:"prefixListId,optional"`
	// Who that is, up to 255 characters; shown in the AWS console. Default: the
	// peer's name.
	Description *string `pulumi:"description,optional"`
}

// planPeers turns peers into rules for each port, by name. A prefix list gets
// the first port only: it counts as its size in the group, and CloudFront's
// does not fit in twice.
// https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
func planPeers(ctx *pulumi.Context, path string, peers map[string]PeerArgs, protocol RuleProtocol, ports []int, faults *field.Faults) (planned []rule, err error) {
	for _, key := range sortedKeys(peers) {
		p := peers[key]
		for i, port := range ports {
			if i > 0 && p.PrefixListId != nil {
				break
			}
			r, e := RuleArgs{
				Port: &port, Protocol: &protocol, Description: p.Description,
				SecurityGroupId: p.SecurityGroupId, CidrBlock: p.CidrBlock, PrefixListId: p.PrefixListId,
			}.plan(ctx, key, field.Key(path, key), repeated(i, faults))
			if e != nil {
				return nil, e
			}
			planned = append(planned, r)
		}
	}
	// The port comes behind the name, and the protocol is one for all.
	return nameRules(ctx, planned, func(r rule) string {
		if r.written == defaultPeer {
			return defaultPeer
		}
		return r.peer.name
	}), nil
}

// defaultPeer is the name of the VPC's own block where nobody else is named.
const defaultPeer = "vpc"

// repeated swallows the faults of every port but the first: they are the same.
func repeated(i int, faults *field.Faults) *field.Faults {
	if i > 0 {
		return &field.Faults{}
	}
	return faults
}

// checkSameVpc refuses an ingress in another VPC than the network's. Two VPCs
// that this program makes can be told apart before they have ids.
func checkSameVpc(ctx *pulumi.Context, path string, i *Ingress, n *Network, faults *field.Faults) error {
	theirs, known, err := await[string](ctx, i.NetworkUrn)
	if err != nil || !known {
		return err
	}
	ours, known, err := await[string](ctx, n.urn())
	if err != nil || !known {
		return err
	}
	if theirs == ours {
		return nil
	}
	different := makesVpc(theirs) && makesVpc(ours)
	if !different {
		// At least one is a Network, which may describe the same VPC.
		theirs, err1 := seeText(ctx, i.VpcId)
		ours, err2 := seeText(ctx, n.VpcId)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		different = theirs.value != "" && ours.value != "" && theirs.value != ours.value
	}
	if different {
		faults.Add(path, nil, "is in another VPC than the network", "pass an ingress that was made with the same network")
	}
	return nil
}

// makesVpc says whether the component behind an URN makes a VPC of its own.
func makesVpc(urn string) bool { return slices.Contains(vpcTypes, string(resource.URN(urn).Type())) }
