package standin

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"

	tf "github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// property is a property of a type, or of a nested object, under both its
// names: Pulumi's and that of Terraform's SDK.
type property struct {
	name, attribute string
	schema          *tf.Schema
	// single is an object in Pulumi, and a block that occurs at most once in
	// Terraform's SDK.
	single bool
	// nested are the properties of the object, or of the list's objects.
	nested []*property
	row    prop
}

// shape returns all properties of the type, in order: their types are those of
// the SDK's structs, what the provider does with them is what the rows say. A
// property without a row is there because the state has it; Check refuses one
// that a program gives.
func (t *resourceType) shape() []*property {
	args, outputs := fields(t.plain()), t.stateFields()
	all := maps.Clone(outputs)
	maps.Copy(all, args)
	var out []*property
	for _, name := range slices.Sorted(maps.Keys(all)) {
		_, input := args[name]
		p := t.property(name, name, all[name], input, false)
		if slices.Contains(t.outputs, name) || name == "tagsAll" {
			p.schema.Computed = true
		}
		if name == "tagsAll" {
			p.schema.Optional = true // Check writes it, as that of pulumi-aws does
		}
		if t.update == nil && input {
			p.schema.ForceNew = true // nothing of the type can change
		}
		out = append(out, p)
	}
	t.pairNames(out)
	t.demandOne(out)
	return out
}

// demandOne says which properties exclude each other, and that one of them has
// to be there.
func (t *resourceType) demandOne(properties []*property) {
	for _, group := range t.exactlyOne {
		var members []*property
		var attributes []string
		for _, p := range properties {
			if slices.Contains(group, p.name) {
				members, attributes = append(members, p), append(attributes, p.attribute)
			}
		}
		for _, p := range members {
			p.schema.ExactlyOneOf = attributes
		}
	}
}

// pairNames says of a name and a prefix for one that they exclude each other.
func (t *resourceType) pairNames(properties []*property) {
	var name, prefix *property
	for _, p := range properties {
		switch p.name {
		case "name":
			name = p
		case "namePrefix":
			prefix = p
		}
	}
	if name != nil && prefix != nil && name.row.autoName > 0 {
		name.schema.Computed, prefix.schema.Computed = true, true
		name.schema.ConflictsWith, prefix.schema.ConflictsWith = []string{prefix.attribute}, []string{name.attribute}
	}
}

// property describes the property at a path such as "settings[].name".
func (t *resourceType) property(path, name string, typ reflect.Type, input, forceNew bool) *property {
	row, known := t.inputs[path]
	p := &property{name: name, attribute: attributeName(name), row: row, schema: &tf.Schema{}}
	s := p.schema
	switch {
	case !input:
		s.Computed = true
	case known && (row.required || requiredType(typ)):
		s.Required = true
	default:
		s.Optional, s.Computed, s.Default = true, row.computed, row.byDefault
	}
	switch row.change {
	case replaces:
		s.ForceNew = true
	case updates:
	default:
		s.ForceNew = input && forceNew
	}
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	list := tf.TypeList
	if row.set {
		list = tf.TypeSet
	}
	switch typ.Kind() {
	case reflect.Struct:
		s.Type, s.MaxItems, p.single = list, 1, true
		if !input {
			s.MaxItems = 0 // the SDK allows it for inputs only
		}
		p.nested = t.nestedProperties(path, typ, input, s.ForceNew)
		s.Elem = &tf.Resource{Schema: schemas(p.nested)}
	case reflect.Slice:
		s.Type = list
		if typ.Elem().Kind() == reflect.Struct {
			p.nested = t.nestedProperties(path+"[]", typ.Elem(), input, s.ForceNew)
			s.Elem = &tf.Resource{Schema: schemas(p.nested)}
		} else {
			s.Elem = &tf.Schema{Type: scalar(typ.Elem()), ValidateFunc: row.check}
		}
	case reflect.Map:
		s.Type, s.Elem = tf.TypeMap, &tf.Schema{Type: tf.TypeString}
	default:
		s.Type, s.ValidateFunc = scalar(typ), row.check
		if row.equalIn != nil {
			s.DiffSuppressFunc = func(_, was, is string, d *tf.ResourceData) bool { return row.equalIn(was, is, d) }
		} else if same := row.same(); same != nil {
			s.DiffSuppressFunc = func(_, was, is string, _ *tf.ResourceData) bool { return same(was, is) }
		}
	}
	return p
}

