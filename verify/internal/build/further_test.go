package build_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

func TestPublicAccessExclusions(t *testing.T) {
	t.Parallel()
	exclusion := func(props m) res {
		return res{typ: "ec2/vpcBlockPublicAccessExclusion", name: "x", id: "x", props: props}
	}
	tests := map[string]struct {
		props m
		// a and b are the directions in which the two subnets are excluded.
		a, b [2]model.Truth
	}{
		"the VPC":            {m{"vpcId": "vpc-1", "internetGatewayExclusionMode": "allow-bidirectional"}, [2]model.Truth{1, 1}, [2]model.Truth{1, 1}},
		"a subnet, outwards": {m{"subnetId": "subnet-a", "internetGatewayExclusionMode": "allow-egress"}, [2]model.Truth{-1, 1}, [2]model.Truth{-1, -1}},
		"mode not known":     {m{"subnetId": "subnet-a", "internetGatewayExclusionMode": notKnown}, [2]model.Truth{0, 0}, [2]model.Truth{-1, -1}},
		"subnet not known":   {m{"subnetId": notKnown, "internetGatewayExclusionMode": "allow-bidirectional"}, [2]model.Truth{0, 0}, [2]model.Truth{0, 0}},
		"VPC not known":      {m{"vpcId": notKnown, "internetGatewayExclusionMode": "allow-egress"}, [2]model.Truth{-1, 0}, [2]model.Truth{-1, 0}},
		"another VPC":        {m{"vpcId": "vpc-9", "internetGatewayExclusionMode": "allow-bidirectional"}, [2]model.Truth{-1, -1}, [2]model.Truth{-1, -1}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			subnets := exported(t, vpcRes, subnetRes, subnetTwo, exclusion(tt.props)).VPCs[0].Subnets
			assert.Equal(t, tt.a, [2]model.Truth{subnets[0].ExcludedIngress, subnets[0].ExcludedEgress})
			assert.Equal(t, tt.b, [2]model.Truth{subnets[1].ExcludedIngress, subnets[1].ExcludedEgress})
		})
	}
}

// hostOf is what a route leads to.
func hostOf(t *testing.T, further ...res) *model.Interfaces {
	t.Helper()
	n := exported(t, append([]res{
		vpcRes, subnetRes.with(m{"mapPublicIpOnLaunch": true, "ipv6CidrBlock": "2600:1f18::/64", "assignIpv6AddressOnCreation": true}), subnetTwo, groupRes, tableRes, associationRes,
		{typ: "ec2/route", name: "out", id: "r-1", props: m{"routeTableId": "rtb-1", "destinationCidrBlock": "0.0.0.0/0", "networkInterfaceId": "eni-1"}},
	}, further...)...)
	host := n.VPCs[0].Subnets[0].Table.Routes[0].Target.Host
	require.NotNil(t, host)
	return host
}

func TestInstances(t *testing.T) {
	t.Parallel()
	box := res{typ: "ec2/instance", name: "box", id: "i-1", props: m{"primaryNetworkInterfaceId": "eni-1", "subnetId": "subnet-a", "vpcSecurityGroupIds": []any{"sg-1"}, "sourceDestCheck": false}}
	template := res{typ: "ec2/launchTemplate", name: "lt", id: "lt-1", props: m{"name": "tpl", "latestVersion": 1, "defaultVersion": 1, "vpcSecurityGroupIds": []any{"sg-1"}, "networkInterfaces": []any{m{"subnetId": "subnet-b", "associatePublicIpAddress": "true", "ipv6AddressCount": 1}}}}
	eni := res{typ: "ec2/networkInterface", name: "eni", id: "eni-1", props: m{"subnetId": "subnet-b", "securityGroups": []any{"sg-1"}, "sourceDestCheck": true}}
	tests := map[string]struct {
		stack                     []res
		subnet                    string
		public, six, forwards     model.Truth
		groups, doubts, guardians int
	}{
		"as its subnet says":       {[]res{box}, "a", 1, 1, 1, 1, 0, 0},
		"no check said":            {[]res{box.without("sourceDestCheck")}, "a", 1, 1, -1, 1, 0, 0},
		"check hidden":             {[]res{box.with(m{"sourceDestCheck": notKnown})}, "a", 1, 1, 0, 1, 0, 0},
		"null for the check":       {[]res{box.with(m{"sourceDestCheck": nil})}, "a", 1, 1, -1, 1, 0, 0},
		"not public":               {[]res{box.with(m{"associatePublicIpAddress": false})}, "a", -1, 1, 1, 1, 0, 0},
		"by a template":            {[]res{template, box.without("subnetId", "vpcSecurityGroupIds").with(m{"launchTemplate": m{"name": "tpl"}})}, "b", 1, 1, 1, 1, 0, 0},
		"on an interface":          {[]res{eni, box.without("primaryNetworkInterfaceId").with(m{"networkInterfaces": []any{m{"networkInterfaceId": "eni-1"}}})}, "b", -1, -1, -1, 1, 0, 0},
		"on an interface, newer":   {[]res{eni, box.without("primaryNetworkInterfaceId").with(m{"primaryNetworkInterface": m{"networkInterfaceId": "eni-1"}})}, "b", -1, -1, -1, 1, 0, 0},
		"an interface, six hidden": {[]res{eni.with(m{"ipv6AddressCount": notKnown})}, "b", -1, 0, -1, 1, 0, 0},
		"an interface with six":    {[]res{eni.with(m{"ipv6Addresses": []any{"2600::1"}})}, "b", -1, 1, -1, 1, 0, 0},
		"group not known":          {[]res{eni.with(m{"securityGroups": []any{notKnown}})}, "b", -1, -1, -1, 0, 0, 1},
		"subnet not known":         {[]res{eni.with(m{"subnetId": notKnown})}, "", -1, -1, -1, 1, 1, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := hostOf(t, tt.stack...)
			subnet := ""
			for _, s := range h.Subnets {
				subnet += short(s.Name)[len("Subnet "):]
			}
			assert.Equal(t, tt.subnet, subnet)
			assert.Equal(t, []model.Truth{tt.public, tt.six, tt.forwards}, []model.Truth{h.PublicIPv4, h.IPv6, h.Forwards})
			assert.Len(t, h.Groups, tt.groups)
			assert.Len(t, h.Doubts, tt.doubts)
			assert.Len(t, h.GroupDoubts, tt.guardians)
		})
	}
}

