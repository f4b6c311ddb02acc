package standin

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery"
	"github.com/stretchr/testify/require"
)

const (
	tAPI         = "aws:apigatewayv2/api:Api"
	tLink        = "aws:apigatewayv2/vpcLink:VpcLink"
	tIntegration = "aws:apigatewayv2/integration:Integration"
	tAPIRoute    = "aws:apigatewayv2/route:Route"
	tStage       = "aws:apigatewayv2/stage:Stage"
	tNamespace   = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace"
	tDiscovery   = "aws:servicediscovery/service:Service"
)

const (
	accessLog    = `{"requestId":"$context.requestId","status":"$context.status"}`
	listenerAddr = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/web/0123456789abcdef/fedcba9876543210"
)

// apiWorld is an HTTP API with what a private integration needs.
type apiWorld struct {
	*vpcWorld
	api, link, namespace, service *res
}

func newAPI(p *provider, name string) *apiWorld {
	p.t.Helper()
	w := &apiWorld{vpcWorld: newVpc(p, name)}
	w.api = p.create(tAPI, name, props{"protocolType": "HTTP"})
	w.link = p.create(tLink, name, w.reach())
	w.namespace = p.create(tNamespace, name, props{"name": name + ".local", "vpc": w.vpc.id})
	w.service = p.create(tDiscovery, name, w.discovery())
	return w
}

func (w *apiWorld) reach() props {
	return props{"subnetIds": []string{w.a.id, w.b.id}, "securityGroupIds": []string{w.group.id}}
}

func (w *apiWorld) discovery() props {
	return props{
		"dnsConfig":               props{"namespaceId": w.namespace.id, "dnsRecords": []any{props{"ttl": 10, "type": "SRV"}}},
		"healthCheckCustomConfig": props{"failureThreshold": 1},
	}
}

func (w *apiWorld) private() props {
	return props{
		"apiId": w.api.id, "integrationType": "HTTP_PROXY", "integrationMethod": "ANY", "connectionType": "VPC_LINK",
		"connectionId": w.link.id, "integrationUri": w.service.out("arn"), "payloadFormatVersion": "1.0",
	}
}

