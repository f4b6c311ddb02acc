package build_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ingress and egress are separate rules of a test's group.
func ingress(name string, props m) res {
	return res{typ: "vpc/securityGroupIngressRule", name: name, id: "sgr-" + name, props: m{"securityGroupId": "sg-1", "ipProtocol": "tcp", "fromPort": 443, "toPort": 443}}.with(props)
}

func egress(name string, props m) res {
	r := ingress(name, props)
	r.typ = "vpc/securityGroupEgressRule"
	return r
}

// guarded is a network interface under a group, so that the group shows.
var guarded = res{typ: "ecs/service", name: "tasks", id: "arn:tasks", props: m{
	"networkConfiguration": m{"subnets": []any{"subnet-a"}, "securityGroups": []any{"sg-1"}, "assignPublicIp": false},
	"taskDefinition":       "web:1",
}}

func TestRules(t *testing.T) {
	t.Parallel()
	scenes := map[string]scene{}
	add := func(name string, want []string, further ...res) {
		scenes[name] = scene{stack: append([]res{vpcRes, subnetRes, groupRes, guarded}, further...), want: want}
	}
	one := func(lines ...string) []string { return lines }
	add("a block", one("group SecurityGroup guard lets in {6 443 443} 1.2.3.0/24"), ingress("r", m{"cidrIpv4": "1.2.3.4/24"}))
	add("an IPv6 block", one("group SecurityGroup guard lets out {6 443 443} ::/0"), egress("r", m{"cidrIpv6": "::/0"}))
	add("a group", one("group SecurityGroup guard lets in {6 443 443} SecurityGroup other"), ingress("r", m{"referencedSecurityGroupId": "sg-2"}),
		res{typ: "ec2/securityGroup", name: "other", id: "sg-2", props: m{"vpcId": "vpc-1"}})
	add("a group of another account", one("group SecurityGroup guard lets in {6 443 443} SecurityGroup r"), ingress("r", m{"referencedSecurityGroupId": "123456789012/sg-9"}))
	add("a group that is not there", one("group SecurityGroup guard lets in {6 443 443} SecurityGroup r"), ingress("r", m{"referencedSecurityGroupId": "sg-9"}))
	add("S3", one("group SecurityGroup guard lets out {6 443 443} list s3VpcEndpoint s3"), egress("r", m{"prefixListId": "pl-s3"}),
		res{typ: "ec2/vpcEndpoint", name: "s3", id: "vpce-1", props: m{"vpcId": "vpc-1", "serviceName": "com.amazonaws.us-east-1.s3", "vpcEndpointType": "Gateway", "prefixListId": "pl-s3"}})
	add("a list that is not there", one("group SecurityGroup guard lets out {6 443 443} list ManagedPrefixList r"), egress("r", m{"prefixListId": "pl-x"}))
	add("all protocols", one("group SecurityGroup guard lets in {-1 0 65535} 0.0.0.0/0"), ingress("r", m{"cidrIpv4": "0.0.0.0/0", "ipProtocol": "-1", "fromPort": nil, "toPort": nil}))
	add("a protocol by number", one("group SecurityGroup guard lets in {50 0 65535} 0.0.0.0/0"), ingress("r", m{"cidrIpv4": "0.0.0.0/0", "ipProtocol": "50"}))
	add("ICMP", one("group SecurityGroup guard lets in {1 8 -1} 0.0.0.0/0"), ingress("r", m{"cidrIpv4": "0.0.0.0/0", "ipProtocol": "icmp", "fromPort": 8, "toPort": -1}))
	add("a protocol not known", one("group SecurityGroup guard lets in {-1 0 65535} unknown: its ipProtocol is not known yet"), ingress("r", m{"cidrIpv4": "0.0.0.0/0", "ipProtocol": notKnown}))
	add("a port not known", one("group SecurityGroup guard lets in {6 0 65535} unknown: its toPort is not known yet"), ingress("r", m{"cidrIpv4": "0.0.0.0/0", "toPort": notKnown}))
	add("ports hidden", one("group SecurityGroup guard lets in {6 0 65535} unknown: its fromPort is missing"), ingress("r", m{"cidrIpv4": "0.0.0.0/0", "fromPort": nil}))
	add("a block not known", one("group SecurityGroup guard lets in {6 443 443} unknown: its cidrIpv4 is not known yet"), ingress("r", m{"cidrIpv4": notKnown}))
	add("a block that is none", one("group SecurityGroup guard lets in {6 443 443} unknown: its cidrIpv4 is not what is expected there"), ingress("r", m{"cidrIpv4": 7}))
	add("no other end", one("group SecurityGroup guard lets in {6 443 443} unknown: its other end is not known"), ingress("r", nil))
	add("a group not known", one("group SecurityGroup guard lets in {6 443 443} unknown: its referencedSecurityGroupId is not known yet"), ingress("r", m{"referencedSecurityGroupId": notKnown}))
	add("in which group is not known", one("group SecurityGroup guard lets in {6 443 443} unknown: its securityGroupId is not known yet"), ingress("r", m{"securityGroupId": notKnown, "cidrIpv4": "0.0.0.0/0"}))
	add("in a group by no id", one(`group SecurityGroup guard lets in {6 443 443} unknown: its securityGroupId, "what?", is not an ID that begins with sg-`), ingress("r", m{"securityGroupId": "what?", "cidrIpv4": "0.0.0.0/0"}))
	add("the older kind", one(
		"group SecurityGroup guard lets in {17 53 54} 10.0.0.0/8", "group SecurityGroup guard lets in {17 53 54} ::/0", "group SecurityGroup guard lets in {17 53 54} SecurityGroup guard",
	), res{typ: "ec2/securityGroupRule", name: "r", id: "sgrule-1", props: m{"type": "ingress", "securityGroupId": "sg-1", "protocol": "udp", "fromPort": 53, "toPort": 54,
		"cidrBlocks": []any{"10.0.0.0/8"}, "ipv6CidrBlocks": []any{"::/0"}, "self": true}})
	add("the older kind, of another group", one("group SecurityGroup guard lets out {6 0 65535} SecurityGroup guard"), res{typ: "ec2/securityGroupRule", name: "r", id: "sgrule-1", props: m{
		"type": "egress", "securityGroupId": "sg-1", "protocol": 6, "fromPort": 0, "toPort": 65535, "sourceSecurityGroupId": "sg-1"}})
	add("the older kind, direction not known", one(
		"group SecurityGroup guard lets in {6 443 443} unknown: its type is not known yet", "group SecurityGroup guard lets out {6 443 443} unknown: its type is not known yet",
	), res{typ: "ec2/securityGroupRule", name: "r", id: "sgrule-1", props: m{"type": notKnown, "securityGroupId": "sg-1", "protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": []any{"0.0.0.0/0"}}})
	check(t, scenes)
}

