package docs

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
)

// TestAddressesAreThePlanners: the tables of addresses are what the planner
// makes of the default block.
func TestAddressesAreThePlanners(t *testing.T) {
	t.Parallel()
	text := read(t, "docs/networks.md")
	rows := table(t, text, "maxAvailabilityZones", "Position", "Private", "Public", "Data")
	require.Len(t, rows, 2+4+8)
	sizes := table(t, text, "maxAvailabilityZones", "2", "4", "8")
	for column, slots := range map[int]int{1: 2, 2: 4, 3: 8} {
		plan, err := spec("10.0.0.0/16", slots).Plan()
		require.NoError(t, err)
		for i, s := range plan.Subnets {
			tier, position := i/slots, i%slots
			row := rows[slots-2+position] // after the rows of fewer slots
			assert.Equal(t, []string{strconv.Itoa(slots), strconv.Itoa(position)}, row[:2])
			assert.Equal(t, s.CIDR.String(), row[2+tier], "%s subnet %d of %d", s.Tier.Name, position, slots)
			assert.Equal(t, strconv.Itoa(1<<(32-s.CIDR.Bits())), sizes[min(tier, 1)][column], "addresses of a %s subnet, %d slots", s.Tier.Name, slots)
		}

		assert.Equal(t, fmt.Sprintf("/%d", smallest(t, slots, 28)), sizes[2][column], "smallest block, %d slots", slots)
		assert.Equal(t, fmt.Sprintf("/%d", smallest(t, slots, 27)), sizes[3][column], "smallest block for load balancers, %d slots", slots)
	}
}

// TestTiersAreThePlanners: the table of tiers says which part each has, and the
// text which IPv6 subnets.
func TestTiersAreThePlanners(t *testing.T) {
	t.Parallel()
	text := read(t, "docs/networks.md")
	rows := table(t, text, "Tier", "Part of the VPC's block", "In 10.0.0.0/16", "Way out", "Made by")
	require.Len(t, rows, len(netplan.Tiers))
	for _, row := range rows {
		i := slices.IndexFunc(netplan.Tiers, func(tier netplan.Tier) bool { return tier.Name == row[0] })
		require.GreaterOrEqual(t, i, 0, "no tier %s", row[0])
		tier, block := netplan.Tiers[i], netip.MustParsePrefix(row[2])
		s := spec("10.0.0.0/16", 8)
		s.Tiers = []netplan.Tier{tier}
		plan, err := s.Plan()
		require.NoError(t, err)
		for _, subnet := range plan.Subnets {
			assert.True(t, block.Contains(subnet.CIDR.Addr()), "%v of %s", subnet.CIDR, tier.Name)
		}
		assert.Len(t, plan.Subnets, 1<<(plan.Subnets[0].CIDR.Bits()-block.Bits()), "%s has more or less than its slots", tier.Name)
		assert.Equal(t, tier.Way == netplan.NoWay, row[3] == "none", "way out of %s", tier.Name)
		first := plan.Subnets[0].IPv6Index
		assert.Contains(t, text, fmt.Sprintf("%d to %d ", first, first+15), "IPv6 subnets of %s", tier.Name)
	}
}

// smallest returns the prefix length of the smallest block that the planner
// takes and in which no subnet is smaller than this.
func smallest(t *testing.T, slots, subnet int) int {
	t.Helper()
	for length := 28; length >= 16; length-- {
		plan, err := spec(fmt.Sprintf("10.0.0.0/%d", length), slots).Plan()
		if err == nil && !slices.ContainsFunc(plan.Subnets, func(s netplan.Subnet) bool { return s.CIDR.Bits() > subnet }) {
			return length
		}
	}
	t.Fatalf("no block has %d slots", slots)
	return 0
}

func spec(block string, slots int) netplan.Spec {
	s := netplan.Spec{CIDR: netip.MustParsePrefix(block), MaxZones: slots}
	for i := range slots {
		s.Zones = append(s.Zones, "us-east-1"+string(rune('a'+i)))
	}
	return s
}

// TestEndpointsThatTakeNoPolicy: the exits that the document names are exits,
// and the default endpoints are none.
func TestEndpointsThatTakeNoPolicy(t *testing.T) {
	t.Parallel()
	for _, service := range endpoints.Default {
		assert.True(t, endpoints.TakesPolicy(service), service)
	}
	text := read(t, "docs/networks.md")
	for _, service := range append([]string{"execute-api", "cognito-idp", "email-smtp", "iot.data", "kafka", "transfer.server"}, endpoints.EcsOnEc2...) {
		known, faults := endpoints.Parse("", []string{service}, "us-east-1")
		assert.Empty(t, faults)
		assert.Equal(t, []string{service}, known.Services)
		assert.False(t, endpoints.TakesPolicy(service), service)
		assert.Contains(t, text, "`"+service+"`")
	}
}
