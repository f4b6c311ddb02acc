package standin

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// difference of two input sets, as the official provider reports it.
type inputDiff struct {
	// kinds by property name.
	kinds map[string]pulumirpc.PropertyDiff_Kind
	// replaces holds the names whose change makes the resource anew.
	replaces            []string
	deleteBeforeReplace bool
}

// names returns what changes, in order.
func (d inputDiff) names() []string { return sortedKeys(d.kinds) }

// diffInputs compares the inputs of the last deployment with the wanted ones.
// state serves for properties that AWS chose a value for.
func (t *resourceType) diffInputs(was, is, state object) inputDiff {
	d := inputDiff{kinds: map[string]pulumirpc.PropertyDiff_Kind{}}
	for name, row := range t.inputs {
		if strings.ContainsAny(name, ".[") {
			continue
		}
		before, after := was.value(name), is.value(name)
		if row.computed && absent(after) {
			continue
		}
		if row.computed && absent(before) {
			before = state.value(name)
		}
		if row.drifts && state.has(name) {
			before = state.value(name)
		}
		if zero(before) && zero(after) || !absent(before) && !absent(after) && t.same(name, before, after) {
			continue
		}
		kind := pulumirpc.PropertyDiff_UPDATE
		switch {
		case absent(before):
			kind = pulumirpc.PropertyDiff_ADD
		case absent(after):
			kind = pulumirpc.PropertyDiff_DELETE
		}
		if row.change == replaces {
			kind++ // each kind is followed by its replacing form
			d.replaces = append(d.replaces, name)
		}
		d.kinds[name] = kind
	}
	if t.replaceWhen != nil && len(d.kinds) > 0 {
		if name := t.replaceWhen(was, is); name != "" {
			kind, changed := d.kinds[name]
			if !changed {
				kind = pulumirpc.PropertyDiff_UPDATE
			}
			d.kinds[name] = kind + 1
			d.replaces = append(d.replaces, name)
		}
	}
	slices.Sort(d.replaces)
	if len(d.replaces) > 0 {
		d.deleteBeforeReplace = t.keepsItsName(was, is)
	}
	return d
}

// keepsItsName reports whether the new resource would have the old one's name,
// which the user chose: the official provider then deletes first.
func (t *resourceType) keepsItsName(was, is object) bool {
	for name, row := range t.inputs {
		if row.autoName == 0 || !is.has(name) {
			continue
		}
		own := !slices.Contains(is.strs(defaultsKey), name)
		if own && same(was.value(name), is.value(name)) {
			return true
		}
	}
	return false
}

// absent reports whether a value stands for none: the official provider does
// not tell an empty list or text from an absent one.
func absent(v resource.PropertyValue) bool {
	return v.IsNull() || v.IsArray() && len(v.ArrayValue()) == 0 || v.IsObject() && len(v.ObjectValue()) == 0 ||
		v.IsString() && v.StringValue() == ""
}

// zero reports whether a value is the same as none where AWS has no value of
// its own: false and 0 are what an absent property reads as.
func zero(v resource.PropertyValue) bool {
	return absent(v) || v.IsBool() && !v.BoolValue() || v.IsNumber() && v.NumberValue() == 0
}

// same compares two values of a property as AWS would.
func (t *resourceType) same(path string, a, b resource.PropertyValue) bool {
	row := t.inputs[path]
	switch {
	case row.equal != nil && a.IsString() && b.IsString():
		return row.equal(a, b)
	case row.json && a.IsString() && b.IsString():
		return sameDocument(a.StringValue(), b.StringValue())
	}
	a, b = t.align(path, a, b)
	return same(t.normal(path, a), t.normal(path, b))
}

func same(a, b resource.PropertyValue) bool {
	return !a.ContainsUnknowns() && !b.ContainsUnknowns() && a.DeepEquals(b)
}

// normal sorts sets, fills defaults in and drops what stands for none.
func (t *resourceType) normal(path string, v resource.PropertyValue) resource.PropertyValue {
	v = t.complete(path, v)
	switch {
	case v.IsArray():
		elements := make([]resource.PropertyValue, len(v.ArrayValue()))
		for i, e := range v.ArrayValue() {
			elements[i] = t.normal(path+"[]", e)
		}
		if t.inputs[path].set {
			slices.SortFunc(elements, func(a, b resource.PropertyValue) int { return cmp.Compare(a.String(), b.String()) })
		}
		return resource.NewProperty(elements)
	case v.IsObject():
		object := resource.PropertyMap{}
		for k, e := range v.ObjectValue() {
			if e = t.normal(path+"."+string(k), e); !zero(e) {
				object[k] = e
			}
		}
		return resource.NewProperty(object)
	}
	return v
}

// sameDocument compares policy documents: the order of keys and of lists has
// no meaning in them, and a list of one is the same as its element.
func sameDocument(a, b string) bool {
	var x, y any
	if json.Unmarshal([]byte(a), &x) != nil || json.Unmarshal([]byte(b), &y) != nil {
		return a == b
	}
	return canonical(x) == canonical(y)
}

// canonical writes a policy document with its lists sorted.
func canonical(v any) string {
	switch v := v.(type) {
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = canonical(e)
		}
		if len(parts) == 1 {
			return parts[0]
		}
		slices.Sort(parts)
		return "[" + strings.Join(parts, ",") + "]"
	case map[string]any:
		var parts []string
		for _, k := range sortedKeys(v) {
			parts = append(parts, canonical(k)+":"+canonical(v[k]))
		}
		return "{" + strings.Join(parts, ",") + "}"
	default:
		text, _ := json.Marshal(v) // scalars always marshal
		return string(text)
	}
}
