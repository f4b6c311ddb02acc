package opposition

import (
	"encoding/json"
	"net/netip"
)

// World is the network of one AWS account in one region, and what runs in it.
// Things refer to each other by name; a name is unique in the world.
type World struct {
	// Shape says what the generator began with.
	Shape string
	// BlockPublicAccess is the mode of VPC Block Public Access: "" for none,
	// "block-bidirectional" or "block-ingress".
	BlockPublicAccess string
	// Furnished: services have roles, policies, log groups and task definitions
	// of the size that real ones have, which carry no traffic.
	Furnished bool

	Vpcs        []*Vpc
	Subnets     []*Subnet
	Tables      []*Table
	Gateways    []*Gateway
	EgressOnly  []*EgressOnly
	Nats        []*Nat
	Peerings    []*Peering
	Transits    []*Transit
	Attachments []*Attachment
	Lists       []*List
	Groups      []*Group
	Acls        []*Acl
	Endpoints   []*Endpoint
	Balancers   []*Balancer
	Targets     []*Target
	Links       []*Link
	Services    []*Service
}

// Vpc is a VPC.
type Vpc struct {
	Name   string
	Blocks []netip.Prefix // IPv4, the first one the VPC's own.
	Block6 netip.Prefix   // Not valid when it has none.
	// DNS: both DNS attributes are on, which private DNS of endpoints needs.
	DNS bool
}

// Subnet is a subnet.
type Subnet struct {
	Name, Vpc, Zone string
	Block           netip.Prefix
	Block6          netip.Prefix // With it, interfaces get an IPv6 address.
	Table           string       // "" for the VPC's main table.
	Acl             string       // "" for the VPC's default ACL.
	MapPublic       bool         // Instances get a public IPv4 address.
}

// TableRole is how a route table came to be.
type TableRole string

const (
	OwnTable       TableRole = "own"        // A table of the program's.
	AssociatedMain TableRole = "associated" // The program's, made the VPC's main one.
	AdoptedMain    TableRole = "adopted"    // AWS's main table, managed as aws:ec2/defaultRouteTable.
	NamedMain      TableRole = "named"      // AWS's main table, with routes that name its id.
)

// Table is a route table.
type Table struct {
	Name, Vpc string
	Role      TableRole
	Inline    bool // Routes are written inside of the table's resource.
	Routes    []Route
}

// Route is a route; each VPC's local routes are not written down.
type Route struct {
	Block  netip.Prefix
	List   string // The name of a managed prefix list instead of a block.
	Target string // The name of a gateway, NAT gateway, peering or transit gateway.
}

// Gateway is an internet gateway.
type Gateway struct {
	Name     string
	Vpc      string // "" when it is not attached.
	Separate bool   // Attached by a resource of its own.
}

// EgressOnly is an egress-only internet gateway.
type EgressOnly struct{ Name, Vpc string }

// Nat is a NAT gateway.
type Nat struct {
	Name, Subnet string
	Private      bool
}

// Peering is a peering connection of two VPCs.
type Peering struct{ Name, Vpc, Peer string }

// Transit is a transit gateway with its tables.
type Transit struct {
	Name   string
	Tables []*TransitTable
}

// TransitTable is a route table of a transit gateway.
type TransitTable struct {
	Name string
	// Default: AWS's own table, with which attachments associate and to which
	// they propagate unless they say otherwise.
	Default    bool
	Associated []string // Attachments whose traffic it routes.
	Propagated []string // Attachments whose VPC blocks it knows.
	Routes     []TransitRoute
}

// TransitRoute is a static route.
type TransitRoute struct {
	Block      netip.Prefix
	Attachment string // "" for a blackhole.
}

// Attachment attaches a VPC to a transit gateway.
type Attachment struct {
	Name, Transit, Vpc string
	Subnets            []string
}

// List is a managed prefix list.
type List struct {
	Name   string
	Blocks []netip.Prefix
}

// GroupRole is how a security group came to be.
type GroupRole string

const (
	OwnGroup     GroupRole = "own"     // A group of the program's.
	AdoptedGroup GroupRole = "adopted" // The VPC's default group, managed as aws:ec2/defaultSecurityGroup.
	NamedGroup   GroupRole = "named"   // The VPC's default group, with rules that name its id.
)

// RuleForm is how a group's rules are written.
type RuleForm string

const (
	InlineRules   RuleForm = "inline"   // In the group's resource.
	SeparateRules RuleForm = "separate" // aws:vpc/securityGroupIngressRule and its sister.
	LegacyRules   RuleForm = "legacy"   // aws:ec2/securityGroupRule.
)

// Group is a security group.
type Group struct {
	Name, Vpc string
	Role      GroupRole
	Form      RuleForm
	Refreshed bool // The group's outputs show separate rules, as after a refresh.
	Rules     []Rule
}

// Rule is a rule of a security group.
type Rule struct {
	In       bool
	Protocol string // "tcp", "udp", "icmp" (every type), "-1" or a number.
	From, To int
	Blocks   []netip.Prefix
	Groups   []string
	Lists    []string // Prefix lists, or gateway endpoints for theirs.
	Self     bool
}

// Acl is a network ACL.
type Acl struct {
	Name, Vpc string
	Default   bool // The VPC's default ACL, managed.
	Inline    bool
	// Separate: subnets are associated by resources of their own.
	Separate bool
	Entries  []Entry
}

