// The functions as a Go program calls them through the plugin.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/sdk/go/ecsnet"
)

func main() { pulumi.Run(program) }

func program(ctx *pulumi.Context) error {
	plan, err := ecsnet.PlanSubnets(ctx, &ecsnet.PlanSubnetsArgs{
		CidrBlock:            pulumi.StringRef("10.20.0.0/16"),
		AvailabilityZones:    []string{"us-east-1a", "us-east-1b", "us-east-1c"},
		MaxAvailabilityZones: pulumi.IntRef(4),
	})
	if err != nil {
		return err
	}
	cost := ecsnet.EstimateMonthlyCostOutput(ctx, ecsnet.EstimateMonthlyCostOutputArgs{
		Region:                    pulumi.String("us-east-1"),
		NumberOfAvailabilityZones: pulumi.Int(3),
		GbToServices:              pulumi.Float64(500),
	})
	fargate := ecsnet.LaunchTypeFargate
	check, err := ecsnet.CheckTask(ctx, &ecsnet.CheckTaskArgs{
		Region:            pulumi.StringRef("us-east-1"),
		Egress:            pulumi.StringRef("None"),
		EndpointServices:  []string{"logs", "ecr.api"},
		S3GatewayEndpoint: pulumi.BoolRef(true),
		LaunchType:        &fargate,
		Image:             pulumi.StringRef("123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1.0"),
		LogDriver:         pulumi.StringRef("awslogs"),
	})
	if err != nil {
		return err
	}
	needed, err := ecsnet.NeededEndpoints(ctx, &ecsnet.NeededEndpointsArgs{
		Region:     "us-east-1",
		LaunchType: &fargate,
		Image:      pulumi.StringRef("123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1.0"),
		Secrets:    map[string]string{"DB": "arn:aws:ssm:us-east-1:123456789012:parameter/db"},
	})
	if err != nil {
		return err
	}
	ctx.Export("firstBlock", pulumi.String(plan.Subnets[0].CidrBlock))
	ctx.Export("freeBlock", pulumi.String(plan.FreeBlocks[0].CidrBlock))
	ctx.Export("isolatedUsd", cost.IsolatedVpc().TotalUsd())
	ctx.Export("natUsd", cost.NatNetwork().TotalUsd())
	ctx.Export("sameCostAtGb", cost.Crossover().GbToServices())
	ctx.Export("verdict", pulumi.String(check.Verdict))
	ctx.Export("fix", pulumi.String(check.Findings[0].Fix))
	ctx.Export("needed", pulumi.String(needed.Endpoints[3].Service))
	ctx.Export("because", pulumi.String(needed.Endpoints[3].Reasons[0].What))
	return nil
}
