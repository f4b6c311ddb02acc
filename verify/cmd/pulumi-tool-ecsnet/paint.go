package main

import (
	"io"
	"os"
	"regexp"

	"golang.org/x/term"
)

// Colours of a terminal, in the meaning that traffic lights have.
const (
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	green  = "\x1b[32m"
	reset  = "\x1b[0m"
)

// verdicts are the words that are painted, where they stand behind a question.
// The text says everything without.
var verdicts = []struct {
	words  *regexp.Regexp
	colour string
}{
	{behindQuestion("open|failed"), red},
	{behindQuestion("undecided|unknown"), yellow},
	{behindQuestion("closed|held"), green},
}

func behindQuestion(words string) *regexp.Regexp {
	return regexp.MustCompile(`(?m)^( *[a-z][a-z -]*: +)(` + words + `)\b`)
}

// painted is w where colours are of no use, and one that paints where they are:
// on a terminal, unless its user wants none (https://no-color.org).
func painted(w io.Writer) io.Writer {
	file, is := w.(*os.File)
	if !is || !term.IsTerminal(int(file.Fd())) || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return w
	}
	return painter{w}
}

type painter struct{ out io.Writer }

// Write paints what is written at once: whoever writes cuts between lines only.
func (p painter) Write(text []byte) (int, error) {
	shown := text
	for _, v := range verdicts {
		shown = v.words.ReplaceAll(shown, []byte("${1}"+v.colour+"${2}"+reset))
	}
	if _, err := p.out.Write(shown); err != nil {
		return 0, err
	}
	return len(text), nil
}
