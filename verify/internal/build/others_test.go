package build_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/build"
)

func TestWhatIsNotRead(t *testing.T) {
	t.Parallel()
	second := res{typ: "ec2/vpc", name: "second", id: "vpc-2", props: m{"cidrBlock": "10.5.0.0/16"}}
	stack := func(all ...res) []res { return append([]res{vpcRes, second, subnetRes, groupRes}, all...) }
	only := func(line string) []string { return []string{line} }
	check(t, map[string]scene{
		"a role, a bucket, a database": {stack: stack(
			res{typ: "iam/role", name: "role", id: "x", props: m{}}, res{typ: "s3/bucketV2", name: "bucket", id: "y", props: m{}},
			res{typ: "rds/instance", name: "db", id: "z", props: m{"vpcSecurityGroupIds": []any{"sg-1"}}}, res{typ: "random:index/randomId:RandomId", name: "id", id: "q", props: m{}},
			res{typ: "ec2/flowLog", name: "flow", id: "f", props: m{"vpcId": "vpc-1"}}), not: only(doubtless)},
		"a stack of CloudFormation":    {stack: stack(res{typ: "cloudformation/stack", name: "cfn", id: "x", props: m{}}), want: only("doubt at everything: Stack cfn makes resources of a template, which are not in the stack")},
		"one that is told the VPC":     {stack: stack(res{typ: "cloudformation/stack", name: "cfn", id: "x", props: m{"parameters": m{"Vpc": "vpc-1"}}}), want: only("doubt at Vpc net: Stack cfn makes resources of a template, which are not in the stack"), not: []string{"doubt at everything", "doubt at Vpc second"}},
		"Cloud Control":                {stack: stack(res{typ: "cloudcontrol/resource", name: "cc", id: "x", props: m{"typeName": "AWS::EC2::Route"}}), want: only("doubt at everything: Resource cc is made through Cloud Control, and the proof does not read it")},
		"the other provider":           {stack: stack(res{typ: "aws-native:ec2:Route", name: "native", id: "x", props: m{}}), want: only("doubt at everything: Route native is made by the provider aws-native, which the proof does not read")},
		"the other provider's role":    {stack: stack(res{typ: "aws-native:iam:Role", name: "native", id: "x", props: m{}}), not: only(doubtless)},
		"a dynamic provider":           {stack: stack(res{typ: "pulumi-nodejs:dynamic:Resource", name: "dyn", id: "x", props: m{}}), want: only("doubt at everything: Resource dyn is made by a dynamic provider, and could be anything")},
		"VPC Lattice, in its VPC":      {stack: stack(res{typ: "vpclattice/serviceNetworkVpcAssociation", name: "lattice", id: "x", props: m{"vpcIdentifier": "vpc-1"}}), want: only("doubt at Vpc net: ServiceNetworkVpcAssociation lattice joins the VPC to a service network of VPC Lattice"), not: []string{"doubt at Vpc second", "doubt at everything"}},
		"by a subnet":                  {stack: stack(res{typ: "ec2clientvpn/networkAssociation", name: "vpn", id: "x", props: m{"subnetId": "subnet-a"}}), want: only("doubt at Vpc net: NetworkAssociation vpn lets clients of a VPN into the VPC")},
		"before it is made":            {preview: true, stack: stack(res{typ: "ec2clientvpn/networkAssociation", name: "vpn", id: "x", props: m{"subnetId": "subnet-a"}}), want: only("doubt at Vpc net: NetworkAssociation vpn lets clients of a VPN into the VPC")},
		"a new type, in a VPC":         {stack: stack(res{typ: "warpgate/portal", name: "new", id: "x", props: m{"settings": m{"securityGroups": []any{"sg-1"}}}}), want: only("doubt at Vpc net: Portal new is of a type that the proof does not read, and refers to the VPC")},
		"a new type, of any network":   {stack: stack(res{typ: "warpgate/portal", name: "new", id: "x", props: m{"subnetIds": notKnown}}), want: only("doubt at everything: Portal new is of a type that the proof does not read, and refers to a network")},
		"a new type, without network":  {stack: stack(res{typ: "warpgate/portal", name: "new", id: "x", props: m{"name": "x"}}), not: only(doubtless)},
		"a new type of a known module": {stack: stack(res{typ: "ec2/wormhole", name: "new", id: "x", props: m{"vpcId": "vpc-1"}}), want: only("doubt at Vpc net: Wormhole new is of a type that the proof does not read, and refers to the VPC")},
	})
	n := exported(t, res{typ: "warpgate/portal", name: "one", id: "x", props: m{}}, res{typ: "warpgate/portal", name: "two", id: "y", props: m{}})
	assert.Equal(t, []string{"aws:warpgate/portal:Portal is a type that the proof does not read; what is in the stack of it refers to no network."}, n.Notes)
}

