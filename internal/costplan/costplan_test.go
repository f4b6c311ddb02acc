package costplan

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func gb(n float64) Milli {
	r, ok := ParseGb(n)
	if !ok {
		panic("not a quantity")
	}
	return r
}

// good are the defaults of the network components in us-east-1: six endpoints
// in two zones, or a NAT gateway in each.
func good() Spec {
	p, _ := PricesOf("us-east-1")
	return Spec{Prices: p, Zones: 2, EndpointServices: 6, NatGateways: 2, ServiceGb: gb(0), InternetGb: gb(0)}
}

// TestMonthlyCost holds whole bills against figures that were worked out by
// hand, from the prices of AWS's pages.
func TestMonthlyCost(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		edit          func(*Spec)
		isolated, nat float64
	}{
		"the defaults":         {func(*Spec) {}, 87.60, 73.00},            // 6 x 2 x 0.01 x 730; 2 x (0.045 + 0.005) x 730
		"without address fees": {withoutAddresses, 87.60, 65.70},          // 2 x 0.045 x 730
		"minimal endpoints":    {endpointServices(3), 43.80, 73.00},       // 3 x 2 x 7.30
		"with ECS on EC2":      {endpointServices(9), 131.40, 73.00},      // 9 x 2 x 7.30
		"three zones":          {zones(3), 131.40, 109.50},                // 6 x 3 x 7.30; 3 x 36.50
		"one NAT gateway":      {natGateways(1), 87.60, 36.50},            // 36.50
		"no endpoint":          {endpointServices(0), 0, 73.00},           // nothing at all
		"100 GB to services":   {traffic(100, 0), 88.60, 77.50},           // + 100 x 0.01; + 100 x 0.045
		"100 GB to internet":   {traffic(0, 100), 87.60, 77.50},           // the isolated network carries none
		"both":                 {traffic(250.5, 100), 90.11, 88.77},       // + 2.505; + 350.5 x 0.045 = 15.7725
		"Tokyo":                {region("ap-northeast-1"), 122.64, 97.82}, // 12 x 0.014 x 730; 2 x 0.067 x 730
		"Ireland":              {region("eu-west-1"), 96.36, 77.38},       // 12 x 0.011 x 730; 2 x 0.053 x 730
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := good()
			tt.edit(&s)
			got := []float64{total(s.Items(Isolated)).Cents().Dollars(), total(s.Items(Nat)).Cents().Dollars()}
			if diff := cmp.Diff([]float64{tt.isolated, tt.nat}, got); diff != "" {
				t.Errorf("isolated, NAT (-want +got)\n%s", diff)
			}
		})
	}
}

func TestItems(t *testing.T) {
	t.Parallel()
	s := good()
	traffic(20, 5)(&s)
	type line struct {
		Name, Unit      string
		Quantity, Price float64
		Cost            float64
		Fixed           bool
	}
	lines := func(items []Item) (list []line) {
		for _, i := range items {
			list = append(list, line{i.Name, i.Unit, i.Quantity.Number(), i.UnitPrice.Dollars(), float64(i.Cost()) / 1e9, i.Fixed})
		}
		return list
	}
	want := map[string][]line{
		"isolated": {
			{"Interface endpoints", "hour", 8760, 0.01, 87.6, true},
			{"Data through interface endpoints", "GB", 20, 0.01, 0.2, false},
		},
		"NAT": {
			{"NAT gateways", "hour", 1460, 0.045, 65.7, true},
			{"Public IPv4 addresses of the NAT gateways", "hour", 1460, 0.005, 7.3, true},
			{"Data through NAT gateways", "GB", 25, 0.045, 1.125, false},
		},
	}
	got := map[string][]line{"isolated": lines(s.Items(Isolated)), "NAT": lines(s.Items(Nat))}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("items (-want +got)\n%s", diff)
	}
}

func TestCrossing(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		edit         func(*Spec)
		gb           float64 // 0: they do not cross
		below, above Layout
	}{
		"the defaults":           {func(*Spec) {}, 417.1, Nat, Isolated},   // 14.60 / 0.035
		"without address fees":   {withoutAddresses, 625.7, Nat, Isolated}, // 21.90 / 0.035
		"one NAT gateway":        {natGateways(1), 1460, Nat, Isolated},    // 51.10 / 0.035
		"internet traffic too":   {traffic(0, 100), 288.6, Nat, Isolated},  // (14.60 - 4.50) / 0.035
		"whatever is carried":    {traffic(5000, 0), 417.1, Nat, Isolated}, // the traffic given does not count
		"three zones":            {zones(3), 625.7, Nat, Isolated},         // 21.90 / 0.035
		"isolated always less":   {endpointServices(3), 0, 0, 0},           // 43.80 < 73.00, and less for each GB
		"the internet decides":   {traffic(0, 1000), 0, 0, 0},              // 14.60 < 45
		"the same price of a GB": {func(s *Spec) { s.Prices.NatGatewayGb = 10_000 }, 0, 0, 0},
		"NAT for less a GB":      {both(endpointServices(3), func(s *Spec) { s.Prices.NatGatewayGb = 0 }), 2920, Isolated, Nat}, // 29.20 / 0.01
		"NAT always less":        {func(s *Spec) { s.Prices.NatGatewayGb = 0 }, 0, 0, 0},
		"above a petabyte":       {func(s *Spec) { s.Prices.NatGatewayGb = 10_001 }, 0, 0, 0},
		"the same at nothing":    {endpointServices(5), 0, 0, 0}, // 73.00 each
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := good()
			tt.edit(&s)
			c, crosses := s.Crossing()
			if crosses != (tt.gb > 0) {
				t.Fatalf("crosses: %v, at %v", crosses, c.Gb)
			}
			if !crosses {
				return
			}
			if diff := cmp.Diff(Crossing{tt.gb, tt.below, tt.above}, c); diff != "" {
				t.Errorf("they cross at (-want +got)\n%s", diff)
			}
			s.ServiceGb = gb(c.Gb - 0.1)
			if layout, _ := s.Cheaper(); layout != tt.below {
				t.Errorf("%v is cheaper below", layout)
			}
			s.ServiceGb = gb(c.Gb + 0.1)
			if layout, _ := s.Cheaper(); layout != tt.above {
				t.Errorf("%v is cheaper above", layout)
			}
		})
	}
}

