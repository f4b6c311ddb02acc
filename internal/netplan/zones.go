package netplan

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

var (
	// zoneName is a region's name and one letter: us-east-1a, us-gov-west-1b,
	// eusc-de-east-1a.
	zoneName = regexp.MustCompile(`^([a-z]{2,4}(?:-[a-z]+){1,2}-[1-9][0-9]?)([a-z])$`)
	// localZoneName is a Local Zone or Wavelength Zone: us-east-1-bos-1a,
	// us-east-1-wl1-bos-wlz-1.
	localZoneName = regexp.MustCompile(`^[a-z]{2,4}(?:-[a-z]+){1,2}-[1-9][0-9]?-`)
	// zoneID is what AWS calls a zone in every account alike: use1-az1.
	zoneID = regexp.MustCompile(`^[a-z0-9]+-az[0-9]+$`)
	// regionName is a region in the place of a zone.
	regionName = regexp.MustCompile(`^[a-z]{2,4}(?:-[a-z]+){1,2}-[1-9][0-9]?$`)
)

// ZoneLetter returns the letter of an availability zone: "a" of us-east-1a.
// It is false for anything else, Local Zones and zone ids among it: the letter
// is part of resource names and must tell a VPC's zones apart.
func ZoneLetter(zone string) (string, bool) {
	m := zoneName.FindStringSubmatch(zone)
	if m == nil {
		return "", false
	}
	return m[2], true
}

// ZoneRegion returns the region of an availability zone: us-east-1 of
// us-east-1a.
func ZoneRegion(zone string) (string, bool) {
	m := zoneName.FindStringSubmatch(zone)
	if m == nil {
		return "", false
	}
	return m[1], true
}

// CheckZones returns the faults of a list of zones at path. max is the number
// of slots (0: not known), own holds the zones with a block of their own,
// region is the VPC's region ("": not known) and known are the region's zones
// (nil: not known). What is not known is not checked.
func CheckZones(path string, zones []string, max int, own map[string]netip.Prefix, region string, known []string) field.Faults {
	var faults field.Faults
	if !slices.ContainsFunc(zones, func(z string) bool { return z != "" }) {
		faults.Add(path, nil, "names no zone", "name at least one availability zone, such as \"us-east-1a\"")
		return faults
	}
	seen := map[string]int{}
	first := "" // region of the first good zone, for when the region is not known
	for i, zone := range zones {
		if zone == "" {
			continue // the kept slot of a removed zone
		}
		at := field.Index(path, i)
		if before, ok := seen[zone]; ok {
			faults.Add(at, zone, "is in the list twice, also at "+field.Index(path, before), "name each zone once")
			continue
		}
		seen[zone] = i
		zoneRegion, ok := ZoneRegion(zone)
		if !ok {
			faults.Add(at, zone, malformedZone(zone), malformedZoneFix(zone))
			continue
		}
		if first == "" {
			first = zoneRegion
		}
		want := region
		if want == "" {
			want = first
		}
		switch {
		case zoneRegion != want && region != "":
			faults.Add(at, zone, "is a zone of another region; the region is "+region,
				fmt.Sprintf("write %q", region+zone[len(zone)-1:]))
		case zoneRegion != want:
			faults.Add(at, zone, fmt.Sprintf("is a zone of another region than %q", zones[firstOf(zones, want)]),
				"a VPC is in one region: name zones of that one only")
		case known != nil && !slices.Contains(known, zone):
			faults.Add(at, zone, "is not a zone of "+zoneRegion+" that this account can use",
				"use one of "+strings.Join(known, ", "))
		}
		if i >= ipv6Places {
			faults.Add(at, zone, fmt.Sprintf("has a place after the first %d of the list, which are those with IPv6 addresses", ipv6Places),
				`write it in the place of a zone that was removed, ""`)
		} else if _, has := own[zone]; max > 0 && i >= max && !has {
			faults.Add(at, zone,
				fmt.Sprintf("has no slot: the layout has %d (maxAvailabilityZones)", max),
				noSlotFix(zone, max))
		}
	}
	return faults
}

// noSlotFix says how to get room for a zone beyond the slots.
func noSlotFix(zone string, max int) string {
	add := fmt.Sprintf("give the zone a block of its own in zoneCidrBlocks[%q]", zone)
	switch max {
	case 2:
		return "a new VPC takes maxAvailabilityZones 4 or 8; in an existing one that is fixed, so " + add
	case 4:
		return "a new VPC takes maxAvailabilityZones 8; in an existing one that is fixed, so " + add
	default:
		return add
	}
}

// firstOf returns the index of the first zone of a region.
func firstOf(zones []string, region string) int {
	return slices.IndexFunc(zones, func(z string) bool {
		r, ok := ZoneRegion(z)
		return ok && r == region
	})
}

func malformedZone(zone string) string {
	switch {
	case localZoneName.MatchString(zone):
		return "is a Local Zone or Wavelength Zone, where Fargate and most interface endpoints are not offered"
	case zoneID.MatchString(zone):
		return "is a zone id"
	case regionName.MatchString(zone):
		return "is a region"
	default:
		return "is not the name of an availability zone"
	}
}

func malformedZoneFix(zone string) string {
	switch {
	case zoneID.MatchString(zone):
		return "write the zone's name in this account, such as \"us-east-1a\" (aws ec2 describe-availability-zones shows both)"
	case regionName.MatchString(zone):
		return fmt.Sprintf("name a zone of it, such as %q", zone+"a")
	default:
		return "write a name such as \"us-east-1a\""
	}
}
