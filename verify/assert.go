package verify

import (
	"fmt"
	"slices"
	"strings"
)

// Outcome is what became of an assertion.
type Outcome string

const (
	Held   Outcome = "held"   // It is so for every service.
	Failed Outcome = "failed" // For one service at least it is not so.
	// Undetermined: no service refutes it, and for one it cannot be told, or
	// there is no service to tell it of.
	Undetermined Outcome = "undecided"
)

// Assertion is a claim about every service of a stack, and what became of it.
type Assertion struct {
	// Name is one of AssertionNames.
	Name string `json:"name"`
	// Verdict on the claim.
	Verdict Outcome `json:"verdict"`
	// Reasons why it did not hold, a line each.
	Reasons []string `json:"reasons"`
}

// claim is one thing that an assertion wants of a service.
type claim struct {
	// answer is Yes where the service meets it.
	answer func(*Service) Truth
	// refuted says what a service does that does not meet it.
	refuted string
	// how it does, to follow a colon; "" for nothing to add.
	how func(*Service) string
}

var (
	noIngress      = claim{func(s *Service) Truth { return closed(s.InternetIngress) }, "reached from the internet", func(s *Service) string { return s.firstPath(Ingress) }}
	noEgress       = claim{func(s *Service) Truth { return closed(s.InternetEgress) }, "able to reach the internet", func(s *Service) string { return s.firstPath(Egress) }}
	noExfiltration = claim{func(s *Service) Truth { return closed(s.Exfiltration) }, "able to send data to anybody's account through an endpoint", (*Service).leaks}
	redundant      = claim{func(s *Service) Truth { return s.ZoneRedundant }, "dependent on a single zone", (*Service).zones}
)

var claims = map[string][]claim{
	"isolated":       {noIngress, noEgress, noExfiltration},
	"no-ingress":     {noIngress},
	"no-egress":      {noEgress},
	"zone-redundant": {redundant},
}

// AssertionNames are the assertions that Report.Assert knows:
//
//   - isolated: nobody on the internet reaches a task, no task reaches the
//     internet, and no endpoint lets data out to anybody's account;
//   - no-ingress and no-egress: the first and the second of these alone;
//   - zone-redundant: tasks run in two zones at least, and none of them leaves
//     through another zone's NAT gateway.
func AssertionNames() []string {
	return []string{"isolated", "no-ingress", "no-egress", "zone-redundant"}
}

// Assert says whether an assertion holds for every service. An unknown name is
// an error.
func (r *Report) Assert(name string) (Assertion, error) {
	wanted, known := claims[name]
	if !known {
		return Assertion{}, fmt.Errorf("there is no assertion %q; there are %s", name, strings.Join(AssertionNames(), ", "))
	}
	a := Assertion{Name: name, Verdict: Held, Reasons: []string{}}
	if len(r.Services) == 0 {
		a.Verdict = Undetermined
		a.Reasons = append(a.Reasons, "there is no service to tell it of: nothing in these stacks starts ECS tasks")
	}
	for i := range r.Services {
		service := &r.Services[i]
		for _, c := range wanted {
			switch c.answer(service) {
			case Yes:
			case No:
				a.Verdict = Failed
				a.Reasons = append(a.Reasons, after(fmt.Sprintf("tasks of %s are %s", service.Name, c.refuted), c.how(service)))
			default:
				if a.Verdict == Held {
					a.Verdict = Undetermined
				}
				a.Reasons = append(a.Reasons, after(fmt.Sprintf("tasks of %s may be %s: it cannot be decided", service.Name, c.refuted), service.doubts()))
			}
		}
	}
	a.Reasons = slices.Compact(a.Reasons)
	return a, nil
}

// after puts what explains a reason after it.
func after(reason, explanation string) string {
	if explanation == "" {
		return reason
	}
	return reason + ": " + explanation
}

// firstPath names the hops of the first open path in a direction.
func (s *Service) firstPath(d Direction) string {
	for _, p := range s.Paths {
		if p.Direction != d || p.Verdict != Open {
			continue
		}
		var names []string
		for _, h := range p.Hops {
			names = append(names, h.title())
		}
		return p.traffic() + ", by " + strings.Join(names, " -> ")
	}
	return ""
}

// leaks names the endpoints whose policies are open.
func (s *Service) leaks() string {
	var names []string
	for _, r := range s.Reaches {
		if r.Verdict == Open && r.Policy == PolicyOpen {
			names = append(names, r.Service)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "open policy of " + sentence(names)
}

// zones names what makes tasks depend on one zone.
func (s *Service) zones() string {
	if len(s.ZoneDependencies) == 0 {
		return "all of them are in one"
	}
	var texts []string
	for _, d := range s.ZoneDependencies {
		texts = append(texts, fmt.Sprintf("zone %s leaves through the NAT gateway of zone %s", d.Zone, d.NatZone))
	}
	return strings.Join(texts, ", ")
}

// doubts names the first thing that is not known, and how many more there are.
func (s *Service) doubts() string {
	if len(s.Undecided) == 0 {
		return ""
	}
	d := s.Undecided[0]
	text := d.name() + ": " + d.What
	if n := len(s.Undecided) - 1; n > 0 {
		text += fmt.Sprintf(" (and %d more)", n)
	}
	return text
}

// closed is Yes for a verdict that no path exists.
func closed(v Verdict) Truth {
	switch v {
	case Closed:
		return Yes
	case Open:
		return No
	default:
		return Unknown
	}
}
