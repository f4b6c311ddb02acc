package provider

import (
	"context"
	"sync"
	"time"
)

const (
	// patience is how long a failed construction of a preview waits for others.
	patience = 5 * time.Second
	// pause is how long it waits for the next to begin once none is under way: a
	// program asks for a service only when it has the answer about its network.
	pause = 250 * time.Millisecond
)

// underWay counts the constructions that the engine has asked for and that
// have not ended.
//
// The engine ends a preview at the first component that fails, and reports
// those still under way as failed too: "grpc: the client connection is
// closing". So a failure waits for them, and if they fail too, the user sees
// what is wrong with every one of them in the same preview. An update does not
// wait: meanwhile the others would make more of what will not be finished.
type underWay struct {
	pause time.Duration

	mu sync.Mutex
	// running constructions have not ended; open ones have not been answered.
	running, open int
	// changed is when one last began or ended.
	changed time.Time
}

// begin counts a construction: as running until ended is called, as open until
// answered is.
func (u *underWay) begin() (ended, answered func()) {
	count := func(running, open int) {
		u.mu.Lock()
		defer u.mu.Unlock()
		u.running += running
		u.open += open
		if running != 0 {
			u.changed = time.Now()
		}
	}
	count(1, 1)
	return func() { count(-1, 0) }, func() { count(0, -1) }
}

// settle waits until no construction is under way and none has followed for a
// while, or the engine stops. All that wait end together, so that the engine
// has the answers of all when it stops at the first.
func (u *underWay) settle(ctx context.Context, stopped <-chan struct{}) {
	u.until(ctx, func() bool {
		select {
		case <-stopped:
			return true
		default:
			return u.running == 0 && time.Since(u.changed) >= u.pause
		}
	})
}

// answer waits until every construction is answered.
func (u *underWay) answer(ctx context.Context) { u.until(ctx, func() bool { return u.open == 0 }) }

// until waits for something to be so, but not longer than patience. It looks
// again and again, because what it waits for is partly that nothing happens.
func (u *underWay) until(ctx context.Context, so func() bool) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for {
		u.mu.Lock()
		now := so()
		u.mu.Unlock()
		if now {
			return
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return
		}
	}
}
