package cloud

import (
	"context"
	"maps"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2/types"
)

var _ = addRules(map[string]rule{
	"ApiGatewayV2.CreateStage":   {before: before(checkCreateStage), source: gatewayAPI + "apis-apiid-stages.html"},
	"ApiGatewayV2.UpdateStage":   {instead: instead(updateStage), source: gatewayAPI + "apis-apiid-stages-stagename.html"},
	"ApiGatewayV2.TagResource":   {instead: instead(tagGateway), source: gatewayAPI + "tags-resource-arn.html"},
	"ApiGatewayV2.UntagResource": {instead: instead(untagGateway), source: gatewayAPI + "tags-resource-arn.html"},
})

var (
	stageName   = regexp.MustCompile(`^(\$default|[a-zA-Z0-9_-]{1,128})$`)
	logGroupARN = regexp.MustCompile(`^arn:aws[a-z-]*:logs:[a-z0-9-]+:\d{12}:log-group:[^:*]+$`)
	firehoseARN = regexp.MustCompile(`^arn:aws[a-z-]*:firehose:[a-z0-9-]+:\d{12}:deliverystream/amazon-apigateway-.+$`)
)

func checkCreateStage(ctx context.Context, c *Cloud, in *apigatewayv2.CreateStageInput) error {
	api, err := c.Gateway.GetApi(ctx, &apigatewayv2.GetApiInput{ApiId: in.ApiId})
	if err != nil {
		return err
	}
	name := aws.ToString(in.StageName)
	if !stageName.MatchString(name) {
		return badRequest("Stage name %q is invalid: up to 128 letters, numbers, underscores and hyphens, or $default, are allowed", name)
	}
	if _, err := c.Gateway.GetStage(ctx, &apigatewayv2.GetStageInput{ApiId: in.ApiId, StageName: in.StageName}); err == nil {
		return refuse("ConflictException", "Stage already exists")
	}
	return checkStage(api.ProtocolType, in)
}

func checkStage(protocol types.ProtocolType, in *apigatewayv2.CreateStageInput) error {
	if in.DeploymentId != nil && aws.ToBool(in.AutoDeploy) {
		return badRequest("Deployment ID cannot be set on stages with auto deploy enabled")
	}
	if s := in.AccessLogSettings; s != nil {
		if arn := aws.ToString(s.DestinationArn); !logGroupARN.MatchString(arn) && !firehoseARN.MatchString(arn) {
			return badRequest("Invalid ARN specified in the request: %q is neither a log group's nor that of a Firehose stream whose name begins with amazon-apigateway-", arn)
		}
		if !strings.Contains(aws.ToString(s.Format), "$context.requestId") && !strings.Contains(aws.ToString(s.Format), "$context.extendedRequestId") {
			return badRequest("Access Log format must contain at least $context.requestId or $context.extendedRequestId")
		}
	}
	if s := in.DefaultRouteSettings; s != nil {
		if protocol == types.ProtocolTypeHttp && (aws.ToBool(s.DataTraceEnabled) || s.LoggingLevel != "") {
			return badRequest("Execution logs are not supported on protocolType HTTP")
		}
		if aws.ToInt32(s.ThrottlingBurstLimit) < 0 || aws.ToFloat64(s.ThrottlingRateLimit) < 0 {
			return badRequest("Throttling limits must not be negative")
		}
		// AWS takes a limit of 0, and the stage then answers every request with 429.
		// Nobody wants such a stage, and nothing here would show it.
		// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
		if s.ThrottlingBurstLimit != nil && *s.ThrottlingBurstLimit == 0 || s.ThrottlingRateLimit != nil && *s.ThrottlingRateLimit == 0 {
			return refuse("TooManyRequestsException", "The stage would answer every request with 429 Too Many Requests: its throttlingBurstLimit or throttlingRateLimit is 0. "+
				"The aws provider sends 0 for a limit that defaultRouteSettings does not give. AWS takes this request; the local AWS does not")
		}
	}
	return nil
}

