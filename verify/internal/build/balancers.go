package build

import (
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// addBalancer adds an Application, Network or Gateway Load Balancer.
func (b *builder) addBalancer(r *state.Resource) {
	l := &model.LoadBalancer{Name: nameOf(r), Kind: r.Get("loadBalancerType").Or("")}
	b.balancers.add(r, l, r.Get("arn").Or(""))
	b.network.Balancers = append(b.network.Balancers, l)
	switch kind := r.Get("loadBalancerType"); l.Kind {
	case "application", "network", "gateway":
	default:
		l.Kind = "application" // when nothing is said
		if !kind.Empty() {
			l.Doubts = append(l.Doubts, doubt(r, kind.Doubt()))
		}
	}
	known := len(l.Doubts) == 0
	l.Internal = b.truth(r.Get("internal"), model.No)
	if v := r.Get("internal"); v.Absent() && r.Made() {
		l.Internal = model.Maybe // the provider always writes it
	}
	groups := r.Get("securityGroups")
	l.Interfaces = &model.Interfaces{Name: l.Name, Forwards: model.No}
	b.placeBalancer(l.Interfaces, r)
	elements, complete := groups.List()
	if l.Kind == "network" && complete && len(elements) == 0 {
		// A Network Load Balancer that was made without groups has none.
		// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
		l.Interfaces.Unfiltered = true
	} else {
		b.guard(l.Interfaces, r, groups)
	}
	if !known {
		// A Network Load Balancer may have no group at all.
		l.Interfaces.GroupDoubts = append(l.Interfaces.GroupDoubts, l.Doubts...)
	}
	l.Interfaces.PublicIPv4 = -l.Internal
	l.Interfaces.IPv6 = model.No
	switch stack := r.Get("ipAddressType"); stack.Or("") {
	case "dualstack":
		l.Interfaces.IPv6 = model.Yes
	case "dualstack-without-public-ipv4":
		l.Interfaces.IPv6, l.Interfaces.PublicIPv4 = model.Yes, model.No
	case "ipv4":
	default:
		if !stack.Empty() {
			l.Interfaces.IPv6 = model.Maybe
		}
	}
	if l.Kind == "gateway" {
		l.Doubts = append(l.Doubts, doubt(r, "is a Gateway Load Balancer, behind which the proof does not look"))
	}
}

// placeBalancer puts a load balancer into its subnets, which it names in a list
// or one by one with an address each.
func (b *builder) placeBalancer(i *model.Interfaces, r *state.Resource) {
	mappings := r.Get("subnetMappings")
	if subnets := r.Get("subnets"); !subnets.Unset() || mappings.Unset() {
		b.place(i, r, subnets)
		return
	}
	elements, complete := mappings.List()
	if !complete {
		b.place(i, r, mappings)
	}
	for _, m := range elements {
		b.place(i, r, m.Get("subnetId"))
	}
}
