package components

import (
	"encoding/base64"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const (
	launchTemplateType = "aws:ec2/launchTemplate:LaunchTemplate"
	associationType    = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders"
)

// TestHostsAreClosed: nobody takes on a host's role through its metadata
// service, logs in to it, or reads its disk.
func TestHostsAreClosed(t *testing.T) {
	t.Parallel()
	seen := 0
	everyGraph(t, func(t *testing.T, g *graph) {
		for _, n := range g.ofType(launchTemplateType) {
			seen++
			if got := show(n.inputs["metadataOptions"]); got != "{httpEndpoint: enabled, httpPutResponseHopLimit: 1, httpTokens: required}" {
				t.Errorf("%s has the metadata options %s", n.name, got)
			}
			if _, ok := n.inputs["keyName"]; ok {
				t.Errorf("%s has a key pair", n.name)
			}
			if got := show(n.inputs["blockDeviceMappings"]); !strings.Contains(got, "encrypted: true") {
				t.Errorf("%s has the volumes %s", n.name, got)
			}
			script, err := base64.StdEncoding.DecodeString(n.inputs["userData"].StringValue())
			if err != nil || !strings.Contains(string(script), "\nECS_AWSVPC_BLOCK_IMDS=true\n") {
				t.Errorf("%s starts with %s, %v", n.name, script, err)
			}
			for _, i := range n.inputs["networkInterfaces"].ArrayValue() {
				if public := i.ObjectValue()["associatePublicIpAddress"].StringValue(); public == "true" && len(g.ofType(publicNetworkType)) == 0 {
					t.Errorf("%s gives hosts a public address", n.name)
				}
			}
		}
		for _, n := range g.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule") {
			if n.inputs["ipProtocol"].StringValue() == "tcp" && n.inputs["fromPort"].NumberValue() <= 22 && n.inputs["toPort"].NumberValue() >= 22 {
				t.Errorf("%s opens port 22", n.name)
			}
		}
	})
	t.Cleanup(func() {
		if seen == 0 {
			t.Error("no program has hosts: the test proves nothing")
		}
	})
}

// TestServiceOnHostsWaitsForThem holds the edges from hosts to what they need to
// join their cluster, and the service's to the cluster's list, without which ECS refuses the
// service's capacity provider.
func TestServiceOnHostsWaitsForThem(t *testing.T) {
	t.Parallel()
	for _, program := range []string{"hosts-isolated", "hosts-behind-nat", "hosts-public-bridge", "hosts-everything"} {
		g := mustRun(t, programs[program])
		service := g.ofType("aws:ecs/service:Service")[0]
		if list := g.ofType(associationType)[0]; !slices.Contains(service.dependsOn, list.urn) {
			t.Errorf("%s: the ECS service does not wait for the cluster's list of capacity providers", program)
		}
		group := g.ofType("aws:autoscaling/group:Group")[0]
		for _, n := range g.sorted() {
			isNeed := n.typ == "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule" || n.typ == "aws:iam/rolePolicy:RolePolicy"
			if isNeed && short(n.parent) == "ecsnet:index:Ec2Capacity pool" && !slices.Contains(group.dependsOn, n.urn) {
				t.Errorf("%s: hosts start before %s", program, n.name)
			}
		}
	}
}

// TestOneOwnerOfTheClustersList: one component sets a cluster's list of
// capacity providers, and one that names nothing but Fargate's goes without a
// call, so that it does not take away the list of an owner that took over.
func TestOneOwnerOfTheClustersList(t *testing.T) {
	t.Parallel()
	for _, program := range []string{"hosts-isolated", "hosts-two-pools"} {
		if got := len(mustRun(t, programs[program]).ofType(associationType)); got != 1 {
			t.Errorf("%s: want 1 owner, got %d", program, got)
		}
	}
	for list, retained := range map[string]bool{"FARGATE": true, "FARGATE,mine": false} {
		g := mustRun(t, clusterWith(&EcsClusterArgs{CapacityProviders: strings.Split(list, ",")}))
		if got := g.ofType(associationType)[0].rpc.GetRetainOnDelete(); got != retained {
			t.Errorf("%s: want retainOnDelete %v, got %v", list, retained, got)
		}
	}
}

// TestPublicAddressesOfHosts: bridge and host modes have their host's address,
// and no service on hosts asks for one of its own.
func TestPublicAddressesOfHosts(t *testing.T) {
	t.Parallel()
	g := mustRun(t, programs["hosts-public-bridge"])
	if got := show(g.ofType(launchTemplateType)[0].inputs["networkInterfaces"]); !strings.Contains(got, "associatePublicIpAddress: true") {
		t.Errorf("the hosts have the interfaces %s", got)
	}
	if got := show(g.ofType("aws:autoscaling/group:Group")[0].inputs["vpcZoneIdentifiers"]); got != "[net-public-a-id, net-public-b-id]" {
		t.Errorf("the hosts are in %s", got)
	}
	if c, ok := g.ofType("aws:ecs/service:Service")[0].inputs["networkConfiguration"]; ok {
		t.Errorf("a service in bridge mode has the network configuration %s", show(c))
	}
}

