package netplan

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// p is a block in a test's text.
func p(s string) netip.Prefix { return netip.MustParsePrefix(s) }

// blocks are blocks by zone letter, in us-east-1.
func blocks(pairs ...string) map[string]netip.Prefix {
	m := map[string]netip.Prefix{}
	for i := 0; i < len(pairs); i += 2 {
		m["us-east-1"+pairs[i]] = p(pairs[i+1])
	}
	return m
}

// written are the blocks that the caller wrote for a tier, by zone letter.
func written(tier Tier, pairs ...string) map[Tier]map[string]netip.Prefix {
	return map[Tier]map[string]netip.Prefix{tier: blocks(pairs...)}
}

// zones are zone names by letter, in us-east-1; "-" is a removed zone.
func zones(letters string) []string {
	var all []string
	for _, l := range letters {
		if l == '-' {
			all = append(all, "")
		} else {
			all = append(all, "us-east-1"+string(l))
		}
	}
	return all
}

// good is the default network.
func good() Spec {
	return Spec{CIDR: p("10.0.0.0/16"), Zones: zones("ab"), MaxZones: 2}
}

func edit(f func(*Spec)) Spec {
	s := good()
	f(&s)
	return s
}

// TestDefaultLayout holds the private blocks of the AWS pattern that the
// defaults are taken from, and the rooms of the other tiers beside them.
func TestDefaultLayout(t *testing.T) {
	t.Parallel()
	got, err := good().Plan()
	if err != nil {
		t.Fatal(err)
	}
	want := Plan{Subnets: []Subnet{
		{Zone: "us-east-1a", Letter: "a", Tier: Private, CIDR: p("10.0.128.0/18"), IPv6Index: 16},
		{Zone: "us-east-1b", Letter: "b", Tier: Private, CIDR: p("10.0.192.0/18"), IPv6Index: 17},
		{Zone: "us-east-1a", Letter: "a", Tier: Public, CIDR: p("10.0.0.0/19"), IPv6Index: 0},
		{Zone: "us-east-1b", Letter: "b", Tier: Public, CIDR: p("10.0.32.0/19"), IPv6Index: 1},
		{Zone: "us-east-1a", Letter: "a", Tier: Data, CIDR: p("10.0.64.0/19"), IPv6Index: 32},
		{Zone: "us-east-1b", Letter: "b", Tier: Data, CIDR: p("10.0.96.0/19"), IPv6Index: 33},
	}}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestFaults holds the text of every fault of a spec: each row is an edit of a
// good spec and the faults that it must bring, all of them.
func TestFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		edit func(*Spec)
		want []string
	}{
		"no block": {
			func(s *Spec) { s.CIDR = netip.Prefix{} },
			[]string{`cidrBlock: is required; write a block such as "10.0.0.0/16"`},
		},
		"host bits": {
			func(s *Spec) { s.CIDR = p("10.0.0.1/16") },
			[]string{`cidrBlock: "10.0.0.1/16" has host bits set; write "10.0.0.0/16"`},
		},
		"IPv6": {
			func(s *Spec) { s.CIDR = p("fd00::/56") },
			[]string{`cidrBlock: "fd00::/56" is an IPv6 block; write an IPv4 block such as "10.0.0.0/16"`},
		},
		"too large": {
			func(s *Spec) { s.CIDR = p("10.0.0.0/8") },
			[]string{`cidrBlock: "10.0.0.0/8" is larger than AWS allows (/16 to /28); write "10.0.0.0/16"`},
		},
		"too small": {
			func(s *Spec) { s.CIDR = p("10.0.0.0/29") },
			[]string{`cidrBlock: "10.0.0.0/29" is smaller than allowed here (/16 to /28); write "10.0.0.0/28" or a larger block`},
		},
		"too small for the zones": {
			func(s *Spec) { s.CIDR, s.MaxZones = p("10.0.0.0/26"), 8 },
			[]string{`cidrBlock: "10.0.0.0/26" is too small for 8 zones: each needs room for a private, a public and a data subnet, and AWS's smallest subnet is /28; use /23 or larger`},
		},
		// A network that no tier could be added to is not made.
		"too small for the tiers that are not asked for": {
			func(s *Spec) { s.CIDR, s.Tiers = p("10.0.0.0/26"), []Tier{Private} },
			[]string{`cidrBlock: "10.0.0.0/26" is too small for 2 zones: each needs room for a private, a public and a data subnet, and AWS's smallest subnet is /28; use /25 or larger`},
		},
		"slots": {
			func(s *Spec) { s.MaxZones = 3 },
			[]string{`maxAvailabilityZones: 3 is not 2, 4 or 8; write 4, which has room for three zones`},
		},
		"no slots": {
			func(s *Spec) { s.MaxZones = 0 },
			[]string{`maxAvailabilityZones: 0 is not 2, 4 or 8; write 2, 4 or 8`},
		},
		"no zones": {
			func(s *Spec) { s.Zones = nil },
			[]string{`availabilityZones: names no zone; name at least one availability zone, such as "us-east-1a"`},
		},
		"removed zones only": {
			func(s *Spec) { s.Zones = zones("--") },
			[]string{`availabilityZones: names no zone; name at least one availability zone, such as "us-east-1a"`},
		},
		"a zone twice": {
			func(s *Spec) { s.Zones = zones("aa") },
			[]string{`availabilityZones[1]: "us-east-1a" is in the list twice, also at availabilityZones[0]; name each zone once`},
		},
		"a zone of another region": {
			func(s *Spec) { s.Zones[1] = "eu-west-1b" },
			[]string{`availabilityZones[1]: "eu-west-1b" is a zone of another region than "us-east-1a"; a VPC is in one region: name zones of that one only`},
		},
		"zones of another region than the network's": {
			func(s *Spec) { s.Region = "eu-west-1" },
			[]string{
				`availabilityZones[0]: "us-east-1a" is a zone of another region; the region is eu-west-1; write "eu-west-1a"`,
				`availabilityZones[1]: "us-east-1b" is a zone of another region; the region is eu-west-1; write "eu-west-1b"`,
			},
		},
		"a zone that the region has not": {
			func(s *Spec) { s.KnownZones = []string{"us-east-1a", "us-east-1c"} },
			[]string{`availabilityZones[1]: "us-east-1b" is not a zone of us-east-1 that this account can use; use one of us-east-1a, us-east-1c`},
		},
		"Local Zone": {
			func(s *Spec) { s.Zones[1] = "us-east-1-bos-1a" },
			[]string{`availabilityZones[1]: "us-east-1-bos-1a" is a Local Zone or Wavelength Zone, where Fargate and most interface endpoints are not offered; write a name such as "us-east-1a"`},
		},
		"zone id": {
			func(s *Spec) { s.Zones[1] = "use1-az2" },
			[]string{`availabilityZones[1]: "use1-az2" is a zone id; write the zone's name in this account, such as "us-east-1a" (aws ec2 describe-availability-zones shows both)`},
		},
		"region as a zone": {
			func(s *Spec) { s.Zones = []string{"us-east-1"} },
			[]string{`availabilityZones[0]: "us-east-1" is a region; name a zone of it, such as "us-east-1a"`},
		},
		"more zones than slots": {
			func(s *Spec) { s.Zones = zones("abc") },
			[]string{`availabilityZones[2]: "us-east-1c" has no slot: the layout has 2 (maxAvailabilityZones); a new VPC takes maxAvailabilityZones 4 or 8; in an existing one that is fixed, so give the zone a block of its own in zoneCidrBlocks["us-east-1c"]`},
		},
		"more zones than the most slots": {
			func(s *Spec) { s.Zones, s.MaxZones = zones("abcdefghi"), 8 },
			[]string{`availabilityZones[8]: "us-east-1i" has no slot: the layout has 8 (maxAvailabilityZones); give the zone a block of its own in zoneCidrBlocks["us-east-1i"]`},
		},
		"a zone's own block in the main one": {
			func(s *Spec) { s.Zones, s.ZoneCIDRs = zones("abc"), blocks("c", "10.0.4.0/24") },
			[]string{`zoneCidrBlocks["us-east-1c"]: "10.0.4.0/24" overlaps the VPC's main block 10.0.0.0/16; write a block outside it`},
		},
		"own blocks that overlap": {
			func(s *Spec) { s.Zones, s.ZoneCIDRs = zones("abcd"), blocks("c", "10.1.0.0/16", "d", "10.1.2.0/24") },
			[]string{`zoneCidrBlocks["us-east-1d"]: "10.1.2.0/24" overlaps 10.1.0.0/16 of zoneCidrBlocks["us-east-1c"]; give each zone a block of its own`},
		},
		"more zones than IPv6 addresses": {
			func(s *Spec) {
				s.Zones, s.ZoneCIDRs = zones("ab--------------q"), blocks("q", "10.2.0.0/24")
			},
			[]string{`availabilityZones[16]: "us-east-1q" has a place after the first 16 of the list, which are those with IPv6 addresses; write it in the place of a zone that was removed, ""`},
		},
		"an own block too small to cut": {
			func(s *Spec) { s.Zones, s.ZoneCIDRs = zones("abc"), blocks("c", "10.1.0.0/27") },
			[]string{`zoneCidrBlocks["us-east-1c"]: "10.1.0.0/27" is smaller than allowed here (/16 to /26); write "10.1.0.0/26" or a larger block`},
		},
		"an own block for a zone with a slot": {
			func(s *Spec) { s.ZoneCIDRs, s.Tiers = blocks("b", "10.1.0.0/24"), []Tier{Private, Public} },
			[]string{`zoneCidrBlocks["us-east-1b"]: "10.1.0.0/24" is for a zone that has slot 1 of the main block already, and would move its subnets; only zones after the first 2 (maxAvailabilityZones) take a block of their own; to set a subnet's block, use privateCidrBlocks or publicCidrBlocks`},
		},
		"an own block for no zone": {
			func(s *Spec) { s.ZoneCIDRs = blocks("f", "10.1.0.0/24") },
			[]string{`zoneCidrBlocks["us-east-1f"]: "10.1.0.0/24" is for a zone that is not in availabilityZones; append the zone there, or remove the block`},
		},
		"more own blocks than AWS takes": {
			func(s *Spec) {
				s.Zones = zones("abcdefg")
				s.ZoneCIDRs = blocks("c", "10.2.0.0/24", "d", "10.3.0.0/24", "e", "10.4.0.0/24", "f", "10.5.0.0/24", "g", "10.6.0.0/24")
			},
			[]string{`zoneCidrBlocks: 5 blocks are more than the four secondary blocks that a VPC takes besides its main one (AWS's default quota of five); use fewer, or start a new VPC with maxAvailabilityZones 8`},
		},
		"an own block from another private range": {
			func(s *Spec) { s.Zones, s.ZoneCIDRs = zones("abc"), blocks("c", "192.168.0.0/24") },
			[]string{`zoneCidrBlocks["us-east-1c"]: "192.168.0.0/24" is in another private range (192.168.0.0/16) than the VPC's main block 10.0.0.0/16, which AWS does not add; write a block from 10.0.0.0/8 or from 100.64.0.0/10`},
		},
		"explicit block outside": {
			func(s *Spec) { s.Written = written(Private, "a", "10.1.0.0/24") },
			[]string{`privateCidrBlocks["us-east-1a"]: "10.1.0.0/24" does not lie in the VPC's main block 10.0.0.0/16; write a block inside it`},
		},
		"explicit block larger than the VPC's": {
			func(s *Spec) { s.CIDR, s.Written = p("10.0.0.0/20"), written(Private, "a", "10.0.0.0/16") },
			[]string{`privateCidrBlocks["us-east-1a"]: "10.0.0.0/16" does not lie in the VPC's main block 10.0.0.0/20; write a block inside it`},
		},
		"explicit block in neither block": {
			func(s *Spec) {
				s.Zones, s.ZoneCIDRs, s.Written = zones("abc"), blocks("c", "10.1.0.0/24"), written(Public, "c", "10.2.0.0/24")
			},
			[]string{`publicCidrBlocks["us-east-1c"]: "10.2.0.0/24" lies neither in the VPC's main block 10.0.0.0/16 nor in the zone's own 10.1.0.0/24; write a block inside one of them`},
		},
		// a's own slot is left, and as large as b's.
		"explicit block of a neighbour's slot": {
			func(s *Spec) { s.Written = written(Private, "a", "10.0.192.0/24") },
			[]string{`privateCidrBlocks["us-east-1a"]: "10.0.192.0/24" overlaps the private subnet of us-east-1b, 10.0.192.0/18; write a block that is free, or add privateCidrBlocks["us-east-1b"]: "10.0.128.0/18"`},
		},
		// The data subnet of b has nothing but what is left of its own slot and of a's.
		"explicit block of a data slot": {
			func(s *Spec) { s.Written = written(Public, "a", "10.0.96.0/20") },
			[]string{`publicCidrBlocks["us-east-1a"]: "10.0.96.0/20" overlaps the data subnet of us-east-1b, 10.0.96.0/19; write a block that is free, or add dataCidrBlocks["us-east-1b"]: "10.0.0.0/19"`},
		},
		// Slots of zones that may come are no room.
		"explicit block that leaves less": {
			func(s *Spec) {
				s.MaxZones, s.Written = 4, written(Data, "a", "10.0.160.0/20")
				s.Tiers = []Tier{Private, Data}
			},
			[]string{`dataCidrBlocks["us-east-1a"]: "10.0.160.0/20" overlaps the private subnet of us-east-1b, 10.0.160.0/19; write a block that is free, or add privateCidrBlocks["us-east-1b"]: "10.0.64.0/20"`},
		},
		"explicit blocks that leave no room": {
			func(s *Spec) {
				s.Zones, s.Tiers, s.Written = zones("a"), []Tier{Private, Public}, written(Private, "a", "10.0.0.0/16")
			},
			[]string{`privateCidrBlocks["us-east-1a"]: "10.0.0.0/16" overlaps the public subnet of us-east-1a, 10.0.0.0/19; write a block that is free`},
		},
		// The block has no slots at all, and the zone's own has no room left.
		"explicit blocks in a block without slots": {
			func(s *Spec) {
				s.CIDR, s.Zones, s.MaxZones, s.Tiers = p("10.0.0.0/28"), zones("a-------i"), 8, []Tier{Private, Public}
				s.ZoneCIDRs = blocks("i", "10.2.0.0/26")
				s.Written = written(Private, "a", "10.0.0.0/28", "i", "10.2.0.0/26")
				s.Written[Public] = blocks("a", "10.0.0.0/28")
			},
			[]string{
				`publicCidrBlocks["us-east-1a"]: "10.0.0.0/28" overlaps 10.0.0.0/28 of privateCidrBlocks["us-east-1a"]; write a block that is free`,
				`privateCidrBlocks["us-east-1i"]: "10.2.0.0/26" overlaps the public subnet of us-east-1i, 10.2.0.0/28; write a block that is free`,
			},
		},
		"explicit blocks that overlap": {
			func(s *Spec) {
				s.Written = written(Private, "a", "10.0.64.0/24")
				s.Written[Public] = blocks("b", "10.0.64.128/25", "a", "10.0.32.0/24")
				s.Tiers = []Tier{Private, Public}
			},
			[]string{`publicCidrBlocks["us-east-1b"]: "10.0.64.128/25" overlaps 10.0.64.0/24 of privateCidrBlocks["us-east-1a"]; write a block that is free`},
		},
		"explicit block for no zone": {
			func(s *Spec) { s.Written = written(Data, "z", "10.0.64.0/24") },
			[]string{`dataCidrBlocks["us-east-1z"]: "10.0.64.0/24" is for a zone that is not in availabilityZones; append the zone there, or remove the block`},
		},
		"tier": {
			func(s *Spec) { s.Tiers = []Tier{{Name: "secret"}} },
			[]string{`tiers: "secret" is not a tier; use private, public or data`},
		},
		"many at once": {
			func(s *Spec) { s.CIDR, s.MaxZones, s.Zones = p("10.0.0.1/16"), 9, zones("aa") },
			[]string{
				`cidrBlock: "10.0.0.1/16" has host bits set; write "10.0.0.0/16"`,
				`maxAvailabilityZones: 9 is not 2, 4 or 8; write 2, 4 or 8`,
				`availabilityZones[1]: "us-east-1a" is in the list twice, also at availabilityZones[0]; name each zone once`,
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan, err := edit(tt.edit).Plan()
			var faults field.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("want faults, got %v and the plan %v", err, plan)
			}
			var got []string
			for _, f := range faults {
				got = append(got, f.Error())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if len(plan.Subnets) > 0 {
				t.Error("a spec with faults must not have a plan")
			}
		})
	}
}

