package main

import (
	"context"
	"fmt"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// alone refuses every other package: an SDK that refers to the types of another
// one depends on it, and with aws would load many times slower.
type alone struct{}

var _ schema.Loader = alone{}

func (alone) LoadPackage(name string, _ *semver.Version) (*schema.Package, error) {
	return nil, fmt.Errorf("schema.json refers to the package %q; ecsnet's SDKs depend on pulumi alone", name)
}

func (a alone) LoadPackageV2(_ context.Context, d *schema.PackageDescriptor) (*schema.Package, error) {
	return a.LoadPackage(d.Name, d.Version)
}
