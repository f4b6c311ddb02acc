package fromawsx_test

import (
	awsxec2 "github.com/pulumi/pulumi-awsx/sdk/v2/go/awsx/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/components"
	"github.com/ecsnet/pulumi-ecsnet/fromawsx"
)

// A service in the private subnets of a VPC that awsx made.
func ExampleNewNetwork() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		vpc, err := awsxec2.NewVpc(ctx, "shared", nil)
		if err != nil {
			return err
		}
		network, err := fromawsx.NewNetwork(ctx, "net", vpc, nil)
		if err != nil {
			return err
		}
		cluster, err := components.NewEcsCluster(ctx, "apps", nil)
		if err != nil {
			return err
		}
		_, err = components.NewFargatePrivateService(ctx, "api", &components.FargatePrivateServiceArgs{
			Network: network,
			Cluster: cluster,
			Image:   pulumi.String("123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1.0"),
		})
		return err
	})
}
