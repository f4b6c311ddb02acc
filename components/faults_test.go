package components

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func isolated(args *IsolatedVpcArgs) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		_, err := NewIsolatedVpc(ctx, "net", args)
		return err
	}
}

func clusterWith(args *EcsClusterArgs) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		_, err := NewEcsCluster(ctx, "apps", args)
		return err
	}
}

func serviceWith(edit func(*FargatePrivateServiceArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		network, err := NewNetwork(ctx, "shared", &NetworkArgs{
			VpcId: pulumi.String("vpc-1"), SubnetIds: pulumi.ToStringArray([]string{"subnet-1"}), Egress: pulumi.String(EgressNatGateway),
		})
		if err != nil {
			return err
		}
		args := &FargatePrivateServiceArgs{
			Network: network, ClusterArn: pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/prod"), Image: pulumi.String(mockImage),
		}
		edit(args)
		_, err = NewFargatePrivateService(ctx, "sample", args)
		return err
	}
}

func manyTags(n int) pulumi.StringMap {
	tags := pulumi.StringMap{}
	for i := range n {
		tags[fmt.Sprint(i)] = pulumi.String("")
	}
	return tags
}

// balancerIn is a program with a load balancer in a network that exists already.
func balancerIn(args *NetworkArgs) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args.VpcId, args.Egress, args.CidrBlock = pulumi.String("vpc-1"), pulumi.String(EgressNone), pulumi.String("10.0.0.0/16")
		n, err := NewNetwork(ctx, "shared", args)
		if err != nil {
			return err
		}
		_, err = NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{Network: n})
		return err
	}
}

// withVpc is a program with an isolated VPC.
func withVpc(args *IsolatedVpcArgs, program func(*pulumi.Context, NetworkInput) error) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		vpc, err := NewIsolatedVpc(ctx, "net", args)
		if err != nil {
			return err
		}
		return program(ctx, vpc)
	}
}

