package state

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Value is a property of a resource, or a part of one.
type Value struct {
	owner *Resource
	// property is the resource's property that the value is in, and path leads
	// to the value from there.
	property, path string
	knowledge      knowledge
	raw            any
}

type knowledge int8

const (
	missing knowledge = iota // it is not there, or it is null, which is the same
	unknown                  // it is not known yet
	secret                   // it is there and encrypted
	wrong                    // it is there and is no such thing
	known
)

// Pulumi writes what is not a plain value as an object with this key, and what
// is not known yet as one of these texts, by the type that is expected.
// https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go
// https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go
const (
	signature       = "4dabf18193072939515e22adb298388d"
	secretSignature = "1b47061264138c4ac30d75fd1eb44270"
	outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
	resourceRef     = "5cf8f73096256a8f31e491e813e4eb8e"
	hiddenSecret    = "[secret]"
)

var unknowns = []string{
	"04da6b54-80e4-46f7-96ec-b56ff0331ba9", // text, and everything in a preview
	"1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // bool
	"3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
	"6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // list
	"030794c1-ac77-496b-92df-f27374a8bd58", // asset
	"e48ece36-62e2-4504-bad9-02848725956a", // archive
	"dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
}

func (v *Value) set(raw any) { v.raw, v.knowledge = open(raw, 0) }

// open takes what Pulumi wraps values in from around a value. Null is no value:
// the provider writes it for every block and every setting that is not there.
// https://github.com/pulumi/pulumi-terraform-bridge/blob/main/pkg/tfbridge/schema.go, MakeTerraformOutputs
func open(raw any, depth int) (any, knowledge) {
	switch raw := raw.(type) {
	case nil:
		return nil, missing
	case string:
		// Ids of Pulumi's are 36 characters: most texts need no look.
		if len(raw) == 36 && slices.Contains(unknowns, raw) {
			return nil, unknown
		}
		if raw == hiddenSecret {
			return nil, secret
		}
	case map[string]any:
		sig, wrapped := raw[signature]
		if !wrapped {
			return raw, known
		}
		// A secret in a secret in a secret is not something Pulumi writes.
		if depth > 3 {
			return nil, wrong
		}
		switch sig {
		case secretSignature:
			text, ok := raw["plaintext"].(string)
			if !ok {
				return nil, secret
			}
			var inner any
			if json.Unmarshal([]byte(text), &inner) != nil {
				return nil, wrong
			}
			return open(inner, depth+1)
		case outputSignature:
			inner, ok := raw["value"]
			if !ok {
				return nil, unknown
			}
			return open(inner, depth+1)
		case resourceRef:
			inner, ok := raw["id"]
			if !ok {
				return nil, unknown
			}
			return open(inner, depth+1)
		}
		return nil, wrong // an asset or an archive
	}
	return raw, known
}

// Owner is the resource that the value is a property of.
func (v Value) Owner() *Resource { return v.owner }

// Property is the name of the resource's property that the value is in.
func (v Value) Property() string { return v.property }

// Path leads to the value: "networkConfiguration.subnets[0]".
func (v Value) Path() string { return v.path }

// Absent says that there is no value: it is missing, or null.
func (v Value) Absent() bool { return v.knowledge == missing }

// Known says that the value is there and can be read.
func (v Value) Known() bool { return v.knowledge == known }

// Unknown says that a value is there, or may be, and cannot be read.
func (v Value) Unknown() bool { return !v.Absent() && v.knowledge != known }

// Why says in words that follow the value's name why it cannot be read.
func (v Value) Why() string {
	switch v.knowledge {
	case missing:
		return "is missing"
	case unknown:
		return "is not known yet"
	case secret:
		return "is secret"
	}
	return "is not what is expected there"
}

// Doubt says that the value cannot be read: "its vpcId is not known yet".
func (v Value) Doubt() string { return "its " + v.path + " " + v.Why() }

// Dependencies are the URNs of what the value was made from, or the property
// around it.
func (v Value) Dependencies() []string { return v.owner.dependenciesOf(v.property) }

// Text returns a text.
func (v Value) Text() (string, bool) {
	text, ok := v.raw.(string)
	return text, ok && v.knowledge == known
}

