package verify

import (
	"slices"
	"strings"
)

// similar are paths that a person reads as one.
type similar struct {
	Path
	protocols []string
}

// alike puts paths together that differ only in their protocol, or in the route
// tables they pass, such as those of the subnets of two zones. The report keeps
// them apart, because each names its own resources.
func alike(paths []Path) []similar {
	var out []similar
	index := map[string]int{}
	for _, p := range paths {
		key := p.keyOfAlike()
		i, ok := index[key]
		if !ok {
			index[key] = len(out)
			p.Hops = slices.Clone(p.Hops)
			out = append(out, similar{p, []string{p.Protocol}})
			continue
		}
		if !slices.Contains(out[i].protocols, p.Protocol) {
			out[i].protocols = append(out[i].protocols, p.Protocol)
		}
		for n, h := range p.Hops {
			to := &out[i].Hops[n]
			if !h.isTable() || h.URN == to.URN {
				continue
			}
			why, more := cutSubnets(h)
			_, subnets := cutSubnets(*to)
			to.Name = addName(to.Name, h.Name)
			if subnets = addName(subnets, more); subnets == to.Name {
				to.Why = why
			} else {
				to.Why = why + forSubnets + subnets
			}
		}
	}
	return out
}

func (p Path) keyOfAlike() string {
	parts := []string{string(p.Direction), string(p.Verdict), p.Ports, strings.Join(p.Addresses, ",")}
	for _, h := range p.Hops {
		if h.isTable() {
			why, _ := cutSubnets(h)
			parts = append(parts, h.Type, why)
			continue
		}
		parts = append(parts, h.URN, h.Name, h.Why)
	}
	for _, d := range p.Because {
		parts = append(parts, d.URN, d.What)
	}
	return strings.Join(parts, "\x00")
}

func (h Hop) isTable() bool { return strings.HasSuffix(h.Type, ":RouteTable") }

// cutSubnets takes the subnets off a table's reason; a table that names none is
// named as its subnet.
func cutSubnets(h Hop) (why, subnets string) {
	why, subnets, ok := strings.Cut(h.Why, forSubnets)
	if !ok {
		subnets = h.Name
	}
	return why, subnets
}

// addName adds a name to a sentence of names.
func addName(names, name string) string {
	all := strings.Split(strings.ReplaceAll(names, " and ", ", "), ", ")
	if slices.Contains(all, name) {
		return names
	}
	return sentence(append(all, name))
}

// kinds are what a person calls the types of resources.
var kinds = map[string]string{
	"InternetGateway":           "internet gateway",
	"EgressOnlyInternetGateway": "egress-only gateway",
	"NatGateway":                "NAT gateway",
	"RouteTable":                "route table",
	"DefaultRouteTable":         "route table",
	"SecurityGroup":             "security group",
	"DefaultSecurityGroup":      "security group",
	"NetworkAcl":                "network ACL",
	"DefaultNetworkAcl":         "network ACL",
	"LoadBalancer":              "load balancer",
	"TargetGroup":               "target group",
	"Service":                   "service",
	"TaskSet":                   "task set",
	"Vpc":                       "VPC",
	"Subnet":                    "subnet",
	"Api":                       "API",
	"RestApi":                   "API",
	"VpcLink":                   "VPC link",
	"TransitGateway":            "transit gateway",
	"Instance":                  "instance",
}

// title is a hop's name, with the kind of resource it is.
func (h Hop) title() string {
	kind := kinds[h.Type[strings.LastIndex(h.Type, ":")+1:]]
	if kind == "" || inVPC[h.Type] != "" && strings.HasSuffix(h.Name, inVPC[h.Type]) {
		return h.Name
	}
	return kind + " " + h.Name
}
