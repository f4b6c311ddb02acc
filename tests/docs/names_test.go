package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
)

// component is a component of a program: its type without the package, and its
// name.
type component struct{ typ, name string }

// child is a child of one.
type child struct {
	parent    component
	typ, name string
}

// graph is one golden file of components/testdata/graphs.
type graph struct {
	file       string
	components []component
	children   []child
}

var (
	goldenResource = regexp.MustCompile(`^(\S+:\S+:\S+) (\S+)$`)
	goldenParent   = regexp.MustCompile(`^  parent: ecsnet:index:(\S+) (\S+)$`)
)

func goldenGraphs(t *testing.T) []graph {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(sandbox.Root(t), "components", "testdata", "graphs", "*.golden"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var graphs []graph
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		g := graph{file: filepath.Base(file)}
		var last []string
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSuffix(line, "\n")
			if m := goldenResource.FindStringSubmatch(line); m != nil {
				last = m
				if typ, ours := strings.CutPrefix(m[1], "ecsnet:index:"); ours {
					g.components = append(g.components, component{typ, m[2]})
				}
			} else if m := goldenParent.FindStringSubmatch(line); m != nil {
				g.children = append(g.children, child{component{m[1], m[2]}, last[1], last[2]})
			}
		}
		require.NotEmpty(t, g.components, g.file)
		graphs = append(graphs, g)
	}
	return graphs
}

// nameRow is a row of the table of names. Components are one or more, with
// commas between them.
type nameRow struct{ components, typ, pattern, when string }

func (r nameRow) of(component string) bool {
	return slices.Contains(strings.Split(r.components, ", "), component)
}

func nameRows(t *testing.T) []nameRow {
	t.Helper()
	var rows []nameRow
	for _, cells := range table(t, read(t, "docs/names.md"), "Components", "Type", "Name", "When") {
		rows = append(rows, nameRow{cells[0], cells[1], cells[2], cells[3]})
	}
	return rows
}

// fits says whether a child is one of those that the row tells of.
func (r nameRow) fits(c child) bool {
	if !r.of(c.parent.typ) || r.typ != c.typ {
		return false
	}
	pattern := strings.NewReplacer("NAME", regexp.QuoteMeta(c.parent.name), "LETTER", "[a-z]", "SERVICE", "[a-z0-9.-]+",
		"RULE", ".+", "PEER", ".+", "CLUSTER", ".+", "ADDRESS", ".{2,}", "PROTOCOL", "(tcp|udp)", "PORT", "[0-9]+").Replace(r.pattern)
	// The one endpoint with a row of its own.
	return regexp.MustCompile("^"+pattern+"$").MatchString(c.name) &&
		!(strings.HasSuffix(r.pattern, "SERVICE") && strings.HasSuffix(c.name, "-endpoint-s3"))
}

// TestNamesAreThoseOfTheGraphs: every child of the golden graphs is in the
// table, and every row of the table is in a graph.
func TestNamesAreThoseOfTheGraphs(t *testing.T) {
	t.Parallel()
	rows, seen := nameRows(t), map[nameRow]bool{}
	for _, g := range goldenGraphs(t) {
		for _, c := range g.children {
			var fitting []nameRow
			for _, r := range rows {
				if r.fits(c) {
					fitting = append(fitting, r)
					seen[r] = true
				}
			}
			assert.Len(t, fitting, 1, "%s: rows of docs/names.md for %s %s of the %s %s", g.file, c.typ, c.name, c.parent.typ, c.parent.name)
		}
	}
	for _, r := range rows {
		assert.True(t, seen[r], "no golden graph has %s %s of %s", r.typ, r.pattern, r.components)
	}
}

// TestWhatIsAlwaysThere: a child that the table says is always there is there
// in every graph, for every component.
func TestWhatIsAlwaysThere(t *testing.T) {
	t.Parallel()
	always := 0
	for _, g := range goldenGraphs(t) {
		for _, comp := range g.components {
			for _, r := range nameRows(t) {
				if !r.of(comp.typ) || r.when != "always" {
					continue
				}
				always++
				want := child{comp, r.typ, strings.Replace(r.pattern, "NAME", comp.name, 1)}
				assert.Contains(t, g.children, want, g.file)
			}
		}
	}
	assert.NotZero(t, always)
}
