package build

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

var (
	everywhere4 = netip.MustParsePrefix("0.0.0.0/0")
	everywhere6 = netip.MustParsePrefix("::/0")
	allTraffic  = model.Traffic{Protocol: -1, From: 0, To: 65535}
)

// truth is a setting of AWS's; absent is what AWS takes when nothing is said.
func (b *builder) truth(v state.Value, absent model.Truth) model.Truth {
	set, ok := v.Bool()
	switch {
	case ok:
		return yes(set)
	case v.Empty():
		return absent
	}
	return model.Maybe
}

// unreadable says that a text may be there and cannot be read.
func unreadable(v state.Value) bool {
	_, text := v.Text()
	return !v.Absent() && !text
}

func yes(holds bool) model.Truth {
	if holds {
		return model.Yes
	}
	return model.No
}

func and(all ...model.Truth) model.Truth {
	least := model.Yes
	for _, t := range all {
		least = min(least, t)
	}
	return least
}

// enabled is a setting that AWS writes as "enable" and "disable".
func enabled(v state.Value, absent model.Truth) model.Truth {
	switch strings.ToLower(v.Or("")) {
	case "enable", "enabled":
		return model.Yes
	case "disable", "disabled":
		return model.No
	}
	if v.Empty() {
		return absent
	}
	return model.Maybe
}

// prefix reads an address block. AWS ignores the bits behind the mask.
func prefix(v state.Value) (netip.Prefix, bool) {
	text, ok := v.Text()
	if !ok {
		return netip.Prefix{}, false
	}
	block, err := netip.ParsePrefix(strings.TrimSpace(text))
	if err != nil || block.Addr().Is4In6() {
		return netip.Prefix{}, false
	}
	return block.Masked(), true
}

// protocols are the names that AWS takes for numbers.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
var protocols = map[string]int{
	"-1": -1, "all": -1, "tcp": 6, "udp": 17, "icmp": 1, "icmpv6": 58, "icmp6": 58, "ah": 51, "esp": 50, "gre": 47,
	"igmp": 2, "ipv6": 41, "rsvp": 46, "ospf": 89, "sctp": 132, "egp": 8, "ggp": 3, "igp": 9, "rdp": 27,
	"dccp": 33, "ipip": 94, "pim": 103, "vrrp": 112, "l2tp": 115, "udplite": 136,
}

// protocol reads a protocol, by name or by number.
func protocol(v state.Value) (int, bool) {
	if text, ok := v.Text(); ok {
		if number, named := protocols[strings.ToLower(strings.TrimSpace(text))]; named {
			return number, true
		}
		number, err := strconv.Atoi(strings.TrimSpace(text))
		return number, err == nil && number >= -1 && number <= 255
	}
	number, ok := v.Int()
	return number, ok && number >= -1 && number <= 255
}

// portless are protocols whose rules name no ports: all but TCP, UDP, ICMP.
func portless(number int) bool {
	return number != 6 && number != 17 && number != 1 && number != 58
}

// traffic reads a protocol and its ports. unknown says what could not be read;
// the traffic is then the widest that it can be.
func traffic(protocolValue, from, to state.Value) (t model.Traffic, unknown string) {
	number, ok := protocol(protocolValue)
	if !ok {
		return allTraffic, protocolValue.Doubt()
	}
	t = model.Traffic{Protocol: number, From: 0, To: 65535}
	if portless(number) {
		return t, ""
	}
	first, okFirst := from.Int()
	last, okLast := to.Int()
	switch {
	case from.Empty() && to.Empty():
		// For ICMP that is every type and code.
		if number == 1 || number == 58 {
			t.From, t.To = -1, -1
		}
		return t, ""
	case !okFirst:
		return t, from.Doubt()
	case !okLast:
		return t, to.Doubt()
	}
	t.From, t.To = first, last
	if (number == 6 || number == 17) && (first < 0 || last < 0) {
		t.From, t.To = 0, 65535 // -1 stands for every port
	}
	return t, ""
}
