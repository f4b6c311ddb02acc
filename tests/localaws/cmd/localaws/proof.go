package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
)

// promised are the assertions that the examples are there to show, by project.
// Others are looked at without one.
var promised = map[string]string{
	"ecsnet-demo":      "isolated",
	"isolated-service": "isolated",
	"isolated-ec2":     "isolated",
	"isolated-api":     "no-egress",
	"payment-worker":   "no-ingress",
	"nat-behind-alb":   "zone-redundant",
}

// proof is what a demonstration shows about isolation.
type proof struct {
	// assertion that was held, "" when none was made.
	assertion string
	// picture is the file of the drawing.
	picture string
}

func (p proof) String() string {
	text := "The picture of the network: " + p.picture
	if p.assertion != "" {
		text = "Proven: " + p.assertion + ". " + text
	}
	return text
}

// prove says on out what a stack's tasks reach and who reaches them, and draws
// the network. A promise that is not kept is an error.
func (t *tool) prove(ctx context.Context, out io.Writer, project string, state []byte, picture string) (proof, error) {
	p := proof{assertion: promised[project], picture: picture}
	args := []string{"verify"}
	if p.assertion != "" {
		args = append(args, "--assert", p.assertion)
	}
	if err := t.verifier(ctx, out, state, args...); err != nil {
		return proof{}, err
	}
	return p, t.verifier(ctx, out, state, "draw", "--svg", p.picture)
}

// verifier runs a command of pulumi-tool-ecsnet on a state.
func (t *tool) verifier(ctx context.Context, out io.Writer, state []byte, args ...string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(t.root, "bin", "pulumi-tool-ecsnet"), append(args, "--state", "-")...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(state), out, out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("pulumi-tool-ecsnet %s: %w", args[0], err)
	}
	return nil
}
