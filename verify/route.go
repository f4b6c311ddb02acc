package verify

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// leg is a part of a set of destinations that a route table treats alike.
type leg struct {
	set *addr.Set
	// routes that may hold, the most specific first. One that is sure is the
	// only one; none leaves the packets nowhere to go.
	routes []*model.Route
	// sure is Maybe when it is not known which of the routes holds, or whether
	// the one that may does.
	sure answer
}

// destination is a block of a route.
type destination struct {
	block netip.Prefix
	route *model.Route
}

// legs takes a set of destinations apart by the longest prefix that matches.
// https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
func (a *analysis) legs(t *model.RouteTable, set *addr.Set) []leg {
	all := a.destinations(t)
	blocks := make([]netip.Prefix, len(all))
	for i, d := range all {
		blocks[i] = d.block
	}
	var out []leg
	var parts [][]*addr.Set
	for _, r := range addr.Cut(set, blocks) {
		routes, sure := longest(all, r.From())
		i := slices.IndexFunc(out, func(l leg) bool { return slices.Equal(l.routes, routes) })
		if i < 0 {
			i = len(out)
			out = append(out, leg{routes: routes, sure: sure})
			parts = append(parts, nil)
		}
		parts[i] = append(parts[i], addr.OfRange(r))
	}
	for i := range out {
		out[i].set = addr.Union(parts[i]...)
	}
	return out
}

// destinations are a table's routes by block, the longest prefix first.
func (a *analysis) destinations(t *model.RouteTable) []destination {
	if d, ok := a.tables[t]; ok {
		return d
	}
	var out []destination
	for i := range t.Routes {
		r := &t.Routes[i]
		if r.Sure == model.No {
			continue
		}
		for _, p := range r.Destinations {
			if p.IsValid() {
				out = append(out, destination{p.Masked(), r})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y destination) int { return cmp.Compare(y.block.Bits(), x.block.Bits()) })
	a.tables[t] = out
	return out
}

// longest returns the routes that may decide about an address.
func longest(all []destination, ip netip.Addr) ([]*model.Route, answer) {
	var routes []*model.Route
	decided, bits := false, -1
	for _, d := range all {
		if !d.block.Contains(ip) {
			continue
		}
		if decided && d.block.Bits() != bits {
			break
		}
		if !slices.ContainsFunc(routes, func(r *model.Route) bool { return r == d.route || sameTarget(r, d.route) }) {
			routes = append(routes, d.route)
		}
		if d.route.Sure == model.Yes {
			decided, bits = true, d.block.Bits()
		}
	}
	if len(routes) == 0 || len(routes) == 1 && decided {
		return routes, yes
	}
	var doubts []model.Doubt
	for _, r := range routes {
		what := "it is not known whether it is in this route table"
		if r.Sure == model.Yes {
			what = "it is not known whether another route takes its place"
		}
		doubts = append(doubts, doubt(r.Name, what))
	}
	return routes, maybe(doubts...)
}

func sameTarget(a, b *model.Route) bool {
	return a.Target.Kind == b.Target.Kind && a.Target.Name == b.Target.Name && a.Target.Name != (model.Name{})
}

// called is what a report calls a route's target, with its kind.
func called(t model.Target) string {
	name, kind := nameOf(t.Name), string(t.Kind)
	if strings.HasSuffix(name, kind) {
		return name // "net's internet gateway"
	}
	return kind + " " + name
}
