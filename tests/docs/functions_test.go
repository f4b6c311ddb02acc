package docs

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/internal/costplan"
)

const functionsDocument = "docs/functions.md"

// TestPricesAreTheTables: the document's prices are those that an estimate
// rests on, of every Region that has any.
func TestPricesAreTheTables(t *testing.T) {
	t.Parallel()
	var want [][]string
	for _, region := range costplan.Regions() {
		p, _ := costplan.PricesOf(region)
		row := []string{region}
		for _, price := range []costplan.Micro{p.NatGatewayHour, p.NatGatewayGb, p.InterfaceEndpointHour, p.InterfaceEndpointGb, p.PublicIpv4Hour} {
			row = append(row, strconv.FormatFloat(price.Dollars(), 'f', -1, 64))
		}
		want = append(want, append(row, p.AsOf))
	}
	got := table(t, read(t, functionsDocument), "Region", "NAT gateway, hour", "NAT gateway, GB",
		"Interface endpoint in a zone, hour", "Interface endpoint, GB", "Public IPv4 address, hour", "Read")
	assert.Equal(t, want, got)
	for _, source := range costplan.Sources {
		assert.Contains(t, read(t, functionsDocument), "("+source+")")
	}
}

// TestFunctionsAreDocumented: the document tells of every function, and of
// every property that it returns.
func TestFunctionsAreDocumented(t *testing.T) {
	t.Parallel()
	var schema struct {
		Functions map[string]struct {
			Inputs, Outputs struct{ Properties map[string]any }
		} `json:"functions"`
	}
	require.NoError(t, json.Unmarshal([]byte(read(t, "schema.json")), &schema))
	text := read(t, functionsDocument)
	told := map[string]bool{}
	for _, row := range table(t, text, "Function", "Returns") {
		told[row[0]] = true
	}
	for token, f := range schema.Functions {
		name := token[len("ecsnet:index:"):]
		assert.Contains(t, text, "\n## "+name+"\n")
		assert.Contains(t, told, "["+name+"](#"+strings.ToLower(name)+")")
		for property := range f.Outputs.Properties {
			assert.Contains(t, text, "`"+property, "a property of the result of %s", name)
		}
	}
	assert.Len(t, told, len(schema.Functions))
}
