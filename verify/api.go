package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// throughAPI: anybody who can call an API reaches what its integrations lead to
// through a VPC link.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
func (a *analysis) throughAPI(d door, s *model.Service) result {
	accepts, hops := apiFront(d)
	w := way{family: addr.IPv4, set: addr.Internet(addr.IPv4), base: d.given}
	if i := d.integration; i != nil && i.Link != nil {
		link := i.Link
		hops = append(hops, hop{Name: link.Name, why: "VPC link, opens a connection in the VPC"})
		inner := a.perSubnet(link, func(n *model.Subnet) result {
			from := place{link, n}
			ans, rule := a.walk(from, d.steps, s, nil)
			if len(d.steps) > 1 && d.steps[1].kept != model.No {
				ans, rule = a.walkKept(from, d.steps, s)
			}
			return result{answer: ans, paths: []draft{{piece: piece{rules: [][]*model.Rule{{rule}}}}}}
		})
		var rule *model.Rule
		for _, p := range inner.paths {
			if r := p.rules[0][0]; r != nil && rule == nil {
				rule = r
			}
		}
		w.stages = []stage{apiStage(accepts, inner.answer, rule, fmt.Sprintf("the tasks of %s are not reached from VPC link %s", nameOf(s.Name), nameOf(link.Name)))}
	} else if i != nil && len(i.Doubts) == 0 && len(d.steps) > 1 && d.steps[0].to.Interfaces != nil {
		ans, rule := a.fromPrivateLink(d.api.Name, d.steps, s)
		w.stages = []stage{apiStage(accepts, ans, rule, fmt.Sprintf("the tasks of %s are not reached from load balancer %s", nameOf(s.Name), nameOf(d.steps[0].to.Name)))}
	} else {
		name := d.api.Name
		if d.integration != nil {
			name = d.integration.Name
		}
		ans := a.fromAnywhere(s, doubt(name, "through which interfaces it leads into the VPC is not known"))
		w.stages = []stage{apiStage(accepts, ans, nil, fmt.Sprintf("no security group of %s admits it", nameOf(s.Name)))}
	}
	w.hops = append(append(hops, a.stepHops(d.steps, s)...), tasksHops(s, 1)...)
	return a.weighWith(Ingress, &w, yes, nil)
}

// fromPrivateLink is the answer about a REST API's VPC link of the first version,
// which reaches a Network Load Balancer as a service endpoint: the balancer's
// groups may or may not apply, and targets see the balancer's addresses.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html#update-security-settings
func (a *analysis) fromPrivateLink(from model.Name, steps []step, s *model.Service) (answer, *model.Rule) {
	front := steps[0].to
	given := yes
	if !front.Interfaces.Unfiltered {
		given = maybe(doubt(front.Name, "whether its security groups admit what "+nameOf(from)+" sends is not known"))
	}
	var answers []answer
	var rule *model.Rule
	for _, n := range front.Interfaces.Subnets {
		ans, by := a.walk(place{front.Interfaces, n}, steps[1:], s, nil)
		answers = append(answers, ans)
		if rule == nil {
			rule = by
		}
	}
	out := some(answers...)
	if doubts := front.Interfaces.Doubts; len(doubts) > 0 || len(answers) == 0 {
		out = maybe(append(slices.Clip(doubts), doubt(front.Name, "its subnets are not known"))...)
	}
	return all(given, out), rule
}

// walkKept walks from a VPC link through a balancer that keeps the link's
// address.
func (a *analysis) walkKept(from place, steps []step, s *model.Service) (answer, *model.Rule) {
	front, name := a.interfacesOf(steps[0], s), s.Name
	if b := steps[0].to; b != nil {
		name = b.Name
	}
	if front == nil || len(front.Subnets) == 0 {
		return maybe(doubt(name, "its network interfaces are not known")), nil
	}
	var answers []answer
	var rule *model.Rule
	for _, n := range front.Subnets {
		at := place{front, n}
		ans, _ := a.hop(from, at, steps[0], nil)
		on, by := a.walk(at, steps[1:], s, &client{place: &from})
		answers = append(answers, all(ans, on))
		if rule == nil {
			rule = by
		}
	}
	out := some(answers...)
	if front.SubnetsAreCandidates {
		out = each(doubt(front.Name, "in which of "+namesOf(front.Subnets)+" it is is not known"), answers...)
	}
	if len(front.Doubts) > 0 {
		out = maybe(front.Doubts...)
	}
	return out, rule
}

// fromAnywhere is the answer about a connection from interfaces that are not
// known: it may be there unless nothing is admitted at all.
func (a *analysis) fromAnywhere(s *model.Service, d model.Doubt) answer {
	if s.Tasks == nil || s.Tasks.Unfiltered || len(s.Tasks.Doubts)+len(s.Tasks.GroupDoubts) > 0 || len(s.Tasks.Groups) == 0 {
		return maybe(d)
	}
	for _, g := range s.Tasks.Groups {
		if g == nil || len(g.Ingress)+len(g.Doubts) > 0 {
			return maybe(d)
		}
	}
	return no("")
}

// apiFront is what the internet meets first: an API, which takes HTTPS, or
// something else that leads connections to a balancer, at ports that are taken
// to be the balancer's.
func apiFront(d door) (model.Traffic, []hop) {
	if strings.Contains(strings.ToLower(d.api.Type), "apigateway") {
		return model.Traffic{Protocol: int(tcp), From: 443, To: 443},
			[]hop{{label: theInternet, why: "calls the API"}, {Name: d.api.Name, why: "API that anybody can call"}}
	}
	accepts := anything
	if len(d.steps) > 1 {
		accepts = d.steps[0].traffic
	}
	return accepts, []hop{{label: theInternet, why: "opens a connection"}, {Name: d.api.Name, why: "leads connections in from the internet"}}
}

// apiStage passes what an API or its like accepts, from anybody.
func apiStage(accepts model.Traffic, ans answer, rule *model.Rule, closed string) stage {
	return stage{closed: closed, traffics: []model.Traffic{accepts}, ask: func(p packet) (answer, *model.Rule) {
		if !p.proto.hasPorts() || !covers(accepts, p.proto, p.port) {
			return no(""), nil
		}
		return ans, rule
	}}
}
