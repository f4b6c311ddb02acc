package draw

import (
	"cmp"
	"slices"
	"strings"
)

// Measures of the picture, in pixels.
const (
	margin     = 28 // around everything
	inset      = 20 // between a VPC's border and what is in it
	zonePad    = 10 // between a zone's border and its subnets
	cellPad    = 12 // between a subnet's border and what is in it
	minColumn  = 236
	minInside  = 640 // so that titles and the legend have room
	lineHeight = 17
	barHeight  = 46
	barGap     = 8
	laneGap    = 14 // between parallel lines
	gateHeight = 42
	gateReach  = 21 // how far a gate stands out of the border, on both sides
	cloud      = 32 // the height of the bar that stands for the internet
	minCard    = 196
	maxCard    = 320
	routeLines = 5 // of a subnet's routes that are shown
	titleRoom  = 330
)

// sheet is a picture in which everything has its place.
type sheet struct {
	picture       *picture
	panels        []*placedPanel
	sides         []*placedSide
	width, height int
	// right is where the VPCs end; foot where they end below.
	right, foot int
}

// placedPanel is a VPC with its place. Heights inside count from its border,
// until that is where it stands.
type placedPanel struct {
	*panel
	x, y, width, height int
	top                 int // where the bar of the internet begins, above the border
	column              int // width of a zone's column
	zoneX               []int
	zoneTop, zoneFoot   int
	rows                []placedRow
	gaps                []gap
	channels            []channel
	gates               map[*gate]placedGate
	bars                map[*bar]int // their upper edges
	cardsTop            int
	cardTops            []int // of each line of cards, below cardsTop
	cardHeights         []int
	perLine             int
}

type placedRow struct {
	top, height int
	head        int // height of the subnets' own lines
}

// gap is the space above a row, through which lines go from side to side.
type gap struct {
	top   int
	buses []string
}

// channel is the space at the right of a zone, through which lines go up and
// down. A bus is all lines to one thing, or from one thing.
type channel struct {
	spans []span
	lanes int
}

type span struct {
	bus      string
	from, to int
	lane     int
}

type placedGate struct{ x, width int }

type placedSide struct {
	*side
	x, y, width, height int
	lane                int
	ends                []sideEnd
}

// sideEnd is where a line from a VPC meets its border.
type sideEnd struct {
	x, y    int
	level   level
	outward bool
	inward  bool
}

// arrange gives everything its place.
func arrange(p *picture) *sheet {
	s := &sheet{picture: p}
	inside := minInside
	for _, v := range p.vpcs {
		q := &placedPanel{panel: v, gates: map[*gate]placedGate{}, bars: map[*bar]int{}}
		q.upright()
		q.lanes()
		s.panels = append(s.panels, q)
		inside = max(inside, q.narrowest())
	}
	y := margin + 66
	s.right = margin + inside + 2*inset
	for _, q := range s.panels {
		q.x, q.width = margin, inside+2*inset
		q.across()
		q.top = y
		q.y = y + cloud + q.edgeZone()
		q.lower()
		y = q.y + q.height + 34
	}
	if len(s.panels) == 0 {
		y += 10
	}
	s.foot = y - 34
	s.width = s.right + margin
	s.stand()
	return s
}

// lower moves what is inside of the VPC to where the VPC has come to stand.
func (q *placedPanel) lower() {
	q.zoneTop += q.y
	q.zoneFoot += q.y
	q.cardsTop += q.y
	for i := range q.rows {
		q.rows[i].top += q.y
	}
	for i := range q.gaps {
		q.gaps[i].top += q.y
	}
	for b := range q.bars {
		q.bars[b] += q.y
	}
}

// edgeZone is the height between the internet and the VPC's border.
func (q *placedPanel) edgeZone() int {
	switch {
	case slices.ContainsFunc(q.panel.gates, func(g *gate) bool { return g.api }):
		return 116
	case len(q.panel.gates) > 0:
		return 72
	}
	return 34
}

