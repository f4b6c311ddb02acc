package engine

import "slices"

// What edits cannot be made, and why.
var notEdited = map[string]string{
	"ContainerImage.build": "the local AWS has no Docker engine to build with; mocks hold it in components",
}

const (
	image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0"
)

// tagEdits: keys of a map are added, renamed and removed.
func tagEdits() edit {
	return through("tags", "", "{team: a}", "{team: b, cost: c}", "{group: b, cost: c}", "")
}

// zoned are the edits of zones that the network components share.
func zoned() []edit {
	return []edit{
		free("flowLogs", "{}", "{retentionInDays: 90}"),
		free("flowLogs.retentionInDays", "7", "30").on("flow").beside("flowLogs: {}"),
		free("flowLogs.trafficType", "Reject", "Accept").on("flow").makes("-flow-logs"),
		free("flowLogs.maxAggregationIntervalSeconds", "60", "600").on("flow"),
		through("region", "", "us-east-1", ""),
		through("region", "us-east-1", "eu-west-1").refusedBecause("region"),
		tagEdits(),
		through("availabilityZones", "", "[us-east-1a, us-east-1b]", "[us-east-1a, us-east-1b, us-east-1c]", `[us-east-1a, "", us-east-1c]`, "[us-east-1a, us-east-1b]", "").
			on("zones").beside("maxAvailabilityZones: 4"),
		through("availabilityZones", "[us-east-1a, us-east-1b]", "[us-east-1a, us-east-1b, us-east-1c]", "[us-east-1a, us-east-1b]").on("blocks"),
		through("zoneCidrBlocks", "", "{us-east-1c: 10.1.0.0/18}", "").on("blocks"),
		free("numberOfAvailabilityZones", "3", "4").on("counted").beside("maxAvailabilityZones: 4"),
		through("availabilityZones", "[us-east-1a, us-east-1b]", "[us-east-1b, us-east-1a]").on("no-reordered").refusedBecause("the subnet no-reordered-"),
		through("availabilityZones", "[us-east-1a, us-east-1b, us-east-1c]", "[us-east-1a, us-east-1c]").beside("maxAvailabilityZones: 4").on("no-middle").refusedBecause("the subnet no-middle-"),
		through("maxAvailabilityZones", "4", "8").refusedBecause("maxAvailabilityZones:"),
		through("cidrBlock", "10.1.0.0/16", "10.2.0.0/16").refusedBecause("cidrBlock:"),
		through("zoneCidrBlocks", "{us-east-1c: 10.1.0.0/18}", "{us-east-1c: 10.1.64.0/18}").
			beside("availabilityZones: [us-east-1a, us-east-1b, us-east-1c]").refusedBecause("zoneCidrBlocks"),
	}
}

// oneTier is the edit of the blocks of a tier's subnets.
func oneTier(argument, one, other string) edit {
	return through(argument, "{us-east-1a: "+one+"}", "{us-east-1a: "+other+"}").
		beside("{availabilityZones: [us-east-1a, us-east-1b], maxAvailabilityZones: 4}").refusedBecause(argument)
}

