package draw

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"

	"github.com/ecsnet/pulumi-ecsnet/verify"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// marked are the lines of a picture that are part of a path, in words.
func marked(s *system) []string {
	var out []string
	for _, p := range look(s.network, s.report).vpcs {
		for _, g := range p.gates {
			for _, f := range []struct {
				flow
				direction string
			}{{g.ingress, "in"}, {g.egress, "out"}} {
				if f.level > plain {
					out = append(out, g.name+": "+strings.Join(f.lines(f.direction), ", "))
				}
			}
		}
		for _, e := range p.edges {
			if e.level > plain {
				out = append(out, fmt.Sprintf("%s: %s to %s", map[level]string{undecided: "undecided", open: "open"}[e.level], p.called(e.from), p.called(e.to)))
			}
		}
	}
	slices.Sort(out)
	return out
}

// called is the end of a line in words: a bar with the zone where it is met, and
// a prime for each row above it.
func (p *panel) called(e end) string {
	switch {
	case e.cell != nil:
		return e.cell.name
	case e.bar != nil:
		zone := p.zones[e.col]
		return e.bar.name + "/" + zone[len(zone)-1:] + strings.Repeat("'", e.bar.row)
	case e.gate != nil:
		return e.gate.name
	}
	return e.side.name
}

// TestMarks holds which lines are marked as parts of paths.
func TestMarks(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		system func() *system
		want   []string
	}{
		"nothing is open": {isolatedService, nil},
		"a route added to one zone marks that zone": {isolatedWithARoute, []string{
			"open: sample/a to somebodys-gateway",
			"open: somebodys-gateway to sample/a",
			"somebodys-gateway: OPEN in: tcp 22",
			"somebodys-gateway: OPEN out: tcp 443",
		}},
		"in by the balancer, out by each zone's NAT gateway": {natBehindBalancer, []string{
			"net-igw: OPEN in: tcp 80",
			"net-igw: OPEN out: tcp 443",
			"open: front/a to web/a'",
			"open: net-igw to front/a",
			"open: net-nat-a/a to net-igw",
			"open: net-nat-b/b to net-igw",
			"open: web/a' to net-nat-a/a",
			"open: web/b' to net-nat-b/b",
		}},
		"one NAT gateway for all zones": {twelveServices, []string{
			"net-igw: OPEN in: tcp 443, tcp 8443 from 203.0.113.0/24",
			"net-igw: OPEN out: tcp 443",
			"open: front/a to web/a'",
			"open: mail/a' to net-nat-a/a",
			"open: mail/c' to net-nat-a/a",
			"open: net-igw to front/a",
			"open: net-igw to stream/b",
			"open: net-nat-a/a to net-igw",
			"open: shop/a' to net-nat-a/a",
			"open: shop/b' to net-nat-a/a",
			"open: shop/c' to net-nat-a/a",
			"open: stream/b to shop/b'",
			"open: web/a' to net-nat-a/a",
			"open: web/b' to net-nat-a/a",
			"open: web/c' to net-nat-a/a",
		}},
		"through a transit gateway and another VPC": {severalNetworks, []string{
			"hub-igw: OPEN out: tcp 443",
			"open: backbone to hub/b'",
			"open: hub-nat-a/a to hub-igw",
			"open: hub/a' to hub-nat-a/a",
			"open: hub/b' to hub-nat-a/a",
			"open: worker/a to backbone",
			"open: worker/b to backbone",
		}},
		"not to other VPCs of the transit gateway": {func() *system {
			s := severalNetworks()
			tools, transit := s.network.VPCs[2], s.network.TransitGateways[0]
			transit.Attachments = append(transit.Attachments, &model.TransitAttachment{Name: named("aws:ec2transitgateway/vpcAttachment:VpcAttachment", "tools"), VPC: tools, Subnets: tools.Subnets})
			return s
		}, []string{
			"hub-igw: OPEN out: tcp 443",
			"open: backbone to hub/b'",
			"open: hub-nat-a/a to hub-igw",
			"open: hub/a' to hub-nat-a/a",
			"open: hub/b' to hub-nat-a/a",
			"open: worker/a to backbone",
			"open: worker/b to backbone",
		}},
		"through a transit gateway that the path names by its table": {func() *system {
			s := severalNetworks()
			transit := s.network.TransitGateways[0]
			table := &model.TransitTable{Name: named("aws:ec2transitgateway/routeTable:RouteTable", "table")}
			transit.Tables = []*model.TransitTable{table}
			for i := range s.report.Services[0].Paths {
				s.report.Services[0].Paths[i].Hops[2].URN = table.URN
			}
			return s
		}, []string{
			"hub-igw: OPEN out: tcp 443",
			"open: backbone to hub/b'",
			"open: hub-nat-a/a to hub-igw",
			"open: hub/a' to hub-nat-a/a",
			"open: hub/b' to hub-nat-a/a",
			"open: worker/a to backbone",
			"open: worker/b to backbone",
		}},
		"protocols of which everything passes": {func() *system {
			s := natBehindBalancer()
			for i, protocol := range []string{"udp", "tcp", "icmp"} {
				s.report.Services[0].Paths[i].Direction = verify.Egress
				s.report.Services[0].Paths[i].Protocol, s.report.Services[0].Paths[i].Ports = protocol, "all"
				s.report.Services[0].Paths[i].Hops = s.report.Services[0].Paths[2].Hops
			}
			return s
		}, []string{
			"net-igw: OPEN out: all icmp, tcp, udp",
			"open: net-nat-b/b to net-igw",
			"open: web/b' to net-nat-b/b",
		}},
		"from the subnet that the path names, of two in a zone": {func() *system {
			s := newSystem()
			v := s.vpc("net", "10.0.0.0/16")
			g := internet(v, "igw")
			a := subnet(v, "a", "us-east-1a", "10.0.0.0/24", toInternet(g))
			b := subnet(v, "b", "us-east-1a", "10.0.1.0/24", toInternet(g))
			job := s.service("job", verify.Closed, verify.Open, verify.Closed, a, b)
			s.path(job, out(verify.Open, job.Name, b.Table.Name, g.Name))
			return s
		}, []string{"igw: OPEN out: tcp 443", "open: job/a' to igw"}},
		"by an API and its VPC link": {apiInFront, []string{
			"front-api: OPEN in: tcp 443",
			"open: front-api to front-link/a",
			"open: front-link/a to orders/a",
		}},
		"a path that names route tables and no subnet": {func() *system {
			s := natBehindBalancer()
			web := s.network.Services[0]
			s.report.Services[0].Paths = nil
			private := s.network.VPCs[0].Subnets[3]
			n := private.Table.Routes[0].Target.NAT
			s.path(web, out(verify.Open, web.Name, private.Table.Name, n.Name, n.Subnet.Table.Name, s.network.VPCs[0].InternetGateways[0].Name))
			return s
		}, []string{
			"net-igw: OPEN out: tcp 443",
			"open: net-nat-b/b to net-igw",
			"open: web/b' to net-nat-b/b",
		}},
		"open wins where an undecided path goes along too": {func() *system {
			s := natBehindBalancer()
			web := s.network.Services[0]
			for i := range s.report.Services[0].Paths[:2] {
				s.report.Services[0].Paths[i].Verdict = verify.Undecided
			}
			other := s.service("other", verify.Closed, verify.Open, verify.Closed, web.Tasks.Subnets[0])
			s.path(other, s.report.Services[0].Paths[1])
			s.report.Services[1].Paths[0].Verdict = verify.Open
			late := s.service("too-late", verify.Closed, verify.Undecided, verify.Closed, web.Tasks.Subnets[0])
			s.path(late, s.report.Services[0].Paths[1])
			return s
		}, []string{
			"net-igw: OPEN out: tcp 443",
			"net-igw: undecided in: tcp 80",
			"open: net-nat-a/a to net-igw",
			"open: net-nat-b/b to net-igw",
			"open: other/a' to net-nat-a/a",
			"open: web/b' to net-nat-b/b",
			"undecided: front/a to web/a'",
			"undecided: net-igw to front/a",
			"undecided: too-late/a' to net-nat-a/a",
			"undecided: web/a' to net-nat-a/a",
		}},
		"straight to tasks with public addresses, in the zones with a route": {func() *system {
			s := newSystem()
			v := s.vpc("net", "10.0.0.0/16")
			g := internet(v, "igw")
			a := subnet(v, "a", "us-east-1a", "10.0.0.0/24", toInternet(g))
			b := subnet(v, "b", "us-east-1b", "10.0.1.0/24", toInternet(g))
			c := subnet(v, "c", "us-east-1c", "10.0.2.0/24")
			game := s.service("game", verify.Open, verify.Closed, verify.Closed, a, b, c)
			s.path(game, in(verify.Open, "udp", "7777", "0.0.0.0/0", g.Name, game.Name))
			return s
		}, []string{"igw: OPEN in: udp 7777", "open: igw to game/a", "open: igw to game/b"}},
		"a regional NAT gateway": {func() *system {
			s := newSystem()
			v := s.vpc("net", "10.0.0.0/16")
			n := &model.NATGateway{Name: named("aws:ec2/natGateway:NatGateway", "regional"), VPC: v, Regional: true, Public: model.Yes}
			a := subnet(v, "a", "us-east-1a", "10.0.0.0/24", toNAT(n))
			job := s.service("job", verify.Closed, verify.Open, verify.Closed, a)
			s.path(job, out(verify.Open, job.Name, n.Name))
			return s
		}, []string{"open: job/a to regional", "regional: OPEN out: tcp 443"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, marked(tt.system())); diff != "" {
				t.Errorf("marked lines (-want +got):\n%s", diff)
			}
		})
	}
}

