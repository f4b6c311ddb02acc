// Package field holds faults: what is wrong with an argument, said so that the
// reader can put it right without opening our code.
//
// A check collects every fault before it reports any, because a user who fixes
// five mistakes should not have to run five previews. A fault names the
// property by the path that the user wrote (cidrBlock, ingress[1].port,
// secrets["DB"]), its value, the rule it breaks and what to write instead.
package field

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Fault is one thing wrong with one property.
//
// Where the value may be a secret, Rule and Fix hold nothing of it: what is
// made of it stands in Better. So a fault about a secret can still say what the
// rule is and what to do; see [Fault.Hide].
type Fault struct {
	// Path of the property, as the user wrote it: secrets["DB"].
	Path string
	// Value as shown to the user: strings quoted, numbers plain, "" when there
	// is none to show (the property is missing, or it may be a secret).
	Value string
	// Rule that the value breaks; reads on from the value: "has host bits set".
	Rule string
	// Fix is what to write instead, or "" when the rule says it already.
	Fix string
	// Better is a fix with the value in it, such as: write "10.0.0.0/16". It is
	// shown in place of Fix, or "" when there is none.
	Better string
}

// Error returns the fault in one line: path: value rule; fix.
func (f Fault) Error() string {
	var b strings.Builder
	if f.Path != "" {
		b.WriteString(f.Path)
		b.WriteString(": ")
	}
	b.WriteString(f.Reason())
	return b.String()
}

// Argument returns the name of the argument that the path begins with: ingress
// of ingress[1].port.
func (f Fault) Argument() string {
	if end := strings.IndexAny(f.Path, ".["); end >= 0 {
		return f.Path[:end]
	}
	return f.Path
}

// Within says whether a path is that of another property or of something in it:
// ingress[1].port is within ingress[1] and within ingress.
func Within(path, of string) bool {
	rest, begins := strings.CutPrefix(path, of)
	return begins && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// Cut returns the path of the object or map that a property is in, "" for an
// argument, and the name of the property: ingress[1] and port.
func Cut(path string) (parent, name string) {
	start, quoted := 0, false
	for i := 0; i < len(path); i++ {
		switch {
		case quoted && path[i] == '\\':
			i++
		case path[i] == '"':
			quoted = !quoted
		case !quoted && (path[i] == '.' || path[i] == '['):
			start = i
		}
	}
	return path[:start], strings.Trim(path[start:], `.[]"`)
}

// Reason returns the fault without its path, for reports that show the path in
// a place of its own.
func (f Fault) Reason() string {
	s := f.Rule
	if f.Value != "" {
		s = f.Value + " " + s
	}
	if fix := cmp.Or(f.Better, f.Fix); fix != "" {
		s += "; " + fix
	}
	return s
}

// Secret stands in a fault for a value that is marked secret.
const Secret = "(a secret value)"

// Hide returns the fault without the value and what is made of it.
func (f Fault) Hide() Fault {
	f.Value, f.Better = Secret, ""
	return f
}

// Faults are the faults of one check, in the order in which they were found.
// A non-empty list is an error; return it through [Faults.Err], which is nil
// for an empty one.
type Faults []Fault

// Add appends one fault. A nil value, or a nil pointer, means that there is no
// value to show; other pointers are followed.
func (f *Faults) Add(path string, value any, rule, fix string) {
	*f = append(*f, Fault{Path: path, Value: show(value), Rule: rule, Fix: fix})
}

// AddBetter is Add with a fix that has the value in it, which is shown in place
// of the general one unless the value is a secret.
func (f *Faults) AddBetter(path string, value any, rule, fix, better string) {
	*f = append(*f, Fault{Path: path, Value: show(value), Rule: rule, Fix: fix, Better: better})
}

// Hide returns the faults without the values and what is made of them.
func (f Faults) Hide() Faults {
	hidden := make(Faults, len(f))
	for i, fault := range f {
		hidden[i] = fault.Hide()
	}
	return hidden
}

// AddAll appends the faults of a nested value, their paths put under prefix.
func (f *Faults) AddAll(prefix string, others Faults) {
	for _, o := range others {
		o.Path = Join(prefix, o.Path)
		*f = append(*f, o)
	}
}

// Err returns the faults as an error, each of them once and in the order in
// which they were added, or nil when there are none.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	unique := make(Faults, 0, len(f))
	for _, fault := range f {
		if !slices.Contains(unique, fault) {
			unique = append(unique, fault)
		}
	}
	return unique
}

// Error returns one fault a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.Error()
	}
	return strings.Join(lines, "\n")
}

// Join puts path parts together: a dot between them, but none before an index
// or a key. Empty parts are left out.
func Join(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		if p == "" {
			continue
		}
		if b.Len() > 0 && !strings.HasPrefix(p, "[") {
			b.WriteByte('.')
		}
		b.WriteString(p)
	}
	return b.String()
}

// Index returns the path of a list's element: availabilityZones[1].
func Index(path string, i int) string {
	return path + "[" + strconv.Itoa(i) + "]"
}

// Key returns the path of a map's element: secrets["DB"].
func Key(path, key string) string {
	return path + "[" + strconv.Quote(key) + "]"
}

// show renders a value for a message. Strings are quoted, so that blanks and an
// empty string can be seen; what prints itself (a netip.Prefix) counts as one.
func show(value any) string {
	if value == nil {
		return ""
	}
	v := reflect.ValueOf(value)
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	if v.Kind() == reflect.String {
		return strconv.Quote(v.String())
	}
	if s, ok := v.Interface().(fmt.Stringer); ok {
		return strconv.Quote(s.String())
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Array:
		items := make([]string, v.Len())
		for i := range items {
			items[i] = show(v.Index(i).Interface())
		}
		return "[" + strings.Join(items, ", ") + "]"
	default:
		return fmt.Sprint(v.Interface())
	}
}
