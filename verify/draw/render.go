package draw

import (
	"cmp"
	"fmt"
	"strings"
)

// render draws a picture that has its places.
func render(s *sheet) string {
	c := &canvas{}
	c.text(ground, titleFont, "", margin, margin+16, left, titleFont.fit(s.picture.title, s.width-2*margin))
	c.words(ground, "", margin, margin+40, s.width-2*margin, s.picture.summary)
	if len(s.panels) == 0 {
		c.text(ground, textFont, "soft", margin, s.foot+20, left, "There is no VPC in this stack.")
		s.foot += 34
	}
	for _, p := range s.panels {
		c.panel(p)
	}
	for _, p := range s.sides {
		c.side(s, p)
	}
	c.notes(s)
	c.legend(s)

	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-labelledby="title desc">`+"\n", s.width, s.height, s.width, s.height)
	fmt.Fprintf(&out, `<title id="title">%s</title>`+"\n", escape(s.picture.title))
	fmt.Fprintf(&out, `<desc id="desc">%s</desc>`+"\n", escape(told(s.picture)))
	fmt.Fprintf(&out, "<style>%s</style>\n", style)
	fmt.Fprintf(&out, `<rect class="paper" x="0.5" y="0.5" width="%d" height="%d" rx="10"/>`+"\n", s.width-1, s.height-1)
	for i := range c.layers {
		out.WriteString(c.layers[i].String())
	}
	out.WriteString("</svg>\n")
	return out.String()
}

// told is the whole picture in words.
func told(p *picture) string {
	return strings.Join(append([]string{summaryOf(p)}, p.told...), " ")
}

func summaryOf(p *picture) string {
	var parts []string
	for _, w := range p.summary {
		parts = append(parts, w.text)
	}
	return strings.Join(parts, ", ") + "."
}

func (c *canvas) panel(p *placedPanel) {
	c.rect(ground, "cloud", p.x, p.top, p.width, cloud, 16, 0)
	c.text(ground, nameFont, "cloudtext", p.x+p.width/2, p.top+21, middle, "the internet")
	if p.closed {
		c.rect(ground, "vpc shut", p.x, p.y, p.width, p.height, 8, 30)
		c.rect(ground, "inner", p.x+5, p.y+5, p.width-10, p.height-10, 5, 10)
	} else {
		c.rect(ground, "vpc", p.x, p.y, p.width, p.height, 8, 15)
	}
	if len(p.panel.gates) == 0 {
		c.text(ground, textFont, "soft", p.x+p.width/2, p.top+cloud+21, middle, "no gateway")
	}
	c.heading(p)
	for i, zone := range p.zones {
		x := p.zoneX[i]
		c.rect(ground, "zone", x, p.zoneTop, p.column, p.zoneFoot-p.zoneTop, 6, 12)
		c.fitted(ground, strongFont, "soft", x+p.column/2, p.zoneTop+19, p.column-20, middle, zone)
	}
	for i, r := range p.panel.rows {
		for _, cell := range r.cells {
			if cell != nil {
				c.cell(p, p.rows[i], cell)
			}
		}
		for _, b := range r.bars {
			c.placedBar(p, b)
		}
	}
	for _, g := range p.panel.gates {
		c.gate(p, g)
	}
	for _, lvl := range []level{plain, undecided, open} {
		for _, e := range p.edges {
			if e.level == lvl {
				c.edge(p, e)
			}
		}
	}
	c.cards(p)
}

func (c *canvas) heading(p *placedPanel) {
	x, y := p.x+inset, p.y+30
	c.fitted(ground, headingFont, "", x, y, titleRoom-24, left, "VPC "+p.name)
	c.fitted(ground, textFont, "soft", x, y+lineHeight+1, titleRoom-24, left, cmp.Or(p.blocks, "block not known"))
	y += 2*lineHeight + 4
	switch {
	case p.closed:
		c.lock(ground, x, y-11)
		c.text(ground, strongFont, "", x+19, y, left, "no internet path to or from its services")
	case p.doubts:
		c.question(ground, x, y-10)
		c.text(ground, textFont, "undecided", x+19, y, left, "it may have more ways in and out")
	}
}

func (c *canvas) cell(p *placedPanel, r placedRow, cell *cell) {
	x, w := p.zoneX[cell.col]+zonePad, p.column-2*zonePad
	class := [...]string{"public", "private", "isolated", "unknown"}[cell.class]
	c.rect(ground, class, x, r.top, w, r.height, 4, 12)
	x, w = x+cellPad, w-2*cellPad
	y := r.top + 20
	block := c.fitted(ground, textFont, "", x+w, y, w/2, right, cell.blocks[0])
	name := cell.class.String()
	if cell.doubtful {
		c.question(ground, x, y-10)
		c.text(ground, textFont, "soft", x+19, y, left, textFont.fitEnd(name, w-block-27))
	} else {
		c.text(ground, textFont, "soft", x, y, left, textFont.fitEnd(name, w-block-8))
	}
	for _, b := range cell.blocks[1:] {
		y += lineHeight
		c.fitted(ground, textFont, "", x+w, y, w, right, b)
	}
	y += lineHeight
	c.fitted(ground, nameFont, "", x, y, w, left, cell.name)
	for i, route := range cell.routes {
		y += lineHeight
		if i == routeLines-1 && len(cell.routes) > routeLines {
			c.text(ground, textFont, "soft", x, y, left, fmt.Sprintf("and %s", plural(len(cell.routes)-i, "more route")))
			return
		}
		c.fitted(ground, textFont, "", x, y, w, left, route.text)
	}
}

// placedBar draws a service, a balancer, or what else has interfaces in a row.
func (c *canvas) placedBar(p *placedPanel, b *bar) {
	x, y := p.zoneX[b.cols[0]]+zonePad+cellPad-4, p.bars[b]
	w := p.reach(b) - x
	room := p.column - 2*zonePad - 2*cellPad - 12
	c.begin(boxes, b.name+": "+b.told)
	c.bar(b, x, y, w, room)
	if b.mark != "" {
		for _, col := range b.cols {
			right := p.zoneX[col] + p.column - zonePad - cellPad - 4
			c.mark(b.mark, right, y+8)
		}
	}
	c.end(boxes)
}

func (c *canvas) bar(b *bar, x, y, w, room int) {
	class, thick := "box", 12
	switch {
	case b.level == open:
		class, thick = "boxopen", 26
	case b.level == undecided:
		class, thick = "boxundecided", 18
	case b.shut:
		class, thick = "box shut", 24
	}
	c.rect(boxes, class, x, y, w, barHeight, 5, thick)
	x += 10
	text := x
	if b.kind == serviceBar {
		switch {
		case b.level == open:
			c.warning(boxes, x, y+9)
		case b.level == undecided:
			c.question(boxes, x, y+9)
		default:
			c.lock(boxes, x, y+8)
		}
		text += 20
	}
	free := room - (text - x)
	if b.mark != "" {
		free -= markWidth(b.mark) + 8
	}
	c.text(boxes, nameFont, "", text, y+20, left, nameFont.fit(b.name, free))
	c.words(boxes, "soft", x, y+37, room, b.words)
}

func markWidth(mark string) int { return textFont.width(mark) + 12 }

// mark shows that something runs in a zone.
func (c *canvas) mark(text string, rightEdge, y int) {
	w := markWidth(text)
	c.rect(boxes, "chip", rightEdge-w, y, w, 17, 8, 10)
	c.text(boxes, textFont, "", rightEdge-w/2, y+13, middle, text)
}

// gate draws what stands between a VPC and the internet, and its lines to it.
func (c *canvas) gate(p *placedPanel, g *gate) {
	at := p.gates[g]
	y := p.y - gateReach
	if g.api {
		y = p.y - gateHeight - 22
	}
	class := "box"
	if g.doubtful {
		class = "boxundecided"
	}
	c.begin(boxes, g.kind+" "+g.name)
	c.rect(boxes, class, at.x-at.width/2, y, at.width, gateHeight, 5, 15)
	c.text(boxes, nameFont, "", at.x, y+18, middle, nameFont.fit(g.name, at.width-16))
	c.text(boxes, textFont, "soft", at.x, y+34, middle, textFont.fit(g.kind, at.width-16))
	c.end(boxes)

	top, foot := p.top+cloud, y
	half := (foot - top) / 2
	if g.ingress.level == plain && g.egress.level == plain {
		if !g.api || g.kind != "API, private" {
			c.line(plain, false, point{at.x, top}, point{at.x, foot})
		}
		return
	}
	if g.ingress.level > plain {
		c.line(g.ingress.level, true, point{at.x - 7, top}, point{at.x - 7, foot})
		c.pill(g.ingress.level, at.x-7-9, top+half, right, g.ingress.lines("in"))
	}
	if g.egress.level > plain {
		c.line(g.egress.level, true, point{at.x + 7, foot}, point{at.x + 7, top})
		c.pill(g.egress.level, at.x+7+9, top+half, left, g.egress.lines("out"))
	}
}

// pill is a label on a line.
func (c *canvas) pill(lvl level, x, y int, a align, lines []string) {
	w, h := pillWidth(lines), 4+16*len(lines)
	if a == right {
		x -= w
	}
	y -= h / 2
	class, ink := "pillopen", "pilltext"
	if lvl == undecided {
		class, ink = "pillundecided", "undecided"
	}
	c.begin(labels, strings.Join(lines, ", "))
	c.rect(labels, class, x, y, w, h, 10, 14)
	for i, line := range lines {
		c.text(labels, strongFont, ink, x+w/2, y+14+16*i, middle, strongFont.fit(line, pillRoom))
	}
	c.end(labels)
}

// edge draws a line inside a VPC.
func (c *canvas) edge(p *placedPanel, e *edge) {
	points := p.points(e)
	if e.to.gate != nil && e.to.gate.api {
		return // nothing leads out to an API
	}
	if e.from.cell != nil || e.from.bar != nil && e.from.bar.kind != natBar {
		c.dot(e.level, points[0])
	}
	c.line(e.level, e.to.side == nil, points...)
}

// points of a line.
func (p *placedPanel) points(e *edge) []point {
	bus := busOf(e)
	_, fromCol, fromIn := e.from.spot()
	_, toCol, toIn := e.to.spot()
	from, to := p.uprights(e)
	var points []point
	switch {
	case e.from.cell != nil:
		points = append(points, point{p.zoneX[fromCol] + p.column - zonePad, from.from}, point{p.lane(fromCol, bus), from.from})
	case fromIn:
		points = append(points, point{p.lane(fromCol, bus), from.from})
	case e.from.gate != nil:
		y := p.y + gateReach
		if e.from.gate.api {
			y = p.y - 22
		}
		points = append(points, point{p.gates[e.from.gate].x - 7, y})
	}
	if g := gapOf(e); g >= 0 {
		y := p.gapY(g, bus)
		switch {
		case e.from.side != nil:
			points = append(points, point{p.x + p.width, y})
		case e.from.gate != nil:
			points = append(points, point{points[0].x, y})
		default:
			points = append(points, point{p.lane(fromCol, bus), y})
		}
		switch {
		case e.to.side != nil:
			return append(points, point{p.x + p.width, y})
		case e.to.gate != nil:
			x := p.gates[e.to.gate].x + 7
			return append(points, point{x, y}, point{x, p.y + gateReach})
		}
		return append(points, point{p.lane(toCol, bus), y}, point{p.lane(toCol, bus), to.to})
	}
	if toIn {
		points = append(points, point{p.lane(toCol, bus), from.to})
	}
	return points
}

func (c *canvas) cards(p *placedPanel) {
	if len(p.panel.cards) == 0 {
		return
	}
	c.text(ground, nameFont, "", p.x+inset, p.cardsTop+10, left, "AWS services through endpoints")
	w := p.cardWidth()
	for i, card := range p.panel.cards {
		x, y, h := p.x+inset+(i%p.perLine)*(w+10), p.cardsTop+p.cardTops[i/p.perLine], p.cardHeights[i/p.perLine]
		class, thick := "box", 10
		switch card.policy.level {
		case open:
			class, thick = "boxopen", 26
		case undecided:
			class, thick = "boxundecided", 18
		}
		c.begin(boxes, card.told)
		c.rect(boxes, class, x, y, w, h, 5, thick)
		for j, line := range card.lines(w - 24) {
			c.text(boxes, line.font, line.class, x+12, y+20+j*lineHeight, left, line.text)
		}
		c.end(boxes)
	}
}

// side draws what stands beside the VPCs, and its lines to their borders.
func (c *canvas) side(s *sheet, p *placedSide) {
	class := "box"
	told := p.kind + " " + p.name
	if p.doubt != "" {
		class = "boxundecided"
		told += ": " + p.doubt
	}
	c.begin(boxes, told)
	c.rect(boxes, class, p.x, p.y, p.width, p.height, 5, 15)
	y := p.y + 26 + 8*bit(p.doubt == "") - 5
	c.text(boxes, nameFont, "", p.x+p.width/2, y, middle, nameFont.fit(p.name, p.width-20))
	c.text(boxes, textFont, "soft", p.x+p.width/2, y+16, middle, textFont.fitEnd(p.kind, p.width-20))
	if p.doubt != "" {
		c.text(boxes, textFont, "undecided", p.x+p.width/2, y+32, middle, p.doubt)
	}
	c.end(boxes)
	for _, e := range p.ends {
		y := p.y + p.height/2
		points := []point{{e.x, e.y}, {p.lane, e.y}, {p.lane, y}, {p.x, y}}
		if e.inward && !e.outward {
			points = []point{points[3], points[2], points[1], points[0]}
		}
		c.line(e.level, e.outward && !e.inward, points...)
	}
}
