package standin

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// hostTasks is a cluster on hosts, with a task definition for each network mode.
type hostTasks struct {
	*hostWorld
	cluster, capacity, providers *res
	tasks                        map[string]*res
}

func newHostTasks(p *provider, name string) *hostTasks {
	p.t.Helper()
	w := &hostTasks{hostWorld: newHosts(p, name), tasks: map[string]*res{}}
	w.cluster = p.create(tCluster, name, props{})
	group := p.create(tScaling, name, w.scaling(w.template))
	w.capacity = p.create(tCapacity, name, props{"autoScalingGroupProvider": props{"autoScalingGroupArn": group.out("arn")}})
	w.providers = p.create(tProviders, name, props{
		"clusterName": w.cluster.out("name"), "capacityProviders": []string{w.capacity.out("name"), "FARGATE", "FARGATE_SPOT"},
	})
	for _, mode := range []string{"bridge", "host", "awsvpc"} {
		w.tasks[mode] = p.create(tTask, name+"-"+mode, w.task(name, mode, `,"memory":128,"portMappings":[{"containerPort":8080}]`))
	}
	return w
}

func (w *hostTasks) task(name, mode, more string) props {
	return props{
		"family": name + "-" + mode, "networkMode": mode, "requiresCompatibilities": []string{"EC2"},
		"containerDefinitions": container("busybox:1", more),
	}
}

func (w *hostTasks) service(mode string) props {
	in := props{
		"cluster": w.cluster.out("arn"), "taskDefinition": w.tasks[mode].out("arn"), "desiredCount": 1,
		"capacityProviderStrategies": []any{props{"capacityProvider": w.capacity.out("name"), "weight": 1}},
		"orderedPlacementStrategies": []any{
			props{"type": "spread", "field": "attribute:ecs.availability-zone"}, props{"type": "spread", "field": "instanceId"},
		},
	}
	if mode == "awsvpc" {
		in["networkConfiguration"] = w.network()
	}
	return in
}

func hostLife(mode string) func(p *provider) (string, life) {
	return func(p *provider) (string, life) {
		w := newHostTasks(p, "on-"+mode)
		return tService, life{
			in: w.service(mode).with("name", "on-"+mode).with("waitForSteadyState", true),
			edits: []edit{
				{name: "desiredCount", value: 2},
				{name: "orderedPlacementStrategies", value: []any{props{"type": "binpack", "field": "memory"}}},
				{name: "orderedPlacementStrategies", value: nil},
				{name: "capacityProviderStrategies", value: []any{props{"capacityProvider": w.capacity.out("name"), "weight": 2}}, with: props{"forceNewDeployment": true}},
			},
			importID: func(*res) string { return fmt.Sprintf("%s/on-%s", w.cluster.out("name"), mode) },
		}
	}
}

var _ = addMoreLives(map[string]func(p *provider) (string, life){
	"service on hosts, bridge": hostLife("bridge"),
	"service on hosts, host":   hostLife("host"),
	"service on hosts, awsvpc": hostLife("awsvpc"),
})

func TestServicesOnHostsRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newHostTasks(p, "refused")
	name := w.capacity.out("name")
	use := func(provider string) props { return props{"capacityProvider": provider, "weight": 1} }
	place := func(kind, field string) props {
		return w.service("bridge").with("orderedPlacementStrategies", []any{props{"type": kind, "field": field}})
	}
	runRefusals(t, p, map[string]refusal{
		"a public address": {
			tService, w.service("awsvpc").with("networkConfiguration", w.network().with("assignPublicIp", true)),
			"InvalidParameterException", "Assign public IP is not supported for this launch type.",
		},
		"a network for bridge":     {tService, w.service("bridge").with("networkConfiguration", w.network()), "InvalidParameterException", "not valid for the given networkMode"},
		"a network for host":       {tService, w.service("host").with("networkConfiguration", w.network()), "InvalidParameterException", "not valid for the given networkMode"},
		"no network for awsvpc":    {tService, w.service("awsvpc").with("networkConfiguration", nil), "InvalidParameterException", "must be provided"},
		"an unknown provider":      {tService, w.service("bridge").with("capacityProviderStrategies", []any{use("other")}), "InvalidParameterException", "not associated with the cluster: other"},
		"hosts and Fargate":        {tService, w.service("bridge").with("capacityProviderStrategies", []any{use(name), use("FARGATE")}), "InvalidParameterException", "cannot contain a mix"},
		"bridge on Fargate":        {tService, w.service("bridge").with("capacityProviderStrategies", []any{use("FARGATE")}).with("orderedPlacementStrategies", nil), "InvalidParameterException", "launch_type FARGATE"},
		"a platform version":       {tService, w.service("bridge").with("platformVersion", "1.4.0"), "InvalidParameterException", "must be null when specifying an EC2 launch type"},
		"an unknown placement":     {tService, place("pack", "memory"), "InvalidParameterException", "pack"},
		"a spread over memory":     {tService, place("spread", "memory"), "InvalidParameterException", "memory"},
		"a pack over zones":        {tService, place("binpack", "attribute:ecs.availability-zone"), "InvalidParameterException", "binpack"},
		"a random field":           {tService, place("random", "memory"), "InvalidParameterException", "takes no field"},
		"other ports in host mode": {tTask, w.task("ports", "host", `,"memory":128,"portMappings":[{"containerPort":80,"hostPort":8080}]`), "ClientException", "networkMode=host"},
		"a host port too high":     {tTask, w.task("ports", "bridge", `,"memory":128,"portMappings":[{"containerPort":80,"hostPort":65536}]`), "ClientException", "65536"},
		"a container of any size":  {tTask, w.task("size", "bridge", ""), "ClientException", "memory"},
		"placement on Fargate": {
			tService, w.service("awsvpc").with("capacityProviderStrategies", []any{use("FARGATE")}).with("taskDefinition", newTasks(p, "placed").one.out("arn")),
			"InvalidParameterException", "Placement strategies are not supported with FARGATE",
		},
	})
}

func TestCapacityRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w, foreign := newHostTasks(p, "capacity-refused"), newVpc(p, "capacity-foreign")
	free := p.create(tScaling, "free", w.scaling(w.template))
	used := p.create(tScaling, "used", w.scaling(w.template).with("name", "used"))
	p.create(tCapacity, "used", props{"name": "used", "autoScalingGroupProvider": props{"autoScalingGroupArn": used.out("arn")}})
	provide := func(more props) props {
		group := props{"autoScalingGroupArn": free.out("arn")}
		for k, v := range more {
			group[k] = v
		}
		return props{"autoScalingGroupProvider": group}
	}
	template := func(in props) *res { return p.create(tLaunchTemplate, fmt.Sprintf("t%p", in), in) }
	scaling := w.scaling(w.template)
	from := func(in props) props {
		return scaling.with("launchTemplate", props{"id": template(in).id, "version": "$Latest"})
	}
	hosts := w.hosts()

	runRefusals(t, p, map[string]refusal{
		"a reserved name":       {tCapacity, provide(nil).with("name", "ecs-hosts"), "InvalidParameterException", "ecs-hosts"},
		"a provider twice":      {tCapacity, provide(nil).with("name", "used"), "ClientException", "already exists"},
		"a group twice":         {tCapacity, provide(props{"autoScalingGroupArn": used.out("arn")}), "ClientException", "already being used by another capacity provider"},
		"an unknown group":      {tCapacity, provide(props{"autoScalingGroupArn": used.out("arn") + "x"}), "ClientException", "does not exist"},
		"unmanaged protection":  {tCapacity, provide(props{"managedTerminationProtection": "ENABLED"}), "ClientException", "managed scaling must be enabled"},
		"unprotected instances": {tCapacity, provide(props{"managedTerminationProtection": "ENABLED", "managedScaling": props{"status": "ENABLED"}}), "ClientException", "instance protection from scale in"},
		"a target over 100":     {tCapacity, provide(props{"managedScaling": props{"targetCapacity": 101}}), "InvalidParameterException", "targetCapacity"},
		"an unknown draining":   {tCapacity, provide(props{"managedDraining": "MAYBE"}), "InvalidParameterException", "MAYBE"},

		"a group's name twice":     {tScaling, scaling.with("name", "used"), "AlreadyExists", "used"},
		"a minimum over maximum":   {tScaling, scaling.with("minSize", 4), "ValidationError", "less than or equal to max bound"},
		"too many desired":         {tScaling, scaling.with("desiredCapacity", 4), "ValidationError", "Desired capacity:4"},
		"no subnets":               {tScaling, scaling.with("vpcZoneIdentifiers", nil), "ValidationError", "At least one Availability Zone or VPC Subnet"},
		"an unknown subnet":        {tScaling, scaling.with("vpcZoneIdentifiers", []string{"subnet-0"}), "ValidationError", "subnet-0"},
		"subnets of two VPCs":      {tScaling, scaling.with("vpcZoneIdentifiers", []string{w.a.id, foreign.b.id}), "ValidationError", "in one VPC"},
		"subnets of another VPC":   {tScaling, scaling.with("vpcZoneIdentifiers", []string{foreign.a.id}), "ValidationError", "not linked to the VPCs"},
		"no template":              {tScaling, scaling.with("launchTemplate", nil), "ValidationError", "LaunchTemplate"},
		"an unknown template":      {tScaling, scaling.with("launchTemplate", props{"id": "lt-0123456789abcdef0"}), "ValidationError", "does not exist"},
		"an unknown version":       {tScaling, scaling.with("launchTemplate", props{"id": w.template.id, "version": "9"}), "ValidationError", "version 9"},
		"no image":                 {tScaling, from(hosts.with("imageId", nil)), "ValidationError", "ImageId"},
		"no instance type":         {tScaling, from(hosts.with("instanceType", nil)), "ValidationError", "InstanceType"},
		"groups beside interfaces": {tScaling, from(hosts.with("networkInterfaces", []any{props{"deviceIndex": 0}})), "InvalidQueryParameter", "must be a part of it"},
		"an unknown profile":       {tScaling, from(hosts.with("iamInstanceProfile", props{"name": "none"})), "ValidationError", "Invalid IAM Instance Profile"},
		"an unknown health check":  {tScaling, scaling.with("healthCheckType", "PING"), "ValidationError", "PING"},
		"too short a life":         {tScaling, scaling.with("maxInstanceLifetime", 60), "ValidationError", "86400"},

		"a malformed image":         {tLaunchTemplate, hosts.with("imageId", "image"), "InvalidAMIID.Malformed", "image"},
		"an unknown type":           {tLaunchTemplate, hosts.with("instanceType", "t9.huge"), "InvalidParameterValue", "t9.huge"},
		"user data in the open":     {tLaunchTemplate, hosts.with("userData", "#!/bin/sh"), "InvalidUserData.Malformed", "BASE64"},
		"tokens of another kind":    {tLaunchTemplate, hosts.with("metadataOptions", props{"httpTokens": "maybe"}), "InvalidParameterValue", "maybe"},
		"too many hops":             {tLaunchTemplate, hosts.with("metadataOptions", props{"httpPutResponseHopLimit": 65}), "InvalidParameterValue", "65"},
		"a short name":              {tLaunchTemplate, hosts.with("name", "x"), "InvalidLaunchTemplateName.MalformedException", "x"},
		"a template twice":          {tLaunchTemplate, hosts.with("name", w.template.out("name")), "InvalidLaunchTemplateName.AlreadyExistsException", ""},
		"a key without encryption":  {tLaunchTemplate, hosts.with("blockDeviceMappings", []any{props{"ebs": props{"kmsKeyId": "k"}}}), "InvalidParameterDependency", "Encrypted"},
		"throughput of gp2":         {tLaunchTemplate, hosts.with("blockDeviceMappings", []any{props{"ebs": props{"volumeType": "gp2", "throughput": 125}}}), "InvalidParameterCombination", "gp3"},
		"a profile by name and ARN": {tLaunchTemplate, hosts.with("iamInstanceProfile", props{"name": "a", "arn": "b"}), "InvalidParameterCombination", "iamInstanceProfile"},
		"tags of a group":           {tLaunchTemplate, hosts.with("tagSpecifications", []any{props{"resourceType": "security-group", "tags": props{"a": "b"}}}), "InvalidParameterValue", "security-group"},

		"a profile twice":          {tProfile, props{"name": w.profile.id}, "EntityAlreadyExists", w.profile.id},
		"a profile of no role":     {tProfile, props{"role": "none"}, "NoSuchEntity", "none"},
		"a profile's name":         {tProfile, props{"name": "a b"}, "ValidationError", "a b"},
		"a profile's path":         {tProfile, props{"path": "mine"}, "ValidationError", "path"},
		"a second group of a name": {tScaling, scaling.with("name", "a:b"), "ValidationError", "colon"},
	})
}

