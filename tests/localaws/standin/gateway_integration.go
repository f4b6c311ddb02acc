package standin

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2/types"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/apigatewayv2"
)

const integrationPage = registry + "apigatewayv2/integration/"

// What only WebSocket APIs and Lambda integrations take has no row.
var integrationType = &resourceType{
	token: "aws:apigatewayv2/integration:Integration", args: sdk.IntegrationArgs{}, state: sdk.Integration{},
	inputs: map[string]prop{
		"apiId":                        {change: replaces, request: "CreateIntegration.ApiId", source: integrationPage},
		"integrationType":              {change: replaces, check: oneOf(types.IntegrationType("").Values()...), request: "CreateIntegration.IntegrationType", source: integrationPage},
		"integrationMethod":            {change: updates, check: oneOf("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"), request: "CreateIntegration.IntegrationMethod UpdateIntegration.IntegrationMethod", source: integrationPage},
		"integrationUri":               {change: updates, request: "CreateIntegration.IntegrationUri UpdateIntegration.IntegrationUri", source: integrationPage},
		"connectionType":               {change: updates, byDefault: "INTERNET", check: oneOf(types.ConnectionType("").Values()...), request: "CreateIntegration.ConnectionType UpdateIntegration.ConnectionType", source: integrationPage},
		"connectionId":                 {change: updates, check: validation.StringLenBetween(1, 1024), request: "CreateIntegration.ConnectionId UpdateIntegration.ConnectionId", source: integrationPage},
		"description":                  {change: updates, request: "CreateIntegration.Description UpdateIntegration.Description", source: integrationPage},
		"payloadFormatVersion":         {change: updates, byDefault: "1.0", check: oneOf("1.0", "2.0"), request: "CreateIntegration.PayloadFormatVersion", source: integrationPage},
		"timeoutMilliseconds":          {change: updates, computed: true, request: "CreateIntegration.TimeoutInMillis UpdateIntegration.TimeoutInMillis", source: integrationPage},
		"requestParameters":            {change: updates, request: "CreateIntegration.RequestParameters UpdateIntegration.RequestParameters", source: integrationPage},
		"tlsConfig":                    {change: updates, request: "CreateIntegration.TlsConfig UpdateIntegration.TlsConfig", source: integrationPage},
		"tlsConfig.serverNameToVerify": {request: "CreateIntegration.TlsConfig", source: integrationPage},
	},
	checkSource: providerSource + "apigatewayv2/integration.go",
	outputs:     []string{"integrationResponseSelectionExpression"},
	unset:       []string{"requestParameters", "requestTemplates"},
	source:      integrationPage + "#outputs",
	create: func(ctx context.Context, r *request) (string, error) {
		out, err := r.cloud.Gateway.CreateIntegration(ctx, &apigatewayv2.CreateIntegrationInput{
			ApiId: r.in.strp("apiId"), IntegrationType: types.IntegrationType(r.in.str("integrationType")),
			IntegrationMethod: r.in.strp("integrationMethod"), IntegrationUri: r.in.strp("integrationUri"),
			ConnectionType: types.ConnectionType(r.in.str("connectionType")), ConnectionId: r.in.strp("connectionId"),
			Description: r.in.strp("description"), PayloadFormatVersion: r.in.strp("payloadFormatVersion"),
			TimeoutInMillis: r.in.int32p("timeoutMilliseconds"), RequestParameters: r.in.strMap("requestParameters"), TlsConfig: tlsConfig(r),
		})
		if err != nil {
			return "", err
		}
		return aws.ToString(out.IntegrationId), nil
	},
	read: readIntegration, update: updateIntegration,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.Gateway.DeleteIntegration(ctx, &apigatewayv2.DeleteIntegrationInput{ApiId: r.state.strp("apiId"), IntegrationId: &r.id})
		return gone(err, "NotFoundException")
	},
	importID: partOfAPI("integration"),
}

