package standin

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
)

const rolePolicyPage = registry + "iam/rolepolicy/"

var rolePolicyType = &resourceType{
	token: "aws:iam/rolePolicy:RolePolicy", args: sdk.RolePolicyArgs{}, state: sdk.RolePolicy{},
	inputs: map[string]prop{
		"name":   {change: replaces, autoName: 255, check: iamName(128), request: "PutRolePolicy.PolicyName", source: rolePolicyPage},
		"role":   {change: replaces, required: true, check: roleName, request: "PutRolePolicy.RoleName", source: rolePolicyPage},
		"policy": {change: updates, required: true, json: true, check: validPolicy(10240), request: "PutRolePolicy.PolicyDocument", source: rolePolicyPage},
	},
	checkSource: providerSource + "iam/role_policy.go",
	outputs:     []string{"namePrefix"},
	source:      rolePolicyPage + "#outputs",
	create: func(ctx context.Context, r *request) (string, error) {
		if err := putRolePolicy(ctx, r); err != nil {
			return "", err
		}
		return r.in.str("role") + ":" + r.in.str("name"), nil
	},
	read: func(ctx context.Context, r *request) (map[string]any, error) {
		role, name, ok := strings.Cut(r.id, ":")
		if !ok {
			return nil, fmt.Errorf("id %q: want ROLE:POLICY", r.id)
		}
		out, err := r.cloud.IAM.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: &role, PolicyName: &name})
		if err != nil {
			return nil, notFound(err, "NoSuchEntity")
		}
		return map[string]any{"name": name, "namePrefix": "", "role": role, "policy": document(out.PolicyDocument)}, nil
	},
	update: putRolePolicy,
	remove: func(ctx context.Context, r *request) error {
		role, name, _ := strings.Cut(r.id, ":")
		_, err := r.cloud.IAM.DeleteRolePolicy(ctx, &iam.DeleteRolePolicyInput{RoleName: &role, PolicyName: &name})
		return gone(err, "NoSuchEntity")
	},
}

func putRolePolicy(ctx context.Context, r *request) error {
	_, err := r.cloud.IAM.PutRolePolicy(ctx, &iam.PutRolePolicyInput{
		RoleName: r.in.strp("role"), PolicyName: r.in.strp("name"), PolicyDocument: r.in.strp("policy"),
	})
	return err
}
