package components

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// awsVersion is the version of the aws provider that this package is built
// with. A test holds it equal to the one in go.mod.
const awsVersion = "6.83.2"

// lookUpParameter reads a public parameter of Systems Manager.
//
// It calls the function by its token. The aws SDK's package for Systems Manager
// would be in every plugin for this one call, and each package costs every
// start of the plugin.
func lookUpParameter(ctx *pulumi.Context, name string, opts ...pulumi.InvokeOption) pulumi.StringOutput {
	args := struct {
		Name string `pulumi:"name"`
	}{name}
	result := ctx.InvokeOutput("aws:ssm/getParameter:getParameter", args, pulumi.MapOutput{}, pulumi.InvokeOutputOptions{
		InvokeOptions: append([]pulumi.InvokeOption{pulumi.Version(awsVersion)}, opts...),
	}).(pulumi.MapOutput)
	return result.MapIndex(pulumi.String("insecureValue")).ApplyT(func(v any) string {
		text, _ := v.(string)
		return text
	}).(pulumi.StringOutput)
}