// TestWords holds that a picture says in words what it shows, in its own text
// and in that of the flowchart.
func TestWords(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		system  func() *system
		says    []string
		saysNot []string
	}{
		"isolated": {
			isolatedService,
			[]string{"1 service, isolated", "no internet path to or from its services", "in, out, data closed", "isolated subnet", "no route out: local only", "limited: principals of account 123456789012", "takes no policy", "reached by sample", "us-east-1a", "10.0.128.0/18"},
			[]string{"OPEN"},
		},
		"open": {
			isolatedWithARoute,
			[]string{"2 services: 1 open to or from the internet", "in, out, data OPEN", "OPEN policy: anybody's tables", "public subnet", "0.0.0.0/0 → somebodys-gateway", "OPEN in: tcp 22"},
			[]string{"no internet path"},
		},
		"undecided": {
			oddNames,
			[]string{"in, out, data undecided", "it may have more ways in and out", "zone not known", "may be any"},
			[]string{"<script>", "\u202e", "isolated"},
		},
		"zones that depend on another": {
			twelveServices,
			[]string{"Tasks in us-east-1b leave through net-nat-a in us-east-1a", "one of its egress rules has a block that is not known yet", "reached by all 12 services"},
			nil,
		},
		"beside the VPCs": {
			severalNetworks,
			[]string{"VPC peering connection", "transit gateway", "leads out of this stack", "attached to backbone", "policy undecided"},
			nil,
		},
		"what a route leads to and is not there": {
			func() *system {
				s := newSystem()
				v := s.vpc("net", "10.0.0.0/16")
				lost := &model.NATGateway{Name: named("aws:ec2/natGateway:NatGateway", "lost"), Public: model.Maybe}
				subnet(v, "a", "us-east-1a", "10.0.0.0/24", toNAT(lost), model.Route{Destinations: []netip.Prefix{block("10.9.0.0/16")}, Sure: model.Yes, Target: model.Target{Kind: model.ToPeering, Name: model.Name{ID: "pcx-1"}}},
					model.Route{Destinations: []netip.Prefix{block("10.8.0.0/16")}, Sure: model.Maybe, Target: model.Target{Kind: model.ToVPNGateway, Name: named("aws:ec2/vpnGateway:VpnGateway", "office")}})
				return s
			},
			[]string{"lost NAT gateway its subnet is not known", "pcx-1 VPC peering connection not in this stack", "office virtual private gateway leads out of this stack", "10.8.0.0/16 → office?"},
			[]string{"isolated"},
		},
		"nothing": {newSystem, []string{"0 VPCs, no service"}, []string{"isolated", "closed"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			picture := parse(t, written(t, "svg", tt.system()))
			var said []string
			for _, text := range picture.texts {
				if text.top < picture.height-70 { // above the legend
					said = append(said, text.what)
				}
			}
			all := strings.Join(said, " ")
			for _, want := range tt.says {
				if !strings.Contains(all, want) {
					t.Errorf("it does not say %q in:\n%s", want, all)
				}
			}
			for _, bad := range tt.saysNot {
				if bad != "<script>" && strings.Contains(all, bad) {
					t.Errorf("it says %q in:\n%s", bad, all)
				}
				if bad == "<script>" && picture.elements["script"] > 0 {
					t.Error("a name became an element")
				}
			}
		})
	}
}