func TestFurtherTies(t *testing.T) {
	t.Parallel()
	stack := func(all ...res) []res { return append([]res{vpcRes, subnetRes, subnetTwo, groupRes}, all...) }
	only := func(line string) []string { return []string{line} }
	classic := res{typ: "elb/loadBalancer", name: "old", id: "old-1", props: m{"name": "old-1", "subnets": []any{"subnet-a"}, "securityGroups": []any{"sg-1"}, "internal": true, "listeners": []any{m{"lbPort": 80, "instancePort": 80}}}}
	configured := hosting(nil, m{"launchTemplate": nil, "launchConfiguration": "lc"}, nil)
	check(t, map[string]scene{
		"a launch configuration": {
			stack: append(configured, res{typ: "ec2/launchConfiguration", name: "lc", id: "lc", props: m{"securityGroups": []any{"sg-1"}, "associatePublicIpAddress": false}}),
			want:  []string{"service Service web: public No, IPv6 No, unfiltered false, candidates false, forwards No", "service Service web is guarded by SecurityGroup guard"}, not: []string{doubtless},
		},
		"managed instances": {
			stack: stack(res{typ: "ecs/capacityProvider", name: "capacity", id: "arn:cp", props: m{"name": "cp", "managedInstancesProvider": m{"x": "y"}}}, definition("host", "[]"),
				res{typ: "ecs/service", name: "web", id: "arn:web", props: m{"taskDefinition": "web:1", "capacityProviderStrategies": []any{m{"capacityProvider": "cp"}}}}),
			want: only("doubt at Service web: CapacityProvider capacity starts managed instances, which the proof does not look at"),
		},
		"a Classic Load Balancer's instance that is not there": {
			stack: stack(classic, res{typ: "elb/attachment", name: "att", id: "x", props: m{"elb": "old-1", "instance": "i-9"}}),
			want:  []string{"balancer LoadBalancer old: application, internal Yes", "doubt at LoadBalancer old: Attachment att its instance, i-9, is not in the stack"},
		},
		"which Classic Load Balancer": {
			stack: stack(classic, res{typ: "elb/attachment", name: "att", id: "x", props: m{"elb": notKnown, "instance": "i-9"}}),
			want:  only("doubt at LoadBalancer old: Attachment att its elb is not known yet"),
		},
		"Verified Access": {
			stack: stack(balancerRes.with(m{"internal": true}), res{typ: "verifiedaccess/endpoint", name: "va", id: "x", props: m{"endpointType": "load-balancer", "loadBalancerOptions": m{"loadBalancerArn": "arn:lb"}}}),
			want:  []string{"api Endpoint va: public Maybe", "integration Endpoint va: 0 services {-1 0 65535}"}, not: []string{doubtless},
		},
		"Verified Access to a block": {
			stack: stack(res{typ: "verifiedaccess/endpoint", name: "va", id: "x", props: m{"endpointType": "cidr", "networkInterfaceOptions": m{"networkInterfaceId": notKnown}}}),
			want:  only("doubt at Endpoint va: Endpoint va leads connections from the internet to what is not a load balancer of the stack"),
		},
		"the default group of which VPC": {
			stack: stack(res{typ: "ec2/defaultSecurityGroup", name: "own", id: "sg-0", props: m{"vpcId": notKnown}}, guarded.with(m{"networkConfiguration": m{"subnets": []any{"subnet-a"}, "assignPublicIp": false}})),
			want:  only("doubt at DefaultSecurityGroup net: DefaultSecurityGroup own its vpcId is not known yet"),
		},
		"an attachment of another account": {
			stack: stack(
				res{typ: "ec2transitgateway/transitGateway", name: "tgw", id: "tgw-1", props: m{}},
				res{typ: "ec2transitgateway/vpcAttachment", name: "att", id: "tgw-attach-1", props: m{"transitGatewayId": "tgw-1", "vpcId": "vpc-1", "subnetIds": []any{"subnet-a"}}},
				res{typ: "ec2transitgateway/vpcAttachmentAccepter", name: "yes", id: "tgw-attach-1", props: m{"transitGatewayAttachmentId": "tgw-attach-1", "transitGatewayDefaultRouteTableAssociation": false, "transitGatewayDefaultRouteTablePropagation": false}}),
			want: only("transit gateway TransitGateway tgw: 1 attachments"), not: []string{doubtless},
		},
		"what refers to a load balancer": {
			stack: stack(balancerRes, res{typ: "warpgate/portal", name: "new", id: "x", props: m{"target": "arn:lb"}}),
			want:  only("doubt at Vpc net: Portal new is of a type that the proof does not read, and refers to the VPC"),
		},
		"the same, before it is made": {
			preview: true,
			stack:   stack(balancerRes, res{typ: "warpgate/portal", name: "new", id: "x", props: m{"loadBalancerArn": "arn:lb"}}),
			want:    only("doubt at Vpc net: Portal new is of a type that the proof does not read, and refers to the VPC"),
		},
	})
}
