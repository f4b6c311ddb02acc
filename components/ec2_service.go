package components

import (
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
)

const ec2ServiceType = children.Package + children.Ec2Service

// NetworkMode decides how tasks on EC2 hosts are connected.
type NetworkMode string

const (
	// Each task has a network interface in the private subnets and a security
	// group of its own, and never a public address. A host has few interfaces:
	// a t3.small runs two such tasks.
	NetworkModeAwsvpc NetworkMode = "awsvpc"
	// Tasks share their host's interface, its address and its security group
	// behind Docker's bridge; hostPort leads to containerPort.
	NetworkModeBridge NetworkMode = "bridge"
	// Tasks use their host's network as it is: no isolation from the host, and
	// tasks can obtain the host's role from its metadata service.
	NetworkModeHost NetworkMode = "host"
)

// Ec2ServiceArgs are the arguments of Ec2Service.
type Ec2ServiceArgs struct {
	// The network that the Ec2Capacity is in: the component itself, such as an
	// IsolatedVpc, or a Network for a VPC that exists already.
	Network NetworkInput `pulumi:"network"`
	// The cluster that the Ec2Capacity belongs to: the EcsCluster itself. It brings
	// the log group of its ECS Exec sessions. Exactly one of cluster and clusterArn
	// is required. Default: that of clusterArn.
	Cluster ClusterInput `pulumi:"cluster,optional"`
	// ARN of the cluster that the Ec2Capacity belongs to, where it is not an
	// EcsCluster of this program. Default: cluster's.
	ClusterArn pulumi.StringPtrInput `pulumi:"clusterArn,optional"`
	// Name of the capacity provider whose hosts run the tasks: an Ec2Capacity's
	// capacityProviderName. Another one replaces the service.
	CapacityProviderName pulumi.StringInput `pulumi:"capacityProviderName"`
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
	// How the tasks are connected. ECS cannot change it in a service: another
	// mode replaces the service. Default: "awsvpc".
	NetworkMode *NetworkMode `pulumi:"networkMode,optional"`
	// Always false: ECS on EC2 gives no task a public address of its own. In
	// network modes "bridge" and "host" tasks have their host's. Default: false.
	AssignPublicIp *bool `pulumi:"assignPublicIp,optional"`
	// CPU units of the task, 1024 to a vCPU, 128 to 196608: reserved on its host,
	// and the most that it gets. Default: none reserved, and no limit.
	Cpu *int `pulumi:"cpu,optional"`
	// Memory of the task in MiB, at least 6: reserved on its host, and the most
	// that it gets; a container that takes more is killed. Default: 512.
	MemoryMib *int `pulumi:"memoryMib,optional"`
	// Processor architecture of the hosts to run on. Default: any that the
	// capacity provider has.
	CpuArchitecture *CpuArchitecture `pulumi:"cpuArchitecture,optional"`
	// Number of tasks to run, 0 or more. Default: 2.
	DesiredCount *int `pulumi:"desiredCount,optional"`
	// The port that the container listens on, 1 to 65535; required with ingress.
	// By itself it opens nothing; ingress and ingressRules do. Default: none.
	ContainerPort *int `pulumi:"containerPort,optional"`
	// The host's port that leads to containerPort. With network mode "bridge", 1
	// to 65535, or 0 for a free one from 32768 to 60999 that Docker picks; with a
	// fixed port a host runs one task of the service. With "host" and "awsvpc" it
	// can only be containerPort. Default: 0 with "bridge", containerPort with the
	// others.
	HostPort *int `pulumi:"hostPort,optional"`
	// Protocol of containerPort. Default: that of the ingress, "tcp" without.
	PortProtocol *RuleProtocol `pulumi:"portProtocol,optional"`
	// What sends requests to the tasks: an ApplicationIngress, a NetworkIngress or
	// an ApiIngress in the same network. The service adds what leads to its
	// tasks on containerPort, and
	// it may reach them there. Only with network mode "awsvpc". Default: none.
	Ingress IngressInput `pulumi:"ingress,optional"`
	// How the load balancer of ingress finds out whether a task works. Default: an
	// ApplicationIngress asks HTTP GET "/" for 200, a NetworkIngress opens a TCP
	// connection, with UDP too; both on containerPort, every 30 seconds.
	HealthCheck *HealthCheckArgs `pulumi:"healthCheck,optional"`
	// Seconds that a task which the load balancer of ingress sends nothing more may
	// take to finish its requests, 0 to 3600. Default: 30.
	DeregistrationDelaySeconds *int `pulumi:"deregistrationDelaySeconds,optional"`
	// Who else may reach the tasks, keyed by a name you choose that says what the
	// rule is for. Rules that open the same thing become one. Only with network
	// mode "awsvpc": in the others the hosts' group guards the tasks, and the
	// rules are Ec2Capacity's. Default: nobody.
	IngressRules map[string]RuleArgs `pulumi:"ingressRules,optional"`
	// What the tasks may reach besides the network's endpoints and S3, keyed by
	// a name you choose. Only with network mode "awsvpc". Default: none if the
	// network has no way out; otherwise 443/tcp to any address.
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
	// Whether to allow ECS Exec, a shell in the running container. The task role
	// then gets the four ssmmessages actions, and the network needs the
	// ssmmessages endpoint. AWS's documentation of 2023 calls it unsupported on
	// hosts of an Auto Scaling group's capacity provider, as these are; users
	// report that it sometimes works. Default: false.
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

// Ec2Service is an ECS service on the hosts of an Ec2Capacity. It makes what
// FargatePrivateService makes, for tasks in network mode "awsvpc", "bridge" or
// "host", and spreads them over zones, then over hosts. The service itself
// costs nothing; its hosts and logs do.
//
// In network mode "awsvpc" tasks run in the private subnets with a security
// group of their own. In the other modes they have their host's address, public
// in public subnets, and its security group: the rules are Ec2Capacity's and
// apply to every task on the hosts.
type Ec2Service struct {
	pulumi.ResourceState

	// ARN of the ECS service.
	ServiceArn pulumi.StringOutput `pulumi:"serviceArn"`
	// Name of the ECS service.
	ServiceName pulumi.StringOutput `pulumi:"serviceName"`
	// Id of the tasks' security group; "" in network modes "bridge" and "host".
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

// NewEc2Service runs a container on the hosts of an Ec2Capacity.
func NewEc2Service(ctx *pulumi.Context, name string, args *Ec2ServiceArgs, opts ...pulumi.ResourceOption) (*Ec2Service, error) {
	if args == nil {
		args = &Ec2ServiceArgs{}
	}
	s := &Ec2Service{}
	kind := serviceKind{
		component: "Ec2Service", token: ec2ServiceType,
		hosts: &hostsSpec{args: args, mode: or(args.NetworkMode, NetworkModeAwsvpc)},
	}
	return s, newService(ctx, s, kind, name, args.shared(), opts)
}

// shared are the arguments that services on Fargate have too, under the same
// names; a test holds that none is left behind.
func (a *Ec2ServiceArgs) shared() *FargatePrivateServiceArgs {
	shared := &FargatePrivateServiceArgs{}
	from, to := reflect.ValueOf(a).Elem(), reflect.ValueOf(shared).Elem()
	for i := range to.NumField() {
		if v := from.FieldByName(to.Type().Field(i).Name); v.IsValid() {
			to.Field(i).Set(v)
		}
	}
	return shared
}
