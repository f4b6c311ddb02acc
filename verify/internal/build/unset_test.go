package build_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
)

// none, nothing and block are how the provider writes a list, a text and an
// object that nobody set.
var (
	none    = []any{}
	block   = m{}
	nothing = ""
)

// unset is, of each type, every property that the builder reads and that may be
// not set, with what the provider then writes. A path leads into an object, and
// with [] into the elements of a list.
var unset = map[string]m{
	"ec2/vpc":                   {"ipv6CidrBlock": nothing, "ipv6IpamPoolId": nothing, "assignGeneratedIpv6CidrBlock": false, "region": nothing},
	"ec2/subnet":                {"ipv6CidrBlock": nothing, "mapPublicIpOnLaunch": false, "assignIpv6AddressOnCreation": false, "ipv6Native": false, "availabilityZoneId": nothing},
	"ec2/internetGateway":       {"vpcId": nothing},
	"ec2/natGateway":            {"connectivityType": nothing, "availabilityMode": nothing, "vpcId": nothing, "secondaryAllocationIds": none},
	"ec2/eip":                   {"instance": nothing, "networkInterface": nothing},
	"ec2/eipAssociation":        {"networkInterfaceId": nothing},
	"ec2/route":                 routesTo("destinationCidrBlock", "destinationIpv6CidrBlock", ""),
	"ec2/routeTable":            merged(routesTo("cidrBlock", "ipv6CidrBlock", "routes[]."), m{"propagatingVgws": none}),
	"ec2/routeTableAssociation": {"gatewayId": nothing},
	"ec2/securityGroup": {
		"egress": none, "ingress[].cidrBlocks": none, "ingress[].ipv6CidrBlocks": none, "ingress[].prefixListIds": none,
		"ingress[].securityGroups": none, "ingress[].self": false, "ingress[].fromPort": 0, "ingress[].toPort": 0,
	},
	"ec2/securityGroupRule":        {"cidrBlocks": none, "ipv6CidrBlocks": none, "prefixListIds": none, "sourceSecurityGroupId": nothing, "self": false},
	"vpc/securityGroupIngressRule": {"cidrIpv4": nothing, "cidrIpv6": nothing, "prefixListId": nothing, "referencedSecurityGroupId": nothing},
	"ec2/networkAcl":               {"egress": none, "ingress[].cidrBlock": nothing, "ingress[].ipv6CidrBlock": nothing, "ingress[].icmpType": 0, "ingress[].icmpCode": 0},
	"ec2/networkAclRule":           {"egress": false, "cidrBlock": nothing, "ipv6CidrBlock": nothing, "icmpType": 0, "icmpCode": 0, "fromPort": 0, "toPort": 0},
	"ec2/vpcEndpoint":              {"policy": nothing, "vpcEndpointType": nothing, "prefixListId": nothing, "routeTableIds": none, "subnetIds": none, "securityGroupIds": none, "privateDnsEnabled": false},
	"ec2/managedPrefixList":        {"entries": none},
	"ec2/networkInterface":         {"ipv6AddressCount": 0, "ipv6Addresses": none, "ipv6AddressLists": none, "securityGroups": none},
	"ec2/instance": {
		"launchTemplate": block, "networkInterfaces": none, "primaryNetworkInterface": block, "primaryNetworkInterfaceId": nothing,
		"securityGroups": none, "ipv6AddressCount": 0, "ipv6Addresses": none, "userData": "da39a3ee5e6b4b0d3255bfef95601890afd80709", "userDataBase64": nothing,
	},
	"ec2/launchTemplate": {
		"securityGroupNames": none, "userData": nothing, "vpcSecurityGroupIds": none, "networkInterfaces[].associatePublicIpAddress": nothing, "networkInterfaces[].subnetId": nothing,
		"networkInterfaces[].ipv6AddressCount": 0, "networkInterfaces[].ipv6Addresses": none, "networkInterfaces[].securityGroups": none, "networkInterfaces[].deviceIndex": 0,
	},
	"autoscaling/group": {
		"launchConfiguration": nothing, "mixedInstancesPolicy": block, "targetGroupArns": none, "loadBalancers": none, "trafficSources": none,
		"launchTemplate.name": nothing, "vpcZoneIdentifiers": none,
	},
	"autoscaling/attachment": {"elb": nothing, "albTargetGroupArn": nothing},
	"ecs/capacityProvider":   {"managedInstancesProvider": block},
	"ecs/taskDefinition":     {"networkMode": nothing},
	"ecs/service": {
		"loadBalancers": none, "serviceRegistries": block, "vpcLatticeConfigurations": none, "capacityProviderStrategies": none, "deploymentController": block, "launchType": nothing,
		"loadBalancers[].elbName": nothing, "loadBalancers[].advancedConfiguration": block, "networkConfiguration": block, "networkConfiguration.securityGroups": none,
	},
	"lb/loadBalancer":                  {"subnetMappings": none, "securityGroups": none, "ipAddressType": nothing, "loadBalancerType": nothing},
	"lb/listener":                      {"defaultActions[].targetGroupArn": nothing, "defaultActions[].forward": block},
	"lb/listenerRule":                  {"actions[].targetGroupArn": nothing, "actions[].forward": block},
	"lb/targetGroup":                   {"preserveClientIp": nothing, "targetType": nothing},
	"lb/targetGroupAttachment":         {"port": 0},
	"elb/loadBalancer":                 {"instances": none, "internal": false, "securityGroups": none},
	"apigatewayv2/api":                 {"target": nothing, "body": nothing, "disableExecuteApiEndpoint": false},
	"apigatewayv2/integration":         {"connectionId": nothing, "connectionType": nothing},
	"apigateway/integration":           {"connectionId": nothing, "connectionType": nothing, "integrationTarget": nothing},
	"apigateway/restApi":               {"body": nothing, "endpointConfiguration": block},
	"cloudwatch/eventTarget":           {"ecsTarget": block},
	"scheduler/schedule":               {"target.ecsParameters": block},
	"pipes/pipe":                       {"targetParameters": block, "targetParameters.ecsTaskParameters": block},
	"batch/jobDefinition":              {"eksProperties": block},
	"verifiedaccess/endpoint":          {"loadBalancerOptions": block, "networkInterfaceOptions": block},
	"globalaccelerator/endpointGroup":  {"endpointConfigurations": none},
	"ec2transitgateway/transitGateway": {"associationDefaultRouteTableId": nothing, "propagationDefaultRouteTableId": nothing},
	"ec2transitgateway/route":          {"blackhole": false},
	"ec2/vpnConnection":                {"transitGatewayId": nothing},
	"ec2/vpcEndpointService":           {"allowedPrincipals": none},
}

