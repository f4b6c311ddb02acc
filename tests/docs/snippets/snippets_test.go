package snippets

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRegion(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ program, want, fault string }{
		"shared tabs go":              {"a\n\t\t// begin: readme\n\t\tb {\n\t\t\tc\n\n\t\t}\n\t\t// end: readme\n", "b {\n\tc\n\n}\n", ""},
		"first line deepest":          {"# begin: readme\n    b\n  c\n# end: readme\n", "  b\nc\n", ""},
		"no region":                   {"a\n", "", "0 lines"},
		"two regions":                 {"# begin: readme\na\n# end: readme\n# begin: readme\nb\n# end: readme\n", "", "2 lines"},
		"no end":                      {"# begin: readme\na\n", "", `0 "end: readme"`},
		"nothing in it":               {"# begin: readme\n# end: readme\n", "", "around 0 lines"},
		"marker in the middle of one": {"x // begin: readme\na\n// end: readme\n", "", "0 lines"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := Region(tt.program)
			if tt.fault != "" {
				require.ErrorContains(t, err, tt.fault)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestRewrite(t *testing.T) {
	t.Parallel()
	read := func(path string) (string, error) {
		return fmt.Sprintf("# begin: readme\n%s\n# end: readme\n", path), nil
	}
	got, err := Rewrite("x\n<!-- snippet: a.py -->\n```python\nold\nolder\n```\ny\n<!-- snippet: b.py -->\n```python\n```\n```\nz\n```\n", read)
	require.NoError(t, err)
	assert.Equal(t, "x\n<!-- snippet: a.py -->\n```python\na.py\n```\ny\n<!-- snippet: b.py -->\n```python\nb.py\n```\n```\nz\n```\n", got)

	for text, fault := range map[string]string{
		"<!-- snippet: a.py -->\n\n```\n```\n": "line 1: no code block follows",
		"<!-- snippet: a.py -->\n```\n":        "does not end",
		"<!-- snippet a.py -->\n```\n```\n":    "line 1",
	} {
		_, err := Rewrite(text, read)
		require.ErrorContains(t, err, fault)
	}
}
