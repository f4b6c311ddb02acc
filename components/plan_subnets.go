package components

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
)

// SubnetTier is a kind of subnet.
type SubnetTier string

const (
	// Subnets that nothing on the internet has a route to.
	SubnetTierPrivate SubnetTier = "Private"
	// Subnets with a route to an internet gateway.
	SubnetTierPublic SubnetTier = "Public"
	// Subnets for databases and caches, without any route out of the VPC.
	SubnetTierData SubnetTier = "Data"
)

// subnetTiers are what the planner's tiers are called in arguments.
var subnetTiers = map[netplan.Tier]SubnetTier{
	netplan.Private: SubnetTierPrivate, netplan.Public: SubnetTierPublic, netplan.Data: SubnetTierData,
}

// PlanSubnetsArgs are the arguments of PlanSubnets: those of the network
// components that decide which addresses a subnet gets.
type PlanSubnetsArgs struct {
	// IPv4 block of the VPC in CIDR notation, /16 to /28. Default: "10.0.0.0/16".
	CidrBlock *string `pulumi:"cidrBlock,optional"`
	// Names of the zones to use, such as "us-east-1a", in order; "" keeps the
	// addresses of a zone that was removed. Not together with
	// numberOfAvailabilityZones. Default: numberOfAvailabilityZones zones
	// without a name.
	AvailabilityZones []string `pulumi:"availabilityZones,optional"`
	// How many zones to plan for where availabilityZones does not list them, 1
	// to maxAvailabilityZones. The plan then has their positions but not their
	// names, which are AWS's to say. Default: 2.
	NumberOfAvailabilityZones *int `pulumi:"numberOfAvailabilityZones,optional"`
	// Number of zones to keep addresses for: 2, 4 or 8. Default: 2.
	MaxAvailabilityZones *int `pulumi:"maxAvailabilityZones,optional"`
	// A block of its own for a zone, by zone name, in CIDR notation, /16 to
	// /26. Default: none.
	ZoneCidrBlocks map[string]string `pulumi:"zoneCidrBlocks,optional"`
	// The private subnet's block of a zone, by zone name, in CIDR notation,
	// /16 to /28, in place of the planned one. Default: the planned layout.
	PrivateCidrBlocks map[string]string `pulumi:"privateCidrBlocks,optional"`
	// The public subnet's block of a zone, by zone name, in CIDR notation, /16
	// to /28, in place of the planned one. Default: the planned layout.
	PublicCidrBlocks map[string]string `pulumi:"publicCidrBlocks,optional"`
	// The data subnet's block of a zone, by zone name, in CIDR notation, /16 to
	// /28, in place of the planned one. Default: the planned layout.
	DataCidrBlocks map[string]string `pulumi:"dataCidrBlocks,optional"`
	// Which subnets to plan: those of an IsolatedVpc are "Private", those of a
	// PublicNetwork "Public", those of a NatNetwork both. No component makes
	// "Data" subnets; all keep their addresses free, so they are there for
	// subnets of your own. Default: all three.
	Tiers []SubnetTier `pulumi:"tiers,optional"`
}

// PlanSubnetsResult is the layout of a VPC.
type PlanSubnetsResult struct {
	// Subnets by tier, and within a tier in the order of the zones.
	Subnets []PlannedSubnet `pulumi:"subnets"`
	// Blocks that the VPC has besides its main one, in the order of the zones.
	SecondaryBlocks []PlannedBlock `pulumi:"secondaryBlocks"`
	// What these subnets leave free of the VPC's main block, and then of the
	// zones' own ones, as the fewest blocks that cover it. The addresses of
	// tiers that are not planned, and of zones that may be appended, are among
	// it.
	FreeBlocks []FreeBlock `pulumi:"freeBlocks"`
	// How many more zones can be appended to the list without a block of their
	// own; none of the subnets here would change.
	FreeAvailabilityZones int `pulumi:"freeAvailabilityZones"`
}

