package standin

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// serviceBalancers writes the target groups of a service; an empty list takes
// them away.
func serviceBalancers(r *request) []types.LoadBalancer {
	out := []types.LoadBalancer{}
	for _, b := range r.in.objects("loadBalancers") {
		out = append(out, types.LoadBalancer{
			TargetGroupArn: b.strp("targetGroupArn"), ContainerName: b.strp("containerName"), ContainerPort: b.int32p("containerPort"),
		})
	}
	return out
}

// serviceRegistries writes the registry of a service; an empty list takes it away.
func serviceRegistries(r *request) []types.ServiceRegistry {
	registry := r.in.object("serviceRegistries")
	if registry == nil {
		return []types.ServiceRegistry{}
	}
	return []types.ServiceRegistry{{
		RegistryArn: registry.strp("registryArn"), Port: registry.positive("port"), ContainerName: registry.strp("containerName"), ContainerPort: registry.positive("containerPort"),
	}}
}

// fromIngress adds what brings traffic to a service to the properties read.
func fromIngress(service *types.Service, read map[string]any) {
	var balancers []any
	for _, b := range service.LoadBalancers {
		balancers = append(balancers, map[string]any{
			"targetGroupArn": b.TargetGroupArn, "containerName": b.ContainerName, "containerPort": b.ContainerPort,
		})
	}
	read["loadBalancers"] = balancers
	for _, r := range service.ServiceRegistries {
		registry := map[string]any{"registryArn": r.RegistryArn}
		if r.Port != nil {
			registry["port"] = *r.Port
		}
		if r.ContainerName != nil {
			registry["containerName"], registry["containerPort"] = *r.ContainerName, aws.ToInt32(r.ContainerPort)
		}
		read["serviceRegistries"] = registry
	}
	if service.HealthCheckGracePeriodSeconds != nil {
		read["healthCheckGracePeriodSeconds"] = *service.HealthCheckGracePeriodSeconds
	}
}
