package components

import (
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
)

const fargatePrivateServiceType = children.Package + children.FargatePrivateService

// CpuArchitecture is the processor architecture that an image is built for.
type CpuArchitecture string

const (
	// 64-bit x86.
	CpuArchitectureX8664 CpuArchitecture = "X86_64"
	// 64-bit ARM (Graviton), about a fifth cheaper on Fargate.
	CpuArchitectureArm64 CpuArchitecture = "ARM64"
)

// DeploymentCircuitBreaker decides what ECS does with a deployment whose tasks
// keep failing.
type DeploymentCircuitBreaker string

const (
	// Stop it and roll back to the last deployment that worked.
	DeploymentCircuitBreakerRollback DeploymentCircuitBreaker = "Rollback"
	// Stop it and leave the service as it is.
	DeploymentCircuitBreakerStop DeploymentCircuitBreaker = "Stop"
	// Keep trying.
	DeploymentCircuitBreakerOff DeploymentCircuitBreaker = "Off"
)

// RuleProtocol is the protocol of a security group rule.
type RuleProtocol string

const (
	RuleProtocolTcp RuleProtocol = "tcp" // TCP.
	RuleProtocolUdp RuleProtocol = "udp" // UDP.
)

// RuleArgs is one rule of a service's security group: a port or a range of
// ports, and exactly one of securityGroupId, cidrBlock and prefixListId.
type RuleArgs struct {
	// The port, 1 to 65535. Not together with fromPort and toPort. Default:
	// the range fromPort to toPort.
	Port *int `pulumi:"port,optional"`
	// First port of a range, 1 to 65535. Default: port.
	FromPort *int `pulumi:"fromPort,optional"`
	// Last port of a range, fromPort to 65535. Default: port.
	ToPort *int `pulumi:"toPort,optional"`
	// The protocol. Default: "tcp".
	Protocol *RuleProtocol `pulumi:"protocol,optional"`
	// Id of the peer's security group. Default: none.
	SecurityGroupId pulumi.StringPtrInput `pulumi:"securityGroupId,optional"`
	// IPv4 block of the peer, in CIDR notation. Default: none.
	CidrBlock pulumi.StringPtrInput `pulumi:"cidrBlock,optional"`
	// Id of a prefix list of peers. Default: none.
	PrefixListId pulumi.StringPtrInput `pulumi:"prefixListId,optional"`
	// What the rule is for, up to 255 characters; shown in the AWS console.
	// Default: the rule's name.
	Description *string `pulumi:"description,optional"`
}

// ServiceTimeoutsArgs says how long to wait for an ECS service to reach a
// steady state.
type ServiceTimeoutsArgs struct {
	// Minutes to wait when the service is made, at least 1. Default: 20.
	CreateMinutes *int `pulumi:"createMinutes,optional"`
	// Minutes to wait when the service changes, at least 1. Default: 20.
	UpdateMinutes *int `pulumi:"updateMinutes,optional"`
	// Minutes to wait until the service is gone, at least 1. Default: 20.
	DeleteMinutes *int `pulumi:"deleteMinutes,optional"`
}

// CapacityProviderArgs says how many of a service's tasks a capacity provider
// runs.
type CapacityProviderArgs struct {
	// Tasks that this one runs before any other runs one, 0 to 100000. One
	// capacity provider of a service can have a base. Default: 0.
	Base *int `pulumi:"base,optional"`
	// Its part of the tasks beyond the base, in proportion to the weights of the
	// others, 0 to 1000; at least one must be above 0. Default: 1.
	Weight *int `pulumi:"weight,optional"`
}

