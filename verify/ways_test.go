package verify

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// behind is a service in the private subnets of a public network, behind a
// balancer in the public ones.
type behind struct {
	public
	lb     *model.SecurityGroup
	front  *model.LoadBalancer
	target *model.TargetGroup
}

// newBehind makes a balancer of a kind, which listens at 443 and forwards to
// 8080 of the tasks.
func newBehind(kind string) behind {
	b := behind{public: newPublic()}
	b.lb = group(b.vpc, "lb")
	b.lb.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
	b.lb.Egress = []model.Rule{fromGroup(web, b.group)}
	b.group.Ingress = []model.Rule{fromGroup(web, b.lb)}
	b.target = targets("app-targets", web, b.service)
	b.front = b.balancer(kind, "front", b.lb, https, b.target, b.publicA, b.publicB)
	return b
}

// ungrouped takes the balancer's groups away.
func (b *behind) ungrouped() {
	b.front.Interfaces.Groups, b.front.Interfaces.Unfiltered = nil, true
}

// TestThroughBalancers is about the ways to private tasks through load balancers.
func TestThroughBalancers(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		kind   string
		change func(*behind)
		in     Verdict
		paths  []string
		sees   []string
	}{
		"public balancer, private tasks": {"application", func(*behind) {}, Open, []string{"tcp 443 [0.0.0.0/0]"}, []string{
			"-> route table public route 0.0.0.0/0 to internet gateway igw, for public-a and public-b",
			"-> security group lb admits tcp 443 from 0.0.0.0/0",
			"-> load balancer front application load balancer, listens at tcp 443",
			"-> target group app-targets forwards to the tasks at tcp 8080",
			"-> security group app admits tcp 8080 from members of lb",
			"-> service app its tasks accept the connection",
		}},
		"internal balancer":               {"application", func(b *behind) { b.front.Internal = model.Yes }, Closed, nil, nil},
		"balancer that may be internal":   {"application", func(b *behind) { b.front.Internal = model.Maybe }, Undecided, nil, []string{"front: whether it faces the internet is not known"}},
		"balancer group without egress":   {"application", func(b *behind) { b.lb.Egress = nil }, Closed, nil, []string{"the tasks of app are not reached from load balancer front"}},
		"balancer group without ingress":  {"application", func(b *behind) { b.lb.Ingress = nil }, Closed, nil, []string{"no security group of load balancer front admits it"}},
		"balancer egress to another port": {"application", func(b *behind) { b.lb.Egress[0].Traffic = https }, Closed, nil, nil},
		"listener at another port": {"application", func(b *behind) { b.front.Listeners[0].Traffic = tcpPorts(80, 80) }, Closed, nil,
			nil},
		"tasks that admit another group": {"application", func(b *behind) { b.group.Ingress[0].Group = group(b.vpc, "other") }, Closed, nil, nil},
		"tasks that admit the balancer's subnets": {"application", func(b *behind) {
			b.group.Ingress = []model.Rule{from(web, "10.0.0.0/23")}
		}, Open, []string{"tcp 443 [0.0.0.0/0]"}, nil},
		"tasks that admit a part of the balancer's subnet": {"application", func(b *behind) {
			b.group.Ingress = []model.Rule{from(web, "10.0.0.0/25")}
		}, Undecided, []string{"? tcp 443 [0.0.0.0/0]"}, []string{"it depends on the address that an interface in public-a has"}},
		"balancer without a route": {"application", func(b *behind) { b.publicTable.Routes = nil }, Closed, nil, []string{"load balancer front: no route of public leads answers to an internet gateway"}},
		"ACL of the tasks' subnets that stops requests": {"application", func(b *behind) {
			for _, s := range []*model.Subnet{b.a, b.b} {
				s.ACL.Ingress = []model.ACLEntry{entry(1, true, https, "0.0.0.0/0")}
			}
		}, Closed, nil, nil},
		"ACL of the tasks' subnets that stops answers": {"application", func(b *behind) {
			for _, s := range []*model.Subnet{b.a, b.b} {
				s.ACL.Egress = []model.ACLEntry{entry(1, true, tcpPorts(1, 1023), "0.0.0.0/0")}
			}
		}, Closed, nil, nil},
		"balancer and tasks in one subnet, past its ACL": {"application", func(b *behind) {
			b.service.Tasks.Subnets = []*model.Subnet{b.publicA}
			b.front.Interfaces.Subnets = []*model.Subnet{b.publicA}
			b.publicA.ACL.Ingress = []model.ACLEntry{entry(1, true, https, "0.0.0.0/0")}
		}, Open, []string{"tcp 443 [0.0.0.0/0]"}, nil},
		"a target group that may have other targets": {"application", func(b *behind) {
			b.target.Targets = nil
			b.target.Doubts = []model.Doubt{doubt(b.target.Name, "a target is not known")}
		}, Undecided, []string{"? tcp 443 [0.0.0.0/0]"}, []string{"app-targets: a target is not known"}},
		"a target group that may have other targets, and tasks that admit no balancer": {"application", func(b *behind) {
			b.target.Targets, b.group.Ingress = nil, nil
			b.target.Doubts = []model.Doubt{doubt(b.target.Name, "a target is not known")}
		}, Closed, nil, nil},
		"a listener that may forward elsewhere": {"application", func(b *behind) {
			b.front.Listeners[0].Groups = nil
			b.front.Listeners[0].Doubts = []model.Doubt{doubt(b.front.Listeners[0].Name, "a rule is not known")}
		}, Undecided, []string{"? tcp 443 [0.0.0.0/0]"}, []string{"front-listener: a rule is not known"}},
		"a balancer that may have other listeners": {"application", func(b *behind) {
			b.front.Listeners = nil
			b.front.Doubts = []model.Doubt{doubt(b.front.Name, "its listeners are not known")}
		}, Undecided, []string{"? tcp 443 [0.0.0.0/0]"}, []string{"front: its listeners are not known"}},
		"a balancer whose subnets may be others": {"application", func(b *behind) {
			b.front.Interfaces.Doubts = []model.Doubt{doubt(b.front.Name, "its subnets are not known")}
		}, Undecided, nil, []string{"front: its subnets are not known"}},
		"lambda targets": {"application", func(b *behind) {
			b.target.Kind = "lambda"
			b.target.Doubts = []model.Doubt{doubt(b.target.Name, "a target is not known")}
		}, Closed, nil, nil},
		"network balancer without groups": {"network", func(b *behind) {
			b.ungrouped()
			b.group.Ingress = []model.Rule{from(web, "10.0.0.0/16")}
		}, Open, []string{"tcp 443 [0.0.0.0/0]"}, []string{"-> load balancer front network load balancer, listens at tcp 443"}},
		"network balancer without groups, tasks that admit nothing": {"network", func(b *behind) {
			b.ungrouped()
			b.group.Ingress = nil
		}, Closed, nil, nil},
		"network balancer that keeps addresses, tasks that admit its subnets": {"network", func(b *behind) {
			b.ungrouped()
			b.target.KeepsClientAddress = model.Yes
			b.group.Ingress = []model.Rule{from(web, "10.0.0.0/16")}
		}, Closed, nil, nil},
		"network balancer that keeps addresses, tasks that admit some clients": {"network", func(b *behind) {
			b.ungrouped()
			b.target.KeepsClientAddress = model.Yes
			b.group.Ingress = []model.Rule{from(web, "203.0.113.0/24")}
		}, Open, []string{"tcp 443 [203.0.113.0/24]"}, nil},
		"network balancer that keeps addresses, tasks that admit its group": {"network", func(b *behind) {
			b.target.KeepsClientAddress = model.Yes
		}, Open, []string{"tcp 443 [0.0.0.0/0]"}, nil},
		"network balancer that keeps addresses, an ACL that sees them": {"network", func(b *behind) {
			b.target.KeepsClientAddress = model.Yes
			for _, s := range []*model.Subnet{b.a, b.b} {
				s.ACL.Ingress = []model.ACLEntry{entry(1, true, everything, "198.51.100.0/24")}
			}
		}, Open, []string{"tcp 443 [198.51.100.0/24]"}, nil},
		"network balancer that keeps addresses and ports, ACLs with no port in common for answers": {"network", func(b *behind) {
			b.target.KeepsClientAddress = model.Yes
			for _, s := range []*model.Subnet{b.a, b.b} {
				s.ACL.Egress = []model.ACLEntry{entry(1, true, tcpPorts(2000, 2999), "0.0.0.0/0")}
			}
			for _, s := range []*model.Subnet{b.publicA, b.publicB} {
				s.ACL.Egress = []model.ACLEntry{entry(1, true, everything, "10.0.0.0/16"), entry(2, true, tcpPorts(3000, 3999), "0.0.0.0/0")}
			}
		}, Closed, nil, nil},
		"network balancer of which it is not known whether it keeps addresses": {"network", func(b *behind) {
			b.ungrouped()
			b.target.KeepsClientAddress = model.Maybe
			b.group.Ingress = []model.Rule{from(web, "10.0.0.0/16")}
		}, Undecided, []string{"? tcp 443 [0.0.0.0/0]"}, []string{"app-targets: whether it keeps the client's address is not known"}},
		"application balancer behind a network balancer": {"application", func(b *behind) {
			b.front.Internal = model.Yes
			b.chained(https)
		}, Open, []string{"tcp 443 [0.0.0.0/0]"}, []string{"-> target group front-target forwards to front at tcp 443", "-> load balancer front application load balancer", "-> security group app admits tcp 8080 from members of lb"}},
		"application balancer behind a network balancer, at a port without a listener": {"application", func(b *behind) {
			b.front.Internal = model.Yes
			b.chained(tcpPorts(80, 80))
		}, Closed, nil, nil},
		"hosts as targets": {"application", func(b *behind) {
			b.target.Targets = []model.GroupTarget{{Hosts: b.service.Tasks, Traffic: web}}
		}, Open, []string{"tcp 443 [0.0.0.0/0]"}, nil},
		"tasks in another VPC without a way there": {"application", func(b *behind) {
			other := b.vpcWithNAT("other", "10.1.0.0/16")
			b.service.Tasks.Subnets = other.Subnets[1:]
		}, Closed, nil, nil},
		"tasks in a peered VPC": {"application", func(b *behind) {
			other := b.vpcWithNAT("other", "10.1.0.0/16")
			b.service.Tasks.Subnets = other.Subnets[1:]
			p := &model.Peering{Name: named("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "pcx"), VPCs: [2]*model.VPC{b.vpc, other}}
			peering := model.Target{Kind: model.ToPeering, Name: p.Name, Peering: p}
			b.publicTable.Routes = append(b.publicTable.Routes, route("10.1.0.0/16", peering))
			other.Subnets[1].Table.Routes = append(other.Subnets[1].Table.Routes, route("10.0.0.0/16", peering))
		}, Open, []string{"tcp 443 [0.0.0.0/0]"}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBehind(tt.kind)
			tt.change(&b)
			s := sees(t, b.lab, verdicts{tt.in, decide(&b.net).Services[0].InternetEgress, Closed}, tt.sees...)
			if tt.paths != nil {
				assert.Equal(t, tt.paths, ingressPaths(s))
			}
		})
	}
}

