package standin

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
)

const taskDefinitionPage = registry + "ecs/taskdefinition/"

// A revision is never changed: every property but the tags makes a new one.
var taskDefinitionType = &resourceType{
	token: "aws:ecs/taskDefinition:TaskDefinition", args: sdk.TaskDefinitionArgs{}, state: sdk.TaskDefinition{},
	inputs: map[string]prop{
		"family":                                {change: replaces, check: ecsName, request: "RegisterTaskDefinition.Family", source: taskDefinitionPage},
		"containerDefinitions":                  {change: replaces, check: validContainers, request: "RegisterTaskDefinition.ContainerDefinitions", source: taskDefinitionPage, equalIn: sameContainers},
		"cpu":                                   {change: replaces, request: "RegisterTaskDefinition.Cpu", source: taskDefinitionPage},
		"memory":                                {change: replaces, request: "RegisterTaskDefinition.Memory", source: taskDefinitionPage},
		"networkMode":                           {change: replaces, computed: true, check: oneOf(types.NetworkMode("").Values()...), request: "RegisterTaskDefinition.NetworkMode", source: taskDefinitionPage},
		"requiresCompatibilities":               {change: replaces, set: true, check: oneOf("EC2", "FARGATE", "EXTERNAL"), request: "RegisterTaskDefinition.RequiresCompatibilities", source: taskDefinitionPage},
		"executionRoleArn":                      {change: replaces, check: validARN, request: "RegisterTaskDefinition.ExecutionRoleArn", source: taskDefinitionPage},
		"taskRoleArn":                           {change: replaces, check: validARN, request: "RegisterTaskDefinition.TaskRoleArn", source: taskDefinitionPage},
		"ephemeralStorage":                      {change: replaces, request: "RegisterTaskDefinition.EphemeralStorage", source: taskDefinitionPage},
		"ephemeralStorage.sizeInGib":            {check: validation.IntBetween(21, 200), request: "RegisterTaskDefinition.EphemeralStorage", source: taskDefinitionPage},
		"runtimePlatform":                       {change: replaces, request: "RegisterTaskDefinition.RuntimePlatform", source: taskDefinitionPage},
		"runtimePlatform.cpuArchitecture":       {check: oneOf(types.CPUArchitecture("").Values()...), request: "RegisterTaskDefinition.RuntimePlatform", source: taskDefinitionPage},
		"runtimePlatform.operatingSystemFamily": {check: oneOf(types.OSFamily("").Values()...), request: "RegisterTaskDefinition.RuntimePlatform", source: taskDefinitionPage},
		"skipDestroy":                           {change: updates, byDefault: false, reason: "decides whether the deletion deregisters the revision", source: taskDefinitionPage},
		"trackLatest":                           {change: updates, byDefault: false, reason: "decides which revision a refresh reads", source: taskDefinitionPage},
		"tags":                                  {change: updates, request: "RegisterTaskDefinition.Tags TagResource.Tags", source: taskDefinitionPage},
	},
	checkSource: providerSource + "ecs/task_definition.go",
	outputs:     []string{"arn", "arnWithoutRevision", "revision", "enableFaultInjection", "tagsAll"},
	source:      taskDefinitionPage + "#outputs",
	create:      registerTaskDefinition, read: readTaskDefinition,
	update: func(ctx context.Context, r *request) error { return updateECSTags(ctx, r, r.state.str("arn")) },
	remove: func(ctx context.Context, r *request) error {
		if r.state.boolean("skipDestroy") {
			return nil
		}
		_, err := r.cloud.ECS.DeregisterTaskDefinition(ctx, &ecs.DeregisterTaskDefinitionInput{TaskDefinition: r.state.strp("arn")})
		if err != nil && strings.Contains(err.Error(), "is not a task definition") {
			return nil // the local AWS's words for a revision that is gone
		}
		return err
	},
	// An import names the revision's ARN; the official provider's id is the family.
	importID: func(_ context.Context, r *request, id string) (string, error) {
		r.state = object{}
		for key, v := range resourceMap(map[string]any{"arn": id}) {
			r.state[key] = v
		}
		family, _, _ := strings.Cut(lastPart(id), ":")
		return family, nil
	},
}