// routesTo are the properties of a route that its destination and its target
// leave.
func routesTo(four, six, at string) m {
	all := m{}
	for _, property := range []string{
		four, six, "destinationPrefixListId", "gatewayId", "natGatewayId", "egressOnlyGatewayId", "vpcPeeringConnectionId", "transitGatewayId",
		"vpcEndpointId", "carrierGatewayId", "localGatewayId", "coreNetworkArn", "odbNetworkArn", "networkInterfaceId", "instanceId",
	} {
		all[at+property] = nothing
	}
	return all
}

// manifold is a stack with everything in it. Of most types there are several,
// with other properties set.
func manifold() []res {
	of := func(typ, name, id string, props m) res { return res{typ: typ, name: name, id: id, props: props} }
	return []res{
		vpcRes, subnetRes, subnetTwo, groupRes, tableRes, associationRes,
		of("ec2/securityGroup", "inline", "sg-2", m{"vpcId": "vpc-1", "ingress": []any{
			m{"protocol": "tcp", "fromPort": 80, "toPort": 80, "cidrBlocks": []any{"0.0.0.0/0"}}, m{"protocol": "-1", "securityGroups": []any{"sg-1"}},
		}}),
		of("ec2/securityGroupRule", "older", "sgrule-1", m{"type": "ingress", "securityGroupId": "sg-1", "protocol": "tcp", "fromPort": 1, "toPort": 2, "cidrBlocks": []any{"1.0.0.0/8"}}),
		of("ec2/securityGroupRule", "older-self", "sgrule-2", m{"type": "egress", "securityGroupId": "sg-1", "protocol": "-1", "self": true}),
		ingress("four", m{"cidrIpv4": "0.0.0.0/0"}), ingress("list", m{"prefixListId": "pl-1"}), ingress("group", m{"referencedSecurityGroupId": "sg-2"}),
		of("ec2/managedPrefixList", "list", "pl-1", m{"entries": []any{m{"cidr": "9.0.0.0/8"}}}), of("ec2/managedPrefixList", "void", "pl-2", m{}),
		of("ec2/internetGateway", "igw", "igw-1", m{}), of("ec2/internetGatewayAttachment", "igw", "igw-1:vpc-1", m{"internetGatewayId": "igw-1", "vpcId": "vpc-1"}),
		of("ec2/natGateway", "nat", "nat-1", m{"subnetId": "subnet-a", "allocationId": "eipalloc-1"}),
		of("ec2/eip", "nat", "eipalloc-1", m{"domain": "vpc"}), of("ec2/eipAssociation", "box", "eipassoc-1", m{"instanceId": "i-1"}),
		of("ec2/route", "out", "r-1", m{"routeTableId": "rtb-1", "destinationCidrBlock": "0.0.0.0/0", "natGatewayId": "nat-1"}),
		of("ec2/route", "six", "r-2", m{"routeTableId": "rtb-1", "destinationIpv6CidrBlock": "::/0", "gatewayId": "igw-1"}),
		of("ec2/route", "peers", "r-3", m{"routeTableId": "rtb-1", "destinationPrefixListId": "pl-1", "vpcPeeringConnectionId": "pcx-9"}),
		of("ec2/routeTable", "inline", "rtb-2", m{"vpcId": "vpc-1", "routes": []any{
			m{"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-1"}, m{"ipv6CidrBlock": "::/0", "transitGatewayId": "tgw-1"}, m{"destinationPrefixListId": "pl-1", "networkInterfaceId": "eni-1"},
		}}),
		of("ec2/routeTableAssociation", "b", "rtbassoc-b", m{"routeTableId": "rtb-2", "subnetId": "subnet-b"}),
		of("ec2/networkAcl", "acl", "acl-1", m{"vpcId": "vpc-1", "subnetIds": []any{"subnet-b"}, "ingress": []any{
			m{"ruleNo": 100, "action": "allow", "protocol": "tcp", "fromPort": 80, "toPort": 80, "cidrBlock": "0.0.0.0/0"},
			m{"ruleNo": 101, "action": "allow", "protocol": "-1", "ipv6CidrBlock": "::/0"},
		}}),
		of("ec2/networkAclRule", "row", "nacl-1", m{"networkAclId": "acl-1", "ruleNumber": 300, "ruleAction": "deny", "protocol": "-1", "cidrBlock": "8.0.0.0/8"}),
		of("ec2/networkAclRule", "row-six", "nacl-2", m{"networkAclId": "acl-1", "ruleNumber": 301, "ruleAction": "deny", "protocol": "tcp", "fromPort": 22, "toPort": 22, "ipv6CidrBlock": "2600::/16"}),
		of("ec2/vpcEndpoint", "s3", "vpce-1", m{"vpcId": "vpc-1", "serviceName": "com.amazonaws.us-east-1.s3", "routeTableIds": []any{"rtb-1"}}),
		of("ec2/vpcEndpoint", "logs", "vpce-2", m{"vpcId": "vpc-1", "serviceName": "com.amazonaws.us-east-1.logs", "vpcEndpointType": "Interface", "subnetIds": []any{"subnet-a"}}),
		of("ec2/networkInterface", "eni", "eni-1", m{"subnetId": "subnet-b"}),
		of("ec2/instance", "box", "i-1", m{"subnetId": "subnet-b", "vpcSecurityGroupIds": []any{"sg-1"}}),
		of("ec2/instance", "made", "i-2", m{"launchTemplate": m{"id": "lt-1"}}),
		of("ec2/launchTemplate", "lt", "lt-1", m{"vpcSecurityGroupIds": []any{"sg-1"}, "latestVersion": 1, "defaultVersion": 1}),
		of("ec2/launchTemplate", "lt-eni", "lt-2", m{"latestVersion": 1, "defaultVersion": 1, "networkInterfaces": []any{m{"securityGroups": []any{"sg-1"}}}}),
		of("ec2/launchTemplate", "lt-both", "lt-3", m{"latestVersion": 1, "defaultVersion": 1, "vpcSecurityGroupIds": []any{"sg-1"}, "networkInterfaces": []any{m{"subnetId": "subnet-b"}}}),
		of("autoscaling/group", "asg", "asg", m{"vpcZoneIdentifiers": []any{"subnet-a"}, "launchTemplate": m{"id": "lt-2"}}),
		of("autoscaling/group", "asg-own", "asg-own", m{"launchTemplate": m{"id": "lt-3"}}),
		of("autoscaling/attachment", "att", "x", m{"autoscalingGroupName": "asg", "lbTargetGroupArn": "arn:tg"}),
		of("ecs/capacityProvider", "cp", "cp", m{"autoScalingGroupProvider": m{"autoScalingGroupArn": "asg"}}),
		of("ecs/capacityProvider", "cp-own", "cp-own", m{"autoScalingGroupProvider": m{"autoScalingGroupArn": "asg-own"}}),
		of("ecs/taskDefinition", "bridge", "bridge", m{"family": "bridge", "containerDefinitions": `[{"portMappings":[{"containerPort":80}]}]`}),
		of("ecs/service", "hosted", "arn:hosted", m{"taskDefinition": "bridge", "capacityProviderStrategies": []any{m{"capacityProvider": "cp"}}}),
		of("ecs/service", "hosted-own", "arn:hosted-own", m{"taskDefinition": "bridge", "capacityProviderStrategies": []any{m{"capacityProvider": "cp-own"}}}),
		of("ecs/service", "clustered", "arn:clustered", m{"taskDefinition": "bridge", "cluster": "nowhere"}),
		guarded.with(m{"loadBalancers": []any{m{"targetGroupArn": "arn:tg", "containerPort": 8080}}}),
		of("ecs/service", "plain", "arn:plain", m{"taskDefinition": "web:1", "networkConfiguration": m{"subnets": []any{"subnet-a"}, "assignPublicIp": false}}),
		balancerRes, of("lb/loadBalancer", "open", "arn:open", balancerRes.without("securityGroups", "loadBalancerType", "ipAddressType").props),
		of("lb/loadBalancer", "net", "arn:net", balancerRes.without("securityGroups", "subnets").with(m{"loadBalancerType": "network", "subnetMappings": []any{m{"subnetId": "subnet-a"}}}).props),
		listenerRes, of("lb/listener", "weighted", "arn:weighted", m{"loadBalancerArn": "arn:lb", "port": 81, "protocol": "HTTP", "defaultActions": []any{m{"type": "forward", "forward": m{"targetGroups": []any{m{"arn": "arn:tg"}}}}}}),
		of("lb/listenerRule", "rule", "arn:rule", m{"listenerArn": "arn:listener", "actions": []any{m{"type": "redirect", "redirect": m{"port": "443"}}}}),
		targetsRes, of("lb/targetGroup", "hosts", "arn:hosts", m{"port": 8000, "protocol": "TCP", "vpcId": "vpc-1"}),
		of("lb/targetGroupAttachment", "one", "x1", m{"targetGroupArn": "arn:hosts", "targetId": "i-1"}),
		of("elb/loadBalancer", "old", "old", m{"name": "old", "subnets": []any{"subnet-a"}, "listeners": []any{m{"lbPort": 80, "instancePort": 80}}}),
		of("apigatewayv2/api", "api", "api1", m{"protocolType": "HTTP"}), of("apigatewayv2/route", "api", "route1", m{"apiId": "api1", "target": "integrations/int1"}),
		of("apigatewayv2/integration", "lambda", "int1", m{"apiId": "api1", "integrationType": "AWS_PROXY", "integrationUri": "arn:aws:lambda:x"}),
		of("apigateway/restApi", "rest", "rest1", m{}), of("apigateway/integration", "http", "int2", m{"restApi": "rest1", "uri": "http://example.com"}),
		of("cloudwatch/eventTarget", "queue", "e1", m{"arn": "arn:aws:sqs:x"}), of("scheduler/schedule", "queue", "s1", m{"target": m{"arn": "arn:aws:sqs:x"}}),
		of("pipes/pipe", "plain", "p1", m{"target": "arn:aws:sqs:x"}), of("pipes/pipe", "sized", "p2", m{"target": "arn:aws:sqs:x", "targetParameters": m{"inputTemplate": "x"}}),
		of("batch/jobDefinition", "job", "j1", m{}), of("verifiedaccess/endpoint", "va", "va1", m{"endpointType": "load-balancer"}),
		of("globalaccelerator/endpointGroup", "ga", "ga1", m{}),
		of("ec2transitgateway/transitGateway", "tgw", "tgw-1", m{}), of("ec2transitgateway/vpcAttachment", "att", "tgw-attach-1", m{"transitGatewayId": "tgw-1", "vpcId": "vpc-1", "subnetIds": []any{"subnet-a"}}),
		of("ec2transitgateway/routeTable", "own", "tgw-rtb-1", m{"transitGatewayId": "tgw-1"}),
		of("ec2transitgateway/route", "r", "tr1", m{"transitGatewayRouteTableId": "tgw-rtb-1", "transitGatewayAttachmentId": "tgw-attach-1", "destinationCidrBlock": "0.0.0.0/0"}),
		of("ec2/vpnConnection", "vpn", "vpn-1", m{"vpnGatewayId": "vgw-1"}), of("ec2/vpcEndpointService", "svc", "vpce-svc-1", m{}),
	}
}

