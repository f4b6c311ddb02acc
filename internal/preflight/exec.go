package preflight

// shells are the rules about reaching the services behind ECS Exec.
var shells = []Rule{
	{
		Id: "exec-endpoint", Severity: SeverityError,
		Needs:   "ECS Exec needs the endpoint `ssmmessages`, or a way to the internet.",
		AwsSays: execSays,
		Fix:     "Add it to the network's `endpointServices`.",
		Doc:     ecsGuide + "ecs-exec.html",
		byTask:  true,
		check: func(c *trial) {
			c.withExec(func() { c.needEndpoints(execPath, "ECS Exec", "", "ssmmessages") })
		},
	},
	{
		Id: "exec-kms-endpoint", Severity: SeverityError,
		Needs:   "ECS Exec with a KMS key of your own needs the endpoint `kms`, or a way to the internet.",
		AwsSays: execSays,
		Fix:     "Add it to the network's `endpointServices`.",
		Doc:     "https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html",
		byTask:  true,
		check: func(c *trial) {
			c.withExec(func() {
				if _, known := c.task.ExecuteCommandKmsKey.Get(); !known && !is(c.isolated(), false) {
					c.unknown(execPath, "whether a KMS key encrypts the sessions")
				} else if is(c.task.ExecuteCommandKmsKey, true) {
					c.needEndpoints(execPath, "ECS Exec with a KMS key", "", "kms")
				}
			})
		},
	},
}

// shellRoles are the rules about who may use ECS Exec.
var shellRoles = []Rule{{
	Id: "exec-task-role", Severity: SeverityWarning,
	Needs:   "ECS Exec needs four actions of `ssmmessages` in the task role; those of a role of your own are not known here.",
	AwsSays: execSays,
	Fix:     "Make sure the role allows them, or leave `taskRoleArn` out.",
	Doc:     ecsGuide + "task-iam-roles.html#ecs-exec-required-iam-permissions",
	check: func(c *trial) {
		on, known := c.task.EnableExecuteCommand.Get()
		own, ownKnown := c.task.OwnTaskRole.Get()
		switch {
		case known && !on || ownKnown && !own:
		case known && ownKnown:
			c.find("taskRoleArn", "ECS Exec needs four actions in the task role, and what a role of your own allows is not known here",
				`make sure it allows ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel and ssmmessages:OpenDataChannel on "*", or leave taskRoleArn out`, "")
		default:
			c.unknown("taskRoleArn", "whether ECS Exec is on, or whose the task role is")
		}
	},
}}

const (
	execPath = "enableExecuteCommand"
	execSays = "TargetNotConnectedException: The execute command failed due to an internal error. Try again later."
)

// withExec goes on where ECS Exec is on and the tasks may have no way out.
func (c *trial) withExec(check func()) {
	on, known := c.task.EnableExecuteCommand.Get()
	switch {
	case is(c.isolated(), false):
	case !known:
		c.unknown(execPath, "whether ECS Exec is on")
	case on:
		check()
	}
}
