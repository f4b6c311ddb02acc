// Package gen makes the committed schema.json of this repository.
package gen

import (
	"fmt"
	"path/filepath"

	"github.com/ecsnet/pulumi-ecsnet/provider"
	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schemagen"
)

// Schema returns what schema.json must hold, from the components and functions
// that are compiled in and their source under the repository's root.
func Schema(root string) ([]byte, error) {
	docs, err := schemagen.ReadDocs(filepath.Join(root, "components"))
	if err != nil {
		return nil, fmt.Errorf("run this from the repository's root: %w", err)
	}
	var list []schemagen.Component
	for _, c := range provider.Components() {
		list = append(list, schemagen.Component{Args: c.Args, Resource: c.Resource})
	}
	var functions []schemagen.Function
	for _, f := range provider.Functions() {
		functions = append(functions, schemagen.Function{Name: f.Name, Args: f.Args, Result: f.Result})
	}
	pkg := schemagen.Info(provider.Version)
	if err := schemagen.Generate(pkg, list, functions, docs); err != nil {
		return nil, err
	}
	return pkg.Marshal()
}
