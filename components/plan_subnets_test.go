package components

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// TestPlanIsTheComponents: what the function says is what the components make
// of the same arguments, by name and address.
func TestPlanIsTheComponents(t *testing.T) {
	t.Parallel()
	private, public := []SubnetTier{SubnetTierPrivate}, []SubnetTier{SubnetTierPublic}
	both := append(private, public...)
	tests := map[string]struct {
		plan    PlanSubnetsArgs
		program pulumi.RunFunc
	}{
		"isolated VPC": {
			PlanSubnetsArgs{AvailabilityZones: []string{"us-east-1a", "us-east-1b"}, Tiers: private},
			programs["isolated-vpc"],
		},
		"isolated VPC with everything": {
			PlanSubnetsArgs{
				CidrBlock: ptr("10.1.0.0/16"), AvailabilityZones: []string{"us-east-1a", "", "us-east-1c"},
				ZoneCidrBlocks:    map[string]string{"us-east-1c": "10.9.0.0/20"},
				PrivateCidrBlocks: map[string]string{"us-east-1a": "10.1.200.0/24"},
				Tiers:             private,
			},
			programs["isolated-vpc-everything"],
		},
		"NAT network": {
			PlanSubnetsArgs{AvailabilityZones: []string{"us-east-1a", "us-east-1b"}, Tiers: both},
			programs["nat-network"],
		},
		"NAT network with everything": {
			PlanSubnetsArgs{
				CidrBlock: ptr("10.1.0.0/16"), AvailabilityZones: []string{"us-east-1a", "", "us-east-1c"}, MaxAvailabilityZones: ptr(4),
				PublicCidrBlocks: map[string]string{"us-east-1a": "10.1.3.0/24"},
				Tiers:            both,
			},
			programs["nat-network-everything"],
		},
		"public network": {
			PlanSubnetsArgs{AvailabilityZones: []string{"us-east-1a", "us-east-1b"}, Tiers: public},
			programs["public-network"],
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			made := map[string]string{}
			for _, n := range mustRun(t, tt.program).ofType("aws:ec2/subnet:Subnet") {
				made[n.name] = n.inputs["availabilityZone"].StringValue() + " " + n.inputs["cidrBlock"].StringValue()
			}
			result, err := PlanSubnets(&tt.plan)
			if err != nil {
				t.Fatal(err)
			}
			planned := map[string]string{}
			for _, s := range result.Subnets {
				planned["net-"+*s.Name] = *s.AvailabilityZone + " " + s.CidrBlock
				if !strings.HasPrefix(*s.Name, strings.ToLower(string(s.Tier))) {
					t.Errorf("%s is of tier %s", *s.Name, s.Tier)
				}
				if at := tt.plan.AvailabilityZones[s.Position]; at != *s.AvailabilityZone {
					t.Errorf("%s is at position %d, which is %s", *s.AvailabilityZone, s.Position, at)
				}
			}
			if diff := cmp.Diff(made, planned); diff != "" {
				t.Errorf("subnets (-made +planned)\n%s", diff)
			}
		})
	}
}

