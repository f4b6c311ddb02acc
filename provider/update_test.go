package provider

import (
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

// What is unknown at preview must be there after the update, or whatever a
// program makes from it never exists.
func TestOutputsAreKnownAfterAnUpdate(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.engine.dryRun = false
	made := constructAll(t, h, more)
	if len(made) != len(all) {
		t.Errorf("made %d components of %d", len(made), len(all))
	}
	for token, resp := range made {
		for name, v := range outputs(t, resp) {
			if v.ContainsUnknowns() {
				t.Errorf("%s.%s is unknown after an update: %v", schema.ShortName(token), name, v)
			}
		}
	}
}
