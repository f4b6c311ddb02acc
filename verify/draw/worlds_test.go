package draw

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/internal/opposition"
	"github.com/ecsnet/pulumi-ecsnet/verify"
)

// TestWorlds draws the random networks that the analyser is tested with, whole,
// with a value that is not known, and broken. It asserts that the picture says
// of each service what the report says: an open way has a line at the service
// and one at the border, and no other way has.
func TestWorlds(t *testing.T) {
	t.Parallel()
	documents := map[string]func(*opposition.World, uint64) []byte{
		"whole":  (*opposition.World).Export,
		"hidden": func(w *opposition.World, seed uint64) []byte { return w.Hide(seed).Document },
		"broken": (*opposition.World).Break,
	}
	for kind, document := range documents {
		for seed := range uint64(100) {
			t.Run(fmt.Sprint(kind, seed), func(t *testing.T) {
				t.Parallel()
				stack, err := verify.Read(bytes.NewReader(document(opposition.Generate(seed), seed)))
				if err != nil {
					if kind != "broken" {
						t.Fatal(err)
					}
					return // it may be no state any more
				}
				s := &system{stack.Network(), stack.Verify()}
				checkLayout(t, written(t, "svg", s))
				checkChart(t, written(t, "mmd", s))
				if kind != "broken" {
					checkAgreement(t, s)
				}
			})
		}
	}
}

// checkAgreement asserts that the lines of a picture say what the report says.
func checkAgreement(t *testing.T, s *system) {
	t.Helper()
	p := look(s.network, s.report)
	var in, out level
	for _, service := range s.report.Services {
		in, out = max(in, levelOf(service.InternetIngress)), max(out, levelOf(service.InternetEgress))
		if got, want := p.lines(service.URN, true) == open, service.InternetEgress == verify.Open; got != want {
			t.Errorf("%s can surely reach the internet: %v; a line says so: %v", service.Name, want, got)
		}
		if got, want := p.lines(service.URN, false) == open, service.InternetIngress == verify.Open; got != want {
			t.Errorf("%s can surely be reached from the internet: %v; a line says so: %v", service.Name, want, got)
		}
	}
	if got := p.border(func(g *gate) flow { return g.ingress }) == open; got != (in == open) {
		t.Errorf("a line comes in at a border: %v; a service is open: %v", got, in == open)
	}
	if got := p.border(func(g *gate) flow { return g.egress }) == open; got != (out == open) {
		t.Errorf("a line goes out at a border: %v; a service is open: %v", got, out == open)
	}
}

// lines is how bad the lines are that begin at a service, or end there.
func (p *picture) lines(urn string, outwards bool) level {
	worst := plain
	for _, v := range p.vpcs {
		for _, e := range v.edges {
			at := e.to
			if outwards {
				at = e.from
			}
			if at.bar != nil && at.bar.key == urn {
				worst = max(worst, e.level)
			}
		}
	}
	return worst
}

// border is how bad the lines are that cross a border, in one direction.
func (p *picture) border(of func(*gate) flow) level {
	var all []level
	for _, v := range p.vpcs {
		for _, g := range v.gates {
			all = append(all, of(g).level)
		}
	}
	return slices.Max(append(all, plain))
}
