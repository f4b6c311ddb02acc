// What the types of the Go SDK accept. Nothing runs this: it compiles.
package main

import (
	"github.com/ecsnet/pulumi-ecsnet/sdk/go/ecsnet"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		access := ecsnet.EndpointAccessVpc
		net, err := ecsnet.NewIsolatedVpc(ctx, "net", &ecsnet.IsolatedVpcArgs{
			AvailabilityZones: []string{"us-east-1a", "us-east-1b"},
			EndpointAccess:    &access,
			FlowLogs:          &ecsnet.FlowLogsArgs{RetentionInDays: pulumi.IntRef(7)},
		})
		if err != nil {
			return err
		}
		cluster, err := ecsnet.NewEcsCluster(ctx, "main", nil)
		if err != nil {
			return err
		}
		api, err := ecsnet.NewFargatePrivateService(ctx, "api", &ecsnet.FargatePrivateServiceArgs{
			Network:     net,
			ClusterArn:  cluster.ClusterArn,
			Image:       cluster.ClusterName,
			Environment: map[string]pulumi.StringInput{"ARN": cluster.ClusterArn, "MODE": pulumi.String("fast")},
			IngressRules: map[string]ecsnet.RuleArgs{
				"web": {Port: pulumi.IntRef(80), SecurityGroupId: net.EndpointSecurityGroupId},
			},
		})
		if err != nil {
			return err
		}
		_, err = ecsnet.NewFargatePrivateService(ctx, "worker", &ecsnet.FargatePrivateServiceArgs{
			Network:           net,
			Cluster:           cluster,
			Image:             cluster.ClusterName,
			CapacityProviders: map[string]ecsnet.CapacityProviderArgs{"FARGATE_SPOT": {Weight: pulumi.IntRef(3)}},
		})
		if err != nil {
			return err
		}
		check := ecsnet.CheckTaskOutput(ctx, ecsnet.CheckTaskOutputArgs{
			Region: net.Region, Egress: net.Egress, EndpointServices: net.EndpointServices, Image: cluster.ClusterName,
		})
		ctx.Export("verdict", check.Verdict())
		plan, err := ecsnet.PlanSubnets(ctx, &ecsnet.PlanSubnetsArgs{Tiers: []ecsnet.SubnetTier{ecsnet.SubnetTierPrivate}})
		if err != nil {
			return err
		}
		ctx.Export("block", pulumi.String(plan.Subnets[0].CidrBlock))
		ctx.Export("arn", api.ServiceArn)
		return nil
	})
}
