package verify

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// decide gives the verdicts about a network.
func decide(n *model.Network) *Report {
	a := newAnalysis(n)
	out := &Report{Services: []Service{}, Undecided: sortedDoubts(a.everyDoubt()), Notes: []string{}}
	services := slices.SortedStableFunc(slices.Values(n.Services), func(x, y *model.Service) int { return cmp.Compare(x.URN, y.URN) })
	for _, s := range services {
		out.Services = append(out.Services, a.service(s))
	}
	out.Notes = append(out.Notes, n.Notes...)
	if slices.ContainsFunc(out.Services, boundedByPolicy) {
		out.Notes = append(out.Notes, roleNote)
	}
	if len(services) > 0 {
		out.Notes = append(out.Notes, dnsNote)
	}
	return out
}

// roleNote is about what a bounded endpoint policy leaves to others: a bucket of
// another account that admits a role of this one, for a policy that names
// principals only.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
const roleNote = "An endpoint policy bounds who may act, or on what. What a task's own role may do within it, on resources of other accounts " +
	"that admit the role too, is for the role's policies, which are not read here."

// boundedByPolicy says whether a service reaches an endpoint with a policy that
// lets through some things and not others.
func boundedByPolicy(s Service) bool {
	return slices.ContainsFunc(s.Reaches, func(r Reach) bool { return r.Policy == PolicyLimited && r.Verdict != Closed })
}

// dnsNote is about the one way out that no route, group or ACL closes.
// https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
const dnsNote = "Route 53 Resolver answers DNS queries in every VPC that has DNS support on, past all security groups and network ACLs, " +
	"so a task can send data out in names that it asks for. Route 53 Resolver DNS Firewall can bound that; no verdict here does."

func newAnalysis(n *model.Network) *analysis {
	a := &analysis{
		net:       n,
		tables:    map[*model.RouteTable][]destination{},
		transits:  map[*model.TransitTable][]transitDestination{},
		exits:     map[exitKey][]way{},
		entries:   map[exitKey][]way{},
		hosts:     map[*model.Interfaces]answer{},
		connects:  map[[2]*model.Subnet]answer{},
		inner:     map[[2]*model.Subnet]borders{},
		pairs:     map[pairKey]pair{},
		nears:     map[nearKey]bool{},
		gateways:  map[*model.RouteTable][]*model.Endpoint{},
		endpoints: map[*model.Endpoint]verdictOfPolicy{},
	}
	for _, v := range n.VPCs {
		for _, e := range v.Endpoints {
			if e.Kind == "Gateway" {
				for _, t := range e.Tables {
					a.gateways[t] = append(a.gateways[t], e)
				}
			}
		}
	}
	a.findDoors()
	return a
}

// service decides about one service.
func (a *analysis) service(s *model.Service) Service {
	out := Service{URN: s.URN, Name: nameOf(s.Name)}
	in, exit := nothing(), nothing()
	var leak answer
	var reachDoubts []model.Doubt
	if s.Tasks == nil {
		doubts := s.Doubts
		if len(doubts) == 0 {
			doubts = []model.Doubt{doubt(s.Name, "the network interfaces of its tasks are not known")}
		}
		in, exit, leak = undecided(doubts...), undecided(doubts...), maybe(doubts...)
		out.Reaches = []Reach{}
	} else {
		in = a.ingress(s.Tasks)
		in.add(a.throughDoors(s))
		exit = a.egress(s.Tasks)
		out.Reaches, leak, reachDoubts = a.reaches(s.Tasks)
		// Where nothing else is sure, groups without a rule are.
		unsure := unseenBy(s.Tasks)
		if sealed(s.Tasks, inward) && (in.truth != model.No || unsure) {
			in = sealedOff(s.Tasks, "lets anything in")
		}
		if sealed(s.Tasks, outward) && (exit.truth != model.No || leak.truth != model.No || unsure) {
			exit, leak = sealedOff(s.Tasks, "lets anything out"), no("")
		}
		if len(s.Doubts) > 0 {
			unsure := maybe(s.Doubts...)
			in.answer, exit.answer, leak = all(some(in.answer, unsure), unsure), all(some(exit.answer, unsure), unsure), all(some(leak, unsure), unsure)
			in.weaken(s.Doubts...)
			exit.weaken(s.Doubts...)
		}
		// What is not read may make anything: balancers with these tasks as
		// targets, rules, endpoints.
		unseenIn, unseenOut := a.elsewhereOf(s.Tasks, inward), a.elsewhereOf(s.Tasks, outward)
		in.answer, exit.answer, leak = some(in.answer, unseenIn), some(exit.answer, unseenOut), some(leak, unseenOut)
	}
	redundant, deps := zoneRedundant(s.Tasks, exit.paths)
	out.InternetIngress, out.InternetEgress, out.Exfiltration = verdictOf(in.answer), verdictOf(exit.answer), verdictOf(leak)
	out.ZoneRedundant = words(redundant)
	out.ZoneDependencies = deps
	out.Paths = append(pathsOf(in.paths), pathsOf(exit.paths)...)
	out.Blocked = blockedOf(out, in, exit)
	var doubts []model.Doubt
	for _, x := range []answer{in.answer, exit.answer, leak, redundant} {
		if x.truth == model.Maybe {
			doubts = join(doubts, x.because)
		}
	}
	out.Undecided = sortedDoubts(join(doubts, reachDoubts))
	return out
}

