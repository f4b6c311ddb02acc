package draw

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// paths marks the lines that the report's paths go along.
//
// A path names its hops; which of them are there beside the ones that are
// drawn does not matter here. So the walk takes from the path what stands in
// the picture, and fills in from the network what lies between.
func (l *looker) paths() {
	for _, s := range l.report.Services {
		bars := l.bars[s.URN]
		for _, path := range s.Paths {
			lvl := levelOf(path.Verdict)
			if path.Direction == verify.Egress {
				l.leave(bars, path, lvl)
			} else {
				l.arrive(bars, path, lvl)
			}
		}
	}
}

// leave marks an egress path, from the tasks outwards.
func (l *looker) leave(bars []*bar, path verify.Path, lvl level) {
	var at []end
	for _, b := range bars {
		for _, col := range l.passed(b, path) {
			at = append(at, end{bar: b, col: col})
		}
	}
	passed := map[string]bool{}
	for _, hop := range path.Hops {
		if transit := l.transits[hop.URN]; transit != "" {
			hop.URN = transit
		}
		if !l.leads(hop.URN) || passed[hop.URN] {
			continue
		}
		passed[hop.URN] = true
		var next []end
		for _, from := range at {
			p := l.home[from.bar]
			if p == nil {
				continue
			}
			c := p.rows[from.bar.row].cells[from.col]
			for _, route := range l.routesOf(c) {
				if route.Target.Name.URN != hop.URN {
					continue
				}
				to, ok := l.target(p, c, route.Target)
				if !ok {
					continue
				}
				l.link(p, from, to, lvl)
				next = append(next, l.behind(to, p, path, lvl)...)
				break
			}
		}
		if len(next) > 0 {
			at = next
		}
		if g := l.gates[hop.URN]; g != nil && !g.indoors {
			g.egress.add(lvl, trafficLabel(path, "to"))
			return
		}
	}
	// The path may name a NAT gateway and leave out what lies behind it.
	for _, from := range at {
		if p := l.home[from.bar]; p != nil && from.bar.kind == natBar {
			if g := l.onward(p, from, lvl); g != nil {
				g.egress.add(lvl, trafficLabel(path, "to"))
			}
		}
	}
	l.indoors(path, lvl)
}

// indoors marks a regional NAT gateway, which stands at the border itself.
func (l *looker) indoors(path verify.Path, lvl level) {
	for _, hop := range path.Hops {
		if g := l.gates[hop.URN]; g != nil && g.indoors {
			g.egress.add(lvl, trafficLabel(path, "to"))
		}
	}
}

// leads says whether a hop is something that routes lead to.
func (l *looker) leads(urn string) bool {
	if urn == "" {
		return false
	}
	if l.gates[urn] != nil || l.sides[urn] != nil {
		return true
	}
	for _, b := range l.bars[urn] {
		return b.kind == natBar || b.kind == hostBar
	}
	return false
}

// behind is where a path goes on from the end of a line: from a NAT gateway,
// or from the attachments of a transit gateway in other VPCs.
func (l *looker) behind(to end, from *panel, path verify.Path, lvl level) []end {
	switch {
	case to.bar != nil:
		return []end{to}
	case to.side != nil:
		var ends []end
		for _, p := range l.picture.vpcs {
			if p == from || !l.visits(path, p) {
				continue
			}
			for _, e := range p.edges {
				if e.from.side == to.side {
					e.level = max(e.level, lvl)
					for _, col := range e.to.bar.cols {
						ends = append(ends, end{bar: e.to.bar, col: col})
					}
				}
			}
		}
		return ends
	}
	return nil
}

// visits says whether a path goes through a gateway of a VPC.
func (l *looker) visits(path verify.Path, p *panel) bool {
	return slices.ContainsFunc(path.Hops, func(h verify.Hop) bool {
		return slices.Contains(p.gates, l.gates[h.URN]) || slices.ContainsFunc(l.bars[h.URN], func(b *bar) bool {
			return b.kind == natBar && l.home[b] == p
		})
	})
}

// passed are the columns of a bar that a path starts from or ends in: those of
// the subnets that it names, itself or by their route tables, or all.
func (l *looker) passed(b *bar, path verify.Path) []int {
	p := l.home[b]
	if p == nil {
		return nil
	}
	var cols []int
	elsewhere := false
	for _, hop := range path.Hops {
		for _, c := range l.named[hop.URN] {
			if l.panels[c.subnet.VPC] == p && c.row == b.row && slices.Contains(b.cols, c.col) {
				cols = append(cols, c.col)
				continue
			}
			elsewhere = elsewhere || slices.ContainsFunc(l.bars[b.key], func(o *bar) bool {
				return o != b && l.home[o] == l.panels[c.subnet.VPC] && o.row == c.row && slices.Contains(o.cols, c.col)
			})
		}
	}
	switch {
	case len(cols) > 0:
		slices.Sort(cols)
		return slices.Compact(cols)
	case elsewhere:
		return nil
	}
	return b.cols
}

