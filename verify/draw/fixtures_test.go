package draw

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// system is a network by hand, and the report about it.
type system struct {
	network *model.Network
	report  *verify.Report
}

func newSystem() *system { return &system{&model.Network{}, &verify.Report{}} }

func named(typ, name string) model.Name {
	return model.Name{URN: "urn:pulumi:dev::shop::" + typ + "::" + name, Type: typ}
}

func block(s string) netip.Prefix { return netip.MustParsePrefix(s) }

var everywhere = []netip.Prefix{block("0.0.0.0/0")}

func (s *system) vpc(name, cidr string) *model.VPC {
	v := &model.VPC{Name: named("aws:ec2/vpc:Vpc", name), Blocks: []netip.Prefix{block(cidr)}, PrivateDNS: model.Yes}
	s.network.VPCs = append(s.network.VPCs, v)
	return v
}

// subnet with a route table of its own.
func subnet(v *model.VPC, name, zone, cidr string, routes ...model.Route) *model.Subnet {
	s := &model.Subnet{
		Name: named("aws:ec2/subnet:Subnet", name), VPC: v, Zone: zone, Blocks: []netip.Prefix{block(cidr)},
		Table: &model.RouteTable{Name: named("aws:ec2/routeTable:RouteTable", name), Routes: routes},
	}
	v.Subnets = append(v.Subnets, s)
	return s
}

func internet(v *model.VPC, name string) *model.InternetGateway {
	g := &model.InternetGateway{Name: named("aws:ec2/internetGateway:InternetGateway", name), Attached: model.Yes}
	v.InternetGateways = append(v.InternetGateways, g)
	return g
}

func toInternet(g *model.InternetGateway) model.Route {
	return model.Route{Destinations: everywhere, Sure: model.Yes, Target: model.Target{Kind: model.ToInternetGateway, Name: g.Name, Internet: g}}
}

func toNAT(n *model.NATGateway) model.Route {
	return model.Route{Destinations: everywhere, Sure: model.Yes, Target: model.Target{Kind: model.ToNAT, Name: n.Name, NAT: n}}
}

func toPeering(p *model.Peering, cidr string) model.Route {
	return model.Route{Destinations: []netip.Prefix{block(cidr)}, Sure: model.Yes, Target: model.Target{Kind: model.ToPeering, Name: p.Name, Peering: p}}
}

func toTransit(t *model.TransitGateway, cidr string) model.Route {
	return model.Route{Destinations: []netip.Prefix{block(cidr)}, Sure: model.Yes, Target: model.Target{Kind: model.ToTransitGateway, Name: t.Name, Transit: t}}
}

func nat(s *model.Subnet, name string) *model.NATGateway {
	return &model.NATGateway{Name: named("aws:ec2/natGateway:NatGateway", name), Subnet: s, VPC: s.VPC, Public: model.Yes}
}

func (s *system) service(name string, in, out, data verify.Verdict, subnets ...*model.Subnet) *model.Service {
	m := &model.Service{Name: named("aws:ecs/service:Service", name)}
	m.Tasks = &model.Interfaces{Name: m.Name, Subnets: subnets}
	s.network.Services = append(s.network.Services, m)
	s.report.Services = append(s.report.Services, verify.Service{URN: m.URN, Name: name, InternetIngress: in, InternetEgress: out, Exfiltration: data})
	return m
}

// path adds one to the report about a service that was added.
func (s *system) path(service *model.Service, p verify.Path) {
	for i := range s.report.Services {
		if s.report.Services[i].URN == service.URN {
			s.report.Services[i].Paths = append(s.report.Services[i].Paths, p)
		}
	}
}

func hop(n model.Name) verify.Hop {
	return verify.Hop{URN: n.URN, Type: n.Type, Name: n.URN[strings.LastIndex(n.URN, "::")+2:]}
}

var theInternet = verify.Hop{Name: "the internet"}

func hops(names ...model.Name) []verify.Hop {
	var all []verify.Hop
	for _, n := range names {
		all = append(all, hop(n))
	}
	return all
}

