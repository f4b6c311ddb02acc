package preflight

// shells are the rules about reaching the services behind ECS Exec.
var shells = []Rule{
	{
		Id: "exec-endpoint", Severity: SeverityError,
		Needs:   "ECS Exec needs the endpoint `ssmmessages`, or a way to the internet.",
		AwsSays: execSays,
		Fix:     "Add it to the network's `endpointServices`.",
		Doc:     execPage,
		byTask:  true,
		check:   (*trial).reach,
	},
	{
		Id: "exec-kms-endpoint", Severity: SeverityError,
		Needs:   "ECS Exec with a KMS key of your own needs the endpoint `kms`, or a way to the internet.",
		AwsSays: execSays,
		Fix:     "Add it to the network's `endpointServices`.",
		Doc:     "https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html",
		byTask:  true,
		check:   (*trial).reach,
	},
	{
		Id: "exec-log-endpoint", Severity: SeverityError,
		Needs:   "Recording the sessions of ECS Exec in CloudWatch Logs needs the endpoint `logs`, or a way to the internet: the task itself writes them, whatever its log driver is.",
		AwsSays: "nothing: the shell opens, and the session is not recorded",
		Fix:     "Add it to the network's `endpointServices`.",
		Doc:     execPage + "#ecs-exec-logging",
		byTask:  true,
		check:   (*trial).reach,
	},
}

// shellRoles are the rules about what ECS Exec asks of the task role.
var shellRoles = []Rule{
	{
		Id: "exec-task-role", Severity: SeverityWarning,
		Needs:   "ECS Exec needs four actions of `ssmmessages` in the task role, and four of `logs` to record its sessions; what a role of your own allows is not known here.",
		AwsSays: execSays,
		Fix:     "Make sure the role allows them, or leave `taskRoleArn` out.",
		Doc:     ecsGuide + "task-iam-roles.html#ecs-exec-required-iam-permissions",
		check: func(c *trial) {
			on, known := c.task.Exec.On.Get()
			own, ownKnown := c.task.OwnTaskRole.Get()
			switch {
			case known && !on || ownKnown && !own:
			case known && ownKnown:
				c.find("taskRoleArn", "ECS Exec needs four actions in the task role, and what a role of your own allows is not known here",
					`make sure it allows ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel and ssmmessages:OpenDataChannel on "*", and, for sessions to be recorded, logs:DescribeLogGroups on "*" and logs:CreateLogStream, logs:DescribeLogStreams and logs:PutLogEvents on the log group; or leave taskRoleArn out`, "")
			default:
				c.unknown("taskRoleArn", "whether ECS Exec is on, or whose the task role is")
			}
		},
	},
	{
		Id: "exec-recording", Severity: SeverityWarning,
		Needs:   "The sessions of ECS Exec are recorded in the cluster's log group only where the task role may write to it.",
		AwsSays: "nothing: the shell opens, and the session is not recorded",
		Fix:     "Pass the `EcsCluster` itself, or the `executeCommandLogGroupArn` of another cluster.",
		Doc:     execPage + "#ecs-exec-logging",
		check: func(c *trial) {
			on, known := c.task.Exec.On.Get()
			log, logKnown := c.task.Exec.Recorded.Get()
			own, ownKnown := c.task.OwnTaskRole.Get()
			switch {
			case known && !on || logKnown && log || ownKnown && own: // exec-task-role says it of a role of the user's
			case known && logKnown && ownKnown:
				c.find(execPath, "ECS Exec is on, and the task role may not write to the log of its sessions: whoever opens a shell leaves no record of what was typed",
					"pass the EcsCluster itself as cluster, or as executeCommandLogGroupArn the ARN of the log group that the cluster records sessions in", "")
			default:
				c.unknown(execPath, "whether ECS Exec is on, whose the task role is, or whether the sessions are recorded")
			}
		},
	},
}

const (
	execPage = ecsGuide + "ecs-exec.html"
	execPath = "enableExecuteCommand"
	execSays = "TargetNotConnectedException: The execute command failed due to an internal error. Try again later."
)