// arrive marks an ingress path, from the internet inwards.
func (l *looker) arrive(bars []*bar, path verify.Path, lvl level) {
	var from *gate
	at := ""
	for _, hop := range path.Hops {
		switch {
		case hop.URN == "":
			continue
		case l.gates[hop.URN] != nil && !l.gates[hop.URN].indoors:
			if from == nil || !from.api {
				from = l.gates[hop.URN]
			}
		case l.balancers[hop.URN] != nil, l.linkAt(hop.URN):
			next := hop.URN
			if b := l.balancers[hop.URN]; b != nil {
				next = b.URN
			}
			if next == at {
				continue
			}
			if at == "" {
				from = l.in(from, next, path, lvl)
			} else {
				l.forward(at, next, lvl)
			}
			at = next
		}
	}
	if len(bars) == 0 {
		return
	}
	if at != "" {
		l.forward(at, bars[0].key, lvl)
		return
	}
	for _, b := range bars {
		p := l.home[b]
		if p == nil {
			continue
		}
		for _, col := range l.passed(b, path) {
			g := from
			if g == nil {
				g = l.onwardTo(p, b)
			}
			if g == nil || !slices.Contains(p.gates, g) {
				continue
			}
			if !g.api && !l.routed(p.rows[b.row].cells[col], g) {
				continue
			}
			g.ingress.add(lvl, trafficLabel(path, "from"))
			l.link(p, end{gate: g}, end{bar: b, col: col}, lvl)
		}
	}
}

func (l *looker) routed(c *cell, g *gate) bool {
	return slices.ContainsFunc(l.routesOf(c), func(r model.Route) bool { return r.Target.Name.URN == g.key })
}

func (l *looker) linkAt(urn string) bool {
	for _, b := range l.bars[urn] {
		return b.kind == linkBar
	}
	return false
}

// in marks the way from the internet to the first bar of a path.
func (l *looker) in(from *gate, urn string, path verify.Path, lvl level) *gate {
	for _, p := range l.picture.vpcs {
		b := l.nearest(p, urn, 0, 0)
		if b == nil {
			continue
		}
		g := from
		if g == nil {
			g = l.onwardTo(p, b)
		}
		if g != nil && slices.Contains(p.gates, g) {
			g.ingress.add(lvl, trafficLabel(path, "from"))
			l.link(p, end{gate: g}, end{bar: b, col: b.door}, lvl)
			return g
		}
	}
	return from
}

func (f *flow) add(lvl level, label string) {
	f.level = max(f.level, lvl)
	if lvl > plain && !slices.Contains(f.labels, label) {
		f.labels = append(f.labels, label)
	}
}

const everything = "all traffic"

// trafficLabel says what a path carries: "tcp 443 from 203.0.113.0/24".
func trafficLabel(path verify.Path, preposition string) string {
	text := everything
	switch {
	case path.Protocol != "all" && path.Protocol != "" && path.Ports != "all" && path.Ports != "":
		text = path.Protocol + " " + path.Ports
	case path.Protocol != "all" && path.Protocol != "":
		text = "all " + path.Protocol
	}
	everywhere := len(path.Addresses) == 0
	for _, a := range path.Addresses {
		everywhere = everywhere || a == "0.0.0.0/0" || a == "::/0" || a == "2000::/3"
	}
	if everywhere {
		return text
	}
	if len(path.Addresses) == 1 {
		return fmt.Sprintf("%s %s %s", text, preposition, path.Addresses[0])
	}
	return fmt.Sprintf("%s %s %d blocks", text, preposition, len(path.Addresses))
}

// lines of a flow's label: what passes, the first kinds of it by name.
func (f flow) lines(direction string) []string {
	labels := f.kinds()
	state := "OPEN " + direction + ": "
	if f.level == undecided {
		state = "undecided " + direction + ": "
	}
	switch len(labels) {
	case 0:
		return []string{strings.TrimSuffix(state, ": ")}
	case 1:
		return []string{state + labels[0]}
	case 2:
		return []string{state + labels[0], labels[1]}
	}
	return []string{state + labels[0], fmt.Sprintf("%s and %d more", labels[1], len(labels)-2)}
}

// kinds of traffic of a flow; protocols of which everything passes make one, and
// ports that another kind names are not said again.
func (f flow) kinds() []string {
	if slices.Contains(f.labels, everything) {
		return []string{everything}
	}
	var whole, rest []string
	for _, label := range slices.Sorted(slices.Values(f.labels)) {
		if protocol, all := strings.CutPrefix(label, "all "); all && !strings.Contains(protocol, " ") {
			whole = append(whole, protocol)
			continue
		}
		if !slices.ContainsFunc(f.labels, func(other string) bool { return other != label && covers(other, label) }) {
			rest = append(rest, label)
		}
	}
	if len(whole) > 0 {
		rest = append([]string{"all " + strings.Join(whole, ", ")}, rest...)
	}
	return rest
}

// covers says whether a label names every port of another, of one protocol and
// everywhere: "tcp 80, 443" those of "tcp 80".
func covers(wide, narrow string) bool {
	protocol, ports, _ := strings.Cut(wide, " ")
	same, fewer, _ := strings.Cut(narrow, " ")
	all := strings.Split(ports, ", ")
	anywhere := !strings.Contains(wide, " from ") && !strings.Contains(wide, " to ")
	return anywhere && protocol == same && !slices.ContainsFunc(strings.Split(fewer, ", "), func(port string) bool { return !slices.Contains(all, port) })
}
