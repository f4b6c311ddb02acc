package cloud

import (
	"context"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2/types"
)

const privateIntegrations = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html"

var _ = addRules(map[string]rule{
	"ApiGatewayV2.CreateApi":         {before: before(checkCreateAPI), source: gatewayAPI + "apis.html"},
	"ApiGatewayV2.CreateIntegration": {before: before(checkCreateIntegration), source: gatewayAPI + "apis-apiid-integrations.html " + privateIntegrations},
	"ApiGatewayV2.UpdateIntegration": {before: before(checkUpdateIntegration), source: gatewayAPI + "apis-apiid-integrations-integrationid.html " + privateIntegrations},
	"ApiGatewayV2.DeleteIntegration": {before: before(checkDeleteIntegration), source: gatewayAPI + "apis-apiid-integrations-integrationid.html"},
	"ApiGatewayV2.CreateRoute":       {before: before(checkCreateGatewayRoute), source: gatewayAPI + "apis-apiid-routes.html"},
	"ApiGatewayV2.UpdateRoute":       {before: before(checkUpdateGatewayRoute), source: gatewayAPI + "apis-apiid-routes-routeid.html"},
})

func checkCreateAPI(_ context.Context, _ *Cloud, in *apigatewayv2.CreateApiInput) error {
	if name := aws.ToString(in.Name); name == "" || len(name) > 128 {
		return badRequest("The name of an API must have 1 to 128 characters; %q has %d.", name, len(name))
	}
	if !contains(in.ProtocolType.Values(), in.ProtocolType) {
		return badRequest("Invalid protocol type %q. Must be one of %v", in.ProtocolType, in.ProtocolType.Values())
	}
	selection := aws.ToString(in.RouteSelectionExpression)
	if in.ProtocolType == types.ProtocolTypeHttp && selection != "" && strings.NewReplacer("{", "", "}", "").Replace(selection) != "$request.method $request.path" {
		return badRequest("Invalid route selection expression %q for an HTTP API: it must be ${request.method} ${request.path}", selection)
	}
	return nil
}

var (
	listenerARN       = regexp.MustCompile(`^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:listener/(app|net)/.+$`)
	cloudMapARN       = regexp.MustCompile(`^arn:aws[a-z-]*:servicediscovery:[a-z0-9-]+:\d{12}:service/srv-.+$`)
	integrationMethod = regexp.MustCompile(`^(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT)$`)
	parameterMapping  = regexp.MustCompile(`^((append|overwrite|remove):(header|querystring)\..+|overwrite:path)$`)
)

// integrationFields are those of an integration that go together.
type integrationFields struct {
	kind                      types.IntegrationType
	connection                types.ConnectionType
	link, uri, method, format string
	timeout                   *int32
	parameters                map[string]string
}

func checkCreateIntegration(ctx context.Context, c *Cloud, in *apigatewayv2.CreateIntegrationInput) error {
	if _, err := c.Gateway.GetApi(ctx, &apigatewayv2.GetApiInput{ApiId: in.ApiId}); err != nil {
		return err
	}
	return checkIntegration(ctx, c, integrationFields{
		kind: in.IntegrationType, connection: in.ConnectionType, link: aws.ToString(in.ConnectionId), uri: aws.ToString(in.IntegrationUri),
		method: aws.ToString(in.IntegrationMethod), format: aws.ToString(in.PayloadFormatVersion), timeout: in.TimeoutInMillis,
		parameters: in.RequestParameters,
	})
}

func checkUpdateIntegration(ctx context.Context, c *Cloud, in *apigatewayv2.UpdateIntegrationInput) error {
	now, err := c.Gateway.GetIntegration(ctx, &apigatewayv2.GetIntegrationInput{ApiId: in.ApiId, IntegrationId: in.IntegrationId})
	if err != nil {
		return err
	}
	text := func(is, was *string) string {
		if is != nil {
			return *is
		}
		return aws.ToString(was)
	}
	fields := integrationFields{
		kind: now.IntegrationType, connection: now.ConnectionType, link: text(in.ConnectionId, now.ConnectionId),
		uri: text(in.IntegrationUri, now.IntegrationUri), method: text(in.IntegrationMethod, now.IntegrationMethod),
		format: text(in.PayloadFormatVersion, now.PayloadFormatVersion), timeout: in.TimeoutInMillis, parameters: in.RequestParameters,
	}
	if in.ConnectionType != "" {
		fields.connection = in.ConnectionType
	}
	return checkIntegration(ctx, c, fields)
}

