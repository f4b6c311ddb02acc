package consumers_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// badInput is a program with bad arguments and what the engine has to say of
// it: one line for each fault, each with the texts that stand in it.
type badInput struct {
	name   string
	faults [][]string
}

// badTypeScript got past the types of TypeScript. (Misspelt names of arguments
// do not arrive: the generated classes pass on what they know.)
var badTypeScript = []badInput{
	{"zones", [][]string{
		{`availabilityZones[1]: "us-east-1a" is in the list twice`, "name each zone once"},
		{`availabilityZones[2]: "us-east-1z" is not a zone of us-east-1`, "use one of us-east-1a, us-east-1b"},
		{`availabilityZones[2]: "us-east-1z" has no slot`, "maxAvailabilityZones 4 or 8", `zoneCidrBlocks["us-east-1z"]`},
		{`cidrBlock: "ten" is not a CIDR block`, `write an IPv4 block such as "10.0.0.0/16"`},
		{`zoneCidrBlocks["us-east-1b"]: "fd00::/64" is an IPv6 block`, "write an IPv4 block"},
		{`privateCidrBlocks["us-east-1a"]: "10.0.0.1/24" has host bits set`, `write "10.0.0.0/24"`},
	}},
	{"services", [][]string{
		{"flowLogs.retentionInDays: 31", "write 30 or 60"},
		{`cidrBlock: "10.0.0.0/28" is too small for 8 zones`, "use /23 or larger"},
		{`endpointServices[1]: "systemsmanager"`, `write "ssm" for parameters`},
		{`endpointServices[2]: "ecr"`, `did you mean "ecr.api" or "ecr.dkr"?`},
		{`endpointServices[3]: "com.amazonaws.us-east-1.logs" is the same service as "logs", at endpointServices[0]`, "name each service once"},
	}},
	{"names", [][]string{
		{`endpointAccess: "per-service"`, `did you mean "PerService"?`},
		{"flowLogs.retentionInDays: true is a boolean", "must be a whole number"},
		{"flowLogs.trafficTypes: is not an argument", "did you mean trafficType?"},
		{`maxAvailabilityZones: "4" is a string`, "write 4"},
		{"numberOfAvailabilityZones: 1.5 is a fraction", "write 1 or 2"},
	}},
	{"secret block", [][]string{{"cidrBlock: is a secret", "pass a value that is not secret"}}},
	{"unknown block", [][]string{{"cidrBlock: is not known yet", "write the value itself"}}},
	{"cluster", [][]string{
		{`clusterName: "a b"`, "use 1 to 255 letters"},
		{`capacityProviders[1]: "FARGATE" is listed twice`},
		{"logRetentionInDays: 2", "write 1 or 3"},
		{`rolePath: "apps"`, `write "/apps/"`},
	}},
	{"service sizes", [][]string{
		{`serviceName: "" is empty`},
		{"cpu: 300", "write 256 or 512"},
		{"desiredCount: -1 is below 0", "0 for none"},
		{"logRetentionInDays: 31", "write 30 or 60"},
		{"containerPort: 70000 is not a port"},
		{`secrets["DB"]: is also in environment`, "keep it in one of them"},
		{`image: "My Image"`, "write REGISTRY/NAME:TAG"},
		{`secrets["PASSWORD"]: is not an ARN`, "write the ARN of a Secrets Manager secret or of an SSM parameter"},
		{`secrets["TOKEN"]: (a secret value) is not an ARN`},
	}},
	{"nearest size", [][]string{
		{"memoryMib: 4096", "write 2048", "cpu 512 with memoryMib 4096"},
		{"deploymentM", "100"},
	}},
	{"service names", [][]string{
		{`cpuArchitecture: "arm64"`, `did you mean "ARM64"?`},
		{`deploymentCircuitBreaker: "Rolback"`, `did you mean "Rollback"?`},
		{`ingressRules["web"].port: "80" is a string`, "write 80"},
		{`ingressRules["web"].prot: is not an argument of Rule`, "did you mean"},
	}},
	{"raw call", [][]string{
		{"cidrBlok: is not an argument of IsolatedVpc", "did you mean cidrBlock?"},
		{"tags: is a list", "must be a map"},
	}},
	{"text as network", [][]string{
		{"image: 5 is a number", `write "5"`},
		{`network: "vpc-123" is a string, not a component`, "pass the IsolatedVpc, ", " itself"},
	}},
	{"cluster as network", [][]string{{`network: "main" is a resource of type ecsnet:index:EcsCluster`, "pass the IsolatedVpc, ", " itself"}}},
	{"id as network", [][]string{{"network: is not known at preview", "pass the network component itself"}}},
	{"computed network", [][]string{{"network: is not known at preview", "pass the network component itself, not a value computed from it"}}},
}

