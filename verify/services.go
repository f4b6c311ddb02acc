package verify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/policy"
)

// verdictOfPolicy is what an endpoint's policy lets through.
type verdictOfPolicy struct {
	Policy
	limits string
	doubts []model.Doubt
}

// policyOf reads an endpoint's policy.
func (a *analysis) policyOf(e *model.Endpoint) verdictOfPolicy {
	if v, ok := a.endpoints[e]; ok {
		return v
	}
	v := readPolicy(e)
	a.endpoints[e] = v
	return v
}

func readPolicy(e *model.Endpoint) verdictOfPolicy {
	if !e.PolicyKnown {
		if known(e.Service) && !takesPolicy(e.Service) {
			return unsupported()
		}
		return verdictOfPolicy{PolicyUndecided, "its policy is not known", []model.Doubt{doubt(e.Name, "its policy is not known")}}
	}
	v := policy.Of(e.Service, e.Policy)
	switch v.Kind {
	case policy.Limited:
		return verdictOfPolicy{PolicyLimited, v.Text, nil}
	case policy.None:
		return verdictOfPolicy{PolicyNone, v.Text, nil}
	}
	switch {
	case takesPolicy(e.Service):
	case known(e.Service):
		return unsupported()
	default:
		what := "whether AWS takes a policy on endpoints of " + e.Service + " is not known"
		return verdictOfPolicy{PolicyUndecided, what, []model.Doubt{doubt(e.Name, what)}}
	}
	if v.Kind == policy.Open {
		return verdictOfPolicy{PolicyOpen, v.Text, nil}
	}
	return verdictOfPolicy{PolicyUndecided, v.Text, []model.Doubt{doubt(e.Name, v.Text)}}
}

func unsupported() verdictOfPolicy {
	return verdictOfPolicy{PolicyUnsupported, "AWS takes no policy on this service's endpoint", nil}
}

// gatewayService is a service that has gateway endpoints; they take policies,
// and so do the interface endpoints of the same services.
// https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
func gatewayService(service string) bool {
	return service == "s3" || service == "dynamodb" || service == "s3express"
}

// takesPolicy says whether AWS takes a policy on a service's endpoints.
func takesPolicy(service string) bool {
	return gatewayService(service) || endpoints.TakesPolicy(service)
}

// known says whether a service is one of AWS's that is listed.
func known(service string) bool {
	return gatewayService(service) || endpoints.Known(service)
}

// reaches are the endpoints that tasks can reach, and those in their own VPC
// that they cannot.
func (a *analysis) reaches(i *model.Interfaces) ([]Reach, answer, []model.Doubt) {
	out := []Reach{}
	leak := no("")
	var doubts []model.Doubt
	if len(i.Subnets) == 0 {
		doubts := i.Doubts
		if len(doubts) == 0 {
			doubts = []model.Doubt{doubt(i.Name, "its subnets are not known")}
		}
		return out, maybe(doubts...), nil
	}
	if len(i.Doubts) > 0 { // an endpoint of another VPC may be near
		leak = maybe(i.Doubts...)
	}
	for _, v := range a.net.VPCs {
		own := slices.ContainsFunc(i.Subnets, func(s *model.Subnet) bool { return s != nil && s.VPC == v })
		if !own && !a.near(i, v) {
			continue // most VPCs of a large stack
		}
		for _, e := range v.Endpoints {
			r, ok := a.reach(i, e)
			if !ok || !own && r.truth == model.No {
				continue
			}
			p := a.policyOf(e)
			out = append(out, Reach{
				Service: e.Service, Verdict: verdictOf(r.answer), Via: r.via, URN: e.URN, Policy: p.Policy, Limits: p.limits, Why: r.text(e),
			})
			leak = some(leak, leakOf(e, r.answer, p))
			if r.truth == model.Maybe {
				doubts = join(doubts, r.because)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Reach) int {
		return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.Via, b.Via), cmp.Compare(a.URN, b.URN))
	})
	return out, leak, doubts
}

// near says whether a subnet of interfaces may be connected to a VPC.
func (a *analysis) near(i *model.Interfaces, v *model.VPC) bool {
	for _, s := range i.Subnets {
		key := nearKey{s, v}
		near, ok := a.nears[key]
		if !ok {
			near = slices.ContainsFunc(v.Subnets, func(n *model.Subnet) bool { return a.connected(s, n).truth != model.No })
			a.nears[key] = near
		}
		if near {
			return true
		}
	}
	return false
}

type nearKey struct {
	subnet *model.Subnet
	vpc    *model.VPC
}

// leakOf says whether data can leave to anybody through an endpoint.
func leakOf(e *model.Endpoint, reach answer, p verdictOfPolicy) answer {
	switch p.Policy {
	case PolicyOpen:
		return reach
	case PolicyUndecided:
		return all(reach, maybe(p.doubts...))
	default:
		return no("")
	}
}

// reached is whether and how an endpoint is reached.
type reached struct {
	answer
	via Via
}

func (r reached) text(e *model.Endpoint) string {
	switch {
	case r.truth == model.No:
		return r.why
	case r.truth == model.Maybe:
		var texts []string
		for _, d := range sortedDoubts(r.because) {
			texts = append(texts, nameOf(model.Name{URN: d.URN})+": "+d.What)
		}
		return strings.Join(texts, "; ")
	case r.via == ViaInterfaceEndpoint && e.PrivateDNS == model.No:
		return "only by the endpoint's own DNS names: private DNS is off"
	case r.via == ViaInterfaceEndpoint && e.PrivateDNS == model.Maybe:
		return "whether the service's own DNS name leads to it is not known"
	}
	return ""
}

