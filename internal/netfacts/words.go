package netfacts

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/words"
)

// Ask is how a component is asked to change, where it is another way than the
// usual one.
type Ask struct {
	// HostEndpoints is what gives it the endpoints that EC2 hosts need, such as
	// "ecsOnEc2 true"; "" for none but the list of its endpoints.
	HostEndpoints string
}

// String is how findings call the network.
func (n Network) String() string {
	if n.Kind == "" || n.Name == "" {
		return "the network"
	}
	return fmt.Sprintf("%s %q", n.Kind, n.Name)
}

// Basis is what a finding rests on: what the network has, or what somebody
// declares that it has.
func (n Network) Basis() string {
	var facts []string
	if egress, known := n.Egress.Get(); known {
		facts = append(facts, "egress "+strconv.Quote(string(egress)))
	}
	if services, known := n.EndpointServices.Get(); known {
		facts = append(facts, "endpointServices ["+strings.Join(services, ", ")+"]")
	}
	return n.Has() + " " + strings.Join(facts, " and ")
}

// Exit is the same of the way out alone.
func (n Network) Exit() string {
	n.EndpointServices = fact.Unknown[[]string]()
	return n.Basis()
}

// Has begins a statement of the network: it has what it makes, and declares
// what somebody says of it.
func (n Network) Has() string {
	if n.Declared {
		return n.String() + " declares"
	}
	return n.String() + " has"
}

// AddEndpoints is how the network gets endpoints.
func (n Network) AddEndpoints(services ...string) string {
	add := fmt.Sprintf("add %s to endpointServices of %s", words.And(words.Quote(services)), n)
	if n.Declared {
		return fmt.Sprintf("make interface endpoints for %s in the VPC, and declare them: %s", words.And(services), add)
	}
	return add
}

// OfRegion names the network's Region where it is known.
func (n Network) OfRegion() string {
	if region, known := n.Region.Get(); known {
		return region
	}
	return "the network's Region"
}

// AddHostEndpoints is how the network gets the endpoints that EC2 hosts need.
func (n Network) AddHostEndpoints(missing ...string) string {
	if n.Ask.HostEndpoints == "" {
		return n.AddEndpoints(missing...)
	}
	return "write " + n.Ask.HostEndpoints + " on " + n.String()
}
