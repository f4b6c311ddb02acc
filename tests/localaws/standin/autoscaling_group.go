package standin

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/autoscaling"
)

const groupPage = registry + "autoscaling/group/"

// The group's tags are a list, and no default tags come to them.
var autoScalingGroupType = &resourceType{
	token: "aws:autoscaling/group:Group", args: sdk.GroupArgs{}, state: sdk.Group{},
	inputs: map[string]prop{
		"name":                   {change: replaces, autoName: 255, check: validation.StringLenBetween(0, 255), request: "CreateAutoScalingGroup.AutoScalingGroupName", source: groupPage},
		"minSize":                {change: updates, request: "CreateAutoScalingGroup.MinSize UpdateAutoScalingGroup.MinSize", source: groupPage},
		"maxSize":                {change: updates, request: "CreateAutoScalingGroup.MaxSize UpdateAutoScalingGroup.MaxSize", source: groupPage},
		"desiredCapacity":        {change: updates, computed: true, request: "CreateAutoScalingGroup.DesiredCapacity UpdateAutoScalingGroup.DesiredCapacity", source: groupPage},
		"vpcZoneIdentifiers":     {change: updates, computed: true, set: true, request: "CreateAutoScalingGroup.VPCZoneIdentifier UpdateAutoScalingGroup.VPCZoneIdentifier", source: groupPage},
		"launchTemplate":         {change: updates, computed: true, request: "CreateAutoScalingGroup.LaunchTemplate UpdateAutoScalingGroup.LaunchTemplate", source: groupPage},
		"launchTemplate.id":      {computed: true, check: validation.All(validation.StringLenBetween(1, 255), matching(`^lt-[0-9a-z]+$`, "must begin with 'lt-' and be comprised of only alphanumeric characters")), request: "CreateAutoScalingGroup.LaunchTemplate", source: groupPage},
		"launchTemplate.name":    {computed: true, check: templateName, request: "CreateAutoScalingGroup.LaunchTemplate", source: groupPage},
		"launchTemplate.version": {check: validation.StringLenBetween(1, 255), request: "CreateAutoScalingGroup.LaunchTemplate", source: groupPage},

		"protectFromScaleIn":     {change: updates, byDefault: false, request: "CreateAutoScalingGroup.NewInstancesProtectedFromScaleIn UpdateAutoScalingGroup.NewInstancesProtectedFromScaleIn", source: groupPage},
		"healthCheckType":        {change: updates, computed: true, request: "CreateAutoScalingGroup.HealthCheckType UpdateAutoScalingGroup.HealthCheckType", source: groupPage},
		"healthCheckGracePeriod": {change: updates, byDefault: 300, request: "CreateAutoScalingGroup.HealthCheckGracePeriod UpdateAutoScalingGroup.HealthCheckGracePeriod", source: groupPage},
		"maxInstanceLifetime":    {change: updates, notReadBack: true, request: "CreateAutoScalingGroup.MaxInstanceLifetime UpdateAutoScalingGroup.MaxInstanceLifetime", source: groupPage},

		"instanceRefresh":                                       {change: updates, notReadBack: true, request: "StartInstanceRefresh.Strategy", source: groupPage},
		"instanceRefresh.strategy":                              {check: oneOf(types.RefreshStrategy("").Values()...), request: "StartInstanceRefresh.Strategy", source: groupPage},
		"instanceRefresh.triggers":                              {set: true, check: oneOf(refreshTriggerNames...), reason: "names properties whose change starts a refresh, besides the launch template", source: groupPage},
		"instanceRefresh.preferences":                           {request: "StartInstanceRefresh.Preferences", source: groupPage},
		"instanceRefresh.preferences.autoRollback":              {request: "StartInstanceRefresh.Preferences", source: groupPage},
		"instanceRefresh.preferences.instanceWarmup":            {check: optionalCount, request: "StartInstanceRefresh.Preferences", source: groupPage},
		"instanceRefresh.preferences.maxHealthyPercentage":      {byDefault: 100, check: validation.IntBetween(100, 200), request: "StartInstanceRefresh.Preferences", source: groupPage},
		"instanceRefresh.preferences.minHealthyPercentage":      {byDefault: 90, check: validation.IntBetween(0, 100), request: "StartInstanceRefresh.Preferences", source: groupPage},
		"instanceRefresh.preferences.scaleInProtectedInstances": {byDefault: "Ignore", check: oneOf(types.ScaleInProtectedInstances("").Values()...), request: "StartInstanceRefresh.Preferences", source: groupPage},
		"instanceRefresh.preferences.skipMatching":              {byDefault: false, request: "StartInstanceRefresh.Preferences", source: groupPage},
		"instanceRefresh.preferences.standbyInstances":          {byDefault: "Ignore", check: oneOf(types.StandbyInstances("").Values()...), request: "StartInstanceRefresh.Preferences", source: groupPage},

		"forceDelete":            {change: updates, byDefault: false, reason: "decides how the group is deleted (DeleteAutoScalingGroup.ForceDelete)", source: groupPage},
		"waitForCapacityTimeout": {change: updates, byDefault: "10m", check: validDuration, reason: "decides how long the provider waits for instances", source: groupPage},

		"tags":                     {change: updates, set: true, request: "CreateAutoScalingGroup.Tags CreateOrUpdateTags.Tags", source: groupPage},
		"tags[].key":               {request: "CreateAutoScalingGroup.Tags", source: groupPage},
		"tags[].value":             {request: "CreateAutoScalingGroup.Tags", source: groupPage},
		"tags[].propagateAtLaunch": {request: "CreateAutoScalingGroup.Tags", source: groupPage},
	},
	exactlyOne:    [][]string{{"launchTemplate"}},
	checkSource:   providerSource + "autoscaling/group.go",
	outputs:       []string{"arn", "availabilityZones", "defaultCooldown", "namePrefix", "serviceLinkedRoleArn", "metricsGranularity", "predictedCapacity", "warmPoolSize"},
	unset:         []string{"minElbCapacity", "waitForElbCapacity"},
	source:        groupPage + "#outputs",
	updateTimeout: 10 * time.Minute, deleteTimeout: 10 * time.Minute,
	create: createGroup, read: readGroup, update: updateGroup, remove: deleteGroup,
}

