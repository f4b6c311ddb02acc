package build

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

func (b *builder) addGroup(r *state.Resource) {
	// The default group of a VPC, read by its id, is the same group.
	if g := b.groups.byID[r.ID]; r.ID != "" && g != nil {
		b.takeOver(r, g)
		return
	}
	g := &model.SecurityGroup{Name: nameOf(r)}
	b.groups.add(r, g, r.Get("arn").Or(""))
	// Without a VPC it is a group of the region's default VPC.
	if found := b.vpcs.find(b, r.Get("vpcId")); found.one != nil {
		g.VPC = found.one.VPC
		b.vpcs.hand(r, found.one)
	}
}

// addDefaultGroup takes over the security group that a VPC was made with: the
// rules are those that the program says, and no others.
// https://www.pulumi.com/registry/packages/aws/api-docs/ec2/defaultsecuritygroup/
func (b *builder) addDefaultGroup(r *state.Resource) {
	found := b.vpcs.find(b, r.Get("vpcId"))
	if found.one == nil {
		g := &model.SecurityGroup{Name: nameOf(r)}
		if made := b.groups.byID[r.ID]; r.ID != "" && made != nil {
			g = made
		} else {
			for _, v := range found.some {
				v.group.Doubts = append(v.group.Doubts, doubt(r, found.why))
			}
		}
		b.takeOver(r, g)
		return
	}
	b.takeOver(r, found.one.group)
	b.vpcs.hand(r, found.one)
}

func (b *builder) takeOver(r *state.Resource, g *model.SecurityGroup) {
	g.Name, g.Ingress, g.Egress, g.Doubts = nameOf(r), nil, nil, nil
	b.groups.add(r, g, r.Get("arn").Or(""))
}

// addGroupRules adds the rules that are written in a group.
func (b *builder) addGroupRules(r *state.Resource) {
	g := b.groups.of(r)
	for _, property := range []string{"ingress", "egress"} {
		for _, list := range r.Both(property) {
			entries, complete := list.List()
			if !complete {
				g.Doubts = append(g.Doubts, doubt(r, list.Doubt()))
			}
			for _, e := range entries {
				peers := b.peers(g, e.Get("cidrBlocks"), e.Get("ipv6CidrBlocks"), e.Get("prefixListIds"), e.Get("securityGroups"), e.Get("self"))
				t, unknown := traffic(e.Get("protocol"), e.Get("fromPort"), e.Get("toPort"))
				b.put(r, g, property == "ingress", t, unknown, peers)
			}
		}
	}
}

// addRule adds a rule of the older kind, with several ends.
func (b *builder) addRule(r *state.Resource) {
	t, unknown := traffic(r.Get("protocol"), r.Get("fromPort"), r.Get("toPort"))
	switch kind := r.Get("type").Or(""); kind {
	case "ingress", "egress":
		b.inGroup(r, unknown, func(g *model.SecurityGroup, unknown string) {
			peers := b.peers(g, r.Get("cidrBlocks"), r.Get("ipv6CidrBlocks"), r.Get("prefixListIds"), r.Get("sourceSecurityGroupId"), r.Get("self"))
			b.put(r, g, kind == "ingress", t, unknown, peers)
		})
	default:
		why := r.Get("type").Doubt()
		b.inGroup(r, why, func(g *model.SecurityGroup, _ string) {
			b.put(r, g, true, t, why, nil)
			b.put(r, g, false, t, why, nil)
		})
	}
}

// addSeparateRule adds a rule of the newer kind, with one end.
func addSeparateRule(ingress bool) func(*builder, *state.Resource) {
	return func(b *builder, r *state.Resource) {
		t, unknown := traffic(r.Get("ipProtocol"), r.Get("fromPort"), r.Get("toPort"))
		b.inGroup(r, unknown, func(g *model.SecurityGroup, unknown string) {
			peers := b.peers(g, r.Get("cidrIpv4"), r.Get("cidrIpv6"), r.Get("prefixListId"), r.Get("referencedSecurityGroupId"), state.Value{})
			b.put(r, g, ingress, t, unknown, peers)
		})
	}
}

// inGroup finds the group that a rule is in. Where it may be in one of several,
// each of them may have it.
func (b *builder) inGroup(r *state.Resource, unknown string, put func(*model.SecurityGroup, string)) {
	found := b.groups.find(b, r.Get("securityGroupId"))
	switch {
	case found.one != nil:
		put(found.one, unknown)
	case found.id == "":
		for _, g := range found.some {
			put(g, found.why)
		}
	default:
		// Rules may be added to a group that is not managed here: it stands in
		// the model with what is known of it.
		put(b.absentGroup(r, found.id), unknown)
	}
}

