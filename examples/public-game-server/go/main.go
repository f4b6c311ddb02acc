// A game server whose tasks have public addresses, for low latency. Nothing
// guards them but the service's own security group, which lets players in on
// one UDP port.
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
		vpc, err := components.NewPublicNetwork(ctx, "net", nil)
		if err != nil {
			return err
		}
		cluster, err := components.NewEcsCluster(ctx, "apps", nil)
		if err != nil {
			return err
		}
		game, err := components.NewFargatePublicService(ctx, "game", &components.FargatePublicServiceArgs{
			Network: vpc,
			Cluster: cluster,
			Image:   pulumi.String(image),
			IngressRules: map[string]components.RuleArgs{"players": {
				Port:      pulumi.IntRef(7777),
				Protocol:  new(components.RuleProtocolUdp),
				CidrBlock: pulumi.String("0.0.0.0/0"),
			}},
		})
		if err != nil {
			return err
		}
		// end: readme
		ctx.Export("vpcId", vpc.VpcId)
		ctx.Export("serviceName", game.ServiceName)
		return nil
	})
}