// upright decides all heights.
func (q *placedPanel) upright() {
	q.gaps = make([]gap, len(q.panel.rows)+1)
	for _, e := range q.edges {
		if g := gapOf(e); g >= 0 && !slices.Contains(q.gaps[g].buses, busOf(e)) {
			q.gaps[g].buses = append(q.gaps[g].buses, busOf(e))
		}
	}
	y := 64
	if q.closed || q.doubts {
		y += lineHeight
	}
	for i, r := range q.panel.rows {
		slices.Sort(q.gaps[i].buses)
		q.gaps[i].top = y
		y += 10 + laneGap*len(q.gaps[i].buses)
		if i == 0 {
			q.zoneTop = y
			y += 28 // the zone's name
		}
		y = q.row(r, y)
	}
	if len(q.panel.rows) > 0 {
		q.zoneFoot = y + zonePad
		y = q.zoneFoot + 16
	}
	if len(q.cards) > 0 {
		q.cardsTop = y
	}
	q.height = y
}

// row places the bars of a row below its subnets' own lines.
func (q *placedPanel) row(r *row, y int) int {
	head := 0
	for _, c := range r.cells {
		if c != nil {
			head = max(head, 2+len(c.blocks)-1+min(len(c.routes), routeLines))
		}
	}
	placed := placedRow{top: y, head: 14 + head*lineHeight}
	slices.SortStableFunc(r.bars, func(a, b *bar) int { return cmp.Compare(a.kind, b.kind) })

	var slots [][]*bar
	for _, b := range r.bars {
		at := slices.IndexFunc(slots, func(slot []*bar) bool {
			return !slices.ContainsFunc(slot, func(o *bar) bool {
				return b.cols[0] <= o.cols[len(o.cols)-1] && o.cols[0] <= b.cols[len(b.cols)-1] || (o.kind == natBar) != (b.kind == natBar)
			})
		})
		if at < 0 {
			slots, at = append(slots, nil), len(slots)
		}
		slots[at] = append(slots[at], b)
	}
	below := y + placed.head + 2
	for _, slot := range slots {
		for _, b := range slot {
			q.bars[b] = below
		}
		below += barHeight + barGap
	}
	if len(slots) == 0 {
		below += 6
	}
	placed.height = below + 4 - y
	q.rows = append(q.rows, placed)
	return below + 4
}

// busOf is what a line shares its lane with: the lines to the same thing, or
// from it.
func busOf(e *edge) string {
	switch {
	case e.to.bar != nil && e.from.cell == nil && e.to.bar.kind != natBar && e.to.bar.kind != hostBar && e.from.bar != nil:
		return "3 from " + e.from.bar.key
	case e.to.bar != nil && (e.to.bar.kind == natBar || e.to.bar.kind == hostBar):
		return "0 to " + e.to.bar.key
	case e.to.gate != nil:
		return "1 to " + e.to.gate.key
	case e.to.side != nil:
		return "4 to " + e.to.side.key
	case e.from.gate != nil:
		return "2 from " + e.from.gate.key
	case e.from.side != nil:
		return "5 from " + e.from.side.key
	}
	return "6"
}

// spot is the row and the column of an end inside the VPC.
func (e end) spot() (row, col int, inside bool) {
	switch {
	case e.cell != nil:
		return e.cell.row, e.cell.col, true
	case e.bar != nil:
		return e.bar.row, e.col, true
	}
	return 0, 0, false
}

// gapOf is the gap through which a line goes sideways, or -1.
func gapOf(e *edge) int {
	fromRow, fromCol, fromIn := e.from.spot()
	toRow, toCol, toIn := e.to.spot()
	switch {
	case fromIn && toIn && fromCol == toCol:
		return -1
	case fromIn && toIn:
		return max(fromRow, toRow)
	case e.from.gate != nil || e.to.gate != nil:
		return 0
	case fromIn:
		return fromRow
	}
	return toRow
}

