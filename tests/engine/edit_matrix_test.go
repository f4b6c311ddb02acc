package engine

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// benches are the edit matrix.
var benches = slices.Concat(networkBenches, clusterBenches, serviceBenches, ingressBenches, hostBenches, imageBenches)

// TestEditMatrix changes each argument of each component on a running stack. After
// each change the update has gone through, a second one has nothing to do, and
// AWS holds what the state says. What the engine did is a golden file.
func TestEditMatrix(t *testing.T) {
	t.Parallel()
	for _, b := range benches {
		t.Run(b.component, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			dir := t.TempDir()
			certificates := []string{a.certificate(), a.certificate()}
			require.NoError(t, b.write(dir, false, 0, certificates...))
			p := a.newProgram(dir).savedOnce()
			p.must("up", "--yes", "--skip-preview")
			done := &strings.Builder{}
			replaced := map[string]map[string]bool{}
			for change := 1; change <= b.changes(false); change++ {
				require.NoError(t, b.write(p.workspace.Dir, false, change, certificates...))
				fmt.Fprintf(done, "change %d\n", change)
				b.record(done, p.preview(), replaced)
				p.must("up", "--yes", "--skip-preview", "--continue-on-error")
				p.must("preview", "--expect-no-changes", "--diff")
				p.must("refresh", "--preview-only", "--expect-no-changes", "--diff")
			}
			b.mustReplaceAsSaid(t, replaced)
			mustBeGolden(t, filepath.Join("testdata", "edits", b.component+".txt"), done.String())
			p.destroy()
			a.mustBeEmpty()
		})
	}
}

// TestEditMatrixRefusals makes the edits that cannot be had on a running stack: the
// preview says so, with the reason, before anything is changed.
func TestEditMatrixRefusals(t *testing.T) {
	t.Parallel()
	for _, b := range benches {
		if len(b.names(true)) == 0 {
			continue
		}
		t.Run(b.component, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			dir := t.TempDir()
			require.NoError(t, b.write(dir, true, 0))
			p := a.newProgram(dir).savedOnce()
			p.up()
			for change := 1; change <= b.changes(true); change++ {
				require.NoError(t, b.write(p.workspace.Dir, true, change))
				out, err := p.run("preview")
				require.Error(t, err, out)
				said := strings.Join(strings.Fields(out), " ")
				for _, e := range b.edits {
					if e.refused != "" && change == len(e.values)-1 {
						require.Contains(t, said, e.refused, "%s: %s", b.component, e.argument)
					}
				}
			}
			p.destroy()
			a.mustBeEmpty()
		})
	}
}

// savedOnce has the engine save the state at the end of an update only, not after
// each of some hundred resources, which takes longer than making them.
func (p *program) savedOnce() *program {
	p.stack.Extra = append(p.stack.Extra, "PULUMI_SKIP_CHECKPOINTS=true")
	return p
}

// must runs a command, and tells only what went wrong: these programs are long.
func (p *program) must(args ...string) {
	p.t.Helper()
	out, err := p.run(args...)
	if err == nil {
		return
	}
	if _, faults, found := strings.Cut(out, "Diagnostics:"); found {
		out = faults
	}
	p.t.Fatalf("%v\n%s", err, out)
}

// record writes what the engine would do for each edited component, and notes
// what it would make anew.
func (b bench) record(w *strings.Builder, ops []operation, replaced map[string]map[string]bool) {
	lines := map[string][]string{}
	names := b.names(false)
	for _, o := range ops {
		owner := ""
		for _, name := range names {
			if (o.name == name || strings.HasPrefix(o.name, name+"-")) && len(name) > len(owner) {
				owner = name
			}
		}
		child := strings.TrimPrefix(o.name, owner)
		if strings.Contains(o.op, "replace") {
			if replaced[owner] == nil {
				replaced[owner] = map[string]bool{}
			}
			replaced[owner][child] = true
			if o.op != "replace" {
				continue // the two halves of what is shown as "replace"
			}
		}
		if o.op == "update" && strings.HasPrefix(o.typ, "ecsnet:") {
			continue // the component's own inputs
		}
		lines[owner] = append(lines[owner], fmt.Sprintf("    %s %s NAME%s", o.op, shortType(o.typ), child))
	}
	for _, owner := range slices.Sorted(maps.Keys(lines)) {
		slices.Sort(lines[owner])
		fmt.Fprintf(w, "  %s\n%s\n", owner, strings.Join(lines[owner], "\n"))
	}
}

