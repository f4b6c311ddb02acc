// Package addr computes with sets of addresses and ports: what the internet is,
// where rules cut it, and how a person writes what is left.
//
// Sets are exact. Where something depends on an address, the address space is
// cut at the borders of every rule that matters, so that one address of a piece
// stands for all of it.
package addr

import (
	"net/netip"
	"slices"

	"go4.org/netipx"
)

// Set is a set of addresses.
type Set = netipx.IPSet

// Family is IPv4 or IPv6.
type Family int

const (
	IPv4 Family = 4
	IPv6 Family = 6
)

// FamilyOf returns the family of an address.
func FamilyOf(a netip.Addr) Family {
	if a.Unmap().Is4() {
		return IPv4
	}
	return IPv6
}

// reserved are the IPv4 blocks that are no internet addresses: private, shared,
// link-local, loopback, this network, multicast and the class kept for later.
// https://www.iana.org/assignments/iana-ipv4-special-registry
var reserved = prefixes("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
	"172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/4", "240.0.0.0/4")

// NAT64 is the block whose last 32 bits are an IPv4 address that a NAT gateway
// translates to.
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html
var NAT64 = netip.MustParsePrefix("64:ff9b::/96")

var (
	internet4 = Minus(Of(prefixes("0.0.0.0/0")...), Of(reserved...))
	internet6 = Of(prefixes("2000::/3")...)
	nat64     = Of(NAT64)
)

// Internet is every address of the internet in a family. It is shared: sets
// never change.
func Internet(f Family) *Set {
	if f == IPv4 {
		return internet4
	}
	return internet6
}

// Translated is the IPv6 addresses that stand for IPv4 ones: [NAT64].
func Translated() *Set { return nat64 }

func prefixes(texts ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(texts))
	for i, t := range texts {
		out[i] = netip.MustParsePrefix(t)
	}
	return out
}

// Of returns the union of blocks; those that are not valid are left out.
func Of(blocks ...netip.Prefix) *Set {
	var b netipx.IPSetBuilder
	for _, p := range blocks {
		if p.IsValid() {
			b.AddPrefix(p.Masked())
		}
	}
	return built(&b)
}

// OfRange returns the addresses of a range.
func OfRange(r netipx.IPRange) *Set {
	var b netipx.IPSetBuilder
	b.AddRange(r)
	return built(&b)
}

// Minus returns the addresses of a that are not in b.
func Minus(a, b *Set) *Set {
	if !a.Overlaps(b) {
		return a
	}
	var s netipx.IPSetBuilder
	s.AddSet(a)
	s.RemoveSet(b)
	return built(&s)
}

// And returns the addresses that are in both.
func And(a, b *Set) *Set {
	var s netipx.IPSetBuilder
	s.AddSet(a)
	s.Intersect(b)
	return built(&s)
}

// Union returns the addresses that are in any.
func Union(sets ...*Set) *Set {
	var s netipx.IPSetBuilder
	for _, set := range sets {
		s.AddSet(set)
	}
	return built(&s)
}

// Empty says whether no address is in s.
func Empty(s *Set) bool { return len(s.Ranges()) == 0 }

// Covers says whether every address of s is in the block.
func Covers(block netip.Prefix, s *Set) bool {
	r := netipx.RangeOfPrefix(block)
	for _, part := range s.Ranges() {
		if part.From().Less(r.From()) || r.To().Less(part.To()) || part.From().BitLen() != r.From().BitLen() {
			return false
		}
	}
	return true
}

func built(b *netipx.IPSetBuilder) *Set {
	s, err := b.IPSet()
	if err != nil {
		panic(err) // only invalid prefixes and ranges make errors, and none gets in
	}
	return s
}

// Cut takes a set apart at the borders of blocks: within a piece, every address
// is in the same ones of them.
func Cut(s *Set, blocks []netip.Prefix) []netipx.IPRange {
	ranges := s.Ranges()
	if len(blocks) == 0 {
		return ranges
	}
	var starts []netip.Addr // addresses at which a new piece begins
	for _, p := range blocks {
		if !p.IsValid() {
			continue
		}
		r := netipx.RangeOfPrefix(p)
		starts = append(starts, r.From())
		if next := r.To().Next(); next.IsValid() {
			starts = append(starts, next)
		}
	}
	slices.SortFunc(starts, netip.Addr.Compare)
	starts = slices.Compact(starts)
	var out []netipx.IPRange
	for _, r := range ranges {
		from := r.From()
		i, _ := slices.BinarySearchFunc(starts, from, netip.Addr.Compare)
		for ; i < len(starts) && starts[i].Compare(r.To()) <= 0; i++ {
			if starts[i].BitLen() != from.BitLen() || starts[i] == from {
				continue
			}
			out = append(out, netipx.IPRangeFrom(from, starts[i].Prev()))
			from = starts[i]
		}
		out = append(out, netipx.IPRangeFrom(from, r.To()))
	}
	return out
}

// Show writes a set of internet addresses as blocks. What is no address of the
// internet anyhow, or is among those to ignore, does not make the list longer:
// the whole internet is "0.0.0.0/0", and what 8.0.0.0/6 has of it is "8.0.0.0/6".
func Show(s, ignore *Set) []string {
	out := []string{}
	for _, f := range []Family{IPv4, IPv6} {
		part := And(s, Internet(f))
		if Empty(part) {
			continue
		}
		if part.Equal(Minus(Internet(f), ignore)) { // the common case
			out = append(out, everything(f).Prefixes()[0].String())
			continue
		}
		free := Union(Minus(everything(f), Internet(f)), And(ignore, everything(f)))
		for _, p := range Union(part, free).Prefixes() {
			if part.OverlapsPrefix(p) {
				out = append(out, p.String())
			}
		}
	}
	for _, p := range And(s, nat64).Prefixes() {
		out = append(out, p.String())
	}
	return out
}

func everything(f Family) *Set {
	if f == IPv4 {
		return everything4
	}
	return everything6
}

var (
	everything4 = Of(prefixes("0.0.0.0/0")...)
	everything6 = Of(prefixes("::/0")...)
)

// ShowExcept writes a set as one block and the blocks that it lacks, when that
// is shorter than [Show]; ok is false when it is not.
func ShowExcept(s *Set) (whole string, except []string, ok bool) {
	for _, f := range []Family{IPv4, IPv6} {
		all, name := Internet(f), "0.0.0.0/0"
		if f == IPv6 {
			name = "::/0"
		}
		part := And(s, all)
		if Empty(part) {
			continue
		}
		if whole != "" {
			return "", nil, false // of both families: two lists
		}
		whole = name
		except = Show(Minus(all, part), Of())
	}
	return whole, except, whole != "" && len(except) > 0 && len(except)+1 < len(Show(s, Of()))
}
