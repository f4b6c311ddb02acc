package netplan

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// ParseVPC reads the main block of a VPC: /16 to /28.
func ParseVPC(path, text string) (netip.Prefix, field.Faults) {
	return ParseCIDR(path, text, largestBlock, smallestSubnet)
}

// ParseZoneBlock reads the block that a zone has of its own: /16 to /26.
func ParseZoneBlock(path, text string) (netip.Prefix, field.Faults) {
	return ParseCIDR(path, text, largestBlock, smallestZoneBlock)
}

// ParseSubnet reads the block of a subnet: /16 to /28.
func ParseSubnet(path, text string) (netip.Prefix, field.Faults) {
	return ParseCIDR(path, text, largestBlock, smallestSubnet)
}

// ParseCIDR reads an IPv4 block with a prefix length from minBits (the largest
// block) to maxBits (the smallest). The prefix is not valid when there are
// faults.
//
// AWS clears host bits silently ("100.68.0.18/18" becomes "100.68.0.0/18") and
// Pulumi then sees a difference at every refresh, so they are a fault here.
func ParseCIDR(path, text string, minBits, maxBits int) (netip.Prefix, field.Faults) {
	var faults field.Faults
	rule, fix, better := cidrFault(text, minBits, maxBits)
	if rule != "" {
		faults.AddBetter(path, text, rule, fix, better)
		return netip.Prefix{}, faults
	}
	return netip.MustParsePrefix(text), nil
}

// cidrFault returns what is wrong with the text of a block and what to write
// instead, in general and in this case, or "".
func cidrFault(text string, minBits, maxBits int) (rule, fix, better string) {
	example := fmt.Sprintf("10.0.0.0/%d", clamp(16, minBits, maxBits))
	if text == "" {
		return "is empty", fmt.Sprintf("write a block such as %q, or leave the property out", example), ""
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		if addr, err := netip.ParseAddr(text); err == nil && addr.Is4() {
			return "has no prefix length", fmt.Sprintf("write a block such as %q", example), fmt.Sprintf("write %q", blockAt(addr, minBits, maxBits))
		}
		if trimmed := strings.TrimSpace(text); trimmed != text {
			if _, err := netip.ParsePrefix(trimmed); err == nil {
				return "has blanks around it", "leave them out", fmt.Sprintf("write %q", trimmed)
			}
		}
		return "is not a CIDR block", fmt.Sprintf("write an IPv4 block such as %q", example), ""
	}
	return prefixFault(prefix, minBits, maxBits)
}

// prefixFault is cidrFault for a block that is parsed already.
func prefixFault(prefix netip.Prefix, minBits, maxBits int) (rule, fix, better string) {
	masked, ipv4 := prefix.Masked(), fmt.Sprintf("write an IPv4 block such as \"10.0.0.0/%d\"", clamp(16, minBits, maxBits))
	switch {
	case !prefix.IsValid():
		return "is not a CIDR block", ipv4, ""
	case !prefix.Addr().Is4():
		return "is an IPv6 block", ipv4, ""
	case prefix.Bits() < minBits:
		return fmt.Sprintf("is larger than AWS allows (/%d to /%d)", minBits, maxBits), "write a smaller block",
			fmt.Sprintf("write %q", netip.PrefixFrom(masked.Addr(), minBits))
	case prefix.Bits() > maxBits:
		smallest := netip.PrefixFrom(masked.Addr(), maxBits).Masked()
		return fmt.Sprintf("is smaller than allowed here (/%d to /%d)", minBits, maxBits), "write a larger block",
			fmt.Sprintf("write %q or a larger block", smallest)
	case prefix != masked:
		return "has host bits set", "write the block's first address", fmt.Sprintf("write %q", masked)
	}
	return "", "", ""
}

// blockAt guesses the block that an address without a length means: the
// roundest one that begins there.
func blockAt(addr netip.Addr, minBits, maxBits int) netip.Prefix {
	for _, bits := range []int{16, 24} {
		if p := netip.PrefixFrom(addr, bits); bits >= minBits && bits <= maxBits && p == p.Masked() {
			return p
		}
	}
	return netip.PrefixFrom(addr, maxBits).Masked()
}

func clamp(n, low, high int) int { return min(max(n, low), high) }
