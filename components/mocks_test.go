package components

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// node is one registered resource.
type node struct {
	urn, typ, name, parent string
	custom                 bool
	provider               string
	inputs                 resource.PropertyMap
	dependsOn              []string // URNs, explicit and by property
	rpc                    *pulumirpc.RegisterResourceRequest
}

// graph is what a program registered. It answers the look-ups that components
// make and fails the test on any other.
type graph struct {
	t       *testing.T
	preview bool
	// states are the outputs of components that are read back by reference, by URN.
	states map[string]resource.PropertyMap
	// noRegion makes AWS look-ups unknown, as with a provider that is not configured yet.
	noRegion bool

	mu      sync.Mutex
	nodes   map[string]*node
	invokes []pulumi.MockCallArgs
}

const (
	mockProject, mockStack = "proj", "stack"
	mockAccount            = "123456789012"
	mockDigest             = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
)

// run registers a program's resources and returns them.
func run(t *testing.T, program pulumi.RunFunc, options ...func(*graph)) (*graph, error) {
	t.Helper()
	g := &graph{t: t, nodes: map[string]*node{}}
	for _, o := range options {
		o(g)
	}
	err := pulumi.RunErr(program, pulumi.WithMocks(mockProject, mockStack, g), func(info *pulumi.RunInfo) { info.DryRun = g.preview })
	return g, err
}

// mustRun is run for a program that must pass.
func mustRun(t *testing.T, program pulumi.RunFunc, options ...func(*graph)) *graph {
	t.Helper()
	g, err := run(t, program, options...)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func inPreview(g *graph)     { g.preview = true }
func withoutRegion(g *graph) { g.noRegion = true }

func (g *graph) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	urn := string(resource.NewURN(mockStack, mockProject, parentType(args.RegisterRPC.GetParent()), tokenType(args.TypeToken), args.Name))
	if g.nodes[urn] != nil {
		g.t.Errorf("%s is registered twice", urn)
	}
	n := &node{
		urn: urn, typ: args.TypeToken, name: args.Name, parent: args.RegisterRPC.GetParent(), custom: args.Custom,
		provider: args.Provider, inputs: args.Inputs, rpc: args.RegisterRPC,
		dependsOn: slices.Clone(args.RegisterRPC.GetDependencies()),
	}
	slices.Sort(n.dependsOn)
	n.dependsOn = slices.Compact(n.dependsOn)
	g.nodes[urn] = n
	if args.TypeToken == "awsx:ecr:Image" && !g.preview {
		return "", resource.PropertyMap{"imageUri": resource.NewProperty(args.Inputs["repositoryUrl"].StringValue() + "@" + mockDigest)}, nil
	}
	if !args.Custom {
		return "", g.states[urn], nil
	}
	state := args.Inputs.Copy()
	id := args.Name + "-id"
	if g.preview {
		id = ""
	} else {
		g.computed(state, args.TypeToken, args.Name)
	}
	return id, state, nil
}

