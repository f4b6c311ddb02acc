// A worker that calls a payment provider and lets in nobody: private
// subnets, a NAT gateway in each zone, and the addresses that the provider
// has to allow.
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
		vpc, err := components.NewNatNetwork(ctx, "net", nil)
		if err != nil {
			return err
		}
		cluster, err := components.NewEcsCluster(ctx, "apps", nil)
		if err != nil {
			return err
		}
		worker, err := components.NewFargatePrivateService(ctx, "worker", &components.FargatePrivateServiceArgs{
			Network: vpc,
			Cluster: cluster,
			Image:   pulumi.String(image),
			Secrets: map[string]pulumi.StringInput{
				"PROVIDER_KEY": pulumi.String("arn:aws:secretsmanager:us-east-1:123456789012:secret:provider-key-AbCdEf"),
			},
		})
		if err != nil {
			return err
		}
		// end: readme
		ctx.Export("natAddresses", vpc.NatPublicIpByZone)
		ctx.Export("serviceName", worker.ServiceName)
		return nil
	})
}