// TestNobodyIsIsolatedUnasked: what the report does not speak of is undecided,
// whatever the network looks like.
func TestNobodyIsIsolatedUnasked(t *testing.T) {
	t.Parallel()
	s := isolatedService()
	s.report = &verify.Report{}
	p := look(s.network, s.report)
	b := p.vpcs[0].rows[0].bars[0]
	if b.shut || b.level != undecided || p.vpcs[0].closed {
		t.Errorf("a service without a verdict is drawn as decided: %+v", b)
	}
	if diff := cmp.Diff([]word{{text: "in, out, data undecided", level: undecided}}, b.words, cmp.AllowUnexported(word{})); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
}

// TestRows holds how subnets come into rows.
func TestRows(t *testing.T) {
	t.Parallel()
	// rows are the names of the subnets, by row and zone; "-" where there is none.
	rows := func(s *system) []string {
		var out []string
		for _, r := range look(s.network, s.report).vpcs[0].rows {
			var names []string
			for _, c := range r.cells {
				if c == nil {
					names = append(names, "-")
					continue
				}
				names = append(names, c.name)
			}
			out = append(out, strings.Join(names, " "))
		}
		return out
	}
	tests := map[string]struct {
		system func() *system
		want   []string
	}{
		"public above private above isolated":                         {twelveServices, []string{"net-public-a net-public-b net-public-c", "net-private-a net-private-b net-private-c", "data-a data-b data-c"}},
		"a service holds its subnets together, whatever their routes": {isolatedWithARoute, []string{"net-private-a net-private-b"}},
		"two subnets of a zone make two rows": {func() *system {
			s := newSystem()
			v := s.vpc("net", "10.0.0.0/16")
			a, b, c := subnet(v, "a1", "a", "10.0.0.0/24"), subnet(v, "a2", "a", "10.0.1.0/24"), subnet(v, "b1", "b", "10.0.2.0/24")
			s.service("all", verify.Closed, verify.Closed, verify.Closed, a, b, c)
			return s
		}, []string{"a1 b1", "a2 -"}},
		"a zone that is not known comes last": {func() *system {
			s := newSystem()
			v := s.vpc("net", "10.0.0.0/16")
			subnet(v, "x", "", "10.0.0.0/24")
			subnet(v, "y", "z", "10.0.1.0/24")
			return s
		}, []string{"y x"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, rows(tt.system())); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestKindsOfTraffic(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ labels, want []string }{
		{[]string{"tcp 80", "tcp 80, 443"}, []string{"tcp 80, 443"}},
		{[]string{"tcp 80", "udp 80, 443", "tcp 443"}, []string{"tcp 443", "tcp 80", "udp 80, 443"}},
		{[]string{"tcp 80", "tcp 80, 443 from 203.0.113.0/24"}, []string{"tcp 80", "tcp 80, 443 from 203.0.113.0/24"}},
		{[]string{"tcp 80", "tcp 8000-8010", "all udp"}, []string{"all udp", "tcp 80", "tcp 8000-8010"}},
		{[]string{"tcp 80", "all traffic"}, []string{"all traffic"}},
	} {
		assert.Equal(t, tt.want, flow{labels: tt.labels}.kinds())
	}
}
