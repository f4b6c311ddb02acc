package docs

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEveryComponentIsInTheReadme: the README's table tells of each component
// that the plugin serves, and of no other.
func TestEveryComponentIsInTheReadme(t *testing.T) {
	t.Parallel()
	var schema struct {
		Resources map[string]any `json:"resources"`
	}
	require.NoError(t, json.Unmarshal([]byte(read(t, "schema.json")), &schema))
	told := map[string]bool{}
	for _, row := range table(t, read(t, "README.md"), "Component", "Makes") {
		for _, name := range strings.Split(row[0], ", ") {
			told["ecsnet:index:"+name] = true
		}
	}
	for token := range schema.Resources {
		assert.True(t, told[token], "the README's table lacks %s", token)
		delete(told, token)
	}
	assert.Empty(t, told, "the README's table has components that the plugin does not serve")
}
