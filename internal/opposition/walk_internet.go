package opposition

import (
	"net/netip"
	"slices"
)

// FromInternet says whether a client on the internet can open a connection to
// an interface with the address, from some port of its own.
func (k Walker) FromInternet(s *Service, client netip.Addr, p Protocol, port int) bool {
	for _, n := range k.nics(s) {
		for _, from := range k.clientPorts(p) {
			packet := Packet{Src: client, Dst: n.address(client), Protocol: p, SrcPort: from, DstPort: port}
			if k.enters(n, packet) {
				return true
			}
		}
	}
	return false
}

// ToInternet says whether a task can open a connection to a server on the
// internet, from some port of its own.
func (k Walker) ToInternet(s *Service, server netip.Addr, p Protocol, port int) bool {
	for _, n := range k.nics(s) {
		if ok, _ := k.reachesServer(n, server, p, port); ok {
			return true
		}
	}
	return false
}

func (k Walker) reachesServer(n *nic, server netip.Addr, p Protocol, port int) (bool, *Nat) {
	for _, from := range k.clientPorts(p) {
		for _, middle := range k.middlePorts(p) {
			packet := Packet{Src: n.address(server), Dst: server, Protocol: p, SrcPort: from, DstPort: port}
			if ok, nat := k.leaves(n, packet, middle); ok {
				return true, nat
			}
		}
	}
	return false, nil
}

// address is the interface's address of the family of the other end.
func (n *nic) address(other netip.Addr) netip.Addr {
	if other.Is6() {
		return n.addr6
	}
	return n.addr
}

// enters says whether the packet comes from the internet to the interface, and
// its answer back. An internet gateway serves an address that the internet
// knows, and the subnet's table must lead back to it
// (docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html).
func (k Walker) enters(n *nic, p Packet) bool {
	if !p.Dst.IsValid() || p.Dst.Is4() && !n.public {
		return false
	}
	return k.gatewayOf(n.subnet, p.Src) != nil && k.World.BlockPublicAccess == "" &&
		k.aclAllows(n.subnet, true, p) &&
		k.groupsAllow(n, true, p, nil) &&
		k.aclAllows(n.subnet, false, p.answer())
}

// gatewayOf is the internet gateway to which the subnet sends packets for the
// address, nil when it sends them elsewhere or the gateway is not attached here.
func (k Walker) gatewayOf(s *Subnet, a netip.Addr) *Gateway {
	g := k.World.gateway(k.routeOf(s, a))
	if g == nil || g.Vpc != s.Vpc {
		return nil
	}
	return g
}

// leaves says whether the packet goes from the interface to the internet, and
// its answer back, and through which NAT gateway.
func (k Walker) leaves(n *nic, p Packet, middle int) (bool, *Nat) {
	if !p.Src.IsValid() || !k.groupsAllow(n, false, p, nil) {
		return false, nil
	}
	target := k.routeOf(n.subnet, p.Dst)
	if k.World.transit(target) != nil {
		nat := k.throughTransit(target, n.subnet, p, middle)
		return nat != nil, nat
	}
	if !k.aclAllows(n.subnet, false, p) {
		return false, nil
	}
	back := k.aclAllows(n.subnet, true, p.answer())
	switch {
	case k.World.gateway(target) != nil:
		ok := k.World.gateway(target).Vpc == n.subnet.Vpc && (p.Src.Is6() || n.public)
		return ok && back && k.World.BlockPublicAccess == "", nil
	case k.World.egressOnly(target) != nil:
		// "Egress-only internet gateways are for use with IPv6 traffic only"
		// (docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html).
		ok := k.World.egressOnly(target).Vpc == n.subnet.Vpc && p.Src.Is6()
		return ok && back && k.World.BlockPublicAccess != "block-bidirectional", nil
	case k.World.nat(target) != nil:
		nat := k.World.nat(target)
		if k.World.subnet(nat.Subnet).Vpc != n.subnet.Vpc || !k.throughNat(nat, n.subnet, p, middle) {
			return false, nil
		}
		same := nat.Subnet == n.subnet.Name
		return k.returnsTo(nat, n.subnet, p) && (same || back), nat
	}
	// Through a peering connection no gateway of the peer can be used
	// (docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html).
	return false, nil
}

// throughNat says whether a NAT gateway takes the packet from the subnet, sends
// it to the internet and gets the answer. It does IPv4 TCP, UDP and ICMP, a
// private one reaches no internet gateway, and Block Public Access leaves it
// alone unless it blocks both directions
// (docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html,
// docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html).
func (k Walker) throughNat(nat *Nat, from *Subnet, p Packet, middle int) bool {
	home := k.World.subnet(nat.Subnet)
	if nat.Private || p.Src.Is6() || p.Protocol == ESP || p.Protocol == AH || k.World.BlockPublicAccess == "block-bidirectional" {
		return false
	}
	if from.Name != home.Name && !k.aclAllows(home, true, p) {
		return false
	}
	out := p
	out.Src, out.SrcPort = nth(home.Block, 5), middle
	return k.aclAllows(home, false, out) && k.gatewayOf(home, p.Dst) != nil && k.aclAllows(home, true, out.answer())
}

