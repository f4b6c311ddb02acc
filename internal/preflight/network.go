package preflight

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/words"
)

// Egress is the way out of the subnets that tasks run in.
type Egress string

// The ways out, as the network components name them.
const (
	EgressNone            Egress = "None"
	EgressNatGateway      Egress = "NatGateway"
	EgressInternetGateway Egress = "InternetGateway"
)

// Network is what is known of a network.
type Network struct {
	// Kind and Name are those of the component, such as IsolatedVpc and net;
	// "" where there is none.
	Kind, Name string
	// Declared is true where somebody described a network that exists already:
	// the facts are that person's, and findings say so.
	Declared bool
	// Region of the network.
	Region fact.Of[string]
	// Egress is the way out of the subnets that the tasks, or their hosts, run
	// in; an internet gateway makes them public subnets.
	Egress fact.Of[Egress]
	// EndpointServices are the short names of the services that have an
	// interface endpoint with private DNS, and the full names of those whose
	// endpoint leads to another Region.
	EndpointServices fact.Of[[]string]
	// S3Gateway says whether the subnets' route tables have an S3 gateway
	// endpoint.
	S3Gateway fact.Of[bool]
	// S3PolicyNarrow says whether the policy of that endpoint lets only some
	// buckets pass.
	S3PolicyNarrow fact.Of[bool]
	// DnsEnabled says whether the VPC has enableDnsSupport and
	// enableDnsHostnames.
	DnsEnabled fact.Of[bool]
	// EndpointZones are the zones that have interface endpoints.
	EndpointZones fact.Of[[]string]
}

// String is how findings call the network.
func (n Network) String() string {
	if n.Kind == "" || n.Name == "" {
		return "the network"
	}
	return fmt.Sprintf("%s %q", n.Kind, n.Name)
}

// basis is what a finding rests on: what the network has, or what somebody
// declares that it has.
func (n Network) basis() string {
	var facts []string
	if egress, known := n.Egress.Get(); known {
		facts = append(facts, "egress "+strconv.Quote(string(egress)))
	}
	if services, known := n.EndpointServices.Get(); known {
		facts = append(facts, "endpointServices ["+strings.Join(services, ", ")+"]")
	}
	return n.verb() + " " + strings.Join(facts, " and ")
}

// exit is the same of the way out alone.
func (n Network) exit() string {
	n.EndpointServices = fact.Unknown[[]string]()
	return n.basis()
}

// verb begins a statement of the network: it has what it makes, and declares
// what somebody says of it.
func (n Network) verb() string {
	if n.Declared {
		return n.String() + " declares"
	}
	return n.String() + " has"
}

// addEndpoints is how the network gets endpoints.
func (n Network) addEndpoints(services ...string) string {
	add := fmt.Sprintf("add %s to endpointServices of %s", words.And(words.Quote(services)), n)
	if n.Declared {
		return fmt.Sprintf("make interface endpoints for %s in the VPC, and declare them: %s", words.And(services), add)
	}
	return add
}

// ofRegion names the network's Region where it is known.
func (n Network) ofRegion() string {
	if region, known := n.Region.Get(); known {
		return region
	}
	return "the network's Region"
}
