package policy

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// bound is what a statement is bounded by. A statement that is neither bounded
// nor unknown is open.
type bound struct {
	bounded    bool
	everything bool // of a statement that denies: nothing passes it
	text       string
	unknown    string
}

// allowed says what bounds a statement that allows.
func (s statement) allowed() bound {
	principals := s.principals()
	resources := boundedResources(s.Resource)
	if len(s.NotResource) > 0 {
		resources = bound{}
	}
	conditions := bound{}
	for _, c := range s.conditions() {
		conditions = or(conditions, c.bounds(positive))
	}
	out := or(principals, or(resources, conditions))
	if !out.bounded {
		return out
	}
	out.text = s.actions() + out.text
	return out
}

// or is the bound of two things that must both hold: either bounds.
func or(a, b bound) bound {
	switch {
	case a.bounded && b.bounded:
		return bound{bounded: true, text: a.text + ", " + b.text}
	case a.bounded:
		return a
	case b.bounded:
		return b
	case a.unknown != "":
		return a
	}
	return b
}

// denied says what a statement that denies leaves to pass: what its conditions
// except. It bounds only if it denies every principal, action and resource
// otherwise.
func (s statement) denied(service string) bound {
	everybody := string(bytes.TrimSpace(s.Principal)) == `"*"` || slices.Equal(s.awsPrincipals(), texts{"*"})
	if !everybody || len(s.NotPrincipal) > 0 {
		return bound{}
	}
	// Actions of another service are none that pass here.
	// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
	if !slices.ContainsFunc(s.Action, func(a string) bool { return a == "*" || strings.EqualFold(a, actionsOf(service)+":*") }) {
		if slices.ContainsFunc(s.Action, func(a string) bool { return strings.HasSuffix(a, ":*") }) {
			return bound{unknown: "a Deny of " + list(s.Action)}
		}
		return bound{}
	}
	var out []bound
	switch {
	case len(s.NotResource) > 0:
		b := boundedResources(s.NotResource)
		if !b.bounded {
			return bound{}
		}
		out = append(out, b)
	case slices.ContainsFunc(s.Resource, everyResource(service)):
	default:
		return bound{}
	}
	for _, c := range s.conditions() {
		out = append(out, c.bounds(negated))
	}
	if len(out) == 0 {
		return bound{everything: true}
	}
	// All of it must hold for a request to be denied: what passes escapes one.
	joined := bound{bounded: true}
	some := false
	unknown := ""
	var texts []string
	for _, b := range out {
		unknown = cmp.Or(unknown, b.unknown)
		some = some || b.bounded
		joined.bounded = joined.bounded && b.bounded
		texts = append(texts, b.text)
	}
	if !joined.bounded {
		if some {
			return bound{unknown: "a Deny with further conditions"}
		}
		return bound{unknown: unknown}
	}
	joined.text = strings.Join(texts, " or ")
	return joined
}

// actionsOf is what the names of a service's actions begin with. Endpoints of
// one service may have several names: "ecr.api" and "ecr.dkr".
func actionsOf(service string) string {
	prefix, _, _ := strings.Cut(service, ".")
	return prefix
}

// everyResource says whether a resource stands for all of a service.
func everyResource(service string) func(string) bool {
	return func(r string) bool { return r == "*" || service == "s3" && r == "arn:aws:s3:::*" }
}

// actions names a statement's actions, "" for all.
func (s statement) actions() string {
	switch n := len(s.Action); {
	case n == 0 || slices.Contains(s.Action, "*"):
		return ""
	case n <= 3:
		return strings.Join(s.Action, ", ") + " on "
	default:
		return fmt.Sprintf("%d actions on ", n)
	}
}

func (s statement) awsPrincipals() texts {
	var by map[string]texts
	if json.Unmarshal(s.Principal, &by) != nil || len(by) != 1 {
		return nil
	}
	return by["AWS"]
}

// principals says whether a statement names its principals.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
func (s statement) principals() bound {
	switch {
	case len(s.NotPrincipal) > 0:
		return bound{unknown: "NotPrincipal"}
	case len(s.Principal) == 0:
		return bound{unknown: "a statement without a principal"}
	}
	var one string
	if json.Unmarshal(s.Principal, &one) == nil {
		if one == "*" {
			return bound{}
		}
		return bound{unknown: "principal " + quote(one)}
	}
	var by map[string]texts
	if json.Unmarshal(s.Principal, &by) != nil {
		return bound{unknown: "its principal"}
	}
	var names []string
	for _, kind := range slices.Sorted(maps.Keys(by)) {
		for _, p := range by[kind] {
			switch {
			case kind == "AWS" && p == "*":
				return bound{}
			case kind == "AWS" && !strings.ContainsAny(p, "*?$"), kind == "CanonicalUser":
				names = append(names, p)
			default:
				return bound{unknown: "principal " + quote(p) + " of kind " + kind}
			}
		}
	}
	if len(names) == 0 {
		return bound{unknown: "its principal"}
	}
	return bound{bounded: true, text: "principal " + list(names)}
}

// boundedResources says whether every resource is somebody's in particular: a
// bucket whose name has no wildcard, or a resource whose account has none.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
func boundedResources(resources texts) bound {
	if len(resources) == 0 {
		return bound{}
	}
	var names []string
	for _, r := range resources {
		name, bounded, known := resource(r)
		if !known {
			return bound{unknown: "resource " + quote(r)}
		}
		if !bounded {
			return bound{}
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return bound{bounded: true, text: list(slices.Compact(names))}
}

// resource says whom an ARN belongs to.
func resource(arn string) (name string, bounded, known bool) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return "", false, strings.ContainsAny(arn, "*?") // "*", "arn:*": of anybody
	}
	service, account, rest := parts[2], parts[4], parts[5]
	if account != "" {
		if strings.Contains(account, "$") {
			return "", false, false
		}
		return "resources of account " + account, !wild(account), true
	}
	if service == "s3" {
		bucket, _, _ := strings.Cut(rest, "/")
		if strings.Contains(bucket, "$") {
			return "", false, false
		}
		return "bucket " + bucket, !wild(bucket) && bucket != "", true
	}
	if wild(service) || wild(rest) {
		return "", false, true
	}
	return arn, true, !strings.Contains(rest, "$")
}

func wild(s string) bool { return strings.ContainsAny(s, "*?") }

func list(names []string) string {
	const most = 4
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}
