package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

func TestADemoKeepsItsPromise(t *testing.T) {
	t.Parallel()
	root, err := toolchain.Root()
	require.NoError(t, err)
	require.FileExists(t, filepath.Join(root, "bin", "pulumi-tool-ecsnet"), "run: make build")
	tests := map[string]struct {
		project, state string
		want, err      string
	}{
		"a promise that is kept":     {"isolated-service", "closed", "Proven: isolated. The picture of the network: ", ""},
		"a promise that is not kept": {"isolated-service", "open", "", "pulumi-tool-ecsnet verify: exit status 1"},
		"what cannot be decided":     {"isolated-service", "undecided", "", "pulumi-tool-ecsnet verify: exit status 2"},
		"a program without one":      {"public-game-server", "open", "The picture of the network: ", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state, err := os.ReadFile(filepath.Join(root, "verify", "cmd", "pulumi-tool-ecsnet", "testdata", tt.state+".json"))
			require.NoError(t, err)
			out, picture := &bytes.Buffer{}, filepath.Join(t.TempDir(), "demo.svg")
			got, err := (&tool{root: root}).prove(t.Context(), out, tt.project, state, picture)
			require.Contains(t, out.String(), "from the internet:")
			if tt.err != "" {
				require.EqualError(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want+picture, got.String())
			require.FileExists(t, picture)
		})
	}
}

// TestPromisesNameExamples: a promise under another name would never be made.
func TestPromisesNameExamples(t *testing.T) {
	t.Parallel()
	root, err := toolchain.Root()
	require.NoError(t, err)
	projects, err := filepath.Glob(filepath.Join(root, "examples", "*", "*", "Pulumi.yaml"))
	require.NoError(t, err)
	names := map[string]bool{}
	for _, path := range append(projects, filepath.Join(root, "Pulumi.yaml")) {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		name, _, _ := bytes.Cut(bytes.TrimPrefix(text, []byte("name: ")), []byte("\n"))
		names[string(name)] = true
	}
	for project := range promised {
		require.Contains(t, names, project)
	}
}
