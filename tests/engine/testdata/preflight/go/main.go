// A service that needs whatever a task can need of an isolated network.
package main

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/ecsnet/pulumi-ecsnet/components"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		vpc, err := components.NewIsolatedVpc(ctx, "net", &components.IsolatedVpcArgs{
			EndpointServices: strings.Split(config.Require(ctx, "endpoints"), ","),
		})
		if err != nil {
			return err
		}
		cluster, err := components.NewEcsCluster(ctx, "apps", nil)
		if err != nil {
			return err
		}
		mode := components.Preflight(config.Require(ctx, "preflight"))
		var image pulumi.StringInput = pulumi.String(config.Require(ctx, "image"))
		if config.GetBool(ctx, "late") {
			image = vpc.VpcId // a name of Docker Hub, once it is known
		}
		_, err = components.NewFargatePrivateService(ctx, "sample", &components.FargatePrivateServiceArgs{
			Network:              vpc,
			ClusterArn:           cluster.ClusterArn,
			Image:                image,
			Secrets:              map[string]pulumi.StringInput{"DB": pulumi.String("arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf")},
			EnableExecuteCommand: pulumi.BoolRef(true),
			Preflight:            &mode,
		})
		return err
	})
}
