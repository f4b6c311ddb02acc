package build

import (
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// subnet is a subnet with what is associated with it.
type subnet struct {
	*model.Subnet
	vpc *vpc
	// outside: it is not managed in the stack.
	outside bool
	zoneID  string
	tables  []*model.RouteTable
	acls    []*model.NetworkACL
}

func (b *builder) addSubnet(r *state.Resource) {
	v := b.vpcOf(r, "vpcId")
	where := b.vpcs.find(b, r.Get("vpcId"))
	s := &subnet{Subnet: &model.Subnet{Name: nameOf(r), VPC: v.VPC, ExcludedIngress: model.No, ExcludedEgress: model.No}, vpc: v, outside: r.External}
	v.Subnets = append(v.Subnets, s.Subnet)
	b.subnets.add(r, s, r.Get("arn").Or(""))
	b.vpcs.hand(r, v)
	b.everySubnet = append(b.everySubnet, s)

	s.Zone, s.zoneID = zoneOf(r)
	s.MapPublicIP = b.truth(r.Get("mapPublicIpOnLaunch"), model.No)
	s.AssignIPv6 = b.truth(r.Get("assignIpv6AddressOnCreation"), model.No)
	native, _ := r.Get("ipv6Native").Bool()
	if block, ok := prefix(r.Get("cidrBlock")); ok {
		s.Blocks = append(s.Blocks, block)
	} else if !native {
		s.Doubts = append(s.Doubts, doubt(r, r.Get("cidrBlock").Doubt()))
	}
	s.HasIPv6 = model.No
	if six := r.Get("ipv6CidrBlock"); !six.Empty() {
		s.HasIPv6 = model.Yes
		if block, ok := prefix(six); ok {
			s.Blocks = append(s.Blocks, block)
		} else if six.Known() {
			s.HasIPv6 = model.Maybe
		}
	}
	if where.one == nil {
		s.Doubts = append(s.Doubts, doubt(r, where.why))
	}
	if s.outside {
		s.Doubts = append(s.Doubts, doubt(r, "is not managed by the stack: its route table and its network ACL are not seen"))
	}
}

// addDefaultSubnet adds the subnet that a default VPC has in a zone. Instances
// in it get public addresses.
// https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
func (b *builder) addDefaultSubnet(r *state.Resource) {
	if r.Get("vpcId").Empty() {
		b.defaultSubnetsWithoutVPC(r)
		return
	}
	b.addSubnet(r)
	b.subnets.of(r).MapPublicIP = b.truth(r.Get("mapPublicIpOnLaunch"), model.Yes)
}

// defaultSubnetsWithoutVPC: before it is read, a default subnet says only its
// zone. It is in the region's default VPC, which the stack may have.
func (b *builder) defaultSubnetsWithoutVPC(r *state.Resource) {
	v := b.newVPC(&model.VPC{Name: model.Name{URN: r.URN, Type: "aws:ec2/defaultVpc:DefaultVpc"}}, true)
	v.unseen(doubt(r, "is a subnet of the default VPC, which is not read yet"))
	s := &subnet{Subnet: &model.Subnet{Name: nameOf(r), VPC: v.VPC, Zone: r.Get("availabilityZone").Or(""), ExcludedIngress: model.No, ExcludedEgress: model.No}, vpc: v, outside: true}
	s.MapPublicIP, s.HasIPv6 = b.truth(r.Get("mapPublicIpOnLaunch"), model.Yes), model.Maybe
	s.Doubts = append(s.Doubts, doubt(r, "is not read yet"))
	v.Subnets = append(v.Subnets, s.Subnet)
	b.subnets.add(r, s)
	b.everySubnet = append(b.everySubnet, s)
}

// settleSubnets gives every subnet the route table and the network ACL in force:
// what is associated with it, or what its VPC has for the others.
func (b *builder) settleSubnets() {
	for _, s := range b.everySubnet {
		table := s.vpc.table
		if len(s.vpc.mains) > 0 {
			table = s.vpc.mains[0]
		}
		if len(s.tables) > 0 {
			table = s.tables[0]
		}
		if len(s.tables) > 1 || len(s.tables) == 0 && len(s.vpc.mains) > 1 {
			// AWS refuses the second association, whichever that is.
			s.doubt("is associated with more than one route table, and AWS takes one")
		}
		acl := s.vpc.acl
		if len(s.acls) > 0 {
			acl = s.acls[0]
		}
		if len(s.acls) > 1 {
			s.doubt("is associated with more than one network ACL, and AWS takes one")
		}
		// The main table and the default ACL of a VPC that somebody else
		// manages are not known, and nothing stands for them.
		if table == s.vpc.table && s.vpc.outside && !b.managed[table] {
			table = nil
			s.doubt("has no route table in the stack, and its VPC's main one is not there")
		}
		if acl == s.vpc.acl && s.vpc.outside && !b.managedACLs[acl] {
			acl = nil
			s.doubt("has no network ACL in the stack, and its VPC's default one is not there")
		}
		if s.outside && len(s.tables) == 0 {
			table = nil
		}
		if s.outside && len(s.acls) == 0 {
			acl = nil
		}
		s.Table, s.ACL = table, acl
	}
}

func (s *subnet) doubt(what string) {
	d := model.Doubt{Name: s.Name, What: what}
	if !slices.Contains(s.Doubts, d) {
		s.Doubts = append(s.Doubts, d)
	}
}
