package opposition

import (
	"net/netip"
	"slices"
)

// Walker sends packets through a world. It keeps nothing between packets.
type Walker struct{ World *World }

// nic is a network interface.
type nic struct {
	subnet *Subnet
	addr   netip.Addr
	addr6  netip.Addr // Not valid when it has none.
	public bool       // It has a public IPv4 address.
	groups []*Group
	// unfiltered: it has no group at all, as a network load balancer may.
	unfiltered bool
}

// nics are the interfaces that a service's tasks may have, one for each subnet.
func (k Walker) nics(s *Service) []*nic {
	var all []*nic
	for _, name := range s.Subnets {
		n := k.nicIn(name, 20, s.Groups)
		n.public = s.PublicIP || s.Host && n.subnet.MapPublic
		all = append(all, n)
	}
	return all
}

// nicIn is an interface in a subnet, with the VPC's default group when no other
// is named: "If you don't specify a security group, the default security group
// for the VPC is used" (docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html).
func (k Walker) nicIn(subnet string, host int, groups []string) *nic {
	s := k.World.subnet(subnet)
	n := &nic{subnet: s, addr: nth(s.Block, host)}
	if s.Block6.IsValid() {
		n.addr6 = nth(s.Block6, host)
	}
	for _, name := range groups {
		g := k.World.group(name)
		if g.Role != OwnGroup {
			g = k.defaultGroup(g.Vpc)
		}
		n.groups = append(n.groups, g)
	}
	if len(groups) == 0 {
		n.groups = append(n.groups, k.defaultGroup(s.Vpc))
	}
	return n
}

// defaultGroup is a VPC's default group as it is. AWS gives it a rule that
// admits its own members and one that lets everything out; a managed one has
// only the rules that are written, one with further rules has these besides
// (docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html).
func (k Walker) defaultGroup(vpc string) *Group {
	g := k.World.defaultGroup(vpc)
	if g != nil && g.Role == AdoptedGroup {
		return g
	}
	own := &Group{Name: "default of " + vpc, Vpc: vpc, Rules: []Rule{
		{In: true, Protocol: "-1", Self: true},
		{Protocol: "-1", Blocks: []netip.Prefix{everyAddress, everyAddress6}},
	}}
	if g != nil {
		own.Name = g.Name
		own.Rules = append(own.Rules, g.Rules...)
	}
	return own
}

var (
	everyAddress  = netip.MustParsePrefix("0.0.0.0/0")
	everyAddress6 = netip.MustParsePrefix("::/0")
)

// nth is the address at a place in a block.
func nth(p netip.Prefix, n int) netip.Addr {
	a := p.Masked().Addr()
	for range n {
		a = a.Next()
	}
	return a
}

// groupsAllow says whether the interface's groups let the packet in or out;
// groups only ever allow, and are stateful: the answer needs no rule
// (docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html). other
// is the interface at the other end, nil outside of the VPC.
func (k Walker) groupsAllow(n *nic, in bool, p Packet, other *nic) bool {
	if n.unfiltered {
		return true
	}
	remote, port := p.Dst, p.DstPort
	if in {
		remote = p.Src
	}
	for _, g := range n.groups {
		for _, r := range g.Rules {
			if r.In == in && protocolMatches(r.Protocol, p.Protocol) &&
				(r.Protocol == "-1" || !p.Protocol.hasPorts() || r.From <= port && port <= r.To) &&
				k.ruleNames(g, r, remote, other) {
				return true
			}
		}
	}
	return false
}

// ruleNames says whether a rule of the group g names the other end.
func (k Walker) ruleNames(g *Group, r Rule, remote netip.Addr, other *nic) bool {
	for _, b := range r.Blocks {
		if b.Contains(remote) {
			return true
		}
	}
	for _, l := range r.Lists {
		if k.listHolds(l, remote) {
			return true
		}
	}
	if other == nil {
		return false
	}
	for _, member := range other.groups {
		if r.Self && member.Name == g.Name || slices.Contains(r.Groups, member.Name) {
			return true
		}
	}
	return false
}

