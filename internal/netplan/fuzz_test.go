package netplan

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// FuzzPlan builds networks from numbers and holds what every plan promises:
// blocks that are aligned, inside the VPC's blocks, apart from each other; and
// that an edit which adds or removes a zone, or adds a tier, moves nothing.
func FuzzPlan(f *testing.F) {
	f.Add(uint32(10<<24), uint8(16), uint8(2), uint8(0b11), uint8(0), uint32(100<<24|64<<16), uint8(24), uint16(0))
	f.Add(uint32(10<<24), uint8(16), uint8(8), uint8(0b11111111), uint8(0b10), uint32(0), uint8(16), uint16(9))
	f.Add(uint32(192<<24|168<<16), uint8(24), uint8(8), uint8(0b10101), uint8(0), uint32(192<<24|168<<16|4096), uint8(27), uint16(130))
	f.Add(uint32(172<<24|16<<16), uint8(26), uint8(2), uint8(0b1), uint8(0b11), uint32(172<<24|17<<16), uint8(20), uint16(7))
	f.Add(uint32(10<<24), uint8(28), uint8(4), uint8(0b1), uint8(0), uint32(0), uint8(0), uint16(0))
	f.Fuzz(func(t *testing.T, addr uint32, length, slots, used, tiers uint8, ownAddr uint32, ownLength uint8, explicit uint16) {
		maxZones := []int{2, 4, 8}[slots%3]
		s := Spec{CIDR: block(addr, 14+length%16), MaxZones: maxZones, Zones: make([]string, maxZones)}
		for i := range s.Zones {
			if used&(1<<i) != 0 {
				s.Zones[i] = "us-east-1" + string(rune('a'+i))
			}
		}
		s.Tiers = [][]Tier{nil, {Private}, {Public}, {Data}, {Private, Public}, {Data, Private}}[tiers%6]
		if explicit != 0 {
			sub := block(addr+uint32(explicit)<<4, 16+uint8(explicit%13))
			s.Written = map[Tier]map[string]netip.Prefix{Tiers[explicit%3]: {"us-east-1" + string(rune('a'+explicit%8)): sub}}
		}
		plan, err := s.Plan()
		if err != nil {
			// What is refused is refused with a reason, TestFaults; did not panic;
			// and says nothing to add that is refused again.
			obey(t, s, err)
			return
		}
		sound(t, s, plan)

		// Appending a zone, up to the slots, and removing one with "" in its place.
		for i, zone := range s.Zones {
			edited := s
			edited.Zones = slices.Clone(s.Zones)
			if zone == "" {
				edited.Zones[i] = "us-east-1" + string(rune('a'+i))
			} else {
				edited.Zones[i] = ""
			}
			again, err := edited.Plan()
			if err != nil {
				if explicit == 0 && slices.ContainsFunc(edited.Zones, func(z string) bool { return z != "" }) {
					t.Errorf("%q at %d has a slot, and is refused: %v", edited.Zones[i], i, err)
				}
				continue // an explicit block may be in the way, or the last zone gone
			}
			sound(t, edited, again)
			unmoved(t, plan, again)
		}

		// Giving a further zone a block of its own.
		wider := s
		wider.Zones = append(slices.Clone(s.Zones), "us-east-1z")
		wider.ZoneCIDRs = map[string]netip.Prefix{"us-east-1z": block(ownAddr, 16+ownLength%12)}
		if again, err := wider.Plan(); err == nil {
			sound(t, wider, again)
			unmoved(t, plan, again)
			if len(again.Subnets) != len(plan.Subnets)+len(wider.tiers()) || len(again.SecondaryBlocks) != 1 {
				t.Errorf("a further zone must add one subnet a tier and one block: %v", again)
			}
		}

		// Asking for all tiers.
		all := s
		all.Tiers = nil
		again, err := all.Plan()
		switch {
		case err == nil:
			sound(t, all, again)
			unmoved(t, plan, again)
		case explicit == 0:
			t.Errorf("no tier can be added to %+v: %v", s, err)
		default:
			if again, ok := obey(t, all, err); ok {
				unmoved(t, plan, again)
			}
		}
	})
}

