package build

import (
	"encoding/base64"
	"regexp"
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
	// unread: its user data may name a cluster, and cannot be read.
	unread bool
	// more says that hosts have further interfaces, of which nothing is known.
	more string
}

// stale says why a host may be launched from another version of the template
// than the newest, which is the one that a stack shows. "" when it is that one.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-launch-template-versions.html
func (t *template) stale(version state.Value) string {
	if t.r.ID == "" || token(t.r.Type) != "ec2/launchTemplate:LaunchTemplate" {
		return "" // one that is not made gets one version, and a configuration has none
	}
	latest, okLatest := t.r.Get("latestVersion").Int()
	chosen, ok := version.Int()
	switch text := version.Or(""); {
	case text == "$Latest":
		return ""
	case ok && okLatest && chosen == latest:
		return ""
	case ok, version.Known() && text != "" && text != "$Default":
		return "launches from version " + version.Or(itoa(chosen)) + " of a launch template, and the stack shows its newest"
	}
	// The default version, when nothing is said.
	if standard, okStandard := t.r.Get("defaultVersion").Int(); okLatest && okStandard && !version.Unknown() {
		if standard == latest {
			return ""
		}
	} else if follows, _ := t.r.Get("updateDefaultVersion").Bool(); follows {
		return ""
	}
	return "launches from the default version of a launch template, and the stack shows its newest"
}

func (b *builder) addTemplate(r *state.Resource) {
	t := &template{r: r, groups: r.Get("vpcSecurityGroupIds")}
	t.userData, t.unread = decoded(r, "userData")
	if t.groups.Unset() {
		// Names of groups of the default VPC, which are not in ids.
		if names := r.Get("securityGroupNames"); !names.Unset() {
			t.groups = names
		}
	}
	interfaces, complete := r.Get("networkInterfaces").List()
	if !complete {
		t.public = r.Get("networkInterfaces")
	}
	if len(interfaces) > 1 {
		t.more = "gives its hosts several network interfaces, and the proof looks at the first"
	}
	for i, n := range interfaces {
		if index, ok := n.Get("deviceIndex").Int(); i == 0 || ok && index == 0 {
			t.public, t.own = n.Get("associatePublicIpAddress"), n.Get("subnetId")
			t.six = []state.Value{n.Get("ipv6AddressCount"), n.Get("ipv6Addresses")}
			if groups := n.Get("securityGroups"); !groups.Unset() {
				t.groups = groups
			}
		}
	}
	b.templates.add(r, t, r.Get("name").Or(""), r.Get("arn").Or(""))
}

func (b *builder) addConfiguration(r *state.Resource) {
	t := &template{r: r, groups: r.Get("securityGroups"), public: r.Get("associatePublicIpAddress")}
	t.userData, t.unread = decoded(r, "userDataBase64", "userData")
	b.templates.add(r, t, r.Get("name").Or(""), r.Get("arn").Or(""))
}

// decoded is user data as the host sees it; unread says that there is some that
// cannot be read. Releases of the provider before 7 keep no more of an instance's
// user data, and of a launch configuration's, than its SHA-1 sum: what the
// program said tells what it is.
// https://github.com/hashicorp/terraform-provider-aws/issues/7625
func decoded(r *state.Resource, properties ...string) (all string, unread bool) {
	for _, property := range properties {
		v := r.Get(property)
		if text, _ := v.Text(); text == sumOfNothing {
			continue
		} else if sum.MatchString(text) {
			if v = r.Asked(property); v.Absent() || v.Or("") == text {
				unread = true
				continue
			}
		}
		text, _ := v.Text()
		if plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text)); err == nil {
			text = string(plain)
		}
		unread = unread || v.Unknown() || strings.HasPrefix(text, gzipped)
		all += text
	}
	return all, unread
}

// gzipped is what compressed user data begins with.
const gzipped = "\x1f\x8b"

// sum is a SHA-1 sum, and sumOfNothing that of no user data.
var sum = regexp.MustCompile(`^[0-9a-f]{40}$`)

const sumOfNothing = "da39a3ee5e6b4b0d3255bfef95601890afd80709"

// scaling is an Auto Scaling group, or an instance, with its hosts.
type scaling struct {
	hosts    *model.Interfaces
	userData string
	unread   bool // its user data cannot be read
}

