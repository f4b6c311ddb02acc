// Package engine runs real Pulumi programs through the real engine against the
// local AWS: preview, up, up again, edits, destroy.
package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/stack"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/workspace"
)

// region is where the programs of the tests run.
const region = "us-east-1"

// commandTimeout ends a command of the CLI that hangs.
const commandTimeout = 4 * time.Minute

// account is a local AWS of a test's own.
type account struct {
	*sandbox.Account

	t      *testing.T
	before *inventory.Inventory
}

// newAccount starts a local AWS for a test.
func newAccount(t *testing.T) *account {
	t.Helper()
	a := &account{Account: sandbox.New(t), t: t}
	a.before = a.inventory()
	return a
}

// inventory reads back what stands in the local AWS.
func (a *account) inventory() *inventory.Inventory {
	a.t.Helper()
	return a.Inventory(region)
}

// mustBeEmpty fails the test when something is left.
func (a *account) mustBeEmpty() {
	a.t.Helper()
	if left := a.inventory().Diff(a.before); len(left) > 0 {
		a.t.Errorf("left in the local AWS:\n%s", strings.Join(left, "\n"))
	}
}

// program is a stack of a program in a runnable copy.
type program struct {
	*account
	workspace *workspace.Workspace
	stack     *stack.Stack
	output    *bytes.Buffer
	// previewed is what the last preview wrote.
	previewed string
}

// newProgram prepares a copy of the program in dir and a stack for it.
func (a *account) newProgram(dir string) *program {
	a.t.Helper()
	p := a.prepare(dir)
	p.stack = a.Stack(p.workspace, "dev", p.output)
	return p
}

func (a *account) prepare(dir string) *program {
	a.t.Helper()
	return &program{account: a, workspace: a.Prepare(dir), output: &bytes.Buffer{}}
}

// takenOver is the same stack, run by the program in another folder.
func (p *program) takenOver(dir string) *program {
	p.t.Helper()
	q := p.prepare(dir)
	q.stack = p.stack.With(q.workspace, q.output)
	return q
}

// run runs a command of the CLI and returns what it said.
func (p *program) run(args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(p.t.Context(), commandTimeout)
	defer cancel()
	p.output.Reset()
	err := p.stack.Run(ctx, args...)
	return p.output.String(), err
}

func (p *program) mustRun(args ...string) string {
	p.t.Helper()
	out, err := p.run(args...)
	if err != nil {
		p.t.Fatalf("%v\n%s", err, out)
	}
	return out
}

func (p *program) up()      { p.t.Helper(); p.mustRun("up", "--yes", "--skip-preview") }
func (p *program) destroy() { p.t.Helper(); p.mustRun("destroy", "--yes", "--skip-preview") }
func (p *program) mustBeSteady() {
	p.t.Helper()
	p.mustRun("up", "--yes", "--skip-preview", "--expect-no-changes")
}

// operation is what the engine means to do with a resource.
type operation struct{ op, typ, name string }

func (o operation) String() string { return fmt.Sprintf("%s %s %s", o.op, o.typ, o.name) }

// preview returns what an update would do, what stays the same and what is only read left out.
func (p *program) preview() []operation {
	p.t.Helper()
	out, failed := p.run("preview", "--json", "--show-sames")
	var digest struct {
		Steps []struct {
			Op  string `json:"op"`
			URN string `json:"urn"`
		} `json:"steps"`
		Diagnostics []struct {
			URN      string `json:"urn"`
			Message  string `json:"message"`
			Severity string `json:"severity"`
		} `json:"diagnostics"`
	}
	// Warnings of the CLI come before the document.
	start := strings.Index(out, "{")
	if start < 0 {
		p.t.Fatalf("no JSON in\n%s", out)
	}
	p.previewed = out[start:]
	if err := json.NewDecoder(strings.NewReader(p.previewed)).Decode(&digest); err != nil {
		p.t.Fatalf("%v in\n%s", err, out)
	}
	if failed != nil {
		for _, d := range digest.Diagnostics {
			p.t.Errorf("%s: %s: %s", d.Severity, d.URN, d.Message)
		}
		p.t.Fatalf("the preview failed: %v", failed)
	}
	var ops []operation
	for _, s := range digest.Steps {
		if s.Op == "same" || s.Op == "read" {
			continue
		}
		parts := strings.Split(s.URN, "::")
		typ := parts[2][strings.LastIndex(parts[2], "$")+1:]
		ops = append(ops, operation{s.Op, typ, parts[len(parts)-1]})
	}
	return ops
}

// edit replaces a text in the program's source, which must be there once.
func (p *program) edit(file, old, with string) {
	p.t.Helper()
	path := filepath.Join(p.workspace.Dir, file)
	text, err := os.ReadFile(path)
	if err != nil {
		p.t.Fatal(err)
	}
	if strings.Count(string(text), old) != 1 {
		p.t.Fatalf("%s has %q %d times, want once", file, old, strings.Count(string(text), old))
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), old, with, 1)), 0o644); err != nil {
		p.t.Fatal(err)
	}
	if p.workspace.Runtime == "go" {
		p.compile()
	}
}

// insert puts a text after a piece of the program's source, which must be there
// once.
func (p *program) insert(file string, after *regexp.Regexp, text string) {
	p.t.Helper()
	source, err := os.ReadFile(filepath.Join(p.workspace.Dir, file))
	if err != nil {
		p.t.Fatal(err)
	}
	found := after.FindAllString(string(source), -1)
	if len(found) != 1 {
		p.t.Fatalf("%s has %v %d times, want once", file, after, len(found))
	}
	p.edit(file, found[0], found[0]+text)
}

// mustOnlyCreate fails the test when the first preview would do anything but
// create, or has done anything.
func (p *program) mustOnlyCreate() {
	p.t.Helper()
	planned := p.preview()
	if len(planned) == 0 {
		p.t.Error("the first preview means to do nothing")
	}
	for _, o := range planned {
		if o.op != "create" {
			p.t.Errorf("the first preview means to %s", o)
		}
	}
	p.mustBeEmpty()
}

// compile builds an edited Go program where the workspace expects it.
func (p *program) compile() {
	p.t.Helper()
	build := exec.CommandContext(p.t.Context(), "go", "build", "-buildvcs=false", "-o", "program", ".")
	build.Dir = p.workspace.Dir
	if out, err := build.CombinedOutput(); err != nil {
		p.t.Fatalf("%v\n%s", err, out)
	}
}

// mustDo fails the test when an update would do anything else.
func (p *program) mustDo(want ...operation) {
	p.t.Helper()
	got := p.preview()
	for _, list := range [][]operation{got, want} {
		slices.SortFunc(list, func(a, b operation) int { return strings.Compare(a.String(), b.String()) })
	}
	if !slices.Equal(got, want) {
		p.t.Errorf("the update would do\n%v\nwant\n%v", lines(got), lines(want))
	}
}

func lines(ops []operation) string {
	text := make([]string, len(ops))
	for i, o := range ops {
		text[i] = "  " + o.String()
	}
	return strings.Join(text, "\n")
}
