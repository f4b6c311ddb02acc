package verify

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// networks are what doubts are cast on: each way in and out that there is.
var networks = map[string]func() *lab{
	"isolated": func() *lab { i := newIsolated(); return i.lab },
	"isolated beside an open policy": func() *lab {
		i := newIsolated()
		i.s3.Policy, i.logs.Policy = "", ""
		return i.lab
	},
	"tasks with public addresses": func() *lab {
		i := newIsolated()
		i.table.Routes = append(i.table.Routes, route("0.0.0.0/0", toInternet(i.internetGateway(i.vpc, "igw"))))
		i.service.Tasks.PublicIPv4 = model.Yes
		return i.lab
	},
	"IPv6": func() *lab {
		i := newIsolated()
		i.dualStack()
		i.table.Routes = append(i.table.Routes, route("::/0", toInternet(i.internetGateway(i.vpc, "igw"))))
		return i.lab
	},
	"an egress-only gateway": func() *lab {
		i := newIsolated()
		i.dualStack()
		g := &model.EgressOnlyGateway{Name: named("aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", "eigw"), VPC: i.vpc}
		i.table.Routes = append(i.table.Routes, route("::/0", model.Target{Kind: model.ToEgressOnly, Name: g.Name, EgressOnly: g}))
		return i.lab
	},
	"a host in the way":              func() *lab { i := newIsolated(); i.routeToHost(model.Yes); return i.lab },
	"NAT gateways":                   func() *lab { p := newPublic(); return p.lab },
	"behind an application balancer": func() *lab { b := newBehind("application"); return b.lab },
	"behind a network balancer that keeps addresses": func() *lab {
		b := newBehind("network")
		b.ungrouped()
		b.target.KeepsClientAddress = model.Yes
		b.group.Ingress = []model.Rule{from(web, "0.0.0.0/0")}
		return b.lab
	},
	"behind two balancers": func() *lab {
		b := newBehind("application")
		b.front.Internal = model.Yes
		b.chained(https)
		return b.lab
	},
	"centralised egress": func() *lab { h := newHub(); return h.lab },
	"an API": func() *lab {
		i := newIsolated()
		integ := &model.Integration{
			Name: named("aws:apigatewayv2/integration:Integration", "integration"), Traffic: web, Services: []*model.Service{i.service},
			Link: interfaces(named("aws:apigatewayv2/vpcLink:VpcLink", "link"), open(i.vpc, "link"), i.a, i.b),
		}
		i.net.APIs = append(i.net.APIs, &model.API{Name: named("aws:apigatewayv2/api:Api", "api"), Public: model.Yes, Integrations: []*model.Integration{integ}})
		return i.lab
	},
}

// spoiler hides something about a network, or casts a doubt on it.
type spoiler struct {
	name  string
	spoil func()
}

// spoilers are everything that can be hidden about a network.
func spoilers(l *lab) []spoiler {
	s := &spoiling{seen: map[any]bool{}}
	n := &l.net
	s.doubts("network", model.Name{URN: "urn:pulumi:dev::lab::x:y:Z::elsewhere"}, &n.Doubts)
	for _, v := range n.VPCs {
		s.doubts("VPC", v.Name, &v.Doubts)
		s.truth("VPC block public ingress", &v.BlocksPublicIngress)
		s.truth("VPC block public egress", &v.BlocksPublicEgress)
		for _, g := range v.InternetGateways {
			s.truth("internet gateway attached", &g.Attached)
			s.table(g.Ingress)
		}
		for _, x := range v.Subnets {
			s.subnet(x)
		}
		for _, e := range v.Endpoints {
			s.doubts("endpoint", e.Name, &e.Doubts)
			s.truth("private DNS", &e.PrivateDNS)
			s.add("policy of "+e.Service, func() { e.PolicyKnown = false })
			s.add("service of endpoint "+e.Service, func() { e.Service = "com.amazonaws.vpce.eu-west-1.vpce-svc-1" })
			s.interfaces(e.Interfaces)
			if e.Kind == "Interface" {
				s.add("interfaces of endpoint", func() { e.Interfaces = nil })
			}
			s.add("tables of endpoint", func() { e.Tables, e.Doubts = nil, append(e.Doubts, doubt(e.Name, "its tables are not known")) })
		}
	}
	for _, g := range n.TransitGateways {
		s.doubts("transit gateway", g.Name, &g.Doubts)
		for _, x := range g.Attachments {
			s.doubts("attachment", x.Name, &x.Doubts)
			s.add("VPC of attachment", func() { x.VPC, x.Doubts = nil, append(x.Doubts, doubt(x.Name, "its vpcId is not known")) })
			s.add("subnets of attachment", func() { x.Subnets = nil })
		}
		for _, x := range g.Tables {
			s.doubts("transit table", x.Name, &x.Doubts)
			for n := range x.Routes {
				s.add("route of transit table", func() {
					x.Routes = append(x.Routes[:n:n], x.Routes[n+1:]...)
					x.Doubts = append(x.Doubts, doubt(x.Name, "a route is not known"))
				})
			}
		}
	}
	for _, b := range n.Balancers {
		s.balancer(b)
	}
	for _, a := range n.APIs {
		s.doubts("API", a.Name, &a.Doubts)
		s.truth("API public", &a.Public)
		for _, i := range a.Integrations {
			s.doubts("integration", i.Name, &i.Doubts)
			s.interfaces(i.Link)
			s.add("link", func() { i.Link = nil })
			s.add("services of integration", func() {
				i.Services, i.Doubts = nil, append(i.Doubts, doubt(i.Name, "its uri is not known"))
			})
		}
		s.add("integrations", func() {
			a.Integrations, a.Doubts = nil, append(a.Doubts, doubt(a.Name, "its integrations are not known"))
		})
	}
	for _, x := range n.Services {
		s.doubts("service", x.Name, &x.Doubts)
		s.interfaces(x.Tasks)
		s.add("tasks", func() { x.Tasks = nil })
	}
	return s.all
}

