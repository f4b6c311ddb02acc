// A web service without a public address: it is reached through a load
// balancer in the public subnets, and calls out through a NAT gateway in
// each zone.
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
		front, err := components.NewApplicationIngress(ctx, "front", &components.ApplicationIngressArgs{
			Network:   vpc,
			Internal:  pulumi.BoolRef(false),
			AllowFrom: map[string]components.PeerArgs{"everyone": {CidrBlock: pulumi.String("0.0.0.0/0")}},
		})
		if err != nil {
			return err
		}
		service, err := components.NewFargatePrivateService(ctx, "web", &components.FargatePrivateServiceArgs{
			Network:       vpc,
			Cluster:       cluster,
			Image:         pulumi.String(image),
			ContainerPort: pulumi.IntRef(8080),
			Ingress:       front,
		})
		if err != nil {
			return err
		}
		// end: readme
		ctx.Export("url", pulumi.Sprintf("http://%s", front.DnsName))
		ctx.Export("serviceName", service.ServiceName)
		return nil
	})
}
