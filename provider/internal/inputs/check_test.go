package inputs

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	ecsnet "github.com/ecsnet/pulumi-ecsnet"
	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

const document = `{
  "types": {
    "t:index:Part": {"type": "object", "required": ["size"], "properties": {
      "size": {"type": "integer", "plain": true},
      "maker": {"type": "string"}
    }},
    "t:index:Colour": {"type": "string", "enum": [{"value": "Red"}, {"value": "Green"}]}
  },
  "resources": {"t:index:Whole": {"requiredInputs": ["text"], "inputProperties": {
    "text": {"type": "string", "plain": true, "description": "Its text, such as \"a\".\nMore follows."},
    "count": {"type": "integer", "plain": true},
    "share": {"type": "number", "plain": true},
    "on": {"type": "boolean", "plain": true},
    "colour": {"$ref": "#/types/t:index:Colour", "plain": true},
    "later": {"type": "string"},
    "laterCount": {"type": "integer"},
    "list": {"type": "array", "plain": true, "items": {"type": "string", "plain": true}},
    "laterList": {"type": "array", "items": {"type": "string"}},
    "map": {"type": "object", "plain": true, "additionalProperties": {"type": "string"}},
    "part": {"$ref": "#/types/t:index:Part", "plain": true},
    "parts": {"type": "array", "plain": true, "items": {"$ref": "#/types/t:index:Part", "plain": true}},
    "any": {"$ref": "pulumi.json#/Any"},
    "mixed": {"oneOf": [{"type": "string"}, {"$ref": "#/types/t:index:Part"}]},
    "thing": {"oneOf": [{"$ref": "#/resources/t:index:Half"}, {"$ref": "#/resources/t:index:Whole"}]}
  }}}
}`

