package engine

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
)

// behindBalancer is a Fargate service without a public address behind a load
// balancer, as a log of a DevOps engineer describes it.
var behindBalancer = []row{
	{part: "subnets in each zone", source: "us-east-1a igw, us-east-1a nat, us-east-1b igw, us-east-1b nat", made: func(s system) string {
		var list []string
		for _, n := range s.subnets() {
			list = append(list, n.Zone+" "+s.wayOut(n.ID))
		}
		slices.Sort(list)
		return strings.Join(list, ", ")
	}},
	{part: "internet gateways on the VPC, NAT gateways", source: "1 1", ours: "1 2",
		reason: "one NAT gateway in each zone, so that losing one zone does not cut the other off", made: gateways},
	{part: "each NAT gateway has an Elastic IP of its own", source: "true", made: func(s system) string {
		used := map[any]bool{}
		for _, r := range s.requests {
			if r.Operation == "CreateNatGateway" {
				used[r.Input["AllocationId"]] = true
			}
		}
		return fmt.Sprint(len(used) == len(s.inv.NatGateways) && all(s.inv.Addresses, func(a inventory.Address) bool { return used[a.ID] }) == "true")
	}},
	{part: "route tables of the subnets", source: "2", ours: "4", reason: "one per subnet, so that a NAT gateway for each zone can come and go " +
		"as routes, without changing an association", made: subnetTables},
	{part: "private subnets leave through", source: "nat nat", made: func(s system) string { return s.waysOut(s.private()) }},
	{part: "public subnets leave through", source: "igw igw", made: func(s system) string { return s.waysOut(s.public()) }},
	{part: "service launch type and public address", source: "FARGATE DISABLED", made: placement},
	{part: "service is in the private subnets", source: "true", made: func(s system) string { return s.serviceIsIn("nat") }},
	{part: "load balancer", source: "application internet-facing", made: func(s system) string {
		return s.inv.LoadBalancers[0].Type + " " + s.inv.LoadBalancers[0].Scheme
	}},
	{part: "load balancer is in the public subnets", source: "true", made: func(s system) string {
		in := s.inv.LoadBalancers[0].Subnets
		return fmt.Sprint(len(in) == len(s.public()) && all(s.public(), func(n inventory.Subnet) bool { return slices.Contains(in, n.ID) }) == "true")
	}},
	{part: "listeners", source: "HTTP 80 forward to the service", made: func(s system) string {
		var list []string
		for _, l := range s.inv.Listeners {
			to := strings.Join(l.Actions, " ")
			for _, r := range s.inv.ListenerRules { // for every request, before the listener's own 404
				if r.Listener == l.ARN && slices.Equal(r.Conditions, []string{"path-pattern /*"}) {
					to = strings.Join(r.Actions, " ")
				}
			}
			if to == "forward "+s.inv.TargetGroups[0].ARN {
				to = "forward to the service"
			}
			list = append(list, fmt.Sprint(l.Protocol, " ", l.Port, " ", to))
		}
		return strings.Join(list, ", ")
	}},
	{part: "targets", source: "1 by ip", made: func(s system) string {
		return fmt.Sprint(len(s.inv.TargetGroups), " by ", s.inv.TargetGroups[0].TargetType)
	}},
	{part: "service joins the target group", source: "true", made: func(s system) string {
		return fmt.Sprint(slices.Equal(s.service().TargetGroups, []string{s.inv.TargetGroups[0].ARN + " web:8080"}))
	}},
	{part: "who may reach the load balancer", source: "tcp 80-80", made: func(s system) string { return rules(s.group("front-ingress"), "0.0.0.0/0") }},
	{part: "load balancer may reach the tasks", source: "tcp 8080-8080", made: func(s system) string {
		return rules(s.group("web-tasks"), s.group("front-ingress").ID)
	}},
	{part: "others who may reach the tasks", source: "", made: func(s system) string {
		return admitted(s.group("web-tasks"), s.group("front-ingress").ID)
	}},
	{part: "image layers come", source: "through NAT", ours: "through a gateway endpoint",
		reason: "it is free; that ECR cannot be reached privately, as the source says, is not so", made: func(s system) string {
			if services(s.endpoints("Gateway")) == "com.amazonaws.us-east-1.s3" {
				return "through a gateway endpoint"
			}
			return "through NAT"
		}},
}

// TestSystem4 compares the service behind a load balancer with its source.
func TestSystem4(t *testing.T) { compare(t, "examples/nat-behind-alb/yaml", behindBalancer) }
