package standin

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
)

const instanceProfilePage = registry + "iam/instanceprofile/"

var instanceProfileType = &resourceType{
	token: "aws:iam/instanceProfile:InstanceProfile", args: sdk.InstanceProfileArgs{}, state: sdk.InstanceProfile{},
	inputs: map[string]prop{
		"name": {change: replaces, autoName: 255, check: iamName(128), request: "CreateInstanceProfile.InstanceProfileName", source: instanceProfilePage},
		"path": {change: replaces, byDefault: "/", request: "CreateInstanceProfile.Path", source: instanceProfilePage},
		"role": {change: updates, request: "AddRoleToInstanceProfile.RoleName RemoveRoleFromInstanceProfile.RoleName", source: instanceProfilePage},
		"tags": {change: updates, request: "CreateInstanceProfile.Tags TagInstanceProfile.Tags", source: instanceProfilePage},
	},
	checkSource: providerSource + "iam/instance_profile.go",
	outputs:     []string{"arn", "createDate", "uniqueId", "namePrefix", "tagsAll"},
	source:      instanceProfilePage + "#outputs",
	create: func(ctx context.Context, r *request) (string, error) {
		in := &iam.CreateInstanceProfileInput{InstanceProfileName: r.in.strp("name"), Path: r.in.strp("path"), Tags: iamTags(r.tags)}
		out, err := r.cloud.IAM.CreateInstanceProfile(ctx, in)
		if err != nil {
			return "", err
		}
		r.id = aws.ToString(out.InstanceProfile.InstanceProfileName)
		return r.id, addProfileRole(ctx, r, r.in.str("role"))
	},
	read: readInstanceProfile, update: updateInstanceProfile,
	remove: func(ctx context.Context, r *request) error {
		if err := removeProfileRole(ctx, r, r.state.str("role")); err != nil {
			return err
		}
		_, err := r.cloud.IAM.DeleteInstanceProfile(ctx, &iam.DeleteInstanceProfileInput{InstanceProfileName: &r.id})
		return gone(err, "NoSuchEntity")
	},
}

func addProfileRole(ctx context.Context, r *request, role string) error {
	if role == "" {
		return nil
	}
	_, err := r.cloud.IAM.AddRoleToInstanceProfile(ctx, &iam.AddRoleToInstanceProfileInput{InstanceProfileName: &r.id, RoleName: &role})
	return err
}

func removeProfileRole(ctx context.Context, r *request, role string) error {
	if role == "" {
		return nil
	}
	_, err := r.cloud.IAM.RemoveRoleFromInstanceProfile(ctx, &iam.RemoveRoleFromInstanceProfileInput{InstanceProfileName: &r.id, RoleName: &role})
	return gone(err, "NoSuchEntity")
}

func readInstanceProfile(ctx context.Context, r *request) (map[string]any, error) {
	out, err := r.cloud.IAM.GetInstanceProfile(ctx, &iam.GetInstanceProfileInput{InstanceProfileName: &r.id})
	if err != nil {
		return nil, notFound(err, "NoSuchEntity")
	}
	profile := out.InstanceProfile
	tags := map[string]string{}
	for _, t := range profile.Tags {
		tags[aws.ToString(t.Key)] = aws.ToString(t.Value)
	}
	read := map[string]any{
		"arn": profile.Arn, "name": profile.InstanceProfileName, "namePrefix": "", "path": profile.Path,
		"uniqueId": profile.InstanceProfileId, "tags": tags,
	}
	if profile.CreateDate != nil {
		read["createDate"] = profile.CreateDate.UTC().Format(time.RFC3339)
	}
	if len(profile.Roles) > 0 {
		read["role"] = profile.Roles[0].RoleName
	}
	return read, nil
}

// updateInstanceProfile changes the role by taking the old one out first: a
// profile holds one at a time.
func updateInstanceProfile(ctx context.Context, r *request) error {
	if r.changed("role") {
		if err := removeProfileRole(ctx, r, r.state.str("role")); err != nil {
			return err
		}
		if err := addProfileRole(ctx, r, r.in.str("role")); err != nil {
			return err
		}
	}
	if !r.changed("tags") {
		return nil
	}
	put, drop := tagChanges(r)
	if len(drop) > 0 {
		if _, err := r.cloud.IAM.UntagInstanceProfile(ctx, &iam.UntagInstanceProfileInput{InstanceProfileName: &r.id, TagKeys: drop}); err != nil {
			return err
		}
	}
	if len(put) > 0 {
		_, err := r.cloud.IAM.TagInstanceProfile(ctx, &iam.TagInstanceProfileInput{InstanceProfileName: &r.id, Tags: iamTags(put)})
		return err
	}
	return nil
}
