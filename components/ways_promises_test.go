package components

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// counted fails the test when a promise was never put to anything.
func counted(t *testing.T, what string) *int {
	seen := new(int)
	t.Cleanup(func() {
		if *seen == 0 {
			t.Errorf("no program has %s: the test proves nothing", what)
		}
	})
	return seen
}

// TestNoApiAnswersTooManyRequestsToEverything: the aws provider sends 0 for a
// limit that is left out, and 0 lets nothing through.
func TestNoApiAnswersTooManyRequestsToEverything(t *testing.T) {
	t.Parallel()
	seen := counted(t, "a stage with settings")
	everyGraph(t, func(t *testing.T, g *graph) {
		for _, n := range g.ofType("aws:apigatewayv2/stage:Stage") {
			settings, given := n.inputs["defaultRouteSettings"]
			if !given {
				continue
			}
			*seen++
			for _, limit := range []resource.PropertyKey{"throttlingBurstLimit", "throttlingRateLimit"} {
				if v := settings.ObjectValue()[limit]; !v.IsNumber() || v.NumberValue() <= 0 {
					t.Errorf("%s has %s %v", n.name, limit, v)
				}
			}
		}
	})
}

// TestListenersAreMadeAndDeletedWhole: a listener's name follows from its port,
// its protocol is never changed in place, and only TLS has a policy and a
// certificate.
func TestListenersAreMadeAndDeletedWhole(t *testing.T) {
	t.Parallel()
	seen := counted(t, "a listener")
	everyGraph(t, func(t *testing.T, g *graph) {
		for _, n := range g.ofType("aws:lb/listener:Listener") {
			*seen++
			port, protocol := n.inputs["port"].NumberValue(), n.inputs["protocol"].StringValue()
			name := map[string]string{"app 80": "http", "app 443": "https"}[fmt.Sprint(kindOf(n), " ", port)]
			switch {
			case kindOf(n) == "net":
				name = "all-listener" // the service's, which belongs to a route
			case name == "":
				name = fmt.Sprint("listener-", port)
			}
			if !strings.HasSuffix(n.name, "-"+name) {
				t.Errorf("%s is on port %v", n.name, port)
			}
			if secure := protocol == "HTTPS" || protocol == "TLS"; secure != n.inputs.HasValue("sslPolicy") || secure != n.inputs.HasValue("certificateArn") {
				t.Errorf("%s speaks %s with the policy %v and the certificate %v", n.name, protocol, n.inputs["sslPolicy"], n.inputs["certificateArn"])
			}
			if !n.rpc.GetDeleteBeforeReplace() || strings.Join(n.rpc.GetReplaceOnChanges(), " ") != "protocol" {
				t.Errorf("%s can be changed to another protocol in place", n.name)
			}
		}
	})
}

// kindOf is the kind of a listener's load balancer, as its ARN says it.
func kindOf(listener *node) string {
	_, kind, _ := strings.Cut(listener.inputs["loadBalancerArn"].StringValue(), ":loadbalancer/")
	return strings.SplitN(kind, "/", 2)[0]
}

// TestLoadBalancersGiveTheirTargetsBack: a target group is the same whatever
// clients see, and belongs to one load balancer, which therefore has to go
// before another takes it over. Behind another ApplicationIngress it is another.
func TestLoadBalancersGiveTheirTargetsBack(t *testing.T) {
	t.Parallel()
	seen := counted(t, "a load balancer")
	everyGraph(t, func(t *testing.T, g *graph) {
		for _, n := range g.ofType("aws:lb/loadBalancer:LoadBalancer") {
			*seen++
			if !n.rpc.GetDeleteBeforeReplace() || n.rpc.GetReplacementTrigger().GetStringValue() == "" {
				t.Errorf("%s is not deleted before another one is made, or not replaced with its VPC", n.name)
			}
		}
		for _, n := range g.ofType("aws:lb/targetGroup:TargetGroup") {
			if port := n.inputs["port"].NumberValue(); port != targetPort {
				t.Errorf("%s has port %v", n.name, port)
			}
			if trigger := n.rpc.GetReplacementTrigger().GetStringValue(); (trigger != "") != (n.inputs["protocol"].StringValue() == "HTTP") {
				t.Errorf("%s is replaced with %q", n.name, trigger)
			}
		}
	})
}

// TestIngressesLeadNowhereByThemselves: what leads to tasks is the service's, in
// full; an ingress answers 404 or sends clients on to HTTPS.
func TestIngressesLeadNowhereByThemselves(t *testing.T) {
	t.Parallel()
	defaults, rules := counted(t, "a listener of an ingress"), counted(t, "a listener rule")
	everyGraph(t, func(t *testing.T, g *graph) {
		for _, typ := range []string{"aws:lb/targetGroup:TargetGroup", "aws:lb/listenerRule:ListenerRule", "aws:servicediscovery/service:Service"} {
			for _, n := range g.ofType(typ) {
				if !strings.Contains(n.parent, "Service::") {
					t.Errorf("%s %s belongs to %s", typ, n.name, n.parent)
				}
			}
		}
		for _, n := range g.ofType("aws:lb/listenerRule:ListenerRule") {
			*rules++
			path := n.inputs["conditions"].ArrayValue()[0].ObjectValue()["pathPattern"].ObjectValue()["values"].ArrayValue()[0].StringValue()
			if priority := n.inputs["priority"].NumberValue(); priority != lastPriority || path != "/*" || len(n.inputs["conditions"].ArrayValue()) != 1 {
				t.Errorf("%s takes %q at %v, not all requests after the other rules", n.name, path, priority)
			}
		}
		for _, n := range g.ofType("aws:lb/listener:Listener") {
			action := n.inputs["defaultActions"].ArrayValue()[0].ObjectValue()
			if kindOf(n) == "net" {
				continue
			}
			*defaults++
			switch kind := action["type"].StringValue(); {
			case kind == "redirect":
			case kind == "fixed-response" && action["fixedResponse"].ObjectValue()["statusCode"].StringValue() == "404":
			default:
				t.Errorf("%s answers %v by default", n.name, action)
			}
		}
	})
}

