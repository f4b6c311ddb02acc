package draw

import "strings"

// across decides all places from left to right, once the width is known.
func (q *placedPanel) across() {
	free := q.width - 2*inset
	for i := range q.channels {
		free -= q.channelWidth(i)
	}
	q.column = free / max(1, len(q.zones))
	x := q.x + inset
	for i := range q.channels {
		q.zoneX = append(q.zoneX, x)
		x += q.column + q.channelWidth(i)
	}
	gates := q.gatesWidth()
	left := max(q.x+(q.width-gates)/2, q.x+inset+titleRoom-8)
	left = min(left, q.x+q.width-gates)
	for _, g := range q.panel.gates {
		half := halfGate(g)
		q.gates[g] = placedGate{x: q.beside(left + 8 + half), width: gateWidth(g)}
		left += 2*half + 16
	}
	q.layCards()
}

// beside is the nearest place at the right where a gate's lines lie on no lane
// of a channel.
func (q *placedPanel) beside(x int) int {
	for i := range q.channels {
		for lane := range q.channels[i].lanes {
			at := q.zoneX[i] + q.column + 14 + laneGap*lane
			if abs(x-7-at) < 4 || abs(x+7-at) < 4 {
				return q.beside(x + 1)
			}
		}
	}
	return x
}

// layCards places the cards in lines, each as high as its highest card.
func (q *placedPanel) layCards() {
	if len(q.cards) == 0 {
		return
	}
	q.perLine = min(len(q.cards), max(1, (q.width-2*inset+10)/(minCard+10)))
	q.cardTops = nil
	y := q.cardsTop + 22
	for i := 0; i < len(q.cards); i += q.perLine {
		height := 0
		for _, c := range q.cards[i:min(i+q.perLine, len(q.cards))] {
			height = max(height, 20+lineHeight*len(c.lines(q.cardWidth()-24)))
		}
		q.cardTops = append(q.cardTops, y-q.cardsTop)
		q.cardHeights = append(q.cardHeights, height)
		y += height + 10
	}
	q.height = y + 10
}

func (q *placedPanel) cardWidth() int {
	return min(maxCard, (q.width-2*inset-10*(q.perLine-1))/q.perLine)
}

// cardLine is a line of text on a card.
type cardLine struct {
	text  string
	font  font
	class string
}

// lines of a card: its services, what it is, what its policy lets through, and
// who reaches it.
func (c *card) lines(room int) []cardLine {
	var lines []cardLine
	add := func(text string, f font, class string, most int) {
		for _, line := range f.paragraph(text, room, most) {
			lines = append(lines, cardLine{line, f, class})
		}
	}
	add(strings.Join(c.names, ", "), nameFont, "", 4)
	add(c.kind, textFont, "soft", 1)
	add(c.policy.text, fontOf(c.policy.level), classOfLevel(c.policy.level, ""), 3)
	add(c.reached.text, textFont, classOfLevel(c.reached.level, "soft"), 2)
	return lines
}

func fontOf(l level) font {
	if l == open {
		return strongFont
	}
	return textFont
}

// lane is the place of a bus in a channel.
func (q *placedPanel) lane(col int, bus string) int {
	for _, s := range q.channels[col].spans {
		if s.bus == bus {
			return q.zoneX[col] + q.column + 14 + laneGap*s.lane
		}
	}
	return q.zoneX[col] + q.column + 14
}

// reach is how far to the right a bar goes: over the lanes that it is joined to
// in the channel of its last zone.
func (q *placedPanel) reach(b *bar) int {
	last := b.cols[len(b.cols)-1]
	right := q.zoneX[last] + q.column - zonePad - cellPad + 4
	for _, e := range q.edges {
		for _, at := range []end{e.from, e.to} {
			if at.bar == b && at.col == last {
				right = max(right, q.lane(last, busOf(e))+10)
			}
		}
	}
	return right
}
