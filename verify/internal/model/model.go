// Package model is a network as AWS runs it: what the resources of a stack make
// of VPCs, subnets, routes, filters, gateways, endpoints and the network
// interfaces of tasks, load balancers and hosts.
//
// The model holds facts and doubts, and decides nothing. A field that may be
// unknown is a [Truth]; a thing whose content may be more than is written, or
// other, carries [Doubt]s. What a doubt means is said at each type.
package model

import "net/netip"

// Truth is a three-valued answer (Kleene's): No < Maybe < Yes, so that and is
// min and or is max.
type Truth int8

const (
	No Truth = iota - 1
	Maybe
	Yes
)

// Name identifies a resource of the stack.
type Name struct {
	// URN of the resource.
	URN string
	// Type is its type token, such as "aws:ec2/subnet:Subnet".
	Type string
	// ID that AWS gave it; "" when it is not made yet.
	ID string
}

// Doubt is what is not known about a resource, in words that follow its name:
// "its vpcId is not known yet".
type Doubt struct {
	Name
	What string
}

// Network is everything in one stack, or in several that are looked at together.
type Network struct {
	VPCs            []*VPC
	TransitGateways []*TransitGateway
	Balancers       []*LoadBalancer
	APIs            []*API
	Services        []*Service
	// Doubts concern every VPC: resources that could carry traffic anywhere.
	Doubts []Doubt
	// Notes are things seen that no verdict covers.
	Notes []string
}

// VPC is a virtual private cloud. A doubt on it means that a gateway, a route,
// a block or another way in or out may exist that is not in the model.
type VPC struct {
	Name
	// Blocks of the VPC, IPv4 and IPv6, primary and associated. Every route
	// table routes them locally.
	Blocks []netip.Prefix
	// PrivateDNS is Yes when enableDnsSupport and enableDnsHostnames are both
	// on, which private DNS names of endpoints need.
	PrivateDNS Truth
	// Gateways are the internet gateways that are attached.
	InternetGateways []*InternetGateway
	Subnets          []*Subnet
	Endpoints        []*Endpoint
	Peerings         []*Peering
	// Block public access: Yes when an account or VPC setting that is in the
	// stack blocks the direction for every subnet without an exclusion.
	BlocksPublicIngress, BlocksPublicEgress Truth
	Doubts                                  []Doubt
	// Unseen are those of the Doubts that are only about gateways, routes,
	// subnets and endpoints that the stack does not show, and so about no rule
	// of a group that it has.
	Unseen []Doubt
}

// InternetGateway is attached to a VPC; it lets connections with public
// addresses in and out.
type InternetGateway struct {
	Name
	// Attached is Maybe when the attachment to this VPC is not known.
	Attached Truth
	// Ingress is the route table that the gateway itself is associated with
	// (an edge association), nil without one. What comes in from the internet
	// is routed by it before it meets a subnet.
	Ingress *RouteTable
}

// Subnet of a VPC. A doubt on it means that its table or its ACL may be another.
type Subnet struct {
	Name
	VPC *VPC
	// Blocks, at most one of each family.
	Blocks []netip.Prefix
	// Zone is the availability zone's name or id, "" when not known.
	Zone string
	// Table is the route table in force: the explicitly associated one, or the
	// VPC's main one. Nil when not known, with a doubt.
	Table *RouteTable
	// ACL is the network ACL in force. Nil when not known, with a doubt.
	ACL *NetworkACL
	// MapPublicIP is the subnet's setting for instances; Fargate tasks have a
	// setting of their own.
	MapPublicIP Truth
	// AssignIPv6 is the setting for IPv6 addresses of new interfaces.
	AssignIPv6 Truth
	// HasIPv6 says whether the subnet has an IPv6 block; one that AWS has not
	// given yet is not in Blocks. Without one no interface in it has an IPv6
	// address.
	HasIPv6 Truth
	// Excluded from block public access, in this direction.
	ExcludedIngress, ExcludedEgress Truth
	Doubts                          []Doubt
}

// RouteTable routes what leaves a subnet. A doubt means that it may have
// further routes, to anywhere, or that a route may be missing.
type RouteTable struct {
	Name
	Routes []Route
	Doubts []Doubt
}

// Route leads a block of destinations to a target. The local routes of the
// VPC's blocks are not written out: they always hold, and no route can be more
// specific than its VPC's block except to a network interface, an instance, a
// NAT gateway or a Gateway Load Balancer endpoint, or a subnet's own block.
type Route struct {
	// Name of the route, or of the table where it is written in the table.
	Name
	// Destinations: one block, or those of a customer-managed prefix list.
	// Empty when not known, with a doubt on the table.
	Destinations []netip.Prefix
	Target       Target
	// Sure is Maybe when it is not known whether the route is in this table.
	Sure Truth
}

// TargetKind says what a route leads to.
type TargetKind string

