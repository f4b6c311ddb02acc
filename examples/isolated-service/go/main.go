// A container on Fargate in a VPC with no way in from the internet and no way
// out to it.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/ecsnet/pulumi-ecsnet/components"
)

const sampleImage = "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0"

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		image := config.Get(ctx, "image")
		if image == "" {
			image = sampleImage
		}
		// begin: readme
		vpc, err := components.NewIsolatedVpc(ctx, "net", nil)
		if err != nil {
			return err
		}
		cluster, err := components.NewEcsCluster(ctx, "apps", nil)
		if err != nil {
			return err
		}
		service, err := components.NewFargatePrivateService(ctx, "sample", &components.FargatePrivateServiceArgs{
			Network: vpc,
			Cluster: cluster,
			Image:   pulumi.String(image),
		})
		if err != nil {
			return err
		}
		// end: readme
		ctx.Export("vpcId", vpc.VpcId)
		ctx.Export("clusterName", cluster.ClusterName)
		ctx.Export("serviceName", service.ServiceName)
		return nil
	})
}
