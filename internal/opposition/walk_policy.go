package opposition

import (
	"path"
	"slices"
	"strings"
)

// Account is the account in which the worlds are, and Stranger is another one's.
const (
	Account  = "111122223333"
	Stranger = "999988887777"
	Org      = "o-abcdefghij"
	Region   = "us-east-1"
)

// request is one call to an AWS service through an endpoint.
type request struct {
	principal, principalAccount, principalOrg string
	awsService                                string // "true" of a principal of AWS's own
	action, resource                          string
	resourceAccount, resourceOrg              string
}

// Verdict of an endpoint's policy.
const (
	OpenPolicy    = "open"
	LimitedPolicy = "limited"
	NoPolicy      = "none"
)

// Lets is what the endpoint's policy lets through: "open" when a stranger may
// act on a stranger's resource, "none" when nobody may do anything. No stranger
// has the credentials of AWS's own services.
func (e *Endpoint) Lets() string {
	if e.Policy == nil {
		return OpenPolicy // "The default endpoint policy allows full access".
	}
	result := NoPolicy
	for _, r := range e.requests() {
		if !e.Policy.allows(r) {
			continue
		}
		if r.principalAccount == Stranger && r.resourceAccount == Stranger {
			return OpenPolicy
		}
		result = LimitedPolicy
	}
	return result
}

// requests are calls by everyone to everyone's things, the own ones among them
// that policies of the generator name.
func (e *Endpoint) requests() (all []request) {
	for _, principal := range []string{Account, Stranger, "aws"} {
		for _, owner := range []string{Account, Stranger} {
			for _, action := range []string{prefixOf(e.Service) + ":GetObject", prefixOf(e.Service) + ":PutObject", prefixOf(e.Service) + ":Describe"} {
				for _, thing := range []string{"thing", "thing/part"} {
					r := request{
						principal: "arn:aws:iam::" + principal + ":role/task", principalAccount: principal,
						action: action, resource: thingOf(e.Service, owner) + strings.TrimPrefix(thing, "thing"),
						resourceAccount: owner, awsService: "false",
					}
					if principal == "aws" {
						r.principal, r.awsService = "logs.amazonaws.com", "true"
					}
					if principal == Account {
						r.principalOrg = Org
					}
					if owner == Account {
						r.resourceOrg = Org
					}
					all = append(all, r)
				}
			}
		}
	}
	return all
}

// prefixOf is a service's prefix in policies.
func prefixOf(service string) string {
	prefix, _, _ := strings.Cut(service, ".")
	return prefix
}

// thingOf is the ARN of something of a service that an account owns: a bucket,
// whose name says whose it is, or a thing whose ARN does.
func thingOf(service, owner string) string {
	if service == "s3" {
		return "arn:aws:s3:::bucket-of-" + owner
	}
	return "arn:aws:" + prefixOf(service) + ":" + Region + ":" + owner + ":thing"
}

// allows decides as IAM does: denied unless a statement allows, and a statement
// that denies wins
// (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
func (d *Document) allows(r request) bool {
	allowed := false
	for _, s := range d.Statements {
		if !s.applies(r) {
			continue
		}
		if !s.Allow {
			return false
		}
		allowed = true
	}
	return allowed
}

func (s Statement) applies(r request) bool {
	account := "arn:aws:iam::" + r.principalAccount + ":root"
	if !slices.Contains(s.Principals, "*") && !slices.Contains(s.Principals, r.principal) && !slices.Contains(s.Principals, account) {
		return false
	}
	if !slices.ContainsFunc(s.Actions, func(a string) bool { return like(a, r.action) }) ||
		!slices.ContainsFunc(s.Resources, func(p string) bool { return like(p, r.resource) }) {
		return false
	}
	for _, c := range s.Conditions {
		if !c.holds(r) {
			return false
		}
	}
	return true
}

// holds says whether a condition is met. A key that a request lacks meets none,
// and every condition whose operator ends in IfExists
// (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html).
func (c Condition) holds(r request) bool {
	value := map[string]string{
		"aws:PrincipalAccount":      r.principalAccount,
		"aws:PrincipalIsAWSService": r.awsService,
		"aws:PrincipalOrgID":        r.principalOrg,
		"aws:PrincipalArn":          r.principal,
		"aws:ResourceAccount":       r.resourceAccount,
		"aws:ResourceOrgID":         r.resourceOrg,
	}[c.Key]
	operator, ifExists := strings.CutSuffix(c.Operator, "IfExists")
	if value == "" && (ifExists || strings.Contains(operator, "Not")) {
		return true
	}
	any := slices.ContainsFunc(c.Values, func(v string) bool {
		if strings.HasSuffix(operator, "Like") || strings.HasPrefix(operator, "Arn") { // ArnEquals is ArnLike.
			return like(v, value)
		}
		return v == value
	})
	return any != strings.Contains(operator, "Not")
}

// like matches with "*" and "?", which in IAM match a slash as well.
func like(pattern, value string) bool {
	ok, err := path.Match(strings.ReplaceAll(pattern, "/", "\x00"), strings.ReplaceAll(value, "/", "\x00"))
	return ok && err == nil
}
