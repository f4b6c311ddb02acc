package components

import (
	"fmt"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/costplan"
	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// EstimateMonthlyCostArgs are the arguments of EstimateMonthlyCost.
type EstimateMonthlyCostArgs struct {
	// AWS Region, such as "us-east-1". Prices of ap-northeast-1,
	// ap-northeast-2, ap-southeast-1, eu-west-1, eu-west-2, us-east-1 and
	// us-west-2 are known; any other needs the argument prices.
	Region string `pulumi:"region"`
	// How many zones the network spans, 1 to 8. Default: 2.
	NumberOfAvailabilityZones *int `pulumi:"numberOfAvailabilityZones,optional"`
	// How many AWS services have an interface endpoint in the isolated network,
	// each in every zone: 0 to 50, which is AWS's default quota for a VPC.
	// Default: 6, as many as an IsolatedVpc has by default.
	NumberOfEndpointServices *int `pulumi:"numberOfEndpointServices,optional"`
	// How many NAT gateways the other network has. Default: "OnePerAz".
	NatMode *NatMode `pulumi:"natMode,optional"`
	// Gigabytes a month, in both directions together, between tasks and the AWS
	// services that have an endpoint: 0 to 1048576, to a thousandth. Leave out S3 and DynamoDB:
	// their gateway endpoints are free in both networks, and the layers of
	// images come from S3. Default: 0.
	GbToServices *float64 `pulumi:"gbToServices,optional"`
	// Gigabytes a month, in both directions together, between tasks and the
	// internet: 0 to 1048576. An isolated network carries none of them.
	// Default: 0.
	GbToInternet *float64 `pulumi:"gbToInternet,optional"`
	// Prices of your own, for a Region whose prices are not known or under
	// an agreement with AWS. Default: AWS's list prices of the Region.
	Prices *NetworkPricesArgs `pulumi:"prices,optional"`
}

// NetworkPricesArgs are prices in US dollars: 0 to 1000, to a millionth of a
// dollar.
type NetworkPricesArgs struct {
	// One NAT gateway for an hour.
	NatGatewayHour float64 `pulumi:"natGatewayHour"`
	// A gigabyte through a NAT gateway.
	NatGatewayGb float64 `pulumi:"natGatewayGb"`
	// One interface endpoint in one zone for an hour.
	InterfaceEndpointHour float64 `pulumi:"interfaceEndpointHour"`
	// A gigabyte through an interface endpoint.
	InterfaceEndpointGb float64 `pulumi:"interfaceEndpointGb"`
	// One public IPv4 address for an hour; 0 for addresses that you brought to
	// AWS.
	PublicIpv4Hour float64 `pulumi:"publicIpv4Hour"`
}

// NetworkKind is a kind of network, by the component that makes it.
type NetworkKind string

const (
	// AWS services are reached through interface endpoints, and nothing else is.
	NetworkKindIsolatedVpc NetworkKind = "IsolatedVpc"
	// Everything is reached through NAT gateways.
	NetworkKindNatNetwork NetworkKind = "NatNetwork"
)

// EstimateMonthlyCostResult is what two kinds of network cost in a month of 730
// hours, in US dollars.
type EstimateMonthlyCostResult struct {
	// What an IsolatedVpc costs.
	IsolatedVpc NetworkCost `pulumi:"isolatedVpc"`
	// What a NatNetwork without interface endpoints costs.
	NatNetwork NetworkCost `pulumi:"natNetwork"`
	// Which of the two costs less for this traffic; absent where both cost the
	// same.
	Cheaper *NetworkKind `pulumi:"cheaper,optional"`
	// The traffic to AWS services at which both cost the same, all else equal;
	// absent where one of them costs less for any traffic up to 1048576 GB a
	// month.
	Crossover *CostCrossover `pulumi:"crossover,optional"`
	// The prices that this rests on.
	Prices EstimatePrices `pulumi:"prices"`
}

// NetworkCost is what one kind of network costs in a month.
type NetworkCost struct {
	// The lines of the bill.
	Items []CostItem `pulumi:"items"`
	// What it costs in US dollars whatever the traffic.
	FixedUsd float64 `pulumi:"fixedUsd"`
	// What the traffic costs in US dollars.
	TrafficUsd float64 `pulumi:"trafficUsd"`
	// The sum of the items in US dollars.
	TotalUsd float64 `pulumi:"totalUsd"`
}

// CostItem is one line of a bill.
type CostItem struct {
	// What is charged for.
	Name string `pulumi:"name"`
	// How many units in the month.
	Quantity float64 `pulumi:"quantity"`
	// What the quantity counts: "hour" or "GB".
	Unit string `pulumi:"unit"`
	// Price of one unit in US dollars.
	UnitPriceUsd float64 `pulumi:"unitPriceUsd"`
	// Price of the whole quantity in US dollars, rounded to a cent.
	MonthlyUsd float64 `pulumi:"monthlyUsd"`
}

// CostCrossover is where the costs of the two kinds of network cross.
type CostCrossover struct {
	// Gigabytes a month between tasks and AWS services, to a tenth.
	GbToServices float64 `pulumi:"gbToServices"`
	// Which network costs less for less traffic.
	CheaperBelow NetworkKind `pulumi:"cheaperBelow"`
	// Which network costs less for more traffic.
	CheaperAbove NetworkKind `pulumi:"cheaperAbove"`
}

// EstimatePrices are the prices that an estimate rests on, in US dollars.
type EstimatePrices struct {
	// One NAT gateway for an hour.
	NatGatewayHour float64 `pulumi:"natGatewayHour"`
	// A gigabyte through a NAT gateway.
	NatGatewayGb float64 `pulumi:"natGatewayGb"`
	// One interface endpoint in one zone for an hour.
	InterfaceEndpointHour float64 `pulumi:"interfaceEndpointHour"`
	// A gigabyte through an interface endpoint.
	InterfaceEndpointGb float64 `pulumi:"interfaceEndpointGb"`
	// One public IPv4 address for an hour.
	PublicIpv4Hour float64 `pulumi:"publicIpv4Hour"`
	// A day on which these were AWS's list prices, such as "2026-09-25"; absent
	// where the prices are your own.
	AsOf *string `pulumi:"asOf,optional"`
	// The pages on which AWS publishes them; empty where the prices are your
	// own.
	Sources []string `pulumi:"sources"`
}

// EstimateMonthlyCost returns what an isolated network costs in a month beside
// one with NAT gateways, for the same zones and the same traffic, and the
// traffic at which both cost the same. It makes nothing and does not ask AWS.
//
// It counts what AWS charges for the two networks: hours of interface
// endpoints, NAT gateways and their public addresses, and the data through
// them. It leaves out what does not depend on the choice (tasks, logs, load
// balancers, data that leaves AWS) and the data between zones, which AWS
// charges for where natMode is "Single" and a task is in another zone than the
// NAT gateway. AWS changes its prices: the result says which day they are from.
func EstimateMonthlyCost(args *EstimateMonthlyCostArgs) (*EstimateMonthlyCostResult, error) {
	if args == nil {
		args = &EstimateMonthlyCostArgs{}
	}
	spec, faults := args.spec()
	if err := faults.Err(); err != nil {
		return nil, invalidFunctionArgs("estimateMonthlyCost", err)
	}
	r := &EstimateMonthlyCostResult{
		IsolatedVpc: networkCost(spec.Items(costplan.Isolated)),
		NatNetwork:  networkCost(spec.Items(costplan.Nat)),
		Prices:      estimatePrices(spec.Prices),
	}
	if layout, one := spec.Cheaper(); one {
		cheaper := networkKinds[layout]
		r.Cheaper = &cheaper
	}
	if c, crosses := spec.Crossing(); crosses {
		r.Crossover = &CostCrossover{
			GbToServices: c.Gb,
			CheaperBelow: networkKinds[c.Below],
			CheaperAbove: networkKinds[c.Above],
		}
	}
	return r, nil
}

var networkKinds = map[costplan.Layout]NetworkKind{
	costplan.Isolated: NetworkKindIsolatedVpc,
	costplan.Nat:      NetworkKindNatNetwork,
}

// The largest arguments: a layout has eight zones at most, and AWS's default
// quota is fifty interface endpoints in a VPC.
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
const (
	maxCostZones    = 8
	maxCostServices = 50
)

// spec reads the arguments, with every fault of them.
func (a *EstimateMonthlyCostArgs) spec() (costplan.Spec, field.Faults) {
	var faults field.Faults
	s := costplan.Spec{
		Zones:            or(a.NumberOfAvailabilityZones, defaultZones),
		EndpointServices: or(a.NumberOfEndpointServices, len(endpoints.Default)),
		ServiceGb:        gigabytes("gbToServices", a.GbToServices, &faults),
		InternetGb:       gigabytes("gbToInternet", a.GbToInternet, &faults),
		Prices:           a.prices(&faults),
	}
	checkRange(&faults, "numberOfAvailabilityZones", s.Zones, 1, maxCostZones)
	checkRange(&faults, "numberOfEndpointServices", s.EndpointServices, 0, maxCostServices)
	checkEnum(&faults, "natMode", a.NatMode, NatModeOnePerAz, NatModeSingle)
	s.NatGateways = s.Zones
	if or(a.NatMode, NatModeOnePerAz) == NatModeSingle {
		s.NatGateways = 1
	}
	return s, faults
}

func gigabytes(path string, gb *float64, faults *field.Faults) costplan.Milli {
	quantity, ok := costplan.ParseGb(or(gb, 0))
	if !ok {
		faults.Add(path, *gb, fmt.Sprintf("is not in the range 0 to %d", costplan.MaxGb),
			"write gigabytes a month; above a petabyte AWS charges less for each, which this does not estimate")
	}
	return quantity
}

// prices are the user's own, or those of the Region.
func (a *EstimateMonthlyCostArgs) prices(faults *field.Faults) costplan.Prices {
	if a.Prices != nil {
		return a.Prices.parse(faults)
	}
	prices, known := costplan.PricesOf(a.Region)
	if !known {
		faults.Add("region", a.Region, "is a Region whose prices are not known here; those of "+quoted(costplan.Regions())+" are",
			"give the Region's prices in the argument prices, from "+costplan.Sources[0]+" and "+costplan.Sources[1])
	}
	return prices
}

func (p *NetworkPricesArgs) parse(faults *field.Faults) costplan.Prices {
	price := func(name string, dollars float64) costplan.Micro {
		micro, ok := costplan.ParsePrice(dollars)
		if !ok {
			faults.Add(field.Join("prices", name), dollars, "is not a price in US dollars from 0 to 1000, to a millionth of a dollar",
				"write a price such as 0.045")
		}
		return micro
	}
	return costplan.Prices{
		NatGatewayHour:        price("natGatewayHour", p.NatGatewayHour),
		NatGatewayGb:          price("natGatewayGb", p.NatGatewayGb),
		InterfaceEndpointHour: price("interfaceEndpointHour", p.InterfaceEndpointHour),
		InterfaceEndpointGb:   price("interfaceEndpointGb", p.InterfaceEndpointGb),
		PublicIpv4Hour:        price("publicIpv4Hour", p.PublicIpv4Hour),
	}
}

// networkCost rounds each line to a cent, as a bill does, and adds up what it
// shows.
func networkCost(items []costplan.Item) NetworkCost {
	cost := NetworkCost{Items: make([]CostItem, 0, len(items))}
	var fixed, traffic costplan.Cents
	for _, i := range items {
		monthly := i.Cost().Cents()
		cost.Items = append(cost.Items, CostItem{
			Name: i.Name, Unit: i.Unit, Quantity: i.Quantity.Number(),
			UnitPriceUsd: i.UnitPrice.Dollars(), MonthlyUsd: monthly.Dollars(),
		})
		if i.Fixed {
			fixed += monthly
		} else {
			traffic += monthly
		}
	}
	cost.FixedUsd, cost.TrafficUsd, cost.TotalUsd = fixed.Dollars(), traffic.Dollars(), (fixed + traffic).Dollars()
	return cost
}

func estimatePrices(p costplan.Prices) EstimatePrices {
	shown := EstimatePrices{
		NatGatewayHour: p.NatGatewayHour.Dollars(), NatGatewayGb: p.NatGatewayGb.Dollars(),
		InterfaceEndpointHour: p.InterfaceEndpointHour.Dollars(), InterfaceEndpointGb: p.InterfaceEndpointGb.Dollars(),
		PublicIpv4Hour: p.PublicIpv4Hour.Dollars(), Sources: []string{},
	}
	if p.AsOf != "" {
		shown.AsOf, shown.Sources = &p.AsOf, slices.Clone(costplan.Sources)
	}
	return shown
}