func TestPlanSubnets(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		args PlanSubnetsArgs
		want PlanSubnetsResult
	}{
		"zones that have no name": {
			PlanSubnetsArgs{MaxAvailabilityZones: ptr(4), NumberOfAvailabilityZones: ptr(1)},
			PlanSubnetsResult{
				Subnets: []PlannedSubnet{
					{Tier: SubnetTierPrivate, CidrBlock: "10.0.128.0/19", UsableAddresses: 8187, Ipv6Index: 16},
					{Tier: SubnetTierPublic, CidrBlock: "10.0.0.0/20", UsableAddresses: 4091},
					{Tier: SubnetTierData, CidrBlock: "10.0.64.0/20", UsableAddresses: 4091, Ipv6Index: 32},
				},
				SecondaryBlocks: []PlannedBlock{},
				FreeBlocks: []FreeBlock{
					{"10.0.16.0/20", 4096}, {"10.0.32.0/19", 8192}, {"10.0.80.0/20", 4096}, {"10.0.96.0/19", 8192},
					{"10.0.160.0/19", 8192}, {"10.0.192.0/18", 16384},
				},
				FreeAvailabilityZones: 3,
			},
		},
		"a further zone with a block of its own": {
			PlanSubnetsArgs{
				CidrBlock:         ptr("10.0.0.0/25"),
				AvailabilityZones: []string{"us-east-1a", "", "us-east-1d"},
				ZoneCidrBlocks:    map[string]string{"us-east-1d": "100.64.0.0/25"},
				Tiers:             []SubnetTier{SubnetTierPublic},
			},
			PlanSubnetsResult{
				Subnets: []PlannedSubnet{
					{ptr("public-a"), SubnetTierPublic, ptr("us-east-1a"), 0, "10.0.0.0/28", 11, 0},
					{ptr("public-d"), SubnetTierPublic, ptr("us-east-1d"), 2, "100.64.0.0/27", 27, 2},
				},
				SecondaryBlocks: []PlannedBlock{{"us-east-1d", "100.64.0.0/25"}},
				FreeBlocks: []FreeBlock{
					{"10.0.0.16/28", 16}, {"10.0.0.32/27", 32}, {"10.0.0.64/26", 64}, {"100.64.0.32/27", 32}, {"100.64.0.64/26", 64},
				},
			},
		},
		// The addresses of the data tier are free as long as it is not asked for.
		"without data subnets": {
			PlanSubnetsArgs{AvailabilityZones: []string{"us-east-1a", "us-east-1b"}, Tiers: []SubnetTier{SubnetTierPublic, SubnetTierPrivate}},
			PlanSubnetsResult{
				Subnets: []PlannedSubnet{
					{ptr("public-a"), SubnetTierPublic, ptr("us-east-1a"), 0, "10.0.0.0/19", 8187, 0},
					{ptr("public-b"), SubnetTierPublic, ptr("us-east-1b"), 1, "10.0.32.0/19", 8187, 1},
					{ptr("private-a"), SubnetTierPrivate, ptr("us-east-1a"), 0, "10.0.128.0/18", 16379, 16},
					{ptr("private-b"), SubnetTierPrivate, ptr("us-east-1b"), 1, "10.0.192.0/18", 16379, 17},
				},
				SecondaryBlocks: []PlannedBlock{}, FreeBlocks: []FreeBlock{{"10.0.64.0/18", 16384}},
			},
		},
		"data subnets, one by hand": {
			PlanSubnetsArgs{
				AvailabilityZones: []string{"us-east-1a", "us-east-1b"}, Tiers: []SubnetTier{SubnetTierData},
				DataCidrBlocks: map[string]string{"us-east-1b": "10.0.96.0/20"},
			},
			PlanSubnetsResult{
				Subnets: []PlannedSubnet{
					{ptr("data-a"), SubnetTierData, ptr("us-east-1a"), 0, "10.0.64.0/19", 8187, 32},
					{ptr("data-b"), SubnetTierData, ptr("us-east-1b"), 1, "10.0.96.0/20", 4091, 33},
				},
				SecondaryBlocks: []PlannedBlock{},
				FreeBlocks:      []FreeBlock{{"10.0.0.0/18", 16384}, {"10.0.112.0/20", 4096}, {"10.0.128.0/17", 32768}},
			},
		},
		"nothing is free": {
			PlanSubnetsArgs{AvailabilityZones: []string{"us-east-1a", "us-east-1b"}},
			PlanSubnetsResult{
				Subnets: []PlannedSubnet{
					{ptr("private-a"), SubnetTierPrivate, ptr("us-east-1a"), 0, "10.0.128.0/18", 16379, 16},
					{ptr("private-b"), SubnetTierPrivate, ptr("us-east-1b"), 1, "10.0.192.0/18", 16379, 17},
					{ptr("public-a"), SubnetTierPublic, ptr("us-east-1a"), 0, "10.0.0.0/19", 8187, 0},
					{ptr("public-b"), SubnetTierPublic, ptr("us-east-1b"), 1, "10.0.32.0/19", 8187, 1},
					{ptr("data-a"), SubnetTierData, ptr("us-east-1a"), 0, "10.0.64.0/19", 8187, 32},
					{ptr("data-b"), SubnetTierData, ptr("us-east-1b"), 1, "10.0.96.0/19", 8187, 33},
				},
				SecondaryBlocks: []PlannedBlock{}, FreeBlocks: []FreeBlock{},
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := PlanSubnets(&tt.args)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&tt.want, got); diff != "" {
				t.Errorf("layout (-want +got)\n%s", diff)
			}
		})
	}
}

