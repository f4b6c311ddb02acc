package components

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// everyGraph runs a check over the graph of each program.
func everyGraph(t *testing.T, check func(t *testing.T, g *graph)) {
	t.Helper()
	for name, program := range programs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check(t, mustRun(t, program))
		})
	}
}

func TestIsolatedVpcHasNoWayInOrOut(t *testing.T) {
	t.Parallel()
	everyGraph(t, func(t *testing.T, g *graph) {
		if len(g.ofType(natNetworkType))+len(g.ofType(publicNetworkType)) > 0 {
			if len(waysOut(g)) == 0 {
				t.Error("no way out was found in a network that has one: the test proves nothing")
			}
			return
		}
		for _, fault := range waysOut(g) {
			t.Error(fault)
		}
	})
}

// waysOut finds what would give an isolated network a way to the internet.
func waysOut(g *graph) (found []string) {
	never := []string{
		"aws:ec2/internetGateway:InternetGateway", "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
		"aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", "aws:ec2/natGateway:NatGateway",
		"aws:ec2/eip:Eip", "aws:ec2/route:Route", "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
	}
	for _, n := range g.sorted() {
		if slices.Contains(never, n.typ) {
			found = append(found, fmt.Sprintf("%s %s is registered", n.typ, n.name))
		}
		for _, public := range []string{"mapPublicIpOnLaunch", "routes"} {
			if v, ok := n.inputs[resource.PropertyKey(public)]; ok && !(v.IsBool() && !v.BoolValue()) {
				found = append(found, fmt.Sprintf("%s %s has %s", n.typ, n.name, public))
			}
		}
		if c, ok := n.inputs["networkConfiguration"]; ok && c.ObjectValue()["assignPublicIp"].BoolValue() {
			found = append(found, n.name+" has a public address")
		}
	}
	return found
}

// writtenByTheUser is the description of the rules in the programs that let
// everyone in: the user's own. Every other rule is ours.
const writtenByTheUser = "Written by the user"

// opensTheWay are the rules of ours that let tasks and hosts out to any address,
// by component: only in a network with a way out, and on 443/tcp.
var opensTheWay = map[string]string{
	"FargatePrivateService": "to-internet",
	"FargatePublicService":  "to-internet",
	"Ec2Service":            "to-internet",
	"Ec2Capacity":           "to-internet",
}

// declaredWaysOut are the programs with a network that exists already, and has a
// way out.
var declaredWaysOut = []string{"service-in-nat-network"}

// TestNothingIsOpenToTheWorld: no rule of ours lets the internet in, and one
// lets tasks out only where the network has a way out already.
func TestNothingIsOpenToTheWorld(t *testing.T) {
	t.Parallel()
	users, ways := counted(t, "a rule of the user's that lets everyone in"), counted(t, "a rule of ours out to any address")
	var mu sync.Mutex
	everyGraph(t, func(t *testing.T, g *graph) {
		mu.Lock()
		defer mu.Unlock()
		wayOut := len(g.ofType(natNetworkType))+len(g.ofType(publicNetworkType)) > 0
		for _, program := range declaredWaysOut {
			wayOut = wayOut || strings.HasSuffix(t.Name(), "/"+program)
		}
		for _, n := range g.sorted() {
			to := openTo(n)
			if to == "" {
				continue
			}
			typ, _ := component(n)
			switch {
			case n.typ == ingressRuleType && n.inputs["description"].IsString() && n.inputs["description"].StringValue() == writtenByTheUser:
				*users++
			case n.typ == egressRuleType && opensTheWay[typ] == role(n) && wayOut:
				*ways++
				if opens := fmt.Sprint(show(n.inputs["ipProtocol"]), show(n.inputs["fromPort"]), show(n.inputs["toPort"])); opens != "tcp443443" {
					t.Errorf("%s opens %s to %s", n.name, opens, to)
				}
			default:
				t.Errorf("%s %s is open to %s", n.typ, n.name, to)
			}
		}
		for _, typ := range []string{"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "aws:ec2/securityGroup:SecurityGroup"} {
			for _, n := range g.ofType(typ) {
				if n.inputs.HasValue("ingress") || n.inputs.HasValue("egress") {
					t.Errorf("%s has rules of its own", n.name)
				}
			}
		}
	})
}

