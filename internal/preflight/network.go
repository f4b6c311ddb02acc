package preflight

import (
	"fmt"
	"strconv"
	"strings"
)

// Egress is the way out of a network's private subnets.
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
	Region Fact[string]
	// Egress of the private subnets.
	Egress Fact[Egress]
	// EndpointServices are the short names of the services that have an
	// interface endpoint with private DNS.
	EndpointServices Fact[[]string]
	// S3Gateway says whether the subnets' route tables have an S3 gateway
	// endpoint.
	S3Gateway Fact[bool]
	// DnsEnabled says whether the VPC has enableDnsSupport and
	// enableDnsHostnames.
	DnsEnabled Fact[bool]
	// AvailabilityZones of the network's subnets.
	AvailabilityZones Fact[[]string]
	// EndpointZones are the zones that have interface endpoints.
	EndpointZones Fact[[]string]
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
	verb := "has"
	if n.Declared {
		verb = "declares"
	}
	var facts []string
	if egress, known := n.Egress.Get(); known {
		facts = append(facts, "egress "+strconv.Quote(string(egress)))
	}
	if services, known := n.EndpointServices.Get(); known {
		facts = append(facts, "endpointServices ["+strings.Join(services, ", ")+"]")
	}
	if len(facts) == 0 {
		return n.String()
	}
	return n.String() + " " + verb + " " + strings.Join(facts, " and ")
}
