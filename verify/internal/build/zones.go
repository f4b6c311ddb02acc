package build

import (
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// zoneOf reads a subnet's zone: its name, and its ID, which is another name for
// the same zone ("use1-az1") and never equal to it.
// https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html
func zoneOf(r *state.Resource) (name, id string) {
	name = r.Get("availabilityZone").Or("")
	if !strings.Contains(name, "-") {
		name = "" // it is no zone of AWS's
	}
	return name, r.Get("availabilityZoneId").Or("")
}

// settleZones names the zones of subnets of which only the ID is known: by
// another subnet that has both, or all by their IDs when no name is known at
// all. Otherwise the zone is not known: a name and an ID cannot be compared.
func (b *builder) settleZones() {
	names := map[string]string{}
	named := false
	for _, s := range b.everySubnet {
		named = named || s.Zone != ""
		if s.Zone != "" && s.zoneID != "" {
			names[s.zoneID] = s.Zone
		}
	}
	for _, s := range b.everySubnet {
		switch {
		case s.Zone != "" || s.zoneID == "":
		case names[s.zoneID] != "":
			s.Zone = names[s.zoneID]
		case !named:
			s.Zone = s.zoneID
		}
	}
}
