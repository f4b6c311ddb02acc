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

const stagePage = registry + "apigatewayv2/stage/"

var stageType = &resourceType{
	token: "aws:apigatewayv2/stage:Stage", args: sdk.StageArgs{}, state: sdk.Stage{},
	inputs: map[string]prop{
		"apiId":                            {change: replaces, request: "CreateStage.ApiId", source: stagePage},
		"name":                             {change: replaces, autoName: 255, check: validation.StringLenBetween(1, 128), request: "CreateStage.StageName", source: stagePage},
		"autoDeploy":                       {change: updates, byDefault: false, request: "CreateStage.AutoDeploy UpdateStage.AutoDeploy", source: stagePage},
		"description":                      {change: updates, check: validation.StringLenBetween(0, 1024), request: "CreateStage.Description UpdateStage.Description", source: stagePage},
		"accessLogSettings":                {change: updates, request: "CreateStage.AccessLogSettings UpdateStage.AccessLogSettings", source: stagePage},
		"accessLogSettings.destinationArn": {check: validARN, request: "CreateStage.AccessLogSettings", source: stagePage},
		"accessLogSettings.format":         {request: "CreateStage.AccessLogSettings", source: stagePage},

		"defaultRouteSettings":                        {change: updates, computed: true, request: "CreateStage.DefaultRouteSettings UpdateStage.DefaultRouteSettings", source: stagePage},
		"defaultRouteSettings.detailedMetricsEnabled": {byDefault: false, request: "CreateStage.DefaultRouteSettings", source: stagePage},
		"defaultRouteSettings.throttlingBurstLimit":   {request: "CreateStage.DefaultRouteSettings", source: stagePage},
		"defaultRouteSettings.throttlingRateLimit":    {request: "CreateStage.DefaultRouteSettings", source: stagePage},

		"stageVariables": {change: updates, request: "CreateStage.StageVariables UpdateStage.StageVariables", source: stagePage},
		"tags":           {change: updates, request: "CreateStage.Tags TagResource.Tags", source: stagePage},
	},
	checkSource: providerSource + "apigatewayv2/stage.go",
	outputs:     []string{"arn", "executionArn", "invokeUrl", "tagsAll"},
	unset:       []string{"stageVariables"},
	source:      stagePage + "#outputs",
	create: func(ctx context.Context, r *request) (string, error) {
		out, err := r.cloud.Gateway.CreateStage(ctx, &apigatewayv2.CreateStageInput{
			ApiId: r.in.strp("apiId"), StageName: r.in.strp("name"), AutoDeploy: aws.Bool(r.in.boolean("autoDeploy")),
			Description: r.in.strp("description"), AccessLogSettings: accessLogs(r), DefaultRouteSettings: routeSettings(r),
			StageVariables: r.in.strMap("stageVariables"), Tags: r.tags,
		})
		if err != nil {
			return "", err
		}
		return aws.ToString(out.StageName), nil
	},
	read: readStage, update: updateStage,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.Gateway.DeleteStage(ctx, &apigatewayv2.DeleteStageInput{ApiId: r.state.strp("apiId"), StageName: &r.id})
		return gone(err, "NotFoundException")
	},
	importID: partOfAPI("stage"),
}

func accessLogs(r *request) *types.AccessLogSettings {
	if s := r.in.object("accessLogSettings"); s != nil {
		return &types.AccessLogSettings{DestinationArn: s.strp("destinationArn"), Format: s.strp("format")}
	}
	return nil
}

// routeSettings sends 0 for a limit that is not given, as the official provider
// does (hashicorp/terraform-provider-aws#27674, #14742).
func routeSettings(r *request) *types.RouteSettings {
	s := r.in.object("defaultRouteSettings")
	if s == nil {
		return nil
	}
	rate := 0.0
	if v := s.value("throttlingRateLimit"); v.IsNumber() {
		rate = v.NumberValue()
	}
	return &types.RouteSettings{
		DetailedMetricsEnabled: aws.Bool(s.boolean("detailedMetricsEnabled")),
		ThrottlingBurstLimit:   aws.Int32(s.int32("throttlingBurstLimit")), ThrottlingRateLimit: &rate,
	}
}

func readStage(ctx context.Context, r *request) (map[string]any, error) {
	api := apiOf(r)
	out, err := r.cloud.Gateway.GetStage(ctx, &apigatewayv2.GetStageInput{ApiId: &api, StageName: &r.id})
	if err != nil {
		return nil, notFound(err, "NotFoundException")
	}
	execution, err := r.executionARN(ctx, api+"/"+r.id)
	if err != nil {
		return nil, err
	}
	_, suffix := partition(r.cloud.Region())
	url := fmt.Sprintf("https://%s.execute-api.%s.%s/", api, r.cloud.Region(), suffix)
	if r.id != "$default" {
		url += r.id
	}
	read := map[string]any{
		"apiId": api, "name": out.StageName, "autoDeploy": aws.ToBool(out.AutoDeploy), "description": aws.ToString(out.Description),
		"arn": r.gatewayARN("/apis/" + api + "/stages/" + r.id), "executionArn": execution, "invokeUrl": url, "tags": ownTags(out.Tags),
	}
	if len(out.StageVariables) > 0 {
		read["stageVariables"] = out.StageVariables
	}
	if s := out.AccessLogSettings; s != nil && s.DestinationArn != nil {
		read["accessLogSettings"] = map[string]any{"destinationArn": *s.DestinationArn, "format": aws.ToString(s.Format)}
	}
	if s := out.DefaultRouteSettings; s != nil {
		settings := map[string]any{"detailedMetricsEnabled": aws.ToBool(s.DetailedMetricsEnabled)}
		if s.ThrottlingBurstLimit != nil {
			settings["throttlingBurstLimit"] = *s.ThrottlingBurstLimit
		}
		if s.ThrottlingRateLimit != nil {
			settings["throttlingRateLimit"] = *s.ThrottlingRateLimit
		}
		read["defaultRouteSettings"] = settings
	}
	return read, nil
}

// updateStage sends empty settings for those to be removed, and "" for a stage
// variable, as the official provider does.
func updateStage(ctx context.Context, r *request) error {
	in := &apigatewayv2.UpdateStageInput{ApiId: r.in.strp("apiId"), StageName: &r.id}
	send := false
	changed := func(name string) bool {
		c := r.changed(name)
		send = send || c
		return c
	}
	if changed("autoDeploy") {
		in.AutoDeploy = aws.Bool(r.in.boolean("autoDeploy"))
	}
	if changed("description") {
		in.Description = aws.String(r.in.str("description"))
	}
	if changed("accessLogSettings") {
		if in.AccessLogSettings = accessLogs(r); in.AccessLogSettings == nil {
			in.AccessLogSettings = &types.AccessLogSettings{}
		}
	}
	if changed("defaultRouteSettings") {
		if in.DefaultRouteSettings = routeSettings(r); in.DefaultRouteSettings == nil {
			in.DefaultRouteSettings = &types.RouteSettings{}
		}
	}
	if changed("stageVariables") {
		in.StageVariables = map[string]string{}
		for k := range r.was.strMap("stageVariables") {
			in.StageVariables[k] = ""
		}
		for k, v := range r.in.strMap("stageVariables") {
			in.StageVariables[k] = v
		}
	}
	if send {
		if _, err := r.cloud.Gateway.UpdateStage(ctx, in); err != nil {
			return err
		}
	}
	return updateGatewayTags(ctx, r, r.state.str("arn"))
}
