package provider

import (
	"context"
	"sync"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// stopping ends constructions when the engine stops. It does so at the first
// resource that fails, and prints an error for every component that is still
// under way. That error should lead to the failure and not hide it.
type stopping struct {
	mu      sync.Mutex
	stopped chan struct{}
	// failed is the component whose construction failed first, "" for none.
	failed string
}

// channel is closed when the engine stops. The caller holds the lock.
func (s *stopping) channel() chan struct{} {
	if s.stopped == nil {
		s.stopped = make(chan struct{})
	}
	return s.stopped
}

// done is closed when the engine stops.
func (s *stopping) done() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.channel()
}

// stop says that the engine stops.
func (s *stopping) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.channel():
	default:
		close(s.stopped)
	}
}

// run constructs a component, until the engine stops.
func (s *stopping) run(
	ctx context.Context, name string, construct func() (*pulumirpc.ConstructResponse, error),
) (*pulumirpc.ConstructResponse, error) {
	stopped := s.done()
	type answer struct {
		resp *pulumirpc.ConstructResponse
		err  error
	}
	made := make(chan answer, 1)
	go func() {
		resp, err := construct()
		made <- answer{resp, err}
	}()
	select {
	case a := <-made:
		return a.resp, s.of(name, a.err)
	case <-stopped:
		return nil, s.error()
	case <-ctx.Done(): // the engine has hung up
		return nil, s.error()
	}
}

// of is a construction's own error, or the one of a construction that the
// engine stopped under way: what its monitor answers then says nothing of why.
func (s *stopping) of(name string, err error) error {
	if err == nil {
		return nil
	}
	switch status.Code(err) {
	case codes.Unavailable, codes.Canceled:
		return s.error()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed == "" {
		s.failed = name
	}
	return err
}

func (s *stopping) error() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	why := "another resource failed (see its error) or the command was cancelled"
	if s.failed != "" {
		why = s.failed + " failed (see its error)"
	}
	return status.Error(codes.Canceled, "it was stopped before it was finished, because "+why)
}
