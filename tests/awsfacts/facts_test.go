package awsfacts

// The guides of AWS that facts come from.
const (
	ecsApi     = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
	ecsGuide   = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
	ecrApi     = "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/"
	ecrGuide   = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/"
	ec2Api     = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/"
	elbApi     = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/"
	vpcGuide   = "https://docs.aws.amazon.com/vpc/latest/userguide/"
	linkGuide  = "https://docs.aws.amazon.com/vpc/latest/privatelink/"
	iamGuide   = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
	s3Guide    = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
	ssmGuide   = "https://docs.aws.amazon.com/systems-manager/latest/userguide/"
	logsApi    = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/"
	secretsApi = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/"
	secrets    = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/"
	cdk        = "https://github.com/aws/aws-cdk/blob/v2.275.0/packages/aws-cdk-lib/"
)

// read is when the sources were read last, but where a row says otherwise.
const read = "2026-11"

// Where a source was not read then.
const (
	archived = "2023-06, AWS's archived copy"
	unread   = "when the code was written"
	quoted   = "2026-11, as others quote it"
)

// fact is something that the code believes about AWS.
type fact struct {
	held   string // the names of what holds it, as held finds them
	what   string
	source string
	date   string // "" for read
	// model compares it with the models of the AWS SDK; nil where they do not
	// have it.
	model comparison
}

