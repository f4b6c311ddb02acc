package taskplan

import (
	"fmt"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

const (
	pathMinimum = "deploymentMinimumHealthyPercent"
	pathMaximum = "deploymentMaximumPercent"
)

// CheckDeployment returns the faults of the deployment percentages in the
// argument at ("" is the service itself),
// which leave room for a deployment only when ECS can start a task above the
// running ones or stop one of them. ECS rounds the number of tasks that must
// stay healthy up and the number that may run down.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
func CheckDeployment(at string, minPct, maxPct, desired int) field.Faults {
	var faults field.Faults
	if minPct < 0 || minPct > 100 {
		faults.Add(field.Join(at, pathMinimum), minPct, "is not a percentage of the tasks to keep healthy", "write 0 to 100; 75 keeps at least three of four")
	}
	if maxPct < 100 { // AWS documents no upper end
		faults.Add(field.Join(at, pathMaximum), maxPct, "is not a percentage of the tasks to run at most", "write 100 or more; 200 starts all new tasks before an old one stops")
	}
	if len(faults) > 0 || desired <= 0 {
		return faults // with no task to keep, any deployment goes through
	}
	keep := (desired*minPct + 99) / 100
	run := desired * maxPct / 100
	if run > keep {
		return nil
	}
	raised, lowered := deploymentFix(minPct, maxPct, desired)
	faults.Add(field.Join(at, pathMaximum), maxPct,
		fmt.Sprintf("with %s %d allows no deployment of %s: ECS must keep %d healthy and may run %d, so it can neither start a task nor stop one",
			pathMinimum, minPct, tasks(desired), keep, run),
		fmt.Sprintf("write %d or more, or %d or less for %s", raised, lowered, pathMinimum))
	return faults
}

// deploymentFix returns the least maximum that lets one more task start, and
// the largest minimum that lets one stop.
func deploymentFix(minPct, maxPct, desired int) (maximum, minimum int) {
	keep := (desired*minPct + 99) / 100
	run := desired * maxPct / 100
	return ((keep+1)*100 + desired - 1) / desired, (run - 1) * 100 / desired
}

func tasks(n int) string {
	if n == 1 {
		return "1 task"
	}
	return fmt.Sprintf("%d tasks", n)
}