// TestWhatIsNotSet holds, property by property, that what the provider writes for
// one that is not set is read as if it was not there.
func TestWhatIsNotSet(t *testing.T) {
	t.Parallel()
	stack := manifold()
	want := describe(exported(t, stack...))
	for typ, properties := range unset {
		for path, value := range properties {
			for _, value := range []any{value, nil} {
				tried := 0
				for i, r := range stack {
					if r.typ != typ {
						continue
					}
					props := copied(r.props).(m)
					if !put(props, strings.Split(path, "."), value) {
						continue
					}
					tried++
					changed := append(append([]res{}, stack[:i]...), stack[i+1:]...)
					r.props = props
					if diff := cmp.Diff(want, describe(exported(t, append(changed, r)...))); diff != "" {
						t.Errorf("%s %s with %s: %v (-without +with)\n%s", typ, r.name, path, value, diff)
					}
				}
				assert.NotZero(t, tried, "%s has nowhere to be: %s", typ, path)
			}
		}
	}
}

// copied is a copy of a value.
func copied(value any) any {
	switch value := value.(type) {
	case m:
		object := m{}
		for name := range value {
			object[name] = copied(value[name])
		}
		return object
	case []any:
		list := make([]any, len(value))
		for i := range value {
			list[i] = copied(value[i])
		}
		return list
	}
	return value
}

// put puts a value at a path where nothing is yet, and says whether it could.
func put(object m, path []string, value any) (done bool) {
	name, inList := strings.CutSuffix(path[0], "[]")
	if len(path) == 1 {
		if _, there := object[name]; there {
			return false
		}
		object[name] = value
		return true
	}
	elements := []any{object[name]}
	if inList {
		elements, _ = object[name].([]any)
	}
	for _, e := range elements {
		if inner, ok := e.(m); ok && put(inner, path[1:], value) {
			done = true
		}
	}
	return done
}