// updateStage makes the stage anew under its name, which is its identity: the
// emulator cannot change one.
func updateStage(ctx context.Context, c *Cloud, in *apigatewayv2.UpdateStageInput) (*apigatewayv2.UpdateStageOutput, error) {
	err := changeStage(ctx, c, in.ApiId, in.StageName, func(stage *apigatewayv2.CreateStageInput) {
		if in.AutoDeploy != nil {
			stage.AutoDeploy = in.AutoDeploy
		}
		if in.Description != nil {
			stage.Description = in.Description
		}
		if in.DeploymentId != nil {
			stage.DeploymentId = in.DeploymentId
		}
		if s := in.AccessLogSettings; s != nil {
			if stage.AccessLogSettings = s; s.DestinationArn == nil && s.Format == nil {
				stage.AccessLogSettings = nil
			}
		}
		if in.DefaultRouteSettings != nil {
			stage.DefaultRouteSettings = in.DefaultRouteSettings
		}
		for k, v := range in.StageVariables {
			if stage.StageVariables[k] = v; v == "" {
				delete(stage.StageVariables, k)
			}
		}
	})
	return &apigatewayv2.UpdateStageOutput{StageName: in.StageName}, err
}

func changeStage(ctx context.Context, c *Cloud, api, name *string, change func(*apigatewayv2.CreateStageInput)) error {
	protocol, err := c.Gateway.GetApi(ctx, &apigatewayv2.GetApiInput{ApiId: api})
	if err != nil {
		return err
	}
	now, err := c.Gateway.GetStage(ctx, &apigatewayv2.GetStageInput{ApiId: api, StageName: name})
	if err != nil {
		return err
	}
	stage := &apigatewayv2.CreateStageInput{
		ApiId: api, StageName: name, AccessLogSettings: now.AccessLogSettings, AutoDeploy: now.AutoDeploy, DefaultRouteSettings: now.DefaultRouteSettings,
		DeploymentId: now.DeploymentId, Description: now.Description, RouteSettings: now.RouteSettings, StageVariables: map[string]string{},
		Tags: map[string]string{},
	}
	maps.Copy(stage.StageVariables, now.StageVariables)
	maps.Copy(stage.Tags, now.Tags)
	change(stage)
	if err := checkStage(protocol.ProtocolType, stage); err != nil {
		return err
	}
	if _, err := c.Gateway.DeleteStage(ctx, &apigatewayv2.DeleteStageInput{ApiId: api, StageName: name}); err != nil {
		return err
	}
	_, err = c.Gateway.CreateStage(ctx, stage)
	return err
}

// stageOf returns the API and the stage that an ARN names, if it names a stage.
func stageOf(arn string) (api, stage *string) {
	_, path, _ := strings.Cut(arn, "::/apis/")
	id, name, ok := strings.Cut(path, "/stages/")
	if !ok {
		return nil, nil
	}
	return &id, &name
}

// tagGateway tags stages too; the emulator knows the tags of APIs and links only.
func tagGateway(ctx context.Context, c *Cloud, in *apigatewayv2.TagResourceInput) (*apigatewayv2.TagResourceOutput, error) {
	api, stage := stageOf(aws.ToString(in.ResourceArn))
	if stage == nil {
		return c.Gateway.TagResource(ctx, in)
	}
	return &apigatewayv2.TagResourceOutput{}, changeStage(ctx, c, api, stage, func(s *apigatewayv2.CreateStageInput) { maps.Copy(s.Tags, in.Tags) })
}

func untagGateway(ctx context.Context, c *Cloud, in *apigatewayv2.UntagResourceInput) (*apigatewayv2.UntagResourceOutput, error) {
	api, stage := stageOf(aws.ToString(in.ResourceArn))
	if stage == nil {
		return c.Gateway.UntagResource(ctx, in)
	}
	return &apigatewayv2.UntagResourceOutput{}, changeStage(ctx, c, api, stage, func(s *apigatewayv2.CreateStageInput) {
		for _, k := range in.TagKeys {
			delete(s.Tags, k)
		}
	})
}
