package taskplan

import (
	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/need"
)

// LaunchType is what runs a task.
type LaunchType string

// The launch types of ECS.
const (
	LaunchTypeFargate LaunchType = "FARGATE"
	LaunchTypeEc2     LaunchType = "EC2"
)

// Launch is what runs a task, and so what has to reach ECS itself.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
type Launch struct {
	// At is the argument's path.
	At   string
	Type fact.Of[LaunchType]
}

// Check finds nothing: what is no launch type never gets here.
func (l Launch) Check(*field.Faults) {}

func (l Launch) declare(at Place, n *need.Needs) {
	launch, known := l.Type.Get()
	region, regionKnown := at.Region.Get()
	old := regionKnown && !endpoints.NeedsEcsEndpoints(region)
	hosts := need.Reach{Rule: "ecs-endpoints-ec2", At: l.At, Shown: "network", What: "the ECS agent of a host", To: endpoints.EcsOnEc2}
	fargate := need.Reach{Rule: "ecs-endpoints-fargate", At: l.At, Shown: "network", To: endpoints.EcsOnEc2}
	switch {
	case !known:
		hosts.Unknown, hosts.Shown = "the launch type", ""
		fargate.Unknown, fargate.Shown = "the launch type", ""
		n.Reach(hosts)
		if !old {
			n.Reach(fargate)
		}
	case launch == LaunchTypeEc2:
		n.Reach(hosts)
	case launch == LaunchTypeFargate && !old:
		fargate.What = "ECS in " + region + ", a Region opened after 23 December 2023,"
		if !regionKnown {
			fargate.Unknown = need.NetworkRegion
		}
		n.Reach(fargate)
	}
}

// Connect is the proxy that Service Connect puts beside a container.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html
type Connect struct {
	// At is the argument's path.
	At string
	On fact.Of[bool]
}

// Check finds nothing: it is on, or off.
func (c Connect) Check(*field.Faults) {}

func (c Connect) declare(_ Place, n *need.Needs) {
	proxy := need.Reach{Rule: "service-connect-endpoint", At: c.At, What: "the proxy of Service Connect", To: []string{"ecs-agent"}}
	switch on, known := c.On.Get(); {
	case !known:
		proxy.Unknown = "whether the service uses Service Connect"
		n.Reach(proxy)
	case on:
		n.Reach(proxy)
	}
}
