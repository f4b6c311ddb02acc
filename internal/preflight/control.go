package preflight

// control are the rules about reaching ECS itself.
var control = []Rule{
	{
		Id: "ecs-endpoints-ec2", Severity: SeverityError,
		Needs:   "EC2 hosts need the endpoints `ecs`, `ecs-agent` and `ecs-telemetry`, or a way to the internet.",
		AwsSays: "service NAME was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster.",
		Fix:     "Write `ecsOnEc2: true` on the `IsolatedVpc`, or add them to the network's `endpointServices`.",
		Doc:     endpointsPage,
		check:   func(c *trial) { c.reachBy(c.net.AddHostEndpoints) },
	},
	{
		// A warning, because AWS's page says of these Regions that all three must be
		// there, and of Fargate that its tasks do not need them.
		Id: "ecs-endpoints-fargate", Severity: SeverityWarning,
		Needs:   "In Regions that AWS opened after 23 December 2023 ECS needs the endpoints `ecs`, `ecs-agent` and `ecs-telemetry`, or a way to the internet; whether tasks on Fargate need them too is not certain.",
		AwsSays: "nothing; its documentation says that without all of them traffic goes over the public endpoints, which cannot be reached from here",
		Fix:     "Add them to the network's `endpointServices`; `IsolatedVpc` has them in these Regions.",
		Doc:     endpointsPage,
		check:   (*trial).reach,
	},
	{
		Id: "service-connect-endpoint", Severity: SeverityError,
		Needs:   "Service Connect needs the endpoint `ecs-agent`, or a way to the internet.",
		AwsSays: "ResourceInitializationError: failed to start the Service Connect container: it gets no configuration from Amazon ECS",
		Fix:     "Add it to the network's `endpointServices`.",
		Doc:     endpointsPage,
		check:   (*trial).reach,
	},
}
