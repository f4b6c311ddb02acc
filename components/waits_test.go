package components

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// spared is a kind of child that an ECS service need not wait for.
type spared struct {
	// typ is the child's type, role its name without the component's. A role
	// that ends in "*" may end in anything.
	typ, role string
	// reason says why tasks do without it.
	reason string
	// only picks some of these children; nil is all.
	only func(*node) bool
}

// notWaitedFor are the only children that an ECS service may come before, by
// component. It waits for every other child of its own component and of those
// that it uses: so a new kind of child is waited for, unless a row says why not.
var notWaitedFor = map[string][]spared{
	"IsolatedVpc":   besideEveryVpc,
	"NatNetwork":    besideEveryVpc,
	"PublicNetwork": besideEveryVpc,
	"EcsCluster": {
		{typ: "aws:iam/role:Role", role: "execution", reason: "it is for task definitions of the user's own"},
		{typ: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", role: "execution", reason: "it is for task definitions of the user's own"},
		{typ: associationType, role: "capacity", reason: "a service with a launch type asks for no capacity provider, and one on hosts waits for the list of its hosts"},
	},
	"ApplicationIngress": {
		{typ: ingressRuleType, role: "from-*", reason: "it admits clients, whose requests come later"},
		{typ: "aws:lb/listener:Listener", role: "http", reason: "it sends clients on to the other listener", only: redirects},
	},
	"NetworkIngress": {
		{typ: ingressRuleType, role: "from-*", reason: "it admits clients, whose requests come later"},
	},
	"ApiIngress": {
		{typ: "aws:apigatewayv2/vpcLink:VpcLink", role: "link", reason: "requests come later"},
		{typ: "aws:apigatewayv2/api:Api", role: "api", reason: "requests come later"},
		{typ: "aws:apigatewayv2/integration:Integration", role: "integration", reason: "requests come later"},
		{typ: "aws:apigatewayv2/route:Route", role: "default", reason: "requests come later"},
		{typ: "aws:apigatewayv2/stage:Stage", role: "stage", reason: "requests come later"},
		{typ: logGroupType, role: "access", reason: "requests come later"},
	},
	"ContainerImage": {
		{typ: "aws:ecr/lifecyclePolicy:LifecyclePolicy", role: "repository", reason: "it takes old images away, days later"},
	},
}

// besideEveryVpc are the children of a network that nothing in it needs.
var besideEveryVpc = []spared{
	{typ: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", role: "default", reason: "no task is a member of it"},
	{typ: logGroupType, role: "flow-logs", reason: "tasks work without flow logs"},
	{typ: "aws:iam/role:Role", role: "flow-logs", reason: "tasks work without flow logs"},
	{typ: "aws:iam/rolePolicy:RolePolicy", role: "flow-logs", reason: "tasks work without flow logs"},
	{typ: "aws:ec2/flowLog:FlowLog", role: "flow-logs", reason: "tasks work without flow logs"},
}

const (
	ecsServiceType  = "aws:ecs/service:Service"
	logGroupType    = "aws:cloudwatch/logGroup:LogGroup"
	ingressRuleType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	egressRuleType  = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
)

func redirects(listener *node) bool {
	return listener.inputs["defaultActions"].ArrayValue()[0].ObjectValue()["type"].StringValue() == "redirect"
}

// component is the type and the name of the component that a child is part of;
// "" of what the program itself makes.
func component(child *node) (typ, name string) {
	parent := resource.URN(child.parent)
	if typ, ours := strings.CutPrefix(short(child.parent), "ecsnet:index:"); ours {
		return typ[:strings.Index(typ, " ")], parent.Name()
	}
	return "", ""
}

// role is a child's name without its component's.
func role(child *node) string {
	_, name := component(child)
	return strings.TrimPrefix(child.name, name+"-")
}

// row is the row of notWaitedFor that spares a child.
func row(child *node) (typ string, index int, found bool) {
	typ, _ = component(child)
	index = slices.IndexFunc(notWaitedFor[typ], func(s spared) bool {
		prefix, open := strings.CutSuffix(s.role, "*")
		named := role(child) == s.role || open && strings.HasPrefix(role(child), prefix)
		return child.typ == s.typ && named && (s.only == nil || s.only(child))
	})
	return typ, index, index >= 0
}

// needs are the children that must be there before an ECS service is: those of
// its own component and of each component that it has anything of. What itself
// waits for the service cannot be waited for.
func needs(g *graph, service *node) (list []*node) {
	used := map[string]bool{}
	for urn := range reachedFrom(g, service) {
		if n := g.nodes[urn]; n != nil {
			used[n.parent] = true
		}
	}
	for _, n := range g.sorted() {
		typ, _ := component(n)
		if _, _, free := row(n); typ == "" || !used[n.parent] || free || reachedFrom(g, n)[service.urn] {
			continue
		}
		list = append(list, n)
	}
	return list
}

// reachedFrom is what a resource waits for, directly or through others, and the
// resource itself.
func reachedFrom(g *graph, from *node) map[string]bool {
	reached := map[string]bool{}
	var walk func(urn string)
	walk = func(urn string) {
		if reached[urn] {
			return
		}
		reached[urn] = true
		if n := g.nodes[urn]; n != nil {
			for _, d := range n.dependsOn {
				walk(d)
			}
		}
	}
	walk(from.urn)
	return reached
}

// missing returns those of the needs that the ECS service does not wait for.
func missing(g *graph, service *node, needs []*node) (lacking []string) {
	reached := reachedFrom(g, service)
	for _, n := range needs {
		if !reached[n.urn] {
			lacking = append(lacking, short(n.urn))
		}
	}
	return lacking
}

// TestServiceWaitsForWhatItNeeds holds each edge of every program: with any one
// of them taken away, the check fails.
func TestServiceWaitsForWhatItNeeds(t *testing.T) {
	t.Parallel()
	services := counted(t, "an ECS service")
	var mu sync.Mutex
	used := map[string]map[int]bool{}
	t.Cleanup(func() {
		for typ, rows := range notWaitedFor {
			for i, s := range rows {
				if !used[typ][i] {
					t.Errorf("notWaitedFor: no program has the %s %s-%s that services need not wait for", s.typ, typ, s.role)
				}
			}
		}
	})
	everyGraph(t, func(t *testing.T, g *graph) {
		mu.Lock()
		for _, n := range g.sorted() {
			if typ, i, found := row(n); found {
				if used[typ] == nil {
					used[typ] = map[int]bool{}
				}
				used[typ][i] = true
			}
		}
		*services += len(g.ofType(ecsServiceType))
		mu.Unlock()
		for _, service := range g.ofType(ecsServiceType) {
			needs := needs(g, service)
			if lacking := missing(g, service, needs); len(lacking) > 0 {
				t.Fatalf("%s does not wait for %v; make it wait, or say in notWaitedFor (waits_test.go) why it need not", service.name, lacking)
			}
			for _, need := range needs {
				if without := withoutEdges(g, need.urn); len(missing(without, without.nodes[service.urn], needs)) == 0 {
					t.Errorf("the edges to %s can go and nobody notices", short(need.urn))
				}
			}
		}
	})
}

// TestNewChildrenAreWaitedFor: a child of a type that nobody has heard of, in
// any of the components that a service uses, is one that it needs.
func TestNewChildrenAreWaitedFor(t *testing.T) {
	t.Parallel()
	for program, components := range map[string]int{"isolated-service": 3, "service-behind-public-https": 3, "service-behind-api": 3, "hosts-isolated": 4, "container-image-built": 4} {
		g := mustRun(t, programs[program])
		service := g.ofType(ecsServiceType)[0]
		parents := map[string]bool{}
		for _, n := range needs(g, service) {
			parents[n.parent] = true
		}
		if len(parents) != components {
			t.Errorf("%s: the service uses %v, want %d components", program, slices.Sorted(maps.Keys(parents)), components)
		}
		for parent := range parents {
			with := withoutEdges(g, "")
			urn := "urn:pulumi:stack::proj::" + string(resource.URN(parent).Type()) + "$aws:new/thing:Thing::new"
			with.nodes[urn] = &node{urn: urn, typ: "aws:new/thing:Thing", name: "new", parent: parent, custom: true}
			if lacking := missing(with, service, needs(with, service)); !slices.Equal(lacking, []string{"aws:new/thing:Thing new"}) {
				t.Errorf("%s: with another child of %s the service lacks %v", program, short(parent), lacking)
			}
		}
	}
}

// TestServiceWaitsForItsRoute: AWS refuses a service whose target group no load
// balancer uses yet, so it waits for the rule or the listener that does.
func TestServiceWaitsForItsRoute(t *testing.T) {
	t.Parallel()
	for _, program := range []string{"service-behind-application-ingress", "service-behind-public-https", "service-behind-network-ingress"} {
		g := mustRun(t, programs[program])
		service := g.ofType(ecsServiceType)[0]
		forwards := func(property resource.PropertyKey) func(*node) bool {
			return func(n *node) bool {
				return n.inputs[property].ArrayValue()[0].ObjectValue()["type"].StringValue() == "forward"
			}
		}
		all := append(g.ofType("aws:lb/listenerRule:ListenerRule"), g.ofType("aws:lb/listener:Listener")...)
		leading := slices.IndexFunc(all, func(n *node) bool {
			return n.typ == "aws:lb/listenerRule:ListenerRule" && forwards("actions")(n) || n.typ == "aws:lb/listener:Listener" && forwards("defaultActions")(n)
		})
		if leading < 0 {
			t.Fatalf("%s: nothing leads to the tasks", program)
		}
		if !slices.ContainsFunc(needs(g, service), func(n *node) bool { return n.urn == all[leading].urn }) {
			t.Errorf("%s: %s is not among the needs", program, all[leading].name)
		}
		if !reachedFrom(g, service)[all[leading].urn] {
			t.Errorf("%s: the ECS service does not wait for %s", program, all[leading].name)
		}
	}
}

// withoutEdges is the graph without the edges to one resource.
func withoutEdges(g *graph, urn string) *graph {
	c := &graph{t: g.t, nodes: map[string]*node{}}
	for k, n := range g.nodes {
		m := *n
		m.dependsOn = slices.DeleteFunc(slices.Clone(n.dependsOn), func(d string) bool { return d == urn })
		c.nodes[k] = &m
	}
	return c
}
