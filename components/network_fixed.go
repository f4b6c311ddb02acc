package components

import (
	"fmt"
	"net/netip"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
)

// The blocks of a VPC and of its subnets are fixed. AWS changes neither;
// another subnet that overlaps cannot be made while the old one exists, and the
// old one cannot be deleted while endpoints, load balancers and tasks have
// addresses in it:
// https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html

func (n *network) fixedVpc() fixed {
	return fixed{wanted: n.spec.cidrBlock, has: n.vpc.CidrBlock, decides: true, refuse: func(faults *field.Faults, has string) {
		faults.Add("cidrBlock", n.spec.cidrBlock, fmt.Sprintf("cannot become the block of the VPC, which exists with %s", has),
			fmt.Sprintf("write %q; for another block, make another network under another name, move the services to it, and then remove this one", has))
	}}
}

func (n *network) fixedBlock(b netplan.Block, has pulumi.StringOutput) fixed {
	return fixed{wanted: b.CIDR.String(), has: has, refuse: func(faults *field.Faults, has string) {
		faults.Add(field.Key("zoneCidrBlocks", b.Zone), b.CIDR.String(), fmt.Sprintf("cannot become the block of the zone, whose subnets are in %s", has),
			fmt.Sprintf("write %q, or %s", has, outAndIn(b.Zone)))
	}}
}

func (n *network) fixedSubnet(s netplan.Subnet, child string, has pulumi.StringOutput) fixed {
	written, own := n.spec.blocks.written[s.Tier], field.Key(s.Tier.Argument, s.Zone)
	return fixed{wanted: s.CIDR.String(), has: has, refuse: func(faults *field.Faults, has string) {
		rule := fmt.Sprintf("would be the block of the subnet %s, which exists with %s", child, has)
		keep := fmt.Sprintf("write %s: %q to keep it", own, has)
		switch {
		case written[s.Zone] != "":
			faults.Add(own, s.CIDR.String(), rule, fmt.Sprintf("write %q, or %s", has, outAndIn(s.Zone)))
		case n.spec.blocks.own[s.Zone] != "":
			faults.Add(field.Key("zoneCidrBlocks", s.Zone), s.CIDR.String(), rule, keep+", or "+outAndIn(s.Zone))
		case sameSize(has, s.CIDR):
			faults.Add("availabilityZones", s.CIDR.String(), rule,
				`leave each zone at its place in the list, with "" in the place of one that is removed, or `+keep)
		default:
			faults.Add("maxAvailabilityZones", s.CIDR.String(), rule,
				"leave it as it was when the network was made; more zones get a block of their own in zoneCidrBlocks")
		}
	}}
}

// outAndIn is how a zone comes to other addresses.
func outAndIn(zone string) string {
	return fmt.Sprintf(`take the zone out for one update, with "" in place of %q in availabilityZones, and put it back with other addresses in the next`, zone)
}

// sameSize says whether a block has as many addresses as another.
func sameSize(has string, planned netip.Prefix) bool {
	p, err := netip.ParsePrefix(has)
	return err == nil && p.Bits() == planned.Bits()
}
