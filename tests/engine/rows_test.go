package engine

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
)

// row is a value of a source's system, and how to find what we made. A row that
// we make differently on purpose says what we make and why.
type row struct {
	part   string
	source string
	ours   string // "" where it is the source's
	reason string
	made   func(system) string
}

// compare runs the program in dir and compares what it made with its source,
// row by row.
func compare(t *testing.T, dir string, rows []row) {
	t.Helper()
	t.Parallel()
	a := newAccount(t)
	p := a.newProgram(dir)
	log := filepath.Join(t.TempDir(), "requests.jsonl")
	p.stack.Extra = append(p.stack.Extra, "ECSNET_STANDIN_LOG="+log)
	p.up()
	s := system{t: t, inv: a.inventory(), requests: readRequests(t, log), outputs: p.componentOutputs()}
	for _, row := range rows {
		want := row.source
		if row.ours != "" {
			want = row.ours
			if row.reason == "" || row.ours == row.source {
				t.Errorf("%s: a deliberate difference needs a reason and has to be one", row.part)
			}
		}
		if got := row.made(s); got != want {
			t.Errorf("%s: want %q, made %q", row.part, want, got)
		}
	}
	p.destroy()
	a.mustBeEmpty()
}

// system is what an example made in the local AWS: read back,
// and what was sent where the local AWS forgets.
type system struct {
	t        *testing.T
	inv      *inventory.Inventory
	requests []request
	outputs  map[string]map[string]any // of the components, by type
}

// request is one call to AWS as the stand-in recorded it.
type request struct {
	Service, Operation string
	Input              map[string]any
}

// sent returns the only request of an operation.
func (s system) sent(operation string) map[string]any {
	s.t.Helper()
	var found []map[string]any
	for _, r := range s.requests {
		if r.Operation == operation {
			found = append(found, r.Input)
		}
	}
	if len(found) != 1 {
		s.t.Fatalf("%s was sent %d times, want once", operation, len(found))
	}
	return found[0]
}

func (s system) vpc() inventory.Vpc {
	for _, v := range s.inv.Vpcs {
		if !v.Default {
			return v
		}
	}
	s.t.Fatal("no VPC was made")
	return inventory.Vpc{}
}

func (s system) subnets() (list []inventory.Subnet) {
	for _, n := range s.inv.Subnets {
		if n.VpcID == s.vpc().ID {
			list = append(list, n)
		}
	}
	slices.SortFunc(list, func(a, b inventory.Subnet) int { return strings.Compare(a.Zone, b.Zone) })
	return list
}

// wayOut is where a subnet's own route table sends what leaves the VPC: the
// beginning of an id, such as igw or nat.
func (s system) wayOut(subnet string) string {
	kind, _, _ := strings.Cut(s.gateway(subnet), "-")
	return kind
}

func (s system) gateway(subnet string) string {
	for _, r := range s.inv.RouteTables {
		if slices.Contains(r.Subnets, subnet) {
			for _, route := range r.Routes {
				if route.Destination == "0.0.0.0/0" {
					return route.Target
				}
			}
		}
	}
	return "none"
}

func (s system) waysOut(subnets []inventory.Subnet) string {
	var list []string
	for _, n := range subnets {
		list = append(list, s.wayOut(n.ID))
	}
	return strings.Join(list, " ")
}

// public and private are the subnets by the planned layout: the VPC's first
// quarter and its upper half.
func (s system) public() []inventory.Subnet  { return s.inBlock("10.0.0.0/18") }
func (s system) private() []inventory.Subnet { return s.inBlock("10.0.128.0/17") }

func (s system) inBlock(block string) (list []inventory.Subnet) {
	for _, n := range s.subnets() {
		if netip.MustParsePrefix(block).Overlaps(netip.MustParsePrefix(n.CidrBlock)) {
			list = append(list, n)
		}
	}
	return list
}

func (s system) zone(subnet string) string {
	for _, n := range s.inv.Subnets {
		if n.ID == subnet {
			return n.Zone
		}
	}
	return "no zone"
}

// serviceIsIn says whether the service is in all subnets with a way out of that
// kind, and in no other.
func (s system) serviceIsIn(wayOut string) string { return s.exactly(s.service().Subnets, wayOut) }

func (s system) exactly(in []string, wayOut string) string {
	var want []string
	for _, n := range s.subnets() {
		if s.wayOut(n.ID) == wayOut {
			want = append(want, n.ID)
		}
	}
	slices.Sort(want)
	return fmt.Sprint(len(want) > 0 && slices.Equal(slices.Sorted(slices.Values(in)), want))
}

// hostsAreIn is serviceIsIn for the Auto Scaling group.
func (s system) hostsAreIn(wayOut string) string {
	ids, _ := s.sent("CreateAutoScalingGroup")["VPCZoneIdentifier"].(string)
	return s.exactly(strings.Split(ids, ","), wayOut)
}

// template is what a host starts with.
func (s system) template() map[string]any {
	data, _ := s.sent("CreateLaunchTemplate")["LaunchTemplateData"].(map[string]any)
	return data
}

// hosts is a property of the hosts' network interface.
func hosts(s system, property string) string {
	interfaces, _ := s.template()["NetworkInterfaces"].([]any)
	if len(interfaces) != 1 {
		return fmt.Sprint(len(interfaces), " interfaces")
	}
	properties, _ := interfaces[0].(map[string]any)
	return fmt.Sprint(properties[property])
}

