package components

import (
	"errors"
	"math"
	"reflect"
	"regexp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

const apiIngressType = children.Package + children.ApiIngress

// ApiIngressArgs are the arguments of ApiIngress.
type ApiIngressArgs struct {
	// The network of the tasks: the component itself. It needs no public subnets.
	Network NetworkInput `pulumi:"network"`
	// A load balancer to send requests to, an internal ApplicationIngress or
	// NetworkIngress; the service then takes that one as its ingress. Default:
	// none, and services take the ApiIngress as theirs: their tasks register in
	// Cloud Map with address and port, so that no load balancer is needed.
	LoadBalancer IngressInput `pulumi:"loadBalancer,optional"`
	// ARN of the listener to send requests to, where loadBalancer is a
	// NetworkIngress: the listenerArn of the service that joined it, because the
	// service makes that listener. Default: the listener of an ApplicationIngress.
	ListenerArn pulumi.StringPtrInput `pulumi:"listenerArn,optional"`
	// A name on the certificate of a loadBalancer that takes TLS, such as
	// "web.example.com", of 1 to 512 characters: API Gateway then speaks TLS to
	// it, and verifies this name. Required with a loadBalancer that takes HTTPS or
	// TLS; with one that takes TCP, it is the tasks that speak TLS. Default: none.
	ServerNameToVerify pulumi.StringPtrInput `pulumi:"serverNameToVerify,optional"`
	// Private subnets of the VPC link, at least one; AWS's quota is 10. Changing
	// them makes a new VPC link; the old one goes once the new one is in use. Set
	// them if one of the zones offers no VPC links. Default: the private subnets
	// of the network's first two zones, so that a third zone changes nothing.
	LinkSubnetIds pulumi.StringArrayInput `pulumi:"linkSubnetIds,optional"`
	// DNS name of the Cloud Map namespace, which only the VPC can resolve; a VPC
	// can have each name once. Changing it makes a new namespace, which the tasks
	// then register in. Default: "STACK-NAME.internal".
	NamespaceName *string `pulumi:"namespaceName,optional"`
	// Milliseconds to wait for an answer, 50 to 30000. Default: 30000.
	TimeoutMilliseconds *int `pulumi:"timeoutMilliseconds,optional"`
	// Requests per second that the API takes in the long run, above 0; requests
	// beyond that are answered 429. Requires throttlingBurstLimit. AWS's quota for
	// all APIs of the account in the Region, 10,000 in most Regions, applies as
	// well. A limit cannot be removed again: to lift it, write the quota. Default:
	// only the quota.
	ThrottlingRateLimit *float64 `pulumi:"throttlingRateLimit,optional"`
	// Requests that the API takes at once, in a burst above throttlingRateLimit, 1
	// or more; required with it. AWS's quota is 5,000 in most Regions. Default:
	// only the quota.
	ThrottlingBurstLimit *int `pulumi:"throttlingBurstLimit,optional"`
	// Days to keep the access log: one of CloudWatch's values, such as 1, 7, 14,
	// 30, 90, 365; 0 keeps it forever. Default: 30.
	LogRetentionInDays *int `pulumi:"logRetentionInDays,optional"`
	// Tags for every resource that takes tags; they win over the Name tag that
	// each gets. Default: none.
	Tags pulumi.StringMapInput `pulumi:"tags,optional"`
}

// ApiIngress lets requests from the internet into a network without public
// subnets: an API Gateway HTTP API with a VPC link into the private subnets, and
// a Cloud Map namespace. A service that takes it as its ingress adds the $default
// route and a Cloud Map service, in which its tasks register with SRV records;
// the rules between the link's group and the service's are made for exactly the
// container's port. Anyone who knows the API's address can call it; add an
// authorizer if that is too open. API Gateway costs by the request.
//
// AWS suspends a VPC link that has had no traffic for 60 days; the next
// requests then fail for some minutes, until it is back.
type ApiIngress struct {
	pulumi.ResourceState

	// URN of the network that the VPC link is in.
	NetworkUrn pulumi.StringOutput `pulumi:"networkUrn"`
	// Id of the VPC that the VPC link is in.
	VpcId pulumi.StringOutput `pulumi:"vpcId"`
	// Id of the VPC link's security group.
	SecurityGroupId pulumi.StringOutput `pulumi:"securityGroupId"`
	// Protocol of the traffic to the tasks: always "tcp".
	Protocol pulumi.StringOutput `pulumi:"protocol"`
	// ARN of a load balancer: always "".
	LoadBalancerArn pulumi.StringOutput `pulumi:"loadBalancerArn"`
	// ARN of a listener: always "".
	ListenerArn pulumi.StringOutput `pulumi:"listenerArn"`
	// Port of a listener: always 0.
	ListenerPort pulumi.IntOutput `pulumi:"listenerPort"`
	// Protocol of a listener: always "".
	ListenerProtocol pulumi.StringOutput `pulumi:"listenerProtocol"`
	// ARN of a certificate: always "".
	CertificateArn pulumi.StringOutput `pulumi:"certificateArn"`
	// Names of a load balancer's availability zones: always empty.
	AvailabilityZones pulumi.StringArrayOutput `pulumi:"availabilityZones"`
	// Address of the API: https://...
	Url pulumi.StringOutput `pulumi:"url"`
	// Id of the HTTP API.
	ApiId pulumi.StringOutput `pulumi:"apiId"`
	// Id of the VPC link.
	VpcLinkId pulumi.StringOutput `pulumi:"vpcLinkId"`
	// Id of the Cloud Map namespace that tasks register in; "" with a
	// loadBalancer.
	NamespaceId pulumi.StringOutput `pulumi:"namespaceId"`
	// Milliseconds that the API waits for an answer.
	TimeoutMilliseconds pulumi.IntOutput `pulumi:"timeoutMilliseconds"`
	// Name of the access log's log group.
	LogGroupName pulumi.StringOutput `pulumi:"logGroupName"`

	has ingressHas
}

// NewApiIngress makes an HTTP API that a service joins.
func NewApiIngress(ctx *pulumi.Context, name string, args *ApiIngressArgs, opts ...pulumi.ResourceOption) (*ApiIngress, error) {
	if args == nil {
		args = &ApiIngressArgs{}
	}
	spec, err := args.plan(ctx, name)
	if err != nil {
		return nil, err
	}
	if err := refuse(ctx, "ApiIngress", name, spec.faults); err != nil {
		return nil, err
	}
	a := &ApiIngress{has: ingressHas{protocol: string(RuleProtocolTcp), registers: spec.balancer == nil}}
	if err := ctx.RegisterComponentResource(apiIngressType, name, a, opts...); err != nil {
		return nil, err
	}
	if err := spec.checkNamespace(ctx, a, name); err != nil {
		return nil, err
	}
	b := &api{parent: a, name: name, spec: spec}
	for _, step := range []func(*pulumi.Context) error{b.makeLink, b.makeApi, b.makeTarget, b.makeStage} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	empty := pulumi.String("").ToStringOutput()
	setOutputs(a, map[string]pulumi.Output{
		"networkUrn":          spec.network.urn(),
		"vpcId":               spec.network.VpcId,
		"securityGroupId":     b.group.ID().ToStringOutput(),
		"protocol":            pulumi.String("tcp").ToStringOutput(),
		"loadBalancerArn":     empty,
		"listenerArn":         empty,
		"listenerPort":        pulumi.Int(0).ToIntOutput(),
		"listenerProtocol":    empty,
		"certificateArn":      empty,
		"availabilityZones":   pulumi.StringArray{}.ToStringArrayOutput(),
		"url":                 b.api.ApiEndpoint,
		"apiId":               b.api.ID().ToStringOutput(),
		"vpcLinkId":           b.link.ID().ToStringOutput(),
		"namespaceId":         b.namespaceId(),
		"timeoutMilliseconds": pulumi.Int(spec.timeout()).ToIntOutput(),
		"logGroupName":        b.log.Name,
	})
	return a, ctx.RegisterResourceOutputs(a, outputsOf(a))
}

// apiSpec is an ApiIngress's arguments after planning.
type apiSpec struct {
	*ApiIngressArgs
	faults   field.Faults
	network  *Network
	balancer *Ingress // nil without
	behind   ingressFacts

	namespaceName string
}

func (a *ApiIngressArgs) timeout() int { return or(a.TimeoutMilliseconds, 30000) }

func (a *ApiIngressArgs) plan(ctx *pulumi.Context, name string) (s apiSpec, err error) {
	s.ApiIngressArgs = a
	checkRange(&s.faults, "timeoutMilliseconds", a.timeout(), 50, 30000)
	s.faults = append(s.faults, taskplan.CheckRetention("logRetentionInDays", or(a.LogRetentionInDays, defaultRetentionInDays))...)
	s.checkNames(ctx, name)
	if err := checkTags(ctx, &s.faults, a.Tags, 0); err != nil {
		return s, err
	}
	s.checkThrottling()
	if isNil(a.Network) {
		s.faults.Add("network", nil, "is required", "pass the network component itself, such as an IsolatedVpc")
		return s, nil
	}
	if s.network, err = readNetwork(ctx, a.Network, &s.faults); err != nil || s.network == nil {
		return s, err
	}
	facts, err := s.network.facts(ctx)
	if err != nil {
		return s, err
	}
	if !facts.Subnets && a.LinkSubnetIds == nil {
		s.faults.Add("network", nil, "has no private subnets for the VPC link", "pass an IsolatedVpc or a NatNetwork, or linkSubnetIds")
	}
	return s, errors.Join(s.readBalancer(ctx), checkKnown(ctx, &s.faults, a.LinkSubnetIds, func(ids []string) (found field.Faults) {
		if len(ids) == 0 {
			found.Add("linkSubnetIds", nil, "is empty, but a VPC link needs a subnet", "list one private subnet of each of two zones")
		}
		return found
	}))
}

// checkNames finds names that AWS would refuse.
func (s *apiSpec) checkNames(ctx *pulumi.Context, name string) {
	checkChildNames(&s.faults, name, namedChild{row: children.LinkGroup, rule: groupName}, namedChild{row: children.AccessLogs, rule: logGroupName})
	s.namespaceName = or(s.NamespaceName, dnsName(ctx.Stack()+"-"+name)+".internal")
	if len(s.namespaceName) > 253 || !dnsNames.MatchString(s.namespaceName) {
		s.faults.Add("namespaceName", s.namespaceName, "is not a DNS name", `write letters, digits, "-" and ".", such as "apps.internal"`)
	}
}

// dnsNames matches DNS names, whose labels have 1 to 63 characters.
var dnsNames = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$`)

// checkThrottling asks for both limits or none: the aws provider sends 0 for the
// one that is left out, and then every request is answered 429.
// https://github.com/pulumi/pulumi-aws/issues/2363
func (s *apiSpec) checkThrottling() {
	const rate, burst = "throttlingRateLimit", "throttlingBurstLimit"
	switch {
	case s.ThrottlingRateLimit != nil && s.ThrottlingBurstLimit == nil:
		s.faults.Add(burst, nil, "is required with "+rate, "write the number of requests that the API takes at once, such as 100")
	case s.ThrottlingRateLimit == nil && s.ThrottlingBurstLimit != nil:
		s.faults.Add(rate, nil, "is required with "+burst, "write the number of requests per second, such as 50")
	}
	if r := or(s.ThrottlingRateLimit, 1); !(r > 0) {
		s.faults.Add(rate, r, "is not above 0: every request would be answered 429", "write a number of requests per second")
	}
	checkRange(&s.faults, burst, or(s.ThrottlingBurstLimit, 1), 1, math.MaxInt32)
}

// readBalancer reads the load balancer that requests go to, and finds one that
// API Gateway could not talk to.
func (s *apiSpec) readBalancer(ctx *pulumi.Context) (err error) {
	const server = "serverNameToVerify"
	if isNil(s.LoadBalancer) {
		if s.ServerNameToVerify != nil {
			s.faults.Add(server, nil, "needs a loadBalancer: to the tasks themselves API Gateway speaks plain HTTP", "leave it out, or pass a loadBalancer")
		}
		if s.ListenerArn != nil {
			s.faults.Add("listenerArn", nil, "needs a loadBalancer", "leave it out, or pass the NetworkIngress of the listener as loadBalancer")
		}
		return nil
	}
	if s.balancer, s.behind, err = readIngress(ctx, "loadBalancer", s.LoadBalancer, &s.faults); err != nil || s.balancer == nil {
		return err
	}
	switch protocol := s.behind.listenerProtocol; {
	case !s.behind.balances():
		s.faults.Add("loadBalancer", nil, "is not a load balancer", "pass an ApplicationIngress or a NetworkIngress, or leave it out")
	case protocol == string(NetworkProtocolUdp):
		s.faults.Add("loadBalancer", nil, "takes UDP, which API Gateway does not speak", "pass an ApplicationIngress, or a NetworkIngress that takes TCP or TLS")
	case (listener{protocol: protocol}).secure() && s.ServerNameToVerify == nil:
		s.faults.Add(server, nil, "is required: the loadBalancer takes "+protocol+", and without a name API Gateway would speak plain HTTP to it",
			`write a name on the load balancer's certificate, such as "web.example.com", or leave the certificate out of the load balancer`)
	case protocol == string(ApplicationProtocolHttp) && s.ServerNameToVerify != nil:
		s.faults.Add(server, nil, "is given, but the loadBalancer takes HTTP without TLS", "leave it out, or pass the load balancer a certificateArn")
	}
	s.checkListener()
	return errors.Join(
		checkArn(ctx, &s.faults, "listenerArn", "elasticloadbalancing", s.ListenerArn),
		checkText(ctx, &s.faults, s.ServerNameToVerify, func(name string) (found field.Faults) {
			if len(name) < 1 || len(name) > 512 {
				found.Add(server, nil, "does not have 1 to 512 characters", "write a name on the load balancer's certificate")
			}
			return found
		}),
		checkSameVpc(ctx, "loadBalancer", s.balancer, s.network, &s.faults),
	)
}

// checkListener asks for the listener that is not the load balancer's own.
func (s *apiSpec) checkListener() {
	switch own := s.behind.application(); {
	case !s.behind.balances() || s.behind.listenerProtocol == string(NetworkProtocolUdp): // a fault already
	case own && s.ListenerArn != nil:
		s.faults.Add("listenerArn", nil, "is given, but an ApplicationIngress has a listener of its own", "leave it out")
	case !own && s.ListenerArn == nil:
		s.faults.Add("listenerArn", nil, "is required: the listener of a NetworkIngress is made by the service that joins it", "pass the listenerArn of that service")
	}
}

// ElementType makes ApiIngress a pulumi.Input.
func (a *ApiIngress) ElementType() reflect.Type { return reflect.TypeFor[*Ingress]() }

// ToIngressOutput makes ApiIngress an IngressInput.
func (a *ApiIngress) ToIngressOutput() IngressOutput { return a.ingressView().ToIngressOutput() }

func (a *ApiIngress) ingressView() *Ingress { return ingressOf(a, a.has) }
