package build

import (
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// addBalancer adds an Application, Network or Gateway Load Balancer.
func (b *builder) addBalancer(r *state.Resource) {
	l := &model.LoadBalancer{Name: nameOf(r), Kind: r.Get("loadBalancerType").Or("")}
	b.balancers.add(r, l, r.Get("arn").Or(""))
	b.network.Balancers = append(b.network.Balancers, l)
	switch kind := r.Get("loadBalancerType"); l.Kind {
	case "application", "network", "gateway":
	default:
		l.Kind = "application" // when nothing is said
		if !kind.Empty() {
			l.Doubts = append(l.Doubts, doubt(r, kind.Doubt()))
		}
	}
	known := len(l.Doubts) == 0
	l.Internal = b.truth(r.Get("internal"), model.No)
	if v := r.Get("internal"); v.Absent() && r.Made() {
		l.Internal = model.Maybe // the provider always writes it
	}
	groups := r.Get("securityGroups")
	l.Interfaces = &model.Interfaces{Name: l.Name, Forwards: model.No}
	b.placeBalancer(l.Interfaces, r)
	elements, complete := groups.List()
	if l.Kind == "network" && complete && len(elements) == 0 {
		// A Network Load Balancer that was made without groups has none.
		// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
		l.Interfaces.Unfiltered = true
	} else {
		b.guard(l.Interfaces, r, groups)
	}
	if !known {
		// A Network Load Balancer may have no group at all.
		l.Interfaces.GroupDoubts = append(l.Interfaces.GroupDoubts, l.Doubts...)
	}
	l.Interfaces.PublicIPv4 = -l.Internal
	l.Interfaces.IPv6 = model.No
	switch stack := r.Get("ipAddressType"); stack.Or("") {
	case "dualstack":
		l.Interfaces.IPv6 = model.Yes
	case "dualstack-without-public-ipv4":
		l.Interfaces.IPv6, l.Interfaces.PublicIPv4 = model.Yes, model.No
	case "ipv4":
	default:
		if !stack.Empty() {
			l.Interfaces.IPv6 = model.Maybe
		}
	}
	if l.Kind == "gateway" {
		l.Doubts = append(l.Doubts, doubt(r, "is a Gateway Load Balancer, behind which the proof does not look"))
	}
}

// placeBalancer puts a load balancer into its subnets, which it names in a list
// or one by one with an address each.
func (b *builder) placeBalancer(i *model.Interfaces, r *state.Resource) {
	mappings := r.Get("subnetMappings")
	if subnets := r.Get("subnets"); !subnets.Unset() || mappings.Unset() {
		b.place(i, r, subnets)
		return
	}
	elements, complete := mappings.List()
	if !complete {
		b.place(i, r, mappings)
	}
	for _, m := range elements {
		b.place(i, r, m.Get("subnetId"))
	}
}

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
