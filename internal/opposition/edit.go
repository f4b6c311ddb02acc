package opposition

import (
	"net/netip"
	"slices"
)

// edits change one thing of a world each: they break a hop, mend one, or lay
// something over it. They may leave what AWS would refuse; tidy mends that.
var edits = []func(*generator){
	(*generator).editRoute,
	(*generator).editRoute,
	(*generator).editTable,
	(*generator).editRule,
	(*generator).editRule,
	(*generator).editRule,
	(*generator).addGroup,
	(*generator).addAcl,
	(*generator).addAcl,
	(*generator).editAcl,
	(*generator).editAcl,
	(*generator).editAcl,
	(*generator).editGateway,
	(*generator).editNat,
	(*generator).editService,
	(*generator).editBalancer,
	(*generator).editTransit,
	(*generator).editEndpoint,
	(*generator).useDefaultGroup,
	(*generator).useList,
	(*generator).blockAccess,
	(*generator).addService,
}

// any is a random element, nil when there is none.
func any1[T any](g *generator, list []*T) *T {
	if len(list) == 0 {
		return nil
	}
	return list[g.IntN(len(list))]
}

// editRoute drops a route, moves it to another block or another target, or adds
// one that overlaps.
func (g *generator) editRoute() {
	t := any1(g, g.w.Tables)
	if t == nil {
		return
	}
	if len(t.Routes) == 0 || g.chance(3) {
		t.Routes = append(t.Routes, Route{Block: g.some(), Target: g.targetFor(t)})
		return
	}
	i := g.IntN(len(t.Routes))
	switch g.IntN(3) {
	case 0:
		t.Routes = slices.Delete(t.Routes, i, i+1)
	case 1:
		if t.Routes[i].List == "" && t.Routes[i].Block.Addr().Is4() {
			t.Routes[i].Block = g.some()
		}
	case 2:
		t.Routes[i].Target = g.targetFor(t)
	}
}

// targetFor is something to which a table of the VPC may lead.
func (g *generator) targetFor(t *Table) string {
	var all []string
	for _, x := range g.w.Gateways {
		if x.Vpc == t.Vpc {
			all = append(all, x.Name)
		}
	}
	for _, x := range g.w.Nats {
		if g.w.subnet(x.Subnet).Vpc == t.Vpc {
			all = append(all, x.Name)
		}
	}
	for _, x := range g.w.Peerings {
		if x.Vpc == t.Vpc {
			all = append(all, x.Name)
		}
	}
	for _, x := range g.w.Attachments {
		if x.Vpc == t.Vpc {
			all = append(all, x.Transit)
		}
	}
	if len(all) == 0 || g.chance(8) {
		return g.gateway(g.w.vpc(t.Vpc)).Name // The VPC's second one is detached by tidy.
	}
	return one(g, all...)
}

// editTable gives a subnet another table or none.
func (g *generator) editTable() {
	s := any1(g, g.w.Subnets)
	s.Table = ""
	if t := any1(g, g.w.Tables); t.Vpc == s.Vpc && t.Role == OwnTable {
		s.Table = t.Name
	}
}

// editRule drops, narrows, widens or adds a rule of a group.
func (g *generator) editRule() {
	s := any1(g, g.w.Groups)
	if s == nil {
		return
	}
	if len(s.Rules) == 0 || g.chance(3) {
		s.Rules = append(s.Rules, g.rule(g.chance(2), "", one(g, g.some(), g.some6(), g.w.Subnets[0].Block)))
		return
	}
	i := g.IntN(len(s.Rules))
	r := &s.Rules[i]
	switch g.IntN(6) {
	case 0:
		s.Rules = slices.Delete(s.Rules, i, i+1)
	case 1:
		if r.Protocol == "tcp" || r.Protocol == "udp" {
			r.From, r.To = g.ports()
		}
	case 2:
		n := g.rule(r.In, "")
		r.Protocol, r.From, r.To = n.Protocol, n.From, n.To
	case 3:
		r.Blocks = append(r.Blocks, g.some())
	case 4:
		r.Groups, r.Self = nil, len(r.Blocks) == 0
	case 5:
		if o := any1(g, g.w.Groups); o.Vpc == s.Vpc {
			r.Groups = []string{o.Name}
		}
	}
}

// addGroup gives something one more group.
func (g *generator) addGroup() {
	s := any1(g, g.w.Services)
	v := g.w.vpc(g.w.subnet(s.Subnets[0]).Vpc)
	if len(s.Groups) > 0 {
		s.Groups = append(s.Groups, g.group(v, g.rule(true, "", g.some()), g.rule(false, "", g.some())).Name)
	}
}

