package standin

import (
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// object reads a property map in the shapes that the AWS SDK takes. An absent
// property reads as nil, or as the zero value.
type object resource.PropertyMap

func (o object) value(name string) resource.PropertyValue {
	return o[resource.PropertyKey(name)]
}

// has reports whether the property is there and not null.
func (o object) has(name string) bool {
	v, ok := o[resource.PropertyKey(name)]
	return ok && !v.IsNull()
}

func (o object) str(name string) string {
	if v := o.value(name); v.IsString() {
		return v.StringValue()
	}
	return ""
}

// strp returns nil for an absent or empty string: AWS has no empty names.
func (o object) strp(name string) *string {
	if s := o.str(name); s != "" {
		return &s
	}
	return nil
}

func (o object) boolean(name string) bool {
	v := o.value(name)
	return v.IsBool() && v.BoolValue()
}

func (o object) boolp(name string) *bool {
	if v := o.value(name); v.IsBool() {
		return aws.Bool(v.BoolValue())
	}
	return nil
}

func (o object) int32(name string) int32 {
	if v := o.value(name); v.IsNumber() {
		return int32(v.NumberValue())
	}
	return 0
}

func (o object) int32p(name string) *int32 {
	if v := o.value(name); v.IsNumber() {
		return aws.Int32(int32(v.NumberValue()))
	}
	return nil
}

func (o object) strs(name string) []string { return stringsOf(o.value(name)) }

func stringsOf(v resource.PropertyValue) []string {
	if !v.IsArray() {
		return nil
	}
	var out []string
	for _, e := range v.ArrayValue() {
		if e.IsString() {
			out = append(out, e.StringValue())
		}
	}
	return out
}

func (o object) strMap(name string) map[string]string {
	v := o.value(name)
	if !v.IsObject() {
		return nil
	}
	out := map[string]string{}
	for k, e := range v.ObjectValue() {
		if e.IsString() {
			out[string(k)] = e.StringValue()
		}
	}
	return out
}

func (o object) object(name string) object {
	if v := o.value(name); v.IsObject() {
		return object(v.ObjectValue())
	}
	return nil
}

func (o object) objects(name string) []object {
	v := o.value(name)
	if !v.IsArray() {
		return nil
	}
	var out []object
	for _, e := range v.ArrayValue() {
		if e.IsObject() {
			out = append(out, object(e.ObjectValue()))
		}
	}
	return out
}

// difference splits two sets into what the second has more and less.
func difference(was, is []string) (added, removed []string) {
	return without(is, was), without(was, is)
}

func without(list, drop []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(drop, s) })
}

func sortedKeys[M ~map[K]V, K ~string, V any](m M) []K { return slices.Sorted(maps.Keys(m)) }

func resourceMap(m map[string]any) resource.PropertyMap { return resource.NewPropertyMapFromMap(m) }

// absent reports whether a value stands for none: an empty list, object or text
// is the same as none to AWS.
func absent(v resource.PropertyValue) bool {
	return v.IsNull() || v.IsArray() && len(v.ArrayValue()) == 0 || v.IsObject() && len(v.ObjectValue()) == 0 ||
		v.IsString() && v.StringValue() == ""
}

// positive is a number that is sent only where it is more than 0.
func (o object) positive(name string) *int32 {
	if n := o.int32(name); n > 0 {
		return &n
	}
	return nil
}
