// A container on EC2 hosts of your own, in a VPC with no way in from the
// internet and no way out to it.
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
		vpc, err := components.NewIsolatedVpc(ctx, "net", &components.IsolatedVpcArgs{EcsOnEc2: pulumi.BoolRef(true)})
		if err != nil {
			return err
		}
		cluster, err := components.NewEcsCluster(ctx, "apps", &components.EcsClusterArgs{CapacityProviders: []string{}})
		if err != nil {
			return err
		}
		hosts, err := components.NewEc2Capacity(ctx, "hosts", &components.Ec2CapacityArgs{
			Network:     vpc,
			ClusterName: cluster.ClusterName,
		})
		if err != nil {
			return err
		}
		service, err := components.NewEc2Service(ctx, "sample", &components.Ec2ServiceArgs{
			Network:              vpc,
			Cluster:              cluster,
			CapacityProviderName: hosts.CapacityProviderName,
			Image:                pulumi.String(image),
		})
		if err != nil {
			return err
		}
		// end: readme
		ctx.Export("vpcId", vpc.VpcId)
		ctx.Export("serviceName", service.ServiceName)
		return nil
	})
}
