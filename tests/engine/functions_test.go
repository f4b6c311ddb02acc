package engine

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// functionsPrograms call every function with the same arguments, through the
// plugin and in a Go program's own process, and export the same of the results.
var functionsPrograms = map[string]string{
	"typescript":  "tests/docs/testdata/programs/functions/typescript",
	"python":      "tests/docs/testdata/programs/functions/python",
	"yaml":        "tests/docs/testdata/programs/functions/yaml",
	"go":          "tests/docs/testdata/programs/functions/go",
	"go, the SDK": "tests/engine/testdata/functions/go-sdk",
}

// TestFunctions: a function says the same in every language, at preview and
// after an update, and makes nothing.
func TestFunctions(t *testing.T) {
	t.Parallel()
	want := map[string]any{
		"firstBlock":   "10.20.128.0/19", // the first of four slots of the upper half
		"freeBlock":    "10.20.48.0/20",  // the fourth of the public quarter
		"isolatedUsd":  136.4,            // 6 endpoints x 3 zones x 7.30, and 500 GB at 0.01
		"natUsd":       132.0,            // 3 NAT gateways at 36.50, and 500 GB at 0.045
		"sameCostAtGb": 625.7,            // (131.40 - 109.50) / 0.035
		"verdict":      "Fail",
		"fix":          `add "ecr.dkr" to endpointServices of the network`,
		"needed":       "ssm", // after ecr.api, ecr.dkr and s3
		"because":      "reading the secret /db",
	}
	for name, dir := range functionsPrograms {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			p := a.newProgram(dir)
			out := p.mustRun("preview", "--json")
			var digest struct {
				ChangeSummary map[string]int `json:"changeSummary"`
			}
			if err := json.Unmarshal([]byte(out[strings.Index(out, "{"):]), &digest); err != nil {
				t.Fatalf("%v in\n%s", err, out)
			}
			assert.Equal(t, map[string]int{"create": 1}, digest.ChangeSummary, "the preview means to make more than the stack itself")
			p.up()
			got, err := p.stack.Outputs(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			assert.Equal(t, want, got)
			a.mustBeEmpty()
		})
	}
}

// TestFunctionOfOutputs: a function waits for the outputs that it is given, and
// what follows from a secret is one.
func TestFunctionOfOutputs(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	p := a.newProgram("tests/engine/testdata/functions/outputs")
	p.mustOnlyCreate()
	p.up()
	got, err := p.stack.Outputs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	assert.Equal(t, map[string]any{
		"rules":   []any{"image-registry", "exec-endpoint", "exec-task-role"},
		"secrets": "[secret]",
		"needed":  "[secret]",
		"asOf":    "2026-08-01",
	}, got)
	p.destroy()
	a.mustBeEmpty()
}

// badCalls are calls with two wrong arguments each, by their place in the
// program, and what every language says of them.
var badCalls = map[string]struct{ file, old, with string }{
	"typescript": {"index.ts", `cidrBlock: "10.20.0.0/16",`, `cidrBlock: "10.20.0.1/16", numberOfAvailabilityZones: 2,`},
	"python":     {"__main__.py", `cidr_block="10.20.0.0/16",`, `cidr_block="10.20.0.1/16", number_of_availability_zones=2,`},
	"yaml":       {"Pulumi.yaml", "cidrBlock: 10.20.0.0/16", "cidrBlock: 10.20.0.1/16\n        numberOfAvailabilityZones: 2"},
	"go":         {"main.go", `block, zones, none := "10.20.0.0/16"`, `block, zones, none := "10.20.0.1/16"`},
}

// TestBadCalls: wrong arguments of a function fail the preview, with every
// fault and its fix.
func TestBadCalls(t *testing.T) {
	t.Parallel()
	for _, language := range slices.Sorted(maps.Keys(badCalls)) {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			p := a.newProgram(functionsPrograms[language])
			bad := badCalls[language]
			p.edit(bad.file, bad.old, bad.with)
			out, err := p.run("preview")
			if err == nil {
				t.Fatalf("the preview passes\n%s", out)
			}
			want := []string{`cidrBlock: "10.20.0.1/16" has host bits set; write "10.20.0.0/16"`}
			if language != "go" {
				want = append(want, "numberOfAvailabilityZones: 2 cannot be given together with availabilityZones; leave one of them out")
			}
			for _, fault := range want {
				if !strings.Contains(out, fault) {
					t.Errorf("the preview does not say %q\n%s", fault, out)
				}
			}
		})
	}
}
