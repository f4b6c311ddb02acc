package standin

import "github.com/aws/aws-sdk-go-v2/service/ecs/types"

// placement says on which hosts the tasks of a service go first.
func placement(strategies []object) []types.PlacementStrategy {
	var out []types.PlacementStrategy
	for _, s := range strategies {
		out = append(out, types.PlacementStrategy{Type: types.PlacementStrategyType(s.str("type")), Field: s.strp("field")})
	}
	return out
}
