package opposition

import "slices"

// Uses says whether a task of the service can use a VPC endpoint.
func (k Walker) Uses(s *Service, e *Endpoint) bool {
	for _, n := range k.nics(s) {
		if n.subnet.Vpc != e.Vpc {
			continue
		}
		if e.Gateway && k.usesGateway(n, e) || !e.Gateway && k.usesInterfaces(n, e) {
			return true
		}
	}
	return false
}

// usesGateway: the endpoint must be in the table of the task's subnet
// (docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html), and the
// services answer by HTTPS and by HTTP
// (docs.aws.amazon.com/general/latest/gr/s3.html).
func (k Walker) usesGateway(n *nic, e *Endpoint) bool {
	table := n.subnet.Table
	if table == "" {
		if t := k.World.mainTable(n.subnet.Vpc); t != nil {
			table = t.Name
		}
	}
	if table == "" || !slices.Contains(e.Tables, table) {
		return false
	}
	server := nth(ServiceBlock(e.Service), 7)
	for _, from := range k.clientPorts(TCP) {
		for _, port := range []int{443, 80} {
			p := Packet{Src: n.addr, Dst: server, Protocol: TCP, SrcPort: from, DstPort: port}
			if k.groupsAllow(n, false, p, nil) && k.aclAllows(n.subnet, false, p) && k.aclAllows(n.subnet, true, p.answer()) {
				return true
			}
		}
	}
	return false
}

// usesInterfaces: a connection to port 443 of one of its interfaces must be
// admitted. Private DNS changes only which name leads there: an endpoint has
// names of its own besides
// (docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html).
func (k Walker) usesInterfaces(n *nic, e *Endpoint) bool {
	for _, subnet := range e.Subnets {
		at := k.nicIn(subnet, 12, e.Groups)
		for _, from := range k.clientPorts(TCP) {
			p := Packet{Src: n.addr, Dst: at.addr, Protocol: TCP, SrcPort: from, DstPort: 443}
			if k.connects(n, at, p) {
				return true
			}
		}
	}
	return false
}

// Zones is what a service's places say about the loss of a zone.
type Zones struct {
	// Names of the zones with tasks.
	Names []string
	// Leans are pairs of a zone and another one's NAT gateway through which its
	// tasks leave, for the probes that were made.
	Leans []Lean
}

// Lean is a subnet whose tasks leave through another zone's NAT gateway.
type Lean struct{ Zone, Subnet, Nat, NatZone string }

// ZonesOf looks where the service's tasks are and through which NAT gateways
// they leave to the given servers.
func (k Walker) ZonesOf(s *Service, probes []Probe) Zones {
	var z Zones
	for _, n := range k.nics(s) {
		if !slices.Contains(z.Names, n.subnet.Zone) {
			z.Names = append(z.Names, n.subnet.Zone)
		}
		for _, p := range probes {
			ok, nat := k.reachesServer(n, p.Address, p.Protocol, p.Port)
			if !ok || nat == nil {
				continue
			}
			there := k.World.subnet(nat.Subnet).Zone
			l := Lean{n.subnet.Zone, n.subnet.Name, nat.Name, there}
			if there != n.subnet.Zone && !slices.Contains(z.Leans, l) {
				z.Leans = append(z.Leans, l)
			}
		}
	}
	return z
}
