// A network in the Region of an aws provider of the user's own.
package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/components"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		// begin: readme
		ireland, err := aws.NewProvider(ctx, "ireland", &aws.ProviderArgs{Region: pulumi.String("eu-west-1")})
		if err != nil {
			return err
		}
		vpc, err := components.NewIsolatedVpc(ctx, "net", nil, pulumi.Providers(ireland))
		if err != nil {
			return err
		}
		// end: readme
		ctx.Export("region", vpc.Region)
		return nil
	})
}
