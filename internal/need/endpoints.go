package need

import (
	"maps"
	"slices"
)

// Endpoint is an endpoint service, and what has to reach it.
type Endpoint struct {
	Service string
	For     []Reach
}

// Endpoints are the endpoint services that lead to all that is needed from a
// network of a Region without another way out, by name. beyond is what none
// leads to; open is what may be needed, depending on something that is not
// known.
func (n Needs) Endpoints(region string) (endpoints []Endpoint, beyond, open []Reach) {
	by := map[string][]Reach{}
	for _, r := range n.Reaches {
		switch {
		case r.Unknown != "":
			open = append(open, r)
		case len(r.To) == 0 || r.Region != "" && r.Region != region:
			beyond = append(beyond, r)
		default:
			for _, service := range r.To {
				by[service] = append(by[service], r)
			}
		}
	}
	for _, service := range slices.Sorted(maps.Keys(by)) {
		endpoints = append(endpoints, Endpoint{service, by[service]})
	}
	return endpoints, beyond, open
}
