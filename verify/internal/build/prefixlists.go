package build

import (
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

func (b *builder) addPrefixList(r *state.Resource) {
	l := &model.PrefixList{Name: nameOf(r), Known: true}
	b.prefixes.add(r, l, r.Get("arn").Or(""))
	for _, list := range r.Both("entries") {
		entries, complete := list.List()
		l.Known = l.Known && complete
		for _, e := range entries {
			b.addListEntry(l, e.Get("cidr"))
		}
	}
}

func (b *builder) addSeparateListEntry(r *state.Resource) {
	found := b.prefixes.find(b, r.Get("prefixListId"))
	switch {
	case found.one != nil:
		b.addListEntry(found.one, r.Get("cidr"))
	default:
		for _, l := range found.some {
			l.Known = false
		}
	}
}

func (b *builder) addListEntry(l *model.PrefixList, v state.Value) {
	block, ok := prefix(v)
	if !ok {
		l.Known = false
	} else if !slices.Contains(l.Blocks, block) {
		l.Blocks = append(l.Blocks, block)
	}
}

// absentList is a prefix list that is known by its id only.
func (b *builder) absentList(v state.Value, id string) *model.PrefixList {
	l := b.prefixes.byID[id]
	if l == nil {
		l = &model.PrefixList{Name: model.Name{URN: v.Owner().URN, Type: "aws:ec2/managedPrefixList:ManagedPrefixList", ID: id}}
		b.prefixes.known(l, id)
	}
	return l
}