// TestFaults: each bad argument is one error at preview that names the field,
// the value, the rule and the fix, and no AWS resource is registered.
func TestFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]faulty{
		"malformed block":         {isolated(&IsolatedVpcArgs{CidrBlock: ptr("10.0.0.0")}), []string{`cidrBlock: "10.0.0.0"`}},
		"host bits":               {isolated(&IsolatedVpcArgs{CidrBlock: ptr("10.0.0.1/16")}), []string{`cidrBlock: "10.0.0.1/16" has host bits set; write "10.0.0.0/16"`}},
		"IPv6":                    {isolated(&IsolatedVpcArgs{CidrBlock: ptr("fd00::/48")}), []string{`cidrBlock: "fd00::/48"`, "IPv4"}},
		"too large":               {isolated(&IsolatedVpcArgs{CidrBlock: ptr("10.0.0.0/8")}), []string{`cidrBlock: "10.0.0.0/8"`, "/16"}},
		"too small for the zones": {isolated(&IsolatedVpcArgs{CidrBlock: ptr("10.0.0.0/28")}), []string{`cidrBlock: "10.0.0.0/28"`}},
		"zones repeated": {isolated(&IsolatedVpcArgs{AvailabilityZones: []string{"us-east-1a", "us-east-1a"}}),
			[]string{`availabilityZones[1]: "us-east-1a"`}},
		"zone unknown to the Region": {isolated(&IsolatedVpcArgs{AvailabilityZones: []string{"us-east-1a", "us-east-1z"}}),
			[]string{`availabilityZones[1]: "us-east-1z"`}},
		"zone of another Region": {isolated(&IsolatedVpcArgs{AvailabilityZones: []string{"us-east-1a", "eu-west-1a"}}),
			[]string{`availabilityZones[1]: "eu-west-1a"`}},
		"no zones": {isolated(&IsolatedVpcArgs{AvailabilityZones: []string{}}), []string{"availabilityZones"}},
		"more zones than slots": {isolated(&IsolatedVpcArgs{AvailabilityZones: []string{"us-east-1a", "us-east-1b", "us-east-1c"}}),
			[]string{`availabilityZones[2]: "us-east-1c"`, "zoneCidrBlocks", "maxAvailabilityZones 4"}},
		"number of zones beyond the slots": {isolated(&IsolatedVpcArgs{NumberOfAvailabilityZones: ptr(3)}),
			[]string{"numberOfAvailabilityZones: 3", "maxAvailabilityZones 4 or 8"}},
		"both ways to name zones": {isolated(&IsolatedVpcArgs{NumberOfAvailabilityZones: ptr(2), AvailabilityZones: []string{"us-east-1a"}}),
			[]string{"numberOfAvailabilityZones: 2 cannot be given together with availabilityZones"}},
		"slots": {isolated(&IsolatedVpcArgs{MaxAvailabilityZones: ptr(3)}), []string{"maxAvailabilityZones: 3"}},
		"another Region than the provider's": {isolated(&IsolatedVpcArgs{Region: ptr("eu-west-1")}),
			[]string{`region: "eu-west-1" is not the aws provider's Region, us-east-1`}},
		"service in another Region than the provider's": {serviceWith(func(a *FargatePrivateServiceArgs) { a.Region = ptr("eu-west-1") }),
			[]string{`FargatePrivateService "sample" has invalid arguments`, `region: "eu-west-1" is not the aws provider's Region, us-east-1`}},
		"unknown endpoint service": {isolated(&IsolatedVpcArgs{EndpointServices: []string{"systemsmanager"}}),
			[]string{`endpointServices[0]: "systemsmanager"`, `"ssm" for parameters`, `"ssmmessages" for ECS Exec`}},
		"unknown endpoint service of a network that exists": {func(ctx *pulumi.Context) error {
			_, err := NewNetwork(ctx, "shared", &NetworkArgs{
				VpcId: pulumi.String("vpc-1"), SubnetIds: pulumi.ToStringArray([]string{"subnet-1"}), Egress: pulumi.String(EgressNone),
				EndpointServices: pulumi.ToStringArray([]string{"brand-new", "systemsmanager"}), EndpointPolicies: pulumi.String("account"),
			})
			return err
		}, []string{`endpointServices[1]: "systemsmanager" is not an AWS service`, `endpointPolicies: "account" is not a known value`}},
		"one endpoint under two names": {isolated(&IsolatedVpcArgs{EndpointServices: []string{"logs", "com.amazonaws.us-east-1.logs"}}),
			[]string{`endpointServices[1]: "com.amazonaws.us-east-1.logs"`}},
		"enum": {isolated(&IsolatedVpcArgs{EndpointAccess: ptr(EndpointAccess("Everyone"))}),
			[]string{`endpointAccess: "Everyone" is not a known value; write one of "PerService", "Vpc"`}},
		"bucket": {isolated(&IsolatedVpcArgs{S3Buckets: []string{"arn:aws:s3:::x"}}), []string{`s3Buckets[0]: "arn:aws:s3:::x"`}},
		"flow logs": {isolated(&IsolatedVpcArgs{FlowLogs: &FlowLogsArgs{RetentionInDays: ptr(31), MaxAggregationIntervalSeconds: ptr(61)}}),
			[]string{"flowLogs.retentionInDays: 31", "flowLogs.maxAggregationIntervalSeconds: 61"}},
		"everything at once": {isolated(&IsolatedVpcArgs{
			CidrBlock: ptr("10.0.0.1/16"), AvailabilityZones: []string{"us-east-1z"}, MaxAvailabilityZones: ptr(5),
			EndpointServices: []string{"no pe"}, EndpointPolicies: ptr(EndpointPolicies("x")),
		}), []string{"cidrBlock", "availabilityZones[0]", "maxAvailabilityZones: 5", "endpointServices[0]", "endpointPolicies"}},

		"cluster": {clusterWith(&EcsClusterArgs{
			ClusterName: ptr("a b"), LogRetentionInDays: ptr(2), CapacityProviders: []string{"FARGATE", "FARGATE"}, RolePath: ptr("apps"),
		}), []string{`clusterName: "a b"`, "logRetentionInDays: 2", `capacityProviders[1]: "FARGATE"`, `rolePath: "apps"`}},

		"nothing given": {func(ctx *pulumi.Context) error {
			_, err := NewFargatePrivateService(ctx, "sample", nil)
			return err
		}, []string{"network: is required", "cluster: is required; pass the EcsCluster itself as cluster, or the ARN of another cluster as clusterArn", "image: is required"}},
		"Network without anything": {func(ctx *pulumi.Context) error {
			_, err := NewNetwork(ctx, "shared", nil)
			return err
		}, []string{"vpcId: is required", "subnetIds: is required", "egress: is required"}},
		"Network with an unknown egress": {func(ctx *pulumi.Context) error {
			_, err := NewNetwork(ctx, "shared", &NetworkArgs{
				VpcId: pulumi.String("vpc-1"), SubnetIds: pulumi.StringArray{}, Egress: pulumi.String("nat"),
			})
			return err
		}, []string{`egress: "nat"`, `"NatGateway"`, "subnetIds"}},
		"Fargate size": {serviceWith(func(a *FargatePrivateServiceArgs) { a.Cpu, a.MemoryMib = ptr(256), ptr(4096) }),
			[]string{"memoryMib: 4096", "2048"}},
		"desired count": {serviceWith(func(a *FargatePrivateServiceArgs) { a.DesiredCount = ptr(-1) }), []string{"desiredCount: -1"}},
		"secret that is no ARN": {serviceWith(func(a *FargatePrivateServiceArgs) {
			a.Secrets = map[string]pulumi.StringInput{"DB": pulumi.String("hunter2")}
		}), []string{`secrets["DB"]`}},
		"one name in both": {serviceWith(func(a *FargatePrivateServiceArgs) {
			a.Environment = map[string]pulumi.StringInput{"DB": pulumi.String("x")}
			a.Secrets = map[string]pulumi.StringInput{"DB": pulumi.String("arn:aws:ssm:us-east-1:123456789012:parameter/x")}
		}), []string{`"DB"`}},
		"image": {serviceWith(func(a *FargatePrivateServiceArgs) { a.Image = pulumi.String("My Image") }), []string{`image: "My Image"`}},
		"deployment that cannot happen": {serviceWith(func(a *FargatePrivateServiceArgs) {
			a.DeploymentMinimumHealthyPercent, a.DeploymentMaximumPercent = ptr(100), ptr(100)
		}), []string{"deploymentM"}},
		"retention":      {serviceWith(func(a *FargatePrivateServiceArgs) { a.LogRetentionInDays = ptr(31) }), []string{"logRetentionInDays: 31", "30"}},
		"container port": {serviceWith(func(a *FargatePrivateServiceArgs) { a.ContainerPort = ptr(0) }), []string{"containerPort: 0"}},
		"timeouts": {serviceWith(func(a *FargatePrivateServiceArgs) { a.Timeouts = &ServiceTimeoutsArgs{CreateMinutes: ptr(0)} }),
			[]string{"timeouts.createMinutes: 0"}},
		"network whose rules nobody knows": {func(ctx *pulumi.Context) error {
			unknown := pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return "" }).(pulumi.StringOutput)
			_, err := NewNetwork(ctx, "shared", &NetworkArgs{
				VpcId: unknown, SubnetIds: pulumi.StringArray{unknown}, Egress: unknown, EndpointAccess: unknown.ToStringPtrOutput(),
			})
			return err
		}, []string{"egress: is not known yet, but decides which rules there are", "endpointAccess: is not known yet"}},
		"names that a child cannot have": {func(ctx *pulumi.Context) error {
			_, err := NewEcsCluster(ctx, "größe 1", nil)
			return err
		}, []string{`name: "größe 1" has "ö" in it, which AWS does not allow in the name of the log group`}},
		"a dot in the name of a cluster": {func(ctx *pulumi.Context) error {
			_, err := NewEcsCluster(ctx, "apps.eu", nil)
			return err
		}, []string{`name: "apps.eu" has "." in it, which AWS does not allow in the name of the ECS cluster`}},
		"a name like a group's id": {func(ctx *pulumi.Context) error {
			_, err := NewIsolatedVpc(ctx, "sg-net", nil)
			return err
		}, []string{`name: "sg-net" begins with "sg-"`}},
		"names of an API": {withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
			_, err := NewApiIngress(ctx, "my api", &ApiIngressArgs{Network: n})
			return err
		}), []string{`name: "my api" has " " in it, which AWS does not allow in the name of the log group`}},
		"names of hosts": {withVpc(&IsolatedVpcArgs{EcsOnEc2: ptr(true)}, func(ctx *pulumi.Context, n NetworkInput) error {
			_, err := NewEc2Capacity(ctx, "my hosts", &Ec2CapacityArgs{Network: n, ClusterName: pulumi.String("apps"), CapacityProviderName: ptr("big")})
			return err
		}), []string{`name: "my hosts" has " " in it, which AWS does not allow in the name of the IAM role`}},
		"names of a service": {func(ctx *pulumi.Context) error {
			_, err := NewFargatePrivateService(ctx, "my service", &FargatePrivateServiceArgs{ServiceName: ptr("a"), ContainerName: ptr("b")})
			return err
		}, []string{`name: "my service" has " " in it, which AWS does not allow in the name of the log group`}},
		"one namespace for two APIs": {withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
			if _, err := NewApiIngress(ctx, "one", &ApiIngressArgs{Network: n, NamespaceName: ptr("apps.internal")}); err != nil {
				return err
			}
			_, err := NewApiIngress(ctx, "two", &ApiIngressArgs{Network: n, NamespaceName: ptr("Apps.internal")})
			return err
		}), []string{`namespaceName: "apps.internal" is also the namespace of ApiIngress "one", and a VPC can have a namespace only once; write another name`}},
		"tags": {clusterWith(&EcsClusterArgs{Tags: pulumi.StringMap{
			"AWS:x": pulumi.String("1"), "empty": pulumi.String(""), "long": pulumi.String(strings.Repeat("ü", 257)), "": pulumi.String("2"),
		}}), []string{`tags: has a key that begins with "aws:"`, `write a key other than "AWS:x"`, `write a shorter value for "long"`, `tags: has a key that is empty`}},
		"too many tags": {clusterWith(&EcsClusterArgs{Tags: manyTags(50)}), []string{"tags: has too many entries: AWS allows 50 tags on a resource, 1 of which the component needs; write at most 49"}},
		"too many tags of hosts": {withVpc(&IsolatedVpcArgs{EcsOnEc2: ptr(true)}, func(ctx *pulumi.Context, n NetworkInput) error {
			_, err := NewEc2Capacity(ctx, "hosts", &Ec2CapacityArgs{Network: n, ClusterName: pulumi.String("apps"), Tags: manyTags(49)})
			return err
		}), []string{"write at most 48"}},
		"capacity providers": {clusterWith(&EcsClusterArgs{CapacityProviders: []string{"fargate", "", "ecs-hosts", "a b"}}), []string{
			`capacityProviders[0]: "fargate" is not the name of a capacity provider; write "FARGATE"`, `capacityProviders[1]: "" is empty`,
			`capacityProviders[2]: "ecs-hosts" is not the name`, `capacityProviders[3]: "a b" is not the name`,
		}},
		"balancer in one subnet": {balancerIn(&NetworkArgs{SubnetIds: pulumi.ToStringArray([]string{"subnet-1"})}),
			[]string{"network: has one subnet, and an Application Load Balancer needs two"}},
		"balancer with two subnets of one zone": {balancerIn(&NetworkArgs{
			SubnetIds:         pulumi.ToStringArray([]string{"subnet-1", "subnet-2", "subnet-3"}),
			AvailabilityZones: pulumi.ToStringArray([]string{"us-east-1a", "us-east-1b", "us-east-1a"}),
		}), []string{"network: has two subnets in one zone"}},
		"names": {serviceWith(func(a *FargatePrivateServiceArgs) { a.ServiceName, a.ContainerName = ptr(""), ptr("a b") }),
			[]string{`serviceName: ""`, `containerName: "a b"`}},
		"ARNs": {serviceWith(func(a *FargatePrivateServiceArgs) {
			a.ClusterArn, a.TaskRoleArn = pulumi.String("prod"), pulumi.String("role")
			a.KmsKeyArns = pulumi.ToStringArray([]string{"key"})
		}), []string{`clusterArn: "prod"`, `taskRoleArn: "role"`, `kmsKeyArns[0]: "key"`}},
		"rules": {serviceWith(func(a *FargatePrivateServiceArgs) {
			a.IngressRules = map[string]RuleArgs{
				"a": {}, "b": {Port: ptr(70000), CidrBlock: pulumi.String("10.0.0.1/16")},
				"c":   {Port: ptr(1), FromPort: ptr(2), SecurityGroupId: pulumi.String("sg"), CidrBlock: pulumi.String("10.0.0.0/8")},
				"d":   {FromPort: ptr(2), ToPort: ptr(1), PrefixListId: pulumi.String("pl"), Protocol: ptr(RuleProtocol("icmp")), Description: ptr("it's")},
				"e f": {Port: ptr(1), PrefixListId: pulumi.String("pl")},
			}
		}), []string{
			`ingressRules["a"]: names no port`, `ingressRules["a"]: names 0 peers`,
			`ingressRules["b"].port: 70000`, `ingressRules["b"].cidrBlock: "10.0.0.1/16" has host bits set`,
			`ingressRules["c"].port: 1 cannot be given together`, `ingressRules["c"]: names 2 peers`,
			`ingressRules["d"].toPort: 1 is below fromPort`, `ingressRules["d"].protocol: "icmp"`, `ingressRules["d"].description: "it's"`,
			`ingressRules["e f"]: has a name`,
		}},
		"network that declares too little": {serviceIn(&NetworkArgs{
			VpcId: pulumi.String("vpc-1"), SubnetIds: pulumi.ToStringArray([]string{"subnet-1"}), Egress: pulumi.String(EgressNone),
			EndpointServices: pulumi.ToStringArray([]string{"logs"}),
		}), []string{"network: declares endpoints", "endpointSecurityGroupId"}},
		"NAT gateways and addresses": {func(ctx *pulumi.Context) error {
			_, err := NewNatNetwork(ctx, "net", &NatNetworkArgs{
				NatMode: ptr(NatMode("Both")), AllocationIds: []pulumi.StringInput{pulumi.String("eipalloc-1")},
			})
			return err
		}, []string{`natMode: "Both"`, `allocationIds: lists 1 Elastic IPs for 2 NAT gateways`}},
		"more addresses than gateways": {func(ctx *pulumi.Context) error {
			_, err := NewNatNetwork(ctx, "net", &NatNetworkArgs{
				NatMode: ptr(NatModeSingle), AllocationIds: []pulumi.StringInput{pulumi.String("eipalloc-1"), pulumi.String("eipalloc-2")},
			})
			return err
		}, []string{`allocationIds: lists 2 Elastic IPs for 1 NAT gateways`}},
		"public service without public subnets": {func(ctx *pulumi.Context) error {
			vpc, err := NewIsolatedVpc(ctx, "net", nil)
			if err != nil {
				return err
			}
			_, err = NewFargatePublicService(ctx, "sample", &FargatePublicServiceArgs{Network: vpc, ClusterArn: pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/prod"), Image: pulumi.String(mockImage)})
			return err
		}, []string{"network: has no public subnets", "NatNetwork"}},
		"private service without private subnets": {func(ctx *pulumi.Context) error {
			n, err := NewPublicNetwork(ctx, "net", nil)
			if err != nil {
				return err
			}
			_, err = NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{Network: n, ClusterArn: pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/prod"), Image: pulumi.String(mockImage)})
			return err
		}, []string{"network: has no private subnets", "FargatePublicService"}},
		"internet-facing in an isolated VPC": {withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
			_, err := NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{Network: n, Internal: ptr(false)})
			return err
		}), []string{"internal: false needs public subnets", "allowFrom: is empty, so nothing could reach"}},
		"ingress in one zone": {withVpc(&IsolatedVpcArgs{AvailabilityZones: []string{"us-east-1a"}}, func(ctx *pulumi.Context, n NetworkInput) error {
			_, err := NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{Network: n})
			return err
		}), []string{"network: has one zone", "needs two"}},
		"HTTPS without a certificate": {withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
			_, err := NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{Network: n, Protocol: ptr(ApplicationProtocolHttps), Port: ptr(80), IdleTimeoutSeconds: ptr(0)})
			return err
		}), []string{"certificateArn: is required for HTTPS", "port: 80 is used twice", "idleTimeoutSeconds: 0"}},
		"HTTP with a redirect and a certificate": {withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
			_, err := NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{
				Network: n, Protocol: ptr(ApplicationProtocolHttp), RedirectHttp: ptr(true), CertificateArn: pulumi.String("nope"), Port: ptr(65536),
			})
			return err
		}), []string{"certificateArn: has no effect", "redirectHttp: true has no HTTPS", "port: 65536", `certificateArn: "nope"`}},
		"name too long for a load balancer": {withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
			_, err := NewNetworkIngress(ctx, "a-name-of-22-characters", &NetworkIngressArgs{Network: n})
			return err
		}), []string{`name: "a-name-of-22-characters" is longer than the 21 characters`}},
		"TLS without a certificate": {withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
			_, err := NewNetworkIngress(ctx, "tcp", &NetworkIngressArgs{Network: n, Protocol: ptr(NetworkProtocolTls), Port: ptr(0)})
			return err
		}), []string{"certificateArn: is required for TLS", "port: 0"}},
		"API": {withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
			_, err := NewApiIngress(ctx, "api", &ApiIngressArgs{Network: n, TimeoutMilliseconds: ptr(30001), LogRetentionInDays: ptr(2), NamespaceName: ptr("a b")})
			return err
		}), []string{"timeoutMilliseconds: 30001", "logRetentionInDays: 2", `namespaceName: "a b"`}},
		"ingress without a container port": {withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
			in, err := NewApiIngress(ctx, "api", &ApiIngressArgs{Network: n})
			if err != nil {
				return err
			}
			_, err = NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{
				Network: n, Ingress: in, ClusterArn: pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/prod"), Image: pulumi.String(mockImage),
			})
			return err
		}), []string{"containerPort: is required with ingress"}},
		"ingress of another VPC": {withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
			other, err := NewIsolatedVpc(ctx, "other", nil)
			if err != nil {
				return err
			}
			in, err := NewApiIngress(ctx, "api", &ApiIngressArgs{Network: other})
			if err != nil {
				return err
			}
			_, err = NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{
				Network: n, Ingress: in, ContainerPort: ptr(80), ClusterArn: pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/prod"), Image: pulumi.String(mockImage),
			})
			return err
		}), []string{"ingress: is in another VPC than the network"}},
		"component name that no container can have": {func(ctx *pulumi.Context) error {
			n, err := NewNetwork(ctx, "n", &NetworkArgs{VpcId: pulumi.String("v"), SubnetIds: pulumi.ToStringArray([]string{"s"}), Egress: pulumi.String(EgressNone)})
			if err != nil {
				return err
			}
			_, err = NewFargatePrivateService(ctx, "my service", &FargatePrivateServiceArgs{
				Network: n, ClusterArn: pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/prod"), Image: pulumi.String("x"),
			})
			return err
		}, []string{`containerName: is required, because the component's name "my service"`}},
	}
	checkFaults(t, tests)
}

