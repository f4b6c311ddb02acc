package consumers_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sdkForm makes a program on the generated Go SDK of one on the components.
var sdkForm = strings.NewReplacer("pulumi-ecsnet/components", "pulumi-ecsnet/sdk/go/ecsnet", "components.", "ecsnet.")

// nestedProgram makes a stack of the same components in each language that they
// are called from.
var nestedProgram = map[string]func(*testing.T, *world) *deployment{
	"Go in-process": func(t *testing.T, w *world) *deployment {
		return w.goProgram(t, "nested-go", nestedFile(t, "main.go"))
	},
	"Go SDK": func(t *testing.T, w *world) *deployment {
		return w.goProgram(t, "nested-sdk", sdkForm.Replace(nestedFile(t, "main.go")))
	},
	"TypeScript": func(t *testing.T, w *world) *deployment {
		return w.program(t, "typescript", "name: nested-typescript\nruntime: nodejs\nmain: nested.ts\n")
	},
	"Python": func(t *testing.T, w *world) *deployment {
		return w.program(t, "python", "name: nested-python\nruntime: python\nmain: nested.py\n")
	},
	"YAML": func(t *testing.T, w *world) *deployment {
		return w.yaml(t, "nested-yaml", nestedFile(t, "program.yaml"))
	},
}

func nestedFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "nested", name))
	require.NoError(t, err)
	return string(text)
}

// TestObjectsWithUnknowns: a value that is not known at the first preview, in an
// object of an argument, leaves the others of the object known: what is wrong
// with them is said then, by its whole path, and a rule is named for them.
func TestObjectsWithUnknowns(t *testing.T) {
	t.Parallel()
	// Every program has these.
	common := []string{
		`ingressRules["web"].port: 70000 is not a port`,
		`egressRules["db"].toPort: 5 is below fromPort, 10`,
		"timeouts.createMinutes: 0 is below 1",
		`allowFrom["office"]: names 2 peers`,
	}
	// What only some languages let a program write.
	image := []string{`build.cpuArchitecture: "arm64"`}
	plain := []string{"build.target: is not known yet", `build.dockerfile: "Nofile" is not a file`}
	form := func(misspelt string) []string {
		return []string{
			`ingressRules["web"].prt: is not an argument of Rule; did you mean port?`,
			`ingressRules["web"].protocol: 6 is a number`,
			`timeouts.createMinutes: "5" is a string`,
			"timeouts." + misspelt + ": is not an argument of ServiceTimeouts; did you mean updateMinutes?",
			`timeouts.deleteMinutes: 0 is below 1`,
		}
	}
	for name, faults := range map[string][][]string{
		"Go in-process": {common, image},
		"Go SDK":        {common, image},
		"TypeScript":    {common, image, plain, form("updateMinuts")},
		"Python":        {common, image, plain, form("update_minuts")},
		"YAML":          {common, plain},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := nestedProgram[name](t, newWorld(t))
			text, code := d.try(t, "preview")
			require.NotZero(t, code, text)
			for _, group := range faults {
				for _, fault := range group {
					assert.Contains(t, text, fault)
				}
			}
			// It is named for the known port and for what brings the unknown group.
			assert.Contains(t, text, "SecurityGroupIngressRule good-ingress-tcp-8080-net create")
			assert.NotContains(t, text, `"good"`, "nothing is wrong with it")
		})
	}
}
