package verify

import (
	"fmt"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// trail is how far a packet has come on its way out.
type trail struct {
	way
	at *model.Subnet // where it is
	// source is the subnet whose addresses it carries.
	source *model.Subnet
	// arrived: it came into the subnet from a transit gateway, and not from an
	// interface there.
	arrived *model.TransitAttachment
	// nat translated its address.
	nat *model.NATGateway
	// home says whether an answer finds the way back from the VPC it is in; nil
	// in the VPC it began in.
	home func(from *model.Subnet) answer
	// homeward are the ACLs that answers meet then.
	homeward func(from *model.Subnet) (borders, answer)
	borders  borders
	nats     []*model.NATGateway // that it went through
	visited  []*model.VPC
}

// then is the trail one hop further.
func (t trail) then(h hop) trail {
	t.hops = append(slices.Clip(t.hops), h)
	return t
}

func (t trail) given(a answer) trail {
	t.base = all(t.base, a)
	return t
}

func (t trail) across(b ...border) trail {
	t.borders = append(slices.Clip(t.borders), b...)
	return t
}

// exitsOf are the ways from an interface in a subnet to the internet, whatever
// its groups and its own addresses are.
func (a *analysis) exitsOf(s *model.Subnet, f addr.Family) []way {
	key := exitKey{s, f}
	if ways, ok := a.exits[key]; ok {
		return ways
	}
	a.exits[key] = nil // a route that leads back here leads nowhere
	t := trail{at: s, source: s, way: way{family: f, base: yes, near: s}}
	if f == addr.IPv6 {
		t.needs = needsIPv6
	}
	ways := a.leave(t, addr.Internet(f))
	if f == addr.IPv6 {
		ways = append(ways, a.leave(t, addr.Translated())...)
	}
	a.exits[key] = ways
	return ways
}

// leave follows the routes of the subnet that a trail is in.
func (a *analysis) leave(t trail, set *addr.Set) []way {
	s := t.at
	if s.VPC == nil {
		return t.perhaps(set, s.Name, "its VPC is not known", doubt(s.Name, "its VPC is not known"))
	}
	t.visited = append(slices.Clip(t.visited), s.VPC)
	set = addr.Minus(set, addr.Of(s.VPC.Blocks...)) // the local routes win
	if addr.Empty(set) {
		return nil
	}
	var out []way
	if doubts := a.elsewhere(s.VPC); len(doubts) > 0 {
		out = append(out, t.leaving().perhaps(set, s.VPC.Name, "may have another way out", doubts...)...)
	}
	if s.Table == nil {
		doubts := s.Doubts
		if len(doubts) == 0 {
			doubts = []model.Doubt{doubt(s.Name, "its route table is not known")}
		}
		return append(out, t.leaving().perhaps(set, s.Name, "its route table is not known", doubts...)...)
	}
	if doubts := join(s.Doubts, s.Table.Doubts); len(doubts) > 0 {
		t = t.given(maybe(doubts...))
		out = append(out, t.leaving().perhaps(set, s.Table.Name, "may have other routes", doubts...)...)
	}
	t.tables = append(slices.Clip(t.tables), s.Table)
	for _, l := range a.legs(s.Table, set) {
		if len(l.routes) == 0 {
			out = append(out, t.closed(l.set, fmt.Sprintf("no route of %s leads there", nameOf(s.Table.Name)))...)
		}
		for _, r := range l.routes {
			out = append(out, a.follow(t.given(l.sure).then(routeHop(s, r)), r, l.set)...)
		}
	}
	return out
}

// routeHop names a route. Tables that route alike for several subnets make one
// hop, with the subnets after it.
func routeHop(s *model.Subnet, r *model.Route) hop {
	n := s.Table.Name
	if n.URN == "" {
		n = r.Name
	}
	return hop{Name: n, why: fmt.Sprintf("route %s to %s", showBlocks(r), called(r.Target)), subnets: []*model.Subnet{s}}
}

func showBlocks(r *model.Route) string {
	if len(r.Destinations) == 1 {
		return r.Destinations[0].String()
	}
	return fmt.Sprintf("of %d blocks", len(r.Destinations))
}

// leaving adds the ACL of the subnet that packets leave for another subnet or a
// gateway, and where answers come in again.
func (t trail) leaving() trail {
	ph := reply
	if t.nat != nil {
		ph = replyToNAT
	}
	return t.across(border{t.at, outward, nil, request}, border{t.at, inward, nil, ph})
}

// follow goes on to a route's target.
func (a *analysis) follow(t trail, r *model.Route, set *addr.Set) []way {
	target := r.Target
	switch target.Kind {
	case model.ToInternetGateway:
		return a.throughInternetGateway(t, target, set)
	case model.ToEgressOnly:
		return a.throughEgressOnly(t, target, set)
	case model.ToNAT:
		return a.throughNAT(t, target, set)
	case model.ToTransitGateway:
		return a.throughTransit(t, target, set)
	case model.ToInterface:
		return a.throughHost(t, target, set)
	case model.ToPeering:
		return t.closed(set, fmt.Sprintf("VPC peering connection %s leads to no gateway: AWS carries no traffic through the other VPC's gateways", nameOf(target.Name)))
	case model.ToLocal:
		return t.closed(set, "the route stays in the VPC")
	case model.ToBlackhole:
		return t.closed(set, "the route leads nowhere")
	default:
		what := fmt.Sprintf("what is behind this %s is not known", target.Kind)
		if target.Kind == model.ToOther {
			what = "where this route leads is not known"
		}
		name := target.Name
		if nameOf(name) == "" {
			name = r.Name
		}
		out := t.leaving().perhaps(set, name, what, doubt(name, what))
		for i := range out {
			out[i].blind = !outside(target.Kind)
		}
		return out
	}
}

// outside says whether a gateway leads out of AWS, where no NAT gateway is.
func outside(k model.TargetKind) bool {
	return k == model.ToVPNGateway || k == model.ToLocalGateway || k == model.ToCarrierGateway
}

// throughInternetGateway: an internet gateway passes packets of addresses that
// are public.
// https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
func (a *analysis) throughInternetGateway(t trail, target model.Target, set *addr.Set) []way {
	if addr.Empty(addr.And(set, addr.Internet(t.family))) {
		return t.closed(set, "an internet gateway does not translate IPv6 to IPv4")
	}
	t = t.given(a.attached(t.at.VPC, target)).given(egressBlocked(t))
	switch {
	case t.nat != nil:
		t = t.given(when(t.nat.Public, t.nat.Name, "whether it has an Elastic IP is not known",
			fmt.Sprintf("NAT gateway %s is private: an internet gateway drops its packets", nameOf(t.nat.Name))))
	case t.arrived != nil:
		return t.closed(set, fmt.Sprintf("an internet gateway drops packets of private addresses, which arrive from transit gateway attachment %s", nameOf(t.arrived.Name)))
	case t.family == addr.IPv4:
		t.needs = needsPublicIPv4
	}
	return t.leaving().then(hop{Name: target.Name, why: "attached to VPC " + nameOf(t.at.VPC.Name)}).arrive(set)
}

// attached says whether an internet gateway is attached to a VPC.
func (a *analysis) attached(v *model.VPC, target model.Target) answer {
	if target.Internet == nil {
		return maybe(doubt(target.Name, "it is not in the stack, so whether it is attached is not known"))
	}
	for _, g := range v.InternetGateways {
		if g == target.Internet || g.URN != "" && g.URN == target.Internet.URN {
			return when(g.Attached, g.Name, "whether it is attached to VPC "+nameOf(v.Name)+" is not known",
				fmt.Sprintf("internet gateway %s is not attached", nameOf(g.Name)))
		}
	}
	if doubts := a.elsewhere(v); len(doubts) > 0 {
		return maybe(doubts...)
	}
	return no(fmt.Sprintf("internet gateway %s is not attached to VPC %s", nameOf(target.Name), nameOf(v.Name)))
}

// egressBlocked: block public access stops packets at the VPC's gateways. In the
// mode that blocks what comes in, only NAT gateways and egress-only gateways
// are left: an address of a task's own is blocked in both directions.
// https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
func egressBlocked(t trail) answer {
	v, s := t.at.VPC, t.at
	out := blocked(v.BlocksPublicEgress, s.ExcludedEgress, v, s)
	if t.nat == nil {
		out = all(out, blocked(v.BlocksPublicIngress, s.ExcludedIngress, v, s))
	}
	return out
}

// blocked is Yes when block public access lets pass.
func blocked(blocks, excluded model.Truth, v *model.VPC, s *model.Subnet) answer {
	let := max(-blocks, excluded)
	return when(let, v.Name, "whether block public access blocks "+nameOf(s.Name)+" is not known",
		"block public access blocks VPC "+nameOf(v.Name))
}

// throughEgressOnly: an egress-only internet gateway carries IPv6 out.
// https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html
func (a *analysis) throughEgressOnly(t trail, target model.Target, set *addr.Set) []way {
	set = addr.And(set, addr.Internet(addr.IPv6))
	if addr.Empty(set) {
		return t.closed(set, "an egress-only internet gateway carries IPv6 only")
	}
	v := t.at.VPC
	switch g := target.EgressOnly; {
	case g == nil:
		t = t.given(maybe(doubt(target.Name, "it is not in the stack")))
	case g.VPC == nil:
		t = t.given(maybe(doubt(g.Name, "its VPC is not known")))
	case g.VPC != v:
		return t.closed(set, fmt.Sprintf("egress-only internet gateway %s is in another VPC", nameOf(g.Name)))
	}
	if t.arrived != nil {
		t = t.given(maybe(doubt(target.Name, "whether it carries what arrives through a transit gateway is not known")))
	}
	t = t.given(blocked(v.BlocksPublicEgress, t.at.ExcludedEgress, v, t.at))
	return t.leaving().then(hop{Name: target.Name, why: "carries IPv6 out"}).arrive(set)
}

// throughNAT: a NAT gateway sends packets on by the table of its own subnet.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
func (a *analysis) throughNAT(t trail, target model.Target, set *addr.Set) []way {
	g := target.NAT
	translated := addr.And(set, addr.Translated())
	switch {
	case t.family == addr.IPv6 && addr.Empty(translated):
		return t.closed(set, "a NAT gateway carries no IPv6")
	case g == nil:
		return t.leaving().perhaps(set, target.Name, "is not in the stack", doubt(target.Name, "it is not in the stack"))
	case slices.Contains(t.nats, g):
		return t.closed(set, "the routes go round in a circle")
	case g.VPC != nil && g.VPC != t.at.VPC && (unplaced(g.VPC) || unplaced(t.at.VPC)):
		doubts := join(g.VPC.Doubts, t.at.VPC.Doubts)
		return t.leaving().perhaps(set, g.Name, "may be in another VPC", doubts...)
	case g.VPC != nil && g.VPC != t.at.VPC:
		return t.closed(set, fmt.Sprintf("NAT gateway %s is in another VPC", nameOf(g.Name)))
	}
	t = t.given(unsure(g.Doubts))
	if t.nat != nil {
		t = t.given(maybe(doubt(g.Name, "whether it takes packets of another NAT gateway is not known")))
	}
	t.way.nat, t.nats = g, append(slices.Clip(t.nats), g)
	t.stages = append(slices.Clip(t.stages), natStage)
	if !addr.Empty(translated) {
		if g.Public == model.No {
			return t.closed(set, fmt.Sprintf("NAT gateway %s is private", nameOf(g.Name)))
		}
		return t.leaving().perhaps(translated, g.Name, "translates IPv6 to IPv4 (NAT64)",
			doubt(g.Name, "it translates 64:ff9b::/96 to IPv4 (NAT64), and where that leads is not followed"))
	}
	if g.Regional {
		return a.throughRegionalNAT(t, g, set)
	}
	if g.Subnet == nil {
		return t.leaving().perhaps(set, g.Name, "its subnet is not known", doubt(g.Name, "its subnet is not known"))
	}
	t = t.given(t.backFrom(g.Subnet)).natBorders(g)
	t = t.then(hop{Name: g.Name, why: natWhy(g)})
	t.at, t.arrived, t.nat = g.Subnet, nil, g
	return a.leave(t, set)
}

func natWhy(g *model.NATGateway) string {
	why := "translates to its own address"
	if g.Public == model.Yes {
		why = "translates to its public address"
	}
	if g.Subnet != nil {
		why += ", in " + nameOf(g.Subnet.Name)
		if g.Subnet.Zone != "" {
			why += " (" + g.Subnet.Zone + ")"
		}
	}
	return why
}

// backFrom says whether answers find the way from a subnet to the VPC that the
// trail began in.
func (t trail) backFrom(s *model.Subnet) answer {
	if t.home == nil {
		return yes
	}
	return t.home(s)
}

// natBorders adds the ACLs between where packets are and a NAT gateway. Inside
// one subnet there is none.
func (t trail) natBorders(g *model.NATGateway) trail {
	from, _ := addressesOf(t.source, t.family)
	switch {
	case t.arrived != nil:
		back, sure := t.homeward(g.Subnet)
		t = t.given(sure).across(back...)
		if g.Subnet == t.at {
			return t
		}
		return t.across(border{t.at, outward, nil, request}, border{g.Subnet, inward, from, request})
	case g.Subnet == t.at:
		return t
	}
	return t.leaving().across(border{g.Subnet, inward, from, request}, border{g.Subnet, outward, from, reply})
}

// natStage: NAT gateways carry TCP, UDP and ICMP.
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
var natStage = stage{
	closed: "a NAT gateway carries TCP, UDP and ICMP only",
	ask: func(p packet) (answer, *model.Rule) {
		return truth(p.proto.hasPorts() || p.proto.isICMP()), nil
	},
}

// throughRegionalNAT: a regional NAT gateway routes by a table of its own, which
// AWS makes with a route to the VPC's internet gateway.
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
func (a *analysis) throughRegionalNAT(t trail, g *model.NATGateway, set *addr.Set) []way {
	v := t.at.VPC
	t = t.given(t.backFrom(t.at)).given(when(g.Public, g.Name, "whether it has a public address is not known", fmt.Sprintf("NAT gateway %s is private", nameOf(g.Name))))
	t = t.given(blocked(v.BlocksPublicEgress, t.at.ExcludedEgress, v, t.at))
	t = t.leaving().then(hop{Name: g.Name, why: "translates to its public addresses, in every zone"})
	gate := no(fmt.Sprintf("VPC %s has no internet gateway for NAT gateway %s", nameOf(v.Name), nameOf(g.Name)))
	name := model.Name{}
	for _, i := range v.InternetGateways {
		gate = some(gate, when(i.Attached, i.Name, "whether it is attached is not known", ""))
		name = i.Name
	}
	if doubts := a.elsewhere(v); len(doubts) > 0 {
		gate = some(gate, maybe(doubts...))
	}
	return t.given(gate).then(hop{Name: name, why: "attached to VPC " + nameOf(v.Name)}).arrive(set)
}

// throughHost: a host passes on what is not addressed to it when source and
// destination are not checked; what it makes of it is up to it.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html#eni-source-destination-check
func (a *analysis) throughHost(t trail, target model.Target, set *addr.Set) []way {
	h := target.Host
	if h == nil {
		return t.leaving().perhaps(set, target.Name, "is not in the stack", doubt(target.Name, "it is not in the stack"))
	}
	if h.Forwards == model.No {
		return t.closed(set, fmt.Sprintf("%s drops packets that are not addressed to it: its source/destination check is on", nameOf(h.Name)))
	}
	own := a.hostReaches(h)
	if own.truth == model.No {
		return t.closed(set, fmt.Sprintf("%s has no way to the internet itself", nameOf(h.Name)))
	}
	what := "what this host does with the packets is not known"
	return t.leaving().perhaps(set, h.Name, "may forward them", doubt(h.Name, what))
}

// hostReaches says whether a host has a way to the internet itself.
func (a *analysis) hostReaches(h *model.Interfaces) answer {
	if out, ok := a.hosts[h]; ok {
		return out
	}
	a.hosts[h] = no("") // a host whose way leads through itself has none
	out := a.egress(h).answer
	a.hosts[h] = out
	return out
}

// perhaps ends a trail at something that is not known.
func (t trail) perhaps(set *addr.Set, n model.Name, why string, doubts ...model.Doubt) []way {
	t.blind = true
	return t.given(maybe(doubts...)).then(hop{Name: n, why: why}).arrive(set)
}

// closed ends a trail that leads nowhere, with the reason.
func (t trail) closed(set *addr.Set, why string) []way {
	w := t.way
	w.set, w.base, w.stages = set, no(why), nil
	return []way{w}
}

// arrive ends a trail on the internet.
func (t trail) arrive(set *addr.Set) []way {
	if t.base.truth == model.No {
		return t.closed(set, t.base.why)
	}
	w := t.way
	w.set = set
	w.stages = slices.Clip(w.stages)
	if s, some := t.borders.stage(clientPorts); some {
		w.stages = append(w.stages, s)
		w.hops = append(slices.Clip(w.hops), aclHops(t.borders)...)
	}
	return []way{w}
}

// aclHops name the ACLs of a way that are written in the stack and that may
// stop something.
func aclHops(b borders) []hop {
	var out []hop
	for _, x := range b {
		if x.subnet == nil || x.subnet.ACL == nil || x.subnet.ACL.URN == "" || x.passesAll() {
			continue
		}
		if i := slices.IndexFunc(out, func(h hop) bool { return h.Name == x.subnet.ACL.Name }); i >= 0 {
			if !slices.Contains(out[i].subnets, x.subnet) {
				out[i].subnets = append(out[i].subnets, x.subnet)
			}
			continue
		}
		out = append(out, hop{Name: x.subnet.ACL.Name, why: "lets packets and answers pass", subnets: []*model.Subnet{x.subnet}})
	}
	return out
}