// FargatePrivateServiceArgs are the arguments of FargatePrivateService.
type FargatePrivateServiceArgs struct {
	// The network to run in: the component itself, such as an IsolatedVpc, or a
	// Network for a VPC that exists already.
	Network NetworkInput `pulumi:"network"`
	// The cluster to run in: the EcsCluster itself. It brings the log group of its
	// ECS Exec sessions and its capacity providers, which the preview compares with
	// those of the service. Exactly one of cluster and clusterArn is required.
	// Default: that of clusterArn.
	Cluster ClusterInput `pulumi:"cluster,optional"`
	// ARN of a cluster that is not an EcsCluster of this program. It must have
	// the capacity providers of the service: AWS refuses the service otherwise.
	// Default: cluster's.
	ClusterArn pulumi.StringPtrInput `pulumi:"clusterArn,optional"`
	// The container's image, such as
	// "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1.2". In an isolated
	// network only images in private ECR repositories of the same Region can be
	// pulled.
	Image pulumi.StringInput `pulumi:"image"`
	// Name of the ECS service, of the task definition's family, of the
	// container, and prefix of the log streams: 1 to 255 letters, digits, "-"
	// and "_". Default: Pulumi's automatic name for the service, STACK-NAME
	// for the family, and the component's name for the rest.
	ServiceName *string `pulumi:"serviceName,optional"`
	// Name of the container, 1 to 255 letters, digits, "-" and "_". Default:
	// serviceName, or the component's name.
	ContainerName *string `pulumi:"containerName,optional"`
	// The command to run in place of the image's own. Default: the image's.
	Command pulumi.StringArrayInput `pulumi:"command,optional"`
	// Environment variables, by name. Default: none.
	Environment map[string]pulumi.StringInput `pulumi:"environment,optional"`
	// Environment variables filled from Secrets Manager or SSM Parameter Store,
	// by name: the ARN of a Secrets Manager secret (also with
	// :json-key:version-stage:version-id) or of an SSM parameter. The execution
	// role may read these and no others. Default: none.
	Secrets map[string]pulumi.StringInput `pulumi:"secrets,optional"`
	// ARNs of the KMS keys that encrypt the secrets, where they are keys of
	// your own; the execution role may decrypt with them. Default: none.
	KmsKeyArns pulumi.StringArrayInput `pulumi:"kmsKeyArns,optional"`
	// CPU units of the task, 1024 to a vCPU: 256, 512, 1024, 2048, 4096, 8192,
	// 16384 or 32768. Default: 256.
	Cpu *int `pulumi:"cpu,optional"`
	// Memory of the task in MiB. Fargate allows certain values for each cpu,
	// such as 512, 1024 and 2048 for 256. Default: 512.
	MemoryMib *int `pulumi:"memoryMib,optional"`
	// Processor architecture of the image. Default: "X86_64".
	CpuArchitecture *CpuArchitecture `pulumi:"cpuArchitecture,optional"`
	// Number of tasks to run, 0 or more. Default: 2.
	DesiredCount *int `pulumi:"desiredCount,optional"`
	// The capacity providers that run the tasks, by name: "FARGATE", and
	// "FARGATE_SPOT" for tasks that AWS may stop with two minutes' notice, at up to
	// 70% less. They change in place while the argument is written; but then every
	// update of the service starts its tasks anew. When it is taken away again,
	// anything but FARGATE alone replaces the service. An empty map is the launch
	// type FARGATE, for a cluster without capacity providers; from it, and to it,
	// the service is replaced. Default: {FARGATE: {weight: 1}}.
	CapacityProviders map[string]CapacityProviderArgs `pulumi:"capacityProviders,optional"`
	// The port that the container listens on, 1 to 65535; required with ingress.
	// By itself it opens nothing; ingress and ingressRules do. Default: none.
	ContainerPort *int `pulumi:"containerPort,optional"`
	// What sends requests to the tasks: an ApplicationIngress, a NetworkIngress or
	// an ApiIngress in the same network. The service adds what leads to its
	// tasks on containerPort, and
	// it may reach them there. Default: none.
	Ingress IngressInput `pulumi:"ingress,optional"`
	// How the load balancer of ingress finds out whether a task works. Default: an
	// ApplicationIngress asks HTTP GET "/" for 200, a NetworkIngress opens a TCP
	// connection, with UDP too; both on containerPort, every 30 seconds.
	HealthCheck *HealthCheckArgs `pulumi:"healthCheck,optional"`
	// Seconds that a task which the load balancer of ingress sends nothing more may
	// take to finish its requests, 0 to 3600. Default: 30.
	DeregistrationDelaySeconds *int `pulumi:"deregistrationDelaySeconds,optional"`
	// Who else may reach the tasks, keyed by a name you choose that says what the
	// rule is for. Rules that open the same thing become one. Default: nobody.
	IngressRules map[string]RuleArgs `pulumi:"ingressRules,optional"`
	// What the tasks may reach besides the network's endpoints and S3, keyed by
	// a name you choose. Default: none if the network has no way out; otherwise
	// 443/tcp to any address.
	EgressRules map[string]RuleArgs `pulumi:"egressRules,optional"`
	// Days to keep the container's log: one of CloudWatch's values, such as 1,
	// 7, 14, 30, 90, 365; 0 keeps it forever. Default: 30.
	LogRetentionInDays *int `pulumi:"logRetentionInDays,optional"`
	// ARN of an execution role of your own. It must be able to pull the image,
	// write the log and read the secrets. Default: a role made for this
	// service, which may do exactly that.
	ExecutionRoleArn pulumi.StringPtrInput `pulumi:"executionRoleArn,optional"`
	// ARN of a task role of your own, for the AWS calls of your code. With
	// enableExecuteCommand it needs the four ssmmessages actions of ECS Exec.
	// Default: a role made for this service, without permissions but those of
	// ECS Exec where that is on.
	TaskRoleArn pulumi.StringPtrInput `pulumi:"taskRoleArn,optional"`
	// ARN of the permissions boundary of the roles made here. Default: none.
	PermissionsBoundaryArn pulumi.StringPtrInput `pulumi:"permissionsBoundaryArn,optional"`
	// IAM path of the roles made here, beginning and ending with "/". Default: "/".
	RolePath *string `pulumi:"rolePath,optional"`
	// Share of desiredCount that must stay healthy during a deployment, in
	// percent, 0 to 100. With two tasks, 75 means neither stops before its
	// replacement runs. Default: 75.
	DeploymentMinimumHealthyPercent *int `pulumi:"deploymentMinimumHealthyPercent,optional"`
	// Share of desiredCount that may run during a deployment, in percent, 100
	// or more. Default: 200.
	DeploymentMaximumPercent *int `pulumi:"deploymentMaximumPercent,optional"`
	// What to do with a deployment whose tasks keep failing. Default: "Rollback".
	DeploymentCircuitBreaker *DeploymentCircuitBreaker `pulumi:"deploymentCircuitBreaker,optional"`
	// Whether to allow ECS Exec, a shell in the running container. The task
	// role then gets the four ssmmessages actions, and the network needs the
	// ssmmessages endpoint. Default: false.
	EnableExecuteCommand *bool `pulumi:"enableExecuteCommand,optional"`
	// ARN of the log group that records ECS Exec sessions; the task role may then
	// write to it. Without one sessions leave no record, and the preview warns of
	// that. Default: cluster's; none with clusterArn.
	ExecuteCommandLogGroupArn pulumi.StringPtrInput `pulumi:"executeCommandLogGroupArn,optional"`
	// Whether an update waits until the tasks run, and fails if they do not, or if
	// the circuit breaker rolls back to the old ones. Without it an update can
	// succeed although its tasks never start. Write false if something other than
	// this program deploys to the service. Default: true.
	WaitForSteadyState *bool `pulumi:"waitForSteadyState,optional"`
	// How long to wait for the service. Default: 20 minutes each.
	Timeouts *ServiceTimeoutsArgs `pulumi:"timeouts,optional"`
	// Seconds after its start in which a task that fails the ingress's health
	// checks is left alone, 0 to 2147483647. No effect on an ApiIngress. When a
	// running service gets its first load balancer, set this one update later: AWS
	// may refuse both at once. Default: 0.
	HealthCheckGracePeriodSeconds *int `pulumi:"healthCheckGracePeriodSeconds,optional"`
	// What to do when the tasks could not work in the network: when nothing
	// leads to their image, log, secrets or ECS Exec. Default: "Error", which
	// fails the preview and names every reason and its fix.
	Preflight *Preflight `pulumi:"preflight,optional"`
	// AWS Region of the service, which must be the aws provider's. Default:
	// the aws provider's Region.
	Region *string `pulumi:"region,optional"`
	// Tags for every resource that takes tags, and for the tasks; they win over
	// the Name tag that each gets. Default: none.
	Tags pulumi.StringMapInput `pulumi:"tags,optional"`
}

