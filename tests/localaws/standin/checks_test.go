package standin

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sample is a value of a property that the official provider takes in a
// preview, and one that it refuses with a reason.
type sample struct {
	good, bad any
	reason    string
}

const (
	anARN  = "arn:aws:iam::123456789012:role/one"
	noARN  = "is an invalid ARN"
	length = "expected length of"
	amount = "to be in the range"
	choice = "to be one of"
)

var samples = map[string]map[string]sample{
	tVpc:     {"cidrBlock": {"10.0.0.0/16", "10.0.0.0/8", "between"}, "instanceTenancy": {"dedicated", "host", choice}},
	tVpcCidr: {"cidrBlock": {"10.0.0.0/28", "10.0.0.0/29", "between"}},
	tSubnet:  {"cidrBlock": {"10.0.1.0/24", "10.0.1.1/24", "network"}},
	tGroup: {
		"name": {"web", "sg-web", "cannot begin with sg-"}, "namePrefix": {"web-", "sg-", "cannot begin with sg-"},
		"description": {"what it is for", strings.Repeat("a", 256), length},
	},
	tIngress: ruleSamples, tEgress: ruleSamples,
	tEndpoint: {
		"vpcEndpointType": {"Interface", "interface", choice}, "policy": {"{}", "{", "JSON"}, "ipAddressType": {"ipv4", "v4", choice},
	},
	tFlowLog: {
		"trafficType": {"REJECT", "NONE", choice}, "logDestinationType": {"s3", "S3", choice}, "logDestination": {anARN, "group", noARN},
		"iamRoleArn": {anARN, "role", noARN}, "maxAggregationInterval": {60, 61, choice},
	},
	tEip:   {"domain": {"vpc", "VPC", choice}},
	tNat:   {"connectivityType": {"private", "none", choice}, "privateIp": {"10.0.0.9", "10.0.0", "IPv4"}},
	tRoute: {"destinationCidrBlock": {"0.0.0.0/0", "::/0", "IPv4"}},
	tBalancer: {
		"name": {"web-1", "internal-web", "internal-"}, "loadBalancerType": {"network", "classic", choice}, "ipAddressType": {"dualstack", "ipv6", choice},
		"desyncMitigationMode": {"strictest", "strict", choice}, "dnsRecordClientRoutingPolicy": {"availability_zone_affinity", "zone", choice},
		"xffHeaderProcessingMode": {"remove", "drop", choice},
	},
	tTargets: {
		"name": {"web-1", "web_1", "alphanumeric"}, "namePrefix": {"web-", "web_", "alphanumeric"}, "port": {80, 0, amount}, "protocol": {"TCP_UDP", "tcp", choice}, "protocolVersion": {"http2", "HTTP3", choice},
		"targetType": {"ip", "task", choice}, "ipAddressType": {"ipv6", "dualstack", choice},
		"healthCheck.healthyThreshold": {2, 1, amount}, "healthCheck.unhealthyThreshold": {10, 11, amount}, "healthCheck.interval": {5, 4, amount},
		"healthCheck.timeout": {120, 121, amount}, "healthCheck.path": {"/up", "up", "must begin with"}, "healthCheck.port": {"8080", "http", "valid port"},
		"healthCheck.protocol": {"https", "UDP", choice}, "deregistrationDelay": {0, 3601, amount},
		"loadBalancingAlgorithmType": {"weighted_random", "random", choice}, "loadBalancingCrossZoneEnabled": {"true", "on", choice},
		"preserveClientIp": {"true", "yes", "invalid syntax"}, "slowStart": {30, 29, amount},
	},
	tRule: {
		"listenerArn": {anARN, "web", noARN}, "priority": {1, 50001, amount}, "actions[].type": {"forward", "drop", choice}, "actions[].order": {1, 0, amount},
		"actions[].targetGroupArn": {anARN, "targets", noARN}, "actions[].forward.targetGroups[].arn": {anARN, "targets", noARN},
		"actions[].forward.targetGroups[].weight": {0, 1000, amount}, "actions[].redirect.host": {"example.com", strings.Repeat("a", 129), length},
		"actions[].redirect.path": {"/up", strings.Repeat("a", 129), length}, "actions[].redirect.protocol": {"HTTPS", "https", choice},
		"actions[].redirect.query": {"a=b", strings.Repeat("a", 129), length}, "actions[].redirect.statusCode": {"HTTP_301", "301", choice},
		"actions[].fixedResponse.contentType": {"text/plain", "text/xml", choice}, "actions[].fixedResponse.messageBody": {"no", strings.Repeat("a", 1025), length},
		"actions[].fixedResponse.statusCode": {"404", "304", "must be 2XX"}, "conditions[].hostHeader.values": {[]string{"example.com"}, []string{strings.Repeat("a", 129)}, length},
		"conditions[].httpHeader.httpHeaderName": {"X-A", "X A", "name of a header"}, "conditions[].httpHeader.values": {[]string{"a"}, []string{strings.Repeat("a", 129)}, length},
		"conditions[].httpRequestMethod.values": {[]string{"GET"}, []string{"G T"}, "must be a method"}, "conditions[].pathPattern.values": {[]string{"/*"}, []string{strings.Repeat("a", 129)}, length},
		"conditions[].sourceIp.values": {[]string{"10.0.0.0/8"}, []string{"10.0.0.0"}, "CIDR"},
	},
	tListener: {
		"loadBalancerArn": {anARN, "web", noARN}, "port": {443, 65536, "port number"}, "protocol": {"http", "FTP", choice}, "certificateArn": {anARN, "cert", noARN},
		"alpnPolicy": {"HTTP2Only", "h2", choice}, "tcpIdleTimeoutSeconds": {60, 59, amount}, "defaultActions[].type": {"forward", "drop", choice},
		"defaultActions[].order": {1, 0, amount}, "defaultActions[].targetGroupArn": {anARN, "targets", noARN},
		"defaultActions[].forward.targetGroups[].arn": {anARN, "targets", noARN}, "defaultActions[].forward.targetGroups[].weight": {999, 1000, amount},
		"defaultActions[].redirect.protocol": {"HTTPS", "https", choice}, "defaultActions[].redirect.statusCode": {"HTTP_301", "301", choice},
		"defaultActions[].fixedResponse.contentType": {"text/plain", "text/xml", choice}, "defaultActions[].fixedResponse.statusCode": {"404", "302", "4XX"},
	},
	tCluster: {
		"name": {"one_1", "one.1", "alphanumerics"}, "settings[].name": {"containerInsights", "insights", choice},
		"configuration.executeCommandConfiguration.logging": {"OVERRIDE", "ON", choice},
	},
	tProviders: {
		"clusterName": {"one", anARN, "alphanumerics"}, "defaultCapacityProviderStrategies[].base": {100000, 100001, amount},
		"defaultCapacityProviderStrategies[].weight": {1000, 1001, amount},
	},
	tTask: {
		"family": {"web-1", "web.1", "alphanumerics"}, "containerDefinitions": {`[{"name":"web"}]`, `{"name":"web"}`, "list of ECS container definitions"},
		"networkMode": {"awsvpc", "overlay", choice}, "requiresCompatibilities": {[]string{"EC2"}, []string{"SPOT"}, choice},
		"executionRoleArn": {anARN, "role", noARN}, "taskRoleArn": {anARN, "role", noARN}, "ephemeralStorage.sizeInGib": {21, 20, amount},
		"runtimePlatform.cpuArchitecture": {"ARM64", "arm64", choice}, "runtimePlatform.operatingSystemFamily": {"LINUX", "BSD", choice},
	},
	tService: {
		"launchType": {"FARGATE", "fargate", choice}, "schedulingStrategy": {"DAEMON", "ONCE", choice}, "availabilityZoneRebalancing": {"ENABLED", "ON", choice},
		"propagateTags": {"SERVICE", "TASK", choice}, "capacityProviderStrategies[].base": {0, -1, amount}, "capacityProviderStrategies[].weight": {1, 1001, amount},
		"orderedPlacementStrategies[].type": {"spread", "even", choice}, "loadBalancers[].targetGroupArn": {anARN, "targets", noARN},
		"loadBalancers[].containerPort": {8080, 65537, amount}, "healthCheckGracePeriodSeconds": {0, -1, amount}, "serviceRegistries.registryArn": {anARN, "srv-1", noARN},
		"serviceRegistries.port": {80, 65537, amount}, "serviceRegistries.containerPort": {80, 65537, amount},
	},
	tLogGroup: {"name": {"/ecs/web#1", "web:1", "hash signs"}, "retentionInDays": {30, 31, choice}},
	tRole: {
		"name": {"web@1", "web/1", "must match"}, "path": {"/a/", strings.Repeat("a", 513), length}, "assumeRolePolicy": {trust, "{", "JSON"},
		"description": {"what it is for", "“web”", "quotes"}, "maxSessionDuration": {43200, 3599, amount}, "permissionsBoundary": {anARN, "boundary", noARN},
	},
	tRolePolicy: {"name": {"web", "web web", "must match"}, "role": {"web", anARN, "not its ARN"}, "policy": {open, `["a"]`, "invalid JSON policy"}},
	tProfile:    {"name": {"web", strings.Repeat("a", 129), length}},
	tLaunchTemplate: {
		"name": {"web(1)", "we", length}, "description": {"one", strings.Repeat("a", 256), length}, "ebsOptimized": {"true", "yes", "invalid syntax"},
		"metadataOptions.httpEndpoint": {"enabled", "on", choice}, "metadataOptions.httpTokens": {"required", "v2", choice},
		"metadataOptions.httpPutResponseHopLimit": {64, 65, amount}, "metadataOptions.httpProtocolIpv6": {"disabled", "off", choice},
		"metadataOptions.instanceMetadataTags": {"enabled", "on", choice}, "blockDeviceMappings[].ebs.deleteOnTermination": {"false", "no", "invalid syntax"},
		"blockDeviceMappings[].ebs.encrypted": {"true", "yes", "invalid syntax"}, "blockDeviceMappings[].ebs.kmsKeyId": {anARN, "key", noARN},
		"blockDeviceMappings[].ebs.throughput": {125, 124, amount}, "blockDeviceMappings[].ebs.volumeType": {"gp3", "gp4", choice},
		"iamInstanceProfile.arn": {anARN, "profile", noARN}, "networkInterfaces[].associatePublicIpAddress": {"false", "no", "invalid syntax"},
		"networkInterfaces[].deleteOnTermination": {"true", "yes", "invalid syntax"}, "tagSpecifications[].resourceType": {"instance", "host", choice},
		"defaultVersion": {1, 0, "at least"},
	},
	tScaling: {
		"name": {"web", strings.Repeat("a", 256), length}, "launchTemplate.id": {"lt-0", "template", "must begin with"}, "launchTemplate.name": {"web", "we", length},
		"launchTemplate.version": {"$Latest", "", length}, "instanceRefresh.strategy": {"Rolling", "Replace", choice},
		"instanceRefresh.triggers": {[]string{"tag"}, []string{"tags"}, choice}, "instanceRefresh.preferences.instanceWarmup": {"0", "-1", "at least 0"},
		"instanceRefresh.preferences.maxHealthyPercentage": {200, 99, amount}, "instanceRefresh.preferences.minHealthyPercentage": {0, 101, amount},
		"instanceRefresh.preferences.scaleInProtectedInstances": {"Refresh", "Keep", choice}, "instanceRefresh.preferences.standbyInstances": {"Wait", "Keep", choice},
		"waitForCapacityTimeout": {"0", "ten minutes", "invalid duration"},
	},
	tCapacity: {
		"autoScalingGroupProvider.autoScalingGroupArn": {anARN, "group", noARN}, "autoScalingGroupProvider.managedDraining": {"ENABLED", "ON", choice},
		"autoScalingGroupProvider.managedTerminationProtection": {"DISABLED", "OFF", choice}, "autoScalingGroupProvider.managedScaling.status": {"ENABLED", "ON", choice},
		"autoScalingGroupProvider.managedScaling.targetCapacity":         {100, 101, amount},
		"autoScalingGroupProvider.managedScaling.minimumScalingStepSize": {1, 0, amount},
		"autoScalingGroupProvider.managedScaling.maximumScalingStepSize": {10000, 10001, amount},
		"autoScalingGroupProvider.managedScaling.instanceWarmupPeriod":   {0, 10001, amount},
	},
	tRepository: {"imageTagMutability": {"IMMUTABLE", "FIXED", choice}, "encryptionConfigurations[].encryptionType": {"KMS", "RSA", choice}},
	tLifecycle:  {"policy": {`{"rules":[]}`, "rules", "JSON"}},
	tAPI: {
		"name": {"web", strings.Repeat("a", 129), length}, "protocolType": {"HTTP", "REST", choice}, "description": {"one", strings.Repeat("a", 1025), length},
		"version": {"1", strings.Repeat("1", 65), length}, "apiKeySelectionExpression": {"$request.header.x-api-key", "$request.header.key", choice},
	},
	tLink: {"name": {"web", strings.Repeat("a", 129), length}},
	tIntegration: {
		"integrationType": {"HTTP_PROXY", "TCP", choice}, "integrationMethod": {"ANY", "TRACE", choice}, "connectionType": {"VPC_LINK", "VPC", choice},
		"connectionId": {"abc", strings.Repeat("a", 1025), length}, "payloadFormatVersion": {"2.0", "3.0", choice},
	},
	tAPIRoute: {
		"target": {"integrations/abc", strings.Repeat("a", 129), length}, "authorizationType": {"AWS_IAM", "IAM", choice}, "operationName": {"get", strings.Repeat("a", 65), length},
	},
	tStage: {
		"name": {"$default", strings.Repeat("a", 129), length}, "description": {"one", strings.Repeat("a", 1025), length},
		"accessLogSettings.destinationArn": {anARN, "group", noARN},
	},
	tNamespace: {"name": {"web.internal", "web internal", "dots"}},
	tDiscovery: {"type": {"HTTP", "DNS", choice}, "dnsConfig.routingPolicy": {"WEIGHTED", "LATENCY", choice}, "dnsConfig.dnsRecords[].type": {"SRV", "MX", choice}},
}