func block(addr uint32, length uint8) netip.Prefix {
	a := netip.AddrFrom4([4]byte{byte(addr >> 24), byte(addr >> 16), byte(addr >> 8), byte(addr)})
	return netip.PrefixFrom(a, int(length)).Masked()
}

// obey plans a spec again with the blocks that its faults say to add, if each of
// them says one.
func obey(t *testing.T, s Spec, err error) (Plan, bool) {
	t.Helper()
	obeyed, ok := s.add(err.(field.Faults))
	if !ok {
		return Plan{}, false
	}
	plan, err := obeyed.Plan()
	if err != nil {
		t.Errorf("%+v: what the faults say to add is refused: %v", obeyed, err)
		return Plan{}, false
	}
	sound(t, obeyed, plan)
	return plan, true
}

// sound checks a plan by itself.
func sound(t *testing.T, s Spec, plan Plan) {
	t.Helper()
	for i, n := range plan.Subnets {
		if n.IPv6Index < 0 || n.IPv6Index > 255 {
			t.Errorf("a /56 has no /64 at %d: %+v", n.IPv6Index, s)
		}
		within := inside(n.CIDR, s.CIDR) || inside(n.CIDR, s.ZoneCIDRs[n.Zone])
		if !within || n.CIDR != n.CIDR.Masked() || n.CIDR.Bits() < largestBlock || n.CIDR.Bits() > smallestSubnet {
			t.Errorf("%v is not a block that AWS takes inside %v: %+v", n.CIDR, s.CIDR, s)
		}
		for _, o := range plan.Subnets[:i] {
			if n.CIDR.Overlaps(o.CIDR) {
				t.Errorf("%v overlaps %v: %+v", n, o, s)
			}
			if n.Zone == o.Zone && n.Tier == o.Tier {
				t.Errorf("%s has two %s subnets: %+v", n.Zone, n.Tier.Name, s)
			}
			if n.IPv6Index == o.IPv6Index {
				t.Errorf("%v has the IPv6 block of %v: %+v", n, o, s)
			}
		}
	}
	for _, b := range plan.SecondaryBlocks {
		if b.CIDR.Overlaps(s.CIDR) {
			t.Errorf("%v overlaps the main block %v", b.CIDR, s.CIDR)
		}
	}
}

// unmoved checks that subnets which are in both plans have one block.
func unmoved(t *testing.T, before, after Plan) {
	t.Helper()
	for _, b := range before.Subnets {
		for _, a := range after.Subnets {
			if a.Zone == b.Zone && a.Tier == b.Tier && a != b {
				t.Errorf("the %s subnet of %s moved from %v to %v", b.Tier.Name, b.Zone, b.CIDR, a.CIDR)
			}
		}
	}
}

// FuzzParse holds that no text makes a parser panic, that what it takes is a
// block in its range, and that a fault shows the text and a fix.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"10.0.0.0/16", "10.0.0.1/16", "::/0", "", " ", "10.0.0.0/", "/16", "10.0.0.0/016", "fe80::1%eth0/64", "10.0.0.0/16\n", "999.0.0.0/8"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		prefix, faults := ParseVPC("cidrBlock", text)
		if len(faults) == 0 {
			if prefix != prefix.Masked() || !prefix.Addr().Is4() || prefix.Bits() < 16 || prefix.Bits() > 28 {
				t.Errorf("%q was taken as %v", text, prefix)
			}
			return
		}
		if prefix.IsValid() {
			t.Errorf("%q has faults and is %v", text, prefix)
		}
		if got := faults[0].Error(); faults[0].Fix == "" || !strings.Contains(got, fmt.Sprintf("%q", text)) {
			t.Errorf("the fault of %q does not show it, or no fix: %s", text, got)
		}
		// No name of a zone panics either.
		CheckZones("availabilityZones", []string{text, text + "a"}, 2, nil, "", nil)
	})
}
