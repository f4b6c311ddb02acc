package build

import (
	"cmp"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// interfaces are the network interfaces of a resource, from the properties that
// name their subnets and their security groups.
func (b *builder) interfaces(r *state.Resource, subnets, groups state.Value) *model.Interfaces {
	i := &model.Interfaces{Name: nameOf(r), Forwards: model.No}
	b.place(i, r, subnets)
	b.guard(i, r, groups)
	return i
}

// place puts interfaces into subnets.
func (b *builder) place(i *model.Interfaces, r *state.Resource, subnets state.Value) {
	found := b.subnets.findAll(b, subnets)
	for _, s := range found.all {
		if !slices.Contains(i.Subnets, s.Subnet) {
			i.Subnets = append(i.Subnets, s.Subnet)
		}
	}
	slices.SortStableFunc(i.Subnets, func(x, y *model.Subnet) int { return cmp.Compare(x.URN, y.URN) })
	i.SubnetsAreCandidates = i.SubnetsAreCandidates || found.chosen
	for _, why := range found.why {
		i.Doubts, i.Unplaced = append(i.Doubts, doubt(r, why)), append(i.Unplaced, doubt(r, why))
	}
	if found.none && len(i.Subnets) == 0 {
		i.Doubts = append(i.Doubts, doubt(r, "its "+subnets.Path()+" is missing"))
	}
	i.IPv6 = anyIPv6(i.Subnets)
}

// guard puts interfaces under security groups; without any AWS takes the default
// one of the VPC.
func (b *builder) guard(i *model.Interfaces, r *state.Resource, groups state.Value) {
	found := b.groups.findAll(b, groups)
	if !found.chosen {
		for _, g := range found.all {
			if !slices.Contains(i.Groups, g) {
				i.Groups = append(i.Groups, g)
			}
		}
	}
	switch {
	case found.chosen:
		i.GroupDoubts = append(i.GroupDoubts, doubt(r, partly(groups)))
	case found.none:
		b.guardByDefault(i)
	}
	for _, why := range found.why {
		i.GroupDoubts = append(i.GroupDoubts, doubt(r, why))
	}
}

// guardByDefault puts interfaces under the default security group of their VPC.
func (b *builder) guardByDefault(i *model.Interfaces) {
	for _, s := range i.Subnets {
		if v := b.whole[s.VPC]; v != nil && !slices.Contains(i.Groups, v.group) {
			i.Groups = append(i.Groups, v.group)
		}
	}
}

// anyIPv6: an interface gets an IPv6 address where its subnet has a block.
func anyIPv6(subnets []*model.Subnet) model.Truth {
	most := model.No
	for _, s := range subnets {
		most = max(most, s.HasIPv6)
	}
	return most
}

// mapped is whether instances get public addresses by the setting of their
// subnets: Maybe when the subnets differ.
func mapped(subnets []*model.Subnet) model.Truth {
	if len(subnets) == 0 {
		return model.Maybe
	}
	least, most := model.Yes, model.No
	for _, s := range subnets {
		least, most = min(least, s.MapPublicIP), max(most, s.MapPublicIP)
	}
	if least == most {
		return least
	}
	return model.Maybe
}

// assigned6 is whether hosts get IPv6 addresses by the setting of the subnets
// that have a block: Maybe when these differ.
func assigned6(subnets []*model.Subnet) model.Truth {
	least, most := model.Yes, model.No
	for _, s := range subnets {
		if s.HasIPv6 != model.No {
			least, most = min(least, s.AssignIPv6), max(most, s.AssignIPv6)
		}
	}
	if most == model.No {
		return model.No
	}
	if least == most {
		return least
	}
	return model.Maybe
}
