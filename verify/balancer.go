package verify

import (
	"fmt"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// throughDoors says what of the internet reaches a service's tasks through load
// balancers and APIs.
func (a *analysis) throughDoors(s *model.Service) result {
	out := nothing()
	for _, doors := range [][]door{a.doors[s], a.anyDoors} {
		for _, d := range doors {
			if d.given.truth == model.No {
				continue
			}
			if d.api != nil {
				out.add(a.throughAPI(d, s))
				continue
			}
			out.add(a.throughBalancer(d, s))
		}
	}
	return out
}

// throughBalancer: a client reaches the balancer's interfaces as it would reach
// any others, at a listener's port, and the balancer opens a connection to the
// target.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
func (a *analysis) throughBalancer(d door, s *model.Service) result {
	b := d.balancer
	if b.Interfaces == nil {
		return undecided(doubt(b.Name, "its network interfaces are not known"))
	}
	return a.perSubnet(b.Interfaces, func(at *model.Subnet) result {
		out := nothing()
		for _, f := range familiesOf(b.Interfaces, at) {
			for _, w := range a.entriesOf(at, f) {
				if w.base.truth == model.No {
					out.block(fmt.Sprintf("load balancer %s: %s", nameOf(b.Name), w.base.why))
					continue
				}
				w.stages = append([]stage{
					groupsStage(b.Interfaces, inward, fmt.Sprintf("no security group of load balancer %s admits it", nameOf(b.Name))),
					listenerStage(d.listener),
				}, w.stages...)
				hops := append([]hop{{label: theInternet, why: "opens a connection"}}, w.hops...)
				hops = append(hops, groupHop(b.Interfaces, 1, inward), balancerHop(b, d.listener))
				w.stages = append(slices.Clip(w.stages), a.stepsStage(d, place{b.Interfaces, at}, s, f))
				w.hops = append(append(hops, a.stepHops(d.steps, s)...), tasksHops(s, len(w.stages))...)
				faces := all(d.given, when(-b.Internal, b.Name, "whether it faces the internet is not known", ""))
				if f == addr.IPv6 {
					faces = all(faces, hasIPv6(place{b.Interfaces, at}), when(b.Interfaces.IPv6, b.Name, "whether it has IPv6 addresses is not known", ""))
				}
				out.add(a.weighWith(Ingress, &w, faces, a.listsOf(b.Interfaces, inward, &way{})))
			}
		}
		return out
	})
}

// listenerStage passes what a listener accepts.
func listenerStage(l *model.Listener) stage {
	t := l.Traffic
	return stage{
		closed:   fmt.Sprintf("listener %s accepts %s", nameOf(l.Name), showTraffic(t)),
		traffics: []model.Traffic{t},
		ask: func(p packet) (answer, *model.Rule) {
			return truth(p.proto.hasPorts() && covers(t, p.proto, p.port) && (t.Protocol != everyProtocol || t.From <= p.port && p.port <= t.To)), nil
		},
	}
}

func balancerHop(b *model.LoadBalancer, l *model.Listener) hop {
	kind := b.Kind
	if kind == "" {
		kind = "classic"
	}
	return hop{Name: b.Name, why: fmt.Sprintf("%s load balancer, listens at %s", kind, showTraffic(l.Traffic))}
}

// stepHops are the hops behind the first balancer, up to the tasks.
func (a *analysis) stepHops(steps []step, s *model.Service) []hop {
	var out []hop
	for _, st := range steps {
		if st.group != nil {
			to := "the tasks"
			if st.to != nil {
				to = nameOf(st.to.Name)
			}
			out = append(out, hop{Name: st.group.Name, why: fmt.Sprintf("forwards to %s at %s", to, showTraffic(st.traffic))})
		}
		if st.to != nil {
			out = append(out, hop{Name: st.to.Name, why: fmt.Sprintf("%s load balancer, listens at %s", st.to.Kind, showTraffic(st.traffic))})
		}
	}
	return out
}

func tasksHops(s *model.Service, stage int) []hop {
	out := []hop{}
	if s.Tasks != nil {
		out = append(out, groupHop(s.Tasks, stage, inward))
	}
	return append(out, hop{Name: s.Name, why: "its tasks accept the connection"})
}

// stepsStage is the filter that everything behind a balancer is together. It
// depends on the client's address only where that is kept.
func (a *analysis) stepsStage(d door, from place, s *model.Service, f addr.Family) stage {
	st := stage{closed: fmt.Sprintf("the tasks of %s are not reached from load balancer %s", nameOf(s.Name), nameOf(d.balancer.Name))}
	if len(d.steps) > 0 && f == addr.IPv6 {
		d.steps = keptIPv6(d.steps, s)
	}
	kept := len(d.steps) > 0 && d.steps[0].kept != model.No
	if !kept {
		out, rule := a.walk(from, d.steps, s, nil)
		st.ask = func(packet) (answer, *model.Rule) { return out, rule }
		return st
	}
	st.ask = func(p packet) (answer, *model.Rule) {
		return a.walk(from, d.steps, s, &client{far: p.far})
	}
	to := a.interfacesOf(d.steps[0], s)
	if to == nil {
		return st
	}
	st.blocks = groupsStage(to, inward, "").blocks
	for _, n := range to.Subnets {
		if n != nil && n.ACL != nil {
			for _, entries := range [][]model.ACLEntry{n.ACL.Ingress, n.ACL.Egress} {
				for _, e := range entries {
					st.blocks = append(st.blocks, e.Block)
				}
			}
		}
	}
	return st
}

// keptIPv6 says what targets see of IPv6 clients: their addresses only if they
// are registered by IPv6 addresses themselves.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
func keptIPv6(steps []step, s *model.Service) []step {
	out := slices.Clone(steps)
	to := s.Tasks
	if out[0].to != nil {
		to = out[0].to.Interfaces
	}
	if to != nil && to.IPv6 == model.No {
		out[0].kept = model.No
	} else if out[0].kept == model.Yes {
		out[0].kept = model.Maybe
	}
	return out
}
