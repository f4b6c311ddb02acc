package build_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

var (
	balancerRes = res{typ: "lb/loadBalancer", name: "front", id: "arn:lb", props: m{
		"loadBalancerType": "application", "internal": false, "subnets": []any{"subnet-a"}, "securityGroups": []any{"sg-1"}, "ipAddressType": "ipv4",
	}}
	targetsRes  = res{typ: "lb/targetGroup", name: "targets", id: "arn:tg", props: m{"targetType": "ip", "protocol": "HTTP", "port": 80, "vpcId": "vpc-1"}}
	listenerRes = res{typ: "lb/listener", name: "listener", id: "arn:listener", props: m{
		"loadBalancerArn": "arn:lb", "protocol": "HTTPS", "port": 443, "defaultActions": []any{m{"type": "forward", "targetGroupArn": "arn:tg"}},
	}}
	// behind is a service behind the load balancer.
	behind = res{typ: "ecs/service", name: "web", id: "arn:web", props: merged(
		m{"networkConfiguration": m{"subnets": []any{"subnet-b"}, "securityGroups": []any{"sg-1"}, "assignPublicIp": false}},
		m{"taskDefinition": "web:1", "loadBalancers": []any{m{"targetGroupArn": "arn:tg", "containerName": "web", "containerPort": 8080}}},
	)}
)

