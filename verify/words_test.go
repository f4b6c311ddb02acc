package verify_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var explained = regexp.MustCompile(`(?m)^  - ([a-z]+): `)

// TestWordsAreTheCodes: what a package comment explains is something that the
// code calls so, and every word is explained once.
func TestWordsAreTheCodes(t *testing.T) {
	t.Parallel()
	for dir, least := range map[string]int{".": 18, "draw": 18} {
		comment, names := readPackage(t, dir)
		if dir == "." {
			_, ofModel := readPackage(t, "internal/model")
			for name := range ofModel {
				names[strings.ToLower(name)] = true
			}
		}
		seen := map[string]bool{}
		for _, m := range explained.FindAllStringSubmatch(comment, -1) {
			assert.True(t, names[m[1]], "%s explains %q, and nothing is called so", dir, m[1])
			assert.False(t, seen[m[1]], "%s explains %q twice", dir, m[1])
			seen[m[1]] = true
		}
		assert.GreaterOrEqual(t, len(seen), least, "words in %s", dir)
	}
}

// readPackage returns a package's comment, and every name that it declares:
// types, functions, fields and variables.
func readPackage(t *testing.T, dir string) (comment string, names map[string]bool) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	names = map[string]bool{}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		require.NoError(t, err)
		comment += file.Doc.Text()
		ast.Inspect(file, func(n ast.Node) bool {
			switch d := n.(type) {
			case *ast.FuncDecl:
				names[d.Name.Name] = true
			case *ast.TypeSpec:
				names[d.Name.Name] = true
			case *ast.Field:
				for _, name := range d.Names {
					names[name.Name] = true
				}
			}
			return true
		})
	}
	return comment, names
}
