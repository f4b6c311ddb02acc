package components

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/apigatewayv2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/servicediscovery"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

const apiIngressType = "ecsnet:index:ApiIngress"

// ApiIngressArgs are the arguments of ApiIngress.
type ApiIngressArgs struct {
	// The network of the tasks: the component itself. It needs no public subnets.
	Network NetworkInput `pulumi:"network"`
	// A load balancer to send requests to, an internal ApplicationIngress or
	// NetworkIngress; the service then takes that one as its ingress. Default:
	// a Cloud Map service, which the tasks join with address and port, so that
	// no load balancer is needed.
	LoadBalancer IngressInput `pulumi:"loadBalancer,optional"`
	// Private subnets of the VPC link. AWS replaces a VPC link on any change of
	// its subnets, so the link keeps those that it was made with unless you list
	// them here. Choose some where a zone has no VPC links. Default: the
	// network's private subnets.
	LinkSubnetIds pulumi.StringArrayInput `pulumi:"linkSubnetIds,optional"`
	// DNS name of the Cloud Map namespace, which only the VPC can resolve; once
	// for a VPC. Fixed once it exists. Default: "STACK-NAME.internal".
	NamespaceName *string `pulumi:"namespaceName,optional"`
	// Milliseconds to wait for an answer, 50 to 30000. Default: 30000.
	TimeoutMilliseconds *int `pulumi:"timeoutMilliseconds,optional"`
	// Days to keep the access log: one of CloudWatch's values, such as 1, 7, 14,
	// 30, 90, 365; 0 keeps it forever. Default: 30.
	LogRetentionInDays *int `pulumi:"logRetentionInDays,optional"`
	// Tags forevery resource that takes tags; they win over the Name tag that
	// each gets. Default: none.
	Tags pulumi.StringMapInput `pulumi:"tags,optional"`
}

// ApiIngress lets requests from the internet into a network without public
// subnets: an API Gateway HTTP API whose $default route goes through a VPC link
// into the private subnets, and a Cloud Map service that the tasks join with
// SRV records. A service that takes it as its ingress joins, and the rules
// between the link's group and the service's are made for exactly the
// container's port. Anyone who knows the API's address can call it; put an
// authorizer on it for more. API Gateway costs by the request.
//
// A VPC link without traffic for 60 days falls asleep: AWS then answers with
// errors for some minutes until it is back.
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
	// ARN of a target group: always "".
	TargetGroupArn pulumi.StringOutput `pulumi:"targetGroupArn"`
	// ARN of the Cloud Map service that the tasks join; "" with a loadBalancer.
	RegistryArn pulumi.StringOutput `pulumi:"registryArn"`
	// ARN of a listener: always "".
	ListenerArn pulumi.StringOutput `pulumi:"listenerArn"`
	// Port of a listener: always 0.
	ListenerPort pulumi.IntOutput `pulumi:"listenerPort"`
	// Address of the API: https://...
	Url pulumi.StringOutput `pulumi:"url"`
	// Id of the HTTP API.
	ApiId pulumi.StringOutput `pulumi:"apiId"`
	// Id of the VPC link.
	VpcLinkId pulumi.StringOutput `pulumi:"vpcLinkId"`
	// Name of the access log's log group.
	LogGroupName pulumi.StringOutput `pulumi:"logGroupName"`
}

