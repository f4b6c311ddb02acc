package verify

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// decided is what has to be said of a service.
type decided struct {
	verdicts
	zones Truth
}

// provided are stacks as the official provider writes them, in its releases 1 to
// 7, with what AWS's rules make of each service. The README beside them says what
// each shows.
var provided = map[string]map[string]decided{
	"awsx-load-balancer":  {"web": {verdicts{Open, Open, Closed}, Yes}},
	"shared-group-public": {"site": {verdicts{Open, Open, Closed}, Yes}},
	"no-gateway":          {"app": {verdicts{Closed, Closed, Closed}, No}},
	"network-read": {
		"web":    {verdicts{Undecided, Undecided, Undecided}, Unknown},
		"worker": {verdicts{Closed, Undecided, Undecided}, Unknown},
		"sealed": {verdicts{Closed, Closed, Closed}, Yes},
	},
	"network-by-id": {
		"web":    {verdicts{Undecided, Undecided, Undecided}, Unknown},
		"worker": {verdicts{Closed, Undecided, Undecided}, Unknown},
	},
	"listener-rules": {
		"api":   {verdicts{Open, Closed, Closed}, Yes},
		"web":   {verdicts{Open, Closed, Closed}, Yes},
		"admin": {verdicts{Closed, Closed, Closed}, Yes},
	},
	"single-nat":           {"worker": {verdicts{Closed, Open, Closed}, No}},
	"shared-group-private": {"shop": {verdicts{Open, Closed, Closed}, Yes}},
	"awsx-classic":         {"web": {verdicts{Open, Open, Closed}, Yes}},
	"pending-deletion":     {"web": {verdicts{Closed, Open, Closed}, Yes}},
	"pending-rule":         {"web": {verdicts{Undecided, Closed, Closed}, Yes}},
	"ec2-bridge":           {"web": {verdicts{Open, Open, Closed}, Yes}},
	"network-balancer": {
		"game":  {verdicts{Open, Closed, Closed}, Yes},
		"admin": {verdicts{Closed, Closed, Closed}, Yes},
	},
	"two-regions": {
		"web-europe":  {verdicts{Open, Open, Closed}, Yes},
		"web-america": {verdicts{Closed, Closed, Closed}, Yes},
	},
	"default-network": {
		"web": {verdicts{Open, Open, Undecided}, Unknown},
		"job": {verdicts{Closed, Closed, Closed}, Yes},
	},
}

// TestProvided holds the verdicts about them, and the reports as goldens.
func TestProvided(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "provider", "*.json"))
	require.NoError(t, err)
	assert.Len(t, files, len(provided), "each of the stacks is held to a verdict")
	for name, want := range provided {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := reportOf(t, filepath.Join("provider", name))
			got := map[string]decided{}
			for _, s := range r.Services {
				got[s.Name] = decided{verdicts{s.InternetIngress, s.InternetEgress, s.Exfiltration}, s.ZoneRedundant}
			}
			assert.Equal(t, want, got)
			var text bytes.Buffer
			require.NoError(t, r.Text(&text))
			golden(t, filepath.Join("provider", name+".txt"), text.Bytes())
		})
	}
}
