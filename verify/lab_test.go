package verify

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// lab makes networks for tests by hand. What it makes is fully known: each case
// then changes what it is about.
type lab struct {
	net model.Network
	n   map[string]int
}

func newLab() *lab { return &lab{n: map[string]int{}} }

func named(token, name string) model.Name {
	return model.Name{URN: "urn:pulumi:dev::lab::" + token + "::" + name, Type: token, ID: name + "-id"}
}

func blocks(texts ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, t := range texts {
		out = append(out, netip.MustParsePrefix(t))
	}
	return out
}

func (l *lab) vpc(name string, cidr ...string) *model.VPC {
	v := &model.VPC{
		Name: named("aws:ec2/vpc:Vpc", name), Blocks: blocks(cidr...), PrivateDNS: model.Yes,
		BlocksPublicIngress: model.No, BlocksPublicEgress: model.No,
	}
	l.net.VPCs = append(l.net.VPCs, v)
	return v
}

func table(name string, routes ...model.Route) *model.RouteTable {
	return &model.RouteTable{Name: named("aws:ec2/routeTable:RouteTable", name), Routes: routes}
}

// acl is one that allows everything.
func acl(name string) *model.NetworkACL {
	all := []model.ACLEntry{
		entry(100, true, model.Traffic{Protocol: -1, To: 65535}, "0.0.0.0/0"),
		entry(101, true, model.Traffic{Protocol: -1, To: 65535}, "::/0"),
	}
	return &model.NetworkACL{Name: named("aws:ec2/networkAcl:NetworkAcl", name), Ingress: all, Egress: slices.Clone(all)}
}

func entry(n int, allow bool, t model.Traffic, block string) model.ACLEntry {
	return model.ACLEntry{Number: n, Allow: allow, Traffic: t, Block: netip.MustParsePrefix(block)}
}

// subnet in a zone, with a table and an ACL of its own that passes all.
func (l *lab) subnet(v *model.VPC, name, zone, cidr string, t *model.RouteTable) *model.Subnet {
	s := &model.Subnet{
		Name: named("aws:ec2/subnet:Subnet", name), VPC: v, Blocks: blocks(cidr), Zone: zone, Table: t, ACL: acl(name + "-acl"),
		MapPublicIP: model.No, AssignIPv6: model.No, HasIPv6: model.No, ExcludedIngress: model.No, ExcludedEgress: model.No,
	}
	v.Subnets = append(v.Subnets, s)
	return s
}

func (l *lab) internetGateway(v *model.VPC, name string) *model.InternetGateway {
	g := &model.InternetGateway{Name: named("aws:ec2/internetGateway:InternetGateway", name), Attached: model.Yes}
	v.InternetGateways = append(v.InternetGateways, g)
	return g
}

func natGateway(s *model.Subnet, name string) *model.NATGateway {
	return &model.NATGateway{Name: named("aws:ec2/natGateway:NatGateway", name), Subnet: s, VPC: s.VPC, Public: model.Yes}
}

func route(block string, t model.Target) model.Route {
	return model.Route{
		Name: named("aws:ec2/route:Route", "to-"+block), Destinations: blocks(block), Target: t, Sure: model.Yes,
	}
}

func toInternet(g *model.InternetGateway) model.Target {
	return model.Target{Kind: model.ToInternetGateway, Name: g.Name, Internet: g}
}

func toNAT(g *model.NATGateway) model.Target {
	return model.Target{Kind: model.ToNAT, Name: g.Name, NAT: g}
}

func toTransit(g *model.TransitGateway) model.Target {
	return model.Target{Kind: model.ToTransitGateway, Name: g.Name, Transit: g}
}

func to(kind model.TargetKind, name string) model.Target {
	return model.Target{Kind: kind, Name: named("aws:ec2/other:Other", name)}
}

var (
	everything = model.Traffic{Protocol: -1, To: 65535}
	https      = model.Traffic{Protocol: 6, From: 443, To: 443}
	web        = model.Traffic{Protocol: 6, From: 8080, To: 8080}
)

func tcpPorts(from, to int) model.Traffic { return model.Traffic{Protocol: 6, From: from, To: to} }

func group(v *model.VPC, name string) *model.SecurityGroup {
	return &model.SecurityGroup{Name: named("aws:ec2/securityGroup:SecurityGroup", name), VPC: v}
}

// open makes a group that lets everything in and out.
func open(v *model.VPC, name string) *model.SecurityGroup {
	g := group(v, name)
	for _, b := range []string{"0.0.0.0/0", "::/0"} {
		g.Ingress = append(g.Ingress, from(everything, b))
		g.Egress = append(g.Egress, from(everything, b))
	}
	return g
}

func from(t model.Traffic, block string) model.Rule {
	return model.Rule{Name: named("aws:ec2/securityGroupRule:SecurityGroupRule", fmt.Sprintf("%d-%d-%s", t.Protocol, t.From, block)), Traffic: t, Block: netip.MustParsePrefix(block)}
}

func fromGroup(t model.Traffic, g *model.SecurityGroup) model.Rule {
	return model.Rule{Name: named("aws:ec2/securityGroupRule:SecurityGroupRule", "members"), Traffic: t, Group: g}
}

func (l *lab) service(name string, g *model.SecurityGroup, subnets ...*model.Subnet) *model.Service {
	n := named("aws:ecs/service:Service", name)
	s := &model.Service{Name: n, Tasks: interfaces(n, g, subnets...)}
	l.net.Services = append(l.net.Services, s)
	return s
}

func interfaces(n model.Name, g *model.SecurityGroup, subnets ...*model.Subnet) *model.Interfaces {
	i := &model.Interfaces{Name: n, Subnets: subnets, PublicIPv4: model.No, IPv6: model.No, Forwards: model.No}
	if g == nil {
		i.Unfiltered = true
	} else {
		i.Groups = []*model.SecurityGroup{g}
	}
	return i
}

