package docs

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
)

// AWS's list prices of us-east-1 in US dollars, November 2026.
const (
	hours        = 730
	endpointHour = 0.01
	natHour      = 0.045
	addressHour  = 0.005
	cpuHour      = 0.04048
	memoryHour   = 0.004445
)

// TestPricesAddUp: what the README says of whole components is the unit price
// times what the components make.
func TestPricesAddUp(t *testing.T) {
	t.Parallel()
	all, ec2 := len(endpoints.Default), len(endpoints.Default)+len(endpoints.EcsOnEc2)
	task := cpuHour/4 + memoryHour/2
	want := map[string]float64{
		"One interface endpoint in one zone":                                       endpointHour,
		fmt.Sprintf("IsolatedVpc with its defaults: %d endpoints in 2 zones", all): float64(all) * 2 * endpointHour,
		"the same in 3 zones":                                                      float64(all) * 3 * endpointHour,
		fmt.Sprintf("the same with ecsOnEc2: %d endpoints in 2 zones", ec2):        float64(ec2) * 2 * endpointHour,
		"only logs, ecr.api, ecr.dkr, in 2 zones":                                  3 * 2 * endpointHour,
		"One task of 256 CPU units and 512 MiB, x86":                               task,
		"FargatePrivateService with its defaults: 2 such tasks":                    2 * task,
	}
	found := map[string]bool{}
	for _, row := range table(t, read(t, "README.md"), "What", "By the hour", "A month", "Source") {
		hour, priced := want[row[0]]
		if !priced {
			continue
		}
		found[row[0]] = true
		assert.Contains(t, []string{fmt.Sprintf("%.2f", hour), fmt.Sprintf("%.3f", hour), fmt.Sprintf("%.4f", hour)}, row[1], row[0])
		assert.Equal(t, fmt.Sprintf("%.2f", hour*hours+1e-9), row[2], row[0])
	}
	for what := range want {
		assert.True(t, found[what], "the README has no price of %q", what)
	}
	total := hours * (float64(all)*2*endpointHour + 2*task)
	assert.Contains(t, read(t, "README.md"), fmt.Sprintf("costs about %.0f dollars a month", total))
}
