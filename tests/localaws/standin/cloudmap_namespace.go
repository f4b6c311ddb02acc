package standin

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery/types"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/servicediscovery"
)

const namespacePage = registry + "servicediscovery/privatednsnamespace/"

var namespaceType = &resourceType{
	token: "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
	args:  sdk.PrivateDnsNamespaceArgs{}, state: sdk.PrivateDnsNamespace{},
	inputs: map[string]prop{
		"name":        {change: replaces, autoName: 255, check: validation.All(validation.StringLenBetween(1, 1024), matching(`^[0-9A-Za-z._-]+$`, "may hold alphanumeric characters, dots, hyphens and underscores")), request: "CreatePrivateDnsNamespace.Name", source: namespacePage},
		"description": {change: updates, request: "CreatePrivateDnsNamespace.Description UpdatePrivateDnsNamespace.Namespace", source: namespacePage},
		// AWS does not tell the VPC of a namespace either.
		"vpc":  {change: replaces, notReadBack: true, request: "CreatePrivateDnsNamespace.Vpc", source: namespacePage},
		"tags": {change: updates, request: "CreatePrivateDnsNamespace.Tags TagResource.Tags", source: namespacePage},
	},
	checkSource: providerSource + "servicediscovery/private_dns_namespace.go",
	outputs:     []string{"arn", "hostedZone", "tagsAll"},
	source:      namespacePage + "#outputs",
	create: func(ctx context.Context, r *request) (string, error) {
		out, err := r.cloud.CloudMap.CreatePrivateDnsNamespace(ctx, &servicediscovery.CreatePrivateDnsNamespaceInput{
			Name: r.in.strp("name"), Vpc: r.in.strp("vpc"), Description: r.in.strp("description"), Tags: cloudMapTags(r.tags),
		})
		if err != nil {
			return "", err
		}
		targets, err := awaitOperation(ctx, r, out.OperationId)
		return targets[string(types.OperationTargetTypeNamespace)], err
	},
	read: readNamespace,
	update: func(ctx context.Context, r *request) error {
		if r.changed("description") {
			out, err := r.cloud.CloudMap.UpdatePrivateDnsNamespace(ctx, &servicediscovery.UpdatePrivateDnsNamespaceInput{
				Id: &r.id, Namespace: &types.PrivateDnsNamespaceChange{Description: aws.String(r.in.str("description"))},
			})
			if err != nil {
				return err
			}
			if _, err := awaitOperation(ctx, r, out.OperationId); err != nil {
				return err
			}
		}
		return updateCloudMapTags(ctx, r)
	},
	remove: func(ctx context.Context, r *request) error {
		out, err := r.cloud.CloudMap.DeleteNamespace(ctx, &servicediscovery.DeleteNamespaceInput{Id: &r.id})
		if err != nil {
			return gone(err, "NamespaceNotFound")
		}
		_, err = awaitOperation(ctx, r, out.OperationId)
		return err
	},
	// An import names the namespace and its VPC: NAMESPACE:VPC.
	importID: func(_ context.Context, r *request, id string) (string, error) {
		namespace, vpc, ok := strings.Cut(id, ":")
		if !ok {
			return "", fmt.Errorf("%q does not name a namespace and its VPC; write NAMESPACE:VPC", id)
		}
		r.state = object(resourceMap(map[string]any{"vpc": vpc}))
		return namespace, nil
	},
}

// awaitOperation waits for what Cloud Map does in the background, and returns
// what it did it to.
func awaitOperation(ctx context.Context, r *request, id *string) (targets map[string]string, err error) {
	err = r.wait(ctx, "Cloud Map operation "+aws.ToString(id)+" to succeed", func() (bool, string, error) {
		out, err := r.cloud.CloudMap.GetOperation(ctx, &servicediscovery.GetOperationInput{OperationId: id})
		if err != nil {
			return false, "", err
		}
		targets = out.Operation.Targets
		if out.Operation.Status == types.OperationStatusFail {
			return false, "", fmt.Errorf("%s: %s", aws.ToString(out.Operation.ErrorCode), aws.ToString(out.Operation.ErrorMessage))
		}
		return out.Operation.Status == types.OperationStatusSuccess, string(out.Operation.Status), nil
	})
	return targets, err
}

func readNamespace(ctx context.Context, r *request) (map[string]any, error) {
	out, err := r.cloud.CloudMap.GetNamespace(ctx, &servicediscovery.GetNamespaceInput{Id: &r.id})
	if err != nil {
		return nil, notFound(err, "NamespaceNotFound")
	}
	tags, err := listCloudMapTags(ctx, r, out.Namespace.Arn)
	if err != nil {
		return nil, err
	}
	read := map[string]any{"arn": out.Namespace.Arn, "name": out.Namespace.Name, "description": aws.ToString(out.Namespace.Description), "tags": tags}
	if p := out.Namespace.Properties; p != nil && p.DnsProperties != nil {
		read["hostedZone"] = p.DnsProperties.HostedZoneId
	}
	return read, nil
}

func cloudMapTags(tags map[string]string) []types.Tag {
	var out []types.Tag
	for _, k := range sortedKeys(tags) {
		out = append(out, types.Tag{Key: aws.String(k), Value: aws.String(tags[k])})
	}
	return out
}

func listCloudMapTags(ctx context.Context, r *request, arn *string) (map[string]string, error) {
	out, err := r.cloud.CloudMap.ListTagsForResource(ctx, &servicediscovery.ListTagsForResourceInput{ResourceARN: arn})
	if err != nil {
		return nil, err
	}
	tags := map[string]string{}
	for _, t := range out.Tags {
		tags[aws.ToString(t.Key)] = aws.ToString(t.Value)
	}
	return ownTags(tags), nil
}

func updateCloudMapTags(ctx context.Context, r *request) error {
	if !r.changed("tags") {
		return nil
	}
	arn := r.state.strp("arn")
	put, drop := tagChanges(r)
	if len(drop) > 0 {
		if _, err := r.cloud.CloudMap.UntagResource(ctx, &servicediscovery.UntagResourceInput{ResourceARN: arn, TagKeys: drop}); err != nil {
			return err
		}
	}
	if len(put) > 0 {
		_, err := r.cloud.CloudMap.TagResource(ctx, &servicediscovery.TagResourceInput{ResourceARN: arn, Tags: cloudMapTags(put)})
		return err
	}
	return nil
}