// computed adds what AWS assigns and components use.
func (g *graph) computed(state resource.PropertyMap, typ, name string) {
	set := func(key, value string) {
		if _, given := state[resource.PropertyKey(key)]; !given {
			state[resource.PropertyKey(key)] = resource.NewProperty(value)
		}
	}
	switch typ {
	case "aws:ec2/vpcEndpoint:VpcEndpoint":
		set("prefixListId", "pl-63a5400a")
	case "aws:lb/loadBalancer:LoadBalancer":
		kind := map[string]string{applicationBalancer: "app", networkBalancer: "net"}[state["loadBalancerType"].StringValue()]
		set("arn", "arn:aws:elasticloadbalancing:us-east-1:"+mockAccount+":loadbalancer/"+kind+"/"+name+"/1")
		set("dnsName", name+".us-east-1.elb.amazonaws.com")
		set("zoneId", "Z35SXDOTRQ7X7K")
	case "aws:lb/targetGroup:TargetGroup":
		set("arn", "arn:aws:elasticloadbalancing:us-east-1:"+mockAccount+":targetgroup/"+name+"/1")
	case "aws:lb/listener:Listener":
		set("arn", "arn:aws:elasticloadbalancing:us-east-1:"+mockAccount+":listener/app/"+name+"/1/1")
	case "aws:servicediscovery/service:Service":
		set("arn", "arn:aws:servicediscovery:us-east-1:"+mockAccount+":service/"+name)
	case "aws:apigatewayv2/api:Api":
		set("apiEndpoint", "https://"+name+".execute-api.us-east-1.amazonaws.com")
	case "aws:ec2/natGateway:NatGateway":
		set("publicIp", "203.0.113.7")
	case "aws:ec2/launchTemplate:LaunchTemplate":
		state["latestVersion"] = resource.NewProperty(1.0)
	case "aws:autoscaling/group:Group":
		set("name", name+"-1234567")
		set("arn", "arn:aws:autoscaling:us-east-1:"+mockAccount+":autoScalingGroup:1:autoScalingGroupName/"+name+"-1234567")
	case "aws:ecs/capacityProvider:CapacityProvider":
		set("name", name+"-1234567")
		set("arn", "arn:aws:ecs:us-east-1:"+mockAccount+":capacity-provider/"+name+"-1234567")
	case "aws:iam/instanceProfile:InstanceProfile":
		set("arn", "arn:aws:iam::"+mockAccount+":instance-profile/"+name+"-1234567")
	case "aws:ecr/repository:Repository":
		set("name", name+"-1234567")
		set("arn", "arn:aws:ecr:us-east-1:"+mockAccount+":repository/"+name+"-1234567")
		set("repositoryUrl", mockAccount+".dkr.ecr.us-east-1.amazonaws.com/"+name+"-1234567")
	case "aws:cloudwatch/logGroup:LogGroup":
		set("name", name+"-1234567")
		set("arn", "arn:aws:logs:us-east-1:"+mockAccount+":log-group:"+name+"-1234567")
	case "aws:iam/role:Role":
		set("name", name+"-1234567")
		set("arn", "arn:aws:iam::"+mockAccount+":role/"+name+"-1234567")
	case "aws:ecs/cluster:Cluster":
		set("name", name+"-1234567")
		set("arn", "arn:aws:ecs:us-east-1:"+mockAccount+":cluster/"+name+"-1234567")
	case "aws:ecs/service:Service":
		set("name", name+"-1234567")
	case "aws:ecs/taskDefinition:TaskDefinition":
		set("arn", "arn:aws:ecs:us-east-1:"+mockAccount+":task-definition/"+state["family"].StringValue()+":1")
	}
}

func (g *graph) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.invokes = append(g.invokes, args)
	text := resource.NewProperty[string]
	if g.noRegion {
		return resource.PropertyMap{}, nil // what the engine answers then
	}
	switch args.Token {
	case "aws:index/getRegion:getRegion":
		return resource.PropertyMap{"id": text("us-east-1"), "name": text("us-east-1")}, nil
	case "aws:index/getPartition:getPartition":
		return resource.PropertyMap{"id": text("aws"), "partition": text("aws"), "dnsSuffix": text("amazonaws.com")}, nil
	case "aws:index/getCallerIdentity:getCallerIdentity":
		return resource.PropertyMap{"id": text(mockAccount), "accountId": text(mockAccount)}, nil
	case "aws:ssm/getParameter:getParameter":
		image := "ami-0000000000000x86a"
		if strings.Contains(args.Args["name"].StringValue(), "/arm64/") {
			image = "ami-0000000000000a64a"
		}
		return resource.PropertyMap{"id": args.Args["name"], "insecureValue": text(image), "value": text(image)}, nil
	case "aws:index/getAvailabilityZones:getAvailabilityZones":
		return resource.PropertyMap{
			"id":      text("us-east-1"),
			"names":   texts("us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1f"),
			"zoneIds": texts("use1-az1", "use1-az2", "use1-az4", "use1-az6", "use1-az5"),
		}, nil
	}
	g.t.Errorf("unexpected look-up %s %v", args.Token, args.Args)
	return nil, fmt.Errorf("unexpected look-up %s", args.Token)
}

