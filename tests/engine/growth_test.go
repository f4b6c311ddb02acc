package engine

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// step is one edit of a network, and all that the engine may do for it. Nothing
// is ever replaced, and nothing is deleted but what the edit takes away.
type step struct {
	name    string
	network string // the network's type and properties, as YAML
	creates []string
	updates []string
	deletes []string
}

// growth are the ways in which a network changes under one name.
var growth = map[string][]step{
	"isolated to NAT and back": {
		{name: "isolated", network: "IsolatedVpc {}"},
		{name: "to NAT", network: "NatNetwork {}",
			creates: slices.Concat(publicTier("a", "b"), internet, nat("a", "b"), privateRoutes("a", "b")),
			updates: []string{"vpcEndpoint net-endpoint-s3"}, // its policy
			deletes: endpoints("logs", "ssm", "ssmmessages", "ecr.api", "ecr.dkr", "secretsmanager")},
		{name: "and back", network: "IsolatedVpc {}",
			creates: endpoints("logs", "ssm", "ssmmessages", "ecr.api", "ecr.dkr", "secretsmanager"),
			updates: []string{"vpcEndpoint net-endpoint-s3"},
			deletes: slices.Concat(publicTier("a", "b"), internet, nat("a", "b"), privateRoutes("a", "b"))},
	},
	"public to NAT": {
		{name: "public", network: "PublicNetwork {}"},
		{name: "to NAT", network: "NatNetwork {}",
			creates: slices.Concat(tier("private", "a", "b"), nat("a", "b"), privateRoutes("a", "b"), []string{
				"securityGroup net-endpoints", "securityGroupIngressRule net-endpoints-self", "vpcEndpoint net-endpoint-s3",
			})},
	},
	"one NAT gateway to one for each zone and back": {
		{name: "single", network: "NatNetwork {natMode: Single}"},
		{name: "one for each zone", network: "NatNetwork {natMode: OnePerAz}",
			creates: nat("b"), updates: []string{"route net-private-b"}},
		{name: "and back", network: "NatNetwork {natMode: Single}",
			updates: []string{"route net-private-b"}, deletes: nat("b")},
	},
	"zones up to the slots": {
		{name: "two", network: `NatNetwork {maxAvailabilityZones: 4, availabilityZones: [us-east-1a, us-east-1b], endpointServices: [logs]}`},
		{name: "three", network: `NatNetwork {maxAvailabilityZones: 4, availabilityZones: [us-east-1a, us-east-1b, us-east-1c], endpointServices: [logs]}`,
			creates: slices.Concat(tier("private", "c"), publicTier("c"), nat("c"), privateRoutes("c")),
			updates: []string{"vpcEndpoint net-endpoint-s3", "vpcEndpoint net-endpoint-logs"}},
		{name: "four", network: `NatNetwork {maxAvailabilityZones: 4, availabilityZones: [us-east-1a, us-east-1b, us-east-1c, us-east-1d], endpointServices: [logs]}`,
			creates: slices.Concat(tier("private", "d"), publicTier("d"), nat("d"), privateRoutes("d")),
			updates: []string{"vpcEndpoint net-endpoint-s3", "vpcEndpoint net-endpoint-logs"}},
		{name: "one removed", network: `NatNetwork {maxAvailabilityZones: 4, availabilityZones: [us-east-1a, "", us-east-1c, us-east-1d], endpointServices: [logs]}`,
			updates: []string{"vpcEndpoint net-endpoint-s3", "vpcEndpoint net-endpoint-logs"},
			deletes: slices.Concat(tier("private", "b"), publicTier("b"), nat("b"), privateRoutes("b"))},
	},
	"a third zone in a VPC born with two": {
		{name: "two", network: `IsolatedVpc {availabilityZones: [us-east-1a, us-east-1b]}`},
		{name: "three", network: `IsolatedVpc {availabilityZones: [us-east-1a, us-east-1b, us-east-1c], zoneCidrBlocks: {us-east-1c: 10.1.0.0/18}}`,
			creates: append(tier("private", "c"), "vpcIpv4CidrBlockAssociation net-block-c"),
			updates: endpoints("s3", "logs", "ssm", "ssmmessages", "ecr.api", "ecr.dkr", "secretsmanager")},
	},
	"endpoints": {
		{name: "one", network: `IsolatedVpc {endpointServices: [logs]}`},
		{name: "one more", network: `IsolatedVpc {endpointServices: [logs, sqs]}`, creates: endpoints("sqs")},
		{name: "one less", network: `IsolatedVpc {endpointServices: [sqs]}`, deletes: endpoints("logs")},
		{name: "ECS on EC2", network: `IsolatedVpc {endpointServices: [sqs], ecsOnEc2: true}`, creates: endpoints("ecs", "ecs-agent", "ecs-telemetry")},
	},
}

