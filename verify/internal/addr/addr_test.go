package addr

import (
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"go4.org/netipx"
)

func TestInternet(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		family Family
		ip     string
		want   bool
	}{
		"public":         {IPv4, "8.8.8.8", true},
		"private 10":     {IPv4, "10.1.2.3", false},
		"before 10":      {IPv4, "9.255.255.255", true},
		"after 10":       {IPv4, "11.0.0.0", true},
		"private 172.16": {IPv4, "172.31.255.255", false},
		"after 172.16":   {IPv4, "172.32.0.0", true},
		"shared":         {IPv4, "100.64.0.1", false},
		"multicast":      {IPv4, "224.0.0.1", false},
		"IPv6":           {IPv6, "2001:db8::1", true},
		"unique local":   {IPv6, "fd00::1", false},
		"NAT64":          {IPv6, "64:ff9b::808:808", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, Internet(tt.family).Contains(netip.MustParseAddr(tt.ip)))
		})
	}
}

func TestShow(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		set  *Set
		want []string
	}{
		"nothing":                         {Of(), []string{}},
		"the internet":                    {Internet(IPv4), []string{"0.0.0.0/0"}},
		"the IPv6 internet":               {Internet(IPv6), []string{"::/0"}},
		"what a wide block has of it":     {And(Internet(IPv4), Of(prefixes("8.0.0.0/6")...)), []string{"8.0.0.0/6"}},
		"two blocks":                      {Of(prefixes("203.0.113.0/24", "198.51.100.7/32")...), []string{"198.51.100.7/32", "203.0.113.0/24"}},
		"half":                            {And(Internet(IPv4), Of(prefixes("0.0.0.0/1")...)), []string{"0.0.0.0/1"}},
		"both families":                   {Union(Internet(IPv4), Internet(IPv6)), []string{"0.0.0.0/0", "::/0"}},
		"addresses that stand for IPv4":   {Translated(), []string{"64:ff9b::/96"}},
		"a part of the IPv6 internet":     {And(Internet(IPv6), Of(prefixes("2600::/12")...)), []string{"2600::/12"}},
		"without blocks to ignore":        {Minus(Internet(IPv6), Of(prefixes("2001:db8::/56")...)), []string{"::/0"}},
		"without a public block of a VPC": {Minus(Internet(IPv4), Of(prefixes("128.0.0.0/1")...)), []string{"0.0.0.0/1"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, Show(tt.set, Of(prefixes("2001:db8::/56")...)))
		})
	}
}

func TestShowExcept(t *testing.T) {
	t.Parallel()
	whole, except, ok := ShowExcept(Minus(Internet(IPv4), Of(prefixes("203.0.113.7/32")...)))
	assert.True(t, ok)
	assert.Equal(t, "0.0.0.0/0", whole)
	assert.Equal(t, []string{"203.0.113.7/32"}, except)
	_, _, ok = ShowExcept(Of(prefixes("203.0.113.0/24")...))
	assert.False(t, ok, "a block is shorter than all that it lacks")
	_, _, ok = ShowExcept(Internet(IPv4))
	assert.False(t, ok)
}

// TestCut holds what Cut promises, on random blocks: the pieces are the set, and
// no block has a part of one.
func TestCut(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		var blocks []netip.Prefix
		for range r.IntN(6) {
			ip := netip.AddrFrom4([4]byte{byte(r.IntN(4) * 64), byte(r.IntN(4) * 64), byte(r.IntN(256)), byte(r.IntN(256))})
			p, err := ip.Prefix(r.IntN(33))
			if err != nil {
				t.Fatal(err)
			}
			blocks = append(blocks, p)
		}
		set := Internet(IPv4)
		if len(blocks) > 1 {
			set = Minus(set, Of(blocks[0]))
		}
		pieces := Cut(set, blocks)
		var all []*Set
		for _, p := range pieces {
			all = append(all, OfRange(p))
			for _, b := range blocks {
				rb := netipx.RangeOfPrefix(b)
				assert.Equal(t, rb.Contains(p.From()), rb.Contains(p.To()), "%v in %v", p, b)
				if !rb.Contains(p.From()) {
					assert.False(t, rb.Overlaps(p), "%v in %v", p, b)
				}
			}
		}
		if !Union(all...).Equal(set) {
			t.Fatalf("pieces %v are not the set, with %v", pieces, blocks)
		}
	}
}

func TestPorts(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []Ports{{0, 79}, {80, 80}, {81, 442}, {443, 443}, {444, 65535}}, CutPorts(AllPorts, []Ports{{80, 80}, {443, 443}}))
	assert.Equal(t, []Ports{{10, 20}}, CutPorts(Ports{10, 20}, []Ports{{0, 65535}, {21, 30}, {1, 9}}))
	assert.Equal(t, []Ports{{1, 5}, {7, 9}}, JoinPorts([]Ports{{7, 9}, {4, 5}, {1, 3}, {8, 8}}))
	for text, runs := range map[string][]Ports{"443": {{443, 443}}, "80-81, 443": {{80, 81}, {443, 443}}, "all": {{0, 65535}}} {
		assert.Equal(t, text, ShowPorts(runs))
	}
}

func TestCovers(t *testing.T) {
	t.Parallel()
	assert.True(t, Covers(netip.MustParsePrefix("10.0.0.0/8"), Of(prefixes("10.1.0.0/16", "10.255.0.0/16")...)))
	assert.False(t, Covers(netip.MustParsePrefix("10.0.0.0/9"), Of(prefixes("10.1.0.0/16", "10.255.0.0/16")...)))
	assert.False(t, Covers(netip.MustParsePrefix("0.0.0.0/0"), Internet(IPv6)), "of another family")
}
