package taskplan

import (
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/need"
)

// Exec is ECS Exec: a shell in the container. The task itself opens the
// channels and writes the record, so both are the task role's.
type Exec struct {
	// At is the argument's path.
	At string
	On fact.Of[bool]
	// KmsKey says whether a key of the user's own encrypts the sessions.
	KmsKey fact.Of[bool]
	// Recorded says whether the sessions are recorded in CloudWatch Logs, by a
	// role that may write there; GroupArn is the log group then.
	Recorded fact.Of[bool]
	GroupArn fact.Text
}

// Check finds what is wrong with the log group; "" is none, as of a cluster that
// records no sessions.
func (e Exec) Check(faults *field.Faults) {
	if e.GroupArn.Or("") != "" {
		check(faults, e.GroupArn, func(path, arn string) field.Faults { return CheckArn(path, "logs", arn) })
	}
}

func (e Exec) declare(_ Place, n *need.Needs) {
	reach := func(rule, what, service string, on fact.Of[bool], unknown string) {
		r := need.Reach{Rule: rule, At: e.At, What: what, To: []string{service}}
		switch {
		case !e.On.IsKnown():
			r.Unknown = "whether ECS Exec is on"
		case fact.Is(e.On, false) || fact.Is(on, false):
			return
		case !on.IsKnown():
			r.Unknown = unknown
		}
		n.Reach(r)
	}
	reach("exec-endpoint", "ECS Exec", "ssmmessages", e.On, "")
	reach("exec-kms-endpoint", "ECS Exec with a KMS key", "kms", e.KmsKey, "whether a KMS key encrypts the sessions")
	reach("exec-log-endpoint", "recording the sessions of ECS Exec", "logs", e.Recorded, "whether the sessions are recorded in CloudWatch Logs")
	if fact.Is(e.On, true) {
		e.grant(n)
	}
}

// grant lets the task open the channels, and record the session.
//
// The four ssmmessages actions know no resources, and neither does
// logs:DescribeLogGroups, with which the agent looks for the group before it
// records anything: "*" is all that AWS takes. Were that one allowed on the
// group, the agent would not find it, and the shell would open without a record.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-logging
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
func (e Exec) grant(n *need.Needs) {
	allow := func(sid string, actions []string, resources ...string) {
		n.Grant(need.Grant{To: need.Task, Sid: sid, Actions: actions, Resources: resources})
	}
	allow("EcsExec", []string{
		"ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
		"ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
	}, "*")
	if group := strings.TrimSuffix(e.GroupArn.Or(""), ":*"); group != "" {
		allow("EcsExecLogGroups", []string{"logs:DescribeLogGroups"}, "*")
		allow("EcsExecLog", []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"}, group, group+":*")
	}
}

// render runs an init in the container: a shell leaves orphans behind, and ECS
// asks for an init process to reap them.
func (e Exec) render(d *containerDefinition) error {
	if fact.Is(e.On, true) {
		d.LinuxParameters = &linuxParameters{InitProcessEnabled: true}
	}
	return nil
}
