package verify

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// draft is a path before those that are alike are put together.
type draft struct {
	direction Direction
	piece
	hops      []hop
	dependsOn dependency
	blind     bool      // it ends at something that is not known
	local     *addr.Set // addresses of the VPC itself, which are no part of the internet there
}

// dependency is a subnet whose packets leave through a NAT gateway.
type dependency struct {
	subnet *model.Subnet
	nat    *model.NATGateway
}

// pathsOf puts drafts together that differ in nothing but subnets, and writes
// them for the report: open ones first.
func pathsOf(drafts []draft) []Path {
	type open struct {
		draft
		path Path
		key  string
	}
	var kept []*open
	index := map[string]*open{}
	for _, d := range drafts {
		o := &open{draft: d, path: Path{
			Direction: d.direction,
			Verdict:   Undecided,
			Ports:     addr.ShowPorts(d.ports),
			Addresses: addr.Show(d.set, d.local),
			Protocol:  "all",
		}}
		if d.sure {
			o.path.Verdict = Open
			o.because = nil
		}
		if len(d.protos) > 0 {
			o.path.Protocol = d.protos[0].String()
		}
		o.path.Addresses = append(o.path.Addresses, d.lists...)
		o.hops = resolve(d)
		o.key = o.keyOf(o.path)
		if same := index[o.key]; same != nil {
			for n := range same.hops {
				for _, s := range o.hops[n].subnets {
					if !slices.Contains(same.hops[n].subnets, s) {
						same.hops[n].subnets = append(slices.Clip(same.hops[n].subnets), s)
					}
				}
			}
			same.because = join(same.because, o.because)
			continue
		}
		index[o.key] = o
		kept = append(kept, o)
	}
	out := []Path{}
	for _, o := range kept {
		for _, h := range o.hops {
			o.path.Hops = append(o.path.Hops, h.show())
		}
		if len(o.because) > 0 {
			o.path.Because = sortedDoubts(o.because)
		}
		out = append(out, o.path)
	}
	slices.SortStableFunc(out, func(a, b Path) int {
		return cmp.Or(
			-cmp.Compare(a.Direction, b.Direction), // ingress before egress
			cmp.Compare(a.Verdict, b.Verdict),      // open before undecided
			cmp.Compare(len(a.Hops), len(b.Hops)),
			slices.CompareFunc(a.Hops, b.Hops, func(x, y Hop) int {
				return cmp.Or(cmp.Compare(x.URN, y.URN), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Why, y.Why))
			}),
			cmp.Compare(a.Protocol, b.Protocol),
			cmp.Compare(a.Ports, b.Ports),
			slices.Compare(a.Addresses, b.Addresses),
		)
	})
	return out
}

// resolve writes the rules of filters into their hops.
func resolve(d draft) []hop {
	out := make([]hop, 0, len(d.hops))
	for _, h := range d.hops {
		if h.rules < 0 {
			continue
		}
		if h.rules > 0 && h.rules <= len(d.rules) {
			h = h.withRules(d.rules[h.rules-1])
		}
		out = append(out, h)
	}
	return out
}

// withRules names the rules that let packets pass, and the groups that they
// are in.
func (h hop) withRules(rules []*model.Rule) hop {
	var groups, texts []string
	for _, g := range h.groups {
		if g == nil {
			continue
		}
		for _, r := range rules {
			if !holds(g, r) {
				continue
			}
			if len(groups) == 0 {
				h.Name = g.Name
			}
			if !slices.Contains(groups, nameOf(g.Name)) {
				groups = append(groups, nameOf(g.Name))
			}
			if text := showRule(r, h.verb); !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
	}
	if len(texts) == 0 {
		h.why = "may have rules that are not known"
		return h
	}
	if len(groups) > 1 {
		h.label = sentence(groups)
	}
	const most = 3
	if len(texts) > most {
		texts = append(texts[:most:most], "more")
	}
	h.why = h.verb + " " + sentence(texts)
	return h
}

func holds(g *model.SecurityGroup, r *model.Rule) bool {
	for _, rules := range [][]model.Rule{g.Ingress, g.Egress} {
		for i := range rules {
			if &rules[i] == r {
				return true
			}
		}
	}
	return false
}

func (d draft) keyOf(p Path) string {
	var b strings.Builder
	for _, part := range []string{string(p.Direction), string(p.Verdict), p.Protocol, p.Ports, strings.Join(p.Addresses, ",")} {
		b.WriteString(part)
		b.WriteByte(0)
	}
	for _, h := range d.hops {
		for _, part := range []string{h.URN, h.ID, h.label, h.why} {
			b.WriteString(part)
			b.WriteByte(0)
		}
	}
	return b.String()
}

// forSubnets stands before the subnets that a hop holds for.
const forSubnets = ", for "

// show writes a hop for the report.
func (h hop) show() Hop {
	name := h.label
	if name == "" {
		name = nameOf(h.Name)
	}
	why := h.why
	// A table that is named as its only subnet needs no further word.
	if names := namesOf(h.subnets); names != "" && names != name {
		why += forSubnets + names
	}
	return Hop{URN: h.URN, Type: h.Type, Name: name, Why: why}
}
