package cloud

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
)

var _ = addRules(map[string]rule{
	"ECS.CreateService": {
		after: after(func(ctx context.Context, c *Cloud, in *ecs.CreateServiceInput, out *ecs.CreateServiceOutput) error {
			return schedule(ctx, c, in.Cluster, out.Service.ServiceName, out.Service.DesiredCount)
		}),
		source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
	},
})

// schedule makes the emulator count the wanted tasks of a service as running.
// It has no scheduler: a service that was made counts none, one that was
// updated counts what it was told to want. So it is told once more.
func schedule(ctx context.Context, c *Cloud, cluster, service *string, desired int32) error {
	if c.config.TasksStayPending || desired == 0 {
		return nil
	}
	_, err := c.ECS.UpdateService(ctx, &ecs.UpdateServiceInput{Cluster: cluster, Service: service, DesiredCount: aws.Int32(desired)})
	return err
}
