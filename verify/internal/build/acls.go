package build

import (
	"cmp"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

func (b *builder) addACL(r *state.Resource) {
	a := &model.NetworkACL{Name: nameOf(r)}
	// The default one of a VPC, read by its id, is the same list.
	if made := b.acls.byID[r.ID]; r.ID != "" && made != nil {
		a = made
		*a = model.NetworkACL{Name: nameOf(r)}
		b.managedACLs[a] = true
	}
	b.acls.add(r, a, r.Get("arn").Or(""))
}

// addDefaultACL takes over the network ACL that a VPC was made with: the
// entries are those that the program says, and no others.
// https://www.pulumi.com/registry/packages/aws/api-docs/ec2/defaultnetworkacl/
func (b *builder) addDefaultACL(r *state.Resource) {
	found := b.acls.find(b, r.Get("defaultNetworkAclId"))
	a := found.one
	if a == nil {
		a = &model.NetworkACL{}
		for _, one := range found.some { // it may be any VPC's
			one.Doubts = append(one.Doubts, doubt(r, found.why))
		}
	}
	doubts := a.Doubts
	if found.one != nil {
		doubts = nil
	}
	*a = model.NetworkACL{Name: nameOf(r), Doubts: doubts}
	b.managedACLs[a] = true
	b.acls.add(r, a, r.Get("arn").Or(""), found.id)
}

// addACLParts adds the entries that are written in a list, and the subnets that
// it names.
func (b *builder) addACLParts(r *state.Resource) {
	a := b.acls.of(r)
	for _, property := range []string{"ingress", "egress"} {
		for _, list := range r.Both(property) {
			entries, complete := list.List()
			if !complete {
				a.Doubts = append(a.Doubts, doubt(r, list.Doubt()))
			}
			for _, e := range entries {
				b.addEntry(r, a, property == "egress", entryFields{
					number: e.Get("ruleNo"), action: e.Get("action"), protocol: e.Get("protocol"),
					from: e.Get("fromPort"), to: e.Get("toPort"), icmpType: e.Get("icmpType"), icmpCode: e.Get("icmpCode"),
					four: e.Get("cidrBlock"), six: e.Get("ipv6CidrBlock"),
				})
			}
		}
	}
	for _, list := range r.Both("subnetIds") {
		b.guards(r, a, list)
	}
}

// guards puts subnets under an ACL.
func (b *builder) guards(r *state.Resource, a *model.NetworkACL, v state.Value) {
	found := b.subnets.findAll(b, v)
	for _, s := range found.all {
		if found.chosen {
			s.Doubts = append(s.Doubts, doubt(r, "may guard it: "+partly(v)))
			continue
		}
		if !slices.Contains(s.acls, a) {
			s.acls = append(s.acls, a)
		}
	}
	if len(found.why) == 0 || idsOnly(v) {
		return // what is not in the stack concerns nothing in it
	}
	for _, s := range b.everySubnet {
		s.Doubts = append(s.Doubts, doubt(r, "may guard it: "+found.why[0]))
	}
}

// idsOnly says that every value of a list is known.
func idsOnly(v state.Value) bool {
	elements, complete := v.List()
	for _, e := range elements {
		if _, ok := e.Text(); !ok {
			complete = false
		}
	}
	return complete
}

// addACLRule adds an entry that is a resource of its own.
func (b *builder) addACLRule(r *state.Resource) {
	found := b.acls.find(b, r.Get("networkAclId"))
	if found.one == nil {
		for _, a := range found.some {
			a.Doubts = append(a.Doubts, doubt(r, found.why))
		}
		return
	}
	egress, ok := r.Get("egress").Bool()
	if v := r.Get("egress"); !ok && (v.Unknown()) {
		found.one.Doubts = append(found.one.Doubts, doubt(r, v.Doubt()))
		return
	}
	b.addEntry(r, found.one, egress, entryFields{
		number: r.Get("ruleNumber"), action: r.Get("ruleAction"), protocol: r.Get("protocol"),
		from: r.Get("fromPort"), to: r.Get("toPort"), icmpType: r.Get("icmpType"), icmpCode: r.Get("icmpCode"),
		four: r.Get("cidrBlock"), six: r.Get("ipv6CidrBlock"),
	})
}

type entryFields struct{ number, action, protocol, from, to, icmpType, icmpCode, four, six state.Value }

// addEntry adds one entry. One that cannot be read whole leaves all in doubt,
// because the first entry that matches decides.
func (b *builder) addEntry(r *state.Resource, a *model.NetworkACL, egress bool, f entryFields) {
	from, to := f.from, f.to
	if number, ok := protocol(f.protocol); ok && (number == 1 || number == 58) {
		from, to = f.icmpType, f.icmpCode
	}
	t, unknown := traffic(f.protocol, from, to)
	number, okNumber := f.number.Int()
	action := f.action.Or("")
	block, ok := prefix(f.four)
	if !ok {
		block, ok = prefix(f.six)
	}
	switch {
	case unknown != "":
	case !okNumber:
		unknown = f.number.Doubt()
	case action != "allow" && action != "deny":
		unknown = f.action.Doubt()
	case !ok && !f.four.Empty():
		unknown = f.four.Doubt()
	case !ok:
		unknown = f.six.Doubt()
	}
	if unknown != "" {
		a.Doubts = append(a.Doubts, doubt(r, unknown))
		return
	}
	entry := model.ACLEntry{Name: nameOf(r), Number: number, Allow: action == "allow", Traffic: t, Block: block}
	entries := &a.Ingress
	if egress {
		entries = &a.Egress
	}
	for i, e := range *entries {
		// A refresh shows an entry of the program in its list, too.
		if e.Number == entry.Number && e.Allow == entry.Allow && e.Traffic == entry.Traffic && e.Block == entry.Block {
			if e.URN == a.URN {
				(*entries)[i].Name = entry.Name
			}
			return
		}
	}
	*entries = append(*entries, entry)
}

func (b *builder) addACLAssociation(r *state.Resource) {
	a, s := b.acls.find(b, r.Get("networkAclId")), b.subnets.find(b, r.Get("subnetId"))
	switch {
	case s.one != nil && a.one != nil:
		if !slices.Contains(s.one.acls, a.one) {
			s.one.acls = append(s.one.acls, a.one)
		}
	case s.one != nil:
		s.one.acls = append(s.one.acls, &model.NetworkACL{Name: nameOf(r), Doubts: []model.Doubt{doubt(r, a.why)}})
	default:
		for _, one := range s.some {
			one.Doubts = append(one.Doubts, doubt(r, s.why))
		}
	}
}

// settleACLs puts entries in the order in which AWS looks at them.
func (b *builder) settleACLs() {
	seen := map[*model.NetworkACL]bool{}
	settle := func(a *model.NetworkACL) {
		if a == nil || seen[a] {
			return
		}
		seen[a] = true
		for _, entries := range [][]model.ACLEntry{a.Ingress, a.Egress} {
			slices.SortStableFunc(entries, func(x, y model.ACLEntry) int { return cmp.Compare(x.Number, y.Number) })
			for i := range entries {
				if i > 0 && entries[i].Number == entries[i-1].Number {
					a.Doubts = append(a.Doubts, model.Doubt{Name: entries[i].Name, What: "has the number of another entry of its list"})
				}
			}
		}
	}
	for _, s := range b.everySubnet {
		settle(s.ACL)
	}
	for _, v := range b.all {
		settle(v.acl)
	}
}
