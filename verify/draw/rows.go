package draw

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

const noZone = "zone not known"

// zonesOf are the columns of a VPC, by name; subnets of no known zone come last.
func zonesOf(vpc *model.VPC) []string {
	var zones []string
	for _, s := range vpc.Subnets {
		if !slices.Contains(zones, zoneOf(s)) {
			zones = append(zones, zoneOf(s))
		}
	}
	slices.SortFunc(zones, func(a, b string) int {
		return cmp.Or(cmp.Compare(bit(a == noZone), bit(b == noZone)), cmp.Compare(a, b))
	})
	return zones
}

func zoneOf(s *model.Subnet) string {
	if s.Zone == "" {
		return noZone
	}
	return s.Zone
}

// layRows puts the subnets of a VPC into rows, so that what stands in several
// zones is drawn as one bar: subnets that share a service, a balancer or an
// endpoint come into one row, and what is left is matched by its class.
func layRows(vpc *model.VPC, zones []string, shared []*model.Interfaces) []*row {
	groups := map[*model.Subnet]int{}
	for i, s := range vpc.Subnets {
		groups[s] = i
	}
	for _, set := range shared {
		var first *model.Subnet
		for _, s := range set.Subnets {
			switch {
			case s == nil || s.VPC != vpc:
			case first == nil:
				first = s
			case zoneOf(first) != zoneOf(s):
				join(groups, groups[first], groups[s])
			}
		}
	}

	tiers := map[int][]*model.Subnet{}
	for _, s := range vpc.Subnets {
		tiers[groups[s]] = append(tiers[groups[s]], s)
	}
	sorted := make([][]*model.Subnet, 0, len(tiers))
	for _, key := range slices.Sorted(maps.Keys(tiers)) {
		tier := tiers[key]
		slices.SortStableFunc(tier, bySubnet)
		sorted = append(sorted, tier)
	}
	slices.SortStableFunc(sorted, func(a, b []*model.Subnet) int {
		return cmp.Or(cmp.Compare(classOfAll(a), classOfAll(b)), cmp.Compare(len(b), len(a)), bySubnet(a[0], b[0]))
	})

	var rows []*row
	classes := map[*row]class{}
	for _, tier := range sorted {
		for _, group := range apart(tier) {
			c := classOfAll(group)
			place := slices.IndexFunc(rows, func(r *row) bool { return classes[r] == c && r.hasRoom(group, zones) })
			if place < 0 {
				r := &row{cells: make([]*cell, len(zones))}
				classes[r] = c
				rows, place = append(rows, r), len(rows)
			}
			for _, s := range group {
				col := slices.Index(zones, zoneOf(s))
				rows[place].cells[col] = newCell(s, col)
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b *row) int { return cmp.Compare(classes[a], classes[b]) })
	for i, r := range rows {
		for _, c := range r.cells {
			if c != nil {
				c.row = i
			}
		}
	}
	return rows
}

func join(groups map[*model.Subnet]int, a, b int) {
	for s, g := range groups {
		if g == max(a, b) {
			groups[s] = min(a, b)
		}
	}
}

// apart splits subnets so that each group has one in a zone.
func apart(tier []*model.Subnet) [][]*model.Subnet {
	var groups [][]*model.Subnet
	count := map[string]int{}
	for _, s := range tier {
		n := count[zoneOf(s)]
		count[zoneOf(s)]++
		if n == len(groups) {
			groups = append(groups, nil)
		}
		groups[n] = append(groups[n], s)
	}
	return groups
}

func (r *row) hasRoom(subnets []*model.Subnet, zones []string) bool {
	for _, s := range subnets {
		if r.cells[slices.Index(zones, zoneOf(s))] != nil {
			return false
		}
	}
	return true
}

func bySubnet(a, b *model.Subnet) int {
	return cmp.Or(cmp.Compare(classOf(a), classOf(b)), cmp.Compare(a.URN, b.URN), cmp.Compare(a.ID, b.ID))
}

// classOfAll is the most public class of the subnets.
func classOfAll(subnets []*model.Subnet) class {
	c := unknownSubnet
	for _, s := range subnets {
		c = min(c, classOf(s))
	}
	return c
}

func classOf(s *model.Subnet) class {
	if s.Table == nil {
		return unknownSubnet
	}
	c := isolatedSubnet
	if len(s.Table.Doubts)+len(s.Doubts) > 0 || s.VPC != nil && len(s.VPC.Doubts) > 0 {
		c = unknownSubnet // there may be a route out that is not seen
	}
	for _, r := range s.Table.Routes {
		switch r.Target.Kind {
		case model.ToInternetGateway:
			return publicSubnet
		case model.ToLocal, model.ToBlackhole:
		default:
			c = privateSubnet
		}
	}
	return c
}

func newCell(s *model.Subnet, col int) *cell {
	c := &cell{subnet: s, col: col, class: classOf(s), name: nameOf(s.Name), doubtful: len(s.Doubts) > 0 || s.Table == nil}
	for _, b := range s.Blocks {
		c.blocks = append(c.blocks, b.String())
	}
	if len(c.blocks) == 0 {
		c.blocks = []string{"block not known"}
	}
	if s.Table == nil {
		c.routes = []routeLine{{text: "route table not known"}}
		return c
	}
	c.doubtful = c.doubtful || len(s.Table.Doubts) > 0
	for _, r := range s.Table.Routes {
		c.routes = append(c.routes, lineOf(r))
	}
	if len(c.routes) == 0 {
		c.routes = []routeLine{{text: "no route out: local only"}}
	}
	if len(s.Table.Doubts) > 0 {
		c.routes = append(c.routes, routeLine{text: "more routes may exist"})
	}
	return c
}

// lineOf says a route in a line.
func lineOf(r model.Route) routeLine {
	var to []string
	for _, d := range r.Destinations {
		to = append(to, d.String())
	}
	if len(to) == 0 {
		to = []string{"somewhere"}
	}
	target := nameOf(r.Target.Name)
	switch r.Target.Kind {
	case model.ToLocal:
		target = "the VPC"
	case model.ToBlackhole:
		target = "nowhere"
	}
	maybe := ""
	if r.Sure != model.Yes {
		maybe = "?"
	}
	full := strings.Join(to, ", ") + " → " + target + maybe
	short := to[0]
	if len(to) > 1 {
		short += ", …"
	}
	return routeLine{text: short + " → " + target + maybe, full: full}
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