type spoiling struct {
	all  []spoiler
	seen map[any]bool
}

func (s *spoiling) add(name string, f func()) { s.all = append(s.all, spoiler{name, f}) }

func (s *spoiling) doubts(kind string, n model.Name, d *[]model.Doubt) {
	s.add("doubt on "+kind+" "+nameOf(n), func() { *d = append(*d, doubt(n, "something of it is not known")) })
}

func (s *spoiling) truth(name string, t *model.Truth) { s.add(name, func() { *t = model.Maybe }) }

func (s *spoiling) once(x any) bool {
	if s.seen[x] {
		return false
	}
	s.seen[x] = true
	return true
}

func (s *spoiling) subnet(x *model.Subnet) {
	s.doubts("subnet", x.Name, &x.Doubts)
	s.add("table of "+nameOf(x.Name), func() { x.Table = nil })
	s.add("ACL of "+nameOf(x.Name), func() { x.ACL = nil })
	s.add("zone of "+nameOf(x.Name), func() { x.Zone = "" })
	s.add("VPC of "+nameOf(x.Name), func() { x.VPC = nil })
	s.add("blocks of "+nameOf(x.Name), func() { x.Blocks = nil })
	s.truth("IPv6 of "+nameOf(x.Name), &x.HasIPv6)
	s.truth("exclusion of ingress of "+nameOf(x.Name), &x.ExcludedIngress)
	s.truth("exclusion of egress of "+nameOf(x.Name), &x.ExcludedEgress)
	s.table(x.Table)
	if a := x.ACL; a != nil && s.once(a) {
		s.doubts("ACL", a.Name, &a.Doubts)
		s.add("entries of "+nameOf(a.Name), func() {
			a.Ingress, a.Egress, a.Doubts = nil, nil, append(a.Doubts, doubt(a.Name, "its entries are not known"))
		})
	}
}

func (s *spoiling) table(t *model.RouteTable) {
	if t == nil || !s.once(t) {
		return
	}
	s.doubts("table", t.Name, &t.Doubts)
	for n := range t.Routes {
		r := &t.Routes[n]
		name := fmt.Sprintf("route %d of %s", n, nameOf(t.Name))
		s.truth(name+" sure", &r.Sure)
		s.add(name+" destination", func() {
			r.Destinations = nil
			t.Doubts = append(t.Doubts, doubt(t.Name, "the destination of a route is not known"))
		})
		s.add(name+" target not in the stack", func() { r.Target = model.Target{Kind: r.Target.Kind, Name: r.Target.Name} })
		s.add(name+" target not known", func() { r.Target = model.Target{Kind: model.ToOther} })
		if g := r.Target.NAT; g != nil && s.once(g) {
			s.doubts("NAT gateway", g.Name, &g.Doubts)
			s.truth("NAT gateway public", &g.Public)
			s.add("NAT gateway subnet", func() { g.Subnet = nil })
			s.add("NAT gateway VPC", func() { g.Subnet, g.VPC = nil, nil })
		}
		if g := r.Target.EgressOnly; g != nil && s.once(g) {
			s.add("egress-only gateway VPC", func() { g.VPC = nil })
		}
		s.interfaces(r.Target.Host)
	}
}

