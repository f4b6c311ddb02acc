package standin

import (
	"context"
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
)

const flowLogPage = registry + "ec2/flowlog/"

var flowLogType = &resourceType{
	token: "aws:ec2/flowLog:FlowLog", args: sdk.FlowLogArgs{}, state: sdk.FlowLog{},
	inputs: map[string]prop{
		"vpcId":                  {change: replaces, request: "CreateFlowLogs.ResourceIds", source: flowLogPage},
		"subnetId":               {change: replaces, request: "CreateFlowLogs.ResourceIds", source: flowLogPage},
		"trafficType":            {change: replaces, check: oneOf(types.TrafficType("").Values()...), request: "CreateFlowLogs.TrafficType", source: flowLogPage},
		"logDestinationType":     {change: replaces, byDefault: "cloud-watch-logs", check: oneOf(types.LogDestinationType("").Values()...), request: "CreateFlowLogs.LogDestinationType", source: flowLogPage},
		"logDestination":         {change: replaces, computed: true, check: validARN, request: "CreateFlowLogs.LogDestination", source: flowLogPage},
		"iamRoleArn":             {change: replaces, check: validARN, request: "CreateFlowLogs.DeliverLogsPermissionArn", source: flowLogPage},
		"logFormat":              {change: replaces, computed: true, request: "CreateFlowLogs.LogFormat", source: flowLogPage},
		"maxAggregationInterval": {change: replaces, byDefault: 600, check: validation.IntInSlice([]int{60, 600}), request: "CreateFlowLogs.MaxAggregationInterval", source: flowLogPage},
		"tags":                   {change: updates, request: "CreateFlowLogs.TagSpecifications CreateTags.Tags", source: flowLogPage},
	},
	exactlyOne:  [][]string{{"vpcId", "subnetId"}},
	checkSource: providerSource + "ec2/vpc_flow_log.go",
	outputs:     []string{"arn", "logGroupName", "tagsAll"},
	unset:       []string{"eniId", "subnetId", "transitGatewayAttachmentId", "transitGatewayId", "vpcId"},
	source:      flowLogPage + "#outputs",
	create:      createFlowLog, read: readFlowLog, update: updateEC2Tags,
	remove: func(ctx context.Context, r *request) error {
		out, err := r.cloud.EC2.DeleteFlowLogs(ctx, &ec2.DeleteFlowLogsInput{FlowLogIds: []string{r.id}})
		if err == nil && len(out.Unsuccessful) > 0 {
			err = cloud.Unsuccessful(out.Unsuccessful[0].Error)
		}
		return gone(err, "InvalidFlowLogId.NotFound")
	},
}

// withoutStar takes the ":*" off a log group's ARN, which AWS refuses.
func withoutStar(arn *string) *string {
	if arn == nil {
		return nil
	}
	return aws.String(strings.TrimSuffix(*arn, ":*"))
}

func createFlowLog(ctx context.Context, r *request) (string, error) {
	in := &ec2.CreateFlowLogsInput{
		TrafficType:              types.TrafficType(r.in.str("trafficType")),
		LogDestinationType:       types.LogDestinationType(r.in.str("logDestinationType")),
		LogDestination:           withoutStar(r.in.strp("logDestination")),
		DeliverLogsPermissionArn: r.in.strp("iamRoleArn"),
		LogFormat:                r.in.strp("logFormat"),
		MaxAggregationInterval:   r.in.int32p("maxAggregationInterval"),
		TagSpecifications:        ec2TagSpec(types.ResourceTypeVpcFlowLog, r.tags),
	}
	switch {
	case r.in.has("vpcId"):
		in.ResourceIds, in.ResourceType = []string{r.in.str("vpcId")}, types.FlowLogsResourceTypeVpc
	case r.in.has("subnetId"):
		in.ResourceIds, in.ResourceType = []string{r.in.str("subnetId")}, types.FlowLogsResourceTypeSubnet
	default:
		return "", errors.New("one of vpcId, subnetId must be specified")
	}
	out, err := r.cloud.EC2.CreateFlowLogs(ctx, in)
	if err != nil {
		return "", err
	}
	if len(out.Unsuccessful) > 0 {
		return "", cloud.Unsuccessful(out.Unsuccessful[0].Error)
	}
	if len(out.FlowLogIds) == 0 {
		return "", nil
	}
	return out.FlowLogIds[0], nil
}

func readFlowLog(ctx context.Context, r *request) (map[string]any, error) {
	out, err := r.cloud.EC2.DescribeFlowLogs(ctx, &ec2.DescribeFlowLogsInput{FlowLogIds: []string{r.id}})
	if cloud.HasCode(err, "InvalidFlowLogId.NotFound") || err == nil && len(out.FlowLogs) == 0 {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	log := out.FlowLogs[0]
	owner, err := r.account(ctx)
	if err != nil {
		return nil, err
	}
	read := map[string]any{
		"arn": r.ec2ARN("vpc-flow-log", owner, r.id), "trafficType": string(log.TrafficType),
		"logDestinationType": string(log.LogDestinationType), "logDestination": log.LogDestination,
		"logGroupName": aws.ToString(log.LogGroupName), "iamRoleArn": log.DeliverLogsPermissionArn, "logFormat": log.LogFormat,
		"maxAggregationInterval": log.MaxAggregationInterval, "tags": fromEC2Tags(log.Tags),
	}
	if id := aws.ToString(log.ResourceId); len(id) > 4 && id[:4] == "vpc-" {
		read["vpcId"] = id
	} else {
		read["subnetId"] = id
	}
	return read, nil
}
