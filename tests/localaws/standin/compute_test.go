package standin

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
)

const (
	tProfile        = "aws:iam/instanceProfile:InstanceProfile"
	tLaunchTemplate = "aws:ec2/launchTemplate:LaunchTemplate"
	tScaling        = "aws:autoscaling/group:Group"
	tCapacity       = "aws:ecs/capacityProvider:CapacityProvider"
)

const image = "ami-0123456789abcdef0"

var trustEC2 = strings.Replace(trust, "ecs-tasks", "ec2", 1)

// hostWorld is a VPC with what instances start from.
type hostWorld struct {
	*vpcWorld
	profile  *res
	template *res
}

func newHosts(p *provider, name string) *hostWorld {
	p.t.Helper()
	w := &hostWorld{vpcWorld: newVpc(p, name)}
	role := p.create(tRole, name+"-host", props{"assumeRolePolicy": trustEC2})
	w.profile = p.create(tProfile, name, props{"role": role.id})
	w.template = p.create(tLaunchTemplate, name, w.hosts())
	return w
}

// hosts is a launch template from which instances can start.
func (w *hostWorld) hosts() props {
	return props{
		"imageId": image, "instanceType": "t3.small", "vpcSecurityGroupIds": []string{w.group.id},
		"iamInstanceProfile": props{"arn": w.profile.out("arn")}, "userData": base64.StdEncoding.EncodeToString([]byte("#!/bin/sh")),
	}
}

func (w *hostWorld) scaling(template *res) props {
	return props{
		"minSize": 0, "maxSize": 3, "desiredCapacity": 1, "vpcZoneIdentifiers": []string{w.a.id, w.b.id},
		"launchTemplate": props{"id": template.id, "version": "1"},
	}
}

