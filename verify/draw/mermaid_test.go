package draw

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	chartNode     = regexp.MustCompile(`^\s+(\w+)(?:\(\[|\[)"([^"\n]*)"(?:\]\)|\])(?::::\w+)?$`)
	chartSubgraph = regexp.MustCompile(`^\s+subgraph (\w+)\["([^"\n]*)"\]$`)
	chartLink     = regexp.MustCompile(`^\s+(\w+) (-->|-\.->|==>|~~~)(?:\|"([^"\n]*)"\|)? (\w+)$`)
	chartStyles   = regexp.MustCompile(`^\s+linkStyle ([\d,]+) [\w#:,-]+$`)
	// entity is the only way in which a label may hold what means something.
	entity = regexp.MustCompile(`#\d+;`)
)

// checkChart asserts that a flowchart has nothing but lines whose form Mermaid
// takes, that each link is between nodes that are there, and that each
// subgraph ends. All goldens were rendered by Mermaid 11 itself.
func checkChart(t *testing.T, chart string) {
	t.Helper()
	nodes := map[string]bool{}
	var depth int
	var links []string // the arrow of each
	styled := map[int]bool{}
	lines := strings.Split(strings.TrimSuffix(chart, "\n"), "\n")
	if lines[0] != "flowchart TB" {
		t.Fatalf("it begins with %q", lines[0])
	}
	label := func(text string) {
		rest := strings.ReplaceAll(entity.ReplaceAllString(text, ""), "<br/>", "")
		if strings.ContainsAny(rest, "\"#;&<>`%{}[]|") {
			t.Errorf("label %q has what means something to Mermaid", text)
		}
	}
	for _, line := range lines[1:] {
		if m := chartNode.FindStringSubmatch(line); m != nil {
			if nodes[m[1]] {
				t.Errorf("two nodes are called %s", m[1])
			}
			nodes[m[1]] = true
			label(m[2])
			continue
		}
		if m := chartSubgraph.FindStringSubmatch(line); m != nil {
			depth++
			if nodes[m[1]] {
				t.Errorf("two nodes are called %s", m[1])
			}
			nodes[m[1]] = true
			label(m[2])
			continue
		}
		if m := chartLink.FindStringSubmatch(line); m != nil {
			links = append(links, m[2])
			label(m[3])
			for _, id := range []string{m[1], m[4]} {
				if !nodes[id] {
					t.Errorf("%q is no node, in %q", id, line)
				}
			}
			continue
		}
		if m := chartStyles.FindStringSubmatch(line); m != nil {
			for _, n := range strings.Split(m[1], ",") {
				i, err := strconv.Atoi(n)
				if err != nil || i >= len(links) {
					t.Fatalf("there is no link %s: %d links", n, len(links))
				}
				styled[i] = true
			}
			continue
		}
		switch word := strings.Fields(line + " -")[0]; word {
		case "end":
			depth--
		case "accTitle:", "accDescr:", "classDef":
		default:
			t.Errorf("not understood: %q", line)
		}
	}
	for i, arrow := range links {
		if marked := arrow == "==>" || arrow == "-.->"; styled[i] != marked {
			t.Errorf("link %d, %s: styled is %v", i, arrow, styled[i])
		}
	}
	if depth != 0 {
		t.Errorf("%d subgraphs do not end", depth)
	}
}

func TestChart(t *testing.T) {
	t.Parallel()
	for name, made := range systems {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkChart(t, written(t, "mmd", made()))
		})
	}
}

func TestMermaidText(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, want string }{
		"plain":                 {"net-private-a 10.0.0.0/24", "net-private-a 10.0.0.0/24"},
		"quotes end no label":   {`a"]`, "a#34;#93;"},
		"no HTML":               {"<b>&", "#60;b#62;#38;"},
		"no entities of others": {"#quot;", "#35;quot#59;"},
		"no comments":           {"%%{init}", "#37;#37;#123;init#125;"},
		"no Markdown":           {"`*a_b*`", "#96;#42;a#95;b#42;#96;"},
		"one line":              {"a\nb\x00\u202e", "a b"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := mermaidText(tt.text); got != tt.want {
				t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}