var badPython = []badInput{
	{"zones", [][]string{
		{`cidrBlock: "fd00::/64" is an IPv6 block`, "write an IPv4 block"},
		{`availabilityZones[2]: "us-east-1c" has no slot`, "maxAvailabilityZones 4 or 8"},
		{`endpointServices[0]: "s3" is there already`, "remove it"},
		{`endpointServices[3]: "logs" is in the list twice, also at endpointServices[2]`, "name each service once"},
	}},
	{"outside", [][]string{
		{`cidrBlock: "10.0.0.0/8" is larger than AWS allows (/16 to /28)`, `write "10.0.0.0/16"`},
		{`availabilityZones[0]: "eu-west-1a" is a zone of another region`, `write "us-east-1a"`},
	}},
	{"declared network", [][]string{{`egress: "Nowhere"`, `write one of "None", "NatGateway", "InternetGateway"`}}},
	{"misspelt", [][]string{{`ingressRules["web"].prt: is not an argument of Rule`, "did you mean port?"}}},
	{"sizes", [][]string{
		{"memoryMib: 512", "write 1024"},
		{"desiredCount: -2 is below 0"},
		{`secrets["DB"]: is also in environment`},
		{`secrets["DB"]: is not an ARN`},
	}},
	{"id as network", [][]string{{"network: is not known at preview", "pass the network component itself"}}},
	{"computed network", [][]string{{"network: is not known at preview", "not a value computed from it"}}},
}

func TestBadInputInTypeScript(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.typeScript(t, "bad")
	refuses(t, d, badTypeScript)

	// A preview reports every component that is wrong, and none that is not.
	d.config(t, "case", "several")
	text, code := d.try(t, "preview")
	require.NotZero(t, code)
	found := problems(text)
	slices.Sort(found)
	require.Len(t, found, 2, text)
	require.Contains(t, found[0], `cidrBlock: "ten"`)
	require.Contains(t, found[1], `clusterName: "a b"`)
}

func TestBadInputInPython(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	refuses(t, w.python(t, "bad"), badPython)
}

// refuses previews each case on an empty stack and expects one error with
// exactly its faults, and nothing made.
func refuses(t *testing.T, d *deployment, cases []badInput) {
	t.Helper()
	requests := filepath.Join(t.TempDir(), "requests")
	d.Extra = append(d.Extra, "ECSNET_STANDIN_LOG="+requests)
	before := d.world.Inventory(region)
	for _, c := range cases {
		d.config(t, "case", c.name)
		text, code := d.try(t, "preview")
		require.NotZero(t, code, "%s was accepted\n%s", c.name, text)
		requireFaults(t, c, text)
	}
	// Without a preview the same error stops the update before it makes anything.
	d.config(t, "case", cases[0].name)
	text, code := d.try(t, "up", "--yes", "--skip-preview")
	require.NotZero(t, code)
	require.Contains(t, text, "has a problem: ")
	require.Empty(t, d.aws(t), "the stack holds resources of AWS")
	require.Empty(t, d.world.Inventory(region).Diff(before), "the local AWS has changed")
	for _, r := range readRequests(t, requests) {
		require.Regexp(t, "^(Describe|Get|List)", r.Operation, "a bad program changed something in AWS")
	}
}

// noise is what means nothing to a user, in an error of ours.
var noise = regexp.MustCompile(`panic|goroutine|rpc error|awaiting input|waiting for RPCs|marshal|components\.|pulumi\.String|hunter|<nil>|map\[`)

