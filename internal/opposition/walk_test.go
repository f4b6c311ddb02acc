package opposition

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
)

// house is a network in which a task can be reached on port 443 of TCP from
// anywhere, and reaches everything itself.
func house() *World {
	return &World{
		Vpcs:     []*Vpc{{Name: "vpc", Blocks: []netip.Prefix{prefix("10.0.0.0/16")}, DNS: true}},
		Gateways: []*Gateway{{Name: "igw", Vpc: "vpc"}},
		Tables: []*Table{
			{Name: "public", Vpc: "vpc", Role: OwnTable, Routes: []Route{{Block: everyAddress, Target: "igw"}}},
			{Name: "private", Vpc: "vpc", Role: OwnTable, Routes: []Route{{Block: everyAddress, Target: "nat"}}},
		},
		Subnets: []*Subnet{
			{Name: "street", Vpc: "vpc", Zone: "a", Block: prefix("10.0.0.0/24"), Table: "public"},
			{Name: "yard", Vpc: "vpc", Zone: "a", Block: prefix("10.0.1.0/24"), Table: "private"},
		},
		Nats: []*Nat{{Name: "nat", Subnet: "street"}},
		Groups: []*Group{{Name: "group", Vpc: "vpc", Role: OwnGroup, Rules: []Rule{
			{In: true, Protocol: "tcp", From: 443, To: 443, Blocks: []netip.Prefix{everyAddress, everyAddress6}},
			{Protocol: "-1", Blocks: []netip.Prefix{everyAddress, everyAddress6}},
		}}},
		Services: []*Service{{Name: "service", Subnets: []string{"street"}, Groups: []string{"group"}, PublicIP: true, Port: 8080}},
	}
}

// behind moves the tasks behind the NAT gateway.
func behind(w *World) {
	w.Services[0].Subnets, w.Services[0].PublicIP = []string{"yard"}, false
}

// fence puts an ACL before a subnet that allows everything but these entries.
func fence(w *World, subnet string, entries ...Entry) {
	a := &Acl{Name: "fence", Vpc: "vpc", Entries: []Entry{
		{Number: 900, In: true, Allow: true, Protocol: "-1", Block: everyAddress},
		{Number: 900, Allow: true, Protocol: "-1", Block: everyAddress},
	}}
	a.Entries = append(a.Entries, entries...)
	w.Acls = append(w.Acls, a)
	w.subnet(subnet).Acl = "fence"
}

// six gives the VPC and its first subnet IPv6, with a default route.
func sixth(target string) func(*World) {
	return func(w *World) {
		w.Vpcs[0].Block6, w.Subnets[0].Block6 = prefix("2600:1f00:1::/56"), prefix("2600:1f00:1::/64")
		w.EgressOnly = []*EgressOnly{{Name: "eigw", Vpc: "vpc"}}
		w.Tables[0].Routes = []Route{{Block: everyAddress6, Target: target}}
		w.Services[0].PublicIP = false
	}
}