var networkBenches = []bench{
	{component: "IsolatedVpc", edits: slices.Concat(zoned(), []edit{
		oneTier("privateCidrBlocks", "10.0.192.0/20", "10.0.208.0/20"),
		typeEdit("grown", "", "IsolatedVpc", "NatNetwork", "IsolatedVpc"),
		free("endpointServices", "[logs]", "[logs, sqs]"),
		free("ecsOnEc2", "true", "false"),
		free("endpointAccess", "Vpc", "PerService"),
		free("endpointPolicies", "Open", "Account"),
		free("s3Buckets", "[one]", "[one, two]"),
	})},
	{component: "NatNetwork", around: `
ip1: {type: "aws:ec2:Eip", properties: {domain: vpc}}
ip2: {type: "aws:ec2:Eip", properties: {domain: vpc}}
`, edits: slices.Concat(zoned(), []edit{
		oneTier("privateCidrBlocks", "10.0.192.0/20", "10.0.208.0/20"),
		oneTier("publicCidrBlocks", "10.0.32.0/20", "10.0.48.0/20"),
		through("allocationIds", "", "['${ip1.id}', '${ip2.id}']", "['${ip2.id}', '${ip1.id}']", "").on("addressed").beside("availabilityZones: [us-east-1a, us-east-1b]").makes("-nat-ip1", "-nat-ip2"),
		typeEdit("opened", "", "NatNetwork", "PublicNetwork", "NatNetwork"),
		free("endpointServices", "[logs]", "[logs, sqs]"),
		free("endpointAccess", "Vpc", "PerService"),
		free("endpointPolicies", "Account", "Open"),
		free("s3Buckets", "[one]", "[one, two]"),
		free("natMode", "Single", "OnePerAz"),
	})},
	{component: "Network", around: `
net: {type: "ecsnet:NatNetwork", properties: {endpointServices: [logs]}}
other: {type: "ecsnet:PublicNetwork"}
apps: {type: "ecsnet:EcsCluster"}
` + tables, needs: `{vpcId: "${net.vpcId}", subnetIds: "${net.subnetIds}", egress: NatGateway}`, edits: []edit{
		free("availabilityZones", "${net.availabilityZones}", "[us-east-1a, us-east-1b]").usedBy(serviceOfNetwork),
		free("cidrBlock", "${net.cidrBlock}", "10.0.0.0/16"),
		free("endpointSecurityGroupId", "${net.endpointSecurityGroupId}", "${other.endpointSecurityGroupId}").on("guarded").usedBy(serviceOfNetwork),
		free("endpointAccess", "PerService", "Vpc").on("opened").usedBy(serviceOfNetwork),
		free("endpointPolicies", "Account", "Open"),
		free("endpointServices", "[logs]", "[logs, ecr.api, ecr.dkr]"),
		free("publicSubnetIds", "${net.publicSubnetIds}", "${other.publicSubnetIds}"),
		free("region", "us-east-1", "${net.region}"),
		free("routeTableIds", "${net.routeTableIds}", "${other.routeTableIds}"),
		free("s3PrefixListId", "${net.s3PrefixListId}", "${tables.prefixListId}").on("stored").usedBy(serviceOfNetwork),
		required("egress", "NatGateway", "None").on("shut").usedBy(serviceOfNetwork),
		required("subnetIds", "${net.subnetIds}", "['${net.subnetIds[0]}']").on("narrowed").usedBy(serviceOfNetwork),
		required("vpcId", "${net.vpcId}", "${other.vpcId}").on("moved"),
	}},
	{component: "PublicNetwork", edits: append(zoned(), oneTier("publicCidrBlocks", "10.0.32.0/20", "10.0.48.0/20"))},
}

// serviceOfNetwork is a service in the edited network.
const serviceOfNetwork = `
SELF-app: {type: "ecsnet:FargatePrivateService", properties: {network: "${SELF}", cluster: "${apps}", image: "` + image + `", preflight: "Off"}}
`

var clusterBenches = []bench{
	{component: "EcsCluster", edits: []edit{
		free("containerInsights", "Enhanced", "Disabled"),
		free("executionRole", "false", "true"),
		free("logRetentionInDays", "7", "30"),
		free("permissionsBoundaryArn", "arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/PowerUserAccess"),
		free("capacityProviders", "[FARGATE]", "[FARGATE, FARGATE_SPOT]"),
		through("clusterName", "one", "two").refusedBecause("clusterName:"),
		free("rolePath", "/one/", "/two/").on("roles").replacing("-execution"),
		tagEdits(),
	}},
}

