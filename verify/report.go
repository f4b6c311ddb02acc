package verify

// Verdict is the answer to one question about a service.
type Verdict string

const (
	// Open: at least one path exists.
	Open Verdict = "open"
	// Closed: no path exists, whatever the unknown parts turn out to be.
	Closed Verdict = "closed"
	// Undecided: a path may exist; Service.Undecided names what is not known.
	Undecided Verdict = "undecided"
)

// Report is what is known about the services of a stack.
type Report struct {
	// Services in the order of their URNs.
	Services []Service `json:"services"`
	// Undecided are the resources that could carry traffic and are not
	// understood or not known, whatever service they concern.
	Undecided []Doubt `json:"undecided"`
	// Notes are what no verdict covers and a reader should know, such as the
	// DNS resolver that answers in every VPC.
	Notes []string `json:"notes"`
}

// Service is the verdict about the tasks of one ECS service, or about other
// tasks that AWS starts, such as those of an EventBridge rule.
type Service struct {
	// URN of the resource that starts the tasks.
	URN string `json:"urn"`
	// Name of that resource, the last part of its URN.
	Name string `json:"name"`
	// InternetIngress says whether anybody on the internet can open a
	// connection to a task.
	InternetIngress Verdict `json:"internetIngress"`
	// InternetEgress says whether a task can open a connection to any address
	// on the internet.
	InternetEgress Verdict `json:"internetEgress"`
	// Exfiltration says whether data can leave through an AWS service's
	// endpoint to anybody's account: whether a policy that could be narrowed is
	// left open. Closed when each such endpoint is bounded, or there is none.
	Exfiltration Verdict `json:"exfiltration"`
	// ZoneRedundant says whether tasks of another zone go on when one is lost:
	// they are placed in at least two zones, and none of them leaves through
	// another zone's NAT gateway.
	ZoneRedundant Truth `json:"zoneRedundant"`
	// Paths are the open paths and those that may be open, each hop by hop.
	Paths []Path `json:"paths"`
	// Reaches are the AWS services that the tasks can reach without the internet.
	Reaches []Reach `json:"reaches"`
	// ZoneDependencies are the zones whose tasks leave through another zone's
	// NAT gateway.
	ZoneDependencies []ZoneDependency `json:"zoneDependencies"`
	// Blocked are, for closed verdicts, the ways that are there and why they
	// lead nowhere.
	Blocked []Blocked `json:"blocked"`
	// Undecided is what keeps a verdict from being decided.
	Undecided []Doubt `json:"undecided"`
}

// Blocked is why a way between the internet and a service's tasks is closed.
type Blocked struct {
	// Direction of the connection that is not possible.
	Direction Direction `json:"direction"`
	// Why in words: "tasks of api have no public IPv4 address".
	Why string `json:"why"`
}

// Truth is a three-valued answer in words: "yes", "no" or "unknown".
type Truth string

const (
	Yes     Truth = "yes"     // It is so.
	No      Truth = "no"      // It is not so.
	Unknown Truth = "unknown" // It cannot be told from the state.
)

// Direction says which end of a path opens the connection.
type Direction string

const (
	Ingress Direction = "ingress" // From the internet to a task.
	Egress  Direction = "egress"  // From a task to the internet.
)

// Path is one way between the internet and a service's tasks.
type Path struct {
	// Direction of the connection.
	Direction Direction `json:"direction"`
	// Verdict is Open, or Undecided when a hop is not known.
	Verdict Verdict `json:"verdict"`
	// Protocol is "tcp", "udp", "icmp" (for pings), a protocol number, "other"
	// for those that no rule names, or "all".
	Protocol string `json:"protocol"`
	// Ports at the end that accepts the connection, such as "443",
	// "8000-8010" or "all"; at the front of a load balancer the listener's.
	Ports string `json:"ports"`
	// Addresses on the internet at the other end, in CIDR notation;
	// "0.0.0.0/0" stands for every address of the internet; private addresses
	// and those of the VPC itself are never meant. Addresses of AWS's
	// own whose blocks are not in the state are named by their service, "s3".
	Addresses []string `json:"addresses"`
	// Hops in the direction of the connection, the internet at one end.
	Hops []Hop `json:"hops"`
	// Because is what keeps an undecided path from being decided.
	Because []Doubt `json:"because,omitempty"`
}

// Hop is one step of a path.
type Hop struct {
	// URN of the resource, "" for the internet itself.
	URN string `json:"urn,omitempty"`
	// Type is the resource's type token, "" for the internet.
	Type string `json:"type,omitempty"`
	// Name of the resource, "the internet", or what AWS made with a VPC:
	// "net's main route table".
	Name string `json:"name"`
	// Why the step is possible: "route 0.0.0.0/0", "admits tcp 443 from 0.0.0.0/0".
	Why string `json:"why"`
}

// Via is how an AWS service is reached.
type Via string

const (
	ViaInterfaceEndpoint Via = "interfaceEndpoint" // A VPC endpoint with network interfaces and private DNS.
	ViaGatewayEndpoint   Via = "gatewayEndpoint"   // A VPC endpoint in the route table.
)

// Policy is what an endpoint's policy lets through.
type Policy string

const (
	// PolicyOpen lets anybody's credentials act on anybody's resources: a way
	// out for data.
	PolicyOpen Policy = "open"
	// PolicyLimited bounds the principals, the resources or their accounts.
	PolicyLimited Policy = "limited"
	// PolicyNone denies everything.
	PolicyNone Policy = "none"
	// PolicyUnsupported: AWS takes no policy on this service's endpoint, so it
	// cannot be narrowed.
	PolicyUnsupported Policy = "unsupported"
	// PolicyUndecided: the policy is not known or not understood.
	PolicyUndecided Policy = "undecided"
)

// Reach is an AWS service that tasks can reach through an endpoint.
type Reach struct {
	// Service is AWS's short name, such as "ecr.api" or "s3".
	Service string `json:"service"`
	// Verdict is Open when tasks can reach the endpoint, Closed when the
	// endpoint is there and they cannot, Undecided when that is not known.
	Verdict Verdict `json:"verdict"`
	// Via says how.
	Via Via `json:"via"`
	// URN of the endpoint.
	URN string `json:"urn"`
	// Policy is what the endpoint's policy lets through.
	Policy Policy `json:"policy"`
	// Limits says in words what the policy lets through.
	Limits string `json:"limits"`
	// Why it cannot be reached, or what is not known; "" when it can.
	Why string `json:"why,omitempty"`
}

// ZoneDependency is a zone whose tasks leave through another zone's NAT gateway.
type ZoneDependency struct {
	// Zone of the tasks.
	Zone string `json:"zone"`
	// Subnet is the URN of the tasks' subnet.
	Subnet string `json:"subnet"`
	// NatGateway is the URN of the gateway.
	NatGateway string `json:"natGateway"`
	// NatZone is the gateway's zone.
	NatZone string `json:"natZone"`
}

// Doubt is something that could carry traffic and is not known.
type Doubt struct {
	// URN of the resource.
	URN string `json:"urn"`
	// What is not known about it.
	What string `json:"what"`
}
