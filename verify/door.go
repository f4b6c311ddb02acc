package verify

import (
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// door is a way to a service's tasks through a load balancer or an API: where it
// begins, and the steps from there. The last step ends at the tasks.
type door struct {
	// balancer and listener at which the internet knocks; nil for an API.
	listener *model.Listener
	balancer *model.LoadBalancer
	// api and its integration, with the steps beginning at its VPC link.
	api         *model.API
	integration *model.Integration
	steps       []step
	// given is what is not known about the steps.
	given answer
}

// step leads from interfaces to interfaces: to a load balancer that a listener
// or an integration names, or to tasks.
type step struct {
	to      *model.LoadBalancer // nil: the tasks of the service
	traffic model.Traffic
	group   *model.TargetGroup // that leads there, nil for an API's integration
	kept    model.Truth        // whether the client's address is seen there
}

// findDoors finds every door, by service; those that may lead to any service are
// kept apart.
func (a *analysis) findDoors() {
	a.doors = map[*model.Service][]door{}
	onHosts := map[*model.Interfaces][]*model.Service{}
	for _, s := range a.net.Services {
		if s.Tasks != nil {
			onHosts[s.Tasks] = append(onHosts[s.Tasks], s)
		}
	}
	f := doorFinder{a, onHosts}
	for _, b := range a.net.Balancers {
		if b.Internal == model.Yes || b.Kind == "gateway" {
			continue
		}
		f.listeners(b, door{balancer: b, given: yes})
	}
	for _, api := range a.net.APIs {
		if api.Public == model.No {
			continue
		}
		f.api(api)
	}
}

type doorFinder struct {
	*analysis
	onHosts map[*model.Interfaces][]*model.Service
}

// listeners follows every listener of a balancer.
func (f doorFinder) listeners(b *model.LoadBalancer, d door) {
	for _, l := range b.Listeners {
		if l == nil {
			continue
		}
		on := d
		on.listener = l
		f.listener(l, on)
	}
	if len(b.Doubts) > 0 { // it may have other listeners
		on := d
		on.listener = &model.Listener{Name: b.Name, Balancer: b, Traffic: anything}
		f.toAnything(on, nil, b.Doubts)
	}
}

// listener follows what a listener forwards to.
func (f doorFinder) listener(l *model.Listener, d door) {
	for _, g := range l.Groups {
		if g == nil {
			f.toAnything(d, nil, []model.Doubt{doubt(l.Name, "one of the target groups that it forwards to is not known")})
			continue
		}
		f.group(g, d)
	}
	if len(l.Doubts) > 0 {
		f.toAnything(d, nil, l.Doubts)
	}
}

// group follows a target group's targets.
func (f doorFinder) group(g *model.TargetGroup, d door) {
	if g.Kind == "lambda" {
		return
	}
	for _, t := range g.Targets {
		traffic := t.Traffic
		if traffic == (model.Traffic{}) {
			traffic = g.Traffic
		}
		on := d
		on.steps = append(slices.Clip(d.steps), step{to: t.Balancer, traffic: traffic, group: g, kept: g.KeepsClientAddress})
		switch {
		case t.Service != nil:
			f.doors[t.Service] = append(f.doors[t.Service], on)
		case t.Balancer != nil:
			f.balancer(t.Balancer, traffic, on)
		case t.Hosts != nil:
			for _, s := range f.onHosts[t.Hosts] {
				f.doors[s] = append(f.doors[s], on)
			}
		}
	}
	if len(g.Doubts) > 0 {
		f.toAnything(d, g, g.Doubts)
	}
}

// balancer follows the listeners of a balancer that is itself a target, at the
// port that it is reached at.
func (f doorFinder) balancer(b *model.LoadBalancer, t model.Traffic, d door) {
	const most = 4 // a balancer in front of itself
	if len(d.steps) > most {
		return
	}
	for _, l := range b.Listeners {
		if l != nil && meets(l.Traffic, t) {
			f.listener(l, d)
		}
	}
	if len(b.Doubts) > 0 {
		f.toAnything(d, nil, b.Doubts)
	}
}

// anything is every packet to every port.
var anything = model.Traffic{Protocol: everyProtocol, To: 65535}

// toAnything is a door that may lead to any service, or to another balancer: an
// API's integration to each, and a Network Load Balancer's target group to those
// of the application kind.
func (f doorFinder) toAnything(d door, g *model.TargetGroup, doubts []model.Doubt) {
	d.given = all(d.given, maybe(doubts...))
	last := d.balancer
	for _, s := range d.steps {
		last = s.to
	}
	if last == nil || last.Kind == "network" {
		for _, b := range f.net.Balancers {
			if b == last || b.Kind != "application" && last != nil {
				continue
			}
			on := d
			on.steps = append(slices.Clip(d.steps), step{to: b, traffic: anything, group: g, kept: model.Maybe})
			f.balancer(b, anything, on)
		}
	}
	d.steps = append(slices.Clip(d.steps), step{traffic: anything, group: g, kept: model.Maybe})
	f.anyDoors = append(f.anyDoors, d)
}

// api follows the integrations of an API.
func (f doorFinder) api(api *model.API) {
	start := door{api: api, given: when(api.Public, api.Name, "whether anybody can call it is not known", "")}
	for _, i := range api.Integrations {
		if i == nil {
			continue
		}
		d := start
		d.integration = i
		d.given = all(d.given, unsure(i.Doubts))
		balancer, listener := i.Balancer, i.Listener
		if listener != nil && balancer == nil {
			balancer = listener.Balancer
		}
		switch {
		case len(i.Services) > 0:
			d.steps = []step{{traffic: i.Traffic}}
			for _, s := range i.Services {
				f.doors[s] = append(f.doors[s], d)
			}
		case listener != nil:
			d.steps = []step{{to: balancer, traffic: listener.Traffic}}
			f.listener(listener, d)
		case balancer != nil:
			for _, l := range balancer.Listeners {
				if l != nil {
					on := d
					on.steps = []step{{to: balancer, traffic: l.Traffic}}
					f.listener(l, on)
				}
			}
			if len(balancer.Doubts) > 0 {
				f.toAnything(d, nil, balancer.Doubts)
			}
		}
		if len(i.Doubts) > 0 {
			f.toAnything(d, nil, i.Doubts)
		}
	}
	if len(api.Doubts) > 0 {
		f.toAnything(start, nil, api.Doubts)
	}
}

// meets says whether two kinds of traffic have a packet in common.
func meets(a, b model.Traffic) bool {
	if a == (model.Traffic{}) || b == (model.Traffic{}) {
		return true // not known
	}
	if a.Protocol != b.Protocol && a.Protocol != everyProtocol && b.Protocol != everyProtocol {
		return false
	}
	x, y := portsOf(a), portsOf(b)
	return x.From <= y.To && y.From <= x.To
}
