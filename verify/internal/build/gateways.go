package build

import (
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

func (b *builder) addInternetGateway(r *state.Resource) {
	g := &model.InternetGateway{Name: nameOf(r), Attached: model.No}
	b.gateways.add(r, g, r.Get("arn").Or(""))
	if v := r.Get("vpcId"); !v.Empty() {
		b.attach(r, g, v)
	}
}

// addAttachment attaches an internet gateway in a resource of its own.
func (b *builder) addAttachment(r *state.Resource) {
	found := b.gateways.find(b, r.Get("internetGatewayId"))
	switch {
	case found.one != nil:
		b.attach(r, found.one, r.Get("vpcId"))
	case len(found.some) > 0:
		// It may be any of these that is not attached already.
		for _, g := range found.some {
			if g.Attached == model.No {
				b.attach(r, g, r.Get("vpcId"))
				g.Attached = model.Maybe
			}
		}
	default:
		// It is in AWS, whether or not the stack has it.
		g := &model.InternetGateway{Name: model.Name{URN: r.URN, Type: "aws:ec2/internetGateway:InternetGateway", ID: found.id}}
		b.gateways.known(g, found.id)
		b.attach(r, g, r.Get("vpcId"))
	}
}

func (b *builder) attach(r *state.Resource, g *model.InternetGateway, vpcID state.Value) {
	found := b.vpcs.find(b, vpcID)
	some := found.some
	g.Attached = model.Maybe
	switch {
	case found.one != nil:
		some, g.Attached = []*vpc{found.one}, model.Yes
	case found.id != "":
		some, g.Attached = []*vpc{b.vpcOf(r, "vpcId")}, model.Yes
	}
	for _, v := range some {
		// After a refresh the gateway says it, and what attached it.
		if !slices.Contains(v.InternetGateways, g) {
			v.InternetGateways = append(v.InternetGateways, g)
		}
	}
}

func (b *builder) addEgressOnly(r *state.Resource) {
	g := &model.EgressOnlyGateway{Name: nameOf(r)}
	if found := b.vpcs.find(b, r.Get("vpcId")); found.one != nil {
		g.VPC = found.one.VPC
	}
	b.outbound.add(r, g)
}

func (b *builder) addNAT(r *state.Resource) {
	g := &model.NATGateway{Name: nameOf(r)}
	b.nats.add(r, g)
	switch r.Get("connectivityType").Or("") {
	case "private":
		g.Public = model.No
	case "public":
		g.Public = model.Yes
	default:
		// AWS makes a public one when nothing is said.
		g.Public = model.Maybe
		if v := r.Get("connectivityType"); v.Empty() {
			g.Public = model.Yes
		}
	}
	switch v := r.Get("availabilityMode"); {
	case v.Or("zonal") == "regional":
		g.Regional = true
		if found := b.vpcs.find(b, r.Get("vpcId")); found.one != nil {
			g.VPC = found.one.VPC
		} else {
			g.Doubts = append(g.Doubts, doubt(r, found.why))
		}
		return
	case v.Unknown(), v.Or("zonal") != "zonal":
		g.Doubts = append(g.Doubts, doubt(r, v.Doubt()))
	}
	if found := b.subnets.find(b, r.Get("subnetId")); found.one != nil {
		g.Subnet, g.VPC = found.one.Subnet, found.one.vpc.VPC
	} else {
		g.Doubts = append(g.Doubts, doubt(r, found.why))
	}
}

// addVPN adds a virtual private gateway: what is behind it is not in the stack.
func (b *builder) addVPN(r *state.Resource) {
	name := nameOf(r)
	b.vpns.add(r, &name, r.Get("arn").Or(""))
}

// addVPNConnection: a VPN may end at a transit gateway, as an attachment.
func (b *builder) addVPNConnection(r *state.Resource) {
	if !r.Get("transitGatewayId").Empty() {
		b.addForeignAttachment(r)
	}
}
