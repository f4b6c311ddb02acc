package components

import (
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
)

const networkIngressType = children.Package + children.NetworkIngress

// NetworkProtocol is what a Network Load Balancer takes from clients.
type NetworkProtocol string

const (
	// TCP.
	NetworkProtocolTcp NetworkProtocol = "TCP"
	// TLS, ended at the load balancer with a certificate; tasks get TCP.
	NetworkProtocolTls NetworkProtocol = "TLS"
	// UDP. AWS checks the health of UDP tasks over TCP all the same: the container
	// has to take TCP connections too, on its port or on the service's
	// healthCheck.port.
	NetworkProtocolUdp NetworkProtocol = "UDP"
)

// NetworkIngressArgs are the arguments of NetworkIngress.
type NetworkIngressArgs struct {
	// The network to be in: the component itself. A zone can be added to it later.
	// If one is removed, the load balancer is deleted and a new one made, with
	// another DNS name; no connection gets through meanwhile.
	Network NetworkInput `pulumi:"network"`
	// Whether only the VPC, and networks connected to it, can reach the load
	// balancer. false puts it in the public subnets, facing the internet. Changing
	// it deletes the load balancer and makes a new one, with another DNS name.
	// Default: true.
	Internal *bool `pulumi:"internal,optional"`
	// Who may reach the load balancer, keyed by a name you choose that says who it
	// is. Identical peers become one. Default: the VPC's block where internal is
	// true; required where it is false.
	AllowFrom map[string]PeerArgs `pulumi:"allowFrom,optional"`
	// What the load balancer takes from clients. Default: "TLS" with a
	// certificate, "TCP" without.
	Protocol *NetworkProtocol `pulumi:"protocol,optional"`
	// ARN of the certificate for TLS, in ACM, in the same Region. Default: none.
	CertificateArn pulumi.StringPtrInput `pulumi:"certificateArn,optional"`
	// Port that clients use, 1 to 65535. Default: 443 for TLS, 80 otherwise.
	Port *int `pulumi:"port,optional"`
	// Access logs, of TLS connections only. Default: none.
	AccessLogs *AccessLogsArgs `pulumi:"accessLogs,optional"`
	// Tags for every resource that takes tags; they win over the Name tag that
	// each gets. Default: none.
	Tags pulumi.StringMapInput `pulumi:"tags,optional"`
}

// NetworkIngress is a Network Load Balancer in front of a service, for TCP, TLS
// and UDP: the load balancer with a security group of its own. It is internal by
// default. A service that takes it as its ingress adds a target group for its
// tasks and the listener on port, and the rules between the two groups are made
// for exactly the container's port. Until then nothing answers, because a
// listener of such a load balancer needs a target group. It costs by the hour and
// by what passes through it.
type NetworkIngress struct {
	pulumi.ResourceState

	// URN of the network that the load balancer is in.
	NetworkUrn pulumi.StringOutput `pulumi:"networkUrn"`
	// Id of the VPC that the load balancer is in.
	VpcId pulumi.StringOutput `pulumi:"vpcId"`
	// Id of the load balancer's security group.
	SecurityGroupId pulumi.StringOutput `pulumi:"securityGroupId"`
	// Protocol of the traffic to the tasks: "tcp" or "udp".
	Protocol pulumi.StringOutput `pulumi:"protocol"`
	// ARN of a listener: always "", because the service that joins makes it.
	ListenerArn pulumi.StringOutput `pulumi:"listenerArn"`
	// Port that clients use.
	ListenerPort pulumi.IntOutput `pulumi:"listenerPort"`
	// What clients speak there: "TCP", "TLS" or "UDP".
	ListenerProtocol pulumi.StringOutput `pulumi:"listenerProtocol"`
	// ARN of the certificate; "" without one.
	CertificateArn pulumi.StringOutput `pulumi:"certificateArn"`
	// Names of the load balancer's availability zones; empty in the public subnets
	// of a Network, whose zones are not declared.
	AvailabilityZones pulumi.StringArrayOutput `pulumi:"availabilityZones"`
	// Id of an HTTP API: always "".
	ApiId pulumi.StringOutput `pulumi:"apiId"`
	// Id of a VPC link: always "".
	VpcLinkId pulumi.StringOutput `pulumi:"vpcLinkId"`
	// Id of a Cloud Map namespace: always "".
	NamespaceId pulumi.StringOutput `pulumi:"namespaceId"`
	// Milliseconds that an API waits for an answer: always 0.
	TimeoutMilliseconds pulumi.IntOutput `pulumi:"timeoutMilliseconds"`
	// ARN of the load balancer.
	LoadBalancerArn pulumi.StringOutput `pulumi:"loadBalancerArn"`
	// DNS name of the load balancer.
	DnsName pulumi.StringOutput `pulumi:"dnsName"`
	// Id of the Route 53 hosted zone of that name, for alias records.
	ZoneId pulumi.StringOutput `pulumi:"zoneId"`

	has ingressHas
}

// NewNetworkIngress makes a Network Load Balancer that a service joins.
func NewNetworkIngress(ctx *pulumi.Context, name string, args *NetworkIngressArgs, opts ...pulumi.ResourceOption) (*NetworkIngress, error) {
	if args == nil {
		args = &NetworkIngressArgs{}
	}
	spec, err := args.plan(ctx)
	if err != nil {
		return nil, err
	}
	i := &NetworkIngress{has: spec.has()}
	return i, newBalancer(ctx, i, "NetworkIngress", networkIngressType, name, spec, opts)
}

func (a *NetworkIngressArgs) plan(ctx *pulumi.Context) (balancerSpec, error) {
	protocol := NetworkProtocolTcp
	if a.CertificateArn != nil {
		protocol = NetworkProtocolTls
	}
	protocol = or(a.Protocol, protocol)
	tls := protocol == NetworkProtocolTls
	port := or(a.Port, map[bool]int{true: 443, false: 80}[tls])
	s := balancerSpec{
		kind: networkBalancer, internal: or(a.Internal, true), tags: a.Tags,
		listeners: []listener{{port: port, protocol: string(protocol)}}, certificateArn: a.CertificateArn,
		protocol: RuleProtocolTcp,
	}
	if protocol == NetworkProtocolUdp {
		s.protocol = RuleProtocolUdp
	}
	s.accessLogs = a.AccessLogs.input()
	checkEnum(&s.faults, "protocol", a.Protocol, NetworkProtocolTcp, NetworkProtocolTls, NetworkProtocolUdp)
	checkPort(&s.faults, "port", port)
	switch {
	case tls && a.CertificateArn == nil:
		s.faults.Add("certificateArn", nil, "is required for TLS", "pass the ARN of a certificate in ACM")
	case !tls && a.CertificateArn != nil:
		s.faults.Add("certificateArn", nil, "has no effect without TLS", `leave protocol out, or write "TLS"`)
	}
	if err := s.place(ctx, a.Network); err != nil {
		return s, err
	}
	if err := s.checkPeers(ctx, a.AllowFrom, []int{port}); err != nil {
		return s, err
	}
	return s, checkArn(ctx, &s.faults, "certificateArn", "acm", a.CertificateArn)
}

// ElementType makes NetworkIngress a pulumi.Input.
func (i *NetworkIngress) ElementType() reflect.Type { return reflect.TypeFor[*Ingress]() }

// ToIngressOutput makes NetworkIngress an IngressInput.
func (i *NetworkIngress) ToIngressOutput() IngressOutput { return i.ingressView().ToIngressOutput() }

func (i *NetworkIngress) ingressView() *Ingress { return ingressOf(i, i.has) }