func TestBalancers(t *testing.T) {
	t.Parallel()
	stack := func(all ...res) []res { return append([]res{vpcRes, subnetRes, subnetTwo, groupRes}, all...) }
	network := balancerRes.with(m{"loadBalancerType": "network", "securityGroups": []any{}})
	whole := []string{
		"balancer LoadBalancer front: application, internal No",
		"balancer LoadBalancer front: public Yes, IPv6 No, unfiltered false, candidates false, forwards No",
		"balancer LoadBalancer front is in Subnet a", "balancer LoadBalancer front is guarded by SecurityGroup guard",
		"listener Listener listener: {6 443 443}",
		"listener Listener listener forwards to TargetGroup targets: ip {6 80 80} keeps No",
		"target group TargetGroup targets: service true {6 8080 8080}",
	}
	only := func(line string) []string { return []string{line} }
	check(t, map[string]scene{
		"whole":             {stack: stack(balancerRes, targetsRes, listenerRes, behind), want: whole, not: []string{doubtless}},
		"before it is made": {preview: true, stack: stack(balancerRes, targetsRes, listenerRes, behind), want: whole, not: []string{doubtless}},
		"under an older name": {
			stack: stack(res{typ: "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer", name: "front", id: "arn:lb", props: balancerRes.props}, res{typ: "aws:alb/targetGroup:TargetGroup", name: "targets", id: "arn:tg", props: targetsRes.props}, listenerRes, behind),
			want:  whole, not: []string{doubtless},
		},
		"internal":                 {stack: stack(balancerRes.with(m{"internal": true})), want: only("balancer LoadBalancer front: public No, IPv6 No, unfiltered false, candidates false, forwards No")},
		"internal, hidden":         {stack: stack(balancerRes.with(m{"internal": notKnown})), want: only("balancer LoadBalancer front: application, internal Maybe")},
		"internal, left out":       {stack: stack(balancerRes.without("internal")), want: only("balancer LoadBalancer front: application, internal Maybe")},
		"dual stack":               {stack: stack(balancerRes.with(m{"ipAddressType": "dualstack"})), want: only("balancer LoadBalancer front: public Yes, IPv6 Yes, unfiltered false, candidates false, forwards No")},
		"no public IPv4":           {stack: stack(balancerRes.with(m{"ipAddressType": "dualstack-without-public-ipv4"})), want: only("balancer LoadBalancer front: public No, IPv6 Yes, unfiltered false, candidates false, forwards No")},
		"no groups":                {stack: stack(balancerRes.without("securityGroups")), want: only("balancer LoadBalancer front is guarded by DefaultSecurityGroup net")},
		"network, without groups":  {stack: stack(network), want: only("balancer LoadBalancer front: public Yes, IPv6 No, unfiltered true, candidates false, forwards No"), not: []string{doubtless}},
		"network, groups hidden":   {stack: stack(network.with(m{"securityGroups": secret})), want: []string{"balancer LoadBalancer front: public Yes, IPv6 No, unfiltered false, candidates false, forwards No", "doubt at LoadBalancer front: LoadBalancer front its securityGroups is secret"}},
		"network, null for groups": {stack: stack(network.with(m{"securityGroups": nil})), want: only("balancer LoadBalancer front: public Yes, IPv6 No, unfiltered true, candidates false, forwards No"), not: []string{doubtless}},
		"kind hidden":              {stack: stack(balancerRes.with(m{"loadBalancerType": notKnown})), want: only("doubt at LoadBalancer front: LoadBalancer front its loadBalancerType is not known yet")},
		"kind that is none":        {stack: stack(balancerRes.with(m{"loadBalancerType": "what?"})), want: only("doubt at LoadBalancer front: LoadBalancer front its loadBalancerType is not what is expected there")},
		"addresses that are none":  {stack: stack(balancerRes.with(m{"ipAddressType": "what?"})), want: only("balancer LoadBalancer front: public Yes, IPv6 Maybe, unfiltered false, candidates false, forwards No")},
		"subnets one by one":       {stack: stack(balancerRes.without("subnets").with(m{"subnetMappings": []any{m{"subnetId": "subnet-b", "allocationId": "eipalloc-1"}}})), want: only("balancer LoadBalancer front is in Subnet b"), not: []string{doubtless}},
		"gateway":                  {stack: stack(balancerRes.with(m{"loadBalancerType": "gateway"})), want: only("doubt at LoadBalancer front: LoadBalancer front is a Gateway Load Balancer, behind which the proof does not look")},
		"UDP and TCP":              {stack: stack(network, targetsRes.with(m{"protocol": "TCP_UDP"}), listenerRes.with(m{"protocol": "TCP_UDP", "port": 53}), behind), want: []string{"listener Listener listener forwards to TargetGroup targets: ip {6 80 80} keeps Yes", "listener Listener listener forwards to TargetGroup targets: ip {17 80 80} keeps Yes", "target group TargetGroup targets: service true {17 8080 8080}"}, not: []string{doubtless}},
		"TCP keeps":                {stack: stack(network, targetsRes.with(m{"protocol": "TCP", "preserveClientIp": "true"}), listenerRes.with(m{"protocol": "TCP"})), want: only("listener Listener listener forwards to TargetGroup targets: ip {6 80 80} keeps Yes")},
		"TCP does not keep":        {stack: stack(network, targetsRes.with(m{"protocol": "TCP"}), listenerRes.with(m{"protocol": "TCP"})), want: only("listener Listener listener forwards to TargetGroup targets: ip {6 80 80} keeps No")},
		"TCP of instances keeps":   {stack: stack(network, targetsRes.with(m{"protocol": "TCP", "targetType": "instance"}), listenerRes.with(m{"protocol": "TLS"})), want: only("listener Listener listener forwards to TargetGroup targets: instance {6 80 80} keeps Yes")},
		"weights":                  {stack: stack(balancerRes, targetsRes, listenerRes.with(m{"defaultActions": []any{m{"type": "forward", "forward": m{"targetGroups": []any{m{"arn": "arn:tg", "weight": 1}}}}}})), want: only("listener Listener listener forwards to TargetGroup targets: ip {6 80 80} keeps No"), not: []string{doubtless}},
		"a single action":          {stack: stack(balancerRes, targetsRes, listenerRes.without("defaultActions").with(m{"defaultAction": m{"type": "forward", "targetGroupArn": "arn:tg"}})), want: only("listener Listener listener forwards to TargetGroup targets: ip {6 80 80} keeps No"), not: []string{doubtless}},
		"redirect":                 {stack: stack(balancerRes, targetsRes, listenerRes.with(m{"defaultActions": []any{m{"type": "redirect", "redirect": m{"port": "443"}}}})), not: []string{doubtless, "listener Listener listener forwards"}},
		"by a rule":                {stack: stack(balancerRes, targetsRes, listenerRes.with(m{"defaultActions": []any{m{"type": "fixed-response"}}}), res{typ: "lb/listenerRule", name: "rule", id: "arn:rule", props: m{"listenerArn": "arn:listener", "actions": []any{m{"type": "forward", "targetGroupArn": "arn:tg"}}}}), want: only("listener Listener listener forwards to TargetGroup targets: ip {6 80 80} keeps No"), not: []string{doubtless}},
		"port hidden":              {stack: stack(balancerRes, targetsRes, listenerRes.with(m{"port": notKnown})), want: []string{"listener Listener listener: {6 0 65535}", "doubt at Listener listener: Listener listener its port is not known yet"}},
		"action hidden":            {stack: stack(balancerRes, targetsRes, listenerRes.with(m{"defaultActions": []any{m{"type": "forward", "targetGroupArn": notKnown}}})), want: only("doubt at Listener listener: Listener listener its defaultActions[0].targetGroupArn is not known yet")},
		"action without a target":  {stack: stack(balancerRes, targetsRes, listenerRes.with(m{"defaultActions": []any{m{"type": "forward"}}})), want: only("doubt at Listener listener: Listener listener its defaultActions[0] forwards to something that is not known")},
		"whose listener":           {stack: stack(balancerRes, targetsRes, listenerRes.with(m{"loadBalancerArn": notKnown})), want: only("doubt at Listener listener: Listener listener its loadBalancerArn is not known yet")},
		"of another stack":         {stack: stack(targetsRes, listenerRes.with(m{"loadBalancerArn": "arn:other:loadbalancer/net/x"}), behind), want: []string{"balancer LoadBalancer listener: network, internal Maybe", "doubt at LoadBalancer listener: Listener listener its loadBalancerArn, arn:other:loadbalancer/net/x, is not in the stack"}},
		"a listener elsewhere":     {stack: stack(targetsRes, res{typ: "lb/listenerRule", name: "rule", id: "arn:rule", props: m{"listenerArn": "arn:elsewhere", "actions": []any{m{"type": "forward", "targetGroupArn": "arn:tg"}}}}), want: []string{"listener Listener rule forwards to TargetGroup targets: ip {6 80 80} keeps No", "doubt at Listener rule: ListenerRule rule forwards for arn:elsewhere, which is not in the stack"}},
		"targets of another stack": {stack: stack(behind), want: []string{"target group TargetGroup web: service true {6 8080 8080}", "doubt at Listener web: Service web forwards for arn:tg, which is not in the stack"}},
		"targets hidden":           {stack: stack(balancerRes, targetsRes, listenerRes, behind.with(m{"loadBalancers": []any{m{"targetGroupArn": notKnown, "containerPort": 80}}})), want: only("doubt at Service web: Service web its loadBalancers[0].targetGroupArn is not known yet")},
		"targets left out":         {stack: stack(balancerRes, targetsRes, listenerRes, behind.with(m{"loadBalancers": []any{m{"targetGroupArn": nil, "containerPort": 80}}})), want: only("doubt at Service web: Service web has a load balancer in its loadBalancers[0], and which is missing")},
		"no port of a container":   {stack: stack(balancerRes, targetsRes, listenerRes, behind.with(m{"loadBalancers": []any{m{"targetGroupArn": "arn:tg", "containerPort": 0}}})), want: []string{"target group TargetGroup targets: service true {6 0 65535}", "doubt at TargetGroup targets: Service web its loadBalancers[0].containerPort is not what is expected there"}},
		"blue and green": {
			stack: stack(balancerRes, targetsRes, listenerRes, behind.with(m{"loadBalancers": []any{m{"targetGroupArn": "arn:blue", "containerPort": 80, "advancedConfiguration": m{"alternateTargetGroupArn": "arn:tg"}}}})),
			want:  only("target group TargetGroup targets: service true {6 80 80}"),
		},
		"by address":                {stack: stack(balancerRes, targetsRes, listenerRes, res{typ: "lb/targetGroupAttachment", name: "one", id: "x", props: m{"targetGroupArn": "arn:tg", "targetId": "10.0.0.7"}}), want: only("doubt at TargetGroup targets: TargetGroupAttachment one registers 10.0.0.7, which is not in the stack")},
		"a function":                {stack: stack(balancerRes, targetsRes.with(m{"targetType": "lambda", "protocol": "", "port": 0}), listenerRes, res{typ: "lb/targetGroupAttachment", name: "one", id: "x", props: m{"targetGroupArn": "arn:tg", "targetId": "arn:aws:lambda:us-east-1:1:function:f"}}), not: []string{doubtless, "target group"}},
		"accelerated":               {stack: stack(balancerRes.with(m{"internal": true}), res{typ: "globalaccelerator/endpointGroup", name: "fast", id: "x", props: m{"endpointConfigurations": []any{m{"endpointId": "arn:lb"}}}}), want: []string{"api EndpointGroup fast: public Maybe", "integration EndpointGroup fast: 0 services {-1 0 65535}"}, not: []string{doubtless}},
		"a CDN's origin, elsewhere": {stack: stack(balancerRes.with(m{"internal": true}), res{typ: "cloudfront/vpcOrigin", name: "cdn", id: "x", props: m{"vpcOriginEndpointConfig": m{"arn": "arn:host"}}}), not: []string{doubtless, "integration"}},
		"a CDN's origin, not known": {stack: stack(balancerRes.with(m{"internal": true}), res{typ: "cloudfront/vpcOrigin", name: "cdn", id: "x", props: m{"vpcOriginEndpointConfig": m{"arn": notKnown}}}), want: only("doubt at VpcOrigin cdn: VpcOrigin cdn leads requests from the internet to what is not a load balancer of the stack")},
		"accelerated subnets":       {stack: stack(res{typ: "globalaccelerator/customRoutingEndpointGroup", name: "fast", id: "x", props: m{"endpointConfigurations": []any{m{"endpointId": "subnet-a"}}}}), want: only("doubt at CustomRoutingEndpointGroup fast: CustomRoutingEndpointGroup fast leads connections from the internet to what is not a load balancer of the stack")},
	})
}