// addAcl puts an ACL before a subnet, or before all that have none.
func (g *generator) addAcl() {
	s := any1(g, g.w.Subnets)
	if s.Acl != "" {
		return
	}
	a := &Acl{Name: g.name("acl"), Vpc: s.Vpc, Inline: g.chance(2), Separate: g.chance(2)}
	a.Default = g.chance(4) && g.w.defaultAcl(s.Vpc) == nil
	if !a.Default {
		s.Acl = a.Name
	}
	if !g.chance(4) { // All is allowed, so that an edit decides.
		for _, in := range []bool{true, false} {
			a.Entries = append(a.Entries, Entry{Number: 32000, In: in, Allow: true, Protocol: "-1", Block: everyAddress})
			a.Entries = append(a.Entries, Entry{Number: 32001, In: in, Allow: true, Protocol: "-1", Block: everyAddress6})
		}
	}
	g.w.Acls = append(g.w.Acls, a)
	g.entry(a)
}

func (g *generator) entry(a *Acl) {
	block := g.some()
	if g.chance(5) {
		block = g.some6()
	} else if g.chance(4) {
		block = any1(g, g.w.Subnets).Block
	}
	r := g.rule(false, "", block)
	e := Entry{Number: 100 + g.IntN(20)*5, In: g.chance(2), Allow: g.chance(2), Protocol: r.Protocol, From: r.From, To: r.To, Block: block}
	if e.Protocol != "tcp" && e.Protocol != "udp" {
		e.From, e.To = 0, 0
	}
	if e.Protocol == "icmp" && block.Addr().Is6() {
		return // AWS knows ICMPv6 as another protocol.
	}
	taken := func(o Entry) bool { return o.In == e.In && o.Number == e.Number }
	if !slices.ContainsFunc(a.Entries, taken) {
		a.Entries = append(a.Entries, e)
	}
}

// editAcl adds entries, or turns or drops one.
func (g *generator) editAcl() {
	a := any1(g, g.w.Acls)
	switch {
	case a == nil:
		g.addAcl()
	case len(a.Entries) == 0 || !g.chance(4):
		g.entry(a)
		g.entry(a)
	case g.chance(2):
		a.Entries[g.IntN(len(a.Entries))].Allow = g.chance(2)
	default:
		i := g.IntN(len(a.Entries))
		a.Entries = slices.Delete(a.Entries, i, i+1)
	}
}

// editGateway detaches an internet gateway.
func (g *generator) editGateway() {
	if i := any1(g, g.w.Gateways); i != nil && g.chance(2) {
		i.Vpc = ""
	}
}

// editNat makes a NAT gateway private or moves it.
func (g *generator) editNat() {
	n := any1(g, g.w.Nats)
	if n == nil {
		return
	}
	if g.chance(2) {
		n.Private = true
		return
	}
	if s := any1(g, g.w.Subnets); s.Vpc == g.w.subnet(n.Subnet).Vpc {
		n.Subnet = s.Name
	}
}

// editService moves a service's tasks or turns their public addresses.
func (g *generator) editService() {
	s := any1(g, g.w.Services)
	switch g.IntN(4) {
	case 3:
		s.Subnets = s.Subnets[:1]
	case 0:
		s.PublicIP = !s.PublicIP && !s.Host
	case 1:
		n := any1(g, g.w.Subnets)
		n.MapPublic = !n.MapPublic
	case 2:
		if n := any1(g, g.w.Subnets); n.Vpc == g.w.subnet(s.Subnets[0]).Vpc && !slices.Contains(s.Subnets, n.Name) {
			s.Subnets = append(s.Subnets, n.Name)
		}
	}
}

// editBalancer turns or drops one thing of a balancer.
func (g *generator) editBalancer() {
	b := any1(g, g.w.Balancers)
	if b == nil {
		return
	}
	switch g.IntN(4) {
	case 0:
		b.Internal = !b.Internal
	case 1:
		if !b.Network {
			b.Listeners[0].Target = ""
		}
	case 2:
		b.Subnets = b.Subnets[:1]
	case 3:
		b.Subnets = b.Subnets[len(b.Subnets)-1:]
	}
}

// editTransit edits a table of a transit gateway.
func (g *generator) editTransit() {
	t := any1(g, g.w.Transits)
	if t == nil {
		return
	}
	table := any1(g, t.Tables)
	switch g.IntN(5) {
	case 0:
		table.Propagated = nil
	case 1:
		table.Routes = nil
	case 2:
		block := g.some()
		if !slices.ContainsFunc(table.Routes, func(r TransitRoute) bool { return r.Block == block }) {
			table.Routes = append(table.Routes, TransitRoute{Block: block, Attachment: one(g, "", g.w.Attachments[1].Name)})
		}
	case 3:
		table.Associated = table.Associated[:1]
	case 4:
		if a := any1(g, g.w.Attachments); len(a.Subnets) > 1 {
			a.Subnets = a.Subnets[1:]
		}
	}
}

