package addr

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Ports is a run of ports, both ends included.
type Ports struct{ From, To int }

// AllPorts is every port that a rule can name.
var AllPorts = Ports{0, 65535}

// CutPorts takes a run of ports apart at the borders of others: within a piece,
// every port is in the same ones of them.
func CutPorts(within Ports, at []Ports) []Ports {
	starts := []int{within.From}
	for _, p := range at {
		for _, s := range [2]int{p.From, p.To + 1} {
			if s > within.From && s <= within.To {
				starts = append(starts, s)
			}
		}
	}
	slices.Sort(starts)
	starts = slices.Compact(starts)
	out := make([]Ports, len(starts))
	for i, s := range starts {
		out[i] = Ports{s, within.To}
		if i > 0 {
			out[i-1].To = s - 1
		}
	}
	return out
}

// JoinPorts joins runs that touch or overlap, in order.
func JoinPorts(runs []Ports) []Ports {
	sorted := slices.SortedFunc(slices.Values(runs), func(a, b Ports) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	var out []Ports
	for _, r := range sorted {
		if n := len(out); n > 0 && r.From <= out[n-1].To+1 {
			out[n-1].To = max(out[n-1].To, r.To)
			continue
		}
		out = append(out, r)
	}
	return out
}

// ShowPorts writes runs of ports: "443", "80, 8000-8010" or "all".
func ShowPorts(runs []Ports) string {
	texts := make([]string, len(runs))
	for i, r := range runs {
		switch {
		case r == AllPorts, r == Ports{1, 65535}:
			return "all"
		case r.From == r.To:
			texts[i] = strconv.Itoa(r.From)
		default:
			texts[i] = strconv.Itoa(r.From) + "-" + strconv.Itoa(r.To)
		}
	}
	return strings.Join(texts, ", ")
}
