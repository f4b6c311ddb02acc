package taskplan

import "strings"

// ExecPolicy returns what a task's role may do so that ECS Exec can open a
// shell in the task, and record the session in a log group where logGroupArn
// is not "": the task itself writes the record.
//
// The four ssmmessages actions know no resources, so "*" is all that AWS takes.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions
//
// For the log AWS's example allows logs:DescribeLogGroups on "*"; here it is
// the one group, which the action takes as its resource. No AWS account has
// shown yet that this is enough.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-logging
func ExecPolicy(logGroupArn string) string {
	statements := []statement{allow("EcsExec", []string{
		"ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
		"ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
	}, []string{"*"})}
	if group := strings.TrimSuffix(logGroupArn, ":*"); group != "" {
		statements = append(statements, allow("EcsExecLog",
			[]string{"logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"},
			[]string{group, group + ":*"}))
	}
	return policy(statements...)
}