var facts = []fact{
	// Names and ARNs.
	{"taskplan.name", "names of services, containers and task families", ecsApi + "API_CreateService.html", "", says("ecs", "CreateServiceRequest", "serviceName", "letters (uppercase and lowercase), numbers, underscores, and hyphens")},
	{"taskplan.longestName", "their length", ecsApi + "API_CreateService.html", "", says("ecs", "RegisterTaskDefinitionRequest", "family", "Up to %s letters")},
	{"components.notInFamily", "what a task family cannot hold", ecsApi + "API_RegisterTaskDefinition.html", "", says("ecs", "RegisterTaskDefinitionRequest", "family", "letters (uppercase and lowercase), numbers, underscores, and hyphens")},
	{"components.ecsClusterName components.ecsServiceName", "names of clusters and services", ecsApi + "API_CreateService.html", "", says("ecs", "CreateServiceRequest", "serviceName", "Up to 255 letters (uppercase and lowercase), numbers, underscores, and hyphens")},
	{"components.groupName", "names of security groups", ec2Api + "API_CreateSecurityGroup.html", "", says("ec2", "CreateSecurityGroupRequest", "GroupName", "Up to 255 characters")},
	{"components.logGroupName", "names of log groups", logsApi + "API_CreateLogGroup.html", "", mostIn("logs", "LogGroupName")},
	{"components.roleName", "names of roles", "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html", "", mostIn("iam", "roleNameType")},
	{"components.templateName", "names of launch templates", ec2Api + "API_CreateLaunchTemplate.html", unread, nil},
	{"ec2plan.isName()", "their length", ecsApi + "API_CreateCapacityProvider.html", "", says("ecs", "CreateCapacityProviderRequest", "name", "Up to %s characters are allowed")},
	{"ec2plan.name", "names of clusters and capacity providers", ecsApi + "API_CreateCapacityProvider.html", "", says("ecs", "CreateCapacityProviderRequest", "name", `Up to 255 characters are allowed. They include letters (both upper and lowercase letters), numbers, underscores (_), and hyphens (-). The name can't be prefixed with "aws", "ecs", or "fargate".`)},
	{"taskplan.longestImage", "characters of an image's reference", ecsApi + "API_ContainerDefinition.html", "", says("ecs", "ContainerDefinition", "image", "up to %s characters total")},
	{"taskplan.ecrHost", "hosts of private ECR", ecrGuide + "ecr-requests.html", "", nil},
	{"taskplan.arnPartition", "partitions in ARNs", iamGuide + "reference-arns.html", "", nil},
	{"taskplan.arnRegion", "Regions in ARNs", iamGuide + "reference-arns.html", "", regionsMatch},
	{"taskplan.arnAccount", "account ids in ARNs", iamGuide + "reference-arns.html", "", nil},
	{"components.maxTags", "tags of a resource", "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions", "", nil},
	{"components.maxTagKey", "characters of a tag's key", "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions", "", nil},
	{"components.maxTagValue", "characters of a tag's value", "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions", "", nil},
	{"taskplan.arnForms", "ARNs of roles, policies, keys, clusters and log groups", iamGuide + "reference_identifiers.html", "", arnNames},
	{"taskplan.secretName", "names in the ARNs of secrets, those of AWS's own services among them", secrets + "service-linked-secrets.html", "", secretNames},
	{"taskplan.secretTail", "what AWS adds to a secret's name in its ARN", secretsApi + "API_CreateSecret.html", "", says("secretsmanager", "CreateSecretRequest", "Name", "a hyphen and six random characters")},
	{"taskplan.anyTail", "what stands for it in a policy", secrets + "auth-and-access_iam-policies.html", "", nil},
	{"taskplan.longestSecret", "the length of a secret's name with it", secretsApi + "API_CreateSecret.html", "", longestSecret},
	{"taskplan.parameter", "ARNs of SSM parameters, with a version or a label", "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html", "", nil},
	{"taskplan.secretParameter", "parameters that stand for secrets", ssmGuide + "integration-ps-secretsmanager.html", unread, nil},
	{"taskplan.publicParameters", "parameters that AWS publishes", ssmGuide + "parameter-store-public-parameters.html", unread, nil},
	{"imageplan.repositoryName", "names of ECR repositories", ecrApi + "API_CreateRepository.html", "", samePattern("ecr", "RepositoryName", "app", "a-b_c.d/e1", "my--app", "a__b", "a___b", "a..b", "-a", "a-", "a/", "A", "a b", "a/b--c", "a-_b")},
	{"imageplan.CheckRepositoryName()", "maximum length of such a name; the minimum is 2", ecrApi + "API_CreateRepository.html", "", mostOf("ecr", "RepositoryName")},
	{"imageplan.CheckTag()", "characters of a tag, as registries take it; ECR's own limit is above", "https://pkg.go.dev/github.com/distribution/reference", "", nil},
	{"imageplan.tagName", "tags of images", "https://pkg.go.dev/github.com/distribution/reference", "", nil},
	{"imageplan.digestName", "digests of images", ecsApi + "API_ContainerDefinition.html", "", says("ecs", "ContainerDefinition", "image", "The only supported hash function is sha256, and the hash value after sha256: must be exactly 64 characters")},
	{"endpoints.bucketName", "names of general purpose buckets", s3Guide + "bucketnamingrules.html", unread, nil},
	{"endpoints.reservedBucketPrefixes", "beginnings of bucket names that AWS keeps", s3Guide + "bucketnamingrules.html", unread, nil},
	{"endpoints.reservedBucketSuffixes", "ends of bucket names that AWS keeps", s3Guide + "bucketnamingrules.html", unread, nil},
	{"components.maxDescription", "characters of the description of a security group and its rules", ec2Api + "API_CreateSecurityGroup.html", "", says("ec2", "CreateSecurityGroupRequest", "Description", "Up to %s characters")},
	{"components.notInDescription", "what such a description cannot hold", ec2Api + "API_CreateSecurityGroup.html", "", says("ec2", "CreateSecurityGroupRequest", "Description", "a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$*")},
	{"components.notInDnsName", "what a name of Cloud Map's DNS cannot hold", "https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html", unread, nil},

	// ECS tasks and services.
	{"taskplan.fargateSizes", "CPU units and MiB of memory of Fargate; runs of memory are from, to, step", ecsGuide + "fargate-tasks-services.html#fargate-tasks-size", "", cfnLintSizes},
	{"taskplan.retentions", "days that CloudWatch Logs keeps events", logsApi + "API_PutRetentionPolicy.html", "", says("logs", "Days", "", "Possible values are: %s")},
	{"taskplan.CheckDeployment()", "percentages of a deployment: most to keep, least to run at most", ecsApi + "API_DeploymentConfiguration.html", "", nil},
	{"components.checkPort() components.readIngressFlight() taskplan.CheckHostPort() preflight.names()", "the largest port", ecsApi + "API_PortMapping.html", "", nil},
	{"taskplan.hostsOwnPorts", "ports of hosts that are in use", ecsApi + "API_PortMapping.html", "", says("ecs", "PortMapping", "hostPort", "22 for SSH, the Docker ports 2375 and 2376, and the Amazon ECS container agent ports 51678-51680")},
	{"taskplan.leastMemory", "minimum MiB of a container on a host", ecsApi + "API_ContainerDefinition.html", "", says("ecs", "ContainerDefinition", "memory", "don't specify less than %s MiB")},
	{"taskplan.leastCpu", "minimum CPU units of a task on a host", ecsApi + "API_RegisterTaskDefinition.html", "", says("ecs", "RegisterTaskDefinitionRequest", "cpu", "between %s CPU units")},
	{"taskplan.mostCpu", "maximum CPU units of a task on a host", ecsApi + "API_RegisterTaskDefinition.html", "", says("ecs", "RegisterTaskDefinitionRequest", "cpu", "and %s CPU units")},
	{"taskplan.mostBase", "the largest base of a capacity provider", ecsApi + "API_CapacityProviderStrategyItem.html", "", mostOf("ecs", "CapacityProviderStrategyItemBase")},
	{"taskplan.mostWeight", "the largest weight of a capacity provider", ecsApi + "API_CapacityProviderStrategyItem.html", "", mostOf("ecs", "CapacityProviderStrategyItemWeight")},
	{"preflight.leastStorageGib", "minimum GiB of ephemeral storage", ecsApi + "API_EphemeralStorage.html", "", says("ecs", "EphemeralStorage", "sizeInGiB", "minimum supported value is %s GiB")},
	{"preflight.mostStorageGib", "maximum GiB of ephemeral storage", ecsApi + "API_EphemeralStorage.html", "", says("ecs", "EphemeralStorage", "sizeInGiB", "maximum supported value is %s GiB")},
	{"preflight.fargateDrivers", "log drivers of Fargate", ecsApi + "API_LogConfiguration.html", "", says("ecs", "LogConfiguration", "logDriver", "For tasks on Fargate, the supported log drivers are awslogs, splunk, and awsfirelens.")},
	{"components.maxServiceSubnets", "subnets of a service", ecsApi + "API_AwsVpcConfiguration.html", "", says("ecs", "AwsVpcConfiguration", "subnets", "a limit of %s subnets")},
	{"components.NetworkMode* preflight.NetworkMode*", "network modes; none is not offered", ecsApi + "API_RegisterTaskDefinition.html", "", within("ecs", "NetworkMode")},
	{"components.LaunchType* taskplan.LaunchType*", "launch types; EXTERNAL and MANAGED_INSTANCES are not offered", ecsApi + "API_CreateService.html", "", within("ecs", "LaunchType")},
	{"components.CpuArchitecture* ec2plan.X8664 ec2plan.Arm64", "processor architectures", ecsApi + "API_RuntimePlatform.html", "", within("ecs", "CPUArchitecture")},
	{"components.RuleProtocol*", "protocols of ports and rules", ecsApi + "API_PortMapping.html", "", within("ecs", "TransportProtocol")},
	{"components.containerInsightsSetting", "settings of Container Insights", ecsApi + "API_ClusterSetting.html", "", says("ecs", "ClusterSetting", "value", "The supported values are enhanced, enabled, and disabled.")},
	{"taskplan.Fargate", "capacity providers of Fargate", ecsGuide + "fargate-capacity-providers.html", "", says("ecs", "CreateClusterRequest", "capacityProviders", "FARGATE or FARGATE_SPOT")},
	{"ec2plan.agentSettings", "settings of the ECS agent", ecsGuide + "ecs-agent-config.html", "", nil},
	{"ec2plan.instanceType ec2plan.familyName", "instance types", "https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html", "", instanceTypes},
	{"ec2plan.armFamilies", "families of ARM processors without a g in their series", "https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html", "", nil},
	{"components.leastVolumeGib", "GiB of the snapshot of the ECS-optimised image", ecsGuide + "ecs-optimized_AMI.html", unread, nil},
	{"components.mostVolumeGib", "maximum GiB of a gp3 volume", "https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html", "", says("ec2", "EbsBlockDevice", "VolumeSize", "gp3: 1 - 65,536 GiB")},
	{"components.rootDevice", "the root device of the ECS-optimised image", ecsGuide + "ecs-optimized_AMI.html", unread, nil},
	{"preflight.upstreamHosts preflight.upstreamNames", "how caches of ECR are called", ecrGuide + "pull-through-cache-creating-rule.html", unread, nil},

	// Load balancers, APIs, repositories, flow logs.
	{"components healthCheck.intervalSeconds", "seconds between health checks", elbApi + "API_CreateTargetGroup.html", "", span("elbv2", "HealthCheckIntervalSeconds")},
	{"components healthCheck.timeoutSeconds", "seconds until one has failed", elbApi + "API_CreateTargetGroup.html", "", span("elbv2", "HealthCheckTimeoutSeconds")},
	{"components healthCheck.healthyThreshold", "health checks that count", elbApi + "API_CreateTargetGroup.html", "", span("elbv2", "HealthCheckThresholdCount")},
	{"components healthCheck.unhealthyThreshold", "failed health checks that count", elbApi + "API_CreateTargetGroup.html", "", span("elbv2", "HealthCheckThresholdCount")},
	{"components deregistrationDelaySeconds", "seconds for a target that leaves", elbApi + "API_TargetGroupAttribute.html", "", says("elbv2", "TargetGroupAttribute", "Key", "The range is 0-3600 seconds.")},
	{"components idleTimeoutSeconds", "seconds until an idle connection is closed", elbApi + "API_LoadBalancerAttribute.html", "", says("elbv2", "LoadBalancerAttribute", "Key", "The valid range is 1-4000 seconds.")},
	{"components timeoutMilliseconds", "milliseconds of an HTTP API's integration", "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html", "", span("apigatewayv2", "IntegerWithLengthBetween50And30000")},
	{"components.NetworkProtocol* components.ApplicationProtocol*", "protocols of listeners; TCP_UDP, GENEVE, QUIC and TCP_QUIC are not offered", elbApi + "API_CreateListener.html", "", within("elbv2", "ProtocolEnum")},
	{"components.sslPolicy", "the security policy of TLS listeners", "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html", quoted, nil},
	{"components.accessLogFormat", "variables of an HTTP API's access log", "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html", unread, nil},
	{"components.RepositoryEncryptionAes256 components.RepositoryEncryptionKms", "encryption of repositories; KMS_DSSE is not offered", ecrApi + "API_EncryptionConfiguration.html", "", within("ecr", "EncryptionType")},
	{"components.balancerName", "names of load balancers", elbApi + "API_CreateLoadBalancer.html", "", says("elbv2", "CreateLoadBalancerInput", "Name", "a maximum of 32 characters, must contain only alphanumeric characters or hyphens")},
	{"components.notInBalancerName", "what such a name cannot hold", elbApi + "API_CreateLoadBalancer.html", "", says("elbv2", "CreateLoadBalancerInput", "Name", "must contain only alphanumeric characters or hyphens")},
	{"components.lastPriority", "the last priority of a listener rule", elbApi + "API_CreateRule.html", "", nil},
	{"components healthCheckGracePeriodSeconds", "seconds in which health checks do not count", ecsApi + "API_CreateService.html", "", nil},
	{"components.readBalancer()", "characters of the server name that an HTTP API checks", "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html", "", says("apigatewayv2", "StringWithLengthBetween1And512", "", "between [1-%s]")},
	{"components.cloudMapServiceName components.dnsNames components.checkNames()", "names of Cloud Map, and of DNS", "https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html", unread, nil},
	{"components.linkZones", "zones that a VPC link needs", "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html", unread, nil},
	{"components.check()", "seconds that flow logs aggregate over", ec2Api + "API_CreateFlowLogs.html", "", says("ec2", "CreateFlowLogsRequest", "MaxAggregationInterval", "The possible values are 60 seconds (1 minute) or 600 seconds (10 minutes).")},
	{"components.flowLogTraffic", "traffic in flow logs", ec2Api + "API_CreateFlowLogs.html", "", tableWithin("ec2", "TrafficType")},

	// Networks.
	{"netplan.largestBlock", "bits of the largest block of a VPC", vpcGuide + "vpc-cidr-blocks.html", archived, nil},
	{"netplan.smallestSubnet", "bits of the smallest block of a VPC and a subnet", vpcGuide + "vpc-cidr-blocks.html", archived, nil},
	{"netplan.ipv6Places", "IPv6 subnets that are kept for each tier, of the 256 in a VPC's /56", ec2Api + "API_CreateVpc.html", "", says("ec2", "CreateVpcRequest", "AmazonProvidedIpv6CidrBlock", "an Amazon-provided IPv6 CIDR block with a /56 prefix length")},
	{"netplan.reserved", "addresses that AWS keeps in a subnet", vpcGuide + "subnet-sizing.html", unread, nil},
	{"netplan.maxZoneBlocks", "secondary blocks of a VPC, unless more are asked for", vpcGuide + "amazon-vpc-limits.html", archived, nil},
	{"netplan.ten netplan.tenLow netplan.tenZero netplan.oneSeven netplan.default31 netplan.oneNine netplan.bench netplan.linkLocal", "ranges that restrict secondary blocks", vpcGuide + "vpc-cidr-blocks.html", archived, nil},
	{"netplan.zoneName netplan.regionName endpoints.regionForm", "names of Regions and availability zones", "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html", "", regionsMatch},
	{"netplan.localZoneName", "names of Local and Wavelength Zones", "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html", unread, nil},
	{"netplan.zoneID", "ids of availability zones", "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html", unread, nil},
	{"components.maxCostZones", "availability zones that a network can be in", "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html", unread, nil},
	{"components.maxCostServices", "interface endpoints of a VPC, unless more are asked for", vpcGuide + "amazon-vpc-limits.html", archived, nil},

	// Endpoints.
	{"endpoints.services", "services with an interface endpoint, their prefixes, and which take a policy", linkGuide + "aws-services-privatelink-support.html", "", nil},
	{"endpoints.serviceForm", "short names of endpoint services", linkGuide + "aws-services-privatelink-support.html", "", nil},
	{"endpoints.namePrefixes endpoints.regionalPrefixes", "what their full names begin with, by Region", cdk + "aws-ec2/lib/vpc-endpoint.ts", "", nil},
	{"endpoints.partitions", "partitions and the ends of their names", "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html", "", partitions},
	{"endpoints.regionsBeforeEcsEndpoints", "Regions from before 23 December 2023", ecsGuide + "vpc-endpoints.html", "", oldRegions},
	{"endpoints.Default", "endpoints that tasks need", ecsGuide + "vpc-endpoints.html", "", nil},
	{"endpoints.EcsOnEc2", "endpoints that EC2 hosts need", ecsGuide + "vpc-endpoints.html", "", nil},
	{"endpoints.maxPolicy", "characters of an endpoint policy", linkGuide + "vpc-endpoints-access.html", "", nil},
	{"endpoints.bucketActions endpoints.objectActions", "actions of S3 in the endpoint policy", "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html", unread, nil},
	{"endpoints.unsupportedZones", "zones without Fargate, or without what else a network needs", ecsGuide + "AWS_Fargate-Regions.html", "", nil},
	{"endpoints.systemsManager endpoints.otherNames", "what services are called that have another endpoint name", linkGuide + "aws-services-privatelink-support.html", "", nil},

	// Costs.
	{"costplan.table", "prices by Region, in millionths of a dollar, with the date of each price list", "https://aws.amazon.com/vpc/pricing/", "", nil},
}