// TestRulesBeforeTheFirstUpdate: a rule on the listener of an ApplicationIngress
// is on the one that answers, and not on the one that redirects to it.
func TestRulesBeforeTheFirstUpdate(t *testing.T) {
	t.Parallel()
	stack := func(component string) []res {
		child := func(r res) res { r.parent = "front"; return r }
		return []res{
			vpcRes, subnetRes, subnetTwo, groupRes, {typ: component, name: "front"}, targetsRes,
			child(res{typ: "lb/loadBalancer", name: "front-lb", id: "arn:lb", props: balancerRes.props}),
			child(res{typ: "lb/listener", name: "front-http", id: "arn:http", props: m{"loadBalancerArn": "arn:lb", "protocol": "HTTP", "port": 80, "defaultActions": []any{m{"type": "redirect"}}}}),
			child(res{typ: "lb/listener", name: "front-https", id: "arn:https", props: m{"loadBalancerArn": "arn:lb", "protocol": "HTTPS", "port": 443, "defaultActions": []any{m{"type": "fixed-response"}}}}),
			res{typ: "lb/listenerRule", name: "rule", id: "arn:rule", props: m{"listenerArn": notKnown, "actions": []any{m{"type": "forward", "targetGroupArn": "arn:tg"}}}}.madeFrom("listenerArn", "front"),
		}
	}
	check(t, map[string]scene{
		"ours": {preview: true, stack: stack("ecsnet:index:ApplicationIngress"), want: []string{"listener Listener front-https forwards to TargetGroup targets: ip {6 80 80} keeps No"},
			not: []string{doubtless, "listener Listener front-http forwards"}},
		"theirs": {preview: true, stack: stack("my:index:Balancer"), not: []string{"forwards to TargetGroup targets"}},
	})
}

