package standin

import (
	"github.com/hashicorp/go-cty/cty"
	tf "github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

var unknown = resource.MakeComputed(resource.NewProperty(""))

// fromTerraform reads an object of Terraform's SDK as Pulumi has it: names and
// shapes are Pulumi's, and what is null, or a block that is not there, is
// absent. What is not known is absent too, unless it is asked for.
func fromTerraform(properties []*property, v cty.Value, unknowns bool) object {
	out := object{}
	if v.IsNull() || !v.IsKnown() {
		return out
	}
	for _, p := range properties {
		if value := p.fromTerraform(v.GetAttr(p.attribute), unknowns); !value.IsNull() {
			out[resource.PropertyKey(p.name)] = value
		}
	}
	return out
}

func (p *property) fromTerraform(v cty.Value, unknowns bool) resource.PropertyValue {
	switch {
	case !v.IsKnown():
		if unknowns {
			return unknown
		}
		return resource.PropertyValue{}
	case v.IsNull():
		return resource.PropertyValue{}
	case v.Type().IsPrimitiveType():
		return primitive(v)
	case v.Type().IsMapType():
		out := resource.PropertyMap{}
		for k, e := range v.AsValueMap() {
			if e.IsKnown() && !e.IsNull() {
				out[resource.PropertyKey(k)] = primitive(e)
			} else if unknowns && !e.IsKnown() {
				out[resource.PropertyKey(k)] = unknown
			}
		}
		return resource.NewProperty(out)
	}
	var elements []resource.PropertyValue
	for _, e := range v.AsValueSlice() {
		switch {
		case !e.IsKnown():
			if unknowns {
				elements = append(elements, unknown)
			}
		case len(p.nested) > 0:
			elements = append(elements, resource.NewProperty(resource.PropertyMap(fromTerraform(p.nested, e, unknowns))))
		case !e.IsNull():
			elements = append(elements, primitive(e))
		}
	}
	switch {
	case len(p.nested) > 0 && len(elements) == 0:
		return resource.PropertyValue{}
	case p.single:
		return elements[0]
	default:
		return resource.NewProperty(elements)
	}
}

func primitive(v cty.Value) resource.PropertyValue {
	switch v.Type() {
	case cty.String:
		return resource.NewProperty(v.AsString())
	case cty.Bool:
		return resource.NewProperty(v.True())
	default:
		n, _ := v.AsBigFloat().Float64()
		return resource.NewProperty(n)
	}
}

// toTerraform writes a value as Terraform's SDK takes it.
func (p *property) toTerraform(v resource.PropertyValue) any {
	switch {
	case v.IsNull():
		return p.zero()
	case p.single && v.IsObject():
		return []any{p.block(v.ObjectValue())}
	case v.IsArray():
		list := []any{}
		for _, e := range v.ArrayValue() {
			switch {
			case e.IsNull():
			case len(p.nested) > 0:
				list = append(list, p.block(e.ObjectValue()))
			default:
				list = append(list, number(p.schema.Elem.(*tf.Schema).Type, e))
			}
		}
		return list
	case v.IsObject():
		return v.Mappable()
	default:
		return number(p.schema.Type, v)
	}
}

func (p *property) block(given resource.PropertyMap) map[string]any {
	out := map[string]any{}
	for _, n := range p.nested {
		if v := given[resource.PropertyKey(n.name)]; !v.IsNull() {
			out[n.attribute] = n.toTerraform(v)
		}
	}
	return out
}

// number returns the Go value of a scalar; whole numbers are ints to the SDK.
func number(t tf.ValueType, v resource.PropertyValue) any {
	if v.IsNumber() && t == tf.TypeInt {
		return int(v.NumberValue())
	}
	return v.Mappable()
}

// zero is what the official provider writes for what AWS does not tell.
func (p *property) zero() any {
	switch p.schema.Type {
	case tf.TypeBool:
		return false
	case tf.TypeInt:
		return 0
	case tf.TypeFloat:
		return 0.0
	case tf.TypeString:
		return ""
	case tf.TypeMap:
		return map[string]any{}
	default:
		return []any{}
	}
}