func TestCapacityIsHeldByWhatUsesIt(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newHostTasks(p, "held-by")
	service := p.create(tService, "held-by", w.service("bridge"))
	require.ErrorContains(t, w.capacity.tryDelete(), "associated with cluster")
	require.ErrorContains(t, w.providers.tryDelete(), "ResourceInUseException")
	service.delete()
	w.providers.delete()
	w.capacity.delete()
}

// ECS tags the group that it manages; a program that lists tags has to list
// that one, or it takes it away.
func TestManagedGroupsAreTagged(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newHosts(p, "tagged")
	in := w.scaling(w.template).with("tags", []any{props{"key": "Team", "value": "a", "propagateAtLaunch": true}})
	plain := p.create(tScaling, "plain", in)
	p.create(tCapacity, "plain", props{"autoScalingGroupProvider": props{"autoScalingGroupArn": plain.out("arn")}})
	require.Contains(t, unwire(t, plain.read().GetProperties()).value("tags").String(), managedTag)

	listed := p.create(tScaling, "listed", in.with("tags", []any{props{"key": managedTag, "value": "true", "propagateAtLaunch": true}}))
	p.create(tCapacity, "listed", props{"autoScalingGroupProvider": props{"autoScalingGroupArn": listed.out("arn")}})
	listed.requireSettled()
}

const managedTag = "AmazonECSManaged"