// PlannedSubnet is one subnet of a layout.
type PlannedSubnet struct {
	// The part of the subnet's name after the network's: "private-a" for the
	// subnet "net-private-a"; absent where the zone's name is not known.
	Name *string `pulumi:"name,optional"`
	// Kind of the subnet.
	Tier SubnetTier `pulumi:"tier"`
	// Name of its zone; absent where it is not known.
	AvailabilityZone *string `pulumi:"availabilityZone,optional"`
	// Place of its zone in the list, from 0.
	Position int `pulumi:"position"`
	// Its block in CIDR notation.
	CidrBlock string `pulumi:"cidrBlock"`
	// Addresses for tasks, endpoints, load balancers and NAT gateways. AWS
	// keeps five of every subnet for itself.
	UsableAddresses int `pulumi:"usableAddresses"`
	// Which of the 256 /64 blocks of the VPC's IPv6 block is kept for the
	// subnet, from 0: AWS assigns a VPC a /56, so the block itself is known only
	// then. Public subnets have 0 to 15, private ones 16 to 31, data subnets 32
	// to 47, by the place of their zone.
	Ipv6Index int `pulumi:"ipv6Index"`
}

// PlannedBlock is a zone's own block of addresses.
type PlannedBlock struct {
	// Name of the zone.
	AvailabilityZone string `pulumi:"availabilityZone"`
	// The block in CIDR notation.
	CidrBlock string `pulumi:"cidrBlock"`
}

// FreeBlock is a part of a VPC's address range that no subnet uses.
type FreeBlock struct {
	// The block in CIDR notation.
	CidrBlock string `pulumi:"cidrBlock"`
	// How many addresses it has.
	Addresses int `pulumi:"addresses"`
}

// PlanSubnets returns the subnets that a VPC made by the network components
// has room for, and what these leave free. It makes nothing and does not ask
// AWS. The layout is exactly that of the components.
func PlanSubnets(args *PlanSubnetsArgs) (*PlanSubnetsResult, error) {
	if args == nil {
		args = &PlanSubnetsArgs{}
	}
	var faults field.Faults
	layout := args.layout(&faults)
	plan := layOut(layout, &faults)
	if err := faults.Err(); err != nil {
		return nil, invalidFunctionArgs("planSubnets", err)
	}
	return args.result(layout, plan), nil
}

// layout is what the planner is asked, with every fault of the arguments that
// it would not see.
func (a *PlanSubnetsArgs) layout(faults *field.Faults) layoutArgs {
	l := layoutArgs{
		cidrBlock: or(a.CidrBlock, defaultCidrBlock), max: or(a.MaxAvailabilityZones, defaultMaxZones),
		own: a.ZoneCidrBlocks, written: a.written(), zones: zoneChoice{names: a.AvailabilityZones},
	}
	l.tiers = a.plannerTiers(faults)
	checkOneOfZoneArgs(a.AvailabilityZones, a.NumberOfAvailabilityZones, faults)
	if a.AvailabilityZones == nil {
		l.zones.names = a.namelessZones(l.max, faults)
	}
	return l
}

// written are the blocks of subnets that the caller wrote, by tier.
func (a *PlanSubnetsArgs) written() map[netplan.Tier]map[string]string {
	return map[netplan.Tier]map[string]string{
		netplan.Private: a.PrivateCidrBlocks, netplan.Public: a.PublicCidrBlocks, netplan.Data: a.DataCidrBlocks,
	}
}

// plannerTiers are the tiers to plan, by the planner's names.
func (a *PlanSubnetsArgs) plannerTiers(faults *field.Faults) []netplan.Tier {
	if a.Tiers == nil {
		return nil // the planner's own default is all
	}
	if len(a.Tiers) == 0 {
		faults.Add("tiers", nil, "is empty", `name "Private", "Public", "Data" or several of them, or leave it out`)
	}
	var tiers []netplan.Tier
	for i, tier := range a.Tiers {
		at := field.Index("tiers", i)
		checkEnum(faults, at, &tier, SubnetTierPrivate, SubnetTierPublic, SubnetTierData)
		if slices.Contains(a.Tiers[:i], tier) {
			faults.Add(at, string(tier), "is in the list twice", "name each tier once")
		} else if named := slices.IndexFunc(netplan.Tiers, func(t netplan.Tier) bool { return subnetTiers[t] == tier }); named >= 0 {
			tiers = append(tiers, netplan.Tiers[named])
		}
	}
	a.checkLeftOut(tiers, faults)
	return tiers
}