// serviceEdits are those that all service components share.
var serviceEdits = []edit{
	free("command", "[serve]", "[serve, fast]").revises(),
	free("containerName", "web", "other").revises(),
	free("containerPort", "8080", "8081").revises(),
	free("cpu", "512", "1024").revises().beside("memoryMib: 2048"),
	free("memoryMib", "1024", "2048").replacing("-task"),
	free("deploymentCircuitBreaker", "Stop", "Off"),
	free("deploymentMaximumPercent", "250", "300"),
	free("deploymentMinimumHealthyPercent", "50", "0"),
	free("desiredCount", "1", "3"),
	through("egressRules", "", "{web: {port: 443, cidrBlock: 192.0.2.0/24}}", "{web: {port: 444, cidrBlock: 192.0.2.0/24}}", "{api: {port: 444, cidrBlock: 192.0.2.0/24}}", ""),
	free("enableExecuteCommand", "true", "false"),
	free("environment", "{A: b}", "{A: c, D: e}").revises(),
	free("executeCommandLogGroupArn", "arn:aws:logs:us-east-1:123456789012:log-group:one", "arn:aws:logs:us-east-1:123456789012:log-group:two").on("exec").beside("enableExecuteCommand: true"),
	free("kmsKeyArns", "[arn:aws:kms:us-east-1:123456789012:key/one]", "[arn:aws:kms:us-east-1:123456789012:key/two]"),
	free("logRetentionInDays", "7", "30"),
	free("permissionsBoundaryArn", "arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/PowerUserAccess"),
	free("preflight", "Warn", "Off"),
	through("region", "", "us-east-1", ""),
	through("region", "us-east-1", "eu-west-1").refusedBecause("region"),
	through("secrets", "", "{DB: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf'}", "{DB2: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf'}", "").revises(),
	free("timeouts.createMinutes", "5", "6"),
	free("timeouts.updateMinutes", "5", "6"),
	free("timeouts.deleteMinutes", "5", "6"),
	free("timeouts", "{createMinutes: 5}", "{createMinutes: 6}").on("patient"),
	free("waitForSteadyState", "false", "true"),
	through("ingressRules", "", "{web: {port: 80, cidrBlock: 192.0.2.0/24}}", "{web: {port: 81, cidrBlock: 192.0.2.0/24}}", "{api: {port: 81, cidrBlock: 192.0.2.0/24}}", ""),
	free("rolePath", "/one/", "/two/").replacing("-task", "-execution*"),
	free("taskRoleArn", "arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/two").replacing("-task"),
	free("executionRoleArn", "arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/two").replacing("-task"),
	free("serviceName", "one", "two").replacing("-service", "-task"),
	required("clusterArn", "${apps.clusterArn}", "${spare.clusterArn}").beside("cluster: null").replacing("-service"),
	// The same cluster by its ARN is the same service.
	through("cluster", "${apps}", "", "${apps}", "${spare}").on("clustered").beside("cluster: null").makes("-service"),
	through("clusterArn", "", "${apps.clusterArn}", "", "").on("clustered"),
	required("image", image, "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.1").revises(),
	tagEdits(),
}

// around has what a service or an ingress needs.
const (
	privateNetwork = `
net: {type: "ecsnet:IsolatedVpc"}
apps: {type: "ecsnet:EcsCluster"}
`
	natNetwork = `
net: {type: "ecsnet:NatNetwork"}
apps: {type: "ecsnet:EcsCluster"}
`
	hostNetwork = `
net: {type: "ecsnet:IsolatedVpc", properties: {ecsOnEc2: true}}
apps: {type: "ecsnet:EcsCluster", properties: {capacityProviders: []}}
spare: {type: "ecsnet:EcsCluster", properties: {capacityProviders: []}}
hosts: {type: "ecsnet:Ec2Capacity", properties: {network: "${net}", clusterName: "${apps.clusterName}", otherCapacityProviders: ["${second.capacityProviderName}"]}}
second: {type: "ecsnet:Ec2Capacity", properties: {network: "${net}", clusterName: "${apps.clusterName}", associateWithCluster: false}}
third: {type: "ecsnet:Ec2Capacity", properties: {network: "${net}", clusterName: "${spare.clusterName}"}}
`
	hostNeeds    = `{network: "${net}", cluster: "${apps}", capacityProviderName: "${hosts.capacityProviderName}", image: "` + image + `"}`
	spareCluster = `
spare: {type: "ecsnet:EcsCluster"}
`
	serviceNeeds = `{network: "${net}", cluster: "${apps}", image: "` + image + `"}`
)

// ruled are the edits of the parts of a rule.
func ruled(argument string) []edit {
	at := func(name, one, other, with string) edit {
		return through(argument+"[]."+name, one, other, one).on("ruled").beside(with)
	}
	base := "{" + argument + ": {web: {port: 80, cidrBlock: 192.0.2.0/24}}}"
	return []edit{
		at("description", "one", "two", base),
		at("port", "80", "81", base).on("ruled"),
		at("cidrBlock", "192.0.2.0/24", "198.51.100.0/24", base).on("ruled-block"),
		at("protocol", "tcp", "udp", base).on("ruled-protocol"),
		at("fromPort", "80", "81", "{"+argument+": {web: {toPort: 90, cidrBlock: 192.0.2.0/24}}}").on("ranged"),
		at("toPort", "80", "81", "{"+argument+": {web: {fromPort: 70, cidrBlock: 192.0.2.0/24}}}").on("ranged-to"),
		at("prefixListId", "${tables.prefixListId}", "${net.s3PrefixListId}", "{"+argument+": {web: {port: 443}}}").on("ruled-list"),
		at("securityGroupId", "${one.id}", "${two.id}", "{"+argument+": {web: {port: 443}}}").on("ruled-group"),
	}
}