var ruleSamples = map[string]sample{
	"fromPort": {-1, -2, amount}, "toPort": {65535, 65536, amount},
	"cidrIpv4": {"10.0.0.0/8", "10.0.0.1/8", "network"}, "cidrIpv6": {"fd00::/8", "10.0.0.0/8", "IPv6"},
}

// TestChecks holds that each check of a row refuses a bad value before anything
// is made, and lets a good one through. A check without a sample fails.
func TestChecks(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	for token, kind := range table() {
		t.Run(token, func(t *testing.T) {
			t.Parallel()
			for path, row := range kind.inputs {
				s, known := samples[token][path]
				require.Equal(t, row.check != nil, known, "%s: a row with a check has a sample, and no other one has", path)
				if !known {
					continue
				}
				require.Empty(t, refusals(p.faults(token, at(path, s.good))), "%s: %v is good", path, s.good)
				require.Contains(t, strings.Join(refusals(p.faults(token, at(path, s.bad))), "\n"), s.reason, "%s: %v is bad", path, s.bad)
			}
			for path := range samples[token] {
				require.Contains(t, kind.inputs, path)
			}
		})
	}
}

// at is a resource whose property at the path has the value, and nothing else.
func at(path string, value any) props {
	name, rest, nested := strings.Cut(path, ".")
	if nested {
		value = at(rest, value)
	}
	if list, ok := strings.CutSuffix(name, "[]"); ok {
		name, value = list, []any{value}
	}
	return props{name: value}
}

