// Package state reads the resources of Pulumi stacks, as `pulumi stack export`
// and `pulumi preview --json --show-sames` write them, and self-managed backends
// store them.
//
// It knows nothing of AWS. What it gives of a property is total: asking for a
// property that is missing, not known yet, secret or of another type than
// expected never fails, and the answer says which of these it is.
package state

import (
	"fmt"
	"io"
	"slices"
)

// Stacks are the resources of one stack, or of several that belong together.
type Stacks struct {
	// Resources in the order of the documents, components among them.
	Resources []*Resource
	// Leftovers may exist in AWS, although they are not part of the stacks:
	// they wait for their deletion, an interrupted operation left them in
	// doubt, or the update leaves them behind.
	Leftovers []Leftover

	byURN    map[string]*Resource
	children map[string][]*Resource
}

// Leftover is a resource that may exist in AWS.
type Leftover struct {
	*Resource
	// Why it may, in words that follow its name.
	Why string
	// Gone: the update deletes it, which of a few types leaves AWS as it was.
	Gone bool
}

// Read reads stacks, each in a document of its own. Errors name a document that
// has a name, as a file has, or else its number.
func Read(documents ...io.Reader) (*Stacks, error) {
	s := &Stacks{byURN: map[string]*Resource{}, children: map[string][]*Resource{}}
	for i, reader := range documents {
		if err := s.read(reader); err != nil {
			if named, ok := reader.(interface{ Name() string }); ok {
				return nil, fmt.Errorf("%s: %w", named.Name(), err)
			}
			if len(documents) > 1 {
				return nil, fmt.Errorf("document %d: %w", i+1, err)
			}
			return nil, err
		}
	}
	return s, nil
}

func (s *Stacks) read(reader io.Reader) error {
	decoded, err := plain(reader)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(decoded)
	if err != nil {
		return fmt.Errorf("it cannot be read to its end: %w", err)
	}
	doc, err := parse(text)
	if err != nil {
		return err
	}
	resources, leftovers, err := doc.resources()
	if err != nil {
		return err
	}
	for _, r := range resources {
		if _, twice := s.byURN[r.URN]; twice {
			return fmt.Errorf("%s is there twice: give each stack once, and one that was exported whole", r.URN)
		}
		s.byURN[r.URN] = r
		s.Resources = append(s.Resources, r)
		if r.Parent != "" {
			s.children[r.Parent] = append(s.children[r.Parent], r)
		}
	}
	s.Leftovers = append(s.Leftovers, leftovers...)
	return nil
}

// Find returns the resource with a URN, nil when there is none.
func (s *Stacks) Find(urn string) *Resource { return s.byURN[urn] }

// Within returns what a component is made of: its children, and those of the
// components among them.
func (s *Stacks) Within(urn string) (list []*Resource) {
	// A damaged document may make a component its own parent.
	seen := map[string]bool{urn: true}
	for queue := []string{urn}; len(queue) > 0; queue = queue[1:] {
		for _, child := range s.children[queue[0]] {
			if seen[child.URN] {
				continue
			}
			seen[child.URN] = true
			if child.Custom {
				list = append(list, child)
			} else {
				queue = append(queue, child.URN)
			}
		}
	}
	return slices.Clip(list)
}