// TestExplicitBlocks holds that a block the caller writes takes the place of a
// slot and of nothing else.
func TestExplicitBlocks(t *testing.T) {
	t.Parallel()
	got, err := edit(func(s *Spec) {
		s.Zones, s.ZoneCIDRs = zones("abc"), blocks("c", "10.2.0.0/24")
		s.Written = map[Tier]map[string]netip.Prefix{
			Private: blocks("a", "10.0.128.0/24", "c", "10.2.0.128/26"), // in its own slot, and in its own block
			Public:  blocks("b", "10.0.160.0/24"),                       // in what private a leaves of its slot
			Data:    blocks("c", "10.0.161.0/24"),                       // in the main block, though it has its own
		}
	}).Plan()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"private a 10.0.128.0/24", "private b 10.0.192.0/18", "private c 10.2.0.128/26",
		"public a 10.0.0.0/19", "public b 10.0.160.0/24", "public c 10.2.0.0/26",
		"data a 10.0.64.0/19", "data b 10.0.96.0/19", "data c 10.0.161.0/24",
	}
	if diff := cmp.Diff(want, texts(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(got.SecondaryBlocks) != 1 || got.SecondaryBlocks[0] != (Block{"us-east-1c", "c", p("10.2.0.0/24")}) {
		t.Errorf("secondary blocks: %v", got.SecondaryBlocks)
	}
}

// TestAdoptedLayout holds that a VPC laid out by somebody else can be described:
// private subnets in the parts that ours keeps for other tiers, as long as there
// are none of these; and that those then need blocks, too, which the faults
// name. So a tier is added, and nothing that is there moves.
func TestAdoptedLayout(t *testing.T) {
	t.Parallel()
	adopted := edit(func(s *Spec) {
		s.Written = written(Private, "a", "10.0.0.0/24", "b", "10.0.64.0/24")
		s.Tiers = []Tier{Private}
	})
	got, err := adopted.Plan()
	if err != nil {
		t.Fatal(err)
	}
	private := []string{"private a 10.0.0.0/24", "private b 10.0.64.0/24"}
	if diff := cmp.Diff(private, texts(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}

	adopted.Tiers = []Tier{Private, Public, Data}
	_, err = adopted.Plan()
	var faults field.Faults
	if !errors.As(err, &faults) || len(faults) != 2 {
		t.Fatalf("a public and a data subnet would overlap the private ones, and the faults are: %v", err)
	}
	obeyed, ok := adopted.add(faults)
	if !ok {
		t.Fatalf("one of the faults says nothing to add: %v", faults)
	}
	got, err = obeyed.Plan()
	if err != nil {
		t.Fatalf("what the faults say to add is refused: %v", err)
	}
	want := append(private, "public a 10.0.128.0/19", "public b 10.0.32.0/19", "data a 10.0.192.0/19", "data b 10.0.96.0/19")
	if diff := cmp.Diff(want, texts(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

var addition = regexp.MustCompile(`or add (\w+)\["([^"]+)"\]: "(.*)"$`)

// add writes the blocks that the faults of a spec say to add. It is false
// unless each of them says one.
func (s Spec) add(faults field.Faults) (Spec, bool) {
	obeyed := s
	obeyed.Written = map[Tier]map[string]netip.Prefix{}
	for _, tier := range Tiers {
		obeyed.Written[tier] = map[string]netip.Prefix{}
		maps.Copy(obeyed.Written[tier], s.Written[tier])
	}
	for _, f := range faults {
		m := addition.FindStringSubmatch(f.Fix)
		if m == nil {
			return s, false
		}
		for _, tier := range Tiers {
			if tier.Argument == m[1] {
				obeyed.Written[tier][m[2]] = p(m[3])
			}
		}
	}
	return obeyed, true
}

func texts(plan Plan) []string {
	var all []string
	for _, s := range plan.Subnets {
		all = append(all, s.Tier.Name+" "+s.Letter+" "+s.CIDR.String())
	}
	return all
}

// TestSecondaryBlocks goes through AWS's table of what it adds to which VPC.
func TestSecondaryBlocks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		main, block string
		taken       bool
	}{
		{"10.0.0.0/16", "10.1.0.0/16", true},
		{"10.0.0.0/20", "10.0.16.0/20", false},
		{"10.1.0.0/16", "10.0.0.0/16", false},
		{"10.2.0.0/16", "10.0.0.0/16", true},
		{"10.0.0.0/16", "172.16.0.0/16", false},
		{"10.0.0.0/16", "192.168.0.0/16", false},
		{"10.0.0.0/16", "198.19.0.0/16", false},
		{"10.0.0.0/16", "100.64.0.0/16", true},
		{"10.0.0.0/16", "203.0.112.0/20", true},
		{"10.0.0.0/16", "169.254.0.0/16", false},
		{"172.16.0.0/16", "172.17.0.0/16", true},
		{"172.16.0.0/16", "172.31.0.0/16", false},
		{"172.16.0.0/16", "10.0.0.0/16", false},
		{"172.16.0.0/16", "100.64.0.0/16", true},
		{"192.168.0.0/20", "192.168.16.0/20", true},
		{"192.168.0.0/20", "10.0.0.0/16", false},
		{"198.19.0.0/20", "10.0.0.0/16", false},
		{"198.19.0.0/20", "198.19.16.0/20", true},
		{"198.19.0.0/20", "100.64.0.0/16", true},
		{"100.64.0.0/16", "100.65.0.0/16", true},
		{"100.64.0.0/16", "10.0.0.0/16", false},
		{"100.64.0.0/16", "198.19.0.0/16", false},
		{"203.0.112.0/20", "192.168.0.0/16", false},
	}
	for _, tt := range tests {
		rule, fix := restricted(p(tt.main), p(tt.block))
		if (rule == "") != tt.taken {
			t.Errorf("%s in a VPC of %s: want taken=%v, got %q", tt.block, tt.main, tt.taken, rule)
		}
		if rule != "" && fix == "" {
			t.Errorf("%s in a VPC of %s: %q says no fix", tt.block, tt.main, rule)
		}
	}
	// Beside another secondary block of 10.0.0.0/15.
	if rule, _ := restricted(p("10.5.0.0/16"), p("10.0.0.0/17"), p("10.1.0.0/16")); !strings.Contains(rule, "a VPC of 10.1.0.0/16") {
		t.Errorf("10.0.0.0/17 beside 10.1.0.0/16: %q", rule)
	}
	if rule, _ := restricted(p("10.5.0.0/16"), p("10.0.0.0/17"), p("10.2.0.0/16")); rule != "" {
		t.Errorf("10.0.0.0/17 beside 10.2.0.0/16: %q", rule)
	}
}

func TestParseCIDR(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, want string }{
		"good":               {"10.0.0.0/16", ""},
		"smallest":           {"10.0.0.0/28", ""},
		"empty":              {"", `cidrBlock: "" is empty; write a block such as "10.0.0.0/16", or leave the property out`},
		"word":               {"default", `cidrBlock: "default" is not a CIDR block; write an IPv4 block such as "10.0.0.0/16"`},
		"no length":          {"10.0.0.0", `cidrBlock: "10.0.0.0" has no prefix length; write "10.0.0.0/16"`},
		"no length, smaller": {"10.0.7.0", `cidrBlock: "10.0.7.0" has no prefix length; write "10.0.7.0/24"`},
		"no length, a host":  {"10.0.7.9", `cidrBlock: "10.0.7.9" has no prefix length; write "10.0.7.0/28"`},
		"blanks":             {" 10.0.0.0/16", `cidrBlock: " 10.0.0.0/16" has blanks around it; write "10.0.0.0/16"`},
		"three parts":        {"10.0.0/16", `cidrBlock: "10.0.0/16" is not a CIDR block; write an IPv4 block such as "10.0.0.0/16"`},
		"large part":         {"10.0.0.256/24", `cidrBlock: "10.0.0.256/24" is not a CIDR block; write an IPv4 block such as "10.0.0.0/16"`},
		"length too large":   {"10.0.0.0/33", `cidrBlock: "10.0.0.0/33" is not a CIDR block; write an IPv4 block such as "10.0.0.0/16"`},
		"host bits":          {"10.0.7.9/20", `cidrBlock: "10.0.7.9/20" has host bits set; write "10.0.0.0/20"`},
		"large, host bits":   {"10.9.0.1/8", `cidrBlock: "10.9.0.1/8" is larger than AWS allows (/16 to /28); write "10.0.0.0/16"`},
		"small":              {"10.0.0.255/30", `cidrBlock: "10.0.0.255/30" is smaller than allowed here (/16 to /28); write "10.0.0.240/28" or a larger block`},
		"IPv6":               {"2001:db8::/56", `cidrBlock: "2001:db8::/56" is an IPv6 block; write an IPv4 block such as "10.0.0.0/16"`},
		"IPv4 in IPv6":       {"::ffff:10.0.0.0/112", `cidrBlock: "::ffff:10.0.0.0/112" is an IPv6 block; write an IPv4 block such as "10.0.0.0/16"`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			prefix, faults := ParseVPC("cidrBlock", tt.text)
			if got := faults.Error(); got != tt.want {
				t.Errorf("(-want +got)\n%s", cmp.Diff(tt.want, got))
			}
			if prefix.IsValid() != (tt.want == "") {
				t.Errorf("the prefix is %v", prefix)
			}
		})
	}
	if prefix, faults := ParseCIDR("cidrBlock", "0.0.0.0/0", 0, 32); len(faults) > 0 || prefix != p("0.0.0.0/0") {
		t.Errorf("any block may be allowed: %v %v", prefix, faults)
	}
}

func TestZoneLetter(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"us-east-1a": "a", "us-gov-west-1b": "b", "us-iso-east-1c": "c", "ap-southeast-2d": "d", "eusc-de-east-1a": "a",
		"cn-northwest-1c": "c", "mx-central-1a": "a",
		"us-east-1": "", "us-east-1-bos-1a": "", "us-east-1-wl1-bos-wlz-1": "", "use1-az1": "", "us-east-1A": "", "": "",
		"us-east-a": "", "us-east-1aa": "", "1a": "",
	}
	for zone, want := range tests {
		got, ok := ZoneLetter(zone)
		if got != want || ok != (want != "") {
			t.Errorf("ZoneLetter(%q) = %q, %v; want %q", zone, got, ok, want)
		}
	}
}

