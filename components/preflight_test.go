package components

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
)

const (
	mockCluster   = "arn:aws:ecs:us-east-1:123456789012:cluster/prod"
	irishImage    = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1.2"
	mockSecretArn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"
)

// inVpc is a program with a service in an IsolatedVpc.
func inVpc(net *IsolatedVpcArgs, edit func(*FargatePrivateServiceArgs)) pulumi.RunFunc {
	return withVpc(net, func(ctx *pulumi.Context, n NetworkInput) error {
		args := &FargatePrivateServiceArgs{Network: n, ClusterArn: pulumi.String(mockCluster), Image: pulumi.String(mockImage)}
		edit(args)
		_, err := NewFargatePrivateService(ctx, "sample", args)
		return err
	})
}

// without is an isolated network that lacks some of the default endpoints.
func without(services ...string) *IsolatedVpcArgs {
	has := []string{}
	for _, s := range endpoints.Default {
		if len(appendNew(services, s)) > len(services) {
			has = append(has, s)
		}
	}
	return &IsolatedVpcArgs{EndpointServices: has}
}

// hopeless are programs whose tasks would not work, each with what the error
// has to say.
var hopeless = map[string]faulty{
	"an image of Docker Hub": {inVpc(nil, func(a *FargatePrivateServiceArgs) { a.Image = pulumi.String("nginx:1.27") }), []string{
		`FargatePrivateService "sample": its tasks would not work, for 1 reason:`,
		`image: "nginx:1.27" is on Docker Hub, which this network cannot reach: IsolatedVpc "net" has egress "None"`,
		"AWS would say: CannotPullContainerError", "Fix: copy it to a private ECR repository in us-east-1", "Rule image-registry: https://docs.aws.amazon.com/",
	}},
	"an image of another Region": {inVpc(nil, func(a *FargatePrivateServiceArgs) { a.Image = pulumi.String(irishImage) }), []string{
		"is in eu-west-1, and the endpoints of this network lead to us-east-1", "Rule image-region",
	}},
	"a secret without its endpoint": {inVpc(without("secretsmanager"), func(a *FargatePrivateServiceArgs) {
		a.Secrets = map[string]pulumi.StringInput{"DB": pulumi.String(mockSecretArn)}
	}), []string{`secrets["DB"]: reading the secret db-AbCdEf needs an interface endpoint for secretsmanager`, "ResourceInitializationError"}},
	"ECS Exec without its endpoint": {inVpc(without("ssmmessages"), func(a *FargatePrivateServiceArgs) { a.EnableExecuteCommand = ptr(true) }), []string{
		"enableExecuteCommand: ECS Exec needs an interface endpoint for ssmmessages",
	}},
	"a log without its endpoint": {inVpc(without("logs"), func(*FargatePrivateServiceArgs) {}), []string{"network: writing the container's log needs an interface endpoint for logs"}},
	"an image without its endpoints": {inVpc(without("ecr.api", "ecr.dkr"), func(*FargatePrivateServiceArgs) {}), []string{
		`add "ecr.api" and "ecr.dkr" to endpointServices of IsolatedVpc "net"`,
	}},
	"everything at once": {inVpc(without(endpoints.Default...), func(a *FargatePrivateServiceArgs) {
		a.Image, a.EnableExecuteCommand = pulumi.String("nginx"), ptr(true)
		a.Secrets = map[string]pulumi.StringInput{"DB": pulumi.String(mockSecretArn), "KEY": pulumi.String("arn:aws:ssm:eu-west-1:123456789012:parameter/key")}
	}), []string{
		"its tasks would not work, for 5 reasons:", "image-registry", "log-endpoint", "secret-endpoint", `secrets["KEY"]: the secret /key is in eu-west-1`, "exec-endpoint",
	}},
	"a network that declares too little": {func(ctx *pulumi.Context) error {
		n, err := NewNetwork(ctx, "shared", &NetworkArgs{
			VpcId: pulumi.String("vpc-1"), SubnetIds: pulumi.ToStringArray([]string{"subnet-1"}), Egress: pulumi.String(EgressNone),
			EndpointServices: pulumi.ToStringArray([]string{"logs"}), CidrBlock: pulumi.String("10.0.0.0/16"), Region: pulumi.String("us-east-1"),
		})
		if err != nil {
			return err
		}
		_, err = NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{Network: n, ClusterArn: pulumi.String(mockCluster), Image: pulumi.String(mockImage)})
		return err
	}, []string{
		`Network "shared" declares egress "None" and endpointServices [logs]`,
		`make interface endpoints for ecr.api and ecr.dkr in the VPC, and declare them: add "ecr.api" and "ecr.dkr" to endpointServices of Network "shared"`,
	}},
	"a network whose Region only the provider knows": {func(ctx *pulumi.Context) error {
		n, err := NewNetwork(ctx, "shared", &NetworkArgs{
			VpcId: pulumi.String("vpc-1"), SubnetIds: pulumi.ToStringArray([]string{"subnet-1"}), Egress: pulumi.String(EgressNone),
			CidrBlock: pulumi.String("10.0.0.0/16"), EndpointServices: pulumi.ToStringArray([]string{"logs", "ecr.api", "ecr.dkr"}),
		})
		if err != nil {
			return err
		}
		_, err = NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{Network: n, ClusterArn: pulumi.String(mockCluster), Image: pulumi.String(irishImage)})
		return err
	}, []string{"is in eu-west-1", `Network "shared" declares egress "None"`}},
	"private subnets whose way out needs an address": {func(ctx *pulumi.Context) error {
		n, err := NewNetwork(ctx, "shared", &NetworkArgs{
			VpcId: pulumi.String("vpc-1"), SubnetIds: pulumi.ToStringArray([]string{"subnet-1"}), Egress: pulumi.String(EgressInternetGateway),
			EndpointServices: pulumi.ToStringArray([]string{"logs"}),
		})
		if err != nil {
			return err
		}
		_, err = NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{Network: n, ClusterArn: pulumi.String(mockCluster), Image: pulumi.String("nginx")})
		return err
	}, []string{"an internet gateway, which tasks without a public address cannot use", "use FargatePublicService"}},
	"hosts that cannot reach ECS": {withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
		_, err := NewEc2Service(ctx, "sample", &Ec2ServiceArgs{
			Network: n, ClusterArn: pulumi.String(mockCluster), CapacityProviderName: pulumi.String("hosts"), Image: pulumi.String(mockImage), NetworkMode: ptr(NetworkModeBridge),
		})
		return err
	}), []string{
		`Ec2Service "sample": its tasks would not work`, "the ECS agent of a host needs interface endpoints for ecs, ecs-agent and ecs-telemetry", `write ecsOnEc2 true on IsolatedVpc "net"`,
	}},
}

