package build

import (
	"net/netip"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// vpc is a VPC with what AWS makes with it.
type vpc struct {
	*model.VPC
	// outside: it is not managed in the stack, and has more than the stack shows.
	outside bool
	// table is the main route table, acl the default network ACL, group the
	// default security group.
	table *model.RouteTable
	acl   *model.NetworkACL
	group *model.SecurityGroup
	// mains are the tables that were made the main one.
	mains []*model.RouteTable
}

const outside = "is not managed by the stack: it may have gateways, routes and address blocks that are not seen"

func (b *builder) addVPC(r *state.Resource) {
	v := b.newVPC(&model.VPC{Name: nameOf(r)}, r.External)
	b.vpcs.add(r, v)
	for _, part := range []struct {
		property string
		known    func(string)
	}{
		{"defaultSecurityGroupId", func(id string) { v.group.ID = id; b.groups.known(v.group, id) }},
		{"defaultNetworkAclId", func(id string) { v.acl.ID = id; b.acls.known(v.acl, id) }},
		{"defaultRouteTableId", func(id string) { v.table.ID = id; b.tables.known(v.table, id) }},
	} {
		if id, ok := r.Get(part.property).Text(); ok {
			part.known(id)
		}
	}
	b.groups.hand(r, v.group)
	b.acls.hand(r, v.acl)
	b.tables.hand(r, v.table)
	// A made VPC has a block; one that IPAM gives is not known before.
	b.addBlock(v, r.Get("cidrBlock"), "cidrBlock")
	if six := r.Get("ipv6CidrBlock"); !six.Empty() {
		b.addBlock(v, six, "ipv6CidrBlock")
	}
	v.PrivateDNS = and(b.truth(r.Get("enableDnsSupport"), model.Yes), b.truth(r.Get("enableDnsHostnames"), model.No))
	if r.External {
		v.unseen(doubt(r, outside))
	}
}

// addDefaultVPC adds the VPC that every account has in every region, with an
// internet gateway and a route to it in the main table.
// https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
func (b *builder) addDefaultVPC(r *state.Resource) {
	b.addVPC(r)
	v := b.vpcs.of(r)
	v.PrivateDNS = and(b.truth(r.Get("enableDnsSupport"), model.Yes), b.truth(r.Get("enableDnsHostnames"), model.Yes))
	if len(v.Blocks) == 0 {
		v.Blocks = []netip.Prefix{netip.MustParsePrefix("172.31.0.0/16")}
	}
	gateway := &model.InternetGateway{Name: model.Name{URN: r.URN, Type: "aws:ec2/internetGateway:InternetGateway"}, Attached: model.Yes}
	v.InternetGateways = append(v.InternetGateways, gateway)
	v.table.Routes = append(v.table.Routes, model.Route{
		Name: nameOf(r), Destinations: []netip.Prefix{everywhere4}, Sure: model.Yes,
		Target: model.Target{Kind: model.ToInternetGateway, Name: gateway.Name, Internet: gateway},
	})
	if existing, ok := r.Get("existingDefaultVpc").Bool(); !ok || existing {
		v.unseen(doubt(r, "was there before the stack: it may have gateways, routes and subnets that are not seen"))
	}
}

// unseen notes that a VPC may have more than the stack shows.
func (v *vpc) unseen(d model.Doubt) {
	v.Doubts, v.Unseen = append(v.Doubts, d), append(v.Unseen, d)
}

// newVPC makes a VPC with what AWS makes with each: a main route table with
// local routes only, a network ACL that allows everything, and a security group
// that lets its members talk and leave.
// https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
// https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
func (b *builder) newVPC(m *model.VPC, isOutside bool) *vpc {
	part := func(typ string) model.Name { return model.Name{URN: m.URN, Type: typ} }
	v := &vpc{
		VPC: m, outside: isOutside,
		table: &model.RouteTable{Name: part("aws:ec2/defaultRouteTable:DefaultRouteTable")},
		acl:   &model.NetworkACL{Name: part("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl")},
		group: &model.SecurityGroup{Name: part("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"), VPC: m},
	}
	v.group.Ingress = []model.Rule{{Name: v.group.Name, Traffic: allTraffic, Group: v.group}}
	for _, block := range []netip.Prefix{everywhere4, everywhere6} {
		v.group.Egress = append(v.group.Egress, model.Rule{Name: v.group.Name, Traffic: allTraffic, Block: block})
		entry := model.ACLEntry{Name: v.acl.Name, Number: 100 + len(v.acl.Ingress), Allow: true, Traffic: allTraffic, Block: block}
		v.acl.Ingress, v.acl.Egress = append(v.acl.Ingress, entry), append(v.acl.Egress, entry)
	}
	if isOutside {
		const what = "is not in the stack"
		v.table.Doubts = append(v.table.Doubts, model.Doubt{Name: v.table.Name, What: what})
		v.acl.Doubts = append(v.acl.Doubts, model.Doubt{Name: v.acl.Name, What: what})
		v.group.Doubts = append(v.group.Doubts, model.Doubt{Name: v.group.Name, What: what})
	}
	b.network.VPCs = append(b.network.VPCs, m)
	b.all = append(b.all, v)
	b.whole[m] = v
	return v
}

// vpcOf is the VPC that a value names. One that is not in the stack stands in
// the model too, with a doubt, so that what is in it has a place.
func (b *builder) vpcOf(r *state.Resource, property string) *vpc {
	found := b.vpcs.find(b, r.Get(property))
	if found.one != nil {
		return found.one
	}
	name := model.Name{Type: "aws:ec2/vpc:Vpc", ID: found.id, URN: r.URN}
	v := b.newVPC(&model.VPC{Name: name}, true)
	v.unseen(doubt(r, found.why))
	if !found.any {
		for _, other := range found.some {
			other.Doubts = append(other.Doubts, doubt(r, found.why))
		}
	}
	if found.id != "" {
		b.vpcs.known(v, found.id)
	}
	return v
}

func (b *builder) addBlock(v *vpc, value state.Value, property string) {
	if block, ok := prefix(value); ok {
		// After a refresh a VPC shows the IPv6 block of an association, too.
		if !slices.Contains(v.Blocks, block) {
			v.Blocks = append(v.Blocks, block)
		}
		return
	}
	// Only what AWS chooses itself is missing before the VPC is made.
	if !value.Absent() {
		v.Doubts = append(v.Doubts, doubt(value.Owner(), value.Doubt()))
	} else if property == "cidrBlock" {
		v.Doubts = append(v.Doubts, doubt(value.Owner(), "its cidrBlock is not known yet"))
	}
}

// addCIDR adds a further block to a VPC.
func addCIDR(property string) func(*builder, *state.Resource) {
	return func(b *builder, r *state.Resource) {
		found := b.vpcs.find(b, r.Get("vpcId"))
		if found.one == nil {
			for _, v := range found.some {
				v.Doubts = append(v.Doubts, doubt(r, found.why))
			}
			return
		}
		b.addBlock(found.one, r.Get(property), property)
	}
}
