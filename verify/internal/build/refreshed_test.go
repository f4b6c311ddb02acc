package build_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/build"
)

// TestRefreshed holds that a resource which shows after a refresh what other
// resources of the stack made in it says nothing new.
func TestRefreshed(t *testing.T) {
	t.Parallel()
	of := func(typ, name, id string, props m) res { return res{typ: typ, name: name, id: id, props: props} }
	base := []res{
		vpcRes.with(m{"defaultSecurityGroupId": "sg-0", "defaultRouteTableId": "rtb-0", "defaultNetworkAclId": "acl-0"}), subnetRes, subnetTwo, groupRes, tableRes, associationRes,
		balancerRes, targetsRes, listenerRes, guarded,
		of("ec2/internetGateway", "igw", "igw-1", m{"vpcId": ""}), of("ec2/networkAcl", "acl", "acl-1", m{"vpcId": "vpc-1", "ingress": []any{}, "egress": []any{}, "subnetIds": []any{"subnet-b"}}),
		of("ec2/route", "out", "r-1", m{"routeTableId": "rtb-1", "destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-1"}),
		of("ec2/vpcEndpoint", "logs", "vpce-1", m{"vpcId": "vpc-1", "serviceName": "com.amazonaws.us-east-1.logs", "vpcEndpointType": "Interface"}),
		of("ec2/vpcEndpoint", "s3", "vpce-2", m{"vpcId": "vpc-1", "serviceName": "com.amazonaws.us-east-1.s3", "vpcEndpointType": "Gateway"}),
		of("ec2/launchTemplate", "lt", "lt-1", m{"vpcSecurityGroupIds": []any{"sg-1"}, "latestVersion": 1, "defaultVersion": 1}),
		of("autoscaling/group", "asg", "asg", m{"vpcZoneIdentifiers": []any{"subnet-a"}, "launchTemplate": m{"id": "lt-1"}}),
		of("elb/loadBalancer", "old", "old", m{"name": "old", "subnets": []any{"subnet-a"}, "listeners": []any{m{"lbPort": 80, "instancePort": 80}}, "instances": []any{}}),
		of("ec2/instance", "box", "i-1", m{"subnetId": "subnet-b", "vpcSecurityGroupIds": []any{"sg-1"}}),
		of("ec2/networkInterface", "eni", "eni-1", m{"subnetId": "subnet-b", "securityGroups": []any{"sg-1"}}),
		of("ec2/route", "by-eni", "r-2", m{"routeTableId": "rtb-1", "destinationCidrBlock": "9.0.0.0/8", "networkInterfaceId": "eni-1"}),
		of("ec2/managedPrefixList", "list", "pl-1", m{"entries": []any{}}), ingress("listed", m{"prefixListId": "pl-1"}), of("ec2/securityGroup", "other", "sg-2", m{"vpcId": "vpc-1"}),
		of("ec2/eip", "ip", "eipalloc-1", m{"instance": "", "networkInterface": ""}),
	}
	tests := map[string]struct {
		made res
		// shows are, by a resource's name, what it shows after a refresh.
		shows map[string]m
	}{
		"a gateway's attachment": {of("ec2/internetGatewayAttachment", "x", "x", m{"internetGatewayId": "igw-1", "vpcId": "vpc-1"}), map[string]m{"igw": {"vpcId": "vpc-1"}}},
		"a block of IPv6":        {of("ec2/vpcIpv6CidrBlockAssociation", "x", "x", m{"vpcId": "vpc-1", "ipv6CidrBlock": "2600:1f18::/56"}), map[string]m{"net": {"ipv6CidrBlock": "2600:1f18::/56"}}},
		"a route to an endpoint that is not there": {
			of("ec2/route", "x", "x", m{"routeTableId": "rtb-1", "destinationCidrBlock": "8.0.0.0/8", "vpcEndpointId": "vpce-9"}),
			map[string]m{"table": {"routes": []any{m{"cidrBlock": "8.0.0.0/8", "vpcEndpointId": "vpce-9", "gatewayId": ""}, m{"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-1"}}}},
		},
		"routes that are announced": {of("ec2/vpnGatewayRoutePropagation", "x", "x", m{"routeTableId": "rtb-1", "vpnGatewayId": "vgw-1"}), map[string]m{"table": {"propagatingVgws": []any{"vgw-1"}}}},
		"an entry of an ACL": {
			of("ec2/networkAclRule", "x", "x", m{"networkAclId": "acl-1", "ruleNumber": 9, "ruleAction": "deny", "protocol": "tcp", "fromPort": 1, "toPort": 2, "cidrBlock": "9.0.0.0/8"}),
			map[string]m{"acl": {"ingress": []any{m{"ruleNo": 9, "action": "deny", "protocol": "6", "fromPort": 1, "toPort": 2, "cidrBlock": "9.0.0.0/8", "ipv6CidrBlock": "", "icmpType": 0, "icmpCode": 0}}}},
		},
		"an ACL's subnet": {of("ec2/networkAclAssociation", "x", "x", m{"networkAclId": "acl-1", "subnetId": "subnet-a"}), map[string]m{"acl": {"subnetIds": []any{"subnet-a", "subnet-b"}}}},
		"a rule of the default group": {
			ingress("x", m{"securityGroupId": "sg-0", "cidrIpv4": "0.0.0.0/0"}), nil,
		},
		"a rule of the older kind": {
			of("ec2/securityGroupRule", "x", "x", m{"type": "ingress", "securityGroupId": "sg-1", "protocol": "tcp", "fromPort": 1, "toPort": 2, "self": true, "sourceSecurityGroupId": "sg-1"}),
			map[string]m{"guard": {"ingress": []any{m{"protocol": "tcp", "fromPort": 1, "toPort": 2, "self": true, "cidrBlocks": []any{}, "securityGroups": []any{}, "ipv6CidrBlocks": []any{}, "prefixListIds": []any{}}}}},
		},
		"an entry of a list":     {of("ec2/managedPrefixListEntry", "x", "x", m{"prefixListId": "pl-1", "cidr": "7.0.0.0/8"}), map[string]m{"list": {"entries": []any{m{"cidr": "7.0.0.0/8", "description": ""}}}}},
		"an endpoint's subnet":   {of("ec2/vpcEndpointSubnetAssociation", "x", "x", m{"vpcEndpointId": "vpce-1", "subnetId": "subnet-a"}), map[string]m{"logs": {"subnetIds": []any{"subnet-a"}}}},
		"an endpoint's table":    {of("ec2/vpcEndpointRouteTableAssociation", "x", "x", m{"vpcEndpointId": "vpce-2", "routeTableId": "rtb-1"}), map[string]m{"s3": {"routeTableIds": []any{"rtb-1"}}}},
		"an endpoint's policy":   {of("ec2/vpcEndpointPolicy", "x", "x", m{"vpcEndpointId": "vpce-2", "policy": "{}"}), map[string]m{"s3": {"policy": "{}"}}},
		"an endpoint's names":    {of("vpc/endpointPrivateDns", "x", "x", m{"vpcEndpointId": "vpce-1", "privateDnsEnabled": true}), map[string]m{"logs": {"privateDnsEnabled": true}}},
		"hosts behind a target":  {of("autoscaling/attachment", "x", "x", m{"autoscalingGroupName": "asg", "lbTargetGroupArn": "arn:tg"}), map[string]m{"asg": {"targetGroupArns": []any{"arn:tg"}, "trafficSources": []any{m{"identifier": "arn:tg", "type": "elbv2"}}}}},
		"hosts behind a classic": {of("autoscaling/attachment", "x", "x", m{"autoscalingGroupName": "asg", "elb": "old"}), map[string]m{"asg": {"loadBalancers": []any{"old"}, "trafficSources": []any{m{"identifier": "old", "type": "elb"}}}}},
		"a host behind one":      {of("elb/attachment", "x", "x", m{"elb": "old", "instance": "i-1"}), map[string]m{"old": {"instances": []any{"i-1"}}}},
		"an interface's group":   {of("ec2/networkInterfaceSecurityGroupAttachment", "x", "x", m{"networkInterfaceId": "eni-1", "securityGroupId": "sg-2"}), map[string]m{"eni": {"securityGroups": []any{"sg-1", "sg-2"}}}},
		"an Elastic IP":          {of("ec2/eipAssociation", "x", "x", m{"allocationId": "eipalloc-1", "networkInterfaceId": "eni-1"}), map[string]m{"ip": {"networkInterface": "eni-1"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := append(append([]res{}, base...), tt.made)
			var after []res
			shown := 0
			for _, r := range before {
				if more := tt.shows[r.name]; more != nil {
					r = r.with(more)
					shown++
				}
				after = append(after, r)
			}
			assert.Len(t, tt.shows, shown)
			was, is := describe(exported(t, before...)), describe(exported(t, after...))
			if diff := cmp.Diff(was, is); diff != "" {
				t.Errorf("(-before +after)\n%s", diff)
			}
			assert.NotEqual(t, describe(exported(t, base...)), was, "it makes no difference")
		})
	}
}

// TestEndpointGroups: what AWS chose for an endpoint's interfaces, and writes, is
// replaced by what is associated instead.
func TestEndpointGroups(t *testing.T) {
	t.Parallel()
	endpoint := res{typ: "ec2/vpcEndpoint", name: "logs", id: "vpce-1", props: m{"vpcId": "vpc-1", "serviceName": "com.amazonaws.us-east-1.logs", "vpcEndpointType": "Interface", "subnetIds": []any{"subnet-a"}}}
	association := res{typ: "ec2/securityGroupAssociation", name: "x", id: "x", props: m{"vpcEndpointId": "vpce-1", "securityGroupId": "sg-1", "replaceDefaultAssociation": true}}
	net := vpcRes.with(m{"defaultSecurityGroupId": "sg-0"})
	for name, shows := range map[string]any{"before a refresh": "sg-0", "after it": "sg-1"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			written := endpoint.written(nil, "inputs")
			written["outputs"] = merged(endpoint.props, m{"securityGroupIds": []any{shows}})
			all := []m{written}
			for _, r := range []res{net, subnetRes, groupRes, association} {
				all = append(all, r.written(nil, "inputs", "outputs"))
			}
			lines := describe(build.Network(read(t, text(t, m{"version": 3, "deployment": m{"resources": all}}))))
			assert.Contains(t, lines, "endpoint VpcEndpoint logs is guarded by SecurityGroup guard")
			assert.NotContains(t, lines, "endpoint VpcEndpoint logs is guarded by DefaultSecurityGroup net")
		})
	}
}
