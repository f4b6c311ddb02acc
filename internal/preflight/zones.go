package preflight

import (
	"fmt"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/words"
)

// zones are the rules about availability zones.
var zones = []Rule{
	{
		Id: "endpoint-zones", Severity: SeverityWarning,
		Needs:   "Interface endpoints should be in each zone that tasks run in.",
		AwsSays: "nothing, until the endpoints' zones fail: then tasks in healthy zones stop with ResourceInitializationError",
		Fix:     "Give the endpoints a subnet in each of these zones.",
		Doc:     linkDocs + "create-interface-endpoint.html",
		check: func(c *trial) {
			services, servicesKnown := c.net.EndpointServices.Get()
			without, known := lacking(c.place.Zones, c.net.EndpointZones)
			switch {
			case servicesKnown && len(services) == 0 || known && len(without) == 0 || !c.offline("network"):
			case !known || !servicesKnown:
				c.unknown("network", "the endpoints, their zones or those of the tasks")
			default:
				c.find("network", fmt.Sprintf("tasks run in %s, where there is no interface endpoint; they use those of other zones", words.And(without)),
					"give each interface endpoint a subnet in "+words.And(without), "")
			}
		},
	},
	{
		Id: "load-balancer-zones", Severity: SeverityError,
		Needs:   "An Application Load Balancer needs subnets in two zones.",
		AwsSays: "ValidationError: At least two subnets in two different Availability Zones must be specified",
		Fix:     "Use two or more zones.",
		Doc:     elbDocs + "application/load-balancer-subnets.html",
		check: func(c *trial) {
			lb := c.task.LoadBalancer
			if lb == nil || fact.Is(lb.Application, false) {
				return
			}
			zones, known := lb.Zones.Get()
			switch {
			case known && distinct(zones) >= 2:
			case known && fact.Is(lb.Application, true):
				c.find(lb.path(), fmt.Sprintf("an Application Load Balancer needs two zones, and this one has %d [%s]", distinct(zones), strings.Join(zones, ", ")),
					"give it subnets in two or more zones", "")
			default:
				c.unknown(lb.path(), "the load balancer's kind or zones")
			}
		},
	},
	{
		Id: "load-balancer-task-zones", Severity: SeverityError,
		Needs:   "A load balancer needs to be in each zone that tasks run in.",
		AwsSays: "Target.NotInUse: Target is in an Availability Zone that is not enabled for the load balancer",
		Fix:     "Give the load balancer a subnet in each of these zones.",
		Doc:     elbDocs + "APIReference/API_TargetHealth.html",
		check: func(c *trial) {
			lb := c.task.LoadBalancer
			if lb == nil {
				return
			}
			if without, known := lacking(c.place.Zones, lb.Zones); !known {
				c.unknown(lb.path(), "the zones of the tasks, or of the load balancer")
			} else if len(without) > 0 {
				c.find(lb.path(), fmt.Sprintf("tasks run in %s, where the load balancer is not enabled; they get no requests", words.And(without)),
					"give the load balancer a subnet in "+words.And(without), "")
			}
		},
	},
}

func distinct(values []string) int {
	seen := map[string]bool{}
	for _, v := range values {
		seen[v] = true
	}
	return len(seen)
}
