package preflight

import (
	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
)

// control are the rules about reaching ECS itself.
var control = []Rule{
	{
		Id: "ecs-endpoints-ec2", Severity: SeverityError,
		Needs:   "EC2 hosts need the endpoints `ecs`, `ecs-agent` and `ecs-telemetry`, or a way to the internet.",
		AwsSays: "service NAME was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster.",
		Fix:     "Write `ecsOnEc2: true` on the `IsolatedVpc`, or add them to the network's `endpointServices`.",
		Doc:     endpointsPage,
		check: func(c *trial) {
			if c.launches(LaunchTypeEc2) {
				c.needEndpointsBy(c.net.AddHostEndpoints, "network", "the ECS agent of a host", "", endpoints.EcsOnEc2...)
			}
		},
	},
	{
		// A warning, because AWS's page says of these Regions that all three must be
		// there, and of Fargate that its tasks do not need them.
		Id: "ecs-endpoints-fargate", Severity: SeverityWarning,
		Needs:   "In Regions that AWS opened after 23 December 2023 ECS needs the endpoints `ecs`, `ecs-agent` and `ecs-telemetry`, or a way to the internet; whether tasks on Fargate need them too is not certain.",
		AwsSays: "nothing; its documentation says that without all of them traffic goes over the public endpoints, which cannot be reached from here",
		Fix:     "Add them to the network's `endpointServices`; `IsolatedVpc` has them in these Regions.",
		Doc:     endpointsPage,
		check: func(c *trial) {
			region, known := c.net.Region.Get()
			switch {
			case fact.Is(c.isolated(), false) || known && !endpoints.NeedsEcsEndpoints(region) || !c.launches(LaunchTypeFargate):
			case !known:
				c.unknown("network", "the Region of "+c.net.String())
			default:
				c.needEndpoints("network", "ECS in "+region+", a Region opened after 23 December 2023,", "", endpoints.EcsOnEc2...)
			}
		},
	},
	{
		Id: "service-connect-endpoint", Severity: SeverityError,
		Needs:   "Service Connect needs the endpoint `ecs-agent`, or a way to the internet.",
		AwsSays: "ResourceInitializationError: failed to start the Service Connect container: it gets no configuration from Amazon ECS",
		Fix:     "Add it to the network's `endpointServices`.",
		Doc:     endpointsPage,
		check: func(c *trial) {
			on, known := c.task.ServiceConnect.Get()
			switch {
			case fact.Is(c.isolated(), false):
			case !known:
				c.unknown("serviceConnect", "whether the service uses Service Connect")
			case on:
				c.needEndpoints("serviceConnect", "the proxy of Service Connect", "", "ecs-agent")
			}
		},
	},
}

// launches says whether a launch type runs the task; where that is not known
// and the tasks may have no way out, the rule stays undecided.
func (c *trial) launches(t LaunchType) bool {
	launch, known := c.task.LaunchType.Get()
	if !known && !fact.Is(c.isolated(), false) {
		c.unknown("launchType", "the launch type")
	}
	return known && launch == t
}
