// A web service in a VPC without public subnets: requests come in through
// API Gateway, over a VPC link, and nothing goes out to the internet.
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
		api, err := components.NewApiIngress(ctx, "api", &components.ApiIngressArgs{Network: vpc})
		if err != nil {
			return err
		}
		service, err := components.NewFargatePrivateService(ctx, "web", &components.FargatePrivateServiceArgs{
			Network:       vpc,
			Cluster:       cluster,
			Image:         pulumi.String(image),
			ContainerPort: pulumi.IntRef(8080),
			Ingress:       api,
		})
		if err != nil {
			return err
		}
		// end: readme
		ctx.Export("url", api.Url)
		ctx.Export("serviceName", service.ServiceName)
		return nil
	})
}
