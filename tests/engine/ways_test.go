package engine

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
)

// scene is a program with a network, a cluster and a service, and the ways in
// before it.
type scene struct {
	// name says what the last edit did.
	name string
	// nets are the networks; none is a NatNetwork "net".
	nets []string
	// ways are the components that a service may join: a name, a type and
	// properties, as YAML.
	ways []string
	// service is what the service has besides its cluster and its image. It
	// need not name a network "net".
	service string
	// listens is what the load balancers answer afterwards, in order: SCHEME
	// PROTOCOL:PORT ACTION. Of a listener with a rule, the action is the rule's.
	listens []string
	// keeps says that the target group is the one of the scene before.
	keeps bool
}

const certificate = "CERTIFICATE"

// waysIn are the edits of a stack with a running service and a way in to it.
// Each goes through in one update, whatever AWS refuses to change in place, and
// the last scene is always the first one again: going back is an edit too.
var waysIn = map[string][]scene{
	"a certificate": {
		{name: "HTTP", ways: []string{"web ApplicationIngress {network: ${net}}"}, service: joins("web"),
			listens: []string{"internal HTTP:80 forward"}},
		{name: "a certificate", ways: []string{"web ApplicationIngress {network: ${net}, certificateArn: CERTIFICATE}"}, service: joins("web"),
			listens: []string{"internal HTTP:80 redirect HTTPS:443", "internal HTTPS:443 forward"}, keeps: true},
		{name: "no redirect", ways: []string{"web ApplicationIngress {network: ${net}, certificateArn: CERTIFICATE, redirectHttp: false}"}, service: joins("web"),
			listens: []string{"internal HTTPS:443 forward"}, keeps: true},
		{name: "another port", ways: []string{"web ApplicationIngress {network: ${net}, certificateArn: CERTIFICATE, port: 8443}"}, service: joins("web"),
			listens: []string{"internal HTTP:80 redirect HTTPS:8443", "internal HTTPS:8443 forward"}, keeps: true},
		{name: "no certificate on that port", ways: []string{"web ApplicationIngress {network: ${net}, port: 8443}"}, service: joins("web"),
			listens: []string{"internal HTTP:8443 forward"}, keeps: true},
		{name: "a certificate on that port", ways: []string{"web ApplicationIngress {network: ${net}, certificateArn: CERTIFICATE, port: 8443, redirectHttp: false}"}, service: joins("web"),
			listens: []string{"internal HTTPS:8443 forward"}, keeps: true},
		{name: "HTTP again", ways: []string{"web ApplicationIngress {network: ${net}}"}, service: joins("web"),
			listens: []string{"internal HTTP:80 forward"}, keeps: true},
	},
	"a certificate on a network load balancer": {
		{name: "TCP", ways: []string{"web NetworkIngress {network: ${net}, port: 7000}"}, service: joins("web"),
			listens: []string{"internal TCP:7000 forward"}},
		{name: "TLS", ways: []string{"web NetworkIngress {network: ${net}, port: 7000, certificateArn: CERTIFICATE}"}, service: joins("web"),
			listens: []string{"internal TLS:7000 forward"}, keeps: true},
		{name: "facing the internet, without TLS", ways: []string{facing("web NetworkIngress", "port: 7000")}, service: joins("web"),
			listens: []string{"internet-facing TCP:7000 forward"}, keeps: true},
		{name: "UDP", ways: []string{"web NetworkIngress {network: ${net}, port: 7000, protocol: UDP}"}, service: joins("web"),
			listens: []string{"internal UDP:7000 forward"}},
		{name: "the port that TLS has by itself", ways: []string{"web NetworkIngress {network: ${net}, certificateArn: CERTIFICATE}"}, service: joins("web"),
			listens: []string{"internal TLS:443 forward"}},
		{name: "TCP again", ways: []string{"web NetworkIngress {network: ${net}, port: 7000}"}, service: joins("web"),
			listens: []string{"internal TCP:7000 forward"}, keeps: true},
	},
	"a port": {
		{name: "one", ways: []string{"web NetworkIngress {network: ${net}}"}, service: joins("web"), listens: []string{"internal TCP:80 forward"}},
		{name: "checked on another", ways: []string{"web NetworkIngress {network: ${net}}"}, service: joins("web") + ", healthCheck: {port: 8081}",
			listens: []string{"internal TCP:80 forward"}, keeps: true},
		{name: "that one", ways: []string{"web NetworkIngress {network: ${net}}"}, service: "containerPort: 8081, ingress: ${web}",
			listens: []string{"internal TCP:80 forward"}, keeps: true},
		{name: "one, checked on the other", ways: []string{"web NetworkIngress {network: ${net}}"}, service: joins("web") + ", healthCheck: {port: 8081}",
			listens: []string{"internal TCP:80 forward"}, keeps: true},
		{name: "one again", ways: []string{"web NetworkIngress {network: ${net}}"}, service: joins("web"), listens: []string{"internal TCP:80 forward"}, keeps: true},
	},
	"facing the internet": {
		{name: "internal", ways: []string{"web ApplicationIngress {network: ${net}}"}, service: joins("web"),
			listens: []string{"internal HTTP:80 forward"}},
		{name: "facing", ways: []string{facing("web ApplicationIngress", "certificateArn: CERTIFICATE")}, service: joins("web"),
			listens: []string{"internet-facing HTTP:80 redirect HTTPS:443", "internet-facing HTTPS:443 forward"}, keeps: true},
		{name: "internal again", ways: []string{"web ApplicationIngress {network: ${net}}"}, service: joins("web"),
			listens: []string{"internal HTTP:80 forward"}, keeps: true},
	},
	"a zone under a network load balancer": {
		{name: "three zones", nets: []string{zones("a", "b", "c")}, ways: []string{"web NetworkIngress {network: ${net}}"}, service: joins("web"),
			listens: []string{"internal TCP:80 forward"}},
		{name: "two", nets: []string{zones("a", "", "c")}, ways: []string{"web NetworkIngress {network: ${net}}"}, service: joins("web"),
			listens: []string{"internal TCP:80 forward"}, keeps: true},
		{name: "three again", nets: []string{zones("a", "b", "c")}, ways: []string{"web NetworkIngress {network: ${net}}"}, service: joins("web"),
			listens: []string{"internal TCP:80 forward"}, keeps: true},
	},
	"a zone under an API": {
		{name: "three zones", nets: []string{zones("a", "b", "c")}, ways: []string{"web ApiIngress {network: ${net}}"}, service: joins("web")},
		{name: "two", nets: []string{zones("a", "", "c")}, ways: []string{"web ApiIngress {network: ${net}}"}, service: joins("web")},
		{name: "three again", nets: []string{zones("a", "b", "c")}, ways: []string{"web ApiIngress {network: ${net}}"}, service: joins("web")},
	},
	"another network": {
		{name: "one", nets: []string{"net IsolatedVpc {}", "other IsolatedVpc {cidrBlock: 10.1.0.0/16}"}, ways: []string{"web ApplicationIngress {network: ${net}}"},
			service: joins("web"), listens: []string{"internal HTTP:80 forward"}},
		{name: "the other", nets: []string{"net IsolatedVpc {}", "other IsolatedVpc {cidrBlock: 10.1.0.0/16}"}, ways: []string{"web ApplicationIngress {network: ${other}}"},
			service: joins("web") + ", network: ${other}", listens: []string{"internal HTTP:80 forward"}},
		{name: "one again", nets: []string{"net IsolatedVpc {}", "other IsolatedVpc {cidrBlock: 10.1.0.0/16}"}, ways: []string{"web ApplicationIngress {network: ${net}}"},
			service: joins("web"), listens: []string{"internal HTTP:80 forward"}},
	},
	"another network of an API": {
		{name: "one", nets: []string{"net IsolatedVpc {}", "other IsolatedVpc {cidrBlock: 10.1.0.0/16}"}, ways: []string{"web ApiIngress {network: ${net}}"}, service: joins("web")},
		{name: "the other", nets: []string{"net IsolatedVpc {}", "other IsolatedVpc {cidrBlock: 10.1.0.0/16}"}, ways: []string{"web ApiIngress {network: ${other}}"},
			service: joins("web") + ", network: ${other}"},
		{name: "one again", nets: []string{"net IsolatedVpc {}", "other IsolatedVpc {cidrBlock: 10.1.0.0/16}"}, ways: []string{"web ApiIngress {network: ${net}}"}, service: joins("web")},
	},
	"a way in of a running service": {
		{name: "none", service: "containerPort: 8080"},
		{name: "a load balancer", ways: []string{"web ApplicationIngress {network: ${net}}"}, service: joins("web"), listens: []string{"internal HTTP:80 forward"}},
		{name: "time for the first check", ways: []string{"web ApplicationIngress {network: ${net}}"}, service: joins("web") + ", healthCheckGracePeriodSeconds: 60",
			listens: []string{"internal HTTP:80 forward"}, keeps: true},
		{name: "an API", ways: []string{"web ApiIngress {network: ${net}}"}, service: joins("web")},
		{name: "a load balancer again", ways: []string{"web ApplicationIngress {network: ${net}}"}, service: joins("web"), listens: []string{"internal HTTP:80 forward"}},
		{name: "none again", service: "containerPort: 8080"},
	},
	"another load balancer": {
		{name: "one", ways: []string{"web ApplicationIngress {network: ${net}}", "deep ApplicationIngress {network: ${net}, port: 7000}"}, service: joins("web"),
			listens: []string{"internal HTTP:7000 fixed-response", "internal HTTP:80 forward"}},
		{name: "the other", ways: []string{"web ApplicationIngress {network: ${net}}", "deep ApplicationIngress {network: ${net}, port: 7000}"}, service: joins("deep"),
			listens: []string{"internal HTTP:7000 forward", "internal HTTP:80 fixed-response"}},
		{name: "one again, the other gone", ways: []string{"web ApplicationIngress {network: ${net}}"}, service: joins("web"), listens: []string{"internal HTTP:80 forward"}},
	},
	"another network load balancer": {
		{name: "one", ways: []string{"web NetworkIngress {network: ${net}}", "deep NetworkIngress {network: ${net}, port: 7000}"}, service: joins("web"),
			listens: []string{"internal TCP:80 forward"}},
		{name: "the other", ways: []string{"web NetworkIngress {network: ${net}}", "deep NetworkIngress {network: ${net}, port: 7000}"}, service: joins("deep"),
			listens: []string{"internal TCP:7000 forward"}, keeps: true},
		{name: "one again, facing the internet, the other gone", ways: []string{facing("web NetworkIngress", "")}, service: joins("web"),
			listens: []string{"internet-facing TCP:80 forward"}, keeps: true},
		{name: "internal again", ways: []string{"web NetworkIngress {network: ${net}}"}, service: joins("web"), listens: []string{"internal TCP:80 forward"}, keeps: true},
	},
	// An API takes each route once, and that of the service is deleted last: so
	// the service leaves it before it sends its requests to a load balancer, and
	// joins it after that.
	"a load balancer behind an API": {
		{name: "none", ways: []string{"web ApplicationIngress {network: ${net}}", "api ApiIngress {network: ${net}}"}, service: joins("api"),
			listens: []string{"internal HTTP:80 fixed-response"}},
		{name: "the service leaves the API", ways: []string{"web ApplicationIngress {network: ${net}}", "api ApiIngress {network: ${net}}"}, service: joins("web"),
			listens: []string{"internal HTTP:80 forward"}},
		{name: "one", ways: []string{"web ApplicationIngress {network: ${net}}", "api ApiIngress {network: ${net}, loadBalancer: ${web}}"}, service: joins("web"),
			listens: []string{"internal HTTP:80 forward"}, keeps: true},
		{name: "with a certificate", ways: []string{"web ApplicationIngress {network: ${net}, certificateArn: CERTIFICATE}",
			"api ApiIngress {network: ${net}, loadBalancer: ${web}, serverNameToVerify: web.example.com}"}, service: joins("web"),
			listens: []string{"internal HTTP:80 redirect HTTPS:443", "internal HTTPS:443 forward"}, keeps: true},
		{name: "another", ways: []string{"deep NetworkIngress {network: ${net}, port: 7000}", "api ApiIngress {network: ${net}, loadBalancer: ${deep}, listenerArn: ${sample.listenerArn}}"},
			service: joins("deep"), listens: []string{"internal TCP:7000 forward"}},
		{name: "the API leads nowhere", ways: []string{"deep NetworkIngress {network: ${net}, port: 7000}", "api ApiIngress {network: ${net}}"}, service: joins("deep"),
			listens: []string{"internal TCP:7000 forward"}, keeps: true},
		{name: "none again", ways: []string{"web ApplicationIngress {network: ${net}}", "api ApiIngress {network: ${net}}"}, service: joins("api"),
			listens: []string{"internal HTTP:80 fixed-response"}},
	},
}

