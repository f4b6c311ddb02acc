package netplan

import (
	"fmt"
	"net/netip"
	"slices"
)

// Which secondary blocks AWS takes beside which main block: the table "IPv4
// CIDR block association restrictions" of
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
var (
	ten       = netip.MustParsePrefix("10.0.0.0/8")
	tenLow    = netip.MustParsePrefix("10.0.0.0/15")
	tenZero   = netip.MustParsePrefix("10.0.0.0/16")
	oneSeven  = netip.MustParsePrefix("172.16.0.0/12")
	default31 = netip.MustParsePrefix("172.31.0.0/16")
	oneNine   = netip.MustParsePrefix("192.168.0.0/16")
	bench     = netip.MustParsePrefix("198.19.0.0/16")
	linkLocal = netip.MustParsePrefix("169.254.0.0/16")
)

// restricted returns what forbids a secondary block beside a main block and
// the other secondary ones, and what to write instead; "" when nothing does.
func restricted(main, block netip.Prefix, others ...netip.Prefix) (rule, fix string) {
	const carrier = `100.64.0.0/10`
	anyPublic := "write a block from " + carrier
	switch {
	case block.Overlaps(linkLocal):
		return "is in the link-local range 169.254.0.0/16, which AWS keeps", anyPublic
	case block.Overlaps(bench):
		if main.Overlaps(bench) {
			return "", ""
		}
		return fmt.Sprintf("is in 198.19.0.0/16, which AWS does not add to a VPC of %s", main), anyPublic
	}
	mainRange, mainPrivate := privateRange(main)
	blockRange, blockPrivate := privateRange(block)
	switch {
	case !blockPrivate:
		return "", "" // publicly routable, or shared address space: always taken
	case !mainPrivate:
		return fmt.Sprintf("is in the private range %s, which AWS does not add to a VPC of %s", blockRange, main), anyPublic
	case mainRange != blockRange:
		return fmt.Sprintf("is in another private range (%s) than the VPC's main block %s, which AWS does not add", blockRange, main),
			fmt.Sprintf("write a block from %s or from %s", mainRange, carrier)
	case block.Overlaps(tenZero):
		// Any block of the VPC's counts here, in whatever order they are added.
		if i := slices.IndexFunc(append([]netip.Prefix{main}, others...), tenLow.Overlaps); i >= 0 {
			return fmt.Sprintf("is in 10.0.0.0/16, which AWS does not add to a VPC of %s", append([]netip.Prefix{main}, others...)[i]),
				"write a block from 10.2.0.0 upwards or from " + carrier
		}
	case block.Overlaps(default31) && mainRange == oneSeven:
		return "is in 172.31.0.0/16, which AWS does not add as a secondary block", "write another block from 172.16.0.0/12 or one from " + carrier
	}
	return "", ""
}

// privateRange returns the RFC 1918 range of a block.
func privateRange(block netip.Prefix) (netip.Prefix, bool) {
	for _, r := range []netip.Prefix{ten, oneSeven, oneNine} {
		if r.Overlaps(block) {
			return r, true
		}
	}
	return netip.Prefix{}, false
}