func (b *builder) addScalingGroup(r *state.Resource) {
	s := &scaling{}
	b.scaling.add(r, s, r.Get("name").Or(""), r.Get("arn").Or(""))
	b.machines = append(b.machines, s)
	found, version := b.templateOf(r)
	var groups, public, own state.Value
	if t := found.one; t != nil {
		groups, public, own, s.userData, s.unread = t.groups, t.public, t.own, t.userData, t.unread
	}
	subnets := r.Get("vpcZoneIdentifiers")
	if subnets.Unset() && own.Owner() != nil && !own.Empty() {
		subnets = own
	}
	s.hosts = &model.Interfaces{Name: nameOf(r), Forwards: model.No}
	b.place(s.hosts, r, subnets)
	if found.one == nil {
		s.unread = true
		s.hosts.GroupDoubts = append(s.hosts.GroupDoubts, doubt(r, found.why))
		s.hosts.PublicIPv4 = model.Maybe
		return
	}
	b.guard(s.hosts, found.one.r, groups)
	b.address(s.hosts, public, found.one.six)
	for _, why := range []string{found.one.stale(version), found.one.more, overridden(r)} {
		if why != "" {
			s.unread = true
			s.hosts.Doubts = append(s.hosts.Doubts, doubt(r, why))
		}
	}
}

// overridden says that an instance type of a group has a launch template of its
// own.
// https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups-launch-template-overrides.html
func overridden(r *state.Resource) string {
	list := r.Get("mixedInstancesPolicy").Get("launchTemplate").Get("overrides")
	overrides, complete := list.List()
	if !complete && !list.Absent() {
		return list.Doubt()
	}
	for _, o := range overrides {
		if v := o.Get("launchTemplateSpecification"); !v.Unset() {
			return "has a launch template for one of its instance types, which the proof does not read"
		}
	}
	return ""
}

// address says which addresses hosts get: what they or their template say, or
// else what their subnets' settings say.
func (b *builder) address(hosts *model.Interfaces, public state.Value, six []state.Value) {
	if public.Owner() == nil || public.Empty() {
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
		} else if !v.Empty() {
			most = max(most, model.Maybe)
		}
	}
	return most
}

// templateOf is the launch template or configuration of an Auto Scaling group,
// and which version of it.
func (b *builder) templateOf(r *state.Resource) (found tie[template], version state.Value) {
	plain, mixed := r.Get("launchTemplate"), r.Get("mixedInstancesPolicy").Get("launchTemplate").Get("launchTemplateSpecification")
	for _, of := range []struct{ template, version state.Value }{
		{plain.Get("id"), plain.Get("version")},
		{plain.Get("name"), plain.Get("version")},
		{r.Get("launchConfiguration"), state.Value{}},
		{mixed.Get("launchTemplateId"), mixed.Get("version")},
		{mixed.Get("launchTemplateName"), mixed.Get("version")},
	} {
		if !of.template.Empty() {
			return b.templates.find(b, of.template), of.version
		}
	}
	return tie[template]{why: "its launchTemplate is missing"}, state.Value{}
}

func (b *builder) addInstance(r *state.Resource) {
	subnets, groups := r.Get("subnetId"), r.Get("vpcSecurityGroupIds")
	six := []state.Value{r.Get("ipv6AddressCount"), r.Get("ipv6Addresses")}
	if older := r.Get("securityGroups"); groups.Unset() && !older.Unset() {
		groups = older // names in the default VPC, or ids
	}
	public := r.Get("associatePublicIpAddress")
	userData, unread := decoded(r, "userDataBase64", "userData")
	var whys []string
	if v := r.Get("launchTemplate"); !v.Unset() {
		found := b.templates.find(b, v.Get("id"))
		if found.none {
			found = b.templates.find(b, v.Get("name"))
		}
		if t := found.one; t != nil {
			if why := t.stale(v.Get("version")); why != "" && (groups.Unset() || public.Empty() || subnets.Empty()) {
				whys, unread = append(whys, why), true
			}
			if t.more != "" {
				whys = append(whys, t.more)
			}
			if groups.Unset() {
				groups = t.groups
			}
			if public.Empty() {
				public = t.public
			}
			if subnets.Empty() && t.own.Owner() != nil {
				subnets = t.own
			}
			unread = unread || t.unread
			six = append(six, t.six...)
			userData += t.userData
		}
	}
	var hosts *model.Interfaces
	attached, _ := r.Get("networkInterfaces").List()
	if len(attached) > 1 {
		whys = append(whys, "has several network interfaces, and the proof looks at the first")
	}
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
		} else if v := r.Get("sourceDestCheck"); v.Unknown() {
			hosts.Forwards = model.Maybe
		}
	}
	for _, why := range whys {
		hosts.Doubts = append(hosts.Doubts, doubt(r, why))
	}
	b.hosts.add(r, hosts, r.Get("primaryNetworkInterfaceId").Or(""))
	b.addresses(r, hosts, "privateIp", "secondaryPrivateIps", "ipv6Addresses")
	b.machines = append(b.machines, &scaling{hosts: hosts, userData: userData, unread: unread})
}

