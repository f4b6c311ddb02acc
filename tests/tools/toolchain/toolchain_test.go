package toolchain

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAtLeast(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]bool{
		"v3.225.0": true, "v3.225.1": true, "v3.300.0": true, "v3.226.0-dev.0": true, "v3.225.0+local": true,
		"v3.224.9": false, "v3.65.0": false, "v4.0.0": false, "v2.900.0": false, "": false, "v3.225": false, "error": false,
	} {
		require.Equal(t, want, atLeast(version, oldestPulumi), "version %q", version)
	}
}

func TestAGivenPulumiIsUsedInsteadOfBuilding(t *testing.T) {
	tests := map[string]struct {
		version string
		without string
		build   string
		used    bool
	}{
		"a current one":         {version: "v3.300.0", used: true},
		"too old":               {version: "v3.200.0"},
		"without the YAML host": {version: "v3.300.0", without: "pulumi-language-yaml"},
		"a built one asked for": {version: "v3.300.0", build: "1"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "pulumi"), "#!/bin/sh\necho "+tt.version+"\n", 0o755)
			for _, host := range besidePulumi {
				if host != tt.without {
					write(t, filepath.Join(dir, host), "", 0o755)
				}
			}
			root := t.TempDir()
			// Our own folder may come first on PATH; it is not what is meant.
			t.Setenv("PATH", strings.Join([]string{Bin(root), dir, os.Getenv("PATH")}, string(os.PathListSeparator)))
			t.Setenv("ECSNET_BUILD_PULUMI", tt.build)
			b := &builder{root: root, out: io.Discard}
			write(t, filepath.Join(Bin(root), "pulumi"), "#!/bin/sh\necho v3.301.0\n", 0o755)
			if !tt.used {
				require.Empty(t, givenPulumi(b))
				return
			}
			require.Equal(t, fmt.Sprintf("%s (%s)", filepath.Join(dir, "pulumi"), tt.version), givenPulumi(b))
			for _, input := range goInputs("pulumi") {
				write(t, filepath.Join(root, input), input, 0o644)
			}
			out := &bytes.Buffer{}
			require.NoError(t, Ensure(t.Context(), root, out, "pulumi"))
			require.Contains(t, out.String(), "using "+filepath.Join(dir, "pulumi"))
			for _, name := range append([]string{"pulumi"}, besidePulumi...) {
				target, err := os.Readlink(filepath.Join(Bin(root), name))
				require.NoError(t, err)
				require.Equal(t, filepath.Join(dir, name), target)
			}
			out.Reset()
			require.NoError(t, Ensure(t.Context(), root, out, "pulumi"))
			require.Empty(t, out.String(), "the second time nothing is done")
		})
	}
}

func TestToolsAreMadeOncePerContentOfTheirPins(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	write(t, filepath.Join(root, "pin"), "1", 0o644)
	made := 0
	tool := &Tool{Name: "it", What: "it", inputs: []string{"pin"}, outputs: []string{"bin/it"}, make: func(_ context.Context, b *builder) error {
		made++
		if made == 2 {
			return io.ErrUnexpectedEOF
		}
		return os.WriteFile(b.tools("bin/it"), nil, 0o755)
	}}
	b := &builder{root: root, out: io.Discard}
	require.NoError(t, os.MkdirAll(Bin(root), 0o755))
	require.NoError(t, tool.ensure(t.Context(), b))
	require.NoError(t, tool.ensure(t.Context(), b))
	require.Equal(t, 1, made)

	write(t, filepath.Join(root, "pin"), "2", 0o644)
	require.Error(t, tool.ensure(t.Context(), b))
	require.NoError(t, tool.ensure(t.Context(), b), "a failed one is made again")
	require.Equal(t, 3, made)

	require.NoError(t, os.Remove(b.tools("bin/it")))
	require.NoError(t, tool.ensure(t.Context(), b), "a removed one too")
	require.Equal(t, 4, made)
}

func TestCachedMakesEachContentOnce(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	write(t, filepath.Join(root, "src", "a"), "1", 0o644)
	var made atomic.Int32
	cached := func() string {
		dir, err := Cached(t.Context(), root, io.Discard, "thing", []string{"src"}, func(_ context.Context, dir string) error {
			made.Add(1)
			return os.WriteFile(filepath.Join(dir, "out"), nil, 0o644)
		})
		require.NoError(t, err)
		return dir
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { cached() })
	}
	wg.Wait()
	require.EqualValues(t, 1, made.Load(), "callers at once share one")
	first := cached()

	write(t, filepath.Join(root, "src", "node_modules", "x"), "", 0o644)
	require.Equal(t, first, cached(), "what tools put among the sources does not count")
	write(t, filepath.Join(root, "src", "b"), "", 0o644)
	second := cached()
	require.NotEqual(t, first, second)
	require.FileExists(t, filepath.Join(first, "out"), "somebody may still use the one before")
	require.EqualValues(t, 2, made.Load())
}

func TestEveryToolIsPinned(t *testing.T) {
	t.Parallel()
	root, err := Root()
	require.NoError(t, err)
	for _, tool := range tools {
		require.NotEmpty(t, tool.inputs, tool.Name)
		for _, input := range tool.inputs {
			require.FileExists(t, filepath.Join(root, input), tool.Name)
		}
	}
	for _, name := range Names("all") {
		_, err := find(name)
		require.NoError(t, err)
	}
	require.Len(t, Names("all"), len(tools), "each tool belongs to run or lint")
}

func write(t *testing.T, path, content string, mode os.FileMode) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(content), mode))
}