// NewApiIngress puts API Gateway in front of a service.
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
	a := &ApiIngress{}
	if err := ctx.RegisterComponentResource(apiIngressType, name, a, withTags(ctx, spec.Tags, opts)...); err != nil {
		return nil, err
	}
	if err := spec.checkNamespace(ctx, a, name); err != nil {
		return nil, err
	}
	b := &api{parent: a, name: name, spec: spec}
	for _, step := range []func(*pulumi.Context) error{b.makeLink, b.makeTarget, b.makeApi, b.makeStage} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	empty := pulumi.String("").ToStringOutput()
	setOutputs(a, map[string]pulumi.Output{
		"networkUrn":      spec.network.urn(),
		"vpcId":           spec.network.VpcId,
		"securityGroupId": b.group.ID().ToStringOutput(),
		"protocol":        pulumi.String("tcp").ToStringOutput(),
		"targetGroupArn":  empty,
		"registryArn":     b.registryArn(),
		"listenerArn":     empty,
		"listenerPort":    pulumi.Int(0).ToIntOutput(),
		"url":             b.api.ApiEndpoint,
		"apiId":           b.api.ID().ToStringOutput(),
		"vpcLinkId":       b.link.ID().ToStringOutput(),
		"logGroupName":    b.log.Name,
	})
	return a, ctx.RegisterResourceOutputs(a, outputsOf(a))
}

// apiSpec is an ApiIngress's arguments after planning.
type apiSpec struct {
	*ApiIngressArgs
	faults   field.Faults
	network  *Network
	balancer *Ingress
	behind   ingressFacts
}

func (a *ApiIngressArgs) plan(ctx *pulumi.Context, name string) (s apiSpec, err error) {
	s.ApiIngressArgs = a
	made := []madeName{nameOfGroup, nameOfLogGroup}
	if isNil(a.LoadBalancer) {
		made = append(made, nameOfRegistry)
	}
	checkMadeNames(&s.faults, name, made...)
	if err := checkTags(ctx, &s.faults, a.Tags, 0); err != nil {
		return s, err
	}
	checkRange(&s.faults, "timeoutMilliseconds", or(a.TimeoutMilliseconds, 30000), 50, 30000)
	s.faults = append(s.faults, taskplan.CheckRetention("logRetentionInDays", or(a.LogRetentionInDays, defaultRetentionInDays))...)
	if a.NamespaceName != nil && (*a.NamespaceName == "" || notInDnsName.MatchString(*a.NamespaceName)) {
		s.faults.Add("namespaceName", *a.NamespaceName, "is not a DNS name", `write letters, digits, "-" and ".", such as "apps.internal"`)
	}
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
	if !facts.subnets && a.LinkSubnetIds == nil {
		s.faults.Add("network", nil, "has no private subnets for the VPC link", "pass an IsolatedVpc or a NatNetwork, or linkSubnetIds")
	}
	if !isNil(a.LoadBalancer) {
		if s.balancer, s.behind, err = readIngress(ctx, "loadBalancer", a.LoadBalancer, &s.faults); err != nil || s.balancer == nil {
			return s, err
		}
		if !s.behind.targetGroup {
			s.faults.Add("loadBalancer", nil, "is not a load balancer", "pass an ApplicationIngress or a NetworkIngress, or leave it out")
		}
		return s, checkSameVpc(ctx, "loadBalancer", s.balancer, s.network, &s.faults)
	}
	return s, nil
}

func (s apiSpec) namespace(ctx *pulumi.Context, name string) string {
	return or(s.NamespaceName, dnsName(ctx.Stack()+"-"+name)+".internal")
}

// checkNamespace refuses a namespace that another ApiIngress of this program
// makes in the same network: a VPC resolves a name in one place.
// https://docs.aws.amazon.com/cloud-map/latest/api/API_CreatePrivateDnsNamespace.html
func (s apiSpec) checkNamespace(ctx *pulumi.Context, a *ApiIngress, name string) error {
	if s.balancer != nil {
		return nil
	}
	network, known, err := await[string](ctx, s.network.urn())
	if err != nil || !known {
		return err
	}
	urn, known, err := await[string](ctx, a.URN().ToStringOutput())
	if err != nil || !known {
		return err
	}
	namespace := strings.ToLower(s.namespace(ctx, name))
	other := take(ctx, network, "namespace "+namespace, urn)
	if other == "" {
		return nil
	}
	var faults field.Faults
	faults.Add("namespaceName", namespace, fmt.Sprintf("is the namespace of ApiIngress %q too, and a VPC can have it once", resource.URN(other).Name()),
		"write another name")
	return refuse(ctx, "ApiIngress", name, faults)
}

