package standin

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2"
)

// ownTags drops the tags that are AWS's own.
func ownTags(tags map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range tags {
		if !strings.HasPrefix(k, "aws:") {
			out[k] = v
		}
	}
	return out
}

// updateGatewayTags makes the tags of a part of API Gateway those wanted.
func updateGatewayTags(ctx context.Context, r *request, arn string) error {
	if !r.changed("tags") {
		return nil
	}
	put, drop := tagChanges(r)
	if len(drop) > 0 {
		if _, err := r.cloud.Gateway.UntagResource(ctx, &apigatewayv2.UntagResourceInput{ResourceArn: &arn, TagKeys: drop}); err != nil {
			return err
		}
	}
	if len(put) > 0 {
		_, err := r.cloud.Gateway.TagResource(ctx, &apigatewayv2.TagResourceInput{ResourceArn: &arn, Tags: put})
		return err
	}
	return nil
}
