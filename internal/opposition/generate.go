package opposition

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
)

// Generate makes the world of a seed. Most begin as a network in which
// something works, of one of several shapes, and then have a few hops broken,
// mended or overlapped: what is wrong in real networks is rarely more than one
// hop away from what is right.
func Generate(seed uint64) *World {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 1)), w: &World{}}
	shape := shapes[g.IntN(len(shapes))]
	g.w.Shape = shape.name
	shape.build(g)
	for range g.IntN(5) {
		edits[g.IntN(len(edits))](g)
	}
	g.w.tidy()
	return g.w
}

type generator struct {
	*rand.Rand
	w *World
	n int
}

var shapes = []struct {
	name  string
	build func(*generator)
}{
	{"public", (*generator).public},
	{"nat", (*generator).natted},
	{"dual stack", (*generator).dualStack},
	{"hub", (*generator).hub},
	{"application balancer", (*generator).application},
	{"network balancer", (*generator).network},
	{"network before application", (*generator).both},
	{"link", (*generator).link},
	{"isolated", (*generator).isolated},
	{"peered", (*generator).peered},
	{"hosts", (*generator).hosts},
}

// chance is true in one of n cases.
func (g *generator) chance(n int) bool { return g.IntN(n) == 0 }

func one[T any](g *generator, list ...T) T { return list[g.IntN(len(list))] }

func (g *generator) name(stem string) string {
	g.n++
	return fmt.Sprintf("%s%d", stem, g.n)
}

func prefix(s string) netip.Prefix { return netip.MustParsePrefix(s) }

// some is a block of the internet, or nearly; they overlap a lot.
func (g *generator) some() netip.Prefix {
	return prefix(one(g, "0.0.0.0/0", "0.0.0.0/0", "0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "8.0.0.0/8", "8.8.8.0/24", "8.8.8.8/32",
		"203.0.113.0/24", "64.0.0.0/2", "10.0.0.0/8", "172.16.0.0/12", "100.64.0.0/10", "192.0.0.0/3", "11.0.0.0/8"))
}

func (g *generator) some6() netip.Prefix {
	return prefix(one(g, "::/0", "::/0", "2000::/3", "2606:4700::/32", "2606:4700::1111/128", "fc00::/7", "2400::/12"))
}

func (g *generator) ports() (int, int) {
	p := one(g, [2]int{0, 65535}, [2]int{443, 443}, [2]int{80, 80}, [2]int{8080, 8080}, [2]int{8000, 8100}, [2]int{1024, 65535},
		[2]int{32768, 60999}, [2]int{1, 1023}, [2]int{1024, 1024}, [2]int{22, 25}, [2]int{65535, 65535})
	return p[0], p[1]
}

func (g *generator) protocol() string { return one(g, "tcp", "tcp", "tcp", "udp", "icmp", "-1", "50") }

// rule is a rule with blocks. With protocol "" it gets a random one.
func (g *generator) rule(in bool, protocol string, blocks ...netip.Prefix) Rule {
	r := Rule{In: in, Protocol: protocol, Blocks: blocks}
	if protocol == "" {
		r.Protocol = g.protocol()
	}
	switch r.Protocol {
	case "tcp", "udp":
		r.From, r.To = g.ports()
	case "icmp":
		r.From, r.To = -1, -1
	}
	return r
}

func (g *generator) vpc() *Vpc {
	i := len(g.w.Vpcs)
	v := &Vpc{Name: g.name("vpc"), Blocks: []netip.Prefix{prefix(fmt.Sprintf("10.%d.0.0/16", i))}, DNS: !g.chance(8)}
	if g.chance(8) { // A block of public addresses, and one of AWS's shared space.
		v.Blocks = append(v.Blocks, prefix(fmt.Sprintf("%s/16", one(g, "9.9.0.0", "100.64.0.0"))))
	}
	g.w.Vpcs = append(g.w.Vpcs, v)
	return v
}

func (g *generator) six(v *Vpc) {
	v.Block6 = prefix(fmt.Sprintf("2600:1f00:%d::/56", 1+len(g.w.Vpcs)))
}

func zone(i int) string { return Region + string(rune('a'+i)) }

func (g *generator) subnet(v *Vpc, in string, t *Table) *Subnet {
	n := len(g.w.Subnets)
	base := v.Blocks[0].Addr().As4()
	base[2] = byte(n)
	s := &Subnet{Name: g.name("subnet"), Vpc: v.Name, Zone: in, Block: netip.PrefixFrom(netip.AddrFrom4(base), 24)}
	if v.Block6.IsValid() {
		six := v.Block6.Addr().As16()
		six[7] = byte(n)
		s.Block6 = netip.PrefixFrom(netip.AddrFrom16(six), 64)
	}
	if t != nil && t.Role == OwnTable {
		s.Table = t.Name
	}
	g.w.Subnets = append(g.w.Subnets, s)
	return s
}