// chained puts a network balancer without groups before the front one.
func (b *behind) chained(reaches model.Traffic) {
	g := &model.TargetGroup{Name: named("aws:lb/targetGroup:TargetGroup", "front-target"), Kind: "alb", Traffic: reaches, KeepsClientAddress: model.Yes}
	g.Targets = []model.GroupTarget{{Balancer: b.front, Traffic: reaches}}
	b.balancer("network", "outer", nil, https, g, b.publicA)
}

func ingressPaths(s Service) []string {
	var got []string
	for _, x := range s.Paths {
		if x.Direction == Ingress {
			mark := ""
			if x.Verdict == Undecided {
				mark = "? "
			}
			got = append(got, mark+x.Protocol+" "+x.Ports+" "+listOf(x.Addresses))
		}
	}
	slices.Sort(got)
	return slices.Compact(got)
}

func listOf(texts []string) string {
	out := "["
	for i, t := range texts {
		if i > 0 {
			out += " "
		}
		out += t
	}
	return out + "]"
}

// TestThroughAPIs is about the ways through API Gateway.
func TestThroughAPIs(t *testing.T) {
	t.Parallel()
	type apiCase struct {
		isolated
		link  *model.SecurityGroup
		api   *model.API
		integ *model.Integration
	}
	tests := map[string]struct {
		change func(*apiCase)
		in     Verdict
		sees   []string
	}{
		"a link to tasks": {func(*apiCase) {}, Open, []string{"-> API api API that anybody can call", "-> VPC link link", "-> security group app admits tcp 8080 from members of link"}},
		"a private API":   {func(c *apiCase) { c.api.Public = model.No }, Closed, nil},
		"an API of which it is not known whether it is public": {func(c *apiCase) { c.api.Public = model.Maybe }, Undecided, []string{"api: whether anybody can call it is not known"}},
		"a link whose group lets nothing out":                  {func(c *apiCase) { c.link.Egress = nil }, Closed, []string{"the tasks of app are not reached from VPC link link"}},
		"tasks that do not admit the link":                     {func(c *apiCase) { c.group.Ingress = nil }, Closed, nil},
		"a link that is not known":                             {func(c *apiCase) { c.integ.Link = nil }, Undecided, []string{"through which interfaces it leads into the VPC is not known"}},
		"a link that is not known, and tasks that admit nothing": {func(c *apiCase) {
			c.integ.Link, c.group.Ingress = nil, nil
		}, Closed, nil},
		"an integration with a doubt": {func(c *apiCase) {
			c.integ.Services = nil
			c.integ.Doubts = []model.Doubt{doubt(c.integ.Name, "its uri is not known")}
		}, Undecided, []string{"integration: its uri is not known"}},
		"an API that may have other integrations": {func(c *apiCase) {
			c.api.Integrations = nil
			c.api.Doubts = []model.Doubt{doubt(c.api.Name, "its body is not known")}
		}, Undecided, []string{"api: its body is not known"}},
		"a link to an internal balancer": {func(c *apiCase) { c.toBalancer(c.integ, c.link, "application") }, Open, []string{
			"-> load balancer inner application load balancer, listens at tcp 443", "-> security group app admits tcp 8080 from members of inner",
		}},
		"a link to an internal balancer that does not admit it": {func(c *apiCase) {
			b := c.toBalancer(c.integ, c.link, "application")
			b.Interfaces.Groups[0].Ingress = nil
		}, Closed, nil},
		"a link to a network balancer that keeps the link's address": {func(c *apiCase) {
			b := c.toBalancer(c.integ, c.link, "network")
			b.Interfaces.Groups, b.Interfaces.Unfiltered = nil, true
			b.Listeners[0].Groups[0].KeepsClientAddress = model.Yes
			c.link.Egress = []model.Rule{from(https, "10.0.0.0/16")}
			c.group.Ingress = []model.Rule{from(web, "10.0.0.0/19")}
		}, Open, nil},
		"an old link, which names a network balancer without groups": {func(c *apiCase) {
			b := c.toBalancer(c.integ, c.link, "network")
			b.Interfaces.Groups, b.Interfaces.Unfiltered = nil, true
			c.integ.Listener, c.integ.Balancer, c.integ.Link = nil, b, nil
			c.group.Ingress = []model.Rule{from(web, "10.0.0.0/19")}
		}, Open, nil},
		"an old link, which names a network balancer with groups": {func(c *apiCase) {
			b := c.toBalancer(c.integ, c.link, "network")
			c.integ.Listener, c.integ.Balancer, c.integ.Link = nil, b, nil
		}, Undecided, []string{"inner: whether its security groups admit what api sends is not known"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := apiCase{isolated: newIsolated()}
			c.link = group(c.vpc, "link")
			c.link.Egress = []model.Rule{fromGroup(web, c.group)}
			c.group.Ingress = []model.Rule{fromGroup(web, c.link)}
			c.integ = &model.Integration{
				Name:     named("aws:apigatewayv2/integration:Integration", "integration"),
				Link:     interfaces(named("aws:apigatewayv2/vpcLink:VpcLink", "link"), c.link, c.a, c.b),
				Services: []*model.Service{c.service}, Traffic: web,
			}
			c.api = &model.API{Name: named("aws:apigatewayv2/api:Api", "api"), Public: model.Yes, Integrations: []*model.Integration{c.integ}}
			c.net.APIs = append(c.net.APIs, c.api)
			tt.change(&c)
			sees(t, c.lab, verdicts{tt.in, Closed, Closed}, tt.sees...)
		})
	}
}

