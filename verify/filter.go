package verify

import (
	"net/netip"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// direction of packets as an interface or a subnet sees them.
type direction bool

const (
	inward  direction = false
	outward direction = true
)

// place is where the private end of a connection is: an interface in a subnet.
type place struct {
	interfaces *model.Interfaces
	subnet     *model.Subnet
}

// groupsStage is the filter of an interface's security groups towards the
// internet. Groups have state: the answer needs no rule.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
func groupsStage(i *model.Interfaces, d direction, closed string) stage {
	s := stage{closed: closed}
	s.ask = func(p packet) (answer, *model.Rule) {
		return admits(i, d, p.proto, p.port, func(r *model.Rule) answer { return matchesInternet(r, p.far) })
	}
	for _, g := range i.Groups {
		if g == nil {
			continue
		}
		for _, r := range rulesOf(g, d) {
			s.traffics = append(s.traffics, r.Traffic)
			s.blocks = append(s.blocks, r.Block)
			if r.PrefixList != nil {
				s.blocks = append(s.blocks, r.PrefixList.Blocks...)
			}
		}
	}
	return s
}

func rulesOf(g *model.SecurityGroup, d direction) []model.Rule {
	if d == outward {
		return g.Egress
	}
	return g.Ingress
}

// admits says whether an interface's groups let a packet through, and by which
// rule. A rule of any group does.
func admits(i *model.Interfaces, d direction, p protocol, port int, match func(*model.Rule) answer) (answer, *model.Rule) {
	if i.Unfiltered {
		return yes, nil
	}
	out := no("")
	var by *model.Rule
	for _, g := range i.Groups {
		if g == nil {
			out = some(out, maybe(doubt(i.Name, "one of its security groups is not known")))
			continue
		}
		rules := rulesOf(g, d)
		for n := range rules {
			r := &rules[n]
			if !covers(r.Traffic, p, port) {
				continue
			}
			m := match(r)
			if m.truth == model.Yes {
				return m, r
			}
			if m.truth == model.Maybe {
				out, by = some(out, m), r
			}
		}
		if len(g.Doubts) > 0 {
			out = some(out, maybe(g.Doubts...))
		}
	}
	if len(i.GroupDoubts) > 0 {
		out = some(out, maybe(i.GroupDoubts...))
	} else if len(i.Groups) == 0 {
		out = some(out, maybe(doubt(i.Name, "its security groups are not known")))
	}
	return out, by
}

// matchesInternet says whether a rule's other end includes a piece of the
// internet. Members of a group never match: a group stands for the private
// addresses of its members.
// https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-referencing
func matchesInternet(r *model.Rule, f far) answer {
	switch {
	case r.Unknown != "":
		return maybe(doubt(r.Name, r.Unknown))
	case r.Block.IsValid():
		return blockMatches(r.Name, r.Block, f)
	case r.Group != nil:
		return no("")
	case r.PrefixList == nil:
		return maybe(doubt(r.Name, "its other end is not known"))
	case !r.PrefixList.Known && r.PrefixList.Service == "":
		return maybe(doubt(r.PrefixList.Name, "its blocks are not known"))
	case r.PrefixList.Service != "":
		return truth(r.PrefixList.Service == f.list)
	}
	out := no("")
	for _, b := range r.PrefixList.Blocks {
		if out = some(out, blockMatches(r.Name, b, f)); out.truth == model.Yes {
			break
		}
	}
	return out
}

// blockMatches says whether a block includes a piece. Of the addresses of a
// list of AWS's own it is only known that they are on the internet.
func blockMatches(n model.Name, b netip.Prefix, f far) answer {
	if f.list == "" {
		return truth(b.Contains(f.one))
	}
	switch {
	case addr.Covers(b, f.set):
		return yes
	case !f.set.OverlapsPrefix(b):
		return no("")
	}
	return maybe(doubt(n, "whether "+b.String()+" has addresses of AWS's "+f.list+" is not known"))
}

func truth(t bool) answer {
	if t {
		return yes
	}
	return no("")
}

// matchesPlace says whether a rule's other end includes an interface inside the
// network.
func matchesPlace(r *model.Rule, p place) answer {
	switch {
	case r.Unknown != "":
		return maybe(doubt(r.Name, r.Unknown))
	case r.Block.IsValid():
		return includes(r.Name, []netip.Prefix{r.Block}, p)
	case r.Group != nil:
		return isMember(r.Group, p.interfaces)
	case r.PrefixList == nil:
		return maybe(doubt(r.Name, "its other end is not known"))
	case r.PrefixList.Service != "":
		return no("") // addresses of AWS's own
	case !r.PrefixList.Known:
		return maybe(doubt(r.PrefixList.Name, "its blocks are not known"))
	}
	return includes(r.Name, r.PrefixList.Blocks, p)
}

func isMember(g *model.SecurityGroup, i *model.Interfaces) answer {
	if i == nil {
		return maybe(doubt(g.Name, "whether the other end is a member of it is not known"))
	}
	if slices.Contains(i.Groups, g) {
		return yes
	}
	if slices.Contains(i.Groups, nil) {
		return maybe(doubt(i.Name, "one of its security groups is not known"))
	}
	if len(i.GroupDoubts) > 0 {
		return maybe(i.GroupDoubts...)
	}
	if len(i.Doubts) > 0 {
		return maybe(i.Doubts...)
	}
	return no("")
}

// includes says whether blocks include the addresses of a subnet. When they
// include some, it depends on the address that an interface gets.
func includes(n model.Name, blocks []netip.Prefix, p place) answer {
	addresses, known := addressesOf(p.subnet, 0)
	set := addr.Of(blocks...)
	switch {
	case addr.Empty(addr.Minus(addresses, set)):
		return yes
	case !set.Overlaps(addresses) && known:
		return no("")
	case !set.Overlaps(addresses) && p.subnet != nil && p.subnet.VPC != nil && len(p.subnet.VPC.Blocks) > 0 && len(p.subnet.VPC.Doubts) == 0:
		return no("") // its block is not known, and is one of its VPC's
	}
	return maybe(doubt(n, "it depends on the address that an interface in "+nameOf(subnetName(p.subnet))+" has"))
}

// addressesOf are the private addresses of a subnet: its IPv4 block, or its
// IPv6 one when it has no other or that is asked for. When the block is not
// known they are its VPC's, or all.
func addressesOf(s *model.Subnet, f addr.Family) (set *addr.Set, known bool) {
	if s == nil {
		return everywhere, false
	}
	for _, blocks := range [][]netip.Prefix{s.Blocks, vpcBlocks(s.VPC)} {
		for _, family := range []addr.Family{addr.IPv4, addr.IPv6} {
			if f != 0 && f != family {
				continue
			}
			var of []netip.Prefix
			for _, b := range blocks {
				if b.IsValid() && addr.FamilyOf(b.Addr()) == family {
					of = append(of, b)
				}
			}
			if len(of) > 0 {
				return addr.Of(of...), len(s.Blocks) > 0
			}
		}
	}
	return everywhere, false
}

var everywhere = addr.Of(netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0"))

func vpcBlocks(v *model.VPC) []netip.Prefix {
	if v == nil {
		return nil
	}
	return v.Blocks
}

func subnetName(s *model.Subnet) model.Name {
	if s == nil {
		return model.Name{ID: "a subnet that is not known"}
	}
	return s.Name
}
