package main

import (
	"bytes"
	"io"
	"regexp"
)

// plainly passes lines on but for the engine's remark, repeated for every plugin
// and every phase, that it takes a plugin from PATH: here it always does. The
// headings over such remarks go with them, and so do the counts of warnings that
// the engine puts behind a resource, which include the remarks: the diagnostics
// show the text of every other warning.
type plainly struct {
	out io.Writer
	// part is a line without its end yet, held are headings and empty lines
	// that wait for the line under them.
	part, held []byte
}

var (
	pluginRemark = regexp.MustCompile(`warning: using pulumi-resource-\S+ from \$PATH`)
	// A heading of the diagnostics, or the resource under it.
	diagnostics = regexp.MustCompile(`^Diagnostics:\s*$|^  \S+ \(\S+\):\s*$`)
	blank       = regexp.MustCompile(`^\s*$`)
	// A row of a resource, such as " +  TYPE NAME created (2s) 3 warnings; 2 messages".
	row   = regexp.MustCompile(`^ [-+~ ][-+]? +\S+:\S+ `)
	count = regexp.MustCompile(`(; )?\b\d+ (warning|message)s?\b`)
)

func (q *plainly) Write(p []byte) (int, error) {
	q.part = append(q.part, p...)
	for {
		end := bytes.IndexByte(q.part, '\n')
		if end < 0 {
			return len(p), nil
		}
		if err := q.line(q.part[:end+1]); err != nil {
			return 0, err
		}
		q.part = q.part[end+1:]
	}
}

func (q *plainly) line(line []byte) error {
	if row.Match(line) {
		line = count.ReplaceAll(line, nil)
	}
	switch {
	case pluginRemark.Match(line):
		return nil
	case diagnostics.Match(line) || blank.Match(line):
		q.held = append(q.held, line...)
		return nil
	case line[0] == ' ' || len(bytes.TrimSpace(q.held)) == 0:
		// Under its heading, or under empty lines only: one of those is enough.
		if len(bytes.TrimSpace(q.held)) == 0 && len(q.held) > 0 {
			q.held = []byte("\n")
		}
		line = append(q.held, line...)
	default:
		line = append([]byte("\n"), line...)
	}
	q.held = nil
	_, err := q.out.Write(line)
	return err
}
