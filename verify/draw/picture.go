package draw

import (
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// picture is what is shown, before anything has a place: the drawing and the
// flowchart are made from it.
type picture struct {
	title   string
	summary []word
	vpcs    []*panel
	// sides join networks: peering connections, transit gateways, and targets
	// of routes that the model does not follow.
	sides []*side
	// loose are services and balancers of which no subnet is known.
	loose []*bar
	// doubts and remarks are sentences.
	doubts, remarks []string
	// told is the whole picture in words, for those who do not see it.
	told []string
}

// level is how bad a line is; the worse one wins where two meet.
type level int

const (
	plain     level = iota // a route, an attachment, a target
	undecided              // part of a path that may be open
	open                   // part of an open path
)

// word is a piece of text with its weight.
type word struct {
	text  string
	level level
}

// panel is a VPC.
type panel struct {
	vpc    *model.VPC
	name   string
	blocks string
	// zones are the columns.
	zones []string
	rows  []*row
	// gates stand on the upper border, APIs above it.
	gates []*gate
	cards []*card
	edges []*edge
	// closed: it has services, and nothing leads to them from the internet or
	// from them to it.
	closed bool
	busy   bool // it has services
	doubts bool
}

// row is what stands side by side in the zones of a VPC.
type row struct {
	cells []*cell // by column; nil where the zone has no such subnet
	bars  []*bar
}

// cell is a subnet.
type cell struct {
	subnet   *model.Subnet
	row, col int
	class    class
	name     string
	blocks   []string
	routes   []routeLine
	doubtful bool
}

// class of a subnet, by the way that its route table leads out.
type class int

const (
	publicSubnet class = iota
	privateSubnet
	isolatedSubnet
	unknownSubnet
)

func (c class) String() string {
	return [...]string{"public subnet", "private subnet", "isolated subnet", "subnet, routes uncertain"}[c]
}

// routeLine is a way out in a subnet's route table.
type routeLine struct {
	text, full string
}

// bar is something with network interfaces in one row's subnets.
type bar struct {
	key   string // unique in the picture
	kind  barKind
	name  string
	words []word
	level level
	shut  bool // a service that is isolated
	mark  string
	// row and cols say where; cols are sorted.
	row  int
	cols []int
	// door is the column where lines from the internet come in.
	door int
	told string
}

type barKind int

const (
	balancerBar barKind = iota
	linkBar
	attachmentBar
	hostBar
	serviceBar
	natBar
)

// gate leads between a VPC and the internet.
type gate struct {
	key         string
	kind, name  string
	api         bool
	indoors     bool // stands inside the border: a regional NAT gateway
	doubtful    bool
	ingress     flow
	egress      flow
	connections int
}

// flow is what passes a gate in one direction.
type flow struct {
	level  level
	labels []string
}

// side stands beside the VPCs.
type side struct {
	key        string
	kind, name string
	// doubt is "", or why it is not known what it leads to.
	doubt string
	// joins are the panels that it touches at their border.
	joins map[*panel]level
}

// card is the endpoints that are alike but for their services.
type card struct {
	names   []string
	kind    string
	policy  word
	reached word
	told    string
}

// edge is a line between two things of a panel.
type edge struct {
	from, to end
	level    level
}

// end is where a line begins or ends: one of the pointers is set.
type end struct {
	cell  *cell
	route int // the line of the cell's routes
	bar   *bar
	col   int // of the bar
	gate  *gate
	side  *side
}
