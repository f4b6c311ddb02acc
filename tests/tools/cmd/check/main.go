// Command check runs the checks of `make check`, all of them, and says at the
// end which failed. With -fix it formats what we write instead.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/progress"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// checker is what a check needs to know.
type checker struct {
	root string
	// fix asks a formatter to write instead of to complain.
	fix bool
	// files are the tracked files, from the root.
	files []string
}

// check is one thing that has to hold.
type check struct {
	name string
	// formats marks the checks that -fix runs.
	formats bool
	run     func(ctx context.Context, c *checker) error
}

var checks = []check{
	{"gofmt", true, gofmt},
	{"prettier", true, prettier},
	{"ruff format", true, ruffFormat},
	{"ruff", true, ruff},
	{"links in the docs", false, links},
	{"lock files name no registry", false, lockFiles},
	{"go mod tidy", false, tidy},
	{"schema.json in step", false, schemaInStep},
	{"SDKs in step", false, sdksInStep},
	{"go vet", false, vet},
	{"staticcheck", false, staticcheck},
	{"tsc", false, tsc},
	{"mypy", false, mypy},
}

func main() {
	fix := flag.Bool("fix", false, "format instead of checking")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	failed, err := run(ctx, *fix, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
	if len(failed) > 0 {
		fmt.Printf("\n%d check(s) failed: %v\n", len(failed), failed)
		os.Exit(1)
	}
}

// run runs the checks that only names, or all.
func run(ctx context.Context, fix bool, only []string) (failed []string, err error) {
	c := &checker{fix: fix}
	if c.root, err = toolchain.Root(); err != nil {
		return nil, err
	}
	if c.files, err = tracked(ctx, c.root); err != nil {
		return nil, err
	}
	for _, check := range checks {
		if fix && !check.formats || len(only) > 0 && !contains(only, check.name) {
			continue
		}
		start := time.Now()
		_, stop := progress.Watch(os.Stdout, check.name)
		err := check.run(ctx, c)
		stop()
		took := time.Since(start).Round(100 * time.Millisecond)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			fmt.Printf("FAIL %s (%s)\n%s\n", check.name, took, err)
			failed = append(failed, check.name)
			continue
		}
		fmt.Printf("ok   %s (%s)\n", check.name, took)
	}
	return failed, nil
}
