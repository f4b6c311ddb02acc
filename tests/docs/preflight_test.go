package docs

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/internal/preflight"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
)

var update = flag.Bool("update", false, "write the tables of documents anew")

// TestPreflightRulesAreInTheDocument: the table has each rule, in the order in
// which findings come, with what it needs, what AWS says and the fix. -update
// writes the table anew.
func TestPreflightRulesAreInTheDocument(t *testing.T) {
	t.Parallel()
	const path, header = "docs/preflight.md", "| Rule | Needs | Otherwise AWS says | Fix |\n|---|---|---|---|\n"
	document := read(t, path)
	before, rest, found := strings.Cut(document, header)
	require.True(t, found, "no table of rules")
	_, after, found := strings.Cut(rest, "\n\n")
	require.True(t, found)
	written := before + header + rulesTable() + "\n" + after
	if *update {
		require.Empty(t, os.Getenv("CI"), "documents are not written in CI")
		require.NoError(t, os.WriteFile(sandbox.Root(t)+"/"+path, []byte(written), 0o644))
		return
	}
	assert.Equal(t, written, document, "the rules and the table differ; run: go -C tests test ./docs -run TestPreflightRules -update")
}

// rulesTable is the rows of the table of rules.
func rulesTable() string {
	var b strings.Builder
	for _, r := range preflight.Rules() {
		id := "`" + r.Id + "`"
		if r.Severity == preflight.SeverityWarning {
			id += " (warning)"
		}
		fmt.Fprintf(&b, "| %s | %s [AWS](%s) | `%s` | %s |\n", id, r.Needs, r.Doc, r.AwsSays, r.Fix)
	}
	return b.String()
}

// TestThePreflightIsWhatPulumiSays: the text that the document shows is what a
// preview on an empty stack prints, line by line.
func TestThePreflightIsWhatPulumiSays(t *testing.T) {
	t.Parallel()
	text := between(t, read(t, "docs/preflight.md"), "`pulumi preview` prints\n\n```text\n")
	require.Contains(t, text, "its tasks would not work, for 3 reasons:")
	out, err := program(t, sandbox.New(t), "tests/docs/testdata/programs/preflight")("preview")
	require.Error(t, err)
	for line := range strings.Lines(text) {
		assert.Contains(t, out, strings.TrimSpace(line))
	}
}