// targetsOf are the targets of the first target group of the first listener.
func targetsOf(t *testing.T, n *model.Network) []model.GroupTarget {
	t.Helper()
	require.NotEmpty(t, n.Balancers)
	require.NotEmpty(t, n.Balancers[0].Listeners)
	require.NotEmpty(t, n.Balancers[0].Listeners[0].Groups)
	return n.Balancers[0].Listeners[0].Groups[0].Targets
}

func TestTargets(t *testing.T) {
	t.Parallel()
	base := []res{vpcRes, subnetRes, subnetTwo, groupRes, balancerRes, targetsRes.with(m{"targetType": "instance"}), listenerRes}
	box := res{typ: "ec2/instance", name: "box", id: "i-1", props: m{"subnetId": "subnet-b", "vpcSecurityGroupIds": []any{"sg-1"}, "associatePublicIpAddress": false}}
	template := res{typ: "ec2/launchTemplate", name: "host", id: "lt-1", props: m{"vpcSecurityGroupIds": []any{"sg-1"}, "latestVersion": 1, "defaultVersion": 1}}
	asg := res{typ: "autoscaling/group", name: "hosts", id: "hosts", props: m{"vpcZoneIdentifiers": []any{"subnet-b"}, "launchTemplate": m{"id": "lt-1"}}}
	inner := res{typ: "lb/loadBalancer", name: "inner", id: "arn:inner", props: balancerRes.with(m{"internal": true}).props}
	attachment := func(id string) res {
		return res{typ: "lb/targetGroupAttachment", name: "one", id: "x", props: m{"targetGroupArn": "arn:tg", "targetId": id, "port": 8080}}
	}
	tests := map[string]struct {
		further []res
		what    string
	}{
		"an instance":               {[]res{box, attachment("i-1")}, "hosts 8080"},
		"an ASG":                    {[]res{template, asg.with(m{"targetGroupArns": []any{"arn:tg"}})}, "hosts 80"},
		"an ASG, attached":          {[]res{template, asg, {typ: "autoscaling/attachment", name: "att", id: "x", props: m{"autoscalingGroupName": "hosts", "lbTargetGroupArn": "arn:tg"}}}, "hosts 80"},
		"an ASG, by the older name": {[]res{template, asg, {typ: "autoscaling/attachment", name: "att", id: "x", props: m{"autoscalingGroupName": "hosts", "albTargetGroupArn": "arn:tg"}}}, "hosts 80"},
		"an instance, no port said": {[]res{box, {typ: "lb/targetGroupAttachment", name: "one", id: "x", props: m{"targetGroupArn": "arn:tg", "targetId": "i-1", "port": 0}}}, "hosts 80"},
		"an ASG, as a source":       {[]res{template, asg.with(m{"trafficSources": []any{m{"identifier": "arn:tg", "type": "elbv2"}}})}, "hosts 80"},
		"an ASG, source apart":      {[]res{template, asg, {typ: "autoscaling/trafficSourceAttachment", name: "att", id: "x", props: m{"autoscalingGroupName": "hosts", "trafficSource": m{"identifier": "arn:tg", "type": "elbv2"}}}}, "hosts 80"},
		"another load balancer":     {[]res{inner, attachment("arn:inner")}, "balancer 8080"},
		"a service, at host ports":  {[]res{definition("bridge", `[{"containerPort":80}]`), behind.without("networkConfiguration").with(m{"launchType": "EC2", "cluster": "apps"})}, "service 1024"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			targets := targetsOf(t, exported(t, slices.Concat(base, tt.further)...))
			require.Len(t, targets, 1)
			got := map[bool]string{true: "hosts "}[targets[0].Hosts != nil] + map[bool]string{true: "balancer "}[targets[0].Balancer != nil] + map[bool]string{true: "service "}[targets[0].Service != nil]
			assert.Equal(t, tt.what, got+itoa(targets[0].Traffic.From))
		})
	}
}

