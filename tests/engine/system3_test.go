package engine

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
)

// natGuide is AWS's guide "Connect Amazon ECS applications to the internet", its
// part on private subnets and NAT gateways, for Fargate.
var natGuide = []row{
	{part: "NAT gateways are in public subnets", source: "true", made: func(s system) string {
		return all(s.inv.NatGateways, func(g inventory.NatGateway) bool { return s.wayOut(g.SubnetID) == "igw" })
	}},
	{part: "zones with a NAT gateway", source: "us-east-1a us-east-1b", made: func(s system) string {
		var zones []string
		for _, g := range s.inv.NatGateways {
			zones = append(zones, s.zone(g.SubnetID))
		}
		slices.Sort(zones)
		return strings.Join(zones, " ")
	}},
	{part: "a private subnet leaves through the NAT gateway of its own zone", source: "true", made: leavesInItsZone},
	{part: "service launch type and public address", source: "FARGATE DISABLED", made: placement},
	{part: "service is in the private subnets", source: "true", made: func(s system) string { return s.serviceIsIn("nat") }},
	{part: "who may reach the tasks", source: "", made: func(s system) string { return admitted(s.group("worker-tasks")) }},
	{part: "what the tasks may reach", source: "everything", ours: "tcp 443-443",
		reason: "HTTPS is what images, logs and providers speak; egressRules lists more", made: func(s system) string {
			var list []string
			for _, r := range s.group("worker-tasks").Rules {
				if r.Egress && r.Peer == "0.0.0.0/0" {
					list = append(list, fmt.Sprintf("%s %d-%d", r.Protocol, r.FromPort, r.ToPort))
				}
			}
			return strings.Join(list, ", ")
		}},
	{part: "the addresses that others see are an output", source: "true", made: func(s system) string {
		byZone, _ := s.outputs["ecsnet:index:NatNetwork"]["natPublicIpByZone"].(map[string]any)
		return fmt.Sprint(len(byZone) == 2 && all(s.inv.Addresses, func(a inventory.Address) bool {
			return byZone["us-east-1a"] == a.PublicIP || byZone["us-east-1b"] == a.PublicIP
		}) == "true")
	}},
	{part: "passwords reach the task as", source: "secrets", made: func(s system) string {
		if c := s.task().Containers[0]; len(c.Secrets) == 1 && len(c.Environment) == 0 {
			return "secrets"
		}
		return "text"
	}},
	{part: "traffic to S3 goes", source: "through NAT", ours: "through a gateway endpoint",
		reason: "it is free, and image layers would cost by the gigabyte", made: func(s system) string {
			if services(s.endpoints("Gateway")) == "com.amazonaws.us-east-1.s3" {
				return "through a gateway endpoint"
			}
			return "through NAT"
		}},
}

// natHosts is the same part of the guide, for EC2.
var natHosts = []row{
	{part: "hosts have public addresses", source: "false", made: func(s system) string { return hosts(s, "AssociatePublicIpAddress") }},
	{part: "hosts are in the private subnets and leave through NAT", source: "true", made: func(s system) string { return s.hostsAreIn("nat") }},
	{part: "a private subnet leaves through the NAT gateway of its own zone", source: "true", made: leavesInItsZone},
	{part: "tasks use their host's network", source: "host", made: func(s system) string { return s.task().NetworkMode }},
	{part: "hosts' key pair", source: "", made: func(s system) string { return key(s) }},
	{part: "who may reach the hosts", source: "", made: func(s system) string { return admitted(s.group("hosts-hosts")) }},
}

// cheapNat is the guide's cheaper choice for small work.
var cheapNat = []row{
	{part: "NAT gateways", source: "1", made: func(s system) string { return fmt.Sprint(len(s.inv.NatGateways)) }},
	{part: "private subnets that leave through it", source: "nat nat", made: func(s system) string { return s.waysOut(s.private()) }},
}

// TestSystem3 compares the payment worker with AWS's guide.
func TestSystem3(t *testing.T) { compare(t, "examples/payment-worker/yaml", natGuide) }

// TestSystem3OnEc2 does so for hosts in private subnets.
func TestSystem3OnEc2(t *testing.T) { compare(t, "tests/engine/testdata/private-hosts", natHosts) }

// TestSystem3WithOneGateway does so for a single NAT gateway.
func TestSystem3WithOneGateway(t *testing.T) {
	compare(t, "tests/engine/testdata/one-gateway", cheapNat)
}