func verdictOf(a answer) Verdict {
	switch a.truth {
	case model.Yes:
		return Open
	case model.No:
		return Closed
	default:
		return Undecided
	}
}

// reach says whether tasks reach an endpoint.
func (a *analysis) reach(i *model.Interfaces, e *model.Endpoint) (reached, bool) {
	var ask func(s *model.Subnet) answer
	r := reached{via: ViaInterfaceEndpoint}
	switch e.Kind {
	case "Gateway":
		r.via = ViaGatewayEndpoint
		ask = func(s *model.Subnet) answer { return a.reachGateway(i, s, e) }
	case "Interface", "":
		ask = func(s *model.Subnet) answer { return a.reachInterface(i, s, e) }
	default:
		return r, false
	}
	var answers []answer
	for _, s := range i.Subnets {
		if s != nil {
			answers = append(answers, ask(s))
		}
	}
	r.answer = some(answers...)
	if i.SubnetsAreCandidates {
		r.answer = each(doubt(i.Name, "in which of "+namesOf(i.Subnets)+" it is is not known"), answers...)
	}
	if doubts := join(i.Doubts, e.Doubts); len(doubts) > 0 {
		r.answer = maybe(doubts...)
	}
	return r, true
}

// reachInterface: an interface endpoint is reached at its interfaces by HTTPS.
// Its own DNS names lead there whether or not it has private DNS.
// https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
func (a *analysis) reachInterface(i *model.Interfaces, s *model.Subnet, e *model.Endpoint) answer {
	if e.Interfaces == nil || len(e.Interfaces.Subnets) == 0 {
		return maybe(doubt(e.Name, "its subnets are not known"))
	}
	var traffic model.Traffic
	from := place{i, s}
	var answers []answer
	for _, n := range e.Interfaces.Subnets {
		if n == nil {
			answers = append(answers, maybe(doubt(e.Name, "one of its subnets is not known")))
			continue
		}
		// Most endpoints of a large stack are in other VPCs.
		if joined := a.connected(s, n); joined.truth == model.No {
			answers = append(answers, joined)
			continue
		}
		if traffic == (model.Traffic{}) {
			traffic = endpointTraffic(e)
		}
		to := place{e.Interfaces, n}
		ans, _ := a.judge(from, to, traffic, func(r *model.Rule) answer { return matchesPlace(r, from) }, a.innerBorders(from, to), clientPorts, far{})
		if ans.truth == model.No {
			ans.why = fmt.Sprintf("the groups and network ACLs between %s and %s do not allow HTTPS", nameOf(i.Name), nameOf(e.Name))
		}
		answers = append(answers, ans)
		if ans.truth == model.Yes {
			break // One interface is enough; large stacks have many.
		}
	}
	out := some(answers...)
	if len(e.Interfaces.Doubts) > 0 {
		out = maybe(e.Interfaces.Doubts...)
	}
	return out
}

// endpointTraffic is HTTPS for AWS's services, and all for somebody's own.
func endpointTraffic(e *model.Endpoint) model.Traffic {
	if known(e.Service) {
		return model.Traffic{Protocol: int(tcp), From: 443, To: 443}
	}
	return model.Traffic{Protocol: everyProtocol, To: 65535}
}

// reachGateway: a gateway endpoint is a route of the subnet's table to the
// service's public addresses.
// https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
func (a *analysis) reachGateway(i *model.Interfaces, s *model.Subnet, e *model.Endpoint) answer {
	switch {
	case s.VPC != e.VPC && s.VPC != nil && e.VPC != nil:
		return no("it is in another VPC")
	case len(s.Doubts) > 0:
		return maybe(s.Doubts...)
	case s.Table == nil:
		return maybe(doubt(s.Name, "its route table is not known"))
	case !slices.Contains(e.Tables, s.Table):
		return no(fmt.Sprintf("route table %s of %s has no route to it", nameOf(s.Table.Name), nameOf(s.Name)))
	}
	var answers []answer
	for _, port := range servicePorts {
		answers = append(answers, a.passesToService(i, s, e, port, addr.IPv4))
		// By IPv6 as the endpoint's type of addresses says, which is not read.
		// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
		if six := a.passesToService(i, s, e, port, addr.IPv6); i.IPv6 != model.No && s.HasIPv6 != model.No && six.truth != model.No {
			answers = append(answers, maybe(doubt(e.Name, "may be reached by IPv6, too")))
		}
	}
	return some(answers...)
}

// servicePorts are those at which the services with gateway endpoints answer:
// HTTPS, and HTTP besides.
// https://docs.aws.amazon.com/general/latest/gr/s3.html
// https://docs.aws.amazon.com/general/latest/gr/ddb.html
var servicePorts = []int{443, 80}

// passesToService says whether groups and ACLs let tasks open connections to the
// public addresses of an endpoint's service.
func (a *analysis) passesToService(i *model.Interfaces, s *model.Subnet, e *model.Endpoint, port int, family addr.Family) answer {
	whole := addr.Internet(family)
	p := packet{tcp, port, far{set: whole, one: whole.Ranges()[0].From(), list: e.Service}}
	allowed, _ := groupsStage(i, outward, "").ask(p)
	if allowed.truth == model.No {
		return no(fmt.Sprintf("no security group of %s allows HTTPS or HTTP to %s", nameOf(i.Name), e.Service))
	}
	if b, some := (borders{{s, outward, nil, request}, {s, inward, nil, reply}}).stage(clientPorts); some {
		passes, _ := b.ask(p)
		if passes.truth == model.No {
			return no(b.closed)
		}
		allowed = all(allowed, passes)
	}
	return allowed
}
