// Command pulumi-tool-ecsnet proves what the tasks of a Pulumi stack can reach
// and who can reach them, and draws the network. It is a tool plugin:
//
//	pulumi plugin run ecsnet -- verify --stack dev --assert isolated
//
// and runs as well by itself. It calls no AWS.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// Exit codes: what a pipeline needs to tell apart.
const (
	// exitHeld: every assertion holds, or none was made.
	exitHeld = 0
	// exitFailed: an assertion fails.
	exitFailed = 1
	// exitUndecided: an assertion cannot be decided, the input cannot be read,
	// or the command was not understood. Nothing is known to be wrong, and
	// nothing is known to be right.
	exitUndecided = 2
)

// streams are what the process was started with.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// verdict ends the process with a code; everything has been said already.
type verdict int

func (v verdict) Error() string { return fmt.Sprintf("exit code %d", int(v)) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}

// run does what the arguments say and returns the exit code.
func run(ctx context.Context, args []string, s streams) int {
	root := newRoot(s)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var code verdict
	switch {
	case err == nil:
		return exitHeld
	case errors.As(err, &code):
		return int(code)
	default:
		fmt.Fprintln(s.err, "error:", err)
		return exitUndecided
	}
}
