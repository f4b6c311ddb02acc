package state

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Wanted says which commands write the documents that can be read.
const Wanted = "write a stack's state with `pulumi stack export > FILE`, or what its next update would make with `pulumi preview --json --show-sames > FILE`"

// misread is why a text could not be read as a document.
type misread struct {
	// at is where in the text the reading began.
	at  int
	err error
}

// refusal says what a text is that is no document, as far as that can be told.
func refusal(text []byte, why misread) error {
	trimmed, what := bytes.TrimSpace(text), ""
	switch {
	case len(trimmed) == 0:
		what = "it is empty: the command that was to write it may have failed"
	case trimmed[0] == '{':
		what = cmp.Or(objectIs(trimmed), why.inWords(text))
	case json.Valid(trimmed):
		what = "it is JSON, and no object"
	case why.at > 0:
		what = cmp.Or(textIs(trimmed), why.inWords(text))
	default:
		what = cmp.Or(textIs(trimmed), "it is not JSON")
	}
	return &foreignError{what: cmp.Or(what, errNotAStack.Error()), cause: why.err}
}

// foreignError is about a document that is something else.
type foreignError struct {
	what  string
	cause error
}

func (e *foreignError) Error() string { return e.what + "; " + Wanted }
func (e *foreignError) Unwrap() error { return e.cause }

// objects are what other objects in JSON are, by members that they have.
var objects = []struct {
	members []string
	what    string
}{
	{[]string{"terraform_version"}, "it is a state or a plan of Terraform, and this tool reads those of Pulumi"},
	{[]string{"AWSTemplateFormatVersion"}, "it is a template of CloudFormation, and this tool reads stacks of Pulumi"},
	{[]string{"Resources"}, "it is a template of CloudFormation, and this tool reads stacks of Pulumi"},
	{[]string{"resourcePlans"}, "it is an update plan, as `pulumi preview --save-plan` writes it, which does not hold the stack"},
	{[]string{"sequence", "timestamp"}, "it is a log of what Pulumi's engine did, as --event-log, `pulumi up --json` and a streamed preview write it"},
	{[]string{"kind", "startTime", "message"}, "it is a record of a backend's history, which does not hold the stack"},
	{[]string{"services", "undecided", "notes"}, "it is a report that this tool wrote"},
	{[]string{"sops"}, "it is encrypted by SOPS; decrypt it first"},
	{[]string{"name", "runtime"}, "it is a project file, which does not hold the stack"},
}

// objectIs says what a whole object in JSON is.
func objectIs(text []byte) string {
	var members map[string]json.RawMessage
	if json.NewDecoder(bytes.NewReader(text)).Decode(&members) != nil {
		return ""
	}
	has := func(name string) bool { _, there := members[name]; return there }
	if has("deployment") || has("checkpoint") || has("steps") {
		return "" // it is one of a stack, and damaged
	}
	for _, object := range objects {
		if !slices.ContainsFunc(object.members, func(name string) bool { return !has(name) }) {
			return object.what
		}
	}
	if len(members) == 0 {
		return "it is an empty object"
	}
	names := slices.Sorted(maps.Keys(members))
	if len(names) > 3 {
		names = append(names[:3], "...")
	}
	return "it is an object with " + strings.Join(names, ", ") + ", and no stack; what `pulumi stack output` prints does not hold the resources"
}

// texts are what other texts are, by a line at their beginning.
var texts = []struct {
	line *regexp.Regexp
	what string
}{
	{regexp.MustCompile(`(?i)\A(<!doctype html|<html)`), "it is a web page, as a proxy or a login may answer"},
	{regexp.MustCompile(`\A<`), "it is XML"},
	{regexp.MustCompile(`\APK\x03\x04`), "it is a ZIP archive; unpack it first"},
	{regexp.MustCompile(`\Aage-encryption|\A-----BEGIN (AGE|PGP)`), "it is encrypted; decrypt it first"},
	{regexp.MustCompile(`(?m)^error: `), "it is the message of a command that failed"},
	{regexp.MustCompile(`(?m)^(Previewing (update|refresh|destroy)|Updating|Refreshing|Destroying|Importing) \(`), "it is what `pulumi preview` or `pulumi up` prints for people"},
	{regexp.MustCompile(`(?m)^Current stack (outputs|is)\b|^ *OUTPUT +VALUE`), "it is what `pulumi stack` or `pulumi stack output` prints, which does not hold the resources"},
	{regexp.MustCompile(`(?m)^runtime:`), "it is a project file, which does not hold the stack"},
	{regexp.MustCompile(`(?m)^(AWSTemplateFormatVersion:|Resources:)`), "it is a template of CloudFormation, and this tool reads stacks of Pulumi"},
	{regexp.MustCompile(`(?m)^(config|encryptionsalt|secretsprovider|encryptedkey|environment):`), "it is a stack's settings, which do not hold its resources"},
	{regexp.MustCompile(`(?m)^(resource|data|provider|module|variable|output) "|^terraform \{`), "it is a program of Terraform, and this tool reads stacks of Pulumi"},
}

// head is how much of a text is looked at.
const head = 4 << 10

// textIs says what a text is that is not JSON, "" when that cannot be told.
func textIs(text []byte) string {
	text = text[:min(len(text), head)]
	for _, kind := range texts {
		if kind.line.Match(text) {
			return kind.what
		}
	}
	return ""
}

// inWords says why a text is no JSON, or not the one that is wanted, and where.
func (m misread) inWords(text []byte) string {
	var syntax *json.SyntaxError
	var mistyped *json.UnmarshalTypeError
	switch {
	case errors.As(m.err, &mistyped):
		return fmt.Sprintf("%s: its %s is of a wrong type, a JSON %s, in %s", errNotAStack, mistyped.Field, mistyped.Value, place(text, m.at+int(mistyped.Offset)))
	case errors.Is(m.err, io.ErrUnexpectedEOF), errors.Is(m.err, io.EOF):
		return "it breaks off in " + place(text, len(text)) + ": it was not written whole"
	case errors.As(m.err, &syntax):
		return fmt.Sprintf("it is not JSON: in %s, %s", place(text, m.at+int(syntax.Offset)), syntax)
	}
	return ""
}

// place is the line and the column of the byte before an offset.
func place(text []byte, offset int) string {
	before := text[:max(0, min(offset, len(text))-1)]
	line := bytes.Count(before, []byte("\n")) + 1
	return fmt.Sprintf("line %d, column %d", line, len(before)-bytes.LastIndexByte(before, '\n'))
}