// Or returns a text, or another one when there is none.
func (v Value) Or(otherwise string) string {
	if text, ok := v.Text(); ok && text != "" {
		return text
	}
	return otherwise
}

// Empty says that there is no value, or an empty text, which stands for none.
func (v Value) Empty() bool {
	text, ok := v.Text()
	return v.Absent() || ok && text == ""
}

// Unset says that a list or a block is not set: there is no value, or an empty
// one, as a provider writes for what nobody set.
func (v Value) Unset() bool {
	if v.knowledge == known {
		switch raw := v.raw.(type) {
		case []any:
			elements, _ := v.List()
			return len(elements) == 0
		case map[string]any:
			for name := range raw {
				if name != defaulted && !v.Get(name).Absent() {
					return false
				}
			}
			return true
		}
	}
	return v.Empty()
}

// defaulted is beside an object's fields, and lists those that nobody set.
const defaulted = "__defaults"

// Int returns a whole number; providers may write it as a text.
func (v Value) Int() (int, bool) {
	if v.knowledge != known {
		return 0, false
	}
	switch raw := v.raw.(type) {
	case float64:
		if raw != math.Trunc(raw) || math.Abs(raw) > 1<<40 {
			return 0, false
		}
		return int(raw), true
	case string:
		n, err := strconv.Atoi(strings.TrimSpace(raw))
		return n, err == nil
	}
	return 0, false
}

// Bool returns a truth value; providers may write it as a text.
func (v Value) Bool() (value, ok bool) {
	if v.knowledge != known {
		return false, false
	}
	switch raw := v.raw.(type) {
	case bool:
		return raw, true
	case string:
		// As Terraform reads one: 1 and t are true, too.
		value, err := strconv.ParseBool(strings.ToLower(raw))
		return value, err == nil
	}
	return false, false
}

// Get returns a field of an object.
func (v Value) Get(name string) Value {
	field := Value{owner: v.owner, property: v.property, path: v.path + "." + name, knowledge: v.knowledge}
	if v.knowledge != known {
		return field
	}
	object, ok := v.raw.(map[string]any)
	if !ok {
		field.knowledge = wrong
		// Older releases of a provider wrote a block that there is at most one
		// of as a list.
		if list, isList := v.raw.([]any); isList && len(list) <= 1 {
			field.knowledge = missing
			if len(list) == 1 {
				inner := v
				inner.set(list[0])
				return inner.Get(name)
			}
		}
		return field
	}
	field.knowledge = missing
	if raw, there := object[name]; there {
		field.set(raw)
	}
	return field
}

// List returns the elements of a list, and whether these are all of them: false
// when the list cannot be read. A single value where a list is expected, as other
// releases of a provider write it, is its only element; null is none.
func (v Value) List() (elements []Value, complete bool) {
	switch {
	case v.knowledge == missing:
		return nil, true
	case v.knowledge != known:
		return nil, false
	}
	list, ok := v.raw.([]any)
	if !ok {
		if v.Unset() {
			return nil, true
		}
		return []Value{v}, true
	}
	elements = make([]Value, 0, len(list))
	for i, raw := range list {
		e := Value{owner: v.owner, property: v.property, path: v.path + "[" + strconv.Itoa(i) + "]"}
		if e.set(raw); !e.Absent() {
			elements = append(elements, e)
		}
	}
	return elements, true
}

// walk calls with the value and with everything in it.
func (v Value) walk(with func(Value)) {
	with(v)
	switch raw := v.raw.(type) {
	case []any:
		list, _ := v.List()
		for _, e := range list {
			e.walk(with)
		}
	case map[string]any:
		for name := range raw {
			v.Get(name).walk(with)
		}
	}
}

// JSON returns the value that a JSON text stands for, or the value itself when
// it is no text.
func (v Value) JSON() Value {
	text, ok := v.Text()
	if !ok {
		return v
	}
	var raw any
	if json.Unmarshal([]byte(text), &raw) != nil {
		v.raw, v.knowledge = nil, wrong
		return v
	}
	v.set(raw)
	return v
}
