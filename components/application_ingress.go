package components

import (
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
)

const applicationIngressType = children.Package + children.ApplicationIngress

// ApplicationProtocol is what an Application Load Balancer speaks to clients.
type ApplicationProtocol string

const (
	// Plain HTTP.
	ApplicationProtocolHttp ApplicationProtocol = "HTTP"
	// HTTP over TLS, with a certificate.
	ApplicationProtocolHttps ApplicationProtocol = "HTTPS"
)

// AccessLogsArgs turns on a load balancer's access logs. S3 charges for what it
// stores.
type AccessLogsArgs struct {
	// Name of an S3 bucket in the same Region. Its policy must let Elastic Load
	// Balancing write to it.
	Bucket pulumi.StringInput `pulumi:"bucket"`
	// Prefix of the objects' keys. Default: none.
	Prefix pulumi.StringPtrInput `pulumi:"prefix,optional"`
}

// ApplicationIngressArgs are the arguments of ApplicationIngress.
type ApplicationIngressArgs struct {
	// The network to be in: the component itself, with at least two zones.
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
	// What the load balancer speaks to clients. Default: "HTTPS" with a
	// certificate, "HTTP" without.
	Protocol *ApplicationProtocol `pulumi:"protocol,optional"`
	// ARN of the certificate for HTTPS, in ACM, in the same Region. Default: none.
	CertificateArn pulumi.StringPtrInput `pulumi:"certificateArn,optional"`
	// Port that clients use, 1 to 65535. Default: 443 for HTTPS, 80 for HTTP.
	Port *int `pulumi:"port,optional"`
	// Whether port 80 sends clients on to HTTPS. Default: true with HTTPS.
	RedirectHttp *bool `pulumi:"redirectHttp,optional"`
	// Seconds after which an idle connection is closed, 1 to 4000. Default: 60.
	IdleTimeoutSeconds *int `pulumi:"idleTimeoutSeconds,optional"`
	// Access logs. Default: none.
	AccessLogs *AccessLogsArgs `pulumi:"accessLogs,optional"`
	// Tags for every resource that takes tags; they win over the Name tag that
	// each gets. Default: none.
	Tags pulumi.StringMapInput `pulumi:"tags,optional"`
}

// ApplicationIngress is an Application Load Balancer in front of services: the
// load balancer with a security group of its own, and a listener that answers
// 404. It is internal by default. A service that takes it as its ingress adds a
// target group for its tasks and a listener rule that sends it all requests, and
// the rules between the two groups are made for exactly the container's port. It
// costs by the hour and by what passes through it.
type ApplicationIngress struct {
	pulumi.ResourceState

	// URN of the network that the load balancer is in.
	NetworkUrn pulumi.StringOutput `pulumi:"networkUrn"`
	// Id of the VPC that the load balancer is in.
	VpcId pulumi.StringOutput `pulumi:"vpcId"`
	// Id of the load balancer's security group.
	SecurityGroupId pulumi.StringOutput `pulumi:"securityGroupId"`
	// Protocol of the traffic to the tasks: always "tcp".
	Protocol pulumi.StringOutput `pulumi:"protocol"`
	// ARN of the listener that takes requests, which services add rules to.
	ListenerArn pulumi.StringOutput `pulumi:"listenerArn"`
	// Port of that listener.
	ListenerPort pulumi.IntOutput `pulumi:"listenerPort"`
	// Protocol of that listener: "HTTP" or "HTTPS".
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

// NewApplicationIngress makes an Application Load Balancer that services join.
func NewApplicationIngress(ctx *pulumi.Context, name string, args *ApplicationIngressArgs, opts ...pulumi.ResourceOption) (*ApplicationIngress, error) {
	if args == nil {
		args = &ApplicationIngressArgs{}
	}
	spec, err := args.plan(ctx)
	if err != nil {
		return nil, err
	}
	i := &ApplicationIngress{has: spec.has()}
	return i, newBalancer(ctx, i, "ApplicationIngress", applicationIngressType, name, spec, opts)
}

func (a *ApplicationIngressArgs) plan(ctx *pulumi.Context) (balancerSpec, error) {
	protocol := ApplicationProtocolHttp
	if a.CertificateArn != nil {
		protocol = ApplicationProtocolHttps
	}
	protocol = or(a.Protocol, protocol)
	https := protocol == ApplicationProtocolHttps
	port := or(a.Port, map[bool]int{true: 443, false: 80}[https])
	s := balancerSpec{
		kind: applicationBalancer, internal: or(a.Internal, true), tags: a.Tags,
		listeners: []listener{{port: port, protocol: string(protocol)}}, certificateArn: a.CertificateArn,
		protocol:    RuleProtocolTcp,
		idleTimeout: pulumi.Int(or(a.IdleTimeoutSeconds, 60)),
	}
	s.accessLogs = a.AccessLogs.input()
	checkEnum(&s.faults, "protocol", a.Protocol, ApplicationProtocolHttp, ApplicationProtocolHttps)
	checkPort(&s.faults, "port", port)
	checkRange(&s.faults, "idleTimeoutSeconds", or(a.IdleTimeoutSeconds, 60), 1, 4000)
	switch {
	case https && a.CertificateArn == nil:
		s.faults.Add("certificateArn", nil, "is required for HTTPS", "pass the ARN of a certificate in ACM")
	case !https && a.CertificateArn != nil:
		s.faults.Add("certificateArn", nil, "has no effect with HTTP", `leave protocol out, or write "HTTPS"`)
	}
	ports := []int{port}
	if redirect := or(a.RedirectHttp, https); redirect && !https {
		s.faults.Add("redirectHttp", true, "has no HTTPS to send clients to", "pass a certificateArn, or leave redirectHttp out")
	} else if redirect && port == 80 {
		s.faults.Add("port", port, "is used twice: port 80 redirects to HTTPS", "choose another port, or set redirectHttp to false")
	} else if redirect {
		s.listeners = append(s.listeners, listener{port: 80, protocol: string(ApplicationProtocolHttp), redirect: port})
		ports = append(ports, 80)
	}
	if err := s.place(ctx, a.Network); err != nil {
		return s, err
	}
	if err := s.checkPeers(ctx, a.AllowFrom, ports); err != nil {
		return s, err
	}
	return s, checkArn(ctx, &s.faults, "certificateArn", "acm", a.CertificateArn)
}

// ElementType makes ApplicationIngress a pulumi.Input.
func (i *ApplicationIngress) ElementType() reflect.Type { return reflect.TypeFor[*Ingress]() }

// ToIngressOutput makes ApplicationIngress an IngressInput.
func (i *ApplicationIngress) ToIngressOutput() IngressOutput {
	return i.ingressView().ToIngressOutput()
}

func (i *ApplicationIngress) ingressView() *Ingress { return ingressOf(i, i.has) }