// toBalancer leads an integration to the listener of an internal balancer.
func (i *isolated) toBalancer(integ *model.Integration, link *model.SecurityGroup, kind string) *model.LoadBalancer {
	g := group(i.vpc, "inner")
	g.Ingress = []model.Rule{fromGroup(https, link)}
	g.Egress = []model.Rule{fromGroup(web, i.group)}
	i.group.Ingress = []model.Rule{fromGroup(web, g)}
	link.Egress = []model.Rule{fromGroup(https, g)}
	b := i.balancer(kind, "inner", g, https, targets("inner-targets", web, i.service), i.a, i.b)
	b.Internal = model.Yes
	integ.Services, integ.Listener = nil, b.Listeners[0]
	return b
}

// hub is an isolated VPC attached to a transit gateway, with a second VPC that
// has a NAT gateway for both.
type hub struct {
	isolated
	transit    *model.TransitGateway
	spoke, out *model.TransitAttachment
	hubVPC     *model.VPC
	arrive     *model.Subnet
	nat        *model.NATGateway
	natSubnet  *model.Subnet
}

func newHub() hub {
	h := hub{isolated: newIsolated()}
	h.hubVPC = h.vpc2("hub", "10.9.0.0/16")
	g := h.internetGateway(h.hubVPC, "hub-igw")
	h.transit = &model.TransitGateway{Name: named("aws:ec2transitgateway/transitGateway:TransitGateway", "tgw")}
	back := route("10.0.0.0/16", toTransit(h.transit))
	h.natSubnet = h.subnet(h.hubVPC, "hub-public", "eu-west-1a", "10.9.0.0/24", table("hub-public", route("0.0.0.0/0", toInternet(g)), back))
	h.nat = natGateway(h.natSubnet, "hub-nat")
	h.arrive = h.subnet(h.hubVPC, "hub-transit", "eu-west-1a", "10.9.1.0/28", table("hub-transit", route("0.0.0.0/0", toNAT(h.nat))))
	h.spoke = &model.TransitAttachment{Name: named("aws:ec2transitgateway/vpcAttachment:VpcAttachment", "spoke"), VPC: h.vpc, Subnets: []*model.Subnet{h.a, h.b}}
	h.out = &model.TransitAttachment{Name: named("aws:ec2transitgateway/vpcAttachment:VpcAttachment", "hub"), VPC: h.hubVPC, Subnets: []*model.Subnet{h.arrive}}
	tables := []*model.TransitTable{
		{Name: named("aws:ec2transitgateway/routeTable:RouteTable", "spokes"), Routes: []model.TransitRoute{{Destination: blocks("0.0.0.0/0")[0], To: h.out, Static: true}}},
		{Name: named("aws:ec2transitgateway/routeTable:RouteTable", "hubs"), Routes: []model.TransitRoute{{Destination: blocks("10.0.0.0/16")[0], To: h.spoke}}},
	}
	h.spoke.Table, h.out.Table = tables[0], tables[1]
	h.transit.Attachments, h.transit.Tables = []*model.TransitAttachment{h.spoke, h.out}, tables
	h.net.TransitGateways = []*model.TransitGateway{h.transit}
	h.table.Routes = append(h.table.Routes, route("0.0.0.0/0", toTransit(h.transit)))
	return h
}

