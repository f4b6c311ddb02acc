package opposition

import (
	"net/netip"
	"slices"
)

// Probe is the far end of a connection: an address of the internet, and the
// protocol and port of the end that accepts it.
type Probe struct {
	Address  netip.Addr
	Protocol Protocol
	Port     int
}

// Points are the addresses and ports at which something may change: the first
// of every block and range and the first after it. Between two of them no rule
// of the world tells one from another.
type Points struct {
	Addresses []netip.Addr
	Ports     []int
}

// Points of the world, with further blocks and port ranges.
func (w *World) Points(blocks []netip.Prefix, ranges [][2]int) Points {
	p := Points{
		Addresses: []netip.Addr{netip.MustParseAddr("8.8.8.8"), netip.MustParseAddr("2606:4700::1111")},
		Ports:     []int{1, 443},
	}
	for _, b := range append(w.blocks(), blocks...) {
		p.addBlock(b)
	}
	for _, e := range w.Endpoints {
		if e.Gateway {
			p.addAddress(nth(ServiceBlock(e.Service), 7))
		}
	}
	for _, r := range append(w.ranges(), ranges...) {
		p.addPort(r[0])
		p.addPort(r[1] + 1)
	}
	for _, r := range ranges { // What somebody claims is looked at from inside as well.
		p.addPort(r[0] - 1)
		p.addPort(r[1])
	}
	slices.SortFunc(p.Addresses, netip.Addr.Compare)
	slices.Sort(p.Ports)
	return p
}

func (p *Points) addPort(port int) {
	if port >= 1 && port <= 65535 && !slices.Contains(p.Ports, port) {
		p.Ports = append(p.Ports, port)
	}
}

func (p *Points) addBlock(b netip.Prefix) {
	for _, a := range []netip.Addr{b.Masked().Addr(), last(b).Next()} {
		if a.IsValid() {
			p.addAddress(firstOnInternet(a))
		}
	}
}

func (p *Points) addAddress(a netip.Addr) {
	if a.IsValid() && Internet(a) && !slices.Contains(p.Addresses, a) {
		p.Addresses = append(p.Addresses, a)
	}
}

// firstOnInternet is the address, or the first of the internet after it where
// a block of other addresses begins with it.
func firstOnInternet(a netip.Addr) netip.Addr {
	if a.Is6() {
		if a.Less(internet6.Addr()) {
			return internet6.Addr()
		}
		return a
	}
	for again := true; again && a.IsValid(); {
		again = false
		for _, b := range notInternet {
			if b.Contains(a) {
				a, again = last(b).Next(), true
				break
			}
		}
	}
	return a
}

// last is the last address of a block.
func last(b netip.Prefix) netip.Addr {
	bytes := b.Masked().Addr().AsSlice()
	for i := b.Bits(); i < len(bytes)*8; i++ {
		bytes[i/8] |= 1 << (7 - i%8)
	}
	a, _ := netip.AddrFromSlice(bytes)
	return a
}

// blocks are the blocks of addresses that the world names.
func (w *World) blocks() (all []netip.Prefix) {
	for _, v := range w.Vpcs {
		all = append(all, v.Blocks...)
		if v.Block6.IsValid() {
			all = append(all, v.Block6)
		}
	}
	for _, t := range w.Tables {
		for _, r := range t.Routes {
			if r.List == "" {
				all = append(all, r.Block)
			}
		}
	}
	for _, t := range w.Transits {
		for _, table := range t.Tables {
			for _, r := range table.Routes {
				all = append(all, r.Block)
			}
		}
	}
	for _, l := range w.Lists {
		all = append(all, l.Blocks...)
	}
	for _, g := range w.Groups {
		for _, r := range g.Rules {
			all = append(all, r.Blocks...)
		}
	}
	for _, a := range w.Acls {
		for _, e := range a.Entries {
			all = append(all, e.Block)
		}
	}
	return all
}

// ranges are the port ranges that the world names.
func (w *World) ranges() (all [][2]int) {
	for _, g := range w.Groups {
		for _, r := range g.Rules {
			if r.Protocol == "tcp" || r.Protocol == "udp" {
				all = append(all, [2]int{r.From, r.To})
			}
		}
	}
	for _, a := range w.Acls {
		for _, e := range a.Entries {
			if e.Protocol == "tcp" || e.Protocol == "udp" {
				all = append(all, [2]int{e.From, e.To})
			}
		}
	}
	for _, b := range w.Balancers {
		for _, l := range b.Listeners {
			all = append(all, [2]int{l.Port, l.Port})
		}
	}
	return all
}

// Probes are all combinations of the points.
func (p Points) Probes() (all []Probe) {
	for _, a := range p.Addresses {
		for _, port := range p.Ports {
			all = append(all, Probe{a, TCP, port}, Probe{a, UDP, port})
		}
		all = append(all, Probe{a, ESP, 0}, Probe{a, AH, 0})
		if a.Is4() { // ICMP for IPv6 is another protocol.
			all = append(all, Probe{a, ICMP, 0})
		}
	}
	return all
}
