package components

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
)

// A rule's child is named for what the rule opens, not by the user's name for
// it. AWS refuses a rule that a group already has, and the engine makes what is
// new before it deletes what is old: a rule that was only renamed would collide
// with itself. So renaming makes no other child, and two rules that open the
// same thing are one child.

// peer is who a rule admits or reaches. It may have a name before it has a value:
// that of the resource which the value comes from.
type peer struct{ kind, name, value string }

// The types of resources whose names stand for what comes from them.
var peerTypes = map[string][]string{
	"group":  {children.TaskGroup.Type},
	"cidr":   {children.Vpc.Type},
	"prefix": {children.S3Endpoint.Type, "aws:ec2/managedPrefixList:ManagedPrefixList"},
}

// peerOf is the peer of a rule, as far as it can be named.
func peerOf(ctx *pulumi.Context, r rule) peer {
	kind, in := "group", r.group
	switch {
	case r.cidr != nil:
		kind, in = "cidr", r.cidr
	case r.prefix != nil:
		kind, in = "prefix", r.prefix
	case in == nil:
		return peer{} // a fault by now
	}
	p := peer{kind: kind}
	p.name, p.value = origin(ctx, in, peerTypes[kind])
	return p
}

// origin is a name for a value that a resource may bring, and the value where
// that is known. It waits for the value, because only then does an output say
// which resources it comes from. A secret has no such name, because the name
// would show it.
func origin(ctx *pulumi.Context, in pulumi.StringPtrInput, types []string) (name, value string) {
	if text, ok := in.(pulumi.String); ok {
		return string(text), string(text)
	}
	// An error is for the child to tell, which takes the same value.
	result, err := internals.UnsafeAwaitOutput(ctx.Context(), in.ToStringPtrOutput())
	if err != nil || result.Secret {
		return "", ""
	}
	if text, ok := result.Value.(*string); ok && text != nil && result.Known {
		value = *text
	}
	if len(result.Dependencies) == 0 {
		return value, value
	}
	return nameOfOrigin(ctx, result.Dependencies, types), value
}

// nameOfOrigin is the name of the one resource of a type that a value comes
// from. A component of ours stands for its child: another program sees an
// output of the component, its own process one of the child.
func nameOfOrigin(ctx *pulumi.Context, from []pulumi.Resource, types []string) string {
	var resources, components []string
	for _, r := range from {
		text, known, err := await[pulumi.URN](ctx, r.URN())
		if err != nil || !known {
			return ""
		}
		urn := resource.URN(text)
		switch typ := string(urn.Type()); {
		case slices.Contains(types, typ):
			resources = appendNew(resources, componentOf(urn))
		case strings.HasPrefix(typ, children.Package):
			components = appendNew(components, urn.Name())
		}
	}
	switch {
	case len(resources) == 1:
		return resources[0]
	case len(resources) == 0 && len(components) == 1:
		return components[0]
	}
	return ""
}

// componentOf is the name of the component that a resource is the only one of
// its kind in, or its own name where no component of ours made it.
func componentOf(urn resource.URN) string {
	types := strings.Split(string(urn.QualifiedType()), resource.URNTypeDelimiter)
	if len(types) > 1 {
		if name, ours := children.NameOf(types[len(types)-2], types[len(types)-1], urn.Name()); ours {
			return name
		}
	}
	return urn.Name()
}

// opensTheSame says whether two rules surely open the same.
func (r rule) opensTheSame(other rule) bool {
	a, b := r.peer, other.peer
	same := a.value != "" && a.value == b.value || a.kind != "cidr" && a.name != "" && a.name == b.name
	return same && a.kind == b.kind && r.protocol == other.protocol && r.fromPort == other.fromPort && r.toPort == other.toPort
}

// isOneOf says whether a list has a rule that surely opens the same.
func (r rule) isOneOf(rules []rule) bool {
	for _, other := range rules {
		if r.opensTheSame(other) {
			return true
		}
	}
	return false
}

// ports are the rule's ports as its name has them: 80, 8000-8010.
func (r rule) ports() string {
	if r.fromPort == r.toPort {
		return fmt.Sprint(r.fromPort)
	}
	return fmt.Sprintf("%d-%d", r.fromPort, r.toPort)
}

// nameRules leaves out what opens the same as another rule, and names each of
// the others. Where that cannot be told apart from another rule, and where the
// peer has no name, the user's name for the rule has to do.
func nameRules(ctx *pulumi.Context, rules []rule, name func(rule) string) []rule {
	var kept []rule
	count := map[string]int{}
	for _, r := range rules {
		if r.peer = peerOf(ctx, r); r.isOneOf(kept) {
			continue
		}
		if r.key = r.written; r.peer.name != "" {
			r.key = name(r)
		}
		count[r.key+" "+r.ports()]++
		kept = append(kept, r)
	}
	for i, r := range kept {
		if count[r.key+" "+r.ports()] > 1 && r.key != r.written {
			kept[i].key += "-" + r.written
		}
	}
	return kept
}
