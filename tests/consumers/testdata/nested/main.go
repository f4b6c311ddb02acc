// Objects inside of arguments, each with a value that is not known at preview
// beside others that are.
package main

import (
	"errors"

	"github.com/ecsnet/pulumi-ecsnet/components"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		net, err := components.NewIsolatedVpc(ctx, "net", nil)
		if err != nil {
			return err
		}
		service := func(name string, args *components.FargatePrivateServiceArgs) error {
			args.Network, args.ClusterArn = net, pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/main")
			args.Image = pulumi.String("123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1")
			_, err := components.NewFargatePrivateService(ctx, name, args)
			return err
		}
		good := service("good", &components.FargatePrivateServiceArgs{
			IngressRules: map[string]components.RuleArgs{
				"web": {Port: pulumi.IntRef(8080), SecurityGroupId: net.EndpointSecurityGroupId.ToStringPtrOutput()},
			},
			Timeouts: &components.ServiceTimeoutsArgs{CreateMinutes: pulumi.IntRef(5)},
		})
		wrong := service("wrong", &components.FargatePrivateServiceArgs{
			IngressRules: map[string]components.RuleArgs{
				"web": {Port: pulumi.IntRef(70000), SecurityGroupId: net.EndpointSecurityGroupId.ToStringPtrOutput()},
			},
			EgressRules: map[string]components.RuleArgs{
				"db": {FromPort: pulumi.IntRef(10), ToPort: pulumi.IntRef(5), PrefixListId: net.S3PrefixListId.ToStringPtrOutput()},
			},
			Timeouts: &components.ServiceTimeoutsArgs{CreateMinutes: pulumi.IntRef(0)},
		})
		_, front := components.NewApplicationIngress(ctx, "front", &components.ApplicationIngressArgs{
			Network: net,
			AllowFrom: map[string]components.PeerArgs{
				"office": {SecurityGroupId: net.EndpointSecurityGroupId.ToStringPtrOutput(), CidrBlock: pulumi.String("10.0.0.0/8")},
			},
		})
		architecture := components.CpuArchitecture("arm64")
		_, image := components.NewContainerImage(ctx, "image", &components.ContainerImageArgs{
			Build: &components.ContainerImageBuildArgs{
				Args: map[string]pulumi.StringInput{"VPC": net.VpcId}, CpuArchitecture: &architecture,
			},
		})
		return errors.Join(good, wrong, front, image)
	})
}
