package components

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
)

// reported are failures of other people's systems that they reported, each with
// what holds that it is found here, cannot happen here, or is told of where
// nothing can be known at preview.
var reported = []struct {
	source string // of GitHub, but where it says otherwise
	what   string
	holds  []func(*testing.T)
}{
	{"GuardBench/guardbench-iac/issues/4", "the tasks' group lets nothing out to S3, so the layers time out", held(
		refuses(serviceIn(&NetworkArgs{
			VpcId: pulumi.String("vpc-1"), SubnetIds: pulumi.ToStringArray([]string{"subnet-1"}), Egress: pulumi.String(EgressNone), Region: pulumi.String("us-east-1"),
			EndpointServices:        pulumi.ToStringArray([]string{"logs", "ecr.api", "ecr.dkr"}),
			EndpointSecurityGroupId: pulumi.String("sg-1"),
		}), "Rule image-layers", "the tasks' security group lets nothing out to it", "s3PrefixListId"),
		checks(func(a *CheckTaskArgs) { a.S3GatewayEndpoint = ptr(false) }, "image-layers image"),
		proved("a group without a rule to S3"),
	)},
	{"awsdocs/amazon-ecr-user-guide/issues/8", "a policy of the S3 endpoint that asks for the own account stops ECR's layers", held(
		documented("`403 Forbidden` from `prod-REGION-starport-layer-bucket`"), proved("an S3 policy that asks for the own account"), layersForEveryPrincipal,
	)},
	{"prometheus-community/helm-charts/issues/2421", "with NAT, a policy of the S3 endpoint stops the layers of other registries", held(
		checks(func(a *CheckTaskArgs) { a.Egress, a.Image = ptr(EgressNatGateway), ptr("registry.k8s.io/pause:3.9") }, "image-s3-policy image"),
		checks(func(a *CheckTaskArgs) {
			a.Egress, a.Image, a.S3EndpointPolicyNarrow = ptr(EgressNatGateway), ptr("registry.k8s.io/pause:3.9"), ptr(false)
		}),
	)},
	{"aws/containers-roadmap/issues/2304", "an image of a pull-through cache whose layers are not cached", held(
		checks(func(a *CheckTaskArgs) {
			a.Image = ptr("123456789012.dkr.ecr.us-east-1.amazonaws.com/mirror/docker.io/library/busybox:1.35.0")
		}, "image-pull-through image"),
		documented("`ecr:BatchImportUpstreamImage`, and `ecr:CreateRepository`"),
	)},
	{"aws/containers-roadmap/issues/1160", "an image of ECR Public without a way out", held(
		checks(func(a *CheckTaskArgs) { a.Image = ptr("public.ecr.aws/amazonlinux/amazonlinux:2023") }, "image-registry image"),
	)},
	{"aws/containers-roadmap/issues/2792", "IPv6 as the only way out, and a dual-stack name of ECR", held(
		checks(func(a *CheckTaskArgs) { a.Image = ptr("123456789012.dkr-ecr.us-east-1.on.aws/app:1") }, "image-host image"),
		documented("Fargate signs in to ECR by IPv4 all the same"), proved("an egress-only gateway"),
	)},
	{"bottlerocket-os/bottlerocket/issues/4372", "FIPS names of ECR in an isolated network", held(
		checks(func(a *CheckTaskArgs) { a.Image = ptr("123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/app:1") }, "image-host image"),
	)},
	{"docker-archive/compose-cli/issues/2024", "names of Cloud Map in a VPC without DNS hostnames", held(
		checks(func(a *CheckTaskArgs) {
			a.DnsEnabled, a.Egress, a.FileSystems, a.EnableExecuteCommand = ptr(false), ptr(EgressNatGateway), nil, ptr(false)
		}, "vpc-dns network"),
		documented("whether the VPC has DNS support and DNS hostnames on"),
	)},
	{"ydamni/cloud-is-free/issues/3", "a file system in a VPC without DNS hostnames", held(
		checks(func(a *CheckTaskArgs) { a.DnsEnabled, a.Egress = ptr(false), ptr(EgressNatGateway) }, "vpc-dns network"),
	)},
	{"strongdm/accessbot/issues/282", "the file system's group does not admit the tasks", held(
		checks(func(a *CheckTaskArgs) {
			a.FileSystems["data"] = CheckedFileSystemArgs{AdmitsTasks: ptr(false), AvailabilityZones: a.AvailabilityZones}
		}, `efs-security-group fileSystems["data"]`),
	)},
	{"aws/aws-cdk/issues/10519", "the name of a secret in place of its ARN", held(
		refuses(serviceWith(func(a *FargatePrivateServiceArgs) {
			a.Secrets = map[string]pulumi.StringInput{"DB": pulumi.String("my path/MySecret")}
		}), `secrets["DB"]: is not an ARN`),
	)},
	{"aws/aws-cdk/issues/7272", "a JSON key after the ARN of a secret", held(
		checks(func(a *CheckTaskArgs) { a.Secrets["DB"] = checkedSecret + ":password::" }),
		refuses(serviceWith(func(a *FargatePrivateServiceArgs) {
			a.Secrets = map[string]pulumi.StringInput{"DB": pulumi.String(checkedSecret + ":password")}
		}), "does not have three parts after the secret's name"),
	)},
	{"aws/aws-cdk/issues/17156", "a secret with a key of one's own, which the execution role may not use", held(
		documented("a secret encrypted with a KMS key of your own that is not in `kmsKeyArns`"),
	)},
	{"cloudposse/terraform-aws-ecs-alb-service-task/issues/67", "an execution role that may not read the secret", held(
		runs(inVpc(nil, func(a *FargatePrivateServiceArgs) {
			a.Secrets = map[string]pulumi.StringInput{"DB": pulumi.String(checkedSecret)}
		}), "aws:iam/rolePolicy:RolePolicy", "sample-execution", `"Action":["secretsmanager:GetSecretValue"],"Resource":["`+checkedSecret+`"]`),
	)},
	{"aws/amazon-ecs-agent/issues/1680", "a network ACL that stops answers", held(proved("an ACL that stops answers"), documented("an ACL that stops answers"))},
	{"aws/copilot-cli/issues/4227", "tasks without an address in public subnets", held(
		checks(func(a *CheckTaskArgs) {
			a.Egress, a.Image, a.EndpointServices, a.EnableExecuteCommand = ptr(EgressInternetGateway), ptr("nginx"), []string{}, ptr(false)
			a.S3EndpointPolicyNarrow = ptr(false)
			a.ServiceConnect, a.FileSystems = ptr(false), nil
		}, "public-address network"),
	)},
	{"AndrewGuenther/fck-nat/issues/99", "a route to the interface of a NAT instance", held(proved("a NAT instance that checks addresses"))},
	{"aws/aws-cdk/issues/12812", "a load balancer before hosts in network mode bridge, which their group does not admit", held(
		refuses(hosts(behindNat, nil, func(a *Ec2ServiceArgs) {
			a.NetworkMode, a.ContainerPort, a.Ingress = ptr(NetworkModeBridge), ptr(8080), &Ingress{has: &ingressHas{}}
		}), `ingress: cannot be given in network mode "bridge"`),
	)},
	{"aws/aws-cdk/issues/3864", "tasks that do not admit a Network Load Balancer", held(
		runs(programs["service-behind-network-ingress"], "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "sample-from-game-tcp-8080", "referencedSecurityGroupId"),
		proved("a Network Load Balancer without groups, which the tasks do not admit"),
	)},
	{"pulumi/pulumi-aws/issues/4220", "a target group with a fixed name that cannot be replaced", held(
		lacks(programs["service-behind-network-ingress"], "aws:lb/targetGroup:TargetGroup", "name"),
		lacks(programs["service-behind-application-ingress"], "aws:lb/targetGroup:TargetGroup", "name"),
	)},
	{"aws/aws-cdk/issues/33253", "a load balancer that becomes internal, and one target group for both", held(
		lacks(programs["service-behind-application-ingress"], "aws:lb/loadBalancer:LoadBalancer", "name"),
	)},
	{"pulumi/pulumi-aws/issues/5903", "a service with neither launch type nor strategy, which AWS writes a strategy into", held(
		launches(isolatedService(nil)), launches(hosts(behindNat, nil, nil)),
	)},
	{"aws/aws-cdk/issues/18179", "hosts that go before the services on them", held(
		after(hosts(behindNat, nil, nil), "aws:ecs/service:Service", "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders"),
	)},
	{"hashicorp/terraform-provider-aws/issues/3414", "a role's policy that goes before the service", held(
		after(isolatedService(nil), "aws:ecs/service:Service", "aws:iam/rolePolicy:RolePolicy"),
	)},
	{"pulumi/pulumi-awsx/issues/927", "the first task before its role is known", held(documented("`ECS was unable to assume the role`"))},
	{"aws/containers-roadmap/issues/2614", "the first cluster of an account", held(documented("`Unable to assume the service linked role`"))},
	{"aws/amazon-ecs-agent/issues/1542", "more tasks than a host has interfaces", held(documented("the service's events say `RESOURCE:ENI`"))},
	{"aws/amazon-genomics-cli/issues/462", "names of endpoints and ARNs in China", held(inChina)},
	{"aws-cloudformation/cfn-lint/pull/4492", "two endpoints of one service in a VPC", held(
		refuses(isolated(&IsolatedVpcArgs{EndpointServices: []string{"logs", "com.amazonaws.us-east-1.logs"}}), "name each service once"),
		documented("there is already a conflicting DNS domain"),
	)},
	{"hashicorp/terraform-provider-aws/issues/37783", "private DNS of an endpoint and a hosted zone of one's own", held(documented("there is already a conflicting DNS domain"))},
	{"aws-cloudformation/cfn-lint/issues/3612", "a grace period without a load balancer", held(
		lacks(isolatedService(nil), "aws:ecs/service:Service", "healthCheckGracePeriodSeconds"),
	)},
	{"aws/containers-roadmap/issues/1107", "a target group in another VPC", held(refuses(inAnotherVpc, "ingress: is in another VPC than the network"))},
	{"pulumi/pulumi-cloud/issues/452", "a public address on EC2", held(
		refuses(hosts(behindNat, nil, func(a *Ec2ServiceArgs) { a.AssignPublicIp = ptr(true) }), "assignPublicIp: true is not possible"),
		checks(func(a *CheckTaskArgs) {
			a.LaunchType, a.AssignPublicIp, a.Egress = ptr(LaunchTypeEc2), ptr(true), ptr(EgressNatGateway)
		}, "ec2-public-ip assignPublicIp"),
	)},
	{"aws/containers-roadmap/issues/1359", "ECS Exec with a read-only root file system", held(documented("one in a container with a read-only root file system"))},
	{"aws/aws-cdk/issues/3646", "a load balancer in one zone", held(
		checks(func(a *CheckTaskArgs) {
			a.LoadBalancer.AvailabilityZones, a.AvailabilityZones = []string{"us-east-1a"}, []string{"us-east-1a"}
		}, "load-balancer-zones loadBalancer"),
	)},
	{"aws-solutions/distributed-load-testing-on-aws/issues/34", "name servers of one's own", held(documented("A set of DHCP options with name servers of your own"))},
	{"docker-archive/compose-cli/issues/911", "an internet gateway without a route to it", held(proved("a gateway without a route to it"))},
	{"pulumi/pulumi-self-hosted-installers", "an S3 gateway endpoint on no route table", held(
		proved("an S3 endpoint on no route table"), documented("on the route tables of its subnets"),
	)},
	{"https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html", "a secret that RDS manages", held(
		checks(func(a *CheckTaskArgs) {
			a.Secrets["DB"] = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!cluster-a1b2c3d4-5678-90ab-cdef-EXAMPLE11111-a1b2c3:password::"
		}),
	)},
	{"aws/amazon-ssm-agent/issues/203", "sessions of ECS Exec that nobody records", held(
		checks(func(a *CheckTaskArgs) { a.ExecuteCommandLog = ptr(false) }, "exec-recording enableExecuteCommand"),
		runs(isolatedService(func(a *FargatePrivateServiceArgs) {
			a.EnableExecuteCommand, a.ExecuteCommandLogGroupArn = ptr(true), pulumi.String("arn:aws:logs:us-east-1:123456789012:log-group:exec")
		}), "aws:iam/rolePolicy:RolePolicy", "sample-task", `"Action":["logs:DescribeLogGroups"],"Resource":["*"]`),
	)},
}

func TestReportedFailures(t *testing.T) {
	t.Parallel()
	for _, r := range reported {
		t.Run(r.what, func(t *testing.T) {
			t.Parallel()
			if r.source == "" || len(r.holds) == 0 {
				t.Fatal("the row has no source, or nothing holds it")
			}
			for _, hold := range r.holds {
				hold(t)
			}
		})
	}
}

func held(by ...func(*testing.T)) []func(*testing.T) { return by }

// checks asks CheckTask, of a task that works but for an edit, for exactly these
// findings: the rule and the path of each.
func checks(edit func(*CheckTaskArgs), want ...string) func(*testing.T) {
	return func(t *testing.T) {
		t.Helper()
		args := checked()
		edit(args)
		got, err := CheckTask(args)
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, f := range got.Findings {
			found = append(found, f.RuleId+" "+f.Path)
		}
		if !slices.Equal(found, want) {
			t.Errorf("want %v, got %v", want, found)
		}
	}
}

// refuses says that a preview of a program fails, with these texts.
func refuses(program pulumi.RunFunc, says ...string) func(*testing.T) {
	return func(t *testing.T) {
		t.Helper()
		_, err := run(t, program, inPreview)
		if err == nil {
			t.Fatal("no error")
		}
		for _, text := range says {
			if !strings.Contains(err.Error(), text) {
				t.Errorf("%q is not in\n%v", text, err)
			}
		}
	}
}

// runs says that a program makes a resource, with a text among its inputs.
func runs(program pulumi.RunFunc, typ, name, has string) func(*testing.T) {
	return func(t *testing.T) {
		t.Helper()
		if n := mustRun(t, program).find(typ, name); !strings.Contains(show(resource.NewProperty(n.inputs)), has) {
			t.Errorf("%s has no %s: %v", name, has, n.inputs)
		}
	}
}

// lacks says that no resource of a type has an input.
func lacks(program pulumi.RunFunc, typ string, input resource.PropertyKey) func(*testing.T) {
	return func(t *testing.T) {
		t.Helper()
		nodes := mustRun(t, program).ofType(typ)
		if len(nodes) == 0 {
			t.Fatalf("no %s: the row proves nothing", typ)
		}
		for _, n := range nodes {
			if v, ok := n.inputs[input]; ok && !v.IsNull() {
				t.Errorf("%s has %s %v", n.name, input, v)
			}
		}
	}
}

// launches says that a service names what runs it.
func launches(program pulumi.RunFunc) func(*testing.T) {
	return func(t *testing.T) {
		t.Helper()
		for _, n := range mustRun(t, program).ofType("aws:ecs/service:Service") {
			if n.inputs["launchType"].IsNull() == n.inputs["capacityProviderStrategies"].IsNull() {
				t.Errorf("%s has the launch type %v and the strategy %v", n.name, n.inputs["launchType"], n.inputs["capacityProviderStrategies"])
			}
		}
	}
}

// after says that one resource waits for another, and so goes before it.
func after(program pulumi.RunFunc, typ, before string) func(*testing.T) {
	return func(t *testing.T) {
		t.Helper()
		g := mustRun(t, program)
		for _, n := range g.ofType(typ) {
			if !slices.ContainsFunc(n.dependsOn, func(urn string) bool { return string(resource.URN(urn).Type()) == before }) {
				t.Errorf("%s does not wait for a %s: %v", n.name, before, n.dependsOn)
			}
		}
	}
}

// documented says that docs/preflight.md tells of it, where it says what is not
// checked.
func documented(text string) func(*testing.T) {
	return func(t *testing.T) {
		t.Helper()
		document, err := os.ReadFile("../docs/preflight.md")
		if err != nil {
			t.Fatal(err)
		}
		if _, unchecked, ok := strings.Cut(string(document), "\n## What is not checked\n"); !ok || !strings.Contains(unchecked, text) {
			t.Errorf("docs/preflight.md does not say %q under \"What is not checked\"", text)
		}
	}
}

// proved says that the proof of isolation has a row of that name.
func proved(name string) func(*testing.T) {
	return func(t *testing.T) {
		t.Helper()
		tests, err := os.ReadFile("../verify/reported_test.go")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(tests), `"`+name+`"`) {
			t.Errorf("verify/reported_test.go has no row %q", name)
		}
	}
}

