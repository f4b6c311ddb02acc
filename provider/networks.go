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

// networks reads back the network that a program passes to a service. Whatever
// its component, a service sees one Go type, because all networks have the
// same outputs.
type networks struct{ version semver.Version }

// Version of the module. The sdk picks a module by the major version of the
// package that made the reference.
func (n networks) Version() semver.Version { return n.version }

// Construct reads the component behind a resource reference.
func (networks) Construct(ctx *pulumi.Context, name, typ, urn string) (pulumi.Resource, error) {
	if !slices.Contains(components.NetworkTypes, typ) {
		return nil, fmt.Errorf("%s %q is not a network; pass one of %s", typ, name, shortNames(components.NetworkTypes))
	}
	return components.ReadNetwork(ctx, name, typ, urn)
}

// init registers the module here and not in package components, where it would
// clash with the generated Go SDK in a program that uses both.
func init() {
	pulumi.RegisterResourceModule(schema.Name, "index", networks{semver.MustParse(Version)})
}

func shortNames(tokens []string) string {
	names := make([]string, len(tokens))
	for i, t := range tokens {
		names[i] = schema.ShortName(t)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
