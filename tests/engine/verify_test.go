package engine

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The endpoints of an isolated network are bounded, but for those that take no
// policy.
var (
	isolatedEndpoints = []string{"ecr.api", "ecr.dkr", "logs", "s3", "secretsmanager", "ssm", "ssmmessages"}
	hostEndpoints     = []string{"ecs", "ecs-agent", "ecs-telemetry"}
)

// proven are the verdicts about the examples, at their first preview and once
// they stand.
var proven = map[string]verdicts{
	"isolated-service": {service: "sample-service", ingress: "closed", egress: "closed", exfiltration: "closed", zoneRedundant: "yes",
		limited: isolatedEndpoints},
	"isolated-ec2": {service: "sample-service", ingress: "closed", egress: "closed", exfiltration: "closed", zoneRedundant: "yes",
		limited: isolatedEndpoints, unsupported: hostEndpoints},
	"isolated-api": {service: "web-service", ingress: "open", egress: "closed", exfiltration: "closed", zoneRedundant: "yes",
		through: []string{"the internet", "api-api", "api-link"}, limited: isolatedEndpoints},
	"nat-behind-alb": {service: "web-service", ingress: "open", egress: "open", exfiltration: "open", zoneRedundant: "yes",
		through: []string{"the internet", "net-internet", "front-lb", "net-nat-a", "net-nat-b"}, open: []string{"s3"}},
	"payment-worker": {service: "worker-service", ingress: "closed", egress: "open", exfiltration: "open", zoneRedundant: "yes",
		through: []string{"net-nat-a", "net-nat-b", "net-internet"}, open: []string{"s3"}},
	"public-game-server": {service: "game-service", ingress: "open", egress: "open", exfiltration: "closed", zoneRedundant: "yes",
		through: []string{"the internet", "net-internet"}},
}

// gatewayAndRoute is what somebody adds to a program: a way out of a VPC.
const gatewayAndRoute = `  gateway:
    type: aws:ec2:InternetGateway
    properties:
      vpcId: ${%s}
  way-out:
    type: aws:ec2:Route
    properties:
      routeTableId: ${%s}
      destinationCidrBlock: 0.0.0.0/0
      gatewayId: ${gateway.id}
`

// TestAWayOutBesideTheComponents: a public address that leads nowhere is no
// harm; the gateway that somebody adds in the next change is, and its preview
// says so before anything is created. It is all the same who made the network.
func TestAWayOutBesideTheComponents(t *testing.T) {
	t.Parallel()
	sample := proven["isolated-service"]
	tests := map[string]struct {
		vpc, table string
		before     []verdicts
		after      []verdicts
		// path is how the tool shows it, its lines' beginnings.
		path []string
		// documented: docs/verify.md shows what it says.
		documented bool
	}{
		"gateway-beside": {
			vpc: "net.vpcId", table: "net.routeTableIds[0]",
			before: []verdicts{
				{service: "visitor-service", ingress: "closed", egress: "closed", exfiltration: "closed", zoneRedundant: "no", limited: []string{"s3"}}, sample},
			after: []verdicts{
				{service: "visitor-service", ingress: "closed", egress: "open", exfiltration: "closed", zoneRedundant: "no", limited: []string{"s3"},
					through: []string{"visitor", "net-private-a", "gateway", "the internet"}}, sample},
			path: []string{"out tcp 443 to 0.0.0.0/0", "service visitor-service", "-> security group visitor", "-> route table net-private-a", "-> internet gateway gateway", "-> the internet"},
		},
		"by-hand": {
			vpc: "net.id", table: "routes.id",
			before: []verdicts{{service: "sample", ingress: "closed", egress: "closed", exfiltration: "closed", zoneRedundant: "yes"}},
			after: []verdicts{{service: "sample", ingress: "open", egress: "closed", exfiltration: "closed", zoneRedundant: "yes",
				through: []string{"the internet", "gateway", "routes", "tasks"}}},
			path:       []string{"in tcp 443 from 0.0.0.0/0", "the internet", "-> internet gateway gateway", "-> route table routes", "-> security group tasks", "-> service sample"},
			documented: true,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			p := a.newProgram("tests/engine/testdata/" + name)
			p.mustSay(0, "isolated: held", "verify", "--preview", "--stack", "dev", "--assert", "isolated")
			p.up()
			p.mustBeProven([]string{p.state()}, tt.before...)
			p.mustSay(0, "isolated: held", "verify", "--stack", "dev", "--assert", "isolated")

			p.add(fmt.Sprintf(gatewayAndRoute, tt.vpc, tt.table))
			p.preview()
			p.mustBeProven([]string{p.previewed}, tt.after...)
			said := p.mustSay(1, "isolated: failed", "verify", "--preview", "--stack", "dev", "--assert", "isolated")
			rest := said
			for _, line := range tt.path {
				_, after, found := strings.Cut(rest, line)
				if !found {
					t.Fatalf("no %q, after what comes before it, in\n%s", line, said)
				}
				rest = after
			}
			if tt.documented {
				p.mustBeShown(name, said)
			}
			p.up()
			p.mustBeProven([]string{p.state()}, tt.after...)
			p.mustSay(1, "isolated: failed", "verify", "--stack", "dev", "--assert", "isolated")
			p.destroy()
			p.mustSay(2, "isolated: undecided", "verify", "--stack", "dev", "--assert", "isolated")
			a.mustBeEmpty()
		})
	}
}

// mustBeShown fails the test unless docs/verify.md shows what the tool said
// about a program.
func (p *program) mustBeShown(name, said string) {
	p.t.Helper()
	text, err := os.ReadFile(filepath.Join(p.Root, "docs", "verify.md"))
	if err != nil {
		p.t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "<!-- output: "+name+" -->\n```text\n")
	shown, _, closed := strings.Cut(rest, "```\n")
	if !found || !closed || !strings.Contains(said, shown) {
		p.t.Errorf("docs/verify.md shows of %s\n%s\nand the tool says\n%s", name, shown, said)
	}
}

// mustSay runs the tool through the CLI and fails the test unless it ends with
// this code and says this.
func (p *program) mustSay(code int, want string, args ...string) string {
	p.t.Helper()
	got, said := p.tool(args...)
	if got != code || !strings.Contains(said, want) {
		p.t.Errorf("%v ends with %d, want %d, and says\n%s", args, got, code, said)
	}
	return said
}