// editEndpoint edits an endpoint.
func (g *generator) editEndpoint() {
	e := any1(g, g.w.Endpoints)
	if e == nil {
		return
	}
	switch g.IntN(4) {
	case 0:
		e.PrivateDNS = !e.PrivateDNS
	case 1:
		e.Groups = nil
	case 2:
		e.Policy = g.policy(e.Service)
	case 3:
		e.Tables = nil
	}
}

// useDefaultGroup gives tasks the VPC's default group.
func (g *generator) useDefaultGroup() {
	s := any1(g, g.w.Services)
	vpc := g.w.subnet(s.Subnets[0]).Vpc
	if s.Host {
		return
	}
	if d := g.w.defaultGroup(vpc); d == nil && g.chance(2) {
		d = g.group(g.w.vpc(vpc), g.rule(true, "", g.some()))
		d.Role = one(g, AdoptedGroup, NamedGroup)
		if d.Role == NamedGroup && d.Form == InlineRules {
			d.Form = SeparateRules
		}
	}
	s.Groups = nil
	if d := g.w.defaultGroup(vpc); d != nil && g.chance(2) {
		s.Groups = []string{d.Name}
	}
}

// useList lets a route or a rule name a prefix list.
func (g *generator) useList() {
	l := &List{Name: g.name("list")}
	for range 1 + g.IntN(2) {
		if b := g.some(); b != everyAddress && !slices.Contains(l.Blocks, b) {
			l.Blocks = append(l.Blocks, b)
		}
	}
	g.w.Lists = append(g.w.Lists, l)
	if t := any1(g, g.w.Tables); t != nil && g.chance(2) {
		t.Routes = append(t.Routes, Route{List: l.Name, Target: g.targetFor(t)})
		return
	}
	if s := any1(g, g.w.Groups); s != nil {
		r := g.rule(g.chance(2), "")
		r.Lists = []string{l.Name}
		s.Rules = append(s.Rules, r)
	}
}

// blockAccess turns VPC Block Public Access on.
func (g *generator) blockAccess() {
	if g.chance(3) {
		g.w.BlockPublicAccess = one(g, "block-bidirectional", "block-ingress", "")
	}
}

// addService adds a second service in the first one's network, with groups of
// its own.
func (g *generator) addService() {
	s := g.w.Services[0]
	if len(g.w.Services) > 1 || s.Host {
		return
	}
	v := g.w.vpc(g.w.subnet(s.Subnets[0]).Vpc)
	n := g.service([]*Subnet{any1(g, g.w.Subnets)}, g.group(v, g.rule(true, "", g.some()), g.out()))
	n.Subnets = s.Subnets[:1]
	n.PublicIP = g.chance(2)
}

// tidy takes out what AWS would refuse: a second internet gateway of a VPC,
// routes of a table to one and the same block, and rules that name nothing. It
// takes out as well what AWS says nothing of: packets of a NAT gateway to
// another, and which of two prefix lists with one and the same block wins.
func (w *World) tidy() {
	attached := map[string]bool{}
	for _, i := range w.Gateways {
		if attached[i.Vpc] {
			i.Vpc = ""
		}
		attached[i.Vpc] = true
	}
	for _, t := range w.Tables {
		seen, listed := map[Route]bool{}, map[netip.Prefix]bool{}
		var kept []Route
		for _, r := range t.Routes {
			key := Route{Block: r.Block.Masked(), List: r.List}
			local := r.List == "" && slices.Contains(append([]netip.Prefix{w.vpc(t.Vpc).Block6}, w.vpc(t.Vpc).Blocks...), r.Block)
			twice := r.List != "" && slices.ContainsFunc(w.list(r.List).Blocks, func(b netip.Prefix) bool { return listed[b] })
			if seen[key] || local || twice {
				continue
			}
			seen[key] = true
			kept = append(kept, r)
			if r.List != "" {
				for _, b := range w.list(r.List).Blocks {
					listed[b] = true
				}
			}
		}
		t.Routes = kept
	}
	for _, n := range w.Nats {
		s := w.subnet(n.Subnet)
		t := w.table(s.Table)
		if s.Table == "" {
			t = w.mainTable(s.Vpc)
		}
		if t != nil {
			t.Routes = slices.DeleteFunc(t.Routes, func(r Route) bool { return w.nat(r.Target) != nil })
		}
	}
	for _, g := range w.Groups {
		var kept []Rule
		for _, r := range g.Rules {
			if r.Protocol == "icmp" {
				four := r.Blocks[:0:0]
				for _, b := range r.Blocks {
					if b.Addr().Is4() {
						four = append(four, b)
					}
				}
				r.Blocks = four
			}
			if len(r.Blocks)+len(r.Groups)+len(r.Lists) > 0 || r.Self {
				kept = append(kept, r)
			}
		}
		g.Rules = kept
	}
}