// settleRules puts the rules of each group in one order, the widest first: AWS
// gives them none, and a refresh shows them in any.
func (b *builder) settleRules() {
	for _, g := range b.groups.all {
		for _, rules := range [][]model.Rule{g.Ingress, g.Egress} {
			slices.SortStableFunc(rules, func(x, y model.Rule) int {
				return cmp.Or(
					-cmp.Compare(wide(x.Traffic), wide(y.Traffic)), cmp.Compare(x.Traffic.Protocol, y.Traffic.Protocol), cmp.Compare(x.Traffic.From, y.Traffic.From),
					cmp.Compare(x.Block.Bits(), y.Block.Bits()), x.Block.Compare(y.Block), cmp.Compare(x.URN, y.URN))
			})
		}
	}
}

// wide is how many ports of how many protocols a rule lets through, roughly.
func wide(t model.Traffic) int {
	if t.Protocol == -1 {
		return 1 << 24
	}
	return t.To - t.From
}

// absentGroup is a group that is known by its id only.
func (b *builder) absentGroup(r *state.Resource, id string) *model.SecurityGroup {
	g := b.groups.byID[id]
	if g == nil {
		name := model.Name{URN: r.URN, Type: "aws:ec2/securityGroup:SecurityGroup", ID: id}
		g = &model.SecurityGroup{Name: name, Doubts: []model.Doubt{{Name: name, What: "is not in the stack"}}}
		b.groups.known(g, id)
	}
	return g
}

// peer is one other end of a rule.
type peer struct {
	rule model.Rule // with Block, Group, PrefixList or Unknown
}

// peers reads the other ends of a rule, each a value or a list of values.
func (b *builder) peers(g *model.SecurityGroup, four, six, lists, groups, self state.Value) (ends []peer) {
	add := func(rule model.Rule) { ends = append(ends, peer{rule}) }
	for _, blocks := range []state.Value{four, six} {
		for _, v := range each(blocks) {
			if p, ok := prefix(v); ok {
				add(model.Rule{Block: p})
			} else if !v.Empty() {
				add(model.Rule{Unknown: v.Doubt()})
			}
		}
	}
	for _, v := range each(lists) {
		found := b.prefixes.find(b, v)
		switch {
		case v.Empty():
		case found.one != nil:
			add(model.Rule{PrefixList: found.one})
		case found.id != "":
			add(model.Rule{PrefixList: b.absentList(v, found.id)})
		default:
			add(model.Rule{Unknown: found.why})
		}
	}
	for _, v := range each(groups) {
		id, _ := v.Text()
		// A group of another account is written with the account before it.
		if _, plain, other := strings.Cut(id, "/"); other && strings.HasPrefix(plain, "sg-") {
			add(model.Rule{Group: b.absentGroup(v.Owner(), plain)})
			continue
		}
		found := b.groups.find(b, v)
		switch {
		case v.Empty():
		case found.one != nil:
			add(model.Rule{Group: found.one})
		case found.id != "":
			add(model.Rule{Group: b.absentGroup(v.Owner(), found.id)})
		default:
			add(model.Rule{Unknown: found.why})
		}
	}
	if self.Owner() != nil && !self.Empty() {
		switch itself, ok := self.Bool(); {
		case !ok:
			add(model.Rule{Unknown: self.Doubt()})
		case itself:
			add(model.Rule{Group: g})
		}
	}
	return ends
}

// each are the elements of a list, or itself when it cannot be read.
func each(v state.Value) []state.Value {
	if elements, complete := v.List(); complete {
		return elements
	}
	return []state.Value{v}
}

// put adds a rule with each of its other ends.
func (b *builder) put(r *state.Resource, g *model.SecurityGroup, ingress bool, t model.Traffic, unknown string, peers []peer) {
	if len(peers) == 0 {
		// A rule without another end is not one that AWS makes: it is hidden.
		peers = []peer{{model.Rule{Unknown: cmp.Or(unknown, "its other end is not known")}}}
	}
	rules := &g.Egress
	if ingress {
		rules = &g.Ingress
	}
	for _, p := range peers {
		rule := p.rule
		rule.Name, rule.Traffic = nameOf(r), t
		if rule.Unknown == "" {
			rule.Unknown = cmp.Or(unknown, b.unsure)
		}
		if rule.Unknown != "" {
			rule.Group, rule.PrefixList = nil, nil
			rule.Block = noBlock
		}
		key := ruleKey{g, ingress, t, rule.Block, rule.Group, rule.PrefixList, rule.Unknown}
		// A refresh shows a rule of the program in its group, too.
		if at, twice := b.rules[key]; twice {
			if (*rules)[at].URN == g.URN {
				(*rules)[at].Name = rule.Name
			}
			continue
		}
		b.rules[key] = len(*rules)
		*rules = append(*rules, rule)
	}
}
