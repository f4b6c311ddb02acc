// Command localaws runs a local AWS for this tree: in the background for as
// long as one likes (start, env, inventory, stop), or for one demonstration.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/session"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// tool is what every subcommand needs.
type tool struct {
	root  string
	state string
	out   io.Writer
}

// subcommand is one thing the tool does.
type subcommand struct {
	name, arguments, help string
	run                   func(ctx context.Context, t *tool, args []string) error
}

var subcommands = []subcommand{
	{"start", "", "start the local AWS in the background; returns when it is ready", start},
	{"stop", "", "stop it", stop},
	{"env", "", "print the exports that make any Pulumi program run against it", env},
	{"inventory", "[--json]", "list what stands in it, read through the AWS SDK", list},
	{"demo", "[EXAMPLE]", "up, inventory, proof and destroy of the root project or an example, on a local AWS of its own", demo},
}

func main() {
	// A closed pipe (`make demo | head`) ends a demonstration like Ctrl-C does:
	// by cleaning up.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	defer stop()
	err := run(ctx, os.Args[1:])
	switch {
	case err == nil:
	case errors.Is(err, session.ErrInterrupted), ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, "interrupted: everything that was started has been stopped")
		os.Exit(130)
	default:
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	root, err := toolchain.Root()
	if err != nil {
		return err
	}
	t := &tool{root: root, state: filepath.Join(root, ".local"), out: os.Stdout}
	if state := os.Getenv("ECSNET_LOCAL_STATE"); state != "" {
		if t.state, err = filepath.Abs(state); err != nil {
			return err
		}
	}
	for _, c := range subcommands {
		if len(args) > 0 && c.name == args[0] {
			return c.run(ctx, t, args[1:])
		}
	}
	return errors.New(usage(args))
}

func usage(args []string) string {
	var b strings.Builder
	if len(args) > 0 {
		fmt.Fprintf(&b, "no subcommand %q\n", args[0])
	} else {
		fmt.Fprintln(&b, "a subcommand is missing")
	}
	for _, c := range subcommands {
		fmt.Fprintf(&b, "  localaws %-20s %s\n", c.name+" "+c.arguments, c.help)
	}
	return b.String()
}