var _ = addLives(map[string]func(p *provider) life{
	tProfile: func(p *provider) life {
		one := p.create(tRole, "profile-one", props{"assumeRolePolicy": trustEC2})
		two := p.create(tRole, "profile-two", props{"assumeRolePolicy": trustEC2})
		return life{
			in: props{"name": "profile-of-mine", "path": "/mine/", "role": one.id, "tags": props{"Name": "one"}},
			edits: []edit{
				{name: "name", value: "another"},
				{name: "path", value: "/other/"},
				{name: "role", value: two.id},
				{name: "role", value: nil},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
	tLaunchTemplate: func(p *provider) life {
		w := newVpc(p, "template")
		role := p.create(tRole, "template", props{"assumeRolePolicy": trustEC2})
		profile := p.create(tProfile, "template", props{"role": role.id})
		disk := func(size int) []any {
			return []any{props{"deviceName": "/dev/xvda", "ebs": props{
				"encrypted": "true", "volumeSize": size, "volumeType": "gp3", "deleteOnTermination": "true", "iops": 3000, "throughput": 125,
				"kmsKeyId": "arn:aws:kms:us-east-1:123456789012:key/1",
			}}}
		}
		metadata := func(hops int) props {
			return props{
				"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": hops, "httpProtocolIpv6": "disabled",
				"instanceMetadataTags": "disabled",
			}
		}
		return life{
			in: props{
				"name": "template-of-mine", "description": "first", "imageId": image, "instanceType": "t3.small",
				"userData": base64.StdEncoding.EncodeToString([]byte("#!/bin/sh\n")), "ebsOptimized": "true", "metadataOptions": metadata(1),
				"blockDeviceMappings": disk(30), "iamInstanceProfile": props{"arn": profile.out("arn")}, "monitoring": props{"enabled": true},
				"vpcSecurityGroupIds":  []string{w.group.id, w.other.id},
				"tagSpecifications":    []any{props{"resourceType": "instance", "tags": props{"Name": "host"}}},
				"updateDefaultVersion": true, "tags": props{"Name": "one"},
			},
			edits: []edit{
				{name: "name", value: "another"},
				{name: "description", value: "second"},
				{name: "imageId", value: "ami-0fedcba9876543210"},
				{name: "instanceType", value: "t4g.small"},
				{name: "userData", value: base64.StdEncoding.EncodeToString([]byte("#!/bin/bash\n"))},
				{name: "userData", value: nil},
				{name: "ebsOptimized", value: "false"},
				{name: "metadataOptions", value: metadata(2)},
				{name: "blockDeviceMappings", value: disk(40)},
				{name: "iamInstanceProfile", value: props{"name": profile.id}},
				{name: "monitoring", value: props{"enabled": false}},
				{name: "vpcSecurityGroupIds", value: []string{w.group.id}},
				{name: "networkInterfaces", value: []any{props{
					"associatePublicIpAddress": "false", "deleteOnTermination": "true", "description": "first", "securityGroups": []string{w.group.id},
					"subnetId": w.a.id, "deviceIndex": 0,
				}}, with: props{"vpcSecurityGroupIds": nil}},
				{name: "tagSpecifications", value: []any{
					props{"resourceType": "instance", "tags": props{"Name": "host"}}, props{"resourceType": "volume", "tags": props{"Name": "disk"}},
				}},
				{name: "updateDefaultVersion", value: false},
				{name: "defaultVersion", value: 1},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
	tScaling: func(p *provider) life {
		w := newHosts(p, "scaling")
		in := w.scaling(w.template)
		for name, v := range (props{
			"name": "hosts-of-mine", "protectFromScaleIn": false, "healthCheckType": "EC2", "healthCheckGracePeriod": 60, "maxInstanceLifetime": 604800,
			"instanceRefresh": props{"strategy": "Rolling", "triggers": []string{"tag"}, "preferences": props{
				"minHealthyPercentage": 50, "instanceWarmup": "120", "autoRollback": true, "skipMatching": true,
			}},
			"forceDelete": false, "waitForCapacityTimeout": "5m",
			"tags": []any{
				props{"key": "Name", "value": "host", "propagateAtLaunch": true}, props{"key": "Team", "value": "a", "propagateAtLaunch": false},
			},
		}) {
			in[name] = v
		}
		second := w.hosts().with("instanceType", "t3.medium")
		other := p.create(tLaunchTemplate, "scaling-other", second)
		return life{
			in: in,
			edits: []edit{
				{name: "name", value: "another"},
				{name: "minSize", value: 1},
				{name: "maxSize", value: 4},
				{name: "desiredCapacity", value: 2},
				{name: "vpcZoneIdentifiers", value: []string{w.b.id}},
				{name: "launchTemplate", value: props{"id": other.id, "version": "$Latest"}},
				{name: "protectFromScaleIn", value: true},
				{name: "protectFromScaleIn", value: false},
				{name: "healthCheckType", value: "ELB"},
				{name: "healthCheckGracePeriod", value: 120},
				{name: "maxInstanceLifetime", value: 86400},
				{name: "instanceRefresh", value: props{"strategy": "Rolling"}},
				{name: "waitForCapacityTimeout", value: "0"},
				{name: "tags", value: []any{props{"key": "Name", "value": "hosts", "propagateAtLaunch": true}}},
				{name: "forceDelete", value: true},
			},
		}
	},
	tCapacity: func(p *provider) life {
		w := newHosts(p, "capacity")
		one := p.create(tScaling, "capacity-one", w.scaling(w.template).with("protectFromScaleIn", true).with("forceDelete", true))
		two := p.create(tScaling, "capacity-two", w.scaling(w.template))
		provide := func(target int, group *res) props {
			return props{
				"autoScalingGroupArn": group.out("arn"), "managedTerminationProtection": "ENABLED", "managedDraining": "ENABLED",
				"managedScaling": props{
					"status": "ENABLED", "targetCapacity": target, "minimumScalingStepSize": 1, "maximumScalingStepSize": 2, "instanceWarmupPeriod": 60,
				},
			}
		}
		return life{
			in: props{"name": "capacity-of-mine", "autoScalingGroupProvider": provide(100, one), "tags": props{"Name": "one"}},
			edits: []edit{
				{name: "name", value: "another"},
				{name: "autoScalingGroupProvider", value: provide(80, one)},
				{name: "autoScalingGroupProvider", value: provide(80, two), replaces: true},
				{name: "autoScalingGroupProvider", value: provide(80, one).with("managedDraining", "DISABLED")},
				{name: "tags", value: props{"Name": "two"}},
			},
			importID: func(r *res) string { return r.out("name") },
		}
	},
})

func TestCapacityProviderOfAnotherGroupIsAnother(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newHosts(p, "another")
	one, two := p.create(tScaling, "another-one", w.scaling(w.template)), p.create(tScaling, "another-two", w.scaling(w.template))
	provider := p.create(tCapacity, "another", props{"autoScalingGroupProvider": props{"autoScalingGroupArn": one.out("arn")}})
	provider.requireSettled()
	require.Equal(t, []string{"autoScalingGroupProvider"},
		provider.diff(props{"autoScalingGroupProvider": props{"autoScalingGroupArn": two.out("arn")}}).GetReplaces())
	require.Empty(t, provider.diff(props{"autoScalingGroupProvider": props{"autoScalingGroupArn": one.out("arn"), "managedDraining": "DISABLED"}}).GetReplaces())
}

func TestLaunchTemplateVersions(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newHosts(p, "versions")
	require.Equal(t, int32(1), w.template.outputs().int32("latestVersion"))

	next := w.hosts().with("userData", base64.StdEncoding.EncodeToString([]byte("#!/bin/bash")))
	w.template.update(next)
	require.Equal(t, int32(2), w.template.outputs().int32("latestVersion"), "another version of the same template")
	require.Equal(t, int32(1), w.template.outputs().int32("defaultVersion"))
	w.template.requireSettled()

	// An instance of a later version starts, with user data in both.
	group := p.create(tScaling, "versions", w.scaling(w.template).with("launchTemplate", props{"id": w.template.id, "version": "2"}))
	group.requireSettled()
	w.template.update(next.with("updateDefaultVersion", true).with("instanceType", "t3.large"))
	require.Equal(t, int32(3), w.template.outputs().int32("defaultVersion"))
	group.delete()
}

// A group that takes the template's latest version has to show in the preview
// of an edit of the template.
func TestPreviewOfATemplateExpectsAnotherVersion(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newHosts(p, "expected")
	preview := func(in props) object {
		checked := p.check(tLaunchTemplate, "expected", in, w.template.inputs)
		out, err := p.Update(t.Context(), &pulumirpc.UpdateRequest{
			Id: w.template.id, Urn: w.template.urn, Olds: w.template.state, OldInputs: w.template.inputs, News: checked.GetInputs(), Preview: true,
		})
		require.NoError(t, err)
		return unwire(t, out.GetProperties())
	}
	edited := w.hosts().with("instanceType", "t3.large")
	require.True(t, preview(edited).value("latestVersion").IsComputed())
	require.False(t, preview(edited).value("defaultVersion").IsComputed(), "the default version stays")
	require.True(t, preview(edited.with("updateDefaultVersion", true)).value("defaultVersion").IsComputed())
	require.True(t, preview(w.hosts().with("tags", props{"Team": "a"})).value("latestVersion").IsComputed(), "though tags are no part of a version")
	require.False(t, preview(w.hosts().with("description", "another")).value("latestVersion").IsComputed(), "though it makes one")
}

func TestScalingGroupHoldsItsNetwork(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newHosts(p, "held")
	in := w.scaling(w.template).with("vpcZoneIdentifiers", []string{w.a.id})
	group := p.create(tScaling, "held", in.with("protectFromScaleIn", true).with("forceDelete", true))
	require.ErrorContains(t, w.a.tryDelete(), "DependencyViolation")
	require.ErrorContains(t, w.group.tryDelete(), "DependencyViolation")
	c, err := p.clients()
	require.NoError(t, err)
	_, err = c.AutoScaling.DeleteAutoScalingGroup(t.Context(), &autoscaling.DeleteAutoScalingGroupInput{AutoScalingGroupName: &group.id})
	require.ErrorContains(t, err, "ResourceInUse", "a group with instances goes by force only")
	group.delete()
	w.a.delete()

	// Protected instances go with the group without force as well.
	group = p.create(tScaling, "protected", w.scaling(w.template).with("vpcZoneIdentifiers", []string{w.b.id}).with("protectFromScaleIn", true))
	group.delete()

	// The groups of the template's network interface count as well.
	cards := w.hosts().with("vpcSecurityGroupIds", nil).with("networkInterfaces", []any{props{"deviceIndex": 0, "securityGroups": []string{w.other.id}}})
	template := p.create(tLaunchTemplate, "cards", cards)
	group = p.create(tScaling, "cards", w.scaling(template).with("vpcZoneIdentifiers", []string{w.b.id}))
	require.ErrorContains(t, w.other.tryDelete(), "DependencyViolation")
	group.delete()
	w.other.delete()
}
