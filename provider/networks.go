package provider

import (
	"fmt"
	"slices"
	"strings"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/components"
	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

// references reads back the components that a program passes to others. Of all
// networks a service sees one Go type, because all have the same outputs; the
// same goes for all ingresses. A cluster is read as what it is.
type references struct{ version semver.Version }

// Version of the module. The sdk picks a module by the major version of the
// package that made the reference.
func (r references) Version() semver.Version { return r.version }

// Construct reads the component behind a resource reference.
func (references) Construct(ctx *pulumi.Context, name, typ, urn string) (pulumi.Resource, error) {
	switch {
	case slices.Contains(components.NetworkTypes, typ):
		return components.ReadNetwork(ctx, name, typ, urn)
	case slices.Contains(components.IngressTypes, typ):
		return components.ReadIngress(ctx, name, typ, urn)
	case slices.Contains(components.ClusterTypes, typ):
		return components.ReadCluster(ctx, name, typ, urn)
	}
	return nil, fmt.Errorf("%s %q is neither a network nor an ingress nor a cluster; pass one of %s", typ, name,
		shortNames(slices.Concat(components.NetworkTypes, components.IngressTypes, components.ClusterTypes)))
}

// init registers the module here and not in package components, where it would
// clash with the generated Go SDK in a program that uses both.
func init() {
	pulumi.RegisterResourceModule(schema.Name, "index", references{semver.MustParse(Version)})
}

func shortNames(tokens []string) string {
	names := make([]string, len(tokens))
	for i, t := range tokens {
		names[i] = schema.ShortName(t)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
