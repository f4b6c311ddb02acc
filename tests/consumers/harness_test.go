package consumers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/stack"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/workspace"
)

// commandTimeout bounds every Pulumi command: the longest takes half a minute.
const commandTimeout = 3 * time.Minute

const (
	region      = "us-east-1"
	otherRegion = "eu-west-1"
)

// awsTypes is how the URN of a resource of the aws provider goes on after its
// parents' types.
const awsTypes = "aws:"

// world is a local AWS of a test's own, with the state of its stacks.
type world struct{ *sandbox.Account }

func newWorld(t *testing.T) *world {
	t.Helper()
	return &world{sandbox.New(t)}
}

// deployment is a stack of a program.
type deployment struct {
	*stack.Stack
	world *world
	dir   string
	out   *bytes.Buffer
}

// typeScript makes a stack of the program testdata/typescript/NAME.ts.
func (w *world) typeScript(t *testing.T, name string) *deployment {
	t.Helper()
	return w.program(t, "typescript", fmt.Sprintf("name: %s\nruntime: nodejs\nmain: %s.ts\n", name, name))
}

// python makes a stack of the program testdata/python/NAME.py.
func (w *world) python(t *testing.T, name string) *deployment {
	t.Helper()
	return w.program(t, "python", fmt.Sprintf("name: %s\nruntime: python\nmain: %s.py\n", name, name))
}

// yaml makes a stack of a YAML program.
func (w *world) yaml(t *testing.T, name, program string) *deployment {
	t.Helper()
	return w.program(t, "", fmt.Sprintf("name: %s\nruntime: yaml\n%s", name, program))
}

// goProgram makes a stack of a Go program.
func (w *world) goProgram(t *testing.T, name, source string) *deployment {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(source), 0o644))
	return w.stack(t, dir, fmt.Sprintf("name: %s\nruntime: go\n", name))
}

// program makes a stack of the files in testdata/dir with the given Pulumi.yaml.
func (w *world) program(t *testing.T, dir, project string) *deployment {
	t.Helper()
	source := t.TempDir()
	if dir != "" {
		require.NoError(t, workspace.Copy(source, filepath.Join("testdata", dir)))
	}
	return w.stack(t, source, project)
}

// stack makes a stack of the files in source and the given Pulumi.yaml.
func (w *world) stack(t *testing.T, source, project string) *deployment {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(source, "Pulumi.yaml"), []byte(project), 0o644))
	ws := w.Prepare(source)
	d := &deployment{world: w, dir: ws.Dir, out: &bytes.Buffer{}}
	d.Stack = w.Stack(ws, "test", d.out)
	// The programs' types are checked once, not in every run.
	d.Extra = append(d.Extra, "PULUMI_NODEJS_TRANSPILE_ONLY=true")
	return d
}

// try runs a Pulumi command and returns what it said and its exit code.
func (d *deployment) try(t *testing.T, args ...string) (string, int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), commandTimeout)
	defer cancel()
	d.out.Reset()
	start := time.Now()
	err := d.Run(ctx, args...)
	text := d.out.String()
	code := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		require.NoError(t, err, text)
	}
	t.Logf("pulumi %s: %s", strings.Join(args, " "), time.Since(start).Round(100*time.Millisecond))
	return text, code
}

// must runs a Pulumi command that has to succeed.
func (d *deployment) must(t *testing.T, args ...string) string {
	t.Helper()
	text, code := d.try(t, args...)
	require.Zero(t, code, "pulumi %s\n%s", strings.Join(args, " "), text)
	return text
}

func (d *deployment) up(t *testing.T, args ...string) string {
	t.Helper()
	return d.must(t, append([]string{"up", "--yes", "--skip-preview"}, args...)...)
}

func (d *deployment) preview(t *testing.T, args ...string) string {
	t.Helper()
	return d.must(t, append([]string{"preview", "--diff"}, args...)...)
}

func (d *deployment) destroy(t *testing.T, args ...string) string {
	t.Helper()
	return d.must(t, append([]string{"destroy", "--yes", "--skip-preview"}, args...)...)
}

func (d *deployment) config(t *testing.T, key, value string) {
	t.Helper()
	d.must(t, "config", "set", key, value)
}

// state is one resource as the stack remembers it.
type state struct {
	URN          string          `json:"urn"`
	ID           string          `json:"id"`
	Type         string          `json:"type"`
	Parent       string          `json:"parent"`
	Provider     string          `json:"provider"`
	Protect      bool            `json:"protect"`
	RawInputs    json.RawMessage `json:"inputs"`
	Inputs       map[string]any  `json:"-"`
	Dependencies []string        `json:"dependencies"`
}

// resources reads the stack's state.
func (d *deployment) resources(t *testing.T) []state {
	t.Helper()
	text, err := d.Export(t.Context())
	require.NoError(t, err)
	var export struct {
		Deployment struct {
			Resources []state `json:"resources"`
		} `json:"deployment"`
	}
	require.NoError(t, json.Unmarshal(text, &export))
	for i, r := range export.Deployment.Resources {
		if r.RawInputs != nil {
			require.NoError(t, json.Unmarshal(r.RawInputs, &export.Deployment.Resources[i].Inputs))
		}
	}
	return export.Deployment.Resources
}

// step is what a preview plans for one resource.
type step struct {
	Op  string `json:"op"`
	URN string `json:"urn"`
}

func (s step) typ() string {
	types := strings.Split(s.URN, "::")[2]
	return types[strings.LastIndex(types, "$")+1:]
}

// plan previews the stack and returns what would happen.
func (d *deployment) plan(t *testing.T) []step {
	t.Helper()
	text := d.must(t, "preview", "--json")
	var plan struct {
		Steps []step `json:"steps"`
	}
	start := strings.Index(text, "{")
	require.GreaterOrEqual(t, start, 0, text)
	require.NoError(t, json.NewDecoder(strings.NewReader(text[start:])).Decode(&plan), text)
	require.NotEmpty(t, plan.Steps)
	return plan.Steps
}

// aws are the resources of the aws provider, without the provider itself.
func (d *deployment) aws(t *testing.T) []state {
	t.Helper()
	var list []state
	for _, r := range d.resources(t) {
		if strings.HasPrefix(r.Type, awsTypes) {
			list = append(list, r)
		}
	}
	return list
}
