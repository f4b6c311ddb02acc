package components

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
)

const fargatePublicServiceType = children.Package + children.FargatePublicService

// FargatePublicServiceArgs are the arguments of FargatePublicService.
type FargatePublicServiceArgs FargatePrivateServiceArgs

// FargatePublicService is an ECS service on Fargate in public subnets: each
// task has a public address of its own, and the service's security group is its
// only guard. It makes what FargatePrivateService makes. Only the ingress and
// what ingressRules names may reach the tasks; they may reach any address on
// 443/tcp, and what egressRules names. Each public address costs by the hour,
// on top of what Fargate and logs cost.
type FargatePublicService struct {
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

// NewFargatePublicService runs a container on Fargate with a public address.
func NewFargatePublicService(ctx *pulumi.Context, name string, args *FargatePublicServiceArgs, opts ...pulumi.ResourceOption) (*FargatePublicService, error) {
	s := &FargatePublicService{}
	kind := serviceKind{component: "FargatePublicService", token: fargatePublicServiceType, public: true}
	return s, newService(ctx, s, kind, name, (*FargatePrivateServiceArgs)(args), opts)
}
