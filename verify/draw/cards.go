package draw

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// endpoints makes the cards.
func (l *looker) endpoints() {
	for _, p := range l.picture.vpcs {
		within := 0
		for _, s := range l.network.Services {
			if l.isIn(s, p) {
				within++
			}
		}
		points := slices.Clone(p.vpc.Endpoints)
		slices.SortStableFunc(points, func(a, b *model.Endpoint) int {
			return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.URN, b.URN))
		})
		for _, e := range points {
			one := l.card(e, within)
			at := slices.IndexFunc(p.cards, one.like)
			if at < 0 {
				p.cards = append(p.cards, one)
				continue
			}
			p.cards[at].names = append(p.cards[at].names, one.names...)
			p.cards[at].told += "; " + one.told
		}
	}
}

func (l *looker) isIn(s *model.Service, p *panel) bool {
	return s.Tasks != nil && slices.ContainsFunc(s.Tasks.Subnets, func(subnet *model.Subnet) bool { return subnet != nil && subnet.VPC == p.vpc })
}

func (l *looker) card(e *model.Endpoint, within int) *card {
	name := cmp.Or(printable(e.Service), nameOf(e.Name))
	c := &card{names: []string{name}, kind: printable(strings.ToLower(e.Kind))}
	switch {
	case e.Kind == "Interface" && e.Interfaces != nil:
		c.kind += ", " + plural(len(e.Interfaces.Subnets), "subnet")
	case e.Kind == "Gateway":
		c.kind += ", " + plural(len(e.Tables), "route table")
	}
	reached, maybe := []string{}, 0
	seen := false
	for _, s := range l.report.Services {
		for _, r := range s.Reaches {
			if r.URN != e.URN {
				continue
			}
			if !seen {
				c.policy, seen = policyWord(r), true
			}
			switch r.Verdict {
			case verify.Open:
				reached = append(reached, s.Name)
			case verify.Undecided:
				maybe++
			}
		}
	}
	if !seen {
		c.policy = word{text: unreadPolicy(e)}
	}
	switch {
	case len(reached) == 0 && maybe == 0:
		c.reached = word{text: "reached by no service"}
		c.policy.level = plain
	case len(reached) == within && within > 2:
		c.reached = word{text: fmt.Sprintf("reached by all %d services", within)}
	case len(reached) > 2:
		c.reached = word{text: fmt.Sprintf("reached by %d of %d services", len(reached), within)}
	case len(reached) > 0:
		c.reached = word{text: "reached by " + strings.Join(reached, ", ")}
	default:
		c.reached = word{text: "perhaps reached: undecided", level: undecided}
	}
	if len(reached) > 0 && maybe > 0 {
		c.reached.text += fmt.Sprintf(", perhaps %d more", maybe)
	}
	c.told = fmt.Sprintf("%s endpoint %s for %s: %s; %s", strings.ToLower(e.Kind), nameOf(e.Name), name, c.policy.text, c.reached.text)
	return c
}

// like says whether two cards differ in nothing but their services.
func (c *card) like(o *card) bool {
	return c.kind == o.kind && c.policy == o.policy && c.reached == o.reached
}

func unreadPolicy(e *model.Endpoint) string {
	switch {
	case !e.PolicyKnown:
		return "policy not known"
	case e.Policy == "":
		return "AWS's own policy, which is open"
	}
	return "policy of its own"
}

func policyWord(r verify.Reach) word {
	limits := ""
	if r.Limits != "" {
		limits = ": " + r.Limits
	}
	switch r.Policy {
	case verify.PolicyOpen:
		if r.Verdict == verify.Closed {
			return word{text: "open policy" + limits}
		}
		return word{text: "OPEN policy" + limits, level: levelOf(r.Verdict)}
	case verify.PolicyLimited:
		return word{text: "limited" + limits}
	case verify.PolicyNone:
		return word{text: "lets nothing through" + limits}
	case verify.PolicyUnsupported:
		return word{text: "takes no policy"}
	}
	return word{text: "policy undecided" + limits, level: undecided}
}
