package build

import (
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// blocking is an account's setting for one region.
// https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
type blocking struct {
	region, account string
	ingress, egress model.Truth
}

func (b *builder) addBlocking(r *state.Resource) {
	set := &blocking{region: r.Get("awsRegion").Or(r.Get("region").Or("")), account: r.Get("awsAccountId").Or("")}
	switch r.Get("internetGatewayBlockMode").Or("") {
	case "block-bidirectional":
		set.ingress, set.egress = model.Yes, model.Yes
	case "block-ingress":
		set.ingress, set.egress = model.Yes, model.No
	case "off":
		set.ingress, set.egress = model.No, model.No
	}
	b.blockings = append(b.blockings, set)
}

// settleBlocking puts the setting on the VPCs of its region. Where that is not
// known, it may block, and nothing is closed because of it.
func (b *builder) settleBlocking() {
	for _, v := range b.all {
		v.BlocksPublicIngress, v.BlocksPublicEgress = model.No, model.No
		for _, set := range b.blockings {
			ingress, egress := set.ingress, set.egress
			switch region := b.region(v); {
			case region != "" && set.region != "" && region != set.region:
				continue
			case b.account(v) != set.account && set.account != "":
				// A VPC of another account, or of one that is not known.
				if b.account(v) != "" {
					continue
				}
				ingress, egress = min(ingress, model.Maybe), min(egress, model.Maybe)
			case region == "" || set.region == "":
				ingress, egress = min(ingress, model.Maybe), min(egress, model.Maybe)
			}
			v.BlocksPublicIngress, v.BlocksPublicEgress = max(v.BlocksPublicIngress, ingress), max(v.BlocksPublicEgress, egress)
		}
	}
}

// region is the region of a VPC, by its ARN.
func (b *builder) region(v *vpc) string {
	r := b.stacks.Find(v.URN)
	if r == nil {
		return ""
	}
	if parts := strings.Split(r.Get("arn").Or(""), ":"); len(parts) > 4 {
		return parts[3]
	}
	return r.Get("region").Or("")
}

// account is the account of a VPC, by its ARN.
func (b *builder) account(v *vpc) string {
	r := b.stacks.Find(v.URN)
	if r == nil {
		return ""
	}
	if parts := strings.Split(r.Get("arn").Or(""), ":"); len(parts) > 4 {
		return parts[4]
	}
	return r.Get("ownerId").Or("")
}

// addExclusion takes a VPC or a subnet out of the blocking.
func (b *builder) addExclusion(r *state.Resource) {
	ingress, egress := model.Maybe, model.Maybe
	switch r.Get("internetGatewayExclusionMode").Or("") {
	case "allow-bidirectional":
		ingress, egress = model.Yes, model.Yes
	case "allow-egress":
		ingress, egress = model.No, model.Yes
	}
	exclude := func(s *model.Subnet, sure bool) {
		in, out := ingress, egress
		if !sure {
			in, out = min(in, model.Maybe), min(out, model.Maybe)
		}
		s.ExcludedIngress, s.ExcludedEgress = max(s.ExcludedIngress, in), max(s.ExcludedEgress, out)
	}
	inAll := func(v *vpc, sure bool) {
		for _, s := range v.Subnets {
			exclude(s, sure)
		}
	}
	if v := r.Get("subnetId"); !v.Empty() {
		found := b.subnets.find(b, v)
		switch {
		case found.one != nil:
			exclude(found.one.Subnet, true)
		case found.id == "":
			for _, s := range b.everySubnet {
				exclude(s.Subnet, false)
			}
		}
		return
	}
	found := b.vpcs.find(b, r.Get("vpcId"))
	switch {
	case found.one != nil:
		inAll(found.one, true)
	case found.id == "":
		for _, v := range b.all {
			inAll(v, false)
		}
	}
}
