package build

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

func itoa(n int) string { return strconv.Itoa(n) }

func atoi(text string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	return n, err == nil
}

// template is a launch template, or a launch configuration.
type template struct {
	r *state.Resource
	// groups and public are what it says about the first interface; own is the
	// subnet that it names.
	groups, public, own state.Value
	six                 []state.Value
	userData            string
}

func (b *builder) addTemplate(r *state.Resource) {
	t := &template{r: r, groups: r.Get("vpcSecurityGroupIds"), userData: decoded(r.Get("userData"))}
	interfaces, complete := r.Get("networkInterfaces").List()
	if !complete {
		t.public = r.Get("networkInterfaces")
	}
	for i, n := range interfaces {
		if index, ok := n.Get("deviceIndex").Int(); i == 0 || ok && index == 0 {
			t.public, t.own = n.Get("associatePublicIpAddress"), n.Get("subnetId")
			t.six = []state.Value{n.Get("ipv6AddressCount"), n.Get("ipv6Addresses")}
			if groups := n.Get("securityGroups"); !groups.Empty() {
				t.groups = groups
			}
		}
	}
	b.templates.add(r, t, r.Get("name").Or(""), r.Get("arn").Or(""))
}

func (b *builder) addConfiguration(r *state.Resource) {
	t := &template{r: r, groups: r.Get("securityGroups"), public: r.Get("associatePublicIpAddress")}
	t.userData = decoded(r.Get("userDataBase64")) + decoded(r.Get("userData"))
	b.templates.add(r, t, r.Get("name").Or(""), r.Get("arn").Or(""))
}

// decoded is user data as the host sees it.
func decoded(v state.Value) string {
	text, _ := v.Text()
	if plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text)); err == nil {
		return string(plain)
	}
	return text
}

// scaling is an Auto Scaling group, or an instance, with its hosts.
type scaling struct {
	hosts    *model.Interfaces
	userData string
}

func (b *builder) addScalingGroup(r *state.Resource) {
	s := &scaling{}
	b.scaling.add(r, s, r.Get("name").Or(""), r.Get("arn").Or(""))
	b.machines = append(b.machines, s)
	found := b.templateOf(r)
	var groups, public, own state.Value
	if t := found.one; t != nil {
		groups, public, own, s.userData = t.groups, t.public, t.own, t.userData
	}
	subnets := r.Get("vpcZoneIdentifiers")
	if subnets.Empty() && own.Owner() != nil && !own.Empty() {
		subnets = own
	}
	s.hosts = &model.Interfaces{Name: nameOf(r), Forwards: model.No}
	b.place(s.hosts, r, subnets)
	if found.one == nil {
		s.hosts.GroupDoubts = append(s.hosts.GroupDoubts, doubt(r, found.why))
		s.hosts.PublicIPv4 = model.Maybe
		return
	}
	b.guard(s.hosts, found.one.r, groups)
	b.address(s.hosts, public, found.one.six)
}

// address says which addresses hosts get: what they or their template say, or
// else what their subnets' settings say.
func (b *builder) address(hosts *model.Interfaces, public state.Value, six []state.Value) {
	if public.Owner() == nil || public.Empty() && !hiddenIn(public) {
		hosts.PublicBySubnet, hosts.PublicIPv4 = true, mapped(hosts.Subnets)
	} else {
		hosts.PublicIPv4 = b.truth(public, model.Maybe)
	}
	hosts.IPv6 = max(assigned6(hosts.Subnets), asked6(six))
}

// asked6 is whether interfaces are made with IPv6 addresses: by a number of
// them, or by a list.
func asked6(values []state.Value) model.Truth {
	most := model.No
	for _, v := range values {
		if count, ok := v.Int(); ok {
			most = max(most, yes(count > 0))
		} else if list, complete := v.List(); complete {
			most = max(most, yes(len(list) > 0))
		} else if !v.Empty() || hiddenIn(v) {
			most = max(most, model.Maybe)
		}
	}
	return most
}

// templateOf is the launch template or configuration of an Auto Scaling group.
func (b *builder) templateOf(r *state.Resource) tie[template] {
	for _, v := range []state.Value{
		r.Get("launchTemplate").Get("id"), r.Get("launchTemplate").Get("name"), r.Get("launchConfiguration"),
		r.Get("mixedInstancesPolicy").Get("launchTemplate").Get("launchTemplateSpecification").Get("launchTemplateId"),
		r.Get("mixedInstancesPolicy").Get("launchTemplate").Get("launchTemplateSpecification").Get("launchTemplateName"),
	} {
		if !v.Empty() {
			return b.templates.find(b, v)
		}
	}
	return tie[template]{why: "its launchTemplate is missing"}
}

