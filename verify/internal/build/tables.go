package build

import (
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

func (b *builder) addTable(r *state.Resource) {
	v := b.vpcOf(r, "vpcId")
	t := b.tableMade(r)
	if t == nil {
		t = &model.RouteTable{Name: nameOf(r)}
	} else {
		t.Name = nameOf(r)
	}
	b.tables.add(r, t, r.Get("arn").Or(""))
	b.vpcs.hand(r, v)
	b.vpcOfTable[t] = v
}

// tableMade is the table that AWS made with a VPC, when the resource is that
// one: it was read by its id, as the main one.
func (b *builder) tableMade(r *state.Resource) *model.RouteTable {
	if r.ID == "" {
		return nil
	}
	if t := b.tables.byID[r.ID]; t != nil {
		b.managed[t], t.Doubts, t.Routes = true, nil, nil
		return t
	}
	return nil
}

// addDefaultTable takes over the main table that a VPC was made with: the routes
// are those that the program says, and no others.
// https://www.pulumi.com/registry/packages/aws/api-docs/ec2/defaultroutetable/
func (b *builder) addDefaultTable(r *state.Resource) {
	var t *model.RouteTable
	if found := b.tables.find(b, r.Get("defaultRouteTableId")); found.one != nil {
		t = found.one
	} else if v := b.vpcs.find(b, r.Get("vpcId")); v.one != nil {
		t = v.one.table
	} else {
		t = &model.RouteTable{}
		for _, v := range b.all { // it may be the main one of any VPC
			v.table.Doubts = append(v.table.Doubts, doubt(r, found.why))
		}
	}
	t.Name, t.Routes, t.Doubts = nameOf(r), nil, nil
	b.managed[t] = true
	b.tables.add(r, t, r.Get("arn").Or(""), r.Get("defaultRouteTableId").Or(""))
	for _, v := range b.all {
		if v.table == t {
			b.vpcOfTable[t] = v
			b.vpcs.hand(r, v)
		}
	}
}

// addTableRoutes adds the routes that are written in a table, and those that
// VPN gateways announce.
func (b *builder) addTableRoutes(r *state.Resource) {
	t := b.tables.of(r)
	if v := r.Get("routes"); r.External && v.Absent() {
		t.Doubts = append(t.Doubts, doubt(r, v.Doubt()))
	}
	for _, list := range r.Both("routes") {
		entries, complete := list.List()
		if !complete {
			t.Doubts = append(t.Doubts, doubt(r, list.Doubt()))
		}
		for _, e := range entries {
			b.addRoute(r, t, model.Yes, routeFields{
				blocks: []state.Value{e.Get("cidrBlock"), e.Get("ipv6CidrBlock")},
				list:   e.Get("destinationPrefixListId"), get: e.Get,
			})
		}
	}
	for _, list := range r.Both("propagatingVgws") {
		if gateways, complete := list.List(); !complete || len(gateways) > 0 {
			b.propagated(r, t)
		}
	}
}

// addRoutes adds a route that is a resource of its own.
func (b *builder) addRoutes(r *state.Resource) {
	fields := routeFields{
		blocks: []state.Value{r.Get("destinationCidrBlock"), r.Get("destinationIpv6CidrBlock")},
		list:   r.Get("destinationPrefixListId"), get: r.Get,
	}
	found := b.tables.find(b, r.Get("routeTableId"))
	if found.one != nil {
		b.addRoute(r, found.one, model.Yes, fields)
		return
	}
	for _, t := range found.some {
		b.addRoute(r, t, model.Maybe, fields)
	}
}

// addTableAssociation associates a table with a subnet or with a gateway: one of
// the two is set. What cannot be read may be the one, unless the other is.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateRouteTable.html
func (b *builder) addTableAssociation(r *state.Resource) {
	table := b.tables.find(b, r.Get("routeTableId"))
	gateway, subnet := r.Get("gatewayId"), r.Get("subnetId")
	if !gateway.Empty() && subnet.Or("") == "" {
		b.associateGateway(r, b.gateways.find(b, gateway), table)
	}
	if !subnet.Empty() && (subnet.Or("") != "" || gateway.Or("") == "") {
		b.associateSubnet(r, b.subnets.find(b, subnet), table)
	}
}

func (b *builder) associateGateway(r *state.Resource, found tie[model.InternetGateway], table tie[model.RouteTable]) {
	switch {
	case found.one == nil:
		for _, g := range found.some {
			g.Ingress = &model.RouteTable{Name: nameOf(r), Doubts: []model.Doubt{doubt(r, found.why)}}
		}
	case table.one == nil:
		found.one.Ingress = &model.RouteTable{Name: nameOf(r), Doubts: []model.Doubt{doubt(r, table.why)}}
	default:
		found.one.Ingress = table.one
	}
}

func (b *builder) associateSubnet(r *state.Resource, found tie[subnet], table tie[model.RouteTable]) {
	switch {
	case found.one != nil && table.one != nil:
		if !slices.Contains(found.one.tables, table.one) {
			found.one.tables = append(found.one.tables, table.one)
		}
	case found.one != nil:
		found.one.Doubts = append(found.one.Doubts, doubt(r, table.why))
		t := &model.RouteTable{Name: nameOf(r), Doubts: []model.Doubt{doubt(r, table.why)}}
		found.one.tables = append(found.one.tables, t)
	default:
		for _, s := range found.some {
			s.Doubts = append(s.Doubts, doubt(r, found.why))
		}
	}
}

// addMain makes another table the main one of a VPC.
func (b *builder) addMain(r *state.Resource) {
	v, table := b.vpcs.find(b, r.Get("vpcId")), b.tables.find(b, r.Get("routeTableId"))
	switch {
	case v.one != nil && table.one != nil:
		b.managed[table.one] = true
		v.one.mains = append(v.one.mains, table.one)
	case v.one != nil:
		v.one.Doubts = append(v.one.Doubts, doubt(r, table.why))
		t := &model.RouteTable{Name: nameOf(r), Doubts: []model.Doubt{doubt(r, table.why)}}
		b.managed[t] = true
		v.one.mains = append(v.one.mains, t)
	default:
		for _, one := range v.some {
			one.Doubts = append(one.Doubts, doubt(r, v.why))
		}
	}
}
