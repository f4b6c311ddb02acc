package docs

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
	"github.com/ecsnet/pulumi-ecsnet/verify"
)

// TestTheReadmesPreflightIsTheDocuments: the README shows the failing preview
// of docs/preflight.md, which another test compares with a real one.
func TestTheReadmesPreflightIsTheDocuments(t *testing.T) {
	t.Parallel()
	assert.Equal(t, between(t, read(t, "docs/preflight.md"), "`pulumi preview` prints\n\n```text\n"),
		between(t, read(t, "README.md"), "the first preview of an empty stack fails, in every language, with\n\n```text\n"))
}

// TestTheReadmesVerdictIsTheTools: the verdict that the README shows is the
// one about the state of the example, with the assertion that it was asked for.
func TestTheReadmesVerdictIsTheTools(t *testing.T) {
	t.Parallel()
	state, err := os.Open(filepath.Join(sandbox.Root(t), "verify/testdata/isolated-service.yaml.export.json"))
	require.NoError(t, err)
	defer func() { require.NoError(t, state.Close()) }()
	s, err := verify.Read(state)
	require.NoError(t, err)
	report := s.Verify()
	var text bytes.Buffer
	require.NoError(t, report.Text(&text))
	assertion, err := report.Assert("isolated")
	require.NoError(t, err)
	require.Equal(t, verify.Held, assertion.Verdict)
	assert.Equal(t, text.String()+"\nisolated: held", between(t, read(t, "README.md"), "<!-- output: isolated-service -->\n```text\n"))
}

// between is what follows a text of a document up to the end of the block.
func between(t *testing.T, document, start string) string {
	t.Helper()
	_, rest, found := strings.Cut(document, start)
	require.True(t, found, "there is no %q", start)
	text, _, found := strings.Cut(rest, "\n```")
	require.True(t, found)
	return text
}