func templateOf(in object) *types.LaunchTemplateSpecification {
	t := in.object("launchTemplate")
	if t == nil {
		return nil
	}
	template := &types.LaunchTemplateSpecification{LaunchTemplateId: t.strp("id"), Version: t.strp("version")}
	if template.LaunchTemplateId == nil {
		template.LaunchTemplateName = t.strp("name") // AWS returns both and takes one
	}
	return template
}

func groupTags(group string, tags []object) []types.Tag {
	var out []types.Tag
	for _, t := range tags {
		out = append(out, types.Tag{
			Key: t.strp("key"), Value: aws.String(t.str("value")), PropagateAtLaunch: aws.Bool(t.boolean("propagateAtLaunch")),
			ResourceId: &group, ResourceType: aws.String("auto-scaling-group"),
		})
	}
	return out
}

// subnetList is a list of subnets as the API takes it; nil without any.
func subnetList(subnets []string) *string {
	if len(subnets) == 0 {
		return nil
	}
	return aws.String(strings.Join(subnets, ","))
}

func createGroup(ctx context.Context, r *request) (string, error) {
	name := r.in.str("name")
	_, err := r.cloud.AutoScaling.CreateAutoScalingGroup(ctx, &autoscaling.CreateAutoScalingGroupInput{
		AutoScalingGroupName: &name, MinSize: aws.Int32(r.in.int32("minSize")), MaxSize: aws.Int32(r.in.int32("maxSize")),
		DesiredCapacity: r.in.int32p("desiredCapacity"), VPCZoneIdentifier: subnetList(r.in.strs("vpcZoneIdentifiers")),
		LaunchTemplate: templateOf(r.in), NewInstancesProtectedFromScaleIn: aws.Bool(r.in.boolean("protectFromScaleIn")),
		HealthCheckType: r.in.strp("healthCheckType"), HealthCheckGracePeriod: r.in.int32p("healthCheckGracePeriod"),
		MaxInstanceLifetime: r.in.int32p("maxInstanceLifetime"), Tags: groupTags(name, r.in.objects("tags")),
	})
	if err != nil {
		return "", err
	}
	r.id = name
	return name, awaitCapacity(ctx, r, "at least", func(healthy, wanted int32) bool { return healthy >= wanted })
}

// awaitCapacity fails a group that does not have its instances, unless the
// program waits for none ("0"). The official provider looks until the time is
// up; no instance of the local AWS comes or goes by itself, so the first look
// decides. What it wants is the larger of the minimum and of the capacity that
// the state has, which is out of date where something else scales the group.
func awaitCapacity(ctx context.Context, r *request, how string, enough func(healthy, wanted int32) bool) error {
	timeout := cmp.Or(r.in.str("waitForCapacityTimeout"), "10m")
	if limit, _ := time.ParseDuration(timeout); limit <= 0 {
		return nil
	}
	group, err := findGroup(ctx, r)
	if err != nil {
		return err
	}
	healthy := int32(0)
	for _, i := range group.Instances {
		if i.LifecycleState == types.LifecycleStateInService && strings.EqualFold(aws.ToString(i.HealthStatus), "Healthy") {
			healthy++
		}
	}
	desired := r.in.int32p("desiredCapacity")
	if desired == nil {
		desired = aws.Int32(r.state.int32("desiredCapacity"))
	}
	if wanted := max(r.in.int32("minSize"), *desired); !enough(healthy, wanted) {
		return fmt.Errorf("waiting for Auto Scaling Group (%s) capacity satisfied: timeout after %s: want %s %d healthy instance(s) in Auto Scaling Group, have %d",
			r.id, timeout, how, wanted, healthy)
	}
	return nil
}

