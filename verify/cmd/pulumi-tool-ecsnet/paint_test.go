package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
)

func TestPainted(t *testing.T) {
	t.Parallel()
	const text = "web\n  from the internet:  open\n  to the internet:    closed\n  loss of a zone:     undecided\n" +
		"    -> web  its tasks open a connection\nisolated: failed\nno-egress: held\n"
	const want = "web\n  from the internet:  \x1b[31mopen\x1b[0m\n  to the internet:    \x1b[32mclosed\x1b[0m\n  loss of a zone:     \x1b[33mundecided\x1b[0m\n" +
		"    -> web  its tasks open a connection\nisolated: \x1b[31mfailed\x1b[0m\nno-egress: \x1b[32mheld\x1b[0m\n"
	out := &bytes.Buffer{}
	if n, err := io.WriteString(painter{out}, text); n != len(text) || err != nil {
		t.Errorf("wrote %d, %v", n, err)
	}
	if out.String() != want {
		t.Errorf("painted %q", out)
	}
	file, err := os.Create(t.TempDir() + "/x")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, w := range []io.Writer{out, file} {
		if painted(w) != w {
			t.Errorf("%T is no terminal and is painted", w)
		}
	}
}

func TestWrapped(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("subnet-é -> ", 40)
	lines := strings.Split(wrapped(long), "\n")
	if len(lines) < 5 {
		t.Fatalf("%d lines", len(lines))
	}
	for i, line := range lines {
		if n := len([]rune(line)); n > width {
			t.Errorf("line %d is %d columns wide", i, n)
		}
		if want := "    "[:min(4, 2+2*i)]; !strings.HasPrefix(line, want) || line[len(want)] == ' ' {
			t.Errorf("line %d begins %q", i, line[:5])
		}
	}
	if got := strings.Join(strings.Fields(strings.Join(lines, " ")), " "); got != strings.TrimSpace(long) {
		t.Errorf("words are lost: %s", got)
	}
}
