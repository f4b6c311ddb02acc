package components

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
)

const ec2CapacityType = children.Package + children.Ec2Capacity

// HostPlacement decides in which subnets of a network hosts run.
type HostPlacement string

const (
	// In the private subnets, without public addresses.
	HostPlacementPrivate HostPlacement = "Private"
	// In the public subnets, with a public address each. Tasks in network
	// modes "bridge" and "host" can be reached there where ingressRules allow.
	HostPlacementPublic HostPlacement = "Public"
)

// Ec2CapacityArgs are the arguments of Ec2Capacity.
type Ec2CapacityArgs struct {
	// The network to run in: the component itself, such as a NatNetwork, or a
	// Network for a VPC that exists already. An IsolatedVpc needs ecsOnEc2.
	Network NetworkInput `pulumi:"network"`
	// Name of the ECS cluster that the hosts join: an EcsCluster's clusterName.
	ClusterName pulumi.StringInput `pulumi:"clusterName"`
	// The subnets that the hosts run in. Default: "Private".
	Placement *HostPlacement `pulumi:"placement,optional"`
	// EC2 instance type of the hosts, such as "m7g.large". A change applies to
	// hosts that start afterwards. Default: "t3.small", or "t4g.small" where
	// cpuArchitecture is "ARM64": the smallest that run two tasks of the default
	// size in network mode "awsvpc".
	InstanceType *string `pulumi:"instanceType,optional"`
	// Processor architecture of the hosts, which instanceType must have.
	// Default: instanceType's.
	CpuArchitecture *CpuArchitecture `pulumi:"cpuArchitecture,optional"`
	// Id of the machine image. Default: AWS's newest ECS-optimised image of
	// Amazon Linux 2023, so that an update of the stack brings a new image for
	// the hosts that start afterwards.
	ImageId pulumi.StringPtrInput `pulumi:"imageId,optional"`
	// Minimum number of hosts, 0 or more. With 0 the first task waits some minutes
	// for its host, and hosts cost nothing while there are no tasks. Default: 0.
	MinSize *int `pulumi:"minSize,optional"`
	// Maximum number of hosts, at least 1 and at least minSize. ECS starts and
	// stops hosts between the two, as tasks need them. Default: 4, or minSize
	// where that is more.
	MaxSize *int `pulumi:"maxSize,optional"`
	// Size of each host's encrypted gp3 root volume in GiB, 30 to 65536.
	// Default: 30, which is what the image takes.
	RootVolumeSizeGib *int `pulumi:"rootVolumeSizeGib,optional"`
	// Whether a host with tasks is kept when ECS needs fewer hosts. Otherwise ECS
	// drains it first: its tasks move to other hosts. Deleting the component
	// drains the hosts too, and waits up to an hour for them; with true it stops
	// them and their tasks at once. Default: false.
	ProtectHostsWithTasks *bool `pulumi:"protectHostsWithTasks,optional"`
	// Whether a change to the hosts (image, instance type, volume) replaces those
	// that run, a few at a time and drained first. Otherwise they stay as they are
	// until they stop for another reason. The update starts the replacement and
	// does not wait for it to finish; one that is still under way is cancelled,
	// and the new one covers its hosts too. Default: false.
	ReplaceHosts *bool `pulumi:"replaceHosts,optional"`
	// Who may reach the hosts, and so the tasks in network modes "bridge" and
	// "host", keyed by a name you choose. Port 22 cannot be opened. Default: nobody.
	IngressRules map[string]RuleArgs `pulumi:"ingressRules,optional"`
	// What the hosts, and the tasks in network modes "bridge" and "host", may
	// reach besides the network's endpoints and S3, keyed by a name you choose.
	// Default: none if the network has no way out; otherwise 443/tcp to any
	// address.
	EgressRules map[string]RuleArgs `pulumi:"egressRules,optional"`
	// Name of the capacity provider: 1 to 255 letters, digits, "-" and "_", not
	// beginning with aws, ecs or fargate. Fixed once the capacity provider
	// exists: ECS cannot rename it, nor delete it while a cluster has it.
	// Default: a name that Pulumi makes from the component's.
	CapacityProviderName *string `pulumi:"capacityProviderName,optional"`
	// Whether to give the cluster its list of capacity providers: this one and
	// otherCapacityProviders. A cluster has one such list, and it has one owner:
	// leave it out of the EcsCluster with capacityProviders [], and where several
	// Ec2Capacity share a cluster, write false on all but one; two owners in one
	// stack are a duplicate URN at preview. To replace the owner, take these
	// steps, one update each: make the new Ec2Capacity with false, and add it to
	// the owner's otherCapacityProviders; move the services; remove the old one,
	// and write true on the new one. Default: true.
	AssociateWithCluster *bool `pulumi:"associateWithCluster,optional"`
	// The cluster's capacity providers besides this one, where
	// associateWithCluster is true: "FARGATE", "FARGATE_SPOT" or the
	// capacityProviderName of another Ec2Capacity. Default: FARGATE and
	// FARGATE_SPOT.
	OtherCapacityProviders pulumi.StringArrayInput `pulumi:"otherCapacityProviders,optional"`
	// ARN of the permissions boundary of the hosts' role. Default: none.
	PermissionsBoundaryArn pulumi.StringPtrInput `pulumi:"permissionsBoundaryArn,optional"`
	// IAM path of the hosts' role and its instance profile, beginning and
	// ending with "/". Default: "/".
	RolePath *string `pulumi:"rolePath,optional"`
	// Tags for every resource that takes tags, hosts and volumes among them; they
	// win over the Name tag that each gets. Default: none.
	Tags pulumi.StringMapInput `pulumi:"tags,optional"`
}

