package components

import (
	"maps"
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// askedGracePeriod is the grace period of the fixtures.
const askedGracePeriod = 77

// everyRule has rules with every argument of a rule.
func everyRule(key string) map[string]RuleArgs {
	return map[string]RuleArgs{
		key:    {Port: ptr(53), Protocol: ptr(RuleProtocolUdp), CidrBlock: pulumi.String("10.0.0.0/16"), Description: ptr(key)},
		"peer": {FromPort: ptr(8080), ToPort: ptr(8081), SecurityGroupId: pulumi.String("sg-1")},
		"list": {Port: ptr(443), PrefixListId: pulumi.String("pl-1")},
	}
}

// everyPeer has peers with every argument of a peer.
func everyPeer() map[string]PeerArgs {
	return map[string]PeerArgs{
		"office": {CidrBlock: pulumi.String("198.51.100.0/24"), Description: ptr("The office")},
		"peer":   {SecurityGroupId: pulumi.String("sg-1")},
		"list":   {PrefixListId: pulumi.String("pl-1")},
	}
}

func everyHealthCheck() *HealthCheckArgs {
	return &HealthCheckArgs{
		Port: ptr(8081), Path: ptr("/health"), Matcher: ptr("200-204"), IntervalSeconds: ptr(10), TimeoutSeconds: ptr(3),
		HealthyThreshold: ptr(3), UnhealthyThreshold: ptr(4),
	}
}

func everyFlowLog() *FlowLogsArgs {
	return &FlowLogsArgs{TrafficType: ptr(FlowLogTrafficReject), RetentionInDays: ptr(7), MaxAggregationIntervalSeconds: ptr(60)}
}

// everyTargetArg sets every argument of a service that its target group has.
func everyTargetArg(a *FargatePrivateServiceArgs) {
	a.HealthCheck, a.DeregistrationDelaySeconds = everyHealthCheck(), ptr(10)
	sets(a)
}

const boundary = "arn:aws:iam::123456789012:policy/boundary"

// everythingOfService is every argument of a service that goes together, but for
// its place, its image and its way in.
func everythingOfService(a *FargatePrivateServiceArgs) {
	a.ServiceName, a.ContainerName = ptr("sample-service"), ptr("app")
	a.Command = pulumi.ToStringArray([]string{"sleep", "3600"})
	a.Environment = map[string]pulumi.StringInput{"STAGE": pulumi.String("test"), "A": pulumi.String("1")}
	a.Secrets = map[string]pulumi.StringInput{
		"DB":  pulumi.String("arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:password::"),
		"API": pulumi.String("arn:aws:secretsmanager:us-east-1:123456789012:secret:api"),
		"KEY": pulumi.String("arn:aws:ssm:us-east-1:123456789012:parameter/app/key"),
	}
	a.KmsKeyArns = pulumi.ToStringArray([]string{"arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"})
	a.Cpu, a.MemoryMib, a.DesiredCount = ptr(1024), ptr(4096), ptr(4)
	a.CpuArchitecture = ptr(CpuArchitectureArm64)
	a.CapacityProviders = map[string]CapacityProviderArgs{"FARGATE": {Base: ptr(1), Weight: ptr(1)}, "FARGATE_SPOT": {Weight: ptr(3)}}
	a.ContainerPort = ptr(8080)
	a.IngressRules, a.EgressRules = everyRule("clients"), everyRule("dns")
	a.LogRetentionInDays = ptr(90)
	a.PermissionsBoundaryArn, a.RolePath = pulumi.String(boundary), ptr("/apps/")
	a.DeploymentMinimumHealthyPercent, a.DeploymentMaximumPercent = ptr(50), ptr(150)
	a.DeploymentCircuitBreaker = ptr(DeploymentCircuitBreakerStop)
	a.EnableExecuteCommand = ptr(true)
	a.ExecuteCommandLogGroupArn = pulumi.String("arn:aws:logs:us-east-1:123456789012:log-group:exec")
	a.WaitForSteadyState = ptr(false)
	a.Timeouts = &ServiceTimeoutsArgs{CreateMinutes: ptr(5), UpdateMinutes: ptr(6), DeleteMinutes: ptr(7)}
	a.HealthCheckGracePeriodSeconds = ptr(askedGracePeriod)
	a.Preflight, a.Region = ptr(PreflightWarn), ptr("us-east-1")
	a.Tags = pulumi.StringMap{"team": pulumi.String("payments")}
}

// givenRoles are the arguments in whose place everythingOfService has others.
func givenRoles(a *FargatePrivateServiceArgs) {
	a.ExecutionRoleArn = pulumi.String("arn:aws:iam::123456789012:role/execution")
	a.TaskRoleArn = pulumi.String("arn:aws:iam::123456789012:role/task")
	a.EnableExecuteCommand = ptr(true)
}

// onPublic is a FargatePublicService behind a load balancer.
func onPublic(edit func(*FargatePrivateServiceArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		network, err := NewPublicNetwork(ctx, "net", nil)
		if err != nil {
			return err
		}
		in, err := NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{
			Network: network, Internal: ptr(false), AllowFrom: map[string]PeerArgs{"office": {CidrBlock: pulumi.String("198.51.100.0/24")}},
		})
		if err != nil {
			return err
		}
		cluster, err := NewEcsCluster(ctx, "apps", nil)
		if err != nil {
			return err
		}
		args := FargatePrivateServiceArgs{
			Network: network, Cluster: cluster, Image: pulumi.String(mockImage),
			Ingress: in, ContainerPort: ptr(8080),
		}
		edit(&args)
		everyTargetArg(&args)
		public := FargatePublicServiceArgs(args)
		_, err = NewFargatePublicService(ctx, "game", sets(&public))
		return err
	}
}

