package field_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const module = "github.com/ecsnet/pulumi-ecsnet/"

// impure are what the packages under internal may not depend on, and why. So
// they can be fuzzed a million times, they answer in microseconds at every
// preview in every language, and what they say depends on the arguments alone.
var impure = map[string]string{
	"github.com/pulumi/":     "resources belong in package components",
	"github.com/aws/":        "ask AWS in package components, and pass the answer in",
	module + "components":    "imports run one way: components to the planners",
	module + "provider":      "imports run one way: provider to components to the planners",
	module + "verify":        "imports run one way: verify to the planners",
	module + "internal/host": "a plan does not depend on who runs it",
	module + "internal/boot": "a plan does not depend on how the process started",
	"net/http":               "a planner asks nobody",
	"os/exec":                "a planner runs nothing",
	"math/rand":              "the same arguments give the same plan",
}

// excepted are the packages under internal that may depend on some of it, by
// folder, with what is below it, and the reason. Every other package is pure, a
// new one too.
var excepted = map[string]map[string]string{
	"opposition": {"math/rand": "it makes random networks, from a seed"},
}

// TestPure holds the rule that the planners know nothing of Pulumi and ask
// nobody.
func TestPure(t *testing.T) {
	t.Parallel()
	readAll(t)
	const folder = module + "internal/"
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Deps " "}}`, folder+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	packages, used := 0, map[string]bool{}
	for line := range strings.Lines(string(out)) {
		packages++
		deps := strings.Fields(line)
		pkg := strings.TrimPrefix(deps[0], folder)
		top, _, _ := strings.Cut(pkg, "/")
		for _, dep := range deps[1:] {
			for prefix, reason := range impure {
				if dep != prefix && !strings.HasPrefix(dep, strings.TrimSuffix(prefix, "/")+"/") {
					continue
				}
				if excepted[top][prefix] != "" {
					used[top+" "+prefix] = true
					continue
				}
				t.Errorf("internal/%s must stay pure but depends on %s: %s; only what pure_test.go excepts may", pkg, dep, reason)
			}
		}
	}
	if packages < 10 {
		t.Errorf("only %d packages found: the test proves nothing", packages)
	}
	for top, prefixes := range excepted {
		for prefix := range prefixes {
			if !used[top+" "+prefix] {
				t.Errorf("internal/%s needs no exception for %s: take it out", top, prefix)
			}
		}
	}
}

// readAll reads what the answer of go list follows from: go test would keep an
// old result for a test that has not read what changed.
func readAll(t *testing.T) {
	t.Helper()
	if _, err := os.ReadFile("../../go.mod"); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".go") {
			_, err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
