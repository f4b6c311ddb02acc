// Package sdktypes holds the types of the installed SDKs: programs that must
// compile, with lines in them that must not.
package sdktypes_test

import (
	"encoding/json"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/workspace"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func TestTypeScript(t *testing.T) {
	t.Parallel()
	packages, err := workspace.NodePackages(t.Context(), sandbox.Root(t), os.Stderr)
	require.NoError(t, err)
	dir := t.TempDir()
	require.NoError(t, workspace.Copy(dir, filepath.Join("testdata", "typescript")))
	modules := filepath.Join(packages, "node_modules")
	require.NoError(t, os.Symlink(modules, filepath.Join(dir, "node_modules")))
	run(t, filepath.Join(modules, ".bin", "tsc"), "--noEmit", "--project", dir)
}

// TestEditorsComplete: in an object of an argument, an editor offers the
// properties that the schema has.
func TestEditorsComplete(t *testing.T) {
	t.Parallel()
	packages, err := workspace.NodePackages(t.Context(), sandbox.Root(t), os.Stderr)
	require.NoError(t, err)
	dir := t.TempDir()
	require.NoError(t, workspace.Copy(dir, filepath.Join("testdata", "editor")))
	require.NoError(t, os.Symlink(filepath.Join(packages, "node_modules"), filepath.Join(dir, "node_modules")))
	complete := exec.CommandContext(t.Context(), "node", "complete.js")
	complete.Dir, complete.Stderr = dir, os.Stderr
	out, err := complete.Output()
	require.NoError(t, err)
	var offered map[string][]string
	require.NoError(t, json.Unmarshal(out, &offered))

	var schema struct {
		Types map[string]struct{ Properties map[string]any }
	}
	text, err := os.ReadFile(filepath.Join(sandbox.Root(t), "schema.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &schema))
	require.NotEmpty(t, offered)
	for name, properties := range offered {
		require.Equal(t, slices.Sorted(maps.Keys(schema.Types["ecsnet:index:"+name].Properties)), properties, name)
	}
}

func TestPython(t *testing.T) {
	t.Parallel()
	root := sandbox.Root(t)
	require.NoError(t, toolchain.Ensure(t.Context(), root, os.Stderr, "python-lint"))
	packages, err := workspace.PythonPackages(t.Context(), root, os.Stderr)
	require.NoError(t, err)
	run(t, filepath.Join(toolchain.Python(root, "python-lint"), "mypy"),
		"--strict", "--no-incremental", "--cache-dir", os.DevNull,
		"--python-executable", filepath.Join(packages, "venv", "bin", "python"),
		filepath.Join("testdata", "python", "sdk_types.py"))
}

func TestGo(t *testing.T) {
	t.Parallel()
	dir, err := filepath.Abs(filepath.Join("testdata", "go"))
	require.NoError(t, err)
	w, err := workspace.Prepare(t.Context(), sandbox.Root(t), dir, io.Discard) // compiles it
	require.NoError(t, err)
	require.NoError(t, w.Close())
}
