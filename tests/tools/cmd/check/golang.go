package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// command runs a program in a folder of the tree; what it prints is part of
// the error when it fails.
func (c *checker) command(ctx context.Context, dir, name string, args ...string) error {
	_, err := c.output(ctx, dir, name, args...)
	return err
}

func (c *checker) output(ctx context.Context, dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = filepath.Join(c.root, dir)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %s: %w\n%s", dir, filepath.Base(name)+" "+strings.Join(args, " "), err, out)
	}
	return string(out), nil
}

// inModules runs a command in every Go module that has code of its own.
func (c *checker) inModules(ctx context.Context, name string, args ...string) error {
	var errs []error
	for _, dir := range c.dirs("go.mod") {
		if len(c.goFiles(dir)) > 0 {
			errs = append(errs, c.command(ctx, dir, name, args...))
		}
	}
	return errors.Join(errs...)
}

// goFiles lists the Go files under dir. The modules that only pin a tool have
// none.
func (c *checker) goFiles(dir string) []string {
	return c.filter(func(file string) bool {
		return strings.HasSuffix(file, ".go") && (dir == "." || strings.HasPrefix(file, dir+"/"))
	})
}

func gofmt(ctx context.Context, c *checker) error {
	mode := "-l"
	if c.fix {
		mode = "-w"
	}
	unformatted, err := c.output(ctx, ".", "gofmt", append([]string{mode, "-s"}, c.ours(".go")...)...)
	if err == nil && unformatted != "" {
		err = fmt.Errorf("not formatted; run: make fmt\n%s", unformatted)
	}
	return err
}

func vet(ctx context.Context, c *checker) error { return c.inModules(ctx, "go", "vet", "./...") }

// staticcheck leaves the generated SDK out.
func staticcheck(ctx context.Context, c *checker) error {
	var errs []error
	for _, dir := range []string{".", "tests"} {
		errs = append(errs, c.command(ctx, dir, filepath.Join(toolchain.Bin(c.root), "staticcheck"), "./..."))
	}
	return errors.Join(errs...)
}

// tidy holds every go.mod to what its module imports. -e: tests of Pulumi's
// bridge import modules that nobody here needs and not every proxy serves; go
// looks at the tests of what a module imports, too.
func tidy(ctx context.Context, c *checker) error {
	var errs []error
	for _, dir := range c.dirs("go.mod") {
		if err := c.command(ctx, dir, "go", "mod", "tidy", "-e", "-diff"); err != nil {
			errs = append(errs, fmt.Errorf("%w; run: go -C %s mod tidy -e", err, dir))
		}
	}
	return errors.Join(errs...)
}

func schemaInStep(ctx context.Context, c *checker) error {
	return c.command(ctx, ".", "go", "run", "./provider/internal/cmd/gen", "-check")
}

func sdksInStep(ctx context.Context, c *checker) error {
	return c.command(ctx, "tests/tools/sdkgen", "go", "run", ".", "-check")
}