// table is a route table, now and then the VPC's main one.
func (g *generator) table(v *Vpc, routes ...Route) *Table {
	t := &Table{Name: g.name("table"), Vpc: v.Name, Role: OwnTable, Inline: g.chance(3), Routes: routes}
	if g.chance(5) && g.w.mainTable(v.Name) == nil {
		t.Role = one(g, AssociatedMain, AdoptedMain, NamedMain)
	}
	g.w.Tables = append(g.w.Tables, t)
	return t
}

func (g *generator) gateway(v *Vpc) *Gateway {
	i := &Gateway{Name: g.name("igw"), Vpc: v.Name, Separate: g.chance(4)}
	g.w.Gateways = append(g.w.Gateways, i)
	return i
}

func (g *generator) natIn(s *Subnet) *Nat {
	n := &Nat{Name: g.name("nat"), Subnet: s.Name}
	g.w.Nats = append(g.w.Nats, n)
	return n
}

func (g *generator) group(v *Vpc, rules ...Rule) *Group {
	s := &Group{
		Name: g.name("group"), Vpc: v.Name, Role: OwnGroup, Form: one(g, InlineRules, SeparateRules, LegacyRules),
		Refreshed: g.chance(2), Rules: rules,
	}
	g.w.Groups = append(g.w.Groups, s)
	return s
}

// out is a rule for egress, mostly a wide one.
func (g *generator) out() Rule {
	if g.chance(3) {
		return g.rule(false, "", g.some())
	}
	return Rule{Protocol: "-1", Blocks: []netip.Prefix{everyAddress}}
}

func (g *generator) service(subnets []*Subnet, groups ...*Group) *Service {
	s := &Service{Name: g.name("service"), Port: one(g, 8080, 80, 443)}
	for _, n := range subnets {
		s.Subnets = append(s.Subnets, n.Name)
	}
	for _, n := range groups {
		s.Groups = append(s.Groups, n.Name)
	}
	g.w.Services = append(g.w.Services, s)
	return s
}

// publics are subnets with a route to a new internet gateway.
func (g *generator) publics(v *Vpc, n int) []*Subnet {
	t := g.table(v, Route{Block: everyAddress, Target: g.gateway(v).Name})
	if v.Block6.IsValid() {
		t.Routes = append(t.Routes, Route{Block: everyAddress6, Target: t.Routes[0].Target})
	}
	return g.subnets(v, n, t)
}

func (g *generator) subnets(v *Vpc, n int, t *Table) (all []*Subnet) {
	for i := range n {
		s := g.subnet(v, zone(i), t)
		s.MapPublic = g.chance(2)
		all = append(all, s)
	}
	return all
}

// public: tasks with public addresses beside an internet gateway.
func (g *generator) public() {
	v := g.vpc()
	s := g.service(g.publics(v, 1+g.IntN(2)), g.group(v, g.rule(true, "", g.some()), g.out()))
	s.PublicIP = true
}

// natted: tasks behind NAT gateways, one for all zones or one in each.
func (g *generator) natted() {
	v := g.vpc()
	zones := 1 + g.IntN(2)
	publics := g.publics(v, zones)
	single := g.chance(2)
	var private []*Subnet
	var nat *Nat
	for i := range zones {
		if nat == nil || !single {
			nat = g.natIn(publics[i])
		}
		private = append(private, g.subnet(v, zone(i), g.table(v, Route{Block: everyAddress, Target: nat.Name})))
	}
	g.service(private, g.group(v, g.out()))
}

// dualStack: IPv6, in and out or only out.
func (g *generator) dualStack() {
	v := g.vpc()
	g.six(v)
	group := g.group(v, g.rule(true, "", g.some6()), Rule{Protocol: "-1", Blocks: []netip.Prefix{everyAddress6}})
	if g.chance(2) {
		g.service(g.publics(v, 1), group).PublicIP = g.chance(2)
		return
	}
	e := &EgressOnly{Name: g.name("eigw"), Vpc: v.Name}
	g.w.EgressOnly = append(g.w.EgressOnly, e)
	g.service(g.subnets(v, 1+g.IntN(2), g.table(v, Route{Block: g.some6(), Target: e.Name})), group)
}