var internet = []string{"internetGateway net-internet"}

func each(zones []string, patterns ...string) (names []string) {
	for _, zone := range zones {
		for _, pattern := range patterns {
			names = append(names, strings.ReplaceAll(pattern, "Z", zone))
		}
	}
	return names
}

func tier(name string, zones ...string) []string {
	return each(zones, "subnet net-"+name+"-Z", "routeTable net-"+name+"-Z", "routeTableAssociation net-"+name+"-Z")
}

func publicTier(zones ...string) []string {
	return append(tier("public", zones...), each(zones, "route net-public-Z")...)
}
func privateRoutes(zones ...string) []string { return each(zones, "route net-private-Z") }
func nat(zones ...string) []string           { return each(zones, "eip net-nat-Z", "natGateway net-nat-Z") }
func endpoints(services ...string) []string {
	return each(services, "vpcEndpoint net-endpoint-Z")
}

func TestGrowth(t *testing.T) {
	t.Parallel()
	for name, steps := range growth {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			dir := t.TempDir()
			write(t, dir, steps[0].network)
			p := a.newProgram(dir)
			p.up()
			for _, s := range steps[1:] {
				before := a.subnets()
				write(t, p.workspace.Dir, s.network)
				p.mustPlan(s) // and nothing that the step before has left
				p.up()
				after := a.subnets()
				for id, block := range before {
					if now, kept := after[id]; kept && now != block {
						t.Errorf("%s: subnet %s moved from %s to %s", s.name, id, block, now)
					} else if !kept && len(s.deletes) == 0 {
						t.Errorf("%s: subnet %s %s is gone", s.name, id, block)
					}
				}
			}
			p.mustBeSteady()
			p.destroy()
			a.mustBeEmpty()
		})
	}
}

// write writes a YAML program with one network.
func write(t *testing.T, dir, network string) {
	t.Helper()
	typ, properties, _ := strings.Cut(network, " ")
	text := fmt.Sprintf("name: growth\nruntime: yaml\nresources:\n  net:\n    type: ecsnet:%s\n    properties: %s\n", typ, properties)
	if err := os.WriteFile(filepath.Join(dir, "Pulumi.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// mustPlan fails the test when the engine would do anything but the step.
func (p *program) mustPlan(s step) {
	p.t.Helper()
	var got, want []string
	for _, o := range p.preview() {
		got = append(got, o.op+" "+shortType(o.typ)+" "+o.name)
	}
	for op, names := range map[string][]string{"create": s.creates, "update": s.updates, "delete": s.deletes} {
		for _, name := range names {
			want = append(want, op+" "+name)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		p.t.Errorf("%s: the engine would do\n  %s\nwant\n  %s", s.name, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// shortType is the last part of a type's token, as the tables write it.
func shortType(typ string) string {
	name := typ[strings.LastIndex(typ, ":")+1:]
	return strings.ToLower(name[:1]) + name[1:]
}

// subnets are the blocks of the local AWS's subnets, by id.
func (a *account) subnets() map[string]string {
	blocks := map[string]string{}
	for _, n := range a.inventory().Subnets {
		blocks[n.ID] = n.CidrBlock
	}
	return blocks
}

// TestTwoNetworksOfOneName: because a network takes over from another of the
// same name, the engine refuses two of one name, whatever their types.
func TestTwoNetworksOfOneName(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	dir := t.TempDir()
	write(t, dir, "IsolatedVpc {}")
	p := a.newProgram(dir)
	p.up()
	text := "name: growth\nruntime: yaml\nresources:\n  net:\n    type: ecsnet:IsolatedVpc\n" +
		"  other:\n    type: ecsnet:NatNetwork\n    name: net\n"
	if err := os.WriteFile(filepath.Join(p.workspace.Dir, "Pulumi.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := p.run("preview"); err == nil || !strings.Contains(out, "net") {
		t.Errorf("two networks of one name were taken: %s", out)
	} else if !strings.Contains(out, "uplicate") {
		t.Errorf("the engine does not say that the name is taken twice:\n%s", out)
	}
	p.destroy()
	a.mustBeEmpty()
}
