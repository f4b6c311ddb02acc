package build

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// things are the objects of one kind, by what a property can hold of them.
type things[T any] struct {
	byID  map[string]*T
	byURN map[string]*T
	// handed are objects whose id another resource hands out, by its URN: a
	// VPC its default security group, a subnet its VPC.
	handed map[string]*T
	// all of them, in the order in which they became known.
	all []*T
	has map[*T]bool
	// form is what AWS's ids of this kind begin with, "" when they have no form.
	form string
	// namesakes are those that a name stands for when it is several: names, as
	// ids and ARNs are not, are each account's and region's own.
	namesakes map[string][]*T
}

// wellFormed says whether a text can be an id of this kind.
func (t *things[T]) wellFormed(id string) bool {
	return t.form == "" || strings.HasPrefix(id, t.form) || strings.HasPrefix(id, "arn:")
}

// note keeps an object among all.
func (t *things[T]) note(object *T) {
	if t.has == nil {
		t.has = map[*T]bool{}
	}
	if !t.has[object] {
		t.has[object] = true
		t.all = append(t.all, object)
	}
}

// add makes an object known by its resource and by its ids.
func (t *things[T]) add(r *state.Resource, object *T, ids ...string) {
	if t.byURN == nil {
		t.byURN = map[string]*T{}
	}
	t.byURN[r.URN] = object
	t.note(object)
	t.known(object, append(ids, r.ID)...)
}

// known makes an object known by ids.
func (t *things[T]) known(object *T, ids ...string) {
	if t.byID == nil {
		t.byID = map[string]*T{}
	}
	for _, id := range ids {
		if id != "" {
			if other := t.byID[id]; other != nil && other != object && t.form == "" && !strings.HasPrefix(id, "arn:") {
				t.also(id, other, object)
			}
			t.byID[id] = object
			t.note(object)
		}
	}
}

// also notes that a name stands for several objects.
func (t *things[T]) also(name string, objects ...*T) {
	if t.namesakes == nil {
		t.namesakes = map[string][]*T{}
	}
	for _, object := range objects {
		if !slices.Contains(t.namesakes[name], object) {
			t.namesakes[name] = append(t.namesakes[name], object)
		}
	}
}

// hand says that another resource hands out the object's id.
func (t *things[T]) hand(by *state.Resource, object *T) {
	if t.handed == nil {
		t.handed = map[string]*T{}
	}
	if object != nil {
		t.handed[by.URN] = object
		t.note(object)
	}
}

// of is the object that a resource is.
func (t *things[T]) of(r *state.Resource) *T { return t.byURN[r.URN] }

// tie is what one value refers to.
type tie[T any] struct {
	// one is the object, nil when that is not known.
	one *T
	// some are the objects that it may be, when it is not known which: all of
	// them when nothing is known.
	some []*T
	any  bool
	// id that AWS knows it by, "" when not known.
	id string
	// why is what is not known: "its vpcId is not known yet".
	why string
	// none: the value is absent, so it refers to nothing.
	none bool
}

// find finds what a value refers to.
func (t *things[T]) find(b *builder, v state.Value) tie[T] {
	if v.Empty() {
		return tie[T]{none: true, why: v.Doubt()}
	}
	if id, ok := v.Text(); ok {
		if several := t.namesakes[id]; len(several) > 1 {
			return tie[T]{some: several, why: fmt.Sprintf("its %s, %s, is the name of several, in different regions or accounts", v.Path(), id)}
		}
		if object := t.byID[id]; object != nil {
			return tie[T]{one: object, id: id}
		}
		if !t.wellFormed(id) {
			return tie[T]{some: t.all, any: true, why: fmt.Sprintf("its %s, %q, is not an ID that begins with %s", v.Path(), id, t.form)}
		}
		return tie[T]{id: id, why: fmt.Sprintf("its %s, %s, is not in the stack", v.Path(), id)}
	}
	some, others := t.candidates(b, v)
	switch {
	case !v.Unknown() || len(some) == 0 || others:
		return tie[T]{some: t.all, any: true, why: v.Doubt()}
	case len(some) > 1:
		return tie[T]{some: some, why: v.Doubt() + ", and could be one of several"}
	}
	return tie[T]{one: some[0]}
}

