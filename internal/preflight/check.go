package preflight

import (
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/need"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// Rule is a rule as the documentation shows it.
type Rule struct {
	// Id does not change between releases.
	Id string
	// Severity of its findings.
	Severity Severity
	// Needs is what the rule asks for, in one sentence.
	Needs string
	// AwsSays is the failure that AWS shows where it is not met.
	AwsSays string
	// Fix is what to do then, in general.
	Fix string
	// Doc is the page of AWS's documentation that the rule rests on.
	Doc string

	// byTask is true where a task in network mode awsvpc on EC2 reaches out
	// itself, through its own interface. Everything else is done by its host,
	// through the host's interface.
	byTask bool
	check  func(*trial)
}

// families are all rules, in the order in which findings are reported.
var families = [][]Rule{reachability, pulls, drivers, foreign, shellRoles, addresses, storage, zones, sizes, names}

// Rules returns all rules, in the order in which findings are reported.
func Rules() []Rule {
	var all []Rule
	for _, family := range families {
		all = append(all, family...)
	}
	return all
}

// SeverityOf is the severity of a rule.
func SeverityOf(id string) Severity {
	for _, rule := range Rules() {
		if rule.Id == id {
			return rule.Severity
		}
	}
	return SeverityError
}

// Check asks every rule. What they find because of a secret is said in the
// rule's own words, which hold nothing of it: whatever is found without the
// secret facts, too, does not rest on them.
func Check(n netfacts.Network, t Task, p Placement) (Findings, []Undecided) {
	findings, undecided := check(n, t, p)
	if len(findings) == 0 && len(undecided) == 0 {
		return findings, undecided // there is nothing to hide
	}
	open, openUndecided := check(n.Open(), t.Open(), p.Open())
	for i, finding := range findings {
		if !slices.Contains(open, finding) {
			findings[i] = finding.Hide()
		}
	}
	return findings, slices.DeleteFunc(undecided, func(u Undecided) bool { return !slices.Contains(openUndecided, u) })
}

func check(n netfacts.Network, t Task, p Placement) (Findings, []Undecided) {
	c := &trial{net: n, task: t, place: p, reaches: t.Needs(taskplan.Place{Region: n.Region}).Reaches}
	for _, c.rule = range Rules() {
		c.rule.check(c)
	}
	return c.findings, c.undecided
}

// trial is one run of the rules.
type trial struct {
	net   netfacts.Network
	task  Task
	place Placement
	// reaches are what the parts of the task have to reach.
	reaches []need.Reach

	rule      Rule // the one being asked
	findings  Findings
	undecided []Undecided
}

// find adds a finding of the rule being asked; awsSays "" is the rule's own.
func (c *trial) find(path, cause, fix, awsSays string) {
	if awsSays == "" {
		awsSays = c.rule.AwsSays
	}
	c.findings = append(c.findings, Finding{
		RuleId: c.rule.Id, Severity: c.rule.Severity, Path: path,
		AwsSays: awsSays, Cause: cause, Fix: fix, Doc: c.rule.Doc,
	})
}

// unknown says what keeps the rule being asked from deciding.
func (c *trial) unknown(path, what string) {
	c.undecided = append(c.undecided, Undecided{RuleId: c.rule.Id, Path: path, Unknown: what})
}
