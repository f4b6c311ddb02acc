package verify

import (
	"fmt"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// entriesOf are the ways from the internet to an interface in a subnet, whatever
// its groups and its own addresses are: an internet gateway translates a public
// address to the interface that has it, and the subnet's routes lead answers
// back to that gateway.
// https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
func (a *analysis) entriesOf(s *model.Subnet, f addr.Family) []way {
	key := exitKey{s, f}
	if ways, ok := a.entries[key]; ok {
		return ways
	}
	ways := a.enter(s, f)
	a.entries[key] = ways
	return ways
}

func (a *analysis) enter(s *model.Subnet, f addr.Family) []way {
	t := trail{at: s, source: s, way: way{family: f, base: yes, needs: needsPublicIPv4, near: s}}
	if f == addr.IPv6 {
		t.needs = needsIPv6
	}
	t = t.across(border{s, inward, nil, request}, border{s, outward, nil, reply})
	v := s.VPC
	set := addr.Internet(f)
	if v == nil {
		return t.perhaps(set, s.Name, "its VPC is not known", doubt(s.Name, "its VPC is not known"))
	}
	set = addr.Minus(set, addr.Of(v.Blocks...))
	t = t.given(blocked(v.BlocksPublicIngress, s.ExcludedIngress, v, s))
	var out []way
	if doubts := a.elsewhere(v); len(doubts) > 0 {
		out = append(out, t.perhaps(set, v.Name, "may have another way in", doubts...)...)
	}
	// A table that is not known leads to an internet gateway only if there is
	// one: AWS takes no route to the gateway of another VPC.
	gate := no(fmt.Sprintf("VPC %s has no internet gateway", nameOf(v.Name)))
	for _, g := range v.InternetGateways {
		gate = some(gate, when(g.Attached, g.Name, "whether it is attached is not known", ""))
	}
	doubts := s.Doubts
	if s.Table == nil && len(doubts) == 0 {
		doubts = []model.Doubt{doubt(s.Name, "its route table is not known")}
	}
	if s.Table != nil {
		doubts = join(doubts, s.Table.Doubts)
	}
	if len(doubts) > 0 {
		t = t.given(maybe(doubts...))
		out = append(out, t.given(gate).perhaps(set, s.Name, "may be routed to an internet gateway", doubts...)...)
	}
	if s.Table == nil {
		return out
	}
	for _, l := range a.legs(s.Table, set) {
		if len(l.routes) == 0 {
			out = append(out, t.closed(l.set, fmt.Sprintf("no route of %s leads answers to an internet gateway", nameOf(s.Table.Name)))...)
		}
		for _, r := range l.routes {
			out = append(out, a.admit(t.given(l.sure), r, l.set)...)
		}
	}
	return out
}

// admit ends a way in whose answers a route leads out.
func (a *analysis) admit(t trail, r *model.Route, set *addr.Set) []way {
	s := t.at
	switch r.Target.Kind {
	case model.ToInternetGateway:
	case model.ToOther, model.ToCarrierGateway, model.ToLocalGateway, model.ToEndpoint:
		what := fmt.Sprintf("whether connections come in through this %s is not known", r.Target.Kind)
		if r.Target.Kind == model.ToOther {
			what = "where this route leads is not known"
		}
		return t.then(routeHop(s, r)).perhaps(set, r.Target.Name, what, doubt(either(r.Target.Name, r.Name), what))
	default:
		return t.closed(set, fmt.Sprintf("route %s of %s leads answers to %s, and no connection comes in there", showBlocks(r), nameOf(s.Table.Name), called(r.Target)))
	}
	g := r.Target.Internet
	t = t.given(a.attached(s.VPC, r.Target)).then(hop{Name: r.Target.Name, why: "attached to VPC " + nameOf(s.VPC.Name)})
	if g != nil && g.Ingress != nil {
		t = a.throughEdge(t, g)
	}
	h := routeHop(s, r)
	return t.then(h).arrive(set)
}

func either(n, instead model.Name) model.Name {
	if nameOf(n) == "" {
		return instead
	}
	return n
}

// throughEdge: a gateway with a route table of its own may send what comes in
// to an appliance first.
// https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
func (a *analysis) throughEdge(t trail, g *model.InternetGateway) trail {
	if len(g.Ingress.Doubts) > 0 {
		return t.given(maybe(g.Ingress.Doubts...))
	}
	set, _ := addressesOf(t.at, t.family)
	for _, l := range a.legs(g.Ingress, set) {
		t = t.given(l.sure)
		for _, r := range l.routes {
			switch r.Target.Kind {
			case model.ToLocal:
			case model.ToBlackhole:
				t = t.given(no(fmt.Sprintf("route %s of %s leads nowhere", showBlocks(r), nameOf(g.Ingress.Name))))
			default:
				what := fmt.Sprintf("what %s does with what comes in is not known", called(r.Target))
				t = t.given(maybe(doubt(either(r.Target.Name, r.Name), what)))
				t = t.then(hop{Name: g.Ingress.Name, why: fmt.Sprintf("route %s to %s", showBlocks(r), called(r.Target))})
			}
		}
	}
	return t
}
