package components

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/ec2plan"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

const ecsClusterType = children.Package + children.EcsCluster

// ContainerInsights decides which metrics CloudWatch Container Insights
// collects from a cluster. CloudWatch charges for them as custom metrics.
type ContainerInsights string

const (
	// Metrics of the cluster, its services and its tasks.
	ContainerInsightsEnabled ContainerInsights = "Enabled"
	// The same, plus metrics of each container; costs more.
	ContainerInsightsEnhanced ContainerInsights = "Enhanced"
	// None.
	ContainerInsightsDisabled ContainerInsights = "Disabled"
)

var containerInsightsSetting = map[ContainerInsights]string{
	ContainerInsightsEnabled: "enabled", ContainerInsightsEnhanced: "enhanced", ContainerInsightsDisabled: "disabled",
}

// EcsClusterArgs are the arguments of EcsCluster.
type EcsClusterArgs struct {
	// Name of the cluster in ECS: 1 to 255 letters, digits, "-" and "_". Fixed
	// once the cluster exists: AWS cannot rename it, and services and hosts are
	// in it. Default: a name that Pulumi makes from the component's.
	ClusterName *string `pulumi:"clusterName,optional"`
	// Metrics that CloudWatch Container Insights collects. Default: "Enabled".
	ContainerInsights *ContainerInsights `pulumi:"containerInsights,optional"`
	// Capacity providers of the cluster: "FARGATE", "FARGATE_SPOT", or names
	// of your own. A cluster has one list of them: an empty one leaves the list
	// to another owner, such as an Ec2Capacity. Default: FARGATE and
	// FARGATE_SPOT.
	CapacityProviders []string `pulumi:"capacityProviders,optional"`
	// Whether to make an execution role for task definitions of your own. It
	// holds AWS's managed policy AmazonECSTaskExecutionRolePolicy and can be
	// assumed only for tasks of this account and Region. The services of this
	// package make narrower roles and do not use it. Default: true.
	ExecutionRole *bool `pulumi:"executionRole,optional"`
	// ARN of the permissions boundary of the execution role. Default: none.
	PermissionsBoundaryArn pulumi.StringPtrInput `pulumi:"permissionsBoundaryArn,optional"`
	// IAM path of the execution role, beginning and ending with "/". Default: "/".
	RolePath *string `pulumi:"rolePath,optional"`
	// Days to keep the log of ECS Exec sessions: one of CloudWatch's values,
	// such as 1, 7, 14, 30, 90, 365; 0 keeps them forever. Default: 30.
	LogRetentionInDays *int `pulumi:"logRetentionInDays,optional"`
	// Tags for every resource that takes tags; they win over the Name tag that
	// each gets. Default: none.
	Tags pulumi.StringMapInput `pulumi:"tags,optional"`
}

// EcsCluster is an ECS cluster with Container Insights, the Fargate capacity
// providers, a log group for ECS Exec sessions, and an execution role for task
// definitions of your own. The cluster and the role cost nothing; Container
// Insights and logs cost what CloudWatch charges.
type EcsCluster struct {
	pulumi.ResourceState

	// ARN of the cluster, for what is not a component of this package. A service
	// takes the EcsCluster itself.
	ClusterArn pulumi.StringOutput `pulumi:"clusterArn"`
	// Name of the cluster.
	ClusterName pulumi.StringOutput `pulumi:"clusterName"`
	// ARN of the execution role; "" when executionRole is false.
	ExecutionRoleArn pulumi.StringOutput `pulumi:"executionRoleArn"`
	// ARN of the log group that records ECS Exec sessions. Services that take the
	// EcsCluster itself have it already.
	ExecuteCommandLogGroupArn pulumi.StringOutput `pulumi:"executeCommandLogGroupArn"`
	// Names of the cluster's capacity providers; empty where the list is left to
	// another owner.
	CapacityProviders pulumi.StringArrayOutput `pulumi:"capacityProviders"`
	// AWS Region of the cluster.
	Region pulumi.StringOutput `pulumi:"region"`
}

// ClusterInput is what a service takes as its cluster: an EcsCluster, or an
// output of one.
type ClusterInput interface {
	pulumi.Input
	ToClusterOutput() ClusterOutput
}

// ClusterOutput is a cluster that arrives later, such as one passed by
// reference through the plugin.
type ClusterOutput struct{ *pulumi.OutputState }

