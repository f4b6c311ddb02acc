package build

import (
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// addScalingTargets registers the hosts of an Auto Scaling group, which names
// its target groups itself.
func (b *builder) addScalingTargets(r *state.Resource) {
	s := b.scaling.of(r)
	if s == nil {
		return
	}
	for _, property := range []string{"targetGroupArns", "loadBalancers"} {
		for _, list := range r.Both(property) {
			elements, complete := list.List()
			if !complete {
				b.doubt(r, list.Doubt()+", so it is not known who sends its hosts connections")
			}
			for _, e := range elements {
				if property == "loadBalancers" {
					b.inClassic(r, e, model.GroupTarget{Hosts: s.hosts})
				} else {
					b.addHosts(r, e, s)
				}
			}
		}
	}
	for _, list := range r.Both("trafficSources") {
		elements, _ := list.List()
		for _, e := range elements {
			b.addSource(r, e, s)
		}
	}
}

func (b *builder) addHosts(r *state.Resource, v state.Value, s *scaling) {
	b.unreached(r, b.ofTargetGroup(r, v, func(g *model.TargetGroup) {
		target := model.GroupTarget{Hosts: s.hosts, Traffic: g.Traffic}
		if !slices.Contains(g.Targets, target) {
			g.Targets = append(g.Targets, target)
		}
	}))
}

// addSource registers hosts with a traffic source: a target group, a classic
// load balancer, or VPC Lattice, which is looked at elsewhere.
func (b *builder) addSource(r *state.Resource, source state.Value, s *scaling) {
	switch strings.ToLower(source.Get("type").Or("")) {
	case "elb":
		b.inClassic(r, source.Get("identifier"), model.GroupTarget{Hosts: s.hosts})
	case "vpc-lattice":
		b.doubt(r, "is a target of VPC Lattice, which the proof does not look at")
	default:
		b.addHosts(r, source.Get("identifier"), s)
	}
}

// addScalingAttachment ties an Auto Scaling group to a load balancer.
func (b *builder) addScalingAttachment(r *state.Resource) {
	found := b.scaling.find(b, r.Get("autoscalingGroupName"))
	if found.one == nil {
		if found.id == "" {
			b.unreached(r, found.why)
		}
		return
	}
	// Releases before 6 had another name for it.
	for _, property := range []string{"lbTargetGroupArn", "albTargetGroupArn"} {
		if v := r.Get(property); !v.Empty() {
			b.addHosts(r, v, found.one)
		}
	}
	if v := r.Get("elb"); !v.Empty() {
		b.inClassic(r, v, model.GroupTarget{Hosts: found.one.hosts})
	}
	if v := r.Get("trafficSource"); !v.Unset() {
		b.addSource(r, v, found.one)
	}
}