// openTo is the block of all addresses that a rule names, "" where it names
// none.
func openTo(rule *node) string {
	if rule.typ != ingressRuleType && rule.typ != egressRuleType {
		return ""
	}
	for _, block := range []resource.PropertyKey{"cidrIpv4", "cidrIpv6"} {
		if v := rule.inputs[block]; v.IsString() && strings.HasSuffix(v.StringValue(), "/0") {
			return v.StringValue()
		}
	}
	return ""
}

// TestPoliciesNameTheirResources: "*" stands for no resource but where the
// action knows none.
func TestPoliciesNameTheirResources(t *testing.T) {
	t.Parallel()
	seen := 0
	everyGraph(t, func(t *testing.T, g *graph) {
		for _, n := range g.ofType("aws:iam/rolePolicy:RolePolicy") {
			seen++
			for _, fault := range wildcards(n.inputs["policy"].StringValue()) {
				t.Errorf("%s: %s", n.name, fault)
			}
		}
		for _, n := range g.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment") {
			if arn := n.inputs["policyArn"].StringValue(); !strings.HasSuffix(arn, ":policy/service-role/AmazonECSTaskExecutionRolePolicy") {
				t.Errorf("%s attaches %s", n.name, arn)
			}
		}
	})
	t.Cleanup(func() {
		if seen == 0 {
			t.Error("no program has a policy: the test proves nothing")
		}
	})
}

// wildcards finds statements of a policy that allow more than they name.
func wildcards(policy string) (found []string) {
	var doc struct {
		Statement []struct {
			Effect           string
			Action, Resource []string
		}
	}
	if err := json.Unmarshal([]byte(policy), &doc); err != nil {
		return []string{err.Error()}
	}
	exempt := []string{
		"ecr:GetAuthorizationToken", "ecs:DiscoverPollEndpoint",
		"ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
		"ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
		"logs:DescribeLogGroups",
	}
	for _, s := range doc.Statement {
		for _, action := range s.Action {
			if strings.Contains(action, "*") {
				found = append(found, "allows "+action)
			}
			for _, r := range s.Resource {
				// ":*" after a named log group is its streams; "-??????" is a secret's own suffix.
				named := strings.TrimSuffix(r, ":*")
				if strings.HasPrefix(action, "ecs:") && strings.Contains(r, ":container-instance/") {
					named = strings.TrimSuffix(named, "/*") // the hosts of one cluster
				}
				if strings.Contains(named, "*") && !(r == "*" && slices.Contains(exempt, action)) {
					found = append(found, fmt.Sprintf("allows %s on %s", action, r))
				}
			}
		}
	}
	return found
}

func TestWildcardsAreFound(t *testing.T) {
	t.Parallel()
	for policy, want := range map[string]int{
		`{"Statement":[{"Effect":"Allow","Action":["ecr:GetAuthorizationToken"],"Resource":["*"]}]}`:                        0,
		`{"Statement":[{"Effect":"Allow","Action":["logs:PutLogEvents"],"Resource":["arn:aws:logs:a:b:c:*"]}]}`:             0,
		`{"Statement":[{"Effect":"Allow","Action":["ecr:BatchGetImage"],"Resource":["*"]}]}`:                                1,
		`{"Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":["arn:aws:s3:::b"]}]}`:                                1,
		`{"Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::*/x"]}]}`:                      1,
		`{"Statement":[{"Effect":"Allow","Action":["ecs:Poll"],"Resource":["arn:aws:ecs:r:1:container-instance/prod/*"]}]}`: 0,
		`{"Statement":[{"Effect":"Allow","Action":["ecs:Poll"],"Resource":["arn:aws:ecs:r:1:container-instance/*/*"]}]}`:    1,
		`{"Statement":[{"Effect":"Allow","Action":["ecs:Poll"],"Resource":["*"]}]}`:                                         1,
	} {
		if got := wildcards(policy); len(got) != want {
			t.Errorf("%s: want %d faults, got %v", policy, want, got)
		}
	}
}