var _ = addLives(map[string]func(p *provider) life{
	tAPI: func(*provider) life {
		return life{
			in: props{
				"name": "api-of-mine", "protocolType": "HTTP", "description": "first", "version": "1", "disableExecuteApiEndpoint": true,
				"routeSelectionExpression": "$request.method $request.path", "apiKeySelectionExpression": "$request.header.x-api-key",
				"tags": props{"Name": "one", "Team": "a"},
			},
			edits: []edit{
				{name: "protocolType", value: "WEBSOCKET"},
				{name: "name", value: "another"},
				{name: "description", value: "second"},
				{name: "version", value: "2"},
				{name: "disableExecuteApiEndpoint", value: false},
				{name: "routeSelectionExpression", value: "${request.method} ${request.path}"},
				{name: "apiKeySelectionExpression", value: "$context.authorizer.usageIdentifierKey"},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
	tLink: func(p *provider) life {
		w := newVpc(p, "link")
		return life{
			in: props{
				"name": "link-of-mine", "subnetIds": []string{w.b.id, w.a.id}, "securityGroupIds": []string{w.group.id}, "tags": props{"Name": "one", "Team": "a"},
			},
			edits: []edit{
				{name: "subnetIds", value: []string{w.a.id}},
				{name: "securityGroupIds", value: []string{w.other.id}},
				{name: "name", value: "another"},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
	tIntegration: func(p *provider) life {
		w := newAPI(p, "integration")
		second := p.create(tLink, "integration-second", w.reach())
		in := w.private()
		for name, v := range (props{
			"description": "first", "timeoutMilliseconds": 29000, "tlsConfig": props{"serverNameToVerify": "example.com"},
			"requestParameters": props{"overwrite:path": "$request.path", "append:header.from": "api"},
		}) {
			in[name] = v
		}
		return life{
			in: in,
			edits: []edit{
				{name: "apiId", value: "another"},
				{name: "integrationType", value: "AWS_PROXY"},
				{name: "integrationMethod", value: "GET"},
				{name: "integrationUri", value: listenerAddr},
				{name: "connectionId", value: second.id},
				{name: "description", value: "second"},
				{name: "payloadFormatVersion", value: "2.0", refused: "PayloadFormatVersion 2.0 is not supported"},
				{name: "timeoutMilliseconds", value: 1000},
				{name: "requestParameters", value: props{"overwrite:path": "/"}},
				{name: "tlsConfig", value: nil},
				{name: "connectionType", value: "INTERNET", with: props{"connectionId": nil, "integrationUri": "https://example.com"}},
			},
			importID: func(r *res) string { return w.api.id + "/" + r.id },
		}
	},
	tAPIRoute: func(p *provider) life {
		w := newAPI(p, "route")
		one, two := p.create(tIntegration, "route-one", w.private()), p.create(tIntegration, "route-two", w.private())
		return life{
			in: props{
				"apiId": w.api.id, "routeKey": "$default", "target": "integrations/" + one.id, "authorizationType": "NONE",
				"operationName": "all", "apiKeyRequired": false,
			},
			edits: []edit{
				{name: "apiId", value: "another"},
				{name: "routeKey", value: "ANY /{proxy+}"},
				{name: "target", value: "integrations/" + two.id},
				{name: "authorizationType", value: "AWS_IAM"},
				{name: "operationName", value: "some"},
				{name: "apiKeyRequired", value: true},
			},
			importID: func(r *res) string { return w.api.id + "/" + r.id },
		}
	},
	tStage: func(p *provider) life {
		api := p.create(tAPI, "stage", props{"protocolType": "HTTP"})
		one, two := p.create(tLogGroup, "stage-one", props{}), p.create(tLogGroup, "stage-two", props{})
		return life{
			in: props{
				"apiId": api.id, "name": "$default", "autoDeploy": true, "description": "first",
				"accessLogSettings":    props{"destinationArn": one.out("arn"), "format": accessLog},
				"defaultRouteSettings": props{"detailedMetricsEnabled": true, "throttlingBurstLimit": 100, "throttlingRateLimit": 50.5},
				"stageVariables":       props{"One": "1", "Two": "2"}, "tags": props{"Name": "one", "Team": "a"},
			},
			edits: []edit{
				{name: "apiId", value: "another"},
				{name: "name", value: "live"},
				{name: "autoDeploy", value: false},
				{name: "description", value: "second"},
				{name: "accessLogSettings", value: props{"destinationArn": two.out("arn"), "format": accessLog}},
				{name: "accessLogSettings", value: nil},
				{name: "defaultRouteSettings", value: props{"detailedMetricsEnabled": false, "throttlingBurstLimit": 100, "throttlingRateLimit": 60}},
				{name: "stageVariables", value: props{"Two": "3"}},
				{name: "tags", value: props{"Name": "two"}},
			},
			importID: func(r *res) string { return api.id + "/" + r.id },
		}
	},
	tNamespace: func(p *provider) life {
		w, other := newVpc(p, "namespace"), newVpc(p, "namespace-other")
		p.create(tNamespace, "namespace-first", props{"name": "first.local", "vpc": w.vpc.id})
		return life{
			in: props{"name": "mine.local", "vpc": w.vpc.id, "description": "first", "tags": props{"Name": "one", "Team": "a"}},
			edits: []edit{
				{name: "name", value: "another.local"},
				{name: "vpc", value: other.vpc.id},
				{name: "description", value: "second"},
				{name: "tags", value: props{"Name": "two"}},
			},
			importID: func(r *res) string { return r.id + ":" + w.vpc.id },
		}
	},
	tDiscovery: func(p *provider) life {
		w := newAPI(p, "discovery")
		records := func(ttl int, kind string) props {
			return props{"namespaceId": w.namespace.id, "routingPolicy": "MULTIVALUE", "dnsRecords": []any{props{"ttl": ttl, "type": kind}}}
		}
		return life{
			in: props{
				"name": "service-of-mine", "description": "first", "namespaceId": w.namespace.id, "dnsConfig": records(10, "SRV"),
				"healthCheckCustomConfig": props{"failureThreshold": 1}, "forceDestroy": false, "tags": props{"Name": "one", "Team": "a"},
			},
			edits: []edit{
				{name: "name", value: "another"},
				{name: "namespaceId", value: "ns-0"},
				{name: "type", value: "HTTP"},
				{name: "healthCheckCustomConfig", value: nil},
				{name: "description", value: "second"},
				{name: "dnsConfig", value: records(20, "SRV")},
				{name: "forceDestroy", value: true},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
})

func TestCloudMapRecordsOfAnotherKindReplace(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newAPI(p, "kinds")
	in := w.discovery()
	require.Empty(t, w.service.diff(in.with("dnsConfig", props{
		"namespaceId": w.namespace.id, "dnsRecords": []any{props{"ttl": 60, "type": "SRV"}},
	})).GetReplaces())
	require.Equal(t, []string{"dnsConfig"}, w.service.diff(in.with("dnsConfig", props{
		"namespaceId": w.namespace.id, "dnsRecords": []any{props{"ttl": 10, "type": "A"}},
	})).GetReplaces())
	require.Equal(t, []string{"dnsConfig"}, w.service.diff(in.with("dnsConfig", nil)).GetReplaces())
}

func TestVpcLinkHoldsItsNetwork(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newAPI(p, "holds")
	require.ErrorContains(t, w.a.tryDelete(), "DependencyViolation")
	require.ErrorContains(t, w.group.tryDelete(), "DependencyViolation")
	w.link.delete()
	w.a.delete()
	w.group.delete()
}

func TestGatewayOrderOfDeletion(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newAPI(p, "order")
	integration := p.create(tIntegration, "order", w.private())
	route := p.create(tAPIRoute, "order", props{"apiId": w.api.id, "routeKey": "$default", "target": "integrations/" + integration.id})
	require.ErrorContains(t, integration.tryDelete(), "ConflictException")
	route.delete()
	integration.delete()
	require.ErrorContains(t, w.namespace.tryDelete(), "ResourceInUse")
	w.service.delete()
	w.namespace.delete()
}

func TestGatewayRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w, foreign := newAPI(p, "refused"), newVpc(p, "refused-foreign")
	dark := w.subnet("dark", "10.0.9.0/24", "us-east-1e")
	reach, private, discovery := w.reach(), w.private(), w.discovery()
	integration := p.create(tIntegration, "refused", private)
	p.create(tAPIRoute, "refused", props{"apiId": w.api.id, "routeKey": "GET /"})
	route := props{"apiId": w.api.id, "routeKey": "$default", "target": "integrations/" + integration.id}
	stage := p.create(tStage, "refused", props{"apiId": w.api.id, "name": "$default"})
	records := func(list ...any) props {
		return discovery.with("dnsConfig", props{"namespaceId": w.namespace.id, "dnsRecords": list})
	}
	at := func(settings props) props {
		return props{"apiId": w.api.id, "name": "other"}.with("accessLogSettings", settings)
	}

	runRefusals(t, p, map[string]refusal{
		"an unknown protocol":       {tAPI, props{"protocolType": "REST"}, "BadRequestException", "REST"},
		"a link without subnets":    {tLink, reach.with("subnetIds", []string{}), "BadRequestException", "1 to 10 subnets"},
		"an unknown subnet":         {tLink, reach.with("subnetIds", []string{"subnet-0"}), "BadRequestException", "subnet-0"},
		"subnets of two VPCs":       {tLink, reach.with("subnetIds", []string{w.a.id, foreign.b.id}), "BadRequestException", "same VPC"},
		"an unknown group":          {tLink, reach.with("securityGroupIds", []string{"sg-0"}), "BadRequestException", "sg-0"},
		"a group of another VPC":    {tLink, reach.with("securityGroupIds", []string{foreign.group.id}), "BadRequestException", "different networks"},
		"a zone without links":      {tLink, reach.with("subnetIds", []string{dark.id}), "BadRequestException", "where service is not available"},
		"an unknown API":            {tIntegration, private.with("apiId", "none"), "NotFoundException", "none"},
		"a WebSocket integration":   {tIntegration, private.with("integrationType", "MOCK"), "BadRequestException", "MOCK"},
		"payload format 2.0":        {tIntegration, private.with("payloadFormatVersion", "2.0"), "BadRequestException", "PayloadFormatVersion"},
		"too long a timeout":        {tIntegration, private.with("timeoutMilliseconds", 30001), "BadRequestException", "between 50 ms and 30000 ms"},
		"too short a timeout":       {tIntegration, private.with("timeoutMilliseconds", 49), "BadRequestException", "between 50 ms and 30000 ms"},
		"no method":                 {tIntegration, private.with("integrationMethod", nil), "BadRequestException", "HttpMethod"},
		"no link":                   {tIntegration, private.with("connectionId", nil), "BadRequestException", "ConnectionId"},
		"an unknown link":           {tIntegration, private.with("connectionId", "none"), "BadRequestException", "none"},
		"an address behind a link":  {tIntegration, private.with("integrationUri", "http://web.local"), "BadRequestException", "valid Cloud Map service ARN"},
		"a load balancer":           {tIntegration, private.with("integrationUri", "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/1"), "BadRequestException", "valid ELB listener ARN"},
		"a bad parameter":           {tIntegration, private.with("requestParameters", props{"path": "/"}), "BadRequestException", "Invalid mapping expression"},
		"a public name without one": {tIntegration, private.with("connectionType", "INTERNET"), "BadRequestException", "Invalid HTTP endpoint"},
		"a malformed key":           {tAPIRoute, route.with("routeKey", "/path"), "BadRequestException", "not formatted properly"},
		"a key twice":               {tAPIRoute, route.with("routeKey", "GET /"), "ConflictException", "GET /"},
		"an unknown integration":    {tAPIRoute, route.with("target", "integrations/none"), "NotFoundException", "none"},
		"a target of another kind":  {tAPIRoute, route.with("target", integration.id), "BadRequestException", "integrations/"},
		"a malformed stage":         {tStage, props{"apiId": w.api.id, "name": "a b"}, "BadRequestException", "a b"},
		"a stage twice":             {tStage, props{"apiId": w.api.id, "name": stage.id}, "ConflictException", "already exists"},
		"logs to nowhere":           {tStage, at(props{"destinationArn": "arn:aws:s3:::bucket", "format": accessLog}), "BadRequestException", "Invalid ARN"},
		"logs without the request":  {tStage, at(props{"destinationArn": "arn:aws:logs:us-east-1:123456789012:log-group:g", "format": "$context.status"}), "BadRequestException", "$context.requestId"},
		"an unknown VPC":            {tNamespace, props{"vpc": "vpc-0"}, "InvalidInput", "vpc-0"},
		"a namespace twice":         {tNamespace, props{"name": "refused.local", "vpc": w.vpc.id}, "ConflictingDomainExists", w.vpc.id},
		"an unknown namespace":      {tDiscovery, props{"dnsConfig": props{"namespaceId": "ns-0", "dnsRecords": []any{props{"ttl": 1, "type": "A"}}}}, "NamespaceNotFound", "ns-0"},
		"a service twice":           {tDiscovery, discovery.with("name", w.service.out("name")), "ServiceAlreadyExists", w.service.out("name")},
		"an unknown record":         {tDiscovery, records(props{"ttl": 1, "type": "MX"}), "InvalidInput", "MX"},
		"a record twice":            {tDiscovery, records(props{"ttl": 1, "type": "A"}, props{"ttl": 2, "type": "A"}), "InvalidInput", "twice"},
		"a negative time to live":   {tDiscovery, records(props{"ttl": -1, "type": "A"}), "InvalidInput", "-1"},
		"a CNAME in company":        {tDiscovery, records(props{"ttl": 1, "type": "A"}, props{"ttl": 1, "type": "CNAME"}), "InvalidInput", "CNAME"},
	})
}

func TestCloudMapServiceWithInstancesStays(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newAPI(p, "instances")
	c, err := p.clients()
	require.NoError(t, err)
	_, err = c.CloudMap.RegisterInstance(t.Context(), &servicediscovery.RegisterInstanceInput{
		ServiceId: &w.service.id, InstanceId: aws.String("task"), Attributes: map[string]string{"AWS_INSTANCE_IPV4": "10.0.0.9", "AWS_INSTANCE_PORT": "80"},
	})
	require.NoError(t, err)
	require.ErrorContains(t, w.service.tryDelete(), "ResourceInUse")
	w.service.update(w.discovery().with("forceDestroy", true))
	w.service.delete()
}
