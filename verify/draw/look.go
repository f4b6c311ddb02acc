package draw

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// looker turns a network and its report into a picture.
type looker struct {
	network *model.Network
	report  *verify.Report
	picture *picture

	panels   map[*model.VPC]*panel
	cells    map[*model.Subnet]*cell
	named    map[string][]*cell // by the URNs of subnets and of their route tables
	bars     map[string][]*bar  // by URN: one for each row that the thing stands in
	gates    map[string]*gate   // by URN
	sides    map[string]*side   // by URN, or kind and name
	home     map[*bar]*panel
	verdicts map[string]verify.Service // by URN
	// balancers by the URNs of their listeners and target groups, and their own.
	balancers map[string]*model.LoadBalancer
	// transits are the URNs of transit gateways, by those of their tables,
	// routes and attachments.
	transits map[string]string
	edges    map[edge]*edge
	// doors counts the balancers of a panel, so that lines to them spread.
	doors map[*panel]int
}

// look is what a picture of the network shows.
func look(n *model.Network, r *verify.Report) *picture {
	if n == nil {
		n = &model.Network{}
	}
	if r == nil {
		r = &verify.Report{}
	}
	l := &looker{
		network: n, report: r, picture: &picture{},
		panels: map[*model.VPC]*panel{}, cells: map[*model.Subnet]*cell{}, named: map[string][]*cell{}, bars: map[string][]*bar{},
		gates: map[string]*gate{}, sides: map[string]*side{}, home: map[*bar]*panel{},
		verdicts: map[string]verify.Service{}, balancers: map[string]*model.LoadBalancer{}, transits: map[string]string{}, edges: map[edge]*edge{}, doors: map[*panel]int{},
	}
	for _, s := range r.Services {
		l.verdicts[s.URN] = s
	}
	l.subnets()
	l.gateways()
	l.interfaces()
	l.routes()
	l.targets()
	l.joins()
	l.paths()
	l.endpoints()
	l.say()
	return l.picture
}

// subnets makes the panels and their rows.
func (l *looker) subnets() {
	shared := l.sharedInterfaces()
	vpcs := slices.Clone(l.network.VPCs)
	slices.SortStableFunc(vpcs, func(a, b *model.VPC) int { return cmp.Compare(a.URN, b.URN) })
	for _, vpc := range vpcs {
		p := &panel{vpc: vpc, name: nameOf(vpc.Name), zones: zonesOf(vpc), doubts: len(vpc.Doubts) > 0}
		var blocks []string
		for _, b := range vpc.Blocks {
			blocks = append(blocks, b.String())
		}
		p.blocks = strings.Join(blocks, ", ")
		p.rows = layRows(vpc, p.zones, shared)
		for _, r := range p.rows {
			for _, c := range r.cells {
				if c == nil {
					continue
				}
				l.cells[c.subnet] = c
				if c.subnet.URN != "" {
					l.named[c.subnet.URN] = append(l.named[c.subnet.URN], c)
				}
				if c.subnet.Table != nil && c.subnet.Table.URN != "" {
					l.named[c.subnet.Table.URN] = append(l.named[c.subnet.Table.URN], c)
				}
			}
		}
		l.panels[vpc] = p
		l.picture.vpcs = append(l.picture.vpcs, p)
	}
}

func (l *looker) sharedInterfaces() []*model.Interfaces {
	var sets []*model.Interfaces
	add := func(set *model.Interfaces) {
		if set != nil {
			sets = append(sets, set)
		}
	}
	for _, s := range l.network.Services {
		add(s.Tasks)
	}
	for _, b := range l.network.Balancers {
		add(b.Interfaces)
	}
	for _, a := range l.network.APIs {
		for _, i := range a.Integrations {
			add(i.Link)
		}
	}
	for _, v := range l.network.VPCs {
		for _, e := range v.Endpoints {
			add(e.Interfaces)
		}
	}
	for _, t := range l.network.TransitGateways {
		for _, a := range t.Attachments {
			add(&model.Interfaces{Subnets: a.Subnets})
		}
	}
	return sets
}

// gateways puts what stands on the borders of VPCs in its place.
func (l *looker) gateways() {
	for _, p := range l.picture.vpcs {
		gateways := slices.Clone(p.vpc.InternetGateways)
		slices.SortStableFunc(gateways, func(a, b *model.InternetGateway) int { return cmp.Compare(a.URN, b.URN) })
		for _, g := range gateways {
			if g.Attached != model.No {
				l.gate(p, g.Name, "internet gateway").doubtful = g.Attached != model.Yes
			}
		}
	}
	apis := slices.Clone(l.network.APIs)
	slices.SortStableFunc(apis, func(a, b *model.API) int { return cmp.Compare(a.URN, b.URN) })
	for _, a := range apis {
		if p := l.panelOfAPI(a); p != nil {
			kind := "API, public"
			if a.Public != model.Yes {
				kind = map[model.Truth]string{model.No: "API, private", model.Maybe: "API, public?"}[a.Public]
			}
			l.gate(p, a.Name, kind).api = true
		}
	}
}

func (l *looker) gate(p *panel, name model.Name, kind string) *gate {
	if g, ok := l.gates[name.URN]; ok {
		return g
	}
	g := &gate{key: name.URN, kind: kind, name: nameOf(name)}
	l.gates[name.URN] = g
	p.gates = append(p.gates, g)
	return g
}

func (l *looker) panelOfAPI(a *model.API) *panel {
	for _, i := range a.Integrations {
		for _, set := range []*model.Interfaces{i.Link, l.interfacesOf(i)} {
			if set == nil {
				continue
			}
			for _, s := range set.Subnets {
				if s != nil && l.panels[s.VPC] != nil {
					return l.panels[s.VPC]
				}
			}
		}
	}
	return nil
}

// interfacesOf what an integration leads to.
func (l *looker) interfacesOf(i *model.Integration) *model.Interfaces {
	switch {
	case i.Balancer != nil:
		return i.Balancer.Interfaces
	case i.Listener != nil && i.Listener.Balancer != nil:
		return i.Listener.Balancer.Interfaces
	case len(i.Services) > 0:
		return i.Services[0].Tasks
	}
	return nil
}