// TestPlanWithoutArguments: no arguments are the arguments' defaults.
func TestPlanWithoutArguments(t *testing.T) {
	t.Parallel()
	got, err := PlanSubnets(nil)
	if err != nil {
		t.Fatal(err)
	}
	want, err := PlanSubnets(&PlanSubnetsArgs{
		CidrBlock: ptr("10.0.0.0/16"), NumberOfAvailabilityZones: ptr(2), MaxAvailabilityZones: ptr(2),
		Tiers: []SubnetTier{SubnetTierPrivate, SubnetTierPublic, SubnetTierData},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("defaults (-want +got)\n%s", diff)
	}
}

func TestPlanSubnetsFaults(t *testing.T) {
	t.Parallel()
	two := []string{"us-east-1a", "us-east-1b"}
	tests := map[string]struct {
		args PlanSubnetsArgs
		want []string // all of them
	}{
		"a bad block": {
			PlanSubnetsArgs{CidrBlock: ptr("10.0.0.1/16")},
			[]string{`cidrBlock: "10.0.0.1/16" has host bits set; write "10.0.0.0/16"`},
		},
		"zones listed and counted": {
			PlanSubnetsArgs{AvailabilityZones: two, NumberOfAvailabilityZones: ptr(2)},
			[]string{"numberOfAvailabilityZones: 2 cannot be given together with availabilityZones; leave one of them out"},
		},
		"more zones than slots": {
			PlanSubnetsArgs{NumberOfAvailabilityZones: ptr(3)},
			[]string{"numberOfAvailabilityZones: 3 is not in the range 1 to maxAvailabilityZones, 2; choose a number in that range; a new VPC takes maxAvailabilityZones 4 or 8"},
		},
		"a billion zones and slots": {
			PlanSubnetsArgs{NumberOfAvailabilityZones: ptr(math.MaxInt32), MaxAvailabilityZones: ptr(math.MaxInt32)},
			[]string{"maxAvailabilityZones: 2147483647 is not 2, 4 or 8; write 2, 4 or 8"},
		},
		"a block for a zone that has no name": {
			PlanSubnetsArgs{PrivateCidrBlocks: map[string]string{"us-east-1a": "10.0.128.0/24"}},
			[]string{`privateCidrBlocks["us-east-1a"]: "10.0.128.0/24" is for a zone by name, but availabilityZones names none; list the zones in availabilityZones`},
		},
		"zones of two Regions": {
			PlanSubnetsArgs{AvailabilityZones: []string{"us-east-1a", "eu-west-1b"}},
			[]string{`availabilityZones[1]: "eu-west-1b" is a zone of another region than "us-east-1a"; a VPC is in one region: name zones of that one only`},
		},
		"no tier": {
			PlanSubnetsArgs{Tiers: []SubnetTier{}},
			[]string{`tiers: is empty; name "Private", "Public", "Data" or several of them, or leave it out`},
		},
		"tiers": {
			PlanSubnetsArgs{Tiers: []SubnetTier{"Private", "private", "Private"}},
			[]string{
				`tiers[1]: "private" is not a known value; write one of "Private", "Public", "Data"`,
				`tiers[2]: "Private" is in the list twice; name each tier once`,
			},
		},
		"blocks of subnets that are not planned": {
			PlanSubnetsArgs{AvailabilityZones: two, PublicCidrBlocks: map[string]string{"us-east-1a": "10.0.0.0/24"}, Tiers: []SubnetTier{SubnetTierPrivate}},
			[]string{`publicCidrBlocks: is for subnets that tiers leaves out; add "Public" to tiers, or leave the blocks out`},
		},
		// What a NatNetwork takes, and what its data subnets would then need.
		"a public block that a data subnet would need": {
			PlanSubnetsArgs{AvailabilityZones: two, PublicCidrBlocks: map[string]string{"us-east-1a": "10.0.64.0/20"}},
			[]string{`publicCidrBlocks["us-east-1a"]: "10.0.64.0/20" overlaps the data subnet of us-east-1a, 10.0.64.0/19; write a block that is free, or add dataCidrBlocks["us-east-1a"]: "10.0.0.0/19"`},
		},
		"several at once": {
			PlanSubnetsArgs{
				CidrBlock: ptr("10.0.0.0/8"), AvailabilityZones: []string{"us-east-1"}, MaxAvailabilityZones: ptr(3),
				ZoneCidrBlocks: map[string]string{"us-east-1c": "x"},
			},
			[]string{
				`cidrBlock: "10.0.0.0/8" is larger than AWS allows (/16 to /28); write "10.0.0.0/16"`,
				`zoneCidrBlocks["us-east-1c"]: "x" is not a CIDR block; write an IPv4 block such as "10.0.0.0/16"`,
				`maxAvailabilityZones: 3 is not 2, 4 or 8; write 4, which has room for three zones`,
				`availabilityZones[0]: "us-east-1" is a region; name a zone of it, such as "us-east-1a"`,
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := PlanSubnets(&tt.args)
			mustFault(t, err, "planSubnets has invalid arguments:", tt.want)
		})
	}
}

// mustFault fails the test unless an error is these faults, and no others,
// under a heading.
func mustFault(t *testing.T, err error, heading string, want []string) {
	t.Helper()
	var faults field.Faults
	if !errors.As(err, &faults) || !strings.HasPrefix(err.Error(), heading) {
		t.Fatalf("want faults under %q, got %v", heading, err)
	}
	got := make([]string, len(faults))
	for i, f := range faults {
		got[i] = f.Error()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got)\n%s", diff)
	}
}