func TestGroups(t *testing.T) {
	t.Parallel()
	inline := m{"ingress": []any{m{"protocol": "tcp", "fromPort": 80, "toPort": 80, "cidrBlocks": []any{"0.0.0.0/0", "1.0.0.0/8"}, "securityGroups": []any{"sg-1"}, "self": true, "prefixListIds": []any{}, "ipv6CidrBlocks": []any{}}}}
	byDefault := guarded.with(m{"networkConfiguration": m{"subnets": []any{"subnet-a"}, "assignPublicIp": false}})
	check(t, map[string]scene{
		"no rules": {stack: []res{vpcRes, subnetRes, groupRes, guarded}, want: []string{"service Service tasks is guarded by SecurityGroup guard"}, not: []string{"group ", doubtless}},
		"inline": {
			stack: []res{vpcRes, subnetRes, groupRes.with(inline), guarded},
			want: []string{
				"group SecurityGroup guard lets in {6 80 80} 0.0.0.0/0", "group SecurityGroup guard lets in {6 80 80} 1.0.0.0/8",
				"group SecurityGroup guard lets in {6 80 80} SecurityGroup guard",
			},
			not: []string{doubtless},
		},
		"inline, hidden":    {stack: []res{vpcRes, subnetRes, groupRes.with(m{"ingress": secret}), guarded}, want: []string{"doubt at SecurityGroup guard: SecurityGroup guard its ingress is secret"}},
		"inline, null":      {stack: []res{vpcRes, subnetRes, groupRes.with(m{"ingress": nil, "egress": []any{nil}}), guarded}, want: []string{"service Service tasks is guarded by SecurityGroup guard"}, not: []string{"group ", doubtless}},
		"inline, not known": {preview: true, stack: []res{vpcRes, subnetRes, groupRes.with(m{"egress": notKnown}), guarded.with(m{"networkConfiguration": m{"subnets": []any{"subnet-a"}, "securityGroups": []any{notKnown}}}).madeFrom("networkConfiguration", "guard")}, want: []string{"doubt at SecurityGroup guard: SecurityGroup guard its egress is not known yet"}},
		"a part hidden":     {stack: []res{vpcRes, subnetRes, groupRes.with(m{"ingress": []any{m{"protocol": "tcp", "fromPort": 80, "toPort": 80, "cidrBlocks": notKnown}}}), guarded}, want: []string{"group SecurityGroup guard lets in {6 80 80} unknown: its ingress[0].cidrBlocks is not known yet"}},
		"the VPC's own": {
			stack: []res{vpcRes, subnetRes, byDefault},
			want: []string{
				"service Service tasks is guarded by DefaultSecurityGroup net", "group DefaultSecurityGroup net lets in {-1 0 65535} DefaultSecurityGroup net",
				"group DefaultSecurityGroup net lets out {-1 0 65535} 0.0.0.0/0", "group DefaultSecurityGroup net lets out {-1 0 65535} ::/0",
			},
			not: []string{doubtless},
		},
		"the VPC's own, emptied": {
			stack: []res{vpcRes.with(m{"defaultSecurityGroupId": "sg-0"}), subnetRes, byDefault, {typ: "ec2/defaultSecurityGroup", name: "own", id: "sg-0", props: m{"vpcId": "vpc-1"}}},
			want:  []string{"service Service tasks is guarded by DefaultSecurityGroup own"}, not: []string{"group ", doubtless},
		},
		"the VPC's own, by its output": {
			stack: []res{vpcRes.with(m{"defaultSecurityGroupId": "sg-1"}), subnetRes, guarded},
			want:  []string{"service Service tasks is guarded by DefaultSecurityGroup net"}, not: []string{doubtless},
		},
		"the VPC's own, before it is made": {
			preview: true,
			stack:   []res{vpcRes, subnetRes.with(m{"vpcId": notKnown}).madeFrom("vpcId", "net"), guarded.with(m{"networkConfiguration": m{"subnets": []any{notKnown}, "securityGroups": []any{notKnown}}}).madeFrom("networkConfiguration", "net", "a")},
			want:    []string{"service Service tasks is guarded by DefaultSecurityGroup net", "service Service tasks is in Subnet a"}, not: []string{doubtless},
		},
		"a group that is not there": {
			stack: []res{vpcRes, subnetRes, guarded},
			want:  []string{"doubt at Service tasks: Service tasks its networkConfiguration.securityGroups[0], sg-1, is not in the stack"},
		},
		"groups hidden": {
			stack: []res{vpcRes, subnetRes, guarded.with(m{"networkConfiguration": m{"subnets": []any{"subnet-a"}, "securityGroups": secret, "assignPublicIp": false}})},
			want:  []string{"doubt at Service tasks: Service tasks its networkConfiguration.securityGroups is secret"},
		},
		"null for groups": {
			stack: []res{vpcRes, subnetRes, guarded.with(m{"networkConfiguration": m{"subnets": []any{"subnet-a"}, "securityGroups": nil, "assignPublicIp": false}})},
			want:  []string{"service Service tasks is guarded by DefaultSecurityGroup net"}, not: []string{doubtless},
		},
		"one of two groups": {
			preview: true,
			stack: []res{vpcRes, subnetRes, groupRes, {typ: "ec2/securityGroup", name: "other", props: m{}}, guarded.with(m{"networkConfiguration": m{"subnets": []any{notKnown}, "securityGroups": []any{notKnown}}}).
				madeFrom("networkConfiguration", "a", "guard", "other")},
			want: []string{"service Service tasks is in Subnet a", "doubt at Service tasks: Service tasks its networkConfiguration.securityGroups is not known whole"},
			not:  []string{"service Service tasks is guarded"},
		},
	})
}

