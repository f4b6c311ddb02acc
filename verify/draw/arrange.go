package draw

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