var update = flag.Bool("update", false, "write testdata/layouts.golden")

// TestLayouts compares layouts with those that were handed out before. A
// difference means that networks which exist would move: that is a defect, not
// a reason to update the file. New lines are added with
// go test ./internal/netplan -run TestLayouts -update.
func TestLayouts(t *testing.T) {
	if *update && os.Getenv("CI") != "" {
		t.Fatal("a layout that moves moves everybody's subnets; -update is refused in CI")
	}
	scenarios := []struct {
		name string
		spec Spec
	}{
		{"default", good()},
		{"one zone", edit(func(s *Spec) { s.Zones = zones("a") })},
		{"a removed zone", edit(func(s *Spec) { s.Zones = zones("-b") })},
		{"order decides", edit(func(s *Spec) { s.Zones = zones("ba") })},
		{"four slots", edit(func(s *Spec) { s.Zones, s.MaxZones = zones("abc"), 4 })},
		{"four slots, full", edit(func(s *Spec) { s.Zones, s.MaxZones = zones("abcd"), 4 })},
		{"eight slots", edit(func(s *Spec) { s.Zones, s.MaxZones = zones("abcdefgh"), 8 })},
		{"eight slots, gaps", edit(func(s *Spec) { s.Zones, s.MaxZones = zones("a-c--f"), 8 })},
		{"smallest for two", edit(func(s *Spec) { s.CIDR = p("10.0.0.0/25") })},
		{"smallest for four", edit(func(s *Spec) { s.CIDR, s.Zones, s.MaxZones = p("10.0.7.0/24"), zones("abcd"), 4 })},
		{"smallest for eight", edit(func(s *Spec) { s.CIDR, s.Zones, s.MaxZones = p("192.168.2.0/23"), zones("abcdefgh"), 8 })},
		{"other block", edit(func(s *Spec) { s.CIDR = p("172.20.64.0/19") })},
		{"data only", edit(func(s *Spec) { s.Tiers = []Tier{Data} })},
		{"private only", edit(func(s *Spec) { s.Tiers = []Tier{Private} })},
		{"public first", edit(func(s *Spec) { s.Tiers = []Tier{Public, Private} })},
		{"a further zone", edit(func(s *Spec) { s.Zones, s.ZoneCIDRs = zones("abc"), blocks("c", "10.1.0.0/16") })},
		{"further zones, one removed", edit(func(s *Spec) {
			s.Zones, s.ZoneCIDRs = zones("ab-d"), blocks("d", "100.64.0.0/26")
		})},
		{"explicit blocks", edit(func(s *Spec) {
			s.Written = written(Private, "b", "10.0.192.0/20")
			s.Written[Public], s.Written[Data] = blocks("a", "10.0.0.0/28"), blocks("b", "10.0.208.0/28")
		})},
	}
	var got bytes.Buffer
	for _, sc := range scenarios {
		plan, err := sc.spec.Plan()
		if err != nil {
			t.Fatalf("%s: %v", sc.name, err)
		}
		fmt.Fprintf(&got, "%s: %s, %d slots\n", sc.name, sc.spec.CIDR, sc.spec.MaxZones)
		for _, b := range plan.SecondaryBlocks {
			fmt.Fprintf(&got, "  %s block %s\n", b.Zone, b.CIDR)
		}
		for _, s := range plan.Subnets {
			fmt.Fprintf(&got, "  %s %-7s %-17s IPv6 %d\n", s.Zone, s.Tier.Name, s.CIDR, s.IPv6Index)
		}
	}
	golden := filepath.Join("testdata", "layouts.golden")
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("subnets of networks that exist would move (-want +got)\n%s", diff)
	}
}