// everythingOnHosts has every argument of a service that it shares with Fargate,
// under the same names, and those of its own.
func everythingOnHosts(a *Ec2ServiceArgs) {
	shared := &FargatePrivateServiceArgs{}
	everythingOfService(shared)
	shared.CapacityProviders = nil // Fargate's
	from, to := reflect.ValueOf(shared).Elem(), reflect.ValueOf(a).Elem()
	for i := range from.NumField() {
		if f := from.Type().Field(i); !from.Field(i).IsZero() {
			to.FieldByName(f.Name).Set(from.Field(i))
		}
	}
	a.NetworkMode, a.AssignPublicIp, a.HostPort, a.PortProtocol = ptr(NetworkModeAwsvpc), ptr(false), ptr(8080), ptr(RuleProtocolTcp)
}

// everythingAboutHosts is a service on hosts, behind a load balancer, with every
// argument that goes together on each.
func everythingAboutHosts(ctx *pulumi.Context) error {
	var in *ApplicationIngress
	network := func(ctx *pulumi.Context) (NetworkInput, error) {
		n, err := isolatedForHosts(ctx)
		if err != nil {
			return nil, err
		}
		in, err = NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{Network: n})
		return n, err
	}
	return hosts(network, everythingOfHosts, func(a *Ec2ServiceArgs) {
		everythingOnHosts(sets(a))
		a.Ingress, a.HealthCheck, a.DeregistrationDelaySeconds = in, everyHealthCheck(), ptr(10)
	})(ctx)
}

