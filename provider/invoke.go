package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/provider/internal/inputs"
)

// Invoke answers function calls.
func (s *server) Invoke(_ context.Context, req *pulumirpc.InvokeRequest) (*pulumirpc.InvokeResponse, error) {
	function, ok := s.functions[req.GetTok()]
	if !ok {
		return nil, s.unknown("function", req.GetTok())
	}
	out, err := invoke(function, req)
	if err != nil {
		return nil, rpcError(err)
	}
	result, err := plugin.MarshalProperties(out, plugin.MarshalOptions{KeepSecrets: true})
	if err != nil {
		return nil, rpcError(err)
	}
	return &pulumirpc.InvokeResponse{Return: result}, nil
}

func invoke(function Function, req *pulumirpc.InvokeRequest) (resource.PropertyMap, error) {
	pkg, err := parsedSchema()
	if err != nil {
		return nil, err
	}
	in, err := plugin.UnmarshalProperties(req.GetArgs(), plugin.MarshalOptions{
		KeepUnknowns: true, KeepSecrets: true, KeepResources: true, KeepOutputValues: true,
	})
	if err != nil {
		return nil, fmt.Errorf("reading the arguments: %w", err)
	}
	in, secret, faults := inputs.CheckFunction(pkg, function.Token, in)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	out, err := function.call(in)
	switch {
	case !secret:
		return out, err
	case err != nil:
		return nil, withoutValues(err)
	}
	// What follows from a secret may show it.
	for name, value := range out {
		out[name] = resource.MakeSecret(value)
	}
	return out, nil
}

// withoutValues says which arguments are wrong and not what is wrong with
// them, because one of them is a secret. The key of a map can be that, too.
func withoutValues(err error) error {
	var faults field.Faults
	if !errors.As(err, &faults) {
		return err
	}
	var bare field.Faults
	for _, f := range faults {
		bare.Add(f.Argument(), nil, "is wrong; the values are not shown, because an argument of this call is a secret", "")
	}
	return bare.Err()
}