// api is what an ApiIngress makes.
type api struct {
	parent pulumi.Resource
	name   string
	spec   apiSpec

	group    *ec2.SecurityGroup
	link     *apigatewayv2.VpcLink
	registry *servicediscovery.Service
	target   pulumi.StringInput // ARN that requests go to
	api      *apigatewayv2.Api
	log      *cloudwatch.LogGroup
}

func (b *api) child() pulumi.ResourceOption { return pulumi.Parent(b.parent) }

func (b *api) tags(child string) pulumi.StringMapInput { return nameTag(b.spec.Tags, child) }

func (b *api) registryArn() pulumi.StringOutput {
	if b.registry == nil {
		return pulumi.String("").ToStringOutput()
	}
	return b.registry.Arn
}

func (b *api) makeLink(ctx *pulumi.Context) (err error) {
	child := b.name + "-link"
	b.group, err = ec2.NewSecurityGroup(ctx, child, &ec2.SecurityGroupArgs{
		VpcId:       b.spec.network.VpcId,
		Description: pulumi.String(linkGroupDescription),
		Tags:        b.tags(child),
	}, b.child())
	if err != nil {
		return err
	}
	args := &apigatewayv2.VpcLinkArgs{
		SubnetIds:        b.spec.network.SubnetIds,
		SecurityGroupIds: pulumi.StringArray{b.group.ID()},
		Tags:             b.tags(child),
	}
	opts := []pulumi.ResourceOption{b.child()}
	if b.spec.LinkSubnetIds != nil {
		args.SubnetIds = b.spec.LinkSubnetIds
	} else {
		// AWS makes a link anew for another set of subnets. A zone more in the
		// network is no reason for that.
		opts = append(opts, pulumi.IgnoreChanges([]string{"subnetIds"}))
	}
	b.link, err = apigatewayv2.NewVpcLink(ctx, child, args, opts...)
	return err
}

// makeTarget makes what requests go to: the Cloud Map service that tasks join,
// or the way to the load balancer's listener.
func (b *api) makeTarget(ctx *pulumi.Context) error {
	if b.spec.balancer == nil {
		return b.makeRegistry(ctx)
	}
	child, port := b.name+"-to-load-balancer", b.spec.behind.port
	b.target = b.spec.balancer.ListenerArn
	r := rule{
		fromPort: port, toPort: port, protocol: "tcp", description: "Requests of the API " + b.name,
		group: b.spec.balancer.SecurityGroupId.ToStringPtrOutput(),
	}
	if _, err := vpc.NewSecurityGroupEgressRule(ctx, child, r.egress(b.group.ID(), b.tags(child)), b.child()); err != nil {
		return err
	}
	r.group = b.group.ID().ToStringPtrOutput()
	_, err := vpc.NewSecurityGroupIngressRule(ctx, child, r.ingress(b.spec.balancer.SecurityGroupId, b.tags(child)), b.child())
	return err
}

func (b *api) makeRegistry(ctx *pulumi.Context) error {
	child := b.name + "-namespace"
	namespace, err := servicediscovery.NewPrivateDnsNamespace(ctx, child, &servicediscovery.PrivateDnsNamespaceArgs{
		Name: pulumi.String(b.spec.namespace(ctx, b.name)),
		Vpc:  b.spec.network.VpcId,
		Tags: b.tags(child),
	}, b.child())
	if err != nil {
		return err
	}
	child = b.name + "-registry"
	b.registry, err = servicediscovery.NewService(ctx, child, &servicediscovery.ServiceArgs{
		DnsConfig: servicediscovery.ServiceDnsConfigArgs{
			NamespaceId: namespace.ID(),
			// API Gateway needs the port as well as the address.
			DnsRecords: servicediscovery.ServiceDnsConfigDnsRecordArray{servicediscovery.ServiceDnsConfigDnsRecordArgs{
				Type: pulumi.String("SRV"), Ttl: pulumi.Int(60),
			}},
			RoutingPolicy: pulumi.String("MULTIVALUE"),
		},
		HealthCheckCustomConfig: servicediscovery.ServiceHealthCheckCustomConfigArgs{FailureThreshold: pulumi.Int(1)},
		Tags:                    b.tags(child),
	}, b.child())
	if err == nil {
		b.target = b.registry.Arn
	}
	return err
}

