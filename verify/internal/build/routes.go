package build

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// routeFields are the properties of a route, in a table or by itself.
type routeFields struct {
	blocks []state.Value
	list   state.Value
	get    func(name string) state.Value
}

func (b *builder) addRoute(r *state.Resource, t *model.RouteTable, sure model.Truth, fields routeFields) {
	route := model.Route{Name: nameOf(r), Sure: sure}
	if sure != model.Yes {
		t.Doubts = append(t.Doubts, doubt(r, "may be a route of this table"))
	}
	for _, block := range fields.blocks {
		if p, ok := prefix(block); ok {
			route.Destinations = append(route.Destinations, p)
		} else if !block.Empty() {
			t.Doubts = append(t.Doubts, doubt(r, block.Doubt()))
		}
	}
	if !fields.list.Empty() {
		blocks, why := b.blocksOf(fields.list)
		route.Destinations = append(route.Destinations, blocks...)
		if why != "" {
			t.Doubts = append(t.Doubts, doubt(r, why))
		} else if len(blocks) == 0 {
			return // an empty list leads nothing anywhere
		}
	}
	if len(route.Destinations) == 0 && len(t.Doubts) == 0 {
		t.Doubts = append(t.Doubts, doubt(r, "has a route whose destination is not known"))
	}
	route.Target = b.target(r, t, fields.get)
	// A refresh shows a route of the program in its table, too.
	for i := range t.Routes {
		if sameRoute(t.Routes[i], route) {
			if t.Routes[i].URN == t.URN {
				t.Routes[i].Name = route.Name
			}
			t.Routes[i].Sure = max(t.Routes[i].Sure, sure)
			return
		}
	}
	t.Routes = append(t.Routes, route)
}

func sameRoute(a, b model.Route) bool {
	x, y := a.Target.Name, b.Target.Name
	// What is not in the stack has the URN of what names it.
	same := x.ID != "" && x.ID == y.ID || x.ID == y.ID && x.URN == y.URN
	return same && a.Target.Kind == b.Target.Kind && slices.Equal(a.Destinations, b.Destinations)
}

// blocksOf are the blocks of a prefix list.
func (b *builder) blocksOf(v state.Value) (blocks []netip.Prefix, why string) {
	found := b.prefixes.find(b, v)
	if found.one == nil {
		return nil, found.why
	}
	if !found.one.Known || found.one.Service != "" {
		return nil, "its " + v.Path() + " is a prefix list whose blocks are not in the stack"
	}
	return found.one.Blocks, ""
}

// target reads what a route leads to. Of the properties that name a target only
// one is set.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html
func (b *builder) target(r *state.Resource, t *model.RouteTable, get func(string) state.Value) model.Target {
	for _, kind := range targets {
		v := get(kind.property)
		if v.Empty() {
			continue
		}
		return kind.target(b, r, t, v)
	}
	t.Doubts = append(t.Doubts, doubt(r, "has a route whose target is not known"))
	return model.Target{Kind: model.ToOther, Name: nameOf(r)}
}

// targets in the order in which they are looked for: a route to an instance
// names its network interface besides.
var targets = []struct {
	property string
	target   func(*builder, *state.Resource, *model.RouteTable, state.Value) model.Target
}{
	{"gatewayId", (*builder).toGateway},
	{"natGatewayId", func(b *builder, r *state.Resource, t *model.RouteTable, v state.Value) model.Target {
		return to(b, &b.nats, r, t, v, model.ToNAT, func(target *model.Target, g *model.NATGateway) { target.NAT, target.Name = g, g.Name })
	}},
	{"egressOnlyGatewayId", func(b *builder, r *state.Resource, t *model.RouteTable, v state.Value) model.Target {
		return to(b, &b.outbound, r, t, v, model.ToEgressOnly, func(target *model.Target, g *model.EgressOnlyGateway) { target.EgressOnly, target.Name = g, g.Name })
	}},
	{"vpcPeeringConnectionId", func(b *builder, r *state.Resource, t *model.RouteTable, v state.Value) model.Target {
		return to(b, &b.peerings, r, t, v, model.ToPeering, func(target *model.Target, p *model.Peering) { target.Peering, target.Name = p, p.Name })
	}},
	{"transitGatewayId", func(b *builder, r *state.Resource, t *model.RouteTable, v state.Value) model.Target {
		return to(b, &b.transits, r, t, v, model.ToTransitGateway, func(target *model.Target, g *transit) { target.Transit, target.Name = g.TransitGateway, g.Name })
	}},
	{"vpcEndpointId", plainTarget(model.ToEndpoint)},
	{"carrierGatewayId", plainTarget(model.ToCarrierGateway)},
	{"localGatewayId", plainTarget(model.ToLocalGateway)},
	{"coreNetworkArn", plainTarget(model.ToCoreNetwork)},
	{"odbNetworkArn", plainTarget(model.ToOther)},
	{"networkInterfaceId", toHost},
	{"instanceId", toHost},
}

