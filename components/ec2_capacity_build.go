package components

import (
	"cmp"
	"encoding/base64"
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/autoscaling"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/ec2plan"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// capacity is what Ec2Capacity makes.
type capacity struct {
	parent pulumi.Resource
	name   string
	spec   capacitySpec
	at     place

	role     *iam.Role
	profile  *iam.InstanceProfile
	guard    *guard
	imageId  pulumi.StringOutput
	template *ec2.LaunchTemplate
	group    *autoscaling.Group
	provider *ecs.CapacityProvider

	// waitFor is what a host needs to join its cluster besides what the launch
	// template names.
	waitFor []pulumi.Resource
	// associated is what gives the cluster the capacity provider; nil where
	// another component does.
	associated []pulumi.Resource
}

func buildCapacity(ctx *pulumi.Context, parent pulumi.Resource, name string, spec capacitySpec) (*capacity, error) {
	c := &capacity{parent: parent, name: name, spec: spec, at: lookUpPlace(ctx, parent)}
	for _, step := range []func(*pulumi.Context) error{
		c.makeRole, c.makeGuard, c.makeTemplate, c.makeGroup, c.makeProvider,
	} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *capacity) child() pulumi.ResourceOption { return pulumi.Parent(c.parent) }

func (c *capacity) tags(child string) pulumi.StringMapInput { return nameTag(c.spec.Tags, child) }

// makeRole makes the hosts' role. A launch template takes it as an instance
// profile, which is a case for one role.
func (c *capacity) makeRole(ctx *pulumi.Context) (err error) {
	child, path := children.HostRole.Name(c.name), pulumi.String(or(c.spec.RolePath, "/"))
	c.role, err = iam.NewRole(ctx, child, &iam.RoleArgs{
		AssumeRolePolicy:    pulumi.String(taskplan.HostTrust()),
		Path:                path,
		PermissionsBoundary: c.spec.PermissionsBoundaryArn,
		Tags:                c.tags(child),
	}, c.child())
	if err != nil {
		return err
	}
	policy, err := iam.NewRolePolicy(ctx, children.HostPolicy.Name(c.name), &iam.RolePolicyArgs{
		Role: c.role.Name,
		Policy: pulumi.All(c.at.partition, c.at.region, c.at.account, c.spec.ClusterName).ApplyT(func(v []any) string {
			return taskplan.HostPolicy(v[0].(string), v[1].(string), v[2].(string), v[3].(string))
		}).(pulumi.StringOutput),
	}, c.child())
	if err != nil {
		return err
	}
	c.waitFor = append(c.waitFor, policy)
	child = children.HostProfile.Name(c.name)
	c.profile, err = iam.NewInstanceProfile(ctx, child, &iam.InstanceProfileArgs{
		Role: c.role.Name, Path: path, Tags: c.tags(child),
	}, c.child())
	return err
}

func (c *capacity) makeGuard(ctx *pulumi.Context) (err error) {
	c.guard, err = newGuard(ctx, guard{
		parent: c.parent, name: c.name, row: children.HostGroup, description: hostGroupDescription, who: "the ECS hosts " + c.name,
		network: c.spec.network, shape: c.spec.facts.Assume(), ingress: c.spec.ingress, egress: c.spec.egress, tags: c.spec.Tags,
	})
	if err == nil {
		c.waitFor = append(c.waitFor, c.guard.rules...)
	}
	return err
}

// rootDevice is what Amazon Linux calls its root volume.
const rootDevice = "/dev/xvda"

func (c *capacity) makeTemplate(ctx *pulumi.Context) (err error) {
	if c.spec.ImageId != nil {
		c.imageId = orEmpty(c.spec.ImageId)
	} else {
		c.imageId = found(lookUpParameter(ctx, ec2plan.ImageParameter(c.spec.architecture), c.parentOfLookUp()))
	}
	child := children.HostTemplate.Name(c.name)
	var specifications ec2.LaunchTemplateTagSpecificationArray
	for _, kind := range []string{"network-interface", "volume"} { // instances get the group's tags
		specifications = append(specifications, ec2.LaunchTemplateTagSpecificationArgs{
			ResourceType: pulumi.String(kind), Tags: c.tags(child),
		})
	}
	c.template, err = ec2.NewLaunchTemplate(ctx, child, &ec2.LaunchTemplateArgs{
		ImageId:            c.imageId,
		InstanceType:       pulumi.String(c.spec.instanceType),
		IamInstanceProfile: ec2.LaunchTemplateIamInstanceProfileArgs{Arn: c.profile.Arn},
		MetadataOptions: ec2.LaunchTemplateMetadataOptionsArgs{
			HttpEndpoint: pulumi.String("enabled"),
			HttpTokens:   pulumi.String("required"),
			// One hop: what comes through Docker's bridge gets no answer.
			HttpPutResponseHopLimit: pulumi.Int(1),
		},
		BlockDeviceMappings: ec2.LaunchTemplateBlockDeviceMappingArray{ec2.LaunchTemplateBlockDeviceMappingArgs{
			DeviceName: pulumi.String(rootDevice),
			Ebs: ec2.LaunchTemplateBlockDeviceMappingEbsArgs{
				Encrypted: pulumi.String("true"), VolumeType: pulumi.String("gp3"),
				VolumeSize: pulumi.Int(c.spec.volumeGib()), DeleteOnTermination: pulumi.String("true"),
			},
		}},
		NetworkInterfaces: ec2.LaunchTemplateNetworkInterfaceArray{ec2.LaunchTemplateNetworkInterfaceArgs{
			DeviceIndex: pulumi.Int(0),
			// Said either way, so that a subnet's own setting does not count.
			AssociatePublicIpAddress: pulumi.String(strconv.FormatBool(c.spec.public)),
			DeleteOnTermination:      pulumi.String("true"),
			SecurityGroups:           pulumi.StringArray{c.guard.group.ID()},
		}},
		UserData: c.spec.ClusterName.ToStringOutput().ApplyT(func(cluster string) (string, error) {
			if faults := ec2plan.CheckClusterName("clusterName", cluster); len(faults) > 0 {
				return "", hidden(c.spec.ClusterName, faults) // a value that was not known at preview
			}
			script, err := ec2plan.UserData(cluster)
			return base64.StdEncoding.EncodeToString([]byte(script)), err
		}).(pulumi.StringOutput),
		TagSpecifications:    specifications,
		UpdateDefaultVersion: pulumi.Bool(true),
		Tags:                 c.tags(child),
	}, c.child())
	return err
}

// drainTimeout is how long a deletion waits for the hosts to be gone. ECS holds
// back the end of a host until its tasks have stopped, which takes longer than
// the provider's 10 minutes where they have a long stopTimeout or nowhere to go:
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-draining.html
const drainTimeout = "60m"

// hostWarmupSeconds is how long ECS waits for a host that it started before it
// starts another for the same tasks: AWS's default, which has to be sent,
// because the provider sends 0 in its place:
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ManagedScaling.html
const hostWarmupSeconds = 300

func (c *capacity) parentOfLookUp() pulumi.InvokeOption { return pulumi.Parent(c.parent) }

func (c *capacity) makeGroup(ctx *pulumi.Context) (err error) {
	child, protect := children.Hosts.Name(c.name), or(c.spec.ProtectHostsWithTasks, false)
	args := &autoscaling.GroupArgs{
		MinSize:            pulumi.Int(c.spec.minSize()),
		MaxSize:            pulumi.Int(c.spec.maxSize()),
		VpcZoneIdentifiers: c.spec.subnetIds(),
		LaunchTemplate: autoscaling.GroupLaunchTemplateArgs{
			Id:      c.template.ID().ToStringOutput(),
			Version: c.template.LatestVersion.ApplyT(strconv.Itoa).(pulumi.StringOutput),
		},
		ProtectFromScaleIn: pulumi.Bool(protect),
		// A protected host would keep the group from being deleted.
		ForceDelete: pulumi.Bool(protect),
		// The provider would wait for exactly as many hosts as its state has for
		// desiredCapacity, which ECS changes behind its back. A service waits for
		// its own tasks, and so for their hosts.
		WaitForCapacityTimeout: pulumi.String("0"),
		Tags:                   c.groupTags(child),
	}
	if or(c.spec.ReplaceHosts, false) {
		args.InstanceRefresh = autoscaling.GroupInstanceRefreshArgs{
			Strategy: pulumi.String("Rolling"),
			Preferences: autoscaling.GroupInstanceRefreshPreferencesArgs{
				ScaleInProtectedInstances: pulumi.String("Refresh"),
			},
		}
	}
	c.group, err = autoscaling.NewGroup(ctx, child, args, c.child(), pulumi.DependsOn(c.waitFor),
		pulumi.Timeouts(&pulumi.CustomTimeouts{Delete: drainTimeout}))
	return err
}

// groupTags are the tags of the group and of its hosts. ECS puts
// AmazonECSManaged there itself; without it here the next update would take it
// away.
func (c *capacity) groupTags(child string) autoscaling.GroupTagArrayOutput {
	return c.tags(child).ToStringMapOutput().ApplyT(func(tags map[string]string) []autoscaling.GroupTag {
		list := []autoscaling.GroupTag{{Key: "AmazonECSManaged", Value: "true", PropagateAtLaunch: true}}
		for _, key := range sortedKeys(tags) {
			list = append(list, autoscaling.GroupTag{Key: key, Value: tags[key], PropagateAtLaunch: true})
		}
		return list
	}).(autoscaling.GroupTagArrayOutput)
}

// makeProvider makes the capacity provider and gives it to the cluster.
func (c *capacity) makeProvider(ctx *pulumi.Context) (err error) {
	child := children.CapacityProvider.Name(c.name)
	args := &ecs.CapacityProviderArgs{
		AutoScalingGroupProvider: ecs.CapacityProviderAutoScalingGroupProviderArgs{
			AutoScalingGroupArn: c.group.Arn,
			ManagedDraining:     pulumi.String("ENABLED"),
			ManagedScaling: ecs.CapacityProviderAutoScalingGroupProviderManagedScalingArgs{
				Status: pulumi.String("ENABLED"), TargetCapacity: pulumi.Int(100),
				InstanceWarmupPeriod: pulumi.Int(hostWarmupSeconds),
			},
			ManagedTerminationProtection: pulumi.String(enabled(or(c.spec.ProtectHostsWithTasks, false))),
		},
		Tags: c.tags(child),
	}
	if c.spec.CapacityProviderName != nil {
		args.Name = pulumi.String(*c.spec.CapacityProviderName)
	}
	// ECS deletes no capacity provider that is on a cluster's list, and takes a
	// second one for a group just as little.
	if c.provider, err = ecs.NewCapacityProvider(ctx, child, args, c.child(), keptAsBorn("name")); err != nil {
		return err
	}
	if !or(c.spec.AssociateWithCluster, true) {
		return nil
	}
	others := c.spec.OtherCapacityProviders
	if others == nil {
		others = pulumi.ToStringArray(taskplan.Fargate)
	}
	list, err := ecs.NewClusterCapacityProviders(ctx, c.listName(ctx), &ecs.ClusterCapacityProvidersArgs{
		ClusterName: c.spec.ClusterName,
		CapacityProviders: pulumi.All(c.provider.Name, others).ApplyT(func(v []any) []string {
			return appendNew([]string{v[0].(string)}, v[1].([]string)...)
		}).(pulumi.StringArrayOutput),
	}, c.child())
	c.associated = append(c.associated, list)
	return err
}

// listName names the cluster's list of capacity providers for the cluster, which
// has one. Where another Ec2Capacity takes the list over, it is the same child
// and changes in place: the deletion of the old one's would empty it. And two
// that want to own it are two children of one name, which the engine refuses at
// preview.
func (c *capacity) listName(ctx *pulumi.Context) string {
	cluster, _ := origin(ctx, c.spec.ClusterName.ToStringOutput().ToStringPtrOutput(), []string{children.Cluster.Type})
	return children.ProvidersOf.Name(cmp.Or(cluster, c.name))
}

func enabled(on bool) string {
	if on {
		return "ENABLED"
	}
	return "DISABLED"
}

// outputs are the outputs of Ec2Capacity, by name. A service that takes the
// capacity provider's name waits until the cluster has it: ECS refuses one
// that is not the cluster's.
func (c *capacity) outputs(ctx *pulumi.Context) map[string]pulumi.Output {
	name := refuseChanges(c.provider.Name, "Ec2Capacity", c.name, fixedName("capacityProviderName", c.spec.CapacityProviderName, c.provider.Name,
		"the capacity provider", "for another name, make another Ec2Capacity, move the services to it, and then remove this one"))
	return map[string]pulumi.Output{
		"capacityProviderName": pulumi.OutputWithDependencies(ctx.Context(), name, c.associated...).(pulumi.StringOutput),
		"capacityProviderArn":  c.provider.Arn,
		"autoScalingGroupName": c.group.Name,
		"launchTemplateId":     c.template.ID().ToStringOutput(),
		"imageId":              c.imageId,
		"cpuArchitecture":      pulumi.String(c.spec.architecture).ToStringOutput(),
		"securityGroupId":      c.guard.group.ID().ToStringOutput(),
		"instanceRoleArn":      c.role.Arn,
		"instanceRoleName":     c.role.Name,
	}
}
