package taskplan

import (
	"fmt"
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
