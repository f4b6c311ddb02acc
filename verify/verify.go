package verify

import (
	"io"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/build"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// Stack is the network of one stack, or of several that belong together.
type Stack struct{ network *model.Network }

// Read reads stacks, each as `pulumi stack export` or as
// `pulumi preview --json --show-sames` writes it. Several documents are looked
// at as one: a service of one stack may run in the network of another.
//
// A document that is neither is an error. A value in it that is missing,
// unknown, secret or of a wrong type is not: it leaves what depends on it
// undecided.
func Read(documents ...io.Reader) (*Stack, error) {
	stacks, err := state.Read(documents...)
	if err != nil {
		return nil, err
	}
	return &Stack{network: build.Network(stacks)}, nil
}

// Network is the network that was read, for the drawing.
func (s *Stack) Network() *model.Network { return s.network }

// Verify decides about every service of the stack.
func (s *Stack) Verify() *Report { return decide(s.network) }