// balancer that faces the internet, with one listener that forwards to targets.
func (l *lab) balancer(kind, name string, g *model.SecurityGroup, accepts model.Traffic, targets *model.TargetGroup, subnets ...*model.Subnet) *model.LoadBalancer {
	n := named("aws:lb/loadBalancer:LoadBalancer", name)
	b := &model.LoadBalancer{Name: n, Kind: kind, Internal: model.No, Interfaces: interfaces(n, g, subnets...)}
	b.Interfaces.PublicIPv4 = model.Yes
	b.Listeners = []*model.Listener{{
		Name: named("aws:lb/listener:Listener", name+"-listener"), Balancer: b, Traffic: accepts, Groups: []*model.TargetGroup{targets},
	}}
	l.net.Balancers = append(l.net.Balancers, b)
	return b
}

func targets(name string, t model.Traffic, services ...*model.Service) *model.TargetGroup {
	g := &model.TargetGroup{Name: named("aws:lb/targetGroup:TargetGroup", name), Kind: "ip", Traffic: t, KeepsClientAddress: model.No}
	for _, s := range services {
		g.Targets = append(g.Targets, model.GroupTarget{Service: s, Traffic: t})
	}
	return g
}

func (l *lab) endpoint(v *model.VPC, service, policy string, g *model.SecurityGroup, subnets ...*model.Subnet) *model.Endpoint {
	n := named("aws:ec2/vpcEndpoint:VpcEndpoint", service)
	e := &model.Endpoint{
		Name: n, VPC: v, Service: service, Kind: "Interface", PrivateDNS: model.Yes,
		Interfaces: interfaces(n, g, subnets...), Policy: policy, PolicyKnown: true,
	}
	v.Endpoints = append(v.Endpoints, e)
	return e
}

func (l *lab) gatewayEndpoint(v *model.VPC, service, policy string, tables ...*model.RouteTable) *model.Endpoint {
	e := &model.Endpoint{
		Name: named("aws:ec2/vpcEndpoint:VpcEndpoint", service), VPC: v, Service: service, Kind: "Gateway",
		PrivateDNS: model.No, Tables: tables, Policy: policy, PolicyKnown: true,
	}
	v.Endpoints = append(v.Endpoints, e)
	return e
}

// decide gives the verdict about the only service.
func (l *lab) decide(t *testing.T) Service {
	t.Helper()
	r := decide(&l.net)
	if len(r.Services) == 0 {
		t.Fatal("no service")
	}
	return r.Services[0]
}

// isolated is a network that nothing leaves: two zones, a service in both, an
// interface endpoint and the S3 gateway endpoint, both bounded.
type isolated struct {
	*lab
	vpc     *model.VPC
	table   *model.RouteTable
	a, b    *model.Subnet
	group   *model.SecurityGroup // of the tasks: lets everything in and out
	service *model.Service
	logs    *model.Endpoint
	s3      *model.Endpoint
}

const (
	accountPolicy = `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":"123456789012"}}}]}`
	bucketPolicy  = `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::layers/*"}]}`
)

func newIsolated() isolated {
	l := newLab()
	i := isolated{lab: l, vpc: l.vpc("net", "10.0.0.0/16")}
	i.table = table("net-isolated")
	i.a = l.subnet(i.vpc, "net-isolated-a", "eu-west-1a", "10.0.0.0/20", i.table)
	i.b = l.subnet(i.vpc, "net-isolated-b", "eu-west-1b", "10.0.16.0/20", i.table)
	i.group = open(i.vpc, "app")
	i.service = l.service("app", i.group, i.a, i.b)
	i.logs = l.endpoint(i.vpc, "logs", accountPolicy, open(i.vpc, "endpoints"), i.a, i.b)
	i.s3 = l.gatewayEndpoint(i.vpc, "s3", bucketPolicy, i.table)
	return i
}

// public is a VPC with a public and a private subnet in each of two zones, a NAT
// gateway in each, and a service in the private subnets.
type public struct {
	*lab
	vpc              *model.VPC
	gateway          *model.InternetGateway
	publicTable      *model.RouteTable
	publicA, publicB *model.Subnet
	natA, natB       *model.NATGateway
	tableA, tableB   *model.RouteTable
	a, b             *model.Subnet
	group            *model.SecurityGroup
	service          *model.Service
}

func newPublic() public {
	l := newLab()
	p := public{lab: l, vpc: l.vpc("net", "10.0.0.0/16")}
	p.gateway = l.internetGateway(p.vpc, "igw")
	p.publicTable = table("public", route("0.0.0.0/0", toInternet(p.gateway)))
	p.publicA = l.subnet(p.vpc, "public-a", "eu-west-1a", "10.0.0.0/24", p.publicTable)
	p.publicB = l.subnet(p.vpc, "public-b", "eu-west-1b", "10.0.1.0/24", p.publicTable)
	p.natA, p.natB = natGateway(p.publicA, "nat-a"), natGateway(p.publicB, "nat-b")
	p.tableA = table("private-a", route("0.0.0.0/0", toNAT(p.natA)))
	p.tableB = table("private-b", route("0.0.0.0/0", toNAT(p.natB)))
	p.a = l.subnet(p.vpc, "private-a", "eu-west-1a", "10.0.16.0/20", p.tableA)
	p.b = l.subnet(p.vpc, "private-b", "eu-west-1b", "10.0.32.0/20", p.tableB)
	p.group = group(p.vpc, "app")
	p.group.Egress = []model.Rule{from(everything, "0.0.0.0/0"), from(everything, "::/0")}
	p.service = l.service("app", p.group, p.a, p.b)
	return p
}
