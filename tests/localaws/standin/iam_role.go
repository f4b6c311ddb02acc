package standin

import (
	"bytes"
	"context"
	"encoding/json"
	"net/url"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
)

const rolePage = registry + "iam/role/"

// Inline and managed policies have no row: as properties of the role they are
// exclusive, and this project uses separate resources.
var roleType = &resourceType{
	token: "aws:iam/role:Role", args: sdk.RoleArgs{}, state: sdk.Role{},
	inputs: map[string]prop{
		"name":                {change: replaces, autoName: 64, check: iamName(64), request: "CreateRole.RoleName", source: rolePage},
		"path":                {change: replaces, byDefault: "/", check: validation.StringLenBetween(0, 512), request: "CreateRole.Path", source: rolePage},
		"assumeRolePolicy":    {change: updates, required: true, json: true, check: validation.StringIsJSON, request: "CreateRole.AssumeRolePolicyDocument UpdateAssumeRolePolicy.PolicyDocument", source: rolePage},
		"description":         {change: updates, check: validation.All(validation.StringLenBetween(0, 1000), notMatching("[“‘]", "cannot contain specially formatted single or double quotes")), request: "CreateRole.Description UpdateRoleDescription.Description", source: rolePage},
		"maxSessionDuration":  {change: updates, byDefault: 3600, check: validation.IntBetween(3600, 43200), request: "CreateRole.MaxSessionDuration UpdateRole.MaxSessionDuration", source: rolePage},
		"permissionsBoundary": {change: updates, check: validARN, request: "CreateRole.PermissionsBoundary PutRolePermissionsBoundary.PermissionsBoundary", source: rolePage},
		"forceDetachPolicies": {change: updates, byDefault: false, reason: "decides what happens before the deletion", source: rolePage},
		"tags":                {change: updates, request: "CreateRole.Tags TagRole.Tags", source: rolePage},
	},
	checkSource: providerSource + "iam/role.go",
	outputs:     []string{"arn", "createDate", "uniqueId", "namePrefix", "managedPolicyArns", "inlinePolicies", "tagsAll"},
	source:      rolePage + "#outputs",
	create:      createRole, read: readRole, update: updateRole, remove: deleteRole,
}

func iamTags(tags map[string]string) []types.Tag {
	var out []types.Tag
	for _, k := range sortedKeys(tags) {
		out = append(out, types.Tag{Key: aws.String(k), Value: aws.String(tags[k])})
	}
	return out
}

func createRole(ctx context.Context, r *request) (string, error) {
	out, err := r.cloud.IAM.CreateRole(ctx, &iam.CreateRoleInput{
		RoleName: r.in.strp("name"), Path: r.in.strp("path"), AssumeRolePolicyDocument: r.in.strp("assumeRolePolicy"),
		Description: r.in.strp("description"), MaxSessionDuration: r.in.int32p("maxSessionDuration"),
		PermissionsBoundary: r.in.strp("permissionsBoundary"), Tags: iamTags(r.tags),
	})
	if err != nil {
		return "", err
	}
	return aws.ToString(out.Role.RoleName), nil
}

// document returns a policy document as it was sent; the API returns it as part
// of a URL.
// document is a policy as IAM tells it: URL-encoded JSON, without blanks.
func document(text *string) string {
	decoded, err := url.QueryUnescape(aws.ToString(text))
	if err != nil {
		decoded = aws.ToString(text)
	}
	compact := &bytes.Buffer{}
	if json.Compact(compact, []byte(decoded)) != nil {
		return decoded
	}
	return compact.String()
}

func readRole(ctx context.Context, r *request) (map[string]any, error) {
	out, err := r.cloud.IAM.GetRole(ctx, &iam.GetRoleInput{RoleName: &r.id})
	if err != nil {
		return nil, notFound(err, "NoSuchEntity")
	}
	role := out.Role
	tags := map[string]string{}
	for _, t := range role.Tags {
		tags[aws.ToString(t.Key)] = aws.ToString(t.Value)
	}
	read := map[string]any{
		"arn": role.Arn, "name": role.RoleName, "namePrefix": "", "path": role.Path, "uniqueId": role.RoleId,
		"assumeRolePolicy": document(role.AssumeRolePolicyDocument), "description": role.Description,
		"maxSessionDuration": role.MaxSessionDuration, "tags": tags,
	}
	if err := readPolicies(ctx, r, read); err != nil {
		return nil, err
	}
	if role.CreateDate != nil {
		read["createDate"] = role.CreateDate.UTC().Format(time.RFC3339)
	}
	if role.PermissionsBoundary != nil {
		read["permissionsBoundary"] = role.PermissionsBoundary.PermissionsBoundaryArn
	}
	return read, nil
}

