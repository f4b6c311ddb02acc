package opposition

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strings"
)

// Shrink is the smallest world that it finds by taking one thing out at a time
// for which fails still holds.
func (w *World) Shrink(fails func(*World) bool) *World {
	for {
		next := slices.IndexFunc(w.smaller(), fails)
		if next < 0 {
			return w
		}
		w = w.smaller()[next]
	}
}

// smaller are the worlds that lack one thing of this one: an element of any of
// its lists.
func (w *World) smaller() (all []*World) {
	var tree any
	if err := json.Unmarshal(write(w), &tree); err != nil {
		panic(err) // It was just written.
	}
	without(tree, func(x any) {
		s := &World{}
		if json.Unmarshal(write(x), s) == nil && s.valid() {
			all = append(all, s)
		}
	}, func(x any) any { return x })
	return all
}

// without calls use for each copy of the tree that lacks one element of a list.
// whole puts a changed part into its place in the tree.
func without(part any, use func(any), whole func(any) any) {
	switch part := part.(type) {
	case map[string]any:
		keys := make([]string, 0, len(part))
		for k := range part {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			without(part[k], use, func(x any) any {
				c := map[string]any{}
				for o, v := range part {
					c[o] = v
				}
				c[k] = x
				return whole(c)
			})
		}
	case []any:
		for i := range part {
			use(whole(slices.Delete(slices.Clone(part), i, i+1)))
		}
		for i := range part {
			without(part[i], use, func(x any) any {
				c := slices.Clone(part)
				c[i] = x
				return whole(c)
			})
		}
	}
}

// valid says whether everything that is named is there, and no list is empty
// that AWS would not take so.
func (w *World) valid() bool {
	names := map[string]string{}
	var missing bool
	need := func(kinds string, list ...string) {
		for _, n := range list {
			missing = missing || n != "" && !strings.Contains(" "+kinds+" ", " "+names[n]+" ")
		}
	}
	for kind, list := range w.parts() {
		for i := range list.Len() {
			names[list.Index(i).Elem().FieldByName("Name").String()] = kind
		}
	}
	filled := len(w.Services) > 0
	for _, v := range w.Vpcs {
		filled = filled && len(v.Blocks) > 0
	}
	for _, s := range w.Subnets {
		v := w.vpc(s.Vpc)
		filled = filled && v != nil && slices.ContainsFunc(v.Blocks, func(b netip.Prefix) bool { return b.Overlaps(s.Block) })
		need("Tables", s.Table)
		need("Acls", s.Acl)
	}
	for _, t := range w.Tables {
		need("Vpcs", t.Vpc)
		for _, r := range t.Routes {
			need("Lists", r.List)
			need("Gateways EgressOnly Nats Peerings Transits", r.Target)
		}
	}
	for _, x := range w.Gateways {
		need("Vpcs", x.Vpc)
	}
	for _, x := range w.EgressOnly {
		need("Vpcs", x.Vpc)
	}
	for _, x := range w.Nats {
		need("Subnets", x.Subnet)
	}
	for _, x := range w.Peerings {
		need("Vpcs", x.Vpc, x.Peer)
	}
	for _, t := range w.Transits {
		for _, table := range t.Tables {
			need("Attachments", table.Associated...)
			need("Attachments", table.Propagated...)
			for _, r := range table.Routes {
				need("Attachments", r.Attachment)
			}
		}
	}
	for _, a := range w.Attachments {
		need("Transits", a.Transit)
		need("Vpcs", a.Vpc)
		need("Subnets", a.Subnets...)
		filled = filled && len(a.Subnets) > 0
	}
	for _, g := range w.Groups {
		need("Vpcs", g.Vpc)
		for _, r := range g.Rules {
			need("Groups", r.Groups...)
			need("Lists Endpoints", r.Lists...)
			filled = filled && (r.Self || len(r.Blocks)+len(r.Groups)+len(r.Lists) > 0)
		}
	}
	for _, a := range w.Acls {
		need("Vpcs", a.Vpc)
	}
	for _, e := range w.Endpoints {
		need("Vpcs", e.Vpc)
		need("Subnets", e.Subnets...)
		need("Groups", e.Groups...)
		need("Tables", e.Tables...)
		filled = filled && (e.Gateway || len(e.Subnets) > 0)
		if e.Policy != nil {
			filled = filled && len(e.Policy.Statements) > 0
			for _, s := range e.Policy.Statements {
				filled = filled && len(s.Principals) > 0 && len(s.Actions) > 0 && len(s.Resources) > 0
				for _, c := range s.Conditions {
					filled = filled && len(c.Values) > 0
				}
			}
		}
	}
	for _, b := range w.Balancers {
		need("Subnets", b.Subnets...)
		need("Groups", b.Groups...)
		filled = filled && len(b.Subnets) > 0
		for _, l := range b.Listeners {
			need("Targets", l.Target)
		}
	}
	for _, t := range w.Targets {
		need("Vpcs", t.Vpc)
		need("Balancers", t.Balancer)
	}
	for _, l := range w.Links {
		need("Subnets", l.Subnets...)
		need("Groups", l.Groups...)
		need("Balancers", l.Balancer)
		need("Services", l.Registry)
		filled = filled && len(l.Subnets) > 0 && (l.Registry != "" || w.listens(l.Balancer, l.Port))
	}
	for _, s := range w.Services {
		need("Subnets", s.Subnets...)
		need("Groups", s.Groups...)
		need("Targets", s.Targets...)
		filled = filled && len(s.Subnets) > 0
	}
	return filled && !missing
}

func (w *World) listens(balancer string, port int) bool {
	b := w.balancer(balancer)
	return b != nil && slices.ContainsFunc(b.Listeners, func(l Listener) bool { return l.Port == port })
}

// parts are the world's lists by the names of the fields.
func (w *World) parts() map[string]reflect.Value {
	all := map[string]reflect.Value{}
	v := reflect.ValueOf(w).Elem()
	for i := range v.NumField() {
		if v.Field(i).Kind() == reflect.Slice {
			all[v.Type().Field(i).Name] = v.Field(i)
		}
	}
	return all
}

// String is the world for a reader: a line for each thing, without what is empty.
func (w *World) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "shape %q", w.Shape)
	if w.BlockPublicAccess != "" {
		fmt.Fprintf(&b, ", block public access %s", w.BlockPublicAccess)
	}
	b.WriteByte('\n')
	v := reflect.ValueOf(w).Elem()
	for i := range v.NumField() {
		if v.Field(i).Kind() != reflect.Slice {
			continue
		}
		for j := range v.Field(i).Len() {
			fmt.Fprintf(&b, "%-12s%s\n", v.Type().Field(i).Name, show(v.Field(i).Index(j)))
		}
	}
	return b.String()
}

// show writes a value without its empty fields.
func show(v reflect.Value) string {
	if b, ok := v.Interface().(netip.Prefix); ok {
		return b.String()
	}
	switch v.Kind() {
	case reflect.Pointer:
		return show(v.Elem())
	case reflect.Slice:
		var parts []string
		for i := range v.Len() {
			parts = append(parts, show(v.Index(i)))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case reflect.Struct:
		var parts []string
		for i := range v.NumField() {
			f := v.Field(i)
			if f.IsZero() {
				continue
			}
			part := show(f)
			if name := v.Type().Field(i).Name; f.Kind() == reflect.Bool {
				part = name
			} else if name != "Name" {
				part = name + "=" + part
			}
			parts = append(parts, part)
		}
		return "{" + strings.Join(parts, " ") + "}"
	}
	return fmt.Sprint(v.Interface())
}
