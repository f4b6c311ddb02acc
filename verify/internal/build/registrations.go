package build

import (
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// addTargetAttachment registers one target by itself.
func (b *builder) addTargetAttachment(r *state.Resource) {
	id := r.Get("targetId")
	addressed, unaddressed := b.byAddress(r)
	why := b.ofTargetGroup(r, r.Get("targetGroupArn"), func(g *model.TargetGroup) {
		target := model.GroupTarget{Traffic: g.Traffic}
		if port, ok := r.Get("port").Int(); ok && port > 0 {
			target.Traffic.From, target.Traffic.To = port, port
		} else if r.Get("port").Unknown() {
			g.Doubts = append(g.Doubts, doubt(r, r.Get("port").Doubt()))
		}
		balancer, host := b.balancers.find(b, id), b.hosts.find(b, id)
		switch {
		case balancer.one != nil && (g.Kind == "alb" || host.one == nil):
			target.Balancer = balancer.one
		case host.one != nil:
			target.Hosts = host.one
		case addressed != nil:
			target.Hosts = addressed
		case unaddressed != "":
			g.Doubts = append(g.Doubts, doubt(r, unaddressed))
			return
		case strings.HasPrefix(id.Or(""), "arn:") && strings.Contains(id.Or(""), ":lambda:"):
			return
		default:
			g.Doubts = append(g.Doubts, doubt(r, "registers "+id.Or("a target that is not known yet")+", which is not in the stack"))
			return
		}
		g.Targets = append(g.Targets, target)
	})
	b.unreached(r, why)
}

// registers adds a service's tasks to the target groups that it names.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html
func (b *builder) registers(r *state.Resource, service *model.Service, lists []state.Value) {
	for _, list := range lists {
		entries, complete := list.List()
		if !complete {
			service.Doubts = append(service.Doubts, doubt(r, list.Doubt()))
		}
		for _, e := range entries {
			for _, v := range []state.Value{e.Get("targetGroupArn"), e.Get("advancedConfiguration").Get("alternateTargetGroupArn")} {
				if v.Empty() {
					continue
				}
				if why := b.ofTargetGroup(r, v, func(g *model.TargetGroup) { b.register(g, service, e.Get("containerPort")) }); why != "" {
					service.Doubts = append(service.Doubts, doubt(r, why))
				}
			}
			classic := e.Get("elbName")
			switch {
			case !classic.Empty():
				b.inClassic(r, classic, model.GroupTarget{Service: service})
			case e.Get("targetGroupArn").Empty():
				service.Doubts = append(service.Doubts, doubt(r, "has a load balancer in its "+e.Path()+", and which is missing"))
			}
		}
	}
}

// register adds a service's tasks to a target group, at the container's port, or
// where tasks share their host's interfaces at the port that they have there.
func (b *builder) register(g *model.TargetGroup, service *model.Service, port state.Value) {
	target := model.GroupTarget{Service: service, Traffic: g.Traffic}
	switch number, ok := port.Int(); {
	case ok && number > 0 && !service.OnHosts:
		target.Traffic.From, target.Traffic.To = number, number
	case service.OnHosts:
		target.Traffic.From, target.Traffic.To = 0, 65535
		for _, p := range service.Ports {
			if len(service.Ports) == 1 {
				target.Traffic.From, target.Traffic.To = p.From, p.To
			}
		}
	default:
		target.Traffic.From, target.Traffic.To = 0, 65535
		g.Doubts = append(g.Doubts, doubt(port.Owner(), port.Doubt()))
	}
	if !slices.Contains(g.Targets, target) {
		g.Targets = append(g.Targets, target)
	}
}
