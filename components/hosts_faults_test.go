package components

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func TestFaultsOfHosts(t *testing.T) {
	t.Parallel()
	capacity := func(edit func(*Ec2CapacityArgs)) pulumi.RunFunc { return hosts(behindNat, edit, nil) }
	service := func(edit func(*Ec2ServiceArgs)) pulumi.RunFunc { return hosts(behindNat, nil, edit) }
	checkFaults(t, map[string]faulty{
		"capacity with nothing": {func(ctx *pulumi.Context) error {
			_, err := NewEc2Capacity(ctx, "pool", nil)
			return err
		}, []string{"network: is required", "clusterName: is required"}},
		"isolated without the agent's endpoints": {hosts(func(ctx *pulumi.Context) (NetworkInput, error) { return NewIsolatedVpc(ctx, "net", nil) }, nil, nil),
			[]string{`Ec2Capacity "pool" has invalid arguments`, "network: has no way out and no endpoints for ecs, ecs-agent, ecs-telemetry", "ecsOnEc2"}},
		"isolated with one of them": {hosts(func(ctx *pulumi.Context) (NetworkInput, error) {
			return NewIsolatedVpc(ctx, "net", &IsolatedVpcArgs{EndpointServices: []string{"ecs"}})
		}, nil, nil), []string{"no endpoints for ecs-agent, ecs-telemetry,"}},
		"isolated without any endpoint": {hosts(func(ctx *pulumi.Context) (NetworkInput, error) {
			return NewIsolatedVpc(ctx, "net", &IsolatedVpcArgs{EndpointServices: []string{}})
		}, nil, nil), []string{"ecsOnEc2"}},
		"private hosts in a public network":   {hosts(publicForHosts, nil, nil), []string{"network: has no private subnets", `placement "Public"`}},
		"public hosts in an isolated network": {hosts(isolatedForHosts, public, nil), []string{`network: has no public subnets, and placement "Public" needs them`}},
		"placement":                           {capacity(func(a *Ec2CapacityArgs) { a.Placement = ptr(HostPlacement("public")) }), []string{`placement: "public"`, `"Public"`}},
		"wrong architecture": {capacity(func(a *Ec2CapacityArgs) {
			a.InstanceType, a.CpuArchitecture = ptr("t3.small"), ptr(CpuArchitectureArm64)
		}), []string{`instanceType: "t3.small" has the processor architecture X86_64, not ARM64`, `"t4g.small"`}},
		"no instance type":     {capacity(func(a *Ec2CapacityArgs) { a.InstanceType = ptr("small") }), []string{`instanceType: "small" is not an EC2 instance type`}},
		"image":                {capacity(func(a *Ec2CapacityArgs) { a.ImageId = pulumi.String("amazon-linux") }), []string{`imageId: "amazon-linux"`}},
		"sizes":                {capacity(func(a *Ec2CapacityArgs) { a.MinSize, a.MaxSize, a.RootVolumeSizeGib = ptr(-1), ptr(0), ptr(8) }), []string{"minSize: -1", "maxSize: 0", "rootVolumeSizeGib: 8"}},
		"more hosts than most": {capacity(func(a *Ec2CapacityArgs) { a.MinSize, a.MaxSize = ptr(5), ptr(4) }), []string{"maxSize: 4", "minSize (5)"}},
		"SSH": {capacity(func(a *Ec2CapacityArgs) {
			a.IngressRules = map[string]RuleArgs{"ssh": {Port: ptr(22), CidrBlock: pulumi.String("10.0.0.0/8")}}
		}), []string{`ingressRules["ssh"]: opens port 22, which stays closed`, "Session Manager"}},
		"SSH in a range": {capacity(func(a *Ec2CapacityArgs) {
			a.IngressRules = map[string]RuleArgs{"all": {FromPort: ptr(1), ToPort: ptr(65535), CidrBlock: pulumi.String("10.0.0.0/8")}}
		}), []string{`ingressRules["all"]: opens port 22`}},
		"cluster's ARN": {capacity(func(a *Ec2CapacityArgs) {
			a.ClusterName = pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/prod")
		}), []string{"clusterName:", `is an ARN, not a name; write "prod"`}},
		"shell in the name": {capacity(func(a *Ec2CapacityArgs) { a.ClusterName = pulumi.String("x\nCONFIG\nrm -rf /") }), []string{"clusterName:", "is not the name of an ECS cluster"}},
		"provider's name":   {capacity(func(a *Ec2CapacityArgs) { a.CapacityProviderName = ptr("ecs-hosts") }), []string{`capacityProviderName: "ecs-hosts" begins with "ecs"`}},
		"others of nobody": {capacity(func(a *Ec2CapacityArgs) {
			a.AssociateWithCluster, a.OtherCapacityProviders = ptr(false), pulumi.StringArray{}
		}), []string{"otherCapacityProviders: cannot be given"}},
		"role's path": {capacity(func(a *Ec2CapacityArgs) { a.RolePath = ptr("apps") }), []string{`rolePath: "apps"`}},
		"component's own name that no capacity provider can have": {func(ctx *pulumi.Context) error {
			net, err := behindNat(ctx)
			if err != nil {
				return err
			}
			_, err = NewEc2Capacity(ctx, "AwsHosts", &Ec2CapacityArgs{Network: net, ClusterName: pulumi.String("prod")})
			return err
		}, []string{`capacityProviderName: is required, because the component's name "AwsHosts" begins with "Aws"`}},

		"service with nothing": {func(ctx *pulumi.Context) error {
			_, err := NewEc2Service(ctx, "sample", nil)
			return err
		}, []string{`Ec2Service "sample"`, "network: is required", "cluster: is required", "image: is required", "capacityProviderName: is required"}},
		"public address": {service(func(a *Ec2ServiceArgs) { a.AssignPublicIp = ptr(true) }),
			[]string{"assignPublicIp: true is not possible", `"awsvpc" never gets a public address`, `networkMode "bridge" or "host"`, "FargatePublicService"}},
		"awsvpc in a public network": {hosts(publicForHosts, public, nil),
			[]string{`Ec2Service "sample"`, "network: has no private subnets", "never gets a public address", `"bridge"`}},
		"network mode": {service(func(a *Ec2ServiceArgs) { a.NetworkMode = ptr(NetworkMode("none")) }), []string{`networkMode: "none"`}},
		"rules in bridge mode": {service(func(a *Ec2ServiceArgs) {
			a.NetworkMode = ptr(NetworkModeBridge)
			a.IngressRules = map[string]RuleArgs{"a": {Port: ptr(80), CidrBlock: pulumi.String("10.0.0.0/8")}}
			a.EgressRules = a.IngressRules
		}), []string{`ingressRules: cannot be given in network mode "bridge"`, "egressRules: cannot be given", "Ec2Capacity"}},
		"host port without a port": {service(func(a *Ec2ServiceArgs) { a.HostPort = ptr(80) }), []string{"hostPort: 80 leads to no port"}},
		"another host port in host mode": {service(func(a *Ec2ServiceArgs) {
			a.NetworkMode, a.ContainerPort, a.HostPort = ptr(NetworkModeHost), ptr(80), ptr(81)
		}), []string{`hostPort: 81 is not containerPort, 80, and in network mode "host"`}},
		"agent's port":       {service(func(a *Ec2ServiceArgs) { a.NetworkMode, a.ContainerPort = ptr(NetworkModeHost), ptr(51678) }), []string{"containerPort: 51678 is a port that the host itself uses"}},
		"sizes of the task":  {service(func(a *Ec2ServiceArgs) { a.Cpu, a.MemoryMib = ptr(-1), ptr(4) }), []string{"cpu: -1", "memoryMib: 4"}},
		"Fargate's provider": {service(func(a *Ec2ServiceArgs) { a.CapacityProviderName = pulumi.String("FARGATE_SPOT") }), []string{`capacityProviderName: "FARGATE_SPOT" has no hosts`}},
		"ingress in host mode": {func(ctx *pulumi.Context) error {
			net, err := isolatedForHosts(ctx)
			if err != nil {
				return err
			}
			in, err := NewApiIngress(ctx, "api", &ApiIngressArgs{Network: net})
			if err != nil {
				return err
			}
			_, err = NewEc2Service(ctx, "sample", &Ec2ServiceArgs{
				Network: net, ClusterArn: pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/prod"), CapacityProviderName: pulumi.String("pool"),
				Image: pulumi.String(mockImage), Ingress: in, ContainerPort: ptr(80), NetworkMode: ptr(NetworkModeHost),
			})
			return err
		}, []string{`ingress: cannot be given in network mode "host"`}},
	})
}

