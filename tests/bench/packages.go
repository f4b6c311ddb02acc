package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/workspace"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/progress"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// nodePackages returns a folder whose node_modules hold the pinned packages of
// the three programs, the official aws SDK and ours.
func nodePackages(ctx context.Context, b *bench) (string, error) {
	ours, err := workspace.NodePackages(ctx, b.root, b.out)
	if err != nil {
		return "", err
	}
	pins := []string{filepath.Join(flatProgram, "package.json"), filepath.Join(flatProgram, "package-lock.json")}
	return toolchain.Cached(ctx, b.root, b.out, "bench-node", append(pins, "sdk/nodejs"), func(ctx context.Context, dir string) error {
		if err := workspace.Copy(dir, filepath.Join(b.root, flatProgram)); err != nil {
			return err
		}
		packed, err := filepath.Glob(filepath.Join(ours, "*.tgz"))
		if err != nil || len(packed) != 1 {
			return fmt.Errorf("%s holds %d packed SDKs, not one: %w", ours, len(packed), err)
		}
		for _, args := range [][]string{{"ci"}, {"install", "--no-save", packed[0]}} {
			cmd := exec.CommandContext(ctx, "npm", append(args, "--no-audit", "--no-fund", "--prefer-offline")...)
			cmd.Dir = dir
			if err := progress.Step(b.out, "npm "+args[0]+" for the benchmark", "about a minute the first time", cmd); err != nil {
				return err
			}
		}
		return nil
	})
}