// TestUnknownNetworkOfHosts: what a network does not declare, and what is not
// known yet, is not taken for missing.
func TestUnknownNetworkOfHosts(t *testing.T) {
	t.Parallel()
	unknown := pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return "" }).(pulumi.StringOutput)
	for name, args := range map[string]*NetworkArgs{
		"endpoints not declared": {Egress: pulumi.String(EgressNone)},
		"endpoints not known":    {Egress: pulumi.String(EgressNone), EndpointServices: pulumi.StringArray{unknown}, EndpointSecurityGroupId: pulumi.String("sg-1")},
	} {
		args.VpcId, args.SubnetIds = pulumi.String("vpc-1"), pulumi.ToStringArray([]string{"subnet-1"})
		_, err := run(t, hosts(func(ctx *pulumi.Context) (NetworkInput, error) { return NewNetwork(ctx, "net", args) },
			func(a *Ec2CapacityArgs) { a.ClusterName, a.ImageId = unknown, unknown }, nil), inPreview)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestProviderOfHostsNotConfiguredYet: without a Region at preview the image is
// not known, and nothing else is wrong.
func TestProviderOfHostsNotConfiguredYet(t *testing.T) {
	t.Parallel()
	g := mustRun(t, func(ctx *pulumi.Context) error {
		n, err := NewNetwork(ctx, "net", &NetworkArgs{VpcId: pulumi.String("vpc-1"), SubnetIds: pulumi.ToStringArray([]string{"subnet-1"}), Egress: pulumi.String(EgressNatGateway)})
		if err != nil {
			return err
		}
		_, err = NewEc2Capacity(ctx, "pool", &Ec2CapacityArgs{Network: n, ClusterName: pulumi.String("prod")})
		return err
	}, inPreview, withoutRegion)
	if id := g.ofType(launchTemplateType)[0].inputs["imageId"]; id.HasValue() && !id.IsComputed() {
		t.Errorf("the image is %s", show(id))
	}
}

// TestServicesShareTheirArguments: what services on Fargate take, those on
// hosts take under the same names and types.
func TestServicesShareTheirArguments(t *testing.T) {
	t.Parallel()
	hosts, fargate := reflect.TypeFor[Ec2ServiceArgs](), reflect.TypeFor[FargatePrivateServiceArgs]()
	for i := range fargate.NumField() {
		f := fargate.Field(i)
		if f.Name == "CapacityProviders" {
			continue // Fargate's; on hosts it is capacityProviderName
		}
		h, ok := hosts.FieldByName(f.Name)
		if !ok || h.Type != f.Type || h.Tag != f.Tag {
			t.Errorf("%s is %v on Fargate, and %v on hosts", f.Name, f.Type, h.Type)
		}
	}
}

// TestHostsUseTheCallersProvider: the image is looked up through the
// component's own provider, as everything else.
func TestHostsUseTheCallersProvider(t *testing.T) {
	t.Parallel()
	g := mustRun(t, hosts(isolatedForHosts, nil, nil))
	looked := false
	for _, i := range g.invokes {
		looked = looked || i.Token == "aws:ssm/getParameter:getParameter" && i.Args["name"].StringValue() == "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id"
	}
	if !looked {
		t.Error("the image was not looked up")
	}
	if g := mustRun(t, programs["hosts-everything"]); slices.ContainsFunc(g.invokes, func(c pulumi.MockCallArgs) bool { return strings.Contains(c.Token, "ssm") }) {
		t.Error("a pinned image is looked up")
	}
}

func TestImageUri(t *testing.T) {
	t.Parallel()
	const url = mockAccount + ".dkr.ecr.us-east-1.amazonaws.com/app-repository-1234567"
	for want, args := range map[string]*ContainerImageArgs{
		"":                     nil,
		url + ":1.4":           {Tag: pulumi.String("1.4")},
		url + "@" + mockDigest: {Digest: pulumi.String(mockDigest)},
	} {
		mustRun(t, func(ctx *pulumi.Context) error {
			image, err := NewContainerImage(ctx, "app", args)
			if err != nil {
				return err
			}
			got, _, err := await[string](ctx, image.ImageUri)
			if got != want {
				t.Errorf("want %q, got %q", want, got)
			}
			return err
		})
	}
}

// TestBuiltImageHasTheWantedTag: a tag of the content, since a repository
// refuses to have a tag moved; or the user's.
func TestBuiltImageHasTheWantedTag(t *testing.T) {
	t.Parallel()
	tag := func(args ContainerImageArgs) resource.PropertyValue {
		return mustRun(t, image(&args)).find("awsx:ecr:Image", "app-image").inputs["imageTag"]
	}
	build := ContainerImageBuildArgs{Context: ptr("testdata/image")}
	first := tag(ContainerImageArgs{Build: &build})
	if again := tag(ContainerImageArgs{Build: &build}); again.StringValue() != first.StringValue() {
		t.Errorf("the same build is %s, then %s", show(first), show(again))
	}
	other := build
	other.CpuArchitecture = ptr(CpuArchitectureArm64)
	if got := tag(ContainerImageArgs{Build: &other}); got.StringValue() == first.StringValue() {
		t.Errorf("another architecture is %s too", show(got))
	}
	if got := tag(ContainerImageArgs{Build: &build, Tag: pulumi.String("v1")}); got.StringValue() != "v1" {
		t.Errorf("the user's tag is %s", show(got))
	}
}