func (b *builder) addInstance(r *state.Resource) {
	subnets, groups := r.Get("subnetId"), r.Get("vpcSecurityGroupIds")
	six := []state.Value{r.Get("ipv6AddressCount"), r.Get("ipv6Addresses")}
	public, userData := r.Get("associatePublicIpAddress"), decoded(r.Get("userDataBase64"))+decoded(r.Get("userData"))
	if v := r.Get("launchTemplate"); !v.Empty() {
		found := b.templates.find(b, v.Get("id"))
		if found.none {
			found = b.templates.find(b, v.Get("name"))
		}
		if t := found.one; t != nil {
			if groups.Empty() {
				groups = t.groups
			}
			if public.Empty() {
				public = t.public
			}
			if subnets.Empty() && t.own.Owner() != nil {
				subnets = t.own
			}
			six = append(six, t.six...)
			userData += t.userData
		}
	}
	var hosts *model.Interfaces
	attached, _ := r.Get("networkInterfaces").List()
	if primary := r.Get("primaryNetworkInterface").Get("networkInterfaceId"); !primary.Empty() {
		attached = append(attached, r.Get("primaryNetworkInterface"))
	}
	for _, n := range attached {
		if found := b.hosts.find(b, n.Get("networkInterfaceId")); found.one != nil {
			hosts = found.one
			break
		}
	}
	if hosts == nil {
		hosts = b.interfaces(r, subnets, groups)
		b.address(hosts, public, six)
		if check, ok := r.Get("sourceDestCheck").Bool(); ok {
			hosts.Forwards = yes(!check)
		} else if v := r.Get("sourceDestCheck"); v.Unknown() || hiddenIn(v) {
			hosts.Forwards = model.Maybe
		}
	}
	b.hosts.add(r, hosts, r.Get("primaryNetworkInterfaceId").Or(""))
	b.machines = append(b.machines, &scaling{hosts: hosts, userData: userData})
}

func (b *builder) addNetworkInterface(r *state.Resource) {
	hosts := b.interfaces(r, r.Get("subnetId"), r.Get("securityGroups"))
	hosts.PublicIPv4 = model.No
	hosts.IPv6 = max(assigned6(hosts.Subnets), asked6([]state.Value{r.Get("ipv6AddressCount"), r.Get("ipv6Addresses"), r.Get("ipv6AddressLists")}))
	if check, ok := r.Get("sourceDestCheck").Bool(); ok {
		hosts.Forwards = yes(!check)
	} else if v := r.Get("sourceDestCheck"); v.Unknown() || hiddenIn(v) {
		hosts.Forwards = model.Maybe
	}
	b.hosts.add(r, hosts)
}

// addInterfaceGroup puts a security group on an interface that exists.
func (b *builder) addInterfaceGroup(r *state.Resource) {
	found := b.hosts.find(b, r.Get("networkInterfaceId"))
	some := found.some
	if found.one != nil {
		some = []*model.Interfaces{found.one}
	}
	for _, h := range some {
		if found.one == nil {
			h.GroupDoubts = append(h.GroupDoubts, doubt(r, found.why))
			continue
		}
		b.guard(h, r, r.Get("securityGroupId"))
	}
}

// addAddress: an Elastic IP makes a host public.
func addAddress(properties ...string) func(*builder, *state.Resource) {
	return func(b *builder, r *state.Resource) {
		for _, property := range properties {
			v := r.Get(property)
			if v.Empty() {
				continue
			}
			found := b.hosts.find(b, v)
			if found.one != nil {
				found.one.PublicIPv4, found.one.PublicBySubnet = model.Yes, false
			}
			for _, h := range found.some {
				h.PublicIPv4, h.PublicBySubnet = max(h.PublicIPv4, model.Maybe), false
			}
		}
	}
}

// provider is a capacity provider with the hosts that it starts.
type provider struct{ hosts *model.Interfaces }

func (b *builder) addCapacity(r *state.Resource) {
	p := &provider{}
	b.capacity.add(r, p, r.Get("name").Or(""), r.Get("arn").Or(""))
	group := r.Get("autoScalingGroupProvider")
	if group.Absent() {
		if !r.Get("managedInstancesProvider").Absent() {
			p.hosts = &model.Interfaces{Name: nameOf(r), Doubts: []model.Doubt{doubt(r, "starts managed instances, which the proof does not look at")}}
		}
		return
	}
	found := b.scaling.find(b, group.Get("autoScalingGroupArn"))
	if found.one != nil {
		p.hosts = found.one.hosts
		return
	}
	p.hosts = &model.Interfaces{Name: nameOf(r), Doubts: []model.Doubt{doubt(r, found.why)}}
}

// cluster is an ECS cluster with the hosts that its capacity providers start.
type cluster struct {
	name      string
	providers []*provider
}

func (b *builder) addCluster(r *state.Resource) {
	c := &cluster{name: r.Get("name").Or("")}
	b.clusters.add(r, c, r.Get("arn").Or(""), c.name)
}

func (b *builder) addClusterCapacity(r *state.Resource) {
	found := b.clusters.find(b, r.Get("clusterName"))
	if found.one == nil {
		return
	}
	elements, _ := r.Get("capacityProviders").List()
	for _, e := range elements {
		if p := b.capacity.find(b, e); p.one != nil {
			found.one.providers = append(found.one.providers, p.one)
		}
	}
}

// inCluster are the hosts of a cluster: those of its capacity providers, and
// those whose user data names it.
func (b *builder) inCluster(v state.Value) (hosts []*model.Interfaces) {
	add := func(h *model.Interfaces) {
		if h != nil && !slices.Contains(hosts, h) {
			hosts = append(hosts, h)
		}
	}
	name := "default"
	if found := b.clusters.find(b, v); found.one != nil {
		name = found.one.name
		for _, p := range found.one.providers {
			add(p.hosts)
		}
	} else if id := v.Or(""); id != "" {
		name = id[strings.LastIndexByte(id, '/')+1:]
	}
	for _, s := range b.machines {
		if name != "" && strings.Contains(s.userData, name) {
			add(s.hosts)
		}
	}
	return hosts
}