// FargatePrivateService is an ECS service on Fargate in private subnets,
// without a public address. It makes a log group, an execution role that may
// pull this image, write this log and read these secrets, a task role, a
// security group that admits nobody and lets traffic out to the network's
// endpoints and S3, a rule on the endpoints' group, a task definition and the
// service, and waits until the tasks run. Fargate charges for each task's vCPUs
// and memory by the second; logs cost what CloudWatch charges.
type FargatePrivateService struct {
	pulumi.ResourceState

	// ARN of the ECS service.
	ServiceArn pulumi.StringOutput `pulumi:"serviceArn"`
	// Name of the ECS service.
	ServiceName pulumi.StringOutput `pulumi:"serviceName"`
	// Id of the tasks' security group.
	SecurityGroupId pulumi.StringOutput `pulumi:"securityGroupId"`
	// ARN of the task definition, with its revision.
	TaskDefinitionArn pulumi.StringOutput `pulumi:"taskDefinitionArn"`
	// ARN of the task role; attach policies to it for the AWS calls of your code.
	TaskRoleArn pulumi.StringOutput `pulumi:"taskRoleArn"`
	// ARN of the execution role.
	ExecutionRoleArn pulumi.StringOutput `pulumi:"executionRoleArn"`
	// Name of the container's log group.
	LogGroupName pulumi.StringOutput `pulumi:"logGroupName"`
	// ARN of the listener that a service behind a NetworkIngress makes, for an
	// ApiIngress in front of that; "" otherwise.
	ListenerArn pulumi.StringOutput `pulumi:"listenerArn"`
}

// NewFargatePrivateService runs a container on Fargate in private subnets.
func NewFargatePrivateService(ctx *pulumi.Context, name string, args *FargatePrivateServiceArgs, opts ...pulumi.ResourceOption) (*FargatePrivateService, error) {
	s := &FargatePrivateService{}
	return s, newService(ctx, s, serviceKind{component: "FargatePrivateService", token: fargatePrivateServiceType}, name, args, opts)
}

// isNil is true for an interface that holds nothing, or a nil pointer, as a
// caller passes who ignores a constructor's error.
func isNil(v any) bool {
	if v == nil {
		return true
	}
	r := reflect.ValueOf(v)
	return r.Kind() == reflect.Pointer && r.IsNil()
}
