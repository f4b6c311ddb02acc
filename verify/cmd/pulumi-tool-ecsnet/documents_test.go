package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

// TestForms holds that both commands read a state in each form that people have
// it in as they read the export itself, from a file and from stdin.
func TestForms(t *testing.T) {
	t.Parallel()
	export, err := os.ReadFile(state("open"))
	if err != nil {
		t.Fatal(err)
	}
	var parts struct{ Deployment json.RawMessage }
	if err := json.Unmarshal(export, &parts); err != nil {
		t.Fatal(err)
	}
	stored := fmt.Appendf(nil, `{"version": 3, "checkpoint": {"stack": "organization/shop/dev", "latest": %s}}`, parts.Deployment)
	powershell, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(bytes.ReplaceAll(export, []byte("\n"), []byte("\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for name, text := range map[string][]byte{
		"powershell.json": powershell, "marked.json": append([]byte("\xef\xbb\xbf"), export...),
		"dev.json": stored, "dev.json.gz": packed(t, stored), "export.json.gz": packed(t, export),
	} {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"verify", "--json"}, {"draw", "--svg", "-"}} {
			want := tool(t, nil, append(args, "--state", state("open"))...)
			if want.code != exitHeld || want.out == "" {
				t.Fatalf("the export itself: %+v", want)
			}
			if got := tool(t, nil, append(args, "--state", file)...); got != want {
				t.Errorf("%s of %s: exit code %d, %s", args[0], name, got.code, got.err)
			}
			if got := tool(t, bytes.NewReader(text), append(args, "--state", "-")...); got != want {
				t.Errorf("%s of %s on stdin: exit code %d, %s", args[0], name, got.code, got.err)
			}
		}
	}
}

func packed(t *testing.T, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
