package verify

import (
	"fmt"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// client is the other end that a target sees when its address is kept: a piece
// of the internet, or a place in the network.
type client struct {
	far   far
	place *place
}

func (c *client) matches(r *model.Rule, through place) answer {
	if r.Group != nil && r.Unknown == "" && !r.Block.IsValid() {
		// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
		m := isMember(r.Group, through.interfaces)
		if c.place != nil {
			m = some(m, isMember(r.Group, c.place.interfaces))
		}
		return m
	}
	if c.place != nil {
		return matchesPlace(r, *c.place)
	}
	return matchesInternet(r, c.far)
}

func (a *analysis) interfacesOf(st step, s *model.Service) *model.Interfaces {
	if st.to != nil {
		return st.to.Interfaces
	}
	return s.Tasks
}

// walk follows steps from a place to the tasks; it returns the rule of the last
// filter.
func (a *analysis) walk(from place, steps []step, s *model.Service, c *client) (answer, *model.Rule) {
	if len(steps) == 0 {
		return yes, nil
	}
	st := steps[0]
	to := a.interfacesOf(st, s)
	name := s.Name
	if st.to != nil {
		name = st.to.Name
	}
	if to == nil {
		return maybe(doubt(name, "its network interfaces are not known")), nil
	}
	if len(to.Subnets) == 0 {
		return maybe(append(slices.Clip(to.Doubts), doubt(name, "its subnets are not known"))...), nil
	}
	var rule *model.Rule
	var answers []answer
	for _, n := range to.Subnets {
		at := place{to, n}
		ans, by := a.hop(from, at, st, c)
		if ans.truth != model.No && len(steps) > 1 {
			// A balancer of the application kind opens connections of its own.
			on, deeper := a.walk(at, steps[1:], s, nil)
			ans, by = all(ans, on), deeper
		}
		if rule == nil || ans.truth == model.Yes {
			rule = by
		}
		answers = append(answers, ans)
	}
	out := some(answers...)
	if to.SubnetsAreCandidates {
		out = each(doubt(to.Name, "in which of "+namesOf(to.Subnets)+" it is is not known"), answers...)
	}
	if len(to.Doubts) > 0 {
		out = maybe(to.Doubts...)
	}
	return out, rule
}

// hop is one connection inside the network.
func (a *analysis) hop(from, to place, st step, c *client) (answer, *model.Rule) {
	zone := inItsZones(from, to, st)
	if zone.truth == model.No {
		return zone, nil
	}
	direct, rule := a.between(from, to, st.traffic)
	if c == nil || st.kept == model.No {
		return all(zone, direct), rule
	}
	seen, by := a.keptBetween(from, to, st.traffic, c)
	if st.kept == model.Yes {
		return all(zone, seen), by
	}
	n := model.Name{}
	if st.group != nil {
		n = st.group.Name
	}
	if rule == nil {
		rule = by
	}
	return all(zone, each(doubt(n, "whether it keeps the client's address is not known"), direct, seen)), rule
}

// inItsZones: a load balancer sends nothing to targets in zones that are not
// enabled for it, which are those of its subnets.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
func inItsZones(from, to place, st step) answer {
	if st.group == nil || from.interfaces == nil || len(from.interfaces.Doubts) > 0 || to.subnet == nil {
		return yes
	}
	unknown := to.subnet.Zone == ""
	for _, s := range from.interfaces.Subnets {
		switch {
		case s == nil || s.Zone == "":
			unknown = true
		case s.Zone == to.subnet.Zone:
			return yes
		}
	}
	if unknown {
		return maybe(doubt(to.subnet.Name, "whether load balancer "+nameOf(from.interfaces.Name)+" has a subnet in its zone is not known"))
	}
	return no(fmt.Sprintf("load balancer %s has no subnet in zone %s", nameOf(from.interfaces.Name), to.subnet.Zone))
}

// between says whether an interface can open a connection to another one: its
// groups allow it, those of the other one admit it, and where the subnets
// differ their ACLs let requests and answers pass.
func (a *analysis) between(from, to place, t model.Traffic) (answer, *model.Rule) {
	key := pairKey{from, to, t}
	if p, ok := a.pairs[key]; ok {
		return p.answer, p.rule
	}
	out, rule := a.judge(from, to, t, func(r *model.Rule) answer { return matchesPlace(r, from) }, a.innerBorders(from, to), highPorts, far{})
	a.pairs[key] = pair{out, rule}
	return out, rule
}

type pairKey struct {
	from, to place
	traffic  model.Traffic
}

type pair struct {
	answer answer
	rule   *model.Rule
}

// keptBetween is between for packets that keep the client's address.
func (a *analysis) keptBetween(from, to place, t model.Traffic, c *client) (answer, *model.Rule) {
	b := slices.Clone(a.innerBorders(from, to)) // they are shared, and change here
	if len(b) > 0 {
		var seen *addr.Set
		if c.place != nil {
			seen, _ = addressesOf(c.place.subnet, 0)
		}
		// The target's ACL sees the client; the balancer's sees the target.
		for n := range b {
			if b[n].subnet == to.subnet {
				b[n].far = seen
			}
		}
	}
	if c.place == nil {
		// The client's port is kept too, so answers go to it on all the way.
		b = append(b, border{from.subnet, outward, nil, reply})
	}
	return a.judge(from, to, t, func(r *model.Rule) answer { return c.matches(r, from) }, b, clientPorts, c.far)
}

// innerBorders are the ACLs between two interfaces of a VPC; inside of a subnet
// there is none.
func (a *analysis) innerBorders(from, to place) borders {
	if from.subnet == to.subnet {
		return nil
	}
	key := [2]*model.Subnet{from.subnet, to.subnet}
	b, ok := a.inner[key]
	if !ok {
		b = bordersBetween(from, to)
		a.inner[key] = b
	}
	return b
}

func bordersBetween(from, to place) borders {
	here, _ := addressesOf(from.subnet, 0)
	there, _ := addressesOf(to.subnet, 0)
	return borders{
		{from.subnet, outward, there, request}, {to.subnet, inward, here, request},
		{to.subnet, outward, here, reply}, {from.subnet, inward, there, reply},
	}
}

// judge asks for each protocol and run of ports that filters tell apart.
func (a *analysis) judge(from, to place, t model.Traffic, source func(*model.Rule) answer, b borders, ports addr.Ports, f far) (answer, *model.Rule) {
	joined := a.connected(from.subnet, to.subnet)
	if joined.truth == model.No {
		return joined, nil
	}
	out := no("")
	var rule *model.Rule
	for _, p := range []protocol{tcp, udp} {
		if t.Protocol != everyProtocol && t.Protocol != int(p) && t != (model.Traffic{}) {
			continue
		}
		for _, run := range a.runs(p, t, from, to, b) {
			out1, _ := admits(from.interfaces, outward, p, run.From, func(r *model.Rule) answer { return matchesPlace(r, to) })
			in, by := admits(to.interfaces, inward, p, run.From, source)
			ans := all(joined, out1, in, b.pass(packet{p, run.From, f}, ports))
			if ans.truth != model.No && (rule == nil || ans.truth == model.Yes) {
				rule = by
			}
			if out = some(out, ans); out.truth == model.Yes {
				return out, rule
			}
		}
	}
	return out, rule
}

// runs are the ports of a step that filters tell apart.
func (a *analysis) runs(p protocol, t model.Traffic, from, to place, b borders) []addr.Ports {
	within := addr.AllPorts
	if t != (model.Traffic{}) {
		within = portsOf(t)
	}
	if within.From == within.To {
		return []addr.Ports{within}
	}
	var at []addr.Ports
	add := func(x model.Traffic) {
		if x.Protocol == int(p) {
			at = append(at, portsOf(x))
		}
	}
	for _, side := range []struct {
		i *model.Interfaces
		d direction
	}{{from.interfaces, outward}, {to.interfaces, inward}} {
		for _, g := range side.i.Groups {
			if g == nil {
				continue
			}
			for _, r := range rulesOf(g, side.d) {
				add(r.Traffic)
			}
		}
	}
	for _, x := range b {
		for _, e := range x.entries() {
			add(e.Traffic)
		}
	}
	return addr.CutPorts(within, at)
}

// connected says whether packets and answers are routed between two subnets.
// Inside a VPC they always are.
func (a *analysis) connected(x, y *model.Subnet) answer {
	switch {
	case x == nil || y == nil || x.VPC == nil || y.VPC == nil:
		return maybe(doubt(subnetName(x), "whether it is routed to "+nameOf(subnetName(y))+" is not known"))
	case x.VPC == y.VPC:
		return yes
	case unplaced(x.VPC):
		return maybe(x.VPC.Doubts...)
	case unplaced(y.VPC):
		return maybe(y.VPC.Doubts...)
	}
	key := [2]*model.Subnet{x, y}
	if out, ok := a.connects[key]; ok {
		return out
	}
	out := all(a.routed(x, y), a.routed(y, x))
	a.connects[key] = out
	return out
}

// unplaced is true of a VPC that stands for one that is not known: it may be
// any of the others.
func unplaced(v *model.VPC) bool { return v.ID == "" && len(v.Doubts) > 0 }

// routed says whether the table of a subnet leads to a subnet of another VPC.
func (a *analysis) routed(x, y *model.Subnet) answer {
	if x.Table == nil {
		return maybe(doubt(x.Name, "its route table is not known"))
	}
	out := unsure(join(join(x.Doubts, x.Table.Doubts), a.elsewhere(x.VPC)))
	set, _ := addressesOf(y, 0)
	var answers []answer
	for _, l := range a.legs(x.Table, addr.Minus(set, addr.Of(x.VPC.Blocks...))) {
		hit := no("")
		for _, r := range l.routes {
			switch r.Target.Kind {
			case model.ToPeering:
				p := r.Target.Peering
				switch {
				case p == nil:
					hit = some(hit, maybe(doubt(r.Target.Name, "it is not in the stack")))
				case slices.Contains(p.VPCs[:], x.VPC) && slices.Contains(p.VPCs[:], y.VPC):
					hit = some(hit, l.sure)
				}
			case model.ToInternetGateway, model.ToEgressOnly, model.ToNAT, model.ToLocal, model.ToBlackhole:
			default:
				hit = some(hit, maybe(doubt(either(r.Target.Name, r.Name), "whether it leads to "+nameOf(y.Name)+" is not followed")))
			}
		}
		answers = append(answers, hit)
	}
	if hit := some(answers...); hit.truth != model.No || out.truth == model.Yes {
		return all(out, hit)
	}
	return out
}