func TestTargetsByAddress(t *testing.T) {
	t.Parallel()
	other := res{typ: "ec2/vpc", name: "other", id: "vpc-2", props: m{"cidrBlock": "10.0.0.0/16"}}
	elsewhere := res{typ: "ec2/subnet", name: "c", id: "subnet-c", props: m{"vpcId": "vpc-2", "cidrBlock": "10.0.0.0/24", "availabilityZone": "us-east-1a"}}
	box := func(name, subnet string, props m) res {
		return res{typ: "ec2/instance", name: name, id: "i-" + name, props: merged(m{"subnetId": subnet, "vpcSecurityGroupIds": []any{"sg-1"}, "associatePublicIpAddress": false}, props)}
	}
	attachment := func(id string, props m) res {
		return res{typ: "lb/targetGroupAttachment", name: "one", id: "x", props: merged(m{"targetGroupArn": "arn:tg", "targetId": id, "port": 8080}, props)}
	}
	eni := res{typ: "ec2/networkInterface", name: "eni", id: "eni-1", props: m{"subnetId": "subnet-b", "securityGroups": []any{"sg-1"}, "privateIps": []any{"10.0.1.7", "10.0.1.8"}}}
	const hosted = "target group TargetGroup targets: service false {6 8080 8080}"
	in := func(subnet string) string { return "target of TargetGroup targets is in Subnet " + subnet }
	stack := func(all ...res) []res {
		return append([]res{vpcRes, other, subnetRes, subnetTwo, elsewhere, groupRes, balancerRes, targetsRes.with(m{"vpcId": "vpc-1"}), listenerRes}, all...)
	}
	notThere := func(what string) []string {
		return []string{"doubt at TargetGroup targets: TargetGroupAttachment one registers " + what}
	}
	check(t, map[string]scene{
		"an instance":             {stack: stack(box("a", "subnet-a", m{"privateIp": "10.0.0.5"}), attachment("10.0.0.5", nil)), want: []string{hosted, in("a")}, not: []string{doubtless}},
		"its second address":      {stack: stack(box("a", "subnet-a", m{"privateIp": "10.0.0.5", "secondaryPrivateIps": []any{"10.0.0.6"}}), attachment("10.0.0.6", nil)), want: []string{hosted, in("a")}, not: []string{doubtless}},
		"an address of IPv6":      {stack: stack(box("a", "subnet-a", m{"ipv6Addresses": []any{"2600:1f18::5"}}), attachment("2600:1f18:0::5", nil)), want: []string{hosted, in("a")}, not: []string{doubtless}},
		"a network interface":     {stack: stack(eni, attachment("10.0.1.8", nil)), want: []string{hosted, in("b")}, not: []string{doubtless}},
		"the same address, twice": {stack: stack(box("a", "subnet-a", m{"privateIp": "10.0.0.5"}), box("b", "subnet-c", m{"privateIp": "10.0.0.5"}), attachment("10.0.0.5", nil)), want: []string{hosted, in("a")}, not: []string{doubtless, in("c")}},
		"outside of the VPC":      {stack: stack(box("b", "subnet-c", m{"privateIp": "10.0.0.5"}), attachment("10.0.0.5", m{"availabilityZone": "all"})), want: []string{hosted, in("c")}, not: []string{doubtless}},
		"in which VPC":            {stack: stack(box("a", "subnet-a", m{"privateIp": "10.0.0.5"}), box("b", "subnet-c", m{"privateIp": "10.0.0.5"}), attachment("10.0.0.5", m{"availabilityZone": "all"})), want: notThere("10.0.0.5, which is the address of several hosts")},
		"of another VPC":          {stack: stack(box("b", "subnet-c", m{"privateIp": "10.0.0.5"}), attachment("10.0.0.5", nil)), want: notThere("10.0.0.5, which is not in the stack")},
		"not there":               {stack: stack(box("a", "subnet-a", m{"privateIp": "10.0.0.5"}), attachment("10.0.0.9", nil)), want: notThere("10.0.0.9, which is not in the stack")},
		"not made yet":            {preview: true, stack: stack(box("a", "subnet-a", nil), attachment(notKnown, nil).madeFrom("targetId", "a")), want: []string{hosted, in("a")}, not: []string{doubtless}},
	})
}

