package standin

import (
	"context"
	"fmt"
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

// byName turns the name that an import gives into the ARN that is the id.
func byName(kind string) func(context.Context, *request, string) (string, error) {
	return func(ctx context.Context, r *request, name string) (string, error) {
		owner, err := r.account(ctx)
		if err != nil {
			return "", err
		}
		p, _ := partition(r.cloud.Region())
		return fmt.Sprintf("arn:%s:ecs:%s:%s:%s/%s", p, r.cloud.Region(), owner, kind, name), nil
	}
}
