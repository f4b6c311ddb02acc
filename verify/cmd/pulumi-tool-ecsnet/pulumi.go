package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// selected stands for the stack that is selected in this folder.
const selected = ""

// export is the state of a stack.
func export(ctx context.Context, stack string) ([]byte, error) {
	out, errs, err := pulumi(ctx, stack, "stack", "export")
	if err != nil {
		return nil, failure("pulumi stack export", err, errs)
	}
	return out, nil
}

// preview is what the next update of a stack would make.
func preview(ctx context.Context, stack string) ([]byte, error) {
	out, errs, err := pulumi(ctx, stack, "preview", "--json", "--show-sames")
	if err != nil {
		return nil, failure("pulumi preview", err, append(problems(out), errs...))
	}
	return out, nil
}

// pulumi runs the CLI in this folder.
func pulumi(ctx context.Context, stack string, args ...string) (out, errs []byte, err error) {
	args = append(args, "--non-interactive")
	if stack != selected {
		args = append(args, "--stack", stack)
	}
	cmd := exec.CommandContext(ctx, "pulumi", args...)
	// The engine lets go of its plugins and locks when it is asked to end.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	// One document, whatever the user has set.
	cmd.Env = append(os.Environ(), "PULUMI_SKIP_UPDATE_CHECK=true", "PULUMI_ENABLE_STREAMING_JSON_PREVIEW=false")
	stdout, stderr := &bytes.Buffer{}, &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = stdout, stderr
	err = cmd.Run()
	return stdout.Bytes(), stderr.Bytes(), err
}

// problems are the errors that a preview printed as JSON.
func problems(out []byte) []byte {
	var digest struct {
		Diagnostics []struct{ Message, Severity string }
	}
	if json.Unmarshal(out, &digest) != nil {
		return nil
	}
	var text []byte
	for _, d := range digest.Diagnostics {
		if d.Severity == "error" {
			text = fmt.Appendln(text, strings.TrimSpace(d.Message))
		}
	}
	return text
}

// failure says why a command of the CLI failed, and what to do.
func failure(what string, err error, said []byte) error {
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("%s: pulumi is not on PATH; install it, or write the output of that command to a file and name it with --state", what)
	}
	text := strings.TrimSpace(string(said))
	if text == "" {
		return fmt.Errorf("%s: %w", what, err)
	}
	return fmt.Errorf("%s: %w:\n%s", what, err, text)
}