// addFleet adds hosts of which no more is known than that a fleet launches them:
// they may join any cluster.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Fleets.html
func (b *builder) addFleet(r *state.Resource) {
	hosts := &model.Interfaces{Name: nameOf(r), Doubts: []model.Doubt{doubt(r, "launches hosts, and the proof does not read which")}}
	b.machines = append(b.machines, &scaling{hosts: hosts, unread: true})
}

// addInterfaceAttachment gives a host a further network interface, at which its
// tasks answer too when they share the host's network.
func (b *builder) addInterfaceAttachment(r *state.Resource) {
	found := b.hosts.find(b, r.Get("instanceId"))
	some := found.some
	if found.one != nil {
		some = []*model.Interfaces{found.one}
	}
	for _, h := range some {
		h.Doubts = append(h.Doubts, doubt(r, "attaches a further network interface"))
	}
}

func (b *builder) addNetworkInterface(r *state.Resource) {
	hosts := b.interfaces(r, r.Get("subnetId"), r.Get("securityGroups"))
	hosts.PublicIPv4 = model.No
	hosts.IPv6 = max(assigned6(hosts.Subnets), asked6([]state.Value{r.Get("ipv6AddressCount"), r.Get("ipv6Addresses"), r.Get("ipv6AddressLists")}))
	if check, ok := r.Get("sourceDestCheck").Bool(); ok {
		hosts.Forwards = yes(!check)
	} else if v := r.Get("sourceDestCheck"); v.Unknown() {
		hosts.Forwards = model.Maybe
	}
	b.hosts.add(r, hosts)
	b.addresses(r, hosts, "privateIp", "privateIps", "privateIpLists", "ipv6Addresses", "ipv6AddressLists")
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
	if group.Unset() {
		if !r.Get("managedInstancesProvider").Unset() {
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
	// doubts are about providers that it may have besides.
	doubts []model.Doubt
}

func (b *builder) addCluster(r *state.Resource) {
	c := &cluster{name: r.Get("name").Or("")}
	b.clusters.add(r, c, r.Get("arn").Or(""), c.name)
}

func (b *builder) addClusterCapacity(r *state.Resource) {
	found := b.clusters.find(b, r.Get("clusterName"))
	if found.one == nil {
		for _, c := range found.some {
			c.doubts = append(c.doubts, doubt(r, found.why))
		}
		return
	}
	b.provide(r, found.one)
}

// addClusterProviders: in releases before 6 a cluster names its providers itself.
func (b *builder) addClusterProviders(r *state.Resource) { b.provide(r, b.clusters.of(r)) }

// provide gives a cluster the capacity providers that a resource lists.
func (b *builder) provide(r *state.Resource, c *cluster) {
	list := r.Get("capacityProviders")
	elements, complete := list.List()
	if !complete {
		c.doubts = append(c.doubts, doubt(r, list.Doubt()))
	}
	for _, e := range elements {
		switch p := b.capacity.find(b, e); {
		case p.one != nil:
			c.providers = append(c.providers, p.one)
		case p.id == "FARGATE", p.id == "FARGATE_SPOT": // AWS's own, without hosts
		default:
			c.doubts = append(c.doubts, doubt(r, p.why))
		}
	}
}

// inCluster are the hosts of a cluster: those of its capacity providers, and
// those whose user data names it. The doubts are about others that it may have.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
func (b *builder) inCluster(v state.Value) (hosts []*model.Interfaces, doubts []model.Doubt) {
	add := func(h *model.Interfaces) {
		if h != nil && !slices.Contains(hosts, h) {
			hosts = append(hosts, h)
		}
	}
	name := "default"
	if found := b.clusters.find(b, v); found.one != nil {
		name = found.one.name
		doubts = append(doubts, found.one.doubts...)
		for _, p := range found.one.providers {
			add(p.hosts)
		}
	} else if id := v.Or(""); id != "" {
		name = id[strings.LastIndexByte(id, '/')+1:]
	} else if !v.Empty() {
		doubts = append(doubts, doubt(v.Owner(), found.why))
	}
	for _, s := range b.machines {
		switch {
		case slices.Contains(hosts, s.hosts):
		case name != "" && strings.Contains(s.userData, name):
			add(s.hosts)
		case s.unread:
			doubts = append(doubts, model.Doubt{Name: s.hosts.Name, What: "may be a host of the cluster: its user data is not known"})
		}
	}
	return hosts, doubts
}