func out(v verify.Verdict, names ...model.Name) verify.Path {
	return verify.Path{Direction: verify.Egress, Verdict: v, Protocol: "tcp", Ports: "443", Addresses: []string{"0.0.0.0/0"}, Hops: append(hops(names...), theInternet)}
}

func in(v verify.Verdict, protocol, ports, from string, names ...model.Name) verify.Path {
	return verify.Path{Direction: verify.Ingress, Verdict: v, Protocol: protocol, Ports: ports, Addresses: []string{from}, Hops: append([]verify.Hop{theInternet}, hops(names...)...)}
}

// endpoint that every service of the system so far reaches.
func (s *system) endpoint(v *model.VPC, service, kind string, policy verify.Policy, limits string, subnets ...*model.Subnet) {
	e := &model.Endpoint{Name: named("aws:ec2/vpcEndpoint:VpcEndpoint", v.URN[strings.LastIndex(v.URN, "::")+2:]+"-"+service), VPC: v, Service: service, Kind: kind, PolicyKnown: true}
	via := verify.ViaInterfaceEndpoint
	if kind == "Gateway" {
		via = verify.ViaGatewayEndpoint
		for _, n := range subnets {
			e.Tables = append(e.Tables, n.Table)
		}
	} else {
		e.Interfaces = &model.Interfaces{Name: e.Name, Subnets: subnets}
	}
	v.Endpoints = append(v.Endpoints, e)
	for i := range s.report.Services {
		s.report.Services[i].Reaches = append(s.report.Services[i].Reaches, verify.Reach{
			Service: service, Verdict: verify.Open, Via: via, URN: e.URN, Policy: policy, Limits: limits,
		})
	}
}

func (s *system) balancer(name, kind string, internal model.Truth, port int, target *model.Service, subnets ...*model.Subnet) *model.LoadBalancer {
	b := &model.LoadBalancer{Name: named("aws:lb/loadBalancer:LoadBalancer", name), Kind: kind, Internal: internal}
	b.Interfaces = &model.Interfaces{Name: b.Name, Subnets: subnets}
	group := &model.TargetGroup{Name: named("aws:lb/targetGroup:TargetGroup", name), Kind: "ip", Targets: []model.GroupTarget{{Service: target}}}
	b.Listeners = []*model.Listener{{Name: named("aws:lb/listener:Listener", name), Balancer: b, Traffic: model.Traffic{Protocol: 6, From: port, To: port}, Groups: []*model.TargetGroup{group}}}
	s.network.Balancers = append(s.network.Balancers, b)
	return b
}

const dns = "The VPC's DNS resolver answers every task; a DNS query can carry data out."

func (s *system) standardEndpoints(v *model.VPC, subnets ...*model.Subnet) {
	for _, e := range []string{"ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "ssmmessages"} {
		if e == "ssmmessages" {
			s.endpoint(v, e, "Interface", verify.PolicyUnsupported, "", subnets...)
			continue
		}
		s.endpoint(v, e, "Interface", verify.PolicyLimited, "principals of account 123456789012", subnets...)
	}
	s.endpoint(v, "s3", "Gateway", verify.PolicyLimited, "reading prod-us-east-1-starport-layer-bucket", subnets...)
}

func isolatedService() *system {
	s := newSystem()
	v := s.vpc("net-vpc", "10.0.0.0/16")
	a := subnet(v, "net-private-a", "us-east-1a", "10.0.128.0/18")
	b := subnet(v, "net-private-b", "us-east-1b", "10.0.192.0/18")
	s.service("sample", verify.Closed, verify.Closed, verify.Closed, a, b)
	s.standardEndpoints(v, a, b)
	s.report.Notes = []string{dns}
	return s
}

