package provider

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/mapper"

	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

// Function is one function as the plugin serves it. It makes nothing: what it
// returns depends on its arguments alone.
type Function struct {
	// Name that Go programs call it by: PlanSubnets.
	Name string
	// Token of the function: ecsnet:index:planSubnets.
	Token string
	// Args and Result are the Go structs of its inputs and its outputs.
	Args, Result reflect.Type

	call func(resource.PropertyMap) (resource.PropertyMap, error)
}

// serveFunction adapts an ordinary function to the plugin. It is called what
// its result is called: PlanSubnets returns a PlanSubnetsResult.
func serveFunction[A any, R any](f func(*A) (*R, error)) Function {
	result := reflect.TypeFor[R]()
	name := strings.TrimSuffix(result.Name(), "Result")
	s := Function{
		Name:   name,
		Token:  schema.FunctionToken(name),
		Args:   reflect.TypeFor[A](),
		Result: result,
	}
	s.call = func(in resource.PropertyMap) (out resource.PropertyMap, err error) {
		defer func() {
			if cause := recover(); cause != nil {
				err = panicError(schema.ShortName(s.Token), cause)
			}
		}()
		args := new(A)
		decode(resource.NewProperty(in), reflect.ValueOf(args).Elem())
		made, err := f(args)
		if err != nil {
			return nil, err
		}
		values, failure := mapper.New(nil).Encode(made)
		if failure != nil { // by itself: a nil MappingError is not a nil error
			return nil, fmt.Errorf("writing the result: %w", failure)
		}
		return resource.NewPropertyMapFromMap(values), nil
	}
	return s
}
