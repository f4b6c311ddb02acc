package verify

import (
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// way is one way of packets between an interface and a set of internet
// addresses: what routes say about all of the set, and the filters that pass
// some of it. A verdict is the or over ways, addresses, protocols and ports.
type way struct {
	family addr.Family
	set    *addr.Set
	// base holds for every packet of the way: routes, gateways, addresses.
	base   answer
	hops   []hop
	stages []stage
	// needs is the address that the interface must have itself.
	needs need
	// tables that route the way, for what a gateway endpoint takes from it.
	tables []*model.RouteTable
	// near is the subnet that the way leaves or enters, and nat the gateway that
	// it leaves through, when it has one.
	near *model.Subnet
	nat  *model.NATGateway
	// blind: the way ends at something that is not known.
	blind bool
}

// local are the addresses of the VPC that the way begins or ends in.
func (w *way) local() *addr.Set {
	if w.near == nil {
		return addr.Of()
	}
	return addr.Of(vpcBlocks(w.near.VPC)...)
}

// need is the kind of address of its own that an interface needs for a way.
type need int

const (
	needsNothing need = iota
	needsPublicIPv4
	needsIPv6
)

// hop is a hop of a path, before paths that are alike are put together.
type hop struct {
	model.Name
	label string // instead of the resource's name
	why   string
	// subnets for which the hop holds, named after why.
	subnets []*model.Subnet
	// rules is the number of the stage whose rules say why, counted from 1.
	rules int
	verb  string // before the rules
	// groups that the rules are in.
	groups []*model.SecurityGroup
}

// stage is a filter on a way.
type stage struct {
	// ask says whether a packet passes, and by which rule.
	ask func(packet) (answer, *model.Rule)
	// blocks and traffics are where the answer may change.
	blocks   []netip.Prefix
	traffics []model.Traffic
	// closed says why nothing passes, when nothing does.
	closed string
}

// packet is the first packet of a connection, as far as filters see it.
type packet struct {
	proto protocol
	port  int // of the accepting end; for ICMP the message's type
	far   far
}

// packetOf is a packet to a port; of ICMP it is the message that asks for an
// answer.
func packetOf(p protocol, port int, f far) packet {
	if p.isICMP() {
		port = echoRequest[p]
	}
	return packet{p, port, f}
}

// far is a piece of the internet that no filter of a way tells apart.
type far struct {
	// set of addresses. For a list of AWS's own it is the whole internet, and
	// the piece is some unknown part of it.
	set  *addr.Set
	one  netip.Addr // any address of it
	list string     // the AWS service whose addresses these are, "" for none
}

// piece is what passes on a way: protocols, ports and addresses that all have
// the same answer.
type piece struct {
	sure    bool
	protos  []protocol
	ports   []addr.Ports
	set     *addr.Set
	lists   []string
	because []model.Doubt
	rules   [][]*model.Rule // of each stage
}

// outcome is what a way lets pass.
type outcome struct {
	answer
	pieces []piece
}

// weigh decides which packets pass a way. The lists are AWS's own prefix lists
// that its filters name, with what routes say about them; their addresses are
// not known, only that they are on the internet.
func (w *way) weigh(base answer, lists map[string]answer) outcome {
	base = all(w.base, base)
	if base.truth == model.No {
		return outcome{answer: base}
	}
	var blocks []netip.Prefix
	var traffics []model.Traffic
	for i := range w.stages {
		blocks = append(blocks, w.stages[i].blocks...)
		traffics = append(traffics, w.stages[i].traffics...)
	}
	atoms := make([]far, 0, 8)
	for _, r := range addr.Cut(w.set, blocks) {
		atoms = append(atoms, far{set: addr.OfRange(r), one: r.From()})
	}
	whole := addr.Internet(w.family)
	for _, l := range slices.Sorted(maps.Keys(lists)) {
		atoms = append(atoms, far{set: whole, one: whole.Ranges()[0].From(), list: l})
	}
	protos := protocolsIn(w.family, traffics)
	g := gathered{stages: len(w.stages), protos: protos, atoms: atoms, index: map[rowKey]int{}}
	answers := make([]answer, 0, 4)
	passed := make([]bool, len(w.stages))
	rules := make([]*model.Rule, len(w.stages)) // of the cell at hand
	for _, p := range protos {
		for _, ports := range portsIn(p, traffics) {
			for i, a := range atoms {
				cell := base
				if a.list != "" {
					cell = all(cell, lists[a.list])
				}
				for s := range w.stages {
					ans, rule := w.stages[s].ask(packetOf(p, ports.From, a))
					passed[s] = passed[s] || ans.truth != model.No
					rules[s] = rule
					if cell.truth != model.No {
						cell = all(cell, ans)
					}
				}
				if cell.truth != model.No {
					g.add(cell, p, i, ports, rules)
					if cell.truth == model.Yes {
						continue
					}
					answers = append(answers, cell)
				}
			}
		}
	}
	return outcome{answer: g.answer(answers, w.closed(passed)), pieces: g.pieces()}
}

// closed says why nothing passes.
func (w *way) closed(passed []bool) string {
	var names []string
	for i, ok := range passed {
		if !ok {
			return w.stages[i].closed
		}
		if w.stages[i].closed != "" {
			names = append(names, w.stages[i].closed)
		}
	}
	return "no packet passes all filters: " + strings.Join(names, "; ")
}

// protocolsIn are the protocols that rules tell apart.
func protocolsIn(f addr.Family, traffics []model.Traffic) []protocol {
	out := basicProtocols(f)
	for _, t := range traffics {
		if p := protocol(t.Protocol); t.Protocol != everyProtocol && !slices.Contains(out, p) && p != icmp && p != icmpv6 {
			out = append(out, p)
		}
	}
	slices.Sort(out[4:])
	return out
}

// portsIn are the runs of ports that rules tell apart.
func portsIn(p protocol, traffics []model.Traffic) []addr.Ports {
	if !p.hasPorts() {
		return []addr.Ports{addr.AllPorts}
	}
	var at []addr.Ports
	for _, t := range traffics {
		if t.Protocol == int(p) {
			at = append(at, portsOf(t))
		}
	}
	return addr.CutPorts(addr.AllPorts, at)
}
