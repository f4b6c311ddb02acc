package children

const always = "always"

// Subnets are the rows of a tier: what each of its zones has.
type Subnets struct{ Subnet, RouteTable, Association *Child }

func subnets(of []string, tier string, ids, tables []string) Subnets {
	pattern := "NAME-" + tier + "-LETTER"
	s := Subnets{
		Subnet:      row(of, "aws:ec2/subnet:Subnet", pattern, eachZone, ids...),
		RouteTable:  row(of, "aws:ec2/routeTable:RouteTable", pattern, eachZone, tables...),
		Association: row(of, "aws:ec2/routeTableAssociation:RouteTableAssociation", pattern, eachZone),
	}
	s.Subnet.Tier = tier
	return s
}

const (
	eachZone  = "for each zone"
	withFlows = "`flowLogs` is given"
)

// The children of networks.
var (
	Vpc          = row(Vpcs, "aws:ec2/vpc:Vpc", "NAME-vpc", always, "vpcId", "cidrBlock")
	DefaultGroup = row(Vpcs, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "NAME-default", always)
	ZoneBlock    = row(Vpcs, "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "NAME-block-LETTER", "for each zone in `zoneCidrBlocks`")

	Private = subnets(natted, "private", []string{"subnetIds", "subnetIdByZone"}, []string{"routeTableIds", "routeTableIdByZone"})
	Public  = subnets(published, "public", []string{"publicSubnetIds", "publicSubnetIdByZone"}, []string{"publicRouteTableIdByZone"})

	InternetGateway = row(published, "aws:ec2/internetGateway:InternetGateway", "NAME-internet", always)
	PublicRoute     = row(published, "aws:ec2/route:Route", "NAME-public-LETTER", eachZone)
	PrivateRoute    = row([]string{NatNetwork}, "aws:ec2/route:Route", "NAME-private-LETTER", eachZone)
	NatGateway      = row([]string{NatNetwork}, "aws:ec2/natGateway:NatGateway", "NAME-nat-LETTER",
		"for each zone, without `allocationIds`; with `natMode: Single` for the first", "natGatewayIdByZone", "natPublicIpByZone")
	NatGatewayOfAddress = row([]string{NatNetwork}, "aws:ec2/natGateway:NatGateway", "NAME-nat-ADDRESS",
		"the same, with `allocationIds`", "natGatewayIdByZone", "natPublicIpByZone")
	NatAddress = row([]string{NatNetwork}, "aws:ec2/eip:Eip", "NAME-nat-LETTER", "for each NAT gateway, without `allocationIds`")

	EndpointGroup = row(natted, "aws:ec2/securityGroup:SecurityGroup", "NAME-endpoints", always, "endpointSecurityGroupId")
	EndpointsSelf = row(natted, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "NAME-endpoints-self", always)
	EndpointsVpc  = row(natted, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "NAME-endpoints-vpc", "`endpointAccess` is `Vpc`")
	EndpointsZone = row(natted, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "NAME-endpoints-vpc-LETTER", "the same, for each zone in `zoneCidrBlocks`")
	S3Endpoint    = row(natted, "aws:ec2/vpcEndpoint:VpcEndpoint", "NAME-endpoint-s3", always, "endpointIdByService", "s3PrefixListId")
	Endpoint      = row(natted, "aws:ec2/vpcEndpoint:VpcEndpoint", "NAME-endpoint-SERVICE", "for each endpoint service", "endpointIdByService")

	FlowLogsGroup  = row(Vpcs, "aws:cloudwatch/logGroup:LogGroup", "NAME-flow-logs", withFlows)
	FlowLogsRole   = row(Vpcs, "aws:iam/role:Role", "NAME-flow-logs", withFlows)
	FlowLogsPolicy = row(Vpcs, "aws:iam/rolePolicy:RolePolicy", "NAME-flow-logs", withFlows)
	FlowLog        = row(Vpcs, "aws:ec2/flowLog:FlowLog", "NAME-flow-logs", withFlows)
)

// OfTier are the rows of the tiers that networks make, with their default route,
// by the tier's name.
var OfTier = map[string]struct {
	Subnets
	Route *Child
}{
	"private": {Private, PrivateRoute},
	"public":  {Public, PublicRoute},
}

// The children of an EcsCluster.
var (
	cluster       = []string{EcsCluster}
	withExecution = "unless `executionRole` is false"

	Cluster                = row(cluster, "aws:ecs/cluster:Cluster", "NAME-cluster", always, "clusterArn", "clusterName")
	ClusterProviders       = row(cluster, "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "NAME-capacity", "unless `capacityProviders` is an empty list")
	ExecLogs               = row(cluster, "aws:cloudwatch/logGroup:LogGroup", "NAME-exec", always, "executeCommandLogGroupArn")
	ClusterExecutionRole   = row(cluster, "aws:iam/role:Role", "NAME-execution", withExecution, "executionRoleArn")
	ClusterExecutionPolicy = row(cluster, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "NAME-execution", withExecution)
)

// The children of services. Those of a security group's rules are also those of
// an Ec2Capacity.
var (
	withoutExecution = "without `executionRoleArn`"
	viaApi           = "`ingress` is an `ApiIngress`"

	Logs            = row(Services, "aws:cloudwatch/logGroup:LogGroup", "NAME-logs", always, "logGroupName")
	ExecutionRole   = row(Services, "aws:iam/role:Role", "NAME-execution", withoutExecution, "executionRoleArn")
	ExecutionPolicy = row(Services, "aws:iam/rolePolicy:RolePolicy", "NAME-execution", withoutExecution)
	TaskRole        = row(Services, "aws:iam/role:Role", "NAME-task", "without `taskRoleArn`", "taskRoleArn")
	TaskPolicy      = row(Services, "aws:iam/rolePolicy:RolePolicy", "NAME-task", "without `taskRoleArn`, with `enableExecuteCommand`")
	TaskGroup       = row(fargate, "aws:ec2/securityGroup:SecurityGroup", "NAME-tasks", always, "securityGroupId")
	// The same name, in case one takes over from the other.
	TaskGroupOnHosts = row([]string{Ec2Service}, "aws:ec2/securityGroup:SecurityGroup", "NAME-tasks", "network mode `awsvpc`", "securityGroupId")

	ToEndpoints = row(guarded, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "NAME-to-endpoints",
		"the network has a security group of interface endpoints, or endpoints and no other way out")
	IntoEndpoints = row(guarded, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "NAME-into-endpoints",
		"the network has such a group, and its `endpointAccess` is `PerService`")
	ToS3        = row(guarded, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "NAME-to-s3", "the network has an S3 gateway endpoint")
	ToInternet  = row(guarded, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "NAME-to-internet", "the network's `egress` is not `None`")
	IngressRule = row(guarded, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "NAME-ingress-RULE",
		"for each rule in `ingressRules`; those that open the same thing are one")
	EgressRule = row(guarded, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "NAME-egress-RULE",
		"for each rule in `egressRules`; those that open the same thing are one, also with those above")

	TaskDefinition = row(Services, "aws:ecs/taskDefinition:TaskDefinition", "NAME-task", always, "taskDefinitionArn")
	FromIngress    = row(Services, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "NAME-from-INGRESS-PROTOCOL-PORT",
		"`ingress` is given; once for requests, and once for health checks of another port or protocol")
	IngressToTasks = row(Services, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "NAME-from-INGRESS-PROTOCOL-PORT",
		"the same; the rule is on the ingress's group")
	Targets        = row(Services, "aws:lb/targetGroup:TargetGroup", "NAME-ROUTE-targets", "`ingress` is an `ApplicationIngress` or a `NetworkIngress`")
	Rule           = row(Services, "aws:lb/listenerRule:ListenerRule", "NAME-ROUTE-rule", "`ingress` is an `ApplicationIngress`")
	RouteListener  = row(Services, "aws:lb/listener:Listener", "NAME-ROUTE-listener", "`ingress` is a `NetworkIngress`", "listenerArn")
	RouteRegistry  = row(Services, "aws:servicediscovery/service:Service", "NAME-ROUTE-registry", viaApi)
	ApiIntegration = row(Services, "aws:apigatewayv2/integration:Integration", "NAME-ROUTE-integration", viaApi)
	ApiRoute       = row(Services, "aws:apigatewayv2/route:Route", "NAME-ROUTE-route", viaApi)

	Service = row(Services, "aws:ecs/service:Service", "NAME-service", always, "serviceArn", "serviceName").
		in(InPrivate, FargatePrivateService, Ec2Service).in(InPublic, FargatePublicService)
)

// The children of an Ec2Capacity.
var (
	capacity = []string{Ec2Capacity}

	HostGroup        = row(capacity, "aws:ec2/securityGroup:SecurityGroup", "NAME-hosts", always, "securityGroupId")
	HostRole         = row(capacity, "aws:iam/role:Role", "NAME-host", always, "instanceRoleArn", "instanceRoleName")
	HostPolicy       = row(capacity, "aws:iam/rolePolicy:RolePolicy", "NAME-host", always)
	HostProfile      = row(capacity, "aws:iam/instanceProfile:InstanceProfile", "NAME-host", always)
	HostTemplate     = row(capacity, "aws:ec2/launchTemplate:LaunchTemplate", "NAME-host", always, "launchTemplateId")
	Hosts            = row(capacity, "aws:autoscaling/group:Group", "NAME-hosts", always, "autoScalingGroupName").in(AsTemplate, Ec2Capacity)
	CapacityProvider = row(capacity, "aws:ecs/capacityProvider:CapacityProvider", "NAME-capacity", always, "capacityProviderArn", "capacityProviderName")
	ProvidersOf      = row(capacity, "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "CLUSTER-capacity", "unless `associateWithCluster` is false")
)

// The children of ingresses.
var (
	api           = []string{ApiIngress}
	application   = []string{ApplicationIngress}
	behindAnother = "`loadBalancer` is given"

	BalancerGroup = row(Balancers, "aws:ec2/securityGroup:SecurityGroup", "NAME-ingress", always, "securityGroupId")
	LoadBalancer  = row(Balancers, "aws:lb/loadBalancer:LoadBalancer", "NAME-lb", always, "loadBalancerArn", "dnsName", "zoneId").in(AsInternal, Balancers...)
	HttpListener  = row(application, "aws:lb/listener:Listener", "NAME-http", "it listens on port 80", "listenerArn")
	HttpsListener = row(application, "aws:lb/listener:Listener", "NAME-https", "it listens on port 443", "listenerArn")
	Listener      = row(application, "aws:lb/listener:Listener", "NAME-listener-PORT", "it listens on another port", "listenerArn")
	FromPeer      = row(Balancers, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "NAME-from-PEER-PORT", "for each entry of `allowFrom` and each port")

	Api = row(api, "aws:apigatewayv2/api:Api", "NAME-api", always, "apiId", "url")
	// The link is in some of the private subnets, or where the user wants it.
	Link           = row(api, "aws:apigatewayv2/vpcLink:VpcLink", "NAME-link", always, "vpcLinkId")
	LinkGroup      = row(api, "aws:ec2/securityGroup:SecurityGroup", "NAME-link", always, "securityGroupId")
	Integration    = row(api, "aws:apigatewayv2/integration:Integration", "NAME-integration", behindAnother)
	DefaultRoute   = row(api, "aws:apigatewayv2/route:Route", "NAME-default", behindAnother)
	Stage          = row(api, "aws:apigatewayv2/stage:Stage", "NAME-stage", always)
	AccessLogs     = row(api, "aws:cloudwatch/logGroup:LogGroup", "NAME-access", always, "logGroupName")
	Namespace      = row(api, "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace", "NAME-namespace", "without `loadBalancer`", "namespaceId")
	ToLoadBalancer = row(api, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "NAME-to-load-balancer", behindAnother)
	FromApi        = row(api, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "NAME-to-load-balancer", "the same; the rule is on the load balancer's group")
)

// The children of a ContainerImage.
var (
	image = []string{ContainerImage}

	Repository = row(image, "aws:ecr/repository:Repository", "NAME-repository", always, "repositoryArn", "repositoryName", "repositoryUrl")
	Lifecycle  = row(image, "aws:ecr/lifecyclePolicy:LifecyclePolicy", "NAME-repository", always)
	Image      = row(image, "awsx:ecr:Image", "NAME-image", "`build` is given", "imageUri")
)
