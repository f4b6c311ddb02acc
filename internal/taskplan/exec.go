package taskplan

import "strings"

// ExecPolicy returns what a task's role may do so that ECS Exec can open a
// shell in the task. The four actions know no resources, so "*" is all that
// AWS takes.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions
func ExecPolicy() string { return policy(execStatement()) }

// ExecPolicyWithLog is ExecPolicy for a cluster that records the sessions in a
// log group: the task itself writes the record. "" is no log group.
//
// AWS's example allows logs:DescribeLogGroups on "*". The agent asks for the
// one group by its name as a prefix, and AWS checks that against the group.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-logging
func ExecPolicyWithLog(logGroupArn string) string {
	if logGroupArn == "" {
		return ExecPolicy()
	}
	group := strings.TrimSuffix(logGroupArn, ":*")
	return policy(execStatement(), allow("EcsExecLog",
		[]string{"logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"},
		[]string{group, group + ":*"}))
}

func execStatement() statement {
	return allow("EcsExec", []string{
		"ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
		"ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
	}, []string{"*"})
}
