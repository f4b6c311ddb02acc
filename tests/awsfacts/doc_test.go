// Package awsfacts holds what the code believes about AWS: that docs/aws-facts.md
// lists all of it, with its source, and that the models of the AWS SDK say the
// same where they say anything.
package awsfacts

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write docs/aws-facts.md anew")

// matching returns the names that fit patterns, which are divided by blanks
// after a dot: "a.X* a.Y". A name with a blank is a pattern by itself.
func matching(all map[string]string, patterns string) []string {
	list := []string{patterns}
	if !strings.HasPrefix(patterns, "components ") {
		list = strings.Fields(patterns)
	}
	var found []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if slices.ContainsFunc(list, func(p string) bool { ok, err := path.Match(p, name); return ok && err == nil }) {
			found = append(found, name)
		}
	}
	return found
}

// TestEveryBeliefHasARow: each literal of the code is in the table of facts, or
// in the list of what is ours, and neither names what is not there.
func TestEveryBeliefHasARow(t *testing.T) {
	t.Parallel()
	all := held(t)
	require.Greater(t, len(all), 150, "the code was not read")
	where := map[string]string{}
	for _, f := range facts {
		for _, p := range patternsOf(f.held) {
			assert.NotEmpty(t, matching(all, p), "the code has no %s", p)
		}
		for _, name := range matching(all, f.held) {
			assert.Empty(t, where[name], "%s has two rows", name)
			where[name] = f.what
		}
	}
	for _, p := range ours {
		if len(matching(all, p)) == 0 {
			assert.Fail(t, "the code has no "+p)
		}
		for _, name := range matching(all, p) {
			assert.Empty(t, where[name], "%s has a row, and is said to be ours", name)
			where[name] = "ours"
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		assert.NotEmpty(t, where[name], "%s (%s) has no row in tests/awsfacts/facts_test.go", name, all[name])
	}
}

func patternsOf(held string) []string {
	if strings.HasPrefix(held, "components ") {
		return []string{held}
	}
	return strings.Fields(held)
}

// TestTheDocumentHasTheFacts: docs/aws-facts.md is the table, with the values
// that stand in the code. -update writes it anew.
func TestTheDocumentHasTheFacts(t *testing.T) {
	t.Parallel()
	written := document(t)
	const file = root + "/docs/aws-facts.md"
	if *update {
		require.Empty(t, os.Getenv("CI"), "documents are not written in CI")
		require.NoError(t, os.WriteFile(file, []byte(written), 0o644))
		return
	}
	there, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, written, string(there), "run: go -C tests test ./awsfacts -run TestTheDocument -update")
}

func document(t *testing.T) string {
	all := held(t)
	var b strings.Builder
	fmt.Fprintf(&b, `# What the code believes about AWS

Each limit, list, pattern and table of AWS's that the code holds, with the page that it comes from and when that page was last read. The rules of the preflight name their pages [themselves](preflight.md#rules).
Written by `+"`go -C tests test ./awsfacts -run TestTheDocument -update`"+` from the code and from [tests/awsfacts](../tests/awsfacts/facts_test.go). A literal of the code without a row fails a test, and so does one that the models of the AWS SDK (botocore %s) contradict, where the last column says that the models have it.

| Fact | Value | In the code | Source | Read | SDK |
|---|---|---|---|---|---|
`, pinned(t))
	for _, f := range facts {
		names := matching(all, f.held)
		var values []string
		for _, name := range names {
			if !slices.Contains(values, all[name]) {
				values = append(values, all[name])
			}
		}
		date, sdk := f.date, ""
		if date == "" {
			date = read
		}
		if f.model != nil {
			sdk = "yes"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | [AWS](%s) | %s | %s |\n", f.what, cell(strings.Join(values, "; ")), code(names), f.source, date, sdk)
	}
	return b.String()
}

// cell is a value in a table: as code, and short.
func cell(text string) string {
	const most = 200
	if len(text) > most {
		if end := strings.LastIndexByte(text[:most], ' '); end > 0 {
			text = text[:end]
		} else {
			text = text[:most]
		}
		text += " ..."
	}
	text = strings.ReplaceAll(text, "|", `\|`)
	if strings.Contains(text, "`") {
		return "`` " + text + " ``"
	}
	return "`" + text + "`"
}

func code(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = "`" + n + "`"
	}
	return strings.Join(quoted, ", ")
}