// hub: the NAT gateway stands in another VPC, behind a transit gateway.
func (g *generator) hub() {
	spoke, hub := g.vpc(), g.vpc()
	t := &Transit{Name: g.name("tgw")}
	g.w.Transits = append(g.w.Transits, t)
	zones := 1 + g.IntN(2)
	tasks := g.subnets(spoke, zones, g.table(spoke, Route{Block: everyAddress, Target: t.Name}))
	public := g.publics(hub, 1)
	g.w.Tables[len(g.w.Tables)-1].Routes = append(g.w.Tables[len(g.w.Tables)-1].Routes, Route{Block: spoke.Blocks[0], Target: t.Name})
	doors := g.subnets(hub, zones, g.table(hub, Route{Block: everyAddress, Target: g.natIn(public[0]).Name}))
	here := g.attach(t, spoke, g.subnets(spoke, zones, g.table(spoke)))
	there := g.attach(t, hub, doors)
	if a := one(g, here, there); g.chance(6) && len(a.Subnets) > 1 { // A zone without the transit gateway.
		a.Subnets = a.Subnets[1:]
	}
	out := TransitRoute{Block: everyAddress, Attachment: there.Name}
	if g.chance(2) {
		t.Tables = []*TransitTable{{
			Name: g.name("routes"), Default: true, Associated: []string{here.Name, there.Name},
			Propagated: []string{here.Name, there.Name}, Routes: []TransitRoute{out},
		}}
	} else {
		t.Tables = []*TransitTable{
			{Name: g.name("routes"), Associated: []string{here.Name}, Routes: []TransitRoute{out}},
			{Name: g.name("routes"), Associated: []string{there.Name}, Propagated: []string{here.Name}},
		}
	}
	if g.chance(3) {
		tasks = tasks[:1]
	}
	g.service(tasks, g.group(spoke, g.out()))
}

func (g *generator) attach(t *Transit, v *Vpc, in []*Subnet) *Attachment {
	a := &Attachment{Name: g.name("attachment"), Transit: t.Name, Vpc: v.Name}
	for _, s := range in {
		a.Subnets = append(a.Subnets, s.Name)
	}
	g.w.Attachments = append(g.w.Attachments, a)
	return a
}

// balanced is a VPC with a balancer in public subnets before private tasks.
func (g *generator) balanced(b *Balancer, listener, target string) (*Vpc, *Service, *Target) {
	v := g.vpc()
	zones := 1 + g.IntN(2)
	tasks := g.subnets(v, zones, g.table(v))
	s := g.service(tasks)
	b.Name = g.name("balancer")
	places := g.publics(v, zones)
	if g.chance(4) {
		places = tasks // Beside the tasks, without a way to the internet.
	}
	for _, n := range places {
		b.Subnets = append(b.Subnets, n.Name)
	}
	if g.chance(6) { // In two zones these are different ones.
		b.Subnets, s.Subnets = b.Subnets[:1], s.Subnets[zones-1:]
	}
	t := &Target{Name: g.name("target"), Vpc: v.Name, Protocol: target, Port: s.Port}
	g.w.Targets = append(g.w.Targets, t)
	s.Targets = []string{t.Name}
	if !b.Network || g.chance(2) {
		front := g.group(v, Rule{In: true, Protocol: "tcp", From: 443, To: 443, Blocks: []netip.Prefix{g.some()}}, g.outTo(v))
		b.Groups = []string{front.Name}
	}
	back := g.group(v, Rule{In: true, Protocol: one(g, "tcp", "-1"), From: s.Port, To: s.Port}, g.out())
	back.Rules[0].In = true
	switch {
	case len(b.Groups) > 0 && g.chance(2):
		back.Rules[0].Groups = b.Groups
	case g.chance(2):
		back.Rules[0].Blocks = []netip.Prefix{g.w.subnet(b.Subnets[0]).Block}
	default:
		back.Rules[0].Blocks = []netip.Prefix{g.some()}
	}
	if target == "UDP" || target == "TCP_UDP" {
		back.Rules[0].Protocol = one(g, "udp", "-1")
		for _, n := range b.Groups {
			g.w.group(n).Rules[0].Protocol = one(g, "udp", "tcp")
		}
	}
	for i := range g.w.Groups {
		for j := range g.w.Groups[i].Rules {
			if r := &g.w.Groups[i].Rules[j]; r.Protocol == "-1" {
				r.From, r.To = 0, 0
			}
		}
	}
	s.Groups = []string{back.Name}
	b.Listeners = []Listener{{Port: 443, Protocol: listener, Target: t.Name, Rule: !b.Network && g.chance(3)}}
	if !b.Network && g.chance(2) {
		b.Listeners = append(b.Listeners, Listener{Port: 80, Protocol: "HTTP"})
	}
	g.w.Balancers = append(g.w.Balancers, b)
	return v, s, t
}

