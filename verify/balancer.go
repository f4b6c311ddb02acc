package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// throughDoors says what of the internet reaches a service's tasks through load
// balancers and APIs.
func (a *analysis) throughDoors(s *model.Service) result {
	out := nothing()
	for _, doors := range [][]door{a.doors[s], a.anyDoors} {
		for _, d := range doors {
			if d.given.truth == model.No {
				continue
			}
			if d.api != nil {
				out.add(a.throughAPI(d, s))
				continue
			}
			out.add(a.throughBalancer(d, s))
		}
	}
	return out
}

// throughBalancer: a client reaches the balancer's interfaces as it would reach
// any others, at a listener's port, and the balancer opens a connection to the
// target.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
func (a *analysis) throughBalancer(d door, s *model.Service) result {
	b := d.balancer
	if b.Interfaces == nil {
		return undecided(doubt(b.Name, "its network interfaces are not known"))
	}
	return a.perSubnet(b.Interfaces, func(at *model.Subnet) result {
		out := nothing()
		for _, f := range familiesOf(b.Interfaces, at) {
			for _, w := range a.entriesOf(at, f) {
				if w.base.truth == model.No {
					out.block(fmt.Sprintf("load balancer %s: %s", nameOf(b.Name), w.base.why))
					continue
				}
				w.stages = append([]stage{
					groupsStage(b.Interfaces, inward, fmt.Sprintf("no security group of load balancer %s admits it", nameOf(b.Name))),
					listenerStage(d.listener),
				}, w.stages...)
				hops := append([]hop{{label: theInternet, why: "opens a connection"}}, w.hops...)
				hops = append(hops, groupHop(b.Interfaces, 1, inward), balancerHop(b, d.listener))
				w.stages = append(slices.Clip(w.stages), a.stepsStage(d, place{b.Interfaces, at}, s, f))
				w.hops = append(append(hops, a.stepHops(d.steps, s)...), tasksHops(s, len(w.stages))...)
				faces := all(d.given, when(-b.Internal, b.Name, "whether it faces the internet is not known", ""))
				if f == addr.IPv6 {
					faces = all(faces, hasIPv6(place{b.Interfaces, at}), when(b.Interfaces.IPv6, b.Name, "whether it has IPv6 addresses is not known", ""))
				}
				out.add(a.weighWith(Ingress, &w, faces, a.listsOf(b.Interfaces, inward, &way{})))
			}
		}
		return out
	})
}

// listenerStage passes what a listener accepts.
func listenerStage(l *model.Listener) stage {
	t := l.Traffic
	return stage{
		closed:   fmt.Sprintf("listener %s accepts %s", nameOf(l.Name), showTraffic(t)),
		traffics: []model.Traffic{t},
		ask: func(p packet) (answer, *model.Rule) {
			return truth(p.proto.hasPorts() && covers(t, p.proto, p.port) && (t.Protocol != everyProtocol || t.From <= p.port && p.port <= t.To)), nil
		},
	}
}

func balancerHop(b *model.LoadBalancer, l *model.Listener) hop {
	kind := b.Kind
	if kind == "" {
		kind = "classic"
	}
	return hop{Name: b.Name, why: fmt.Sprintf("%s load balancer, listens at %s", kind, showTraffic(l.Traffic))}
}

// stepHops are the hops behind the first balancer, up to the tasks.
func (a *analysis) stepHops(steps []step, s *model.Service) []hop {
	var out []hop
	for _, st := range steps {
		if st.group != nil {
			to := "the tasks"
			if st.to != nil {
				to = nameOf(st.to.Name)
			}
			out = append(out, hop{Name: st.group.Name, why: fmt.Sprintf("forwards to %s at %s", to, showTraffic(st.traffic))})
		}
		if st.to != nil {
			out = append(out, hop{Name: st.to.Name, why: fmt.Sprintf("%s load balancer, listens at %s", st.to.Kind, showTraffic(st.traffic))})
		}
	}
	return out
}

func tasksHops(s *model.Service, stage int) []hop {
	out := []hop{}
	if s.Tasks != nil {
		out = append(out, groupHop(s.Tasks, stage, inward))
	}
	return append(out, hop{Name: s.Name, why: "its tasks accept the connection"})
}

