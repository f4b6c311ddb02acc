package field_test

import (
	"os/exec"
	"strings"
	"testing"
)

// TestPure holds the rule that the planners know nothing of Pulumi and ask
// nobody. So they can be fuzzed a million times, they answer in microseconds at
// every preview in every language, and what they say depends on the arguments
// alone.
func TestPure(t *testing.T) {
	t.Parallel()
	const module = "github.com/ecsnet/pulumi-ecsnet/"
	forbidden := map[string]string{
		"github.com/pulumi/":  "resources belong in package components",
		"github.com/aws/":     "ask AWS in package components, and pass the answer in",
		module + "components": "imports run one way: components to the planners",
		module + "provider":   "imports run one way: provider to components to the planners",
		"net/http":            "a planner asks nobody",
		"os/exec":             "a planner runs nothing",
		"math/rand":           "the same arguments give the same plan",
	}
	for _, pkg := range []string{"field", "children", "netplan", "endpoints", "taskplan", "ec2plan", "imageplan", "preflight", "costplan"} {
		out, err := exec.Command("go", "list", "-deps", module+"internal/"+pkg).Output()
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		for dep := range strings.FieldsSeq(string(out)) {
			for prefix, reason := range forbidden {
				if dep == prefix || strings.HasPrefix(dep, strings.TrimSuffix(prefix, "/")+"/") {
					t.Errorf("internal/%s must stay pure but depends on %s: %s", pkg, dep, reason)
				}
			}
		}
	}
}
