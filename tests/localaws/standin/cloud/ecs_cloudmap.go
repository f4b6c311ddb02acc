package cloud

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	ecstypes "github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery/types"
)

var _ = addRules(map[string]rule{
	"ServiceDiscovery.ListInstances": {instead: instead(listInstances), source: cloudMapAPI + "ListInstances.html"},
})

// deregistration is how long a task stays registered in Cloud Map after its
// service scaled it away. AWS names no time: ECS deregisters a task while it
// stops, and who deletes the Cloud Map service at once is told that it still
// has instances.
const deregistration = time.Minute

// Attributes of the instances. ECS writes those of its own name; the local one
// holds when a stopped task's instance goes.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
const (
	clusterAttribute = "ECS_CLUSTER_NAME"
	serviceAttribute = "ECS_SERVICE_NAME"
	leavesAttribute  = "LOCAL_LEAVES_AT"
)

// registryGone is what Cloud Map says of a service that is not there.
const registryGone = "ServiceNotFound"

// registerTasks makes Cloud Map know one instance for each running task of an
// ECS service, in the registry that the service has now. Instances of other
// tasks leave when their time has come.
func registerTasks(ctx context.Context, c *Cloud, service *ecstypes.Service) error {
	registry := ""
	if len(service.ServiceRegistries) > 0 {
		registry = afterLast(aws.ToString(service.ServiceRegistries[0].RegistryArn))
	}
	cluster, name := afterLast(aws.ToString(service.ClusterArn)), aws.ToString(service.ServiceName)
	wanted := map[string]bool{}
	if registry != "" {
		for n := range service.RunningCount {
			sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", aws.ToString(service.ServiceArn), n))
			wanted[hex.EncodeToString(sum[:16])] = true // as long as a task's id
		}
	}
	registries, err := c.CloudMap.ListServices(ctx, &servicediscovery.ListServicesInput{})
	if err != nil {
		return err
	}
	for _, r := range registries.Services {
		id := aws.ToString(r.Id)
		instances, err := instancesOf(ctx, c, id)
		if err != nil {
			return err
		}
		for _, i := range instances {
			if i.Attributes[clusterAttribute] != cluster || i.Attributes[serviceAttribute] != name {
				continue
			}
			if id == registry && wanted[aws.ToString(i.Id)] && i.Attributes[leavesAttribute] == "" {
				delete(wanted, aws.ToString(i.Id)) // it is there
				continue
			}
			if i.Attributes[leavesAttribute] == "" {
				i.Attributes[leavesAttribute] = time.Now().Add(deregistration).UTC().Format(time.RFC3339)
				if err := reregister(ctx, c, id, i); err != nil {
					return err
				}
			}
		}
	}
	for _, instance := range slices.Sorted(maps.Keys(wanted)) {
		err := reregister(ctx, c, registry, types.InstanceSummary{Id: &instance, Attributes: map[string]string{clusterAttribute: cluster, serviceAttribute: name}})
		if err != nil {
			return err
		}
	}
	return nil
}

// reregister registers an instance, or changes its attributes: the emulator
// would list one twice that is registered twice. It does nothing in a Cloud Map
// service that is gone.
func reregister(ctx context.Context, c *Cloud, registry string, i types.InstanceSummary) error {
	_, err := c.CloudMap.DeregisterInstance(ctx, &servicediscovery.DeregisterInstanceInput{ServiceId: &registry, InstanceId: i.Id})
	if err != nil && !HasCode(err, "InstanceNotFound", registryGone) {
		return err
	}
	_, err = c.CloudMap.RegisterInstance(ctx, &servicediscovery.RegisterInstanceInput{ServiceId: &registry, InstanceId: i.Id, Attributes: i.Attributes})
	if HasCode(err, registryGone) {
		return nil
	}
	return err
}

// instancesOf returns the instances of a Cloud Map service, without those whose
// time has come. One that is gone, perhaps since it was listed, has none.
func instancesOf(ctx context.Context, c *Cloud, registry string) ([]types.InstanceSummary, error) {
	listed, err := c.CloudMap.ListInstances(ctx, &servicediscovery.ListInstancesInput{ServiceId: &registry})
	if HasCode(err, registryGone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []types.InstanceSummary
	for _, i := range listed.Instances {
		leaves, err := time.Parse(time.RFC3339, i.Attributes[leavesAttribute])
		if err == nil && time.Now().After(leaves) {
			_, err := c.CloudMap.DeregisterInstance(ctx, &servicediscovery.DeregisterInstanceInput{ServiceId: &registry, InstanceId: i.Id})
			if err != nil && !HasCode(err, "InstanceNotFound", registryGone) {
				return nil, err
			}
			continue
		}
		out = append(out, i)
	}
	return out, nil
}

func listInstances(ctx context.Context, c *Cloud, in *servicediscovery.ListInstancesInput) (*servicediscovery.ListInstancesOutput, error) {
	instances, err := instancesOf(ctx, c, aws.ToString(in.ServiceId))
	return &servicediscovery.ListInstancesOutput{Instances: instances}, err
}

func afterLast(arn string) string { return arn[strings.LastIndex(arn, "/")+1:] }
