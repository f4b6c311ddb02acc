package standin

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
)

const servicePage = registry + "ecs/service/"

var serviceType = &resourceType{
	token: "aws:ecs/service:Service", args: sdk.ServiceArgs{}, state: sdk.Service{},
	inputs: map[string]prop{
		"name":           {change: replaces, autoName: 255, request: "CreateService.ServiceName", source: servicePage},
		"cluster":        {change: replaces, computed: true, request: "CreateService.Cluster", source: servicePage},
		"launchType":     {change: replaces, computed: true, check: oneOf(types.LaunchType("").Values()...), request: "CreateService.LaunchType", source: servicePage},
		"taskDefinition": {change: updates, request: "CreateService.TaskDefinition UpdateService.TaskDefinition", source: servicePage},
		"desiredCount":   {change: updates, request: "CreateService.DesiredCount UpdateService.DesiredCount", source: servicePage},

		"platformVersion":                               {change: updates, computed: true, request: "CreateService.PlatformVersion UpdateService.PlatformVersion", source: servicePage},
		"schedulingStrategy":                            {change: replaces, byDefault: "REPLICA", check: oneOf(types.SchedulingStrategy("").Values()...), request: "CreateService.SchedulingStrategy", source: servicePage},
		"deploymentMaximumPercent":                      {change: updates, byDefault: 200, request: "CreateService.DeploymentConfiguration UpdateService.DeploymentConfiguration", source: servicePage},
		"deploymentMinimumHealthyPercent":               {change: updates, byDefault: 100, request: "CreateService.DeploymentConfiguration UpdateService.DeploymentConfiguration", source: servicePage},
		"deploymentCircuitBreaker":                      {change: updates, computed: true, request: "CreateService.DeploymentConfiguration UpdateService.DeploymentConfiguration", source: servicePage},
		"deploymentCircuitBreaker.enable":               {request: "CreateService.DeploymentConfiguration", source: servicePage},
		"deploymentCircuitBreaker.rollback":             {request: "CreateService.DeploymentConfiguration", source: servicePage},
		"availabilityZoneRebalancing":                   {change: updates, byDefault: "DISABLED", check: oneOf(types.AvailabilityZoneRebalancing("").Values()...), request: "CreateService.AvailabilityZoneRebalancing UpdateService.AvailabilityZoneRebalancing", source: servicePage},
		"enableEcsManagedTags":                          {change: updates, request: "CreateService.EnableECSManagedTags UpdateService.EnableECSManagedTags", source: servicePage},
		"enableExecuteCommand":                          {change: updates, request: "CreateService.EnableExecuteCommand UpdateService.EnableExecuteCommand", source: servicePage},
		"propagateTags":                                 {change: updates, check: oneOf(types.PropagateTags("").Values()...), request: "CreateService.PropagateTags UpdateService.PropagateTags", source: servicePage, equal: sameWithoutNone},
		"networkConfiguration":                          {change: updates, request: "CreateService.NetworkConfiguration UpdateService.NetworkConfiguration", source: servicePage},
		"networkConfiguration.subnets":                  {required: true, set: true, request: "CreateService.NetworkConfiguration", source: servicePage},
		"networkConfiguration.securityGroups":           {set: true, request: "CreateService.NetworkConfiguration", source: servicePage},
		"networkConfiguration.assignPublicIp":           {byDefault: false, request: "CreateService.NetworkConfiguration", source: servicePage},
		"capacityProviderStrategies":                    {change: updates, set: true, request: "CreateService.CapacityProviderStrategy UpdateService.CapacityProviderStrategy", source: servicePage},
		"capacityProviderStrategies[].base":             {byDefault: 0, check: validation.IntBetween(0, 100000), request: "CreateService.CapacityProviderStrategy", source: servicePage},
		"capacityProviderStrategies[].weight":           {byDefault: 0, check: validation.IntBetween(0, 1000), request: "CreateService.CapacityProviderStrategy", source: servicePage},
		"capacityProviderStrategies[].capacityProvider": {request: "CreateService.CapacityProviderStrategy", source: servicePage},

		"orderedPlacementStrategies":         {change: updates, notReadBack: true, request: "CreateService.PlacementStrategy UpdateService.PlacementStrategy", source: servicePage},
		"orderedPlacementStrategies[].type":  {check: oneOf(types.PlacementStrategyType("").Values()...), request: "CreateService.PlacementStrategy UpdateService.PlacementStrategy", source: servicePage},
		"orderedPlacementStrategies[].field": {request: "CreateService.PlacementStrategy UpdateService.PlacementStrategy", source: servicePage},

		"loadBalancers":                   {change: updates, set: true, request: "CreateService.LoadBalancers UpdateService.LoadBalancers", source: servicePage},
		"loadBalancers[].targetGroupArn":  {check: validARN, request: "CreateService.LoadBalancers UpdateService.LoadBalancers", source: servicePage},
		"loadBalancers[].containerName":   {request: "CreateService.LoadBalancers UpdateService.LoadBalancers", source: servicePage},
		"loadBalancers[].containerPort":   {check: validation.IntBetween(0, 65536), request: "CreateService.LoadBalancers UpdateService.LoadBalancers", source: servicePage},
		"healthCheckGracePeriodSeconds":   {change: updates, check: validation.IntBetween(0, math.MaxInt32), request: "CreateService.HealthCheckGracePeriodSeconds UpdateService.HealthCheckGracePeriodSeconds", source: servicePage},
		"serviceRegistries":               {change: updates, request: "CreateService.ServiceRegistries UpdateService.ServiceRegistries", source: servicePage},
		"serviceRegistries.registryArn":   {check: validARN, request: "CreateService.ServiceRegistries UpdateService.ServiceRegistries", source: servicePage},
		"serviceRegistries.port":          {check: validation.IntBetween(0, 65536), request: "CreateService.ServiceRegistries UpdateService.ServiceRegistries", source: servicePage},
		"serviceRegistries.containerName": {request: "CreateService.ServiceRegistries UpdateService.ServiceRegistries", source: servicePage},
		"serviceRegistries.containerPort": {check: validation.IntBetween(0, 65536), request: "CreateService.ServiceRegistries UpdateService.ServiceRegistries", source: servicePage},

		"forceNewDeployment": {change: updates, request: "UpdateService.ForceNewDeployment", notReadBack: true, source: servicePage},
		"triggers":           {change: updates, computed: true, reason: "a change of it starts an update; AWS has no such field", source: servicePage},
		"forceDelete":        {change: updates, reason: "decides how the service is deleted (DeleteService.Force)", source: servicePage},
		"waitForSteadyState": {change: updates, byDefault: false, reason: "decides what the provider waits for (DescribeServices)", source: servicePage},
		"tags":               {change: updates, request: "CreateService.Tags TagResource.Tags", source: servicePage},
	},
	checkSource:   providerSource + "ecs/service.go",
	outputs:       []string{"iamRole", "deploymentController", "tagsAll"},
	unset:         []string{"forceNewDeployment"},
	source:        servicePage + "#outputs",
	createTimeout: 20 * time.Minute, updateTimeout: 20 * time.Minute, deleteTimeout: 20 * time.Minute,
	// Without forceNewDeployment another strategy makes the service anew; a first
	// one, and none any more, always do.
	replaceWhen: func(was, is object) string {
		const name = "capacityProviderStrategies"
		w, i := was.value(name), is.value(name)
		switch {
		case absent(w) && absent(i):
			return ""
		case absent(w) != absent(i) || !is.boolean("forceNewDeployment"):
			return name
		default:
			return ""
		}
	},
	create: createService, read: readService, update: updateService, remove: deleteService,
	// An import names the service CLUSTER/SERVICE.
	importID: func(ctx context.Context, r *request, id string) (string, error) {
		cluster, name, ok := strings.Cut(id, "/")
		if !ok || strings.Contains(name, "/") {
			return "", fmt.Errorf("wrong format of resource: %s. Please follow 'cluster-name/service-name'", id)
		}
		r.state = object(resourceMap(map[string]any{"cluster": cluster}))
		service, err := findService(ctx, r, cluster, name)
		if err != nil {
			return "", err
		}
		r.state = object(resourceMap(map[string]any{"cluster": service.ClusterArn}))
		return aws.ToString(service.ServiceArn), nil
	},
}

