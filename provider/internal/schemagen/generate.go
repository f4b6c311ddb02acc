// Package schemagen makes schema.json from the Go types of the components and
// the functions.
//
// The types decide everything: a field's tag gives its name and whether it is
// required, a plain Go type or a pulumi Input gives how early its value is
// needed, a named string type with constants is an enum, and the doc comments
// are the documentation of every SDK. So nothing about a component or a
// function is written twice.
package schemagen

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

// Component is one component by its two Go types, both structs.
type Component struct {
	Args, Resource reflect.Type
}

// Function is one function by its two Go types, both structs: what the Go
// function of this name takes and returns.
type Function struct {
	Name         string
	Args, Result reflect.Type
}

// Generate adds the components, the functions and the types they use to pkg,
// with the documentation that was read from their package's source.
func Generate(pkg *schema.Package, components []Component, functions []Function, docs Docs) error {
	g := &generator{pkg: pkg, components: components, docs: docs, objects: map[string]object{}}
	pkg.Types = map[string]schema.Type{}
	pkg.Resources = map[string]schema.Resource{}
	pkg.Functions = map[string]schema.Function{}
	g.plain = true
	for _, c := range components {
		g.component(c)
	}
	g.plain = false
	for _, f := range functions {
		g.function(f)
	}
	return errors.Join(g.problems...)
}

type generator struct {
	pkg        *schema.Package
	components []Component
	docs       Docs
	problems   []error
	self       reflect.Type // the component that is being described
	// plain says whether a Go value is needed at once. A component's is: it
	// decides which resources there are. A function has a form in every
	// language that waits for its arguments.
	plain   bool
	objects map[string]object // by token
}

// object is a nested object that was described, and how.
type object struct {
	of    reflect.Type
	plain bool
}

func (g *generator) component(c Component) {
	g.self = c.Resource
	doc := g.docs[c.Resource.Name()]
	description, deprecated := splitDeprecated(doc.Text)
	inputs, requiredInputs := g.fields(c.Args)
	outputs, required := g.fields(c.Resource)
	g.pkg.Resources[schema.Token(c.Resource.Name())] = schema.Resource{
		Description:        description,
		DeprecationMessage: deprecated,
		IsComponent:        true,
		InputProperties:    inputs,
		RequiredInputs:     requiredInputs,
		Properties:         outputs,
		Required:           required,
	}
}

func (g *generator) function(f Function) {
	description, deprecated := splitDeprecated(g.docs.text(f.Name))
	if rest, ok := strings.CutPrefix(description, f.Name+" "); ok {
		// Go's comments begin with a name that other languages write otherwise.
		description = strings.ToUpper(rest[:1]) + rest[1:]
	}
	inputs, requiredInputs := g.fields(f.Args)
	outputs, required := g.fields(f.Result)
	g.pkg.Functions[schema.FunctionToken(f.Name)] = schema.Function{
		Description:        description,
		DeprecationMessage: deprecated,
		Inputs:             schema.Object{Type: "object", Properties: inputs, Required: requiredInputs},
		Outputs:            schema.Object{Type: "object", Properties: outputs, Required: required, Description: g.docs.text(f.Result.Name())},
	}
}

// fields describes the tagged fields of a struct. A field is required unless
// its tag says optional or, among outputs, it may be nil.
func (g *generator) fields(t reflect.Type) (properties map[string]schema.Property, required []string) {
	properties = map[string]schema.Property{}
	for _, f := range reflect.VisibleFields(t) {
		tag, tagged := f.Tag.Lookup("pulumi")
		if !tagged || !f.IsExported() {
			continue
		}
		where := t.Name() + "." + f.Name
		name, options, _ := strings.Cut(tag, ",")
		if len(f.Index) > 1 {
			g.problem(where, "comes from an embedded struct, which Pulumi does not look into")
			continue
		}
		if options != "" && options != "optional" {
			g.problem(where, "has a tag option other than optional: "+options)
		}
		spec, err := g.spec(f.Type)
		if err != nil {
			g.problem(where, err.Error())
			continue
		}
		description, deprecated := splitDeprecated(g.docs[t.Name()].Fields[f.Name])
		properties[name] = schema.Property{TypeSpec: spec, Description: description, DeprecationMessage: deprecated}
		if options == "" && !isOptionalOutput(f.Type) {
			required = append(required, name)
		}
	}
	slices.Sort(required)
	return properties, required
}

var (
	inputType    = reflect.TypeFor[pulumi.Input]()
	outputType   = reflect.TypeFor[pulumi.Output]()
	resourceType = reflect.TypeFor[pulumi.Resource]()
)

// spec describes the type of a field: plain Go values stay plain, Inputs and
// Outputs are described by what they resolve to.
func (g *generator) spec(t reflect.Type) (schema.TypeSpec, error) {
	if t.Implements(inputType) && !isArgsStruct(t) {
		element, err := elementType(t)
		if err != nil {
			return schema.TypeSpec{}, err
		}
		if isResource(element) {
			return g.reference(t)
		}
		return g.eventual(element)
	}
	switch t.Kind() {
	case reflect.Pointer:
		return g.spec(t.Elem())
	case reflect.Slice, reflect.Map:
		element, err := g.spec(t.Elem())
		if err != nil {
			return schema.TypeSpec{}, err
		}
		spec, err := container(t, element)
		spec.Plain = g.plain
		return spec, err
	default:
		spec, err := g.value(t)
		spec.Plain = g.plain
		return spec, err
	}
}

// eventual describes what an Input or an Output resolves to.
func (g *generator) eventual(t reflect.Type) (schema.TypeSpec, error) {
	switch t.Kind() {
	case reflect.Pointer:
		return g.eventual(t.Elem())
	case reflect.Slice, reflect.Map:
		element, err := g.eventual(t.Elem())
		if err != nil {
			return schema.TypeSpec{}, err
		}
		return container(t, element)
	default:
		return g.value(t)
	}
}