// returnsTo says whether the NAT gateway's subnet sends the answer back to the
// interface's or, through a transit gateway, to the attachment's subnet.
func (k Walker) returnsTo(nat *Nat, to *Subnet, p Packet) bool {
	home := k.World.subnet(nat.Subnet)
	return k.routeOf(home, p.Src) == local && (home.Name == to.Name || k.aclAllows(home, false, p.answer()))
}

// throughTransit is the NAT gateway of another VPC through which the packet goes
// to the internet and its answer comes back, nil for none.
func (k Walker) throughTransit(transit string, from *Subnet, p Packet, middle int) *Nat {
	t := k.World.transit(transit)
	here := k.attachmentOf(t, from)
	if here == nil {
		return nil
	}
	there := k.World.attachment(k.transitRoute(t, here, p.Dst))
	if there == nil || !k.toTransit(from, here, p) {
		return nil
	}
	// The packet appears in a subnet of the attachment, and that subnet's table
	// sends it on (docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html).
	for _, door := range k.doors(there, from.Zone) {
		nat := k.World.nat(k.routeOf(door, p.Dst))
		if nat == nil || k.World.subnet(nat.Subnet).Vpc != door.Vpc {
			continue
		}
		home := k.World.subnet(nat.Subnet)
		// The answer's way: the NAT gateway's subnet, the transit gateway, and
		// the local route of the task's VPC.
		if k.fromTransit(door, home, p) && k.throughNat(nat, home, p, middle) &&
			k.routeOf(home, p.Src) == transit && k.answers(t, home, from, p.answer()) {
			return nat
		}
	}
	return nil
}

// answers says whether an answer comes over the transit gateway from one subnet
// to another.
func (k Walker) answers(t *Transit, from, to *Subnet, p Packet) bool {
	back := k.attachmentOf(t, from)
	if back == nil || !k.toTransit(from, back, p) {
		return false
	}
	home := k.World.attachment(k.transitRoute(t, back, p.Dst))
	if home == nil || home.Vpc != to.Vpc {
		return false
	}
	for _, door := range k.doors(home, from.Zone) {
		if k.routeOf(door, p.Dst) == local && k.fromTransit(door, to, p) {
			return true
		}
	}
	return false
}

// doors are the subnets in which traffic from a zone may appear: that of the
// same zone, and any where the attachment has none there.
func (k Walker) doors(a *Attachment, zone string) (all []*Subnet) {
	for _, n := range a.Subnets {
		s := k.World.subnet(n)
		if s.Zone == zone {
			return []*Subnet{s}
		}
		all = append(all, s)
	}
	return all
}

// toTransit asks the ACLs about traffic to a transit gateway: outbound that of
// the sender's subnet, inbound that of the attachment's, even where it is the
// same (docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html).
func (k Walker) toTransit(from *Subnet, a *Attachment, p Packet) bool {
	return k.aclAllows(from, false, p) && k.aclAllows(k.doors(a, from.Zone)[0], true, p)
}

// fromTransit asks the ACLs about traffic from a transit gateway: outbound that
// of the attachment's subnet, inbound that of the receiver's, and none where it
// is the same.
func (k Walker) fromTransit(door, to *Subnet, p Packet) bool { return k.crosses(door, to, p) }

// attachmentOf is the transit gateway's attachment that traffic from a subnet
// uses: one that has a subnet in the same zone
// (docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html).
func (k Walker) attachmentOf(t *Transit, s *Subnet) *Attachment {
	for _, a := range k.World.Attachments {
		if a.Transit != t.Name || a.Vpc != s.Vpc {
			continue
		}
		for _, n := range a.Subnets {
			if k.World.subnet(n).Zone == s.Zone {
				return a
			}
		}
	}
	return nil
}

// transitRoute is the attachment to which the transit gateway sends packets
// that come from an attachment: by the table with which that is associated, the
// most specific route, a static one before a propagated one.
func (k Walker) transitRoute(t *Transit, from *Attachment, to netip.Addr) string {
	for _, table := range t.Tables {
		if !slices.Contains(table.Associated, from.Name) {
			continue
		}
		best, next := -1, ""
		for _, r := range table.Routes {
			if r.Block.Contains(to) && r.Block.Bits() > best {
				best, next = r.Block.Bits(), r.Attachment
			}
		}
		for _, name := range table.Propagated {
			for _, b := range k.World.vpc(k.World.attachment(name).Vpc).Blocks {
				if b.Contains(to) && b.Bits() > best {
					best, next = b.Bits(), name
				}
			}
		}
		return next
	}
	return ""
}

// clientPorts are ports from which a client may connect: one in each stretch
// that the entries of ACLs make.
func (k Walker) clientPorts(p Protocol) []int { return k.stretches(p, 1) }

// middlePorts are the ports that NAT gateways and load balancers use, 1024 and
// above (docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports).
func (k Walker) middlePorts(p Protocol) []int { return k.stretches(p, 1024) }

func (k Walker) stretches(p Protocol, from int) []int {
	if !p.hasPorts() {
		return []int{0}
	}
	ports := []int{from}
	for _, a := range k.World.Acls {
		for _, e := range a.Entries {
			for _, port := range []int{e.From, e.To + 1} {
				if port > from && port <= 65535 && !slices.Contains(ports, port) {
					ports = append(ports, port)
				}
			}
		}
	}
	return ports
}
