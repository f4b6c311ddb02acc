package taskplan

import "strings"

// ExecPolicyWithLog is ExecPolicy for a cluster that records the sessions in a
// log group: the task itself writes the record. "" is no log group.
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
