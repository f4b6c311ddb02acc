//lint:file-ignore SA1019 the aws provider still sends the namespace in the old place

package inventory_test

import (
	"encoding/base64"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	gateway "github.com/aws/aws-sdk-go-v2/service/apigatewayv2"
	gatewaytypes "github.com/aws/aws-sdk-go-v2/service/apigatewayv2/types"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	astypes "github.com/aws/aws-sdk-go-v2/service/autoscaling/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	ecrtypes "github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	ecstypes "github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery"
	mapped "github.com/aws/aws-sdk-go-v2/service/servicediscovery/types"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/moto"
)

func TestInventorySeesHostsGatewaysAndImages(t *testing.T) {
	t.Parallel()
	server, err := moto.Start(t.Context(), moto.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	cfg, err := inventory.Config(server.Endpoint, "us-east-1")
	require.NoError(t, err)
	read := func() *inventory.Inventory {
		inv, err := inventory.Read(t.Context(), server.Endpoint, "us-east-1")
		require.NoError(t, err)
		return inv
	}
	before, ctx := read(), t.Context()

	vpcs := ec2.NewFromConfig(cfg)
	subnets, err := vpcs.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{})
	require.NoError(t, err)
	subnet := aws.ToString(subnets.Subnets[0].SubnetId)
	template, err := vpcs.CreateLaunchTemplate(ctx, &ec2.CreateLaunchTemplateInput{
		LaunchTemplateName: aws.String("hosts"),
		LaunchTemplateData: &types.RequestLaunchTemplateData{
			ImageId: aws.String("ami-0123456789abcdef0"), InstanceType: types.InstanceTypeT3Small,
			UserData: aws.String(base64.StdEncoding.EncodeToString([]byte("#!/bin/sh"))),
			MetadataOptions: &types.LaunchTemplateInstanceMetadataOptionsRequest{
				HttpTokens: types.LaunchTemplateHttpTokensStateRequired, HttpPutResponseHopLimit: aws.Int32(1),
			},
			BlockDeviceMappings: []types.LaunchTemplateBlockDeviceMappingRequest{{
				DeviceName: aws.String("/dev/xvda"),
				Ebs:        &types.LaunchTemplateEbsBlockDeviceRequest{Encrypted: aws.Bool(true), VolumeSize: aws.Int32(30), VolumeType: types.VolumeTypeGp3},
			}},
		},
	})
	require.NoError(t, err)
	groups := autoscaling.NewFromConfig(cfg)
	_, err = groups.CreateAutoScalingGroup(ctx, &autoscaling.CreateAutoScalingGroupInput{
		AutoScalingGroupName: aws.String("hosts"), MinSize: aws.Int32(0), MaxSize: aws.Int32(3), DesiredCapacity: aws.Int32(0), VPCZoneIdentifier: &subnet,
		LaunchTemplate: &astypes.LaunchTemplateSpecification{LaunchTemplateId: template.LaunchTemplate.LaunchTemplateId, Version: aws.String("1")},
	})
	require.NoError(t, err)
	group, err := groups.DescribeAutoScalingGroups(ctx, &autoscaling.DescribeAutoScalingGroupsInput{})
	require.NoError(t, err)
	clusters := ecs.NewFromConfig(cfg)
	_, err = clusters.CreateCapacityProvider(ctx, &ecs.CreateCapacityProviderInput{
		Name: aws.String("hosts"),
		AutoScalingGroupProvider: &ecstypes.AutoScalingGroupProvider{
			AutoScalingGroupArn: group.AutoScalingGroups[0].AutoScalingGroupARN, ManagedDraining: ecstypes.ManagedDrainingEnabled,
			ManagedScaling: &ecstypes.ManagedScaling{Status: ecstypes.ManagedScalingStatusEnabled},
		},
	})
	require.NoError(t, err)
	_, err = clusters.CreateCluster(ctx, &ecs.CreateClusterInput{ClusterName: aws.String("apps"), CapacityProviders: []string{"hosts", "FARGATE"}})
	require.NoError(t, err)
	profiles := iam.NewFromConfig(cfg)
	_, err = profiles.CreateInstanceProfile(ctx, &iam.CreateInstanceProfileInput{InstanceProfileName: aws.String("hosts")})
	require.NoError(t, err)

	apis := gateway.NewFromConfig(cfg)
	api, err := apis.CreateApi(ctx, &gateway.CreateApiInput{Name: aws.String("api"), ProtocolType: gatewaytypes.ProtocolTypeHttp})
	require.NoError(t, err)
	link, err := apis.CreateVpcLink(ctx, &gateway.CreateVpcLinkInput{Name: aws.String("link"), SubnetIds: []string{subnet}, SecurityGroupIds: []string{"sg-1"}})
	require.NoError(t, err)
	integration, err := apis.CreateIntegration(ctx, &gateway.CreateIntegrationInput{
		ApiId: api.ApiId, IntegrationType: gatewaytypes.IntegrationTypeHttpProxy, ConnectionType: gatewaytypes.ConnectionTypeVpcLink,
		ConnectionId: link.VpcLinkId, IntegrationUri: aws.String("arn:service"), IntegrationMethod: aws.String("ANY"),
	})
	require.NoError(t, err)
	_, err = apis.CreateRoute(ctx, &gateway.CreateRouteInput{ApiId: api.ApiId, RouteKey: aws.String("$default"), Target: aws.String("integrations/" + *integration.IntegrationId)})
	require.NoError(t, err)
	_, err = apis.CreateStage(ctx, &gateway.CreateStageInput{ApiId: api.ApiId, StageName: aws.String("$default"), AutoDeploy: aws.Bool(true)})
	require.NoError(t, err)
	names := servicediscovery.NewFromConfig(cfg)
	_, err = names.CreatePrivateDnsNamespace(ctx, &servicediscovery.CreatePrivateDnsNamespaceInput{Name: aws.String("apps.local"), Vpc: aws.String("vpc-1")})
	require.NoError(t, err)
	namespaces, err := names.ListNamespaces(ctx, &servicediscovery.ListNamespacesInput{})
	require.NoError(t, err)
	service, err := names.CreateService(ctx, &servicediscovery.CreateServiceInput{
		Name: aws.String("web"), NamespaceId: namespaces.Namespaces[0].Id, DnsConfig: &mapped.DnsConfig{
			DnsRecords: []mapped.DnsRecord{{Type: mapped.RecordTypeSrv, TTL: aws.Int64(10)}},
		},
	})
	require.NoError(t, err)

	images := ecr.NewFromConfig(cfg)
	_, err = images.CreateRepository(ctx, &ecr.CreateRepositoryInput{
		RepositoryName: aws.String("web"), ImageTagMutability: ecrtypes.ImageTagMutabilityImmutable,
		ImageScanningConfiguration: &ecrtypes.ImageScanningConfiguration{ScanOnPush: true},
	})
	require.NoError(t, err)

	during := read()
	require.Equal(t, `HTTP API          api, 1 route(s), 1 integration(s), 1 stage(s)
VPC link          link in 1 subnet(s), 1 security group(s)
namespace         apps.local, dns_private
service registry  web, SRV 10
ECS cluster       apps, container insights disabled, FARGATE hosts
launch template   hosts version 1: t3.small, metadata tokens required, hop limit 1
scaling group     hosts: 0 to 3 instances, 0 wanted, in 1 subnet(s)
capacity provider hosts, managed scaling enabled, draining enabled
instance profile  hosts with role `+`
image repository  web, tags immutable, scanned on push, AES256
`, inventory.Text(during.Since(before)))
	require.Equal(t, []string{"$default -> arn:service through " + *link.VpcLinkId}, during.APIs[0].Routes)
	require.Equal(t, "#!/bin/sh", during.LaunchTemplates[0].UserData)
	require.Equal(t, []string{"/dev/xvda gp3 30 encrypted"}, during.LaunchTemplates[0].Volumes)

	_, err = clusters.DeleteCluster(ctx, &ecs.DeleteClusterInput{Cluster: aws.String("apps")})
	require.NoError(t, err)
	_, err = clusters.DeleteCapacityProvider(ctx, &ecs.DeleteCapacityProviderInput{CapacityProvider: aws.String("hosts")})
	require.NoError(t, err)
	_, err = groups.DeleteAutoScalingGroup(ctx, &autoscaling.DeleteAutoScalingGroupInput{AutoScalingGroupName: aws.String("hosts")})
	require.NoError(t, err)
	_, err = vpcs.DeleteLaunchTemplate(ctx, &ec2.DeleteLaunchTemplateInput{LaunchTemplateName: aws.String("hosts")})
	require.NoError(t, err)
	_, err = profiles.DeleteInstanceProfile(ctx, &iam.DeleteInstanceProfileInput{InstanceProfileName: aws.String("hosts")})
	require.NoError(t, err)
	_, err = apis.DeleteApi(ctx, &gateway.DeleteApiInput{ApiId: api.ApiId})
	require.NoError(t, err)
	_, err = apis.DeleteVpcLink(ctx, &gateway.DeleteVpcLinkInput{VpcLinkId: link.VpcLinkId})
	require.NoError(t, err)
	_, err = names.DeleteService(ctx, &servicediscovery.DeleteServiceInput{Id: service.Service.Id})
	require.NoError(t, err)
	_, err = names.DeleteNamespace(ctx, &servicediscovery.DeleteNamespaceInput{Id: namespaces.Namespaces[0].Id})
	require.NoError(t, err)
	_, err = images.DeleteRepository(ctx, &ecr.DeleteRepositoryInput{RepositoryName: aws.String("web")})
	require.NoError(t, err)
	require.Empty(t, read().Diff(before), "nothing is left")
}