func registerTaskDefinition(ctx context.Context, r *request) (string, error) {
	containers, err := parseContainers(r.in.str("containerDefinitions"))
	if err != nil {
		return "", err
	}
	in := &ecs.RegisterTaskDefinitionInput{
		Family: r.in.strp("family"), ContainerDefinitions: containers, Cpu: r.in.strp("cpu"), Memory: r.in.strp("memory"),
		NetworkMode: types.NetworkMode(r.in.str("networkMode")), ExecutionRoleArn: r.in.strp("executionRoleArn"),
		TaskRoleArn: r.in.strp("taskRoleArn"), Tags: ecsTags(r.tags),
	}
	for _, c := range r.in.strs("requiresCompatibilities") {
		in.RequiresCompatibilities = append(in.RequiresCompatibilities, types.Compatibility(c))
	}
	if storage := r.in.object("ephemeralStorage"); storage != nil {
		in.EphemeralStorage = &types.EphemeralStorage{SizeInGiB: storage.int32("sizeInGib")}
	}
	if platform := r.in.object("runtimePlatform"); platform != nil {
		in.RuntimePlatform = &types.RuntimePlatform{
			CpuArchitecture:       types.CPUArchitecture(platform.str("cpuArchitecture")),
			OperatingSystemFamily: types.OSFamily(platform.str("operatingSystemFamily")),
		}
	}
	out, err := r.cloud.ECS.RegisterTaskDefinition(ctx, in)
	if err != nil {
		return "", err
	}
	// The id is the family, so what is read next must come from the ARN.
	r.state = object(resourceMap(map[string]any{"arn": out.TaskDefinition.TaskDefinitionArn}))
	return aws.ToString(out.TaskDefinition.Family), nil
}

func readTaskDefinition(ctx context.Context, r *request) (map[string]any, error) {
	name := r.state.str("arn")
	if name == "" || r.state.boolean("trackLatest") {
		name = r.id
	}
	out, err := r.cloud.ECS.DescribeTaskDefinition(ctx, &ecs.DescribeTaskDefinitionInput{
		TaskDefinition: &name, Include: []types.TaskDefinitionField{types.TaskDefinitionFieldTags},
	})
	if err != nil {
		if strings.Contains(err.Error(), "Unable to describe task definition") || strings.Contains(err.Error(), "is not a task_definition") {
			return nil, errNotFound
		}
		return nil, err
	}
	t := out.TaskDefinition
	if t.Status == types.TaskDefinitionStatusInactive {
		return nil, errNotFound
	}
	containers, err := formatContainers(t.ContainerDefinitions)
	if err != nil {
		return nil, err
	}
	arn := aws.ToString(t.TaskDefinitionArn)
	read := map[string]any{
		"arn": arn, "arnWithoutRevision": strings.TrimSuffix(arn, fmt.Sprintf(":%d", t.Revision)), "revision": t.Revision,
		"family": t.Family, "containerDefinitions": containers, "cpu": t.Cpu, "memory": t.Memory,
		"networkMode": string(t.NetworkMode), "executionRoleArn": t.ExecutionRoleArn, "taskRoleArn": t.TaskRoleArn,
		"enableFaultInjection": aws.ToBool(t.EnableFaultInjection), "tags": fromECSTags(out.Tags),
	}
	var compatibilities []string
	for _, c := range t.RequiresCompatibilities {
		compatibilities = append(compatibilities, string(c))
	}
	read["requiresCompatibilities"] = compatibilities
	if t.EphemeralStorage != nil {
		read["ephemeralStorage"] = map[string]any{"sizeInGib": t.EphemeralStorage.SizeInGiB}
	}
	if p := t.RuntimePlatform; p != nil {
		platform := map[string]any{}
		if p.CpuArchitecture != "" {
			platform["cpuArchitecture"] = string(p.CpuArchitecture)
		}
		if p.OperatingSystemFamily != "" {
			platform["operatingSystemFamily"] = string(p.OperatingSystemFamily)
		}
		read["runtimePlatform"] = platform
	}
	return read, nil
}
