package standin

import (
	"context"
	"strings"
	"sync"

	tf "github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shimv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	engine "github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// resources are the types as Terraform's SDK has them; they are the same for
// every server, which the SDK hands to their functions as its "meta".
var resources = sync.OnceValue(func() map[string]*tf.Resource {
	out := map[string]*tf.Resource{}
	for _, t := range table() {
		out[t.terraformName()] = t.resource()
	}
	return out
})

// terraformName names the type to Terraform's SDK: "aws:ec2/vpc:Vpc" is
// "aws_ec2_vpc".
func (t *resourceType) terraformName() string {
	module, _, _ := strings.Cut(strings.TrimPrefix(t.token, "aws:"), ":")
	return "aws_" + strings.ReplaceAll(attributeName(module), "/", "_")
}

// newBridge returns the provider that Pulumi's bridge makes of the types: it
// checks, compares, names, completes and shapes as it does in the official one.
func newBridge(s *Server, host *engine.HostClient) pulumirpc.ResourceProviderServer {
	p := &tf.Provider{ResourcesMap: resources()}
	p.SetMeta(s)
	info := tfbridge.ProviderInfo{
		P: shimv2.NewProvider(p), Name: "aws", Version: version, Resources: map[string]*tfbridge.ResourceInfo{},
	}
	for _, t := range table() {
		r := &tfbridge.ResourceInfo{
			Tok: tokens.Type(t.token), Fields: infos(t.properties), DeleteBeforeReplace: t.deleteFirst,
		}
		if t.hasTags() {
			r.PreCheckCallback = func(_ context.Context, in, _ resource.PropertyMap) (resource.PropertyMap, error) {
				return applyTags(s.tags(), in), nil
			}
		}
		info.Resources[t.terraformName()] = r
	}
	return tfbridge.NewProvider(context.Background(), host, "aws", version, info.P, info, nil)
}

// applyTags writes a resource's tags over the provider's default tags into both
// tags and tagsAll, as pulumi-aws 6 does before it checks a resource's inputs.
// One tag that is not known yet makes all of them so.
func applyTags(defaults map[string]string, in resource.PropertyMap) resource.PropertyMap {
	out := in.Copy()
	all := unknown
	if !in["tags"].ContainsUnknowns() {
		merged := allTags(defaults, object(in).strMap("tags"))
		if len(merged) == 0 {
			delete(out, "tags")
			delete(out, "tagsAll")
			return out
		}
		all = resource.NewPropertyValue(merged)
	}
	out["tags"], out["tagsAll"] = all, all
	return out
}

// allTags are a resource's tags over the provider's default tags.
func allTags(defaults, own map[string]string) map[string]string {
	all := map[string]string{}
	for _, tags := range []map[string]string{defaults, own} {
		for k, v := range tags {
			all[k] = v
		}
	}
	return all
}
