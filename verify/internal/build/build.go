// Package build makes the model of a network from the resources of a stack.
//
// Every AWS resource counts, whoever made it; a component counts by its
// children. The files follow AWS's families of resources, and types.go is the
// table of what is understood. What a resource refers to is found by its id, as
// AWS finds it, or before there is an id by what the property was made from.
//
// Nothing is guessed: what is not known becomes a doubt at the thing that it
// may change.
package build

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// Network is what the resources make.
func Network(stacks *state.Stacks) *model.Network {
	b := newBuilder(stacks)
	resources := sorted(stacks)
	for _, phase := range phases {
		for _, r := range resources {
			if build, ok := phase[token(r.Type)]; ok {
				build(b, r)
			}
		}
	}
	for _, r := range resources {
		b.addOther(r)
	}
	b.finish()
	return b.network
}

// builder holds what is found while the model is made.
type builder struct {
	stacks  *state.Stacks
	network *model.Network

	vpcs          things[vpc]
	subnets       things[subnet]
	tables        things[model.RouteTable]
	groups        things[model.SecurityGroup]
	acls          things[model.NetworkACL]
	prefixes      things[model.PrefixList]
	gateways      things[model.InternetGateway]
	outbound      things[model.EgressOnlyGateway]
	nats          things[model.NATGateway]
	vpns          things[model.Name]
	peerings      things[model.Peering]
	transits      things[transit]
	transitTables things[transitTable]
	attachments   things[attachment]
	endpoints     things[endpoint]
	hosts         things[model.Interfaces]
	templates     things[template]
	scaling       things[scaling]
	capacity      things[provider]
	clusters      things[cluster]
	tasks         things[task]
	balancers     things[model.LoadBalancer]
	classics      things[model.LoadBalancer]
	listeners     things[listener]
	targetGroups  things[targetGroup]
	apis          things[api]
	links         things[model.Interfaces]
	oldLinks      things[oldLink]
	registries    things[registry]

	// all VPCs, those that only something else names too; whole finds one of
	// them by its part of the model.
	all   []*vpc
	whole map[*model.VPC]*vpc

	everySubnet     []*subnet
	everyAttachment []*attachment
	everyAPI        []*api
	everyRegistry   []*registry
	everyAddress    []addressed
	machines        []*scaling
	blockings       []*blocking
	unread          []string // types that no builder reads

	vpcOfTable map[*model.RouteTable]*vpc
	// managed and managedACLs: what stands for it is in the stack.
	managed     map[*model.RouteTable]bool
	managedACLs map[*model.NetworkACL]bool
	// rules finds the place of a rule in its group, so that each counts once.
	rules map[ruleKey]int
	// unsure is why the rules that are added now may not be there.
	unsure string
}

// ruleKey is what makes a rule of a group the same as another one.
type ruleKey struct {
	group   *model.SecurityGroup
	ingress bool
	traffic model.Traffic
	block   netip.Prefix
	peer    *model.SecurityGroup
	list    *model.PrefixList
	unknown string
}

// noBlock stands where a rule names no block.
var noBlock netip.Prefix

func newBuilder(stacks *state.Stacks) *builder {
	b := &builder{
		stacks: stacks, network: &model.Network{},
		whole: map[*model.VPC]*vpc{}, vpcOfTable: map[*model.RouteTable]*vpc{},
		managed: map[*model.RouteTable]bool{}, managedACLs: map[*model.NetworkACL]bool{},
		rules: map[ruleKey]int{},
	}
	// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
	b.vpcs.form, b.subnets.form, b.tables.form, b.groups.form, b.acls.form = "vpc-", "subnet-", "rtb-", "sg-", "acl-"
	b.gateways.form, b.prefixes.form, b.transits.form, b.attachments.form = "igw-", "pl-", "tgw-", "tgw-attach-"
	return b
}

// sorted puts what the stacks manage before what they only read: a resource that
// one stack manages and another reads is one resource, with what its own stack
// knows of it.
func sorted(stacks *state.Stacks) (resources []*state.Resource) {
	type identity struct{ token, id string }
	managed := map[identity]bool{}
	var read []*state.Resource
	for _, r := range stacks.Resources {
		switch {
		case !r.Custom:
		case r.External:
			read = append(read, r)
		default:
			resources = append(resources, r)
			managed[identity{token(r.Type), r.ID}] = true
		}
	}
	for _, r := range read {
		if r.ID == "" || !managed[identity{token(r.Type), r.ID}] {
			resources = append(resources, r)
		}
	}
	// The engine writes them in whatever order they were done.
	slices.SortStableFunc(resources, func(x, y *state.Resource) int {
		return cmp.Or(cmp.Compare(order(x.External), order(y.External)), cmp.Compare(x.URN, y.URN))
	})
	return resources
}

func order(external bool) int {
	if external {
		return 1
	}
	return 0
}

// finish settles what depends on everything that was found.
func (b *builder) finish() {
	b.settleZones()
	b.settleSubnets()
	b.settleACLs()
	b.settleTransit()
	b.settleBlocking()
	b.settleAPIs()
	b.leftovers()
	b.settleRules()
	b.notes()
}

// nameOf names a resource in the model.
func nameOf(r *state.Resource) model.Name {
	return model.Name{URN: r.URN, Type: r.Type, ID: r.ID}
}

// doubt is a doubt about a resource.
func doubt(r *state.Resource, what string) model.Doubt {
	return model.Doubt{Name: nameOf(r), What: what}
}

func (b *builder) doubt(r *state.Resource, what string) {
	b.network.Doubts = append(b.network.Doubts, doubt(r, what))
}
