package netplan_test

import (
	"fmt"
	"net/netip"

	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
)

// A network grows by appending. The third zone has no slot in a layout of two,
// so it brings a block of its own; nothing that was there moves.
func ExampleSpec_Plan() {
	spec := netplan.Spec{
		CIDR:     netip.MustParsePrefix("10.0.0.0/16"),
		Zones:    []string{"us-east-1a", "us-east-1b"},
		MaxZones: 2,
		Tiers:    []netplan.Tier{netplan.Private},
	}
	show(spec)
	spec.Zones = append(spec.Zones, "us-east-1c")
	show(spec)
	spec.ZoneCIDRs = map[string]netip.Prefix{"us-east-1c": netip.MustParsePrefix("10.1.0.0/18")}
	show(spec)
	// Output:
	// us-east-1a 10.0.128.0/18
	// us-east-1b 10.0.192.0/18
	//
	// availabilityZones[2]: "us-east-1c" has no slot: the layout has 2 (maxAvailabilityZones); a new VPC takes maxAvailabilityZones 4 or 8; in an existing one that is fixed, so give the zone a block of its own in zoneCidrBlocks["us-east-1c"]
	//
	// us-east-1a 10.0.128.0/18
	// us-east-1b 10.0.192.0/18
	// us-east-1c 10.1.32.0/19
}

func show(spec netplan.Spec) {
	plan, err := spec.Plan()
	if err != nil {
		fmt.Println(err)
	}
	for _, s := range plan.Subnets {
		fmt.Println(s.Zone, s.CIDR)
	}
	fmt.Println()
}
