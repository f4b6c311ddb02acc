package opposition

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
)

// asProvider makes of plain resources what the official provider and the engine
// write of them: every property that is not set, what the bridge keeps for
// itself, in a share of the worlds what a refresh found, and in another share
// the forms of older releases.
func asProvider(resources []any, seed uint64) []map[string]any {
	r := rand.New(rand.NewPCG(seed, 6))
	refreshed, isOlder := r.IntN(3) == 0, r.IntN(4) == 0
	var all []map[string]any
	if err := json.Unmarshal(write(resources), &all); err != nil {
		panic(err) // It is made of plain values.
	}
	// A rule or a route shows what it was made with, before it has what is not set.
	if refreshed {
		Refresh(all)
	}
	for _, one := range all {
		kind := one["type"].(string)
		outputs, ok := one["outputs"].(map[string]any)
		if !ok {
			continue
		}
		Fill(kind, outputs, false)
		if isOlder {
			one["inputs"], one["outputs"] = older(one["inputs"]), older(outputs)
		} else {
			// https://github.com/pulumi/pulumi-terraform-bridge/tree/main/pkg/tfbridge, rawstate.go
			outputs["__pulumi_raw_state_delta"] = map[string]any{"obj": map[string]any{"ps": map[string]any{"vpcId": map[string]any{"replace": map[string]any{"raw": nil}}}}}
		}
		outputs["__meta"] = `{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":600000000000,"delete":600000000000},"schema_version":"1"}`
		defaults(one["inputs"])
	}
	return all
}

// defaults writes beside the properties of each object which of them nobody set.
func defaults(v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			if !strings.HasPrefix(name, "__") {
				defaults(inner)
			}
		}
		v["__defaults"] = []any{}
	case []any:
		for _, inner := range v {
			defaults(inner)
		}
	}
}
