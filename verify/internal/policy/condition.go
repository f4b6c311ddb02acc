package policy

import (
	"maps"
	"slices"
	"strings"
)

// condition is one key of a statement's conditions.
type condition struct {
	operator string
	key      string
	values   texts
}

// sign is how an operator compares.
type sign int

const (
	neither sign = iota
	positive
	negated
)

func (s statement) conditions() []condition {
	var out []condition
	for _, op := range slices.Sorted(maps.Keys(s.Condition)) {
		for _, key := range slices.Sorted(maps.Keys(s.Condition[op])) {
			out = append(out, condition{op, key, s.Condition[op][key]})
		}
	}
	return out
}

// operators that compare texts and ARNs.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
var operators = map[string]sign{
	"StringEquals": positive, "StringEqualsIgnoreCase": positive, "StringLike": positive, "ArnEquals": positive, "ArnLike": positive,
	"StringNotEquals": negated, "StringNotEqualsIgnoreCase": negated, "StringNotLike": negated, "ArnNotEquals": negated, "ArnNotLike": negated,
}

// sign of a condition's operator. "IfExists" lets pass what has no such key: a
// positive one bounds nothing then, while a negated one matches the missing key
// anyhow. ForAllValues is met by no value at all, and ForAnyValue is not.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
func (c condition) sign() sign {
	op, forAll := strings.CutPrefix(c.operator, "ForAllValues:")
	op, forAny := strings.CutPrefix(op, "ForAnyValue:")
	op, ifExists := strings.CutSuffix(op, "IfExists")
	s := operators[op]
	if forAll || ifExists && s == positive || forAny && s == negated {
		return neither
	}
	return s
}

// bounding are the keys that tell whose credentials or whose resource it is.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
var bounding = map[string]struct {
	text  string
	shape func(value string) bool
}{
	"aws:principalaccount":      {"principals of account", exact},
	"aws:principalorgid":        {"principals of organization", exact},
	"aws:principalorgpaths":     {"principals of organization path", inOrganization},
	"aws:principalarn":          {"principal", ofAccount},
	"aws:resourceaccount":       {"resources of account", exact},
	"s3:resourceaccount":        {"resources of account", exact},
	"aws:resourceorgid":         {"resources of organization", exact},
	"aws:resourceorgpaths":      {"resources of organization path", inOrganization},
	"s3:dataaccesspointaccount": {"access points of account", exact},
}

// indifferent are keys that say from where, when or how, and not whose.
var indifferent = []string{
	"aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn", "aws:vpcsourceip", "aws:sourceip", "aws:securetransport", "aws:requestedregion",
	"aws:currenttime", "aws:epochtime", "aws:useragent", "aws:referer", "aws:multifactorauthpresent", "aws:multifactorauthage", "s3:tlsversion",
	"s3:signatureversion", "s3:signatureage", "s3:prefix", "s3:delimiter", "s3:max-keys", "s3:x-amz-server-side-encryption",
}

// exact is a value of its own, such as an account. One that a policy variable
// fills in is the caller's own account as well.
func exact(v string) bool { return v != "" && !strings.ContainsAny(v, "*?$") }

// inOrganization is a path that begins in one organization: "o-abc/*".
func inOrganization(v string) bool {
	id, _, ok := strings.Cut(v, "/")
	return ok && exact(id)
}

// ofAccount is an ARN whose account is written out.
func ofAccount(v string) bool {
	parts := strings.SplitN(v, ":", 6)
	return len(parts) == 6 && parts[0] == "arn" && exact(parts[4])
}

// bounds says what a condition of the wanted sign bounds.
func (c condition) bounds(want sign) bound {
	key := strings.ToLower(c.key)
	if key == "aws:principalisawsservice" {
		return c.ofAWS(want)
	}
	b, ok := bounding[key]
	if !ok {
		if slices.Contains(indifferent, key) {
			return bound{}
		}
		return bound{unknown: "condition key " + c.key}
	}
	if c.sign() != want || len(c.values) == 0 {
		return bound{}
	}
	for _, v := range c.values {
		if !b.shape(v) {
			return bound{}
		}
	}
	return bound{bounded: true, text: b.text + " " + list(c.values)}
}

// ofAWS bounds to the principals of AWS's own services, whose credentials nobody
// else has. Requests without credentials lack the key: a statement that denies
// reaches those only with IfExists, and one that allows must not have it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice
func (c condition) ofAWS(want sign) bound {
	operator, value := "Bool", "true"
	if want == negated {
		operator, value = "BoolIfExists", "false"
	}
	switch {
	case len(c.values) == 0 || !strings.HasPrefix(c.operator, "Bool"):
		return bound{unknown: "condition key " + c.key}
	case slices.ContainsFunc(c.values, func(v string) bool { return !strings.EqualFold(v, value) }):
		return bound{}
	case c.operator != operator && want == negated:
		return bound{unknown: "condition key " + c.key}
	case c.operator != operator:
		return bound{}
	}
	return bound{bounded: true, text: "AWS's own services"}
}
