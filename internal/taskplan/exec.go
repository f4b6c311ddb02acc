package taskplan

import (
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/iamdoc"
)

// ExecPolicy returns what a task's role may do so that ECS Exec can open a
// shell in the task, and record the session in a log group where logGroupArn
// is not "": the task itself writes the record.
//
// The four ssmmessages actions know no resources, and neither does
// logs:DescribeLogGroups, with which the agent looks for the group before it
// records anything: "*" is all that AWS takes. Were that one allowed on the
// group, the agent would not find it, and the shell would open without a record.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-logging
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
func ExecPolicy(logGroupArn string) string {
	statements := []iamdoc.Statement{iamdoc.Allow("EcsExec", []string{
		"ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
		"ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
	}, []string{"*"})}
	if group := strings.TrimSuffix(logGroupArn, ":*"); group != "" {
		statements = append(statements,
			iamdoc.Allow("EcsExecLogGroups", []string{"logs:DescribeLogGroups"}, []string{"*"}),
			iamdoc.Allow("EcsExecLog",
				[]string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
				[]string{group, group + ":*"}))
	}
	return iamdoc.Write(statements...)
}