// What waits for its deletion, or was interrupted, may stand in AWS.
func TestLeftovers(t *testing.T) {
	t.Parallel()
	document := export(t, vpcRes, gateRes,
		res{typ: "ec2/route", name: "old", id: "r-1", props: m{"routeTableId": "rtb-1", "gatewayId": "igw-1"}},
		res{typ: "ec2/subnet", name: "older", id: "subnet-9", props: m{"vpcId": "vpc-1"}},
		res{typ: "iam/role", name: "role", id: "x", props: m{}}, definition("awsvpc", "[]"))
	for _, name := range []string{"route:Route::old", "subnet:Subnet::older", "role:Role::role", "taskDefinition:TaskDefinition::task"} {
		before, after, found := strings.Cut(document, name+`"`)
		require.True(t, found, name)
		document = before + name + `","delete":true` + after
	}
	document = strings.Replace(document, `"version":3`, `"version":3,"x":1`, 1)
	n := build.Network(read(t, document))
	lines := describe(n)
	assert.Contains(t, lines, "doubt at Vpc net: Subnet older is waiting to be deleted and may still exist")
	assert.Contains(t, lines, "doubt at everything: Route old is waiting to be deleted and may still exist")
	for _, line := range lines {
		assert.NotContains(t, line, "Role role")
		assert.NotContains(t, line, "TaskDefinition")
	}
}

// A group that waits for its deletion guards nothing that the stack has, and a
// target group gets nothing; a rule may still admit, and nothing else.
func TestLeftoversOfGroups(t *testing.T) {
	t.Parallel()
	document := export(t, vpcRes, subnetRes, groupRes, guarded,
		groupRes.named("before", "sg-0"), targetsRes.named("before", "arn:before"),
		res{typ: "ec2/securityGroupRule", name: "rule", id: "sgrule-1", props: m{
			"securityGroupId": "sg-1", "type": "ingress", "protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": []any{"0.0.0.0/0"},
		}})
	waits := func(document, name string) string {
		before, after, found := strings.Cut(document, name+`"`)
		require.True(t, found, name)
		return before + name + `","delete":true` + after
	}
	for _, name := range []string{"securityGroup:SecurityGroup::before", "targetGroup:TargetGroup::before", "securityGroupRule:SecurityGroupRule::rule"} {
		document = waits(document, name)
	}
	lines := describe(build.Network(read(t, document)))
	assert.Contains(t, lines, "group SecurityGroup guard lets in {6 22 22} unknown: is waiting to be deleted and may still exist")
	for _, line := range lines {
		assert.NotContains(t, line, "doubt ")
	}

	// An update that was interrupted may have changed the rules of a group that
	// is still there.
	with := strings.Replace(document, `"resources"`, `"pending_operations":[{"type":"updating","resource":{"urn":"`+groupRes.urn()+`","custom":true,"id":"sg-1","type":"aws:ec2/securityGroup:SecurityGroup","outputs":{"vpcId":"vpc-1"}}}],"resources"`, 1)
	assert.Contains(t, describe(build.Network(read(t, with))), "doubt at Vpc net: SecurityGroup guard was left updating by an update that was interrupted; run `pulumi refresh`")
}

// named is a resource under another name.
func (r res) named(name, id string) res {
	r.name, r.id = name, id
	return r
}

