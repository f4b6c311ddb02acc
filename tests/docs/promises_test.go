package docs

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
)

var (
	// testNamed is how a document names a test.
	testNamed = regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9]+)`")
	// testDeclared is how a test begins.
	testDeclared = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Za-z0-9]+)\(`)
)

// TestEachPromiseIsHeldByATest: each row of the README's promises names tests,
// and every test that the document names is there.
func TestEachPromiseIsHeldByATest(t *testing.T) {
	t.Parallel()
	readme := read(t, "README.md")
	tests := map[string]bool{}
	require.NoError(t, filepath.WalkDir(sandbox.Root(t), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		for _, match := range testDeclared.FindAllStringSubmatch(string(text), -1) {
			tests[match[1]] = true
		}
		return err
	}))
	for _, match := range testNamed.FindAllStringSubmatch(readme, -1) {
		assert.True(t, tests[match[1]], "there is no %s", match[1])
	}
	_, promises, found := strings.Cut(readme, "| Promise | Held by |\n|---|---|\n")
	require.True(t, found)
	promises, _, _ = strings.Cut(promises, "\n\n")
	for row := range strings.Lines(promises) {
		_, held, _ := strings.Cut(strings.Trim(strings.TrimSpace(row), "|"), "|")
		assert.Regexp(t, testNamed, held, "a promise names no test: %s", row)
	}
}
