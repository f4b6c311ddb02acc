package opposition

import (
	"maps"
	"slices"
	"strings"
)

// unknown is how the engine writes a value that it does not know yet.
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

// Preview is the world as `pulumi preview --json` writes it before anything of
// it exists: what another resource gives is not known, and a step is written
// before its resource has outputs.
func (w *World) Preview(seed uint64) []byte {
	var steps []any
	for _, r := range w.resourcesOf(seed) {
		given := map[string]bool{}
		for _, list := range r.depends {
			for _, u := range list {
				given[u] = true
			}
		}
		inputs := props{}
		for k, v := range r.inputs {
			inputs[k] = v
			if len(r.depends[k]) > 0 {
				inputs[k] = forget(v)
			}
		}
		checked := again(inputs)
		defaults(checked)
		steps = append(steps, props{"op": "create", "urn": r.urn, "newState": props{
			"urn": r.urn, "custom": true, "type": r.kind, "inputs": checked,
			"parent":       urn("pulumi:pulumi:Stack", "opposition-test"),
			"dependencies": slices.Sorted(maps.Keys(given)), "propertyDependencies": r.depends,
		}})
	}
	return write(props{"config": props{}, "steps": steps, "changeSummary": props{"create": len(steps)}})
}

// computed are the beginnings of the values that AWS gives.
var computed = []string{
	"vpc-", "subnet-", "rtb-", "igw-", "eigw-", "nat-", "eipalloc-", "pcx-", "pl-", "tgw-", "sg-", "acl-", "vpce-", "lt-", "arn:", "integrations/", "link", "api", "srv-", "ns-",
}

// forget makes what AWS gives unknown, wherever in the value it is.
func forget(v any) any {
	switch v := v.(type) {
	case string:
		if slices.ContainsFunc(computed, func(p string) bool { return strings.HasPrefix(v, p) }) {
			return unknown
		}
	case []any:
		list := make([]any, len(v))
		for i, x := range v {
			list[i] = forget(x)
		}
		return list
	case props:
		m := props{}
		for k, x := range v {
			m[k] = forget(x)
		}
		return m
	}
	return v
}
