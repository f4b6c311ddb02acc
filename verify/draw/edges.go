package draw

import (
	"cmp"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// link draws a line, or makes the one that is there as bad as this one.
func (l *looker) link(p *panel, from, to end, lvl level) {
	key := edge{from: from, to: to}
	if e, ok := l.edges[key]; ok {
		e.level = max(e.level, lvl)
		return
	}
	e := &edge{from: from, to: to, level: lvl}
	l.edges[key] = e
	p.edges = append(p.edges, e)
	for _, g := range []*gate{from.gate, to.gate} {
		if g != nil {
			g.connections++
		}
	}
}

// routes draws the ways out of each subnet's route table.
func (l *looker) routes() {
	for _, p := range l.picture.vpcs {
		for _, r := range p.rows {
			for _, c := range r.cells {
				if c == nil || c.subnet.Table == nil {
					continue
				}
				for i, route := range c.subnet.Table.Routes {
					if to, ok := l.target(p, c, route.Target); ok {
						l.link(p, end{cell: c, route: i}, to, plain)
					}
				}
			}
		}
		for _, r := range p.rows {
			for _, b := range r.bars {
				if b.kind == natBar {
					l.onward(p, end{bar: b, col: b.cols[0]}, plain)
				}
			}
		}
	}
}

// onward draws the way from something in a subnet to the subnet's internet
// gateway, and says whether there is one.
func (l *looker) onward(p *panel, from end, lvl level) *gate {
	c := p.rows[from.bar.row].cells[from.col]
	for _, route := range l.routesOf(c) {
		if route.Target.Kind != model.ToInternetGateway {
			continue
		}
		if to, ok := l.target(p, c, route.Target); ok {
			l.link(p, from, to, lvl)
			return to.gate
		}
	}
	return nil
}

func (l *looker) routesOf(c *cell) []model.Route {
	if c == nil || c.subnet.Table == nil {
		return nil
	}
	return c.subnet.Table.Routes
}

// target is where a route's line ends, if that is something in the panel or
// beside it.
func (l *looker) target(p *panel, c *cell, t model.Target) (end, bool) {
	switch t.Kind {
	case model.ToLocal, model.ToBlackhole:
		return end{}, false
	case model.ToInternetGateway, model.ToEgressOnly:
		g := l.gate(p, t.Name, string(t.Kind))
		if t.Kind == model.ToInternetGateway && t.Internet == nil {
			g.doubtful = true
		}
		return end{gate: g}, slices.Contains(p.gates, g)
	}
	if g := l.gates[t.Name.URN]; g != nil && t.NAT != nil {
		return end{gate: g}, slices.Contains(p.gates, g)
	}
	if b := l.nearest(p, t.Name.URN, c.row, c.col); b != nil && (t.NAT != nil || t.Host != nil) {
		return end{bar: b, col: near(b.cols, c.col)}, true
	}
	s := l.side(t.Name, string(t.Kind))
	switch {
	case t.Peering != nil, t.Transit != nil:
	case t.NAT != nil, t.Host != nil:
		s.doubt = "its subnet is not known"
	case t.Kind == model.ToNAT, t.Kind == model.ToPeering, t.Kind == model.ToTransitGateway, t.Kind == model.ToInterface:
		s.doubt = "not in this stack"
	default:
		s.doubt = outside
	}
	return end{side: s}, true
}

// outside is what is said of what joins the network to others.
const outside = "leads out of this stack"

func (l *looker) side(name model.Name, kind string) *side {
	key := cmp.Or(name.URN, kind+" "+name.ID)
	if s, ok := l.sides[key]; ok {
		return s
	}
	s := &side{key: key, kind: kind, name: nameOf(name), joins: map[*panel]level{}}
	l.sides[key] = s
	l.picture.sides = append(l.picture.sides, s)
	return s
}

// nearest of the bars that a thing has in a panel, to a row and a column.
func (l *looker) nearest(p *panel, urn string, row, col int) *bar {
	var best *bar
	far := func(b *bar) int { return 2*abs(b.row-row) + abs(near(b.cols, col)-col) }
	for _, b := range l.bars[urn] {
		if l.home[b] == p && (best == nil || far(b) < far(best)) {
			best = b
		}
	}
	return best
}

// near is the column nearest to another.
func near(cols []int, col int) int {
	best := cols[0]
	for _, c := range cols {
		if abs(c-col) < abs(best-col) {
			best = c
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// targets draws what balancers and APIs forward to.
func (l *looker) targets() {
	for _, p := range l.picture.vpcs {
		for _, g := range p.gates {
			if g.api || g.indoors {
				continue
			}
			for _, b := range l.network.Balancers {
				bar := l.nearest(p, b.URN, 0, 0)
				if bar == nil || b.Internal != model.No {
					continue
				}
				if l.onwardTo(p, bar) == g {
					l.link(p, end{gate: g}, end{bar: bar, col: bar.door}, plain)
				}
			}
		}
	}
	for _, b := range l.network.Balancers {
		for _, listener := range b.Listeners {
			for _, group := range listener.Groups {
				for _, t := range group.Targets {
					switch {
					case t.Service != nil:
						l.forward(b.URN, t.Service.URN, plain)
					case t.Balancer != nil:
						l.forward(b.URN, t.Balancer.URN, plain)
					}
				}
			}
		}
	}
	for _, a := range l.network.APIs {
		for _, i := range a.Integrations {
			from := a.URN
			if i.Link != nil {
				l.enter(a.URN, i.Link.URN, plain)
				from = i.Link.URN
			}
			switch {
			case i.Listener != nil && i.Listener.Balancer != nil:
				l.pass(from, i.Listener.Balancer.URN, plain)
			case i.Balancer != nil:
				l.pass(from, i.Balancer.URN, plain)
			default:
				for _, s := range i.Services {
					l.pass(from, s.URN, plain)
				}
			}
		}
	}
}

// onwardTo is the internet gateway of the subnets that a bar stands in.
func (l *looker) onwardTo(p *panel, b *bar) *gate {
	for _, col := range b.cols {
		for _, route := range l.routesOf(p.rows[b.row].cells[col]) {
			if g := l.gates[route.Target.Name.URN]; g != nil && route.Target.Kind == model.ToInternetGateway {
				return g
			}
		}
	}
	return nil
}

// pass draws a line from an API or a bar to a bar.
func (l *looker) pass(from, to string, lvl level) {
	if l.gates[from] != nil {
		l.enter(from, to, lvl)
		return
	}
	l.forward(from, to, lvl)
}

// enter draws the line from a gate to a bar, in the bar's first zone.
func (l *looker) enter(gateURN, barURN string, lvl level) {
	g := l.gates[gateURN]
	for _, p := range l.picture.vpcs {
		if b := l.nearest(p, barURN, 0, 0); b != nil && slices.Contains(p.gates, g) {
			l.link(p, end{gate: g}, end{bar: b, col: b.door}, lvl)
		}
	}
}

// forward draws the line between two bars, in a zone that both stand in.
func (l *looker) forward(from, to string, lvl level) {
	for _, p := range l.picture.vpcs {
		f := l.nearest(p, from, 0, 0)
		if f == nil {
			continue
		}
		t := l.nearest(p, to, f.row, f.door)
		if t == nil || t == f {
			continue
		}
		a, b := f.door, near(t.cols, f.door)
		if a != b {
			for _, col := range f.cols {
				if slices.Contains(t.cols, col) {
					a, b = col, col
					break
				}
			}
		}
		l.link(p, end{bar: f, col: a}, end{bar: t, col: b}, lvl)
	}
}

// joins draws peerings and transit gateways beside the VPCs that they join.
func (l *looker) joins() {
	for _, p := range l.picture.vpcs {
		peerings := slices.Clone(p.vpc.Peerings)
		slices.SortStableFunc(peerings, func(a, b *model.Peering) int { return cmp.Compare(a.URN, b.URN) })
		for _, peering := range peerings {
			s := l.side(peering.Name, string(model.ToPeering))
			s.joins[p] = plain
			for _, other := range peering.VPCs {
				if other == nil {
					s.doubt = outside
				}
			}
		}
	}
	for _, t := range l.network.TransitGateways {
		for _, a := range t.Attachments {
			s := l.side(t.Name, string(model.ToTransitGateway))
			if a.VPC == nil || len(t.Doubts) > 0 {
				s.doubt = outside
			}
			for _, b := range l.bars[a.URN] {
				if p := l.home[b]; p != nil {
					l.link(p, end{side: s}, end{bar: b, col: b.cols[len(b.cols)-1]}, plain)
				}
			}
		}
	}
	for _, p := range l.picture.vpcs {
		for _, e := range p.edges {
			for _, s := range []*side{e.from.side, e.to.side} {
				if s != nil {
					delete(s.joins, p) // its lines join it already
				}
			}
		}
	}
}
