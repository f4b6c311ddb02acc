package draw

import (
	"cmp"
	"slices"
)

// lanes gives every bus its lane in each channel that it goes through, the same
// lane to buses that do not meet.
func (q *placedPanel) lanes() {
	q.channels = make([]channel, len(q.zones))
	add := func(col int, s *span) {
		if s == nil {
			return
		}
		c := &q.channels[col]
		top, foot := min(s.from, s.to), max(s.from, s.to)
		at := slices.IndexFunc(c.spans, func(o span) bool { return o.bus == s.bus })
		if at < 0 {
			c.spans = append(c.spans, span{bus: s.bus, from: top, to: foot})
			return
		}
		c.spans[at].from, c.spans[at].to = min(c.spans[at].from, top), max(c.spans[at].to, foot)
	}
	for _, e := range q.edges {
		_, fromCol, _ := e.from.spot()
		_, toCol, _ := e.to.spot()
		from, to := q.uprights(e)
		add(fromCol, from)
		add(toCol, to)
	}
	for i := range q.channels {
		c := &q.channels[i]
		slices.SortFunc(c.spans, func(a, b span) int {
			return cmp.Or(cmp.Compare(a.bus[0], b.bus[0]), cmp.Compare(a.from, b.from), cmp.Compare(a.bus, b.bus))
		})
		for j := range c.spans {
			s := &c.spans[j]
			for slices.ContainsFunc(c.spans[:j], func(o span) bool { return o.lane == s.lane && s.from <= o.to+2 && o.from <= s.to+2 }) {
				s.lane++
			}
			c.lanes = max(c.lanes, s.lane+1)
		}
	}
}

// width of a channel; the last one may have none.
func (q *placedPanel) channelWidth(i int) int {
	switch lanes := q.channels[i].lanes; {
	case lanes > 0:
		return 18 + laneGap*lanes
	case i < len(q.channels)-1:
		return 16
	}
	return 0
}

// narrowest the inside of the VPC may be.
func (q *placedPanel) narrowest() int {
	width := minColumn * max(1, len(q.zones))
	for i := range q.channels {
		width += q.channelWidth(i)
	}
	return max(width, titleRoom+q.gatesWidth())
}

func (q *placedPanel) gatesWidth() int {
	width := 0
	for _, g := range q.panel.gates {
		width += 2*halfGate(g) + 16
	}
	return width
}

// halfGate is the room that a gate and what is written beside its lines need on
// each side.
func halfGate(g *gate) int {
	half := gateWidth(g) / 2
	for _, f := range []struct {
		flow
		lines []string
	}{{g.ingress, g.ingress.lines("in")}, {g.egress, g.egress.lines("out")}} {
		if f.level > plain {
			half = max(half, pillWidth(f.lines)+20)
		}
	}
	return half
}

func gateWidth(g *gate) int {
	return min(230, max(130, 24+max(nameFont.width(g.name), textFont.width(g.kind))))
}

// pillRoom is how wide a label on a line may be.
const pillRoom = 240

func pillWidth(lines []string) int {
	width := 0
	for _, line := range lines {
		width = max(width, strongFont.width(strongFont.fit(line, pillRoom)))
	}
	return width + 18
}
