package standin

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
)

const logGroupPage = registry + "cloudwatch/loggroup/"

var logGroupType = &resourceType{
	token: "aws:cloudwatch/logGroup:LogGroup", args: sdk.LogGroupArgs{}, state: sdk.LogGroup{},
	inputs: map[string]prop{
		"name":            {change: replaces, autoName: 255, check: validation.All(validation.StringLenBetween(0, 512), matching(`^[0-9A-Za-z_./#-]+$`, "may hold alphanumeric characters, underscores, hyphens, slashes, hash signs and dots")), request: "CreateLogGroup.LogGroupName", source: logGroupPage},
		"retentionInDays": {change: updates, byDefault: 0, check: validation.IntInSlice([]int{0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653}), request: "PutRetentionPolicy.RetentionInDays", source: logGroupPage},
		"kmsKeyId":        {change: updates, request: "CreateLogGroup.KmsKeyId AssociateKmsKey.KmsKeyId", source: logGroupPage},
		"skipDestroy":     {change: updates, byDefault: false, reason: "decides whether the group is deleted", source: logGroupPage},
		"tags":            {change: updates, request: "CreateLogGroup.Tags TagResource.Tags", source: logGroupPage},
	},
	checkSource: providerSource + "logs/group.go",
	outputs:     []string{"arn", "logGroupClass", "namePrefix", "tagsAll"},
	source:      logGroupPage + "#outputs",
	create:      createLogGroup, read: readLogGroup, update: updateLogGroup,
	remove: func(ctx context.Context, r *request) error {
		if r.state.boolean("skipDestroy") {
			return nil
		}
		_, err := r.cloud.Logs.DeleteLogGroup(ctx, &cloudwatchlogs.DeleteLogGroupInput{LogGroupName: &r.id})
		return gone(err, "ResourceNotFoundException")
	},
}

func createLogGroup(ctx context.Context, r *request) (string, error) {
	name := r.in.str("name")
	in := &cloudwatchlogs.CreateLogGroupInput{LogGroupName: &name, KmsKeyId: r.in.strp("kmsKeyId")}
	if len(r.tags) > 0 {
		in.Tags = r.tags
	}
	if _, err := r.cloud.Logs.CreateLogGroup(ctx, in); err != nil {
		return "", err
	}
	r.id = name
	return name, setRetention(ctx, r)
}

// setRetention keeps the logs for the wanted days; 0 means for ever.
func setRetention(ctx context.Context, r *request) error {
	if days := r.in.int32("retentionInDays"); days != 0 {
		_, err := r.cloud.Logs.PutRetentionPolicy(ctx, &cloudwatchlogs.PutRetentionPolicyInput{LogGroupName: &r.id, RetentionInDays: &days})
		return err
	}
	if r.state.int32("retentionInDays") == 0 {
		return nil
	}
	_, err := r.cloud.Logs.DeleteRetentionPolicy(ctx, &cloudwatchlogs.DeleteRetentionPolicyInput{LogGroupName: &r.id})
	return err
}

func readLogGroup(ctx context.Context, r *request) (map[string]any, error) {
	out, err := r.cloud.Logs.DescribeLogGroups(ctx, &cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePrefix: &r.id})
	if err != nil {
		return nil, err
	}
	for _, group := range out.LogGroups {
		if aws.ToString(group.LogGroupName) != r.id {
			continue
		}
		arn := strings.TrimSuffix(aws.ToString(group.Arn), ":*")
		tags, err := r.cloud.Logs.ListTagsForResource(ctx, &cloudwatchlogs.ListTagsForResourceInput{ResourceArn: &arn})
		if err != nil {
			return nil, err
		}
		class := string(group.LogGroupClass)
		if class == "" {
			class = string(types.LogGroupClassStandard)
		}
		return map[string]any{
			"arn": arn, "name": r.id, "retentionInDays": aws.ToInt32(group.RetentionInDays), "kmsKeyId": group.KmsKeyId,
			"logGroupClass": class, "namePrefix": "", "tags": tags.Tags,
		}, nil
	}
	return nil, errNotFound
}

func updateLogGroup(ctx context.Context, r *request) error {
	if r.changed("retentionInDays") {
		if err := setRetention(ctx, r); err != nil {
			return err
		}
	}
	if r.changed("kmsKeyId") {
		var err error
		if key := r.in.strp("kmsKeyId"); key != nil {
			_, err = r.cloud.Logs.AssociateKmsKey(ctx, &cloudwatchlogs.AssociateKmsKeyInput{LogGroupName: &r.id, KmsKeyId: key})
		} else {
			_, err = r.cloud.Logs.DisassociateKmsKey(ctx, &cloudwatchlogs.DisassociateKmsKeyInput{LogGroupName: &r.id})
		}
		if err != nil {
			return fmt.Errorf("kmsKeyId: %w", err)
		}
	}
	if !r.changed("tags") {
		return nil
	}
	arn := r.state.str("arn")
	put, drop := tagChanges(r)
	if len(drop) > 0 {
		if _, err := r.cloud.Logs.UntagResource(ctx, &cloudwatchlogs.UntagResourceInput{ResourceArn: &arn, TagKeys: drop}); err != nil {
			return err
		}
	}
	if len(put) > 0 {
		_, err := r.cloud.Logs.TagResource(ctx, &cloudwatchlogs.TagResourceInput{ResourceArn: &arn, Tags: put})
		return err
	}
	return nil
}
