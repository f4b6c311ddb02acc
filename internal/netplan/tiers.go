package netplan

import (
	"math/bits"
	"net/netip"
)

// Tier is a kind of subnet. Every zone has room for one of each, whether or not
// a network makes it. What there is to know about a tier is its row below.
type Tier struct {
	// Number says which of the VPC's IPv6 blocks are the tier's: see
	// [Subnet].IPv6Index. It never changes, and a new tier takes the next one.
	Number int
	// Name is part of the names of subnets: "net-private-a".
	Name string
	// Argument holds the blocks that the caller wrote for the tier's subnets.
	Argument string
	// In is the tier's part of the VPC's main block, and of a zone's own.
	In Share
	// Way is what the tier's subnets have a default route to.
	Way Way
}

// Share is one of the equal parts that a block is cut into.
type Share struct {
	// Cuts is how often the block is halved, At which part it is, from 0.
	Cuts, At int
}

// Way is a way out of the VPC.
type Way int

const (
	// NoWay leads nowhere: only the VPC's own addresses are reached.
	NoWay Way = iota
	// Gateway is the internet gateway, a way in as well.
	Gateway
	// Nat is a NAT gateway, in the networks that have one.
	Nat
)

// The tiers. Private subnets lie where the AWS pattern that the defaults come
// from has them: 10.0.128.0/18 and 10.0.192.0/18.
var (
	// Private subnets are for tasks and hosts: nothing on the internet has a
	// route to them.
	Private = Tier{Number: 1, Name: "private", Argument: "privateCidrBlocks", In: Share{1, 1}, Way: Nat}
	// Public subnets have a route to an internet gateway.
	Public = Tier{Number: 0, Name: "public", Argument: "publicCidrBlocks", In: Share{2, 0}, Way: Gateway}
	// Data subnets are for databases and caches.
	Data = Tier{Number: 2, Name: "data", Argument: "dataCidrBlocks", In: Share{2, 1}, Way: NoWay}

	// Tiers are all of them, in the order in which plans list them.
	Tiers = []Tier{Private, Public, Data}
)

// mostCuts is how often a block is halved for the smallest share.
func mostCuts() int {
	most := 0
	for _, tier := range Tiers {
		most = max(most, tier.In.Cuts)
	}
	return most
}

// of returns the tier's part of a block.
func (s Share) of(block netip.Prefix) netip.Prefix { return part(block, s.Cuts, s.At) }

// slot returns the tier's block of the zone at a position of the list.
func (s Spec) slot(tier Tier, position int) netip.Prefix {
	return part(tier.In.of(s.CIDR), bits.TrailingZeros(uint(s.MaxZones)), position)
}

// part cuts a block into 2^n equal parts and returns the one at index i.
func part(block netip.Prefix, n, i int) netip.Prefix {
	b := block.Addr().As4()
	start := uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	length := block.Bits() + n
	start += uint32(i) << (32 - length)
	addr := netip.AddrFrom4([4]byte{byte(start >> 24), byte(start >> 16), byte(start >> 8), byte(start)})
	return netip.PrefixFrom(addr, length)
}