func TestPrices(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{"ap-northeast-1", "ap-northeast-2", "ap-southeast-1", "eu-west-1", "eu-west-2", "us-east-1", "us-west-2"}, Regions()); diff != "" {
		t.Errorf("Regions (-want +got)\n%s", diff)
	}
	for _, region := range Regions() {
		p, known := PricesOf(region)
		if !known || p.AsOf == "" {
			t.Errorf("%s has no date", region)
		}
		if p.PublicIpv4Hour != 5_000 || p.InterfaceEndpointGb != 10_000 {
			t.Errorf("%s: a public address and a gigabyte through an endpoint cost the same everywhere, got %+v", region, p)
		}
		if p.NatGatewayHour != p.NatGatewayGb {
			t.Errorf("%s: a NAT gateway's hour costs what a gigabyte through it does, got %+v", region, p)
		}
	}
	if _, known := PricesOf("eu-north-1"); known {
		t.Error("eu-north-1 was never read")
	}
}

func TestAmounts(t *testing.T) {
	t.Parallel()
	for dollars, want := range map[float64]Micro{0: 0, 0.045: 45_000, 0.0117: 11_700, 0.000001: 1, 1000: 1e9, 0.062: 62_000} {
		if got, ok := ParsePrice(dollars); !ok || got != want || got.Dollars() != dollars {
			t.Errorf("%v dollars are %v, %v; want %v", dollars, got, ok, want)
		}
	}
	for _, bad := range []float64{-0.01, 1e-7, 0.0450001, 1000.1, math.NaN(), math.Inf(1), math.Inf(-1)} {
		if got, ok := ParsePrice(bad); ok {
			t.Errorf("%v dollars are taken as %v", bad, got)
		}
	}
	for number, want := range map[float64]Milli{0: 0, math.Copysign(0, -1): 0, 0.1: 100, 100.5: 100_500, 1e-9: 0, 0.0015: 2, MaxGb: MaxGb * 1000} {
		if got, ok := ParseGb(number); !ok || got != want {
			t.Errorf("%v GB are %v, %v; want %v", number, got, ok, want)
		}
	}
	for _, bad := range []float64{-1, MaxGb + 1, math.NaN(), math.Inf(1)} {
		if got, ok := ParseGb(bad); ok {
			t.Errorf("%v GB are taken as %v", bad, got)
		}
	}
	for cost, want := range map[Nano]float64{87_600_000_000: 87.6, 333_333_333: 0.33, 5_000_000: 0.01, 4_999_999: 0} {
		if got := cost.Cents().Dollars(); got != want {
			t.Errorf("%d are rounded to %v, want %v", cost, got, want)
		}
	}
}

// TestNothingOverflows: the largest arguments at the largest prices.
func TestNothingOverflows(t *testing.T) {
	t.Parallel()
	s := Spec{
		Prices: Prices{NatGatewayHour: 1e9, NatGatewayGb: 1e9, InterfaceEndpointHour: 1e9, InterfaceEndpointGb: 0, PublicIpv4Hour: 1e9},
		Zones:  8, EndpointServices: 50, NatGateways: 8, ServiceGb: gb(MaxGb), InternetGb: gb(MaxGb),
	}
	// 50 x 8 x 730 hours; 2 x 8 x 730 hours and 2 x 1048576 GB, all at 1000.
	if got := total(s.Items(Isolated)).Cents().Dollars(); got != 292_000_000 {
		t.Errorf("the isolated network costs %v", got)
	}
	if got := total(s.Items(Nat)).Cents().Dollars(); got != 2_108_832_000 {
		t.Errorf("the other costs %v", got)
	}
	if _, crosses := s.Crossing(); crosses {
		t.Error("they cross")
	}
	s.InternetGb = 0
	if c, crosses := s.Crossing(); !crosses || c.Gb != 280_320 { // (400 - 16) x 730
		t.Errorf("they cross: %v, at %v", crosses, c.Gb)
	}
}

func endpointServices(n int) func(*Spec) { return func(s *Spec) { s.EndpointServices = n } }
func natGateways(n int) func(*Spec)      { return func(s *Spec) { s.NatGateways = n } }
func zones(n int) func(*Spec)            { return func(s *Spec) { s.Zones, s.NatGateways = n, n } }
func withoutAddresses(s *Spec)           { s.Prices.PublicIpv4Hour = 0 }

func traffic(service, internet float64) func(*Spec) {
	return func(s *Spec) { s.ServiceGb, s.InternetGb = gb(service), gb(internet) }
}

func region(name string) func(*Spec) {
	return func(s *Spec) { s.Prices, _ = PricesOf(name) }
}

func both(edits ...func(*Spec)) func(*Spec) {
	return func(s *Spec) {
		for _, edit := range edits {
			edit(s)
		}
	}
}