// serviceOf returns what the service component registered.
func serviceOf(g *graph) (children []string, service bool) {
	for _, n := range g.sorted() {
		if n.custom && strings.HasSuffix(n.parent, "Service::sample") {
			children = append(children, n.typ+" "+n.name)
			service = service || n.typ == "aws:ecs/service:Service"
		}
	}
	return children, service
}

// TestPreflightRefusesAtPreview: the first preview of an empty stack says all
// that would keep the tasks from working, and plans nothing of the service.
func TestPreflightRefusesAtPreview(t *testing.T) {
	t.Parallel()
	for name, tt := range hopeless {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, err := run(t, tt.program, inPreview)
			mustSay(t, err, tt.want)
			if strings.Contains(err.Error(), "awaiting input property") || strings.Contains(err.Error(), "waiting for RPCs") {
				t.Errorf("the error says how it travelled: %v", err)
			}
			if children, _ := serviceOf(g); len(children) > 0 {
				t.Errorf("registered all the same: %v", children)
			}
		})
	}
}

// TestNoEcsServiceWithAFinding: whatever the preflight finds, and whenever it
// learns of it, the ECS service is never registered.
func TestNoEcsServiceWithAFinding(t *testing.T) {
	t.Parallel()
	for name, tt := range hopeless {
		for when, options := range map[string][]func(*graph){"preview": {inPreview}, "update": nil} {
			t.Run(name+"/"+when, func(t *testing.T) {
				t.Parallel()
				g, err := run(t, tt.program, options...)
				if err == nil || !strings.Contains(err.Error(), "its tasks would not work") {
					t.Errorf("want the findings, got %v", err)
				}
				if _, service := serviceOf(g); service {
					t.Error("the ECS service is registered")
				}
			})
		}
	}
}

