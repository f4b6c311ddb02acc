package netplan

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// Paths of the properties that the spec's parts come from.
const (
	pathCIDR     = "cidrBlock"
	pathMaxZones = "maxAvailabilityZones"
	pathZones    = "availabilityZones"
	pathOwn      = "zoneCidrBlocks"
)

func (s Spec) checkBlock() field.Faults {
	var faults field.Faults
	switch {
	case !s.CIDR.IsValid():
		faults.Add(pathCIDR, nil, "is required", "write a block such as \"10.0.0.0/16\"")
	default:
		if rule, fix, better := prefixFault(s.CIDR, largestBlock, smallestSubnet); rule != "" {
			faults.AddBetter(pathCIDR, s.CIDR, rule, fix, better)
		}
	}
	return faults
}

// CheckMaxZones returns the fault of a number of slots.
func CheckMaxZones(maxZones int) field.Faults {
	var faults field.Faults
	switch maxZones {
	case 2, 4, 8:
	case 3:
		faults.Add(pathMaxZones, maxZones, "is not 2, 4 or 8", "write 4, which has room for three zones")
	case 5, 6, 7:
		faults.Add(pathMaxZones, maxZones, "is not 2, 4 or 8", "write 8, which has room for as many zones")
	default:
		faults.Add(pathMaxZones, maxZones, "is not 2, 4 or 8", "write 2, 4 or 8")
	}
	return faults
}

func (s Spec) checkSlots() field.Faults {
	faults := CheckMaxZones(s.MaxZones)
	for _, tier := range s.Tiers {
		if !slices.Contains(Tiers, tier) {
			faults.Add("tiers", tier.Name, "is not a tier", "use private, public or data")
		}
	}
	return faults
}

// checkZoneBlocks checks the blocks that zones have of their own.
func (s Spec) checkZoneBlocks() field.Faults {
	var faults field.Faults
	zones := slices.Sorted(maps.Keys(s.ZoneCIDRs))
	if len(zones) > maxZoneBlocks {
		faults.Add(pathOwn, len(zones), "blocks are more than the four secondary blocks that a VPC takes besides its main one (AWS's default quota of five)",
			"use fewer, or start a new VPC with maxAvailabilityZones 8")
	}
	for i, zone := range zones {
		block, at := s.ZoneCIDRs[zone], field.Key(pathOwn, zone)
		position := slices.Index(s.Zones, zone)
		switch {
		case position < 0 || zone == "":
			faults.Add(at, block, "is for a zone that is not in availabilityZones", "append the zone there, or remove the block")
		case position < s.MaxZones:
			// Obeying would move the zone's subnets out of their slot.
			faults.Add(at, block, fmt.Sprintf("is for a zone that has slot %d of the main block already, and would move its subnets", position),
				fmt.Sprintf("only zones after the first %d (maxAvailabilityZones) take a block of their own; to set a subnet's block, use %s", s.MaxZones, s.arguments()))
		}
		if rule, fix, better := prefixFault(block, largestBlock, smallestZoneBlock); rule != "" {
			faults.AddBetter(at, block, rule, fix, better)
			continue
		}
		if !s.CIDR.IsValid() {
			continue
		}
		if block.Overlaps(s.CIDR) {
			faults.Add(at, block, fmt.Sprintf("overlaps the VPC's main block %s", s.CIDR), "write a block outside it")
			continue
		}
		if rule, fix := restricted(s.CIDR, block, s.otherBlocks(zone)...); rule != "" {
			faults.Add(at, block, rule, fix)
		}
		for _, other := range zones[:i] {
			if o := s.ZoneCIDRs[other]; o.IsValid() && o.Overlaps(block) {
				faults.Add(at, block, fmt.Sprintf("overlaps %s of %s", o, field.Key(pathOwn, other)), "give each zone a block of its own")
			}
		}
	}
	return faults
}

// otherBlocks are the blocks of the other zones.
func (s Spec) otherBlocks(zone string) (others []netip.Prefix) {
	for _, other := range slices.Sorted(maps.Keys(s.ZoneCIDRs)) {
		if block := s.ZoneCIDRs[other]; other != zone && block.IsValid() {
			others = append(others, block)
		}
	}
	return others
}

// checkSubnetBlocks checks the explicit blocks of a tier, each by itself.
func (s Spec) checkSubnetBlocks(tier Tier) field.Faults {
	var faults field.Faults
	blocks := s.Written[tier]
	for _, zone := range slices.Sorted(maps.Keys(blocks)) {
		block, at := blocks[zone], field.Key(tier.Argument, zone)
		if zone == "" || !slices.Contains(s.Zones, zone) {
			faults.Add(at, block, "is for a zone that is not in availabilityZones", "append the zone there, or remove the block")
		}
		if rule, fix, better := prefixFault(block, largestBlock, smallestSubnet); rule != "" {
			faults.AddBetter(at, block, rule, fix, better)
			continue
		}
		own := s.ZoneCIDRs[zone]
		if inside(block, s.CIDR) || own.IsValid() && inside(block, own) {
			continue
		}
		if own.IsValid() {
			faults.Add(at, block, fmt.Sprintf("lies neither in the VPC's main block %s nor in the zone's own %s", s.CIDR, own), "write a block inside one of them")
		} else {
			faults.Add(at, block, fmt.Sprintf("does not lie in the VPC's main block %s", s.CIDR), "write a block inside it")
		}
	}
	return faults
}

// arguments are those that hold the blocks of the planned subnets.
func (s Spec) arguments() string {
	var names []string
	for _, tier := range s.tiers() {
		names = append(names, tier.Argument)
	}
	return strings.Join(names, " or ")
}

// inside says that every address of a block lies in another.
func inside(block, outer netip.Prefix) bool {
	return block.Bits() >= outer.Bits() && outer.Contains(block.Addr())
}
