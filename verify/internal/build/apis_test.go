package build_test

import (
	"strconv"
	"testing"
)

func itoa(n int) string { return strconv.Itoa(n) }

func TestAPIs(t *testing.T) {
	t.Parallel()
	api := res{typ: "apigatewayv2/api", name: "api", id: "api-1", props: m{"protocolType": "HTTP", "disableExecuteApiEndpoint": false}}
	route := res{typ: "apigatewayv2/route", name: "default", id: "r", props: m{"apiId": "api-1", "routeKey": "$default"}}
	link := res{typ: "apigatewayv2/vpcLink", name: "link", id: "link-1", props: m{"subnetIds": []any{"subnet-a"}, "securityGroupIds": []any{"sg-1"}}}
	integration := res{typ: "apigatewayv2/integration", name: "to", id: "i", props: m{"apiId": "api-1", "connectionType": "VPC_LINK", "connectionId": "link-1", "integrationUri": "arn:registry"}}
	registry := res{typ: "servicediscovery/service", name: "registry", id: "srv-1", props: m{"arn": "arn:registry"}}
	joined := behind.without("loadBalancers").with(m{"serviceRegistries": m{"registryArn": "arn:registry", "containerPort": 8080}})
	rest := res{typ: "apigateway/restApi", name: "rest", id: "rest-1", props: m{"endpointConfiguration": m{"types": "REGIONAL"}}}
	oldLink := res{typ: "apigateway/vpcLink", name: "old", id: "old-1", props: m{"targetArn": "arn:lb"}}
	method := res{typ: "apigateway/integration", name: "method", id: "m", props: m{"restApi": "rest-1", "connectionType": "VPC_LINK", "connectionId": "old-1", "uri": "http://x"}}
	stack := func(all ...res) []res { return append([]res{vpcRes, subnetRes, subnetTwo, groupRes}, all...) }
	only := func(line string) []string { return []string{line} }
	check(t, map[string]scene{
		"to Cloud Map": {
			stack: stack(api, route, link, integration, registry, joined),
			want: []string{
				"api Api api: public Yes", "integration Integration to: 1 services {6 8080 8080}",
				"integration Integration to is in Subnet a", "integration Integration to is guarded by SecurityGroup guard",
			},
			not: []string{doubtless},
		},
		"before it is made":     {preview: true, stack: stack(api, route, link, integration.with(m{"integrationUri": notKnown}).madeFrom("integrationUri", "registry"), registry, joined.with(m{"serviceRegistries": m{"registryArn": notKnown, "containerPort": 8080}}).madeFrom("serviceRegistries", "registry")), want: only("integration Integration to: 1 services {6 8080 8080}"), not: []string{doubtless}},
		"to a listener":         {stack: stack(api, route, link, integration.with(m{"integrationUri": "arn:listener"}), balancerRes, targetsRes, listenerRes), want: only("integration Integration to: 0 services {6 0 65535}"), not: []string{doubtless}},
		"without a route":       {stack: stack(api, link, integration, registry, joined), want: only("api Api api: public No")},
		"by quick create":       {stack: stack(api.with(m{"target": "arn:x"}), link, integration, registry, joined), want: only("api Api api: public Yes")},
		"endpoint disabled":     {stack: stack(api.with(m{"disableExecuteApiEndpoint": true}), route, link, integration, registry), want: only("api Api api: public No")},
		"disabled, by a domain": {stack: stack(api.with(m{"disableExecuteApiEndpoint": true}), route, res{typ: "apigatewayv2/apiMapping", name: "name", id: "x", props: m{"apiId": "api-1"}}), want: only("api Api api: public Yes")},
		"disabled or not":       {stack: stack(api.with(m{"disableExecuteApiEndpoint": notKnown}), route), want: only("api Api api: public Maybe")},
		"to the internet":       {stack: stack(api, route, integration.with(m{"connectionType": "INTERNET"})), not: []string{doubtless, "integration"}},
		"connection hidden":     {stack: stack(api, route, link, integration.with(m{"connectionType": "what?"}), registry, joined), want: only("doubt at Integration to: Integration to its connectionType is not what is expected there")},
		"link not known":        {stack: stack(api, route, integration.with(m{"connectionId": notKnown}), registry, joined), want: only("doubt at Integration to: Integration to its connectionId is not known yet")},
		"target not known":      {stack: stack(api, route, link, integration.with(m{"integrationUri": notKnown})), want: only("doubt at Integration to: Integration to its integrationUri is not known yet")},
		"API of another stack":  {stack: stack(link, integration, registry, joined), want: only("api Api to: public Maybe")},
		"registered by hand":    {stack: stack(api, route, link, integration, registry, res{typ: "servicediscovery/instance", name: "one", id: "x", props: m{"serviceId": "srv-1"}}), want: only("doubt at Integration to: Instance one is registered by hand, and the proof does not know what it is")},
		"registry not there":    {stack: stack(joined), want: only("doubt at Service web: Service web its serviceRegistries.registryArn, arn:registry, is not in the stack")},
		"OpenAPI":               {stack: stack(api.with(m{"body": `{"x-amazon-apigateway-integration":{"connectionType":"VPC_LINK"}}`})), want: only("doubt at Api api: Api api may lead into a VPC by its body, which the proof does not read")},
		"REST":                  {stack: stack(rest, oldLink, method, balancerRes), want: []string{"api RestApi rest: public Yes", "integration Integration method: 0 services {6 0 65535}"}, not: []string{doubtless}},
		"REST, private":         {stack: stack(rest.with(m{"endpointConfiguration": m{"types": []any{"PRIVATE"}}}), oldLink, method, balancerRes), want: only("api RestApi rest: public No")},
		"REST, type hidden":     {stack: stack(rest.with(m{"endpointConfiguration": m{"types": notKnown}}), oldLink, method, balancerRes), want: only("api RestApi rest: public Maybe")},
		"REST, link not there":  {stack: stack(rest, method), want: only("doubt at Integration method: Integration method its connectionId, old-1, is not in the stack")},
	})
}