func networkConfiguration(r *request) *types.NetworkConfiguration {
	network := r.in.object("networkConfiguration")
	if network == nil {
		return nil
	}
	public := types.AssignPublicIpDisabled
	if network.boolean("assignPublicIp") {
		public = types.AssignPublicIpEnabled
	}
	return &types.NetworkConfiguration{AwsvpcConfiguration: &types.AwsVpcConfiguration{
		Subnets: network.strs("subnets"), SecurityGroups: network.strs("securityGroups"), AssignPublicIp: public,
	}}
}

// placement is the order in which ECS spreads tasks over hosts; an empty list,
// not none, takes an old one away.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
func placement(strategies []object) []types.PlacementStrategy {
	list := []types.PlacementStrategy{}
	for _, s := range strategies {
		list = append(list, types.PlacementStrategy{Type: types.PlacementStrategyType(s.str("type")), Field: s.strp("field")})
	}
	return list
}

func deploymentConfiguration(r *request) *types.DeploymentConfiguration {
	d := &types.DeploymentConfiguration{
		MaximumPercent:        r.in.int32p("deploymentMaximumPercent"),
		MinimumHealthyPercent: r.in.int32p("deploymentMinimumHealthyPercent"),
	}
	if r.in.str("schedulingStrategy") == string(types.SchedulingStrategyDaemon) {
		d.MaximumPercent = nil // a daemon service has no maximum
	}
	if breaker := r.in.object("deploymentCircuitBreaker"); breaker != nil {
		d.DeploymentCircuitBreaker = &types.DeploymentCircuitBreaker{Enable: breaker.boolean("enable"), Rollback: breaker.boolean("rollback")}
	}
	return d
}

