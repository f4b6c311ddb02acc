package verify

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// transitDestination is a block of a transit gateway's route table.
type transitDestination struct {
	block netip.Prefix
	route *model.TransitRoute
}

// transitLeg is a part of a set that a transit table sends to one attachment.
type transitLeg struct {
	set   *addr.Set
	route *model.TransitRoute // nil: no route
}

// transitLegs takes a set apart by the longest prefix; a static route wins over
// a propagated one of the same block.
// https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html#tgw-route-evaluation-overview
func (a *analysis) transitLegs(t *model.TransitTable, set *addr.Set) []transitLeg {
	routes, ok := a.transits[t]
	if !ok {
		for i := range t.Routes {
			if r := &t.Routes[i]; r.Destination.IsValid() {
				routes = append(routes, transitDestination{r.Destination.Masked(), r})
			}
		}
		slices.SortStableFunc(routes, func(x, y transitDestination) int {
			return cmp.Or(cmp.Compare(y.block.Bits(), x.block.Bits()), -cmp.Compare(bit(x.route.Static), bit(y.route.Static)))
		})
		a.transits[t] = routes
	}
	blocks := make([]netip.Prefix, len(routes))
	for i, r := range routes {
		blocks[i] = r.block
	}
	var out []transitLeg
	for _, r := range addr.Cut(set, blocks) {
		var hit *model.TransitRoute
		if i := slices.IndexFunc(routes, func(d transitDestination) bool { return d.block.Contains(r.From()) }); i >= 0 {
			hit = routes[i].route
		}
		part := addr.OfRange(r)
		if i := slices.IndexFunc(out, func(l transitLeg) bool { return l.route == hit }); i >= 0 {
			out[i].set = addr.Union(out[i].set, part)
			continue
		}
		out = append(out, transitLeg{part, hit})
	}
	return out
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// throughTransit: a transit gateway routes by the table of the attachment that
// packets come from, into the subnets of the attachment that they go to.
// https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
func (a *analysis) throughTransit(t trail, target model.Target, set *addr.Set) []way {
	g := target.Transit
	if g == nil {
		return t.leaving().perhaps(set, target.Name, "is not in the stack", doubt(target.Name, "it is not in the stack"))
	}
	if len(g.Doubts) > 0 {
		return t.leaving().perhaps(set, g.Name, "may lead to the internet", g.Doubts...)
	}
	from, a1 := attachmentOf(g, t.at.VPC)
	if a1.truth == model.No {
		return t.closed(set, a1.why)
	}
	t = t.given(a1)
	if from == nil {
		return t.leaving().perhaps(set, g.Name, "may lead to the internet", a1.because...)
	}
	if len(from.Doubts) > 0 {
		return t.leaving().perhaps(set, from.Name, "may lead to the internet", from.Doubts...)
	}
	door := inZone(from.Subnets, t.at.Zone)
	switch {
	case len(from.Subnets) > 0 && len(door) == 0:
		return t.closed(set, fmt.Sprintf("attachment %s has no subnet in zone %s, so that nothing there reaches the transit gateway", nameOf(from.Name), t.at.Zone))
	case from.Table == nil:
		return t.closed(set, fmt.Sprintf("attachment %s has no route table", nameOf(from.Name)))
	case len(from.Table.Doubts) > 0:
		return t.leaving().perhaps(set, from.Table.Name, "may have other routes", from.Table.Doubts...)
	}
	if !hasZone(door, t.at.Zone) {
		t = t.given(maybe(doubt(from.Name, "whether it has a subnet in the zone of "+nameOf(t.at.Name)+" is not known")))
	}
	switch {
	case len(door) == 0:
		t = t.given(maybe(doubt(from.Name, "its subnets are not known")))
	case len(door) > 1 && !routedAlike(door):
		t = t.given(maybe(doubt(from.Name, "which of its subnets packets pass is not known")))
		fallthrough
	default:
		t = t.intoTransit(door[0])
	}
	var out []way
	for _, l := range a.transitLegs(from.Table, set) {
		out = append(out, a.fromTransit(t, g, from, l)...)
	}
	return out
}

// intoTransit adds the ACLs that packets meet on the way from their subnet to
// the transit gateway's interface in the subnet at, which may be the same one.
// Answers come back another way, which homeward follows.
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html
func (t trail) intoTransit(at *model.Subnet) trail {
	source, _ := addressesOf(t.source, t.family)
	return t.across(border{t.at, outward, nil, request}, border{at, inward, source, request})
}

// bordersHome makes the ACLs that answers meet on the way back from a subnet behind
// a transit gateway. A transit gateway keeps them in the zone that they come
// from, whatever zone the tasks are in.
// https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-appliance-scenario.html
func (t trail) bordersHome(from, to *model.TransitAttachment) func(*model.Subnet) (borders, answer) {
	home, source := t.at, t.source
	family := t.family
	return func(s *model.Subnet) (borders, answer) {
		addresses, _ := addressesOf(source, family)
		out := borders{{s, outward, addresses, reply}}
		sure := yes
		if doors := inZone(to.Subnets, s.Zone); len(doors) > 0 {
			out = append(out, border{doors[0], inward, nil, reply})
			if !routedAlike(doors) {
				sure = maybe(doubt(to.Name, "which of its subnets answers pass is not known"))
			}
		}
		arrivals := arriving(from.Subnets, s.Zone)
		switch {
		case len(arrivals) == 0:
			return out, maybe(doubt(from.Name, "its subnets are not known"))
		case len(arrivals) > 1 && !routedAlike(append(slices.Clip(arrivals), home)):
			sure = all(sure, maybe(doubt(from.Name, "through which of its subnets answers arrive is not known")))
		}
		if arrivals[0] == home {
			return out, sure // inside one subnet, no ACL
		}
		return append(out, border{arrivals[0], outward, addresses, reply}, border{home, inward, nil, reply}), sure
	}
}

// fromTransit goes on where a transit gateway's route leads.
func (a *analysis) fromTransit(t trail, g *model.TransitGateway, from *model.TransitAttachment, l transitLeg) []way {
	if l.route == nil {
		return t.closed(l.set, fmt.Sprintf("no route of transit gateway table %s leads there", nameOf(from.Table.Name)))
	}
	to := l.route.To
	if to == nil || to == from {
		return t.closed(l.set, fmt.Sprintf("route %s of transit gateway table %s leads nowhere", l.route.Destination, nameOf(from.Table.Name)))
	}
	t = t.then(hop{Name: from.Table.Name, why: fmt.Sprintf("route %s to attachment %s", l.route.Destination, nameOf(to.Name))})
	if to.VPC == nil || len(to.Doubts) > 0 {
		doubts := to.Doubts
		if len(doubts) == 0 {
			doubts = []model.Doubt{doubt(to.Name, "what is attached by it is not in the stack")}
		}
		return t.perhaps(l.set, to.Name, "may lead to the internet", doubts...)
	}
	if slices.Contains(t.visited, to.VPC) {
		return t.closed(l.set, "the routes go round in a circle")
	}
	arrivals := arriving(to.Subnets, t.at.Zone)
	if len(arrivals) == 0 {
		return t.perhaps(l.set, to.Name, "may lead to the internet", doubt(to.Name, "its subnets are not known"))
	}
	home, homeward := a.wayHome(t, g, from, to), t.bordersHome(from, to)
	var out []way
	for _, s := range arrivals {
		on := t
		if len(arrivals) > 1 && !routedAlike(arrivals) {
			on = on.given(maybe(doubt(to.Name, "through which of its subnets packets arrive is not known")))
		}
		on.at, on.arrived, on.nat, on.home, on.homeward = s, to, nil, home, homeward
		out = append(out, a.leave(on, l.set)...)
	}
	return out
}

// wayHome makes the question whether answers find the way back from the VPC of
// an attachment to the one that packets came from.
func (a *analysis) wayHome(t trail, g *model.TransitGateway, from, to *model.TransitAttachment) func(*model.Subnet) answer {
	source, before := t.source, t.home
	return func(s *model.Subnet) answer {
		switch {
		case before != nil:
			return maybe(doubt(g.Name, "the way back over several transit gateways is not followed"))
		case s.Table == nil || s.VPC == nil:
			return maybe(doubt(s.Name, "its route table is not known"))
		case to.Table == nil:
			return no(fmt.Sprintf("attachment %s has no route table for answers", nameOf(to.Name)))
		}
		if doubts := join(join(s.Doubts, s.Table.Doubts), join(a.elsewhere(s.VPC), to.Table.Doubts)); len(doubts) > 0 {
			return maybe(doubts...)
		}
		return all(a.doorHome(s, to), a.routedHome(s, source, g, t.family), a.transitedHome(source, from, to, t.family))
	}
}

// doorHome says whether an attachment has a subnet in the zone that answers come
// from; like all packets they need one.
func (a *analysis) doorHome(s *model.Subnet, to *model.TransitAttachment) answer {
	door := inZone(to.Subnets, s.Zone)
	if len(to.Subnets) > 0 && len(door) == 0 {
		return no(fmt.Sprintf("attachment %s has no subnet in zone %s, from which answers would come", nameOf(to.Name), s.Zone))
	}
	if !hasZone(door, s.Zone) {
		return maybe(doubt(to.Name, "whether it has a subnet in the zone of the answers is not known"))
	}
	return yes
}

// routedHome says whether a subnet's table leads to the transit gateway for the
// addresses of another subnet. It may do so for some of them.
func (a *analysis) routedHome(s, source *model.Subnet, g *model.TransitGateway, f addr.Family) answer {
	set, known := addressesOf(source, f)
	if set.Overlaps(addr.Of(s.VPC.Blocks...)) {
		return sureIf(known, source, no(fmt.Sprintf("%s has the same addresses as VPC %s", nameOf(source.Name), nameOf(s.VPC.Name))))
	}
	var answers []answer
	for _, l := range a.legs(s.Table, set) {
		if len(l.routes) == 0 {
			answers = append(answers, no(fmt.Sprintf("no route of %s leads answers back to %s", nameOf(s.Table.Name), nameOf(source.Name))))
		}
		var routes []answer
		for _, r := range l.routes {
			switch {
			case r.Target.Kind == model.ToTransitGateway && r.Target.Transit == g:
				routes = append(routes, l.sure)
			case r.Target.Kind == model.ToOther || r.Target.Kind == model.ToTransitGateway && r.Target.Transit == nil:
				routes = append(routes, maybe(doubt(either(r.Target.Name, r.Name), "where it leads answers is not known")))
			default:
				routes = append(routes, all(weaken(l.sure), no(fmt.Sprintf("route %s of %s leads answers to %s, not back to %s",
					showBlocks(r), nameOf(s.Table.Name), nameOf(r.Target.Name), nameOf(source.Name)))))
			}
		}
		if len(routes) > 0 {
			answers = append(answers, each(doubt(s.Table.Name, "which route leads answers back is not known"), routes...))
		}
	}
	return sureIf(known, source, each(doubt(s.Table.Name, "it leads answers back to a part of "+nameOf(source.Name)), answers...))
}

// transitedHome says whether a transit gateway's table leads answers to the
// attachment that packets came from.
func (a *analysis) transitedHome(source *model.Subnet, from, to *model.TransitAttachment, f addr.Family) answer {
	set, known := addressesOf(source, f)
	var answers []answer
	for _, l := range a.transitLegs(to.Table, set) {
		ans := yes
		if l.route == nil || l.route.To != from {
			ans = no(fmt.Sprintf("transit gateway table %s does not lead answers back to attachment %s", nameOf(to.Table.Name), nameOf(from.Name)))
		}
		answers = append(answers, ans)
	}
	return sureIf(known, source, each(doubt(to.Table.Name, "it leads answers back to a part of "+nameOf(source.Name)), answers...))
}

// sureIf keeps a No only if the block that it is about is known.
func sureIf(known bool, s *model.Subnet, a answer) answer {
	if known || a.truth != model.No {
		return a
	}
	return maybe(doubt(s.Name, "its block is not known"))
}

// attachmentOf finds the attachment of a VPC.
func attachmentOf(g *model.TransitGateway, v *model.VPC) (*model.TransitAttachment, answer) {
	if unplaced(v) {
		return nil, maybe(v.Doubts...)
	}
	unknown := no(fmt.Sprintf("VPC %s is not attached to transit gateway %s", nameOf(v.Name), nameOf(g.Name)))
	for _, a := range g.Attachments {
		if a.VPC == v {
			return a, yes
		}
		if a.VPC == nil && len(a.Doubts) > 0 {
			unknown = some(unknown, maybe(a.Doubts...))
		}
	}
	return nil, unknown
}

// inZone are the subnets of a zone. A zone that is not known could be any.
func inZone(subnets []*model.Subnet, zone string) []*model.Subnet {
	var out []*model.Subnet
	for _, s := range subnets {
		if s != nil && (zone == "" || s.Zone == "" || s.Zone == zone) {
			out = append(out, s)
		}
	}
	return out
}

// hasZone says whether a subnet is in a zone for sure.
func hasZone(subnets []*model.Subnet, zone string) bool {
	return zone != "" && slices.ContainsFunc(subnets, func(s *model.Subnet) bool { return s != nil && s.Zone == zone })
}

// arriving are the subnets of an attachment through which packets of a zone may
// arrive: that of the zone, and any where there is none for sure.
func arriving(subnets []*model.Subnet, zone string) []*model.Subnet {
	if hasZone(subnets, zone) {
		return slices.DeleteFunc(inZone(subnets, zone), func(s *model.Subnet) bool { return s.Zone != zone })
	}
	return inZone(subnets, "")
}

// routedAlike says whether subnets have the same table and ACL.
func routedAlike(subnets []*model.Subnet) bool {
	for _, s := range subnets[1:] {
		if s.Table != subnets[0].Table || s.ACL != subnets[0].ACL {
			return false
		}
	}
	return true
}