func load(t testing.TB, document string) *schema.Package {
	t.Helper()
	pkg, err := schema.Parse([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

type props = map[string]any

func value(v any) resource.PropertyValue { return resource.NewPropertyValue(v) }

func secret(v any) resource.PropertyValue { return resource.MakeSecret(value(v)) }

func computed() resource.PropertyValue { return resource.MakeComputed(value("")) }

func output(v any) resource.PropertyValue {
	return resource.NewProperty(resource.Output{Element: value(v), Known: true, Dependencies: []resource.URN{"urn:pulumi:s::p::a:b:C::d"}})
}

func lateSecret() resource.PropertyValue {
	return resource.NewProperty(resource.Output{Element: value("hush"), Known: true, Secret: true})
}

func ref(typ string) resource.PropertyValue {
	return resource.NewProperty(resource.ResourceReference{URN: resource.URN("urn:pulumi:s::p::" + typ + "::n")})
}

func TestCheck(t *testing.T) {
	t.Parallel()
	pkg := load(t, document)
	tests := map[string]struct {
		name string
		v    resource.PropertyValue
		want string // "" for none
	}{
		"text":                      {"text", value("a"), ""},
		"number for text":           {"text", value(5.0), `text: 5 is a number; it must be a string; write "5"`},
		"boolean for text":          {"text", value(true), `text: true is a boolean; it must be a string; write "true"`},
		"list for text":             {"text", value([]any{"a"}), "text: is a list; it must be a string"},
		"whole number":              {"count", value(5.0), ""},
		"fraction":                  {"count", value(-1.5), "count: -1.5 is a fraction; it must be a whole number; write -2 or -1"},
		"no number":                 {"count", value(math.NaN()), "count: NaN is out of range; write a whole number"},
		"no end":                    {"count", value(math.Inf(1)), "count: +Inf is out of range; write a whole number"},
		"too large":                 {"count", value(1e300), "count: 1e+300 is out of range; write a whole number"},
		"text for number":           {"count", value(" 5 "), `count: " 5 " is a string; it must be a whole number; write 5`},
		"words for number":          {"count", value("five"), `count: "five" is a string; it must be a whole number`},
		"share":                     {"share", value(0.5), ""},
		"switch":                    {"on", value(false), ""},
		"text for switch":           {"on", value("true"), `on: "true" is a string; it must be true or false; write true`},
		"words for switch":          {"on", value("yes"), `on: "yes" is a string; it must be true or false`},
		"enum":                      {"colour", value("Red"), ""},
		"near an enum":              {"colour", value("red"), `colour: "red" is not a value of Colour; did you mean "Red"? The values are "Red", "Green"`},
		"outside an enum":           {"colour", value("Blue"), `colour: "Blue" is not a value of Colour; write one of "Red", "Green"`},
		"number for enum":           {"colour", value(1.0), `colour: 1 is a number; it must be one of "Red", "Green"`},
		"secret":                    {"later", secret("hush"), ""},
		"secret of a wrong kind":    {"later", secret(12345.0), "later: (a secret value) is a number; it must be a string"},
		"secret for a plain value":  {"text", secret("hush"), "text: is a secret, but decides which resources there are, and their names show it; pass a value that is not secret"},
		"late secret":               {"later", lateSecret(), ""},
		"late secret, plain":        {"text", lateSecret(), "text: is a secret, but decides which resources there are, and their names show it; pass a value that is not secret"},
		"unknown":                   {"later", computed(), ""},
		"unknown for a plain value": {"text", computed(), "text: is not known yet, but decides which resources there are; write the value itself, or read it from the stack's configuration"},
		"output":                    {"laterCount", output(5.0), ""},
		"output of a wrong kind":    {"laterCount", output(5.5), "laterCount: 5.5 is a fraction; it must be a whole number; write 5 or 6"},
		"known output, plain":       {"text", output("a"), ""},
		"list":                      {"list", value([]any{"a", "b"}), ""},
		"text for list":             {"list", value("a"), `list: "a" is a string; it must be a list`},
		"wrong element":             {"list", value([]any{"a", props{}}), "list[1]: is an object; it must be a string"},
		"null element":              {"list", value([]any{nil}), "list[0]: has no value; write one or leave it out"},
		"unknown in a plain list":   {"list", value([]any{computed()}), "list[0]: is not known yet, but decides which resources there are; write the value itself, or read it from the stack's configuration"},
		"unknown in a late list":    {"laterList", value([]any{computed(), "b"}), ""},
		"unknown list":              {"laterList", computed(), ""},
		"map":                       {"map", value(props{"A": computed(), "B": secret("hush"), "C": "c"}), ""},
		"wrong in a map":            {"map", value(props{"A b": 8080.0}), `map["A b"]: 8080 is a number; it must be a string; write "8080"`},
		"null in a map":             {"map", value(props{"A": nil}), `map["A"]: has no value; write one or leave it out`},
		"unknown map":               {"map", computed(), "map: is not known yet, but decides which resources there are; write the value itself, or read it from the stack's configuration"},
		"object":                    {"part", value(props{"size": 1.0, "maker": computed()}), ""},
		"missing in an object":      {"part", value(props{"maker": "x"}), "part.size: is required"},
		"null in an object":         {"part", value(props{"size": nil}), "part.size: is required"},
		"misspelt in an object":     {"part", value(props{"size": 1.0, "makre": "x"}), "part.makre: is not an argument of Part; did you mean maker?"},
		"odd name in an object":     {"part", value(props{"size": 1.0, "a.b": "x"}), `part["a.b"]: is not an argument of Part; it takes maker, size`},
		"internal name":             {"part", value(props{"size": 1.0, "__defaults": []any{}}), ""},
		"in a list of objects":      {"parts", value([]any{props{"size": 1.0}, props{"size": "1"}}), `parts[1].size: "1" is a string; it must be a whole number; write 1`},
		"anything":                  {"any", value(props{"a": []any{1.0, nil, "x"}}), ""},
		"either, first":             {"mixed", value("x"), ""},
		"either, second":            {"mixed", value(props{"size": 1.0}), ""},
		"either, neither":           {"mixed", value(true), `mixed: true is a boolean; it must be a string; write "true"`},
		"component":                 {"thing", ref("t:index:Half"), ""},
		"component in an output":    {"thing", resource.NewProperty(resource.Output{Element: ref("t:index:Half"), Known: true}), ""},
		"child component":           {"thing", ref("x:y:Parent$t:index:Half"), ""},
		"other component":           {"thing", ref("t:index:Quarter"), `thing: "n" is a resource of type t:index:Quarter; pass the Half or Whole itself`},
		"id for a component":        {"thing", value("vpc-1"), `thing: "vpc-1" is a string, not a component; pass the Half or Whole itself`},
		"object for a component":    {"thing", value(props{"vpcId": "x"}), "thing: is an object, not a component; pass the Half or Whole itself"},
		"broken reference":          {"thing", resource.NewProperty(resource.ResourceReference{URN: "x"}), "thing: is a reference that names no resource; pass the Half or Whole itself"},
		"unknown component":         {"thing", computed(), ""},
		"null":                      {"count", value(nil), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := resource.PropertyMap{"text": value("a"), resource.PropertyKey(tt.name): tt.v}
			_, faults := Check(pkg, "t:index:Whole", in)
			if diff := cmp.Diff(tt.want, faults.Error()); diff != "" {
				t.Errorf("faults (-want +got)\n%s", diff)
			}
			if strings.Contains(faults.Error(), "hush") || strings.Contains(faults.Error(), "12345") {
				t.Error("a secret's value is shown")
			}
		})
	}
}

func TestCheckReportsEverythingInOrder(t *testing.T) {
	t.Parallel()
	_, faults := Check(load(t, document), "t:index:Whole", resource.PropertyMap{
		"zzz": value("x"), "share": value("x"), "TEXT": value("a"),
	})
	want := []string{
		"TEXT: is not an argument of Whole; did you mean text?",
		`share: "x" is a string; it must be a number`,
		"zzz: is not an argument of Whole; it takes any, colour, count, later, laterCount, laterList, list, map, mixed, on, part, parts, share, text, thing",
		`text: is required; it is documented as: Its text, such as "a"`,
	}
	if diff := cmp.Diff(want, strings.Split(faults.Error(), "\n")); diff != "" {
		t.Errorf("faults (-want +got)\n%s", diff)
	}
}

// A plain Go field has no place for an output, so a known one is replaced by
// its value; whatever may be late keeps its dependencies.
func TestCheckTakesPlainValuesOutOfOutputs(t *testing.T) {
	t.Parallel()
	got, faults := Check(load(t, document), "t:index:Whole", resource.PropertyMap{
		"text":  output("a"),
		"list":  output([]any{output("b")}),
		"later": output("c"),
		"part":  output(props{"size": output(1.0), "maker": output("d")}),
		"count": value(nil),
	})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	want := resource.PropertyMap{
		"text":  value("a"),
		"list":  value([]any{"b"}),
		"later": output("c"),
		"part":  value(props{"size": 1.0, "maker": output("d")}),
	}
	if !want.DeepEquals(got) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The protocol says "unknown string" for every unknown value.
func TestCheckTakesTheTypeOffUnknowns(t *testing.T) {
	t.Parallel()
	lost := func(o resource.Output) resource.PropertyValue { return resource.NewProperty(o) }
	deps := []resource.URN{"urn:pulumi:s::p::a:b:C::d"}
	got, faults := Check(load(t, document), "t:index:Whole", resource.PropertyMap{
		"text":      value("a"),
		"laterList": computed(),
		"thing":     lost(resource.Output{Element: value(""), Dependencies: deps}),
		"later":     resource.MakeSecret(computed()),
		"map":       value(props{"A": computed()}),
	})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	null := resource.NewNullProperty()
	want := resource.PropertyMap{
		"text":      value("a"),
		"laterList": lost(resource.Output{Element: null}),
		"thing":     lost(resource.Output{Element: null, Dependencies: deps}),
		"later":     lost(resource.Output{Element: null, Secret: true}),
		"map":       value(props{"A": lost(resource.Output{Element: null})}),
	}
	if diff := cmp.Diff(fmt.Sprintf("%+v", want), fmt.Sprintf("%+v", got)); diff != "" {
		t.Errorf("inputs (-want +got)\n%s", diff)
	}
}

// FuzzCheck feeds arbitrary values to every component of the real schema. The
// plugin must neither panic nor change what it accepts on a second look.
func FuzzCheck(f *testing.F) {
	pkg, err := schema.Parse(ecsnet.Schema)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		`{"cidrBlock": "10.0.0.0/16", "availabilityZones": ["a", null], "flowLogs": {"trafficType": "All"}}`,
		`{"network": {"$ref": "urn:pulumi:s::p::ecsnet:index:Network::n"}, "image": {"$secret": 1}, "environment": {"A": {"$unknown": 1}}}`,
		`{"ingressRules": {"web": {"port": 1.5, "cidrBlock": {"$output": {"$secret": [null]}}}}}`,
		`{"tags": {"__x": {}, "": "y"}, "x.y": 1e400}`,
		`[]`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var doc any
		if json.Unmarshal([]byte(text), &doc) != nil {
			return
		}
		v := wrap(doc, 0)
		if !v.IsObject() {
			return
		}
		for token := range pkg.Resources {
			out, faults := Check(pkg, token, v.ObjectValue())
			for _, fault := range faults {
				if fault.Path == "" || fault.Rule == "" {
					t.Errorf("%s: a fault says neither where nor what: %+v", token, fault)
				}
			}
			if len(faults) > 0 {
				continue
			}
			if again, faults := Check(pkg, token, out); len(faults) > 0 || !again.DeepEquals(out) {
				t.Errorf("%s: accepted %v, then changed it to %v: %v", token, out, again, faults)
			}
		}
	})
}

// wrap turns JSON into property values; objects with a $ key are the kinds of
// value that JSON does not have.
func wrap(v any, depth int) resource.PropertyValue {
	switch v := v.(type) {
	case []any:
		list := make([]resource.PropertyValue, len(v))
		for i, e := range v {
			list[i] = wrap(e, depth+1)
		}
		return resource.NewProperty(list)
	case map[string]any:
		if e, ok := v["$secret"]; ok {
			return resource.MakeSecret(wrap(e, depth+1))
		}
		if e, ok := v["$unknown"]; ok {
			return resource.MakeComputed(wrap(e, depth+1))
		}
		if e, ok := v["$output"]; ok {
			return resource.NewProperty(resource.Output{Element: wrap(e, depth+1), Known: len(v)%2 == 1, Secret: len(v) > 2})
		}
		if e, ok := v["$ref"].(string); ok {
			return resource.NewProperty(resource.ResourceReference{URN: resource.URN(e)})
		}
		m := resource.PropertyMap{}
		for k, e := range v {
			m[resource.PropertyKey(k)] = wrap(e, depth+1)
		}
		return resource.NewProperty(m)
	default:
		return resource.NewPropertyValue(v)
	}
}

// TestWhatIsMalformedIsLeftOut: of an object or a map no more than the member
// that is malformed is left out, and a list goes whole.
func TestWhatIsMalformedIsLeftOut(t *testing.T) {
	t.Parallel()
	pkg := load(t, document)
	part := func(v any) resource.PropertyValue {
		return resource.NewProperty(resource.PropertyMap{"size": value(1.0), "maker": value(v)})
	}
	for name, tt := range map[string]struct{ in, want resource.PropertyMap }{
		"a member of an object": {
			resource.PropertyMap{"part": part(5.0)},
			resource.PropertyMap{"part": value(props{"size": 1.0})},
		},
		"a name that there is not": {
			resource.PropertyMap{"part": value(props{"size": 1.0, "siez": 2.0}), "tetx": value("a")},
			resource.PropertyMap{"part": value(props{"size": 1.0})},
		},
		"a plain member that is not known": {
			resource.PropertyMap{"part": resource.NewProperty(resource.PropertyMap{"size": computed(), "maker": value("me")})},
			resource.PropertyMap{"part": value(props{"maker": "me"})},
		},
		"an object": {
			resource.PropertyMap{"part": value("large"), "on": value(true)},
			resource.PropertyMap{"on": value(true)},
		},
		"an entry of a map": {
			resource.PropertyMap{"map": value(props{"a": "x", "b": 5.0})},
			resource.PropertyMap{"map": value(props{"a": "x"})},
		},
		"an element of a list": {
			resource.PropertyMap{"list": value([]any{"x", 5.0})},
			resource.PropertyMap{},
		},
		"a member of an element of a list": {
			resource.PropertyMap{"parts": resource.NewProperty([]resource.PropertyValue{part("me"), part(5.0)})},
			resource.PropertyMap{"parts": resource.NewProperty([]resource.PropertyValue{part("me"), value(props{"size": 1.0})})},
		},
		"a part of a secret": {
			resource.PropertyMap{"mixed": secret(props{"size": "1"}), "later": secret("x")},
			resource.PropertyMap{"later": secret("x")},
		},
	} {
		got, faults := Check(pkg, "t:index:Whole", tt.in)
		if len(faults) < 2 { // text is required besides
			t.Errorf("%s: %v", name, faults)
		}
		if diff := cmp.Diff(fmt.Sprint(tt.want), fmt.Sprint(got)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}
