package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDraw(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	svg, mermaid := filepath.Join(dir, "a.svg"), filepath.Join(dir, "a.md")
	if got := tool(t, nil, "draw", "--state", state("open"), "--svg", svg, "--mermaid", mermaid); got != (said{}) {
		t.Fatalf("%+v", got)
	}
	for file, args := range map[string][]string{svg: {"--svg", "-"}, mermaid: {"--mermaid", "-"}} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := tool(t, nil, append([]string{"draw", "--state", state("open")}, args...)...); got != (said{out: string(text)}) {
			t.Errorf("to stdout %+v, to a file\n%s", got, text)
		}
		if !strings.Contains(string(text), "10.0.1.0/24") {
			t.Errorf("%s does not show the subnet", file)
		}
	}
	text, _ := os.ReadFile(svg)
	for decoder := xml.NewDecoder(strings.NewReader(string(text))); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// TestDrawFailsWhole: what cannot be read leaves no picture behind.
func TestDrawFailsWhole(t *testing.T) {
	t.Parallel()
	svg := filepath.Join(t.TempDir(), "a.svg")
	if got := tool(t, nil, "draw", "--state", state("other"), "--svg", svg); got.code != exitUndecided {
		t.Errorf("%+v", got)
	}
	if _, err := os.Stat(svg); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a picture of nothing: %v", err)
	}
}