// A refresh shows rules of the program, and others, in the group.
func TestRulesThatARefreshShows(t *testing.T) {
	t.Parallel()
	group := groupRes.with(m{"ingress": []any{
		m{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": []any{"10.0.0.0/8"}},
		m{"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": []any{"0.0.0.0/0"}},
	}})
	n := exported(t, vpcRes, subnetRes, group, guarded, ingress("mine", m{"cidrIpv4": "10.0.0.0/8"}))
	var got []string
	for _, r := range n.Services[0].Tasks.Groups[0].Ingress {
		got = append(got, short(r.Name)+" "+rule(r))
	}
	want := []string{"SecurityGroup guard {6 22 22} 0.0.0.0/0", "SecurityGroupIngressRule mine {6 443 443} 10.0.0.0/8"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestNetworkACLs(t *testing.T) {
	t.Parallel()
	acl := res{typ: "ec2/networkAcl", name: "acl", id: "acl-1", props: m{"vpcId": "vpc-1", "subnetIds": []any{"subnet-a"}}}
	row := func(props m) res {
		return res{typ: "ec2/networkAclRule", name: "row", id: "nacl-1", props: m{"networkAclId": "acl-1", "ruleNumber": 100, "protocol": "tcp", "fromPort": 80, "toPort": 80, "ruleAction": "allow", "egress": false, "cidrBlock": "0.0.0.0/0"}}.with(props)
	}
	apart := res{typ: "ec2/networkAclAssociation", name: "assoc", id: "aclassoc-1", props: m{"networkAclId": "acl-1", "subnetId": "subnet-a"}}
	in := func(number, in, out string) string {
		return "subnet Subnet a is filtered by NetworkAcl " + number + ": " + in + " in, " + out + " out"
	}
	check(t, map[string]scene{
		"of its own":      {stack: []res{vpcRes, subnetRes, acl}, want: []string{in("acl", "0", "0")}, not: []string{doubtless}},
		"of others":       {stack: []res{vpcRes, subnetRes, acl.with(m{"subnetIds": []any{}})}, want: []string{"subnet Subnet a is filtered by DefaultNetworkAcl net: 2 in, 2 out"}, not: []string{doubtless}},
		"associated":      {stack: []res{vpcRes, subnetRes, acl.without("subnetIds"), apart}, want: []string{in("acl", "0", "0")}, not: []string{doubtless}},
		"inline":          {stack: []res{vpcRes, subnetRes, acl.with(m{"ingress": []any{m{"ruleNo": 1, "action": "deny", "protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlock": "0.0.0.0/0"}}})}, want: []string{in("acl", "1", "0")}, not: []string{doubtless}},
		"a rule":          {stack: []res{vpcRes, subnetRes, acl, row(m{"egress": true})}, want: []string{in("acl", "0", "1")}, not: []string{doubtless}},
		"a rule, hidden":  {stack: []res{vpcRes, subnetRes, acl, row(m{"ruleNumber": notKnown})}, want: []string{in("acl", "0", "0"), "doubt at NetworkAcl acl: NetworkAclRule row its ruleNumber is not known yet"}},
		"action hidden":   {stack: []res{vpcRes, subnetRes, acl, row(m{"ruleAction": nil})}, want: []string{"doubt at NetworkAcl acl: NetworkAclRule row its ruleAction is missing"}},
		"of which list":   {stack: []res{vpcRes, subnetRes, acl, row(m{"networkAclId": notKnown})}, want: []string{"doubt at NetworkAcl acl: NetworkAclRule row its networkAclId is not known yet"}},
		"number twice":    {stack: []res{vpcRes, subnetRes, acl, row(nil), {typ: "ec2/networkAclRule", name: "again", id: "nacl-2", props: row(m{"ruleAction": "deny"}).props}}, want: []string{"doubt at NetworkAcl acl: NetworkAclRule row has the number of another entry of its list"}},
		"subnets hidden":  {stack: []res{vpcRes, subnetRes, acl.with(m{"subnetIds": []any{notKnown}})}, want: []string{"doubt at Subnet a: NetworkAcl acl may guard it: its subnetIds is not known whole"}},
		"two of them":     {stack: []res{vpcRes, subnetRes, acl, {typ: "ec2/networkAcl", name: "other", id: "acl-2", props: acl.props}}, want: []string{"doubt at Subnet a: Subnet a is associated with more than one network ACL, and AWS takes one"}},
		"the default one": {stack: []res{vpcRes.with(m{"defaultNetworkAclId": "acl-0"}), subnetRes, {typ: "ec2/defaultNetworkAcl", name: "own", id: "acl-0", props: m{"defaultNetworkAclId": "acl-0"}}}, want: []string{"subnet Subnet a is filtered by DefaultNetworkAcl own: 0 in, 0 out"}, not: []string{doubtless}},
		"the default one, before": {
			preview: true,
			stack:   []res{vpcRes, subnetRes.with(m{"vpcId": notKnown}).madeFrom("vpcId", "net"), res{typ: "ec2/defaultNetworkAcl", name: "own", props: m{"defaultNetworkAclId": notKnown}}.madeFrom("defaultNetworkAclId", "net")},
			want:    []string{"subnet Subnet a is filtered by DefaultNetworkAcl own: 0 in, 0 out"}, not: []string{doubtless},
		},
	})
}

func TestACLOrder(t *testing.T) {
	t.Parallel()
	entry := func(number int, action string) m {
		return m{"ruleNo": number, "action": action, "protocol": "icmp", "icmpType": 8, "icmpCode": -1, "fromPort": 0, "toPort": 0, "cidrBlock": "0.0.0.0/0"}
	}
	n := exported(t, vpcRes, subnetRes, res{typ: "ec2/networkAcl", name: "acl", id: "acl-1", props: m{
		"subnetIds": []any{"subnet-a"}, "ingress": []any{entry(200, "allow"), entry(100, "deny")},
	}})
	entries := n.VPCs[0].Subnets[0].ACL.Ingress
	if len(entries) != 2 || entries[0].Number != 100 || entries[0].Allow || !entries[1].Allow {
		t.Errorf("not in AWS's order: %v", entries)
	}
	if got := entries[0].Traffic; got.Protocol != 1 || got.From != 8 || got.To != -1 {
		t.Errorf("ICMP goes by type and code, not by ports: %v", got)
	}
}

func TestEndpoints(t *testing.T) {
	t.Parallel()
	face := res{typ: "ec2/vpcEndpoint", name: "ssm", id: "vpce-1", props: m{
		"vpcId": "vpc-1", "serviceName": "com.amazonaws.us-east-1.ssm", "vpcEndpointType": "Interface", "privateDnsEnabled": true,
		"subnetIds": []any{"subnet-a"}, "securityGroupIds": []any{"sg-1"}, "policy": "{}",
	}}
	gate := res{typ: "ec2/vpcEndpoint", name: "s3", id: "vpce-2", props: m{
		"vpcId": "vpc-1", "serviceName": "com.amazonaws.us-east-1.s3", "vpcEndpointType": "Gateway", "routeTableIds": []any{"rtb-1"},
	}}
	part := func(typ string, props m) res {
		return res{typ: typ, name: "part", id: "part-1", props: merged(m{"vpcEndpointId": "vpce-1"}, props)}
	}
	base := []res{vpcRes, subnetRes, subnetTwo, groupRes, tableRes}
	stack := func(further ...res) []res { return append(append([]res{}, base...), further...) }
	check(t, map[string]scene{
		"interface": {
			stack: stack(face),
			want: []string{
				"endpoint VpcEndpoint ssm: ssm Interface, private DNS Yes, policy known true",
				"endpoint VpcEndpoint ssm is in Subnet a", "endpoint VpcEndpoint ssm is guarded by SecurityGroup guard",
			},
			not: []string{doubtless},
		},
		"gateway": {
			stack: stack(gate),
			want:  []string{"endpoint VpcEndpoint s3: s3 Gateway, private DNS Yes, policy known true", "endpoint VpcEndpoint s3 is in RouteTable table"},
			not:   []string{doubtless},
		},
		"gateway, in other case": {stack: stack(gate.with(m{"vpcEndpointType": "gateway"})), want: []string{"endpoint VpcEndpoint s3: s3 Gateway, private DNS Yes, policy known true"}},
		"gateway, no type said":  {stack: stack(gate.without("vpcEndpointType")), want: []string{"endpoint VpcEndpoint s3: s3 Gateway, private DNS Yes, policy known true"}},
		"type hidden":            {stack: stack(gate.with(m{"vpcEndpointType": notKnown})), want: []string{"doubt at VpcEndpoint s3: VpcEndpoint s3 its vpcEndpointType is not known yet"}},
		"secret policy":          {stack: stack(face.with(m{"policy": "[secret]"})), want: []string{"endpoint VpcEndpoint ssm: ssm Interface, private DNS Yes, policy known false"}},
		"policy apart":           {stack: stack(face, part("ec2/vpcEndpointPolicy", m{"policy": notKnown})), want: []string{"endpoint VpcEndpoint ssm: ssm Interface, private DNS Yes, policy known false"}},
		"private DNS off":        {stack: stack(face.with(m{"privateDnsEnabled": false})), want: []string{"endpoint VpcEndpoint ssm: ssm Interface, private DNS No, policy known true"}},
		"private DNS apart":      {stack: stack(face.with(m{"privateDnsEnabled": false}), part("vpc/endpointPrivateDns", m{"privateDnsEnabled": true})), want: []string{"endpoint VpcEndpoint ssm: ssm Interface, private DNS Yes, policy known true"}},
		"subnets apart":          {stack: stack(face.without("subnetIds"), part("ec2/vpcEndpointSubnetAssociation", m{"subnetId": "subnet-b"})), want: []string{"endpoint VpcEndpoint ssm is in Subnet b"}, not: []string{doubtless}},
		"no group said":          {stack: stack(face.without("securityGroupIds")), want: []string{"endpoint VpcEndpoint ssm is guarded by DefaultSecurityGroup net"}, not: []string{doubtless}},
		"group apart":            {stack: stack(face.without("securityGroupIds"), part("ec2/securityGroupAssociation", m{"securityGroupId": "sg-1", "replaceDefaultAssociation": true})), want: []string{"endpoint VpcEndpoint ssm is guarded by SecurityGroup guard"}, not: []string{doubtless, "endpoint VpcEndpoint ssm is guarded by Default"}},
		"table apart":            {stack: stack(gate.without("routeTableIds"), part("ec2/vpcEndpointRouteTableAssociation", m{"vpcEndpointId": "vpce-2", "routeTableId": "rtb-1"})), want: []string{"endpoint VpcEndpoint s3 is in RouteTable table"}, not: []string{doubtless}},
		"of a partner":           {stack: stack(face.with(m{"serviceName": "com.amazonaws.vpce.us-east-1.vpce-svc-1"})), want: []string{"endpoint VpcEndpoint ssm: com.amazonaws.vpce.us-east-1.vpce-svc-1 Interface, private DNS Yes, policy known true"}},
		"Gateway Load Balancer":  {stack: stack(face.with(m{"vpcEndpointType": "GatewayLoadBalancer"})), want: []string{"doubt at Vpc net: VpcEndpoint ssm is an endpoint of type GatewayLoadBalancer, behind which the proof does not look"}},
		"of which":               {stack: stack(face, part("ec2/vpcEndpointPolicy", m{"vpcEndpointId": notKnown})), want: []string{"doubt at VpcEndpoint ssm: VpcEndpointPolicy part its vpcEndpointId is not known yet", "endpoint VpcEndpoint ssm: ssm Interface, private DNS Yes, policy known false"}},
	})
}

// What is not known of a rule is more than an end that is known.
func TestRuleThatIsNotKnown(t *testing.T) {
	t.Parallel()
	n := exported(t, vpcRes, subnetRes, groupRes, guarded, ingress("r", m{"ipProtocol": notKnown, "referencedSecurityGroupId": "sg-1"}), ingress("s", m{"toPort": notKnown, "cidrIpv4": "1.0.0.0/8"}))
	rules := n.Services[0].Tasks.Groups[0].Ingress
	if len(rules) != 2 {
		t.Fatalf("%d rules, not 2", len(rules))
	}
	for _, r := range rules {
		if r.Unknown == "" || r.Group != nil || r.Block.IsValid() || r.PrefixList != nil {
			t.Errorf("it has an end beside what is not known: %+v", r)
		}
	}
}

// A value that was also made from something else than AWS's resources could be
// anything, whatever else it was made from.
func TestReferenceFromSomewhereElse(t *testing.T) {
	t.Parallel()
	check(t, map[string]scene{
		"from a group alone": {
			preview: true,
			stack:   []res{vpcRes, subnetRes, groupRes, guarded, ingress("r", m{"cidrIpv4": "1.0.0.0/8"})},
			want:    []string{"group SecurityGroup guard lets in {6 443 443} 1.0.0.0/8"},
		},
		"from another stack too": {
			preview: true,
			stack: []res{vpcRes, subnetRes, groupRes, guarded, {typ: "pulumi:pulumi:StackReference", name: "other", id: "x", props: m{}},
				ingress("r", m{"cidrIpv4": "1.0.0.0/8", "securityGroupId": notKnown}).madeFrom("securityGroupId", "guard", "other")},
			want: []string{"group SecurityGroup guard lets in {6 443 443} unknown: its securityGroupId is not known yet"},
		},
	})
}
