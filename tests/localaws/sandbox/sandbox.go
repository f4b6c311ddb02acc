// Package sandbox gives a test a local AWS of its own, and stacks in it.
package sandbox

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/moto"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/stack"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/workspace"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// built is what stacks need of this tree.
var built = []string{".tools/bin/pulumi", "bin/pulumi-resource-ecsnet", "bin/pulumi-tool-ecsnet", "bin/localaws/pulumi-resource-aws"}

// Account is a local AWS that ends with its test.
type Account struct {
	// Root is the tree.
	Root string
	// Endpoint is the local AWS's address.
	Endpoint string

	t testing.TB
	// state is the folder of the states of the account's stacks.
	state string
}

// New starts a local AWS for a test.
func New(t testing.TB) *Account {
	t.Helper()
	root := Root(t)
	for _, binary := range built {
		require.FileExists(t, filepath.Join(root, binary), "run: make tools build localaws")
	}
	server, err := moto.Start(t.Context(), moto.Options{Root: root, Progress: os.Stderr})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	return &Account{Root: root, Endpoint: server.Endpoint, t: t, state: t.TempDir()}
}

// Root is the tree that the test is in.
func Root(t testing.TB) string {
	t.Helper()
	root, err := toolchain.Root()
	require.NoError(t, err)
	return root
}

// Inventory reads back what stands in a Region.
func (a *Account) Inventory(region string) *inventory.Inventory {
	a.t.Helper()
	inv, err := inventory.Read(a.t.Context(), a.Endpoint, region)
	require.NoError(a.t, err)
	return inv
}

// Prepare makes a runnable copy of the program in dir.
func (a *Account) Prepare(dir string) *workspace.Workspace {
	a.t.Helper()
	w, err := workspace.Prepare(a.t.Context(), a.Root, dir, os.Stderr)
	require.NoError(a.t, err)
	a.t.Cleanup(func() { require.NoError(a.t, w.Close()) })
	return w
}

// Stack makes a stack of a program that is prepared; what its commands say goes
// to out.
func (a *Account) Stack(w *workspace.Workspace, name string, out io.Writer) *stack.Stack {
	a.t.Helper()
	s, err := stack.New(a.t.Context(), a.Root, w, name, a.state, a.Endpoint, out)
	require.NoError(a.t, err)
	return s
}
