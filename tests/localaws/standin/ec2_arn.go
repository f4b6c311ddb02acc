package standin

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// partition returns the partition of a region.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
func partition(region string) (name, dnsSuffix string) {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn", "amazonaws.com.cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov", "amazonaws.com"
	default:
		return "aws", "amazonaws.com"
	}
}

// account returns the caller's account. It is asked past the record: the
// official provider learns it once, when it is configured.
func (r *request) account(ctx context.Context) (string, error) {
	out, err := r.cloud.Raw().STS.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return "", err
	}
	return aws.ToString(out.Account), nil
}

// ec2ARN returns the ARN of an EC2 resource, for those whose API returns none.
func (r *request) ec2ARN(kind, owner, id string) string {
	p, _ := partition(r.cloud.Region())
	return fmt.Sprintf("arn:%s:ec2:%s:%s:%s/%s", p, r.cloud.Region(), owner, kind, id)
}