func (l *lab) vpc2(name, cidr string) *model.VPC { return l.vpc(name, cidr) }

// TestThroughTransit is about centralised egress.
func TestThroughTransit(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*hub)
		out    Verdict
		sees   []string
	}{
		"centralised egress": {func(*hub) {}, Open, []string{
			"-> route table spokes route 0.0.0.0/0 to attachment hub", "-> route table hub-transit route 0.0.0.0/0 to NAT gateway hub-nat",
			"-> NAT gateway hub-nat", "-> internet gateway hub-igw attached to VPC hub",
		}},
		"no way back in the hub's subnet": {func(h *hub) { h.natSubnet.Table.Routes = h.natSubnet.Table.Routes[:1] }, Closed, []string{"route 0.0.0.0/0 of hub-public leads answers to hub-igw, not back to net-isolated-a"}},
		"no way back in the transit gateway": {func(h *hub) { h.out.Table.Routes = nil }, Closed, []string{
			"transit gateway table hubs does not lead answers back to attachment spoke",
		}},
		"a blackhole that is more specific": {func(h *hub) {
			h.spoke.Table.Routes = append(h.spoke.Table.Routes, model.TransitRoute{Destination: blocks("0.0.0.0/1")[0], Static: true}, model.TransitRoute{Destination: blocks("128.0.0.0/1")[0], Static: true})
		}, Closed, []string{"leads nowhere"}},
		"a static route before a propagated one": {func(h *hub) {
			h.spoke.Table.Routes = []model.TransitRoute{{Destination: blocks("0.0.0.0/0")[0], To: h.out}, {Destination: blocks("0.0.0.0/0")[0], Static: true}}
		}, Closed, nil},
		"no attachment in the tasks' zones": {func(h *hub) {
			h.spoke.Subnets = []*model.Subnet{h.subnet(h.vpc, "c", "eu-west-1c", "10.0.48.0/24", h.table)}
		}, Closed, []string{"attachment spoke has no subnet in zone eu-west-1a"}},
		"an attachment whose zones are not known": {func(h *hub) { h.a.Zone, h.b.Zone = "", "" }, Undecided, []string{
			"spoke: whether it has a subnet in the zone of net-isolated-a is not known",
		}},
		"answers of a zone that the hub's attachment is not in": {func(h *hub) { h.natSubnet.Zone = "eu-west-1c" }, Closed, []string{
			"attachment hub has no subnet in zone eu-west-1c, from which answers would come",
		}},
		"answers that come in by another zone's subnet, and its ACL": {func(h *hub) {
			h.service.Tasks.Subnets = []*model.Subnet{h.b}
			h.a.ACL.Egress = nil
		}, Closed, []string{"network ACL net-isolated-a-acl stops the packets or their answers"}},
		"an attachment that is not in the stack": {func(h *hub) { h.out.VPC = nil }, Undecided, []string{"hub: what is attached by it is not in the stack"}},
		"a transit gateway that is not in the stack": {func(h *hub) {
			h.table.Routes[0].Target.Transit = nil
		}, Undecided, []string{"tgw: it is not in the stack"}},
		"a VPC that is not attached": {func(h *hub) { h.transit.Attachments = h.transit.Attachments[1:] }, Closed, []string{"VPC net is not attached to transit gateway tgw"}},
		"an internet gateway straight behind it": {func(h *hub) {
			h.arrive.Table.Routes = h.natSubnet.Table.Routes
		}, Closed, []string{"an internet gateway drops packets of private addresses"}},
		"an ACL of the arrival subnet": {func(h *hub) { h.arrive.ACL.Egress = nil }, Closed, []string{"network ACL hub-transit-acl stops"}},
		"an ACL of the NAT gateway's subnet that stops answers": {func(h *hub) {
			h.natSubnet.ACL.Egress = []model.ACLEntry{entry(1, false, everything, "10.0.0.0/16"), entry(2, true, everything, "0.0.0.0/0")}
		}, Closed, nil},
		"a table with a doubt": {func(h *hub) {
			h.spoke.Table.Doubts = []model.Doubt{doubt(h.spoke.Table.Name, "a route is not known")}
		}, Undecided, []string{"spokes: a route is not known"}},
		"a circle": {func(h *hub) { h.spoke.Table.Routes[0].To = h.spoke }, Closed, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHub()
			tt.change(&h)
			sees(t, h.lab, verdicts{Closed, tt.out, Closed}, tt.sees...)
		})
	}
}

