package netplan

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// checkOverlaps finds subnets that share addresses. The slots never do, so one
// of two that overlap was written by the caller; that one is named.
func (s Spec) checkOverlaps(all []planned) field.Faults {
	var faults field.Faults
	rooms := map[Subnet]netip.Prefix{} // so that all faults can be put right at once
	for i, one := range all {
		for _, other := range all[:i] {
			if !one.CIDR.Overlaps(other.CIDR) {
				continue
			}
			written, met := one, other
			if !written.explicit {
				written, met = other, one
			}
			what, fix := fmt.Sprintf("overlaps the %s subnet of %s, %s", met.Tier.Name, met.Zone, met.CIDR), "write a block that is free"
			if met.explicit {
				what = fmt.Sprintf("overlaps %s of %s", met.CIDR, met.path())
			} else if room := s.room(met, all, rooms); room.IsValid() {
				// The written block may be that of a subnet which exists.
				fix += fmt.Sprintf(", or add %s: %q", met.path(), room)
			}
			faults.Add(written.path(), written.CIDR, what, fix)
		}
	}
	return faults
}

// path is where the caller writes the subnet's block.
func (p planned) path() string { return field.Key(p.Tier.Argument, p.Zone) }

// room returns a block for a subnet that cannot have its slot, and notes it: as
// large as the slot if there is one, the largest otherwise. It takes nothing
// from another subnet, from a slot that a zone or a tier may still come to, or
// from a room that was found before. It is not valid when there is no room.
func (s Spec) room(subnet planned, all []planned, rooms map[Subnet]netip.Prefix) (best netip.Prefix) {
	if found, ok := rooms[subnet.Subnet]; ok {
		return found
	}
	taken := slices.Collect(maps.Values(rooms))
	for _, other := range all {
		if other != subnet {
			taken = append(taken, other.CIDR)
		}
	}
	for position := range s.MaxZones {
		if s.smallestSlot() > smallestSubnet {
			break // there are no slots, only blocks that the caller wrote
		}
		for _, tier := range Tiers {
			given := slices.ContainsFunc(all, func(p planned) bool {
				return p.Tier == tier && position < len(s.Zones) && p.Zone == s.Zones[position]
			})
			if !given {
				taken = append(taken, s.slot(tier, position))
			}
		}
	}
	for _, free := range Free(s.CIDR, taken) {
		if free.Bits() <= smallestSubnet && (!best.IsValid() || free.Bits() < best.Bits()) {
			best = free
		}
	}
	if best.IsValid() && best.Bits() < subnet.CIDR.Bits() {
		best = netip.PrefixFrom(best.Addr(), subnet.CIDR.Bits())
	}
	if best.IsValid() {
		rooms[subnet.Subnet] = best
	}
	return best
}
