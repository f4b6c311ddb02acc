package draw

import (
	"fmt"
	"slices"
	"strings"
)

// flow chart of a picture, in Mermaid's words:
// https://mermaid.js.org/syntax/flowchart.html
type chart struct {
	strings.Builder
	links int
	// styled are the numbers of the links of each level, for linkStyle.
	styled map[level][]string
	ids    map[any]string
	tied   map[[2]string]bool // by hidden links
	// columns are the nodes of each zone of a VPC, from above.
	columns map[*panel][][]string
}

// spotID names the node of a bar in one column.
type spotID struct {
	bar *bar
	col int
}

const chartStyle = `  classDef open stroke:#c8102e,stroke-width:4px
  classDef undecided stroke:#8a5a00,stroke-width:2px,stroke-dasharray:5 3
  classDef shut stroke-width:3px
  classDef routes stroke-width:0px
`

func flowchart(p *picture) string {
	c := &chart{styled: map[level][]string{}, ids: map[any]string{}, tied: map[[2]string]bool{}, columns: map[*panel][][]string{}}
	// Mermaid takes these two as the chart's title and description for those
	// who do not see it, each to the end of its line. GitHub renders no chart of
	// more than 50,000 characters, so the description is short: the nodes say
	// the rest.
	fmt.Fprintf(c, "flowchart TB\n  accTitle: %s\n  accDescr: %s\n", lineText(p.title), lineText(summaryOf(p)))
	c.node(1, "internet", "cloud", "the internet", "")
	for i, v := range p.vpcs {
		c.panel(fmt.Sprintf("v%d", i+1), v)
	}
	for i, s := range p.sides {
		class := ""
		lines := []string{s.name, s.kind}
		if s.doubt != "" {
			class = "undecided"
			lines = append(lines, s.doubt)
		}
		c.node(1, c.name(s, fmt.Sprintf("side%d", i+1)), "box", "", class, lines...)
	}
	for i, b := range p.loose {
		c.node(1, fmt.Sprintf("loose%d", i+1), "box", "", classOfBar(b), append(linesOf(b), "subnets not known")...)
	}
	for i, d := range p.doubts {
		c.node(1, fmt.Sprintf("doubt%d", i+1), "box", "", "undecided", "not known: "+d)
	}
	for _, v := range p.vpcs {
		c.downwards(v)
	}
	for _, v := range p.vpcs {
		c.lines(v, p.sides)
	}
	c.WriteString(chartStyle)
	for _, l := range []level{open, undecided} {
		if links := c.styled[l]; len(links) > 0 {
			style := map[level]string{open: "stroke:#c8102e,stroke-width:4px", undecided: "stroke:#8a5a00,stroke-width:2px"}[l]
			fmt.Fprintf(c, "  linkStyle %s %s\n", strings.Join(links, ","), style)
		}
	}
	return c.String()
}

// name gives a thing its id in the chart.
func (c *chart) name(thing any, id string) string {
	c.ids[thing] = id
	return id
}

func (c *chart) indent(depth int) { c.WriteString(strings.Repeat("  ", depth)) }

func (c *chart) node(depth int, id, shape, label, class string, lines ...string) {
	if label == "" {
		var escaped []string
		for _, l := range lines {
			escaped = append(escaped, mermaidText(l))
		}
		label = strings.Join(escaped, "<br/>")
	}
	c.indent(depth)
	if shape == "cloud" {
		fmt.Fprintf(c, "%s([\"%s\"])", id, label)
	} else {
		fmt.Fprintf(c, "%s[\"%s\"]", id, label)
	}
	if class != "" {
		fmt.Fprintf(c, ":::%s", class)
	}
	c.WriteByte('\n')
}

func (c *chart) begin(depth int, id, label string) {
	c.indent(depth)
	fmt.Fprintf(c, "subgraph %s[\"%s\"]\n", id, mermaidText(label))
}

func (c *chart) end(depth int) {
	c.indent(depth)
	c.WriteString("end\n")
}