func texts(values ...string) resource.PropertyValue {
	list := make([]resource.PropertyValue, len(values))
	for i, v := range values {
		list[i] = resource.NewProperty(v)
	}
	return resource.NewProperty(list)
}

// find returns the one resource of a type and name.
func (g *graph) find(typ, name string) *node {
	g.t.Helper()
	for _, n := range g.nodes {
		if n.typ == typ && n.name == name {
			return n
		}
	}
	g.t.Fatalf("no %s %q among\n%s", typ, name, g)
	return nil
}

// ofType returns the resources of a type, by name.
func (g *graph) ofType(typ string) []*node {
	var found []*node
	for _, n := range g.sorted() {
		if n.typ == typ {
			found = append(found, n)
		}
	}
	return found
}

func (g *graph) sorted() []*node {
	list := make([]*node, 0, len(g.nodes))
	for _, n := range g.nodes {
		list = append(list, n)
	}
	slices.SortFunc(list, func(a, b *node) int {
		return strings.Compare(a.typ+" "+a.name+" "+a.parent, b.typ+" "+b.name+" "+b.parent)
	})
	return list
}

// String is the golden form: everything that a release must not change by
// accident.
func (g *graph) String() string {
	var b strings.Builder
	for _, n := range g.sorted() {
		fmt.Fprintf(&b, "%s %s\n  parent: %s\n", n.typ, n.name, short(n.parent))
		for _, d := range n.dependsOn {
			fmt.Fprintf(&b, "  dependsOn: %s\n", short(d))
		}
		for _, a := range n.rpc.GetAliases() {
			// Not %v: the text of a protocol message differs from build to build.
			fmt.Fprintf(&b, "  alias: %s\n", strings.Join(slices.DeleteFunc([]string{a.GetUrn(), a.GetSpec().GetType(), a.GetSpec().GetName()},
				func(s string) bool { return s == "" }), " "))
		}
		if n.rpc.GetDeleteBeforeReplaceDefined() {
			fmt.Fprintf(&b, "  deleteBeforeReplace: %v\n", n.rpc.GetDeleteBeforeReplace())
		}
		if ignored := n.rpc.GetIgnoreChanges(); len(ignored) > 0 {
			fmt.Fprintf(&b, "  ignoreChanges: %s\n", strings.Join(ignored, " "))
		}
		if on := n.rpc.GetReplaceOnChanges(); len(on) > 0 {
			fmt.Fprintf(&b, "  replaceOnChanges: %s\n", strings.Join(on, ", "))
		}
		if on := n.rpc.GetReplacementTrigger(); on != nil {
			fmt.Fprintf(&b, "  replacementTrigger: %s\n", on.GetStringValue())
		}
		if t := n.rpc.GetCustomTimeouts(); t.GetCreate()+t.GetUpdate()+t.GetDelete() != "" {
			fmt.Fprintf(&b, "  timeouts: %s %s %s\n", t.GetCreate(), t.GetUpdate(), t.GetDelete())
		}
		writeProperties(&b, "  ", n.inputs)
	}
	return b.String()
}

func writeProperties(b *strings.Builder, indent string, m resource.PropertyMap) {
	for _, k := range m.StableKeys() {
		fmt.Fprintf(b, "%s%s: %s\n", indent, k, show(m[k]))
	}
}

// show renders a value in one line, with the keys of objects in order.
func show(v resource.PropertyValue) string {
	switch {
	case v.IsComputed() || v.IsOutput() && !v.OutputValue().Known:
		return "<unknown>"
	case v.IsSecret():
		return "<secret " + show(v.SecretValue().Element) + ">"
	case v.IsArray():
		parts := make([]string, len(v.ArrayValue()))
		for i, e := range v.ArrayValue() {
			parts[i] = show(e)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case v.IsObject():
		var parts []string
		for _, k := range v.ObjectValue().StableKeys() {
			parts = append(parts, string(k)+": "+show(v.ObjectValue()[k]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case v.IsString():
		return v.StringValue()
	}
	return fmt.Sprint(v.V)
}

// short is an URN without stack, project and parent types.
func short(urn string) string {
	if urn == "" {
		return "(stack)"
	}
	u := resource.URN(urn)
	return string(u.Type()) + " " + u.Name()
}
