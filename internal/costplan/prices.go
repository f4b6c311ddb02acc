package costplan

import (
	"maps"
	"slices"
)

// Prices are AWS's list prices of one Region.
type Prices struct {
	// NatGatewayHour is one NAT gateway, NatGatewayGb the data through it.
	NatGatewayHour, NatGatewayGb Micro
	// InterfaceEndpointHour is one interface endpoint in one zone,
	// InterfaceEndpointGb the data through it.
	InterfaceEndpointHour, InterfaceEndpointGb Micro
	// PublicIpv4Hour is one public IPv4 address, in use or not.
	PublicIpv4Hour Micro
	// AsOf is a day on which AWS's price list had them, such as 2026-09-25; ""
	// when they are the user's own.
	AsOf string
}

// Sources are the pages that the prices in the table stand on.
var Sources = []string{
	"https://aws.amazon.com/vpc/pricing/",
	"https://aws.amazon.com/privatelink/pricing/",
}

// table are the Regions whose five prices were read, each, out of AWS's price
// list (offers AmazonEC2 and AmazonVPC, usage types *-NatGateway-Hours,
// *-NatGateway-Bytes, *-VpcEndpoint-Hours, *-VpcEndpoint-Bytes and
// *-PublicIPv4:InUseAddress), with a day on which it had them. Other Regions are
// left out rather than guessed: their prices differ by up to a factor of two. A
// public address costs the same in every Region.
//
// To check a Region against AWS, without an account:
// https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonVPC/current/REGION/index.csv
var table = map[string]Prices{
	"ap-northeast-1": {62_000, 62_000, 14_000, 10_000, 5_000, "2026-09-25"},
	"ap-northeast-2": {59_000, 59_000, 13_000, 10_000, 5_000, "2026-08-01"},
	"ap-southeast-1": {59_000, 59_000, 13_000, 10_000, 5_000, "2026-08-12"},
	"eu-west-1":      {48_000, 48_000, 11_000, 10_000, 5_000, "2026-05-01"},
	"eu-west-2":      {50_000, 50_000, 11_000, 10_000, 5_000, "2026-09-28"},
	"us-east-1":      {45_000, 45_000, 10_000, 10_000, 5_000, "2026-08-01"},
	"us-west-2":      {45_000, 45_000, 10_000, 10_000, 5_000, "2026-10-01"},
}

// PricesOf returns the prices of a Region, and whether the table has them.
func PricesOf(region string) (Prices, bool) {
	p, known := table[region]
	return p, known
}

// Regions returns the Regions that the table has, in the order of their names.
func Regions() []string { return slices.Sorted(maps.Keys(table)) }
