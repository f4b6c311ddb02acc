package build

import (
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// Before the first update a reference to a component's output depends on the
// component as a whole, and so on every child of it. Of this package's own
// components it is known which child each of them hands to which, because
// names, types and parents of children are an interface that no release
// changes (docs/names.md). For every other component all children count.

const own = "ecsnet:index:"

// places are the components that put something into a network's subnets.
var places = map[string]func(b *builder, child *state.Resource) (role string){
	own + "FargatePrivateService": func(*builder, *state.Resource) string { return "private" },
	own + "Ec2Service":            func(*builder, *state.Resource) string { return "private" },
	own + "FargatePublicService":  func(*builder, *state.Resource) string { return "public" },
	own + "Ec2Capacity":           hostsRole,
	own + "ApplicationIngress":    balancerRole,
	own + "NetworkIngress":        balancerRole,
}

// hostsRole: hosts are in public subnets when their template gives them public
// addresses; it says so either way.
func hostsRole(b *builder, group *state.Resource) string {
	if token(group.Type) != "autoscaling/group:Group" {
		return ""
	}
	found, _ := b.templateOf(group)
	if found.one == nil || found.one.public.Owner() == nil {
		return ""
	}
	switch b.truth(found.one.public, model.Maybe) {
	case model.Yes:
		return "public"
	case model.No:
		return "private"
	}
	return ""
}

// balancerRole: a load balancer that faces the internet is in public subnets.
func balancerRole(_ *builder, balancer *state.Resource) string {
	internal, ok := balancer.Asked("internal").Bool()
	switch {
	case !ok:
		return ""
	case internal:
		return "private"
	}
	return "public"
}

// networks are the components whose children are a network.
var networks = map[string]bool{own + "IsolatedVpc": true, own + "NatNetwork": true, own + "PublicNetwork": true}

// handedOut are the parts of a component that a value made from it can refer to.
func (b *builder) handedOut(component *state.Resource, v state.Value) []*state.Resource {
	parts := b.stacks.Within(component.URN)
	if !networks[component.Type] {
		return parts
	}
	kept := parts[:0:0]
	role := b.role(v)
	for _, part := range parts {
		switch token(part.Type) {
		case "ec2/defaultSecurityGroup:DefaultSecurityGroup", "ec2/vpc:Vpc":
			// No output of ours is a default group, table or list of the VPC.
			if !strings.Contains(v.Path(), "vpc") {
				continue
			}
		case "ec2/subnet:Subnet":
			if role != "" && !strings.HasPrefix(part.Name, component.Name+"-"+role+"-") {
				continue
			}
		case "ec2/securityGroup:SecurityGroup":
			// The only group that a network hands out is that of its endpoints,
			// and a task is no member of it.
			if role != "" && strings.HasPrefix(v.Path(), "networkConfiguration.") {
				continue
			}
		}
		kept = append(kept, part)
	}
	return kept
}

// role is "private" or "public" when a component of ours has put the value's
// owner into the subnets of that name, "" otherwise.
func (b *builder) role(v state.Value) string {
	parent := b.stacks.Find(v.Owner().Parent)
	if parent == nil {
		return ""
	}
	if place := places[parent.Type]; place != nil {
		return place(b, v.Owner())
	}
	return ""
}

// takesAll says that a list which is not known yet has everything in it that it
// was made from: a component of ours takes all subnets of their role, when they
// are those of a network of ours.
func (b *builder) takesAll(v state.Value) bool {
	if b.role(v) == "" {
		return false
	}
	for _, urn := range v.Dependencies() {
		r := b.stacks.Find(urn)
		if r != nil && r.Custom {
			if token(r.Type) != "ec2/subnet:Subnet" {
				continue
			}
			r = b.stacks.Find(r.Parent)
		}
		if r == nil || !networks[r.Type] {
			return false
		}
	}
	return true
}
