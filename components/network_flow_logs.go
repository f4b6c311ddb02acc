package components

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

func (n *network) makeFlowLogs(ctx *pulumi.Context) error {
	if n.spec.flowLogs == nil {
		return nil
	}
	child := children.FlowLogsGroup.Name(n.name)
	group, err := cloudwatch.NewLogGroup(ctx, child, &cloudwatch.LogGroupArgs{
		RetentionInDays: pulumi.Int(or(n.spec.flowLogs.RetentionInDays, defaultRetentionInDays)),
		Tags:            n.tags(child),
	}, n.child())
	if err != nil {
		return err
	}
	region := n.spec.region
	child = children.FlowLogsRole.Name(n.name)
	role, err := iam.NewRole(ctx, child, &iam.RoleArgs{
		AssumeRolePolicy: pulumi.All(n.at.account, n.at.partition).ApplyT(func(v []any) string {
			return taskplan.FlowLogsTrust(v[0].(string), v[1].(string), region)
		}).(pulumi.StringOutput),
		Tags: n.tags(child),
	}, n.child())
	if err != nil {
		return err
	}
	policy, err := iam.NewRolePolicy(ctx, children.FlowLogsPolicy.Name(n.name), &iam.RolePolicyArgs{
		Role:   role.Name,
		Policy: group.Arn.ApplyT(taskplan.LogsPolicyForFlowLogs).(pulumi.StringOutput),
	}, n.child())
	if err != nil {
		return err
	}
	child = children.FlowLog.Name(n.name)
	_, err = ec2.NewFlowLog(ctx, child, &ec2.FlowLogArgs{
		VpcId:                  n.vpc.ID(),
		TrafficType:            pulumi.String(flowLogTraffic[or(n.spec.flowLogs.TrafficType, FlowLogTrafficAll)]),
		LogDestinationType:     pulumi.String("cloud-watch-logs"),
		LogDestination:         group.Arn,
		IamRoleArn:             role.Arn,
		MaxAggregationInterval: pulumi.Int(or(n.spec.flowLogs.MaxAggregationIntervalSeconds, 600)),
		Tags:                   n.tags(child),
	}, n.child(), pulumi.DependsOn([]pulumi.Resource{policy}),
		// AWS changes nothing of a flow log, and refuses a second one with the
		// same log group: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
		pulumi.DeleteBeforeReplace(true))
	return err
}

// defaultRetentionInDays is how long logs are kept where the user does not say.
const defaultRetentionInDays = 30

var flowLogTraffic = map[FlowLogTraffic]string{
	FlowLogTrafficAll: "ALL", FlowLogTrafficAccept: "ACCEPT", FlowLogTrafficReject: "REJECT",
}

func (a *FlowLogsArgs) check(faults *field.Faults) {
	if a == nil {
		return
	}
	checkEnum(faults, "flowLogs.trafficType", a.TrafficType, FlowLogTrafficAll, FlowLogTrafficAccept, FlowLogTrafficReject)
	if a.RetentionInDays != nil {
		*faults = append(*faults, taskplan.CheckRetention("flowLogs.retentionInDays", *a.RetentionInDays)...)
	}
	if s := or(a.MaxAggregationIntervalSeconds, 600); s != 60 && s != 600 {
		faults.Add("flowLogs.maxAggregationIntervalSeconds", s, "is not an interval that AWS offers", "write 60 or 600")
	}
}