func container(t reflect.Type, element schema.TypeSpec) (schema.TypeSpec, error) {
	if t.Kind() == reflect.Slice {
		return schema.TypeSpec{Type: "array", Items: &element}, nil
	}
	if t.Key().Kind() != reflect.String {
		return schema.TypeSpec{}, fmt.Errorf("has a map with keys of type %v; only strings can be keys", t.Key())
	}
	return schema.TypeSpec{Type: "object", AdditionalProperties: &element}, nil
}

// value describes a type that contains no Input.
func (g *generator) value(t reflect.Type) (schema.TypeSpec, error) {
	switch t.Kind() {
	case reflect.String:
		if t.PkgPath() != "" && len(g.docs[t.Name()].Consts) > 0 {
			return g.enum(t), nil
		}
		return schema.TypeSpec{Type: "string"}, nil
	case reflect.Bool:
		return schema.TypeSpec{Type: "boolean"}, nil
	case reflect.Int, reflect.Int32, reflect.Int64:
		return schema.TypeSpec{Type: "integer"}, nil
	case reflect.Float64:
		return schema.TypeSpec{Type: "number"}, nil
	case reflect.Struct:
		return g.object(t), nil
	case reflect.Interface:
		return schema.TypeSpec{Ref: schema.AnyRef}, nil
	default:
		return schema.TypeSpec{}, fmt.Errorf("has type %v, which Pulumi cannot carry", t)
	}
}

func (g *generator) enum(t reflect.Type) schema.TypeSpec {
	token := schema.Token(t.Name())
	if _, done := g.pkg.Types[token]; !done {
		description, _ := splitDeprecated(g.docs[t.Name()].Text)
		enum := schema.Type{Type: "string", Description: description}
		for _, c := range g.docs[t.Name()].Consts {
			text, deprecated := splitDeprecated(c.Text)
			enum.Enum = append(enum.Enum, schema.EnumValue{
				Name:               strings.TrimPrefix(c.Name, t.Name()),
				Value:              c.Value,
				Description:        text,
				DeprecationMessage: deprecated,
			})
		}
		g.pkg.Types[token] = enum
	}
	return schema.TypeSpec{Ref: schema.TypeRef + token}
}

func (g *generator) object(t reflect.Type) schema.TypeSpec {
	token := schema.Token(strings.TrimSuffix(t.Name(), "Args"))
	if other, done := g.objects[token]; done && other != (object{t, g.plain}) {
		g.problem(t.Name(), fmt.Sprintf("would be %s, as %s is already, in another form", token, other.of.Name()))
	}
	g.objects[token] = object{t, g.plain}
	if _, done := g.pkg.Types[token]; !done {
		g.pkg.Types[token] = schema.Type{} // ends a recursion
		description, _ := splitDeprecated(g.docs[t.Name()].Text)
		properties, required := g.fields(t)
		g.pkg.Types[token] = schema.Type{
			Type:        "object",
			Description: description,
			Properties:  properties,
			Required:    required,
		}
	}
	return schema.TypeSpec{Ref: schema.TypeRef + token}
}

// reference describes an argument that takes a component: every other component
// that implements the argument's interface fits. One of its own type would have
// the Node.js SDK import a class into the file that declares it, which does not
// compile.
func (g *generator) reference(t reflect.Type) (schema.TypeSpec, error) {
	var fitting []schema.TypeSpec
	for _, c := range g.components {
		if p := reflect.PointerTo(c.Resource); p.AssignableTo(t) && c.Resource != g.self {
			fitting = append(fitting, schema.TypeSpec{Ref: schema.ResourceRef + schema.Token(c.Resource.Name())})
		}
	}
	slices.SortFunc(fitting, func(a, b schema.TypeSpec) int { return strings.Compare(a.Ref, b.Ref) })
	switch len(fitting) {
	case 0:
		return schema.TypeSpec{}, fmt.Errorf("has type %v, which no component implements", t)
	case 1:
		return fitting[0], nil
	default:
		return schema.TypeSpec{OneOf: fitting}, nil
	}
}

func (g *generator) problem(where, what string) {
	g.problems = append(g.problems, fmt.Errorf("%s %s", where, what))
}

// elementType returns what an Input or Output type resolves to. Pulumi's
// convention is the only link between the two: XInput has a method ToXOutput.
func elementType(t reflect.Type) (reflect.Type, error) {
	if t.Implements(outputType) && t.Kind() != reflect.Interface {
		return reflect.Zero(t).Interface().(pulumi.Output).ElementType(), nil
	}
	method := "To" + strings.TrimSuffix(t.Name(), "Input") + "Output"
	if m, ok := t.MethodByName(method); ok && m.Type.NumOut() == 1 && m.Type.Out(0).Implements(outputType) {
		return reflect.Zero(m.Type.Out(0)).Interface().(pulumi.Output).ElementType(), nil
	}
	if t == inputType {
		return reflect.TypeFor[any](), nil
	}
	return nil, fmt.Errorf("has type %v without a method %s that returns an Output", t, method)
}

func isResource(t reflect.Type) bool { return t.Implements(resourceType) }

// isArgsStruct reports whether t is one of our argument structs that implements
// pulumi.Input itself, which is written out like any other struct.
func isArgsStruct(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct && !t.Implements(outputType) && !reflect.PointerTo(t).Implements(resourceType)
}

func isOptionalOutput(t reflect.Type) bool {
	if !t.Implements(outputType) || t.Kind() == reflect.Interface {
		return false
	}
	element, err := elementType(t)
	return err == nil && element.Kind() == reflect.Pointer && !isResource(element)
}
