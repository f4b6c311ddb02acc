package verify

import (
	"net/netip"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// border is a network ACL that the packets of a connection meet, once: on the
// way out, or by the answers. ACLs have no state, so answers need an entry too.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
type border struct {
	subnet *model.Subnet
	dir    direction
	far    *addr.Set // the other end's private addresses; nil for the internet end
	phase  phase
}

// phase of a connection, by the port that an ACL sees as the destination.
type phase int

const (
	// request packets go to the accepting end's port.
	request phase = iota
	// reply packets go to the port that the client chose.
	reply
	// replyToNAT packets go to the port that a NAT gateway chose.
	replyToNAT
)

// Ports that clients choose. Anybody may use any on the internet; AWS's own
// NAT gateways and load balancers use the upper ones.
// https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
var (
	clientPorts = addr.Ports{From: 1, To: 65535}
	highPorts   = addr.Ports{From: 1024, To: 65535}
)

// borders are the ACLs of one way. The replies of one phase all go to one port,
// which one port must pass all of them.
type borders []border

// stage makes the filter of borders. client are the ports that the client may
// choose.
func (b borders) stage(client addr.Ports) (stage, bool) {
	var open borders
	for _, x := range b {
		if !x.passesAll() {
			open = append(open, x)
		}
	}
	if len(open) == 0 {
		return stage{}, false
	}
	s := stage{closed: open.closed(), ask: func(p packet) (answer, *model.Rule) { return open.pass(p, client), nil }}
	for _, x := range open {
		for _, e := range x.entries() {
			if x.far == nil {
				s.blocks = append(s.blocks, e.Block)
			}
			if x.phase == request {
				s.traffics = append(s.traffics, e.Traffic)
			} else if !protocol(e.Traffic.Protocol).hasPorts() {
				s.traffics = append(s.traffics, e.Traffic) // tells protocols apart
			}
		}
	}
	return s, true
}

func (b borders) closed() string {
	names := ""
	seen := map[*model.NetworkACL]bool{}
	for _, x := range b {
		if acl := x.subnet.ACL; acl != nil && !seen[acl] {
			seen[acl] = true
			if names != "" {
				names += " or "
			}
			names += nameOf(acl.Name)
		}
	}
	return "network ACL " + names + " stops the packets or their answers"
}

func (x border) entries() []model.ACLEntry {
	if x.subnet == nil || x.subnet.ACL == nil {
		return nil
	}
	if x.dir == outward {
		return x.subnet.ACL.Egress
	}
	return x.subnet.ACL.Ingress
}

// passesAll is the common case: an ACL whose first entries allow everything.
func (x border) passesAll() bool {
	if x.subnet == nil || x.subnet.ACL == nil || len(x.subnet.ACL.Doubts) > 0 {
		return false
	}
	seen4, seen6 := false, false
	for _, e := range x.entries() {
		if !e.Allow || e.Traffic.Protocol != everyProtocol || !e.Block.IsValid() || e.Block.Bits() != 0 {
			return false
		}
		if e.Block.Addr().Is4() {
			seen4 = true
		} else {
			seen6 = true
		}
		if seen4 && seen6 {
			return true
		}
	}
	return false
}

// pass says whether a connection passes all borders.
func (b borders) pass(p packet, client addr.Ports) answer {
	out := yes
	for _, x := range b {
		if x.phase == request {
			if out = all(out, x.says(p.proto, p.port, p.far)); out.truth == model.No {
				return out
			}
		}
	}
	for _, ph := range []phase{reply, replyToNAT} {
		within := client
		if ph == replyToNAT {
			within = highPorts
		}
		if out = all(out, b.replies(p, ph, within)); out.truth == model.No {
			return out
		}
	}
	return out
}

// replies says whether there is a port at which the client gets its answers.
func (b borders) replies(p packet, ph phase, within addr.Ports) answer {
	var of borders
	var at []addr.Ports
	for _, x := range b {
		if x.phase != ph {
			continue
		}
		of = append(of, x)
		for _, e := range x.entries() {
			if e.Traffic.Protocol == int(p.proto) && p.proto.hasPorts() {
				at = append(at, portsOf(e.Traffic))
			}
		}
	}
	if len(of) == 0 {
		return yes
	}
	out := no("")
	for _, ports := range addr.CutPorts(within, at) {
		port := ports.From
		if p.proto.isICMP() {
			port = echoReply[p.proto]
		}
		one := yes
		for _, x := range of {
			one = all(one, x.says(p.proto, port, p.far))
		}
		if out = some(out, one); out.truth == model.Yes {
			break
		}
	}
	return out
}

// says is the ACL's answer about packets between its subnet and the far end.
func (x border) says(p protocol, port int, f far) answer {
	if x.subnet == nil {
		return maybe(model.Doubt{What: "a subnet's network ACL is not known"})
	}
	acl := x.subnet.ACL
	if acl == nil {
		return maybe(doubt(x.subnet.Name, "its network ACL is not known"))
	}
	if len(acl.Doubts) > 0 {
		return maybe(acl.Doubts...)
	}
	entries := x.entries()
	set := x.far
	if set == nil {
		if f.list == "" {
			return first(entries, p, port, f.one, acl.Name)
		}
		set = f.set
	}
	var blocks []netip.Prefix
	for _, e := range entries {
		blocks = append(blocks, e.Block)
	}
	var answers []answer
	for _, r := range addr.Cut(set, blocks) {
		answers = append(answers, first(entries, p, port, r.From(), acl.Name))
	}
	return each(doubt(acl.Name, "it depends on the address at the other end whether it lets it pass"), answers...)
}

// first is the first entry that matches; what none matches is denied.
func first(entries []model.ACLEntry, p protocol, port int, ip netip.Addr, n model.Name) answer {
	for _, e := range entries {
		if !covers(e.Traffic, p, port) {
			continue
		}
		if !e.Block.IsValid() {
			return maybe(doubt(n, "the block of an entry is not known"))
		}
		if e.Block.Contains(ip) {
			return truth(e.Allow)
		}
	}
	return no("")
}
