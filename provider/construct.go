package provider

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/provider/internal/inputs"
)

// checkInputs checks a request's inputs against the schema, puts the values of
// plain arguments in the form that a plain Go field takes, and takes out what is
// malformed.
func checkInputs(req *pulumirpc.ConstructRequest) (malformed field.Faults, err error) {
	pkg, err := parsedSchema()
	if err != nil {
		return nil, err
	}
	options := plugin.MarshalOptions{
		KeepUnknowns:     true,
		KeepSecrets:      true,
		KeepResources:    true,
		KeepOutputValues: true,
	}
	in, err := plugin.UnmarshalProperties(req.GetInputs(), options)
	if err != nil {
		return nil, fmt.Errorf("reading the arguments: %w", err)
	}
	in, malformed = inputs.Check(pkg, req.GetType(), in)
	for name := range req.GetInputDependencies() {
		if _, kept := in[resource.PropertyKey(name)]; !kept {
			delete(req.GetInputDependencies(), name)
		}
	}
	for name, property := range pkg.Resources[req.GetType()].InputProperties {
		if property.Plain {
			// What a plain argument depends on is written on the outputs inside
			// it; the list for the whole would ask for a field that is an Input.
			delete(req.GetInputDependencies(), name)
		}
	}
	req.Inputs, err = plugin.MarshalProperties(in, options)
	return malformed, err
}