func createService(ctx context.Context, r *request) (string, error) {
	in := &ecs.CreateServiceInput{
		ServiceName: r.in.strp("name"), Cluster: r.in.strp("cluster"), TaskDefinition: r.in.strp("taskDefinition"),
		LaunchType: types.LaunchType(r.in.str("launchType")), DesiredCount: aws.Int32(r.in.int32("desiredCount")),
		PlatformVersion: r.in.strp("platformVersion"), SchedulingStrategy: types.SchedulingStrategy(r.in.str("schedulingStrategy")),
		NetworkConfiguration: networkConfiguration(r), DeploymentConfiguration: deploymentConfiguration(r),
		EnableECSManagedTags: r.in.boolean("enableEcsManagedTags"), EnableExecuteCommand: r.in.boolean("enableExecuteCommand"),
		PropagateTags: types.PropagateTags(r.in.str("propagateTags")), Tags: ecsTags(r.tags),
		CapacityProviderStrategy:    strategy(r.in.objects("capacityProviderStrategies")),
		PlacementStrategy:           placement(r.in.objects("orderedPlacementStrategies")),
		AvailabilityZoneRebalancing: types.AvailabilityZoneRebalancing(r.in.str("availabilityZoneRebalancing")),
		LoadBalancers:               serviceBalancers(r), ServiceRegistries: serviceRegistries(r),
		HealthCheckGracePeriodSeconds: r.in.positive("healthCheckGracePeriodSeconds"),
	}
	if in.SchedulingStrategy == types.SchedulingStrategyDaemon {
		in.DesiredCount = nil // a daemon service has one task an instance
	}
	out, err := r.cloud.ECS.CreateService(ctx, in)
	if err != nil {
		return "", err
	}
	r.id = aws.ToString(out.Service.ServiceArn)
	return r.id, awaitService(ctx, r)
}

// awaitService waits for the service to be ACTIVE, and for its tasks too if the
// program asks for that: one deployment, and as many tasks as wanted.
// Source: https://docs.aws.amazon.com/cli/latest/reference/ecs/wait/services-stable.html
func awaitService(ctx context.Context, r *request) error {
	steady := r.in.boolean("waitForSteadyState")
	return r.wait(ctx, "ECS service "+lastPart(r.id)+" to be steady", func() (bool, string, error) {
		service, err := findService(ctx, r, r.in.str("cluster"), r.id)
		if err != nil {
			return false, "", err
		}
		now := fmt.Sprintf("%s, %d of %d tasks running, %d pending, %d deployments",
			aws.ToString(service.Status), service.RunningCount, service.DesiredCount, service.PendingCount, len(service.Deployments))
		active := aws.ToString(service.Status) == "ACTIVE"
		return active && (!steady || service.RunningCount == service.DesiredCount && len(service.Deployments) <= 1), now, nil
	})
}