// checkIntegration refuses what an HTTP API cannot call.
func checkIntegration(ctx context.Context, c *Cloud, f integrationFields) error {
	switch {
	case f.kind != types.IntegrationTypeHttpProxy && f.kind != types.IntegrationTypeAwsProxy:
		return badRequest("Invalid integration type %s for an HTTP API: AWS_PROXY and HTTP_PROXY are supported", f.kind)
	case f.format == "":
		return badRequest("PayloadFormatVersion is a required parameter for integration")
	case f.kind == types.IntegrationTypeHttpProxy && f.format != "1.0":
		return badRequest("PayloadFormatVersion %s is not supported for HTTP_PROXY integrations; 1.0 is", f.format)
	case f.timeout != nil && (*f.timeout < 50 || *f.timeout > 30000):
		return badRequest("Timeout should be between 50 ms and 30000 ms")
	case f.kind == types.IntegrationTypeHttpProxy && !integrationMethod.MatchString(f.method):
		return badRequest("HttpMethod must be set when IntegrationType is HTTP_PROXY; %q is no method", f.method)
	}
	for key, value := range f.parameters {
		if value != "" && !parameterMapping.MatchString(key) {
			return badRequest("Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: %s]", key)
		}
	}
	if f.connection != types.ConnectionTypeVpcLink {
		if f.kind == types.IntegrationTypeHttpProxy && !strings.HasPrefix(f.uri, "http://") && !strings.HasPrefix(f.uri, "https://") {
			return badRequest("Invalid HTTP endpoint specified for URI: %q", f.uri)
		}
		return nil
	}
	if f.link == "" {
		return badRequest("ConnectionId must be set to a VPC link when ConnectionType is VPC_LINK")
	}
	if _, err := c.Gateway.GetVpcLink(ctx, &apigatewayv2.GetVpcLinkInput{VpcLinkId: &f.link}); err != nil {
		return badRequest("Invalid VPC link: %s does not exist", f.link)
	}
	if !listenerARN.MatchString(f.uri) && !cloudMapARN.MatchString(f.uri) {
		return badRequest("For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid Cloud Map service ARN.")
	}
	return nil
}

func checkDeleteIntegration(ctx context.Context, c *Cloud, in *apigatewayv2.DeleteIntegrationInput) error {
	if _, err := c.Gateway.GetIntegration(ctx, &apigatewayv2.GetIntegrationInput{ApiId: in.ApiId, IntegrationId: in.IntegrationId}); err != nil {
		return err
	}
	routes, err := c.Gateway.GetRoutes(ctx, &apigatewayv2.GetRoutesInput{ApiId: in.ApiId})
	if err != nil {
		return err
	}
	var users []string
	for _, r := range routes.Items {
		if aws.ToString(r.Target) == "integrations/"+aws.ToString(in.IntegrationId) {
			users = append(users, aws.ToString(r.RouteId))
		}
	}
	if len(users) > 0 {
		return refuse("ConflictException", "Cannot delete Integration because it is referenced by the following Routes with Ids: %v", users)
	}
	return nil
}

var routeKey = regexp.MustCompile(`^(\$default|(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) /.*)$`)

func checkCreateGatewayRoute(ctx context.Context, c *Cloud, in *apigatewayv2.CreateRouteInput) error {
	if _, err := c.Gateway.GetApi(ctx, &apigatewayv2.GetApiInput{ApiId: in.ApiId}); err != nil {
		return err
	}
	return checkGatewayRoute(ctx, c, in.ApiId, nil, in.RouteKey, in.Target)
}

func checkUpdateGatewayRoute(ctx context.Context, c *Cloud, in *apigatewayv2.UpdateRouteInput) error {
	if _, err := c.Gateway.GetRoute(ctx, &apigatewayv2.GetRouteInput{ApiId: in.ApiId, RouteId: in.RouteId}); err != nil {
		return err
	}
	return checkGatewayRoute(ctx, c, in.ApiId, in.RouteId, in.RouteKey, in.Target)
}

func checkGatewayRoute(ctx context.Context, c *Cloud, api, self, key, target *string) error {
	if key != nil {
		if !routeKey.MatchString(*key) {
			return badRequest(`The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"`)
		}
		routes, err := c.Gateway.GetRoutes(ctx, &apigatewayv2.GetRoutesInput{ApiId: api})
		if err != nil {
			return err
		}
		for _, r := range routes.Items {
			if aws.ToString(r.RouteKey) == *key && aws.ToString(r.RouteId) != aws.ToString(self) {
				return refuse("ConflictException", "Route with key %s already exists for this API", *key)
			}
		}
	}
	if aws.ToString(target) == "" {
		return nil
	}
	id, ok := strings.CutPrefix(*target, "integrations/")
	if !ok {
		return badRequest("Invalid target %q for a route: write integrations/<integration id>", *target)
	}
	if _, err := c.Gateway.GetIntegration(ctx, &apigatewayv2.GetIntegrationInput{ApiId: api, IntegrationId: &id}); err != nil {
		return refuse("NotFoundException", "Unable to find Integration by ID '%s' within the provided API", id)
	}
	return nil
}