func (t *resourceType) nestedProperties(path string, typ reflect.Type, input, forceNew bool) []*property {
	var out []*property
	all := fields(typ)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		out = append(out, t.property(join(path, name), name, all[name], input, forceNew))
	}
	return out
}

// same returns how two values of the row are compared, nil for as they stand.
func (row prop) same() func(was, is string) bool {
	switch {
	case row.equal != nil:
		return row.equal
	case row.json:
		return sameDocument
	default:
		return nil
	}
}

// scalar is the SDK's type of a Go type. What the SDK types as a union, such as
// a policy document or a role, is text to the provider.
func scalar(t reflect.Type) tf.ValueType {
	switch t.Kind() {
	case reflect.Bool:
		return tf.TypeBool
	case reflect.Int:
		return tf.TypeInt
	case reflect.Float64:
		return tf.TypeFloat
	default:
		return tf.TypeString
	}
}

// schemas are the properties as Terraform's SDK takes them.
func schemas(properties []*property) map[string]*tf.Schema {
	out := map[string]*tf.Schema{}
	for _, p := range properties {
		out[p.attribute] = p.schema
	}
	return out
}

// infos are what the bridge has to know of the properties besides.
func infos(properties []*property) map[string]*tfbridge.SchemaInfo {
	out := map[string]*tfbridge.SchemaInfo{}
	for _, p := range properties {
		info := &tfbridge.SchemaInfo{Name: p.name}
		if p.row.autoName > 0 {
			info = tfbridge.AutoName(p.name, p.row.autoName, "-")
		}
		if p.row.json {
			info.Transform = tfbridge.TransformJSONDocument
		}
		if p.single {
			info.MaxItemsOne = tfbridge.True()
		}
		if len(p.nested) > 0 {
			info.Elem = &tfbridge.SchemaInfo{Fields: infos(p.nested)}
		}
		out[p.attribute] = info
	}
	return out
}

// attributeName writes a name as Terraform does: "cidrBlock" is "cidr_block".
func attributeName(name string) string {
	var out strings.Builder
	for _, c := range name {
		if unicode.IsUpper(c) {
			out.WriteByte('_')
		}
		out.WriteRune(unicode.ToLower(c))
	}
	return out.String()
}

// fields are the types of an SDK struct's properties by name.
func fields(t reflect.Type) map[string]reflect.Type {
	out := map[string]reflect.Type{}
	for i := range t.NumField() {
		if name, ok := t.Field(i).Tag.Lookup("pulumi"); ok {
			out[name] = t.Field(i).Type
		}
	}
	return out
}

// stateFields are the types of the properties of the SDK's resource struct,
// by the elements that its outputs carry.
func (t *resourceType) stateFields() map[string]reflect.Type {
	out := map[string]reflect.Type{}
	for name, field := range fields(reflect.TypeOf(t.state)) {
		if output, ok := reflect.New(field).Elem().Interface().(elementTyper); ok {
			out[name] = output.ElementType()
		}
	}
	return out
}

// unserved returns the paths of given properties that have no row.
func (t *resourceType) unserved(given object) []string {
	var out []string
	var walk func(row, at string, properties []*property, given object)
	walk = func(row, at string, properties []*property, given object) {
		for _, p := range properties {
			path, user, v := join(row, p.name), join(at, p.name), given.value(p.name)
			if v.IsNull() {
				continue
			}
			if _, known := t.inputs[path]; !known {
				out = append(out, user)
				continue
			}
			switch {
			case p.single && v.IsObject():
				walk(path, user, p.nested, object(v.ObjectValue()))
			case len(p.nested) > 0 && v.IsArray():
				for i, e := range v.ArrayValue() {
					if e.IsObject() {
						walk(path+"[]", resource.PropertyPath{user, i}.String(), p.nested, object(e.ObjectValue()))
					}
				}
			}
		}
	}
	walk("", "", t.properties, given)
	slices.Sort(out)
	return out
}