// isolatedWithARoute is the isolated service, and an internet gateway route that
// somebody added beside it; its tasks have public addresses.
func isolatedWithARoute() *system {
	s := newSystem()
	v := s.vpc("net-vpc", "10.0.0.0/16")
	g := internet(v, "somebodys-gateway")
	a := subnet(v, "net-private-a", "us-east-1a", "10.0.128.0/18", toInternet(g))
	b := subnet(v, "net-private-b", "us-east-1b", "10.0.192.0/18")
	sample := s.service("sample", verify.Open, verify.Open, verify.Open, a, b)
	s.path(sample, in(verify.Open, "tcp", "22", "0.0.0.0/0", g.Name, a.Name, sample.Name))
	s.path(sample, out(verify.Open, sample.Name, a.Name, g.Name))
	s.standardEndpoints(v, a, b)
	s.endpoint(v, "dynamodb", "Gateway", verify.PolicyOpen, "anybody's tables", a, b)
	s.service("quiet", verify.Closed, verify.Closed, verify.Closed, b)
	s.report.Notes = []string{dns}
	return s
}

func natBehindBalancer() *system {
	s := newSystem()
	v := s.vpc("net-vpc", "10.0.0.0/16")
	g := internet(v, "net-igw")
	pa := subnet(v, "net-public-a", "us-east-1a", "10.0.0.0/19", toInternet(g))
	pb := subnet(v, "net-public-b", "us-east-1b", "10.0.32.0/19", toInternet(g))
	na, nb := nat(pa, "net-nat-a"), nat(pb, "net-nat-b")
	a := subnet(v, "net-private-a", "us-east-1a", "10.0.128.0/18", toNAT(na))
	b := subnet(v, "net-private-b", "us-east-1b", "10.0.192.0/18", toNAT(nb))
	web := s.service("web", verify.Open, verify.Open, verify.Closed, a, b)
	front := s.balancer("front", "application", model.No, 80, web, pa, pb)
	s.path(web, in(verify.Open, "tcp", "80", "0.0.0.0/0", g.Name, front.Name, web.Name))
	s.path(web, out(verify.Open, web.Name, a.Name, na.Name, g.Name))
	s.path(web, out(verify.Open, web.Name, b.Name, nb.Name, g.Name))
	s.endpoint(v, "s3", "Gateway", verify.PolicyUnsupported, "", a, b)
	s.report.Notes = []string{dns}
	return s
}

// twelveServices in three zones, with one NAT gateway for all.
func twelveServices() *system {
	s := newSystem()
	v := s.vpc("net-vpc", "10.0.0.0/16")
	g := internet(v, "net-igw")
	zones := []string{"us-east-1a", "us-east-1b", "us-east-1c"}
	var public, private, data []*model.Subnet
	for i, z := range zones {
		public = append(public, subnet(v, "net-public-"+z[9:], z, fmt.Sprintf("10.0.%d.0/20", 16*i), toInternet(g)))
	}
	gateway := nat(public[0], "net-nat-a")
	for i, z := range zones {
		private = append(private, subnet(v, "net-private-"+z[9:], z, fmt.Sprintf("10.0.%d.0/19", 128+32*i), toNAT(gateway)))
		data = append(data, subnet(v, "data-"+z[9:], z, fmt.Sprintf("10.0.%d.0/20", 64+16*i)))
	}
	web := s.service("web", verify.Open, verify.Open, verify.Closed, private...)
	shop := s.service("shop", verify.Open, verify.Open, verify.Closed, private...)
	for _, name := range []string{"accounts", "baskets", "catalogue", "delivery", "invoices"} {
		s.service(name, verify.Closed, verify.Closed, verify.Closed, private...)
	}
	mail := s.service("mail", verify.Closed, verify.Open, verify.Closed, private[0], private[2])
	s.service("search", verify.Closed, verify.Undecided, verify.Closed, private...)
	s.service("reports", verify.Closed, verify.Closed, verify.Closed, data...)
	s.service("vault", verify.Closed, verify.Closed, verify.Closed, data[0], data[1])
	s.service("an-import-job-with-a-rather-long-name-that-nobody-would-want-to-type", verify.Closed, verify.Closed, verify.Undecided, data[2])
	front := s.balancer("front", "application", model.No, 443, web, public...)
	stream := s.balancer("stream", "network", model.No, 8443, shop, public...)
	s.path(web, in(verify.Open, "tcp", "443", "0.0.0.0/0", g.Name, front.Name, web.Name))
	s.path(shop, in(verify.Open, "tcp", "8443", "203.0.113.0/24", g.Name, stream.Name, shop.Name))
	for _, one := range []*model.Service{web, shop, mail} {
		for _, n := range one.Tasks.Subnets {
			s.path(one, out(verify.Open, one.Name, n.Name, gateway.Name, g.Name))
		}
	}
	for i := range s.report.Services {
		name := s.report.Services[i].Name
		if name == "web" || name == "shop" {
			for _, z := range []int{1, 2} {
				s.report.Services[i].ZoneDependencies = append(s.report.Services[i].ZoneDependencies, verify.ZoneDependency{Zone: zones[z], Subnet: private[z].URN, NatGateway: gateway.URN, NatZone: zones[0]})
			}
		}
		if name == "search" {
			s.report.Services[i].Undecided = []verify.Doubt{{URN: "urn:pulumi:dev::shop::aws:ec2/securityGroup:SecurityGroup::search", What: "one of its egress rules has a block that is not known yet"}}
		}
	}
	s.standardEndpoints(v, private...)
	s.report.Notes = []string{dns}
	return s
}

