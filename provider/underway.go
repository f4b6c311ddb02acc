package provider

import (
	"context"
	"sync"
	"time"
)

// patience is how long a failed construction of a preview waits for others.
const patience = 5 * time.Second

// underWay counts the constructions that the engine has asked for and that
// have not ended.
//
// The engine ends a preview at the first component that fails, and reports
// those still under way as failed too: "grpc: the client connection is
// closing". So a failure waits for them, and if they fail too, the user sees
// what is wrong with every one of them in the same preview. An update does not
// wait: meanwhile the others would make more of what will not be finished.
type underWay struct {
	mu      sync.Mutex
	running int
	idle    chan struct{} // closed when none is left
}

// begin counts a construction. The function it returns counts it as ended and
// returns another, which waits until no construction is under way.
func (u *underWay) begin() (end func() (wait func(context.Context))) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.running == 0 {
		u.idle = make(chan struct{})
	}
	u.running++
	return u.end
}

func (u *underWay) end() func(context.Context) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.running--
	idle := u.idle
	if u.running == 0 {
		close(idle)
	}
	return func(ctx context.Context) { waitFor(ctx, idle) }
}

// wait waits until no construction is under way.
func (u *underWay) wait(ctx context.Context) {
	u.mu.Lock()
	running, idle := u.running, u.idle
	u.mu.Unlock()
	if running > 0 {
		waitFor(ctx, idle)
	}
}

func waitFor(ctx context.Context, idle <-chan struct{}) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case <-idle:
	case <-ctx.Done():
	}
}
