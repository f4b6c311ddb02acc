package build

import (
	"net/netip"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// transit is a transit gateway with its settings for new attachments.
type transit struct {
	*model.TransitGateway
	r *state.Resource
	// associates and propagates: an attachment of which nothing is said uses
	// the default tables.
	associates, propagates   model.Truth
	association, propagation *model.TransitTable
}

// attachment is an attachment with what it was told to do.
type attachment struct {
	*model.TransitAttachment
	r       *state.Resource
	gateway *transit
	vpc     *vpc
	// associates and propagates with the gateway's default tables.
	associates, propagates model.Truth
	tables                 []*model.TransitTable
	into                   []*model.TransitTable
}

// transitTable is a route table of a transit gateway.
type transitTable struct {
	*model.TransitTable
	gateway *transit
}

func (b *builder) addTransit(r *state.Resource) {
	table := &model.TransitTable{Name: model.Name{URN: r.URN, Type: "aws:ec2transitgateway/routeTable:RouteTable", ID: r.Get("associationDefaultRouteTableId").Or("")}}
	g := &transit{
		TransitGateway: &model.TransitGateway{Name: nameOf(r), Tables: []*model.TransitTable{table}}, r: r,
		associates:  enabled(r.Get("defaultRouteTableAssociation"), model.Yes),
		propagates:  enabled(r.Get("defaultRouteTablePropagation"), model.Yes),
		association: table, propagation: table,
	}
	if id := r.Get("propagationDefaultRouteTableId").Or(""); id != "" && table.ID != "" && id != table.ID {
		g.propagation = &model.TransitTable{Name: model.Name{URN: r.URN, Type: table.Type, ID: id}}
		g.Tables = append(g.Tables, g.propagation)
		b.transitTables.known(&transitTable{g.propagation, g}, id)
	}
	b.transits.add(r, g, r.Get("arn").Or(""))
	if id := r.Get("associationDefaultRouteTableId"); r.Made() && unreadable(id) {
		table.Doubts = append(table.Doubts, doubt(r, id.Doubt()))
	}
	t := &transitTable{table, g}
	b.transitTables.known(t, table.ID)
	b.transitTables.hand(r, t)
	b.network.TransitGateways = append(b.network.TransitGateways, g.TransitGateway)
	if r.External {
		const what = "is not managed by the stack: it may have attachments and routes that are not seen"
		g.Doubts = append(g.Doubts, doubt(r, what))
		table.Doubts = append(table.Doubts, doubt(r, what))
	}
}

// transitOf is the transit gateway that a value names, in the stack or not.
func (b *builder) transitOf(r *state.Resource, v state.Value) *transit {
	found := b.transits.find(b, v)
	if found.one != nil {
		return found.one
	}
	name := model.Name{URN: r.URN, Type: "aws:ec2transitgateway/transitGateway:TransitGateway", ID: found.id}
	what := model.Doubt{Name: name, What: "is not in the stack: it may have attachments and routes that are not seen"}
	table := &model.TransitTable{Name: name, Doubts: []model.Doubt{what}}
	g := &transit{
		TransitGateway: &model.TransitGateway{Name: name, Tables: []*model.TransitTable{table}, Doubts: []model.Doubt{what}},
		r:              r, associates: model.Maybe, propagates: model.Maybe, association: table, propagation: table,
	}
	b.network.TransitGateways = append(b.network.TransitGateways, g.TransitGateway)
	if found.id != "" {
		b.transits.known(g, found.id)
	}
	for _, one := range found.some {
		one.Doubts = append(one.Doubts, doubt(r, found.why))
	}
	return g
}

func (b *builder) addTransitTable(r *state.Resource) {
	// The default table, read by its id, is the same table.
	if t := b.transitTables.byID[r.ID]; r.ID != "" && t != nil {
		b.transitTables.add(r, t)
		return
	}
	g := b.transitOf(r, r.Get("transitGatewayId"))
	t := &transitTable{&model.TransitTable{Name: nameOf(r)}, g}
	g.Tables = append(g.Tables, t.TransitTable)
	b.transitTables.add(r, t, r.Get("arn").Or(""))
	b.transits.hand(r, g)
}

func (b *builder) addTransitAttachment(r *state.Resource) {
	g := b.transitOf(r, r.Get("transitGatewayId"))
	a := &attachment{
		TransitAttachment: &model.TransitAttachment{Name: nameOf(r)}, r: r, gateway: g,
		associates: b.truth(r.Get("transitGatewayDefaultRouteTableAssociation"), model.Yes),
		propagates: b.truth(r.Get("transitGatewayDefaultRouteTablePropagation"), model.Yes),
	}
	g.Attachments = append(g.Attachments, a.TransitAttachment)
	b.attachments.add(r, a, r.Get("transitGatewayAttachmentId").Or(""))
	b.everyAttachment = append(b.everyAttachment, a)
	if found := b.vpcs.find(b, r.Get("vpcId")); found.one != nil {
		a.vpc, a.VPC = found.one, found.one.VPC
	} else {
		a.Doubts = append(a.Doubts, doubt(r, found.why))
		for _, v := range found.some {
			v.Doubts = append(v.Doubts, doubt(r, found.why))
		}
	}
	found := b.subnets.findAll(b, r.Get("subnetIds"))
	for _, s := range found.all {
		a.Subnets = append(a.Subnets, s.Subnet)
	}
	if found.chosen {
		a.Doubts = append(a.Doubts, doubt(r, partly(r.Get("subnetIds"))))
	}
	for _, why := range found.why {
		a.Doubts = append(a.Doubts, doubt(r, why))
	}
}

// addTransitAccepter: the acceptance of an attachment of another account is the
// same attachment, and decides about the default tables.
func (b *builder) addTransitAccepter(r *state.Resource) {
	found := b.attachments.find(b, r.Get("transitGatewayAttachmentId"))
	if found.one == nil {
		b.addTransitAttachment(r)
		return
	}
	a := found.one
	b.attachments.add(r, a)
	a.associates = b.truth(r.Get("transitGatewayDefaultRouteTableAssociation"), a.associates)
	a.propagates = b.truth(r.Get("transitGatewayDefaultRouteTablePropagation"), a.propagates)
}

// addForeignAttachment adds an attachment to something that is no VPC: what is
// behind it is not in the stack.
func (b *builder) addForeignAttachment(r *state.Resource) {
	g := b.transitOf(r, r.Get("transitGatewayId"))
	what := doubt(r, "leads out of the stack")
	a := &attachment{
		TransitAttachment: &model.TransitAttachment{Name: nameOf(r), Doubts: []model.Doubt{what}}, r: r, gateway: g,
		associates: model.Yes, propagates: model.Yes,
	}
	g.Attachments = append(g.Attachments, a.TransitAttachment)
	b.attachments.add(r, a, r.Get("transitGatewayAttachmentId").Or(""), r.Get("attachmentId").Or(""))
	b.everyAttachment = append(b.everyAttachment, a)
}

// inTransit finds the table and the attachment that a resource ties together.
// Where one of them is not known, it may be any.
func (b *builder) inTransit(r *state.Resource, with func(*transitTable, *attachment)) {
	table := b.transitTables.find(b, r.Get("transitGatewayRouteTableId"))
	found := b.attachments.find(b, r.Get("transitGatewayAttachmentId"))
	if table.one != nil && found.one != nil {
		with(table.one, found.one)
		return
	}
	some := found.some
	if found.one != nil {
		some = []*attachment{found.one}
	}
	tables := table.some
	if table.one != nil {
		tables = []*transitTable{table.one}
	}
	what := doubt(r, table.why)
	if found.one == nil {
		what = doubt(r, found.why)
	}
	for _, a := range some {
		if table.one == nil || a.gateway == table.one.gateway {
			a.Doubts = append(a.Doubts, what)
		}
	}
	for _, t := range tables {
		t.Doubts = append(t.Doubts, what)
	}
}

func (b *builder) addTransitAssociation(r *state.Resource) {
	b.inTransit(r, func(t *transitTable, a *attachment) {
		if !slices.Contains(a.tables, t.TransitTable) {
			a.tables = append(a.tables, t.TransitTable)
		}
	})
}

func (b *builder) addTransitPropagation(r *state.Resource) {
	b.inTransit(r, func(t *transitTable, a *attachment) {
		if !slices.Contains(a.into, t.TransitTable) {
			a.into = append(a.into, t.TransitTable)
		}
	})
}

func (b *builder) addTransitRoute(r *state.Resource) {
	block, ok := prefix(r.Get("destinationCidrBlock"))
	b.transitRoute(r, []netip.Prefix{block}, ok, r.Get("destinationCidrBlock").Doubt())
}

func (b *builder) addTransitList(r *state.Resource) {
	blocks, why := b.blocksOf(r.Get("prefixListId"))
	b.transitRoute(r, blocks, why == "", why)
}

func (b *builder) transitRoute(r *state.Resource, blocks []netip.Prefix, ok bool, why string) {
	table := b.transitTables.find(b, r.Get("transitGatewayRouteTableId"))
	if table.one == nil {
		for _, t := range table.some {
			t.Doubts = append(t.Doubts, doubt(r, table.why))
		}
		return
	}
	t := table.one
	if !ok {
		t.Doubts = append(t.Doubts, doubt(r, why))
		return
	}
	var target *model.TransitAttachment
	if hole, known := r.Get("blackhole").Bool(); !known && r.Get("blackhole").Unknown() {
		t.Doubts = append(t.Doubts, doubt(r, r.Get("blackhole").Doubt()))
		return
	} else if !hole {
		found := b.attachments.find(b, r.Get("transitGatewayAttachmentId"))
		switch {
		case found.one != nil:
			target = found.one.TransitAttachment
		default:
			target = &model.TransitAttachment{
				Name:   model.Name{URN: r.URN, Type: "aws:ec2transitgateway/vpcAttachment:VpcAttachment", ID: found.id},
				Doubts: []model.Doubt{doubt(r, found.why)},
			}
		}
	}
	for _, block := range blocks {
		t.Routes = append(t.Routes, model.TransitRoute{Name: nameOf(r), Destination: block, To: target, Static: true})
	}
}

// addTransitDefault makes another table the default one of a gateway.
func addTransitDefault(set func(*transit, *model.TransitTable)) func(*builder, *state.Resource) {
	return func(b *builder, r *state.Resource) {
		g, t := b.transits.find(b, r.Get("transitGatewayId")), b.transitTables.find(b, r.Get("transitGatewayRouteTableId"))
		switch {
		case g.one != nil && t.one != nil:
			set(g.one, t.one.TransitTable)
		case g.one != nil:
			g.one.Doubts = append(g.one.Doubts, doubt(r, t.why))
		default:
			for _, one := range g.some {
				one.Doubts = append(one.Doubts, doubt(r, g.why))
			}
		}
	}
}

// settleTransit gives attachments their tables and tables what is propagated.
// https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
func (b *builder) settleTransit() {
	for _, a := range b.everyAttachment {
		g := a.gateway
		joins := and(g.associates, a.associates)
		switch {
		case len(a.tables) > 0:
			a.Table = a.tables[0]
			if len(a.tables) > 1 {
				a.Doubts = append(a.Doubts, doubt(a.r, "is associated with more than one table, and AWS takes one"))
			}
		case joins == model.Yes:
			a.Table = g.association
		case joins == model.Maybe:
			a.Doubts = append(a.Doubts, doubt(a.r, "may be associated with the gateway's default table"))
		}
		into := a.into
		switch and(g.propagates, a.propagates) {
		case model.Yes:
			if !slices.Contains(into, g.propagation) {
				into = append(into, g.propagation)
			}
		case model.Maybe:
			g.propagation.Doubts = append(g.propagation.Doubts, doubt(a.r, "may announce its routes to the gateway's default table"))
		}
		for _, t := range into {
			if a.vpc == nil {
				t.Doubts = append(t.Doubts, doubt(a.r, "announces routes that are not in the stack"))
				continue
			}
			for _, block := range a.vpc.Blocks {
				t.Routes = append(t.Routes, model.TransitRoute{Name: a.Name, Destination: block, To: a.TransitAttachment})
			}
		}
	}
}
