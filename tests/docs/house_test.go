package docs

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
)

const (
	modulePath   = "github.com/ecsnet/pulumi-ecsnet/"
	houseBegins  = "```mermaid\nflowchart TD\n"
	houseEnds    = "```\n"
	pulumiPath   = "github.com/pulumi/"
	contributing = "CONTRIBUTING.md"
)

// TestTheHouseIsDrawnFromTheImports: the picture in CONTRIBUTING.md has an arrow
// for each import between the module's packages, but for those that follow from
// others, and marks the packages that import Pulumi. -update draws it anew.
func TestTheHouseIsDrawnFromTheImports(t *testing.T) {
	t.Parallel()
	document := read(t, contributing)
	before, rest, found := strings.Cut(document, houseBegins)
	require.True(t, found, "no picture of the house")
	_, after, found := strings.Cut(rest, houseEnds)
	require.True(t, found)
	written := before + houseBegins + drawHouse(rooms(t)) + houseEnds + after
	if *update {
		require.Empty(t, os.Getenv("CI"), "documents are not written in CI")
		require.NoError(t, os.WriteFile(filepath.Join(sandbox.Root(t), contributing), []byte(written), 0o644))
		return
	}
	assert.Equal(t, written, document, "the imports and the picture differ; run: go -C tests test ./docs -run TestTheHouse -update")
}

// room is a package of the house, or one with those inside it.
type room struct {
	imports map[string]bool
	pulumi  bool
}

// rooms are the packages of the module without their tests: those under
// internal each, the others with what is inside them.
func rooms(t *testing.T) map[string]*room {
	t.Helper()
	root := sandbox.Root(t)
	all := map[string]*room{}
	for _, top := range []string{"components", "internal", "provider", "verify"} {
		require.NoError(t, filepath.WalkDir(filepath.Join(root, top), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return err
			}
			folder, err := filepath.Rel(root, filepath.Dir(path))
			if err != nil {
				return err
			}
			name := roomOf(filepath.ToSlash(folder))
			if all[name] == nil {
				all[name] = &room{imports: map[string]bool{}}
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			for _, spec := range file.Imports {
				imported, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					return err
				}
				if own, is := strings.CutPrefix(imported, modulePath); is && roomOf(own) != name {
					all[name].imports[roomOf(own)] = true
				}
				all[name].pulumi = all[name].pulumi || strings.HasPrefix(imported, pulumiPath)
			}
			return nil
		}))
	}
	return all
}

func roomOf(folder string) string {
	parts := strings.Split(folder, "/")
	if parts[0] == "internal" && len(parts) > 1 {
		return parts[1]
	}
	return parts[0]
}

// drawHouse is the picture: arrows that follow from others are left out.
func drawHouse(all map[string]*room) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(all)) {
		shape := "%s[%s]\n"
		if all[name].pulumi {
			shape = "%s([%s])\n"
		}
		fmt.Fprintf(&b, "    "+shape, name, name)
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for _, imported := range slices.Sorted(maps.Keys(all[name].imports)) {
			if !follows(all, name, imported) {
				fmt.Fprintf(&b, "    %s --> %s\n", name, imported)
			}
		}
	}
	return b.String()
}

// follows says whether a package reaches another through a third that it imports.
func follows(all map[string]*room, from, to string) bool {
	for via := range all[from].imports {
		if via != to && reaches(all, via, to) {
			return true
		}
	}
	return false
}

func reaches(all map[string]*room, from, to string) bool {
	if all[from] == nil {
		return false
	}
	for next := range all[from].imports {
		if next == to || reaches(all, next, to) {
			return true
		}
	}
	return false
}
