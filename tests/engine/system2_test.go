package engine

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
)

// publicGuide is AWS's guide "Connect Amazon ECS applications to the internet",
// its part on public subnets and an internet gateway, for Fargate.
var publicGuide = []row{
	{part: "subnets' way out", source: "igw igw", made: func(s system) string { return s.waysOut(s.subnets()) }},
	{part: "internet gateways on the VPC, NAT gateways", source: "1 0", made: gateways},
	{part: "service launch type and public address", source: "FARGATE ENABLED", made: placement},
	{part: "service is in the public subnets", source: "true", made: func(s system) string { return s.serviceIsIn("igw") }},
	{part: "service has a group of its own, which is its only guard", source: "true", made: func(s system) string {
		return fmt.Sprint(slices.Equal(s.service().SecurityGroups, []string{s.group("game-tasks").ID}))
	}},
	{part: "what the world may reach: what the user lists", source: "udp 7777-7777", made: func(s system) string {
		return rules(s.group("game-tasks"), "0.0.0.0/0")
	}},
	{part: "others who may reach the tasks", source: "", made: func(s system) string { return admitted(s.group("game-tasks"), "0.0.0.0/0") }},
	{part: "a subnet gives public addresses to what starts in it", source: "true", ours: "false",
		reason: "a service asks for its address itself, so nothing else gets one by accident", made: func(s system) string {
			return all(s.subnets(), func(n inventory.Subnet) bool { return n.MapPublicIP })
		}},
	{part: "images and logs go", source: "over the internet gateway", made: func(s system) string {
		if len(s.inv.Endpoints) == 0 {
			return "over the internet gateway"
		}
		return "through endpoints"
	}},
}

// publicHosts is the same part of the guide, for EC2.
var publicHosts = []row{
	{part: "hosts have public addresses", source: "true", made: func(s system) string { return hosts(s, "AssociatePublicIpAddress") }},
	{part: "hosts are in the public subnets", source: "true", made: func(s system) string { return s.hostsAreIn("igw") }},
	{part: "tasks' network mode", source: "bridge", made: func(s system) string { return s.task().NetworkMode }},
	{part: "tasks have a network of their own", source: "0 subnets", made: func(s system) string {
		return fmt.Sprint(len(s.service().Subnets), " subnets")
	}},
	{part: "hosts' key pair", source: "", made: func(s system) string { return key(s) }},
	{part: "what the world may reach: what the user lists, and never port 22", source: "udp 7777-7777", made: func(s system) string {
		return rules(s.group("hosts-hosts"), "0.0.0.0/0")
	}},
	{part: "others who may reach the hosts", source: "", made: func(s system) string { return admitted(s.group("hosts-hosts"), "0.0.0.0/0") }},
}

// TestSystem2 compares the game server with AWS's guide.
func TestSystem2(t *testing.T) { compare(t, "examples/public-game-server/yaml", publicGuide) }

// TestSystem2OnEc2 does so for hosts in public subnets.
func TestSystem2OnEc2(t *testing.T) {
	compare(t, "tests/engine/testdata/public-hosts", publicHosts)
}

// TestSystem2RefusesPublicTasksOnEc2: in network mode awsvpc a task on EC2 never
// has a public address, so it could not use the internet gateway.
func TestSystem2RefusesPublicTasksOnEc2(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	p := a.newProgram("tests/engine/testdata/public-hosts")
	p.edit("Pulumi.yaml", "networkMode: bridge", "assignPublicIp: true")
	out, err := p.run("preview")
	if err == nil || !strings.Contains(out, "assignPublicIp") {
		t.Errorf("a public address for a task in network mode awsvpc on EC2 was not refused:\n%s", out)
	}
	a.mustBeEmpty()
}
