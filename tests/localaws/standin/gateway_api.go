package standin

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2/types"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/apigatewayv2"
)

const apiPage = registry + "apigatewayv2/api/"

// CORS, quick creation (routeKey, target, credentialsArn) and OpenAPI bodies
// have no row: this project uses separate resources.
var gatewayAPIType = &resourceType{
	token: "aws:apigatewayv2/api:Api", args: sdk.ApiArgs{}, state: sdk.Api{},
	inputs: map[string]prop{
		"name":                      {change: updates, autoName: 255, check: validation.StringLenBetween(1, 128), request: "CreateApi.Name UpdateApi.Name", source: apiPage},
		"protocolType":              {change: replaces, check: oneOf(types.ProtocolType("").Values()...), request: "CreateApi.ProtocolType", source: apiPage},
		"description":               {change: updates, check: validation.StringLenBetween(0, 1024), request: "CreateApi.Description UpdateApi.Description", source: apiPage},
		"version":                   {change: updates, check: validation.StringLenBetween(1, 64), request: "CreateApi.Version UpdateApi.Version", source: apiPage},
		"disableExecuteApiEndpoint": {change: updates, request: "CreateApi.DisableExecuteApiEndpoint UpdateApi.DisableExecuteApiEndpoint", source: apiPage},
		"routeSelectionExpression":  {change: updates, byDefault: "$request.method $request.path", request: "CreateApi.RouteSelectionExpression", source: apiPage},
		"apiKeySelectionExpression": {change: updates, byDefault: "$request.header.x-api-key", check: oneOf("$context.authorizer.usageIdentifierKey", "$request.header.x-api-key"), request: "CreateApi.ApiKeySelectionExpression", source: apiPage},
		"tags":                      {change: updates, request: "CreateApi.Tags TagResource.Tags", source: apiPage},
	},
	checkSource: providerSource + "apigatewayv2/api.go",
	outputs:     []string{"arn", "apiEndpoint", "executionArn", "ipAddressType", "tagsAll"},
	unset:       []string{"body", "credentialsArn", "failOnWarnings", "routeKey", "target"},
	source:      apiPage + "#outputs",
	create: func(ctx context.Context, r *request) (string, error) {
		out, err := r.cloud.Gateway.CreateApi(ctx, &apigatewayv2.CreateApiInput{
			Name: r.in.strp("name"), ProtocolType: types.ProtocolType(r.in.str("protocolType")), Description: r.in.strp("description"),
			Version: r.in.strp("version"), DisableExecuteApiEndpoint: r.in.boolp("disableExecuteApiEndpoint"),
			RouteSelectionExpression: r.in.strp("routeSelectionExpression"), ApiKeySelectionExpression: r.in.strp("apiKeySelectionExpression"),
			Tags: r.tags,
		})
		if err != nil {
			return "", err
		}
		return aws.ToString(out.ApiId), nil
	},
	read: readGatewayAPI, update: updateGatewayAPI,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.Gateway.DeleteApi(ctx, &apigatewayv2.DeleteApiInput{ApiId: &r.id})
		return gone(err, "NotFoundException")
	},
}

// gatewayARN is the ARN of a part of API Gateway, whose API returns none.
// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
func (r *request) gatewayARN(path string) string {
	p, _ := partition(r.cloud.Region())
	return fmt.Sprintf("arn:%s:apigateway:%s::%s", p, r.cloud.Region(), path)
}

// executionARN is what a permission to call the API names.
func (r *request) executionARN(ctx context.Context, path string) (string, error) {
	p, _ := partition(r.cloud.Region())
	owner, err := r.account(ctx)
	return fmt.Sprintf("arn:%s:execute-api:%s:%s:%s", p, r.cloud.Region(), owner, path), err
}

func readGatewayAPI(ctx context.Context, r *request) (map[string]any, error) {
	api, err := r.cloud.Gateway.GetApi(ctx, &apigatewayv2.GetApiInput{ApiId: &r.id})
	if err != nil {
		return nil, notFound(err, "NotFoundException")
	}
	execution, err := r.executionARN(ctx, r.id)
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"arn": r.gatewayARN("/apis/" + r.id), "apiEndpoint": api.ApiEndpoint, "executionArn": execution, "name": api.Name,
		"protocolType": string(api.ProtocolType), "description": aws.ToString(api.Description), "version": aws.ToString(api.Version),
		"disableExecuteApiEndpoint": aws.ToBool(api.DisableExecuteApiEndpoint), "ipAddressType": "ipv4",
		"routeSelectionExpression": api.RouteSelectionExpression, "apiKeySelectionExpression": api.ApiKeySelectionExpression, "tags": ownTags(api.Tags),
	}, nil
}

func updateGatewayAPI(ctx context.Context, r *request) error {
	in := &apigatewayv2.UpdateApiInput{ApiId: &r.id}
	send := false
	text := func(name string) *string {
		if !r.changed(name) {
			return nil
		}
		send = true
		return aws.String(r.in.str(name))
	}
	in.Name, in.Description, in.Version = text("name"), text("description"), text("version")
	in.RouteSelectionExpression, in.ApiKeySelectionExpression = text("routeSelectionExpression"), text("apiKeySelectionExpression")
	if r.changed("disableExecuteApiEndpoint") {
		send, in.DisableExecuteApiEndpoint = true, aws.Bool(r.in.boolean("disableExecuteApiEndpoint"))
	}
	if send {
		if _, err := r.cloud.Gateway.UpdateApi(ctx, in); err != nil {
			return err
		}
	}
	return updateGatewayTags(ctx, r, r.state.str("arn"))
}
