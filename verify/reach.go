package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// result is the answer to one question about a set of interfaces, and the paths
// that are open or may be.
type result struct {
	answer
	paths []draft
	// blocked are the reasons why ways that are there lead nowhere.
	blocked []string
}

func (r *result) add(more result) {
	r.answer = some(r.answer, more.answer)
	r.paths = append(r.paths, more.paths...)
	r.block(more.blocked...)
}

func (r *result) block(why ...string) {
	for _, w := range why {
		if w != "" && !slices.Contains(r.blocked, w) {
			r.blocked = append(r.blocked, w)
		}
	}
}

// nothing is the result without any way.
func nothing() result { return result{answer: answer{truth: model.No}} }

// egress says what a set of interfaces can reach on the internet.
func (a *analysis) egress(i *model.Interfaces) result {
	return a.perSubnet(i, func(s *model.Subnet) result {
		out := nothing()
		for _, f := range familiesOf(i, s) {
			for _, w := range a.exitsOf(s, f) {
				w.stages = append([]stage{groupsStage(i, outward, fmt.Sprintf("no security group of %s allows it out", nameOf(i.Name)))}, w.stages...)
				hops := append([]hop{{Name: i.Name, why: "its tasks open a connection"}}, groupHop(i, 1, outward))
				w.hops = append(append(hops, w.hops...), hop{label: theInternet, why: "is reached"})
				out.add(a.weigh(Egress, place{i, s}, &w, outward))
			}
		}
		return out
	})
}

const theInternet = "the internet"

// ingress says what of the internet can open a connection to a set of
// interfaces directly, without a load balancer.
func (a *analysis) ingress(i *model.Interfaces) result {
	return a.perSubnet(i, func(s *model.Subnet) result {
		out := nothing()
		for _, f := range familiesOf(i, s) {
			for _, w := range a.entriesOf(s, f) {
				w.stages = append([]stage{groupsStage(i, inward, fmt.Sprintf("no security group of %s admits it", nameOf(i.Name)))}, w.stages...)
				hops := append([]hop{{label: theInternet, why: "opens a connection"}}, w.hops...)
				w.hops = append(hops, groupHop(i, 1, inward), hop{Name: i.Name, why: "its tasks have " + addressWord(f)})
				out.add(a.weigh(Ingress, place{i, s}, &w, inward))
			}
		}
		return out
	})
}

func addressWord(f addr.Family) string {
	if f == addr.IPv6 {
		return "an IPv6 address"
	}
	return "a public IPv4 address"
}

// familiesOf are the families of the addresses that interfaces in a subnet may
// have.
func familiesOf(i *model.Interfaces, s *model.Subnet) []addr.Family {
	if i.IPv6 == model.No || s.HasIPv6 == model.No {
		return []addr.Family{addr.IPv4}
	}
	return []addr.Family{addr.IPv4, addr.IPv6}
}

// perSubnet asks for each subnet that the interfaces are in.
func (a *analysis) perSubnet(i *model.Interfaces, ask func(*model.Subnet) result) result {
	if i == nil {
		return undecided(doubt(model.Name{}, "the network interfaces are not known"))
	}
	if len(i.Subnets) == 0 {
		doubts := i.Doubts
		if len(doubts) == 0 {
			doubts = []model.Doubt{doubt(i.Name, "its subnets are not known")}
		}
		return undecided(doubts...)
	}
	out := nothing()
	var answers []answer
	for _, s := range i.Subnets {
		if s == nil {
			out.add(undecided(doubt(i.Name, "one of its subnets is not known")))
			continue
		}
		one := ask(s)
		answers = append(answers, one.answer)
		out.add(one)
	}
	if i.SubnetsAreCandidates && len(i.Subnets) > 1 {
		unknown := doubt(i.Name, "in which of "+namesOf(i.Subnets)+" it is is not known")
		if out.answer = each(unknown, answers...); out.truth == model.Maybe {
			out.weaken(unknown)
		}
	}
	if len(i.Doubts) > 0 {
		out.answer = all(some(out.answer, maybe(i.Doubts...)), maybe(i.Doubts...))
		out.weaken(i.Doubts...)
	}
	return out
}

// weaken makes open paths undecided.
func (r *result) weaken(doubts ...model.Doubt) {
	for n := range r.paths {
		r.paths[n].sure = false
		r.paths[n].because = join(r.paths[n].because, doubts)
	}
}

func undecided(doubts ...model.Doubt) result { return result{answer: maybe(doubts...)} }