// key is the key pair that opens the hosts.
func key(s system) string {
	if name, given := s.template()["KeyName"].(string); given {
		return name
	}
	return ""
}

// gateways counts the internet gateways on the VPC and the NAT gateways.
func gateways(s system) string {
	n := 0
	for _, g := range s.inv.InternetGateways {
		if slices.Contains(g.VpcIDs, s.vpc().ID) {
			n++
		}
	}
	return fmt.Sprint(n, " ", len(s.inv.NatGateways))
}

// leavesInItsZone says whether each private subnet leaves through a NAT gateway
// of its own zone.
func leavesInItsZone(s system) string {
	return all(s.private(), func(n inventory.Subnet) bool {
		return slices.ContainsFunc(s.inv.NatGateways, func(g inventory.NatGateway) bool {
			return g.ID == s.gateway(n.ID) && s.zone(g.SubnetID) == n.Zone
		})
	})
}

func placement(s system) string { return s.service().RunsOn() + " " + s.service().AssignPublicIP }

// subnetTables counts the route tables that serve subnets of the VPC.
func subnetTables(s system) string {
	n := 0
	for _, r := range s.inv.RouteTables {
		if r.VpcID == s.vpc().ID && len(r.Subnets) > 0 {
			n++
		}
	}
	return fmt.Sprint(n)
}

// admitted lists who a group admits besides those named.
func admitted(g inventory.SecurityGroup, besides ...string) string {
	var list []string
	for _, r := range g.Rules {
		if !r.Egress && !slices.Contains(besides, r.Peer) {
			list = append(list, r.String())
		}
	}
	return strings.Join(list, ", ")
}

func (s system) endpoints(kind string) (list []inventory.Endpoint) {
	for _, e := range s.inv.Endpoints {
		if e.Type == kind {
			list = append(list, e)
		}
	}
	return list
}

// group returns the security group whose name begins with prefix.
func (s system) group(prefix string) inventory.SecurityGroup {
	s.t.Helper()
	for _, g := range s.inv.SecurityGroups {
		if strings.HasPrefix(g.Name, prefix) {
			return g
		}
	}
	s.t.Fatalf("no security group %s", prefix)
	return inventory.SecurityGroup{}
}

func (s system) role(prefix string) inventory.Role {
	s.t.Helper()
	for _, r := range s.inv.Roles {
		if strings.HasPrefix(r.Name, prefix) {
			return r
		}
	}
	s.t.Fatalf("no role %s", prefix)
	return inventory.Role{}
}

func (s system) task() inventory.TaskDefinition { return s.inv.TaskDefinitions[0] }
func (s system) service() inventory.Service     { return s.inv.Services[0] }

// rules describes the rules of a group that admit another one.
func rules(g inventory.SecurityGroup, peer string) string {
	var list []string
	for _, r := range g.Rules {
		if !r.Egress && r.Peer == peer {
			list = append(list, fmt.Sprintf("%s %d-%d", r.Protocol, r.FromPort, r.ToPort))
		}
	}
	return strings.Join(list, ", ")
}

// all says whether a property holds for every element, and for at least one.
func all[T any](list []T, holds func(T) bool) string {
	return fmt.Sprint(len(list) > 0 && !slices.ContainsFunc(list, func(v T) bool { return !holds(v) }))
}

func services(endpoints []inventory.Endpoint) string {
	names := make([]string, len(endpoints))
	for i, e := range endpoints {
		names[i] = e.Service
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func trust(document string) string {
	var policy struct {
		Statement []struct {
			Principal map[string]any
			Condition map[string]map[string]string
		}
	}
	if err := json.Unmarshal([]byte(document), &policy); err != nil || len(policy.Statement) != 1 {
		return document
	}
	s := policy.Statement[0]
	return fmt.Sprint(s.Principal["Service"], " ArnLike aws:SourceArn ", s.Condition["ArnLike"]["aws:SourceArn"],
		" StringEquals aws:SourceAccount ", s.Condition["StringEquals"]["aws:SourceAccount"])
}

// given lists which of the outputs a component has.
func (s system) given(typ string, names ...string) string {
	return strings.Join(slices.DeleteFunc(names, func(n string) bool { return s.outputs[typ][n] == nil }), " ")
}

func readRequests(t *testing.T, file string) (list []request) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r request
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatalf("%v in %s", err, lines.Text())
		}
		list = append(list, r)
	}
	return list
}

// resource is a resource of a stack's state.
type resource struct {
	URN, Type, ID, Parent string
	Inputs, Outputs       map[string]any
}

func (r resource) name() string { return r.URN[strings.LastIndex(r.URN, "::")+2:] }

// resources reads the stack's state.
func (p *program) resources() []resource {
	p.t.Helper()
	text, err := p.stack.Export(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	var state struct {
		Deployment struct{ Resources []resource }
	}
	if err := json.Unmarshal(text, &state); err != nil {
		p.t.Fatal(err)
	}
	return state.Deployment.Resources
}

// componentOutputs reads the components' outputs from the stack's state.
func (p *program) componentOutputs() map[string]map[string]any {
	p.t.Helper()
	outputs := map[string]map[string]any{}
	for _, r := range p.resources() {
		if strings.HasPrefix(r.Type, "ecsnet:") {
			outputs[r.Type] = r.Outputs
		}
	}
	return outputs
}
