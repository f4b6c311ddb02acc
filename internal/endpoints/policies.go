package endpoints

import (
	"fmt"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/iamdoc"
)

// bucketActions are what a task may do with a bucket that the user listed, and
// with its objects. Not s3:*: a task reads and writes; it does not change the
// bucket's policy, replication or public access.
var (
	bucketActions = []string{"s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"}
	objectActions = []string{
		"s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion",
		"s3:ListMultipartUploadParts", "s3:PutObject", "s3:PutObjectTagging",
	}
)

// S3Policy returns the policy of the S3 gateway endpoint of an isolated
// network: reading the image layers that ECR keeps in a bucket of its own, and
// reading, writing and listing the named buckets. Nothing else leaves through
// S3, which is the way out that an isolated network would otherwise have.
//
// The layers' bucket is open to every principal because ECS fetches them with a
// principal of AWS's own, not with the task's.
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
func S3Policy(partition, region string, buckets []string) (string, error) {
	if DnsSuffix(partition) == "" || region == "" {
		return "", fmt.Errorf("S3 endpoint policy: partition %q and region %q must both be known", partition, region)
	}
	arn := "arn:" + partition + ":s3:::"
	statements := []iamdoc.Statement{
		iamdoc.Pass("EcrLayers", "s3:GetObject", arn+"prod-"+region+"-starport-layer-bucket/*", nil),
	}
	if len(buckets) > 0 {
		sorted := slices.Compact(slices.Sorted(slices.Values(buckets)))
		var names, objects []string
		for _, b := range sorted {
			names = append(names, arn+b)
			objects = append(objects, arn+b+"/*")
		}
		statements = append(statements,
			iamdoc.Pass("Buckets", bucketActions, names, nil),
			iamdoc.Pass("Objects", objectActions, objects, nil))
	}
	text := iamdoc.Write(statements...)
	if len(text) > maxPolicy {
		return "", fmt.Errorf("S3 endpoint policy: %d buckets make %d characters, and AWS takes %d; list fewer in s3Buckets", len(buckets), len(text), maxPolicy)
	}
	return text, nil
}

// maxPolicy is the length of an endpoint policy that AWS takes, in characters.
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
const maxPolicy = 20480

// OpenPolicy is AWS's default endpoint policy, written out: everyone, every
// action, every resource. It has to be sent, because the aws provider keeps an
// endpoint's policy when the argument goes away.
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html#default-endpoint-policy
func OpenPolicy() string {
	return `{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`
}

// AccountPolicy returns the policy of an interface endpoint of an isolated
// network: anything, but for principals of one account only, and for AWS's own
// services, which act in the network on the account's behalf. Nobody in the
// network can have the credentials of those.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice
// https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/vpc_endpoint_policies
//
// The wildcards are the point of it. An endpoint policy grants nothing: it
// bounds what passes through the endpoint, and what a principal may do is said
// by its own policies. Without the condition, credentials of another account
// that someone carries into the network could carry data out through the
// endpoint.
func AccountPolicy(account string) string {
	return iamdoc.Write(
		iamdoc.Pass("ThisAccount", "*", "*", iamdoc.Condition{"StringEquals": {"aws:PrincipalAccount": account}}),
		iamdoc.Pass("AwsServices", "*", "*", iamdoc.Condition{"Bool": {"aws:PrincipalIsAWSService": "true"}}),
	)
}