const (
	ToInternetGateway TargetKind = "internet gateway"
	ToEgressOnly      TargetKind = "egress-only internet gateway"
	ToNAT             TargetKind = "NAT gateway"
	ToPeering         TargetKind = "VPC peering connection"
	ToTransitGateway  TargetKind = "transit gateway"
	ToInterface       TargetKind = "network interface" // or the instance it belongs to
	ToLocal           TargetKind = "local"
	ToBlackhole       TargetKind = "nowhere"
	ToOther           TargetKind = "other" // what the model does not follow: see Doubt
	ToVPNGateway      TargetKind = "virtual private gateway"
	ToEndpoint        TargetKind = "Gateway Load Balancer endpoint"
	ToCoreNetwork     TargetKind = "core network"
	ToLocalGateway    TargetKind = "local gateway"
	ToCarrierGateway  TargetKind = "carrier gateway"
)

// Target of a route. Only the field of its kind is set; nil there means that
// the thing is not in the stack, and Name still names it.
type Target struct {
	Kind TargetKind
	Name Name

	Internet   *InternetGateway
	EgressOnly *EgressOnlyGateway
	NAT        *NATGateway
	Peering    *Peering
	Transit    *TransitGateway
	Host       *Interfaces
}

// EgressOnlyGateway lets IPv6 connections out of its VPC and none in.
type EgressOnlyGateway struct {
	Name
	VPC *VPC // nil when not known
}

// NATGateway translates the addresses of private subnets.
type NATGateway struct {
	Name
	// Subnet that it stands in; nil for a regional gateway, or when not known.
	Subnet *Subnet
	// VPC that it stands in; nil when not known.
	VPC *VPC
	// Regional: it spans the VPC's zones and routes by a table of its own to
	// the internet gateway.
	Regional bool
	// Public: it has an Elastic IP. A private one leads to no internet.
	Public Truth
	Doubts []Doubt
}

// Peering joins two VPCs. AWS never carries traffic through a peered VPC's
// gateways: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations
type Peering struct {
	Name
	// VPCs at both ends; nil for one that is not in the stack.
	VPCs [2]*VPC
}

// TransitGateway joins VPCs and other networks. A doubt means that it may lead
// where the model does not see.
type TransitGateway struct {
	Name
	Attachments []*TransitAttachment
	Tables      []*TransitTable
	Doubts      []Doubt
}

// TransitAttachment attaches a VPC to a transit gateway.
type TransitAttachment struct {
	Name
	VPC *VPC // nil when it is not in the stack, or is no VPC (VPN, peering, ...)
	// Subnets in which the attachment has interfaces; what arrives is routed by
	// their tables.
	Subnets []*Subnet
	// Table that routes what comes from this attachment; nil without one.
	Table  *TransitTable
	Doubts []Doubt
}

// TransitTable routes between attachments.
type TransitTable struct {
	Name
	Routes []TransitRoute // static and propagated
	Doubts []Doubt
}

// TransitRoute leads a block to an attachment, or nowhere.
type TransitRoute struct {
	Name
	Destination netip.Prefix
	To          *TransitAttachment // nil: blackhole
	Static      bool
}

// NetworkACL filters at the border of a subnet, without state: the first entry
// that matches decides, and what none matches is denied. A doubt means that
// entries are not known.
type NetworkACL struct {
	Name
	// Ingress and Egress in the order of their rule numbers.
	Ingress, Egress []ACLEntry
	Doubts          []Doubt
}

// ACLEntry is one rule of a network ACL.
type ACLEntry struct {
	Name
	Number  int
	Allow   bool
	Traffic Traffic
	Block   netip.Prefix
}

// Traffic is a protocol and its ports.
type Traffic struct {
	// Protocol number (6 is TCP, 17 UDP, 1 ICMP, 58 ICMPv6), -1 for all.
	Protocol int
	// Ports from From to To, inclusive; both 0 to 65535 where the protocol has
	// ports and the rule names none. For ICMP they are type and code.
	From, To int
}

// SecurityGroup filters at a network interface, with state. A doubt means that
// it may have further rules.
type SecurityGroup struct {
	Name
	VPC             *VPC // nil when not known
	Ingress, Egress []Rule
	Doubts          []Doubt
}

// Rule allows traffic with other ends. Exactly one of Block, Group and
// PrefixList is set, unless Unknown.
type Rule struct {
	// Name of the rule's resource, or of the group where it is written inline.
	Name
	Traffic Traffic
	Block   netip.Prefix
	Group   *SecurityGroup // members of this group
	// PrefixList at the other end: its blocks, when it is customer-managed and
	// in the stack; for one of AWS's, Service names it and Blocks are empty.
	PrefixList *PrefixList
	// Unknown is "" when the rule is fully known, or what is not known; such a
	// rule may allow anything within Traffic.
	Unknown string
}