// to finds the gateway that a route leads to, which may be in another stack.
func to[T any](b *builder, all *things[T], r *state.Resource, t *model.RouteTable, v state.Value, kind model.TargetKind, set func(*model.Target, *T)) model.Target {
	found := all.find(b, v)
	target := model.Target{Kind: kind, Name: model.Name{ID: found.id}}
	if found.one != nil {
		set(&target, found.one)
		return target
	}
	if found.id == "" {
		t.Doubts = append(t.Doubts, doubt(r, found.why))
	}
	return target
}

// toGateway: gatewayId names an internet gateway, a virtual private gateway, or
// "local".
func (b *builder) toGateway(r *state.Resource, t *model.RouteTable, v state.Value) model.Target {
	id := v.Or("")
	switch {
	case id == "local":
		return model.Target{Kind: model.ToLocal, Name: model.Name{ID: id}}
	case strings.HasPrefix(id, "vgw-"):
		return to(b, &b.vpns, r, t, v, model.ToVPNGateway, func(target *model.Target, g *model.Name) { target.Name = *g })
	case strings.HasPrefix(id, "vpce-"):
		return plainTarget(model.ToEndpoint)(b, r, t, v)
	case strings.HasPrefix(id, "igw-"):
		return b.toInternet(r, t, v)
	}
	vpn, gateway := b.vpns.find(b, v), b.gateways.find(b, v)
	switch {
	case vpn.one != nil && gateway.one == nil && len(gateway.some) == 0:
		return model.Target{Kind: model.ToVPNGateway, Name: *vpn.one}
	case vpn.one == nil && len(vpn.some) == 0:
		if gateway.one == nil && gateway.id == "" {
			t.Doubts = append(t.Doubts, doubt(r, gateway.why))
			return model.Target{Kind: model.ToOther, Name: nameOf(r)}
		}
		return b.toInternet(r, t, v)
	}
	t.Doubts = append(t.Doubts, doubt(r, v.Doubt()))
	return model.Target{Kind: model.ToOther, Name: nameOf(r)}
}

func (b *builder) toInternet(r *state.Resource, t *model.RouteTable, v state.Value) model.Target {
	return to(b, &b.gateways, r, t, v, model.ToInternetGateway, func(target *model.Target, g *model.InternetGateway) { target.Internet, target.Name = g, g.Name })
}

// plainTarget is a target of which no more than its kind is told.
func plainTarget(kind model.TargetKind) func(*builder, *state.Resource, *model.RouteTable, state.Value) model.Target {
	return func(_ *builder, r *state.Resource, _ *model.RouteTable, v state.Value) model.Target {
		name := nameOf(r)
		name.ID = v.Or("")
		return model.Target{Kind: kind, Name: name}
	}
}

func toHost(b *builder, r *state.Resource, t *model.RouteTable, v state.Value) model.Target {
	return to(b, &b.hosts, r, t, v, model.ToInterface, func(target *model.Target, h *model.Interfaces) { target.Host, target.Name = h, h.Name })
}

// propagated: the routes that a VPN gateway announces are known to it alone.
func (b *builder) propagated(r *state.Resource, t *model.RouteTable) {
	const what = "takes the routes that a virtual private gateway announces, which are not in the stack"
	// A VPC has one such gateway. After a refresh its table names it, too.
	for i, d := range t.Doubts {
		if d.What == what {
			if d.URN == t.URN {
				t.Doubts[i] = doubt(r, what)
			}
			return
		}
	}
	t.Doubts = append(t.Doubts, doubt(r, what))
}

func (b *builder) addPropagation(r *state.Resource) {
	found := b.tables.find(b, r.Get("routeTableId"))
	switch {
	case found.one != nil:
		b.propagated(r, found.one)
	default:
		for _, t := range found.some {
			b.propagated(r, t)
		}
	}
}
