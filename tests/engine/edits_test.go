package engine

import (
	"strings"
	"testing"
)

// change is an edit of a running stack. The engine takes it in one update, and
// the way back in another; or the preview refuses it and says what to do.
type change struct {
	what     string
	old, new string
	// refused is what the preview says; empty where the edit goes through.
	refused []string
	// steps is what the engine would do, as "create subnet net-private-c"; only
	// looked at where there are any. An edit with none may do what it likes.
	steps []string
}

// nothing is the steps of an edit that changes nothing in AWS.
var nothing = []string{}

// stacks are the running stacks, by name.
var stacks = map[string]editable{}

// editable is a running stack and the edits that it goes through, in order.
type editable struct {
	program string
	changes []change
}

// TestEdits: no edit leaves a stack stuck. Each goes through in one update, and
// back again, with nothing left to do after it and without a drift; or it is
// refused at preview, before anything is changed.
func TestEdits(t *testing.T) {
	t.Parallel()
	for name, s := range stacks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			p := a.newProgram(written(t, s.program))
			p.up()
			for _, c := range s.changes {
				p.mustTake(c)
			}
			p.destroy()
			a.mustBeEmpty()
		})
	}
}

// mustTake makes an edit and takes it back.
func (p *program) mustTake(c change) {
	p.t.Helper()
	p.edit("Pulumi.yaml", c.old, c.new)
	if len(c.refused) > 0 {
		p.mustRefuse(c)
		p.edit("Pulumi.yaml", c.new, c.old)
		p.mustBeSteady()
		return
	}
	if c.steps != nil {
		p.mustPlan(stepOf(c))
		if len(c.steps) == 0 { // there and back are the same stack
			p.edit("Pulumi.yaml", c.new, c.old)
			return
		}
	}
	for _, way := range []string{"there", "back"} {
		if way == "back" {
			p.edit("Pulumi.yaml", c.new, c.old)
		}
		if out, err := p.run("up", "--yes", "--skip-preview"); err != nil {
			p.t.Fatalf("%s, %s: %v\n%s", c.what, way, err, out)
		}
		if out, err := p.run("preview", "--expect-no-changes"); err != nil {
			p.t.Errorf("%s, %s: something is left to do: %v\n%s", c.what, way, err, out)
		}
		if out, err := p.run("refresh", "--yes", "--skip-preview", "--expect-no-changes"); err != nil {
			p.t.Errorf("%s, %s: AWS has something else than the state: %v\n%s", c.what, way, err, out)
		}
	}
}

// mustRefuse fails the test unless the preview refuses the edit in the
// component's terms.
func (p *program) mustRefuse(c change) {
	p.t.Helper()
	out, err := p.run("preview")
	if err == nil {
		p.t.Errorf("%s: the preview takes it\n%s", c.what, out)
	}
	for _, want := range c.refused {
		if !strings.Contains(out, want) {
			p.t.Errorf("%s: the preview does not say %q\n%s", c.what, want, out)
		}
	}
	if found := noise.FindString(out); found != "" {
		p.t.Errorf("%s: %q in\n%s", c.what, found, out)
	}
}

// stepOf is a change's steps as the table of growth has them.
func stepOf(c change) step {
	s := step{name: c.what}
	for _, text := range c.steps {
		op, name, _ := strings.Cut(text, " ")
		switch op {
		case "create":
			s.creates = append(s.creates, name)
		case "update":
			s.updates = append(s.updates, name)
		case "delete":
			s.deletes = append(s.deletes, name)
		}
	}
	return s
}

// replaceOnce replaces a text that is there once.
func replaceOnce(t *testing.T, in, old, with string) string {
	t.Helper()
	if strings.Count(in, old) != 1 {
		t.Fatalf("%q is there %d times, want once", old, strings.Count(in, old))
	}
	return strings.Replace(in, old, with, 1)
}
