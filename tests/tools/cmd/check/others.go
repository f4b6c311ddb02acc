package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/workspace"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

func prettier(ctx context.Context, c *checker) error {
	mode := "--check"
	if c.fix {
		mode = "--write"
	}
	files := c.ours(".ts", "package.json", "tsconfig.json")
	return c.command(ctx, ".", filepath.Join(toolchain.Dir(c.root), "node", "node_modules", ".bin", "prettier"), append([]string{mode}, files...)...)
}

// tsc compiles every TypeScript program against the tree's own SDK, in a copy
// with the pinned packages: a program of the tree has no packages of its own.
func tsc(ctx context.Context, c *checker) error {
	packages, err := workspace.NodePackages(ctx, c.root, os.Stderr)
	if err != nil {
		return err
	}
	var errs []error
	for _, dir := range c.dirs("tsconfig.json") {
		if !strings.HasPrefix(dir, "sdk/") {
			errs = append(errs, c.compile(ctx, dir, packages))
		}
	}
	return errors.Join(errs...)
}

func (c *checker) compile(ctx context.Context, dir, packages string) error {
	copied, err := os.MkdirTemp("", "ecsnet-tsc-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(copied)
	if err := workspace.Copy(copied, filepath.Join(c.root, dir)); err != nil {
		return err
	}
	modules := filepath.Join(packages, "node_modules")
	if err := os.Symlink(modules, filepath.Join(copied, "node_modules")); err != nil {
		return err
	}
	return c.command(ctx, dir, filepath.Join(modules, ".bin", "tsc"), "--noEmit", "--project", copied)
}

func ruffFormat(ctx context.Context, c *checker) error {
	args := []string{"format", "--no-cache"}
	if !c.fix {
		args = append(args, "--diff")
	}
	return c.ruff(ctx, args...)
}

func ruff(ctx context.Context, c *checker) error {
	args := []string{"check", "--no-cache", "--extend-select", "I,B,UP,SIM"}
	if c.fix {
		args = append(args, "--fix")
	}
	return c.ruff(ctx, args...)
}

func (c *checker) ruff(ctx context.Context, args ...string) error {
	files := c.ours(".py")
	if len(files) == 0 {
		return nil
	}
	return c.command(ctx, ".", filepath.Join(toolchain.Python(c.root, "python-lint"), "ruff"), append(args, files...)...)
}

// mypy checks each program by itself, for all are called __main__, against the
// types of the tree's own SDK.
func mypy(ctx context.Context, c *checker) error {
	programs, err := workspace.PythonPackages(ctx, c.root, os.Stderr)
	if err != nil {
		return err
	}
	policies, err := workspace.PolicyPackages(ctx, c.root, os.Stderr)
	if err != nil {
		return err
	}
	var errs []error
	for _, file := range c.ours(".py") {
		packages := programs
		if strings.HasPrefix(file, "policy/") {
			packages = policies
		}
		errs = append(errs, c.command(ctx, ".", filepath.Join(toolchain.Python(c.root, "python-lint"), "mypy"),
			"--strict", "--no-incremental", "--cache-dir", os.DevNull,
			"--python-executable", filepath.Join(packages, "venv", "bin", "python"), file))
	}
	return errors.Join(errs...)
}
