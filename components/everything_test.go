package components

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// fixtures are the arguments that programs mark with sets, by their type.
var fixtures = struct {
	sync.Mutex
	of map[reflect.Type][]reflect.Value
}{of: map[reflect.Type][]reflect.Value{}}

// sets marks arguments as a fixture: the fixtures of a component set every
// argument of it between them.
func sets[A any](args *A) *A {
	fixtures.Lock()
	defer fixtures.Unlock()
	v := reflect.ValueOf(args).Elem()
	fixtures.of[v.Type()] = append(fixtures.of[v.Type()], v)
	return args
}

// TestEverythingIsSet: each component has fixtures that set every argument,
// also those of nested objects and of the values of maps. A new component, and
// a new argument, belongs into one.
func TestEverythingIsSet(t *testing.T) {
	t.Parallel()
	for _, name := range slices.Sorted(maps.Keys(programs)) {
		mustRun(t, programs[name])
	}
	sets(checked())
	want := []string{"CheckTask"}
	for token := range schemaResources(t) {
		want = append(want, strings.TrimPrefix(token, "ecsnet:index:"))
	}
	fixtures.Lock()
	defer fixtures.Unlock()
	for _, name := range want {
		found := false
		for typ, values := range fixtures.of {
			if typ.Name() == name+"Args" {
				found = true
				for _, path := range unset(name, typ, values) {
					t.Errorf("%s is set by no program in components/*_test.go: add it to a fixture, the arguments in sets(...)", path)
				}
			}
		}
		if !found {
			t.Errorf("%s has no program with arguments in sets(...)", name)
		}
	}
}

// unset are the paths of the arguments that none of the values sets.
func unset(path string, typ reflect.Type, values []reflect.Value) (missing []string) {
	values = slices.DeleteFunc(slices.Clone(values), empty)
	if len(values) == 0 {
		return []string{path}
	}
	var inner []reflect.Value
	switch typ.Kind() {
	case reflect.Pointer:
		for _, v := range values {
			inner = append(inner, v.Elem())
		}
		return nested(path, typ.Elem(), inner)
	case reflect.Map:
		for _, v := range values {
			for _, key := range v.MapKeys() {
				inner = append(inner, v.MapIndex(key))
			}
		}
		return nested(path+"[]", typ.Elem(), inner)
	case reflect.Slice:
		for _, v := range values {
			for i := range v.Len() {
				inner = append(inner, v.Index(i))
			}
		}
		return nested(path+"[]", typ.Elem(), inner)
	case reflect.Struct:
		for i := range typ.NumField() {
			name, _, _ := strings.Cut(typ.Field(i).Tag.Get("pulumi"), ",")
			inner = nil
			for _, v := range values {
				inner = append(inner, v.Field(i))
			}
			missing = append(missing, unset(path+"."+name, typ.Field(i).Type, inner)...)
		}
	}
	return missing
}

// nested is unset of what has arguments of its own: false and 0 behind a
// pointer, and an empty text in a list, are values that somebody wrote.
func nested(path string, typ reflect.Type, values []reflect.Value) []string {
	if typ.Kind() == reflect.Struct || typ.Kind() == reflect.Pointer {
		return unset(path, typ, values)
	}
	if len(values) == 0 {
		return []string{path}
	}
	return nil
}

// empty says whether a value is left out. A struct is there with its parent.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Interface:
		return v.IsNil() || (v.Elem().Kind() == reflect.Map || v.Elem().Kind() == reflect.Slice) && v.Elem().Len() == 0
	case reflect.Pointer:
		return v.IsNil()
	case reflect.Map, reflect.Slice:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

// TestUnsetArgumentsAreFound: what two fixtures do not set between them, at any
// depth.
func TestUnsetArgumentsAreFound(t *testing.T) {
	t.Parallel()
	type inner struct {
		A *int            `pulumi:"a,optional"`
		B pulumi.MapInput `pulumi:"b,optional"`
	}
	type outer struct {
		Name *string           `pulumi:"name,optional"`
		Tags map[string]string `pulumi:"tags,optional"`
		In   *inner            `pulumi:"in,optional"`
		Of   map[string]inner  `pulumi:"of,optional"`
		List []inner           `pulumi:"list,optional"`
	}
	for want, given := range map[string][]outer{
		"[X.name X.tags X.in X.of X.list]":       {{}, {Tags: map[string]string{}}},
		"[X.in.b X.of[].a X.of[].b X.list[].a]":  {{Name: ptr(""), Tags: map[string]string{"a": ""}}, {In: &inner{A: ptr(0)}, Of: map[string]inner{"k": {}}, List: []inner{{B: pulumi.Map{"a": pulumi.Int(1)}}}}},
		"[X.name X.tags X.in.a X.of X.list[].a]": {{In: &inner{B: pulumi.Map{"a": pulumi.Int(1)}}}, {List: []inner{{B: pulumi.Map{"a": pulumi.Int(1)}}}}},
	} {
		var values []reflect.Value
		for _, o := range given {
			values = append(values, reflect.ValueOf(o))
		}
		if got := fmt.Sprint(unset("X", reflect.TypeFor[outer](), values)); got != want {
			t.Errorf("want %s, got %s", want, got)
		}
	}
}
