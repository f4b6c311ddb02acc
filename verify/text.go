package verify

import (
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// width of the report for people, in columns.
const width = 100

// Text writes a report for people: a verdict for each service, its paths hop by
// hop, what is not decided and why, and what it reaches.
func (r *Report) Text(w io.Writer) error {
	p := &printer{}
	if len(r.Services) == 0 {
		p.line(0, "No ECS service or other task is in the stack: there is nothing to decide about.")
	}
	for i, s := range r.Services {
		if i > 0 {
			p.line(0, "")
		}
		p.service(s)
	}
	if rest := r.furtherDoubts(); len(rest) > 0 {
		p.line(0, "")
		p.line(0, "Not known, whatever service it concerns:")
		p.doubts(1, rest)
	}
	if len(r.Notes) > 0 {
		p.line(0, "")
		for _, n := range r.Notes {
			p.wrapped(0, "Note: ", n)
		}
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// furtherDoubts are those that no service names already.
func (r *Report) furtherDoubts() []Doubt {
	var out []Doubt
	for _, d := range r.Undecided {
		if !slices.ContainsFunc(r.Services, func(s Service) bool { return slices.Contains(s.Undecided, d) }) {
			out = append(out, d)
		}
	}
	return out
}

type printer struct{ strings.Builder }

func (p *printer) line(indent int, text string) {
	p.WriteString(strings.TrimRight(strings.Repeat("  ", indent)+text, " "))
	p.WriteByte('\n')
}

// wrapped writes text after a label, within the width; further lines begin
// where the text does.
func (p *printer) wrapped(indent int, label, text string) {
	lead := strings.Repeat("  ", indent) + label
	rest := strings.Repeat(" ", len([]rune(lead)))
	line := lead
	if len(rest) > width/2+10 { // a long name has a line of its own
		p.line(0, lead)
		rest = strings.Repeat("  ", indent+4)
		line = rest
	}
	used := false
	for _, word := range strings.Fields(text) {
		switch {
		case !used:
			line += word
		case len([]rune(line))+1+len([]rune(word)) > width:
			p.line(0, line)
			line = rest + word
		default:
			line += " " + word
		}
		used = true
	}
	p.line(0, line)
}

func (p *printer) service(s Service) {
	p.line(0, s.Name)
	for _, v := range []struct {
		label                   string
		verdict                 Verdict
		open, closed, undecided string
	}{
		{"from the internet:  ", s.InternetIngress, "open", "closed", "undecided"},
		{"to the internet:    ", s.InternetEgress, "open", "closed", "undecided"},
		{"data to anybody:    ", s.Exfiltration, "open: " + s.leaks(), "closed", "undecided"},
	} {
		text := v.undecided
		switch v.verdict {
		case Open:
			text = v.open
		case Closed:
			text = v.closed
		}
		p.wrapped(1, v.label, text)
	}
	p.wrapped(1, "loss of a zone:     ", s.zoneText())
	for _, d := range []Direction{Ingress, Egress} {
		for _, path := range alike(s.Paths) {
			if path.Direction == d {
				p.path(path)
			}
		}
		for _, b := range s.Blocked {
			if b.Direction == d {
				p.wrapped(1, directionText[d]+" closed: ", b.Why)
			}
		}
	}
	p.undecided(s)
	if len(s.Reaches) > 0 || s.Exfiltration == Closed {
		p.reaches(s.Reaches)
	}
}

var directionText = map[Direction]string{Ingress: "in", Egress: "out"}

// zoneText says what the loss of a zone means.
func (s *Service) zoneText() string {
	switch s.ZoneRedundant {
	case Yes:
		return "the other zones go on"
	case No:
		if len(s.ZoneDependencies) == 0 {
			return "all tasks are in one zone"
		}
		return s.zones()
	default:
		return "undecided"
	}
}

func (p *printer) path(x similar) {
	state := ""
	if x.Verdict != Open {
		state = ", perhaps"
	}
	p.wrapped(1, directionText[x.Direction]+" ", x.traffic()+state)
	names := 0
	for _, h := range x.Hops {
		names = max(names, min(len([]rune(h.title())), widest))
	}
	for i, h := range x.Hops {
		arrow := "-> "
		if i == 0 {
			arrow = "   "
		}
		p.wrapped(2, arrow+pad(h.title(), names)+"  ", h.Why)
	}
	for _, d := range x.Because {
		p.wrapped(2, "?  ", d.name()+": "+d.What)
	}
}

// widest is the longest name that others are padded to.
const widest = 42

func pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-len([]rune(s)))) }

func (p *printer) undecided(s Service) {
	if len(s.Undecided) == 0 {
		return
	}
	p.line(1, "not known:")
	p.doubts(2, s.Undecided)
}

func (p *printer) doubts(indent int, doubts []Doubt) {
	for _, d := range doubts {
		p.wrapped(indent, "?  ", d.name()+": "+d.What)
	}
}

func (p *printer) reaches(reaches []Reach) {
	if len(reaches) == 0 {
		p.line(1, "reaches no AWS service by an endpoint")
		return
	}
	p.line(1, "reaches by endpoints:")
	names := 0
	for _, r := range reaches {
		names = max(names, min(len(r.Service), 36))
	}
	for _, r := range reaches {
		text := r.Limits
		switch r.Policy {
		case PolicyOpen:
			text = "OPEN policy: " + text
		case PolicyNone:
			text = "its policy lets nothing pass"
		}
		if r.Verdict != Open {
			text = map[Verdict]string{Closed: "not reached", Undecided: "perhaps"}[r.Verdict] + ": " + r.Why + "; " + text
		} else if r.Why != "" {
			text += "; " + r.Why
		}
		p.wrapped(2, pad(r.Service, names)+"  ", text)
	}
}

// traffic is what a path carries: "tcp 443 from 0.0.0.0/0".
func (p Path) traffic() string { return similar{p, []string{p.Protocol}}.traffic() }

func (p similar) traffic() string {
	slices.Sort(p.protocols)
	text := sentence(p.protocols)
	switch {
	case p.protocols[0] == "all":
		text = "all traffic"
	case p.Ports != "all":
		text += " " + p.Ports
	case slices.Contains(p.protocols, "tcp") || slices.Contains(p.protocols, "udp"):
		text += " to every port"
	}
	end := " to "
	if p.Direction == Ingress {
		end = " from "
	}
	return text + end + p.addresses()
}

// name is how a doubt's resource is called: the end of its URN.
func (d Doubt) name() string {
	if d.URN == "" {
		return "the stack"
	}
	return nameOf(model.Name{URN: d.URN})
}

// addresses writes a path's addresses, by what they lack when that is shorter.
func (p Path) addresses() string {
	var blocks []netip.Prefix
	var others []string
	for _, a := range p.Addresses {
		if b, err := netip.ParsePrefix(a); err == nil {
			blocks = append(blocks, b)
		} else {
			others = append(others, "AWS's addresses of "+a)
		}
	}
	set := addr.Of(blocks...)
	const most = 6
	if whole, except, ok := addr.ShowExcept(set); ok && len(p.Addresses) > 3 {
		return sentence(append([]string{whole + " except " + short(except, most)}, others...))
	}
	texts := make([]string, 0, len(blocks))
	for _, b := range blocks {
		texts = append(texts, b.String())
	}
	if len(texts) > most {
		texts = []string{short(texts, most)}
	}
	return sentence(append(texts, others...))
}

func short(texts []string, most int) string {
	if len(texts) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(texts[:most], ", "), len(texts)-most)
	}
	return sentence(texts)
}
