package engine

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const (
	dockerHubImage = "nginx:1.27"
	irishImage     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/sample:1.0"
	goodImage      = "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0"
)

// sixEndpoints are what an IsolatedVpc has by default.
var sixEndpoints = []string{"logs", "ssm", "ssmmessages", "ecr.api", "ecr.dkr", "secretsmanager"}

func without(services ...string) []string {
	return slices.DeleteFunc(slices.Clone(sixEndpoints), func(s string) bool { return slices.Contains(services, s) })
}

// hopeless are networks and images with which the tasks of the programs in
// testdata/preflight would not work, and the rules that say so.
var hopeless = []struct {
	name, image string
	endpoints   []string
	rules       []string
}{
	{"an image of Docker Hub", dockerHubImage, sixEndpoints, []string{"image-registry"}},
	{"an image of another Region's ECR", irishImage, sixEndpoints, []string{"image-region"}},
	{"a secret without its endpoint", goodImage, without("secretsmanager"), []string{"secret-endpoint"}},
	{"ECS Exec without ssmmessages", goodImage, without("ssmmessages"), []string{"exec-endpoint"}},
	{"logs without the logs endpoint", goodImage, without("logs"), []string{"log-endpoint"}},
	{"all at once", dockerHubImage, []string{"ssm"}, []string{"image-registry", "log-endpoint", "secret-endpoint", "exec-endpoint"}},
}

// TestPreflight: the first preview of an empty stack says all that would keep
// the tasks from working, in every language, and nothing is made.
func TestPreflight(t *testing.T) {
	t.Parallel()
	for _, language := range everyLanguage {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			p := a.newProgram("tests/engine/testdata/preflight/" + language)
			for _, c := range hopeless {
				out, err := p.run(append([]string{"preview"}, configured(c.image, "Error", c.endpoints)...)...)
				if err == nil {
					t.Fatalf("%s passes\n%s", c.name, out)
				}
				mustFind(t, out, c.rules...)
			}
			// Without a preview the same findings stop the update.
			out, err := p.run("up", "--yes", "--skip-preview")
			if err == nil {
				t.Fatalf("the update passes\n%s", out)
			}
			mustFind(t, out, hopeless[len(hopeless)-1].rules...)
			for _, r := range p.resources() {
				if strings.HasPrefix(r.Type, "aws:") && strings.Contains(r.URN, "PrivateService") {
					t.Errorf("made %s", r.URN)
				}
			}
			p.destroy()
			a.mustBeEmpty()
		})
	}
}

// TestPreflightGoesOn: "Warn" says the same and goes on; "Off" says nothing.
func TestPreflightGoesOn(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	p := a.newProgram("tests/engine/testdata/preflight/yaml")
	out := p.mustRun(append([]string{"preview"}, configured(dockerHubImage, "Off", []string{"logs"})...)...)
	if strings.Contains(out, "its tasks") || len(rulesOf(out)) > 0 {
		t.Errorf("the mode Off speaks\n%s", out)
	}
	out = p.mustRun(append([]string{"up", "--yes", "--skip-preview"}, configured(dockerHubImage, "Warn", []string{"logs"})...)...)
	want := []string{"image-registry", "secret-endpoint", "exec-endpoint", "exec-recording"}
	if got := rulesOf(out); !slices.Equal(got, want) || !strings.Contains(out, "warning: its tasks would not work, for 3 reasons:") {
		t.Errorf("want warnings of %v, got %v\n%s", want, got, out)
	}
	if made := len(a.inventory().Services); made != 1 {
		t.Errorf("made %d ECS services, want one", made)
	}
	p.destroy()
	a.mustBeEmpty()
}

// TestPreflightDecidesLate: what another resource brings is not known at
// preview. It is decided at the update, before the ECS service is made: in the
// plugin, and in a Go program that has the components in its own process.
func TestPreflightDecidesLate(t *testing.T) {
	t.Parallel()
	for language, dir := range map[string]string{
		"go": "tests/engine/testdata/preflight/go",
		"yaml": written(t, `name: preflight
runtime: yaml
resources:
  net:
    type: ecsnet:IsolatedVpc
  apps:
    type: ecsnet:EcsCluster
  sample:
    type: ecsnet:FargatePrivateService
    properties:
      network: ${net}
      clusterArn: ${apps.clusterArn}
      image: ${net.vpcId} # a name of Docker Hub, once it is known
`),
	} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			p := a.newProgram(dir)
			if language == "go" {
				p.mustRun("config", "set-all", "--plaintext", "image="+goodImage, "--plaintext", "preflight=Error",
					"--plaintext", "endpoints="+strings.Join(sixEndpoints, ","), "--plaintext", "late=true")
			}
			p.mustOnlyCreate()
			out, err := p.run("up", "--yes", "--skip-preview")
			if err == nil || !regexp.MustCompile(`image: "vpc-\w+" is on Docker Hub, which this network cannot reach: IsolatedVpc "net"`).MatchString(out) {
				t.Errorf("want the finding, got %v\n%s", err, out)
			}
			inv := a.inventory()
			if len(inv.Services) > 0 || len(inv.TaskDefinitions) > 0 || len(inv.Clusters) != 1 {
				t.Errorf("made %d ECS services, %d task definitions and %d clusters, want the cluster only",
					len(inv.Services), len(inv.TaskDefinitions), len(inv.Clusters))
			}
			p.destroy()
			a.mustBeEmpty()
		})
	}
}