func init() {
	maps.Copy(programs, map[string]pulumi.RunFunc{
		"public-network-counted": func(ctx *pulumi.Context) error {
			_, err := NewPublicNetwork(ctx, "net", sets(&PublicNetworkArgs{NumberOfAvailabilityZones: ptr(3), MaxAvailabilityZones: ptr(4)}))
			return err
		},
		"nat-network-blocks": func(ctx *pulumi.Context) error {
			_, err := NewNatNetwork(ctx, "net", sets(&NatNetworkArgs{
				AvailabilityZones: []string{"us-east-1a", "us-east-1b", "us-east-1c"},
				ZoneCidrBlocks:    map[string]string{"us-east-1c": "10.9.0.0/20"}, PrivateCidrBlocks: map[string]string{"us-east-1a": "10.0.130.0/24"},
				EndpointServices: []string{"logs"}, EndpointAccess: ptr(EndpointAccessVpc), FlowLogs: everyFlowLog(), Region: ptr("us-east-1"),
			}))
			return err
		},
		"ecs-cluster-bare": func(ctx *pulumi.Context) error {
			_, err := NewEcsCluster(ctx, "apps", &EcsClusterArgs{CapacityProviders: []string{}, ExecutionRole: ptr(false)})
			return err
		},
		"public-service-everything": onPublic(everythingOfService),
		"public-service-with-given-roles": onPublic(func(a *FargatePrivateServiceArgs) {
			givenRoles(a)
			byArn(a)
		}),
		"hosts-with-given-roles": hosts(isolatedForHosts, nil, func(a *Ec2ServiceArgs) {
			shared := &FargatePrivateServiceArgs{}
			givenRoles(shared)
			a.ExecutionRoleArn, a.TaskRoleArn, a.EnableExecuteCommand = shared.ExecutionRoleArn, shared.TaskRoleArn, shared.EnableExecuteCommand
			a.Cluster, a.ClusterArn = nil, pulumi.String(mockCluster)
			sets(a)
		}),
		"application-ingress-everything": behind(func(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
			return NewApplicationIngress(ctx, "web", sets(&ApplicationIngressArgs{
				Network: n, Internal: ptr(false), AllowFrom: everyPeer(), Protocol: ptr(ApplicationProtocolHttps), CertificateArn: pulumi.String(mockCertificate),
				Port: ptr(8443), RedirectHttp: ptr(true), IdleTimeoutSeconds: ptr(30),
				AccessLogs: &AccessLogsArgs{Bucket: pulumi.String("logs"), Prefix: pulumi.String("web")}, Tags: pulumi.StringMap{"team": pulumi.String("payments")},
			}))
		}, everyTargetArg),
		"network-ingress-everything": behind(func(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
			return NewNetworkIngress(ctx, "game", sets(&NetworkIngressArgs{
				Network: n, Internal: ptr(false), AllowFrom: everyPeer(), Protocol: ptr(NetworkProtocolTls), CertificateArn: pulumi.String(mockCertificate),
				Port:       ptr(7000),
				AccessLogs: &AccessLogsArgs{Bucket: pulumi.String("logs"), Prefix: pulumi.String("game")}, Tags: pulumi.StringMap{"team": pulumi.String("payments")},
			}))
		}),
		"api-ingress-everything": behind(func(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
			web, err := NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{Network: n, CertificateArn: pulumi.String(mockCertificate), RedirectHttp: ptr(false)})
			if err != nil {
				return nil, err
			}
			_, err = NewApiIngress(ctx, "api", sets(&ApiIngressArgs{
				Network: n, LoadBalancer: web, ServerNameToVerify: pulumi.String("web.example.com"), LinkSubnetIds: pulumi.ToStringArray([]string{"subnet-1"}),
				NamespaceName: ptr("x.internal"), TimeoutMilliseconds: ptr(1000), ThrottlingRateLimit: ptr(50.5), ThrottlingBurstLimit: ptr(100),
				LogRetentionInDays: ptr(7), Tags: pulumi.StringMap{"team": pulumi.String("payments")},
			}))
			return web, err
		}),
		"container-image-built-everything": func(ctx *pulumi.Context) error {
			_, err := NewContainerImage(ctx, "app", sets(&ContainerImageArgs{
				Tag: pulumi.String("1.4"),
				Build: &ContainerImageBuildArgs{
					Context: ptr("testdata/image"), Dockerfile: ptr("testdata/image/Dockerfile"), Target: ptr("final"),
					Args: map[string]pulumi.StringInput{"VERSION": pulumi.String("1")}, CpuArchitecture: ptr(CpuArchitectureArm64),
				},
			}))
			return err
		},
	})
}
