package components

import (
	"regexp"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/apigatewayv2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/servicediscovery"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
)

// api is what an ApiIngress makes.
type api struct {
	parent pulumi.Resource
	name   string
	spec   apiSpec

	group     *ec2.SecurityGroup
	link      *apigatewayv2.VpcLink
	namespace *servicediscovery.PrivateDnsNamespace // nil before a load balancer
	api       *apigatewayv2.Api
	log       *cloudwatch.LogGroup
}

func (b *api) child() pulumi.ResourceOption { return pulumi.Parent(b.parent) }

func (b *api) tags(child string) pulumi.StringMapInput { return nameTag(b.spec.Tags, child) }

func (b *api) namespaceId() pulumi.StringOutput {
	if b.namespace == nil {
		return pulumi.String("").ToStringOutput()
	}
	return b.namespace.ID().ToStringOutput()
}

func (b *api) makeLink(ctx *pulumi.Context) (err error) {
	child := children.LinkGroup.Name(b.name)
	b.group, err = ec2.NewSecurityGroup(ctx, child, &ec2.SecurityGroupArgs{
		VpcId:       b.spec.network.VpcId,
		Description: pulumi.String(linkGroupDescription),
		Tags:        b.tags(child),
	}, b.child())
	if err != nil {
		return err
	}
	subnets, opts, err := b.linkSubnets(ctx)
	if err != nil {
		return err
	}
	child = children.Link.Name(b.name)
	b.link, err = apigatewayv2.NewVpcLink(ctx, child, &apigatewayv2.VpcLinkArgs{
		SubnetIds:        subnets,
		SecurityGroupIds: pulumi.StringArray{b.group.ID()},
		Tags:             b.tags(child),
	}, append(opts, b.child())...)
	return err
}

// linkZones is the number of zones that a link is in by default. It is not all
// of them, so that a zone that is added later leaves the link alone: AWS makes a
// link anew for other subnets.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
const linkZones = 2

// linkSubnets are the subnets of the link.
func (b *api) linkSubnets(ctx *pulumi.Context) (pulumi.StringArrayInput, []pulumi.ResourceOption, error) {
	if b.spec.LinkSubnetIds != nil {
		return b.spec.LinkSubnetIds, nil, nil
	}
	all := b.spec.network.SubnetIds
	first := all.ApplyT(func(ids []string) []string { return ids[:min(len(ids), linkZones)] }).(pulumi.StringArrayOutput)
	if !ctx.DryRun() {
		return first, nil, nil
	}
	_, known, err := await[[]string](ctx, all)
	if err != nil || known {
		return first, nil, err
	}
	// With a subnet that is not there yet no id of the list is known, and the
	// preview of any further zone would show a new link. The update knows them.
	return first, []pulumi.ResourceOption{pulumi.IgnoreChanges([]string{"subnetIds"})}, nil
}

// makeTarget makes what requests go to: the namespace in which the tasks of a
// service register, or the way to the load balancer's listener.
func (b *api) makeTarget(ctx *pulumi.Context) error {
	if b.spec.balancer == nil {
		return b.makeNamespace(ctx)
	}
	child, port := children.ToLoadBalancer.Name(b.name), b.spec.behind.port
	r := rule{
		fromPort: port, toPort: port, protocol: "tcp", description: "Requests of the API " + b.name,
		group: b.spec.balancer.SecurityGroupId.ToStringPtrOutput(),
	}
	if _, err := vpc.NewSecurityGroupEgressRule(ctx, child, r.egress(b.group.ID(), b.tags(child)), b.child()); err != nil {
		return err
	}
	child, r.group = children.FromApi.Name(b.name), b.group.ID().ToStringPtrOutput()
	if _, err := vpc.NewSecurityGroupIngressRule(ctx, child, r.ingress(b.spec.balancer.SecurityGroupId, b.tags(child)), b.child()); err != nil {
		return err
	}
	listener := b.spec.balancer.ListenerArn
	if b.spec.ListenerArn != nil {
		listener = orEmpty(b.spec.ListenerArn)
	}
	_, err := (&integration{
		apiId: b.api.ID().ToStringOutput(), linkId: b.link.ID().ToStringOutput(), to: listener, timeout: pulumi.Int(b.spec.timeout()),
		serverName: b.spec.ServerNameToVerify, parent: b.child(),
	}).make(ctx, children.Integration.Name(b.name), children.DefaultRoute.Name(b.name))
	return err
}

