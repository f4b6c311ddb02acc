package engine

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestApiIsAsked: what the API is told about its limits and its load balancer
// is what the program says, and no limit is ever 0, which lets nothing through.
func TestApiIsAsked(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	arn := a.certificate()
	dir := t.TempDir()
	secure := "web ApplicationIngress {network: ${net}, certificateArn: CERTIFICATE, redirectHttp: false}"
	scenes := []scene{
		{name: "no limits", ways: []string{secure, "api ApiIngress {network: ${net}}"}, service: joins("api")},
		{name: "the service leaves the API", ways: []string{secure, "api ApiIngress {network: ${net}}"}, service: joins("web")},
		{name: "limits and a server name", ways: []string{secure,
			"api ApiIngress {network: ${net}, loadBalancer: ${web}, serverNameToVerify: web.example.com, throttlingRateLimit: 50.5, throttlingBurstLimit: 100}"}, service: joins("web")},
		{name: "other limits", ways: []string{secure,
			"api ApiIngress {network: ${net}, loadBalancer: ${web}, serverNameToVerify: example.com, throttlingRateLimit: 500, throttlingBurstLimit: 1000}"}, service: joins("web")},
	}
	scenes[0].write(t, dir, arn)
	p := a.newProgram(dir)
	log := filepath.Join(t.TempDir(), "requests.jsonl")
	p.stack.Extra = append(p.stack.Extra, "ECSNET_STANDIN_LOG="+log)
	for _, s := range scenes {
		s.write(t, p.workspace.Dir, arn)
		p.up()
		p.mustBeSteady()
	}
	var limits [][2]any
	var servers []any
	for _, r := range readRequests(t, log) {
		if strings.HasSuffix(r.Operation, "Stage") {
			if settings, given := r.Input["DefaultRouteSettings"].(map[string]any); given {
				limits = append(limits, [2]any{settings["ThrottlingRateLimit"], settings["ThrottlingBurstLimit"]})
			}
		}
		if tls, given := r.Input["TlsConfig"].(map[string]any); given {
			servers = append(servers, tls["ServerNameToVerify"])
		}
	}
	if len(limits) != 2 || limits[0] != [2]any{50.5, 100.0} || limits[1] != [2]any{500.0, 1000.0} {
		t.Errorf("the stage was told of the limits %v, want 50.5 and 100, then 500 and 1000", limits)
	}
	if len(servers) != 2 || servers[0] != "web.example.com" || servers[1] != "example.com" {
		t.Errorf("the integration was told of the server names %v", servers)
	}
	p.destroy()
	a.mustBeEmpty()
}

// TestWaysInThatCannotWork: the first preview says so, of components that are
// passed by reference too.
func TestWaysInThatCannotWork(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	dir := t.TempDir()
	const one = "Network {vpcId: vpc-1, subnetIds: [subnet-1, subnet-2], egress: NatGateway, cidrBlock: 10.0.0.0/16, availabilityZones: "
	refused := []struct {
		scene
		says []string
	}{
		{scene{name: "HTTP to HTTPS", ways: []string{"web ApplicationIngress {network: ${net}, certificateArn: CERTIFICATE}", "api ApiIngress {network: ${net}, loadBalancer: ${web}}"},
			service: joins("web")}, []string{"serverNameToVerify: is required", "HTTPS"}},
		{scene{name: "HTTP to UDP", ways: []string{"web NetworkIngress {network: ${net}, protocol: UDP}", "api ApiIngress {network: ${net}, loadBalancer: ${web}}"},
			service: joins("web")}, []string{"loadBalancer: takes UDP"}},
		{scene{name: "a limit alone", ways: []string{"web ApiIngress {network: ${net}, throttlingRateLimit: 10}"}, service: joins("web")},
			[]string{"throttlingBurstLimit: is required"}},
		{scene{name: "tasks where the load balancer is not", nets: []string{"net " + one + "[us-east-1a, us-east-1b]}", "other " + one + "[us-east-1a, us-east-1c]}"},
			ways: []string{"web NetworkIngress {network: ${other}}"}, service: joins("web")}, []string{"load-balancer-task-zones", "ingress: tasks run in us-east-1b"}},
	}
	refused[0].write(t, dir, "arn:aws:acm:us-east-1:123456789012:certificate/1")
	p := a.newProgram(dir)
	for _, r := range refused {
		r.write(t, p.workspace.Dir, "arn:aws:acm:us-east-1:123456789012:certificate/1")
		out, err := p.run("preview")
		if err == nil {
			t.Errorf("%s passes\n%s", r.name, out)
		}
		for _, text := range r.says {
			if !strings.Contains(out, text) {
				t.Errorf("%s: the preview does not say %q\n%s", r.name, text, out)
			}
		}
	}
	a.mustBeEmpty()
}

// TestOneZoneMore: the preview of a further zone tells of no other VPC link, and
// the update makes none.
func TestOneZoneMore(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	dir := t.TempDir()
	before := scene{nets: []string{zones("a", "b")}, ways: []string{"web ApiIngress {network: ${net}}"}, service: joins("web")}
	before.write(t, dir, "")
	p := a.newProgram(dir)
	p.up()
	link := func() string {
		t.Helper()
		for _, r := range p.resources() {
			if r.name() == "web-link" && strings.HasSuffix(r.Type, ":VpcLink") {
				return r.Outputs["arn"].(string)
			}
		}
		t.Fatal("there is no VPC link")
		return ""
	}
	was := link()
	after := before
	after.nets = []string{zones("a", "b", "c")}
	after.write(t, p.workspace.Dir, "")
	for _, o := range p.preview() {
		if o.name == "web-link" {
			t.Errorf("the preview means to %s", o)
		}
	}
	p.up()
	p.mustBeSteady()
	if is := link(); is != was {
		t.Errorf("the VPC link is %s, was %s", is, was)
	}
	p.destroy()
	a.mustBeEmpty()
}
