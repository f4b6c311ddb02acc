package components

import (
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsnet/pulumi-ecsnet/internal/costplan"
)

// TestEstimateMonthlyCost holds whole results, with figures worked out by hand.
func TestEstimateMonthlyCost(t *testing.T) {
	t.Parallel()
	sources := []string{"https://aws.amazon.com/vpc/pricing/", "https://aws.amazon.com/privatelink/pricing/"}
	tests := map[string]struct {
		args EstimateMonthlyCostArgs
		want EstimateMonthlyCostResult
	}{
		"the defaults": {
			EstimateMonthlyCostArgs{Region: "us-east-1"},
			EstimateMonthlyCostResult{
				IsolatedVpc: NetworkCost{
					Items: []CostItem{
						{"Interface endpoints", 8760, "hour", 0.01, 87.6},
						{"Data through interface endpoints", 0, "GB", 0.01, 0},
					},
					FixedUsd: 87.6, TotalUsd: 87.6,
				},
				NatNetwork: NetworkCost{
					Items: []CostItem{
						{"NAT gateways", 1460, "hour", 0.045, 65.7},
						{"Public IPv4 addresses of the NAT gateways", 1460, "hour", 0.005, 7.3},
						{"Data through NAT gateways", 0, "GB", 0.045, 0},
					},
					FixedUsd: 73, TotalUsd: 73,
				},
				Cheaper:   ptr(NetworkKindNatNetwork),
				Crossover: &CostCrossover{417.1, NetworkKindNatNetwork, NetworkKindIsolatedVpc},
				Prices:    EstimatePrices{0.045, 0.045, 0.01, 0.01, 0.005, ptr("2026-08-01"), sources},
			},
		},
		// 3 x 3 x 730 = 6570 h at 0.011 are 72.27; 730 h at 0.048 are 35.04, at
		// 0.005 they are 3.65; 100.5 GB at 0.01 are 1.005, 150.75 at 0.048 7.236.
		"traffic in Ireland through one NAT gateway": {
			EstimateMonthlyCostArgs{
				Region: "eu-west-1", NumberOfAvailabilityZones: ptr(3), NumberOfEndpointServices: ptr(3), NatMode: ptr(NatModeSingle),
				GbToServices: ptr(100.5), GbToInternet: ptr(50.25),
			},
			EstimateMonthlyCostResult{
				IsolatedVpc: NetworkCost{
					Items: []CostItem{
						{"Interface endpoints", 6570, "hour", 0.011, 72.27},
						{"Data through interface endpoints", 100.5, "GB", 0.01, 1.01},
					},
					FixedUsd: 72.27, TrafficUsd: 1.01, TotalUsd: 73.28,
				},
				NatNetwork: NetworkCost{
					Items: []CostItem{
						{"NAT gateways", 730, "hour", 0.048, 35.04},
						{"Public IPv4 addresses of the NAT gateways", 730, "hour", 0.005, 3.65},
						{"Data through NAT gateways", 150.75, "GB", 0.048, 7.24},
					},
					FixedUsd: 38.69, TrafficUsd: 7.24, TotalUsd: 45.93,
				},
				Cheaper: ptr(NetworkKindNatNetwork),
				// (72.27 - 38.69 - 50.25 x 0.048) / 0.038 = 31.168 / 0.038
				Crossover: &CostCrossover{820.2, NetworkKindNatNetwork, NetworkKindIsolatedVpc},
				Prices:    EstimatePrices{0.048, 0.048, 0.011, 0.01, 0.005, ptr("2026-05-01"), sources},
			},
		},
		"prices of one's own, by which both cost the same": {
			EstimateMonthlyCostArgs{
				Region: "eu-north-1", NumberOfEndpointServices: ptr(5), NumberOfAvailabilityZones: ptr(1),
				Prices: &NetworkPricesArgs{NatGatewayHour: 0.05, InterfaceEndpointHour: 0.01},
			},
			EstimateMonthlyCostResult{
				IsolatedVpc: NetworkCost{
					Items: []CostItem{
						{"Interface endpoints", 3650, "hour", 0.01, 36.5},
						{"Data through interface endpoints", 0, "GB", 0, 0},
					},
					FixedUsd: 36.5, TotalUsd: 36.5,
				},
				NatNetwork: NetworkCost{
					Items: []CostItem{
						{"NAT gateways", 730, "hour", 0.05, 36.5},
						{"Public IPv4 addresses of the NAT gateways", 730, "hour", 0, 0},
						{"Data through NAT gateways", 0, "GB", 0, 0},
					},
					FixedUsd: 36.5, TotalUsd: 36.5,
				},
				Prices: EstimatePrices{NatGatewayHour: 0.05, InterfaceEndpointHour: 0.01, Sources: []string{}},
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := EstimateMonthlyCost(&tt.args)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&tt.want, got); diff != "" {
				t.Errorf("cost (-want +got)\n%s", diff)
			}
		})
	}
}

