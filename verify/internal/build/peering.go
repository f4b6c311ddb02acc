package build

import (
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

func (b *builder) addPeering(r *state.Resource) {
	p := &model.Peering{Name: nameOf(r)}
	b.peerings.add(r, p)
	for i, property := range []string{"vpcId", "peerVpcId"} {
		found := b.vpcs.find(b, r.Get(property))
		if found.one != nil {
			p.VPCs[i] = found.one.VPC
			if !slices.Contains(found.one.Peerings, p) {
				found.one.Peerings = append(found.one.Peerings, p)
			}
			continue
		}
		for _, v := range found.some {
			v.Doubts = append(v.Doubts, doubt(r, found.why))
		}
	}
}

// addAccepter: the other side's acceptance is the same connection, by its id.
func (b *builder) addAccepter(r *state.Resource) {
	if found := b.peerings.find(b, r.Get("vpcPeeringConnectionId")); found.one != nil {
		b.peerings.add(r, found.one, found.id)
		return
	}
	p := &model.Peering{Name: nameOf(r)}
	b.peerings.add(r, p, r.Get("vpcPeeringConnectionId").Or(""))
	if found := b.vpcs.find(b, r.Get("vpcId")); found.one != nil {
		p.VPCs[0] = found.one.VPC
		found.one.Peerings = append(found.one.Peerings, p)
	}
}