// severalNetworks joined by a peering connection and a transit gateway: the
// workers leave through the hub's NAT gateway.
func severalNetworks() *system {
	s := newSystem()
	hub := s.vpc("hub", "10.0.0.0/16")
	work := s.vpc("work", "10.1.0.0/16")
	tools := s.vpc("tools", "10.2.0.0/16")
	g := internet(hub, "hub-igw")
	transit := &model.TransitGateway{Name: named("aws:ec2transitgateway/transitGateway:TransitGateway", "backbone")}
	peering := &model.Peering{Name: named("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "work-tools"), VPCs: [2]*model.VPC{work, tools}}
	away := &model.Peering{Name: named("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "partner"), VPCs: [2]*model.VPC{tools, nil}}
	work.Peerings, tools.Peerings = []*model.Peering{peering}, []*model.Peering{peering, away}

	pa := subnet(hub, "hub-public-a", "us-east-1a", "10.0.0.0/19", toInternet(g), toTransit(transit, "10.1.0.0/16"))
	n := nat(pa, "hub-nat-a")
	ta := subnet(hub, "hub-transit-a", "us-east-1a", "10.0.128.0/28", toNAT(n))
	tb := subnet(hub, "hub-transit-b", "us-east-1b", "10.0.128.16/28", toNAT(n))
	wa := subnet(work, "work-a", "us-east-1a", "10.1.0.0/18", toTransit(transit, "0.0.0.0/0"), toPeering(peering, "10.2.0.0/16"))
	wb := subnet(work, "work-b", "us-east-1b", "10.1.64.0/18", toTransit(transit, "0.0.0.0/0"), toPeering(peering, "10.2.0.0/16"))
	oa := subnet(tools, "tools-a", "us-east-1a", "10.2.0.0/18", toPeering(peering, "10.1.0.0/16"), toPeering(away, "172.16.0.0/12"))

	fromHub := &model.TransitAttachment{Name: named("aws:ec2transitgateway/vpcAttachment:VpcAttachment", "hub"), VPC: hub, Subnets: []*model.Subnet{ta, tb}}
	fromWork := &model.TransitAttachment{Name: named("aws:ec2transitgateway/vpcAttachment:VpcAttachment", "work"), VPC: work, Subnets: []*model.Subnet{wa, wb}}
	transit.Attachments = []*model.TransitAttachment{fromHub, fromWork}
	s.network.TransitGateways = []*model.TransitGateway{transit}

	worker := s.service("worker", verify.Closed, verify.Open, verify.Undecided, wa, wb)
	s.path(worker, out(verify.Open, worker.Name, wa.Name, transit.Name, n.Name, g.Name))
	s.path(worker, out(verify.Open, worker.Name, wb.Name, transit.Name, n.Name, g.Name))
	s.endpoint(work, "s3", "Gateway", verify.PolicyUndecided, "", wa, wb)
	s.service("wiki", verify.Closed, verify.Closed, verify.Closed, oa)
	return s
}

// apiInFront of an isolated network, by a VPC link.
func apiInFront() *system {
	s := newSystem()
	v := s.vpc("net-vpc", "10.0.0.0/16")
	a := subnet(v, "net-private-a", "us-east-1a", "10.0.128.0/18")
	b := subnet(v, "net-private-b", "us-east-1b", "10.0.192.0/18")
	orders := s.service("orders", verify.Open, verify.Closed, verify.Closed, a, b)
	link := &model.Interfaces{Name: named("aws:apigatewayv2/vpcLink:VpcLink", "front-link"), Subnets: []*model.Subnet{a, b}}
	api := &model.API{Name: named("aws:apigatewayv2/api:Api", "front-api"), Public: model.Yes}
	api.Integrations = []*model.Integration{{Name: named("aws:apigatewayv2/integration:Integration", "front"), Link: link, Services: []*model.Service{orders}}}
	s.network.APIs = []*model.API{api}
	s.path(orders, in(verify.Open, "tcp", "443", "0.0.0.0/0", api.Name, link.Name, orders.Name))
	s.standardEndpoints(v, a, b)
	return s
}

// oddNames are those that would break a picture which does not escape them.
func oddNames() *system {
	s := newSystem()
	v := s.vpc(`net <script>alert("x")</script> & 'more'`, "10.0.0.0/16")
	v.Blocks = append(v.Blocks, block("2600:1f18:4a2:8c00::/56"))
	v.Doubts = []model.Doubt{{Name: v.Name, What: "it has a gateway whose attachment is not known yet"}}
	a := subnet(v, "子网络-私有-用于支付服务和账单服务的非常长的名字", "us-east-1a", "10.0.128.0/18")
	a.Blocks = append(a.Blocks, block("2600:1f18:4a2:8c01::/64"))
	b := subnet(v, "x]]>-->`#quot;", "", "10.0.192.0/18")
	b.Doubts = []model.Doubt{{Name: b.Name, What: "its zone is not known yet"}}
	s.service("bezahl-ä-ö-ü-ß \U0001F4B3 "+strings.Repeat("W", 80), verify.Undecided, verify.Undecided, verify.Undecided, a, b)
	s.service("no\x00where\x1b[31m\u202e", verify.Undecided, verify.Open, verify.Undecided)
	s.report.Undecided = []verify.Doubt{{URN: b.URN, What: `its "zone" is not known <yet> & may be any`}}
	return s
}

func noServices() *system {
	s := newSystem()
	v := s.vpc("bare", "10.0.0.0/16")
	g := internet(v, "bare-igw")
	subnet(v, "bare-a", "us-east-1a", "10.0.0.0/24", toInternet(g))
	return s
}

func eightZones() *system {
	s := newSystem()
	v := s.vpc("wide", "10.0.0.0/16")
	g := internet(v, "wide-igw")
	var private []*model.Subnet
	for i := range 8 {
		zone := fmt.Sprintf("us-east-1%c", 'a'+i)
		n := nat(subnet(v, "wide-public-"+zone[9:], zone, fmt.Sprintf("10.0.%d.0/24", i), toInternet(g)), "wide-nat-"+zone[9:])
		private = append(private, subnet(v, "wide-private-"+zone[9:], zone, fmt.Sprintf("10.0.%d.0/24", 128+i), toNAT(n)))
	}
	one := s.service("everywhere", verify.Closed, verify.Undecided, verify.Closed, private...)
	for _, n := range private {
		s.path(one, out(verify.Undecided, one.Name, n.Name, n.Table.Routes[0].Target.Name, g.Name))
	}
	s.service("some", verify.Closed, verify.Closed, verify.Closed, private[1], private[6])
	return s
}

// systems are what the goldens hold.
var systems = map[string]func() *system{
	"isolated-service":    isolatedService,
	"isolated-with-route": isolatedWithARoute,
	"nat-behind-balancer": natBehindBalancer,
	"twelve-services":     twelveServices,
	"several-networks":    severalNetworks,
	"api-in-front":        apiInFront,
	"odd-names":           oddNames,
	"no-services":         noServices,
	"eight-zones":         eightZones,
	"nothing":             newSystem,
}