const twoGroups = `
one: {type: "aws:ec2:SecurityGroup", properties: {vpcId: "${net.vpcId}"}}
two: {type: "aws:ec2:SecurityGroup", properties: {vpcId: "${net.vpcId}"}}
` + tables

// tables has a prefix list that is not S3's.
const tables = `
tables: {type: "aws:ec2:VpcEndpoint", properties: {vpcId: "${net.vpcId}", serviceName: com.amazonaws.us-east-1.dynamodb, vpcEndpointType: Gateway}}
`

var serviceBenches = []bench{
	{component: "FargatePrivateService", around: privateNetwork + spareCluster + twoGroups + joinable + `other: {type: "ecsnet:IsolatedVpc"}`, needs: serviceNeeds,
		edits: slices.Concat(serviceEdits, fargateEdits, joinedEdits("-to-s3", "-to-endpoints", "-into-endpoints"), ruled("ingressRules"), ruled("egressRules"))},
	{component: "FargatePublicService", around: natNetwork + spareCluster + twoGroups + joinable + `other: {type: "ecsnet:PublicNetwork"}`, needs: serviceNeeds,
		edits: slices.Concat(serviceEdits, fargateEdits, joinedEdits("-to-internet"), ruled("ingressRules"), ruled("egressRules"))},
	{component: "Ec2Service", around: hostNetwork + twoGroups + joinable + `other: {type: "ecsnet:IsolatedVpc", properties: {ecsOnEc2: true}}`, needs: hostNeeds,
		edits: slices.Concat(serviceEdits, hostEdits, joinedEdits("-to-s3", "-to-endpoints", "-into-endpoints"), ruled("ingressRules"), ruled("egressRules"))},
}

// fargateEdits are those of services on Fargate.
var fargateEdits = []edit{
	free("cpuArchitecture", "ARM64", "X86_64").makes("-task"),
	// Spot comes and goes in place, and FARGATE alone is what there is by default.
	through("capacityProviders", "", "{FARGATE_SPOT: {}}", "{FARGATE: {}}", "").on("spot"),
	through("capacityProviders", "{FARGATE_SPOT: {}}", "").on("unspot").makes("-service"),
	through("capacityProviders", "", "{}", "").on("launched").makes("-service"),
	through("capacityProviders[].base", "1", "2", "1").keyed("FARGATE").on("shared").beside("capacityProviders: {FARGATE: {weight: 1}}"),
	through("capacityProviders[].weight", "1", "2", "1").keyed("FARGATE_SPOT").on("shared"),
}

// joinedEdits are those of a task's place. In another VPC a service has another
// group, and other rules.
func joinedEdits(rules ...string) []edit {
	return []edit{
		required("network", "${net}", "${other}").on("elsewhere").makes("-tasks").makes(rules...),
		free("ingress", "${web}", "${api}").on("joined").beside("containerPort: 8080"),
		free("healthCheckGracePeriodSeconds", "60", "90").on("graced").beside("{containerPort: 8080, ingress: '${graceful}'}"),
		free("deregistrationDelaySeconds", "10", "20").on("checked").beside(besides("examined")),
		free("healthCheck", "{}", "{intervalSeconds: 20}").on("looked").beside(besides("glanced")),
		free("healthCheck.healthyThreshold", "3", "4").on("checked").beside(besides("examined")),
		free("healthCheck.unhealthyThreshold", "3", "4").on("checked").beside(besides("examined")),
		free("healthCheck.intervalSeconds", "20", "40").on("checked").beside(besides("examined")),
		free("healthCheck.timeoutSeconds", "6", "7").on("checked").beside(besides("examined")),
		free("healthCheck.port", "8081", "8082").on("checked").beside(besides("examined")),
		free("healthCheck.path", "/one", "/two").on("checked").beside(besides("examined")),
		free("healthCheck.matcher", "'201'", "'202'").on("checked").beside(besides("examined")),
	}
}

// besides is what a service needs besides to join an ingress.
func besides(ingress string) string { return "{containerPort: 8080, ingress: '${" + ingress + "}'}" }

// joinable are what services join.
const joinable = `
web: {type: "ecsnet:ApplicationIngress", properties: {network: "${net}"}}
api: {type: "ecsnet:ApiIngress", properties: {network: "${net}"}}
graceful: {type: "ecsnet:ApplicationIngress", properties: {network: "${net}"}}
examined: {type: "ecsnet:ApplicationIngress", properties: {network: "${net}"}}
glanced: {type: "ecsnet:NetworkIngress", properties: {network: "${net}"}}
`

