package draw

import (
	"cmp"
	"fmt"
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

// endpoints makes the cards.
func (l *looker) endpoints() {
	for _, p := range l.picture.vpcs {
		within := 0
		for _, s := range l.network.Services {
			if l.isIn(s, p) {
				within++
			}
		}
		points := slices.Clone(p.vpc.Endpoints)
		slices.SortStableFunc(points, func(a, b *model.Endpoint) int {
			return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.URN, b.URN))
		})
		for _, e := range points {
			one := l.card(e, within)
			at := slices.IndexFunc(p.cards, one.like)
			if at < 0 {
				p.cards = append(p.cards, one)
				continue
			}
			p.cards[at].names = append(p.cards[at].names, one.names...)
			p.cards[at].told += "; " + one.told
		}
	}
}

func (l *looker) isIn(s *model.Service, p *panel) bool {
	return s.Tasks != nil && slices.ContainsFunc(s.Tasks.Subnets, func(subnet *model.Subnet) bool { return subnet != nil && subnet.VPC == p.vpc })
}

func (l *looker) card(e *model.Endpoint, within int) *card {
	name := cmp.Or(printable(e.Service), nameOf(e.Name))
	c := &card{names: []string{name}, kind: printable(strings.ToLower(e.Kind))}
	switch {
	case e.Kind == "Interface" && e.Interfaces != nil:
		c.kind += ", " + plural(len(e.Interfaces.Subnets), "subnet")
	case e.Kind == "Gateway":
		c.kind += ", " + plural(len(e.Tables), "route table")
	}
	reached, maybe := []string{}, 0
	seen := false
	for _, s := range l.report.Services {
		for _, r := range s.Reaches {
			if r.URN != e.URN {
				continue
			}
			if !seen {
				c.policy, seen = policyWord(r), true
			}
			switch r.Verdict {
			case verify.Open:
				reached = append(reached, s.Name)
			case verify.Undecided:
				maybe++
			}
		}
	}
	if !seen {
		c.policy = word{text: unreadPolicy(e)}
	}
	switch {
	case len(reached) == 0 && maybe == 0:
		c.reached = word{text: "reached by no service"}
		c.policy.level = plain
	case len(reached) == within && within > 2:
		c.reached = word{text: fmt.Sprintf("reached by all %d services", within)}
	case len(reached) > 2:
		c.reached = word{text: fmt.Sprintf("reached by %d of %d services", len(reached), within)}
	case len(reached) > 0:
		c.reached = word{text: "reached by " + strings.Join(reached, ", ")}
	default:
		c.reached = word{text: "perhaps reached: undecided", level: undecided}
	}
	if len(reached) > 0 && maybe > 0 {
		c.reached.text += fmt.Sprintf(", perhaps %d more", maybe)
	}
	c.told = fmt.Sprintf("%s endpoint %s for %s: %s; %s", strings.ToLower(e.Kind), nameOf(e.Name), name, c.policy.text, c.reached.text)
	return c
}

// like says whether two cards differ in nothing but their services.
func (c *card) like(o *card) bool {
	return c.kind == o.kind && c.policy == o.policy && c.reached == o.reached
}

func unreadPolicy(e *model.Endpoint) string {
	switch {
	case !e.PolicyKnown:
		return "policy not known"
	case e.Policy == "":
		return "AWS's own policy, which is open"
	}
	return "policy of its own"
}

func policyWord(r verify.Reach) word {
	limits := ""
	if r.Limits != "" {
		limits = ": " + r.Limits
	}
	switch r.Policy {
	case verify.PolicyOpen:
		if r.Verdict == verify.Closed {
			return word{text: "open policy" + limits}
		}
		return word{text: "OPEN policy" + limits, level: levelOf(r.Verdict)}
	case verify.PolicyLimited:
		return word{text: "limited" + limits}
	case verify.PolicyNone:
		return word{text: "lets nothing through" + limits}
	case verify.PolicyUnsupported:
		return word{text: "takes no policy"}
	}
	return word{text: "policy undecided" + limits, level: undecided}
}

func levelOf(v verify.Verdict) level {
	switch v {
	case verify.Open:
		return open
	case verify.Closed:
		return plain
	}
	return undecided
}

// verdictWords says the three verdicts, those that are alike together.
func verdictWords(v verify.Service) []word {
	by := map[level][]string{}
	for _, one := range []struct {
		what    string
		verdict verify.Verdict
	}{{"in", v.InternetIngress}, {"out", v.InternetEgress}, {"data", v.Exfiltration}} {
		by[levelOf(one.verdict)] = append(by[levelOf(one.verdict)], one.what)
	}
	var words []word
	for _, l := range []level{open, undecided, plain} {
		if len(by[l]) > 0 {
			words = append(words, word{text: strings.Join(by[l], ", ") + map[level]string{open: " OPEN", undecided: " undecided", plain: " closed"}[l], level: l})
		}
	}
	return words
}

// nameOf is what a resource is called in its program, or the id that AWS gave it.
func nameOf(n model.Name) string {
	if at := strings.LastIndex(n.URN, "::"); at >= 0 && at+2 < len(n.URN) {
		return printable(n.URN[at+2:])
	}
	for _, s := range []string{n.URN, n.ID} {
		if s != "" {
			return printable(s)
		}
	}
	return "not named"
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func portsOf(listeners []*model.Listener) string {
	var ports []string
	for _, l := range listeners {
		p := trafficText(l.Traffic)
		if !slices.Contains(ports, p) {
			ports = append(ports, p)
		}
	}
	slices.Sort(ports)
	return strings.Join(ports, ", ")
}

func trafficText(t model.Traffic) string {
	name := map[int]string{6: "tcp", 17: "udp", 1: "icmp", 58: "icmpv6"}[t.Protocol]
	switch {
	case t.Protocol == -1:
		return "all traffic"
	case name == "":
		name = fmt.Sprintf("protocol %d", t.Protocol)
	}
	switch {
	case t.From == 0 && t.To == 65535 || t.Protocol != 6 && t.Protocol != 17:
		return name
	case t.From == t.To:
		return fmt.Sprintf("%s %d", name, t.From)
	}
	return fmt.Sprintf("%s %d-%d", name, t.From, t.To)
}
