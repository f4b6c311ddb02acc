package build

import (
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// Before the first update a reference to a component's output depends on the
// component as a whole, and so on every child of it. Of this package's own
// components it is known which child each output hands out and which subnets
// each child is put into, because the children are an interface that no release
// changes (internal/children). For every other component all children count.

const own = children.Package

// roleOf is the tier of the subnets that a component of ours has put a child
// into; "" where that is not known.
func (b *builder) roleOf(component, child *state.Resource) string {
	switch place := children.PlaceOf(component.Type, current(child.Type)); place {
	case children.InPrivate, children.InPublic:
		return string(place)
	case children.AsTemplate:
		return hostsRole(b, child)
	case children.AsInternal:
		return balancerRole(child)
	}
	return ""
}

// hostsRole: hosts are in public subnets when their template gives them public
// addresses; it says so either way.
func hostsRole(b *builder, group *state.Resource) string {
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
func balancerRole(balancer *state.Resource) string {
	internal, ok := balancer.Asked("internal").Bool()
	switch {
	case !ok:
		return ""
	case internal:
		return "private"
	}
	return "public"
}

// current is a type of AWS's under its module's current name, as children have it.
func current(typ string) string {
	if name := token(typ); name != "" {
		return "aws:" + name
	}
	return typ
}

// makesVpc says whether a component of ours makes a network.
func makesVpc(component *state.Resource) bool {
	return slices.Contains(children.Tokens(children.Vpcs), component.Type)
}

// handedOut are the parts of a component that a value made from it can refer to.
func (b *builder) handedOut(component *state.Resource, v state.Value) []*state.Resource {
	parts := b.stacks.Within(component.URN)
	if !strings.HasPrefix(component.Type, own) {
		return parts
	}
	kept := parts[:0:0]
	role := b.role(v)
	for _, part := range parts {
		switch child := children.Find(component.Type, component.Name, current(part.Type), part.Name); {
		case child == nil:
			// A part that this release does not know.
		case len(child.Outputs) == 0:
			continue
		case child == children.Vpc && !strings.Contains(v.Path(), "vpc"):
			// No output of ours is a default group, table or list of the VPC.
			continue
		case child.Type == children.HttpListener.Type && redirects(part):
			// Services join the listener that it sends clients on to.
			continue
		case child.Tier != "" && role != "" && child.Tier != role:
			continue
		case child == children.EndpointGroup && role != "" && strings.HasPrefix(v.Path(), "networkConfiguration."):
			// A task is no member of the endpoints' group.
			continue
		}
		kept = append(kept, part)
	}
	return kept
}

// redirects says whether a listener only sends clients on to another one.
func redirects(listener *state.Resource) bool {
	actions, complete := listener.Asked("defaultActions").List()
	return complete && len(actions) == 1 && strings.EqualFold(actions[0].Get("type").Or(""), "redirect")
}

// role is "private" or "public" when a component of ours has put the value's
// owner into the subnets of that name, "" otherwise.
func (b *builder) role(v state.Value) string {
	parent := b.stacks.Find(v.Owner().Parent)
	if parent == nil {
		return ""
	}
	return b.roleOf(parent, v.Owner())
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
		if r == nil || !makesVpc(r) {
			return false
		}
	}
	return true
}