func findService(ctx context.Context, r *request, cluster, service string) (*types.Service, error) {
	in := &ecs.DescribeServicesInput{Services: []string{service}, Include: []types.ServiceField{types.ServiceFieldTags}}
	if cluster != "" {
		in.Cluster = &cluster
	}
	out, err := r.cloud.ECS.DescribeServices(ctx, in)
	if err != nil {
		return nil, notFound(err, "ClusterNotFoundException", "ServiceNotFoundException")
	}
	for _, s := range out.Services {
		if aws.ToString(s.Status) != "INACTIVE" {
			return &s, nil
		}
	}
	return nil, errNotFound
}

// clusterOf returns the cluster of the service: what is recorded, or what the
// service's ARN says.
func clusterOf(r *request) string {
	for _, o := range []object{r.in, r.state} {
		if cluster := o.str("cluster"); cluster != "" {
			return cluster
		}
	}
	if parts := strings.Split(r.id, "/"); len(parts) == 3 {
		return parts[1]
	}
	return ""
}

func readService(ctx context.Context, r *request) (map[string]any, error) {
	service, err := findService(ctx, r, clusterOf(r), r.id)
	if err != nil {
		return nil, err
	}
	read := map[string]any{
		"name": service.ServiceName, "cluster": asWritten(r, "cluster", service.ClusterArn), "taskDefinition": asWritten(r, "taskDefinition", service.TaskDefinition),
		"desiredCount": service.DesiredCount, "launchType": string(service.LaunchType),
		"schedulingStrategy": string(service.SchedulingStrategy), "iamRole": iamRole(service), "tags": fromECSTags(service.Tags),
	}
	read["propagateTags"] = string(cmp.Or(service.PropagateTags, types.PropagateTagsNone))
	read["deploymentController"] = map[string]any{"type": string(types.DeploymentControllerTypeEcs)}
	read["triggers"] = map[string]any{}
	for k, v := range r.in.strMap("triggers") {
		read["triggers"].(map[string]any)[k] = v
	}
	read["capacityProviderStrategies"] = fromStrategy(service.CapacityProviderStrategy)
	read["platformVersion"] = service.PlatformVersion
	read["enableEcsManagedTags"], read["enableExecuteCommand"] = service.EnableECSManagedTags, service.EnableExecuteCommand
	read["availabilityZoneRebalancing"] = string(service.AvailabilityZoneRebalancing)
	if d := service.DeploymentConfiguration; d != nil {
		read["deploymentMaximumPercent"], read["deploymentMinimumHealthyPercent"] = d.MaximumPercent, d.MinimumHealthyPercent
		breaker := types.DeploymentCircuitBreaker{} // AWS tells one that is off, too
		if d.DeploymentCircuitBreaker != nil {
			breaker = *d.DeploymentCircuitBreaker
		}
		read["deploymentCircuitBreaker"] = map[string]any{"enable": breaker.Enable, "rollback": breaker.Rollback}
	}
	fromIngress(service, read)
	if service.NetworkConfiguration != nil && service.NetworkConfiguration.AwsvpcConfiguration != nil {
		n := service.NetworkConfiguration.AwsvpcConfiguration
		read["networkConfiguration"] = map[string]any{
			"subnets": n.Subnets, "securityGroups": n.SecurityGroups, "assignPublicIp": n.AssignPublicIp == types.AssignPublicIpEnabled,
		}
	}
	return read, nil
}

// asWritten tells a cluster or a task definition as the program names it: by
// its ARN, or by what follows in it. An import finds the ARN.
func asWritten(r *request, property string, arn *string) string {
	for _, o := range []object{r.in, r.state} {
		if name := o.str(property); name != "" && !strings.HasPrefix(name, "arn:") {
			return lastPart(aws.ToString(arn))
		} else if name != "" {
			break
		}
	}
	return aws.ToString(arn)
}

