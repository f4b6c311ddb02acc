package costplan

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
	ServiceGb Milli
	// InternetGb are the gigabytes a month between tasks and the internet. The
	// isolated network carries none of them.
	InternetGb Milli
}

// Item is one line of a bill.
type Item struct {
	Name string
	// Unit is hour or GB; Quantity counts them over the month.
	Unit      string
	Quantity  Milli
	UnitPrice Micro
	// Fixed items cost the same whatever the traffic.
	Fixed bool
}

// Cost is the exact cost of an item.
func (i Item) Cost() Nano { return Nano(int64(i.Quantity) * int64(i.UnitPrice)) }

// Layout is a kind of network.
type Layout int

// The two kinds that are compared. Neither is the zero value: one of nothing.
const (
	Isolated Layout = iota + 1
	Nat
)

// Crossing is the traffic to AWS services at which both kinds cost the same.
type Crossing struct {
	// Gb a month, to a tenth.
	Gb float64
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
		data("Data through NAT gateways", s.ServiceGb+s.InternetGb, s.Prices.NatGatewayGb),
	}
}

func hours(name string, of int, price Micro) Item {
	return Item{Name: name, Unit: "hour", Quantity: Milli(of * HoursPerMonth * milli), UnitPrice: price, Fixed: true}
}

func data(name string, gb Milli, price Micro) Item {
	return Item{Name: name, Unit: "GB", Quantity: gb, UnitPrice: price}
}

// Cheaper returns the kind that costs less for the given traffic; false when
// both cost the same.
func (s Spec) Cheaper() (Layout, bool) {
	switch more := s.dearer(); {
	case more < 0:
		return Isolated, true
	case more > 0:
		return Nat, true
	}
	return 0, false
}

// dearer is how much more the isolated network costs than the other.
func (s Spec) dearer() Nano { return total(s.Items(Isolated)) - total(s.Items(Nat)) }

// Crossing returns the traffic to AWS services at which both kinds cost the
// same, all else equal. It is false when there is none above 0 and up to
// [MaxGb].
//
// Both costs are straight lines of that traffic, so they cross once at most:
// where what the one costs more without it is made up by what the other costs
// more for each gigabyte.
func (s Spec) Crossing() (Crossing, bool) {
	s.ServiceGb = 0
	dearer, perMb := s.dearer(), Nano(s.Prices.NatGatewayGb-s.Prices.InterfaceEndpointGb)
	c := Crossing{Below: Nat, Above: Isolated}
	if perMb < 0 {
		dearer, perMb = -dearer, -perMb
		c.Below, c.Above = Isolated, Nat
	}
	if perMb == 0 || dearer <= 0 || dearer > perMb*MaxGb*milli {
		return Crossing{}, false
	}
	const tenth = milli / 10
	c.Gb = float64((dearer+perMb*tenth/2)/(perMb*tenth)) / 10
	return c, true
}

func total(items []Item) (sum Nano) {
	for _, i := range items {
		sum += i.Cost()
	}
	return sum
}
