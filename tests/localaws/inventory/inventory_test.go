package inventory_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/moto"
)

func TestInventorySeesWhatIsMadeAndThatItIsGone(t *testing.T) {
	t.Parallel()
	server, err := moto.Start(t.Context(), moto.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	read := func() *inventory.Inventory {
		inv, err := inventory.Read(t.Context(), server.Endpoint, "us-east-1")
		require.NoError(t, err)
		return inv
	}
	before := read()
	require.Empty(t, read().Diff(before), "reading twice must give the same inventory")

	cfg, err := inventory.Config(server.Endpoint, "us-east-1")
	require.NoError(t, err)
	vpcs, clusters, logs, roles := ec2.NewFromConfig(cfg), ecs.NewFromConfig(cfg), cloudwatchlogs.NewFromConfig(cfg), iam.NewFromConfig(cfg)
	vpc, err := vpcs.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: aws.String("10.0.0.0/16")})
	require.NoError(t, err)
	_, err = clusters.CreateCluster(t.Context(), &ecs.CreateClusterInput{ClusterName: aws.String("apps")})
	require.NoError(t, err)
	task, err := clusters.RegisterTaskDefinition(t.Context(), &ecs.RegisterTaskDefinitionInput{
		Family:               aws.String("web"),
		ContainerDefinitions: []types.ContainerDefinition{{Name: aws.String("web"), Image: aws.String("nginx"), Memory: aws.Int32(64)}},
	})
	require.NoError(t, err)
	_, err = logs.CreateLogGroup(t.Context(), &cloudwatchlogs.CreateLogGroupInput{LogGroupName: aws.String("web")})
	require.NoError(t, err)
	_, err = roles.CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: aws.String("web"), AssumeRolePolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[]}`)})
	require.NoError(t, err)
	_, err = roles.PutRolePolicy(t.Context(), &iam.PutRolePolicyInput{RoleName: aws.String("web"), PolicyName: aws.String("all"), PolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}`)})
	require.NoError(t, err)

	during := read()
	kinds := map[string]int{}
	for _, r := range during.Since(before) {
		kinds[r.Kind()]++
	}
	// A VPC comes with a main route table and a default group.
	require.Equal(t, map[string]int{
		"VPC": 1, "route table": 1, "security group": 1, "ECS cluster": 1, "task definition": 1, "log group": 1, "IAM role": 1,
	}, kinds)
	require.Contains(t, inventory.Text(during.Since(before)), *vpc.Vpc.VpcId+" 10.0.0.0/16, DNS hostnames false")
	require.Contains(t, during.Roles[0].Inline["all"], `"Action":"s3:*"`, "policies are read decoded")
	require.False(t, during.Equal(before))

	_, err = vpcs.ModifyVpcAttribute(t.Context(), &ec2.ModifyVpcAttributeInput{VpcId: vpc.Vpc.VpcId, EnableDnsHostnames: &ec2types.AttributeBooleanValue{Value: aws.Bool(true)}})
	require.NoError(t, err)
	change := read().Diff(during)
	require.Len(t, change, 1, "an attribute counts")
	require.Contains(t, change[0], "~ VPC")

	_, err = vpcs.DeleteVpc(t.Context(), &ec2.DeleteVpcInput{VpcId: vpc.Vpc.VpcId})
	require.NoError(t, err)
	_, err = clusters.DeregisterTaskDefinition(t.Context(), &ecs.DeregisterTaskDefinitionInput{TaskDefinition: task.TaskDefinition.TaskDefinitionArn})
	require.NoError(t, err)
	_, err = clusters.DeleteCluster(t.Context(), &ecs.DeleteClusterInput{Cluster: aws.String("apps")})
	require.NoError(t, err)
	_, err = logs.DeleteLogGroup(t.Context(), &cloudwatchlogs.DeleteLogGroupInput{LogGroupName: aws.String("web")})
	require.NoError(t, err)
	left := read().Diff(before)
	require.Len(t, left, 1, "only the role is left")
	require.Contains(t, left[0], "+ IAM role")
	require.Len(t, before.Diff(during), len(kinds), "removals are seen as well as additions")
}

func TestInventoryReadsNoRealAWS(t *testing.T) {
	t.Parallel()
	for _, endpoint := range []string{"", "https://ec2.us-east-1.amazonaws.com", "http://10.0.0.1:5000", "http://127.0.0.1.example.com"} {
		_, err := inventory.Read(t.Context(), endpoint, "us-east-1")
		require.ErrorContains(t, err, "loopback", "endpoint %q", endpoint)
	}
}
