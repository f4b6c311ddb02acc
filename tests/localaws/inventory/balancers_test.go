package inventory_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/moto"
)

func TestInventorySeesLoadBalancers(t *testing.T) {
	t.Parallel()
	server, err := moto.Start(t.Context(), moto.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	cfg, err := inventory.Config(server.Endpoint, "us-east-1")
	require.NoError(t, err)
	before, err := inventory.Read(t.Context(), server.Endpoint, "us-east-1")
	require.NoError(t, err)

	client := elb.NewFromConfig(cfg)
	subnets, err := ec2.NewFromConfig(cfg).DescribeSubnets(t.Context(), &ec2.DescribeSubnetsInput{})
	require.NoError(t, err)
	balancer, err := client.CreateLoadBalancer(t.Context(), &elb.CreateLoadBalancerInput{
		Name: aws.String("web"), Scheme: types.LoadBalancerSchemeEnumInternal,
		Subnets: []string{aws.ToString(subnets.Subnets[0].SubnetId), aws.ToString(subnets.Subnets[1].SubnetId)},
	})
	require.NoError(t, err)
	targets, err := client.CreateTargetGroup(t.Context(), &elb.CreateTargetGroupInput{
		Name: aws.String("tasks"), Protocol: types.ProtocolEnumHttp, Port: aws.Int32(80), VpcId: subnets.Subnets[0].VpcId,
		TargetType: types.TargetTypeEnumIp, HealthCheckPath: aws.String("/health"),
	})
	require.NoError(t, err)
	listen := func(port int32, action types.Action) string {
		out, err := client.CreateListener(t.Context(), &elb.CreateListenerInput{
			LoadBalancerArn: balancer.LoadBalancers[0].LoadBalancerArn, Protocol: types.ProtocolEnumHttp, Port: &port, DefaultActions: []types.Action{action},
		})
		require.NoError(t, err)
		return aws.ToString(out.Listeners[0].ListenerArn)
	}
	listen(80, types.Action{Type: types.ActionTypeEnumRedirect, RedirectConfig: &types.RedirectActionConfig{
		Protocol: aws.String("HTTP"), Port: aws.String("81"), StatusCode: types.RedirectActionStatusCodeEnumHttp301,
	}})
	forward := types.Action{Type: types.ActionTypeEnumForward, TargetGroupArn: targets.TargetGroups[0].TargetGroupArn}
	listener := listen(81, forward)
	_, err = client.CreateRule(t.Context(), &elb.CreateRuleInput{
		ListenerArn: &listener, Priority: aws.Int32(50000), Actions: []types.Action{forward},
		Conditions: []types.RuleCondition{{Field: aws.String("path-pattern"), PathPatternConfig: &types.PathPatternConditionConfig{Values: []string{"/*"}}}},
	})
	require.NoError(t, err)

	during, err := inventory.Read(t.Context(), server.Endpoint, "us-east-1")
	require.NoError(t, err)
	require.Equal(t, `load balancer     web, application, internal, 2 subnet(s)
target group      tasks HTTP:80, targets by ip, health HTTP:traffic-port /health
listener          HTTP:80 of web: redirect HTTP:81 HTTP_301
listener          HTTP:81 of web: forward tasks
listener rule     50000 of web: path-pattern /*: forward tasks
`, inventory.Text(during.Since(before)))

	_, err = client.DeleteLoadBalancer(t.Context(), &elb.DeleteLoadBalancerInput{LoadBalancerArn: balancer.LoadBalancers[0].LoadBalancerArn})
	require.NoError(t, err)
	_, err = client.DeleteTargetGroup(t.Context(), &elb.DeleteTargetGroupInput{TargetGroupArn: targets.TargetGroups[0].TargetGroupArn})
	require.NoError(t, err)
	after, err := inventory.Read(t.Context(), server.Endpoint, "us-east-1")
	require.NoError(t, err)
	require.Empty(t, after.Diff(before), "nothing is left")
}
