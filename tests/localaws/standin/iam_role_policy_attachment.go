package standin

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
)

const rolePolicyAttachmentPage = registry + "iam/rolepolicyattachment/"

var rolePolicyAttachmentType = &resourceType{
	token: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
	args:  sdk.RolePolicyAttachmentArgs{}, state: sdk.RolePolicyAttachment{},
	inputs: map[string]prop{
		"role":      {change: replaces, required: true, request: "AttachRolePolicy.RoleName", source: rolePolicyAttachmentPage},
		"policyArn": {change: replaces, request: "AttachRolePolicy.PolicyArn", source: rolePolicyAttachmentPage},
	},
	source: rolePolicyAttachmentPage + "#outputs",
	// pulumi-aws says so: else the old attachment would take the new one away.
	deleteFirst: true,
	create: func(ctx context.Context, r *request) (string, error) {
		_, err := r.cloud.IAM.AttachRolePolicy(ctx, &iam.AttachRolePolicyInput{RoleName: r.in.strp("role"), PolicyArn: r.in.strp("policyArn")})
		if err != nil {
			return "", err
		}
		// AWS has no id for an attachment; the official provider makes one up.
		return fmt.Sprintf("%s-%d", r.in.str("role"), time.Now().UnixNano()), nil
	},
	read: readAttachment,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.IAM.DetachRolePolicy(ctx, &iam.DetachRolePolicyInput{RoleName: r.state.strp("role"), PolicyArn: r.state.strp("policyArn")})
		return gone(err, "NoSuchEntity")
	},
	// An import names the attachment ROLE/POLICY-ARN.
	importID: func(_ context.Context, r *request, id string) (string, error) {
		role, policy, ok := strings.Cut(id, "/")
		if !ok {
			return "", fmt.Errorf("id %q: want ROLE/POLICY-ARN", id)
		}
		r.state = object(resourceMap(map[string]any{"role": role, "policyArn": policy}))
		return id, nil
	},
}

func readAttachment(ctx context.Context, r *request) (map[string]any, error) {
	known := r.state
	if !known.has("role") {
		known = r.in
	}
	pages := iam.NewListAttachedRolePoliciesPaginator(r.cloud.IAM, &iam.ListAttachedRolePoliciesInput{RoleName: known.strp("role")})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, notFound(err, "NoSuchEntity")
		}
		for _, p := range page.AttachedPolicies {
			if aws.ToString(p.PolicyArn) == known.str("policyArn") {
				return map[string]any{"role": known.str("role"), "policyArn": p.PolicyArn}, nil
			}
		}
	}
	return nil, errNotFound
}
