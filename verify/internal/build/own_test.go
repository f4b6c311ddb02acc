package build

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// placeless are the components of ours that are neither a network nor put
// anything into the subnets that a network chooses for them.
var placeless = map[string]string{
	"ApiIngress":     "its link is in the first two private subnets, or in those that the user names, public ones too",
	"ContainerImage": "it has nothing in a subnet",
	"EcsCluster":     "it has nothing in a subnet",
	"Network":        "it makes nothing, and what it describes may be anywhere",
}

// TestEveryComponentHasAPlace: of each component in the schema it is said in
// own.go what it puts where, or here why nothing is.
func TestEveryComponentHasAPlace(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../schema.json")
	require.NoError(t, err)
	var schema struct {
		Resources map[string]struct {
			InputProperties map[string]any `json:"inputProperties"`
			Properties      map[string]any `json:"properties"`
		} `json:"resources"`
	}
	require.NoError(t, json.Unmarshal(text, &schema))
	said := map[string]int{}
	for token := range places {
		said[token]++
	}
	for token := range networks {
		said[token]++
	}
	for name := range placeless {
		said[own+name]++
	}
	for token, r := range schema.Resources {
		assert.Equal(t, 1, said[token], "%s belongs into exactly one of places and networks (verify/internal/build/own.go) and placeless (own_test.go)", token)
		delete(said, token)
		_, describes := r.InputProperties["vpcId"]
		if _, network := r.Properties["subnetIds"]; network && !describes {
			assert.True(t, networks[token], "%s makes subnets, and is not in networks (verify/internal/build/own.go)", token)
		}
	}
	assert.Empty(t, said, "not in the schema")
}
