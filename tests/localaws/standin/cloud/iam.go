package cloud

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
)

const iamAPI = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_"

var _ = addRules(map[string]rule{
	"IAM.CreateRole":                 {before: before(checkCreateRole), source: iamAPI + "CreateRole.html"},
	"IAM.UpdateRole":                 {before: before(checkUpdateRole), source: iamAPI + "UpdateRole.html"},
	"IAM.UpdateRoleDescription":      {before: before(checkUpdateRoleDescription), source: iamAPI + "UpdateRoleDescription.html"},
	"IAM.UpdateAssumeRolePolicy":     {before: before(checkUpdateTrust), source: iamAPI + "UpdateAssumeRolePolicy.html"},
	"IAM.PutRolePolicy":              {before: before(checkRolePolicy), source: iamAPI + "PutRolePolicy.html"},
	"IAM.PutRolePermissionsBoundary": {before: before(checkRoleBoundary), source: iamAPI + "PutRolePermissionsBoundary.html"},
	"IAM.DeleteRole":                 {before: before(checkDeleteRole), source: iamAPI + "DeleteRole.html"},
})

var (
	roleName = regexp.MustCompile(`^[\w+=,.@-]{1,64}$`)
	rolePath = regexp.MustCompile(`^/(?:[!-~]{1,510}/)?$`)
)

func invalidIAM(field, value, rule string) error {
	return refuse("ValidationError", "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: %s", value, field, rule)
}

func checkCreateRole(ctx context.Context, c *Cloud, in *iam.CreateRoleInput) error {
	if name := aws.ToString(in.RoleName); !roleName.MatchString(name) {
		return invalidIAM("roleName", name, "Member must satisfy regular expression pattern: [\\w+=,.@-]+ and have a length of at most 64")
	}
	if path := aws.ToString(in.Path); in.Path != nil && !rolePath.MatchString(path) {
		return refuse("ValidationError", "The specified value for path is invalid: %q. It must begin and end with / and contain only printable ASCII characters.", path)
	}
	if err := checkRoleTexts(in.Description, in.MaxSessionDuration); err != nil {
		return err
	}
	if err := checkDocument("MalformedPolicyDocument", aws.ToString(in.AssumeRolePolicyDocument), trustPolicy); err != nil {
		return err
	}
	return checkBoundary(ctx, c, in.PermissionsBoundary)
}

// checkUpdateRole keeps the description where none is given: the emulator
// would forget it.
func checkUpdateRole(ctx context.Context, c *Cloud, in *iam.UpdateRoleInput) error {
	if err := checkRoleTexts(in.Description, in.MaxSessionDuration); err != nil || in.Description != nil {
		return err
	}
	out, err := c.IAM.GetRole(ctx, &iam.GetRoleInput{RoleName: in.RoleName})
	if err == nil {
		in.Description = out.Role.Description
	}
	return err
}

func checkUpdateRoleDescription(_ context.Context, _ *Cloud, in *iam.UpdateRoleDescriptionInput) error {
	return checkRoleTexts(in.Description, nil)
}

func checkRoleTexts(description *string, session *int32) error {
	if len(aws.ToString(description)) > 1000 {
		return invalidIAM("description", aws.ToString(description), "Member must have length less than or equal to 1000")
	}
	if session != nil && (*session < 3600 || *session > 43200) {
		return refuse("ValidationError", "The requested MaxSessionDuration %d is out of bounds: 3600 to 43200.", *session)
	}
	return nil
}

func checkUpdateTrust(_ context.Context, _ *Cloud, in *iam.UpdateAssumeRolePolicyInput) error {
	return checkDocument("MalformedPolicyDocument", aws.ToString(in.PolicyDocument), trustPolicy)
}

func checkRolePolicy(_ context.Context, _ *Cloud, in *iam.PutRolePolicyInput) error {
	if len(strings.Join(strings.Fields(aws.ToString(in.PolicyDocument)), "")) > 10240 {
		return refuse("LimitExceeded", "Maximum policy size of 10240 bytes exceeded for role %s", aws.ToString(in.RoleName))
	}
	return checkDocument("MalformedPolicyDocument", aws.ToString(in.PolicyDocument), identityPolicy)
}

