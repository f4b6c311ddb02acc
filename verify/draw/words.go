package draw

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

func levelOf(v verify.Verdict) level {
	switch v {
	case verify.Open:
		return open
	case verify.Closed:
		return plain
	}
	return undecided
}

// verdictWords says the three verdicts, those that are alike together.
func verdictWords(v verify.Service) []word {
	by := map[level][]string{}
	for _, one := range []struct {
		what    string
		verdict verify.Verdict
	}{{"in", v.InternetIngress}, {"out", v.InternetEgress}, {"data", v.Exfiltration}} {
		by[levelOf(one.verdict)] = append(by[levelOf(one.verdict)], one.what)
	}
	var words []word
	for _, l := range []level{open, undecided, plain} {
		if len(by[l]) > 0 {
			words = append(words, word{text: strings.Join(by[l], ", ") + map[level]string{open: " OPEN", undecided: " undecided", plain: " closed"}[l], level: l})
		}
	}
	return words
}

// nameOf is what a resource is called in its program, or the id that AWS gave it.
func nameOf(n model.Name) string {
	if at := strings.LastIndex(n.URN, "::"); at >= 0 && at+2 < len(n.URN) {
		return printable(n.URN[at+2:])
	}
	for _, s := range []string{n.URN, n.ID} {
		if s != "" {
			return printable(s)
		}
	}
	return "not named"
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func portsOf(listeners []*model.Listener) string {
	var ports []string
	for _, l := range listeners {
		p := trafficText(l.Traffic)
		if !slices.Contains(ports, p) {
			ports = append(ports, p)
		}
	}
	slices.Sort(ports)
	return strings.Join(ports, ", ")
}

func trafficText(t model.Traffic) string {
	name := map[int]string{6: "tcp", 17: "udp", 1: "icmp", 58: "icmpv6"}[t.Protocol]
	switch {
	case t.Protocol == -1:
		return "all traffic"
	case name == "":
		name = fmt.Sprintf("protocol %d", t.Protocol)
	}
	switch {
	case t.From == 0 && t.To == 65535 || t.Protocol != 6 && t.Protocol != 17:
		return name
	case t.From == t.To:
		return fmt.Sprintf("%s %d", name, t.From)
	}
	return fmt.Sprintf("%s %d-%d", name, t.From, t.To)
}