func (c *chart) panel(id string, v *panel) {
	label := "VPC " + v.name + " " + v.blocks
	switch {
	case v.closed:
		label += ": no internet path to or from its services"
	case v.doubts:
		label += ": it may have more ways in and out"
	}
	for i, g := range v.gates {
		if g.api { // it stands outside of the VPC
			c.gate(1, g, fmt.Sprintf("%sg%d", id, i+1))
		}
	}
	c.begin(1, id, label)
	for i, g := range v.gates {
		if !g.api {
			c.gate(2, g, fmt.Sprintf("%sg%d", id, i+1))
		}
	}
	bars := 0
	for z, zone := range v.zones {
		c.begin(2, fmt.Sprintf("%sz%d", id, z+1), zone)
		var column []string
		for r, row := range v.rows {
			cell := row.cells[z]
			if cell == nil {
				// What stands here in the picture stands in a neighbour's subnet.
				continue
			}
			c.begin(3, fmt.Sprintf("%sz%ds%d", id, z+1, r+1), fmt.Sprintf("%s %s %s", cell.class, cell.name, strings.Join(cell.blocks, ", ")))
			var routes []string
			for _, line := range cell.routes {
				routes = append(routes, line.text)
			}
			column = append(column, c.name(cell, fmt.Sprintf("%sz%dr%d", id, z+1, r+1)))
			c.node(4, c.ids[cell], "box", "", "routes", routes...)
			for _, alike := range together(v, row, z) {
				bars++
				for _, b := range alike {
					c.name(spotID{b, z}, fmt.Sprintf("%sn%d", id, bars))
				}
				column = append(column, fmt.Sprintf("%sn%d", id, bars))
				c.node(4, column[len(column)-1], "box", "", classOfBar(alike[0]), linesOf(alike...)...)
			}
			c.end(3)
		}
		c.end(2)
		c.columns[v] = append(c.columns[v], column)
	}
	if len(v.cards) > 0 {
		c.begin(2, id+"e", "AWS services through endpoints")
		for i, one := range v.cards {
			class := map[level]string{open: "open", undecided: "undecided"}[one.policy.level]
			c.node(3, c.name(one, fmt.Sprintf("%se%d", id, i+1)), "box", "", class, strings.Join(one.names, ", "), one.kind, one.policy.text, one.reached.text)
		}
		c.end(2)
	}
	c.end(1)
}

func (c *chart) gate(depth int, g *gate, id string) {
	class := ""
	if g.doubtful {
		class = "undecided"
	}
	c.node(depth, c.name(g, id), "box", "", class, g.name, g.kind)
}

// together are the bars of a row in a zone; services that no line is joined to
// and that differ in nothing but their names make one node.
func together(v *panel, r *row, col int) [][]*bar {
	var out [][]*bar
	for _, b := range r.bars {
		if !slices.Contains(b.cols, col) {
			continue
		}
		at := slices.IndexFunc(out, func(all []*bar) bool { return all[0].like(b) && !v.joined(all[0]) && !v.joined(b) })
		if at < 0 {
			out = append(out, []*bar{b})
			continue
		}
		out[at] = append(out[at], b)
	}
	return out
}

// like says whether two bars are services that differ in nothing but their names.
func (b *bar) like(o *bar) bool {
	return b.kind == serviceBar && o.kind == serviceBar && b.mark == o.mark && slices.Equal(b.words, o.words)
}

func (v *panel) joined(b *bar) bool {
	return slices.ContainsFunc(v.edges, func(e *edge) bool { return e.from.bar == b || e.to.bar == b })
}

// linesOf a node: the names of its bars, and what is said of them.
func linesOf(bars ...*bar) []string {
	var words, lines []string
	for _, b := range bars {
		lines = append(lines, b.name)
	}
	for _, w := range bars[0].words {
		words = append(words, w.text)
	}
	return append(lines, strings.Join(words, " · "))
}