func findGroup(ctx context.Context, r *request) (*types.AutoScalingGroup, error) {
	out, err := r.cloud.AutoScaling.DescribeAutoScalingGroups(ctx, &autoscaling.DescribeAutoScalingGroupsInput{AutoScalingGroupNames: []string{r.id}})
	if err != nil {
		return nil, err
	}
	if len(out.AutoScalingGroups) == 0 {
		return nil, errNotFound
	}
	return &out.AutoScalingGroups[0], nil
}

func readGroup(ctx context.Context, r *request) (map[string]any, error) {
	group, err := findGroup(ctx, r)
	if err != nil {
		return nil, err
	}
	var subnets []string
	if list := aws.ToString(group.VPCZoneIdentifier); list != "" {
		subnets = strings.Split(list, ",")
	}
	zones := slices.Clone(group.AvailabilityZones)
	slices.Sort(zones)
	var tags []any
	for _, t := range group.Tags {
		if strings.HasPrefix(aws.ToString(t.Key), "aws:") {
			continue // AWS's own
		}
		tags = append(tags, map[string]any{"key": aws.ToString(t.Key), "value": aws.ToString(t.Value), "propagateAtLaunch": aws.ToBool(t.PropagateAtLaunch)})
	}
	read := map[string]any{
		"arn": group.AutoScalingGroupARN, "name": group.AutoScalingGroupName, "namePrefix": "", "availabilityZones": zones,
		"minSize": group.MinSize, "maxSize": group.MaxSize, "desiredCapacity": group.DesiredCapacity, "vpcZoneIdentifiers": subnets,
		"protectFromScaleIn": aws.ToBool(group.NewInstancesProtectedFromScaleIn), "healthCheckType": group.HealthCheckType,
		"healthCheckGracePeriod": group.HealthCheckGracePeriod, "defaultCooldown": group.DefaultCooldown,
		"serviceLinkedRoleArn": group.ServiceLinkedRoleARN, "metricsGranularity": "1Minute", "predictedCapacity": 0, "warmPoolSize": 0, "tags": tags,
	}
	if t := group.LaunchTemplate; t != nil {
		read["launchTemplate"] = map[string]any{"id": t.LaunchTemplateId, "name": t.LaunchTemplateName, "version": t.Version}
	}
	return read, nil
}

func updateGroup(ctx context.Context, r *request) error {
	in := &autoscaling.UpdateAutoScalingGroupInput{AutoScalingGroupName: &r.id}
	send := false
	changed := func(name string) bool {
		c := r.changed(name)
		send = send || c
		return c
	}
	if changed("minSize") {
		in.MinSize = aws.Int32(r.in.int32("minSize"))
	}
	if changed("maxSize") {
		in.MaxSize = aws.Int32(r.in.int32("maxSize"))
	}
	if changed("desiredCapacity") {
		in.DesiredCapacity = r.in.int32p("desiredCapacity")
	}
	if changed("vpcZoneIdentifiers") {
		in.VPCZoneIdentifier = subnetList(r.in.strs("vpcZoneIdentifiers"))
	}
	if changed("launchTemplate") {
		in.LaunchTemplate = templateOf(r.in)
	}
	if changed("protectFromScaleIn") {
		in.NewInstancesProtectedFromScaleIn = aws.Bool(r.in.boolean("protectFromScaleIn"))
	}
	if changed("healthCheckType") {
		in.HealthCheckType = r.in.strp("healthCheckType")
	}
	if changed("healthCheckGracePeriod") {
		in.HealthCheckGracePeriod = aws.Int32(r.in.int32("healthCheckGracePeriod"))
	}
	if changed("maxInstanceLifetime") {
		in.MaxInstanceLifetime = aws.Int32(r.in.int32("maxInstanceLifetime"))
	}
	if send {
		if _, err := r.cloud.AutoScaling.UpdateAutoScalingGroup(ctx, in); err != nil {
			return err
		}
	}
	if err := updateGroupTags(ctx, r); err != nil {
		return err
	}
	if refresh := r.in.object("instanceRefresh"); refresh != nil && r.changed(append(refreshTriggers(refresh), "launchTemplate")...) {
		_, err := r.cloud.AutoScaling.StartInstanceRefresh(ctx, &autoscaling.StartInstanceRefreshInput{
			AutoScalingGroupName: &r.id, Strategy: types.RefreshStrategy(refresh.str("strategy")), Preferences: refreshPreferences(refresh),
		})
		if err != nil {
			return err
		}
	}
	if r.changed("minSize", "desiredCapacity") {
		return awaitCapacity(ctx, r, "exactly", func(healthy, wanted int32) bool { return healthy == wanted })
	}
	return nil
}

