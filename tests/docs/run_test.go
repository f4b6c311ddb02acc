package docs

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/docs/snippets"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
)

// commandTimeout ends a command of the CLI that hangs.
const commandTimeout = 4 * time.Minute

// program returns a function that runs a command on a stack of the program in
// dir, and returns what the command said.
func program(t *testing.T, a *sandbox.Account, dir string) func(args ...string) (string, error) {
	t.Helper()
	out := &bytes.Buffer{}
	s := a.Stack(a.Prepare(dir), "docs", out)
	return func(args ...string) (string, error) {
		ctx, cancel := context.WithTimeout(t.Context(), commandTimeout)
		defer cancel()
		out.Reset()
		err := s.Run(ctx, args...)
		return out.String(), err
	}
}

// written puts a program of the given files into a folder outside the tree.
func written(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	return dir
}

// block is the README's block that is copied from a program.
func block(t *testing.T, source string) string {
	t.Helper()
	blocks, err := snippets.Blocks(read(t, "README.md"))
	require.NoError(t, err)
	for _, b := range blocks {
		if b.Source == source {
			return b.Text
		}
	}
	require.Fail(t, "no such block", source)
	return ""
}

const sampleImage = "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0"

// TestTheReadmesTextRuns pastes the quick start into an otherwise empty
// TypeScript program, as a reader does, and takes it through its life.
func TestTheReadmesTextRuns(t *testing.T) {
	t.Parallel()
	a := sandbox.New(t)
	before := a.Inventory("us-east-1")
	pulumi := program(t, a, written(t, map[string]string{
		"Pulumi.yaml": "name: pasted\nruntime: nodejs\n",
		"package.json": fmt.Sprintf(`{"name": "pasted", "main": "index.ts", "dependencies": {"@ecsnet/ecsnet": %q}}`,
			strings.TrimSpace(read(t, "provider/version.txt"))),
		"index.ts": "import * as ecsnet from \"@ecsnet/ecsnet\";\nconst image = \"" + sampleImage + "\";\n" +
			block(t, "examples/isolated-service/typescript/index.ts"),
	}))
	for _, command := range []string{"preview", "up --yes --skip-preview", "up --yes --skip-preview --expect-no-changes"} {
		out, err := pulumi(strings.Fields(command)...)
		require.NoError(t, err, out)
	}
	made := a.Inventory("us-east-1")
	assert.Len(t, made.Services, 1)
	assert.Len(t, own(made), 1)
	out, err := pulumi("destroy", "--yes", "--skip-preview")
	require.NoError(t, err, out)
	assert.Empty(t, a.Inventory("us-east-1").Diff(before))
}

// TestTheReadmesOtherProgramsRun runs what the README shows beside the
// examples: an aws provider handed over, and a transform.
func TestTheReadmesOtherProgramsRun(t *testing.T) {
	t.Parallel()
	a := sandbox.New(t)

	up := program(t, a, "tests/docs/testdata/programs/other-region")
	out, err := up("up", "--yes", "--skip-preview")
	require.NoError(t, err, out)
	assert.Contains(t, out, "eu-west-1")
	assert.Len(t, own(a.Inventory("eu-west-1")), 1)
	assert.Empty(t, own(a.Inventory("us-east-1")))

	up = program(t, a, "tests/docs/testdata/programs/customise")
	out, err = up("preview", "--diff")
	require.NoError(t, err, out)
	assert.Equal(t, 1, strings.Count(out, "dedicated"), out)
	assert.Contains(t, out, "net-endpoint-secretsmanager", "the transform lost what it did not change")
}

// own are the VPCs that are not the account's default one.
func own(inv *inventory.Inventory) (vpcs []inventory.Vpc) {
	for _, v := range inv.Vpcs {
		if !v.Default {
			vpcs = append(vpcs, v)
		}
	}
	return vpcs
}

// TestTheReadmesErrorIsWhatPulumiSays: the text that the README shows for bad
// arguments is what a preview prints.
func TestTheReadmesErrorIsWhatPulumiSays(t *testing.T) {
	t.Parallel()
	text := between(t, read(t, "README.md"), "`pulumi preview` prints\n\n```text\n")
	out, err := program(t, sandbox.New(t), "tests/docs/testdata/programs/wrong")("preview")
	require.Error(t, err)
	for line := range strings.Lines(text) {
		assert.Contains(t, out, strings.TrimSpace(line))
	}
}