// iamRole is the role that AWS reports for every awsvpc service.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html
func iamRole(service *types.Service) string {
	if service.RoleArn != nil {
		return *service.RoleArn
	}
	return "/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
}

func updateService(ctx context.Context, r *request) error {
	in := &ecs.UpdateServiceInput{Service: aws.String(lastPart(r.id)), Cluster: r.in.strp("cluster")}
	send := false
	changed := func(names ...string) bool {
		c := r.changed(names...)
		send = send || c
		return c
	}
	if changed("taskDefinition") {
		in.TaskDefinition = r.in.strp("taskDefinition")
	}
	if changed("desiredCount") {
		in.DesiredCount = aws.Int32(r.in.int32("desiredCount"))
	}
	if changed("platformVersion") {
		in.PlatformVersion = r.in.strp("platformVersion")
	}
	if changed("deploymentMaximumPercent", "deploymentMinimumHealthyPercent", "deploymentCircuitBreaker") {
		in.DeploymentConfiguration = deploymentConfiguration(r)
	}
	if changed("networkConfiguration") {
		in.NetworkConfiguration = networkConfiguration(r)
	}
	if changed("capacityProviderStrategies") {
		in.CapacityProviderStrategy = strategy(r.in.objects("capacityProviderStrategies"))
	}
	if changed("orderedPlacementStrategies") {
		in.PlacementStrategy = placement(r.in.objects("orderedPlacementStrategies"))
	}
	if changed("enableEcsManagedTags") {
		in.EnableECSManagedTags = aws.Bool(r.in.boolean("enableEcsManagedTags"))
	}
	if changed("enableExecuteCommand") {
		in.EnableExecuteCommand = aws.Bool(r.in.boolean("enableExecuteCommand"))
	}
	if changed("propagateTags") {
		in.PropagateTags = types.PropagateTags(r.in.str("propagateTags")) // none is not sent: AWS keeps what it has
	}
	if changed("availabilityZoneRebalancing") {
		in.AvailabilityZoneRebalancing = types.AvailabilityZoneRebalancing(r.in.str("availabilityZoneRebalancing"))
	}
	if changed("loadBalancers") {
		in.LoadBalancers = serviceBalancers(r)
	}
	if changed("serviceRegistries") {
		in.ServiceRegistries = serviceRegistries(r)
	}
	if changed("healthCheckGracePeriodSeconds") {
		in.HealthCheckGracePeriodSeconds = aws.Int32(r.in.int32("healthCheckGracePeriodSeconds"))
	}
	changed("forceNewDeployment", "triggers", "waitForSteadyState")
	if send {
		in.ForceNewDeployment = r.in.boolean("forceNewDeployment")
		if _, err := r.cloud.ECS.UpdateService(ctx, in); err != nil {
			return err
		}
	}
	if err := updateECSTags(ctx, r, r.id); err != nil {
		return err
	}
	if !send {
		return nil // tags alone change nothing that runs
	}
	return awaitService(ctx, r)
}

// deleteService scales the service down first, as the official provider does:
// AWS refuses to delete one that has tasks.
func deleteService(ctx context.Context, r *request) error {
	service, err := findService(ctx, r, clusterOf(r), r.id)
	if err != nil {
		return err
	}
	cluster, name := aws.String(clusterOf(r)), aws.String(lastPart(r.id))
	force := r.state.boolean("forceDelete")
	if !force && aws.ToString(service.Status) != "DRAINING" && service.SchedulingStrategy != types.SchedulingStrategyDaemon {
		if _, err := r.cloud.ECS.UpdateService(ctx, &ecs.UpdateServiceInput{Service: name, Cluster: cluster, DesiredCount: aws.Int32(0)}); err != nil {
			return err
		}
	}
	_, err = r.cloud.ECS.DeleteService(ctx, &ecs.DeleteServiceInput{Service: name, Cluster: cluster, Force: aws.Bool(force)})
	if err := gone(err, "ServiceNotFoundException", "ClusterNotFoundException"); err != nil {
		return err
	}
	return r.wait(ctx, "ECS service "+lastPart(r.id)+" to be gone", func() (bool, string, error) {
		_, err := findService(ctx, r, clusterOf(r), r.id)
		if err == errNotFound {
			return true, "", nil
		}
		return false, "still there", err
	})
}
