package docs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
)

// read returns a file of the tree.
func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(sandbox.Root(t), path))
	require.NoError(t, err)
	return string(text)
}

// table returns the rows of the first table of a document whose header holds
// the given columns, cell by cell. Code marks and emphasis are left out.
func table(t *testing.T, document string, columns ...string) [][]string {
	t.Helper()
	var rows [][]string
	inside := false
	for line := range strings.Lines(document) {
		cells := cells(line)
		switch {
		case !inside && holds(cells, columns):
			inside = true
		case inside && cells == nil:
			require.NotEmpty(t, rows)
			return rows
		case inside && !strings.HasPrefix(cells[0], "---"):
			rows = append(rows, cells)
		}
	}
	require.True(t, inside, "no table with the columns %v", columns)
	return rows
}

func cells(line string) []string {
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "|") {
		return nil
	}
	var list []string
	for _, cell := range strings.Split(strings.Trim(line, "|"), "|") {
		list = append(list, strings.TrimSpace(strings.NewReplacer("`", "", "*", "").Replace(cell)))
	}
	return list
}

func holds(cells, columns []string) bool {
	if len(cells) < len(columns) {
		return false
	}
	for i, column := range columns {
		if cells[i] != column {
			return false
		}
	}
	return true
}
