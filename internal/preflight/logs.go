package preflight

import (
	"fmt"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// logs are the rules about the container's log.
var logs = []Rule{{
	Id: "log-endpoint", Severity: SeverityError,
	Needs:   "The log driver `awslogs` needs the endpoint `logs`, or a way to the internet.",
	AwsSays: "ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your network configuration.",
	Fix:     "Add it to the network's `endpointServices`.",
	Doc:     endpointsPage,
	check:   (*trial).reach,
}}

// fargateDrivers are the log drivers of Fargate:
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
var fargateDrivers = []string{"awslogs", "splunk", "awsfirelens"}

// drivers are the rules about log drivers that need no network.
var drivers = []Rule{{
	Id: "log-driver", Severity: SeverityError,
	Needs:   "Fargate supports the log drivers `awslogs`, `splunk` and `awsfirelens`.",
	AwsSays: "ClientException: the log driver is not one that Fargate supports",
	Fix:     "Use one of these.",
	Doc:     ecsApi + "API_LogConfiguration.html",
	check: func(c *trial) {
		const path = "logDriver"
		driver, known := c.task.Log.Driver.Get()
		switch fargate := c.onFargate(); {
		case !known:
			if !fact.Is(fargate, false) {
				c.unknown(path, "the log driver")
			}
		case driver == "" || slices.Contains(fargateDrivers, driver) || fact.Is(fargate, false):
		case fact.Is(fargate, true):
			c.find(path, fmt.Sprintf("%q is not a log driver that Fargate supports", driver), `write "awslogs", "splunk" or "awsfirelens"`, "")
		default:
			c.unknown(path, "the launch type")
		}
	},
}}

// onFargate says whether Fargate runs the task.
func (c *trial) onFargate() fact.Of[bool] {
	launch, known := c.task.Launch.Type.Get()
	if !known {
		return fact.Unknown[bool]()
	}
	return fact.Known(launch == taskplan.LaunchTypeFargate)
}
