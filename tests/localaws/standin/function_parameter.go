package standin

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// getParameter serves aws.ssm.getParameter. The value is a secret whatever the
// parameter's type, as the official provider has it; insecureValue is the same
// in the open, but for a SecureString.
// Source: https://www.pulumi.com/registry/packages/aws/api-docs/ssm/getparameter/
func getParameter(ctx context.Context, c *cloud.Cloud, args object) (map[string]any, error) {
	decrypt := true
	if args.has("withDecryption") {
		decrypt = args.boolean("withDecryption")
	}
	out, err := c.SSM.GetParameter(ctx, &ssm.GetParameterInput{Name: args.strp("name"), WithDecryption: &decrypt})
	if err != nil {
		return nil, err
	}
	parameter := out.Parameter
	result := map[string]any{
		"id": parameter.Name, "name": parameter.Name, "arn": parameter.ARN, "type": string(parameter.Type), "version": parameter.Version,
		"value": &resource.Secret{Element: resource.NewProperty(aws.ToString(parameter.Value))}, "insecureValue": "",
		"withDecryption": decrypt,
	}
	if parameter.Type != types.ParameterTypeSecureString {
		result["insecureValue"] = aws.ToString(parameter.Value)
	}
	return result, nil
}
