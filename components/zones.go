package components

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
)

// zoneArgs are the arguments of a network component that say where it lies.
type zoneArgs struct {
	names  []string
	number *int
	max    int
	region string
}

// zoneChoice is where a network lies: its zones, with "" for a removed one, its
// Region ("" when not known), and the Region's zones (nil when not known).
type zoneChoice struct {
	names   []string
	region  string
	offered []string
}

// regionZones are the zones that AWS offers in the provider's Region.
type regionZones struct {
	region string
	names  []string
	ids    []string
	// empty says that there was an answer, and that it names no zone.
	empty bool
}

// chooseZones returns the zones that the user named, checked against AWS's
// list, or the Region's first ones. The list is looked up through the
// component's own provider.
func chooseZones(ctx *pulumi.Context, parent pulumi.Resource, a zoneArgs, faults *field.Faults) (zoneChoice, error) {
	checkOneOfZoneArgs(a.names, a.number, faults)
	offered, known, err := lookUpZones(ctx, parent)
	if err != nil {
		return zoneChoice{}, err
	}
	region := a.region
	if known {
		checkSameRegion(faults, a.region, offered.region)
		region = offered.region
	}
	if a.names != nil {
		for _, zone := range a.names {
			if r, ok := netplan.ZoneRegion(zone); ok && region == "" {
				region = r
			}
		}
		return zoneChoice{names: a.names, region: region, offered: offered.names}, nil
	}
	number := or(a.number, defaultZones)
	if !checkNumberOfZones(number, a.max, faults) {
		return zoneChoice{region: region}, nil
	}
	if !known {
		rule := "cannot be looked up at preview, because the aws provider's Region is not known yet"
		if offered.empty {
			rule = "cannot be looked up: the aws provider's answer to aws:index/getAvailabilityZones names none"
		}
		faults.Add("availabilityZones", nil, rule, `list the zones, such as ["us-east-1a", "us-east-1b"]`)
		return zoneChoice{region: region}, nil
	}
	var usable []string
	for i, zone := range offered.names {
		if i < len(offered.ids) && slices.Contains(endpoints.UnsupportedZoneIDs(), offered.ids[i]) {
			continue
		}
		usable = append(usable, zone)
	}
	if len(usable) < number {
		faults.Add("numberOfAvailabilityZones", number, fmt.Sprintf("is more than the %d zones of %s that offer Fargate and interface endpoints", len(usable), region),
			"choose a smaller number")
		return zoneChoice{region: region}, nil
	}
	return zoneChoice{names: usable[:number], region: region}, nil
}

// checkOneOfZoneArgs adds a fault where zones are both listed and counted.
func checkOneOfZoneArgs(names []string, number *int, faults *field.Faults) {
	if names != nil && number != nil {
		faults.Add("numberOfAvailabilityZones", *number, "cannot be given together with availabilityZones", "leave one of them out")
	}
}

// checkNumberOfZones adds a fault where there are not as many slots, and says
// whether there are.
func checkNumberOfZones(number, max int, faults *field.Faults) bool {
	if number >= 1 && (number <= max || len(netplan.CheckMaxZones(max)) > 0) {
		return true
	}
	faults.Add("numberOfAvailabilityZones", number, fmt.Sprintf("is not in the range 1 to maxAvailabilityZones, %d", max),
		"choose a number in that range; a new VPC takes maxAvailabilityZones 4 or 8")
	return false
}

// lookUpZones asks AWS for the availability zones of the provider's Region
// that every account can use: no Local Zones, no Wavelength Zones.
func lookUpZones(ctx *pulumi.Context, parent pulumi.Resource) (regionZones, bool, error) {
	found, known, err := await[aws.GetAvailabilityZonesResult](ctx, aws.GetAvailabilityZonesOutput(ctx, aws.GetAvailabilityZonesOutputArgs{
		State: pulumi.String("available"),
		Filters: aws.GetAvailabilityZonesFilterArray{
			zoneFilter("opt-in-status", "opt-in-not-required"),
			zoneFilter("zone-type", "availability-zone"),
		},
	}, pulumi.Parent(parent)))
	if err != nil || !known || len(found.Names) == 0 {
		// The engine answers with nothing at all while the provider's own
		// arguments are not known; a provider, or a test's mock, with something.
		return regionZones{empty: known && (found.Id != "" || found.State != nil)}, false, err
	}
	z := regionZones{region: found.Id, names: found.Names, ids: found.ZoneIds}
	if r, ok := netplan.ZoneRegion(found.Names[0]); ok {
		z.region = r
	}
	if !slices.IsSorted(z.names) {
		// AWS promises no order; names and ids come in pairs.
		z.sort()
	}
	return z, true, nil
}

func (z *regionZones) sort() {
	order := make([]int, len(z.names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if z.names[a] < z.names[b] {
			return -1
		}
		return 1
	})
	names, ids := make([]string, 0, len(order)), make([]string, 0, len(order))
	for _, i := range order {
		names = append(names, z.names[i])
		if i < len(z.ids) {
			ids = append(ids, z.ids[i])
		}
	}
	z.names, z.ids = names, ids
}

func zoneFilter(name, value string) aws.GetAvailabilityZonesFilterArgs {
	return aws.GetAvailabilityZonesFilterArgs{Name: pulumi.String(name), Values: pulumi.ToStringArray([]string{value})}
}

// layoutArgs are the arguments of a network component that say which
// addresses it gets.
type layoutArgs struct {
	cidrBlock string
	zones     zoneChoice
	max       int
	own       map[string]string
	written   map[netplan.Tier]map[string]string
	tiers     []netplan.Tier
}

// layOut parses the blocks and plans the subnets.
func layOut(a layoutArgs, faults *field.Faults) netplan.Plan {
	before := len(*faults)
	cidr, bad := netplan.ParseVPC("cidrBlock", a.cidrBlock)
	*faults = append(*faults, bad...)
	spec := netplan.Spec{
		CIDR: cidr, Zones: a.zones.names, MaxZones: a.max, Tiers: a.tiers,
		Region: a.zones.region, KnownZones: a.zones.offered,
		ZoneCIDRs: parseBlocks("zoneCidrBlocks", a.own, netplan.ParseZoneBlock, faults),
		Written:   map[netplan.Tier]map[string]netip.Prefix{},
	}
	for _, tier := range netplan.Tiers {
		spec.Written[tier] = parseBlocks(tier.Argument, a.written[tier], netplan.ParseSubnet, faults)
	}
	if len(*faults) > before || a.zones.names == nil {
		// The planner needs zones and blocks that parse; what lacks is a fault
		// by now. The rest can be checked all the same.
		*faults = append(*faults, netplan.CheckMaxZones(a.max)...)
		if a.zones.names != nil {
			*faults = append(*faults, netplan.CheckZones("availabilityZones", a.zones.names, a.max, spec.ZoneCIDRs, spec.Region, spec.KnownZones)...)
		}
		return netplan.Plan{}
	}
	plan, err := spec.Plan()
	var more field.Faults
	if errors.As(err, &more) {
		*faults = append(*faults, more...)
	}
	return plan
}

func parseBlocks(path string, blocks map[string]string, parse func(path, text string) (netip.Prefix, field.Faults), faults *field.Faults) map[string]netip.Prefix {
	parsed := make(map[string]netip.Prefix, len(blocks))
	for _, zone := range sortedKeys(blocks) {
		cidr, bad := parse(field.Key(path, zone), blocks[zone])
		*faults = append(*faults, bad...)
		parsed[zone] = cidr
	}
	return parsed
}
