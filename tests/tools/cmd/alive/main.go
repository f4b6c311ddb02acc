// Command alive runs a command of a make recipe so that one can see it is
// alive.
//
//	alive LABEL EXPECT COMMAND...          its output is shown if it fails
//	alive -stream LABEL COMMAND...         its output passes through
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/progress"
)

func main() {
	// A Ctrl-C reaches the command too, as a member of the same process group:
	// stay until it has ended. (Ignoring the signal would make the command
	// inherit that.)
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() > 0 {
			os.Exit(exit.ExitCode())
		}
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) >= 3 && args[0] == "-stream" {
		return stream(args[1], command(args[2:]))
	}
	if len(args) < 3 {
		return errors.New("usage: alive LABEL EXPECT COMMAND ARGUMENTS, or alive -stream LABEL COMMAND ARGUMENTS")
	}
	return progress.Step(os.Stderr, args[0], args[1], command(args[2:]))
}

func stream(label string, cmd *exec.Cmd) error {
	out, stop := progress.Watch(os.Stdout, label)
	defer stop()
	fmt.Fprintln(out, label)
	cmd.Stdout, cmd.Stderr = out, out
	return cmd.Run()
}

func command(args []string) *exec.Cmd {
	cmd := exec.Command(args[0], args[1:]...)
	forward := make(chan os.Signal, 1)
	signal.Notify(forward, syscall.SIGTERM)
	go func() {
		for s := range forward {
			if cmd.Process != nil {
				_ = cmd.Process.Signal(s)
			}
		}
	}()
	return cmd
}