func classOfBar(b *bar) string {
	switch {
	case b.level == open:
		return "open"
	case b.level == undecided:
		return "undecided"
	case b.shut:
		return "shut"
	}
	return ""
}

// downwards ties the things of each zone under each other by links that are not
// shown, so that zones become columns and the internet stands above: Mermaid
// lays a chart out along its links, those first that come first.
func (c *chart) downwards(v *panel) {
	var top []string
	for _, g := range v.gates {
		c.hidden("internet", c.ids[g])
		top = append(top, c.ids[g])
	}
	if len(top) == 0 {
		top = []string{"internet"}
	}
	last := ""
	for _, column := range c.columns[v] {
		for i, id := range column {
			if i == 0 {
				for _, above := range top {
					c.hidden(above, id)
				}
				continue
			}
			c.hidden(column[i-1], id)
		}
		if len(column) > 0 {
			last = column[len(column)-1]
		}
	}
	for _, e := range v.edges {
		_, from, _ := e.from.spot()
		if _, to, _ := e.to.spot(); e.to.bar != nil && e.to.bar.kind == natBar && from != to {
			c.hidden(c.id(e.to), c.id(e.from)) // a NAT gateway stands above those of other zones
		}
	}
	for i := range v.cards {
		c.hidden(last, c.ids[v.cards[i]])
	}
}

func (c *chart) hidden(above, below string) {
	if above == "" || below == "" || c.tied[[2]string{above, below}] {
		return
	}
	c.tied[[2]string{above, below}] = true
	fmt.Fprintf(c, "  %s ~~~ %s\n", above, below)
	c.links++
}

// lines draws the links of a VPC, and those between it and the internet.
func (c *chart) lines(v *panel, sides []*side) {
	for _, g := range v.gates {
		id := c.ids[g]
		for _, one := range []struct {
			flow
			from, to, direction string
		}{{g.ingress, "internet", id, "in"}, {g.egress, id, "internet", "out"}} {
			if one.level > plain {
				c.link(one.level, one.from, one.to, strings.Join(one.lines(one.direction), ", "))
			}
		}
		if g.ingress.level == plain && g.egress.level == plain && g.kind != "API, private" {
			c.link(plain, "internet", id, "")
		}
	}
	for _, e := range v.edges {
		from, to := c.id(e.from), c.id(e.to)
		if from != "" && to != "" {
			c.link(e.level, from, to, "")
		}
	}
	for _, s := range sides {
		if _, ok := s.joins[v]; ok {
			for _, r := range v.rows {
				if i := slices.IndexFunc(r.cells, func(cell *cell) bool { return cell != nil }); i >= 0 {
					c.link(plain, c.ids[r.cells[i]], c.ids[s], "")
					break
				}
			}
		}
	}
}

func (c *chart) id(e end) string {
	switch {
	case e.cell != nil:
		return c.ids[e.cell]
	case e.bar != nil:
		return c.ids[spotID{e.bar, e.col}]
	case e.gate != nil:
		return c.ids[e.gate]
	}
	return c.ids[e.side]
}

func (c *chart) link(l level, from, to, label string) {
	arrow := map[level]string{plain: "-->", undecided: "-.->", open: "==>"}[l]
	if label != "" {
		arrow += `|"` + mermaidText(label) + `"|`
	}
	fmt.Fprintf(c, "  %s %s %s\n", from, arrow, to)
	if l > plain {
		c.styled[l] = append(c.styled[l], fmt.Sprint(c.links))
	}
	c.links++
}

// mermaidText makes text fit for a label in quotes: what has a meaning to
// Mermaid, to Markdown or to HTML is written by its number.
func mermaidText(s string) string {
	var b strings.Builder
	for _, r := range printable(s) {
		switch {
		case strings.ContainsRune("\"#;&<>`%*_~\\[]{}|$", r):
			fmt.Fprintf(&b, "#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// lineText is text that ends with its line and has no meaning in it.
func lineText(s string) string {
	return strings.NewReplacer("#", "", ";", ",", "%", "", "{", "(", "}", ")").Replace(printable(s))
}
