package verify

import (
	"cmp"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// zoneRedundant says whether tasks go on when a zone is lost: they are in two
// zones at least, and none of them leaves through a NAT gateway of another zone.
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
func zoneRedundant(i *model.Interfaces, paths []draft) (answer, []ZoneDependency) {
	deps := []ZoneDependency{}
	depends := no("")
	seen := map[dependency]bool{}
	for _, p := range paths {
		d := p.dependsOn
		if p.blind { // it may lead through any gateway
			depends = some(depends, maybe(p.because...))
		}
		if d.subnet == nil || d.nat == nil || d.nat.Regional {
			continue
		}
		if d.nat.Subnet == nil || d.nat.Subnet.Zone == "" || d.subnet.Zone == "" {
			depends = some(depends, maybe(doubt(d.nat.Name, "its zone is not known")))
			continue
		}
		if d.nat.Subnet.Zone == d.subnet.Zone {
			continue
		}
		if p.sure {
			depends = yes
		} else {
			depends = some(depends, maybe(p.because...))
		}
		if !seen[d] {
			seen[d] = true
			deps = append(deps, ZoneDependency{Zone: d.subnet.Zone, Subnet: d.subnet.URN, NatGateway: d.nat.URN, NatZone: d.nat.Subnet.Zone})
		}
	}
	slices.SortFunc(deps, func(a, b ZoneDependency) int {
		return cmp.Or(cmp.Compare(a.Zone, b.Zone), cmp.Compare(a.Subnet, b.Subnet), cmp.Compare(a.NatGateway, b.NatGateway))
	})
	return all(inTwoZones(i), not(depends)), deps
}

func not(a answer) answer {
	a.truth = -a.truth
	return a
}

// inTwoZones says whether interfaces are placed in two zones at least.
func inTwoZones(i *model.Interfaces) answer {
	if i == nil {
		return maybe(doubt(model.Name{}, "the network interfaces are not known"))
	}
	if len(i.Doubts) > 0 {
		return maybe(i.Doubts...)
	}
	zones := map[string]bool{}
	unknown := false
	for _, s := range i.Subnets {
		if s == nil || s.Zone == "" {
			unknown = true
			continue
		}
		zones[s.Zone] = true
	}
	switch {
	case i.SubnetsAreCandidates && len(i.Subnets) > 1:
		return maybe(doubt(i.Name, "in which of "+namesOf(i.Subnets)+" it is is not known"))
	case len(zones) >= 2:
		return yes
	case unknown || len(i.Subnets) == 0:
		return maybe(doubt(i.Name, "the zones of its subnets are not known"))
	}
	return no("all of its subnets are in one zone")
}
