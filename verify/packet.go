package verify

import (
	"strconv"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// protocol is an IP protocol's number, or otherProtocols.
type protocol int

const (
	icmp   protocol = 1
	tcp    protocol = 6
	udp    protocol = 17
	icmpv6 protocol = 58
	// otherProtocols are all that no rule names: only rules for every protocol
	// match them.
	otherProtocols protocol = 256
)

// everyProtocol is how a rule writes all of them.
const everyProtocol = -1

func (p protocol) hasPorts() bool { return p == tcp || p == udp }

func (p protocol) isICMP() bool { return p == icmp || p == icmpv6 }

func (p protocol) String() string {
	switch p {
	case tcp:
		return "tcp"
	case udp:
		return "udp"
	case icmp, icmpv6:
		return "icmp"
	case otherProtocols:
		return "other"
	default:
		return strconv.Itoa(int(p))
	}
}

// The ICMP messages that ask for an answer and are answered: echo request and
// echo reply. Other messages open no connection.
// https://docs.aws.amazon.com/vpc/latest/userguide/security-group-connection-tracking.html
var (
	echoRequest = map[protocol]int{icmp: 8, icmpv6: 128}
	echoReply   = map[protocol]int{icmp: 0, icmpv6: 129}
)

// basicProtocols of a family: those that a report tells apart.
func basicProtocols(f addr.Family) []protocol {
	if f == addr.IPv4 {
		return []protocol{tcp, udp, icmp, otherProtocols}
	}
	return []protocol{tcp, udp, icmpv6, otherProtocols}
}

// covers says whether a rule's traffic includes packets of a protocol to a
// port; for ICMP, port is the message's type.
func covers(t model.Traffic, p protocol, port int) bool {
	switch {
	case t.Protocol == everyProtocol:
		return true
	case t.Protocol != int(p):
		return false
	case p.hasPorts():
		return t.From == -1 || t.From <= port && port <= t.To
	case p.isICMP():
		everyType := t.From == -1 || t.From == 0 && t.To >= 255
		everyCode := t.To == -1 || t.To == 0
		return everyType || t.From == port && everyCode
	default:
		return true
	}
}

// portsOf are the ports that a rule's traffic names.
func portsOf(t model.Traffic) addr.Ports {
	if t.Protocol == everyProtocol || t.From == -1 {
		return addr.AllPorts
	}
	return addr.Ports{From: t.From, To: t.To}
}

// showTraffic writes a rule's traffic: "tcp 443", "udp all", "all traffic".
func showTraffic(t model.Traffic) string {
	p := protocol(t.Protocol)
	switch {
	case t.Protocol == everyProtocol:
		return "all traffic"
	case p.hasPorts():
		ports := addr.ShowPorts([]addr.Ports{portsOf(t)})
		if ports == "all" {
			ports = "to every port"
		}
		return p.String() + " " + ports
	case p.isICMP():
		return "icmp"
	default:
		return "protocol " + p.String()
	}
}
