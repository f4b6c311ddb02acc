package standin

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecr"
)

const lifecyclePolicyPage = registry + "ecr/lifecyclepolicy/"

var lifecyclePolicyType = &resourceType{
	token: "aws:ecr/lifecyclePolicy:LifecyclePolicy", args: sdk.LifecyclePolicyArgs{}, state: sdk.LifecyclePolicy{},
	inputs: map[string]prop{
		"repository": {change: replaces, request: "PutLifecyclePolicy.RepositoryName", source: lifecyclePolicyPage},
		"policy":     {change: replaces, required: true, json: true, check: validation.StringIsJSON, request: "PutLifecyclePolicy.LifecyclePolicyText", source: lifecyclePolicyPage},
	},
	checkSource: providerSource + "ecr/lifecycle_policy.go",
	outputs:     []string{"registryId"},
	// pulumi-aws says so: else the old policy would take the new one away.
	deleteFirst: true,
	source:      lifecyclePolicyPage + "#outputs",
	create: func(ctx context.Context, r *request) (string, error) {
		in := &ecr.PutLifecyclePolicyInput{RepositoryName: r.in.strp("repository"), LifecyclePolicyText: r.in.strp("policy")}
		if _, err := r.cloud.ECR.PutLifecyclePolicy(ctx, in); err != nil {
			return "", err
		}
		return r.in.str("repository"), nil
	},
	read: func(ctx context.Context, r *request) (map[string]any, error) {
		out, err := r.cloud.ECR.GetLifecyclePolicy(ctx, &ecr.GetLifecyclePolicyInput{RepositoryName: &r.id})
		if err != nil {
			return nil, notFound(err, "LifecyclePolicyNotFoundException", "RepositoryNotFoundException")
		}
		return map[string]any{"repository": out.RepositoryName, "registryId": out.RegistryId, "policy": out.LifecyclePolicyText}, nil
	},
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.ECR.DeleteLifecyclePolicy(ctx, &ecr.DeleteLifecyclePolicyInput{RepositoryName: &r.id})
		return gone(err, "LifecyclePolicyNotFoundException", "RepositoryNotFoundException")
	},
}
