package state

import (
	"fmt"
	"maps"
	"strings"
)

// step is what a preview means to do with one resource.
type step struct {
	Op       string   `json:"op"`
	URN      string   `json:"urn"`
	OldState *written `json:"oldState"`
	NewState *written `json:"newState"`
}

type diagnostic struct {
	Severity string `json:"severity"`
	Message  string `json:"message"`
}

// preview gives the resources as they will be after the update.
func (d *document) preview() (list []*Resource, leftovers []Leftover, err error) {
	for _, message := range d.Diagnostics {
		if message.Severity == "error" {
			return nil, nil, fmt.Errorf("the preview failed, so it does not show the whole stack: %s", strings.TrimSpace(message.Message))
		}
	}
	if d.Steps == nil {
		return nil, nil, errNotAStack
	}
	same := 0
	// A replacement is written as up to three steps for one resource.
	made := map[string]bool{}
	for _, s := range *d.Steps {
		if s.Op == "same" {
			same++
		}
		r, left, err := s.resource()
		if err != nil {
			return nil, nil, err
		}
		if left != nil {
			leftovers = append(leftovers, *left)
		}
		if r == nil || (replaces(s.Op) && made[r.URN]) {
			continue
		}
		made[r.URN] = replaces(s.Op)
		list = append(list, r)
	}
	if want := d.ChangeSummary["same"]; same < want {
		return nil, nil, fmt.Errorf("the preview leaves out %d resources that stay the same: run it with --show-sames", want-same)
	}
	return list, leftovers, nil
}

func replaces(op string) bool { return op == "replace" || op == "create-replacement" }

// resource is what a step leaves: nil when it leaves nothing.
func (s *step) resource() (*Resource, *Leftover, error) {
	fill(s.OldState, s.URN)
	fill(s.NewState, s.URN)
	switch s.Op {
	case "delete", "delete-replaced", "discard", "discard-replaced", "read-discard", "remove-pending-replace":
		if s.Op == "delete" && s.OldState != nil && !s.OldState.RetainOnDelete {
			r, err := s.OldState.resource()
			return nil, &Leftover{Resource: r, Gone: true}, err
		}
		if s.OldState == nil || !s.OldState.RetainOnDelete || s.Op == "discard" {
			return nil, nil, nil
		}
		r, err := s.OldState.resource()
		return nil, &Leftover{Resource: r, Why: "leaves the stack and stays in AWS, because of retainOnDelete"}, err
	case "same", "refresh":
		return s.kept()
	case "update":
		return s.updated()
	case "create", "replace", "create-replacement", "import", "import-replacement", "read", "read-replacement":
		return s.created()
	}
	return nil, nil, fmt.Errorf("the preview has a step %q, which is not known; take a newer release of this tool", s.Op)
}

func fill(w *written, urn string) {
	if w != nil && w.URN == "" {
		w.URN = urn
	}
}

// kept stays as it is: the new state has the inputs, the old one the rest.
func (s *step) kept() (*Resource, *Leftover, error) {
	if s.OldState == nil {
		return s.created()
	}
	r, err := s.OldState.resource()
	if err != nil {
		return nil, nil, err
	}
	r.exists = true
	if n := s.NewState; n != nil {
		if n.Inputs != nil {
			r.inputs = n.Inputs
		}
		if n.PropertyDependencies != nil {
			r.byProperty, r.dependencies = n.PropertyDependencies, n.Dependencies
		}
	}
	return r, nil, nil
}

// updated keeps its identity. What the program says now replaces what AWS had;
// what it never said stays as AWS had it. What it says no more is not known: a
// provider leaves some of it as it was, a group's rules and a table's routes
// among it, and puts others back.
// https://developer.hashicorp.com/terraform/language/attr-as-blocks
func (s *step) updated() (*Resource, *Leftover, error) {
	if s.OldState == nil || s.NewState == nil {
		return s.created()
	}
	r, err := s.NewState.resource()
	if err != nil {
		return nil, nil, err
	}
	if r.ID == "" {
		r.ID = s.OldState.ID
	}
	outputs := maps.Clone(s.OldState.Outputs)
	if outputs == nil {
		outputs = map[string]any{}
	}
	for name := range s.NewState.Inputs {
		if said(s.NewState.Inputs, name) {
			delete(outputs, name)
		}
	}
	for name := range s.OldState.Inputs {
		if said(s.OldState.Inputs, name) && !said(s.NewState.Inputs, name) {
			outputs[name] = unknowns[0]
		}
	}
	maps.Copy(outputs, s.NewState.Outputs)
	r.outputs = outputs
	return r, nil, nil
}

// said is whether a program says something of a property: null is nothing.
func said(inputs map[string]any, name string) bool {
	_, knowledge := open(inputs[name], 0)
	return knowledge != missing
}

func (s *step) created() (*Resource, *Leftover, error) {
	w := s.NewState
	if w == nil {
		w = s.OldState
	}
	if w == nil {
		return nil, nil, fmt.Errorf("%w: the step %s of %s has no state", errNotAStack, s.Op, s.URN)
	}
	r, err := w.resource()
	if err != nil {
		return nil, nil, err
	}
	if read := strings.HasPrefix(s.Op, "read"); read || w.External {
		r.External = true
		// What was read is not in the step, unless an update read it before.
		if s.OldState != nil && s.OldState.ID != "" && (r.ID == "" || r.ID == s.OldState.ID) && len(r.outputs) == 0 {
			r.ID, r.outputs = s.OldState.ID, s.OldState.Outputs
		}
		r.hidden = len(r.outputs) == 0
	}
	return r, nil, nil
}