var hostEdits = []edit{
	free("cpuArchitecture", "X86_64", "ARM64").revises(),
	through("assignPublicIp", "", "false", ""),
	through("assignPublicIp", "false", "true").refusedBecause("assignPublicIp"),
	free("networkMode", "bridge", "host").on("mode").beside("containerPort: 8080").makes("-service", "-task"),
	free("hostPort", "8080", "8081").on("port").beside("{networkMode: bridge, containerPort: 8080}").revises(),
	free("portProtocol", "udp", "tcp").on("protocol").beside("containerPort: 8080").revises(),
	// Another cluster has other hosts.
	required("capacityProviderName", "${hosts.capacityProviderName}", "${third.capacityProviderName}").on("clusterarn"),
	through("capacityProviderName", "${hosts.capacityProviderName}", "${hosts.capacityProviderName}", "${hosts.capacityProviderName}", "${third.capacityProviderName}").on("clustered"),
	required("capacityProviderName", "${hosts.capacityProviderName}", "${second.capacityProviderName}").on("provider").makes("-service"),
}

// balancerEdits are those of both load balancers; listeners are the children
// that listen on port 80.
func balancerEdits(listeners ...string) []edit {
	return []edit{
		free("accessLogs", "{bucket: one}", "{bucket: two}"),
		free("accessLogs.prefix", "one", "two").on("logged").beside("accessLogs: {bucket: one}"),
		through("accessLogs.bucket", "one", "two", "one").on("bucket"),
		free("allowFrom", "{web: {cidrBlock: 192.0.2.0/24}}", "{api: {cidrBlock: 192.0.2.0/24}, web: {cidrBlock: 198.51.100.0/24}}"),
		through("allowFrom[].cidrBlock", "192.0.2.0/24", "198.51.100.0/24", "192.0.2.0/24").on("peer"),
		through("allowFrom[].description", "one", "two", "one").on("described").beside("allowFrom: {web: {cidrBlock: 192.0.2.0/24}}"),
		through("allowFrom[].prefixListId", "${tables.prefixListId}", "${net.s3PrefixListId}", "${tables.prefixListId}").on("listed"),
		through("allowFrom[].securityGroupId", "${one.id}", "${two.id}", "${one.id}").on("grouped"),
		free("internal", "true", "false").on("facing").beside("allowFrom: {web: {cidrBlock: 192.0.2.0/24}}").makes("-lb").makes(listeners...),
		free("port", "8080", "8081").on("port"),
		required("network", "${net}", "${other}").on("elsewhere").makes("-lb", "-ingress", "-from-vpc-80").makes(listeners...),
		tagEdits(),
	}
}

var ingressBenches = []bench{
	{component: "ApplicationIngress", around: natNetwork + twoGroups + `other: {type: "ecsnet:NatNetwork"}`, needs: `network: "${net}"`, edits: slices.Concat(balancerEdits("-http"), []edit{
		free("idleTimeoutSeconds", "30", "90"),
		through("protocol", "", "HTTP", "HTTPS", "").on("spoken"),
		through("certificateArn", "", "", "CERTIFICATE1", "").on("spoken"),
		free("certificateArn", "CERTIFICATE1", "CERTIFICATE2").on("certified"),
		free("redirectHttp", "false", "true").on("redirected").beside("certificateArn: 'CERTIFICATE1'"),
	})},
	{component: "NetworkIngress", around: natNetwork + twoGroups + `other: {type: "ecsnet:NatNetwork"}`, needs: `network: "${net}"`, edits: slices.Concat(balancerEdits(), []edit{
		free("protocol", "UDP", "TCP").on("protocol"),
		free("certificateArn", "CERTIFICATE1", "CERTIFICATE2").on("certified"),
	})},
	{component: "ApiIngress", around: natNetwork + `
other: {type: "ecsnet:NatNetwork"}
alb: {type: "ecsnet:ApplicationIngress", properties: {network: "${net}"}}
second: {type: "ecsnet:ApplicationIngress", properties: {network: "${net}"}}
nlb: {type: "ecsnet:NetworkIngress", properties: {network: "${net}"}}
deep: {type: "ecsnet:NetworkIngress", properties: {network: "${net}"}}
`, needs: `network: "${net}"`, edits: []edit{
		free("serverNameToVerify", "one.example.com", "two.example.com").on("verified").beside("{loadBalancer: '${nlb}', listenerArn: '" + listenerOfAService + "/1'}"),
		// Each of the two is required with the other.
		free("listenerArn", listenerOfAService+"/1", listenerOfAService+"/2").on("listened"),
		free("loadBalancer", "${nlb}", "${deep}").on("listened").makes("-to-load-balancer"),
		free("throttlingRateLimit", "10.5", "20").on("limited"),
		free("throttlingBurstLimit", "10", "20").on("limited"),
		free("linkSubnetIds", "['${net.subnetIds[0]}']", "['${net.subnetIds[1]}']").on("linked").replacing("-link"),
		free("loadBalancer", "${alb}", "${second}").on("balanced").makes("-to-load-balancer"),
		free("logRetentionInDays", "7", "30"),
		free("namespaceName", "one.internal", "two.internal").on("named").makes("-namespace"),
		free("timeoutMilliseconds", "1000", "2000"),
		required("network", "${net}", "${other}").on("elsewhere").makes("-link", "-namespace"),
		tagEdits(),
	}},
}

