package provider

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/components"
)

// The engine ends a preview at the first failure and calls whatever is under
// way a failure too; an update must not go on making things.
func TestAFailureWaitsForTheOthersAtPreviewOnly(t *testing.T) {
	t.Parallel()
	for name, dryRun := range map[string]bool{"preview": true, "update": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			started, release := make(chan struct{}), make(chan struct{})
			slow := func(*pulumi.Context, string, *components.EcsClusterArgs, ...pulumi.ResourceOption) (*components.EcsCluster, error) {
				close(started)
				<-release
				return nil, errors.New("slow, and wrong too")
			}
			h := newHarness(t, serve(slow), serve(components.NewNetwork))
			h.engine.dryRun = dryRun
			fail := func(name string) <-chan error {
				failed := make(chan error, 1)
				go func() {
					_, err := h.construct(t, name, in(nil))
					failed <- err
				}()
				return failed
			}
			last := fail("EcsCluster main")
			<-started
			first := fail("Network shared") // nothing is given
			if dryRun {
				select {
				case err := <-first:
					close(release)
					t.Fatalf("it did not wait: %v", err)
				case <-time.After(300 * time.Millisecond):
				}
			} else if err := <-first; err == nil {
				t.Error("no failure was reported")
			}
			close(release)
			if err := <-last; err == nil {
				t.Error("no failure was reported")
			}
			if dryRun {
				if err := <-first; err == nil {
					t.Error("no failure was reported")
				}
			}
		})
	}
}

func TestWaitingForOthersEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		u := &underWay{}
		u.begin()                  // hangs forever
		u.settle(t.Context(), nil) // deadlocks the test if it has no limit
		cancelled, cancel := context.WithCancel(t.Context())
		cancel()
		stopped := make(chan struct{})
		close(stopped)
		start := time.Now()
		u.settle(cancelled, nil)
		u.settle(t.Context(), stopped)
		if waited := time.Since(start); waited > 0 {
			t.Errorf("a call that was cancelled or stopped waited %s", waited)
		}
	})
}

// A program that waits for a network asks for its service a moment after it has
// the network: that service's faults belong to the same preview. The failures
// are answered at the same time, and a stop waits for the answers.
func TestAFailureWaitsForWhatFollows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		u := &underWay{pause: pause}
		start := time.Now()
		var (
			mu      sync.Mutex
			settled []time.Duration
		)
		construct := func(after, long time.Duration) {
			time.Sleep(after)
			ended, answered := u.begin()
			time.Sleep(long)
			ended()
			u.settle(t.Context(), nil)
			mu.Lock()
			settled = append(settled, time.Since(start))
			mu.Unlock()
			time.Sleep(time.Second)
			answered()
		}
		go construct(0, 0)                             // fails at once
		go construct(0, time.Second)                   // the network
		go construct(time.Second+pause/2, time.Second) // its service
		time.Sleep(time.Millisecond)
		u.answer(t.Context())
		end := 2*time.Second + pause/2 + pause
		for _, at := range settled {
			if at != end {
				t.Errorf("failures were answered after %s, want all of them after %s", settled, end)
			}
		}
		if waited := time.Since(start); len(settled) != 3 || waited < end+time.Second {
			t.Errorf("the stop waited %s, and %d failures were answered", waited, len(settled))
		}
	})
}
