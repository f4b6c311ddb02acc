package docs

import (
	"fmt"
	"net/netip"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
)

// TestAddressesAreThePlanners: the table of addresses is what the planner
// makes of the default block.
func TestAddressesAreThePlanners(t *testing.T) {
	t.Parallel()
	rows := table(t, read(t, "docs/networks.md"), "Position", "2 (default)", "4", "8")
	for column, slots := range map[int]int{1: 2, 2: 4, 3: 8} {
		blocks := privateBlocks(t, "10.0.0.0/16", slots)
		for position := range 8 {
			want := ""
			if position < slots {
				want = blocks[position].String()
			}
			require.Equal(t, strconv.Itoa(position), rows[position][0])
			assert.Equal(t, want, rows[position][column], "position %d of %d", position, slots)
		}
		assert.Equal(t, strconv.Itoa(1<<(32-blocks[0].Bits())), rows[8][column], "addresses with %d slots", slots)

		smallest := rows[9][column]
		privateBlocks(t, "10.0.0.0"+smallest, slots)
		bits, err := strconv.Atoi(smallest[1:])
		require.NoError(t, err)
		_, err = spec(fmt.Sprintf("10.0.0.0/%d", bits+1), slots).Plan()
		assert.Error(t, err, "%s is not the smallest block for %d slots", smallest, slots)
	}
}

func spec(block string, slots int) netplan.Spec {
	s := netplan.Spec{CIDR: netip.MustParsePrefix(block), MaxZones: slots, Tiers: []netplan.Tier{netplan.Private}}
	for i := range slots {
		s.Zones = append(s.Zones, "us-east-1"+string(rune('a'+i)))
	}
	return s
}

func privateBlocks(t *testing.T, block string, slots int) []netip.Prefix {
	t.Helper()
	plan, err := spec(block, slots).Plan()
	require.NoError(t, err)
	var blocks []netip.Prefix
	for _, s := range plan.Subnets {
		blocks = append(blocks, s.CIDR)
	}
	return blocks
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