// TestPreflightModes: "Warn" and "Off" make the service all the same.
func TestPreflightModes(t *testing.T) {
	t.Parallel()
	for _, mode := range []Preflight{PreflightError, PreflightWarn, PreflightOff} {
		for when, options := range map[string][]func(*graph){"preview": {inPreview}, "update": nil} {
			t.Run(string(mode)+"/"+when, func(t *testing.T) {
				t.Parallel()
				g, err := run(t, inVpc(nil, func(a *FargatePrivateServiceArgs) { a.Image, a.Preflight = pulumi.String("nginx"), ptr(mode) }), options...)
				if refused := err != nil; refused != (mode == PreflightError) {
					t.Errorf("%v", err)
				}
				if _, service := serviceOf(g); service != (mode != PreflightError) {
					t.Errorf("the ECS service is registered: %v", service)
				}
			})
		}
	}
}

func TestPreflightIsAnEnum(t *testing.T) {
	t.Parallel()
	checkFaults(t, map[string]faulty{
		"mode": {inVpc(nil, func(a *FargatePrivateServiceArgs) { a.Preflight = ptr(Preflight("Never")) }),
			[]string{`preflight: "Never" is not a known value; write one of "Error", "Warn", "Off"`}},
	})
}

// TestFaultsAndFindingsAtOnce: one preview says all.
func TestFaultsAndFindingsAtOnce(t *testing.T) {
	t.Parallel()
	checkFaults(t, map[string]faulty{
		"both": {inVpc(nil, func(a *FargatePrivateServiceArgs) {
			a.Image, a.Cpu, a.LogRetentionInDays = pulumi.String("nginx"), ptr(300), ptr(31)
		}), []string{"cpu: 300", "logRetentionInDays: 31", `FargatePrivateService "sample": its tasks would not work, for 1 reason:`, "image-registry"}},
	})
}

// TestPreflightDecidesWhatPreviewCannotKnow: an image that another resource
// brings passes the preview, and is refused before the ECS service is made.
func TestPreflightDecidesWhatPreviewCannotKnow(t *testing.T) {
	t.Parallel()
	program := func(image string) pulumi.RunFunc {
		return inVpc(nil, func(a *FargatePrivateServiceArgs) {
			a.Image = pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return image }).(pulumi.StringOutput)
		})
	}
	if _, service := serviceOf(mustRun(t, program("nginx"), inPreview)); !service {
		t.Error("an unknown image was taken for a bad one")
	}
	late := func(image string) pulumi.RunFunc {
		return inVpc(nil, func(a *FargatePrivateServiceArgs) {
			a.Image = a.ClusterArn.ToStringPtrOutput().ApplyT(func(*string) string { return image }).(pulumi.StringOutput)
		})
	}
	g, err := run(t, late("nginx"))
	if err == nil || !strings.Contains(err.Error(), `"nginx" is on Docker Hub`) {
		t.Errorf("want the finding, got %v", err)
	}
	if _, service := serviceOf(g); service {
		t.Error("the ECS service is registered")
	}
	if _, service := serviceOf(mustRun(t, late(mockImage))); !service {
		t.Error("a good image makes no service")
	}
}