// Entry is an entry of a network ACL.
type Entry struct {
	Number    int
	In, Allow bool
	Protocol  string
	Block     netip.Prefix
	From, To  int
}

// Endpoint is a VPC endpoint.
type Endpoint struct {
	Name, Vpc, Service string
	Gateway            bool // A gateway endpoint, else one with interfaces.
	Subnets, Groups    []string
	Tables             []string
	PrivateDNS         bool
	Policy             *Document // nil for AWS's default, which allows all.
}

// Document is an endpoint's policy.
type Document struct{ Statements []Statement }

// Statement is a statement of a policy.
type Statement struct {
	Allow      bool
	Principals []string // "*" or ARNs.
	Actions    []string
	Resources  []string
	Conditions []Condition
}

// Condition is a condition of a statement.
type Condition struct {
	Operator, Key string
	Values        []string
}

// Balancer is a load balancer.
type Balancer struct {
	Name            string
	Network         bool // A Network Load Balancer, else an Application Load Balancer.
	Internal        bool
	Subnets, Groups []string // A network balancer without groups is not filtered.
	Listeners       []Listener
}

// Listener is a listener of a load balancer.
type Listener struct {
	Port     int
	Protocol string
	// Target group, "" for a redirect (application) or a dead end.
	Target string
	// Rule: the target is reached by a listener rule and the default action
	// answers by itself.
	Rule bool
}

// Target is a target group.
type Target struct {
	Name, Vpc, Protocol string
	Port                int
	// Balancer is the application load balancer that is the target, "" for
	// tasks' addresses.
	Balancer string
	// Keep the client's address: "", "true" or "false".
	Keep string
}

// Link is an HTTP API that reaches into a VPC over a VPC link.
type Link struct {
	Name            string
	Subnets, Groups []string
	// Balancer and the port of its listener, or Registry.
	Balancer string
	Port     int
	// Registry is a service that registers its tasks with Cloud Map.
	Registry string
}

// Service is an ECS service.
type Service struct {
	Name            string
	Subnets, Groups []string // No group: the VPC's default one.
	PublicIP        bool
	// Port of the container that targets and the registry know.
	Port    int
	Targets []string
	// Host: the tasks use the network interfaces of EC2 hosts, which stand in
	// Subnets and have Groups and, by the subnet, a public address.
	Host bool
}

// Clone is a copy that shares nothing.
func (w *World) Clone() *World {
	text, err := json.Marshal(w)
	if err != nil {
		panic(err) // The types above can all be written.
	}
	c := &World{}
	if err := json.Unmarshal(text, c); err != nil {
		panic(err)
	}
	return c
}

// find is the element of list with the name, nil when there is none.
func find[T any](list []*T, name string, of func(*T) string) *T {
	for _, x := range list {
		if of(x) == name {
			return x
		}
	}
	return nil
}

func (w *World) vpc(n string) *Vpc { return find(w.Vpcs, n, func(x *Vpc) string { return x.Name }) }
func (w *World) subnet(n string) *Subnet {
	return find(w.Subnets, n, func(x *Subnet) string { return x.Name })
}
func (w *World) table(n string) *Table {
	return find(w.Tables, n, func(x *Table) string { return x.Name })
}
func (w *World) gateway(n string) *Gateway {
	return find(w.Gateways, n, func(x *Gateway) string { return x.Name })
}
func (w *World) egressOnly(n string) *EgressOnly {
	return find(w.EgressOnly, n, func(x *EgressOnly) string { return x.Name })
}
func (w *World) nat(n string) *Nat { return find(w.Nats, n, func(x *Nat) string { return x.Name }) }
func (w *World) peering(n string) *Peering {
	return find(w.Peerings, n, func(x *Peering) string { return x.Name })
}
func (w *World) transit(n string) *Transit {
	return find(w.Transits, n, func(x *Transit) string { return x.Name })
}
func (w *World) attachment(n string) *Attachment {
	return find(w.Attachments, n, func(x *Attachment) string { return x.Name })
}
func (w *World) list(n string) *List { return find(w.Lists, n, func(x *List) string { return x.Name }) }
func (w *World) group(n string) *Group {
	return find(w.Groups, n, func(x *Group) string { return x.Name })
}
func (w *World) acl(n string) *Acl { return find(w.Acls, n, func(x *Acl) string { return x.Name }) }
func (w *World) endpoint(n string) *Endpoint {
	return find(w.Endpoints, n, func(x *Endpoint) string { return x.Name })
}
func (w *World) balancer(n string) *Balancer {
	return find(w.Balancers, n, func(x *Balancer) string { return x.Name })
}
func (w *World) target(n string) *Target {
	return find(w.Targets, n, func(x *Target) string { return x.Name })
}

// mainTable is the VPC's main table when something of the world manages it.
func (w *World) mainTable(vpc string) *Table {
	for _, t := range w.Tables {
		if t.Vpc == vpc && t.Role != OwnTable {
			return t
		}
	}
	return nil
}

// defaultAcl is the VPC's default ACL when it is managed.
func (w *World) defaultAcl(vpc string) *Acl {
	return find(w.Acls, vpc, func(x *Acl) string {
		if !x.Default {
			return ""
		}
		return x.Vpc
	})
}

// defaultGroup is the VPC's default group when something of the world manages it.
func (w *World) defaultGroup(vpc string) *Group {
	return find(w.Groups, vpc, func(x *Group) string {
		if x.Role == OwnGroup {
			return ""
		}
		return x.Vpc
	})
}