func TestClassicBalancers(t *testing.T) {
	t.Parallel()
	for _, typ := range []string{"elb/loadBalancer", "elasticloadbalancing/loadBalancer"} {
		classic := res{typ: typ, name: "old", id: "old-1", props: m{
			"name": "old-1", "subnets": []any{"subnet-a"}, "securityGroups": []any{"sg-1"}, "internal": false,
			"listeners": []any{m{"lbPort": 443, "lbProtocol": "https", "instancePort": 80, "instanceProtocol": "http"}}, "instances": []any{"i-1"},
		}}
		box := res{typ: "ec2/instance", name: "box", id: "i-1", props: m{"subnetId": "subnet-b", "vpcSecurityGroupIds": []any{"sg-1"}, "associatePublicIpAddress": false}}
		n := exported(t, vpcRes, subnetRes, subnetTwo, groupRes, classic, box, behind.with(m{"loadBalancers": []any{m{"elbName": "old-1", "containerPort": 80}}}))
		targets := targetsOf(t, n)
		require.Len(t, targets, 2, typ)
		assert.NotNil(t, targets[0].Hosts)
		assert.NotNil(t, targets[1].Service)
		assert.Equal(t, model.Traffic{Protocol: 6, From: 443, To: 443}, n.Balancers[0].Listeners[0].Traffic)
		assert.Equal(t, 80, targets[1].Traffic.From)
		assert.Empty(t, n.Doubts)
	}
}
