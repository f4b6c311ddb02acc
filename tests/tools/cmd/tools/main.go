// Command tools makes the pinned tools of this tree that are missing: see
// `make tools`.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, groups []string) error {
	if len(groups) == 0 {
		groups = []string{"run"}
	}
	root, err := toolchain.Root()
	if err != nil {
		return err
	}
	var names []string
	for _, group := range groups {
		names = append(names, toolchain.Names(group)...)
	}
	start := time.Now()
	if err := toolchain.Ensure(ctx, root, os.Stderr, names...); err != nil {
		return err
	}
	if took := time.Since(start); took > time.Second {
		fmt.Fprintf(os.Stderr, "tools are ready in .tools/bin, after %s\n", took.Round(time.Second))
	}
	return nil
}
