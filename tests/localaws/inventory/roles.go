package inventory

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/iam"
)

// LogGroup is a CloudWatch log group; retention 0 keeps forever.
type LogGroup struct {
	Name          string `json:"name"`
	RetentionDays int32  `json:"retentionDays"`
}

// Role is an IAM role. Trust and the values of Inline are policy documents.
type Role struct {
	ARN      string            `json:"arn"`
	Name     string            `json:"name"`
	Path     string            `json:"path"`
	Boundary string            `json:"boundary,omitempty"`
	Trust    string            `json:"trust"`
	Attached []string          `json:"attached,omitempty"`
	Inline   map[string]string `json:"inline,omitempty"`
}

func (LogGroup) Kind() string { return "log group" }
func (Role) Kind() string     { return "IAM role" }

func (g LogGroup) Key() string { return g.Name }
func (r Role) Key() string     { return r.ARN }

func (g LogGroup) String() string {
	if g.RetentionDays == 0 {
		return g.Name + ", kept forever"
	}
	return fmt.Sprintf("%s, kept for %d days", g.Name, g.RetentionDays)
}

func (r Role) String() string {
	return fmt.Sprintf("%s, %d attached and %d inline policies", r.Name, len(r.Attached), len(r.Inline))
}

func (inv *Inventory) readLogGroups(ctx context.Context, cfg aws.Config) error {
	pages := cloudwatchlogs.NewDescribeLogGroupsPaginator(cloudwatchlogs.NewFromConfig(cfg), &cloudwatchlogs.DescribeLogGroupsInput{})
	err := each(ctx, pages, func(page *cloudwatchlogs.DescribeLogGroupsOutput) error {
		for _, g := range page.LogGroups {
			inv.LogGroups = append(inv.LogGroups, LogGroup{Name: aws.ToString(g.LogGroupName), RetentionDays: aws.ToInt32(g.RetentionInDays)})
		}
		return nil
	})
	order(inv.LogGroups)
	return err
}

// readRoles leaves out service-linked roles: AWS makes and keeps them itself.
func (inv *Inventory) readRoles(ctx context.Context, cfg aws.Config) error {
	client := iam.NewFromConfig(cfg)
	err := each(ctx, iam.NewListRolesPaginator(client, &iam.ListRolesInput{}), func(page *iam.ListRolesOutput) error {
		for _, r := range page.Roles {
			if strings.HasPrefix(aws.ToString(r.Path), "/aws-service-role/") {
				continue
			}
			role, err := readRole(ctx, client, aws.ToString(r.RoleName))
			if err != nil {
				return err
			}
			inv.Roles = append(inv.Roles, role)
		}
		return nil
	})
	order(inv.Roles)
	return err
}

func readRole(ctx context.Context, client *iam.Client, name string) (Role, error) {
	// ListRoles leaves the permissions boundary out.
	out, err := client.GetRole(ctx, &iam.GetRoleInput{RoleName: &name})
	if err != nil {
		return Role{}, err
	}
	role := Role{
		ARN: aws.ToString(out.Role.Arn), Name: name, Path: aws.ToString(out.Role.Path),
		Trust: decoded(out.Role.AssumeRolePolicyDocument), Inline: map[string]string{},
	}
	if boundary := out.Role.PermissionsBoundary; boundary != nil {
		role.Boundary = aws.ToString(boundary.PermissionsBoundaryArn)
	}
	err = each(ctx, iam.NewListAttachedRolePoliciesPaginator(client, &iam.ListAttachedRolePoliciesInput{RoleName: &name}), func(page *iam.ListAttachedRolePoliciesOutput) error {
		for _, p := range page.AttachedPolicies {
			role.Attached = append(role.Attached, aws.ToString(p.PolicyArn))
		}
		return nil
	})
	if err != nil {
		return Role{}, err
	}
	role.Attached = sorted(role.Attached)
	return role, each(ctx, iam.NewListRolePoliciesPaginator(client, &iam.ListRolePoliciesInput{RoleName: &name}), func(page *iam.ListRolePoliciesOutput) error {
		for _, policy := range page.PolicyNames {
			out, err := client.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: &name, PolicyName: &policy})
			if err != nil {
				return err
			}
			role.Inline[policy] = decoded(out.PolicyDocument)
		}
		return nil
	})
}

// decoded undoes the URL encoding in which IAM returns policy documents.
func decoded(document *string) string {
	text, err := url.QueryUnescape(aws.ToString(document))
	if err != nil {
		return aws.ToString(document)
	}
	return text
}