// TestOut is about the ways out of a network with NAT gateways.
func TestOut(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*public)
		out    Verdict
		zones  Truth
		deps   int
		sees   []string
	}{
		"a NAT gateway in each zone": {func(*public) {}, Open, Yes, 0, []string{"-> NAT gateway nat-a", "-> NAT gateway nat-b", "out icmp, tcp and udp to every port to 0.0.0.0/0"}},
		"one NAT gateway for both": {func(p *public) { p.b.Table = p.tableA }, Open, No, 1, []string{
			"zone eu-west-1b leaves through the NAT gateway of zone eu-west-1a",
		}},
		"one zone":                 {func(p *public) { p.service.Tasks.Subnets = []*model.Subnet{p.a} }, Open, No, 0, []string{"all tasks are in one zone"}},
		"a zone that is not known": {func(p *public) { p.b.Zone = "" }, Open, Unknown, 0, nil},
		"no egress rule":           {func(p *public) { p.group.Egress = nil }, Closed, Yes, 0, []string{"no security group of app allows it out"}},
		"egress to the VPC only":   {func(p *public) { p.group.Egress = []model.Rule{from(everything, "10.0.0.0/16")} }, Closed, Yes, 0, nil},
		"egress to S3's list, no endpoint": {func(p *public) {
			p.group.Egress = []model.Rule{{Name: named("r", "r"), Traffic: https, PrefixList: &model.PrefixList{Name: named("l", "l"), Service: "s3", Known: true}}}
		}, Open, Yes, 0, []string{"out tcp 443 to AWS's addresses of s3"}},
		"egress to S3's list, an endpoint takes it": {func(p *public) {
			p.group.Egress = []model.Rule{{Name: named("r", "r"), Traffic: https, PrefixList: &model.PrefixList{Name: named("l", "l"), Service: "s3", Known: true}}}
			p.gatewayEndpoint(p.vpc, "s3", bucketPolicy, p.tableA, p.tableB)
		}, Closed, Yes, 0, nil},
		"egress to S3's list, an endpoint in one table": {func(p *public) {
			p.group.Egress = []model.Rule{{Name: named("r", "r"), Traffic: https, PrefixList: &model.PrefixList{Name: named("l", "l"), Service: "s3", Known: true}}}
			p.gatewayEndpoint(p.vpc, "s3", bucketPolicy, p.tableA)
		}, Open, Yes, 0, nil},
		"ACL of the NAT gateways' subnets without ephemeral ports": {func(p *public) {
			for _, s := range []*model.Subnet{p.publicA, p.publicB} {
				s.ACL.Ingress = []model.ACLEntry{entry(1, true, everything, "10.0.0.0/16"), entry(2, true, tcpPorts(1, 1023), "0.0.0.0/0")}
			}
		}, Closed, Yes, 0, []string{"stops the packets or their answers"}},
		"ACL of the NAT gateways' subnets that lets a few ports pass": {func(p *public) {
			for _, s := range []*model.Subnet{p.publicA, p.publicB} {
				s.ACL.Ingress = []model.ACLEntry{entry(1, true, everything, "10.0.0.0/16"), entry(2, true, tcpPorts(1, 1024), "0.0.0.0/0")}
			}
		}, Open, Yes, 0, []string{"out tcp to every port to 0.0.0.0/0", "-> network ACL public-a-acl lets packets and answers pass"}},
		"replies to the task and from the NAT gateway have no port in common": {func(p *public) {
			for _, s := range []*model.Subnet{p.publicA, p.publicB} {
				s.ACL.Egress = []model.ACLEntry{entry(1, true, tcpPorts(2000, 2999), "10.0.0.0/16"), entry(2, false, everything, "10.0.0.0/16"), entry(3, true, everything, "0.0.0.0/0")}
			}
			for _, s := range []*model.Subnet{p.a, p.b} {
				s.ACL.Ingress = []model.ACLEntry{entry(1, true, tcpPorts(3000, 3999), "0.0.0.0/0")}
			}
		}, Closed, Yes, 0, nil},
		"tasks beside the NAT gateway, past the ACL for their side": {func(p *public) {
			p.service.Tasks.Subnets = []*model.Subnet{p.publicA}
			p.publicA.Table = table("mixed", route("0.0.0.0/0", toNAT(p.natA)))
		}, Closed, No, 0, nil},
		"block public access": {func(p *public) { p.vpc.BlocksPublicEgress, p.vpc.BlocksPublicIngress = model.Yes, model.Yes }, Closed, Yes, 0, []string{"block public access blocks VPC net"}},
		"block public access for what comes in leaves NAT gateways": {func(p *public) { p.vpc.BlocksPublicIngress = model.Yes }, Open, Yes, 0, nil},
		"block public access for what comes in stops tasks of their own address": {func(p *public) {
			p.vpc.BlocksPublicIngress = model.Yes
			p.service.Tasks.Subnets, p.service.Tasks.PublicIPv4 = []*model.Subnet{p.publicA, p.publicB}, model.Yes
		}, Closed, Yes, 0, []string{"block public access blocks VPC net"}},
		"a NAT gateway that is not in the stack": {func(p *public) {
			p.tableA.Routes[0].Target.NAT, p.tableB.Routes[0].Target.NAT = nil, nil
		}, Undecided, Unknown, 0, []string{"nat-a: it is not in the stack"}},
		"a NAT gateway of which it is not known whether it is public": {func(p *public) { p.natA.Public, p.natB.Public = model.Maybe, model.Maybe }, Undecided, Yes, 0, []string{"nat-a: whether it has an Elastic IP is not known"}},
		"a route that may be there":                                   {func(p *public) { p.tableA.Routes[0].Sure, p.tableB.Routes[0].Sure = model.Maybe, model.Maybe }, Undecided, Yes, 0, []string{"it is not known whether it is in this route table"}},
		"an egress rule of a protocol that NAT gateways do not carry": {func(p *public) {
			p.group.Egress = []model.Rule{from(model.Traffic{Protocol: 47, To: 65535}, "0.0.0.0/0")}
		}, Closed, Yes, 0, []string{"a NAT gateway carries TCP, UDP and ICMP only"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPublic()
			tt.change(&p)
			s := sees(t, p.lab, verdicts{Closed, tt.out, Closed}, tt.sees...)
			assert.Equal(t, tt.zones, s.ZoneRedundant)
			assert.Len(t, s.ZoneDependencies, tt.deps)
		})
	}
}

// TestOrderDoesNotMatter holds that a report does not depend on the order in
// which resources are read.
func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	b := newBehind("application")
	want := decide(&b.net)
	for range 5 {
		require.Equal(t, want, decide(&b.net))
	}
	slices.Reverse(b.service.Tasks.Subnets)
	slices.Reverse(b.front.Interfaces.Subnets)
	slices.Reverse(b.vpc.Subnets)
	got := decide(&b.net)
	assert.Equal(t, want.Services[0].Paths, got.Services[0].Paths)
	assert.Equal(t, want.Services[0].String(), got.Services[0].String())
}
