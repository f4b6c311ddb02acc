package draw

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// canvas collects the shapes of a picture, layer by layer.
type canvas struct {
	layers [layers]strings.Builder
}

type layer int

const (
	ground layer = iota // the paper, VPCs, zones, subnets
	wires               // plain lines
	boxes               // what lines end at
	paths               // undecided and open lines, over the boxes that they pass
	dots                // where lines begin and end
	labels              // what is written on lines
	layers
)

// look of the picture: a light one, and a dark one for readers who prefer it.
// Both have paper of their own, so either is legible on any page.
const style = `
.paper{fill:#fff;stroke:#d0d7de}
text,tspan{fill:#1f2328}
text{font-family:"Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif}
.soft{fill:#545d68}.open{fill:#b3001b}.undecided{fill:#7a4f00}
.t20{font-size:20px}.t14{font-size:14px}.t13{font-size:13px}.t12{font-size:12px}.b{font-weight:bold}
.vpc{fill:#fbfcfd;stroke:#6e7781}.inner{fill:none;stroke:#1f2328}.shut{stroke:#1f2328}
.zone{fill:none;stroke:#8c959f;stroke-dasharray:5 4}
.public{fill:#e9f5e6;stroke:#5f9e56}.private{fill:#e8f0fb;stroke:#6a8fc0}.isolated{fill:#f0f1f3;stroke:#848d97}.unknown{fill:#fff7e0;stroke:#a67c00}
.box{fill:#fff;stroke:#57606a}.boxopen{fill:#fff;stroke:#c8102e}.boxundecided{fill:#fff;stroke:#8a5a00;stroke-dasharray:5 3}
.cloud{fill:#3d4650;stroke:none}.cloudtext{fill:#fff}
.chip{fill:#eaeef2;stroke:#8c959f}
.wire{fill:none;stroke:#8c959f}.wireopen{fill:none;stroke:#c8102e}.wireundecided{fill:none;stroke:#8a5a00;stroke-dasharray:7 4}
.halo{fill:none;stroke:#fff}
.tip{fill:#6e7781}.tipopen{fill:#c8102e}.tipundecided{fill:#8a5a00}
.pillopen{fill:#c8102e;stroke:none}.pilltext{fill:#fff}.pillundecided{fill:#fff;stroke:#8a5a00;stroke-dasharray:5 3}
.icon{fill:none;stroke:#1f2328}.iconfill{fill:#1f2328}
@media(prefers-color-scheme:dark){
.paper{fill:#0d1117;stroke:#3d444d}text,tspan{fill:#e6edf3}
.soft{fill:#a9b3be}.open{fill:#ff8a85}.undecided{fill:#e8b84a}
.vpc{fill:#12171e;stroke:#7d8590}.inner{stroke:#d1d7de}.shut{stroke:#d1d7de}.zone{stroke:#6e7681}
.public{fill:#15291a;stroke:#4f9a5b}.private{fill:#142338;stroke:#5580bd}.isolated{fill:#1b2027;stroke:#7d8590}.unknown{fill:#2c2510;stroke:#b08a2e}
.box{fill:#20262e;stroke:#a9b3be}.boxopen{fill:#20262e;stroke:#ff6b6b}.boxundecided{fill:#20262e;stroke:#e3b341}
.cloud{fill:#c9d1d9}.cloudtext{fill:#0d1117}.chip{fill:#2f3741;stroke:#7d8590}
.wire{stroke:#7d8590}.wireopen{stroke:#ff6b6b}.wireundecided{stroke:#e3b341}.halo{stroke:#0d1117}
.tip{fill:#9aa4af}.tipopen{fill:#ff6b6b}.tipundecided{fill:#e3b341}
.pillopen{fill:#ff6b6b}.pilltext{fill:#0d1117}.pillundecided{fill:#0d1117;stroke:#e3b341}
.icon{stroke:#e6edf3}.iconfill{fill:#e6edf3}
}
`

// escape makes text fit for XML.
func escape(s string) string {
	var b strings.Builder
	// A Builder takes everything.
	_ = xml.EscapeText(&b, []byte(printable(s)))
	return b.String()
}

func (c *canvas) add(at layer, format string, args ...any) {
	fmt.Fprintf(&c.layers[at], format+"\n", args...)
}

// rect draws a box; thick is the width of its border in tenths of a pixel.
func (c *canvas) rect(at layer, class string, x, y, w, h, round, thick int) {
	c.add(at, `<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="%d" stroke-width="%s"/>`, class, x, y, w, h, round, tenths(thick))
}

func tenths(n int) string {
	if n%10 == 0 {
		return fmt.Sprint(n / 10)
	}
	return fmt.Sprintf("%d.%d", n/10, n%10)
}

// side of its place that a text keeps to.
type align string

const (
	left   align = "start"
	middle align = "middle"
	right  align = "end"
)

// text writes a line on its base line, and gives its width.
func (c *canvas) text(at layer, f font, class string, x, y int, a align, s string) int {
	classes := fmt.Sprintf("t%d", f.size)
	if f.bold {
		classes += " b"
	}
	if class != "" {
		classes += " " + class
	}
	anchor := ""
	if a != left {
		anchor = fmt.Sprintf(` text-anchor="%s"`, a)
	}
	c.add(at, `<text class="%s" x="%d" y="%d"%s>%s</text>`, classes, x, y, anchor, escape(s))
	return f.width(s)
}

// fitted writes a line that is cut in its middle when there is no room, with
// the whole of it as a tooltip.
func (c *canvas) fitted(at layer, f font, class string, x, y, room int, a align, s string) int {
	short := f.fit(s, room)
	if short == s {
		return c.text(at, f, class, x, y, a, s)
	}
	c.begin(at, s)
	defer c.end(at)
	return c.text(at, f, class, x, y, a, short)
}

