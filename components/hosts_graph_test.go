package components

import (
	"maps"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func init() {
	maps.Copy(programs, map[string]pulumi.RunFunc{
		"hosts-isolated":        hosts(isolatedForHosts, nil, nil),
		"hosts-behind-nat":      hosts(behindNat, nil, nil),
		"hosts-public-bridge":   hosts(publicForHosts, public, func(a *Ec2ServiceArgs) { a.NetworkMode, a.ContainerPort = ptr(NetworkModeBridge), ptr(8080) }),
		"hosts-public-host-udp": hosts(publicForHosts, public, gameServer),
		"hosts-everything":      everythingAboutHosts,
		"hosts-two-pools":       twoPools,
		"container-image": func(ctx *pulumi.Context) error {
			_, err := NewContainerImage(ctx, "app", nil)
			return err
		},
		"container-image-everything": func(ctx *pulumi.Context) error {
			_, err := NewContainerImage(ctx, "app", sets(&ContainerImageArgs{
				Digest: pulumi.String(mockDigest), RepositoryName: ptr("team/app"), TagMutability: ptr(TagMutabilityMutable), ScanOnPush: ptr(false),
				UntaggedImageDays: ptr(1), KeepImages: ptr(5), Encryption: ptr(RepositoryEncryptionKms),
				KmsKeyArn:    pulumi.String("arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"),
				DeleteImages: ptr(true), Tags: pulumi.StringMap{"team": pulumi.String("payments")},
			}))
			return err
		},
		"container-image-built": func(ctx *pulumi.Context) error {
			image, err := NewContainerImage(ctx, "app", &ContainerImageArgs{Build: &ContainerImageBuildArgs{
				Context: ptr("testdata/image"), Args: map[string]pulumi.StringInput{"VERSION": pulumi.String("1")},
			}})
			if err != nil {
				return err
			}
			return isolatedService(func(a *FargatePrivateServiceArgs) { a.Image = image.ImageUri })(ctx)
		},
	})
}

func isolatedForHosts(ctx *pulumi.Context) (NetworkInput, error) {
	return NewIsolatedVpc(ctx, "net", &IsolatedVpcArgs{EcsOnEc2: ptr(true)})
}

func behindNat(ctx *pulumi.Context) (NetworkInput, error) { return NewNatNetwork(ctx, "net", nil) }

func publicForHosts(ctx *pulumi.Context) (NetworkInput, error) {
	return NewPublicNetwork(ctx, "net", nil)
}

// hosts is the whole system: network, cluster, hosts and a service on them.
func hosts(network func(*pulumi.Context) (NetworkInput, error), editCapacity func(*Ec2CapacityArgs), editService func(*Ec2ServiceArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		net, err := network(ctx)
		if err != nil {
			return err
		}
		cluster, err := NewEcsCluster(ctx, "apps", &EcsClusterArgs{CapacityProviders: []string{}})
		if err != nil {
			return err
		}
		capacity := &Ec2CapacityArgs{Network: net, ClusterName: cluster.ClusterName}
		if editCapacity != nil {
			editCapacity(capacity)
		}
		pool, err := NewEc2Capacity(ctx, "pool", capacity)
		if err != nil {
			return err
		}
		service := &Ec2ServiceArgs{
			Network: net, Cluster: cluster, CapacityProviderName: pool.CapacityProviderName, Image: pulumi.String(mockImage),
		}
		if editService != nil {
			editService(service)
		}
		_, err = NewEc2Service(ctx, "sample", service)
		return err
	}
}

func public(a *Ec2CapacityArgs) {
	a.Placement = ptr(HostPlacementPublic)
	a.IngressRules = map[string]RuleArgs{
		"players": {FromPort: ptr(32768), ToPort: ptr(60999), Protocol: ptr(RuleProtocolUdp), CidrBlock: pulumi.String("198.51.100.0/24")},
	}
}

func gameServer(a *Ec2ServiceArgs) {
	a.NetworkMode, a.ContainerPort, a.PortProtocol = ptr(NetworkModeHost), ptr(40000), ptr(RuleProtocolUdp)
}

func everythingOfHosts(a *Ec2CapacityArgs) {
	sets(a)
	a.InstanceType, a.CpuArchitecture, a.ImageId = ptr("m7g.large"), ptr(CpuArchitectureArm64), pulumi.String("ami-0123456789abcdef0")
	a.MinSize, a.MaxSize, a.RootVolumeSizeGib = ptr(2), ptr(6), ptr(100)
	a.ProtectHostsWithTasks, a.ReplaceHosts = ptr(true), ptr(true)
	a.Placement, a.AssociateWithCluster = ptr(HostPlacementPrivate), ptr(true)
	a.IngressRules, a.EgressRules = everyRule("clients"), everyRule("dns")
	a.CapacityProviderName, a.OtherCapacityProviders = ptr("graviton"), pulumi.ToStringArray([]string{"FARGATE"})
	a.PermissionsBoundaryArn, a.RolePath = pulumi.String("arn:aws:iam::123456789012:policy/boundary"), ptr("/apps/")
	a.Tags = pulumi.StringMap{"team": pulumi.String("payments")}
}

// twoPools share a cluster: one of them sets its list of capacity providers.
func twoPools(ctx *pulumi.Context) error {
	net, err := behindNat(ctx)
	if err != nil {
		return err
	}
	cluster, err := NewEcsCluster(ctx, "apps", &EcsClusterArgs{CapacityProviders: []string{}})
	if err != nil {
		return err
	}
	arm, err := NewEc2Capacity(ctx, "arm", &Ec2CapacityArgs{
		Network: net, ClusterName: cluster.ClusterName, CpuArchitecture: ptr(CpuArchitectureArm64), AssociateWithCluster: ptr(false),
	})
	if err != nil {
		return err
	}
	_, err = NewEc2Capacity(ctx, "x86", &Ec2CapacityArgs{
		Network: net, ClusterName: cluster.ClusterName, OtherCapacityProviders: pulumi.StringArray{arm.CapacityProviderName},
	})
	return err
}
