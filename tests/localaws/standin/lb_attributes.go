package standin

import (
	"slices"
	"strconv"
)

// attribute is a property that Elastic Load Balancing keeps in a list of keys
// and values, all of them text.
type attribute struct {
	property, key string
	// kinds are the types of load balancer, or the protocols of target group or
	// listener, that have it; none means all.
	kinds []string
	// text attributes stay text even where they say "true".
	text bool
}

func (a attribute) of(kind string) bool { return len(a.kinds) == 0 || slices.Contains(a.kinds, kind) }

// wantedAttributes returns the attributes to send: those that the inputs give
// and, in an update, that change.
func wantedAttributes(r *request, attributes []attribute, kind string) map[string]string {
	out := map[string]string{}
	for _, a := range attributes {
		v := r.in.value(a.property)
		if !a.of(kind) || r.was != nil && !r.changed(a.property) {
			continue
		}
		switch {
		case v.IsBool():
			out[a.key] = strconv.FormatBool(v.BoolValue())
		case v.IsNumber():
			out[a.key] = strconv.Itoa(int(v.NumberValue()))
		case v.IsString() && v.StringValue() != "":
			out[a.key] = v.StringValue()
		}
	}
	return out
}

// kindAttributes are the properties that only some kinds have.
func kindAttributes(attributes []attribute) []string {
	var out []string
	for _, a := range attributes {
		if len(a.kinds) > 0 {
			out = append(out, a.property)
		}
	}
	return out
}

// readAttributes adds the attributes to the properties that were read. What this
// kind does not have is as planned. What the local AWS does not report is that
// too, or else the default: the official provider sees no drift there either.
func readAttributes(rows map[string]prop, r *request, attributes []attribute, kind string, have map[string]string, read map[string]any) {
	for _, a := range attributes {
		text, ok := have[a.key]
		switch wanted := r.in.value(a.property); {
		case !ok || !a.of(kind):
			if !absent(wanted) {
				read[a.property] = wanted.V
			} else if d := rows[a.property].byDefault; d != nil && a.of(kind) {
				read[a.property] = d
			}
		case a.text:
			read[a.property] = text
		case text == "true" || text == "false":
			read[a.property] = text == "true"
		default:
			if n, err := strconv.Atoi(text); err == nil {
				read[a.property] = n
			} else {
				read[a.property] = text
			}
		}
	}
}
