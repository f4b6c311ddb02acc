package components

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/host"
)

// invalidArgs is the one error that a constructor returns for bad arguments.
func invalidArgs(component, name string, faults error) error {
	return fmt.Errorf("%s %q has invalid arguments:\n%w", component, name, faults)
}

// invalidFunctionArgs is the one error that a function returns for bad
// arguments.
func invalidFunctionArgs(function string, faults error) error {
	return fmt.Errorf("%s has invalid arguments:\n%w", function, faults)
}

// or is the value behind p, or the default where p is unset.
func or[T any](p *T, def T) T {
	if p == nil {
		return def
	}
	return *p
}

// notEmpty is nil for the empty text, so that a default can take its place.
func notEmpty(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func orText(in pulumi.StringPtrInput, def string) pulumi.StringOutput {
	if in == nil {
		return pulumi.String(def).ToStringOutput()
	}
	return in.ToStringPtrOutput().ApplyT(func(p *string) string { return or(p, def) }).(pulumi.StringOutput)
}

func orEmpty(in pulumi.StringPtrInput) pulumi.StringOutput { return orText(in, "") }

func orNone(in pulumi.StringArrayInput) pulumi.StringArrayOutput {
	if in == nil {
		return pulumi.StringArray{}.ToStringArrayOutput()
	}
	return in.ToStringArrayOutput()
}

// await returns the value of an output, and whether it is known. It blocks
// until the output resolves, so it is for facts, not for what AWS assigns.
func await[T any](ctx *pulumi.Context, o pulumi.Output) (v T, known bool, err error) {
	r, err := internals.UnsafeAwaitOutput(ctx.Context(), o)
	if err != nil || !r.Known {
		return v, false, err
	}
	v, _ = r.Value.(T)
	return v, true, nil
}

// checkKnown runs a check on an input's value when that value is known without
// holding a user's program back: at preview, and always in the plugin. During
// an update of a Go program the value has passed its preview, or is checked
// where it is used.
func checkKnown[T any](ctx *pulumi.Context, in pulumi.Input, check func(T)) error {
	if in == nil {
		return nil
	}
	if !ctx.DryRun() && !host.Plugin() {
		return nil
	}
	v, known, err := await[T](ctx, pulumi.ToOutput(in))
	if err == nil && known {
		check(v)
	}
	return err
}

// checkText is checkKnown for a text, required or optional.
func checkText(ctx *pulumi.Context, in pulumi.Input, check func(string)) error {
	return checkKnown(ctx, in, func(v any) {
		switch text := v.(type) {
		case string:
			check(text)
		case *string:
			if text != nil {
				check(*text)
			}
		}
	})
}

// checkOneOf adds a fault when a known text is not one of the allowed values.
func checkOneOf(ctx *pulumi.Context, faults *field.Faults, path string, in pulumi.Input, allowed []string) error {
	return checkText(ctx, in, func(text string) {
		if !slices.Contains(allowed, text) {
			faults.Add(path, text, "is not a known value", "write one of "+quoted(allowed))
		}
	})
}

// checkEnum is checkOneOf for a plain enum.
func checkEnum[T ~string](faults *field.Faults, path string, v *T, allowed ...T) {
	if v == nil || slices.Contains(allowed, *v) {
		return
	}
	names := make([]string, len(allowed))
	for i, a := range allowed {
		names[i] = string(a)
	}
	faults.Add(path, string(*v), "is not a known value", "write one of "+quoted(names))
}

func checkRange(faults *field.Faults, path string, value, low, high int) {
	if value < low || value > high {
		faults.Add(path, value, fmt.Sprintf("is not in the range %d to %d", low, high), "choose a number in that range")
	}
}

func quoted(values []string) string {
	q := make([]string, len(values))
	for i, v := range values {
		q[i] = strconv.Quote(v)
	}
	return strings.Join(q, ", ")
}

// nameTag is the user's tags over a Name tag that shows the child's name in
// the AWS console.
func nameTag(tags pulumi.StringMapInput, name string) pulumi.StringMapInput {
	if tags == nil {
		return pulumi.StringMap{"Name": pulumi.String(name)}
	}
	if known, ok := tags.(pulumi.StringMap); ok {
		merged := pulumi.StringMap{"Name": pulumi.String(name)}
		for k, v := range known {
			merged[k] = v
		}
		return merged
	}
	return tags.ToStringMapOutput().ApplyT(func(tags map[string]string) map[string]string {
		merged := map[string]string{"Name": name}
		for k, v := range tags {
			merged[k] = v
		}
		return merged
	}).(pulumi.StringMapOutput)
}

// outputsOf collects the outputs of a component by the names in its tags, so
// that the struct is the only list of them.
func outputsOf(component pulumi.ComponentResource) pulumi.Map {
	m := pulumi.Map{}
	eachOutput(component, func(name string, field reflect.Value) { m[name] = field.Interface().(pulumi.Input) })
	return m
}

// eachOutput visits the outputs of a component.
func eachOutput(component pulumi.ComponentResource, visit func(name string, field reflect.Value)) {
	v := reflect.ValueOf(component).Elem()
	for i := range v.NumField() {
		if name := v.Type().Field(i).Tag.Get("pulumi"); name != "" {
			visit(name, v.Field(i))
		}
	}
}

// sortedKeys are a map's keys in order, so that what is made of a map does not
// depend on chance.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// appendNew appends the values that are not in the list yet.
func appendNew(list []string, values ...string) []string {
	for _, v := range values {
		if !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}
