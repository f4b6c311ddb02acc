package draw

import (
	"cmp"
	"slices"
)

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
