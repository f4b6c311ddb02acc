package taskplan

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// Share says how many of a service's tasks one capacity provider runs.
type Share struct{ Base, Weight int }

// Fargate are the capacity providers that AWS keeps and any cluster can have.
// They have no hosts.
var Fargate = []string{"FARGATE", "FARGATE_SPOT"}

// CheckStrategy returns the faults of the shares of Fargate's capacity
// providers in a service, by their names.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
func CheckStrategy(path string, shares map[string]Share) field.Faults {
	var faults field.Faults
	based, weights := "", 0
	for _, name := range slices.Sorted(maps.Keys(shares)) {
		at, share := field.Key(path, name), shares[name]
		if !slices.Contains(Fargate, name) {
			better := ""
			if upper := strings.ToUpper(name); slices.Contains(Fargate, upper) {
				better = fmt.Sprintf("write %q", upper)
			}
			faults.AddBetter(at, nil, "is not a capacity provider of Fargate", `write "FARGATE" or "FARGATE_SPOT"; tasks on hosts are an Ec2Service's`, better)
		}
		if share.Base < 0 || share.Base > mostBase {
			faults.Add(at+".base", share.Base, fmt.Sprintf("is not in the range 0 to %d", mostBase), "choose a number in that range")
		}
		if share.Weight < 0 || share.Weight > mostWeight {
			faults.Add(at+".weight", share.Weight, fmt.Sprintf("is not in the range 0 to %d", mostWeight), "choose a number in that range")
		}
		switch {
		case share.Base == 0:
		case based != "":
			faults.Add(at+".base", share.Base, "is a second base, and AWS takes one: "+based+" has one already", "leave one of them out")
		default:
			based = name
		}
		weights += share.Weight
	}
	if len(shares) > 0 && weights == 0 {
		faults.Add(path, nil, "has no weight above 0, so AWS could place no task beyond the base", "write a weight of 1 or more for one of them")
	}
	return faults
}

// The most that a base and a weight can be.
const mostBase, mostWeight = 100000, 1000
