package taskplan

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/iamdoc"
)

// trust is the policy of who may take a role on: a service of AWS's, and only
// on behalf of this account's resources, so that nobody else can make the
// service act with the role (the "confused deputy").
func trust(service, sourceArn, account string) string {
	return iamdoc.Write(iamdoc.Trust(service, iamdoc.Condition{
		"ArnLike":      {"aws:SourceArn": sourceArn},
		"StringEquals": {"aws:SourceAccount": account},
	}))
}

// TrustPolicy returns who may take on a task's roles: ECS, for tasks of this
// account in this region.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
func TrustPolicy(partition, region, account string) string {
	return trust("ecs-tasks.amazonaws.com", fmt.Sprintf("arn:%s:ecs:%s:%s:*", partition, region, account), account)
}

// FlowLogsTrust returns who may take on the role of a VPC's flow logs.
// https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
func FlowLogsTrust(account, partition, region string) string {
	return trust("vpc-flow-logs.amazonaws.com", fmt.Sprintf("arn:%s:ec2:%s:%s:vpc-flow-log/*", partition, region, account), account)
}

// LogsPolicyForFlowLogs returns what the role of a VPC's flow logs may do:
// write to the one log group. AWS's page asks for more, "at least" creating and
// describing groups, and all on "*"; the group exists already here, and these
// three actions on it are what AWS's own CDK grants.
// https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
// https://github.com/aws/aws-cdk/blob/v2.275.0/packages/aws-cdk-lib/aws-ec2/lib/vpc-flow-logs.ts
func LogsPolicyForFlowLogs(logGroupArn string) string {
	group := strings.TrimSuffix(logGroupArn, ":*")
	return iamdoc.Write(iamdoc.Allow("FlowLogs",
		[]string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
		[]string{group, group + ":*"}))
}

// ExecutionGrants are what a task needs to start.
type ExecutionGrants struct {
	Partition, Region, Account string
	// Image, when it is in a private ECR repository, of any account and region,
	// is granted; other registries need no grant.
	Image string
	// LogGroupArn is the log group that the containers write to; "" for none.
	LogGroupArn string
	// SecretArns as the containers name them.
	SecretArns []string
	// KmsKeyArns are the customer managed keys of the secrets.
	KmsKeyArns []string
}

// ExecutionPolicy returns what a task's execution role may do: pull its own
// image, write to its own log group, read its own secrets. Nothing has the
// resource "*" but ecr:GetAuthorizationToken, which knows no other, and that is
// there only for an image in private ECR.
func ExecutionPolicy(g ExecutionGrants) (string, error) {
	var statements []iamdoc.Statement
	if account, region, repository, ok := ParseECRImage(g.Image); ok {
		statements = append(statements,
			iamdoc.Allow("EcrLogin", []string{"ecr:GetAuthorizationToken"}, []string{"*"}),
			iamdoc.Allow("EcrPull",
				[]string{"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"},
				[]string{fmt.Sprintf("arn:%s:ecr:%s:%s:repository/%s", g.Partition, region, account, repository)}))
	}
	if g.LogGroupArn != "" {
		statements = append(statements, iamdoc.Allow("Logs",
			[]string{"logs:CreateLogStream", "logs:PutLogEvents"},
			[]string{strings.TrimSuffix(g.LogGroupArn, ":*") + ":*"}))
	}
	secrets, parameters, err := secretResources(g.SecretArns)
	if err != nil {
		return "", err
	}
	if len(secrets) > 0 {
		statements = append(statements, iamdoc.Allow("Secrets", []string{"secretsmanager:GetSecretValue"}, secrets))
	}
	if len(parameters) > 0 {
		statements = append(statements, iamdoc.Allow("Parameters", []string{"ssm:GetParameters"}, parameters))
	}
	if keys := unique(g.KmsKeyArns); len(keys) > 0 {
		for _, key := range keys {
			if faults := CheckArn("kmsKeyArns", "kms", key); len(faults) > 0 {
				return "", faults.Err()
			}
		}
		statements = append(statements, iamdoc.Allow("Keys", []string{"kms:Decrypt"}, keys))
	}
	if len(statements) == 0 {
		return "", errors.New("a task with an image outside ECR, no logs and no secrets needs no execution policy")
	}
	return iamdoc.Write(statements...), nil
}

// secretResources returns the resources of a policy for secrets, Secrets
// Manager's and SSM's, each once and sorted.
func secretResources(arns []string) (secrets, parameters []string, err error) {
	for _, text := range arns {
		// What comes from another Secret's PolicyArn is one already.
		s, err := ParseSecret(strings.TrimSuffix(text, anyTail))
		if err != nil {
			return nil, nil, fmt.Errorf("execution policy: a secret %w", err)
		}
		if s.Service == "ssm" {
			parameters = append(parameters, s.PolicyArn)
		} else {
			secrets = append(secrets, s.PolicyArn)
		}
	}
	return unique(secrets), unique(parameters), nil
}

// unique returns the texts, each once and sorted.
func unique(texts []string) []string {
	set := map[string]bool{}
	for _, t := range texts {
		set[t] = true
	}
	return slices.Sorted(maps.Keys(set))
}