// mustReplaceAsSaid compares what was made anew with what the rows say.
func (b bench) mustReplaceAsSaid(t *testing.T, replaced map[string]map[string]bool) {
	t.Helper()
	for _, name := range b.names(false) {
		said := map[string]bool{}
		for _, e := range b.edits {
			if e.component() == name && e.refused == "" {
				for _, child := range e.replaces {
					said[child] = true
				}
			}
		}
		matches := func(said, child string) bool {
			prefix, any := strings.CutSuffix(said, "*")
			return said == child || any && strings.HasPrefix(child, prefix)
		}
		for child := range replaced[name] {
			if !slices.ContainsFunc(slices.Collect(maps.Keys(said)), func(s string) bool { return matches(s, child) }) {
				t.Errorf("%s: %s%s is replaced, and no edit of %s says so", b.component, name, child, name)
			}
		}
		for s := range said {
			if !slices.ContainsFunc(slices.Collect(maps.Keys(replaced[name])), func(child string) bool { return matches(s, child) }) {
				t.Errorf("%s: %s%s is not replaced, though an edit of %s says so", b.component, name, s, name)
			}
		}
	}
	if list := replaced[""]; len(list) > 0 {
		t.Errorf("%s: what the edited components need is replaced: %v", b.component, slices.Sorted(maps.Keys(list)))
	}
}

func mustBeGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if os.Getenv("CI") != "" {
			t.Fatal("golden files are compared in CI, never written")
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "%s; after reading the difference, write it with -update", path)
}

// TestEditMatrixIsComplete: each argument in the schema has a row that sets,
// changes and unsets it, or says why it does not.
func TestEditMatrixIsComplete(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../schema.json")
	require.NoError(t, err)
	var schema struct {
		Resources map[string]struct {
			InputProperties map[string]property
			RequiredInputs  []string
		}
		Types map[string]struct {
			Type       string
			Properties map[string]property
			Required   []string
		}
	}
	require.NoError(t, json.Unmarshal(text, &schema))
	tested := map[string]kinds{}
	for _, b := range benches {
		for _, e := range b.edits {
			key := b.component + "." + e.argument
			tested[key] = tested[key].and(e.kinds())
		}
	}
	var missing []string
	var walk func(path string, properties map[string]property, required []string)
	walk = func(path string, properties map[string]property, required []string) {
		for _, name := range slices.Sorted(maps.Keys(properties)) {
			at, p := path+"."+name, properties[name]
			made, ok := tested[at]
			switch {
			case notEdited[at] != "":
				if ok {
					t.Errorf("%s has a row: take it out of notEdited", at)
				}
			case !ok:
				missing = append(missing, at)
			case made.refused: // whatever the kind of change
			case !made.changed:
				missing = append(missing, at+" (no row changes it)")
			case !slices.Contains(required, name) && !(made.set && made.unset) && !strings.HasSuffix(path, "[]"):
				missing = append(missing, at+" (no row sets and unsets it)")
			}
			for _, ref := range []string{p.Ref, p.AdditionalProperties.Ref} {
				typ, ok := schema.Types[strings.TrimPrefix(ref, "#/types/")]
				if !ok || typ.Type != "object" || notEdited[at] != "" {
					continue
				}
				inner := at
				if ref == p.AdditionalProperties.Ref {
					inner += "[]"
				}
				walk(inner, typ.Properties, typ.Required)
			}
		}
	}
	for token, r := range schema.Resources {
		if !slices.ContainsFunc(benches, func(b bench) bool { return "ecsnet:index:"+b.component == token }) {
			t.Errorf("no bench in edit_matrix_tables_test.go for %s", token)
		}
		walk(strings.TrimPrefix(token, "ecsnet:index:"), r.InputProperties, r.RequiredInputs)
	}
	slices.Sort(missing)
	if len(missing) > 0 {
		t.Errorf("no row in the benches of edit_matrix_tables_test.go for\n  %s", strings.Join(missing, "\n  "))
	}
}

type property struct {
	Ref                  string `json:"$ref"`
	AdditionalProperties struct {
		Ref string `json:"$ref"`
	}
}

// kinds are the kinds of change that rows make to an argument.
type kinds struct{ set, changed, unset, refused bool }

func (k kinds) and(o kinds) kinds {
	return kinds{k.set || o.set, k.changed || o.changed, k.unset || o.unset, k.refused || o.refused}
}

// kinds are the kinds of change that the edit makes.
func (e edit) kinds() (k kinds) {
	k.refused = e.refused != ""
	for i, value := range e.values[1:] {
		switch before := e.values[i]; {
		case before == "" && value != "":
			k.set = true
		case before != "" && value == "":
			k.unset = true
		case before != value:
			k.changed = true
		}
	}
	return k
}
