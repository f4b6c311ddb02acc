package docs

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/docs/snippets"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// programs are the folders whose programs the documents show; those under tests/
// are there for nothing else.
var programs = []string{"examples", "tests/docs/testdata/programs"}

func TestDocumentsShowProgramsThatRun(t *testing.T) {
	t.Parallel()
	shown := map[string]string{}
	for _, document := range snippets.Documents {
		text := read(t, document)
		written, err := snippets.Rewrite(text, func(path string) (string, error) { return read(t, path), nil })
		require.NoError(t, err)
		assert.Equal(t, written, text, "a program and %s differ; run: go -C tests run ./docs/cmd/snippets", document)

		blocks, err := snippets.Blocks(text)
		require.NoError(t, err)
		for _, b := range blocks {
			shown[b.Source] = document
		}
	}
	for _, path := range marked(t) {
		assert.NotEmpty(t, shown[path], "%s marks a region that no document shows", path)
	}
	for _, language := range []string{"go/main.go", "typescript/index.ts", "python/__main__.py", "yaml/Pulumi.yaml"} {
		assert.Equal(t, "README.md", shown["examples/isolated-service/"+language], "the quick start lacks %s", language)
	}
}

// marked lists the programs that mark a region.
func marked(t *testing.T) []string {
	t.Helper()
	var list []string
	for _, folder := range programs {
		err := filepath.WalkDir(filepath.Join(sandbox.Root(t), folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() && containsName(toolchain.Generated, entry.Name()) {
				return errOrSkip(err)
			}
			if entry.IsDir() {
				return nil
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if snippets.Marked(string(text)) {
				relative, err := filepath.Rel(sandbox.Root(t), path)
				require.NoError(t, err)
				list = append(list, filepath.ToSlash(relative))
			}
			return nil
		})
		require.NoError(t, err)
	}
	require.NotEmpty(t, list)
	return list
}

func errOrSkip(err error) error {
	if err == nil {
		return filepath.SkipDir
	}
	return err
}

func containsName(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}