// partOfAPI returns how an import names a part of an API: API/PART.
func partOfAPI(part string) func(context.Context, *request, string) (string, error) {
	return func(_ context.Context, r *request, id string) (string, error) {
		api, own, ok := strings.Cut(id, "/")
		if !ok {
			return "", fmt.Errorf("%q does not name an API's %s; write API/%s", id, part, strings.ToUpper(part))
		}
		r.state = object(resourceMap(map[string]any{"apiId": api}))
		return own, nil
	}
}

// apiOf returns the API that the resource is part of.
func apiOf(r *request) string {
	if api := r.in.str("apiId"); api != "" {
		return api
	}
	return r.state.str("apiId")
}

func tlsConfig(r *request) *types.TlsConfigInput {
	if t := r.in.object("tlsConfig"); t != nil {
		return &types.TlsConfigInput{ServerNameToVerify: t.strp("serverNameToVerify")}
	}
	return nil
}

func readIntegration(ctx context.Context, r *request) (map[string]any, error) {
	api := apiOf(r)
	out, err := r.cloud.Gateway.GetIntegration(ctx, &apigatewayv2.GetIntegrationInput{ApiId: &api, IntegrationId: &r.id})
	if err != nil {
		return nil, notFound(err, "NotFoundException")
	}
	read := map[string]any{
		"apiId": api, "integrationType": string(out.IntegrationType), "integrationMethod": aws.ToString(out.IntegrationMethod),
		"integrationUri": aws.ToString(out.IntegrationUri), "connectionType": string(out.ConnectionType), "connectionId": aws.ToString(out.ConnectionId),
		"description": aws.ToString(out.Description), "payloadFormatVersion": aws.ToString(out.PayloadFormatVersion),
		"timeoutMilliseconds":                    aws.ToInt32(out.TimeoutInMillis),
		"integrationResponseSelectionExpression": aws.ToString(out.IntegrationResponseSelectionExpression),
	}
	if len(out.RequestParameters) > 0 {
		read["requestParameters"] = out.RequestParameters
	}
	if t := out.TlsConfig; t != nil && aws.ToString(t.ServerNameToVerify) != "" {
		read["tlsConfig"] = map[string]any{"serverNameToVerify": *t.ServerNameToVerify}
	}
	return read, nil
}

// updateIntegration sends the type along with every change, as the official
// provider does, and "" for what is to be removed.
func updateIntegration(ctx context.Context, r *request) error {
	in := &apigatewayv2.UpdateIntegrationInput{
		ApiId: r.in.strp("apiId"), IntegrationId: &r.id, IntegrationType: types.IntegrationType(r.in.str("integrationType")),
	}
	text := func(name string) *string {
		if !r.changed(name) {
			return nil
		}
		return aws.String(r.in.str(name))
	}
	in.IntegrationMethod, in.IntegrationUri, in.ConnectionId = text("integrationMethod"), text("integrationUri"), text("connectionId")
	in.Description, in.PayloadFormatVersion = text("description"), text("payloadFormatVersion")
	if r.changed("connectionType") {
		in.ConnectionType = types.ConnectionType(r.in.str("connectionType"))
	}
	if r.changed("timeoutMilliseconds") {
		in.TimeoutInMillis = r.in.int32p("timeoutMilliseconds")
	}
	if r.changed("requestParameters") {
		in.RequestParameters = map[string]string{}
		for k := range r.was.strMap("requestParameters") {
			in.RequestParameters[k] = ""
		}
		for k, v := range r.in.strMap("requestParameters") {
			in.RequestParameters[k] = v
		}
	}
	if r.changed("tlsConfig") {
		if in.TlsConfig = tlsConfig(r); in.TlsConfig == nil {
			in.TlsConfig = &types.TlsConfigInput{}
		}
	}
	_, err := r.cloud.Gateway.UpdateIntegration(ctx, in)
	return err
}
