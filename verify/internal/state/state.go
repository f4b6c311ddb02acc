// Package state reads the resources of a Pulumi stack.
package state

import "io"

// Resource is one resource of a stack.
type Resource struct {
	URN, Type, ID string
}

// Read reads the resources of the given documents.
func Read(documents ...io.Reader) ([]Resource, error) { return nil, nil }