// stepsStage is the filter that everything behind a balancer is together. It
// depends on the client's address only where that is kept.
func (a *analysis) stepsStage(d door, from place, s *model.Service, f addr.Family) stage {
	st := stage{closed: fmt.Sprintf("the tasks of %s are not reached from load balancer %s", nameOf(s.Name), nameOf(d.balancer.Name))}
	if len(d.steps) > 0 && f == addr.IPv6 {
		d.steps = keptIPv6(d.steps, s)
	}
	kept := len(d.steps) > 0 && d.steps[0].kept != model.No
	if !kept {
		out, rule := a.walk(from, d.steps, s, nil)
		st.ask = func(packet) (answer, *model.Rule) { return out, rule }
		return st
	}
	st.ask = func(p packet) (answer, *model.Rule) {
		return a.walk(from, d.steps, s, &client{far: p.far})
	}
	to := a.interfacesOf(d.steps[0], s)
	if to == nil {
		return st
	}
	st.blocks = groupsStage(to, inward, "").blocks
	for _, n := range to.Subnets {
		if n != nil && n.ACL != nil {
			for _, entries := range [][]model.ACLEntry{n.ACL.Ingress, n.ACL.Egress} {
				for _, e := range entries {
					st.blocks = append(st.blocks, e.Block)
				}
			}
		}
	}
	return st
}

// keptIPv6 says what targets see of IPv6 clients: their addresses only if they
// are registered by IPv6 addresses themselves.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
func keptIPv6(steps []step, s *model.Service) []step {
	out := slices.Clone(steps)
	to := s.Tasks
	if out[0].to != nil {
		to = out[0].to.Interfaces
	}
	if to != nil && to.IPv6 == model.No {
		out[0].kept = model.No
	} else if out[0].kept == model.Yes {
		out[0].kept = model.Maybe
	}
	return out
}

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

// throughAPI: anybody who can call an API reaches what its integrations lead to
// through a VPC link.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
func (a *analysis) throughAPI(d door, s *model.Service) result {
	accepts, hops := apiFront(d)
	w := way{family: addr.IPv4, set: addr.Internet(addr.IPv4), base: d.given}
	if i := d.integration; i != nil && i.Link != nil {
		link := i.Link
		hops = append(hops, hop{Name: link.Name, why: "VPC link, opens a connection in the VPC"})
		inner := a.perSubnet(link, func(n *model.Subnet) result {
			from := place{link, n}
			ans, rule := a.walk(from, d.steps, s, nil)
			if len(d.steps) > 1 && d.steps[1].kept != model.No {
				ans, rule = a.walkKept(from, d.steps, s)
			}
			return result{answer: ans, paths: []draft{{piece: piece{rules: [][]*model.Rule{{rule}}}}}}
		})
		var rule *model.Rule
		for _, p := range inner.paths {
			if r := p.rules[0][0]; r != nil && rule == nil {
				rule = r
			}
		}
		w.stages = []stage{apiStage(accepts, inner.answer, rule, fmt.Sprintf("the tasks of %s are not reached from VPC link %s", nameOf(s.Name), nameOf(link.Name)))}
	} else if i != nil && len(i.Doubts) == 0 && len(d.steps) > 1 && d.steps[0].to.Interfaces != nil {
		ans, rule := a.fromPrivateLink(d.api.Name, d.steps, s)
		w.stages = []stage{apiStage(accepts, ans, rule, fmt.Sprintf("the tasks of %s are not reached from load balancer %s", nameOf(s.Name), nameOf(d.steps[0].to.Name)))}
	} else {
		name := d.api.Name
		if d.integration != nil {
			name = d.integration.Name
		}
		ans := a.fromAnywhere(s, doubt(name, "through which interfaces it leads into the VPC is not known"))
		w.stages = []stage{apiStage(accepts, ans, nil, fmt.Sprintf("no security group of %s admits it", nameOf(s.Name)))}
	}
	w.hops = append(append(hops, a.stepHops(d.steps, s)...), tasksHops(s, 1)...)
	return a.weighWith(Ingress, &w, yes, nil)
}

