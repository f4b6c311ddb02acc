package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// standIn puts a pulumi on PATH that notes its arguments, answers with a file,
// says something on stderr and ends with a code.
func standIn(t *testing.T, answer, errs, code string) (arguments func() string) {
	t.Helper()
	dir := t.TempDir()
	script := fmt.Sprintf(`#!/bin/sh
echo "$@" >> '%s/arguments'
for last; do :; done
cat %s
echo '%s' >&2
exit %s
`, dir, answer, errs, code)
	if err := os.WriteFile(filepath.Join(dir, "pulumi"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	return func() string {
		text, err := os.ReadFile(filepath.Join(dir, "arguments"))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
}

func TestWhatIsAskedOfPulumi(t *testing.T) {
	tests := map[string]struct{ args, asks string }{
		"the selected stack":          {"", "stack export --non-interactive\n"},
		"a stack":                     {"--stack closed", "stack export --non-interactive --stack closed\n"},
		"two stacks":                  {"--stack service --stack network", "stack export --non-interactive --stack service\nstack export --non-interactive --stack network\n"},
		"what an update would make":   {"--preview", "preview --json --show-sames --non-interactive\n"},
		"the same of a stack":         {"--preview --stack closed", "preview --json --show-sames --non-interactive --stack closed\n"},
		"a stack, and a file with it": {"--stack service --state testdata/network.json", "stack export --non-interactive --stack service\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			// It answers with the file of the stack's name, and has one selected.
			asked := standIn(t, `"testdata/$last.json" 2>/dev/null || cat testdata/closed.json`, "", "0")
			got := tool(t, nil, append([]string{"verify", "--assert", "isolated"}, strings.Fields(tt.args)...)...)
			if got.code != exitHeld {
				t.Errorf("%+v", got)
			}
			if asked() != tt.asks {
				t.Errorf("asked %q, want %q", asked(), tt.asks)
			}
		})
	}
}

func TestWhatPulumiSaysWhenItFails(t *testing.T) {
	digest := filepath.Join(t.TempDir(), "digest.json")
	text := `{"diagnostics": [{"message": "a warning", "severity": "warning"}, {"message": "error: no such network\n", "severity": "error"}]}`
	if err := os.WriteFile(digest, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	standIn(t, digest, "it went wrong", "255")
	got := tool(t, nil, "verify", "--preview")
	want := "error: pulumi preview: exit status 255:\nerror: no such network\nit went wrong\n"
	if got != (said{code: exitUndecided, err: want}) {
		t.Errorf("%+v", got)
	}
	got = tool(t, nil, "verify", "--stack", "prod")
	if got != (said{code: exitUndecided, err: "error: pulumi stack export: exit status 255:\nit went wrong\n"}) {
		t.Errorf("%+v", got)
	}

	t.Setenv("PATH", t.TempDir())
	got = tool(t, nil, "verify")
	want = "error: pulumi stack export: pulumi is not on PATH; install it, or write the output of that command to a file and name it with --state\n"
	if got != (said{code: exitUndecided, err: want}) {
		t.Errorf("%+v", got)
	}
}
