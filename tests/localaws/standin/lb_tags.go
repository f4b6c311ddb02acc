package standin

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

func elbTags(tags map[string]string) []types.Tag {
	var out []types.Tag
	for _, k := range sortedKeys(tags) {
		out = append(out, types.Tag{Key: aws.String(k), Value: aws.String(tags[k])})
	}
	return out
}

// readELBTags returns the tags of the load balancer, target group or listener.
func readELBTags(ctx context.Context, r *request) (map[string]string, error) {
	out, err := r.cloud.ELB.DescribeTags(ctx, &elb.DescribeTagsInput{ResourceArns: []string{r.id}})
	if err != nil {
		return nil, err
	}
	tags := map[string]string{}
	for _, d := range out.TagDescriptions {
		for _, t := range d.Tags {
			if !strings.HasPrefix(aws.ToString(t.Key), "aws:") {
				tags[aws.ToString(t.Key)] = aws.ToString(t.Value)
			}
		}
	}
	return tags, nil
}

// updateELBTags makes the resource's tags those wanted.
func updateELBTags(ctx context.Context, r *request) error {
	if !r.changed("tags") {
		return nil
	}
	put, drop := tagChanges(r)
	if len(drop) > 0 {
		if _, err := r.cloud.ELB.RemoveTags(ctx, &elb.RemoveTagsInput{ResourceArns: []string{r.id}, TagKeys: drop}); err != nil {
			return err
		}
	}
	if len(put) > 0 {
		_, err := r.cloud.ELB.AddTags(ctx, &elb.AddTagsInput{ResourceArns: []string{r.id}, Tags: elbTags(put)})
		return err
	}
	return nil
}
