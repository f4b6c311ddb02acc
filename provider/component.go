package provider

import (
	"fmt"
	"reflect"
	"runtime/debug"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"

	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

// Component is one component as the plugin serves it.
type Component struct {
	// Token is the component's type: ecsnet:index:IsolatedVpc.
	Token string
	// Args and Resource are the Go structs of its inputs and its outputs.
	Args, Resource reflect.Type

	construct func(*pulumi.Context, string, provider.ConstructInputs, pulumi.ResourceOption) (pulumi.ComponentResource, error)
}

// constructor is what every component has: the function that Go programs call.
type constructor[A any, R any] = func(*pulumi.Context, string, *A, ...pulumi.ResourceOption) (*R, error)

// serve adapts an ordinary constructor to the plugin. The options come from
// the user's program as one and are passed on whole, so that aliases,
// transforms, protect and providers work as they do in Go.
func serve[A any, R any](construct constructor[A, R]) Component {
	resource := reflect.TypeFor[R]()
	c := Component{
		Token:    schema.Token(resource.Name()),
		Args:     reflect.TypeFor[A](),
		Resource: resource,
	}
	c.construct = func(ctx *pulumi.Context, name string, in provider.ConstructInputs, opt pulumi.ResourceOption) (
		component pulumi.ComponentResource, err error,
	) {
		defer func() {
			if cause := recover(); cause != nil {
				err = panicError(fmt.Sprintf("%s %q", schema.ShortName(c.Token), name), cause)
			}
		}()
		args := new(A)
		if err := in.CopyTo(args); err != nil {
			return nil, err
		}
		made, err := construct(ctx, name, args, opt)
		if err != nil {
			return nil, err
		}
		component, ok := any(made).(pulumi.ComponentResource)
		if !ok {
			return nil, fmt.Errorf("%v is not a component resource", reflect.TypeFor[*R]())
		}
		return component, nil
	}
	return c
}

// panicError says what failed and asks for a report: a panic is always our
// fault, and the stack is what we need to mend it.
func panicError(what string, cause any) error {
	return fmt.Errorf("%s failed inside the plugin: %v\n"+
		"This is a bug in ecsnet %s; please report it at https://github.com/ecsnet/pulumi-ecsnet/issues with this text:\n%s",
		what, cause, Version, debug.Stack())
}
