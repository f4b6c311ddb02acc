package verify

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// TestKeptAddressesLeaveSharedBordersAlone: the ACLs between two subnets are
// worked out once. A target that sees the client's address has them judged with
// that address, and the next one must not.
func TestKeptAddressesLeaveSharedBordersAlone(t *testing.T) {
	t.Parallel()
	v := &model.VPC{Blocks: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/16")}}
	at := func(block string) place {
		return place{&model.Interfaces{}, &model.Subnet{VPC: v, Blocks: []netip.Prefix{netip.MustParsePrefix(block)}}}
	}
	from, to := at("10.0.0.0/24"), at("10.0.1.0/24")
	a := newAnalysis(&model.Network{VPCs: []*model.VPC{v}})
	before := slices.Clone(a.innerBorders(from, to))
	a.keptBetween(from, to, model.Traffic{Protocol: int(tcp), From: 80, To: 80}, &client{})
	if !slices.Equal(before, a.innerBorders(from, to)) {
		t.Error("a kept client's address is left in the ACLs that others are judged by")
	}
}
