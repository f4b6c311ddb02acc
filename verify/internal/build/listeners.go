package build

import (
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// listenerTraffic is what a listener of a protocol accepts; TCP_UDP is both.
var listenerTraffic = map[string][]int{
	"HTTP": {6}, "HTTPS": {6}, "TCP": {6}, "TLS": {6}, "SSL": {6}, "UDP": {17}, "QUIC": {17},
	"TCP_UDP": {6, 17}, "TCP_QUIC": {6, 17},
}

// listener is a listener with a part for each protocol that it accepts.
type listener struct{ parts []*model.Listener }

func (b *builder) addListener(r *state.Resource) {
	l := &listener{}
	b.listeners.add(r, l, r.Get("arn").Or(""))
	found := b.balancers.find(b, r.Get("loadBalancerArn"))
	some := found.some
	if found.one != nil {
		some = []*model.LoadBalancer{found.one}
	}
	if len(some) == 0 {
		// The load balancer is outside of the stack; its targets are not.
		name := model.Name{URN: r.URN, Type: "aws:lb/loadBalancer:LoadBalancer", ID: found.id}
		balancer := &model.LoadBalancer{
			Name: name, Kind: kindByARN(found.id), Interfaces: &model.Interfaces{Name: name, Doubts: []model.Doubt{doubt(r, found.why)}},
			Doubts: []model.Doubt{doubt(r, found.why)},
		}
		b.network.Balancers = append(b.network.Balancers, balancer)
		if found.id != "" {
			b.balancers.known(balancer, found.id)
		}
		some = []*model.LoadBalancer{balancer}
	}
	accepts, ports, why := accepted(r.Get("protocol"), r.Get("port"))
	for _, balancer := range some {
		for _, number := range accepts {
			part := &model.Listener{Name: nameOf(r), Balancer: balancer, Traffic: ports}
			part.Traffic.Protocol = number
			if why != "" {
				part.Doubts = append(part.Doubts, doubt(r, why))
			}
			if found.one == nil {
				part.Doubts = append(part.Doubts, doubt(r, found.why))
			}
			balancer.Listeners = append(balancer.Listeners, part)
			l.parts = append(l.parts, part)
		}
	}
	// The first releases of the provider wrote a single one.
	b.forwards(r, l, slices.Concat(r.Both("defaultActions"), r.Both("defaultAction")))
}

func kindByARN(arn string) string {
	switch {
	case strings.Contains(arn, "loadbalancer/net/"):
		return "network"
	case strings.Contains(arn, "loadbalancer/gwy/"):
		return "gateway"
	}
	return "application"
}

func accepted(protocolValue, portValue state.Value) (numbers []int, ports model.Traffic, why string) {
	ports = model.Traffic{From: 0, To: 65535}
	if port, ok := portValue.Int(); ok {
		ports.From, ports.To = port, port
	} else {
		why = portValue.Doubt()
	}
	numbers, ok := listenerTraffic[strings.ToUpper(protocolValue.Or(""))]
	if !ok {
		numbers = []int{6, 17}
		why = protocolValue.Doubt()
	}
	return numbers, ports, why
}

func (b *builder) addListenerRule(r *state.Resource) {
	found := b.listeners.find(b, r.Get("listenerArn"))
	switch {
	case found.one != nil:
		b.forwards(r, found.one, r.Both("actions"))
	case found.id == "":
		for _, l := range found.some {
			for _, part := range l.parts {
				part.Doubts = append(part.Doubts, doubt(r, found.why))
			}
		}
	default:
		// A rule on a listener of another stack: who can reach that is unknown.
		l := b.absentListener(r, found.id)
		b.forwards(r, l, r.Both("actions"))
	}
}

// absentListener is a listener that is known by its ARN only.
func (b *builder) absentListener(r *state.Resource, arn string) *listener {
	what := doubt(r, "forwards for "+arn+", which is not in the stack")
	name := model.Name{URN: r.URN, Type: "aws:lb/listener:Listener", ID: arn}
	balancer := &model.LoadBalancer{
		Name: name, Kind: "application", Doubts: []model.Doubt{what},
		Interfaces: &model.Interfaces{Name: name, Doubts: []model.Doubt{what}},
	}
	if strings.Contains(arn, "listener/net/") {
		balancer.Kind = "network"
	}
	l := &listener{}
	for _, number := range []int{6, 17} {
		part := &model.Listener{Name: name, Balancer: balancer, Traffic: model.Traffic{Protocol: number, To: 65535}, Doubts: []model.Doubt{what}}
		balancer.Listeners, l.parts = append(balancer.Listeners, part), append(l.parts, part)
	}
	b.network.Balancers = append(b.network.Balancers, balancer)
	b.listeners.known(l, arn)
	return l
}

// forwards reads the actions of a listener, or of one of its rules.
func (b *builder) forwards(r *state.Resource, l *listener, lists []state.Value) {
	unsure := func(why string) {
		for _, part := range l.parts {
			part.Doubts = append(part.Doubts, doubt(r, why))
		}
	}
	for _, list := range lists {
		actions, complete := list.List()
		if !complete {
			unsure(list.Doubt())
		}
		for _, a := range actions {
			to := []state.Value{a.Get("targetGroupArn")}
			groups, complete := a.Get("forward").Get("targetGroups").List()
			if !complete {
				unsure(a.Get("forward").Doubt())
			}
			for _, g := range groups {
				to = append(to, g.Get("arn"))
			}
			for _, v := range to {
				if v.Empty() {
					continue
				}
				found := b.targetGroups.find(b, v)
				some := found.some
				if found.one != nil {
					some = []*targetGroup{found.one}
				} else {
					unsure(found.why)
				}
				for _, g := range some {
					l.to(g)
				}
			}
			if kind := a.Get("type"); strings.EqualFold(kind.Or(""), "forward") && allEmpty(to) {
				unsure("its " + a.Path() + " forwards to something that is not known")
			} else if !kind.Known() && allEmpty(to) {
				unsure(kind.Doubt())
			}
		}
	}
}

func allEmpty(values []state.Value) bool {
	return !slices.ContainsFunc(values, func(v state.Value) bool { return !v.Empty() })
}

// to forwards what a listener accepts to the group of the same protocol.
func (l *listener) to(g *targetGroup) {
	for _, part := range l.parts {
		for _, group := range g.parts {
			if group.Traffic.Protocol == part.Traffic.Protocol && !slices.Contains(part.Groups, group) {
				part.Groups = append(part.Groups, group)
			}
		}
	}
}
