// Package need is what the parts of a task ask of the world: whom they have to
// reach, what a role has to be allowed, what a security group has to let
// through. Each part says it once. The policies of the roles, the rules of the
// group, the findings of the preflight and the list of endpoints are readings
// of the one list.
package need

// Reach is something that has to be reached for a task to start or to work.
type Reach struct {
	// Rule of the preflight that judges it.
	Rule string
	// At is the path of the argument that asks for it: secrets["DB"].
	At string
	// Shown is the path that a finding names where it is not At: the log that
	// every task has is no argument of the user's.
	Shown string
	// What needs it; reads on with "needs": "reading the secret db".
	What string
	// To are the endpoint services that lead there; "s3" is the gateway
	// endpoint. None where no endpoint does.
	To []string
	// Region that these have to be in; "" is the network's own.
	Region string
	// AwsSays is the failure that AWS shows; "" where the rule knows it.
	AwsSays string
	// Unknown is what is not known, where that keeps the part from saying
	// whether it needs anything at all; "" where it does.
	Unknown string
}

// NetworkRegion is the Unknown of a part that depends on where the network is.
const NetworkRegion = "the network's Region"

// Path is the path that a finding names.
func (r Reach) Path() string {
	if r.Shown != "" {
		return r.Shown
	}
	return r.At
}

// Role is one of the two roles of a task.
type Role string

// The roles of a task.
const (
	// Execution is what ECS acts with for the task: it pulls, logs and reads
	// secrets.
	Execution Role = "execution"
	// Task is what the containers act with.
	Task Role = "task"
)

// Grant is what a role has to be allowed.
type Grant struct {
	To                 Role
	Sid                string
	Actions, Resources []string
}

// Peer is who is at the other end of an opening.
type Peer int

// The peers of openings.
const (
	// Endpoints is the group of the network's interface endpoints.
	Endpoints Peer = iota
	// Block is the network's IPv4 block.
	Block
	// S3 is the prefix list of the gateway endpoint.
	S3
	// Anywhere is any address.
	Anywhere
)

// Opening is a rule that the members of a group need, on 443/tcp: out to a
// peer, or on the peer's own group, in from the members.
type Opening struct {
	// Into is true of a rule on the peer's group.
	Into bool
	Peer Peer
	// For describes it; shown in the AWS console.
	For string
}

// Needs are what parts ask for, in the order in which they do.
type Needs struct {
	Reaches []Reach
	Grants  []Grant
}

// Reach adds something that has to be reached.
func (n *Needs) Reach(r Reach) { n.Reaches = append(n.Reaches, r) }

// Grant adds what a role has to be allowed.
func (n *Needs) Grant(g Grant) { n.Grants = append(n.Grants, g) }
