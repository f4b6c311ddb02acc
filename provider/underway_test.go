package provider

import (
	"context"
	"errors"
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
		u.begin() // hangs forever
		wait := u.begin()()
		wait(t.Context()) // deadlocks the test if it has no limit
		cancelled, cancel := context.WithCancel(t.Context())
		cancel()
		start := time.Now()
		wait(cancelled)
		if waited := time.Since(start); waited > 0 {
			t.Errorf("a cancelled call waited %s", waited)
		}
	})
}
