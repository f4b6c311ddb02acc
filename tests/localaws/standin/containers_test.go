package standin

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/stretchr/testify/require"
)

// TestEquivalentContainers holds what the official provider takes for the same
// containers, and what not.
func TestEquivalentContainers(t *testing.T) {
	t.Parallel()
	one := func(more string) string { return `[{"name":"a","image":"i"` + more + `}]` }
	tests := map[string]struct {
		a, b           string
		awsvpc, bridge bool // the same in each network mode
	}{
		"defaults":                       {one(``), one(`,"essential":true,"cpu":0,"environment":[],"mountPoints":[],"volumesFrom":[],"portMappings":[],"systemControls":[]`), true, true},
		"containers in another order":    {`[{"name":"a"},{"name":"b"}]`, `[{"name":"b"},{"name":"a"}]`, true, true},
		"a variable in another order":    {one(`,"environment":[{"name":"x"},{"name":"y"}]`), one(`,"environment":[{"name":"y"},{"name":"x"}]`), true, true},
		"secrets in another order":       {one(`,"secrets":[{"name":"x"},{"name":"y"}]`), one(`,"secrets":[{"name":"y"},{"name":"x"}]`), true, true},
		"mount points in another order":  {one(`,"mountPoints":[{"sourceVolume":"x"},{"sourceVolume":"y"}]`), one(`,"mountPoints":[{"sourceVolume":"y"},{"sourceVolume":"x"}]`), false, false},
		"ports in another order":         {one(`,"portMappings":[{"containerPort":1},{"containerPort":2}]`), one(`,"portMappings":[{"containerPort":2},{"containerPort":1}]`), false, false},
		"the host's port, the same":      {one(`,"portMappings":[{"containerPort":1}]`), one(`,"portMappings":[{"containerPort":1,"hostPort":1,"protocol":"tcp"}]`), true, false},
		"the host's port, chosen":        {one(`,"portMappings":[{"containerPort":1}]`), one(`,"portMappings":[{"containerPort":1,"hostPort":0}]`), true, true},
		"a health check's defaults":      {one(`,"healthCheck":{"command":["CMD","x"]}`), one(`,"healthCheck":{"command":["CMD","x"],"interval":30,"retries":3,"timeout":5}`), true, true},
		"an empty list in another field": {one(`,"logConfiguration":{"logDriver":"awslogs"}`), one(`,"logConfiguration":{"logDriver":"awslogs","secretOptions":[]}`), false, false},
		"another protocol":               {one(`,"portMappings":[{"containerPort":1}]`), one(`,"portMappings":[{"containerPort":1,"protocol":"udp"}]`), false, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.awsvpc, equivalentContainers(tt.a, tt.b, true), "awsvpc")
			require.Equal(t, tt.bridge, equivalentContainers(tt.a, tt.b, false), "bridge")
		})
	}
}

func TestDocumentsAreCompact(t *testing.T) {
	t.Parallel()
	require.Equal(t, `{"Version":"2012-10-17","a":["x y"]}`, document(aws.String("%7B%20%22Version%22%3A%222012-10-17%22%2C%0A%22a%22%3A%20%5B%22x%20y%22%5D%7D")))
}
