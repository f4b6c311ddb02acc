package standin

import (
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// renamed are the types whose name AWS can change.
var renamed = []string{tAPI, tLink}

// TestTables holds that the tables are about the SDK's own properties and say
// where each row comes from.
func TestTables(t *testing.T) {
	t.Parallel()
	for token, kind := range table() {
		t.Run(token, func(t *testing.T) {
			t.Parallel()
			fields := map[string]reflect.Type{}
			paths(fields, "", kind.plain())
			state := slices.Collect(maps.Keys(kind.stateFields()))
			for name, row := range kind.inputs {
				field, ok := fields[name]
				require.True(t, ok, "%s is no property of %s in pulumi-aws v6", name, kind.plain())
				nested := strings.ContainsAny(name, ".[")
				require.True(t, nested || row.change != 0, "%s: a property either replaces or updates", name)
				require.NotEqual(t, row.request == "", row.reason == "", "%s: either requests carry it or there is a reason why none does", name)
				requireSource(t, name, row.source)
				if row.set {
					require.Equal(t, reflect.Slice, field.Kind(), "%s: only a list can be a set", name)
				}
				if row.required {
					require.False(t, requiredType(field), "%s: the SDK's type says it is required", name)
				}
				if row.autoName > 0 && !slices.Contains(renamed, token) {
					require.Equal(t, replaces, row.change, "%s: another name is another resource", name)
				}
				if row.byDefault != nil {
					require.False(t, row.computed, "%s: either the provider or AWS gives the default", name)
				}
				if parent, _, ok := cutLast(name); ok {
					require.Contains(t, kind.inputs, strings.TrimSuffix(parent, "[]"), "%s: its parent has no row", name)
				}
				if !nested {
					require.Contains(t, state, name, "%s: inputs are outputs too", name)
				}
			}
			requireSource(t, "outputs", kind.source)
			checked := slices.ContainsFunc(slices.Collect(maps.Values(kind.inputs)), func(row prop) bool { return row.check != nil })
			require.Equal(t, checked, strings.HasPrefix(kind.checkSource, providerSource), "the source of the checks")
			for _, name := range kind.unset {
				require.Contains(t, state, name, "%s is no property of %s", name, token)
			}
			for _, name := range kind.outputs {
				require.Contains(t, state, name, "%s is no output of %s", name, token)
				require.NotContains(t, kind.inputs, name, "%s is an input", name)
			}
			if len(kind.outputs) > 0 && kind.hasTags() {
				require.Contains(t, kind.outputs, "tagsAll")
			}
		})
	}
}

// TestTheSDKTakesTheTypes holds that Terraform's SDK finds no fault with them.
func TestTheSDKTakesTheTypes(t *testing.T) {
	t.Parallel()
	for token, kind := range table() {
		require.NoError(t, kind.resource().InternalValidate(nil, true), token)
	}
}

func requireSource(t *testing.T, name, source string) {
	t.Helper()
	u, err := url.Parse(source)
	require.NoError(t, err)
	require.True(t, slices.Contains([]string{"www.pulumi.com", "docs.aws.amazon.com", "registry.terraform.io"}, u.Host), "%s: %q is no documentation", name, source)
}

// cutLast splits the last name off a path.
func cutLast(path string) (parent, leaf string, ok bool) {
	i := strings.LastIndex(path, ".")
	if i < 0 {
		return "", path, false
	}
	return path[:i], path[i+1:], true
}

// paths collects the properties of an SDK struct, nested ones too.
func paths(into map[string]reflect.Type, path string, t reflect.Type) {
	for i := range t.NumField() {
		name, ok := t.Field(i).Tag.Lookup("pulumi")
		if !ok {
			continue
		}
		at, field := join(path, name), t.Field(i).Type
		into[at] = field
		if field.Kind() == reflect.Pointer {
			field = field.Elem()
		}
		if field.Kind() == reflect.Slice && field.Elem().Kind() == reflect.Struct {
			paths(into, at+"[]", field.Elem())
		}
		if field.Kind() == reflect.Struct && strings.Count(at, ".") < 8 {
			paths(into, at, field)
		}
	}
}
