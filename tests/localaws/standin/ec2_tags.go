package standin

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

func ec2Tags(tags map[string]string) []types.Tag {
	var out []types.Tag
	for _, k := range sortedKeys(tags) {
		out = append(out, types.Tag{Key: aws.String(k), Value: aws.String(tags[k])})
	}
	return out
}

// ec2TagSpec tags a resource as it is made.
func ec2TagSpec(kind types.ResourceType, tags map[string]string) []types.TagSpecification {
	if len(tags) == 0 {
		return nil
	}
	return []types.TagSpecification{{ResourceType: kind, Tags: ec2Tags(tags)}}
}

func fromEC2Tags(tags []types.Tag) map[string]string {
	out := map[string]string{}
	for _, t := range tags {
		// Tags of AWS's own are nobody's to manage.
		if !strings.HasPrefix(aws.ToString(t.Key), "aws:") {
			out[aws.ToString(t.Key)] = aws.ToString(t.Value)
		}
	}
	return out
}

// updateEC2Tags makes the resource's tags those wanted.
func updateEC2Tags(ctx context.Context, r *request) error {
	if !r.changed("tags") {
		return nil
	}
	put, drop := tagChanges(r)
	if len(drop) > 0 {
		var gone []types.Tag
		for _, k := range drop {
			gone = append(gone, types.Tag{Key: aws.String(k)})
		}
		if _, err := r.cloud.EC2.DeleteTags(ctx, &ec2.DeleteTagsInput{Resources: []string{r.id}, Tags: gone}); err != nil {
			return err
		}
	}
	if len(put) > 0 {
		_, err := r.cloud.EC2.CreateTags(ctx, &ec2.CreateTagsInput{Resources: []string{r.id}, Tags: ec2Tags(put)})
		return err
	}
	return nil
}

// tagChanges returns the tags to set and the keys to drop.
func tagChanges(r *request) (put map[string]string, drop []string) {
	put = map[string]string{}
	for k, v := range r.tags {
		if was, ok := r.oldTags[k]; !ok || was != v {
			put[k] = v
		}
	}
	for _, k := range sortedKeys(r.oldTags) {
		if _, ok := r.tags[k]; !ok {
			drop = append(drop, k)
		}
	}
	return put, drop
}
