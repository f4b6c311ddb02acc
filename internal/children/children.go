// Package children lists every resource that a component of ours makes: what it
// is called, of which type it is, when it is there, and what its component says
// about it. The components take the names from here; docs/names.md, the proof
// and the tests read the same rows, so none of them keeps a list of its own.
//
// Names and types of children are an interface that no release changes.
package children

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Child is one kind of child.
type Child struct {
	// Of are the components that make it, by their names.
	Of []string
	// Type is the token of its type.
	Type string
	// Pattern is its name, with the words in capitals that docs/names.md explains
	// in place of what differs: NAME-private-LETTER.
	Pattern string
	// When says when it is there, for docs/names.md.
	When string
	// Outputs are the outputs of the component that hand out its id, its ARN or
	// its name. Nothing outside the component can refer to a child without any.
	Outputs []string
	// Tier is the tier of a subnet, "" for what is no subnet.
	Tier string

	places map[string]Placement
	suffix func() *regexp.Regexp
}

// Placement says in which subnets of its network a child is.
type Placement string

// The placements.
const (
	// Nowhere is that of what is in no subnet, or in subnets that nothing here
	// can tell.
	Nowhere Placement = ""
	// InPrivate is in all private subnets.
	InPrivate Placement = "private"
	// InPublic is in all public subnets.
	InPublic Placement = "public"
	// AsInternal is in all private subnets when its property internal is true, and
	// else in all public ones.
	AsInternal Placement = "as internal says"
	// AsTemplate is in all public subnets when its launch template gives public
	// addresses, and else in all private ones.
	AsTemplate Placement = "as its launch template says"
)

// rows are all children, in the order of docs/names.md.
var rows []*Child

// Rows returns all children.
func Rows() []*Child { return slices.Clone(rows) }

func row(of []string, typ, pattern, when string, outputs ...string) *Child {
	c := &Child{Of: of, Type: typ, Pattern: pattern, When: when, Outputs: outputs}
	c.suffix = sync.OnceValue(c.compile)
	rows = append(rows, c)
	return c
}

// in says where the child is when one of the components makes it.
func (c *Child) in(place Placement, components ...string) *Child {
	if c.places == nil {
		c.places = map[string]Placement{}
	}
	for _, component := range components {
		c.places[component] = place
	}
	return c
}

// variable is a word of a pattern that stands for something.
var variable = regexp.MustCompile(`[A-Z]+`)

// Name is the child's name: that of the component, and a value for each further
// word in capitals, in their order. Another number of values is a mistake in
// the caller, and a panic.
func (c *Child) Name(component string, values ...string) string {
	if words := len(variable.FindAllString(c.Pattern, -1)) - 1; words != len(values) {
		panic(fmt.Sprintf("the name %s takes %d values besides the first, not %d", c.Pattern, words, len(values)))
	}
	next := append([]string{component}, values...)
	return variable.ReplaceAllStringFunc(c.Pattern, func(string) (value string) {
		value, next = next[0], next[1:]
		return value
	})
}

// matches are what the words in capitals can stand for.
var matches = map[string]string{
	"LETTER": "[a-z]", "SERVICE": "[a-z0-9.-]+", "RULE": ".+", "PEER": ".+", "CLUSTER": ".+", "ADDRESS": ".{2,}", "INGRESS": ".+", "ROUTE": "[a-z0-9-]+",
	"PROTOCOL": "(tcp|udp)", "PORT": "[0-9]+",
}

// compile makes an expression of what follows the component's name.
func (c *Child) compile() *regexp.Regexp {
	pattern := variable.ReplaceAllStringFunc(strings.TrimPrefix(c.Pattern, "NAME"), func(word string) string { return matches[word] })
	return regexp.MustCompile("^" + pattern + "$")
}

// Fits says whether a component's child of the name is of this kind, its type
// apart.
func (c *Child) Fits(component, child string) bool {
	if strings.HasPrefix(c.Pattern, "NAME") {
		rest, ours := strings.CutPrefix(child, component)
		return ours && c.suffix().MatchString(rest)
	}
	return c.suffix().MatchString(child)
}

// Find returns the kind of a component's child, nil for what is none of ours.
// Components and types are given by their tokens.
func Find(component, name, typ, child string) *Child {
	of := strings.TrimPrefix(component, Package)
	for _, c := range rows {
		if c.Type == typ && slices.Contains(c.Of, of) && c.Fits(name, child) {
			return c
		}
	}
	return nil
}

// PlaceOf says in which subnets a component puts its children of a type. Both
// are given by their tokens.
func PlaceOf(component, typ string) Placement {
	of := strings.TrimPrefix(component, Package)
	for _, c := range rows {
		if c.Type == typ && c.places[of] != Nowhere {
			return c.places[of]
		}
	}
	return Nowhere
}

// NameOf is the name of the component that made a child, where the child is the
// only one of its kind in the component and its name tells.
func NameOf(component, typ, child string) (name string, ok bool) {
	of := strings.TrimPrefix(component, Package)
	for _, c := range rows {
		role, begins := strings.CutPrefix(c.Pattern, "NAME")
		if begins && c.Type == typ && slices.Contains(c.Of, of) && !variable.MatchString(role) {
			if name, ok = strings.CutSuffix(child, role); ok {
				return name, true
			}
		}
	}
	return "", false
}
