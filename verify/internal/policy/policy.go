// Package policy says what the policy of a VPC endpoint lets through.
//
// An endpoint policy grants nothing; it bounds what passes. A way out for data
// is a policy that lets anybody's credentials act on anybody's resources: then
// somebody who runs code in a task can carry data to an account of their own.
// So each statement is asked whether it bounds the principals, the resources or
// their accounts. What is not understood is undecided.
//
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
package policy

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// Kind is what a policy lets through.
type Kind string

const (
	Open      Kind = "open"      // Anybody's credentials, anybody's resources.
	Limited   Kind = "limited"   // Principals, resources or accounts are bounded.
	None      Kind = "none"      // Nothing passes.
	Undecided Kind = "undecided" // A statement is not understood.
)

// Verdict on a policy.
type Verdict struct {
	Kind Kind
	// Text says what is let through, or what is not understood.
	Text string
}

// openText is what an open policy lets through.
const openText = "anybody's credentials, on anybody's resources"

// statement is one statement of a policy document.
type statement struct {
	Effect       string
	Principal    json.RawMessage
	NotPrincipal json.RawMessage
	Action       texts
	NotAction    texts
	Resource     texts
	NotResource  texts
	Condition    map[string]map[string]texts
}

// texts is a string, or a list of them; numbers and booleans are taken as text.
type texts []string

// UnmarshalJSON takes one value or a list.
func (t *texts) UnmarshalJSON(b []byte) error {
	var one any
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&one); err != nil {
		return err
	}
	list, ok := one.([]any)
	if !ok {
		list = []any{one}
	}
	*t = make(texts, 0, len(list))
	for _, v := range list {
		switch v := v.(type) {
		case string:
			*t = append(*t, v)
		case json.Number:
			*t = append(*t, v.String())
		case bool:
			*t = append(*t, map[bool]string{true: "true", false: "false"}[v])
		default:
			return &json.UnmarshalTypeError{Value: "value that is no text"}
		}
	}
	return nil
}

// statements is one statement, or a list of them.
type statements []statement

// UnmarshalJSON takes one statement or a list.
func (s *statements) UnmarshalJSON(b []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(b), []byte("[")) {
		var list []statement
		err := json.Unmarshal(b, &list)
		*s = list
		return err
	}
	var one statement
	err := json.Unmarshal(b, &one)
	*s = statements{one}
	return err
}

// Of reads a policy document of an endpoint of a service, by AWS's short name. An
// empty one is AWS's default, which is open.
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html#default-endpoint-policy
func Of(service, document string) Verdict {
	if strings.TrimSpace(document) == "" {
		return Verdict{Open, openText}
	}
	var doc struct{ Statement statements }
	if err := json.Unmarshal([]byte(document), &doc); err != nil {
		return Verdict{Undecided, "its policy is no policy document"}
	}
	// AWS refuses a document without statements, so what stands there is another.
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
	if doc.Statement == nil {
		return Verdict{Undecided, "its policy has no statement"}
	}
	var bounds []string
	unknown := ""
	open := false
	for _, s := range doc.Statement {
		switch s.Effect {
		case "Allow":
			switch b := s.allowed(); {
			case b.bounded:
				bounds = append(bounds, b.text)
			case b.unknown != "":
				unknown = b.unknown
			default:
				open = true
			}
		case "Deny":
		default:
			unknown = "a statement's effect " + quote(s.Effect)
		}
	}
	if len(bounds) == 0 && unknown == "" && !open {
		return Verdict{None, "nothing"}
	}
	denied, doubt := denials(service, doc.Statement)
	switch {
	case denied.Kind != "":
		return denied
	case (open || unknown != "") && doubt != "":
		return Verdict{Undecided, "whether its policy bounds what passes: " + doubt + " is not understood"}
	case open:
		return Verdict{Open, openText}
	case unknown != "":
		return Verdict{Undecided, "whether its policy bounds what passes: " + unknown + " is not understood"}
	}
	slices.Sort(bounds)
	return Verdict{Limited, strings.Join(slices.Compact(bounds), "; ")}
}

// denials says whether statements that deny bound everything that passes, each
// by itself; and what is not understood of one that might.
func denials(service string, all []statement) (v Verdict, doubt string) {
	var bounds []string
	for _, s := range all {
		if s.Effect != "Deny" {
			continue
		}
		switch b := s.denied(service); {
		case b.everything:
			return Verdict{None, "nothing"}, ""
		case b.bounded:
			bounds = append(bounds, b.text)
		case b.unknown != "":
			doubt = b.unknown
		}
	}
	if len(bounds) > 0 {
		return Verdict{Limited, strings.Join(bounds, ", and only ")}, ""
	}
	return Verdict{}, doubt
}

func quote(s string) string { return `"` + s + `"` }