// TestSameSpecSamePlan holds that no order is taken from a map.
func TestSameSpecSamePlan(t *testing.T) {
	t.Parallel()
	s := edit(func(s *Spec) {
		s.Zones = zones("abcdef")
		s.ZoneCIDRs = blocks("c", "10.0.0.0/24", "d", "10.0.1.0/24", "e", "192.168.0.0/24", "f", "10.7.0.0/29")
		s.Written = written(Private, "x", "10.0.0.0/24", "y", "10.0.0.0/24", "z", "10.0.0.0/24")
		s.Written[Data] = blocks("x", "10.0.0.0/24", "y", "10.0.0.0/24")
	})
	_, first := s.Plan()
	for range 50 {
		s.ZoneCIDRs, s.Written = maps.Clone(s.ZoneCIDRs), maps.Clone(s.Written)
		if _, err := s.Plan(); err.Error() != first.Error() {
			t.Fatalf("the same faults in another order:\n%s", cmp.Diff(first.Error(), err.Error()))
		}
	}
}

// TestNothingShared holds that a plan is the caller's own.
func TestNothingShared(t *testing.T) {
	t.Parallel()
	s := good()
	before := slices.Clone(s.Zones)
	plan, err := s.Plan()
	if err != nil {
		t.Fatal(err)
	}
	plan.Subnets[0].Zone = "changed"
	if again, _ := s.Plan(); again.Subnets[0].Zone != "us-east-1a" || !slices.Equal(before, s.Zones) {
		t.Error("planning changed the spec, or a plan is shared")
	}
}

func BenchmarkPlan(b *testing.B) {
	s := edit(func(s *Spec) { s.Zones, s.MaxZones = zones("abcdefgh"), 8 })
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Plan(); err != nil {
			b.Fatal(err)
		}
	}
}
