package build

import (
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// targetGroup is a target group with a part for each protocol.
type targetGroup struct {
	parts []*model.TargetGroup
	vpc   *vpc // nil when it is not known
}

func (b *builder) addTargetGroup(r *state.Resource) {
	kind := r.Get("targetType")
	g := &targetGroup{vpc: b.vpcs.find(b, r.Get("vpcId")).one}
	b.targetGroups.add(r, g, r.Get("arn").Or(""))
	name := r.Get("protocol").Or("")
	accepts, ports, why := accepted(r.Get("protocol"), r.Get("port"))
	if kind.Or("") == "lambda" {
		accepts, why = []int{6}, ""
	}
	for _, number := range accepts {
		part := &model.TargetGroup{Name: nameOf(r), Kind: kind.Or("instance"), Traffic: ports}
		part.Traffic.Protocol = number
		part.KeepsClientAddress = b.keepsClient(r, part.Kind, strings.ToUpper(name))
		if why != "" {
			part.Doubts = append(part.Doubts, doubt(r, why))
		}
		if kind.Unknown() {
			part.Doubts = append(part.Doubts, doubt(r, kind.Doubt()))
		}
		g.parts = append(g.parts, part)
	}
}

// keepsClient says whether targets see the address of the client.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
func (b *builder) keepsClient(r *state.Resource, kind, protocol string) model.Truth {
	switch protocol {
	case "HTTP", "HTTPS":
		return model.No
	case "UDP", "TCP_UDP", "QUIC", "TCP_QUIC":
		return model.Yes
	case "TCP", "TLS":
	default:
		return model.Maybe
	}
	switch v := r.Get("preserveClientIp"); kind {
	case "alb":
		return model.Yes
	case "instance":
		return b.truth(v, model.Yes)
	case "ip":
		return b.truth(v, model.No)
	}
	return model.Maybe
}

// ofTargetGroup finds the parts of the target group that a value names. It
// returns what is not known: the target may then be one of any group.
func (b *builder) ofTargetGroup(r *state.Resource, v state.Value, add func(*model.TargetGroup)) (why string) {
	found := b.targetGroups.find(b, v)
	switch {
	case found.one != nil:
		for _, part := range found.one.parts {
			add(part)
		}
		return ""
	case found.id != "":
		// Who forwards to it is in another stack.
		b.absentTargetGroup(r, found.id, add)
		return ""
	}
	return found.why
}

// unreached doubts who sends connections to a target, if there is a why.
func (b *builder) unreached(r *state.Resource, why string) {
	if why != "" {
		b.doubt(r, why+", so it is not known who sends it connections")
	}
}

// absentTargetGroup is a target group that is known by its ARN only: a load
// balancer that is not in the stack forwards to it.
func (b *builder) absentTargetGroup(r *state.Resource, arn string, add func(*model.TargetGroup)) {
	l := b.absentListener(r, arn)
	g := &targetGroup{}
	for _, number := range []int{6, 17} {
		part := &model.TargetGroup{
			Name: model.Name{URN: r.URN, Type: "aws:lb/targetGroup:TargetGroup", ID: arn}, Kind: "ip",
			Traffic: model.Traffic{Protocol: number, To: 65535}, KeepsClientAddress: model.Maybe,
		}
		g.parts = append(g.parts, part)
		add(part)
	}
	b.targetGroups.known(g, arn)
	l.to(g)
}
