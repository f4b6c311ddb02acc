package standin

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2/types"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/apigatewayv2"
)

const gatewayRoutePage = registry + "apigatewayv2/route/"

var gatewayRouteType = &resourceType{
	token: "aws:apigatewayv2/route:Route", args: sdk.RouteArgs{}, state: sdk.Route{},
	inputs: map[string]prop{
		"apiId":             {change: replaces, request: "CreateRoute.ApiId", source: gatewayRoutePage},
		"routeKey":          {change: updates, request: "CreateRoute.RouteKey UpdateRoute.RouteKey", source: gatewayRoutePage},
		"target":            {change: updates, check: validation.StringLenBetween(1, 128), request: "CreateRoute.Target UpdateRoute.Target", source: gatewayRoutePage},
		"authorizationType": {change: updates, byDefault: "NONE", check: oneOf(types.AuthorizationType("").Values()...), request: "CreateRoute.AuthorizationType UpdateRoute.AuthorizationType", source: gatewayRoutePage},
		"operationName":     {change: updates, check: validation.StringLenBetween(1, 64), request: "CreateRoute.OperationName UpdateRoute.OperationName", source: gatewayRoutePage},
		"apiKeyRequired":    {change: updates, byDefault: false, request: "CreateRoute.ApiKeyRequired", source: gatewayRoutePage},
	},
	unset:       []string{"authorizationScopes", "requestModels"},
	checkSource: providerSource + "apigatewayv2/route.go",
	source:      gatewayRoutePage + "#outputs",
	create: func(ctx context.Context, r *request) (string, error) {
		out, err := r.cloud.Gateway.CreateRoute(ctx, &apigatewayv2.CreateRouteInput{
			ApiId: r.in.strp("apiId"), RouteKey: r.in.strp("routeKey"), Target: r.in.strp("target"), OperationName: r.in.strp("operationName"),
			AuthorizationType: types.AuthorizationType(r.in.str("authorizationType")), ApiKeyRequired: aws.Bool(r.in.boolean("apiKeyRequired")),
		})
		if err != nil {
			return "", err
		}
		return aws.ToString(out.RouteId), nil
	},
	read: func(ctx context.Context, r *request) (map[string]any, error) {
		api := apiOf(r)
		out, err := r.cloud.Gateway.GetRoute(ctx, &apigatewayv2.GetRouteInput{ApiId: &api, RouteId: &r.id})
		if err != nil {
			return nil, notFound(err, "NotFoundException")
		}
		return map[string]any{
			"apiId": api, "routeKey": out.RouteKey, "target": aws.ToString(out.Target), "authorizationType": string(out.AuthorizationType),
			"operationName": aws.ToString(out.OperationName), "apiKeyRequired": aws.ToBool(out.ApiKeyRequired),
		}, nil
	},
	update: func(ctx context.Context, r *request) error {
		in := &apigatewayv2.UpdateRouteInput{ApiId: r.in.strp("apiId"), RouteId: &r.id}
		if r.changed("routeKey") {
			in.RouteKey = r.in.strp("routeKey")
		}
		if r.changed("target") {
			in.Target = aws.String(r.in.str("target"))
		}
		if r.changed("authorizationType") {
			in.AuthorizationType = types.AuthorizationType(r.in.str("authorizationType"))
		}
		if r.changed("operationName") {
			in.OperationName = aws.String(r.in.str("operationName"))
		}
		if r.changed("apiKeyRequired") {
			in.ApiKeyRequired = aws.Bool(r.in.boolean("apiKeyRequired"))
		}
		_, err := r.cloud.Gateway.UpdateRoute(ctx, in)
		return err
	},
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.Gateway.DeleteRoute(ctx, &apigatewayv2.DeleteRouteInput{ApiId: r.state.strp("apiId"), RouteId: &r.id})
		return gone(err, "NotFoundException")
	},
	importID: partOfAPI("route"),
}
