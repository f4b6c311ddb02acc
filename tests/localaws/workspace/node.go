package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/progress"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

const (
	nodeSDK  = "sdk/nodejs"
	nodePins = "tests/tools/programs/node"
	npmName  = "@ecsnet/ecsnet"
)

// installNode gives the copy the pinned packages and the tree's SDK, packed and
// installed as npm would from its registry.
func installNode(ctx context.Context, root string, out io.Writer, w *Workspace) error {
	dir, err := NodePackages(ctx, root, out)
	if err != nil {
		return err
	}
	if err := checkNodePins(w.Dir, dir); err != nil {
		return err
	}
	return os.Symlink(filepath.Join(dir, "node_modules"), filepath.Join(w.Dir, "node_modules"))
}

// NodePackages returns a folder whose node_modules hold the pinned packages and
// the tree's own SDK.
func NodePackages(ctx context.Context, root string, out io.Writer) (string, error) {
	// The pinned packages change seldom and take long to install; the SDK is put
	// into a copy of them.
	pinned, err := toolchain.Cached(ctx, root, out, "programs-npm", []string{nodePins}, func(ctx context.Context, dir string) error {
		if err := Copy(dir, filepath.Join(root, nodePins)); err != nil {
			return err
		}
		return npm(ctx, out, dir, "installing npm packages for the examples", "about half a minute the first time", "ci")
	})
	if err != nil {
		return "", err
	}
	return toolchain.Cached(ctx, root, out, "programs-node", []string{nodePins, nodeSDK}, func(ctx context.Context, dir string) error {
		if err := Copy(dir, filepath.Join(root, nodePins)); err != nil {
			return err
		}
		if text, err := exec.CommandContext(ctx, "cp", "-R", filepath.Join(pinned, "node_modules"), dir).CombinedOutput(); err != nil {
			return fmt.Errorf("copying the pinned packages: %w\n%s", err, text)
		}
		sdk := filepath.Join(dir, "sdk")
		if err := Copy(sdk, filepath.Join(root, nodeSDK)); err != nil {
			return err
		}
		if err := os.Symlink(filepath.Join(dir, "node_modules"), filepath.Join(sdk, "node_modules")); err != nil {
			return err
		}
		if err := npm(ctx, out, sdk, "compiling and packing the Node.js SDK", "about 10 seconds", "pack", "--pack-destination", dir); err != nil {
			return err
		}
		packed, err := filepath.Glob(filepath.Join(dir, "*.tgz"))
		if err != nil || len(packed) != 1 {
			return fmt.Errorf("npm pack made %d packages, not one: %w", len(packed), err)
		}
		return npm(ctx, out, dir, "installing the Node.js SDK", "some seconds", "install", "--no-save", packed[0])
	})
}

func npm(ctx context.Context, out io.Writer, dir, label, expect string, args ...string) error {
	cmd := exec.CommandContext(ctx, "npm", append(args, "--no-audit", "--no-fund", "--prefer-offline")...)
	cmd.Dir = dir
	return progress.Step(out, label, expect, cmd)
}

// checkNodePins holds what the program's package.json asks for to what is
// installed: a version that only works here would fail its readers.
func checkNodePins(program, installed string) error {
	type manifest struct {
		Version         string            `json:"version"`
		Dependencies    map[string]string `json:"dependencies"`
		DevDependencies map[string]string `json:"devDependencies"`
	}
	read := func(path string) (m manifest, err error) {
		text, err := os.ReadFile(path)
		if err == nil {
			err = json.Unmarshal(text, &m)
		}
		return m, err
	}
	wants, err := read(filepath.Join(program, "package.json"))
	if err != nil {
		return err
	}
	for _, list := range []map[string]string{wants.Dependencies, wants.DevDependencies} {
		for name, version := range list {
			has, err := read(filepath.Join(installed, "node_modules", name, "package.json"))
			if err != nil {
				return fmt.Errorf("package.json asks for %s, which is not among the pinned packages: add it to %s", name, nodePins)
			}
			if strings.TrimLeft(version, "^~") != has.Version {
				return fmt.Errorf("package.json asks for %s %s but %s is pinned: make %s and package.json agree", name, version, has.Version, nodePins)
			}
		}
	}
	return nil
}