// Ec2Capacity is EC2 hosts for an ECS cluster: a launch template with AWS's
// ECS-optimised image of Amazon Linux 2023, an encrypted root volume, no key
// pair and no open port; a role that may join this cluster and nothing else; a
// security group that admits nobody and lets traffic out to the network's
// endpoints and S3; an Auto Scaling group; and a capacity provider, through
// which ECS starts hosts as tasks need them and drains them before they stop.
// Hosts and their volumes cost by the hour, and so do their addresses in public
// subnets.
//
// The hosts' metadata service demands session tokens (IMDSv2) and answers over
// one hop only, and tasks in network mode "awsvpc" are cut off from it, so that
// a task cannot take on the host's role. A task in network mode "host" can: it
// uses the host's own network.
//
// In an isolated network hosts reach no package or patch repositories: those of
// Amazon Linux are S3 buckets, which the network's s3Buckets must list. New
// machine images bring patches without them.
type Ec2Capacity struct {
	pulumi.ResourceState

	// Name of the capacity provider, for Ec2Service. With associateWithCluster it
	// is known once the cluster has the capacity provider.
	CapacityProviderName pulumi.StringOutput `pulumi:"capacityProviderName"`
	// ARN of the capacity provider.
	CapacityProviderArn pulumi.StringOutput `pulumi:"capacityProviderArn"`
	// Name of the Auto Scaling group.
	AutoScalingGroupName pulumi.StringOutput `pulumi:"autoScalingGroupName"`
	// Id of the launch template.
	LaunchTemplateId pulumi.StringOutput `pulumi:"launchTemplateId"`
	// Id of the machine image of hosts that start now.
	ImageId pulumi.StringOutput `pulumi:"imageId"`
	// Processor architecture of the hosts: "X86_64" or "ARM64".
	CpuArchitecture pulumi.StringOutput `pulumi:"cpuArchitecture"`
	// Id of the hosts' security group.
	SecurityGroupId pulumi.StringOutput `pulumi:"securityGroupId"`
	// ARN of the hosts' role.
	InstanceRoleArn pulumi.StringOutput `pulumi:"instanceRoleArn"`
	// Name of the hosts' role; attach policies to it for agents of your own.
	InstanceRoleName pulumi.StringOutput `pulumi:"instanceRoleName"`
}

// NewEc2Capacity makes EC2 hosts for an ECS cluster.
func NewEc2Capacity(ctx *pulumi.Context, name string, args *Ec2CapacityArgs, opts ...pulumi.ResourceOption) (*Ec2Capacity, error) {
	if args == nil {
		args = &Ec2CapacityArgs{}
	}
	spec, err := args.plan(ctx, name)
	if err != nil {
		return nil, err
	}
	if err := refuse(ctx, "Ec2Capacity", name, spec.faults); err != nil {
		return nil, err
	}
	c := &Ec2Capacity{}
	if err := ctx.RegisterComponentResource(ec2CapacityType, name, c, opts...); err != nil {
		return nil, err
	}
	made, err := buildCapacity(ctx, c, name, spec)
	if err != nil {
		return nil, err
	}
	setOutputs(c, made.outputs(ctx))
	return c, ctx.RegisterResourceOutputs(c, outputsOf(c))
}
