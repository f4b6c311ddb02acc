package opposition

import (
	"net/netip"
	"slices"
	"strconv"
)

// Packet is one packet. Other protocols than TCP and UDP have no ports.
type Packet struct {
	Src, Dst         netip.Addr
	Protocol         Protocol
	SrcPort, DstPort int
}

// Protocol is an IP protocol by its number.
type Protocol int

// The protocols that rules name, and AH for all that none names.
const (
	ICMP Protocol = 1
	TCP  Protocol = 6
	UDP  Protocol = 17
	ESP  Protocol = 50
	AH   Protocol = 51
)

// String is the name that rules and reports use.
func (p Protocol) String() string {
	switch p {
	case ICMP:
		return "icmp"
	case TCP:
		return "tcp"
	case UDP:
		return "udp"
	}
	return strconv.Itoa(int(p))
}

// hasPorts says whether the protocol's packets have ports.
func (p Protocol) hasPorts() bool { return p == TCP || p == UDP }

// answer is the packet that answers this one.
func (p Packet) answer() Packet {
	return Packet{Src: p.Dst, Dst: p.Src, Protocol: p.Protocol, SrcPort: p.DstPort, DstPort: p.SrcPort}
}

// Within says whether an address is one of the VPC of the service, which the
// internet never sees there: the local routes win.
func (w *World) Within(s *Service, a netip.Addr) bool {
	v := w.vpc(w.subnet(s.Subnets[0]).Vpc)
	return v.Block6.IsValid() && v.Block6.Contains(a) ||
		slices.ContainsFunc(v.Blocks, func(b netip.Prefix) bool { return b.Contains(a) })
}

// notInternet are the IPv4 blocks that the internet does not route.
var notInternet = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("10.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("127.0.0.0/8"),
	netip.MustParsePrefix("169.254.0.0/16"),
	netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("224.0.0.0/4"),
	netip.MustParsePrefix("240.0.0.0/4"),
}

// internet6 is the IPv6 space that is routed globally.
var internet6 = netip.MustParsePrefix("2000::/3")

// Internet says whether an address is one of the internet.
func Internet(a netip.Addr) bool {
	if a.Is6() {
		return internet6.Contains(a)
	}
	for _, p := range notInternet {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