func (g *generator) outTo(v *Vpc) Rule {
	return Rule{Protocol: "-1", Blocks: []netip.Prefix{one(g, everyAddress, v.Blocks[0])}}
}

func (g *generator) application() { g.balanced(&Balancer{}, one(g, "HTTP", "HTTPS"), "HTTP") }

func (g *generator) network() {
	listener := one(g, "TCP", "TLS", "UDP", "TCP_UDP")
	target := listener
	if listener == "TLS" {
		target = one(g, "TCP", "TLS")
	}
	_, _, t := g.balanced(&Balancer{Network: true}, listener, target)
	if target == "TCP" || target == "TLS" {
		t.Keep = one(g, "", "true", "false")
	}
}

// both: a network balancer before an internal application balancer.
func (g *generator) both() {
	v, _, _ := g.balanced(&Balancer{Internal: true}, "HTTP", "HTTP")
	inner := g.w.Balancers[0]
	t := &Target{Name: g.name("target"), Vpc: v.Name, Protocol: "TCP", Port: 443, Balancer: inner.Name}
	g.w.Targets = append(g.w.Targets, t)
	b := &Balancer{
		Name: g.name("balancer"), Network: true, Subnets: inner.Subnets,
		Listeners: []Listener{{Port: 8443, Protocol: "TCP", Target: t.Name}},
	}
	if g.chance(2) {
		b.Groups = []string{g.group(v, Rule{In: true, Protocol: "tcp", From: 8443, To: 8443, Blocks: []netip.Prefix{g.some()}}, g.outTo(v)).Name}
		if g.chance(2) {
			g.w.group(inner.Groups[0]).Rules[0].Groups = b.Groups
		}
	}
	g.w.Balancers = append(g.w.Balancers, b)
}

// link: an HTTP API with a VPC link to a balancer or to registered tasks.
func (g *generator) link() {
	var v *Vpc
	var s *Service
	l := &Link{Name: g.name("api")}
	if g.chance(2) {
		network := g.chance(2)
		protocol := "HTTP"
		if network {
			protocol = "TCP"
		}
		v, s, _ = g.balanced(&Balancer{Internal: true, Network: network}, protocol, protocol)
		l.Balancer, l.Port = g.w.Balancers[0].Name, 443
	} else {
		v = g.vpc()
		s = g.service(g.subnets(v, 1+g.IntN(2), g.table(v)))
		l.Registry = s.Name
	}
	from := g.group(v, g.outTo(v))
	l.Subnets, l.Groups = s.Subnets[:1], []string{from.Name}
	admit := Rule{In: true, Protocol: "tcp", From: s.Port, To: s.Port, Groups: l.Groups}
	switch {
	case l.Registry != "":
		s.Groups = []string{g.group(v, admit).Name}
	case len(g.w.Balancers[0].Groups) > 0:
		front := g.w.group(g.w.Balancers[0].Groups[0])
		admit.From, admit.To = 443, 443
		front.Rules[0] = admit
	}
	g.w.Links = append(g.w.Links, l)
}

// isolated: no way out but endpoints.
func (g *generator) isolated() {
	v := g.vpc()
	t := g.table(v)
	subnets := g.subnets(v, 1+g.IntN(2), t)
	tasks := g.group(v, Rule{Protocol: "tcp", From: 443, To: 443, Blocks: []netip.Prefix{v.Blocks[0]}})
	s := g.service(subnets, tasks)
	admits := g.group(v, Rule{In: true, Protocol: "tcp", From: 443, To: 443, Groups: []string{tasks.Name}})
	if g.chance(3) {
		admits.Rules[0].Groups, admits.Rules[0].Blocks = nil, []netip.Prefix{v.Blocks[0]}
	}
	for _, name := range []string{"logs", "secretsmanager", "ecr.api"}[:1+g.IntN(3)] {
		g.w.Endpoints = append(g.w.Endpoints, &Endpoint{
			Name: g.name("endpoint"), Vpc: v.Name, Service: name, Subnets: s.Subnets, Groups: []string{admits.Name},
			PrivateDNS: !g.chance(5), Policy: g.policy(name),
		})
	}
	if g.chance(2) {
		e := &Endpoint{Name: g.name("endpoint"), Vpc: v.Name, Service: "s3", Gateway: true, Tables: []string{t.Name}, Policy: g.policy("s3")}
		g.w.Endpoints = append(g.w.Endpoints, e)
		if g.chance(4) { // In a table that the tasks do not have.
			e.Tables = []string{g.table(v).Name}
		}
		tasks.Rules = append(tasks.Rules, Rule{Protocol: "tcp", From: 443, To: 443, Lists: []string{e.Name}})
	}
}