// listHolds says whether a prefix list, the program's or a gateway endpoint's,
// holds the address.
func (k Walker) listHolds(name string, a netip.Addr) bool {
	if e := k.World.endpoint(name); e != nil {
		return ServiceBlock(e.Service).Contains(a)
	}
	for _, b := range k.World.list(name).Blocks {
		if b.Contains(a) {
			return true
		}
	}
	return false
}

func protocolMatches(rule string, p Protocol) bool { return rule == "-1" || rule == p.String() }

// aclAllows says whether the subnet's ACL lets the packet in or out. The entry
// with the lowest number that matches decides, and without one the packet is
// denied; an ACL knows no connections, so the answer is asked for by itself
// (docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html).
func (k Walker) aclAllows(s *Subnet, in bool, p Packet) bool {
	acl := k.World.acl(s.Acl)
	if s.Acl == "" {
		if acl = k.World.defaultAcl(s.Vpc); acl == nil {
			return true // AWS's default ACL allows everything.
		}
	}
	remote := p.Dst
	if in {
		remote = p.Src
	}
	var first *Entry
	for i := range acl.Entries {
		e := &acl.Entries[i]
		if e.In != in || !protocolMatches(e.Protocol, p.Protocol) || !e.Block.Contains(remote) ||
			e.Protocol != "-1" && p.Protocol.hasPorts() && (p.DstPort < e.From || e.To < p.DstPort) {
			continue
		}
		if first == nil || e.Number < first.Number {
			first = e
		}
	}
	return first != nil && first.Allow
}

// crosses says whether a packet may go from an interface in one subnet to one
// in another of the same VPC; inside of a subnet no ACL is asked.
func (k Walker) crosses(from, to *Subnet, p Packet) bool {
	return from.Name == to.Name || k.aclAllows(from, false, p) && k.aclAllows(to, true, p)
}

// local is the target of a VPC's own routes.
const local = "local"

// routeOf is the target of the most specific route for the address, "" for none
// (docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html).
func (k Walker) routeOf(s *Subnet, a netip.Addr) string {
	best, target := -1, ""
	vpc := k.World.vpc(s.Vpc)
	for _, b := range append([]netip.Prefix{vpc.Block6}, vpc.Blocks...) {
		if b.IsValid() && b.Contains(a) && b.Bits() > best {
			best, target = b.Bits(), local
		}
	}
	table := k.World.table(s.Table)
	if s.Table == "" {
		if table = k.World.mainTable(s.Vpc); table == nil {
			return target // AWS's main table has the local routes alone.
		}
	}
	listed := false
	for _, r := range table.Routes {
		blocks := []netip.Prefix{r.Block}
		if r.List != "" {
			blocks = k.World.list(r.List).Blocks
		}
		for _, b := range blocks {
			// "If there is an overlap with a prefix list, a static route with a
			// prefix list has lower priority": the same length, the block wins.
			if b.Contains(a) && (b.Bits() > best || b.Bits() == best && listed && r.List == "") {
				best, target, listed = b.Bits(), r.Target, r.List != ""
			}
		}
	}
	// The routes of gateway endpoints name AWS's own prefix lists, which are
	// more specific than what the generator writes.
	for _, e := range k.World.Endpoints {
		if e.Gateway && slices.Contains(e.Tables, table.Name) && ServiceBlock(e.Service).Contains(a) {
			return e.Name
		}
	}
	return target
}

// ServiceBlock is a part of the addresses of a service with gateway endpoints.
func ServiceBlock(service string) netip.Prefix {
	if service == "dynamodb" {
		return netip.MustParsePrefix("52.94.0.0/22")
	}
	return netip.MustParsePrefix("52.216.0.0/15")
}