func image(args *ContainerImageArgs) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		_, err := NewContainerImage(ctx, "app", args)
		return err
	}
}

func TestFaultsOfImages(t *testing.T) {
	t.Parallel()
	checkFaults(t, map[string]faulty{
		"repository": {image(&ContainerImageArgs{RepositoryName: ptr("Team/App"), UntaggedImageDays: ptr(0), KeepImages: ptr(0), TagMutability: ptr(TagMutability("x"))}),
			[]string{`repositoryName: "Team/App" is not a name that ECR takes; write "team/app"`, "untaggedImageDays: 0", "keepImages: 0", "tagMutability"}},
		"key without KMS": {image(&ContainerImageArgs{KmsKeyArn: pulumi.String("key")}), []string{"kmsKeyArn: is given", `kmsKeyArn: "key" is not an ARN`}},
		"tag and digest":  {image(&ContainerImageArgs{Tag: pulumi.String("a b"), Digest: pulumi.String("sha256:1")}), []string{"digest: cannot be given together with tag", `tag: "a b" is not a tag`, `digest: "sha256:1" is not a digest`}},
		"digest and build": {image(&ContainerImageArgs{Digest: pulumi.String(mockDigest), Build: &ContainerImageBuildArgs{Context: ptr("testdata/image")}}),
			[]string{"digest: cannot be given together with build"}},
		"no folder":     {image(&ContainerImageArgs{Build: &ContainerImageBuildArgs{Context: ptr("nowhere")}}), []string{`build.context: "nowhere" is not a folder`}},
		"no Dockerfile": {image(&ContainerImageArgs{Build: &ContainerImageBuildArgs{Context: ptr("testdata/graphs")}}), []string{`build.dockerfile: "testdata/graphs/Dockerfile" is not a file`}},
		"architecture":  {image(&ContainerImageArgs{Build: &ContainerImageBuildArgs{Context: ptr("testdata/image"), CpuArchitecture: ptr(CpuArchitecture("arm"))}}), []string{`build.cpuArchitecture: "arm"`}},
		"automatic name that no repository can have": {func(ctx *pulumi.Context) error {
			_, err := NewContainerImage(ctx, "MyApp", nil)
			return err
		}, []string{`repositoryName: is required, because the component's name "MyApp"`}},
	})
}
