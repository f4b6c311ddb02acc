package verify

import (
	"bytes"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// verdicts are what a case expects: ingress, egress, exfiltration.
type verdicts struct{ in, out, leak Verdict }

var (
	shut = verdicts{Closed, Closed, Closed}
)

// sees asserts verdicts about the first service, and what a reader sees.
func sees(t *testing.T, l *lab, want verdicts, texts ...string) Service {
	t.Helper()
	r := decide(&l.net)
	require.NotEmpty(t, r.Services)
	s := r.Services[0]
	var b bytes.Buffer
	require.NoError(t, r.Text(&b))
	got := strings.Join(strings.Fields(b.String()), " ")
	assert.Equal(t, want, verdicts{s.InternetIngress, s.InternetEgress, s.Exfiltration}, "%s", b.String())
	for _, text := range texts {
		assert.Contains(t, got, strings.Join(strings.Fields(text), " "))
	}
	for _, line := range strings.Split(b.String(), "\n") {
		assert.LessOrEqual(t, len([]rune(line)), width, "line too long: %s", line)
	}
	return s
}

// TestEachWayIsolationIsLost begins with an isolated network and changes one
// thing, or a few that belong together.
func TestEachWayIsolationIsLost(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*isolated)
		want   verdicts
		sees   []string
	}{
		"nothing changed": {func(*isolated) {}, shut, []string{"in closed: no route of net-isolated leads answers to an internet gateway", "out closed: no route of net-isolated leads there"}},
		"an internet gateway route, and no public address": {func(i *isolated) {
			g := i.internetGateway(i.vpc, "igw")
			i.table.Routes = append(i.table.Routes, route("0.0.0.0/0", toInternet(g)))
		}, shut, []string{"in closed: app has no public IPv4 address", "out closed: app has no public IPv4 address"}},
		"a public address, and no route": {func(i *isolated) {
			i.internetGateway(i.vpc, "igw")
			i.service.Tasks.PublicIPv4 = model.Yes
		}, shut, []string{"in closed: no route of net-isolated leads answers to an internet gateway"}},
		"an internet gateway route and a public address": {func(i *isolated) {
			g := i.internetGateway(i.vpc, "igw")
			i.table.Routes = append(i.table.Routes, route("0.0.0.0/0", toInternet(g)))
			i.service.Tasks.PublicIPv4 = model.Yes
		}, verdicts{Open, Open, Closed}, []string{
			"in all traffic from 0.0.0.0/0", "-> internet gateway igw attached to VPC net",
			"-> route table net-isolated route 0.0.0.0/0 to internet gateway igw, for net-isolated-a and net-isolated-b",
			"-> security group app admits all traffic from 0.0.0.0/0", "out all traffic to 0.0.0.0/0",
		}},
		"an internet gateway that is not attached": {func(i *isolated) {
			g := &model.InternetGateway{Name: named("aws:ec2/internetGateway:InternetGateway", "igw"), Attached: model.Yes}
			i.table.Routes = append(i.table.Routes, route("0.0.0.0/0", toInternet(g)))
			i.service.Tasks.PublicIPv4 = model.Yes
		}, shut, []string{"internet gateway igw is not attached to VPC net"}},
		"a group opened to the world that nothing leads to": {func(i *isolated) {
			i.internetGateway(i.vpc, "igw")
		}, shut, nil},
		"a route through a NAT gateway of a public subnet": {func(i *isolated) {
			g := i.internetGateway(i.vpc, "igw")
			s := i.subnet(i.vpc, "public-a", "eu-west-1a", "10.0.32.0/24", table("public", route("0.0.0.0/0", toInternet(g))))
			i.table.Routes = append(i.table.Routes, route("0.0.0.0/0", toNAT(natGateway(s, "nat"))))
		}, verdicts{Closed, Open, Closed}, []string{
			"in closed: route 0.0.0.0/0 of net-isolated leads answers to NAT gateway nat",
			"-> NAT gateway nat translates to its public address, in public-a (eu-west-1a)", "zone eu-west-1b leaves through the NAT gateway of zone eu-west-1a",
		}},
		"a NAT gateway whose subnet has no route": {func(i *isolated) {
			i.internetGateway(i.vpc, "igw")
			s := i.subnet(i.vpc, "public-a", "eu-west-1a", "10.0.32.0/24", table("public"))
			i.table.Routes = append(i.table.Routes, route("0.0.0.0/0", toNAT(natGateway(s, "nat"))))
		}, shut, []string{"no route of public leads there"}},
		"a private NAT gateway": {func(i *isolated) {
			g := i.internetGateway(i.vpc, "igw")
			s := i.subnet(i.vpc, "public-a", "eu-west-1a", "10.0.32.0/24", table("public", route("0.0.0.0/0", toInternet(g))))
			n := natGateway(s, "nat")
			n.Public = model.No
			i.table.Routes = append(i.table.Routes, route("0.0.0.0/0", toNAT(n)))
		}, shut, []string{"NAT gateway nat is private: an internet gateway drops its packets"}},
		"a regional NAT gateway": {func(i *isolated) {
			i.internetGateway(i.vpc, "igw")
			n := &model.NATGateway{Name: named("aws:ec2/natGateway:NatGateway", "nat"), VPC: i.vpc, Regional: true, Public: model.Yes}
			i.table.Routes = append(i.table.Routes, route("0.0.0.0/0", toNAT(n)))
		}, verdicts{Closed, Open, Closed}, []string{"in every zone", "loss of a zone: the other zones go on"}},
		"a peering to a VPC with a NAT gateway": {func(i *isolated) {
			other := i.vpcWithNAT("other", "10.1.0.0/16")
			p := &model.Peering{Name: named("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "pcx"), VPCs: [2]*model.VPC{i.vpc, other}}
			i.table.Routes = append(i.table.Routes, route("0.0.0.0/0", model.Target{Kind: model.ToPeering, Name: p.Name, Peering: p}))
		}, shut, []string{"out closed: VPC peering connection pcx leads to no gateway: AWS carries no traffic through the other VPC's gateways"}},
		"an S3 policy left open": {func(i *isolated) { i.s3.Policy = "" }, verdicts{Closed, Closed, Open}, []string{
			"data to anybody: open: open policy of s3", "s3 OPEN policy: anybody's credentials, on anybody's resources",
		}},
		"an open S3 policy, and HTTP only": {func(i *isolated) {
			i.s3.Policy = ""
			i.group.Egress = []model.Rule{from(tcpPorts(80, 80), "0.0.0.0/0")}
		}, verdicts{Closed, Closed, Open}, []string{"open policy of s3"}},
		"an open S3 policy, and IPv6 only": {func(i *isolated) {
			i.s3.Policy = ""
			i.group.Egress = []model.Rule{from(tcpPorts(443, 443), "::/0")}
			i.service.Tasks.IPv6 = model.Yes
			for _, s := range i.service.Tasks.Subnets {
				s.HasIPv6 = model.Yes
			}
		}, verdicts{Closed, Closed, Undecided}, []string{"may be reached by IPv6, too"}},
		"an open S3 policy, and neither HTTPS nor HTTP": {func(i *isolated) {
			i.s3.Policy = ""
			i.group.Egress = []model.Rule{from(tcpPorts(81, 442), "0.0.0.0/0")}
		}, shut, []string{"allows HTTPS or HTTP to s3"}},
		"an open S3 policy that no table leads to": {func(i *isolated) { i.s3.Policy, i.s3.Tables = "", nil }, shut, []string{"s3 not reached: route table net-isolated of net-isolated-a has no route to it"}},
		"an open policy of an interface endpoint":  {func(i *isolated) { i.logs.Policy = "" }, verdicts{Closed, Closed, Open}, []string{"open policy of logs"}},
		"an open policy of an endpoint whose group admits nothing": {func(i *isolated) {
			i.logs.Policy = ""
			i.logs.Interfaces.Groups[0].Ingress = nil
		}, shut, []string{"logs not reached"}},
		"an endpoint in a subnet of its own behind an ACL": {func(i *isolated) {
			s := i.subnet(i.vpc, "endpoints", "eu-west-1a", "10.0.48.0/24", i.table)
			s.ACL.Ingress = []model.ACLEntry{entry(1, true, tcpPorts(80, 80), "0.0.0.0/0")}
			i.logs.Policy, i.logs.Interfaces.Subnets = "", []*model.Subnet{s}
		}, shut, []string{"logs not reached"}},
		"a policy that is not known": {func(i *isolated) { i.s3.PolicyKnown = false }, verdicts{Closed, Closed, Undecided}, []string{"s3: its policy is not known"}},
		"an IPv6 default route to an internet gateway": {func(i *isolated) {
			g := i.internetGateway(i.vpc, "igw")
			i.dualStack()
			i.table.Routes = append(i.table.Routes, route("::/0", toInternet(g)))
		}, verdicts{Open, Open, Closed}, []string{"all traffic from ::/0", "its tasks have an IPv6 address"}},
		"an IPv6 default route to an egress-only internet gateway": {func(i *isolated) {
			i.dualStack()
			g := &model.EgressOnlyGateway{Name: named("aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", "eigw"), VPC: i.vpc}
			i.table.Routes = append(i.table.Routes, route("::/0", model.Target{Kind: model.ToEgressOnly, Name: g.Name, EgressOnly: g}))
		}, verdicts{Closed, Open, Closed}, []string{"egress-only gateway eigw carries IPv6 out"}},
		"an IPv6 route, and no IPv6 address": {func(i *isolated) {
			g := i.internetGateway(i.vpc, "igw")
			i.dualStack()
			i.service.Tasks.IPv6 = model.No
			i.table.Routes = append(i.table.Routes, route("::/0", toInternet(g)))
		}, shut, nil},
		"NAT64": {func(i *isolated) {
			g := i.internetGateway(i.vpc, "igw")
			i.dualStack()
			s := i.subnet(i.vpc, "public-a", "eu-west-1a", "10.0.32.0/24", table("public", route("0.0.0.0/0", toInternet(g))))
			i.table.Routes = append(i.table.Routes, route("64:ff9b::/96", toNAT(natGateway(s, "nat"))))
		}, verdicts{Closed, Undecided, Closed}, []string{"NAT64"}},
		"a second route table association": {func(i *isolated) {
			i.a.Doubts = []model.Doubt{doubt(i.a.Name, "it is associated with two route tables, net-isolated and public")}
		}, verdicts{Closed, Undecided, Closed}, []string{"net-isolated-a: it is associated with two route tables, net-isolated and public"}},
		"a second route table association where there is an internet gateway": {func(i *isolated) {
			i.internetGateway(i.vpc, "igw")
			i.service.Tasks.PublicIPv4 = model.Yes
			i.a.Doubts = []model.Doubt{doubt(i.a.Name, "it is associated with two route tables")}
		}, verdicts{Undecided, Undecided, Closed}, []string{"net-isolated-a: it is associated with two route tables"}},
		"a host that checks source and destination": {func(i *isolated) {
			i.routeToHost(model.No)
		}, shut, []string{"host drops packets that are not addressed to it: its source/destination check is on"}},
		"a host that forwards, with a way out": {func(i *isolated) {
			i.routeToHost(model.Yes)
		}, verdicts{Closed, Undecided, Closed}, []string{"host: what this host does with the packets is not known"}},
		"a host that forwards, without a way out": {func(i *isolated) {
			h := i.routeToHost(model.Yes)
			h.PublicIPv4 = model.No
		}, shut, []string{"host has no way to the internet itself"}},
		"a virtual private gateway": {func(i *isolated) {
			i.table.Routes = append(i.table.Routes, route("0.0.0.0/0", to(model.ToVPNGateway, "vgw")))
		}, verdicts{Closed, Undecided, Closed}, []string{"vgw: what is behind this virtual private gateway is not known"}},
		"an ACL that tells the addresses of a gateway endpoint's service apart": {func(i *isolated) {
			i.s3.Policy = ""
			i.vpc.Endpoints = []*model.Endpoint{i.s3}
			for _, s := range []*model.Subnet{i.a, i.b} {
				s.ACL.Name = named("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "acl")
				s.ACL.Egress = append([]model.ACLEntry{entry(1, false, tcpPorts(1, 1023), "0.0.0.0/1")}, s.ACL.Egress...)
			}
		}, verdicts{Closed, Closed, Undecided}, []string{"acl: it depends on the address at the other end whether it lets it pass"}},
		"an ACL that stops what goes to a gateway endpoint's service": {func(i *isolated) {
			i.s3.Policy = ""
			i.vpc.Endpoints = []*model.Endpoint{i.s3}
			for _, s := range []*model.Subnet{i.a, i.b} {
				s.ACL.Egress = append([]model.ACLEntry{entry(1, false, tcpPorts(1, 1023), "0.0.0.0/0")}, s.ACL.Egress...)
			}
		}, shut, nil},
		"a blackhole": {func(i *isolated) {
			i.table.Routes = append(i.table.Routes, route("0.0.0.0/0", to(model.ToBlackhole, "gone")))
		}, shut, []string{"the route leads nowhere"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := newIsolated()
			tt.change(&i)
			sees(t, i.lab, tt.want, tt.sees...)
		})
	}
}

// dualStack gives subnets and tasks IPv6.
func (i *isolated) dualStack() {
	i.vpc.Blocks = append(i.vpc.Blocks, netip.MustParsePrefix("2001:db8::/56"))
	for n, s := range []*model.Subnet{i.a, i.b} {
		s.HasIPv6 = model.Yes
		s.Blocks = append(s.Blocks, blocks("2001:db8::/64", "2001:db8:0:1::/64")[n])
	}
	i.service.Tasks.IPv6 = model.Yes
}

// routeToHost routes everything to a host in a public subnet.
func (i *isolated) routeToHost(forwards model.Truth) *model.Interfaces {
	g := i.internetGateway(i.vpc, "igw")
	s := i.subnet(i.vpc, "public-a", "eu-west-1a", "10.0.32.0/24", table("public", route("0.0.0.0/0", toInternet(g))))
	h := interfaces(named("aws:ec2/instance:Instance", "host"), open(i.vpc, "host"), s)
	h.PublicIPv4, h.Forwards = model.Yes, forwards
	i.table.Routes = append(i.table.Routes, route("0.0.0.0/0", model.Target{Kind: model.ToInterface, Name: h.Name, Host: h}))
	return h
}

// vpcWithNAT is another VPC, whose private subnet leaves by a NAT gateway.
func (l *lab) vpcWithNAT(name, cidr string) *model.VPC {
	v := l.vpc(name, cidr)
	g := l.internetGateway(v, name+"-igw")
	p := netip.MustParsePrefix(cidr).Addr().As4()
	block := func(third byte) string { return netip.AddrFrom4([4]byte{p[0], p[1], third, 0}).String() + "/24" }
	s := l.subnet(v, name+"-public", "eu-west-1a", block(0), table(name+"-public", route("0.0.0.0/0", toInternet(g))))
	l.subnet(v, name+"-private", "eu-west-1a", block(1), table(name+"-private", route("0.0.0.0/0", toNAT(natGateway(s, name+"-nat")))))
	return v
}

// TestFilters is about what groups and ACLs let pass of a way that is there.
func TestFilters(t *testing.T) {
	t.Parallel()
	reachable := func() public {
		p := newPublic()
		p.service.Tasks.Subnets = []*model.Subnet{p.publicA}
		p.service.Tasks.PublicIPv4 = model.Yes
		return p
	}
	any := model.Traffic{Protocol: -1, To: 65535}
	tests := map[string]struct {
		change func(*public)
		in     Verdict
		paths  []string // of ingress: protocol, ports, addresses
	}{
		"no rule": {func(*public) {}, Closed, nil},
		"one port": {func(p *public) { p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")} }, Open,
			[]string{"tcp 443 [0.0.0.0/0]"}},
		"ports of two rules": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0"), from(tcpPorts(80, 81), "0.0.0.0/0")}
		}, Open, []string{"tcp 80-81, 443 [0.0.0.0/0]"}},
		"from a block": {func(p *public) { p.group.Ingress = []model.Rule{from(https, "203.0.113.0/24")} }, Open,
			[]string{"tcp 443 [203.0.113.0/24]"}},
		"from private addresses only": {func(p *public) { p.group.Ingress = []model.Rule{from(https, "10.0.0.0/8")} }, Closed, nil},
		"from a block that has private addresses in it": {func(p *public) { p.group.Ingress = []model.Rule{from(https, "8.0.0.0/6")} }, Open,
			[]string{"tcp 443 [8.0.0.0/6]"}},
		"from members of a group": {func(p *public) { p.group.Ingress = []model.Rule{fromGroup(any, p.group)} }, Closed, nil},
		"from a prefix list": {func(p *public) {
			p.group.Ingress = []model.Rule{{Name: named("r", "r"), Traffic: https, PrefixList: &model.PrefixList{Name: named("l", "l"), Blocks: blocks("198.51.100.0/24", "203.0.113.0/24"), Known: true}}}
		}, Open, []string{"tcp 443 [198.51.100.0/24 203.0.113.0/24]"}},
		"from a prefix list of AWS": {func(p *public) {
			p.group.Ingress = []model.Rule{{Name: named("r", "r"), Traffic: https, PrefixList: &model.PrefixList{Name: named("l", "l"), Service: "cloudfront.origin-facing", Known: true}}}
		}, Open, []string{"tcp 443 [cloudfront.origin-facing]"}},
		"from a prefix list that is not known": {func(p *public) {
			p.group.Ingress = []model.Rule{{Name: named("r", "r"), Traffic: https, PrefixList: &model.PrefixList{Name: named("l", "l")}}}
		}, Undecided, []string{"? tcp 443 [0.0.0.0/0]"}},
		"a rule that is not known": {func(p *public) {
			p.group.Ingress = []model.Rule{{Name: named("r", "r"), Traffic: https, Unknown: "its block is not known"}}
		}, Undecided, []string{"? tcp 443 [0.0.0.0/0]"}},
		"a known rule beside one that is not": {func(p *public) {
			p.group.Ingress = []model.Rule{{Name: named("r", "r"), Traffic: https, Unknown: "its block is not known"}, from(https, "203.0.113.0/24")}
		}, Open, nil},
		"icmp": {func(p *public) {
			p.group.Ingress = []model.Rule{from(model.Traffic{Protocol: 1, From: 8, To: -1}, "0.0.0.0/0")}
		}, Open, []string{"icmp all [0.0.0.0/0]"}},
		"icmp messages that nobody answers": {func(p *public) {
			p.group.Ingress = []model.Rule{from(model.Traffic{Protocol: 1, From: 3, To: 4}, "0.0.0.0/0")}
		}, Closed, nil},
		"a protocol number": {func(p *public) {
			p.group.Ingress = []model.Rule{from(model.Traffic{Protocol: 47, To: 65535}, "0.0.0.0/0")}
		}, Open, []string{"47 all [0.0.0.0/0]"}},
		"an ACL that stops requests": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
			p.publicA.ACL.Ingress = []model.ACLEntry{entry(1, false, https, "0.0.0.0/0"), entry(2, true, any, "0.0.0.0/0")}
		}, Closed, nil},
		"an ACL that stops answers": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
			p.publicA.ACL.Egress = nil
		}, Closed, nil},
		"an ACL that lets answers to a few ports pass": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
			p.publicA.ACL.Egress = []model.ACLEntry{entry(1, true, tcpPorts(5, 5), "0.0.0.0/0")}
		}, Open, []string{"tcp 443 [0.0.0.0/0]"}},
		"an ACL whose first entry wins": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
			p.publicA.ACL.Ingress = []model.ACLEntry{entry(1, true, https, "203.0.113.0/24"), entry(2, false, any, "0.0.0.0/0"), entry(3, true, any, "0.0.0.0/0")}
		}, Open, []string{"tcp 443 [203.0.113.0/24]"}},
		"an ACL that is not known": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
			p.publicA.ACL = nil
		}, Undecided, []string{"? tcp 443 [0.0.0.0/0]"}},
		"an ACL with a doubt": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
			p.publicA.ACL.Doubts = []model.Doubt{doubt(p.publicA.ACL.Name, "an entry is not known")}
		}, Undecided, []string{"? tcp 443 [0.0.0.0/0]"}},
		"block public access": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
			p.vpc.BlocksPublicIngress = model.Yes
		}, Closed, nil},
		"block public access, with an exclusion": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
			p.vpc.BlocksPublicIngress, p.publicA.ExcludedIngress = model.Yes, model.Yes
		}, Open, []string{"tcp 443 [0.0.0.0/0]"}},
		"block public access that is not known": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
			p.vpc.BlocksPublicIngress = model.Maybe
		}, Undecided, []string{"? tcp 443 [0.0.0.0/0]"}},
		"a more specific route elsewhere": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "203.0.113.0/24")}
			p.publicTable.Routes = append(p.publicTable.Routes, route("203.0.113.0/24", to(model.ToVPNGateway, "vgw")))
		}, Closed, nil},
		"a longer prefix for a part": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "203.0.113.0/24")}
			p.publicTable.Routes = append(p.publicTable.Routes, route("203.0.113.0/25", to(model.ToVPNGateway, "vgw")))
		}, Open, []string{"tcp 443 [203.0.113.128/25]"}},
		"an edge table that leads to a firewall": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
			p.gateway.Ingress = table("edge", route("10.0.0.0/24", to(model.ToEndpoint, "firewall")))
		}, Undecided, []string{"? tcp 443 [0.0.0.0/0]"}},
		"an edge table for another subnet": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
			p.gateway.Ingress = table("edge", route("10.0.1.0/24", to(model.ToEndpoint, "firewall")))
		}, Open, []string{"tcp 443 [0.0.0.0/0]"}},
		"candidates of which one is private": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
			p.service.Tasks.Subnets, p.service.Tasks.SubnetsAreCandidates = []*model.Subnet{p.publicA, p.a}, true
		}, Undecided, []string{"? tcp 443 [0.0.0.0/0]"}},
		"candidates that agree": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
			p.service.Tasks.Subnets, p.service.Tasks.SubnetsAreCandidates = []*model.Subnet{p.publicA, p.publicB}, true
		}, Open, nil},
		"two subnets of which one is private": {func(p *public) {
			p.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
			p.service.Tasks.Subnets = []*model.Subnet{p.publicA, p.a}
		}, Open, []string{"tcp 443 [0.0.0.0/0]"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := reachable()
			tt.change(&p)
			s := p.decide(t)
			assert.Equal(t, tt.in, s.InternetIngress, "%v", s)
			if tt.paths == nil && tt.in != Closed {
				return
			}
			var got []string
			for _, x := range s.Paths {
				if x.Direction == Ingress {
					mark := ""
					if x.Verdict == Undecided {
						mark = "? "
					}
					got = append(got, mark+x.Protocol+" "+x.Ports+" ["+strings.Join(x.Addresses, " ")+"]")
				}
			}
			slices.Sort(got)
			assert.Equal(t, tt.paths, got)
		})
	}
}
