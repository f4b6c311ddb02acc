// Package stack runs the Pulumi CLI on one stack against the local AWS, with
// state, settings and plugins of its own.
package stack

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/environment"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/moto"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/session"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/workspace"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// Stack is a stack of a workspace's project.
type Stack struct {
	// Name is the stack's name.
	Name string
	// Out receives the output of every command that does not return it.
	Out io.Writer
	// Extra are further entries of the environment, which win over others.
	Extra []string

	root, state string
	workspace   *workspace.Workspace
	endpoint    string
}

// New creates the stack name of the program in w. State is a folder that
// several stacks may share, so that one can refer to another; endpoint is the
// local AWS.
func New(ctx context.Context, root string, w *workspace.Workspace, name, state, endpoint string, out io.Writer) (*Stack, error) {
	s := &Stack{Name: name, Out: out, root: root, state: state, workspace: w, endpoint: endpoint}
	// The CLI writes a stack's settings beside Pulumi.yaml when it creates one.
	// A stand-in project takes them, so that the program's folder stays as it is.
	settings := filepath.Dir(s.settings())
	for _, dir := range []string{settings, environment.Backend(state)} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
	}
	project := fmt.Sprintf("name: %s\nruntime: yaml\n", w.Project)
	if err := os.WriteFile(filepath.Join(settings, "Pulumi.yaml"), []byte(project), 0o644); err != nil {
		return nil, err
	}
	init := s.command(settings, "stack", "init", name, "--non-interactive")
	text := &bytes.Buffer{}
	init.Stdout, init.Stderr = text, text
	if err := session.Run(ctx, init); err != nil {
		return nil, fmt.Errorf("creating the stack: %w\n%s", err, text)
	}
	return s, nil
}

func (s *Stack) settings() string {
	return filepath.Join(s.state, "settings", s.workspace.Project, "Pulumi."+s.Name+".yaml")
}

// Run runs a command that takes the stack's settings (preview, up, refresh,
// destroy) and writes what it says to s.Out.
func (s *Stack) Run(ctx context.Context, args ...string) error {
	args = append(args, "--stack", s.Name, "--config-file", s.settings(), "--non-interactive")
	cmd := s.command(s.workspace.Dir, args...)
	cmd.Stdout, cmd.Stderr = s.Out, s.Out
	if err := session.Run(ctx, cmd); err != nil {
		return fmt.Errorf("pulumi %s: %w", args[0], err)
	}
	return nil
}

// Outputs returns the stack's outputs; secrets stay hidden.
func (s *Stack) Outputs(ctx context.Context) (map[string]any, error) {
	text, err := s.query(ctx, "output", "--json")
	if err != nil {
		return nil, err
	}
	var outputs map[string]any
	return outputs, json.Unmarshal(text, &outputs)
}

// Export returns the stack's state, as `pulumi stack export` writes it.
func (s *Stack) Export(ctx context.Context) ([]byte, error) { return s.query(ctx, "export") }

// query runs a subcommand of `pulumi stack` and returns what it prints.
func (s *Stack) query(ctx context.Context, args ...string) ([]byte, error) {
	cmd := s.command(s.workspace.Dir, append([]string{"stack", "--stack", s.Name, "--non-interactive"}, args...)...)
	out, errs := &bytes.Buffer{}, &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = out, errs
	if err := session.Run(ctx, cmd); err != nil {
		return nil, fmt.Errorf("pulumi stack %s: %w\n%s", args[0], err, errs)
	}
	return out.Bytes(), nil
}

// Env is the environment in which commands run.
func (s *Stack) Env() []string {
	entries := append(environment.Pulumi(s.state), moto.Env(s.endpoint)...)
	return s.workspace.Env(append(entries, s.Extra...)...)
}

func (s *Stack) command(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(toolchain.Bin(s.root), "pulumi"), args...)
	cmd.Dir, cmd.Env = dir, s.Env()
	return cmd
}

// With is the same stack, run by the program in another workspace of the same
// project.
func (s *Stack) With(w *workspace.Workspace, out io.Writer) *Stack {
	other := *s
	other.workspace, other.Out = w, out
	return &other
}