func requireFaults(t *testing.T, c badInput, text string) {
	t.Helper()
	problems := problems(text)
	require.Len(t, problems, 1, "%s: want one error that names a component\n%s", c.name, text)
	lines := strings.Split(problems[0], "\n")
	if len(lines) > 1 {
		require.Equal(t, fmt.Sprintf("%d arguments are wrong:", len(c.faults)), lines[0], text)
		lines = lines[1:]
	}
	assert.Len(t, lines, len(c.faults), "%s:\n%s", c.name, problems[0])
	for _, want := range c.faults {
		assert.True(t, slices.ContainsFunc(lines, func(line string) bool {
			return !slices.ContainsFunc(want, func(part string) bool { return !strings.Contains(line, part) })
		}), "%s: no fault says %q:\n%s", c.name, want, problems[0])
	}
	for _, line := range lines {
		require.NotRegexp(t, noise, line, c.name)
	}
}

// problems are the engine's errors about components, without what comes before
// and with one fault a line.
func problems(text string) []string {
	var found []string
	open := false
	_, text, _ = strings.Cut(text, "Diagnostics:\n") // the progress lines show errors in part
	for line := range strings.Lines(text) {
		_, message, starts := strings.Cut(line, "has a problem: ")
		line = strings.TrimSpace(line)
		switch {
		case starts:
			found, open = append(found, strings.TrimSpace(message)), true
		case open && strings.HasPrefix(line, "- "):
			found[len(found)-1] += "\n" + strings.TrimPrefix(line, "- ")
		default:
			open = false
		}
	}
	return found
}

func TestBadInputInYaml(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.Inventory(region)
	vpc := func(properties string) string {
		return "resources:\n  net:\n    type: ecsnet:IsolatedVpc\n    properties: " + properties + "\n"
	}
	service := func(properties string) string {
		return vpc("{}") + "  api:\n    type: ecsnet:FargatePrivateService\n    properties: " + properties + "\n"
	}
	arguments := "clusterArn: arn:aws:ecs:us-east-1:123456789012:cluster/main, image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1"
	// What the host lets through reaches the plugin and gets our text.
	for _, c := range []struct {
		program string
		badInput
	}{
		{vpc(`{cidrBlock: 10.0.0.1/16, endpointServices: [logs, systemsmanager]}`), badInput{"endpoint services", [][]string{
			{`cidrBlock: "10.0.0.1/16" has host bits set`, `write "10.0.0.0/16"`},
			{`endpointServices[1]: "systemsmanager"`, `write "ssm" for parameters`},
		}}},
		{service(`{network: "${net}", ` + arguments + `, cpu: 1024, memoryMib: 1024, desiredCount: -1}`), badInput{"sizes", [][]string{
			{"memoryMib: 1024", "write 2048"},
			{"desiredCount: -1 is below 0"},
		}}},
	} {
		d := w.yaml(t, strings.ReplaceAll(c.name, " ", "-"), c.program)
		text, code := d.try(t, "preview")
		require.NotZero(t, code, "%s was accepted\n%s", c.name, text)
		requireFaults(t, c.badInput, text)
		require.Empty(t, d.aws(t))
	}
	// The rest the YAML host finds by itself, and names.
	for name, c := range map[string]struct{ program, want string }{
		"misspelt":         {vpc(`{cidrBlok: 10.0.0.0/16}`), "cidrBlok"},
		"enum":             {vpc(`{endpointAccess: Everyone}`), "Everyone"},
		"type":             {vpc(`{maxAvailabilityZones: many}`), "maxAvailabilityZones"},
		"missing":          {service(`{network: "${net}", clusterArn: x}`), "image"},
		"id-as-network":    {service(`{network: "${net.vpcId}", ` + arguments + `}`), "network"},
		"unknown-type":     {"resources:\n  net:\n    type: ecsnet:IsolatedVPC\n", "IsolatedVPC"},
		"unknown-output":   {vpc("{}") + "outputs:\n  x: ${net.vpcid}\n", "vpcid"},
		"unknown-in-rules": {service(`{network: "${net}", ` + arguments + `, ingressRules: {web: {prt: 80}}}`), "web: Cannot assign '{prt: number}' to 'ecsnet:index:Rule'"},
	} {
		d := w.yaml(t, name, c.program)
		text, code := d.try(t, "preview")
		require.NotZero(t, code, "%s was accepted\n%s", name, text)
		require.Contains(t, text, c.want)
		require.NotContains(t, text, "panic")
		require.Empty(t, d.aws(t))
	}
	require.Empty(t, w.Inventory(region).Diff(before))
}
