// Package ci runs the steps of the workflow that users copy.
package ci

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/stack"
)

// workflow is the part of a GitHub Actions workflow that is looked at.
type workflow struct {
	On          string
	Permissions map[string]string
	Env         map[string]string
	Jobs        map[string]struct {
		Steps []step
	}
}

type step struct {
	Name, ID, Uses, Run, If string
	Env                     map[string]string
	With                    map[string]string
}

func read(t *testing.T) workflow {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(sandbox.Root(t), "examples", "ci", "github", "isolation.yml"))
	require.NoError(t, err)
	var w workflow
	require.NoError(t, yaml.Unmarshal(text, &w))
	require.Len(t, w.Jobs, 1)
	return w
}

func TestTheWorkflowMayDoNoMoreThanItHasTo(t *testing.T) {
	t.Parallel()
	w := read(t)
	// pull_request_target would run a stranger's program with secrets.
	assert.Equal(t, "pull_request", w.On)
	assert.Equal(t, map[string]string{"contents": "read", "id-token": "write", "pull-requests": "write"}, w.Permissions)
	version, err := os.ReadFile(filepath.Join(sandbox.Root(t), "provider", "version.txt"))
	require.NoError(t, err)
	for _, s := range w.Jobs["verify"].Steps {
		if s.Uses != "" {
			assert.Regexp(t, regexp.MustCompile(`^[\w-]+/[\w-]+@v\d+\.\d+\.\d+$`), s.Uses, "an action is named by its version")
		}
		// What an expression holds could be a script of whoever wrote it.
		assert.NotContains(t, s.Run, "${{", "a script takes values from its environment")
		if s.Name == "Install the tool" {
			assert.Contains(t, s.Run, " ecsnet "+strings.TrimSpace(string(version))+" ")
		}
	}
}

// TestTheWorkflowsStepsRun runs them as a runner does, on a program that keeps
// to the assertion and on one that does not.
func TestTheWorkflowsStepsRun(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		program, assertion string
		code               int
		heading            string
		path               string
	}{
		"an assertion that holds": {"examples/isolated-service/yaml", "isolated", 0, "### `dev`: `isolated` holds\n", "from the internet:  closed"},
		"one that fails":          {"examples/nat-behind-alb/yaml", "no-ingress", 1, "### `dev`: `no-ingress` FAILS\n", "-> load balancer front-lb"},
		"one without a service":   {"tests/engine/testdata/one-gateway", "no-egress", 2, "### `dev`: `no-egress` cannot be decided\n", "starts ECS tasks"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRunner(t, tt.program)
			w := read(t)
			require.Contains(t, w.Env, "ASSERT")
			w.Env["ASSERT"] = tt.assertion
			code := 0
			for _, s := range w.Jobs["verify"].Steps {
				if s.Run != "" {
					require.Zero(t, code, "%s runs after a step that failed", s.Name)
					code = r.run(w, s)
				}
			}
			require.Equal(t, tt.code, code)

			verdict := r.file("verdict.md")
			require.True(t, strings.HasPrefix(verdict, tt.heading), verdict)
			require.Contains(t, verdict, tt.path)
			require.Contains(t, verdict, "\n```mermaid\nflowchart ")
			require.Equal(t, 4, strings.Count(verdict, "```"), "each block is closed")
			require.Equal(t, verdict, r.file("summary"))
			require.Equal(t, "pr comment 7 --body-file verdict.md --edit-last --create-if-none\n", r.file("gh"))
		})
	}
}

// runner does what a runner of GitHub Actions does with a script.
type runner struct {
	t     *testing.T
	dir   string
	stack *stack.Stack
	env   []string
}

func newRunner(t *testing.T, program string) *runner {
	t.Helper()
	a := sandbox.New(t)
	w := a.Prepare(program)
	// A gh that notes what it is asked.
	bin := t.TempDir()
	gh := fmt.Sprintf("#!/bin/sh\necho \"$@\" >> '%s/gh'\n", w.Dir)
	require.NoError(t, os.WriteFile(filepath.Join(bin, "gh"), []byte(gh), 0o755))
	w.Path = append(w.Path, bin)
	s := a.Stack(w, "dev", &bytes.Buffer{})
	return &runner{t: t, dir: w.Dir, stack: s, env: []string{
		"GITHUB_STEP_SUMMARY=" + filepath.Join(w.Dir, "summary"), "GITHUB_OUTPUT=" + filepath.Join(w.Dir, "output")}}
}

var expression = regexp.MustCompile(`\$\{\{ (.*?) \}\}`)

// run runs a step's script and returns its exit code.
func (r *runner) run(w workflow, s step) int {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), 4*time.Minute)
	defer cancel()
	// Nothing is released yet: the tool is the one of this tree.
	script := regexp.MustCompile(`--server \S+`).ReplaceAllString(s.Run, "--file "+filepath.Join(sandbox.Root(r.t), "bin", "pulumi-tool-ecsnet"))
	cmd := exec.CommandContext(ctx, "bash", "-e", "-c", script)
	cmd.Dir, cmd.Env = r.dir, append(r.stack.Env(), r.env...)
	for _, entries := range []map[string]string{w.Env, s.Env} {
		for name, value := range entries {
			// The local AWS has a Region and an access of its own.
			if strings.HasPrefix(name, "AWS_") || name == "PULUMI_ACCESS_TOKEN" {
				continue
			}
			cmd.Env = append(cmd.Env, name+"="+expression.ReplaceAllStringFunc(value, r.evaluate))
		}
	}
	out, err := cmd.CombinedOutput()
	require.NotNil(r.t, cmd.ProcessState, "%v", err)
	r.t.Logf("%s: %s", s.Name, out)
	return cmd.ProcessState.ExitCode()
}

// evaluate gives the value of an expression that the workflow uses.
func (r *runner) evaluate(text string) string {
	r.t.Helper()
	switch name := expression.FindStringSubmatch(text)[1]; name {
	case "github.token":
		return "token"
	case "github.event.pull_request.number":
		return "7"
	case "steps.verify.outputs.code":
		_, code, found := strings.Cut(r.file("output"), "code=")
		require.True(r.t, found)
		return strings.TrimSpace(code)
	default:
		require.Fail(r.t, "the workflow uses an expression that this test does not know", name)
		return ""
	}
}

func (r *runner) file(name string) string {
	r.t.Helper()
	text, err := os.ReadFile(filepath.Join(r.dir, name))
	require.NoError(r.t, err)
	return string(text)
}
