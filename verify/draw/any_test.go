package draw

import (
	"fmt"
	"math/rand/v2"
	"net/netip"

	"github.com/ecsnet/pulumi-ecsnet/verify"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// anySystem is a random network, in which anything may be missing.
func anySystem(r *rand.Rand) *system {
	g := &anything{r: r, s: newSystem()}
	for i := range r.IntN(4) {
		g.vpc(i)
	}
	for range r.IntN(3) {
		g.transit()
	}
	for _, v := range g.s.network.VPCs {
		for _, n := range v.Subnets {
			g.routes(n)
		}
	}
	for range r.IntN(9) {
		g.service()
	}
	for range r.IntN(4) {
		g.front()
	}
	for i := range g.s.network.Services {
		for range r.IntN(3) {
			g.path(g.s.network.Services[i])
		}
	}
	if r.IntN(3) == 0 {
		g.s.report.Notes = []string{dns, g.name()}
		g.s.report.Undecided = []verify.Doubt{{URN: g.name(), What: g.name()}}
	}
	return g.s
}

type anything struct {
	r       *rand.Rand
	s       *system
	subnets []*model.Subnet
	targets []model.Target
	names   []model.Name
	made    int
}

var verdicts = []verify.Verdict{verify.Open, verify.Closed, verify.Undecided, ""}

func pick[T any](r *rand.Rand, all []T) T {
	if len(all) == 0 {
		var none T
		return none
	}
	return all[r.IntN(len(all))]
}

func (g *anything) truth() model.Truth { return model.Truth(g.r.IntN(3) - 1) }

// name is one of its own, or an odd one.
func (g *anything) name() string {
	g.made++
	return pick(g.r, []string{"a", "net-private", `<b>&"x"`, "ein-sehr-langer-Name-mit-vielen-Buchstaben-und-Strichen", "名前", "WWWWWWWWWWWWWWWWWWWWWWWWWW", "\u202eabc\x1b"}) + fmt.Sprint(g.made)
}

func (g *anything) named(typ string) model.Name {
	n := named(typ, g.name())
	switch g.r.IntN(12) {
	case 0:
		n.URN = ""
	case 1:
		n.URN, n.ID = "", "id-"+g.name()
	}
	g.names = append(g.names, n)
	return n
}

func (g *anything) some(most int) []*model.Subnet {
	var out []*model.Subnet
	for range g.r.IntN(most + 1) {
		out = append(out, pick(g.r, g.subnets))
	}
	if g.r.IntN(10) == 0 {
		out = append(out, nil)
	}
	return out
}

func (g *anything) vpc(i int) {
	v := &model.VPC{Name: g.named("aws:ec2/vpc:Vpc")}
	if g.r.IntN(6) > 0 {
		v.Blocks = []netip.Prefix{block(fmt.Sprintf("10.%d.0.0/16", i)), block("2600:1f18:4a2:8c00::/56")}[:1+g.r.IntN(2)]
	}
	g.s.network.VPCs = append(g.s.network.VPCs, v)
	for range g.r.IntN(3) {
		gateway := &model.InternetGateway{Name: g.named("aws:ec2/internetGateway:InternetGateway"), Attached: g.truth()}
		v.InternetGateways = append(v.InternetGateways, gateway)
		g.targets = append(g.targets, model.Target{Kind: model.ToInternetGateway, Name: gateway.Name, Internet: gateway})
	}
	if g.r.IntN(2) == 0 {
		only := &model.EgressOnlyGateway{Name: g.named("aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway"), VPC: v}
		g.targets = append(g.targets, model.Target{Kind: model.ToEgressOnly, Name: only.Name, EgressOnly: only})
	}
	zones := []string{"us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "", "use1-az6"}[:1+g.r.IntN(6)]
	for n := range g.r.IntN(10) {
		s := &model.Subnet{Name: g.named("aws:ec2/subnet:Subnet"), VPC: v, Zone: pick(g.r, zones)}
		if g.r.IntN(8) > 0 {
			s.Blocks = []netip.Prefix{block(fmt.Sprintf("10.%d.%d.0/24", i, n))}
		}
		if g.r.IntN(5) > 0 {
			s.Table = &model.RouteTable{Name: g.named("aws:ec2/routeTable:RouteTable")}
		}
		v.Subnets = append(v.Subnets, s)
		g.subnets = append(g.subnets, s)
		if g.r.IntN(3) == 0 {
			n := &model.NATGateway{Name: g.named("aws:ec2/natGateway:NatGateway"), Subnet: s, VPC: v, Public: g.truth()}
			if g.r.IntN(4) == 0 {
				n.Subnet, n.Regional = nil, g.r.IntN(2) == 0
			}
			g.targets = append(g.targets, model.Target{Kind: model.ToNAT, Name: n.Name, NAT: n})
		}
	}
	if g.r.IntN(3) == 0 {
		p := &model.Peering{Name: g.named("aws:ec2/vpcPeeringConnection:VpcPeeringConnection"), VPCs: [2]*model.VPC{v, pick(g.r, append(g.s.network.VPCs, nil))}}
		v.Peerings = append(v.Peerings, p)
		g.targets = append(g.targets, model.Target{Kind: model.ToPeering, Name: p.Name, Peering: p})
	}
	for range g.r.IntN(4) {
		e := &model.Endpoint{Name: g.named("aws:ec2/vpcEndpoint:VpcEndpoint"), VPC: v, Service: pick(g.r, []string{"s3", "ecr.api", "", "com.example.vpce.a-service-of-somebody-else"}), Kind: pick(g.r, []string{"Interface", "Gateway", "GatewayLoadBalancer", ""}), PolicyKnown: g.r.IntN(2) == 0}
		if g.r.IntN(2) == 0 {
			e.Interfaces = &model.Interfaces{Name: e.Name, Subnets: g.some(3)}
		}
		v.Endpoints = append(v.Endpoints, e)
	}
	if g.r.IntN(3) == 0 {
		v.Doubts = []model.Doubt{{Name: v.Name, What: "something is not known"}}
	}
}

func (g *anything) transit() {
	t := &model.TransitGateway{Name: g.named("aws:ec2transitgateway/transitGateway:TransitGateway")}
	for range g.r.IntN(4) {
		a := &model.TransitAttachment{Name: g.named("aws:ec2transitgateway/vpcAttachment:VpcAttachment"), VPC: pick(g.r, append(g.s.network.VPCs, nil)), Subnets: g.some(3)}
		t.Attachments = append(t.Attachments, a)
	}
	g.s.network.TransitGateways = append(g.s.network.TransitGateways, t)
	g.targets = append(g.targets, model.Target{Kind: model.ToTransitGateway, Name: t.Name, Transit: t})
}

func (g *anything) routes(s *model.Subnet) {
	if s.Table == nil {
		return
	}
	for range g.r.IntN(5) {
		target := pick(g.r, g.targets)
		switch g.r.IntN(8) {
		case 0:
			target = model.Target{Kind: pick(g.r, []model.TargetKind{model.ToOther, model.ToNAT, model.ToInternetGateway, model.ToInterface, model.ToLocal, model.ToBlackhole, model.ToVPNGateway}), Name: model.Name{ID: "x-1"}}
		case 1:
			host := &model.Interfaces{Name: g.named("aws:ec2/instance:Instance"), Subnets: g.some(2)}
			target = model.Target{Kind: model.ToInterface, Name: host.Name, Host: host}
		}
		route := model.Route{Destinations: everywhere, Target: target, Sure: g.truth()}
		if g.r.IntN(6) == 0 {
			route.Destinations = nil
		}
		s.Table.Routes = append(s.Table.Routes, route)
	}
}

func (g *anything) service() {
	one := g.s.service(g.name(), pick(g.r, verdicts), pick(g.r, verdicts), pick(g.r, verdicts), g.some(5)...)
	one.OnHosts = g.r.IntN(3) == 0
	one.Tasks.SubnetsAreCandidates = g.r.IntN(4) == 0
	g.names = append(g.names, one.Name)
	report := &g.s.report.Services[len(g.s.report.Services)-1]
	if g.r.IntN(8) == 0 {
		one.Tasks = nil
	}
	for _, v := range g.s.network.VPCs {
		for _, e := range v.Endpoints {
			if g.r.IntN(2) == 0 {
				report.Reaches = append(report.Reaches, verify.Reach{Service: e.Service, Verdict: pick(g.r, verdicts), URN: e.URN, Policy: pick(g.r, []verify.Policy{"open", "limited", "none", "unsupported", "undecided"}), Limits: pick(g.r, []string{"", g.name()})})
			}
		}
	}
	if g.r.IntN(6) == 0 {
		g.s.report.Services = g.s.report.Services[:len(g.s.report.Services)-1]
	}
}

func (g *anything) front() {
	target := pick(g.r, g.s.network.Services)
	if g.r.IntN(3) > 0 {
		b := g.s.balancer(g.name(), pick(g.r, []string{"application", "network", "gateway", ""}), g.truth(), 1+g.r.IntN(65535), target, g.some(3)...)
		g.names = append(g.names, b.Name, b.Listeners[0].Name)
		if g.r.IntN(5) == 0 {
			b.Interfaces = nil
		}
		return
	}
	a := &model.API{Name: g.named("aws:apigatewayv2/api:Api"), Public: g.truth()}
	i := &model.Integration{Name: g.named("aws:apigatewayv2/integration:Integration")}
	if g.r.IntN(3) > 0 {
		i.Link = &model.Interfaces{Name: g.named("aws:apigatewayv2/vpcLink:VpcLink"), Subnets: g.some(3)}
	}
	if target != nil {
		i.Services = []*model.Service{target}
	}
	if len(g.s.network.Balancers) > 0 && g.r.IntN(2) == 0 {
		i.Balancer = pick(g.r, g.s.network.Balancers)
	}
	a.Integrations = []*model.Integration{i}
	g.s.network.APIs = append(g.s.network.APIs, a)
}

func (g *anything) path(s *model.Service) {
	p := verify.Path{Direction: pick(g.r, []verify.Direction{verify.Ingress, verify.Egress}), Verdict: pick(g.r, verdicts), Protocol: pick(g.r, []string{"tcp", "udp", "all", "", "47"}), Ports: pick(g.r, []string{"80", "1-65535", "all", ""}), Addresses: []string{pick(g.r, []string{"0.0.0.0/0", "203.0.113.0/24", "2000::/3"})}}
	for range g.r.IntN(6) {
		p.Hops = append(p.Hops, verify.Hop{URN: pick(g.r, g.names).URN})
	}
	g.s.path(s, p)
}
