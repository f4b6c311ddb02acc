package taskplan

import (
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/need"
)

// Task is what is known of a task: its container, and what ECS does for it.
// Every part says of itself what is wrong with it, what it needs, and how ECS
// is told of it. What is not known yet arrives with [Task.Fill], and the parts
// are asked again.
type Task struct {
	Container
	// Keys are the customer managed keys of the secrets.
	Keys []Key
	// Exec is the shell that opens in the container.
	Exec Exec
	// Launch is what runs the task.
	Launch Launch
	// Connect is the proxy of Service Connect.
	Connect Connect
}

// Place is where a task is to run, as far as that is known.
type Place struct {
	Partition string
	Region    fact.Of[string]
}

// part is a part of a task.
type part interface {
	// Check finds what is wrong with what is known of it.
	Check(*field.Faults)
	// declare says what it needs, as far as that is known.
	declare(Place, *need.Needs)
}

func (t Task) parts() []part {
	all := []part{t.Image, t.Log}
	for _, s := range t.Secrets {
		all = append(all, s)
	}
	for _, k := range t.Keys {
		all = append(all, k)
	}
	return append(all, t.Exec, t.Launch, t.Connect)
}

// Needs returns what the task asks of the world.
func (t Task) Needs(at Place) need.Needs {
	var n need.Needs
	for _, p := range t.parts() {
		p.declare(at, &n)
	}
	return n
}

// Policy returns what one of the task's roles may do, or what is wrong with the
// values that have arrived.
func (t Task) Policy(to need.Role, at Place) (string, error) {
	if err := t.Check().Err(); err != nil {
		return "", err
	}
	return t.Needs(at).Policy(to), nil
}

// Check returns what is wrong with what is known of the task.
func (t Task) Check() field.Faults {
	var faults field.Faults
	for _, p := range t.parts() {
		p.Check(&faults)
	}
	return faults
}

// Fill is the task with the values that have arrived, by the paths of their
// arguments.
func (t Task) Fill(values map[string]fact.Of[string]) Task {
	return t.each(func(text fact.Text) fact.Text { return text.In(values) })
}

// Open is the task as everybody may know it: without its secret values.
func (t Task) Open() Task { return t.each(fact.Text.Open) }

// each changes every text that arrives later.
func (t Task) each(change func(fact.Text) fact.Text) Task {
	t.Image.Text = change(t.Image.Text)
	t.Secrets = slices.Clone(t.Secrets)
	for i := range t.Secrets {
		t.Secrets[i].Arn = change(t.Secrets[i].Arn)
	}
	t.Keys = slices.Clone(t.Keys)
	for i := range t.Keys {
		t.Keys[i].Text = change(t.Keys[i].Text)
	}
	t.Log.GroupArn = change(t.Log.GroupArn)
	t.Log.Group = change(t.Log.Group)
	t.Log.Region = change(t.Log.Region)
	t.Exec.GroupArn = change(t.Exec.GroupArn)
	return t
}

// check adds what a check finds about a text that is known, without the value
// where that is secret.
func check(faults *field.Faults, text fact.Text, find func(path, value string) field.Faults) {
	value, known := text.Get()
	if !known {
		return
	}
	found := find(text.At, value)
	if text.IsSecret() {
		found = found.Hide()
	}
	*faults = append(*faults, found...)
}
