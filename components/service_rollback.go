package components

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// runningTask is the ARN of the task definition, once the service runs it. It
// fails if the circuit breaker rolled back to the one before.
//
// The provider waits until as many tasks run as are wanted, and after a
// rollback as many do, of the old revision; so it reports success. What it
// reads then says which revision runs. The check hangs on an output and not on
// the service: the service is in the stack's state by then, with the revision
// that it runs, so that the next update deploys again. And because the update
// fails, Pulumi does not get to deregister the old revision, which services go
// on with but cannot be told to use again:
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html
func (s *service) runningTask(ctx *pulumi.Context) pulumi.StringOutput {
	if ctx.DryRun() || !or(s.spec.WaitForSteadyState, true) {
		return s.task.Arn // nothing has been waited for, so nothing is known
	}
	return pulumi.All(s.task.Arn, s.service.TaskDefinition, s.service.Name).ApplyT(func(v []any) (string, error) {
		wanted, service := v[0].(string), v[2].(string)
		running, _ := v[1].(*string)
		if running == nil || *running == wanted {
			return wanted, nil
		}
		var f field.Faults
		f.Add("", nil,
			fmt.Sprintf("its new tasks did not start: Amazon ECS gave up on the deployment of %s and rolled the service %s back, which now runs %s again",
				revision(wanted), service, revision(*running)),
			"the service's events and the stopped reasons of its tasks say why; the next update deploys again. "+
				"If something other than this program deploys to the service, write waitForSteadyState false, and nothing is compared")
		return "", fmt.Errorf("%s %q: %w", s.spec.kind.component, s.name, f)
	}).(pulumi.StringOutput)
}

// revision is a task definition as ECS names it in short, FAMILY:REVISION.
func revision(arn string) string { return arn[strings.LastIndex(arn, "/")+1:] }