// height of an end, for a line that comes from above or from below.
func (q *placedPanel) heightOf(e end, arrives, fromAbove bool) int {
	if e.cell != nil {
		r := q.rows[e.cell.row]
		line := len(e.cell.blocks) + 1 + min(e.route, routeLines-1)
		return r.top + 14 + line*lineHeight + 5
	}
	top := q.bars[e.bar]
	switch {
	case arrives && fromAbove, !arrives && e.bar.kind == natBar && !fromAbove:
		return top
	case arrives:
		return top + barHeight
	}
	return top + barHeight/2
}

func (q *placedPanel) gapY(i int, bus string) int {
	return q.gaps[i].top + 6 + laneGap*slices.Index(q.gaps[i].buses, bus)
}

// uprights are the vertical parts of a line: at the channel of its beginning
// and at that of its end.
func (q *placedPanel) uprights(e *edge) (from, to *span) {
	fromRow, _, fromIn := e.from.spot()
	toRow, _, toIn := e.to.spot()
	bus := busOf(e)
	if g := gapOf(e); g >= 0 {
		y := q.gapY(g, bus)
		if fromIn {
			from = &span{bus: bus, from: q.heightOf(e.from, false, y > q.rows[fromRow].top), to: y}
		}
		if toIn {
			to = &span{bus: bus, from: y, to: q.heightOf(e.to, true, y <= q.rows[toRow].top)}
		}
		return from, to
	}
	below := q.heightOf(e.to, true, true) > q.heightOf(e.from, false, true)
	return &span{bus: bus, from: q.heightOf(e.from, false, below), to: q.heightOf(e.to, true, below)}, nil
}

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

// stand places what is beside the VPCs.
func (s *sheet) stand() {
	if len(s.picture.sides) == 0 {
		return
	}
	for _, one := range s.picture.sides {
		p := &placedSide{side: one, width: 196, height: 60}
		for _, q := range s.panels {
			p.ends = append(p.ends, q.endsAt(one)...)
			if lvl, ok := one.joins[q.panel]; ok {
				p.ends = append(p.ends, sideEnd{x: q.x + q.width, y: q.y + 30, level: lvl})
			}
		}
		s.sides = append(s.sides, p)
	}
	centre := func(p *placedSide) int {
		sum := 0
		for _, e := range p.ends {
			sum += e.y
		}
		return sum / max(1, len(p.ends))
	}
	slices.SortStableFunc(s.sides, func(a, b *placedSide) int { return cmp.Compare(centre(a), centre(b)) })
	taken := map[int]*placedSide{}
	for _, p := range s.sides {
		for _, e := range p.ends {
			taken[e.y] = p
		}
	}
	x := s.right + 26 + laneGap*len(s.sides)
	y := margin + 66
	for i, p := range s.sides {
		p.lane = s.right + 18 + laneGap*i
		p.x = x
		p.y = max(y, centre(p)-p.height/2)
		for o := taken[p.y+p.height/2]; o != nil && o != p; o = taken[p.y+p.height/2] {
			p.y++
		}
		y = p.y + p.height + 18
	}
	s.foot = max(s.foot, y)
	s.width = x + 196 + margin
}

// endsAt are the places where lines to something beside the VPC cross the
// border, those of one height together.
func (q *placedPanel) endsAt(one *side) []sideEnd {
	var ends []sideEnd
	for _, e := range q.edges {
		if e.from.side != one && e.to.side != one {
			continue
		}
		y := q.gapY(gapOf(e), busOf(e))
		at := slices.IndexFunc(ends, func(o sideEnd) bool { return o.y == y })
		if at < 0 {
			ends, at = append(ends, sideEnd{x: q.x + q.width, y: y}), len(ends)
		}
		ends[at].level = max(ends[at].level, e.level)
		ends[at].outward = ends[at].outward || e.to.side == one
		ends[at].inward = ends[at].inward || e.from.side == one
	}
	return ends
}