// TestWalker holds the walker itself, on cases whose answer can be seen.
func TestWalker(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		edit    func(*World)
		in, out bool
	}{
		"nothing wrong":                      {func(*World) {}, true, true},
		"a public address with no route":     {func(w *World) { w.Tables[0].Routes = nil }, false, false},
		"a route with no public address":     {func(w *World) { w.Services[0].PublicIP = false }, false, false},
		"a gateway that is not attached":     {func(w *World) { w.Gateways[0].Vpc = "" }, false, false},
		"the main table leads nowhere":       {func(w *World) { w.Subnets[0].Table = "" }, false, false},
		"the main table is ours":             {func(w *World) { w.Subnets[0].Table = ""; w.Tables[0].Role = AssociatedMain }, true, true},
		"no rule":                            {func(w *World) { w.Groups[0].Rules = nil }, false, false},
		"only a rule for ingress":            {func(w *World) { w.Groups[0].Rules = w.Groups[0].Rules[:1] }, true, false},
		"a rule for another port":            {func(w *World) { w.Groups[0].Rules[0].From, w.Groups[0].Rules[0].To = 80, 442 }, false, true},
		"a rule for other addresses":         {func(w *World) { w.Groups[0].Rules[0].Blocks = []netip.Prefix{prefix("128.0.0.0/1")} }, false, true},
		"a rule that refers to a group":      {func(w *World) { w.Groups[0].Rules[0].Blocks = nil; w.Groups[0].Rules[0].Groups = []string{"group"} }, false, true},
		"the default group admits itself":    {func(w *World) { w.Services[0].Groups = nil }, false, true},
		"a more specific route elsewhere":    {func(w *World) { moreSpecific(w) }, false, false},
		"NAT":                                {behind, false, true},
		"NAT that is private":                {func(w *World) { behind(w); w.Nats[0].Private = true }, false, false},
		"NAT whose subnet has no way out":    {func(w *World) { behind(w); w.Tables[0].Routes = nil }, false, false},
		"NAT and a public address beside it": {func(w *World) { behind(w); w.Services[0].PublicIP = true }, false, true},
		"blocked in both directions":         {func(w *World) { w.BlockPublicAccess = "block-bidirectional" }, false, false},
		"blocked inwards":                    {func(w *World) { w.BlockPublicAccess = "block-ingress" }, false, false},
		"NAT, blocked inwards":               {func(w *World) { behind(w); w.BlockPublicAccess = "block-ingress" }, false, true},
		"NAT, blocked in both directions":    {func(w *World) { behind(w); w.BlockPublicAccess = "block-bidirectional" }, false, false},
		"IPv6 to an internet gateway":        {sixth("igw"), true, true},
		"IPv6 to an egress-only gateway":     {sixth("eigw"), false, true},
		"a peering connection to a VPC with NAT": {func(w *World) {
			w.Peerings = []*Peering{{Name: "peering", Vpc: "vpc", Peer: "vpc"}}
			w.Tables[0].Routes[0].Target = "peering"
		}, false, false},
		"an ACL that stops the port": {func(w *World) {
			fence(w, "street", Entry{Number: 1, In: true, Protocol: "tcp", From: 443, To: 443, Block: everyAddress})
		}, false, true},
		"an ACL that stops every answer": {func(w *World) {
			fence(w, "street", Entry{Number: 1, Protocol: "tcp", From: 1, To: 65535, Block: everyAddress})
		}, false, false},
		"an ACL that leaves one port for answers": {func(w *World) {
			fence(w, "street", Entry{Number: 1, Protocol: "tcp", From: 2, To: 65535, Block: everyAddress})
		}, true, false},
		"an ACL whose first entry allows": {func(w *World) {
			fence(w, "street", Entry{Number: 2, In: true, Protocol: "-1", Block: everyAddress},
				Entry{Number: 1, In: true, Allow: true, Protocol: "tcp", From: 443, To: 443, Block: everyAddress})
		}, true, true}, // Out as well: a task may connect from port 443.
		"an ACL between the task and its NAT gateway": {func(w *World) {
			behind(w)
			fence(w, "street", Entry{Number: 1, In: true, Protocol: "-1", Block: prefix("10.0.1.0/24")})
		}, false, false},
		"an ACL that stops what comes back to the NAT gateway": {func(w *World) {
			behind(w)
			fence(w, "street", Entry{Number: 1, In: true, Protocol: "tcp", From: 1024, To: 65535, Block: everyAddress})
		}, false, false},
		"the same ports before the tasks leave theirs below": {func(w *World) {
			behind(w)
			fence(w, "yard", Entry{Number: 1, In: true, Protocol: "tcp", From: 1024, To: 65535, Block: everyAddress})
		}, false, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := house()
			tt.edit(w)
			k := Walker{w}
			assert.Equal(t, tt.in, k.anybody(TCP, 443, k.FromInternet), "from the internet")
			assert.Equal(t, tt.out, k.anybody(TCP, 80, k.ToInternet), "to the internet")
			assert.False(t, k.anybody(TCP, 444, k.FromInternet), "no rule admits port 444")
		})
	}
}