func checkRoleBoundary(ctx context.Context, c *Cloud, in *iam.PutRolePermissionsBoundaryInput) error {
	return checkBoundary(ctx, c, in.PermissionsBoundary)
}

func checkBoundary(ctx context.Context, c *Cloud, boundary *string) error {
	if boundary == nil {
		return nil
	}
	if _, err := c.IAM.GetPolicy(ctx, &iam.GetPolicyInput{PolicyArn: boundary}); err != nil {
		return refuse("NoSuchEntity", "Scope ARN: %s does not exist or is not attachable.", *boundary)
	}
	return nil
}

func checkDeleteRole(ctx context.Context, c *Cloud, in *iam.DeleteRoleInput) error {
	inline, err := c.IAM.ListRolePolicies(ctx, &iam.ListRolePoliciesInput{RoleName: in.RoleName})
	if err != nil {
		return err
	}
	if len(inline.PolicyNames) > 0 {
		return refuse("DeleteConflict", "Cannot delete entity, must delete policies first.")
	}
	return nil
}

// policyKind says what the statements of a policy must and must not have.
type policyKind struct {
	principal, resource bool
}

var (
	trustPolicy    = policyKind{principal: true}
	identityPolicy = policyKind{resource: true}
	endpointPolicy = policyKind{principal: true, resource: true}
)

// checkDocument refuses, with code, what is no policy document.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
func checkDocument(code, text string, kind policyKind) error {
	var document struct {
		Version   string
		ID        string `json:"Id"`
		Statement json.RawMessage
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&document); err != nil {
		return refuse(code, "This policy contains invalid Json: %v", err)
	}
	if document.Version != "" && document.Version != "2012-10-17" && document.Version != "2008-10-17" {
		return refuse(code, "The policy must contain a valid version string; %q is none", document.Version)
	}
	var statements []map[string]json.RawMessage
	if json.Unmarshal(document.Statement, &statements) != nil {
		var one map[string]json.RawMessage
		if json.Unmarshal(document.Statement, &one) != nil {
			return refuse(code, "Syntax errors in policy: Statement is missing, or is no list of statements.")
		}
		statements = append(statements, one)
	}
	if len(statements) == 0 {
		return refuse(code, "Syntax errors in policy: Statement is empty.")
	}
	for i, s := range statements {
		if err := checkStatement(code, i, s, kind); err != nil {
			return err
		}
	}
	return nil
}

var statementKeys = []string{
	"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
}

func checkStatement(code string, i int, s map[string]json.RawMessage, kind policyKind) error {
	fault := func(format string, args ...any) error {
		return refuse(code, "Syntax errors in policy: statement %d "+format+".", append([]any{i}, args...)...)
	}
	for key := range s {
		if !contains(statementKeys, key) {
			return fault("has an unknown element %q", key)
		}
	}
	var effect string
	_ = json.Unmarshal(s["Effect"], &effect)
	if effect != "Allow" && effect != "Deny" {
		return fault("needs Effect Allow or Deny")
	}
	has := func(names ...string) bool {
		for _, name := range names {
			// An absent, null or empty list names nothing.
			if v := strings.TrimSpace(string(s[name])); v != "" && v != "null" && v != "[]" && v != `""` {
				return true
			}
		}
		return false
	}
	switch {
	case !has("Action", "NotAction"):
		return fault("needs an Action or a NotAction")
	case kind.principal && !has("Principal", "NotPrincipal"):
		return fault("needs a Principal")
	case !kind.principal && has("Principal", "NotPrincipal"):
		return fault("must not have a Principal")
	case kind.resource && !has("Resource", "NotResource"):
		return fault("needs a Resource")
	case !kind.resource && has("Resource", "NotResource"):
		return fault("must not have a Resource: it has prohibited field Resource")
	}
	return nil
}