// TestTargetGroupPrefixes: AWS takes letters, digits and "-", and the aws
// provider 6 characters of the user's.
func TestTargetGroupPrefixes(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"sample": "sampl-", "web": "web-", "my_web-app": "my-we-", "a.b": "a-b-", "-web-": "web-", "abcd-efg": "abcd-", "_": "tasks-",
	} {
		if got := targetGroupPrefix(name); got != want {
			t.Errorf("%q begins with %q, want %q", name, got, want)
		}
	}
}

// TestRegistriesGoWithTheirTasks: AWS deletes no Cloud Map service that holds
// tasks, and ECS takes them out in its own time.
func TestRegistriesGoWithTheirTasks(t *testing.T) {
	t.Parallel()
	seen := counted(t, "a Cloud Map service")
	everyGraph(t, func(t *testing.T, g *graph) {
		for _, n := range g.ofType("aws:servicediscovery/service:Service") {
			*seen++
			if v := n.inputs["forceDestroy"]; !v.IsBool() || !v.BoolValue() {
				t.Errorf("%s cannot be destroyed while it holds tasks", n.name)
			}
		}
	})
}

// TestLoadBalancersReachWhatTheyCheck: both groups let the requests through on
// the container's port, as that port is mapped, and the checks, which are
// always TCP, on theirs.
func TestLoadBalancersReachWhatTheyCheck(t *testing.T) {
	t.Parallel()
	checked := counted(t, "a check on a port or protocol of its own")
	everyGraph(t, func(t *testing.T, g *graph) {
		for _, s := range g.ofType("aws:ecs/service:Service") {
			balancers, joined := s.inputs["loadBalancers"]
			if !joined {
				continue
			}
			target := g.ofType("aws:lb/targetGroup:TargetGroup")[0]
			sent := "tcp"
			if target.inputs["protocol"].StringValue() == "UDP" {
				sent = "udp"
			}
			port := balancers.ArrayValue()[0].ObjectValue()["containerPort"].NumberValue()
			at := fmt.Sprint(port)
			if p := target.inputs["healthCheck"].ObjectValue()["port"]; p.IsString() {
				at = p.StringValue()
			}
			if sent == "udp" || at != fmt.Sprint(port) {
				*checked++
			}
			for _, typ := range []string{"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"} {
				open := map[string]bool{}
				for _, r := range g.ofType(typ) {
					if strings.HasPrefix(r.name, strings.TrimSuffix(s.name, "-service")+"-from-") {
						open[fmt.Sprint(r.inputs["ipProtocol"].StringValue(), " ", r.inputs["fromPort"].NumberValue())] = true
					}
				}
				want := map[string]bool{fmt.Sprint(sent, " ", port): true, "tcp " + at: true}
				if fmt.Sprint(open) != fmt.Sprint(want) {
					t.Errorf("%s: %s open %v, want %v", s.name, typ, open, want)
				}
			}
			var containers []struct{ PortMappings []struct{ Protocol string } }
			task := g.ofType("aws:ecs/taskDefinition:TaskDefinition")[0]
			if err := json.Unmarshal([]byte(task.inputs["containerDefinitions"].StringValue()), &containers); err != nil {
				t.Fatal(err)
			}
			if got := containers[0].PortMappings[0].Protocol; got != sent {
				t.Errorf("%s: the container's port is %s, and the load balancer sends %s", s.name, got, sent)
			}
		}
	})
}

// TestNoGracePeriodUnasked: ECS may refuse one together with the load balancer.
func TestNoGracePeriodUnasked(t *testing.T) {
	t.Parallel()
	everyGraph(t, func(t *testing.T, g *graph) {
		for _, n := range g.ofType("aws:ecs/service:Service") {
			if v := n.inputs["healthCheckGracePeriodSeconds"]; v.HasValue() && v.NumberValue() != askedGracePeriod {
				t.Errorf("%s has a grace period that nobody asked for", n.name)
			}
		}
	})
}

// TestDnsNames: a label has at most 63 characters and no "-" at either end.
func TestDnsNames(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"dev-api": "dev-api", "Dev_my.api": "dev-my-api", "-api-": "api",
		strings.Repeat("a", 62) + "-b": strings.Repeat("a", 62), strings.Repeat("a", 70): strings.Repeat("a", 63),
	} {
		if got := dnsName(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