// TestChildrenUseTheCallersProvider: an explicit provider, and so its Region
// and account, reaches every child and every look-up.
func TestChildrenUseTheCallersProvider(t *testing.T) {
	t.Parallel()
	g := mustRun(t, func(ctx *pulumi.Context) error {
		p, err := aws.NewProvider(ctx, "frankfurt", &aws.ProviderArgs{Region: pulumi.String("eu-central-1")})
		if err != nil {
			return err
		}
		vpc, err := NewIsolatedVpc(ctx, "net", &IsolatedVpcArgs{FlowLogs: &FlowLogsArgs{}}, pulumi.Providers(p))
		if err != nil {
			return err
		}
		cluster, err := NewEcsCluster(ctx, "apps", nil, pulumi.Providers(p))
		if err != nil {
			return err
		}
		_, err = NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{
			Network: vpc, Cluster: cluster, Image: pulumi.String(mockImage), EnableExecuteCommand: ptr(true),
		}, pulumi.Providers(p))
		return err
	})
	for _, n := range g.sorted() {
		if strings.HasPrefix(n.typ, "aws:") && !strings.Contains(n.provider, "::frankfurt::") {
			t.Errorf("%s %s has provider %q", n.typ, n.name, n.provider)
		}
	}
	if len(g.invokes) == 0 {
		t.Error("no look-ups were made")
	}
	for _, i := range g.invokes {
		if !strings.Contains(i.Provider, "::frankfurt::") {
			t.Errorf("%s has provider %q", i.Token, i.Provider)
		}
	}
}

// TestChildrenHaveTheComponentAsParent: only the component itself is at the
// top, so that options such as protect and aliases reach every child.
func TestChildrenHaveTheComponentAsParent(t *testing.T) {
	t.Parallel()
	everyGraph(t, func(t *testing.T, g *graph) {
		for _, n := range g.sorted() {
			if n.custom && !strings.HasPrefix(short(n.parent), "ecsnet:index:") {
				t.Errorf("%s %s has parent %q", n.typ, n.name, n.parent)
			}
		}
	})
}

// TestTwoOfEverythingDoNotCollide: run fails when an URN is registered twice,
// and physical names are left to Pulumi where the user gave none.
func TestTwoOfEverythingDoNotCollide(t *testing.T) {
	t.Parallel()
	g := mustRun(t, programs["two-of-everything"])
	for _, n := range g.sorted() {
		if v, ok := n.inputs["name"]; ok && strings.HasPrefix(n.typ, "aws:") {
			t.Errorf("%s %s has the physical name %v, which a second one could not have", n.typ, n.name, v)
		}
	}
	if got := len(g.ofType("aws:ecs/service:Service")); got != 2 {
		t.Errorf("want 2 services, got %d", got)
	}
}

// TestGivenNamesAreReplacedAfterDeletion: AWS refuses a second service or
// cluster of one name, so the old one must go first.
func TestGivenNamesAreReplacedAfterDeletion(t *testing.T) {
	t.Parallel()
	service := mustRun(t, programs["isolated-service-everything"]).find("aws:ecs/service:Service", "sample-service")
	if !service.rpc.GetDeleteBeforeReplace() {
		t.Errorf("%s has a given name and no deleteBeforeReplace", service.name)
	}
}

// TestWhatIsFixedNeverMoves: what AWS cannot change, nor make anew while it is
// in use, is kept as it was made; the components refuse another value.
func TestWhatIsFixedNeverMoves(t *testing.T) {
	t.Parallel()
	everyGraph(t, func(t *testing.T, g *graph) {
		for typ, property := range map[string]string{
			"aws:ec2/vpc:Vpc": "cidrBlock", "aws:ec2/subnet:Subnet": "cidrBlock",
			"aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": "cidrBlock",
			"aws:ecs/cluster:Cluster": "name", "aws:ecs/capacityProvider:CapacityProvider": "name",
		} {
			for _, n := range g.ofType(typ) {
				if strings.HasPrefix(short(n.parent), "ecsnet:") && !slices.Contains(n.rpc.GetIgnoreChanges(), property) {
					t.Errorf("%s %s could lose its %s", typ, n.name, property)
				}
			}
		}
	})
}

