package build

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
)

// placeless are the components of ours that are neither a network nor put
// anything into the subnets that a network chooses for them.
var placeless = map[string]string{
	"ApiIngress":     "its link is in the first two private subnets, or in those that the user names, public ones too",
	"ContainerImage": "it has nothing in a subnet",
	"EcsCluster":     "it has nothing in a subnet",
	"Network":        "it makes nothing, and what it describes may be anywhere",
}

// TestEveryComponentHasAPlace: of each component in the schema internal/children
// says that it makes a network, or where it puts a child, or it is said here why
// it does neither.
func TestEveryComponentHasAPlace(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../schema.json")
	require.NoError(t, err)
	var schema struct {
		Resources map[string]any `json:"resources"`
	}
	require.NoError(t, json.Unmarshal(text, &schema))
	for token := range schema.Resources {
		said := 0
		if slices.Contains(children.Tokens(children.Vpcs), token) {
			said++
		}
		if slices.ContainsFunc(children.Rows(), func(c *children.Child) bool { return children.PlaceOf(token, c.Type) != children.Nowhere }) {
			said++
		}
		if placeless[strings.TrimPrefix(token, own)] != "" {
			said++
		}
		assert.Equal(t, 1, said, "%s belongs into exactly one of Vpcs (internal/children/components.go), a row with a place (internal/children/rows.go) and placeless (verify/internal/build/own_test.go)", token)
	}
	for name := range placeless {
		assert.Contains(t, schema.Resources, own+name)
	}
}
