// Package netplan decides which CIDR block every subnet of a VPC gets.
//
// It is a pure function of its input: no Pulumi, no AWS calls, no clock and no
// order taken from a map, so the same [Spec] always yields the same [Plan], in
// every release.
//
// A plan is append-stable. The lower half of the VPC's block is kept for
// public subnets and the upper half for private ones; each half is cut into
// Spec.MaxZones equal slots, and the zone at position i of the list owns slot i
// in both. So a block depends on nothing but the VPC's block, MaxZones and the
// zone's own position: appending a zone, leaving "" in the place of a removed
// one, adding a tier or giving a further zone a block of its own never changes
// a block that was handed out before. Without that promise every such edit
// would replace running subnets.
package netplan

import (
	"fmt"
	"math/bits"
	"net/netip"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// Tier is a kind of subnet. Every zone has room for one of each.
type Tier string

const (
	// Private subnets have no route from the internet.
	Private Tier = "private"
	// Public subnets have a route to an internet gateway.
	Public Tier = "public"
)

// Limits of AWS on blocks and VPCs.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html and
// https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
const (
	largestBlock   = 16 // a VPC, a secondary block and a subnet are /16 at most
	smallestSubnet = 28 // and a VPC and a subnet are /28 at least
	// A zone's own block is cut in two, and each half must still be a subnet.
	smallestZoneBlock = smallestSubnet - 1
	// A VPC has five IPv4 blocks unless AWS raises the quota; one is its main.
	maxZoneBlocks = 4
)

// Spec says what network is wanted.
type Spec struct {
	// CIDR is the VPC's main block, /16 to /28.
	CIDR netip.Prefix
	// Zones to use, by name. A zone's position is its slot; "" keeps the slot of
	// a zone that was removed.
	Zones []string
	// MaxZones is the number of slots in each half: 2, 4 or 8. It is fixed for
	// the life of the VPC, because another number moves every subnet.
	MaxZones int
	// ZoneCIDRs gives zones beyond the slots a secondary block each, /16 to /27.
	// Its lower half is the zone's public subnet, its upper half the private one.
	ZoneCIDRs map[string]netip.Prefix
	// PrivateCIDRs sets the private subnet's block of a zone, in place of its
	// slot. It lies in the VPC's main block or in the zone's own.
	PrivateCIDRs map[string]netip.Prefix
	// PublicCIDRs does the same for the public subnet.
	PublicCIDRs map[string]netip.Prefix
	// Region and KnownZones of it, to check Zones against; "" and nil when they
	// are not known.
	Region     string
	KnownZones []string
	// Tiers to return, in this order; none means private and public. The layout
	// keeps the room of both in any case.
	Tiers []Tier
}

// Subnet is one planned subnet.
type Subnet struct {
	// Zone is the availability zone's name, Letter its last character.
	Zone, Letter string
	Tier         Tier
	CIDR         netip.Prefix
}

// Block is a secondary CIDR block of the VPC, for one zone.
type Block struct {
	// Zone is the availability zone's name, Letter its last character.
	Zone, Letter string
	CIDR         netip.Prefix
}

// Plan is the layout of a VPC.
type Plan struct {
	// Subnets tier by tier, in each in the order of the zones.
	Subnets []Subnet
	// SecondaryBlocks in the order of the zones.
	SecondaryBlocks []Block
}

// Plan lays the network out. Its error is a [field.Faults] that holds every
// fault of the spec.
func (s Spec) Plan() (Plan, error) {
	var faults field.Faults
	faults = append(faults, s.checkBlock()...)
	faults = append(faults, s.checkSlots()...)
	faults = append(faults, CheckZones(pathZones, s.Zones, s.MaxZones, s.ZoneCIDRs, s.Region, s.KnownZones)...)
	faults = append(faults, s.checkZoneBlocks()...)
	if err := faults.Err(); err != nil {
		return Plan{}, err // what follows computes with these
	}
	faults = append(faults, s.checkSubnetBlocks(Private)...)
	faults = append(faults, s.checkSubnetBlocks(Public)...)
	planned, small := s.layout()
	faults = append(faults, small...)
	if len(faults) == 0 { // a block that is wrong by itself overlaps at will
		faults = s.checkOverlaps(planned)
	}
	if err := faults.Err(); err != nil {
		return Plan{}, err
	}

	var plan Plan
	for _, tier := range s.tiers() {
		for _, p := range planned {
			if p.Tier == tier {
				plan.Subnets = append(plan.Subnets, p.Subnet)
			}
		}
	}
	for _, zone := range s.Zones {
		if block, ok := s.ZoneCIDRs[zone]; ok {
			letter, _ := ZoneLetter(zone)
			plan.SecondaryBlocks = append(plan.SecondaryBlocks, Block{Zone: zone, Letter: letter, CIDR: block})
		}
	}
	return plan, nil
}

// planned is a subnet and where its block comes from.
type planned struct {
	Subnet
	explicit bool
}

// layout gives every zone its subnets of every tier that is returned, and of
// the other tier those whose blocks the caller wrote: they are taken as well.
func (s Spec) layout() ([]planned, field.Faults) {
	var faults field.Faults
	var all []planned
	slotBits := s.CIDR.Bits() + 1 + bits.TrailingZeros(uint(s.MaxZones))
	for position, zone := range s.Zones {
		if zone == "" {
			continue
		}
		letter, _ := ZoneLetter(zone)
		for _, tier := range []Tier{Private, Public} {
			subnet := Subnet{Zone: zone, Letter: letter, Tier: tier}
			block, explicit := s.explicit(tier)[zone]
			switch {
			case explicit:
				subnet.CIDR = block
			case !slices.Contains(s.tiers(), tier):
				continue
			case s.ZoneCIDRs[zone].IsValid():
				subnet.CIDR = half(s.ZoneCIDRs[zone], tier)
			case slotBits > smallestSubnet:
				faults.Add(pathCIDR, s.CIDR,
					fmt.Sprintf("is too small for %d zones with a public and a private subnet each: a subnet would be /%d, and AWS's smallest is /%d",
						s.MaxZones, slotBits, smallestSubnet),
					fmt.Sprintf("use /%d or larger", s.CIDR.Bits()-(slotBits-smallestSubnet)))
				continue
			default:
				subnet.CIDR = part(half(s.CIDR, tier), bits.TrailingZeros(uint(s.MaxZones)), position)
			}
			all = append(all, planned{subnet, explicit})
		}
	}
	return all, faults
}

// tiers returns the tiers to plan, each once.
func (s Spec) tiers() []Tier {
	if len(s.Tiers) == 0 {
		return []Tier{Private, Public}
	}
	return s.Tiers
}

// explicit returns the blocks that the caller wrote for a tier.
func (s Spec) explicit(tier Tier) map[string]netip.Prefix {
	if tier == Public {
		return s.PublicCIDRs
	}
	return s.PrivateCIDRs
}

// half returns the half of a block that a tier lives in: public the lower,
// private the upper.
func half(block netip.Prefix, tier Tier) netip.Prefix {
	if tier == Public {
		return part(block, 1, 0)
	}
	return part(block, 1, 1)
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
