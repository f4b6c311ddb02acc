package components

import (
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/host"
)

// claims are what the components of one program have taken that AWS gives once,
// by whom.
type claims struct {
	mu    sync.Mutex
	taken map[claim]string
}

// claim is a thing that AWS gives once within a network.
type claim struct {
	program any // that has it: the same name in another program is another claim
	preview bool
	network string
	what    string
}

var everyClaim = claims{taken: map[claim]string{}}

// take notes that a component, by its URN, takes a thing of a network, and
// returns the URN of another that took it before, or "".
func take(ctx *pulumi.Context, networkUrn, what, urn string) string {
	key := claim{program: host.Program(ctx.Context(), ctx), preview: ctx.DryRun(), network: networkUrn, what: what}
	everyClaim.mu.Lock()
	defer everyClaim.mu.Unlock()
	if by, taken := everyClaim.taken[key]; taken && by != urn {
		return by
	}
	everyClaim.taken[key] = urn
	return ""
}
