package need

import (
	"cmp"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/iamdoc"
)

// order is that of the statements of a policy. A text that changes is an
// update, and a new name for a variable should not be one: so the order follows
// from this list, and not from that of the parts.
var order = []string{"EcrLogin", "EcrPull", "Logs", "Secrets", "Parameters", "Keys", "EcsExec", "EcsExecLogGroups", "EcsExecLog"}

// Policy returns the document of all that a role is granted: one statement for
// each Sid, its resources once and sorted; "" where nothing is granted.
func (n Needs) Policy(to Role) string {
	var statements []iamdoc.Statement
	resources := map[string][]string{}
	for _, g := range n.Grants {
		if g.To != to {
			continue
		}
		if resources[g.Sid] == nil {
			statements = append(statements, iamdoc.Allow(g.Sid, g.Actions, nil))
		}
		resources[g.Sid] = append(resources[g.Sid], g.Resources...)
	}
	if len(statements) == 0 {
		return ""
	}
	slices.SortStableFunc(statements, func(a, b iamdoc.Statement) int {
		return cmp.Compare(slices.Index(order, a.Sid), slices.Index(order, b.Sid))
	})
	for i, s := range statements {
		statements[i].Resource = slices.Compact(slices.Sorted(slices.Values(resources[s.Sid])))
	}
	return iamdoc.Write(statements...)
}