// ours are literals that are no belief about AWS: names, texts and defaults of
// this project, and pages.
var ours = []string{
	"components numberOf*",
	"components.ContainerInsights*", "components.DeploymentCircuitBreaker*", "components.Egress*", "components.EndpointAccess*", "components.EndpointPolicies*",
	"components.ClusterTypes", "components.FindingSeverity*", "components.FlowLogTraffic*", "components.HostPlacement*", "components.NatMode*", "components.NetworkKind*",
	"components.Preflight*", "components.SubnetTier*", "components.TagMutability*", "components.TaskVerdict*",
	"components.subnetTiers", "components.*GroupDescription", "components.default*", "components.anywhere", "components.awsVersion", "components.awsxVersion",
	"components.egressValues", "components.networkKinds", "components.ruleName",
	"costplan.HoursPerMonth", "costplan.Sources", "costplan.maxPrice", "costplan.milli",
	"components.applicationBalancer", "components.arrives*", "components.networkBalancer", "components.automaticSuffix", "components.allRequests", "components.drainTimeout", "components.hostWarmupSeconds",
	"components.everyClaim", "components.peerTypes", "components.targetPort",
	"components.keepSshClosed()", "components.closedToS3()", "components.plan()", "imageplan.IsRepositoryName()", "taskplan.imageFault()",
	"endpoints.notOne",
	"netplan.Private", "netplan.Public", "netplan.Data", "netplan.Tiers", "netplan.path*",
	"netfacts.None", "netfacts.NatGateway", "netfacts.InternetGateway", "preflight.Severity*", "preflight.classicHost", "preflight.*Guide", "preflight.*Docs", "preflight.ecsApi", "preflight.exec*", "preflight.efsSays", "taskplan.insideSuffixes",
	// The rules, which name their pages and are in docs/preflight.md.
	"preflight.addresses", "preflight.control", "preflight.drivers", "preflight.families", "preflight.foreign", "preflight.images", "preflight.logs", "preflight.names",
	"preflight.pulls", "preflight.secrets", "preflight.shellRoles", "preflight.shells", "preflight.sizes", "preflight.storage", "preflight.zones",
	"taskplan.hostsOwnPort", "taskplan.path*",
}
