package host

import (
	"context"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

type faultsKey struct{}

// WithFaults hands a constructor the faults that the plugin found in the form
// of its arguments, so that it reports them together with its own.
func WithFaults(ctx context.Context, faults field.Faults) context.Context {
	return context.WithValue(ctx, faultsKey{}, faults)
}

// Faults returns what the plugin found; nothing in a Go program, whose compiler
// checks the form.
func Faults(ctx context.Context) field.Faults {
	faults, _ := ctx.Value(faultsKey{}).(field.Faults)
	return faults
}
