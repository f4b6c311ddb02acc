package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLinksFindsWhatLeadsNowhere(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for name, text := range map[string]string{
		"README.md": "# A `b`, c\n[ok](docs/x.md) [ok](docs/x.md#two-words) [ok](#a-b-c) [ok](docs) [ok](https://example.com/none)\n" +
			"```\n[code](no.md)\n```\n`[a-z](code)` [`ok`](docs/x.md) [bad](no.md) [bad](docs/x.md#none) [bad](#none)\n",
		"docs/x.md": "## Two words\n[ok](../README.md) [bad](README.md)\n",
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(root, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(root, name), []byte(text), 0o644))
	}
	err := links(t.Context(), &checker{root: root, files: []string{"README.md", "docs/x.md"}})
	require.EqualError(t, err, `README.md: the link "no.md" leads nowhere; no.md does not exist
README.md: the link "docs/x.md#none" leads nowhere; docs/x.md has no such heading
README.md: the link "#none" leads nowhere; README.md has no such heading
docs/x.md: the link "README.md" leads nowhere; docs/README.md does not exist`)
}

func TestLockFilesNameNoRegistry(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	c := &checker{root: root, files: []string{"package-lock.json"}}
	lock := filepath.Join(root, "package-lock.json")
	require.NoError(t, os.WriteFile(lock, []byte(`{"integrity": "x"}`), 0o644))
	require.NoError(t, lockFiles(t.Context(), c))
	require.NoError(t, os.WriteFile(lock, []byte(`{"resolved": "https://example.com"}`), 0o644))
	require.ErrorContains(t, lockFiles(t.Context(), c), "names a registry")
}