// fromPrivateLink is the answer about a REST API's VPC link of the first version,
// which reaches a Network Load Balancer as a service endpoint: the balancer's
// groups may or may not apply, and targets see the balancer's addresses.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html#update-security-settings
func (a *analysis) fromPrivateLink(from model.Name, steps []step, s *model.Service) (answer, *model.Rule) {
	front := steps[0].to
	given := yes
	if !front.Interfaces.Unfiltered {
		given = maybe(doubt(front.Name, "whether its security groups admit what "+nameOf(from)+" sends is not known"))
	}
	var answers []answer
	var rule *model.Rule
	for _, n := range front.Interfaces.Subnets {
		ans, by := a.walk(place{front.Interfaces, n}, steps[1:], s, nil)
		answers = append(answers, ans)
		if rule == nil {
			rule = by
		}
	}
	out := some(answers...)
	if doubts := front.Interfaces.Doubts; len(doubts) > 0 || len(answers) == 0 {
		out = maybe(append(slices.Clip(doubts), doubt(front.Name, "its subnets are not known"))...)
	}
	return all(given, out), rule
}

// walkKept walks from a VPC link through a balancer that keeps the link's
// address.
func (a *analysis) walkKept(from place, steps []step, s *model.Service) (answer, *model.Rule) {
	front, name := a.interfacesOf(steps[0], s), s.Name
	if b := steps[0].to; b != nil {
		name = b.Name
	}
	if front == nil || len(front.Subnets) == 0 {
		return maybe(doubt(name, "its network interfaces are not known")), nil
	}
	var answers []answer
	var rule *model.Rule
	for _, n := range front.Subnets {
		at := place{front, n}
		ans, _ := a.hop(from, at, steps[0], nil)
		on, by := a.walk(at, steps[1:], s, &client{place: &from})
		answers = append(answers, all(ans, on))
		if rule == nil {
			rule = by
		}
	}
	out := some(answers...)
	if front.SubnetsAreCandidates {
		out = each(doubt(front.Name, "in which of "+namesOf(front.Subnets)+" it is is not known"), answers...)
	}
	if len(front.Doubts) > 0 {
		out = maybe(front.Doubts...)
	}
	return out, rule
}

// fromAnywhere is the answer about a connection from interfaces that are not
// known: it may be there unless nothing is admitted at all.
func (a *analysis) fromAnywhere(s *model.Service, d model.Doubt) answer {
	if s.Tasks == nil || s.Tasks.Unfiltered || len(s.Tasks.Doubts)+len(s.Tasks.GroupDoubts) > 0 || len(s.Tasks.Groups) == 0 {
		return maybe(d)
	}
	for _, g := range s.Tasks.Groups {
		if g == nil || len(g.Ingress)+len(g.Doubts) > 0 {
			return maybe(d)
		}
	}
	return no("")
}

// apiFront is what the internet meets first: an API, which takes HTTPS, or
// something else that leads connections to a balancer, at ports that are taken
// to be the balancer's.
func apiFront(d door) (model.Traffic, []hop) {
	if strings.Contains(strings.ToLower(d.api.Type), "apigateway") {
		return model.Traffic{Protocol: int(tcp), From: 443, To: 443},
			[]hop{{label: theInternet, why: "calls the API"}, {Name: d.api.Name, why: "API that anybody can call"}}
	}
	accepts := anything
	if len(d.steps) > 1 {
		accepts = d.steps[0].traffic
	}
	return accepts, []hop{{label: theInternet, why: "opens a connection"}, {Name: d.api.Name, why: "leads connections in from the internet"}}
}

// apiStage passes what an API or its like accepts, from anybody.
func apiStage(accepts model.Traffic, ans answer, rule *model.Rule, closed string) stage {
	return stage{closed: closed, traffics: []model.Traffic{accepts}, ask: func(p packet) (answer, *model.Rule) {
		if !p.proto.hasPorts() || !covers(accepts, p.proto, p.port) {
			return no(""), nil
		}
		return ans, rule
	}}
}
