package state

import "fmt"

// checkpoint is what a self-managed backend keeps of a stack, in the file
// .pulumi/stacks/PROJECT/STACK.json.
// https://www.pulumi.com/docs/iac/concepts/state-and-backends/
type checkpoint struct {
	// Latest is missing before the first update.
	Latest deployment `json:"latest"`
}

// deployment is a stack's state. What its versions differ in is not read here,
// except that dependencies of properties came with the third.
// https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/core.go
type deployment struct {
	Resources         []written   `json:"resources"`
	PendingOperations []operation `json:"pending_operations"`
}

// operation had begun when an update was interrupted: it may have happened.
type operation struct {
	Resource *written `json:"resource"`
	Type     string   `json:"type"`
}

func (d *deployment) resources(version int) (list []*Resource, leftovers []Leftover, err error) {
	switch {
	case version < 1:
		return nil, nil, fmt.Errorf("%w: it does not say which version of the format it has", errNotAStack)
	case version > 4:
		return nil, nil, fmt.Errorf("the state has version %d, and 1 to 4 can be read; take a newer release of this tool", version)
	}
	for i := range d.Resources {
		r, err := d.Resources[i].resource()
		if err != nil {
			return nil, nil, err
		}
		// Without outputs it was never made, or the document was cut.
		r.exists = true
		switch w := &d.Resources[i]; {
		case w.Delete:
			leftovers = append(leftovers, Leftover{Resource: r, Why: "is waiting to be deleted and may still exist"})
		case w.PendingReplacement:
			// Deleted before its replacement, which was not made yet.
			leftovers = append(leftovers, Leftover{Resource: r, Why: "was deleted to be replaced, and its replacement is not there yet"})
		default:
			list = append(list, r)
		}
	}
	for _, o := range d.PendingOperations {
		if o.Resource == nil {
			continue
		}
		r, err := o.Resource.resource()
		if err != nil {
			return nil, nil, err
		}
		leftovers = append(leftovers, Leftover{Resource: r, Why: fmt.Sprintf("was left %s by an update that was interrupted; run `pulumi refresh`", orElse(o.Type, "changing"))})
	}
	return list, leftovers, nil
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