// refreshTriggers are the properties whose change starts a refresh. A program
// names them as Terraform does, "vpc_zone_identifier", not as Pulumi.
func refreshTriggers(refresh object) []string {
	var out []string
	for _, trigger := range refresh.strs("triggers") {
		words := strings.Split(trigger, "_")
		for i, w := range words[1:] {
			words[i+1] = strings.ToUpper(w[:min(1, len(w))]) + w[min(1, len(w)):]
		}
		name := strings.Join(words, "")
		switch name {
		case "tag":
			name = "tags"
		case "vpcZoneIdentifier":
			name = "vpcZoneIdentifiers"
		}
		out = append(out, name)
	}
	return out
}

func refreshPreferences(refresh object) *types.RefreshPreferences {
	p := refresh.object("preferences")
	if p == nil {
		return nil
	}
	return &types.RefreshPreferences{
		AutoRollback: p.boolp("autoRollback"), InstanceWarmup: p.textInt32("instanceWarmup"), MaxHealthyPercentage: p.int32p("maxHealthyPercentage"),
		MinHealthyPercentage: p.int32p("minHealthyPercentage"), SkipMatching: p.boolp("skipMatching"),
		ScaleInProtectedInstances: types.ScaleInProtectedInstances(p.str("scaleInProtectedInstances")),
		StandbyInstances:          types.StandbyInstances(p.str("standbyInstances")),
	}
}

func updateGroupTags(ctx context.Context, r *request) error {
	if !r.changed("tags") {
		return nil
	}
	keeps := map[string]bool{}
	wanted := r.in.objects("tags")
	for _, t := range wanted {
		keeps[t.str("key")] = true
	}
	var drop []object
	for _, t := range r.state.objects("tags") {
		if !keeps[t.str("key")] {
			drop = append(drop, t)
		}
	}
	if len(drop) > 0 {
		if _, err := r.cloud.AutoScaling.DeleteTags(ctx, &autoscaling.DeleteTagsInput{Tags: groupTags(r.id, drop)}); err != nil {
			return err
		}
	}
	if len(wanted) > 0 {
		_, err := r.cloud.AutoScaling.CreateOrUpdateTags(ctx, &autoscaling.CreateOrUpdateTagsInput{Tags: groupTags(r.id, wanted)})
		return err
	}
	return nil
}

// deleteGroup empties the group first and waits, as the official provider
// does, unless the program asks for force. It takes protection from scale-in
// off the instances that have it: they would never go by themselves.
func deleteGroup(ctx context.Context, r *request) error {
	group, err := findGroup(ctx, r)
	if err != nil {
		return err
	}
	force := r.state.boolean("forceDelete")
	if !force {
		_, err := r.cloud.AutoScaling.UpdateAutoScalingGroup(ctx, &autoscaling.UpdateAutoScalingGroupInput{
			AutoScalingGroupName: &r.id, MinSize: aws.Int32(0), MaxSize: aws.Int32(0), DesiredCapacity: aws.Int32(0),
		})
		if err != nil {
			return err
		}
		if err := unprotect(ctx, r, group.Instances); err != nil {
			return err
		}
		err = r.wait(ctx, "Auto Scaling group "+r.id+" to be empty", func() (bool, string, error) {
			group, err := findGroup(ctx, r)
			if err != nil {
				return false, "", err
			}
			return len(group.Instances) == 0, fmt.Sprintf("%d instances", len(group.Instances)), nil
		})
		if err != nil {
			return err
		}
	}
	_, err = r.cloud.AutoScaling.DeleteAutoScalingGroup(ctx, &autoscaling.DeleteAutoScalingGroupInput{AutoScalingGroupName: &r.id, ForceDelete: &force})
	if cloud.HasCode(err, "ValidationError") && strings.Contains(err.Error(), "not found") {
		return nil
	}
	return err
}

func unprotect(ctx context.Context, r *request, instances []types.Instance) error {
	var protected []string
	for _, i := range instances {
		if aws.ToBool(i.ProtectedFromScaleIn) {
			protected = append(protected, aws.ToString(i.InstanceId))
		}
	}
	for ids := range slices.Chunk(protected, 50) { // the most that a request takes
		_, err := r.cloud.AutoScaling.SetInstanceProtection(ctx, &autoscaling.SetInstanceProtectionInput{
			AutoScalingGroupName: &r.id, InstanceIds: ids, ProtectedFromScaleIn: aws.Bool(false),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// textInt32 is a property that is a number as text, or absent.
func (o object) textInt32(name string) *int32 {
	var n int32
	if _, err := fmt.Sscan(o.str(name), &n); err != nil {
		return nil
	}
	return &n
}
