package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
)

// series is what was measured of one thing, in one unit.
type series struct {
	name, unit string
	values     []float64
}

func (s series) median() float64 {
	sorted := slices.Sorted(slices.Values(s.values))
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}

func (s series) min() float64 { return slices.Min(s.values) }
func (s series) max() float64 { return slices.Max(s.values) }

// over is by how much s is above other in each round.
func (s series) over(other *series) *series {
	d := &series{name: s.name + ", over the " + other.name, unit: s.unit}
	for i, v := range s.values {
		d.values = append(d.values, v-other.values[i])
	}
	return d
}

// thing is something to measure; its run returns a value for each of its series.
type thing struct {
	series []*series
	run    func(context.Context) ([]float64, error)
}

// alternate measures the things in turns. A first round is not counted: it
// warms caches.
func alternate(ctx context.Context, rounds int, things ...thing) error {
	for round := range rounds + 1 {
		for _, t := range things {
			values, err := t.run(ctx)
			if err != nil {
				return err
			}
			for i, s := range t.series {
				if round > 0 {
					s.values = append(s.values, values[i])
				}
			}
		}
	}
	return nil
}

// table prints series, a line each.
func table(out io.Writer, list ...*series) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\tmedian\tmin\tmax\tunit\tn")
	for _, s := range list {
		fmt.Fprintf(w, "%s\t%.4g\t%.4g\t%.4g\t%s\t%d\n", s.name, s.median(), s.min(), s.max(), s.unit, len(s.values))
	}
	w.Flush()
}