func (b *api) makeNamespace(ctx *pulumi.Context) (err error) {
	// Another name or another VPC is another namespace, which AWS takes beside
	// the old one. The provider would delete first what has a name of its own,
	// and AWS deletes no namespace that still has a service.
	// https://docs.aws.amazon.com/cloud-map/latest/api/API_DeleteNamespace.html
	child := children.Namespace.Name(b.name)
	b.namespace, err = servicediscovery.NewPrivateDnsNamespace(ctx, child, &servicediscovery.PrivateDnsNamespaceArgs{
		Name: pulumi.String(b.spec.namespaceName),
		Vpc:  b.spec.network.VpcId,
		Tags: b.tags(child),
	}, b.child(), pulumi.DeleteBeforeReplace(false))
	return err
}

func (b *api) makeApi(ctx *pulumi.Context) (err error) {
	child := children.Api.Name(b.name)
	b.api, err = apigatewayv2.NewApi(ctx, child, &apigatewayv2.ApiArgs{
		ProtocolType: pulumi.String("HTTP"),
		Tags:         b.tags(child),
	}, b.child())
	return err
}

// integration is what an API sends requests to, through its VPC link.
type integration struct {
	apiId, linkId pulumi.StringOutput
	to            pulumi.StringOutput // ARN of a listener or of a Cloud Map service
	timeout       pulumi.IntInput     // milliseconds
	serverName    pulumi.StringPtrInput
	parent        pulumi.ResourceOption
}

// make makes the integration and the route that sends it all requests.
func (i *integration) make(ctx *pulumi.Context, child, routeChild string) ([]pulumi.Resource, error) {
	args := &apigatewayv2.IntegrationArgs{
		ApiId:                i.apiId,
		IntegrationType:      pulumi.String("HTTP_PROXY"),
		IntegrationMethod:    pulumi.String("ANY"),
		IntegrationUri:       i.to.ToStringPtrOutput(),
		ConnectionType:       pulumi.String("VPC_LINK"),
		ConnectionId:         i.linkId.ToStringPtrOutput(),
		PayloadFormatVersion: pulumi.String("1.0"),
		TimeoutMilliseconds:  i.timeout.ToIntOutput().ToIntPtrOutput(),
	}
	if i.serverName != nil {
		// Without it, API Gateway speaks plain HTTP to a listener that takes TLS.
		// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
		args.TlsConfig = apigatewayv2.IntegrationTlsConfigArgs{ServerNameToVerify: i.serverName}
	}
	made, err := apigatewayv2.NewIntegration(ctx, child, args, i.parent)
	if err != nil {
		return nil, err
	}
	route, err := apigatewayv2.NewRoute(ctx, routeChild, &apigatewayv2.RouteArgs{
		ApiId:    i.apiId,
		RouteKey: pulumi.String("$default"),
		Target:   pulumi.Sprintf("integrations/%s", made.ID()),
	}, i.parent)
	return []pulumi.Resource{made, route}, err
}

// accessLogFormat is one JSON object a request.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
const accessLogFormat = `{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","requestTime":"$context.requestTime",` +
	`"httpMethod":"$context.httpMethod","path":"$context.path","protocol":"$context.protocol","status":"$context.status",` +
	`"responseLength":"$context.responseLength","responseLatency":"$context.responseLatency","integrationError":"$context.integrationErrorMessage"}`

func (b *api) makeStage(ctx *pulumi.Context) (err error) {
	child := children.AccessLogs.Name(b.name)
	b.log, err = cloudwatch.NewLogGroup(ctx, child, &cloudwatch.LogGroupArgs{
		RetentionInDays: pulumi.Int(or(b.spec.LogRetentionInDays, defaultRetentionInDays)),
		Tags:            b.tags(child),
	}, b.child())
	if err != nil {
		return err
	}
	child = children.Stage.Name(b.name)
	args := &apigatewayv2.StageArgs{
		ApiId:             b.api.ID(),
		Name:              pulumi.String("$default"),
		AutoDeploy:        pulumi.Bool(true),
		AccessLogSettings: apigatewayv2.StageAccessLogSettingsArgs{DestinationArn: b.log.Arn, Format: pulumi.String(accessLogFormat)},
		Tags:              b.tags(child),
	}
	if b.spec.ThrottlingRateLimit != nil {
		args.DefaultRouteSettings = apigatewayv2.StageDefaultRouteSettingsArgs{
			ThrottlingRateLimit: pulumi.Float64(*b.spec.ThrottlingRateLimit), ThrottlingBurstLimit: pulumi.Int(*b.spec.ThrottlingBurstLimit),
		}
	}
	_, err = apigatewayv2.NewStage(ctx, child, args, b.child())
	return err
}

// dnsName is a text as a label of a DNS name, which has at most 63 characters
// and no "-" at either end.
func dnsName(text string) string {
	label := strings.Trim(notInDnsName.ReplaceAllString(text, "-"), "-")
	return strings.ToLower(strings.TrimRight(label[:min(len(label), 63)], "-"))
}

var notInDnsName = regexp.MustCompile(`[^a-zA-Z0-9-]`)
