package build

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// addressed are the network interfaces that have an address in a VPC.
type addressed struct {
	address netip.Addr
	hosts   *model.Interfaces
}

// addresses notes the private addresses of a host, which its properties name
// one by one or in lists.
func (b *builder) addresses(r *state.Resource, hosts *model.Interfaces, properties ...string) {
	for _, property := range properties {
		for _, v := range each(r.Get(property)) {
			if address, err := netip.ParseAddr(strings.TrimSpace(v.Or(""))); err == nil {
				b.everyAddress = append(b.everyAddress, addressed{address, hosts})
			}
		}
	}
}

// at are the hosts with an address. Networks may use the same addresses: of a
// VPC that is known only its own hosts are meant.
func (b *builder) at(address netip.Addr, in *vpc) (hosts []*model.Interfaces) {
	for _, a := range b.everyAddress {
		where := b.vpcOfInterfaces(a.hosts)
		elsewhere := in != nil && where != nil && where != in
		if a.address == address && !elsewhere && !slices.Contains(hosts, a.hosts) {
			hosts = append(hosts, a.hosts)
		}
	}
	return hosts
}

// byAddress finds the host that a target group has by its address. why is what
// is not known of a target that is an address, and "" of every other.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-type
func (b *builder) byAddress(r *state.Resource) (host *model.Interfaces, why string) {
	text := r.Get("targetId").Or("")
	address, err := netip.ParseAddr(text)
	if err != nil {
		return nil, ""
	}
	var in *vpc
	// "all" is of an address that is in no subnet of the group's VPC.
	if group := b.targetGroups.find(b, r.Get("targetGroupArn")).one; group != nil && r.Get("availabilityZone").Or("") != "all" {
		in = group.vpc
	}
	switch hosts := b.at(address, in); len(hosts) {
	case 0:
		return nil, "registers " + text + ", which is not in the stack"
	case 1:
		return hosts[0], ""
	}
	return nil, "registers " + text + ", which is the address of several hosts"
}
