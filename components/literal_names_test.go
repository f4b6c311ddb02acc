package components

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestNamesComeFromTheRows: no component writes a child's name itself; all are
// rows of internal/children.
func TestNamesComeFromTheRows(t *testing.T) {
	t.Parallel()
	role := regexp.MustCompile(`^(%s)?-[a-z]`)
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	parsed := 0
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		parsed++
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, _ := strconv.Unquote(literal.Value); role.MatchString(text) {
					t.Errorf("%s: %q looks like a part of a child's name; take it from internal/children", set.Position(n.Pos()), text)
				}
			}
			return true
		})
	}
	if parsed == 0 {
		t.Error("no file of the package was read")
	}
}
