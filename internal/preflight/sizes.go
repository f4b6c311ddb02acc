package preflight

import (
	"fmt"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// Ephemeral storage of a Fargate task in GiB. Without a value of one's own a
// task has 20.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html
const leastStorageGib, mostStorageGib = 21, 200

// sizes are the rules about what a task takes.
var sizes = []Rule{
	{
		Id: "fargate-size", Severity: SeverityError,
		Needs:   "Fargate offers certain sizes of CPU, and for each of them certain sizes of memory.",
		AwsSays: "ClientException: No Fargate configuration exists for given values.",
		Fix:     "Write the nearest size that exists; the finding names it.",
		Doc:     ecsGuide + "fargate-tasks-services.html#fargate-tasks-size",
		check: func(c *trial) {
			cpu, cpuKnown := c.task.Cpu.Get()
			memory, memoryKnown := c.task.MemoryMib.Get()
			switch fargate := c.onFargate(); {
			case fact.Is(fargate, false):
			case !cpuKnown || !memoryKnown || !fargate.IsKnown():
				c.unknown("cpu", "the launch type, the cpu or the memory of the task")
			default:
				for _, f := range taskplan.CheckFargateSize("", cpu, memory) {
					c.find(f.Path, f.Value+" "+f.Rule, f.Fix,
						fmt.Sprintf("ClientException: No Fargate configuration exists for given values: %d CPU, %d memory.", cpu, memory))
				}
			}
		},
	},
	{
		Id: "ephemeral-storage", Severity: SeverityError,
		Needs:   "Ephemeral storage can be 21 to 200 GiB, on Fargate only; a task has 20 by default.",
		AwsSays: "ClientException: the task definition's ephemeralStorage is not valid",
		Fix:     "Write a number from 21 to 200, or leave it out.",
		Doc:     ecsApi + "API_EphemeralStorage.html",
		check: func(c *trial) {
			const path = "ephemeralStorageGib"
			size, known := c.task.EphemeralStorageGib.Get()
			switch fargate := c.onFargate(); {
			case known && size == 0:
			case !known || !fargate.IsKnown():
				c.unknown(path, "the launch type or the ephemeral storage of the task")
			case fact.Is(fargate, false):
				c.find(path, "tasks on EC2 use their host's disk and take no ephemeral storage of their own", "leave it out", "")
			case size < leastStorageGib || size > mostStorageGib:
				c.find(path, fmt.Sprintf("%d GiB is not a size that Fargate offers", size),
					fmt.Sprintf("write a number from %d to %d, or leave it out for 20", leastStorageGib, mostStorageGib), "")
			}
		},
	},
	{
		Id: "fargate-network-mode", Severity: SeverityError,
		Needs:   "Fargate supports network mode `awsvpc` only.",
		AwsSays: "ClientException: Fargate only supports network mode 'awsvpc'.",
		Fix:     "Write `awsvpc`.",
		Doc:     ecsApi + "API_RegisterTaskDefinition.html",
		check: func(c *trial) {
			mode, known := c.task.NetworkMode.Get()
			switch fargate := c.onFargate(); {
			case fact.Is(fargate, false) || known && mode == NetworkModeAwsvpc:
			case !known || !fargate.IsKnown():
				c.unknown("networkMode", "the launch type or the network mode")
			default:
				c.find("networkMode", fmt.Sprintf("Fargate does not support network mode %q", mode), `write "awsvpc"`, "")
			}
		},
	},
}
