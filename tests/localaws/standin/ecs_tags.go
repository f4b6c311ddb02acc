package standin

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

func ecsTags(tags map[string]string) []types.Tag {
	var out []types.Tag
	for _, k := range sortedKeys(tags) {
		out = append(out, types.Tag{Key: aws.String(k), Value: aws.String(tags[k])})
	}
	return out
}

func fromECSTags(tags []types.Tag) map[string]string {
	out := map[string]string{}
	for _, t := range tags {
		if !strings.HasPrefix(aws.ToString(t.Key), "aws:") {
			out[aws.ToString(t.Key)] = aws.ToString(t.Value)
		}
	}
	return out
}

// updateECSTags makes the tags of the resource arn those wanted.
func updateECSTags(ctx context.Context, r *request, arn string) error {
	if !r.changed("tags") {
		return nil
	}
	put, drop := tagChanges(r)
	if len(drop) > 0 {
		if _, err := r.cloud.ECS.UntagResource(ctx, &ecs.UntagResourceInput{ResourceArn: &arn, TagKeys: drop}); err != nil {
			return err
		}
	}
	if len(put) > 0 {
		_, err := r.cloud.ECS.TagResource(ctx, &ecs.TagResourceInput{ResourceArn: &arn, Tags: ecsTags(put)})
		return err
	}
	return nil
}
