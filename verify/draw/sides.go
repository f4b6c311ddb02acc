package draw

import (
	"cmp"
	"slices"
)

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
