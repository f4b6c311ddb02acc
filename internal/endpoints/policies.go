package endpoints

import (
	"encoding/json"
	"fmt"
	"slices"
)

// document is an IAM policy document. Structs, not maps, so that the same
// policy is the same text every time; a text that changes is an update.
type document struct {
	Version   string
	Statement []statement
}

type statement struct {
	Sid       string `json:",omitempty"`
	Effect    string
	Principal any `json:",omitempty"`
	Action    any
	Resource  any
	Condition map[string]map[string]string `json:",omitempty"`
}

// text returns the document as JSON. It has nothing in it that cannot be
// written.
func (d document) text() string {
	b, err := json.Marshal(d)
	if err != nil {
		panic(err) // strings, and slices and maps of strings, always marshal
	}
	return string(b)
}

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
	doc := document{Version: "2012-10-17", Statement: []statement{{
		Sid: "EcrLayers", Effect: "Allow", Principal: "*", Action: "s3:GetObject",
		Resource: arn + "prod-" + region + "-starport-layer-bucket/*",
	}}}
	if len(buckets) > 0 {
		sorted := slices.Compact(slices.Sorted(slices.Values(buckets)))
		var names, objects []string
		for _, b := range sorted {
			names = append(names, arn+b)
			objects = append(objects, arn+b+"/*")
		}
		doc.Statement = append(doc.Statement,
			statement{Sid: "Buckets", Effect: "Allow", Principal: "*", Action: bucketActions, Resource: names},
			statement{Sid: "Objects", Effect: "Allow", Principal: "*", Action: objectActions, Resource: objects})
	}
	text := doc.text()
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
	only := func(sid, operator, key, value string) statement {
		return statement{
			Sid: sid, Effect: "Allow", Principal: "*", Action: "*", Resource: "*",
			Condition: map[string]map[string]string{operator: {key: value}},
		}
	}
	return document{Version: "2012-10-17", Statement: []statement{
		only("ThisAccount", "StringEquals", "aws:PrincipalAccount", account),
		only("AwsServices", "Bool", "aws:PrincipalIsAWSService", "true"),
	}}.text()
}
