package state

import (
	"slices"
	"strings"
)

// Resource is one resource of a stack.
type Resource struct {
	URN, Name, Type string
	// ID that the provider gave it; "" when it is not made yet.
	ID     string
	Parent string // the URN of its parent
	// Custom is false for components, which are nothing in the cloud.
	Custom bool
	// External was read, and is not managed by the stack.
	External bool

	inputs, outputs map[string]any
	dependencies    []string
	byProperty      map[string][]string
	// exists: it was made, so that its outputs are all there.
	exists bool
	// hidden: it was read, and the document does not say what was found.
	hidden bool
}

// Made says whether the resource exists already and its outputs are known, so
// that a property that its provider always gives is not simply left out.
func (r *Resource) Made() bool { return r.exists && len(r.outputs) > 0 }

// Get returns a property: as it is when that is known, or else as the program
// wants it.
func (r *Resource) Get(name string) Value {
	v := Value{owner: r, property: name, path: name}
	if raw, ok := r.outputs[name]; ok {
		v.set(raw)
		if !v.Absent() {
			return v
		}
	}
	if raw, ok := r.inputs[name]; ok {
		input := v
		input.set(raw)
		if !input.Absent() || v.knowledge == missing {
			return input
		}
	}
	if r.hidden && v.knowledge == missing {
		v.knowledge = unknown
	}
	return v
}

// Both returns a property as the program wants it and as it is. For lists that
// somebody else can add to, or that the program lost sight of, each may have
// what the other has not.
func (r *Resource) Both(name string) []Value {
	var list []Value
	for _, properties := range []map[string]any{r.inputs, r.outputs} {
		if raw, ok := properties[name]; ok {
			v := Value{owner: r, property: name, path: name}
			v.set(raw)
			list = append(list, v)
		}
	}
	if len(list) == 0 {
		list = append(list, r.Get(name))
	}
	return list
}

// Asked returns a property as the program wants it.
func (r *Resource) Asked(name string) Value {
	v := Value{owner: r, property: name, path: name}
	if raw, ok := r.inputs[name]; ok {
		v.set(raw)
	}
	return v
}

// dependenciesOf returns the URNs of what a property's value was made from.
func (r *Resource) dependenciesOf(property string) []string {
	if r.byProperty == nil {
		return r.dependencies
	}
	return r.byProperty[property]
}

// MadeFrom returns the URNs of everything that its properties were made from.
func (r *Resource) MadeFrom() (urns []string) {
	for _, of := range r.byProperty {
		urns = append(urns, of...)
	}
	if r.byProperty == nil {
		urns = slices.Clone(r.dependencies)
	}
	slices.Sort(urns)
	return slices.Compact(urns)
}

// Properties calls with every property, nested ones too, as Get returns them.
// What the provider keeps for itself is none: "__meta" and its like.
func (r *Resource) Properties(with func(Value)) {
	names := map[string]bool{}
	for _, properties := range []map[string]any{r.outputs, r.inputs} {
		for name := range properties {
			if !names[name] && !strings.HasPrefix(name, "__") {
				names[name] = true
				r.Get(name).walk(with)
			}
		}
	}
}
