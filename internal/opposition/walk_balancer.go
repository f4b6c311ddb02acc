package opposition

import (
	"net/netip"
	"slices"
)

// ThroughBalancer says whether a client on the internet can open a connection to
// a listener of the balancer that ends at a task of the service.
func (k Walker) ThroughBalancer(s *Service, b *Balancer, client netip.Addr, p Protocol, port int) bool {
	if b.Internal || client.Is6() {
		return false
	}
	for _, subnet := range b.Subnets {
		node := k.node(b, subnet)
		node.public = true
		for _, from := range k.clientPorts(p) {
			packet := Packet{Src: client, Dst: node.addr, Protocol: p, SrcPort: from, DstPort: port}
			if k.enters(node, packet) && k.serves(s, b, node, packet) {
				return true
			}
		}
	}
	return false
}

// node is a balancer's interface in a subnet. A network balancer that was made
// without groups has none, an application balancer has the VPC's default one
// (docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html).
func (k Walker) node(b *Balancer, subnet string) *nic {
	n := k.nicIn(subnet, 10, b.Groups)
	if b.Network && len(b.Groups) == 0 {
		n.groups, n.unfiltered = nil, true
	}
	return n
}

// serves says whether a packet that is at a balancer's node gets to a task.
func (k Walker) serves(s *Service, b *Balancer, at *nic, p Packet) bool {
	for _, l := range b.Listeners {
		if l.Port != p.DstPort || l.Target == "" || !slices.Contains(wireProtocols(l.Protocol), p.Protocol) {
			continue
		}
		t := k.World.target(l.Target)
		if t.Balancer != "" {
			if k.toBalancer(s, b, t, at, p) {
				return true
			}
			continue
		}
		if slices.Contains(s.Targets, t.Name) && k.toTasks(s, b, t, at, p) {
			return true
		}
	}
	return false
}

// wireProtocols are the protocols of the packets that a listener takes.
func wireProtocols(listener string) []Protocol {
	switch listener {
	case "UDP":
		return []Protocol{UDP}
	case "TCP_UDP":
		return []Protocol{TCP, UDP}
	}
	return []Protocol{TCP}
}

// toTasks says whether a node reaches a task of the target group.
func (k Walker) toTasks(s *Service, b *Balancer, t *Target, at *nic, p Packet) bool {
	for _, task := range k.nics(s) {
		if k.balances(b, task.subnet.Zone) && k.forward(at, task, p, keeps(t, s), s.Port) {
			return true
		}
	}
	return false
}

// toBalancer says whether a network balancer's node reaches an application
// balancer behind it, and that a task. The client's address is kept
// (docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html).
func (k Walker) toBalancer(s *Service, front *Balancer, t *Target, at *nic, p Packet) bool {
	b := k.World.balancer(t.Balancer)
	for _, subnet := range b.Subnets {
		node := k.node(b, subnet)
		if !k.balances(front, node.subnet.Zone) || !k.forward(at, node, p, t.Keep != "false", t.Port) {
			continue
		}
		inner := p
		inner.Dst, inner.DstPort = node.addr, t.Port
		if k.serves(s, b, node, inner) {
			return true
		}
	}
	return false
}

// balances says whether a balancer sends to targets in the zone, which must be
// one of its own. Every balancer here balances across its zones
// (docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html).
func (k Walker) balances(b *Balancer, zone string) bool {
	return slices.ContainsFunc(b.Subnets, func(n string) bool { return k.World.subnet(n).Zone == zone })
}

// keeps says whether targets see the client's address: always for UDP, by
// default for instances and not for addresses over TCP
// (docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html).
func keeps(t *Target, s *Service) bool {
	switch {
	case t.Protocol == "UDP" || t.Protocol == "TCP_UDP":
		return true
	case t.Protocol == "HTTP" || t.Protocol == "HTTPS":
		return false // An application balancer opens connections of its own.
	case t.Keep != "":
		return t.Keep == "true"
	}
	return s.Host
}

// forward says whether a node opens a connection to a target, with its own
// address or the client's, and gets the answer.
func (k Walker) forward(at, to *nic, p Packet, keep bool, port int) bool {
	for _, middle := range k.middlePorts(p.Protocol) {
		q := Packet{Src: at.addr, Dst: to.addr, Protocol: p.Protocol, SrcPort: middle, DstPort: port}
		if keep {
			q.Src, q.SrcPort = p.Src, p.SrcPort
		}
		if k.connects(at, to, q) {
			return true
		}
	}
	return false
}

// connects says whether a packet goes from one interface of a VPC to another,
// and its answer back.
func (k Walker) connects(from, to *nic, q Packet) bool {
	return k.groupsAllow(from, false, q, to) &&
		k.crosses(from.subnet, to.subnet, q) &&
		k.groupsAllow(to, true, q, from) &&
		k.crosses(to.subnet, from.subnet, q.answer())
}

// ThroughLink says whether a client on the internet reaches a task of the
// service over an HTTP API and its VPC link, whose interfaces stand in subnets
// of the VPC (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html).
func (k Walker) ThroughLink(s *Service, l *Link) bool {
	for _, subnet := range l.Subnets {
		at := k.nicIn(subnet, 11, l.Groups)
		if l.Registry != "" {
			if l.Registry != s.Name {
				continue
			}
			for _, task := range k.nics(s) {
				if k.forward(at, task, Packet{Protocol: TCP}, false, s.Port) {
					return true
				}
			}
			continue
		}
		b := k.World.balancer(l.Balancer)
		for _, n := range b.Subnets {
			node := k.node(b, n)
			for _, middle := range k.middlePorts(TCP) {
				p := Packet{Src: at.addr, Dst: node.addr, Protocol: TCP, SrcPort: middle, DstPort: l.Port}
				if k.connects(at, node, p) && k.serves(s, b, node, p) {
					return true
				}
			}
		}
	}
	return false
}