// PrefixList is a set of blocks.
type PrefixList struct {
	Name
	// Service is AWS's short name ("s3", "dynamodb") for a list of AWS's own.
	Service string
	Blocks  []netip.Prefix
	// Known is false for a list that is neither AWS's nor in the stack.
	Known bool
}

// Endpoint is a VPC endpoint.
type Endpoint struct {
	Name
	VPC *VPC
	// Service is AWS's short name, such as "ecr.api"; the full name for
	// somebody else's service.
	Service string
	// Kind is "Interface", "Gateway" or another of AWS's types.
	Kind string
	// PrivateDNS is Yes when the service's own name leads to the endpoint.
	PrivateDNS Truth
	// Interfaces of an interface endpoint.
	Interfaces *Interfaces
	// Tables that a gateway endpoint is in.
	Tables []*RouteTable
	// Policy document as JSON, "" for AWS's default, which is open.
	Policy string
	// PolicyKnown is false when the document is not known, or secret.
	PolicyKnown bool
	Doubts      []Doubt
}

// Interfaces are alike network interfaces: those of a service's tasks, of a
// load balancer, of a host, of an endpoint or of a VPC link. A doubt means that
// their subnets or groups are not fully known.
type Interfaces struct {
	Name
	// Subnets in which they may be.
	Subnets []*Subnet
	// SubnetsAreCandidates: they are in some of Subnets, and it is not known in
	// which. Otherwise there may be one in each.
	SubnetsAreCandidates bool
	// Groups that guard them. Candidates are not possible here: a group that
	// is not known is a doubt.
	Groups []*SecurityGroup
	// Unfiltered: they have no security group at all, as those of a Network
	// Load Balancer that was made without one.
	Unfiltered bool
	// PublicIPv4 and IPv6 say whether they have such addresses; IPv6 only where
	// Subnet.HasIPv6.
	PublicIPv4, IPv6 Truth
	// PublicBySubnet: each has a public IPv4 address if its subnet maps one
	// (MapPublicIP), as hosts do; PublicIPv4 says it for all of them together.
	PublicBySubnet bool
	// Forwards is Yes when source/destination checks are off, so that the host
	// may pass on what is not addressed to it.
	Forwards Truth
	// Doubts: their subnets may be others, so that nothing about them is sure.
	Doubts []Doubt
	// Unplaced are those of the Doubts that are only about which subnets they
	// are in: their groups hold wherever that is.
	Unplaced []Doubt
	// GroupDoubts: their subnets are known, and they may have further groups.
	GroupDoubts []Doubt
}

// Service is what starts tasks: an ECS service, a task set, a scheduled task.
type Service struct {
	Name
	// Tasks are the interfaces that the tasks have, or share with their hosts.
	Tasks *Interfaces
	// OnHosts: the interfaces are those of the hosts.
	OnHosts bool
	// Ports that the containers declare.
	Ports  []Traffic
	Doubts []Doubt
}

// LoadBalancer forwards to targets.
type LoadBalancer struct {
	Name
	// Kind is "application", "network" or "gateway".
	Kind string
	// Internal is No when it faces the internet.
	Internal   Truth
	Interfaces *Interfaces
	Listeners  []*Listener
	Doubts     []Doubt
}

// Listener accepts connections of a load balancer.
type Listener struct {
	Name
	Balancer *LoadBalancer
	Traffic  Traffic
	// Groups that its default action and its rules forward to.
	Groups []*TargetGroup
	Doubts []Doubt
}

// TargetGroup is a set of targets. A doubt means that there may be others.
type TargetGroup struct {
	Name
	// Kind is "ip", "instance", "alb" or "lambda".
	Kind    string
	Traffic Traffic // the port that targets are registered with, unless a target has its own
	// KeepsClientAddress: targets see the client's address, and their groups
	// must admit it.
	KeepsClientAddress Truth
	Targets            []GroupTarget
	Doubts             []Doubt
}

// GroupTarget is one target of a target group.
type GroupTarget struct {
	// Service whose tasks register, with the port they are registered at.
	Service *Service
	Traffic Traffic
	// Listener of an Application Load Balancer, for target groups of kind "alb".
	Balancer *LoadBalancer
	// Hosts registered by themselves.
	Hosts *Interfaces
}

// API is an API Gateway API with private integrations.
type API struct {
	Name
	// Public is No when nobody on the internet can call it (a private REST API,
	// or one whose endpoint is disabled and that has no domain).
	Public       Truth
	Integrations []*Integration
	Doubts       []Doubt
}

// Integration leads through a VPC link to a listener or to the tasks that are
// registered in Cloud Map.
type Integration struct {
	Name
	// Link holds the VPC link's interfaces; nil when the link is not known.
	Link     *Interfaces
	Listener *Listener
	Balancer *LoadBalancer // a REST API's link of version 1 names the balancer
	Services []*Service    // registered in the Cloud Map service
	Traffic  Traffic       // of the registered tasks
	Doubts   []Doubt
}