// policy is an endpoint's policy: none, open, bounded in one of several ways,
// or bounded in appearance.
func (g *generator) policy(service string) *Document {
	s := Statement{Allow: true, Principals: []string{"*"}, Actions: []string{"*"}, Resources: []string{"*"}}
	mine := thingOf(service, Account)
	switch g.IntN(15) {
	case 0:
		return nil
	case 1:
	case 2:
		s.Conditions = []Condition{{"StringEquals", "aws:PrincipalAccount", []string{Account}}}
	case 3:
		s.Conditions = []Condition{{"StringEquals", one(g, "aws:PrincipalOrgID", "aws:ResourceOrgID"), []string{Org}}}
	case 4:
		s.Conditions = []Condition{{"StringEquals", "aws:ResourceAccount", []string{Account}}}
	case 5:
		s.Conditions = []Condition{{one(g, "ArnLike", "ArnEquals", "StringLike"), "aws:PrincipalArn", []string{"arn:aws:iam::" + Account + ":role/*"}}}
	case 6:
		s.Resources = []string{mine, mine + "/*"}
	case 7:
		s.Principals = []string{"arn:aws:iam::" + Account + ":root"}
	case 8: // Two statements, one of them open.
		return &Document{[]Statement{{Allow: true, Principals: s.Principals, Actions: s.Actions, Resources: []string{mine}}, s}}
	case 9: // Allowed to all, denied to strangers.
		return &Document{[]Statement{s, {
			Principals: s.Principals, Actions: s.Actions, Resources: s.Resources,
			Conditions: []Condition{{"StringNotEquals", one(g, "aws:PrincipalAccount", "aws:ResourceAccount"), []string{Account}}},
		}}}
	case 10: // Denied to all.
		s.Allow = false
		return &Document{[]Statement{s}}
	case 12: // For this account, and for AWS's own services.
		mine := s
		mine.Conditions = []Condition{{"StringEquals", "aws:PrincipalAccount", []string{Account}}}
		s.Conditions = []Condition{{"Bool", "aws:PrincipalIsAWSService", []string{"true"}}}
		return &Document{[]Statement{mine, s}}
	case 13: // For all but AWS's own services.
		s.Conditions = []Condition{{"Bool", "aws:PrincipalIsAWSService", []string{"false"}}}
	case 14: // Denied to strangers, but for AWS's own services.
		return &Document{[]Statement{s, {
			Principals: s.Principals, Actions: s.Actions, Resources: s.Resources,
			Conditions: []Condition{
				{"StringNotEquals", "aws:PrincipalAccount", []string{Account}},
				{"BoolIfExists", "aws:PrincipalIsAWSService", []string{"false"}},
			},
		}}}
	case 11: // Every value, which bounds nothing.
		s.Conditions = []Condition{{"StringLike", "aws:PrincipalAccount", []string{"*"}}}
	}
	return &Document{[]Statement{s}}
}

// peered: a VPC with NAT behind a peering connection, which leads nowhere.
func (g *generator) peered() {
	v, other := g.vpc(), g.vpc()
	p := &Peering{Name: g.name("peering"), Vpc: v.Name, Peer: other.Name}
	g.w.Peerings = append(g.w.Peerings, p)
	g.natIn(g.publics(other, 1)[0])
	routes := []Route{{Block: other.Blocks[0], Target: p.Name}, {Block: g.some(), Target: p.Name}}
	subnets := g.publics(v, 1)
	t := g.w.Tables[len(g.w.Tables)-1]
	for _, r := range routes {
		if r.Block != everyAddress {
			t.Routes = append(t.Routes, r)
		}
	}
	s := g.service(subnets, g.group(v, g.rule(true, "", g.some()), g.out()))
	s.PublicIP = g.chance(2)
}

// hosts: tasks on EC2, in the network of their hosts.
func (g *generator) hosts() {
	if g.chance(3) {
		listener := one(g, "TCP", "UDP")
		_, s, t := g.balanced(&Balancer{Network: true}, listener, listener)
		s.Host = true
		if listener == "TCP" {
			t.Keep = one(g, "", "true", "false")
		}
		return
	}
	v := g.vpc()
	g.service(g.publics(v, 1+g.IntN(2)), g.group(v, g.rule(true, "", g.some()), g.out())).Host = true
}
