package verify

import (
	"cmp"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// answer is a three-valued answer with its reason: what is not known when it is
// Maybe, and what stands in the way when it is No.
type answer struct {
	truth   model.Truth
	because []model.Doubt
	why     string
}

var yes = answer{truth: model.Yes}

func no(why string) answer { return answer{truth: model.No, why: why} }

// maybe is an answer that doubts keep from being known.
func maybe(doubts ...model.Doubt) answer {
	return answer{truth: model.Maybe, because: doubts}
}

// doubt is one doubt about a resource.
func doubt(n model.Name, what string) model.Doubt { return model.Doubt{Name: n, What: what} }

// when turns a truth of the model into an answer.
func when(t model.Truth, n model.Name, unknown, no string) answer {
	switch t {
	case model.Yes:
		return yes
	case model.No:
		return answer{truth: model.No, why: no}
	default:
		return maybe(doubt(n, unknown))
	}
}

// unsure is Yes without doubts, and Maybe with some.
func unsure(doubts []model.Doubt) answer {
	if len(doubts) == 0 {
		return yes
	}
	return maybe(doubts...)
}

// all is Kleene's and: the first No decides, and doubts add up.
func all(answers ...answer) answer {
	out := yes
	for _, a := range answers {
		switch a.truth {
		case model.No:
			return a
		case model.Maybe:
			out.truth = model.Maybe
			out.because = join(out.because, a.because)
		}
	}
	return out
}

// some is Kleene's or: a Yes decides, and doubts add up.
func some(answers ...answer) answer {
	out := answer{truth: model.No}
	for _, a := range answers {
		switch a.truth {
		case model.Yes:
			return a
		case model.Maybe:
			out.truth = model.Maybe
			out.because = join(out.because, a.because)
		case model.No:
			if out.why == "" {
				out.why = a.why
			}
		}
	}
	return out
}

// each is the answer about one of several candidates, of which it is not known
// which one it is: what they agree in, and otherwise the doubt.
func each(unknown model.Doubt, answers ...answer) answer {
	if len(answers) == 0 {
		return maybe(unknown)
	}
	out := answers[0]
	for _, a := range answers[1:] {
		if a.truth != out.truth {
			return all(maybe(unknown), weaken(out), weaken(a))
		}
		out.because = join(out.because, a.because)
	}
	return out
}

// weaken keeps the doubts of an answer and forgets its truth.
func weaken(a answer) answer {
	if a.truth == model.Maybe {
		return a
	}
	return yes
}

// join adds doubts that are not there yet.
func join(to, more []model.Doubt) []model.Doubt {
	if len(to) == 0 {
		return more
	}
	for _, d := range more {
		if !slices.Contains(to, d) {
			to = append(slices.Clip(to), d)
		}
	}
	return to
}

// sortedDoubts writes doubts for a report: each once, in order.
func sortedDoubts(doubts []model.Doubt) []Doubt {
	out := []Doubt{}
	for _, d := range doubts {
		urn := d.URN
		if urn == "" {
			urn = d.ID
		}
		out = append(out, Doubt{URN: urn, What: d.What})
	}
	slices.SortFunc(out, func(a, b Doubt) int { return cmp.Or(cmp.Compare(a.URN, b.URN), cmp.Compare(a.What, b.What)) })
	return slices.Compact(out)
}
