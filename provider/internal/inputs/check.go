// Package inputs checks what a program sends against the package schema, before
// a constructor sees it.
//
// Type checkers and the YAML host stop most mistakes earlier. What they let
// through (a property cast away, a dictionary in Python, raw calls) would
// otherwise be ignored in silence or end in an error about Go types. Every
// fault is reported at once, by the path that the user wrote.
package inputs

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/words"
	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

// Check returns the inputs of a component with its faults. The inputs come back
// as they were, but for three things that Go's side could not take: what is
// malformed is left out, and of an object or a map no more than that member; an
// output whose value is known already becomes that value where a plain one is
// expected; and what is unknown loses the type that the protocol gives it.
func Check(pkg *schema.Package, token string, in resource.PropertyMap) (resource.PropertyMap, field.Faults) {
	r := pkg.Resources[token]
	c := &checker{pkg: pkg}
	out := c.object("", shape{
		what:       schema.ShortName(token),
		properties: r.InputProperties,
		required:   r.RequiredInputs,
	}, in, false)
	return out, c.faults
}

// CheckFunction returns the inputs of a function with its faults, and whether
// any of them was a secret. A function needs the values themselves: what is
// around them is taken off, and what is not known is a fault. The languages do
// not call a function before they know its arguments.
func CheckFunction(pkg *schema.Package, token string, in resource.PropertyMap) (_ resource.PropertyMap, secret bool, _ field.Faults) {
	f := pkg.Functions[token]
	c := &checker{pkg: pkg, function: true}
	out := c.object("", shape{
		what:       schema.ShortName(token),
		properties: f.Inputs.Properties,
		required:   f.Inputs.Required,
	}, in, false)
	return out, c.secret, c.faults
}

type checker struct {
	pkg    *schema.Package
	faults field.Faults
	// function says that the inputs are a function's; secret, that one of them
	// was a secret.
	function, secret bool
}

// bare takes off what is around a function's argument.
func (c *checker) bare(v resource.PropertyValue, secret bool) (resource.PropertyValue, bool) {
	for c.function {
		switch {
		case v.IsSecret():
			v, secret = v.SecretValue().Element, true
		case v.IsOutput() && v.OutputValue().Known:
			v, secret = v.OutputValue().Element, secret || v.OutputValue().Secret
		default:
			c.secret = c.secret || secret
			return v, secret
		}
	}
	return v, secret
}

// shape is what an object may hold.
type shape struct {
	what       string
	properties map[string]schema.Property
	required   []string
}

func (c *checker) object(path string, s shape, in resource.PropertyMap, secret bool) resource.PropertyMap {
	if c.function && path != "" {
		in = fromPython(s, in)
	}
	out := make(resource.PropertyMap, len(in))
	for _, key := range slices.Sorted(maps.Keys(in)) {
		name := string(key)
		value, secret := c.bare(in[key], secret)
		property, known := s.properties[name]
		switch {
		case known && value.IsNull():
			// as if it were not there
		case known:
			if v, ok := c.value(field.Join(path, name), property.TypeSpec, value, secret); ok {
				out[key] = v
			}
		case !resource.IsInternalPropertyKey(key):
			c.unknownName(path, name, s, secret)
		}
	}
	for _, name := range s.required {
		if value, _ := c.bare(in[resource.PropertyKey(name)], secret); value.IsNull() {
			c.faults.Add(field.Join(path, name), nil, "is required", hint(s.properties[name]))
		}
	}
	return out
}

// fromPython gives an object the names of the schema where they are written as
// Python writes them. The Python SDK renames what is in a resource's arguments
// but, in a function's, leaves a dictionary as it is, though its own types say
// that this is how to write one.
func fromPython(s shape, in resource.PropertyMap) resource.PropertyMap {
	out := make(resource.PropertyMap, len(in))
	for _, key := range slices.Sorted(maps.Keys(in)) {
		value, name := in[key], resource.PropertyKey(camel(string(key)))
		_, known := s.properties[string(name)]
		_, given := in[name]
		_, taken := out[name]
		if known && !given && !taken {
			key = name
		}
		out[key] = value
	}
	return out
}