// What AWS makes with a VPC stays when a provider lets go of it.
func TestLetGo(t *testing.T) {
	t.Parallel()
	const gone = "doubt at Vpc net: %s leaves the stack, and stays in AWS with the rules or routes that it has"
	for typ, want := range map[string]string{
		"ec2/defaultRouteTable":    strings.Replace(gone, "%s", "DefaultRouteTable old", 1),
		"ec2/defaultSecurityGroup": strings.Replace(gone, "%s", "DefaultSecurityGroup old", 1),
		"ec2/defaultNetworkAcl":    strings.Replace(gone, "%s", "DefaultNetworkAcl old", 1),
		"ec2/vpcEndpointPolicy":    "doubt at Vpc net: VpcEndpointPolicy old leaves the stack, and its endpoint gets the policy that allows everything",
		"ec2/routeTable":           "",
	} {
		old := res{typ: typ, name: "old", id: "x-1", props: m{"vpcId": "vpc-1"}}
		steps := []m{{"op": "delete", "urn": old.urn(), "oldState": old.written(nil, "inputs", "outputs")}}
		for _, r := range []res{vpcRes, subnetRes} {
			steps = append(steps, m{"op": "same", "urn": r.urn(), "oldState": r.written(nil, "inputs", "outputs")})
		}
		lines := describe(build.Network(read(t, text(t, m{"steps": steps}))))
		if want == "" {
			assert.NotContains(t, strings.Join(lines, "\n"), " old", typ)
			continue
		}
		assert.Contains(t, lines, want, typ)
	}
}

// Who may connect to an endpoint service is no matter of the internet.
func TestEndpointServices(t *testing.T) {
	t.Parallel()
	service := res{typ: "ec2/vpcEndpointService", name: "shared", id: "vpce-svc-1", props: m{"allowedPrincipals": []any{"arn:aws:iam::1:root"}}}
	principal := res{typ: "ec2/vpcEndpointServiceAllowedPrinciple", name: "all", id: "x", props: m{"vpcEndpointServiceId": "vpce-svc-1", "principalArn": "*"}}
	const anybody = "shared is an endpoint service: any AWS account may connect to it privately, past the internet, and no verdict covers that."
	for name, tt := range map[string]struct {
		stack []res
		want  []string
	}{
		"some":           {[]res{service}, nil},
		"anybody":        {[]res{service.with(m{"allowedPrincipals": []any{"*"}})}, []string{anybody}},
		"anybody, twice": {[]res{service.with(m{"allowedPrincipals": []any{"*"}}), principal}, []string{anybody}},
		"by a principal": {[]res{service, principal}, []string{anybody}},
		"not known":      {[]res{service.with(m{"allowedPrincipals": notKnown})}, []string{strings.Replace(anybody, "may", "can perhaps", 1)}},
	} {
		assert.Equal(t, tt.want, exported(t, tt.stack...).Notes, name)
	}
	assert.Equal(t, []string{anybody}, previewed(t, service, principal).Notes, "before there is an id")
}

// An id that is not known may have been handed on.
func TestHandedOn(t *testing.T) {
	t.Parallel()
	service := func(from ...string) res {
		return res{typ: "ecs/service", name: "tasks", id: "arn", props: m{"networkConfiguration": m{"subnets": []any{"subnet-a"}, "securityGroups": notKnown}},
			from: map[string][]string{"networkConfiguration": append(from, "a")}}
	}
	open := res{typ: "ec2/securityGroup", name: "open", id: "sg-7", props: m{"vpcId": "vpc-1"}}
	balancer := res{typ: "lb/loadBalancer", name: "front", id: "arn:lb", props: m{"securityGroups": notKnown}, from: map[string][]string{"securityGroups": {"open"}}}
	component := res{typ: "my:index:Groups", name: "groups", props: m{}, from: map[string][]string{"given": {"open"}}}
	inside := res{typ: "ec2/securityGroup", name: "inside", id: "sg-8", props: m{"vpcId": "vpc-1"}, parent: "groups"}
	const doubted = "doubt at Service tasks: Service tasks its networkConfiguration.securityGroups is not known yet"
	check(t, map[string]scene{
		"by a load balancer": {preview: true, stack: []res{vpcRes, subnetRes, groupRes, open, balancer, service("guard", "front")}, want: []string{doubted}, not: []string{"service Service tasks is guarded"}},
		"by a component":     {preview: true, stack: []res{vpcRes, subnetRes, open, component, inside, service("groups")}, want: []string{doubted}, not: []string{"service Service tasks is guarded"}},
		"by nobody":          {preview: true, stack: []res{vpcRes, subnetRes, groupRes, service("guard")}, want: []string{"service Service tasks is guarded by SecurityGroup guard"}, not: []string{doubtless}},
	})
}