// TestPreflightDoesNotGuess: what is not known, and what a way out provides
// for, is no reason to refuse.
func TestPreflightDoesNotGuess(t *testing.T) {
	t.Parallel()
	declared := func(args NetworkArgs, image string) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			args.VpcId, args.SubnetIds = pulumi.String("vpc-1"), pulumi.ToStringArray([]string{"subnet-1"})
			n, err := NewNetwork(ctx, "shared", &args)
			if err != nil {
				return err
			}
			_, err = NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{
				Network: n, ClusterArn: pulumi.String(mockCluster), Image: pulumi.String(image), EnableExecuteCommand: ptr(true),
				Secrets: map[string]pulumi.StringInput{"DB": pulumi.String(mockSecretArn)},
			})
			return err
		}
	}
	onHosts := func(egress string, mode NetworkMode) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			n, err := NewNetwork(ctx, "shared", &NetworkArgs{
				VpcId: pulumi.String("vpc-1"), SubnetIds: pulumi.ToStringArray([]string{"subnet-1"}), PublicSubnetIds: pulumi.ToStringArray([]string{"subnet-2"}),
				Egress: pulumi.String(egress), EndpointServices: pulumi.ToStringArray([]string{"logs"}), CidrBlock: pulumi.String("10.0.0.0/16"),
			})
			if err != nil {
				return err
			}
			_, err = NewEc2Service(ctx, "sample", &Ec2ServiceArgs{
				Network: n, ClusterArn: pulumi.String(mockCluster), CapacityProviderName: pulumi.String("hosts"), Image: pulumi.String("nginx"), NetworkMode: ptr(mode),
			})
			return err
		}
	}
	unknown := pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return "" }).(pulumi.StringOutput)
	for name, program := range map[string]pulumi.RunFunc{
		"a network that declares no endpoints":    declared(NetworkArgs{Egress: pulumi.String(EgressNone)}, mockImage),
		"a network whose endpoints are not known": declared(NetworkArgs{Egress: pulumi.String(EgressNone), EndpointServices: pulumi.StringArray{unknown}, CidrBlock: pulumi.String("10.0.0.0/16")}, mockImage),
		"a network that declares its endpoints by their full names": declared(NetworkArgs{
			Egress: pulumi.String(EgressNone), CidrBlock: pulumi.String("10.0.0.0/16"), Region: pulumi.String("us-east-1"),
			EndpointServices: pulumi.ToStringArray([]string{
				"com.amazonaws.us-east-1.logs", "com.amazonaws.us-east-1.ecr.api", "com.amazonaws.us-east-1.ecr.dkr", "SecretsManager", " ssmmessages",
			}),
			S3PrefixListId: pulumi.String("pl-1"),
		}, mockImage),
		"NAT gateways": declared(NetworkArgs{Egress: pulumi.String(EgressNatGateway), EndpointServices: pulumi.ToStringArray([]string{"logs"})}, irishImage),
		"a role of the user's, which is a warning": inVpc(nil, func(a *FargatePrivateServiceArgs) {
			a.EnableExecuteCommand, a.TaskRoleArn = ptr(true), pulumi.String("arn:aws:iam::123456789012:role/mine")
		}),
		"a public service": func(ctx *pulumi.Context) error {
			n, err := NewPublicNetwork(ctx, "net", nil)
			if err != nil {
				return err
			}
			_, err = NewFargatePublicService(ctx, "sample", &FargatePublicServiceArgs{Network: n, ClusterArn: pulumi.String(mockCluster), Image: pulumi.String("nginx")})
			return err
		},
		"hosts that may be in public subnets":                                        onHosts(EgressNone, NetworkModeHost),
		"tasks with interfaces of their own, on hosts that may be in public subnets": onHosts(EgressNone, NetworkModeAwsvpc),
		"tasks with interfaces of their own behind an internet gateway":              onHosts(EgressInternetGateway, NetworkModeAwsvpc),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, service := serviceOf(mustRun(t, program, inPreview)); !service {
				t.Error("no ECS service")
			}
		})
	}
	t.Run("a Region that the provider does not know yet", func(t *testing.T) {
		t.Parallel()
		mustRun(t, declared(NetworkArgs{Egress: pulumi.String(EgressNone)}, irishImage), inPreview, withoutRegion)
	})
}
