package netplan

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUsableAddresses(t *testing.T) {
	t.Parallel()
	for block, want := range map[string]int{
		"10.0.0.0/16": 65531, "10.0.128.0/18": 16379, "10.0.0.0/24": 251, "10.0.0.0/28": 11, "10.0.0.0/30": 0,
	} {
		if got := UsableAddresses(netip.MustParsePrefix(block)); got != want {
			t.Errorf("%s has %d usable addresses, want %d", block, got, want)
		}
	}
}

func TestFree(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		block       string
		taken, want []string
	}{
		"nothing taken":      {"10.0.0.0/16", nil, []string{"10.0.0.0/16"}},
		"all taken":          {"10.0.0.0/16", []string{"10.0.0.0/17", "10.0.128.0/17"}, nil},
		"taken as one":       {"10.0.0.0/16", []string{"10.0.0.0/16"}, nil},
		"inside a larger":    {"10.0.0.0/24", []string{"10.0.0.0/16"}, nil},
		"one slot of four":   {"10.0.0.0/16", []string{"10.0.64.0/18"}, []string{"10.0.0.0/18", "10.0.128.0/17"}},
		"the smallest":       {"10.0.0.0/26", []string{"10.0.0.16/28"}, []string{"10.0.0.0/28", "10.0.0.32/27"}},
		"taken elsewhere":    {"10.0.0.0/16", []string{"10.1.0.0/16"}, []string{"10.0.0.0/16"}},
		"in any order":       {"10.0.0.0/16", []string{"10.0.192.0/18", "10.0.0.0/17"}, []string{"10.0.128.0/18"}},
		"one address at end": {"10.0.0.0/30", []string{"10.0.0.3/32"}, []string{"10.0.0.0/31", "10.0.0.2/32"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, p := range Free(netip.MustParsePrefix(tt.block), prefixes(tt.taken)) {
				got = append(got, p.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("free (-want +got)\n%s", diff)
			}
		})
	}
}

func prefixes(texts []string) []netip.Prefix {
	var list []netip.Prefix
	for _, text := range texts {
		list = append(list, netip.MustParsePrefix(text))
	}
	return list
}

// What is free and what is taken make up the block, and share nothing.
func FuzzFree(f *testing.F) {
	f.Add(uint8(16), uint32(0), uint8(18), uint32(1<<14), uint8(28))
	f.Fuzz(func(t *testing.T, blockBits uint8, a uint32, aBits uint8, b uint32, bBits uint8) {
		block := netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), int(16+blockBits%13))
		within := func(at uint32, bits uint8) netip.Prefix {
			length := block.Bits() + int(bits)%(29-block.Bits())
			return part(block, length-block.Bits(), int(at%(1<<(length-block.Bits()))))
		}
		taken := []netip.Prefix{within(a, aBits), within(b, bBits)}
		if taken[0].Overlaps(taken[1]) {
			taken = taken[:1]
		}
		all := append(Free(block, taken), taken...)
		sum := 0
		for i, one := range all {
			sum += 1 << (32 - one.Bits())
			for _, other := range all[:i] {
				if one.Overlaps(other) {
					t.Fatalf("%v and %v overlap: %v of %v", one, other, taken, block)
				}
			}
		}
		if sum != 1<<(32-block.Bits()) {
			t.Fatalf("%v make up %d addresses of %v", all, sum, block)
		}
	})
}
