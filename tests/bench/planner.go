package main

import (
	"context"
	"net/netip"
	"time"

	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
)

// plans is how many layouts are timed at once.
const plans = 2000

// planner measures the layout of a small and of a large network.
func planner(ctx context.Context, b *bench) ([]string, error) {
	var things []thing
	var all []*series
	for _, c := range []struct {
		name  string
		zones int
	}{{"2 zones", 2}, {"6 zones", 6}} {
		s := &series{name: "a /16, 8 slots, all tiers, " + c.name, unit: "µs"}
		spec := netplan.Spec{CIDR: netip.MustParsePrefix("10.0.0.0/16"), MaxZones: 8}
		for i := range c.zones {
			spec.Zones = append(spec.Zones, "us-east-1"+string(rune('a'+i)))
		}
		all = append(all, s)
		things = append(things, thing{[]*series{s}, func(context.Context) ([]float64, error) {
			began := time.Now()
			for range plans {
				if _, err := spec.Plan(); err != nil {
					return nil, err
				}
			}
			return []float64{float64(time.Since(began).Nanoseconds()) / 1000 / plans}, nil
		}})
	}
	if err := alternate(ctx, b.rounds, things...); err != nil {
		return nil, err
	}
	table(b.out, all...)
	return nil, nil
}
