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
// `pulumi preview --json --show-sames` writes it, or as a self-managed backend
// stores it: in UTF-8, or UTF-16 as Windows PowerShell writes it, packed by gzip
// or not. Several documents are looked at as one: a service of one stack may run
// in the network of another.
//
// A document that is none of these is an error, which says what it is where that
// can be told, and names the document if the reader has a name, as an *os.File
// has. A value in it that is missing,
// unknown, secret or of a wrong type is not: it leaves what depends on it
// undecided.
func Read(documents ...io.Reader) (*Stack, error) {
	stacks, err := state.Read(documents...)
	if err != nil {
		return nil, err
	}
	return &Stack{network: build.Network(stacks)}, nil
}

// Document reads one document from a stream that may stay open after it, such as
// a pipe, and returns its text for Read. The document has to be the first thing
// in the stream.
func Document(stream io.Reader) ([]byte, error) { return state.Document(stream) }

// Network is the network that was read, for the drawing.
func (s *Stack) Network() *model.Network { return s.network }

// Verify decides about every service of the stack.
func (s *Stack) Verify() *Report { return decide(s.network) }
