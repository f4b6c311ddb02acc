package cloud

import (
	"context"
	"regexp"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
)

var _ = addRules(map[string]rule{
	"IAM.CreateInstanceProfile":         {before: before(checkCreateProfile), source: iamAPI + "CreateInstanceProfile.html"},
	"IAM.RemoveRoleFromInstanceProfile": {before: before(checkRemoveProfileRole), source: iamAPI + "RemoveRoleFromInstanceProfile.html"},
})

var profileName = regexp.MustCompile(`^[\w+=,.@-]{1,128}$`)

func checkCreateProfile(_ context.Context, _ *Cloud, in *iam.CreateInstanceProfileInput) error {
	if name := aws.ToString(in.InstanceProfileName); !profileName.MatchString(name) {
		return invalidIAM("instanceProfileName", name, "Member must satisfy regular expression pattern: [\\w+=,.@-]+ and have a length of at most 128")
	}
	if path := aws.ToString(in.Path); in.Path != nil && !rolePath.MatchString(path) {
		return refuse("ValidationError", "The specified value for path is invalid: %q. It must begin and end with / and contain only printable ASCII characters.", path)
	}
	return nil
}

// checkRemoveProfileRole refuses a role that the profile does not hold; the
// emulator answers it with status 500.
func checkRemoveProfileRole(ctx context.Context, c *Cloud, in *iam.RemoveRoleFromInstanceProfileInput) error {
	out, err := c.IAM.GetInstanceProfile(ctx, &iam.GetInstanceProfileInput{InstanceProfileName: in.InstanceProfileName})
	if err != nil {
		return err
	}
	for _, role := range out.InstanceProfile.Roles {
		if aws.ToString(role.RoleName) == aws.ToString(in.RoleName) {
			return nil
		}
	}
	return refuse("NoSuchEntity", "The role with name %s is not in the instance profile %s.", aws.ToString(in.RoleName), aws.ToString(in.InstanceProfileName))
}