// ties are what a list of values refers to.
type ties[T any] struct {
	all []*T
	// chosen: which of all it is, is not known.
	chosen bool
	// why are the reasons for which there may be others than all.
	why []string
	// none: there is no list, or an empty one.
	none bool
}

// findAll finds what the values of a list refer to.
func (t *things[T]) findAll(b *builder, v state.Value) ties[T] {
	elements, complete := v.List()
	if complete && len(elements) == 0 {
		return ties[T]{none: true}
	}
	var found ties[T]
	open := 0 // how many values are not known
	for _, e := range elements {
		id, ok := e.Text()
		switch {
		case !ok && e.Unknown():
			open++
		case !ok || id == "":
			found.why = append(found.why, e.Doubt())
		case t.byID[id] == nil:
			found.why = append(found.why, fmt.Sprintf("its %s, %s, is not in the stack", e.Path(), id))
		default:
			found.put(t.byID[id])
		}
	}
	if complete && open == 0 {
		return found
	}
	if !v.Unknown() && !complete {
		found.why = append(found.why, v.Doubt())
		return found
	}
	some, others := t.candidates(b, v)
	some = slices.DeleteFunc(some, func(object *T) bool { return slices.Contains(found.all, object) })
	switch {
	case len(some) == 0 || others || complete && open > len(some):
		found.why = append(found.why, partly(v))
	case complete && open < len(some), !complete && len(some) > 1 && !b.takesAll(v):
		found.chosen = true
	}
	found.put(some...)
	return found
}

// partly says what is not known of a list: it, or a part of it.
func partly(v state.Value) string {
	if v.Known() {
		return "its " + v.Path() + " is not known whole"
	}
	return v.Doubt()
}

func (f *ties[T]) put(objects ...*T) {
	for _, object := range objects {
		if !slices.Contains(f.all, object) {
			f.all = append(f.all, object)
		}
	}
}

// candidates are the objects that a value which is not known yet can refer to,
// by what it was made from. others says that it can be something else too:
// it was also made from something whose values could be anything.
func (t *things[T]) candidates(b *builder, v state.Value) (some []*T, others bool) {
	put := func(r *state.Resource) bool {
		for _, index := range []map[string]*T{t.byURN, t.handed} {
			if object := index[r.URN]; object != nil {
				if !slices.Contains(some, object) {
					some = append(some, object)
				}
				return true
			}
		}
		return false
	}
	var passing []*state.Resource
	for _, urn := range v.Dependencies() {
		r := b.stacks.Find(urn)
		switch {
		case r == nil:
			others = true
		case !r.Custom:
			for _, part := range b.handedOut(r, v) {
				put(part)
			}
			if !strings.HasPrefix(r.Type, own) {
				passing = append(passing, r)
			}
		case !put(r):
			others = others || !understood(r)
			if parent := b.stacks.Find(r.Parent); parent == nil || !strings.HasPrefix(parent.Type, own) {
				passing = append(passing, r)
			}
		}
	}
	// A load balancer hands on the groups that it was given, and a component
	// whatever it was; of ours it is known that they do not.
	seen := map[*state.Resource]bool{}
	for direct := len(some) > 0; direct && len(passing) > 0; passing = passing[1:] {
		if seen[passing[0]] {
			continue
		}
		seen[passing[0]] = true
		for _, urn := range passing[0].MadeFrom() {
			switch r := b.stacks.Find(urn); {
			case t.byURN[urn] != nil:
				put(r)
			case r != nil && r.Custom:
				passing = append(passing, r)
			}
		}
	}
	return some, others
}

// understood says whether a resource is one of AWS's whose outputs are ids of
// its own kind. What others give out could be the id of anything.
func understood(r *state.Resource) bool {
	name := token(r.Type)
	module, _, _ := strings.Cut(name, "/")
	return name != "" && !anything[module] && (families[name] || quiet(r.Type))
}
