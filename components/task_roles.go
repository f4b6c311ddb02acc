package components

import (
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// newTaskRole makes a role that ECS tasks of this account and Region can
// assume, and nobody else: without that condition another account could make
// ECS use it (the confused deputy).
func newTaskRole(ctx *pulumi.Context, parent pulumi.Resource, child string, at place, boundary pulumi.StringPtrInput, path *string, tags pulumi.StringMapInput) (*iam.Role, error) {
	return iam.NewRole(ctx, child, &iam.RoleArgs{
		AssumeRolePolicy: pulumi.All(at.partition, at.region, at.account).ApplyT(func(v []any) string {
			return taskplan.TrustPolicy(v[0].(string), v[1].(string), v[2].(string))
		}).(pulumi.StringOutput),
		Path:                pulumi.String(or(path, "/")),
		PermissionsBoundary: boundary,
		Tags:                nameTag(tags, child),
	}, pulumi.Parent(parent))
}

// checkRoleArgs checks the arguments that every component with roles has.
func checkRoleArgs(ctx *pulumi.Context, boundary pulumi.StringPtrInput, path *string, faults *field.Faults) error {
	if p := or(path, "/"); !strings.HasPrefix(p, "/") || !strings.HasSuffix(p, "/") {
		faults.Add("rolePath", p, `does not begin and end with "/"`, `write "/`+strings.Trim(p, "/")+`/"`)
	}
	return checkArn(ctx, faults, "permissionsBoundaryArn", "iam/policy", boundary)
}

// checkArn adds a fault when a known text is not an ARN of the service.
func checkArn(ctx *pulumi.Context, faults *field.Faults, path, service string, in pulumi.Input) error {
	return checkText(ctx, faults, in, func(arn string) field.Faults { return taskplan.CheckArn(path, service, arn) })
}