// begin opens a group of shapes with a tooltip; end closes it.
func (c *canvas) begin(at layer, title string) { c.add(at, `<g><title>%s</title>`, escape(title)) }

func (c *canvas) end(at layer) { c.add(at, `</g>`) }

// words writes words of different weight on one line, as far as there is room.
func (c *canvas) words(at layer, class string, x, y, room int, words []word) {
	const between = " · "
	var line strings.Builder
	for i, w := range words {
		f := fontOf(w.level)
		if i > 0 {
			if room -= textFont.width(between); room < f.width("…") {
				break
			}
			line.WriteString(between)
		}
		short := f.fit(w.text, room)
		room -= f.width(short)
		ink := classOfLevel(w.level, class)
		if f.bold {
			ink += " b"
		}
		fmt.Fprintf(&line, `<tspan class="%s">%s</tspan>`, ink, escape(short))
	}
	c.add(at, `<text class="t12" x="%d" y="%d">%s</text>`, x, y, line.String())
}

func classOfLevel(l level, otherwise string) string {
	switch l {
	case open:
		return "open"
	case undecided:
		return "undecided"
	}
	return otherwise
}

type point struct{ x, y int }

// line draws a line through points, with an arrow at its end.
func (c *canvas) line(lvl level, arrow bool, points ...point) {
	points = straight(points)
	if len(points) < 2 {
		return
	}
	at := wires
	if lvl > plain {
		at = paths
	}
	tip := points[len(points)-1]
	before := points[len(points)-2]
	length := map[level]int{plain: 7, undecided: 10, open: 12}[lvl]
	if arrow {
		// The line stops inside of the arrow, whose point is sharp.
		points[len(points)-1] = towards(tip, before, length-2)
	}
	var d strings.Builder
	for i, p := range points {
		letter := "L"
		if i == 0 {
			letter = "M"
		}
		fmt.Fprintf(&d, "%s%d %d", letter, p.x, p.y)
	}
	class := map[level]string{plain: "wire", undecided: "wireundecided", open: "wireopen"}[lvl]
	width := map[level]int{plain: 13, undecided: 24, open: 38}[lvl]
	if lvl > plain {
		c.add(at, `<path class="halo" d="%s" stroke-width="%s"/>`, d.String(), tenths(width+36))
	}
	c.add(at, `<path class="%s" d="%s" stroke-width="%s" stroke-linejoin="round"/>`, class, d.String(), tenths(width))
	if arrow {
		if lvl > plain {
			at = dots
		}
		c.tip(at, lvl, tip, before, length)
	}
}

func (c *canvas) tip(at layer, lvl level, tip, before point, length int) {
	back := towards(tip, before, length)
	half := length/2 + bit(lvl == open)
	a, b := point{back.x + half, back.y}, point{back.x - half, back.y}
	if tip.y == before.y {
		a, b = point{back.x, back.y + half}, point{back.x, back.y - half}
	}
	class := map[level]string{plain: "tip", undecided: "tipundecided", open: "tipopen"}[lvl]
	c.add(at, `<path class="%s" d="M%d %dL%d %dL%d %dZ"/>`, class, tip.x, tip.y, a.x, a.y, b.x, b.y)
}

// dot marks where a line begins.
func (c *canvas) dot(lvl level, p point) {
	at := wires
	if lvl > plain {
		at = dots
	}
	radius := map[level]string{plain: "2.5", undecided: "4", open: "5"}[lvl]
	class := map[level]string{plain: "tip", undecided: "tipundecided", open: "tipopen"}[lvl]
	c.add(at, `<circle class="%s" cx="%d" cy="%d" r="%s"/>`, class, p.x, p.y, radius)
}

// towards is the point a step from one towards another.
func towards(from, to point, step int) point {
	switch {
	case from.x == to.x && from.y < to.y:
		return point{from.x, from.y + step}
	case from.x == to.x:
		return point{from.x, from.y - step}
	case from.x < to.x:
		return point{from.x + step, from.y}
	}
	return point{from.x - step, from.y}
}

// straight leaves out points where the line does not turn.
func straight(points []point) []point {
	var out []point
	for _, p := range points {
		n := len(out)
		switch {
		case n > 0 && out[n-1] == p:
			continue
		case n > 1 && (out[n-2].x == out[n-1].x && out[n-1].x == p.x || out[n-2].y == out[n-1].y && out[n-1].y == p.y):
			out[n-1] = p
			continue
		}
		out = append(out, p)
	}
	return out
}

// lock, warning and question are the signs of the three verdicts; they differ
// in shape.
func (c *canvas) lock(at layer, x, y int) {
	c.add(at, `<path class="icon" d="M%d %dv-3a3 3 0 0 1 6 0v3" stroke-width="1.6"/>`, x+3, y+6)
	c.add(at, `<rect class="iconfill" x="%d" y="%d" width="10" height="7" rx="1.5"/>`, x+1, y+6)
}

func (c *canvas) warning(at layer, x, y int) {
	c.add(at, `<path class="tipopen" d="M%d %dl7 12h-14z"/>`, x+7, y)
	c.add(at, `<path class="halo" d="M%d %dv4m0 1.2v1.6" stroke-width="1.6"/>`, x+7, y+4)
}

func (c *canvas) question(at layer, x, y int) {
	c.add(at, `<circle class="boxundecided" cx="%d" cy="%d" r="6.5" stroke-width="1.4"/>`, x+7, y+6)
	c.text(at, font{size: 12, bold: true}, "undecided", x+7, y+10, middle, "?")
}
