package children

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// made is a resource in a golden file, with the component above it.
type made struct{ component, name, typ, child string }

var (
	goldenResource = regexp.MustCompile(`^(\S+:\S+:\S+) (\S+)$`)
	goldenParent   = regexp.MustCompile(`^  parent: (ecsnet:index:\S+) (\S+)$`)
)

// goldenGraphs are the components and the children of every golden graph, by
// its file.
func goldenGraphs(t *testing.T) (components, children map[string][]made) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "components", "testdata", "graphs", "*.golden"))
	if err != nil || len(files) == 0 {
		t.Fatal("no golden graphs", err)
	}
	components, children = map[string][]made{}, map[string][]made{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		file = filepath.Base(file)
		var last []string
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSuffix(line, "\n")
			if m := goldenResource.FindStringSubmatch(line); m != nil {
				if last = m; strings.HasPrefix(m[1], Package) {
					components[file] = append(components[file], made{component: m[1], name: m[2]})
				}
			} else if m := goldenParent.FindStringSubmatch(line); m != nil {
				children[file] = append(children[file], made{m[1], m[2], last[1], last[2]})
			}
		}
		if len(components[file]) == 0 {
			t.Errorf("%s has no component", file)
		}
	}
	return components, children
}

// TestRowsAreThoseOfTheGraphs: every child of the golden graphs is in one row,
// and every row is in a graph.
func TestRowsAreThoseOfTheGraphs(t *testing.T) {
	t.Parallel()
	seen := map[*Child]bool{}
	_, children := goldenGraphs(t)
	for file, all := range children {
		for _, c := range all {
			of := strings.TrimPrefix(c.component, Package)
			var fitting []string
			for _, r := range Rows() {
				if r.Type == c.typ && slices.Contains(r.Of, of) && r.Fits(c.name, c.child) {
					seen[r] = true
					// The one endpoint that has a row of its own.
					if r != Endpoint || !S3Endpoint.Fits(c.name, c.child) {
						fitting = append(fitting, r.Pattern)
					}
				}
			}
			if len(fitting) != 1 {
				t.Errorf("%s: %s %s of %s %s is in the rows %q, want one", file, c.typ, c.child, of, c.name, fitting)
			}
		}
	}
	for _, r := range Rows() {
		if !seen[r] {
			t.Errorf("no golden graph has %s %s of %s", r.Type, r.Pattern, r.Of)
		}
	}
}

// TestWhatIsAlwaysThere: a child that is always there is there in every graph,
// for every component.
func TestWhatIsAlwaysThere(t *testing.T) {
	t.Parallel()
	components, children := goldenGraphs(t)
	for file, all := range components {
		for _, c := range all {
			for _, r := range Rows() {
				if r.When != always || !slices.Contains(r.Of, strings.TrimPrefix(c.component, Package)) {
					continue
				}
				if want := (made{c.component, c.name, r.Type, r.Name(c.name)}); !slices.Contains(children[file], want) {
					t.Errorf("%s lacks %+v", file, want)
				}
			}
		}
	}
}
