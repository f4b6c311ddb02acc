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
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/moto"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/stack"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/workspace"
)

// commandTimeout ends a command of the CLI that hangs.
const commandTimeout = 4 * time.Minute

// account is a local AWS with the Pulumi state that goes with it.
type account struct {
	t      *testing.T
	server *moto.Server
	state  string
}

func newAccount(t *testing.T) *account {
	t.Helper()
	for _, binary := range []string{".tools/bin/pulumi", "bin/pulumi-resource-ecsnet", "bin/localaws/pulumi-resource-aws"} {
		require.FileExists(t, filepath.Join(root(t), binary), "run: make tools build localaws")
	}
	server, err := moto.Start(t.Context(), moto.Options{Root: root(t)})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	return &account{t, server, t.TempDir()}
}

func (a *account) inventory(region string) *inventory.Inventory {
	a.t.Helper()
	inv, err := inventory.Read(a.t.Context(), a.server.Endpoint, region)
	require.NoError(a.t, err)
	return inv
}

// program returns a function that runs a command on a stack of the program in
// dir, and returns what the command said.
func (a *account) program(dir string) func(args ...string) (string, error) {
	a.t.Helper()
	ws, err := workspace.Prepare(a.t.Context(), root(a.t), dir, os.Stderr)
	require.NoError(a.t, err)
	a.t.Cleanup(func() { require.NoError(a.t, ws.Close()) })
	out := &bytes.Buffer{}
	s, err := stack.New(a.t.Context(), root(a.t), ws, "docs", a.state, a.server.Endpoint, out)
	require.NoError(a.t, err)
	return func(args ...string) (string, error) {
		ctx, cancel := context.WithTimeout(a.t.Context(), commandTimeout)
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
	a := newAccount(t)
	before := a.inventory("us-east-1")
	pulumi := a.program(written(t, map[string]string{
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
	made := a.inventory("us-east-1")
	assert.Len(t, made.Services, 1)
	assert.Len(t, own(made), 1)
	out, err := pulumi("destroy", "--yes", "--skip-preview")
	require.NoError(t, err, out)
	assert.Empty(t, a.inventory("us-east-1").Diff(before))
}

// TestTheReadmesOtherProgramsRun runs what the README shows beside the
// examples: an aws provider handed over, and a transform.
func TestTheReadmesOtherProgramsRun(t *testing.T) {
	t.Parallel()
	a := newAccount(t)

	up := a.program("tests/docs/testdata/programs/other-region")
	out, err := up("up", "--yes", "--skip-preview")
	require.NoError(t, err, out)
	assert.Contains(t, out, "eu-west-1")
	assert.Len(t, own(a.inventory("eu-west-1")), 1)
	assert.Empty(t, own(a.inventory("us-east-1")))

	up = a.program("tests/docs/testdata/programs/customise")
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
	out, err := newAccount(t).program("tests/docs/testdata/programs/wrong")("preview")
	require.Error(t, err)
	for line := range strings.Lines(text) {
		assert.Contains(t, out, strings.TrimSpace(line))
	}
}
