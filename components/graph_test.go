package components

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

var update = flag.Bool("update", false, "write the golden files anew")

func tokenType(t string) tokens.Type { return tokens.Type(t) }

func parentType(parent string) tokens.Type {
	if u := resource.URN(parent); parent != "" && u.QualifiedType() != resource.RootStackType {
		return u.QualifiedType()
	}
	return ""
}

func ptr[T any](v T) *T { return &v }

// programs are the systems whose resource graphs are held by golden files, and
// over which every security promise is asserted.
var programs = map[string]pulumi.RunFunc{
	"isolated-vpc": func(ctx *pulumi.Context) error {
		_, err := NewIsolatedVpc(ctx, "net", nil)
		return err
	},
	"isolated-vpc-everything": func(ctx *pulumi.Context) error {
		_, err := NewIsolatedVpc(ctx, "net", sets(&IsolatedVpcArgs{
			CidrBlock:         ptr("10.1.0.0/16"),
			AvailabilityZones: []string{"us-east-1a", "", "us-east-1c"},
			ZoneCidrBlocks:    map[string]string{"us-east-1c": "10.9.0.0/20"},
			PrivateCidrBlocks: map[string]string{"us-east-1a": "10.1.200.0/24"},
			EndpointServices:  []string{"com.amazonaws.us-east-1.logs", "sqs"},
			EcsOnEc2:          ptr(true),
			EndpointAccess:    ptr(EndpointAccessVpc),
			EndpointPolicies:  ptr(EndpointPoliciesAccount),
			S3Buckets:         []string{"reports"},
			FlowLogs:          everyFlowLog(),
			Region:            ptr("us-east-1"),
			Tags:              pulumi.StringMap{"team": pulumi.String("payments"), "Name": pulumi.String("mine")},
		}))
		return err
	},
	"isolated-vpc-bare": func(ctx *pulumi.Context) error {
		_, err := NewIsolatedVpc(ctx, "net", sets(&IsolatedVpcArgs{
			NumberOfAvailabilityZones: ptr(3), MaxAvailabilityZones: ptr(4),
			EndpointServices: []string{}, EndpointPolicies: ptr(EndpointPoliciesOpen),
		}))
		return err
	},
	"nat-network": func(ctx *pulumi.Context) error {
		_, err := NewNatNetwork(ctx, "net", nil)
		return err
	},
	"nat-network-everything": func(ctx *pulumi.Context) error {
		_, err := NewNatNetwork(ctx, "net", sets(&NatNetworkArgs{
			CidrBlock: ptr("10.1.0.0/16"), AvailabilityZones: []string{"us-east-1a", "", "us-east-1c"}, MaxAvailabilityZones: ptr(4),
			PublicCidrBlocks: map[string]string{"us-east-1a": "10.1.3.0/24"}, NatMode: ptr(NatModeOnePerAz),
			AllocationIds:    []pulumi.StringInput{pulumi.String("eipalloc-1"), pulumi.String("eipalloc-2")},
			EndpointServices: []string{"ecr.api"}, EndpointPolicies: ptr(EndpointPoliciesAccount), S3Buckets: []string{"reports"},
			FlowLogs: &FlowLogsArgs{}, Tags: pulumi.StringMap{"team": pulumi.String("payments")},
		}))
		return err
	},
	"nat-network-single": func(ctx *pulumi.Context) error {
		_, err := NewNatNetwork(ctx, "net", sets(&NatNetworkArgs{NatMode: ptr(NatModeSingle), NumberOfAvailabilityZones: ptr(3), MaxAvailabilityZones: ptr(4)}))
		return err
	},
	"public-network": func(ctx *pulumi.Context) error {
		_, err := NewPublicNetwork(ctx, "net", nil)
		return err
	},
	"public-network-everything": func(ctx *pulumi.Context) error {
		_, err := NewPublicNetwork(ctx, "net", sets(&PublicNetworkArgs{
			CidrBlock: ptr("10.1.0.0/16"), AvailabilityZones: []string{"us-east-1a", "", "us-east-1c"}, MaxAvailabilityZones: ptr(2),
			ZoneCidrBlocks: map[string]string{"us-east-1c": "10.9.0.0/20"}, PublicCidrBlocks: map[string]string{"us-east-1a": "10.1.3.0/24"},
			FlowLogs: &FlowLogsArgs{TrafficType: ptr(FlowLogTrafficAccept), RetentionInDays: ptr(7), MaxAggregationIntervalSeconds: ptr(60)},
			Region:   ptr("us-east-1"), Tags: pulumi.StringMap{"team": pulumi.String("payments")},
		}))
		return err
	},
	"private-service-behind-nat": func(ctx *pulumi.Context) error {
		network, err := NewNatNetwork(ctx, "net", nil)
		if err != nil {
			return err
		}
		_, err = NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{
			Network: network, ClusterArn: pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/prod"), Image: pulumi.String(mockImage),
		})
		return err
	},
	"service-behind-application-ingress": behind(func(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
		return NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{Network: n})
	}),
	"service-behind-public-https": behind(func(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
		return NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{
			Network: n, Internal: ptr(false), AllowFrom: map[string]PeerArgs{"everyone": {CidrBlock: pulumi.String("0.0.0.0/0"), Description: ptr(writtenByTheUser)}},
			CertificateArn:     pulumi.String(mockCertificate),
			IdleTimeoutSeconds: ptr(30),
			AccessLogs:         &AccessLogsArgs{Bucket: pulumi.String("logs"), Prefix: pulumi.String("web")}, Tags: pulumi.StringMap{"team": pulumi.String("payments")},
		})
	}, func(a *FargatePrivateServiceArgs) {
		a.HealthCheck = &HealthCheckArgs{Path: ptr("/health"), IntervalSeconds: ptr(10), TimeoutSeconds: ptr(3)}
		a.DeregistrationDelaySeconds = ptr(60)
	}),
	"service-behind-network-ingress": behind(func(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
		return NewNetworkIngress(ctx, "game", &NetworkIngressArgs{
			Network: n, Protocol: ptr(NetworkProtocolUdp), Port: ptr(27015), AllowFrom: map[string]PeerArgs{"office": {CidrBlock: pulumi.String("198.51.100.0/24")}},
		})
	}),
	"service-behind-checked-udp": behind(func(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
		return NewNetworkIngress(ctx, "game", &NetworkIngressArgs{Network: n, Protocol: ptr(NetworkProtocolUdp)})
	}, func(a *FargatePrivateServiceArgs) { a.HealthCheck = &HealthCheckArgs{Port: ptr(8081)} }),
	"service-behind-tls": behind(func(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
		return NewNetworkIngress(ctx, "game", &NetworkIngressArgs{Network: n, CertificateArn: pulumi.String(mockCertificate), Port: ptr(7000)})
	}),
	"service-behind-tls-behind-api": behind(func(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
		web, err := NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{Network: n, CertificateArn: pulumi.String(mockCertificate), RedirectHttp: ptr(false)})
		if err != nil {
			return nil, err
		}
		_, err = NewApiIngress(ctx, "api", &ApiIngressArgs{
			Network: n, LoadBalancer: web, ServerNameToVerify: pulumi.String("web.example.com"), ThrottlingRateLimit: ptr(50.5), ThrottlingBurstLimit: ptr(100),
		})
		return web, err
	}),
	"service-behind-api": behind(func(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
		return NewApiIngress(ctx, "api", &ApiIngressArgs{Network: n})
	}),
	"service-behind-load-balancer-behind-api": behind(func(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
		web, err := NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{Network: n})
		if err != nil {
			return nil, err
		}
		_, err = NewApiIngress(ctx, "api", &ApiIngressArgs{Network: n, LoadBalancer: web, LinkSubnetIds: pulumi.ToStringArray([]string{"subnet-1"}), NamespaceName: ptr("x.internal")})
		return web, err
	}),
	"service-behind-network-ingress-behind-api": func(ctx *pulumi.Context) error {
		network, err := NewNatNetwork(ctx, "net", nil)
		if err != nil {
			return err
		}
		in, err := NewNetworkIngress(ctx, "inner", &NetworkIngressArgs{Network: network})
		if err != nil {
			return err
		}
		s, err := NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{
			Network: network, Ingress: in, ContainerPort: ptr(8080), ClusterArn: pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/prod"), Image: pulumi.String(mockImage),
		})
		if err != nil {
			return err
		}
		_, err = NewApiIngress(ctx, "api", sets(&ApiIngressArgs{Network: network, LoadBalancer: in, ListenerArn: s.ListenerArn}))
		return err
	},
	"public-service": func(ctx *pulumi.Context) error {
		network, err := NewPublicNetwork(ctx, "net", nil)
		if err != nil {
			return err
		}
		_, err = NewFargatePublicService(ctx, "game", &FargatePublicServiceArgs{
			Network: network, ClusterArn: pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/prod"), Image: pulumi.String("docker.io/library/nginx:1.29"),
			IngressRules: map[string]RuleArgs{"players": {Port: ptr(27015), Protocol: ptr(RuleProtocolUdp), CidrBlock: pulumi.String("198.51.100.0/24")}},
		})
		return err
	},
	"ecs-cluster": func(ctx *pulumi.Context) error {
		_, err := NewEcsCluster(ctx, "apps", nil)
		return err
	},
	"ecs-cluster-everything": func(ctx *pulumi.Context) error {
		_, err := NewEcsCluster(ctx, "apps", sets(&EcsClusterArgs{
			ClusterName: ptr("prod"), ContainerInsights: ptr(ContainerInsightsEnhanced), CapacityProviders: []string{"FARGATE"},
			ExecutionRole: ptr(true), PermissionsBoundaryArn: pulumi.String(boundary), RolePath: ptr("/apps/"),
			LogRetentionInDays: ptr(1), Tags: pulumi.StringMap{"team": pulumi.String("payments")},
		}))
		return err
	},
	"isolated-service": isolatedService(nil),
	"isolated-service-everything": func(ctx *pulumi.Context) error {
		vpc, err := NewIsolatedVpc(ctx, "net", nil)
		if err != nil {
			return err
		}
		cluster, err := NewEcsCluster(ctx, "apps", nil)
		if err != nil {
			return err
		}
		in, err := NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{Network: vpc})
		if err != nil {
			return err
		}
		args := sets(&FargatePrivateServiceArgs{Network: vpc, Cluster: cluster, Image: pulumi.String(mockImage), Ingress: in})
		everythingOfService(args)
		_, err = NewFargatePrivateService(ctx, "sample", args)
		return err
	},
	"service-with-given-roles": isolatedService(func(a *FargatePrivateServiceArgs) { givenRoles(sets(a)) }),
	"service-in-nat-network": serviceIn(&NetworkArgs{
		VpcId: pulumi.String("vpc-1"), SubnetIds: pulumi.ToStringArray([]string{"subnet-1", "subnet-2"}),
		Egress: pulumi.String(EgressNatGateway),
	}),
	"service-in-declared-network": serviceIn(sets(&NetworkArgs{
		VpcId: pulumi.String("vpc-1"), SubnetIds: pulumi.ToStringArray([]string{"subnet-1"}), Egress: pulumi.String(EgressNone),
		EndpointServices:        pulumi.ToStringArray([]string{"logs", "ecr.api", "ecr.dkr"}),
		EndpointSecurityGroupId: pulumi.String("sg-endpoints"), EndpointAccess: pulumi.String("Vpc"), S3PrefixListId: pulumi.String("pl-1"),
		EndpointPolicies: pulumi.String(EndpointPoliciesOpen), CidrBlock: pulumi.String("10.0.0.0/16"), PublicSubnetIds: pulumi.ToStringArray([]string{"subnet-2"}),
		RouteTableIds: pulumi.ToStringArray([]string{"rtb-1"}), AvailabilityZones: pulumi.ToStringArray([]string{"us-east-1a"}), Region: pulumi.String("us-east-1"),
	})),
	"service-in-network-by-block": serviceIn(&NetworkArgs{
		VpcId: pulumi.String("vpc-1"), SubnetIds: pulumi.ToStringArray([]string{"subnet-1"}), Egress: pulumi.String(EgressNone),
		EndpointServices: pulumi.ToStringArray([]string{"logs", "ecr.api", "ecr.dkr"}), CidrBlock: pulumi.String("10.0.0.0/16"),
		S3PrefixListId: pulumi.String("pl-1"),
	}),
	"two-of-everything": func(ctx *pulumi.Context) error {
		for _, n := range []string{"one", "two"} {
			vpc, err := NewIsolatedVpc(ctx, n, &IsolatedVpcArgs{FlowLogs: &FlowLogsArgs{}})
			if err != nil {
				return err
			}
			cluster, err := NewEcsCluster(ctx, n, nil)
			if err != nil {
				return err
			}
			if _, err := NewNetwork(ctx, n, &NetworkArgs{
				VpcId: vpc.VpcId, SubnetIds: vpc.SubnetIds, Egress: vpc.Egress,
			}); err != nil {
				return err
			}
			if _, err := NewFargatePrivateService(ctx, n, &FargatePrivateServiceArgs{
				Network: vpc, Cluster: cluster, Image: pulumi.String(mockImage), EnableExecuteCommand: ptr(true),
			}); err != nil {
				return err
			}
		}
		return nil
	},
}