// ElementType returns the type that the output resolves to.
func (ClusterOutput) ElementType() reflect.Type { return reflect.TypeFor[*EcsCluster]() }

// ToClusterOutput returns the output itself.
func (o ClusterOutput) ToClusterOutput() ClusterOutput { return o }

// ElementType makes EcsCluster a pulumi.Input.
func (*EcsCluster) ElementType() reflect.Type { return reflect.TypeFor[*EcsCluster]() }

// ToClusterOutput makes EcsCluster a ClusterInput.
func (c *EcsCluster) ToClusterOutput() ClusterOutput { return pulumi.ToOutput(c).(ClusterOutput) }

func init() { pulumi.RegisterOutputType(ClusterOutput{}) }

// ClusterTypes are the type tokens of the components that a service accepts as
// its cluster.
var ClusterTypes = []string{ecsClusterType}

// ReadCluster reads a cluster that another program registered, by its URN. The
// plugin calls it for each cluster passed by reference.
func ReadCluster(ctx *pulumi.Context, name, typ, urn string) (*EcsCluster, error) {
	c := &EcsCluster{}
	return c, ctx.RegisterResource(typ, name, nil, c, pulumi.URN_(urn))
}

// NewEcsCluster makes an ECS cluster.
func NewEcsCluster(ctx *pulumi.Context, name string, args *EcsClusterArgs, opts ...pulumi.ResourceOption) (*EcsCluster, error) {
	if args == nil {
		args = &EcsClusterArgs{}
	}
	faults, err := args.check(ctx, name)
	if err != nil {
		return nil, err
	}
	if err := refuse(ctx, "EcsCluster", name, faults); err != nil {
		return nil, err
	}
	c := &EcsCluster{}
	if err := ctx.RegisterComponentResource(ecsClusterType, name, c, opts...); err != nil {
		return nil, err
	}
	child := children.ExecLogs.Name(name)
	group, err := cloudwatch.NewLogGroup(ctx, child, &cloudwatch.LogGroupArgs{
		RetentionInDays: pulumi.Int(or(args.LogRetentionInDays, defaultRetentionInDays)),
		Tags:            nameTag(args.Tags, child),
	}, pulumi.Parent(c))
	if err != nil {
		return nil, err
	}
	cluster, listed, err := args.makeCluster(ctx, c, name, group)
	if err != nil {
		return nil, err
	}
	// Whoever starts tasks in the cluster must wait for its capacity providers:
	// ECS refuses one that the cluster does not have.
	c.ClusterArn = pulumi.OutputWithDependencies(ctx.Context(), cluster.Arn, listed...).(pulumi.StringOutput)
	c.CapacityProviders = pulumi.OutputWithDependencies(ctx.Context(), pulumi.ToStringArray(args.providers()).ToStringArrayOutput(), listed...).(pulumi.StringArrayOutput)
	at := lookUpPlace(ctx, c)
	c.Region = at.region
	c.ClusterName = refuseChanges(cluster.Name, "EcsCluster", name, fixedName("clusterName", args.ClusterName, cluster.Name, "the cluster",
		"for another name, make another EcsCluster, move the services and hosts to it, and then remove this one"))
	c.ExecuteCommandLogGroupArn = group.Arn
	c.ExecutionRoleArn = pulumi.String("").ToStringOutput()
	if or(args.ExecutionRole, true) {
		if c.ExecutionRoleArn, err = args.makeExecutionRole(ctx, c, name, at); err != nil {
			return nil, err
		}
	}
	return c, ctx.RegisterResourceOutputs(c, outputsOf(c))
}

