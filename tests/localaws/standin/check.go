package standin

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// defaultsKey lists, inside a resource's inputs, the properties that the
// program did not give: the official provider keeps the same list there, and
// decides by it whether a name is the user's own.
const defaultsKey = "__defaults"

// checker collects the faults of one resource's inputs.
type checker struct {
	t      *resourceType
	faults []*pulumirpc.CheckFailure
}

func (c *checker) fault(path, format string, args ...any) {
	c.faults = append(c.faults, &pulumirpc.CheckFailure{Property: path, Reason: fmt.Sprintf(format, args...)})
}

// checkInputs refuses what the official provider has no such property for,
// and returns the inputs completed with its defaults.
func (t *resourceType) checkInputs(req *pulumirpc.CheckRequest, olds, news object) (object, []*pulumirpc.CheckFailure, error) {
	news = maps.Clone(news)
	delete(news, defaultsKey)
	c := &checker{t: t}
	c.checkStruct("", "", t.plain(), resource.PropertyMap(news))
	if len(c.faults) > 0 {
		slices.SortStableFunc(c.faults, func(a, b *pulumirpc.CheckFailure) int { return strings.Compare(a.Property, b.Property) })
		return nil, c.faults, nil
	}
	out, defaulted := object{}, []string{}
	for key, v := range news {
		if v.IsNull() {
			continue
		}
		row := t.inputs[string(key)]
		if row.json && v.IsObject() {
			text, err := json.Marshal(v.Mappable())
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %w", key, err)
			}
			v = resource.NewProperty(string(text))
		}
		out[key] = t.complete(string(key), v)
	}
	for name, row := range t.inputs {
		if strings.ContainsAny(name, ".[") || out.has(name) {
			continue
		}
		switch {
		case row.autoName > 0 && !out.has("namePrefix"):
			value, err := autoName(req, olds, name, row.autoName)
			if err != nil {
				c.fault(name, "%v", err)
				continue
			}
			out[resource.PropertyKey(name)] = resource.NewProperty(value)
		case row.byDefault != nil:
			out[resource.PropertyKey(name)] = resource.NewPropertyValue(row.byDefault)
		default:
			continue
		}
		defaulted = append(defaulted, name)
	}
	slices.Sort(defaulted)
	out[defaultsKey] = resource.NewPropertyValue(defaulted)
	return out, c.faults, nil
}

// complete fills the defaults of nested properties in.
func (t *resourceType) complete(path string, v resource.PropertyValue) resource.PropertyValue {
	switch {
	case v.IsArray():
		elements := make([]resource.PropertyValue, len(v.ArrayValue()))
		for i, e := range v.ArrayValue() {
			elements[i] = t.complete(path+"[]", e)
		}
		return resource.NewProperty(elements)
	case v.IsObject():
		object := resource.PropertyMap{}
		for k, e := range v.ObjectValue() {
			if !e.IsNull() {
				object[k] = t.complete(path+"."+string(k), e)
			}
		}
		for name, row := range t.inputs {
			leaf, nested := strings.CutPrefix(name, path+".")
			if nested && !strings.ContainsAny(leaf, ".[") && row.byDefault != nil {
				if _, given := object[resource.PropertyKey(leaf)]; !given {
					object[resource.PropertyKey(leaf)] = resource.NewPropertyValue(row.byDefault)
				}
			}
		}
		return resource.NewProperty(object)
	}
	return v
}

// checkStruct checks an object against the SDK's plain struct. row is the path
// in the table ("settings[].name"), at the user's own ("settings[0].name").
func (c *checker) checkStruct(row, at string, t reflect.Type, object resource.PropertyMap) {
	known := map[string]reflect.Type{}
	for i := range t.NumField() {
		name, ok := t.Field(i).Tag.Lookup("pulumi")
		if !ok {
			continue
		}
		known[name] = t.Field(i).Type
		v, given := object[resource.PropertyKey(name)]
		if (!given || v.IsNull()) && (c.t.inputs[join(row, name)].required || requiredType(t.Field(i).Type)) {
			c.fault(join(at, name), "required by %s but missing", c.t.token)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		name, v := string(key), object[key]
		if v.IsNull() {
			continue
		}
		field, ok := known[name]
		if !ok {
			c.fault(join(at, name), "%s has no property of this name in pulumi-aws v6; it has %s", c.t.token,
				strings.Join(slices.Sorted(maps.Keys(known)), ", "))
			continue
		}
		if _, ok := c.t.inputs[join(row, name)]; !ok {
			c.fault(join(at, name), "has no row in the table of %s, so the stand-in does not know what the official provider does with it; "+
				"add the row, with its source, to tests/localaws/standin", c.t.token)
			continue
		}
		c.checkValue(join(row, name), join(at, name), field, v)
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
func (c *checker) checkValue(row, at string, t reflect.Type, v resource.PropertyValue) {
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
			c.checkValue(row+"[]", fmt.Sprintf("%s[%d]", at, i), t.Elem(), e)
		}
	case reflect.Map:
		if !v.IsObject() {
			want = "a map"
			break
		}
		for _, key := range slices.Sorted(maps.Keys(v.ObjectValue())) {
			c.checkValue(join(row, string(key)), join(at, string(key)), t.Elem(), v.ObjectValue()[key])
		}
	case reflect.Struct:
		if !v.IsObject() {
			want = "an object"
			break
		}
		c.checkStruct(row, at, t, v.ObjectValue())
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

// autoName keeps the name that the resource has, or makes one as the official
// provider does: the resource's name, a hyphen and seven hexadecimal digits.
// The seed comes from the engine, so that a plan's name is the one applied.
func autoName(req *pulumirpc.CheckRequest, olds object, property string, most int) (string, error) {
	if slices.Contains(olds.strs(defaultsKey), property) && olds.has(property) {
		return olds.str(property), nil
	}
	switch auto := req.GetAutonaming(); auto.GetMode() {
	case pulumirpc.CheckRequest_AutonamingOptions_DISABLE:
		return "", fmt.Errorf("required while automatic naming is off")
	case pulumirpc.CheckRequest_AutonamingOptions_ENFORCE, pulumirpc.CheckRequest_AutonamingOptions_PROPOSE:
		if auto.GetProposedName() != "" {
			return auto.GetProposedName(), nil
		}
	}
	return resource.NewUniqueName(req.GetRandomSeed(), urn.URN(req.GetUrn()).Name()+"-", 7, most, nil)
}
