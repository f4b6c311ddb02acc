// Package snippets keeps the code in documents equal to code that runs.
//
// A program marks what the README, or another of the [Documents], shows:
//
//	// begin: readme
//	vpc := ...
//	// end: readme
//
// and the document names the program above the block that shows it:
//
//	<!-- snippet: examples/isolated-service/go/main.go -->
//
// The block is the marked lines without the indentation that they share.
package snippets

import (
	"fmt"
	"regexp"
	"strings"
)

// Documents are those that show programs, as paths from the root of the tree.
var Documents = []string{"README.md", "docs/examples.md", "docs/functions.md", "docs/preflight.md"}

var (
	begin = regexp.MustCompile(`^\s*(?://|#) begin: readme$`)
	end   = regexp.MustCompile(`^\s*(?://|#) end: readme$`)
	named = regexp.MustCompile(`^<!-- snippet: (\S+) -->$`)
)

// Block is a code block of a Markdown document that is copied from a program.
type Block struct {
	// Source is the program's path from the root of the tree.
	Source string
	// Text are the block's lines, each with its line end.
	Text string

	// The block's lines are those from first to before last.
	first, last int
}

// Marked says whether a program marks a region.
func Marked(program string) bool {
	for line := range strings.Lines(program) {
		if begin.MatchString(strings.TrimSuffix(line, "\n")) {
			return true
		}
	}
	return false
}

// Region returns the marked lines of a program, without the indentation that
// they share.
func Region(program string) (string, error) {
	var region []string
	begins, ends := 0, 0
	for line := range strings.Lines(program) {
		text := strings.TrimSuffix(line, "\n")
		switch {
		case begin.MatchString(text):
			begins++
		case end.MatchString(text):
			ends++
		case begins > ends:
			region = append(region, text)
		}
	}
	if begins != 1 || ends != 1 || len(region) == 0 {
		return "", fmt.Errorf("%d lines \"begin: readme\" and %d \"end: readme\" around %d lines; mark one region", begins, ends, len(region))
	}
	return dedent(region), nil
}

// dedent removes the blanks that all lines begin with.
func dedent(lines []string) string {
	shared := ""
	for i, line := range lines {
		blanks := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if i == 0 {
			shared = blanks
		}
		for line != "" && !strings.HasPrefix(blanks, shared) {
			shared = shared[:len(shared)-1]
		}
	}
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(strings.TrimPrefix(line, shared) + "\n")
	}
	return b.String()
}

// Blocks returns the blocks of a Markdown document that name a program.
func Blocks(markdown string) ([]Block, error) {
	var blocks []Block
	lines := strings.Split(markdown, "\n")
	for i := 0; i < len(lines); i++ {
		m := named.FindStringSubmatch(lines[i])
		if m == nil {
			if strings.Contains(lines[i], "<!-- snippet") {
				return nil, fmt.Errorf("line %d: %q is not \"<!-- snippet: PATH -->\"", i+1, lines[i])
			}
			continue
		}
		if i+1 >= len(lines) || !strings.HasPrefix(lines[i+1], "```") {
			return nil, fmt.Errorf("line %d: no code block follows the snippet %s", i+1, m[1])
		}
		block := Block{Source: m[1], first: i + 2, last: i + 2}
		for block.last < len(lines) && lines[block.last] != "```" {
			block.Text += lines[block.last] + "\n"
			block.last++
		}
		if block.last == len(lines) {
			return nil, fmt.Errorf("line %d: the code block of the snippet %s does not end", i+1, m[1])
		}
		i = block.last
		blocks = append(blocks, block)
	}
	return blocks, nil
}

// Rewrite returns the document with every named block replaced by its
// program's region. Read returns a program by its path from the root.
func Rewrite(markdown string, read func(path string) (string, error)) (string, error) {
	blocks, err := Blocks(markdown)
	if err != nil {
		return "", err
	}
	lines := strings.Split(markdown, "\n")
	var written []string
	from := 0
	for _, b := range blocks {
		program, err := read(b.Source)
		if err != nil {
			return "", err
		}
		region, err := Region(program)
		if err != nil {
			return "", fmt.Errorf("%s: %w", b.Source, err)
		}
		written = append(written, lines[from:b.first]...)
		written = append(written, strings.Split(strings.TrimSuffix(region, "\n"), "\n")...)
		from = b.last
	}
	return strings.Join(append(written, lines[from:]...), "\n"), nil
}
