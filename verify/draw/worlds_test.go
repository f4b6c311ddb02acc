package draw

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/internal/opposition"
	"github.com/ecsnet/pulumi-ecsnet/verify"
)

// TestWorlds draws the random networks that the analyser is tested with, and
// asserts that the picture says of each service what the report says: an open
// way has a line at the service and one at the border, and no other has.
func TestWorlds(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			stack, err := verify.Read(bytes.NewReader(opposition.Generate(seed).Export(seed)))
			if err != nil {
				t.Fatal(err)
			}
			report := stack.Verify()
			s := &system{stack.Network(), report}
			checkLayout(t, written(t, "svg", s))
			checkChart(t, written(t, "mmd", s))

			p := look(s.network, s.report)
			var in, out verify.Verdict = verify.Closed, verify.Closed
			for _, service := range report.Services {
				in, out = worse(in, service.InternetIngress), worse(out, service.InternetEgress)
				if got, want := p.lines(service.URN, true), levelOf(service.InternetEgress); got != want && want == open {
					t.Errorf("%s can reach the internet, and no line says so", service.Name)
				} else if got == open && want != open {
					t.Errorf("%s cannot surely reach the internet, and a line says so", service.Name)
				}
				if got, want := p.lines(service.URN, false), levelOf(service.InternetIngress); got != want && want == open {
					t.Errorf("%s can be reached from the internet, and no line says so", service.Name)
				} else if got == open && want != open {
					t.Errorf("%s cannot surely be reached from the internet, and a line says so", service.Name)
				}
			}
			if got := p.border(func(g *gate) flow { return g.ingress }) == open; got != (in == verify.Open) {
				t.Errorf("a line comes in at a border: %v; a service is open: %v", got, in)
			}
			if got := p.border(func(g *gate) flow { return g.egress }) == open; got != (out == verify.Open) {
				t.Errorf("a line goes out at a border: %v; a service is open: %v", got, out)
			}
		})
	}
}

func worse(a, b verify.Verdict) verify.Verdict {
	if levelOf(b) > levelOf(a) {
		return b
	}
	return a
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
