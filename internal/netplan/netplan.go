// Package netplan decides which CIDR block every subnet of a VPC gets.
//
// It is a pure function of its input: no Pulumi, no AWS calls, no clock and no
// order taken from a map, so the same [Spec] always yields the same [Plan], in
// every release.
//
// A plan is append-stable. The upper half of the VPC's block is kept for
// private subnets, the first quarter for public ones and the second for data
// subnets; each of the three is cut into Spec.MaxZones equal slots, and the zone
// at position i of the list owns slot i in all of them. So a block depends on
// nothing but the VPC's block, MaxZones and the zone's own position: appending
// a zone, leaving "" in the place of a removed one, adding a tier or giving a
// further zone a block of its own never changes a block that was handed out
// before. Without that promise every such edit would replace running subnets.
//
// A block that the caller writes may take addresses that are kept for a zone
// or a tier which is not there yet: it is how a VPC that somebody else laid out
// is described, and the caller may know that the other will never come. If it
// does come, it needs a block of its own, and the fault says where there is
// room. Either way the subnet that is there stays, and the other is added.
package netplan

import (
	"fmt"
	"math/bits"
	"net/netip"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// Limits of AWS on blocks and VPCs.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html and
// https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
const (
	largestBlock   = 16 // a VPC, a secondary block and a subnet are /16 at most
	smallestSubnet = 28 // and a VPC and a subnet are /28 at least
	// A zone's own block is cut into the tiers' shares, a quarter the smallest,
	// and each must still be a subnet.
	smallestZoneBlock = smallestSubnet - 2
	// A VPC has five IPv4 blocks unless AWS raises the quota; one is its main.
	maxZoneBlocks = 4
	// ipv6Places is how many zones have IPv6 addresses in each tier. A VPC's
	// IPv6 block is a /56 and a subnet's a /64, so there are 256 for all tiers:
	// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html
	// and https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
	ipv6Places = 16
)

// Spec says what network is wanted.
type Spec struct {
	// CIDR is the VPC's main block, /16 to /28.
	CIDR netip.Prefix
	// Zones to use, by name. A zone's position is its slot; "" keeps the slot of
	// a zone that was removed.
	Zones []string
	// MaxZones is the number of slots of each tier: 2, 4 or 8. It is fixed for
	// the life of the VPC, because another number moves every subnet.
	MaxZones int
	// ZoneCIDRs gives zones beyond the slots a secondary block each, /16 to /26,
	// which has the tiers' shares of the main block.
	ZoneCIDRs map[string]netip.Prefix
	// Written sets the block of a zone's subnet of a tier, in place of its slot.
	// It lies in the VPC's main block or in the zone's own.
	Written map[Tier]map[string]netip.Prefix
	// Region and KnownZones of it, to check Zones against; "" and nil when they
	// are not known.
	Region     string
	KnownZones []string
	// Tiers to return, in this order; none means all. The layout keeps the room
	// of all in any case.
	Tiers []Tier
}

// Subnet is one planned subnet.
type Subnet struct {
	// Zone is the availability zone's name, Letter its last character.
	Zone, Letter string
	Tier         Tier
	CIDR         netip.Prefix
	// IPv6Index says which /64 of the VPC's IPv6 block, a /56, is the subnet's,
	// from 0 to 255: 16 for each tier in the order of their numbers, and among
	// them by the zone's position.
	IPv6Index int
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
	for _, tier := range Tiers {
		faults = append(faults, s.checkSubnetBlocks(tier)...)
	}
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
// the other tiers those whose blocks the caller wrote: they are taken as well.
func (s Spec) layout() ([]planned, field.Faults) {
	var all []planned
	var small bool
	for position, zone := range s.Zones {
		if zone == "" {
			continue
		}
		letter, _ := ZoneLetter(zone)
		for _, tier := range Tiers {
			subnet := Subnet{Zone: zone, Letter: letter, Tier: tier, IPv6Index: tier.Number*ipv6Places + position}
			block, explicit := s.Written[tier][zone]
			switch {
			case explicit:
				subnet.CIDR = block
			case !slices.Contains(s.tiers(), tier):
				continue
			case s.ZoneCIDRs[zone].IsValid():
				subnet.CIDR = tier.In.of(s.ZoneCIDRs[zone])
			case s.smallestSlot() > smallestSubnet:
				small = true
				continue
			default:
				subnet.CIDR = s.slot(tier, position)
			}
			all = append(all, planned{subnet, explicit})
		}
	}
	if small {
		return all, s.tooSmall()
	}
	return all, nil
}

// smallestSlot is the prefix length of the smallest slots. A block has room for
// the slots of all tiers or it is too small, whichever of them are asked for:
// otherwise a network could be made that no tier can be added to.
func (s Spec) smallestSlot() int {
	return s.CIDR.Bits() + mostCuts() + bits.TrailingZeros(uint(s.MaxZones))
}

func (s Spec) tooSmall() (faults field.Faults) {
	faults.Add(pathCIDR, s.CIDR,
		fmt.Sprintf("is too small for %d zones: each needs room for a private, a public and a data subnet, and AWS's smallest subnet is /%d",
			s.MaxZones, smallestSubnet),
		fmt.Sprintf("use /%d or larger", s.CIDR.Bits()-(s.smallestSlot()-smallestSubnet)))
	return faults
}

// tiers returns the tiers to plan, each once.
func (s Spec) tiers() []Tier {
	if len(s.Tiers) == 0 {
		return Tiers
	}
	return s.Tiers
}
