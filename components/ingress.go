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
	// ARN of the load balancer; "" where there is none.
	LoadBalancerArn pulumi.StringOutput `pulumi:"loadBalancerArn"`
	// ARN of the listener that services add rules to; "" where there is none.
	ListenerArn pulumi.StringOutput `pulumi:"listenerArn"`
	// Port that clients use; 0 without a load balancer.
	ListenerPort pulumi.IntOutput `pulumi:"listenerPort"`
	// What the load balancer speaks there, such as "HTTPS"; "" without one.
	ListenerProtocol pulumi.StringOutput `pulumi:"listenerProtocol"`
	// ARN of the certificate; "" where there is none.
	CertificateArn pulumi.StringOutput `pulumi:"certificateArn"`
	// Names of the load balancer's availability zones; empty where there is none
	// or they are not known.
	AvailabilityZones pulumi.StringArrayOutput `pulumi:"availabilityZones"`
	// Id of the HTTP API; "" where there is none.
	ApiId pulumi.StringOutput `pulumi:"apiId"`
	// Id of the VPC link; "" where there is none.
	VpcLinkId pulumi.StringOutput `pulumi:"vpcLinkId"`
	// Id of the Cloud Map namespace that tasks register in; "" where there is
	// none.
	NamespaceId pulumi.StringOutput `pulumi:"namespaceId"`
	// Milliseconds that the API waits for an answer; 0 without an API.
	TimeoutMilliseconds pulumi.IntOutput `pulumi:"timeoutMilliseconds"`

	// has and of, the component, are nil when the ingress was read back by reference.
	has *ingressHas
	of  pulumi.Resource
}

// urn is the URN of the ingress component, "" where there is none because its
// constructor failed.
func (i *Ingress) urn() pulumi.StringOutput {
	var component pulumi.Resource = i
	if i.of != nil {
		component = i.of
	}
	if urn := component.URN(); urn.OutputState != nil {
		return urn.ToStringOutput()
	}
	return pulumi.String("").ToStringOutput()
}

// ingressHas says what services join, without waiting for ids.
type ingressHas struct {
	urn              resource.URN // once the ingress is read
	protocol         string       // to the tasks: tcp or udp
	port             int          // that clients use
	listenerProtocol string       // "" for an API
	registers        bool         // tasks, in Cloud Map
	zones            fact.Of[[]string]
}

// balances says whether it is a load balancer.
func (h ingressHas) balances() bool { return h.listenerProtocol != "" }

// application says whether it is an Application Load Balancer.
func (h ingressHas) application() bool {
	return h.listenerProtocol == string(ApplicationProtocolHttp) || h.listenerProtocol == string(ApplicationProtocolHttps)
}

// name is the component's.
func (h ingressHas) name() string {
	if h.urn == "" {
		return "ingress" // its constructor failed
	}
	return h.urn.Name()
}

// kind is the component that it is.
func (h ingressHas) kind() string {
	switch {
	case !h.balances():
		return "ApiIngress"
	case h.application():
		return "ApplicationIngress"
	}
	return "NetworkIngress"
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
		f := *i.has
		urn, _, err := await[string](ctx, i.urn())
		f.urn = resource.URN(urn)
		return i, f, err
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
	var errs [6]error
	f.port, _, errs[0] = await[int](ctx, i.ListenerPort)
	f.protocol, _, errs[1] = await[string](ctx, i.Protocol)
	f.listenerProtocol, _, errs[2] = await[string](ctx, i.ListenerProtocol)
	f.registers, errs[3] = present(ctx, i.NamespaceId)
	var zones seen[[]string]
	if zones, errs[4] = see[[]string](ctx, i.AvailabilityZones); len(zones.value) > 0 && !zones.secret {
		f.zones = fact.Known(zones.value)
	}
	urn, _, err := await[string](ctx, i.urn())
	f.urn, errs[5] = resource.URN(urn), err
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
