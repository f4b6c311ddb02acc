package workspace

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

const (
	policyPack = "policy"
	policyPins = "tests/tools/programs/policy/requirements.txt"
)

// pinnedHost is a python for the pinned language host. That host is older than
// the CLI: it is told of the pack in a field that it does not know, and starts
// nothing at all instead. A current one starts what this does, with the
// virtual environment that PulumiPolicy.yaml names.
const pinnedHost = `#!/bin/sh
[ -z "$1" ] || exec '%[1]s' "$@"
exec '%[1]s' -u -m pulumi.policy "$2" '%[2]s'
`

// AddPolicyPack copies the tree's policy pack to the folder dir, and makes it
// runnable in the workspace, whose program must not be Python.
func (w *Workspace) AddPolicyPack(ctx context.Context, root, dir string, out io.Writer) error {
	packages, err := PolicyPackages(ctx, root, out)
	if err != nil {
		return err
	}
	if err := Copy(dir, filepath.Join(root, policyPack)); err != nil {
		return err
	}
	venv := filepath.Join(packages, "venv")
	if err := os.Symlink(venv, filepath.Join(dir, "venv")); err != nil {
		return err
	}
	bin := filepath.Join(dir, "bin")
	if err := os.Mkdir(bin, 0o755); err != nil {
		return err
	}
	w.Path = append([]string{bin}, w.Path...)
	python := fmt.Sprintf(pinnedHost, filepath.Join(venv, "bin", "python"), dir)
	return os.WriteFile(filepath.Join(bin, "python3"), []byte(python), 0o755)
}

// PolicyPackages returns a folder whose venv holds the packages of the policy
// pack. Its SDK wants an older protobuf than programs are run with.
func PolicyPackages(ctx context.Context, root string, out io.Writer) (string, error) {
	return toolchain.Cached(ctx, root, out, "programs-policy", []string{policyPins}, func(ctx context.Context, dir string) error {
		return toolchain.NewVenv(ctx, out, filepath.Join(dir, "venv"), "some seconds", "-r", filepath.Join(root, policyPins))
	})
}
