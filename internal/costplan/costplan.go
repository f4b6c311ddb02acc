package costplan

import "math/big"

// HoursPerMonth is what AWS's own examples count for a month.
const HoursPerMonth = 730

// MaxGb is the first tier of an interface endpoint's data, 1 PB a month in a
// Region. Above it a gigabyte costs less, which is not modelled here.
// https://aws.amazon.com/privatelink/pricing/
const MaxGb = 1 << 20

// Spec is what a network has to carry.
type Spec struct {
	Prices Prices
	// Zones that the network spans.
	Zones int
	// EndpointServices is how many services have an interface endpoint in the
	// isolated network, each in every zone.
	EndpointServices int
	// NatGateways of the other network, each with a public address.
	NatGateways int
	// ServiceGb are the gigabytes a month between tasks and AWS services other
	// than S3 and DynamoDB, whose gateway endpoints are free.
	ServiceGb *big.Rat
	// InternetGb are the gigabytes a month between tasks and the internet. The
	// isolated network carries none of them.
	InternetGb *big.Rat
}

// Item is one line of a bill.
type Item struct {
	Name string
	// Unit is hour or GB; Quantity counts them over the month.
	Unit      string
	Quantity  *big.Rat
	UnitPrice Micro
	// Fixed items cost the same whatever the traffic.
	Fixed bool
}

// Cost is the exact cost of an item in dollars.
func (i Item) Cost() *big.Rat { return new(big.Rat).Mul(i.Quantity, i.UnitPrice.Dollars()) }

// Layout is a kind of network.
type Layout int

// The two kinds that are compared. Neither is the zero value: one of nothing.
const (
	Isolated Layout = iota + 1
	Nat
)

// Crossing is the traffic to AWS services at which both kinds cost the same.
type Crossing struct {
	Gb *big.Rat
	// Below and Above are the cheaper kinds on either side of it.
	Below, Above Layout
}

// Items returns the bill of one kind of network.
func (s Spec) Items(layout Layout) []Item {
	if layout == Isolated {
		return []Item{
			hours("Interface endpoints", s.EndpointServices*s.Zones, s.Prices.InterfaceEndpointHour),
			data("Data through interface endpoints", s.ServiceGb, s.Prices.InterfaceEndpointGb),
		}
	}
	return []Item{
		hours("NAT gateways", s.NatGateways, s.Prices.NatGatewayHour),
		hours("Public IPv4 addresses of the NAT gateways", s.NatGateways, s.Prices.PublicIpv4Hour),
		data("Data through NAT gateways", new(big.Rat).Add(s.ServiceGb, s.InternetGb), s.Prices.NatGatewayGb),
	}
}

func hours(name string, of int, price Micro) Item {
	return Item{Name: name, Unit: "hour", Quantity: big.NewRat(int64(of)*HoursPerMonth, 1), UnitPrice: price, Fixed: true}
}

func data(name string, gb *big.Rat, price Micro) Item {
	return Item{Name: name, Unit: "GB", Quantity: gb, UnitPrice: price}
}

// Cheaper returns the kind that costs less for the given traffic; false when
// both cost the same.
func (s Spec) Cheaper() (Layout, bool) {
	return lower(total(s.Items(Isolated)).Cmp(total(s.Items(Nat))))
}

// Crossing returns the traffic to AWS services at which both kinds cost the
// same, all else equal. It is false when there is none above 0 and up to
// [MaxGb].
//
// Both costs are straight lines of that traffic, so they cross once at most:
// where what the one costs more without it is made up by what the other costs
// more for each gigabyte.
func (s Spec) Crossing() (Crossing, bool) {
	still := s
	still.ServiceGb = new(big.Rat)
	dearer := new(big.Rat).Sub(total(still.Items(Isolated)), total(still.Items(Nat)))
	perGb := (s.Prices.NatGatewayGb - s.Prices.InterfaceEndpointGb).Dollars()
	if perGb.Sign() == 0 {
		return Crossing{}, false
	}
	at := dearer.Quo(dearer, perGb)
	if at.Sign() <= 0 || at.Cmp(big.NewRat(MaxGb, 1)) > 0 {
		return Crossing{}, false
	}
	if perGb.Sign() > 0 {
		return Crossing{Gb: at, Below: Nat, Above: Isolated}, true
	}
	return Crossing{Gb: at, Below: Isolated, Above: Nat}, true
}

// lower turns the comparison of the isolated network's cost with the other's
// into the cheaper kind.
func lower(comparison int) (Layout, bool) {
	switch {
	case comparison < 0:
		return Isolated, true
	case comparison > 0:
		return Nat, true
	}
	return 0, false
}

func total(items []Item) *big.Rat {
	sum := new(big.Rat)
	for _, i := range items {
		sum.Add(sum, i.Cost())
	}
	return sum
}
