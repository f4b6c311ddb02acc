// Package iamdoc writes IAM policy documents: structs, not maps, so that the
// same policy is the same text every time. A text that changes is an update.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
package iamdoc

import "encoding/json"

// Condition is what has to hold of a request: by operator, then by key.
type Condition map[string]map[string]string

// Statement is one statement of a document. Principal, Action and Resource are
// a text or several, as AWS takes either; nil leaves them out.
type Statement struct {
	Sid       string `json:",omitempty"`
	Effect    string
	Principal any       `json:",omitempty"`
	Action    any       `json:",omitempty"`
	Resource  any       `json:",omitempty"`
	Condition Condition `json:",omitempty"`
}

// Allow is a statement that allows actions on resources, for whomever the
// policy is attached to.
func Allow(sid string, actions, resources []string) Statement {
	return Statement{Sid: sid, Effect: "Allow", Action: actions, Resource: resources}
}

// Pass is a statement of a resource's policy: it lets everyone through who
// meets the condition. actions and resources are a text or a list.
func Pass(sid string, actions, resources any, when Condition) Statement {
	return Statement{Sid: sid, Effect: "Allow", Principal: "*", Action: actions, Resource: resources, Condition: when}
}

// Trust is a statement that lets one of AWS's services take a role on.
func Trust(service string, when Condition) Statement {
	return Statement{
		Effect:    "Allow",
		Principal: map[string]string{"Service": service},
		Action:    []string{"sts:AssumeRole"},
		Condition: when,
	}
}

// Write returns the document of statements as JSON.
func Write(statements ...Statement) string {
	b, err := json.Marshal(struct {
		Version   string
		Statement []Statement
	}{"2012-10-17", statements})
	if err != nil {
		panic(err) // texts, and slices and maps of them, always marshal
	}
	return string(b)
}