// refusals are the faults that say more than that something is missing.
func refusals(faults []string) []string {
	var out []string
	for _, f := range faults {
		if !strings.Contains(f, "Missing required argument") && !strings.Contains(f, "must be specified") {
			out = append(out, f)
		}
	}
	return out
}

// TestExactlyOne holds that of the properties of a group neither none nor two
// pass a preview.
func TestExactlyOne(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	values := props{
		"destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-1", "natGatewayId": "nat-1", "vpcId": "vpc-1", "subnetId": "subnet-1",
		"launchTemplate": props{"id": "lt-0", "version": "1"},
		"cidrIpv4":       "10.0.0.0/8", "cidrIpv6": "fd00::/8", "prefixListId": "pl-1", "referencedSecurityGroupId": "sg-1",
	}
	groups := 0
	for token, kind := range table() {
		for _, group := range kind.exactlyOne {
			groups++
			about := func(given props) (found []string) {
				for _, fault := range p.faults(token, given) {
					if (strings.Contains(fault, "must be specified") || strings.Contains(fault, "only one of")) && strings.Contains(fault, attributeName(group[0])) {
						found = append(found, fault)
					}
				}
				return found
			}
			require.NotEmpty(t, about(props{}), "%s: none of %v passes", token, group)
			for i, name := range group {
				require.Contains(t, kind.inputs, name, token)
				require.Empty(t, about(props{name: values[name]}), "%s: %s alone does not pass", token, name)
				for _, other := range group[:i] {
					require.NotEmpty(t, about(props{name: values[name], other: values[other]}), "%s: %s passes beside %s", token, name, other)
				}
			}
		}
	}
	require.GreaterOrEqual(t, groups, 6)
}