// TestDescriptionsAreAllowedByAws: AWS refuses an apostrophe, among others.
func TestDescriptionsAreAllowedByAws(t *testing.T) {
	t.Parallel()
	everyGraph(t, func(t *testing.T, g *graph) {
		for _, n := range g.sorted() {
			if d, ok := n.inputs["description"]; ok && notInDescription.MatchString(d.StringValue()) {
				t.Errorf("%s: AWS does not take the description %q", n.name, d.StringValue())
			}
		}
	})
	if got := ruleDescription("it's " + strings.Repeat("x", 300)); len(got) != 255 || strings.Contains(string(got), "'") {
		t.Errorf("ruleDescription lets %q through", got)
	}
}

// TestEndpointsThatThisReleaseDoesNotKnow are made under the name that the user
// wrote, and without a policy, which AWS might not take.
func TestEndpointsThatThisReleaseDoesNotKnow(t *testing.T) {
	t.Parallel()
	g := mustRun(t, isolated(&IsolatedVpcArgs{EndpointServices: []string{"logs", "brand-new", "com.amazonaws.us-east-1.newer.api"}}))
	for child, want := range map[string]string{
		"net-endpoint-brand-new": "com.amazonaws.us-east-1.brand-new", "net-endpoint-newer.api": "com.amazonaws.us-east-1.newer.api",
	} {
		n := g.find("aws:ec2/vpcEndpoint:VpcEndpoint", child)
		if got := n.inputs["serviceName"].StringValue(); got != want {
			t.Errorf("%s is an endpoint for %s", child, got)
		}
		if policy, ok := n.inputs["policy"]; ok && !policy.IsNull() {
			t.Errorf("%s has the policy %v", child, policy)
		}
	}
}

// TestAPrefixListOpensOnePort: CloudFront's counts as 55 rules of the 60 that a
// group takes, so that it cannot be there twice.
// https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
func TestAPrefixListOpensOnePort(t *testing.T) {
	t.Parallel()
	g := mustRun(t, behind(func(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
		return NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{
			Network: n, Internal: ptr(false), CertificateArn: pulumi.String("arn:aws:acm:us-east-1:123456789012:certificate/1"),
			AllowFrom: map[string]PeerArgs{
				"cloudfront": {PrefixListId: pulumi.String("pl-3b927c52")},
				"office":     {CidrBlock: pulumi.String("198.51.100.0/24")},
			},
		})
	}))
	ports := map[string][]float64{}
	for _, n := range g.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule") {
		switch {
		case !n.inputs["prefixListId"].IsNull():
			ports["list"] = append(ports["list"], n.inputs["fromPort"].NumberValue())
		case !n.inputs["cidrIpv4"].IsNull():
			ports["office"] = append(ports["office"], n.inputs["fromPort"].NumberValue())
		}
	}
	slices.Sort(ports["office"])
	if !slices.Equal(ports["list"], []float64{443}) || !slices.Equal(ports["office"], []float64{80, 443}) {
		t.Errorf("the ports are %v", ports)
	}
}

// TestContainersShareTheTaskSize: a container that had the whole of it would
// leave none for a second one. A task always has memory, as ECS wants it, and
// on Fargate CPU too.
func TestContainersShareTheTaskSize(t *testing.T) {
	t.Parallel()
	everyGraph(t, func(t *testing.T, g *graph) {
		for _, n := range g.ofType("aws:ecs/taskDefinition:TaskDefinition") {
			for _, fault := range sizes(n.inputs) {
				t.Errorf("%s %s", n.name, fault)
			}
		}
	})
}

func sizes(task resource.PropertyMap) (found []string) {
	var containers []map[string]any
	if err := json.Unmarshal([]byte(task["containerDefinitions"].StringValue()), &containers); err != nil {
		return []string{err.Error()}
	}
	for _, c := range containers {
		for _, size := range []string{"cpu", "memory", "memoryReservation"} {
			if c[size] != nil {
				found = append(found, fmt.Sprintf("has a container with %s %v", size, c[size]))
			}
		}
	}
	fargate := task["requiresCompatibilities"].ArrayValue()[0].StringValue() == "FARGATE"
	if !task.HasValue("memory") || fargate && !task.HasValue("cpu") {
		found = append(found, "has no size")
	}
	return found
}