const mockCertificate = "arn:aws:acm:us-east-1:123456789012:certificate/1"

const mockImage = "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0"

// isolatedService is the whole system: VPC, cluster and service.
func isolatedService(edit func(*FargatePrivateServiceArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		vpc, err := NewIsolatedVpc(ctx, "net", nil)
		if err != nil {
			return err
		}
		cluster, err := NewEcsCluster(ctx, "apps", nil)
		if err != nil {
			return err
		}
		args := &FargatePrivateServiceArgs{Network: vpc, Cluster: cluster, Image: pulumi.String(mockImage)}
		if edit != nil {
			edit(args)
		}
		_, err = NewFargatePrivateService(ctx, "sample", args)
		return err
	}
}

// behind is a service in a network with NAT, or without any way out, behind an
// ingress in the same network.
func behind(ingress func(*pulumi.Context, NetworkInput) (IngressInput, error), edits ...func(*FargatePrivateServiceArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		network, err := NewNatNetwork(ctx, "net", nil)
		if err != nil {
			return err
		}
		in, err := ingress(ctx, network)
		if err != nil {
			return err
		}
		args := &FargatePrivateServiceArgs{
			Network: network, Ingress: in, ContainerPort: ptr(8080),
			ClusterArn: pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/prod"), Image: pulumi.String(mockImage),
		}
		for _, edit := range edits {
			edit(args)
		}
		_, err = NewFargatePrivateService(ctx, "sample", args)
		return err
	}
}

// serviceIn is a service in a network that exists already.
func serviceIn(args *NetworkArgs) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		network, err := NewNetwork(ctx, "shared", args)
		if err != nil {
			return err
		}
		_, err = NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{
			Network: network, ClusterArn: pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/prod"), Image: pulumi.String(mockImage),
		})
		return err
	}
}

// TestGraphs holds the whole graph of each program: names, parents and inputs
// are an interface that no release changes by accident.
func TestGraphs(t *testing.T) {
	t.Parallel()
	for name, program := range programs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden(t, name, mustRun(t, program).String())
		})
	}
}

// TestPreviewGraph holds what the first preview of an empty stack shows: every
// resource, with the ids that AWS assigns unknown.
func TestPreviewGraph(t *testing.T) {
	t.Parallel()
	golden(t, "isolated-service-preview", mustRun(t, programs["isolated-service"], inPreview).String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "graphs", name+".golden")
	if *update {
		if os.Getenv("CI") != "" {
			t.Fatal("golden files are not written in CI")
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("the graph changed; if that is wanted, run: go test ./components -update\n(-want +got)\n%s", diff)
	}
}