func (s *spoiling) interfaces(i *model.Interfaces) {
	if i == nil || !s.once(i) {
		return
	}
	name := " of " + nameOf(i.Name)
	s.doubts("interfaces", i.Name, &i.Doubts)
	s.doubts("groups"+name, i.Name, &i.GroupDoubts)
	s.truth("public address"+name, &i.PublicIPv4)
	s.truth("IPv6"+name, &i.IPv6)
	s.truth("forwarding"+name, &i.Forwards)
	s.add("subnets"+name, func() { i.Subnets = nil })
	s.add("one subnet"+name, func() { i.Subnets = append(i.Subnets[:0:0], append(i.Subnets[1:], nil)...) })
	s.add("which subnets"+name, func() { i.SubnetsAreCandidates = true })
	s.add("groups"+name, func() {
		i.Groups, i.Unfiltered = nil, false
		i.GroupDoubts = append(i.GroupDoubts, doubt(i.Name, "its groups are not known"))
	})
	for n, g := range i.Groups {
		s.add("a group"+name, func() { i.Groups[n] = nil })
		if g == nil || !s.once(g) {
			continue
		}
		s.doubts("group", g.Name, &g.Doubts)
		for _, rules := range [][]model.Rule{g.Ingress, g.Egress} {
			for n := range rules {
				r := &rules[n]
				s.add("rule of "+nameOf(g.Name), func() { *r = model.Rule{Name: r.Name, Traffic: r.Traffic, Unknown: "its other end is not known"} })
				s.add("list of rule of "+nameOf(g.Name), func() {
					*r = model.Rule{Name: r.Name, Traffic: r.Traffic, PrefixList: &model.PrefixList{Name: r.Name}}
				})
			}
		}
	}
}

func (s *spoiling) balancer(b *model.LoadBalancer) {
	s.doubts("balancer", b.Name, &b.Doubts)
	s.truth("balancer internal", &b.Internal)
	s.interfaces(b.Interfaces)
	s.add("balancer's interfaces", func() { b.Interfaces = nil })
	s.add("listeners", func() { b.Listeners, b.Doubts = nil, append(b.Doubts, doubt(b.Name, "its listeners are not known")) })
	for _, l := range b.Listeners {
		s.doubts("listener", l.Name, &l.Doubts)
		s.add("groups of listener", func() { l.Groups, l.Doubts = nil, append(l.Doubts, doubt(l.Name, "its groups are not known")) })
		for n, g := range l.Groups {
			s.add("target group of listener", func() { l.Groups[n] = nil })
			s.doubts("target group", g.Name, &g.Doubts)
			s.truth("target group keeps addresses", &g.KeepsClientAddress)
			s.add("targets", func() { g.Targets, g.Doubts = nil, append(g.Doubts, doubt(g.Name, "its targets are not known")) })
			for n := range g.Targets {
				s.add("port of target", func() { g.Targets[n].Traffic, g.Traffic = model.Traffic{}, model.Traffic{} })
			}
		}
	}
}

// TestDoubtsNeverClose holds the promise of the proof: what is not known never
// closes what was open or undecided, one thing hidden or two.
func TestDoubtsNeverClose(t *testing.T) {
	t.Parallel()
	for name, make := range networks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := make().decide(t)
			count := len(spoilers(make()))
			require.Greater(t, count, 30)
			r := rand.New(rand.NewPCG(7, uint64(count)))
			for i := range count {
				for _, second := range []int{-1, r.IntN(count)} {
					l := make()
					all := spoilers(l)
					what := all[i].name
					all[i].spoil()
					if second >= 0 && second != i {
						one := l.decide(t)
						l = make()
						all = spoilers(l)
						all[i].spoil()
						if !spoilable(all[second]) {
							continue
						}
						what += " and " + all[second].name
						never(t, what, one, l.decide(t))
						continue
					}
					never(t, what, before, l.decide(t))
				}
			}
		})
	}
}

// spoilable hides something after another thing was hidden; that may be gone.
func spoilable(s spoiler) (ok bool) {
	defer func() { ok = recover() == nil }()
	s.spoil()
	return true
}

// never asserts that nothing became closed, and that doubts are named.
func never(t *testing.T, what string, before, after Service) {
	t.Helper()
	for _, v := range []struct {
		of            string
		before, after Verdict
	}{
		{"ingress", before.InternetIngress, after.InternetIngress},
		{"egress", before.InternetEgress, after.InternetEgress},
		{"exfiltration", before.Exfiltration, after.Exfiltration},
	} {
		if v.before != Closed {
			assert.NotEqual(t, Closed, v.after, "%s: %s was %s", what, v.of, v.before)
		}
		if v.after == Undecided {
			assert.NotEmpty(t, after.Undecided, "%s: %s is undecided, and nothing says why", what, v.of)
		}
	}
	if before.ZoneRedundant == No {
		assert.NotEqual(t, Yes, after.ZoneRedundant, "%s: zones", what)
	}
	for _, d := range after.Undecided {
		assert.NotEmpty(t, d.What, what)
	}
}
