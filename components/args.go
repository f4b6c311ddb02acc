package components

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/host"
	"github.com/ecsnet/pulumi-ecsnet/internal/words"
)

// invalidArgs is the one error that a constructor returns for bad arguments.
func invalidArgs(component, name string, faults error) error {
	return fmt.Errorf("%s %q has invalid arguments:\n%w", component, name, faults)
}

// refuse returns the one error of a constructor for wrong arguments, or nil.
func refuse(ctx *pulumi.Context, component, name string, faults field.Faults) error {
	if err := allFaults(ctx, faults).Err(); err != nil {
		return invalidArgs(component, name, err)
	}
	return nil
}

// allFaults are the faults in the form of the arguments, which the plugin found
// before, and those of their values. What is malformed is left out of what the
// component sees, so what it says of that is left out too.
func allFaults(ctx *pulumi.Context, own field.Faults) field.Faults {
	malformed := host.Faults(ctx.Context())
	all := slices.Clone(malformed)
	for _, fault := range own {
		if !slices.ContainsFunc(malformed, func(m field.Fault) bool { return follows(fault, m) }) {
			all = append(all, fault)
		}
	}
	return all
}

// follows says whether a fault may be there only because a value that is
// malformed was left out: it is about that value or what holds it, or weighs
// another argument against it.
func follows(fault, malformed field.Fault) bool {
	if malformed.Path == "" || field.Within(fault.Path, malformed.Path) || field.Within(malformed.Path, fault.Path) {
		return true
	}
	text := fault.Rule + " " + fault.Fix + " " + fault.Better
	parent, name := field.Cut(malformed.Path)
	if parent != "" && !field.Within(fault.Path, parent) {
		return strings.Contains(text, malformed.Path)
	}
	// The name that was meant may be the one that is said to be missing.
	_, other := field.Cut(fault.Path)
	return says(text, name) || fault.Value == "" && says(malformed.Better, other)
}

// says says whether a text has a name in it as a word.
func says(text, name string) bool {
	return slices.Contains(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), name)
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

// seen is the value of an input as far as it is known.
type seen[T any] struct {
	value         T
	known, secret bool
}

// see returns the value of an output when it is known. It blocks until the
// output resolves, so it is for facts, not for what AWS assigns.
func see[T any](ctx *pulumi.Context, o pulumi.Output) (s seen[T], err error) {
	r, err := internals.UnsafeAwaitOutput(ctx.Context(), o)
	if err != nil {
		return s, err
	}
	s.secret = r.Secret
	if r.Known {
		s.value, _ = r.Value.(T)
		s.known = true
	}
	return s, nil
}

// await is see for a value that is never shown.
func await[T any](ctx *pulumi.Context, o pulumi.Output) (v T, known bool, err error) {
	s, err := see[T](ctx, o)
	return s.value, s.known, err
}

// seeNow is see for an input whose value is known without holding a user's
// program back: at preview, and always in the plugin. During an update of a Go
// program the value has passed its preview, or is checked where it is used.
func seeNow[T any](ctx *pulumi.Context, in pulumi.Input) (s seen[T], err error) {
	if in == nil || !ctx.DryRun() && !host.Plugin() {
		return s, nil
	}
	return see[T](ctx, pulumi.ToOutput(in))
}

// seeText is seeNow for a text, required or optional.
func seeText(ctx *pulumi.Context, in pulumi.Input) (seen[string], error) {
	s, err := seeNow[any](ctx, in)
	text := seen[string]{known: s.known, secret: s.secret}
	switch v := s.value.(type) {
	case string:
		text.value = v
	case *string:
		text.value, text.known = or(v, ""), v != nil
	default:
		text.known = false
	}
	return text, err
}

// checkKnown runs a check on an input's value when that is known now. What the
// check finds about a secret is reported without the value.
func checkKnown[T any](ctx *pulumi.Context, faults *field.Faults, in pulumi.Input, check func(T) field.Faults) error {
	s, err := seeNow[T](ctx, in)
	s.check(faults, check)
	return err
}

// checkText is checkKnown for a text, required or optional.
func checkText(ctx *pulumi.Context, faults *field.Faults, in pulumi.Input, check func(string) field.Faults) error {
	s, err := seeText(ctx, in)
	s.check(faults, check)
	return err
}

func (s seen[T]) check(faults *field.Faults, check func(T) field.Faults) {
	if !s.known {
		return
	}
	found := check(s.value)
	if s.secret {
		found = found.Hide()
	}
	*faults = append(*faults, found...)
}

// isSecret says whether an input that is known is marked secret.
func isSecret(in pulumi.Input) bool { return in != nil && pulumi.IsSecret(pulumi.ToOutput(in)) }

// hidden are faults about an input's value, without the value if it is a secret.
func hidden(in pulumi.Input, faults field.Faults) field.Faults {
	if isSecret(in) {
		return faults.Hide()
	}
	return faults
}

// checkOneOf adds a fault when a known text is not one of the allowed values.
func checkOneOf(ctx *pulumi.Context, faults *field.Faults, path string, in pulumi.Input, allowed []string) error {
	return checkText(ctx, faults, in, func(text string) (found field.Faults) {
		if !slices.Contains(allowed, text) {
			found.Add(path, text, "is not a known value", "write one of "+quoted(allowed))
		}
		return found
	})
}

// checkEnum is checkOneOf for a plain enum.
func checkEnum[T ~string](faults *field.Faults, path string, v *T, allowed ...T) {
	if v == nil || slices.Contains(allowed, *v) {
		return
	}
	faults.Add(path, string(*v), "is not a known value", "write one of "+quoted(allowed))
}

func checkRange(faults *field.Faults, path string, value, low, high int) {
	if value < low || value > high {
		faults.Add(path, value, fmt.Sprintf("is not in the range %d to %d", low, high), "choose a number in that range")
	}
}

// quoted lists values in quotes.
func quoted[T ~string](values []T) string { return words.Commas(words.Quote(values)) }

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