// listenerOfAService begins the ARN of a listener that a service made.
const listenerOfAService = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/net/nlb/1"

var hostBenches = []bench{
	{component: "Ec2Capacity", around: `
net: {type: "ecsnet:NatNetwork"}
other: {type: "ecsnet:NatNetwork"}
apps: {type: "ecsnet:EcsCluster", properties: {capacityProviders: []}}
second: {type: "ecsnet:EcsCluster", properties: {capacityProviders: []}}
` + twoGroups, needs: `{network: "${net}", clusterName: "${apps.clusterName}", associateWithCluster: false}`, edits: slices.Concat([]edit{
		free("placement", "Public", "Private"),
		free("instanceType", "t3.medium", "t3.large"),
		free("cpuArchitecture", "ARM64", "X86_64").on("architecture"),
		free("imageId", "ami-0123456789abcdef0", "ami-0123456789abcdef1"),
		free("minSize", "1", "2"),
		free("maxSize", "5", "6"),
		free("rootVolumeSizeGib", "40", "50"),
		free("protectHostsWithTasks", "true", "false"),
		free("replaceHosts", "true", "false"),
		through("capacityProviderName", "one", "two").refusedBecause("capacityProviderName:"),
		free("associateWithCluster", "true", "false").on("associated").beside("{clusterName: '${associated-apps.clusterName}', associateWithCluster: null}").
			usedBy("{SELF-apps: {type: 'ecsnet:EcsCluster', properties: {capacityProviders: []}}}"),
		free("otherCapacityProviders", "[FARGATE]", "[FARGATE_SPOT]").on("others").beside("{clusterName: '${others-apps.clusterName}', associateWithCluster: true}").
			usedBy("{SELF-apps: {type: 'ecsnet:EcsCluster', properties: {capacityProviders: []}}}"),
		free("permissionsBoundaryArn", "arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/PowerUserAccess"),
		free("rolePath", "/one/", "/two/").on("roles").makes("-host"),
		free("egressRules", "{web: {port: 443, cidrBlock: 192.0.2.0/24}}", "{api: {port: 443, cidrBlock: 192.0.2.0/24}}"),
		free("ingressRules", "{web: {port: 443, cidrBlock: 192.0.2.0/24}}", "{api: {port: 443, cidrBlock: 192.0.2.0/24}}"),
		required("network", "${net}", "${other}").on("elsewhere").makes("-hosts", "-to-internet", "-to-s3", "-to-endpoints", "-into-endpoints"),
		required("clusterName", "${apps.clusterName}", "${second.clusterName}").on("clustered"),
		tagEdits(),
	}, ruled("ingressRules"), ruled("egressRules"))},
}

var imageBenches = []bench{
	{component: "ContainerImage", edits: []edit{
		free("deleteImages", "true", "false"),
		free("keepImages", "10", "20").makes("-repository"),
		free("scanOnPush", "false", "true"),
		free("tagMutability", "Mutable", "Immutable"),
		free("untaggedImageDays", "3", "5").makes("-repository"),
		free("tag", "'1.0'", "'1.1'"),
		free("digest", "'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'", "'sha256:1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'").on("digest"),
		free("repositoryName", "one", "two").on("named").makes("-repository"),
		free("encryption", "KMS", "AES256").on("encrypted").makes("-repository"),
		free("kmsKeyArn", "arn:aws:kms:us-east-1:123456789012:key/one", "arn:aws:kms:us-east-1:123456789012:key/two").on("keyed").beside("encryption: KMS").makes("-repository"),
		tagEdits(),
	}},
}
