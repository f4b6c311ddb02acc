package draw

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// interfaces makes the bars.
func (l *looker) interfaces() {
	for _, p := range l.picture.vpcs {
		for _, r := range p.rows {
			for _, c := range r.cells {
				if c != nil {
					l.hosts(c)
				}
			}
		}
	}
	balancers := slices.Clone(l.network.Balancers)
	slices.SortStableFunc(balancers, func(a, b *model.LoadBalancer) int { return cmp.Compare(a.URN, b.URN) })
	for _, b := range balancers {
		facing := map[model.Truth]string{model.Yes: "internal", model.No: "internet-facing", model.Maybe: "internet-facing?"}[b.Internal]
		if ports := portsOf(b.Listeners); ports != "" {
			facing += ", " + ports
		}
		kind := cmp.Or(map[string]string{"application": "ALB", "network": "NLB", "gateway": "GWLB"}[b.Kind], "load balancer")
		l.stand(b.Interfaces, bar{
			key: b.URN, kind: balancerBar, name: nameOf(b.Name),
			words: []word{{text: kind + ", " + facing}}, told: b.Kind + " load balancer, " + facing,
		})
		l.balancers[b.URN] = b
		for _, listener := range b.Listeners {
			l.balancers[listener.URN] = b
			for _, g := range listener.Groups {
				if _, taken := l.balancers[g.URN]; !taken {
					l.balancers[g.URN] = b
				}
			}
		}
	}
	for _, a := range l.network.APIs {
		for _, i := range a.Integrations {
			if i.Link != nil && l.bars[i.Link.URN] == nil {
				l.stand(i.Link, bar{key: i.Link.URN, kind: linkBar, name: nameOf(i.Link.Name), words: []word{{text: "VPC link of " + nameOf(a.Name)}}, told: "VPC link"})
			}
		}
	}
	for _, t := range l.network.TransitGateways {
		for _, table := range t.Tables {
			l.transits[table.URN] = t.URN
			for _, r := range table.Routes {
				l.transits[r.URN] = t.URN
			}
		}
		for _, a := range t.Attachments {
			l.transits[a.URN] = t.URN
			if a.VPC != nil {
				l.stand(&model.Interfaces{Subnets: a.Subnets, Name: a.Name}, bar{
					key: a.URN, kind: attachmentBar, name: nameOf(a.Name), words: []word{{text: "attached to " + nameOf(t.Name)}}, told: "transit gateway attachment",
				})
			}
		}
	}
	delete(l.transits, "")
	l.services()
}

// hosts that a route leads to, and NAT gateways.
func (l *looker) hosts(c *cell) {
	if c.subnet.Table == nil {
		return
	}
	for _, r := range c.subnet.Table.Routes {
		switch {
		case r.Target.NAT != nil && l.bars[r.Target.NAT.URN] == nil && l.gates[r.Target.NAT.URN] == nil:
			l.natGateway(r.Target.NAT)
		case r.Target.Host != nil && l.bars[r.Target.Host.URN] == nil:
			l.stand(r.Target.Host, bar{key: r.Target.Host.URN, kind: hostBar, name: nameOf(r.Target.Host.Name), words: []word{{text: "host that a route leads to"}}, told: "host"})
		}
	}
}

func (l *looker) natGateway(n *model.NATGateway) {
	words := map[model.Truth]string{model.Yes: "public address", model.No: "private: no way to the internet", model.Maybe: "public address?"}[n.Public]
	if n.Subnet != nil && l.cells[n.Subnet] != nil {
		l.stand(&model.Interfaces{Subnets: []*model.Subnet{n.Subnet}}, bar{
			key: n.URN, kind: natBar, name: nameOf(n.Name), words: []word{{text: "NAT gateway, " + words}}, told: "NAT gateway in " + zoneOf(n.Subnet),
		})
		return
	}
	if p := l.panels[n.VPC]; p != nil {
		g := l.gate(p, n.Name, "NAT gateway, regional")
		g.doubtful = len(n.Doubts) > 0
		if !n.Regional {
			g.kind = "NAT gateway, subnet not known"
			g.doubtful = true
		}
		g.indoors = true
	}
}

func (l *looker) services() {
	services := slices.Clone(l.network.Services)
	slices.SortStableFunc(services, func(a, b *model.Service) int {
		return cmp.Or(-cmp.Compare(l.worst(a.URN), l.worst(b.URN)), -cmp.Compare(l.ingress(a.URN), l.ingress(b.URN)), cmp.Compare(a.URN, b.URN))
	})
	for _, s := range services {
		v, decided := l.verdicts[s.URN]
		if !decided {
			v = verify.Service{InternetIngress: verify.Undecided, InternetEgress: verify.Undecided, Exfiltration: verify.Undecided}
		}
		b := bar{key: s.URN, kind: serviceBar, name: nameOf(s.Name), words: verdictWords(v), level: l.worst(s.URN), mark: "tasks"}
		b.shut = v.InternetIngress == verify.Closed && v.InternetEgress == verify.Closed && v.Exfiltration == verify.Closed
		if s.OnHosts {
			b.mark = "hosts"
		}
		if s.Tasks != nil && s.Tasks.SubnetsAreCandidates {
			b.mark += "?"
		}
		b.told = fmt.Sprintf("service; from the internet in: %s; to the internet out: %s; data to anybody's account: %s", v.InternetIngress, v.InternetEgress, v.Exfiltration)
		tasks := s.Tasks
		if tasks == nil {
			tasks = &model.Interfaces{}
		}
		l.stand(tasks, b)
		for _, subnet := range tasks.Subnets {
			if subnet != nil && l.panels[subnet.VPC] != nil {
				p := l.panels[subnet.VPC]
				shut := v.InternetIngress == verify.Closed && v.InternetEgress == verify.Closed
				p.closed = shut && (p.closed || !p.busy)
				p.busy = true
			}
		}
	}
}

func (l *looker) worst(urn string) level {
	v, decided := l.verdicts[urn]
	if !decided {
		return undecided
	}
	return max(levelOf(v.InternetIngress), levelOf(v.InternetEgress), levelOf(v.Exfiltration))
}

func (l *looker) ingress(urn string) level { return levelOf(l.verdicts[urn].InternetIngress) }

// stand places a bar in every row where the interfaces have a subnet.
func (l *looker) stand(set *model.Interfaces, b bar) {
	type place struct {
		panel *panel
		row   int
	}
	cols := map[place][]int{}
	var places []place
	if set != nil {
		for _, s := range set.Subnets {
			c := l.cells[s]
			if c == nil {
				continue
			}
			at := place{l.panels[s.VPC], c.row}
			if cols[at] == nil {
				places = append(places, at)
			}
			if !slices.Contains(cols[at], c.col) {
				cols[at] = append(cols[at], c.col)
			}
		}
	}
	if len(places) == 0 {
		lost := b
		l.bars[b.key] = append(l.bars[b.key], &lost)
		l.picture.loose = append(l.picture.loose, &lost)
		return
	}
	for _, at := range places {
		placed := b
		placed.row, placed.cols = at.row, cols[at]
		slices.Sort(placed.cols)
		if b.kind == balancerBar {
			placed.door = placed.cols[l.doors[at.panel]%len(placed.cols)]
			l.doors[at.panel]++
		} else {
			placed.door = placed.cols[0]
		}
		at.panel.rows[at.row].bars = append(at.panel.rows[at.row].bars, &placed)
		l.bars[b.key] = append(l.bars[b.key], &placed)
		l.home[&placed] = at.panel
	}
}
