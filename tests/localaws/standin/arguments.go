package standin

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// checker collects the faults of a function's arguments, or of the provider's
// settings.
type checker struct{ faults []*pulumirpc.CheckFailure }

func (c *checker) fault(path, format string, args ...any) {
	c.faults = append(c.faults, &pulumirpc.CheckFailure{Property: path, Reason: fmt.Sprintf(format, args...)})
}

// checkStruct checks an object against the SDK's plain struct; at is its path.
func (c *checker) checkStruct(at string, t reflect.Type, object resource.PropertyMap) {
	known := map[string]reflect.Type{}
	for i := range t.NumField() {
		name, ok := t.Field(i).Tag.Lookup("pulumi")
		if !ok {
			continue
		}
		known[name] = t.Field(i).Type
		v, given := object[resource.PropertyKey(name)]
		if (!given || v.IsNull()) && requiredType(t.Field(i).Type) {
			c.fault(join(at, name), "required but missing")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		name, v := string(key), object[key]
		if v.IsNull() {
			continue
		}
		field, ok := known[name]
		if !ok {
			c.fault(join(at, name), "there is no argument of this name in pulumi-aws v6; there are %s",
				strings.Join(slices.Sorted(maps.Keys(known)), ", "))
			continue
		}
		c.checkValue(join(at, name), field, v)
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// requiredType reports whether the SDK's generator marks such a field as
// required: it writes optional scalars and objects as pointers.
func requiredType(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		return false
	default:
		return true
	}
}

// checkValue checks a value against the SDK's plain type; one that is not yet
// known is of any type.
func (c *checker) checkValue(at string, t reflect.Type, v resource.PropertyValue) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if v.IsComputed() || v.IsOutput() {
		return
	}
	want := ""
	switch t.Kind() {
	case reflect.String:
		if !v.IsString() {
			want = "a string"
		}
	case reflect.Bool:
		if !v.IsBool() {
			want = "true or false"
		}
	case reflect.Int:
		if !v.IsNumber() || v.NumberValue() != math.Trunc(v.NumberValue()) {
			want = "a whole number"
		}
	case reflect.Float64:
		if !v.IsNumber() {
			want = "a number"
		}
	case reflect.Slice:
		if !v.IsArray() {
			want = "a list"
			break
		}
		for i, e := range v.ArrayValue() {
			c.checkValue(fmt.Sprintf("%s[%d]", at, i), t.Elem(), e)
		}
	case reflect.Map:
		if !v.IsObject() {
			want = "a map"
			break
		}
		for _, key := range slices.Sorted(maps.Keys(v.ObjectValue())) {
			c.checkValue(join(at, string(key)), t.Elem(), v.ObjectValue()[key])
		}
	case reflect.Struct:
		if !v.IsObject() {
			want = "an object"
			break
		}
		c.checkStruct(at, t, v.ObjectValue())
	case reflect.Interface:
		// A union of the SDK: text, or an object such as a policy document.
		if !v.IsString() && !v.IsObject() {
			want = "a string or an object"
		}
	default:
		want = t.String()
	}
	if want != "" {
		c.fault(at, "is %s, want %s", v.TypeString(), want)
	}
}
