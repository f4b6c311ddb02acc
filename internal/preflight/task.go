package preflight

import (
	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// The network modes of a task that the rules know.
const (
	NetworkModeAwsvpc = "awsvpc"
	NetworkModeBridge = "bridge"
	NetworkModeHost   = "host"
)

// Task is what is known of a service's task.
type Task struct {
	// Task has the parts that say themselves what they need.
	taskplan.Task
	NetworkMode fact.Of[string]
	// OwnTaskRole says whether the task role is one whose permissions are not
	// known here.
	OwnTaskRole fact.Of[bool]
	// ServiceDiscovery says whether the task finds others by the names of a
	// private DNS namespace of Cloud Map.
	ServiceDiscovery fact.Of[bool]
	// FileSystems are the EFS file systems that the task mounts, by the names
	// of their volumes.
	FileSystems map[string]FileSystem
	// Cpu units of the task, 1024 to a vCPU.
	Cpu fact.Of[int]
	// MemoryMib of the task.
	MemoryMib fact.Of[int]
	// EphemeralStorageGib of the task; 0 is AWS's default.
	EphemeralStorageGib fact.Of[int]
	// ContainerNames of the task's containers.
	ContainerNames []fact.Of[string]
	// Ports that the containers listen on.
	Ports []Port
	// LoadBalancer in front of the service; nil is none.
	LoadBalancer *LoadBalancer
}

// Port is a port that a container listens on.
type Port struct {
	Number fact.Of[int]
	// Protocol is tcp or udp; "" is tcp.
	Protocol string
}

// FileSystem is an EFS file system that a task mounts.
type FileSystem struct {
	// AdmitsTasks says whether the group of its mount targets admits the tasks'
	// group on 2049/tcp.
	AdmitsTasks fact.Of[bool]
	// Zones that have a mount target.
	Zones fact.Of[[]string]
}

// LoadBalancer is a load balancer in front of a service.
type LoadBalancer struct {
	// Argument that passes it; "" is loadBalancer.
	Argument string
	// Application is true of an Application Load Balancer, false of a Network
	// Load Balancer.
	Application fact.Of[bool]
	// Zones that the load balancer is enabled in.
	Zones fact.Of[[]string]
}

// path is the argument that findings name.
func (lb *LoadBalancer) path() string {
	if lb.Argument == "" {
		return "loadBalancer"
	}
	return lb.Argument
}

// Placement is where the tasks run, or their hosts in the network modes
// bridge and host.
type Placement struct {
	// PublicIp says whether each task, or its host, has a public address.
	PublicIp fact.Of[bool]
	// HostsElsewhere is true where the hosts of tasks in network mode awsvpc may
	// be in other subnets than the tasks, with a way out of their own.
	HostsElsewhere bool
	// S3Closed is true where the tasks' own security group lets nothing out to
	// S3.
	S3Closed bool
	// Zones that the tasks may run in.
	Zones fact.Of[[]string]
}

// Open is the task as everybody may know it: without its secret facts. Its
// plain arguments cannot be secret.
func (t Task) Open() Task {
	t.Task = t.Task.Open()
	if t.LoadBalancer != nil {
		open := *t.LoadBalancer
		open.Zones = open.Zones.Open()
		t.LoadBalancer = &open
	}
	return t
}

// Open is the placement as everybody may know it.
func (p Placement) Open() Placement {
	p.PublicIp, p.Zones = p.PublicIp.Open(), p.Zones.Open()
	return p
}