// layersForEveryPrincipal: our policy of the S3 endpoint asks nothing of who
// fetches ECR's layers.
func layersForEveryPrincipal(t *testing.T) {
	policy, err := endpoints.S3Policy("aws", "us-east-1", nil)
	if err != nil || strings.Contains(policy, "Condition") || !strings.Contains(policy, `"arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*"`) {
		t.Errorf("%s, %v", policy, err)
	}
}

func inChina(t *testing.T) {
	const region = "cn-northwest-1"
	for _, service := range []string{"ecr.api", "ecr.dkr"} {
		if got := endpoints.ServiceName(service, region); got != "cn.com.amazonaws."+region+"."+service {
			t.Errorf("%s is called %s", service, got)
		}
	}
	policy, err := endpoints.S3Policy(endpoints.Partition(region), region, []string{"b"})
	if err != nil || strings.Count(policy, "arn:aws-cn:s3:::") != strings.Count(policy, "arn:") {
		t.Errorf("%s, %v", policy, err)
	}
}

func inAnotherVpc(ctx *pulumi.Context) error {
	one, err := NewNatNetwork(ctx, "one", nil)
	if err != nil {
		return err
	}
	two, err := NewNatNetwork(ctx, "two", nil)
	if err != nil {
		return err
	}
	in, err := NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{Network: one})
	if err != nil {
		return err
	}
	_, err = NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{
		Network: two, Ingress: in, ContainerPort: ptr(8080), ClusterArn: pulumi.String(mockCluster), Image: pulumi.String(mockImage),
	})
	return err
}