// readPolicies reads the policies of the role, whoever gave it them.
func readPolicies(ctx context.Context, r *request, read map[string]any) error {
	attached, err := r.cloud.IAM.ListAttachedRolePolicies(ctx, &iam.ListAttachedRolePoliciesInput{RoleName: &r.id})
	if err != nil {
		return err
	}
	var arns, documents []any
	for _, p := range attached.AttachedPolicies {
		arns = append(arns, aws.ToString(p.PolicyArn))
	}
	inline, err := r.cloud.IAM.ListRolePolicies(ctx, &iam.ListRolePoliciesInput{RoleName: &r.id})
	if err != nil {
		return err
	}
	for _, name := range inline.PolicyNames {
		out, err := r.cloud.IAM.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: &r.id, PolicyName: &name})
		if err != nil {
			return err
		}
		documents = append(documents, map[string]any{"name": name, "policy": document(out.PolicyDocument)})
	}
	read["managedPolicyArns"], read["inlinePolicies"] = arns, documents
	return nil
}

func updateRole(ctx context.Context, r *request) error {
	if r.changed("assumeRolePolicy") {
		in := &iam.UpdateAssumeRolePolicyInput{RoleName: &r.id, PolicyDocument: r.in.strp("assumeRolePolicy")}
		if _, err := r.cloud.IAM.UpdateAssumeRolePolicy(ctx, in); err != nil {
			return err
		}
	}
	if r.changed("description") {
		in := &iam.UpdateRoleDescriptionInput{RoleName: &r.id, Description: aws.String(r.in.str("description"))}
		if _, err := r.cloud.IAM.UpdateRoleDescription(ctx, in); err != nil {
			return err
		}
	}
	if r.changed("maxSessionDuration") {
		in := &iam.UpdateRoleInput{RoleName: &r.id, MaxSessionDuration: r.in.int32p("maxSessionDuration")}
		if _, err := r.cloud.IAM.UpdateRole(ctx, in); err != nil {
			return err
		}
	}
	if r.changed("permissionsBoundary") {
		var err error
		if boundary := r.in.strp("permissionsBoundary"); boundary != nil {
			_, err = r.cloud.IAM.PutRolePermissionsBoundary(ctx, &iam.PutRolePermissionsBoundaryInput{RoleName: &r.id, PermissionsBoundary: boundary})
		} else {
			_, err = r.cloud.IAM.DeleteRolePermissionsBoundary(ctx, &iam.DeleteRolePermissionsBoundaryInput{RoleName: &r.id})
		}
		if err != nil {
			return err
		}
	}
	if !r.changed("tags") {
		return nil
	}
	put, drop := tagChanges(r)
	if len(drop) > 0 {
		if _, err := r.cloud.IAM.UntagRole(ctx, &iam.UntagRoleInput{RoleName: &r.id, TagKeys: drop}); err != nil {
			return err
		}
	}
	if len(put) > 0 {
		_, err := r.cloud.IAM.TagRole(ctx, &iam.TagRoleInput{RoleName: &r.id, Tags: iamTags(put)})
		return err
	}
	return nil
}

// deleteRole takes the role out of instance profiles, and policies off it, if
// the program forces that or the state knows any: a refresh finds the policies
// that other resources, or somebody else, gave it.
func deleteRole(ctx context.Context, r *request) error {
	profiles, err := r.cloud.IAM.ListInstanceProfilesForRole(ctx, &iam.ListInstanceProfilesForRoleInput{RoleName: &r.id})
	if err != nil {
		return gone(err, "NoSuchEntity")
	}
	for _, p := range profiles.InstanceProfiles {
		in := &iam.RemoveRoleFromInstanceProfileInput{RoleName: &r.id, InstanceProfileName: p.InstanceProfileName}
		if _, err := r.cloud.IAM.RemoveRoleFromInstanceProfile(ctx, in); gone(err, "NoSuchEntity") != nil {
			return err
		}
	}
	force := r.state.boolean("forceDetachPolicies")
	if force || len(r.state.strs("managedPolicyArns")) > 0 {
		if err := detachManaged(ctx, r); err != nil {
			return gone(err, "NoSuchEntity")
		}
	}
	if force || len(r.state.objects("inlinePolicies")) > 0 {
		if err := deleteInline(ctx, r); err != nil {
			return gone(err, "NoSuchEntity")
		}
	}
	_, err = r.cloud.IAM.DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: &r.id})
	return gone(err, "NoSuchEntity")
}

func detachManaged(ctx context.Context, r *request) error {
	attached, err := r.cloud.IAM.ListAttachedRolePolicies(ctx, &iam.ListAttachedRolePoliciesInput{RoleName: &r.id})
	if err != nil {
		return err
	}
	for _, p := range attached.AttachedPolicies {
		if _, err := r.cloud.IAM.DetachRolePolicy(ctx, &iam.DetachRolePolicyInput{RoleName: &r.id, PolicyArn: p.PolicyArn}); err != nil {
			return err
		}
	}
	return nil
}

func deleteInline(ctx context.Context, r *request) error {
	inline, err := r.cloud.IAM.ListRolePolicies(ctx, &iam.ListRolePoliciesInput{RoleName: &r.id})
	if err != nil {
		return err
	}
	for _, name := range inline.PolicyNames {
		if _, err := r.cloud.IAM.DeleteRolePolicy(ctx, &iam.DeleteRolePolicyInput{RoleName: &r.id, PolicyName: &name}); err != nil {
			return err
		}
	}
	return nil
}
