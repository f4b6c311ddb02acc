package netplan

import "net/netip"

// reserved are the addresses of every subnet that AWS keeps for itself: the
// first four and the last.
// https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
const reserved = 5

// UsableAddresses returns how many addresses of a subnet AWS leaves to network
// interfaces: those of tasks, endpoints, load balancers and NAT gateways.
func UsableAddresses(subnet netip.Prefix) int {
	return max(1<<(32-subnet.Bits())-reserved, 0)
}

// Free returns what the taken blocks leave of a block, as the fewest blocks
// that cover it, in the order of their addresses.
func Free(block netip.Prefix, taken []netip.Prefix) []netip.Prefix {
	var inBlock []netip.Prefix
	for _, t := range taken {
		if inside(block, t) {
			return nil
		}
		if t.Overlaps(block) {
			inBlock = append(inBlock, t)
		}
	}
	if len(inBlock) == 0 {
		return []netip.Prefix{block}
	}
	// What is taken lies in one half or in the other, because blocks of one
	// size begin at multiples of it.
	return append(Free(part(block, 1, 0), inBlock), Free(part(block, 1, 1), inBlock)...)
}