// checkLeftOut adds a fault for blocks of subnets that are not planned.
func (a *PlanSubnetsArgs) checkLeftOut(tiers []netplan.Tier, faults *field.Faults) {
	for _, tier := range netplan.Tiers {
		if len(a.written()[tier]) > 0 && len(tiers) > 0 && !slices.Contains(tiers, tier) {
			faults.Add(tier.Argument, nil, "is for subnets that tiers leaves out", fmt.Sprintf("add %q to tiers, or leave the blocks out", subnetTiers[tier]))
		}
	}
}

// namelessZones stand for zones whose names are not known. The planner looks at
// their positions only; nothing shows these names.
func (a *PlanSubnetsArgs) namelessZones(max int, faults *field.Faults) []string {
	number := or(a.NumberOfAvailabilityZones, defaultZones)
	if !checkNumberOfZones(number, max, faults) {
		return nil
	}
	named := map[string]map[string]string{"zoneCidrBlocks": a.ZoneCidrBlocks}
	for tier, blocks := range a.written() {
		named[tier.Argument] = blocks
	}
	for _, path := range sortedKeys(named) {
		for _, zone := range sortedKeys(named[path]) {
			faults.Add(field.Key(path, zone), named[path][zone], "is for a zone by name, but availabilityZones names none",
				"list the zones in availabilityZones")
		}
	}
	if len(*faults) > 0 || len(netplan.CheckMaxZones(max)) > 0 {
		return nil // and no list of a billion zones is made
	}
	zones := make([]string, number)
	for i := range zones {
		zones[i] = "zz-zone-1" + string(rune('a'+i))
	}
	return zones
}

func (a *PlanSubnetsArgs) result(layout layoutArgs, plan netplan.Plan) *PlanSubnetsResult {
	r := &PlanSubnetsResult{
		Subnets:         make([]PlannedSubnet, 0, len(plan.Subnets)),
		SecondaryBlocks: make([]PlannedBlock, 0, len(plan.SecondaryBlocks)),
		FreeBlocks:      []FreeBlock{},
	}
	blocks := []netip.Prefix{netip.MustParsePrefix(layout.cidrBlock)}
	for _, b := range plan.SecondaryBlocks {
		r.SecondaryBlocks = append(r.SecondaryBlocks, PlannedBlock{AvailabilityZone: b.Zone, CidrBlock: b.CIDR.String()})
		blocks = append(blocks, b.CIDR)
	}
	taken := make([]netip.Prefix, 0, len(plan.Subnets))
	for _, s := range plan.Subnets {
		taken = append(taken, s.CIDR)
		subnet := PlannedSubnet{
			Tier:            subnetTiers[s.Tier],
			Position:        slices.Index(layout.zones.names, s.Zone),
			CidrBlock:       s.CIDR.String(),
			UsableAddresses: netplan.UsableAddresses(s.CIDR),
			Ipv6Index:       s.IPv6Index,
		}
		if a.AvailabilityZones != nil {
			name := s.Tier.Name + "-" + s.Letter
			subnet.Name, subnet.AvailabilityZone = &name, &s.Zone
		}
		r.Subnets = append(r.Subnets, subnet)
	}
	for _, block := range blocks {
		for _, free := range netplan.Free(block, taken) {
			r.FreeBlocks = append(r.FreeBlocks, FreeBlock{CidrBlock: free.String(), Addresses: 1 << (32 - free.Bits())})
		}
	}
	r.FreeAvailabilityZones = max(layout.max-len(layout.zones.names), 0)
	return r
}