// blockedOf are the reasons for closed verdicts: what is there and leads nowhere.
func blockedOf(s Service, in, exit result) []Blocked {
	out := []Blocked{}
	if s.InternetIngress == Closed {
		for _, w := range in.blocked {
			out = append(out, Blocked{Ingress, w})
		}
	}
	if s.InternetEgress == Closed {
		for _, w := range exit.blocked {
			out = append(out, Blocked{Egress, w})
		}
	}
	slices.SortFunc(out, func(a, b Blocked) int {
		return cmp.Or(-cmp.Compare(a.Direction, b.Direction), cmp.Compare(a.Why, b.Why))
	})
	return slices.Compact(out)
}

func words(a answer) Truth {
	switch a.truth {
	case model.Yes:
		return Yes
	case model.No:
		return No
	default:
		return Unknown
	}
}

// elsewhereOf is No, or what is not known about the VPCs that interfaces are in.
// Groups that let nothing through in a direction do so whatever else a VPC has.
func (a *analysis) elsewhereOf(i *model.Interfaces, d direction) answer {
	var out []model.Doubt
	for _, s := range i.Subnets {
		if s == nil {
			continue
		}
		doubts := a.elsewhere(s.VPC)
		if s.VPC != nil && sealed(i, d) {
			doubts = slices.DeleteFunc(slices.Clone(doubts), func(d model.Doubt) bool { return slices.Contains(s.VPC.Unseen, d) })
		}
		out = join(out, doubts)
	}
	if len(out) == 0 {
		return no("")
	}
	return maybe(out...)
}

// unseenBy says that interfaces are in a VPC of which the stack shows a part.
func unseenBy(i *model.Interfaces) bool {
	return slices.ContainsFunc(i.Subnets, func(s *model.Subnet) bool { return s != nil && s.VPC != nil && len(s.VPC.Unseen) > 0 })
}

// sealed says that no group of interfaces has a rule in a direction, so that no
// connection is opened in it, wherever they are.
// https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
func sealed(i *model.Interfaces, d direction) bool {
	if i.Unfiltered || len(i.Groups) == 0 || len(i.GroupDoubts) > 0 || len(i.Doubts) > len(i.Unplaced) {
		return false
	}
	return !slices.ContainsFunc(i.Groups, func(g *model.SecurityGroup) bool {
		return g == nil || len(g.Doubts) > 0 || len(rulesOf(g, d)) > 0
	})
}

// sealedOff is what is found in a direction that is sealed.
func sealedOff(i *model.Interfaces, what string) result {
	out := nothing()
	out.block(fmt.Sprintf("no security group of %s %s", nameOf(i.Name), what))
	return out
}

// everyDoubt are the doubts of the whole network, whatever service they concern.
func (a *analysis) everyDoubt() []model.Doubt {
	n := a.net
	out := slices.Clone(n.Doubts)
	add := func(d ...model.Doubt) { out = append(out, d...) }
	interfaces := func(i *model.Interfaces) {
		if i != nil {
			add(i.Doubts...)
			add(i.GroupDoubts...)
			for _, g := range i.Groups {
				if g != nil {
					add(g.Doubts...)
				}
			}
		}
	}
	for _, v := range n.VPCs {
		add(v.Doubts...)
		for _, s := range v.Subnets {
			add(s.Doubts...)
			if s.Table != nil {
				add(s.Table.Doubts...)
			}
			if s.ACL != nil {
				add(s.ACL.Doubts...)
			}
		}
		for _, e := range v.Endpoints {
			add(e.Doubts...)
			interfaces(e.Interfaces)
			if e.Kind == "" {
				add(doubt(e.Name, "its type is not known"))
			}
		}
	}
	for _, g := range n.TransitGateways {
		add(g.Doubts...)
		for _, x := range g.Attachments {
			add(x.Doubts...)
		}
		for _, x := range g.Tables {
			add(x.Doubts...)
		}
	}
	for _, b := range n.Balancers {
		add(b.Doubts...)
		interfaces(b.Interfaces)
		for _, l := range b.Listeners {
			if l == nil {
				continue
			}
			add(l.Doubts...)
			for _, g := range l.Groups {
				if g != nil {
					add(g.Doubts...)
				}
			}
		}
	}
	for _, x := range n.APIs {
		add(x.Doubts...)
		for _, i := range x.Integrations {
			if i != nil {
				add(i.Doubts...)
				interfaces(i.Link)
			}
		}
	}
	for _, s := range n.Services {
		add(s.Doubts...)
		interfaces(s.Tasks)
	}
	return out
}

// String is a verdict in a sentence about the internet.
func (s Service) String() string {
	return fmt.Sprintf("%s: internet ingress %s, internet egress %s, exfiltration %s", s.Name, s.InternetIngress, s.InternetEgress, s.Exfiltration)
}