// camel writes endpoint_services as endpointServices.
func camel(name string) string {
	first, rest, _ := strings.Cut(name, "_")
	for part := range strings.SplitSeq(rest, "_") {
		if part != "" {
			first += strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return first
}

func (c *checker) unknownName(path, name string, s shape, secret bool) {
	names := slices.Sorted(maps.Keys(s.properties))
	fix, better := "it takes "+strings.Join(names, ", "), ""
	if secret {
		c.faults.Add(path+secretKey, nil, "is not an argument of "+s.what, fix)
		return
	}
	if near := nearest(name, names); near != "" {
		better = fmt.Sprintf("did you mean %s?", near)
	}
	c.faults.AddBetter(member(path, name), nil, "is not an argument of "+s.what, fix, better)
}

// value checks one value that is not null, and returns it as it is handed on. It
// is not when it is malformed itself, and not only a member of it.
func (c *checker) value(path string, spec schema.TypeSpec, v resource.PropertyValue, secret bool) (resource.PropertyValue, bool) {
	v, secret = c.bare(v, secret)
	switch {
	case v.IsSecret():
		return c.late(path, spec, v, v.SecretValue().Element, true, true)
	case v.IsComputed():
		return c.late(path, spec, v, resource.NewNullProperty(), false, secret)
	case v.IsOutput():
		o := v.OutputValue()
		if o.Known && !o.Secret && spec.Plain {
			// Its value is here, and a plain field has no place for more.
			return c.present(path, spec, o.Element, secret)
		}
		return c.late(path, spec, v, o.Element, o.Known, secret || o.Secret)
	default:
		return c.present(path, spec, v, secret)
	}
}

// late checks a value that is wrapped in something that says: secret, or not
// known yet. A plain argument takes neither.
func (c *checker) late(
	path string, spec schema.TypeSpec, v, element resource.PropertyValue, known, secret bool,
) (resource.PropertyValue, bool) {
	before := len(c.faults)
	switch {
	case c.function:
		c.faults.Add(path, nil, "is not known yet", "call the form of the function that takes outputs: it waits for them")
	case spec.Plain && !known:
		c.faults.Add(path, nil, "is not known yet, but decides which resources there are",
			"write the value itself, or read it from the stack's configuration")
	case spec.Plain && secret:
		c.faults.Add(path, nil, "is a secret, but decides which resources there are, and their names show it",
			"pass a value that is not secret")
	case !known:
		return unknown(v, secret), true
	default:
		if inner, ok := c.present(path, spec, element, secret); ok && inner.IsOutput() && !inner.OutputValue().Known {
			return inner, true
		}
	}
	return v, len(c.faults) == before
}

// unknown returns an unknown value without a type. The protocol writes "unknown
// string" for whatever is not known, and the sdk would refuse that where a list
// or a component is expected.
func unknown(v resource.PropertyValue, secret bool) resource.PropertyValue {
	o := resource.Output{Element: resource.NewNullProperty(), Secret: secret}
	if v.IsOutput() {
		o.Dependencies = v.OutputValue().Dependencies
	}
	return resource.NewProperty(o)
}

// present checks a value that is there, after outputs and secrets around it
// were taken off.
func (c *checker) present(path string, spec schema.TypeSpec, v resource.PropertyValue, secret bool) (resource.PropertyValue, bool) {
	before := len(c.faults)
	if v.IsSecret() || v.IsComputed() || v.IsOutput() {
		return c.value(path, spec, v, secret)
	}
	if v.IsNull() {
		if spec.Ref != schema.AnyRef && isElement(path) {
			c.faults.Add(path, nil, "has no value", "write one or leave it out")
		}
		return v, len(c.faults) == before
	}
	if tokens := componentTokens(spec); len(tokens) > 0 {
		c.component(path, tokens, v, secret)
		return v, len(c.faults) == before
	}
	if len(spec.OneOf) > 0 {
		c.oneOf(path, spec.OneOf, v, secret)
		return v, len(c.faults) == before
	}
	if token, ok := strings.CutPrefix(spec.Ref, schema.TypeRef); ok {
		return c.named(path, token, v, secret)
	}
	switch spec.Type {
	case "string":
		c.expect(path, v.IsString(), v, secret, "a string", quotedForm(v))
	case "boolean":
		c.expect(path, v.IsBool(), v, secret, "true or false", bareForm(v, "true", "false"))
	case "integer":
		c.integer(path, v, secret)
	case "number":
		c.expect(path, v.IsNumber(), v, secret, "a number", "")
	case "array":
		return c.list(path, spec, v, secret)
	case "object":
		return c.dictionary(path, spec, v, secret)
	}
	return v, len(c.faults) == before
}

func (c *checker) named(path, token string, v resource.PropertyValue, secret bool) (resource.PropertyValue, bool) {
	t := c.pkg.Types[token]
	if t.Type == "object" {
		if !c.expect(path, v.IsObject(), v, secret, "an object", "") {
			return v, false
		}
		return resource.NewProperty(c.object(path, shape{
			what:       schema.ShortName(token),
			properties: t.Properties,
			required:   t.Required,
		}, v.ObjectValue(), secret)), true
	}
	var values []string
	for _, e := range t.Enum {
		values = append(values, fmt.Sprint(e.Value))
	}
	if !c.expect(path, v.IsString(), v, secret, "one of "+words.Commas(words.Quote(values)), "") {
		return v, false
	}
	if !slices.Contains(values, v.StringValue()) {
		better := ""
		if near := nearest(v.StringValue(), values); near != "" {
			better = fmt.Sprintf("did you mean %q? The values are %s", near, words.Commas(words.Quote(values)))
		}
		c.add(path, v, secret, "is not a value of "+schema.ShortName(token), "write one of "+words.Commas(words.Quote(values)), better)
		return v, false
	}
	return v, true
}

func (c *checker) integer(path string, v resource.PropertyValue, secret bool) {
	if !c.expect(path, v.IsNumber(), v, secret, "a whole number", bareForm(v)) {
		return
	}
	// Numbers travel as float64, which holds whole numbers exactly up to 2^53.
	const largest = 1 << 53
	switch n := v.NumberValue(); {
	case math.IsNaN(n) || math.IsInf(n, 0) || math.Abs(n) > largest:
		c.add(path, v, secret, "is out of range", "write a whole number", "")
	case n != math.Trunc(n):
		c.add(path, v, secret, "is a fraction; it must be a whole number", "round it",
			fmt.Sprintf("write %.0f or %.0f", math.Floor(n), math.Ceil(n)))
	}
}

// list hands a list on whole or not at all: without an element the others would
// have other places.
func (c *checker) list(path string, spec schema.TypeSpec, v resource.PropertyValue, secret bool) (resource.PropertyValue, bool) {
	if !c.expect(path, v.IsArray(), v, secret, "a list", "") {
		return v, false
	}
	out, whole := make([]resource.PropertyValue, len(v.ArrayValue())), true
	for i, e := range v.ArrayValue() {
		element, ok := c.value(field.Index(path, i), *spec.Items, e, secret)
		out[i], whole = element, whole && ok
	}
	return resource.NewProperty(out), whole
}

func (c *checker) dictionary(path string, spec schema.TypeSpec, v resource.PropertyValue, secret bool) (resource.PropertyValue, bool) {
	if !c.expect(path, v.IsObject(), v, secret, "a map with names as keys", "") {
		return v, false
	}
	out := make(resource.PropertyMap, len(v.ObjectValue()))
	for _, key := range slices.Sorted(maps.Keys(v.ObjectValue())) {
		e := v.ObjectValue()[key]
		if resource.IsInternalPropertyKey(key) {
			continue
		}
		at := field.Key(path, string(key))
		if secret {
			at = path + secretKey
		}
		if entry, ok := c.value(at, *spec.AdditionalProperties, e, secret); ok {
			out[key] = entry
		}
	}
	return resource.NewProperty(out), true
}

// secretKey stands in a path for the key of a map that is a secret as a whole.
const secretKey = "[" + field.Secret + "]"

// oneOf accepts a value that fits any alternative, and reports the faults of
// the alternative that fits best.
func (c *checker) oneOf(path string, alternatives []schema.TypeSpec, v resource.PropertyValue, secret bool) {
	var best field.Faults
	for i, spec := range alternatives {
		alone := &checker{pkg: c.pkg, function: c.function}
		alone.value(path, spec, v, secret)
		if len(alone.faults) == 0 {
			return
		}
		if i == 0 || len(alone.faults) < len(best) {
			best = alone.faults
		}
	}
	c.faults = append(c.faults, best...)
}

// component checks an argument that takes another component.
func (c *checker) component(path string, tokens []string, v resource.PropertyValue, secret bool) {
	names := make([]string, len(tokens))
	for i, t := range tokens {
		names[i] = schema.ShortName(t)
	}
	fix := fmt.Sprintf("pass the %s itself", words.Or(names))
	if !v.IsResourceReference() {
		c.add(path, v, secret, "is "+kind(v)+", not a component", fix, "")
		return
	}
	urn := v.ResourceReferenceValue().URN
	if !urn.IsValid() {
		c.faults.Add(path, nil, "is a reference that names no resource", fix)
		return
	}
	if typ := string(urn.Type()); !slices.Contains(tokens, typ) {
		c.faults.Add(path, urn.Name(), "is a resource of type "+typ, fix)
	}
}

// expect adds a fault unless the value is of the right kind. The suggestion is
// the value in the right form, where there is one.
func (c *checker) expect(path string, ok bool, v resource.PropertyValue, secret bool, want, suggestion string) bool {
	if ok {
		return true
	}
	if suggestion != "" {
		suggestion = "write " + suggestion
	}
	c.add(path, v, secret, fmt.Sprintf("is %s; it must be %s", kind(v), want), "", suggestion)
	return false
}

// add adds a fault of a value, which a secret does not show.
func (c *checker) add(path string, v resource.PropertyValue, secret bool, rule, fix, better string) {
	var found field.Faults
	found.AddBetter(path, shown(v), rule, fix, better)
	if secret {
		found = found.Hide()
	}
	c.faults = append(c.faults, found...)
}

func componentTokens(spec schema.TypeSpec) []string {
	specs := spec.OneOf
	if len(specs) == 0 {
		specs = []schema.TypeSpec{spec}
	}
	var tokens []string
	for _, s := range specs {
		token, ok := strings.CutPrefix(s.Ref, schema.ResourceRef)
		if !ok {
			return nil
		}
		tokens = append(tokens, token)
	}
	return tokens
}

// isElement reports whether a path ends in a list's or a map's element, which
// unlike a property cannot just be left unset.
func isElement(path string) bool { return strings.HasSuffix(path, "]") }

// member is the path of a name that the schema does not know, so that may hold
// anything.
func member(path, name string) string {
	if strings.ContainsAny(name, ".[]\" ") || name == "" {
		return field.Key(path, name)
	}
	return field.Join(path, name)
}

func hint(p schema.Property) string {
	sentence, _, _ := strings.Cut(strings.Join(strings.Fields(p.Description), " ")+" ", ". ")
	if sentence = strings.TrimRight(sentence, " ."); sentence == "" {
		return ""
	}
	return "it is documented as: " + sentence
}

func kind(v resource.PropertyValue) string {
	switch {
	case v.IsString():
		return "a string"
	case v.IsNumber():
		return "a number"
	case v.IsBool():
		return "a boolean"
	case v.IsArray():
		return "a list"
	case v.IsObject():
		return "an object"
	case v.IsAsset(), v.IsArchive():
		return "an asset"
	case v.IsResourceReference():
		return "a resource"
	default:
		return "nothing we know"
	}
}

// shown is the value as a message may show it, or nil: lists and objects are
// named by their path alone, long strings are cut.
func shown(v resource.PropertyValue) any {
	switch {
	case v.IsString():
		if s := []rune(v.StringValue()); len(s) > 60 {
			return string(s[:57]) + "..."
		}
		return v.StringValue()
	case v.IsNumber():
		return number(v.NumberValue())
	case v.IsBool():
		return v.BoolValue()
	default:
		return nil
	}
}

// number shows a whole number without an exponent.
func number(n float64) any {
	if n == math.Trunc(n) && math.Abs(n) < 1e15 {
		return int64(n)
	}
	return n
}

// quotedForm is a number or boolean as a string.
func quotedForm(v resource.PropertyValue) string {
	if v.IsNumber() || v.IsBool() {
		return strconv.Quote(fmt.Sprint(shown(v)))
	}
	return ""
}

// bareForm is a string without its quotes, when it is a whole number or one of
// the given words.
func bareForm(v resource.PropertyValue, words ...string) string {
	if !v.IsString() {
		return ""
	}
	s := strings.TrimSpace(v.StringValue())
	if _, err := strconv.Atoi(s); (err == nil && len(words) == 0) || slices.Contains(words, s) {
		return s
	}
	return ""
}