func (b *api) makeApi(ctx *pulumi.Context) (err error) {
	child := b.name + "-api"
	b.api, err = apigatewayv2.NewApi(ctx, child, &apigatewayv2.ApiArgs{
		ProtocolType: pulumi.String("HTTP"),
		Tags:         b.tags(child),
	}, b.child())
	if err != nil {
		return err
	}
	integration, err := apigatewayv2.NewIntegration(ctx, b.name+"-integration", &apigatewayv2.IntegrationArgs{
		ApiId:                b.api.ID(),
		IntegrationType:      pulumi.String("HTTP_PROXY"),
		IntegrationMethod:    pulumi.String("ANY"),
		IntegrationUri:       b.target.ToStringOutput().ToStringPtrOutput(),
		ConnectionType:       pulumi.String("VPC_LINK"),
		ConnectionId:         b.link.ID(),
		PayloadFormatVersion: pulumi.String("1.0"),
		TimeoutMilliseconds:  pulumi.Int(or(b.spec.TimeoutMilliseconds, 30000)),
	}, b.child())
	if err != nil {
		return err
	}
	_, err = apigatewayv2.NewRoute(ctx, b.name+"-default", &apigatewayv2.RouteArgs{
		ApiId:    b.api.ID(),
		RouteKey: pulumi.String("$default"),
		Target:   pulumi.Sprintf("integrations/%s", integration.ID()),
	}, b.child())
	return err
}

// accessLogFormat is one JSON object a request.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
const accessLogFormat = `{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","requestTime":"$context.requestTime",` +
	`"httpMethod":"$context.httpMethod","path":"$context.path","protocol":"$context.protocol","status":"$context.status",` +
	`"responseLength":"$context.responseLength","responseLatency":"$context.responseLatency","integrationError":"$context.integrationErrorMessage"}`

func (b *api) makeStage(ctx *pulumi.Context) (err error) {
	child := b.name + "-access"
	b.log, err = cloudwatch.NewLogGroup(ctx, child, &cloudwatch.LogGroupArgs{
		RetentionInDays: pulumi.Int(or(b.spec.LogRetentionInDays, defaultRetentionInDays)),
		Tags:            b.tags(child),
	}, b.child())
	if err != nil {
		return err
	}
	child = b.name + "-stage"
	_, err = apigatewayv2.NewStage(ctx, child, &apigatewayv2.StageArgs{
		ApiId:                b.api.ID(),
		Name:                 pulumi.String("$default"),
		AutoDeploy:           pulumi.Bool(true),
		AccessLogSettings:    apigatewayv2.StageAccessLogSettingsArgs{DestinationArn: b.log.Arn, Format: pulumi.String(accessLogFormat)},
		DefaultRouteSettings: apigatewayv2.StageDefaultRouteSettingsArgs{DetailedMetricsEnabled: pulumi.Bool(true)},
		Tags:                 b.tags(child),
	}, b.child())
	return err
}

// dnsName is a text as a label of a DNS name.
func dnsName(text string) string {
	label := strings.Trim(notInDnsName.ReplaceAllString(strings.ReplaceAll(text, ".", "-"), "-"), "-")
	return strings.ToLower(label[:min(len(label), 63)])
}

// ElementType makes ApiIngress a pulumi.Input.
func (a *ApiIngress) ElementType() reflect.Type { return reflect.TypeFor[*Ingress]() }

// ToIngressOutput makes ApiIngress an IngressInput.
func (a *ApiIngress) ToIngressOutput() IngressOutput { return a.ingressView().ToIngressOutput() }

func (a *ApiIngress) ingressView() *Ingress { return ingressOf(a, ingressHas{protocol: "tcp"}) }