// moreSpecific lays two halves over the default route.
func moreSpecific(w *World) {
	w.Peerings = []*Peering{{Name: "peering", Vpc: "vpc", Peer: "vpc"}}
	w.Tables[0].Routes = append(w.Tables[0].Routes,
		Route{Block: prefix("0.0.0.0/1"), Target: "peering"}, Route{Block: prefix("128.0.0.0/1"), Target: "peering"})
}

// anybody asks about one address of each family.
func (k Walker) anybody(p Protocol, port int, ask func(*Service, netip.Addr, Protocol, int) bool) bool {
	return ask(k.World.Services[0], netip.MustParseAddr("8.8.8.8"), p, port) ||
		ask(k.World.Services[0], netip.MustParseAddr("2606:4700::1111"), p, port)
}

// TestGenerate holds that the worlds are ones that AWS would take, that both
// answers to every question are common among them, and that a seed always
// makes the same one.
func TestGenerate(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	const n = 1500
	for seed := range uint64(n) {
		w := Generate(seed)
		if !w.valid() {
			t.Fatalf("seed %d is not valid\n%s", seed, w)
		}
		if seed%50 == 0 {
			assert.Equal(t, string(w.Export(seed)), string(Generate(seed).Export(seed)), "seed %d", seed)
		}
		k := Walker{w}
		had := map[string]bool{}
		for _, s := range w.Services {
			for _, p := range w.Points(nil, nil).Probes() {
				had["in"] = had["in"] || k.FromInternet(s, p.Address, p.Protocol, p.Port)
				had["out"] = had["out"] || k.ToInternet(s, p.Address, p.Protocol, p.Port)
				for _, b := range w.Balancers {
					had["balanced"] = had["balanced"] || k.ThroughBalancer(s, b, p.Address, p.Protocol, p.Port)
				}
			}
			for _, l := range w.Links {
				had["linked"] = had["linked"] || k.ThroughLink(s, l)
			}
			for _, e := range w.Endpoints {
				had["endpoint"] = had["endpoint"] || k.Uses(s, e)
				had["policy "+e.Lets()] = true
			}
		}
		for what, yes := range had {
			if yes {
				count[what]++
			}
		}
	}
	for what, least := range map[string]int{
		"in": n / 8, "out": n / 4, "balanced": n / 15, "linked": n / 30, "endpoint": n / 30,
		"policy open": n / 60, "policy limited": n / 60, "policy none": n / 120,
	} {
		assert.GreaterOrEqual(t, count[what], least, what)
		assert.LessOrEqual(t, count[what], n/2, what)
	}
}

// TestShrink holds that what does not matter is taken out.
func TestShrink(t *testing.T) {
	t.Parallel()
	w := house()
	fence(w, "yard")
	small := w.Shrink(func(w *World) bool { return len(w.Services) > 0 && Walker{w}.anybody(TCP, 443, Walker{w}.FromInternet) })
	assert.Equal(t, `shape ""
Vpcs        {vpc Blocks=[10.0.0.0/16] DNS}
Subnets     {street Vpc=vpc Zone=a Block=10.0.0.0/24 Table=public}
Tables      {public Vpc=vpc Role=own Routes=[{Block=0.0.0.0/0 Target=igw}]}
Gateways    {igw Vpc=vpc}
Groups      {group Vpc=vpc Role=own Rules=[{In Protocol=tcp From=443 To=443 Blocks=[0.0.0.0/0]}]}
Services    {service Subnets=[street] Groups=[group] PublicIP Port=8080}
`, small.String())
}
