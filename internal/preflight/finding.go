package preflight

import (
	"fmt"
	"strings"
)

// Severity says whether a finding keeps tasks from starting.
type Severity string

const (
	// SeverityError: tasks would not start, or what the user asked for would
	// not work.
	SeverityError Severity = "Error"
	// SeverityWarning: it may work, but not as safely as it looks.
	SeverityWarning Severity = "Warning"
)

// Finding is one reason why tasks would not start.
type Finding struct {
	// RuleId of the rule, such as image-registry. It does not change between
	// releases.
	RuleId string
	// Severity of the rule.
	Severity Severity
	// Path of the argument, as the user wrote it: secrets["DB"].
	Path string
	// AwsSays is the failure that AWS would show.
	AwsSays string
	// Cause in one sentence.
	Cause string
	// Fix is the argument to change, and the value to write.
	Fix string
	// Doc is the page of AWS's documentation that the rule rests on.
	Doc string
}

// String is the finding in four lines, the later ones indented.
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s\n    AWS would say: %s\n    Fix: %s\n    Rule %s: %s",
		f.Path, f.Cause, f.AwsSays, f.Fix, f.RuleId, f.Doc)
}

// Hide returns the finding in its rule's own words, which hold nothing of the
// task and the network: for one that rests on a secret.
func (f Finding) Hide() Finding {
	for _, rule := range Rules() {
		if rule.Id == f.RuleId {
			plain := func(text string) string { return strings.TrimSuffix(strings.ReplaceAll(text, "`", ""), ".") }
			f.Cause = plain(rule.Needs) + " (this rests on a secret value, which is not shown)"
			f.AwsSays, f.Fix = rule.AwsSays, plain(rule.Fix)
		}
	}
	return f
}

// Findings are what a check found. A non-empty list is an error.
type Findings []Finding

// Error returns the findings, errors before warnings, each kind as a list under
// a heading of its own.
func (f Findings) Error() string {
	var parts []string
	for _, kind := range []struct {
		severity Severity
		heading  string
	}{
		{SeverityError, "its tasks would not work"},
		{SeverityWarning, "its tasks may not work as they should"},
	} {
		if some := f.Of(kind.severity); len(some) > 0 {
			parts = append(parts, kind.heading+some.list())
		}
	}
	return strings.Join(parts, "\nand ")
}

// list returns what follows a heading: how many findings there are, and each on
// lines of its own.
func (f Findings) list() string {
	reasons := "reasons"
	if len(f) == 1 {
		reasons = "reason"
	}
	var b strings.Builder
	fmt.Fprintf(&b, ", for %d %s:", len(f), reasons)
	for _, finding := range f {
		b.WriteString("\n    - " + strings.ReplaceAll(finding.String(), "\n", "\n    "))
	}
	return b.String()
}

// Of returns the findings of a severity.
func (f Findings) Of(severity Severity) Findings {
	var some Findings
	for _, finding := range f {
		if finding.Severity == severity {
			some = append(some, finding)
		}
	}
	return some
}

// Undecided is a rule that could not be decided.
type Undecided struct {
	// RuleId of the rule.
	RuleId string
	// Path of the argument that the rule is about.
	Path string
	// Unknown is what is not known.
	Unknown string
}

// String is the undecided rule in one line.
func (u Undecided) String() string {
	return fmt.Sprintf("%s: rule %s cannot be decided: %s is not known", u.Path, u.RuleId, u.Unknown)
}
