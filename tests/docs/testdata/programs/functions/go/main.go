// The layout of a network, its cost, and whether a task could start in it.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/components"
)

func main() { pulumi.Run(program) }

func program(ctx *pulumi.Context) error {
	// begin: readme
	block, zones, none := "10.20.0.0/16", 4, components.EgressNone
	plan, err := components.PlanSubnets(&components.PlanSubnetsArgs{
		CidrBlock:            &block,
		AvailabilityZones:    []string{"us-east-1a", "us-east-1b", "us-east-1c"},
		MaxAvailabilityZones: &zones,
	})
	if err != nil {
		return err
	}
	three, gb := 3, 500.0
	cost, err := components.EstimateMonthlyCost(&components.EstimateMonthlyCostArgs{
		Region:                    "us-east-1",
		NumberOfAvailabilityZones: &three,
		GbToServices:              &gb,
	})
	if err != nil {
		return err
	}
	region, image, driver, yes := "us-east-1", "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1.0", "awslogs", true
	fargate := components.LaunchTypeFargate
	check, err := components.CheckTask(&components.CheckTaskArgs{
		Region:            &region,
		Egress:            &none,
		EndpointServices:  []string{"logs", "ecr.api"},
		S3GatewayEndpoint: &yes,
		LaunchType:        &fargate,
		Image:             &image,
		LogDriver:         &driver,
	})
	if err != nil {
		return err
	}
	needed, err := components.NeededEndpoints(&components.NeededEndpointsArgs{
		Region:     region,
		LaunchType: &fargate,
		Image:      &image,
		Secrets:    map[string]string{"DB": "arn:aws:ssm:us-east-1:123456789012:parameter/db"},
	})
	if err != nil {
		return err
	}
	ctx.Export("firstBlock", pulumi.String(plan.Subnets[0].CidrBlock))
	ctx.Export("freeBlock", pulumi.String(plan.FreeBlocks[0].CidrBlock))
	ctx.Export("isolatedUsd", pulumi.Float64(cost.IsolatedVpc.TotalUsd))
	ctx.Export("natUsd", pulumi.Float64(cost.NatNetwork.TotalUsd))
	ctx.Export("sameCostAtGb", pulumi.Float64(cost.Crossover.GbToServices))
	ctx.Export("verdict", pulumi.String(check.Verdict))
	ctx.Export("fix", pulumi.String(check.Findings[0].Fix))
	ctx.Export("needed", pulumi.String(needed.Endpoints[3].Service))
	ctx.Export("because", pulumi.String(needed.Endpoints[3].Reasons[0].What))
	// end: readme
	return nil
}
