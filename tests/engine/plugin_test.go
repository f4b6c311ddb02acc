package engine

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/environment"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// TestTheToolIsAPlugin installs the tool as users do and runs it through the
// CLI, which hands on its exit codes, and what is on stdin.
func TestTheToolIsAPlugin(t *testing.T) {
	t.Parallel()
	root, err := toolchain.Root()
	require.NoError(t, err)
	home := t.TempDir()
	require.NoError(t, os.MkdirAll(environment.Backend(home), 0o755))
	run := func(stdin string, args ...string) (int, string) {
		cmd := exec.CommandContext(t.Context(), filepath.Join(toolchain.Bin(root), "pulumi"), args...)
		// The tool of this tree is not on PATH: it has to be found as a plugin.
		cmd.Dir, cmd.Env = home, environment.Of([]string{toolchain.Bin(root)}, environment.Pulumi(home)...)
		out := &bytes.Buffer{}
		cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), out, out
		_ = cmd.Run()
		require.NotNil(t, cmd.ProcessState, "%v", args)
		return cmd.ProcessState.ExitCode(), out.String()
	}
	code, said := run("", "plugin", "run", "ecsnet", "--", "--version")
	require.NotZero(t, code, "it is there before it is installed: %s", said)

	version, err := os.ReadFile(filepath.Join(root, "provider", "version.txt"))
	require.NoError(t, err)
	release := strings.TrimSpace(string(version))
	code, said = run("", "plugin", "install", "tool", "ecsnet", release, "--file", filepath.Join(root, "bin", "pulumi-tool-ecsnet"))
	require.Zero(t, code, said)
	code, said = run("", "plugin", "run", "ecsnet@"+release, "--", "--version")
	require.Zero(t, code, said)
	require.Equal(t, "pulumi-tool-ecsnet version "+release+"\n", said)

	states := filepath.Join(root, "verify", "cmd", "pulumi-tool-ecsnet", "testdata")
	for state, want := range map[string]struct {
		code int
		says string
	}{"closed": {0, "isolated: held"}, "open": {1, "isolated: failed"}, "undecided": {2, "isolated: undecided"}} {
		file := filepath.Join(states, state+".json")
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for stdin, named := range map[string]string{"": file, string(text): "-"} {
			code, said := run(stdin, "plugin", "run", "ecsnet", "--kind", "tool", "--", "verify", "--state", named, "--assert", "isolated")
			require.Equal(t, want.code, code, said)
			require.Contains(t, said, want.says)
		}
	}
}
