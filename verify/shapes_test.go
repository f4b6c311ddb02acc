package verify_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/internal/opposition"
)

// recordedStacks are the documents in testdata, by their names.
func recordedStacks(t *testing.T) map[string][]byte {
	t.Helper()
	documents := map[string][]byte{}
	for _, folder := range []string{".", "provider"} {
		names, err := filepath.Glob(filepath.Join("testdata", folder, "*.json"))
		require.NoError(t, err)
		require.Greater(t, len(names), 10)
		for _, name := range names {
			content, err := os.ReadFile(name)
			require.NoError(t, err)
			documents[filepath.Base(name)] = content
		}
	}
	return documents
}

// eachWritten calls with every resource that a document has, as it is written,
// and returns the document as it is then.
func eachWritten(t *testing.T, document []byte, with func(resource map[string]any)) []byte {
	t.Helper()
	return rewritten(t, document, func(resources []map[string]any) {
		for _, r := range resources {
			with(r)
		}
	})
}

// rewritten does so with all of them at once.
func rewritten(t *testing.T, document []byte, with func(resources []map[string]any)) []byte {
	t.Helper()
	var d map[string]any
	require.NoError(t, json.Unmarshal(document, &d))
	list := func(object any, name string) []any {
		in, _ := object.(map[string]any)
		elements, _ := in[name].([]any)
		return elements
	}
	var all []map[string]any
	for _, r := range list(d["deployment"], "resources") {
		all = append(all, r.(map[string]any))
	}
	for _, step := range list(d, "steps") {
		for _, state := range []string{"oldState", "newState"} {
			if s, ok := step.(map[string]any)[state].(map[string]any); ok {
				all = append(all, s)
			}
		}
	}
	with(all)
	changed, err := json.Marshal(d)
	require.NoError(t, err)
	return changed
}

// TestWhatIsNotSetChangesNothing holds that a stack keeps its report, to the
// letter, when every property that it lacks is written as the official provider
// writes what is not set, and when null is written for it.
func TestWhatIsNotSetChangesNothing(t *testing.T) {
	t.Parallel()
	filled := 0
	for name, document := range recordedStacks(t) {
		want := reported(t, document)
		for how, null := range map[string]bool{"as the provider writes it": false, "as null": true} {
			changed := eachWritten(t, document, func(r map[string]any) {
				for _, field := range []string{"inputs", "outputs"} {
					// A program's own inputs have no such values, but may have null.
					if properties, ok := r[field].(map[string]any); ok && (null || field == "outputs") {
						before := len(properties)
						opposition.Fill(r["type"].(string), properties, null)
						filled += len(properties) - before
					}
				}
			})
			assert.Equal(t, want, reported(t, changed), "%s, %s", name, how)
		}
	}
	assert.Greater(t, filled, 5000)
}

// reported is the whole report about a document, in text and in JSON.
func reported(t *testing.T, document []byte) string {
	t.Helper()
	report, err := prove(document)
	require.NoError(t, err)
	data, err := json.MarshalIndent(report, "", " ")
	require.NoError(t, err)
	return asText(t, report) + string(data)
}

// TestRefreshChangesNothing holds that a stack keeps its report, to the letter,
// when its groups, tables and ACLs show what other resources made in them.
func TestRefreshChangesNothing(t *testing.T) {
	t.Parallel()
	documents := recordedStacks(t)
	for seed := range uint64(400) {
		documents[fmt.Sprintf("seed %d", seed)] = opposition.Generate(seed).Export(seed)
	}
	changed, wrong := 0, 0
	for name, document := range documents {
		plain := rewritten(t, document, func([]map[string]any) {})
		refreshed := rewritten(t, document, opposition.Refresh)
		if bytes.Equal(plain, refreshed) {
			continue
		}
		changed++
		if diff := cmp.Diff(reported(t, document), reported(t, refreshed)); diff != "" && wrong < 3 {
			wrong++
			t.Errorf("%s (-before +after)\n%s", name, diff)
		}
	}
	assert.Greater(t, changed, 150)
}
