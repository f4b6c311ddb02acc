package cloud

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// checkPlacement refuses strategies by which no host can be chosen.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementStrategy.html
func checkPlacement(strategies []types.PlacementStrategy, fargate bool) error {
	if len(strategies) == 0 {
		return nil
	}
	if fargate {
		return invalidParameter("Placement strategies are not supported with FARGATE launch type.")
	}
	if len(strategies) > 5 {
		return invalidParameter("There is a limit of 5 placement strategies for a service; %d given.", len(strategies))
	}
	for _, s := range strategies {
		field := aws.ToString(s.Field)
		switch {
		case !contains(s.Type.Values(), s.Type):
			return invalidParameter("Invalid placement strategy type %q: random, spread and binpack are valid.", s.Type)
		case s.Type == types.PlacementStrategyTypeSpread && field != "instanceId" && field != "host" && !strings.HasPrefix(field, "attribute:"):
			return invalidParameter("Invalid field %q for the placement strategy spread: instanceId, host and attribute:... are valid.", field)
		case s.Type == types.PlacementStrategyTypeBinpack && !contains([]string{"cpu", "memory"}, strings.ToLower(field)):
			return invalidParameter("Invalid field %q for the placement strategy binpack: cpu and memory are valid.", field)
		case s.Type == types.PlacementStrategyTypeRandom && field != "":
			return invalidParameter("The placement strategy random takes no field; %q given.", field)
		}
	}
	return nil
}