// weigh decides about one way of interfaces in a subnet.
func (a *analysis) weigh(d Direction, p place, w *way, dir direction) result {
	return a.weighWith(d, w, addressOf(p, w.needs), a.listsOf(p.interfaces, dir, w))
}

// addressOf says whether interfaces have the address that a way needs.
func addressOf(p place, n need) answer {
	i := p.interfaces
	switch n {
	case needsPublicIPv4:
		if i.PublicBySubnet {
			return when(p.subnet.MapPublicIP, p.subnet.Name, "whether it gives public IPv4 addresses is not known", nameOf(p.subnet.Name)+" gives no public IPv4 addresses")
		}
		return when(i.PublicIPv4, i.Name, "whether it has a public IPv4 address is not known", nameOf(i.Name)+" has no public IPv4 address")
	case needsIPv6:
		return all(hasIPv6(p), when(i.IPv6, i.Name, "whether it has an IPv6 address is not known", nameOf(i.Name)+" has no IPv6 address"))
	default:
		return yes
	}
}

// hasIPv6 says whether a subnet gives IPv6 addresses.
func hasIPv6(p place) answer {
	s := p.subnet
	return when(s.HasIPv6, s.Name, "whether it has an IPv6 block is not known", nameOf(s.Name)+" has no IPv6 block")
}

func (a *analysis) weighWith(d Direction, w *way, base answer, lists map[string]answer) result {
	o := w.weigh(base, lists)
	r := result{answer: o.answer}
	if o.truth == model.No {
		r.block(o.why)
		return r
	}
	for _, p := range o.pieces {
		r.paths = append(r.paths, draft{direction: d, piece: p, hops: w.hops, dependsOn: dependency{w.near, w.nat}, local: w.local(), blind: w.blind})
	}
	return r
}

// listsOf are AWS's own prefix lists that the groups of interfaces name, and
// what routes say about their addresses: that a gateway endpoint takes them, or
// that they go the way of the whole internet.
func (a *analysis) listsOf(i *model.Interfaces, dir direction, w *way) map[string]answer {
	var out map[string]answer
	for _, g := range i.Groups {
		if g == nil {
			continue
		}
		rules := rulesOf(g, dir)
		for n := range rules {
			l := rules[n].PrefixList
			if l == nil || l.Service == "" {
				continue
			}
			if out == nil {
				out = map[string]answer{}
			}
			if _, ok := out[l.Service]; !ok {
				out[l.Service] = a.listRoute(l, w)
			}
		}
	}
	return out
}

func (a *analysis) listRoute(l *model.PrefixList, w *way) answer {
	out := yes
	if w.set != nil && !w.set.Equal(addr.Internet(w.family)) {
		out = maybe(doubt(l.Name, "which of its addresses are routed this way is not known"))
	}
	for _, t := range w.tables {
		for _, e := range a.gateways[t] {
			if e.Service != l.Service {
				continue
			}
			if len(e.Doubts) > 0 {
				out = all(out, maybe(e.Doubts...))
				continue
			}
			return no(fmt.Sprintf("gateway endpoint %s takes what goes to %s", nameOf(e.Name), l.Service))
		}
	}
	return out
}

// groupHop is the hop over the groups of interfaces; the rules of a stage say why.
func groupHop(i *model.Interfaces, stage int, d direction) hop {
	if i.Unfiltered || len(i.Groups) == 0 || i.Groups[0] == nil {
		return hop{Name: i.Name, why: "is filtered by no security group that is known", rules: -1}
	}
	verb := "admits"
	if d == outward {
		verb = "allows"
	}
	return hop{Name: i.Groups[0].Name, rules: stage, verb: verb, groups: i.Groups}
}

// showRule writes a rule's traffic and its other end.
func showRule(r *model.Rule, d string) string {
	end := "from"
	if d == "allows" {
		end = "to"
	}
	text := showTraffic(r.Traffic) + " " + end + " "
	switch {
	case r.Block.IsValid():
		return text + r.Block.String()
	case r.Group != nil:
		return text + "members of " + nameOf(r.Group.Name)
	case r.PrefixList != nil && r.PrefixList.Service != "":
		return text + "AWS's addresses of " + r.PrefixList.Service
	case r.PrefixList != nil:
		return text + "prefix list " + nameOf(r.PrefixList.Name)
	default:
		return text + "an end that is not known"
	}
}

func namesOf(subnets []*model.Subnet) string {
	var names []string
	for _, s := range subnets {
		if s != nil && !slices.Contains(names, nameOf(s.Name)) {
			names = append(names, nameOf(s.Name))
		}
	}
	slices.Sort(names)
	return sentence(names)
}

// sentence joins names as a person does: "a, b and c".
func sentence(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
