package provider

import (
	"errors"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/ecsnet/pulumi-ecsnet/components"
)

// The engine cancels before it closes the connection. What is under way then
// has to say that it was stopped, and by whose failure where that is known.
func TestCancelStopsWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		fails bool
		want  string
	}{
		"a component failed": {true, `it was stopped before it was finished, because Network "shared" failed (see its error)`},
		"something else did": {false, "it was stopped before it was finished, because another resource failed (see its error) or the command was cancelled"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			started := make(chan struct{})
			hangs := func(*pulumi.Context, string, *components.EcsClusterArgs, ...pulumi.ResourceOption) (*components.EcsCluster, error) {
				close(started)
				select {}
			}
			h := newHarness(t, serve(hangs), serve(components.NewNetwork))
			h.engine.dryRun = false
			stopped := make(chan error, 1)
			go func() {
				_, err := h.construct(t, "EcsCluster main", in(nil))
				stopped <- err
			}()
			<-started
			if tt.fails {
				if _, err := h.construct(t, "Network shared", in(nil)); err == nil { // nothing is given
					t.Fatal("it was accepted")
				}
			}
			if _, err := h.client.Cancel(t.Context(), &emptypb.Empty{}); err != nil {
				t.Fatal(err)
			}
			if err := <-stopped; status.Convert(err).Message() != tt.want {
				t.Errorf("it says %v, want %s", err, tt.want)
			}
		})
	}
}

// A monitor that is gone is not what went wrong.
func TestAMonitorThatIsGoneIsNotTheCause(t *testing.T) {
	t.Parallel()
	for _, code := range []codes.Code{codes.Unavailable, codes.Canceled} {
		h := newHarness(t, serve(func(*pulumi.Context, string, *components.EcsClusterArgs, ...pulumi.ResourceOption) (*components.EcsCluster, error) {
			return nil, errors.Join(status.Error(code, "resource monitor shut down"))
		}))
		h.engine.dryRun = false
		_, err := h.construct(t, "EcsCluster main", in(nil))
		if err == nil || !strings.Contains(err.Error(), "it was stopped before it was finished") || strings.Contains(err.Error(), "monitor") {
			t.Errorf("%v: it says %v", code, err)
		}
	}
}