// TestEstimateOfADefaultNetwork: the defaults are the components' own.
func TestEstimateOfADefaultNetwork(t *testing.T) {
	t.Parallel()
	r, err := EstimateMonthlyCost(&EstimateMonthlyCostArgs{Region: "us-east-1"})
	if err != nil {
		t.Fatal(err)
	}
	isolated := mustRun(t, programs["isolated-vpc"])
	endpointZones := 0
	for _, n := range isolated.ofType("aws:ec2/vpcEndpoint:VpcEndpoint") {
		if n.inputs["vpcEndpointType"].StringValue() == "Interface" {
			endpointZones += len(n.inputs["subnetIds"].ArrayValue())
		}
	}
	nat := mustRun(t, programs["nat-network"])
	made := map[string]int{
		"Interface endpoints": endpointZones,
		"NAT gateways":        len(nat.ofType("aws:ec2/natGateway:NatGateway")),
		"Public IPv4 addresses of the NAT gateways": len(nat.ofType("aws:ec2/eip:Eip")),
	}
	for _, i := range append(r.IsolatedVpc.Items, r.NatNetwork.Items...) {
		if i.Unit == "hour" && i.Quantity != float64(made[i.Name]*costplan.HoursPerMonth) {
			t.Errorf("%s: %v hours for %d of them", i.Name, i.Quantity, made[i.Name])
		}
		delete(made, i.Name)
	}
	if len(made) > 0 {
		t.Errorf("the estimate leaves out %v", made)
	}
}

func TestEstimateMonthlyCostFaults(t *testing.T) {
	t.Parallel()
	const unknown = `is a Region whose prices are not known here; those of "ap-northeast-1", "ap-northeast-2", "ap-southeast-1", "eu-west-1", "eu-west-2", "us-east-1", "us-west-2" are; ` +
		"give the Region's prices in the argument prices, from https://aws.amazon.com/vpc/pricing/ and https://aws.amazon.com/privatelink/pricing/"
	tests := map[string]struct {
		args *EstimateMonthlyCostArgs
		want []string // all of them
	}{
		"a Region without prices": {&EstimateMonthlyCostArgs{Region: "eu-north-1"}, []string{`region: "eu-north-1" ` + unknown}},
		"no Region":               {nil, []string{`region: "" ` + unknown}},
		"everything at once": {
			&EstimateMonthlyCostArgs{
				Region: "us-east-1", NumberOfAvailabilityZones: ptr(0), NumberOfEndpointServices: ptr(51), NatMode: ptr(NatMode("Two")),
				GbToServices: ptr(-1.0), GbToInternet: ptr(2e6),
				Prices: &NetworkPricesArgs{NatGatewayHour: -1, NatGatewayGb: math.NaN(), InterfaceEndpointHour: 1e-9, InterfaceEndpointGb: 0.01, PublicIpv4Hour: math.Inf(1)},
			},
			[]string{
				"gbToServices: -1 is not in the range 0 to 1048576; write gigabytes a month; above a petabyte AWS charges less for each, which this does not estimate",
				"gbToInternet: 2e+06 is not in the range 0 to 1048576; write gigabytes a month; above a petabyte AWS charges less for each, which this does not estimate",
				"prices.natGatewayHour: -1 is not a price in US dollars from 0 to 1000, to a millionth of a dollar; write a price such as 0.045",
				"prices.natGatewayGb: NaN is not a price in US dollars from 0 to 1000, to a millionth of a dollar; write a price such as 0.045",
				"prices.interfaceEndpointHour: 1e-09 is not a price in US dollars from 0 to 1000, to a millionth of a dollar; write a price such as 0.045",
				"prices.publicIpv4Hour: +Inf is not a price in US dollars from 0 to 1000, to a millionth of a dollar; write a price such as 0.045",
				"numberOfAvailabilityZones: 0 is not in the range 1 to 8; choose a number in that range",
				"numberOfEndpointServices: 51 is not in the range 0 to 50; choose a number in that range",
				`natMode: "Two" is not a known value; write one of "OnePerAz", "Single"`,
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := EstimateMonthlyCost(tt.args)
			mustFault(t, err, "estimateMonthlyCost has invalid arguments:", tt.want)
		})
	}
}

// TestRegionsAreDocumented: the argument's documentation names the Regions
// whose prices are known.
func TestRegionsAreDocumented(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("estimate_monthly_cost.go")
	if err != nil {
		t.Fatal(err)
	}
	_, doc, found := strings.Cut(strings.Join(strings.Fields(string(source)), " "), "Prices of ")
	doc, _, closed := strings.Cut(strings.ReplaceAll(doc, "// ", ""), " are known")
	if !found || !closed {
		t.Fatal("no list of Regions")
	}
	named := strings.Split(strings.ReplaceAll(doc, " and ", ", "), ", ")
	if diff := cmp.Diff(costplan.Regions(), named); diff != "" {
		t.Errorf("(-known +documented)\n%s", diff)
	}
}