// TestPreflightOfADeclaredNetwork: a network of the user's own is checked as
// far as what they declared allows, and the finding names the declaration.
func TestPreflightOfADeclaredNetwork(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	const declares = `name: declared
runtime: yaml
resources:
  shared:
    type: ecsnet:Network
    properties:
      vpcId: vpc-0123456789abcdef0
      subnetIds: [subnet-0123456789abcdef0]
      egress: None
      cidrBlock: 10.0.0.0/16
  sample:
    type: ecsnet:FargatePrivateService
    properties:
      network: ${shared}
      clusterArn: arn:aws:ecs:us-east-1:123456789012:cluster/main
      image: ` + goodImage + "\n"
	p := a.newProgram(written(t, declares))
	p.mustOnlyCreate() // what is not declared is not known
	p.edit("Pulumi.yaml", "      egress: None\n", "      egress: None\n      endpointServices: [logs]\n")
	out, err := p.run("preview")
	if err == nil {
		t.Fatalf("it passes\n%s", out)
	}
	mustFind(t, out, "image-endpoints", "image-layers") // and no way to S3 is declared
	if want := `Network "shared" declares egress "None" and endpointServices [logs]`; !strings.Contains(out, want) {
		t.Errorf("the finding does not name the declaration\n%s", out)
	}
	p.edit("Pulumi.yaml", "      endpointServices: [logs]\n", "      endpointServices: [logs, ecr.api, ecr.dkr]\n      s3PrefixListId: pl-0123456789abcdef0\n")
	p.mustOnlyCreate()
	a.mustBeEmpty()
}

// TestAnEndpointThatIsNotKnown: a service that AWS may have added since is a
// warning, and the endpoint is planned.
func TestAnEndpointThatIsNotKnown(t *testing.T) {
	t.Parallel()
	p := newAccount(t).newProgram(written(t, `name: newer
runtime: yaml
resources:
  net:
    type: ecsnet:IsolatedVpc
    properties:
      endpointServices: [logs, brand-new]
`))
	out, err := p.run("preview")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{
		"warning: endpointServices names services that this release does not know", `"brand-new" becomes an endpoint for com.amazonaws.us-east-1.brand-new`,
		"net-endpoint-brand-new",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
}

// written is a folder with a YAML program.
func written(t *testing.T, program string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "Pulumi.yaml"), []byte(program), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// configured are the flags that configure a program in testdata/preflight.
func configured(image, mode string, endpoints []string) []string {
	return []string{"--config", "image=" + image, "--config", "preflight=" + mode, "--config", "endpoints=" + strings.Join(endpoints, ",")}
}

// finding is one reason in the engine's list: four lines, the first with the
// argument, the last with the rule.
var finding = regexp.MustCompile(`(?m)^ +- ([^:\n]+): [^\n]+\n +AWS would say: [^\n]+\n +Fix: [^\n]+\n +Rule ([a-z0-9-]+): https://docs\.aws\.amazon\.com/\S+$`)

// rulesOf are the rules that the findings in an output name, in order.
func rulesOf(out string) []string {
	_, diagnostics, _ := strings.Cut(out, "Diagnostics:\n")
	var rules []string
	for _, m := range finding.FindAllStringSubmatch(diagnostics, -1) {
		if !slices.Contains(rules, m[2]) {
			rules = append(rules, m[2])
		}
	}
	return rules
}

// noise is what means nothing to a user.
var noise = regexp.MustCompile(`panic|goroutine|rpc error|awaiting input|waiting for RPCs|marshal`)

// mustFind fails the test unless an output reports exactly these rules, each on
// lines of its own, without the words of the machinery.
func mustFind(t *testing.T, out string, want ...string) {
	t.Helper()
	if got := rulesOf(out); !slices.Equal(got, want) {
		t.Errorf("want findings of %v, got %v\n%s", want, got, out)
	}
	if !strings.Contains(out, "its tasks would not work, for ") {
		t.Errorf("no heading in\n%s", out)
	}
	if found := noise.FindString(out); found != "" {
		t.Errorf("%q in\n%s", found, out)
	}
}