// faulty is a program with bad arguments, and what the error has to say.
type faulty struct {
	program pulumi.RunFunc
	want    []string
}

func checkFaults(t *testing.T, tests map[string]faulty) {
	t.Helper()
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, err := run(t, tt.program, inPreview)
			mustSay(t, err, tt.want)
			failed := regexp.MustCompile(`(\w+) "([^"]+)" has invalid arguments`).FindStringSubmatch(err.Error())
			if failed == nil {
				t.Fatalf("the error does not name the component: %v", err)
			}
			for _, n := range g.sorted() {
				if n.custom && short(n.parent) == "ecsnet:index:"+failed[1]+" "+failed[2] {
					t.Errorf("%s %s is registered in spite of the error", n.typ, n.name)
				}
			}
		})
	}
}

// TestSecretValuesAreNotShown: what was meant to be an ARN may be the secret.
func TestSecretValuesAreNotShown(t *testing.T) {
	t.Parallel()
	_, err := run(t, serviceWith(func(a *FargatePrivateServiceArgs) {
		a.Secrets = map[string]pulumi.StringInput{"DB": pulumi.String("hunter2")}
	}), inPreview)
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("the error shows the value: %v", err)
	}
}

// TestUnknownValuesAtPreview: values that other resources will bring are not
// guessed and not refused.
func TestUnknownValuesAtPreview(t *testing.T) {
	t.Parallel()
	unknown := func(ctx *pulumi.Context) pulumi.StringOutput {
		return pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return "" }).(pulumi.StringOutput)
	}
	g := mustRun(t, func(ctx *pulumi.Context) error {
		network, err := NewNetwork(ctx, "shared", &NetworkArgs{
			VpcId: unknown(ctx), SubnetIds: pulumi.StringArray{unknown(ctx)}, Egress: pulumi.String(EgressNone),
			EndpointServices: pulumi.StringArray{unknown(ctx)}, EndpointSecurityGroupId: unknown(ctx), S3PrefixListId: unknown(ctx),
		})
		if err != nil {
			return err
		}
		_, err = NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{
			Network: network, ClusterArn: unknown(ctx), Image: unknown(ctx),
			Environment: map[string]pulumi.StringInput{"A": unknown(ctx)}, Secrets: map[string]pulumi.StringInput{"B": unknown(ctx)},
			KmsKeyArns: pulumi.StringArray{unknown(ctx)}, TaskRoleArn: unknown(ctx), ExecutionRoleArn: unknown(ctx),
			IngressRules: map[string]RuleArgs{"x": {Port: ptr(80), CidrBlock: unknown(ctx)}},
			Tags:         pulumi.StringMap{"a": unknown(ctx)},
		})
		return err
	}, inPreview)
	g.find("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "sample-to-endpoints")
	g.find("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "sample-to-s3")
	if in := g.find("aws:ecs/taskDefinition:TaskDefinition", "sample-task").inputs; in.HasValue("containerDefinitions") {
		t.Errorf("an unknown image gave the container definitions %v", in["containerDefinitions"])
	}
}

// TestProviderNotConfiguredYet: without a Region at preview the zones cannot be
// looked up; named zones are enough.
func TestProviderNotConfiguredYet(t *testing.T) {
	t.Parallel()
	_, err := run(t, isolated(nil), inPreview, withoutRegion)
	if err == nil || !strings.Contains(err.Error(), "availabilityZones: cannot be looked up at preview") {
		t.Errorf("want the fix, got %v", err)
	}
	g := mustRun(t, isolated(&IsolatedVpcArgs{AvailabilityZones: []string{"eu-west-1a", "eu-west-1b"}}), inPreview, withoutRegion)
	if got := g.find("aws:ec2/vpcEndpoint:VpcEndpoint", "net-endpoint-logs").inputs["serviceName"].StringValue(); got != "com.amazonaws.eu-west-1.logs" {
		t.Errorf("the endpoint's service is %s", got)
	}
}

// TestUnknownValuesAreCheckedLater: a value that was not known at preview is
// refused before the task definition is made.
func TestUnknownValuesAreCheckedLater(t *testing.T) {
	t.Parallel()
	g, err := run(t, serviceWith(func(a *FargatePrivateServiceArgs) {
		a.Image = pulumi.String("My Image").ToStringOutput()
	}))
	if err == nil || !strings.Contains(err.Error(), `image: "My Image"`) {
		t.Errorf("want the fault, got %v", err)
	}
	if made := len(g.ofType("aws:ecs/service:Service")); made != 0 {
		t.Error("the service was made all the same")
	}
}

// TestNetworkByReference: a network that another program registered is read by
// its URN, each output known or unknown by itself.
func TestNetworkByReference(t *testing.T) {
	t.Parallel()
	urn := "urn:pulumi:stack::proj::" + networkType + "::shared"
	unknown := resource.MakeComputed(resource.NewProperty(""))
	g := mustRun(t, func(ctx *pulumi.Context) error {
		if _, err := NewNetwork(ctx, "shared", &NetworkArgs{
			VpcId: pulumi.String("vpc-1"), SubnetIds: pulumi.ToStringArray([]string{"subnet-1"}), Egress: pulumi.String(EgressNone),
		}); err != nil {
			return err
		}
		network, err := ReadNetwork(ctx, "shared", networkType, urn)
		if err != nil {
			return err
		}
		_, err = NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{
			Network: network.ToNetworkOutput(), ClusterArn: pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/prod"), Image: pulumi.String(mockImage),
			Preflight: ptr(PreflightWarn), // no way to S3 is declared
		})
		return err
	}, inPreview, func(g *graph) {
		g.states = map[string]resource.PropertyMap{urn: {
			"vpcId": unknown, "subnetIds": unknown, "egress": resource.NewProperty(EgressNone), "endpointServices": texts("logs", "ecr.api", "ecr.dkr"),
			"endpointAccess": resource.NewProperty("PerService"), "endpointSecurityGroupId": unknown, "s3PrefixListId": resource.NewProperty(""),
			"cidrBlock": resource.NewProperty(""),
		}}
	})
	g.find("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "sample-into-endpoints")
	for _, n := range g.ofType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule") {
		if n.name != "sample-to-endpoints" {
			t.Errorf("%s was made although the network declares no such way", n.name)
		}
	}
}

// mustSay fails the test unless there is an error that says all of this.
func mustSay(t *testing.T, err error, wants []string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range wants {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("want %s in\n%v", want, err)
		}
	}
}
