package build

import (
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// addClassic adds a Classic Load Balancer. It forwards as an Application Load
// Balancer does, by itself and from its own addresses; each of its listeners is
// its only target group.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/introduction.html
func (b *builder) addClassic(r *state.Resource) {
	l := &model.LoadBalancer{Name: nameOf(r), Kind: "application", Internal: b.truth(r.Get("internal"), model.No)}
	b.classics.add(r, l, r.Get("name").Or(""), r.Get("arn").Or(""))
	b.network.Balancers = append(b.network.Balancers, l)
	l.Interfaces = b.interfaces(r, r.Get("subnets"), r.Get("securityGroups"))
	l.Interfaces.PublicIPv4, l.Interfaces.IPv6 = -l.Internal, model.No
	for _, list := range r.Both("listeners") {
		entries, complete := list.List()
		if !complete {
			l.Doubts = append(l.Doubts, doubt(r, list.Doubt()))
		}
		for _, e := range entries {
			part := &model.Listener{Name: l.Name, Balancer: l, Traffic: model.Traffic{Protocol: 6, To: 65535}}
			group := &model.TargetGroup{Name: l.Name, Kind: "instance", Traffic: part.Traffic, KeepsClientAddress: model.No}
			for property, t := range map[string]*model.Traffic{"lbPort": &part.Traffic, "instancePort": &group.Traffic} {
				if port, ok := e.Get(property).Int(); ok {
					t.From, t.To = port, port
				} else {
					part.Doubts = append(part.Doubts, doubt(r, e.Get(property).Doubt()))
				}
			}
			same := func(other *model.Listener) bool { return other.Traffic == part.Traffic }
			if !slices.ContainsFunc(l.Listeners, same) {
				part.Groups = []*model.TargetGroup{group}
				l.Listeners = append(l.Listeners, part)
			}
		}
	}
	for _, list := range r.Both("instances") {
		elements, complete := list.List()
		if !complete {
			l.Doubts = append(l.Doubts, doubt(r, list.Doubt()))
		}
		for _, e := range elements {
			b.inClassicInstance(r, l, e)
		}
	}
}

func (b *builder) addClassicAttachment(r *state.Resource) {
	found := b.classics.find(b, r.Get("elb"))
	if found.one == nil {
		for _, l := range found.some {
			l.Doubts = append(l.Doubts, doubt(r, found.why))
		}
		return
	}
	b.inClassicInstance(r, found.one, r.Get("instance"))
}

func (b *builder) inClassicInstance(r *state.Resource, l *model.LoadBalancer, instance state.Value) {
	found := b.hosts.find(b, instance)
	if found.one != nil {
		register(l, model.GroupTarget{Hosts: found.one})
		return
	}
	for _, part := range l.Listeners {
		part.Doubts = append(part.Doubts, doubt(r, found.why))
	}
}

// inClassic registers a target with a Classic Load Balancer.
func (b *builder) inClassic(r *state.Resource, name state.Value, target model.GroupTarget) {
	found := b.classics.find(b, name)
	if found.one == nil {
		b.unreached(r, found.why)
		return
	}
	register(found.one, target)
}

func register(l *model.LoadBalancer, target model.GroupTarget) {
	for _, part := range l.Listeners {
		for _, group := range part.Groups {
			target.Traffic = group.Traffic
			if !slices.Contains(group.Targets, target) {
				group.Targets = append(group.Targets, target)
			}
		}
	}
}