func joins(way string) string { return "containerPort: 8080, ingress: ${" + way + "}" }

func facing(way, properties string) string {
	return way + " {network: ${net}, internal: false, allowFrom: {office: {cidrBlock: 198.51.100.0/24}}, " + properties + "}"
}

func zones(letters ...string) string {
	for i, letter := range letters {
		if letter != "" {
			letters[i] = region + letter
		} else {
			letters[i] = `""`
		}
	}
	return "net IsolatedVpc {maxAvailabilityZones: 4, availabilityZones: [" + strings.Join(letters, ", ") + "]}"
}

func TestWaysIn(t *testing.T) {
	t.Parallel()
	for name, scenes := range waysIn {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			arn := a.certificate()
			dir := t.TempDir()
			scenes[0].write(t, dir, arn)
			p := a.newProgram(dir)
			var targets []string
			for _, s := range scenes {
				s.write(t, p.workspace.Dir, arn)
				if out, err := p.run("up", "--yes", "--skip-preview"); err != nil {
					t.Fatalf("%s: %v\n%s", s.name, err, out)
				}
				p.mustBeSteady()
				targets = s.check(t, a.inventory(), targets)
			}
			p.destroy()
			a.mustBeEmpty()
		})
	}
}

// write writes the scene's program.
func (s scene) write(t *testing.T, dir, certificateArn string) {
	t.Helper()
	if s.nets == nil {
		s.nets = []string{"net NatNetwork {natMode: Single}"}
	}
	if !strings.Contains(s.service, "network:") {
		s.service += ", network: ${net}"
	}
	text := "name: ways\nruntime: yaml\nresources:\n  apps:\n    type: ecsnet:EcsCluster\n"
	for _, r := range append(slices.Concat(s.nets, s.ways), "sample FargatePrivateService {cluster: \"${apps}\", image: \""+goodImage+"\", desiredCount: 1, "+s.service+"}") {
		parts := strings.SplitN(r, " ", 3)
		text += fmt.Sprintf("  %s:\n    type: ecsnet:%s\n    properties: %s\n", parts[0], parts[1], yamlReferences.Replace(parts[2]))
	}
	text = strings.ReplaceAll(text, certificate, certificateArn)
	if err := os.WriteFile(filepath.Join(dir, "Pulumi.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// yamlReferences quotes references within braces, which YAML would read as maps.
var yamlReferences = strings.NewReplacer("${net}", `"${net}"`, "${other}", `"${other}"`, "${web}", `"${web}"`, "${api}", `"${api}"`, "${deep}", `"${deep}"`,
	"${sample.listenerArn}", `"${sample.listenerArn}"`)

// check compares what listens with what should, and returns the target groups.
func (s scene) check(t *testing.T, inv *inventory.Inventory, before []string) (targets []string) {
	t.Helper()
	var listens []string
	for _, b := range inv.LoadBalancers {
		for _, l := range inv.Listeners {
			if l.LoadBalancer != b.ARN {
				continue
			}
			for _, r := range inv.ListenerRules {
				if r.Listener == l.ARN {
					l.Actions = r.Actions
				}
			}
			action := strings.Fields(l.Actions[0])
			if action[0] == "forward" {
				action = action[:1]
				if !slices.ContainsFunc(inv.TargetGroups, func(g inventory.TargetGroup) bool { return strings.HasSuffix(l.Actions[0], g.ARN) }) {
					t.Errorf("%s: %s:%d forwards to no target group that there is", s.name, l.Protocol, l.Port)
				}
			} else if action[0] == "redirect" {
				action = action[:2]
			} else {
				action = action[:1]
			}
			listens = append(listens, fmt.Sprintf("%s %s:%d %s", b.Scheme, l.Protocol, l.Port, strings.Join(action, " ")))
		}
	}
	slices.Sort(listens)
	if !slices.Equal(listens, s.listens) {
		t.Errorf("%s: the load balancers have\n  %s\nwant\n  %s", s.name, strings.Join(listens, "\n  "), strings.Join(s.listens, "\n  "))
	}
	for _, g := range inv.TargetGroups {
		targets = append(targets, g.ARN)
	}
	slices.Sort(targets)
	if s.keeps && !slices.Equal(targets, before) {
		t.Errorf("%s: the target groups are %v, before %v", s.name, targets, before)
	}
	return targets
}

// certificate asks the local AWS for a certificate in ACM.
func (a *account) certificate() string {
	a.t.Helper()
	request, err := http.NewRequestWithContext(a.t.Context(), http.MethodPost, a.Endpoint, strings.NewReader(`{"DomainName": "web.example.com"}`))
	if err != nil {
		a.t.Fatal(err)
	}
	request.Header.Set("X-Amz-Target", "CertificateManager.RequestCertificate")
	request.Header.Set("Content-Type", "application/x-amz-json-1.1")
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/"+region+"/acm/aws4_request, SignedHeaders=host, Signature=0")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		a.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	_, arn, _ := strings.Cut(string(body), `"CertificateArn": "`)
	arn, _, found := strings.Cut(arn, `"`)
	if !found || response.StatusCode != http.StatusOK {
		a.t.Fatalf("ACM answers %s: %s", response.Status, body)
	}
	return arn
}