func (a *EcsClusterArgs) check(ctx *pulumi.Context, name string) (faults field.Faults, err error) {
	named := []namedChild{{row: children.ExecLogs, rule: logGroupName}}
	if a.ClusterName != nil {
		faults = append(faults, taskplan.CheckName("clusterName", *a.ClusterName)...)
	} else {
		named = append(named, namedChild{row: children.Cluster, rule: ecsClusterName, instead: "clusterName"})
	}
	if or(a.ExecutionRole, true) {
		named = append(named, namedChild{row: children.ClusterExecutionRole, rule: roleName})
	}
	checkChildNames(&faults, name, named...)
	checkEnum(&faults, "containerInsights", a.ContainerInsights, ContainerInsightsEnabled, ContainerInsightsEnhanced, ContainerInsightsDisabled)
	for i, p := range a.CapacityProviders {
		faults = append(faults, ec2plan.CheckClusterCapacityProvider(field.Index("capacityProviders", i), p)...)
		if slices.Contains(a.CapacityProviders[:i], p) {
			faults.Add(field.Index("capacityProviders", i), p, "is listed twice", "list it once")
		}
	}
	if a.LogRetentionInDays != nil {
		faults = append(faults, taskplan.CheckRetention("logRetentionInDays", *a.LogRetentionInDays)...)
	}
	err = errors.Join(
		checkTags(ctx, &faults, a.Tags, 0),
		checkRoleArgs(ctx, a.PermissionsBoundaryArn, a.RolePath, &faults),
	)
	return faults, err
}

// makeCluster makes the cluster and, where the list of its capacity providers is
// ours, that.
func (a *EcsClusterArgs) makeCluster(ctx *pulumi.Context, c *EcsCluster, name string, group *cloudwatch.LogGroup) (_ *ecs.Cluster, listed []pulumi.Resource, err error) {
	child := children.Cluster.Name(name)
	cluster := &ecs.ClusterArgs{
		Settings: ecs.ClusterSettingArray{ecs.ClusterSettingArgs{
			Name:  pulumi.String("containerInsights"),
			Value: pulumi.String(containerInsightsSetting[or(a.ContainerInsights, ContainerInsightsEnabled)]),
		}},
		Configuration: ecs.ClusterConfigurationArgs{ExecuteCommandConfiguration: ecs.ClusterConfigurationExecuteCommandConfigurationArgs{
			Logging: pulumi.String("OVERRIDE"),
			LogConfiguration: ecs.ClusterConfigurationExecuteCommandConfigurationLogConfigurationArgs{
				CloudWatchLogGroupName: group.Name,
			},
		}},
		Tags: nameTag(a.Tags, child),
	}
	if a.ClusterName != nil {
		cluster.Name = pulumi.String(*a.ClusterName)
	}
	// A cluster with services or hosts in it cannot be deleted, and hosts join
	// the cluster of their start: another name is another cluster.
	made, err := ecs.NewCluster(ctx, child, cluster, pulumi.Parent(c), keptAsBorn("name"))
	providers := a.providers()
	if err != nil || len(providers) == 0 {
		return made, nil, err
	}
	list, err := ecs.NewClusterCapacityProviders(ctx, children.ClusterProviders.Name(name), &ecs.ClusterCapacityProvidersArgs{
		ClusterName:       made.Name,
		CapacityProviders: pulumi.ToStringArray(providers),
	}, pulumi.Parent(c), pulumi.RetainOnDelete(allFargate(providers)))
	return made, []pulumi.Resource{list}, err
}

// providers are the names of the cluster's capacity providers.
func (a *EcsClusterArgs) providers() []string {
	if a.CapacityProviders == nil {
		return taskplan.Fargate
	}
	return a.CapacityProviders
}

// allFargate says whether a cluster's list names nothing that has to be let go.
// Such a list goes with its cluster. Emptying it, as its deletion does, would
// take away the list of an Ec2Capacity that took over in the same update,
// because Pulumi deletes last.
func allFargate(providers []string) bool {
	return !slices.ContainsFunc(providers, func(p string) bool { return !slices.Contains(taskplan.Fargate, p) })
}

func (a *EcsClusterArgs) makeExecutionRole(ctx *pulumi.Context, c *EcsCluster, name string, at place) (pulumi.StringOutput, error) {
	child := children.ClusterExecutionRole.Name(name)
	role, err := newTaskRole(ctx, c, child, at, a.PermissionsBoundaryArn, a.RolePath, a.Tags)
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	attached, err := iam.NewRolePolicyAttachment(ctx, children.ClusterExecutionPolicy.Name(name), &iam.RolePolicyAttachmentArgs{
		Role: role.Name,
		PolicyArn: at.partition.ApplyT(func(partition string) string {
			return fmt.Sprintf("arn:%s:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy", partition)
		}).(pulumi.StringOutput),
	}, pulumi.Parent(c))
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	// Whoever uses the role must wait for its policy.
	return pulumi.OutputWithDependencies(ctx.Context(), role.Arn, attached).(pulumi.StringOutput), nil
}