// A resource that one stack manages and another reads is one resource.
func TestReadElsewhere(t *testing.T) {
	t.Parallel()
	own := export(t, vpcRes, subnetRes, groupRes)
	other := strings.ReplaceAll(export(t,
		res{typ: "ec2/vpc", name: "theirs", id: "vpc-1", external: true, props: vpcRes.props},
		res{typ: "ec2/subnet", name: "their-a", id: "subnet-a", external: true, props: subnetRes.props}, guarded), "::p::", "::q::")
	for _, documents := range [][]string{{own, other}, {other, own}} {
		n := build.Network(read(t, documents...))
		require.Len(t, n.VPCs, 1)
		assert.Empty(t, n.VPCs[0].Doubts)
		require.Len(t, n.VPCs[0].Subnets, 1)
		assert.Empty(t, n.VPCs[0].Subnets[0].Doubts)
		require.Len(t, n.Services, 1)
		assert.Len(t, n.Services[0].Tasks.Subnets, 1)
		assert.Empty(t, n.Services[0].Tasks.GroupDoubts)
	}
}

// What a component hands out could be any of its children; of this package's own
// it is known.
func TestComponents(t *testing.T) {
	t.Parallel()
	of := func(parent string, all ...res) []res {
		for i := range all {
			all[i].parent = parent
		}
		return all
	}
	network := func(typ string) []res {
		return append([]res{{typ: typ, name: "net"}}, of("net",
			res{typ: "ec2/vpc", name: "net-vpc", id: "vpc-1", props: vpcRes.props},
			res{typ: "ec2/defaultSecurityGroup", name: "net-default", id: "sg-0", props: m{"vpcId": "vpc-1"}},
			res{typ: "ec2/securityGroup", name: "net-endpoints", id: "sg-9", props: m{"vpcId": "vpc-1"}},
			res{typ: "ec2/subnet", name: "net-private-a", id: "subnet-1", props: m{"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24"}},
			res{typ: "ec2/subnet", name: "net-private-b", id: "subnet-2", props: m{"vpcId": "vpc-1", "cidrBlock": "10.0.1.0/24"}},
			res{typ: "ec2/subnet", name: "net-public-a", id: "subnet-3", props: m{"vpcId": "vpc-1", "cidrBlock": "10.0.2.0/24"}},
		)...)
	}
	service := func(typ string) []res {
		return append([]res{{typ: typ, name: "web"}}, of("web",
			res{typ: "ec2/securityGroup", name: "web-tasks", id: "sg-1", props: m{"vpcId": notKnown}, from: map[string][]string{"vpcId": {"net"}}},
			res{typ: "vpc/securityGroupIngressRule", name: "web-into", id: "sgr-1", props: m{"securityGroupId": notKnown, "referencedSecurityGroupId": "sg-1", "ipProtocol": "tcp", "fromPort": 443, "toPort": 443}, from: map[string][]string{"securityGroupId": {"net"}}},
			res{typ: "ecs/service", name: "tasks", id: "arn", props: m{"networkConfiguration": m{"subnets": notKnown, "securityGroups": []any{notKnown}, "assignPublicIp": false}},
				from: map[string][]string{"networkConfiguration": {"net", "web-tasks"}}},
		)...)
	}
	hosts := func(typ string, public string) []res {
		return append([]res{{typ: typ, name: "pool"}}, append(of("pool",
			res{typ: "ec2/securityGroup", name: "pool-hosts", id: "sg-1", props: m{"vpcId": notKnown}, from: map[string][]string{"vpcId": {"net"}}},
			res{typ: "ec2/launchTemplate", name: "pool-host", id: "lt-1", props: m{"networkInterfaces": []any{m{"associatePublicIpAddress": public, "deviceIndex": 0, "securityGroups": []any{"sg-1"}}}}},
			res{typ: "autoscaling/group", name: "pool-hosts", id: "pool", props: m{"vpcZoneIdentifiers": notKnown, "launchTemplate": m{"id": notKnown, "version": "$Latest"}},
				from: map[string][]string{"vpcZoneIdentifiers": {"net"}, "launchTemplate": {"pool-host"}}},
			res{typ: "ecs/capacityProvider", name: "pool-capacity", id: "cp", props: m{"name": "cp", "autoScalingGroupProvider": m{"autoScalingGroupArn": "pool"}}},
		),
			res{typ: "ecs/taskDefinition", name: "task", id: "arn:task", props: m{"networkMode": "host", "containerDefinitions": "[]"}},
			res{typ: "ecs/service", name: "tasks", id: "arn", props: m{"taskDefinition": "arn:task", "capacityProviderStrategies": []any{m{"capacityProvider": "cp"}}}},
		)...)
	}
	hosted := func(public, candidates string) string {
		return "service Service tasks: public " + public + ", IPv6 No, unfiltered false, candidates " + candidates + ", forwards No"
	}
	tests := map[string]scene{
		"our hosts": {
			stack: append(network("ecsnet:index:NatNetwork"), hosts("ecsnet:index:Ec2Capacity", "false")...),
			want:  []string{hosted("No", "false"), "service Service tasks is in Subnet net-private-a", "service Service tasks is in Subnet net-private-b"},
			not:   []string{doubtless, "service Service tasks is in Subnet net-public"},
		},
		"our hosts, in public": {
			stack: append(network("ecsnet:index:NatNetwork"), hosts("ecsnet:index:Ec2Capacity", "true")...),
			want:  []string{hosted("Yes", "false"), "service Service tasks is in Subnet net-public-a"}, not: []string{doubtless, "service Service tasks is in Subnet net-private"},
		},
		"their hosts": {
			stack: append(network("ecsnet:index:NatNetwork"), hosts("my:index:Hosts", "false")...),
			want:  []string{hosted("No", "true"), "service Service tasks is in Subnet net-private-a", "service Service tasks is in Subnet net-public-a"},
		},
		"ours": {
			stack: append(network("ecsnet:index:NatNetwork"), service("ecsnet:index:FargatePrivateService")...),
			want:  []string{"service Service tasks is in Subnet net-private-a", "service Service tasks is in Subnet net-private-b", "service Service tasks is guarded by SecurityGroup web-tasks"},
			not:   []string{doubtless, "service Service tasks is in Subnet net-public", "service Service tasks is guarded by SecurityGroup net"},
		},
		"ours, in public": {
			stack: append(network("ecsnet:index:NatNetwork"), service("ecsnet:index:FargatePublicService")...),
			want:  []string{"service Service tasks is in Subnet net-public-a"}, not: []string{doubtless, "service Service tasks is in Subnet net-private"},
		},
		"our network, their service": {
			stack: append(network("ecsnet:index:NatNetwork"), service("my:index:Service")...),
			want: []string{
				"service Service tasks: public No, IPv6 No, unfiltered false, candidates true, forwards No",
				"service Service tasks is in Subnet net-public-a", "doubt at Service tasks: Service tasks its networkConfiguration.securityGroups is not known whole",
			},
			not: []string{"service Service tasks is guarded"},
		},
		"their network, our service": {
			stack: append(network("my:index:Network"), service("ecsnet:index:FargatePrivateService")...),
			want: []string{
				"service Service tasks: public No, IPv6 No, unfiltered false, candidates true, forwards No",
				"service Service tasks is in Subnet net-public-a", "doubt at Service tasks: Service tasks its networkConfiguration.securityGroups is not known whole",
			},
		},
	}
	for name, tt := range tests {
		tt.preview = true
		tests[name] = tt
	}
	check(t, tests)
}
