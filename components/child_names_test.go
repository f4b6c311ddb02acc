package components

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// TestFaultsOfNames: a component's name of which AWS would refuse a child's is
// a fault of the component, said in its terms.
func TestFaultsOfNames(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("n", 47)
	service := func(name string, edit func(*FargatePrivateServiceArgs)) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			net, err := NewIsolatedVpc(ctx, "net", nil)
			if err != nil {
				return err
			}
			args := &FargatePrivateServiceArgs{
				Network: net, ClusterArn: pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/apps"),
				Image: pulumi.String("123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1"),
			}
			if edit != nil {
				edit(args)
			}
			_, err = NewFargatePrivateService(ctx, name, args)
			return err
		}
	}
	checkFaults(t, map[string]faulty{
		"a service whose role has no room": {service(long, nil),
			[]string{`name: "` + long + `" is longer than the 46 characters`, "IAM role, which is " + long + "-execution", "executionRoleArn"}},
		"a service whose name ECS refuses": {service("shop.web", func(a *FargatePrivateServiceArgs) { a.ContainerName = ptr("web") }),
			[]string{`name: "shop.web" has "." in it`, "ECS service, shop.web-service", "or write serviceName"}},
		"letters outside ASCII": {service("läden", func(a *FargatePrivateServiceArgs) { a.ServiceName = ptr("shops") }),
			[]string{`name: "läden" has "ä" in it`, "log group", "IAM role"}},
		"a security group's id": {service("sg-web", nil), []string{`name: "sg-web" begins with "sg-"`, "give the component another name"}},
		"hosts": {func(ctx *pulumi.Context) error {
			net, err := behindNat(ctx)
			if err != nil {
				return err
			}
			_, err = NewEc2Capacity(ctx, "sg-pool", &Ec2CapacityArgs{Network: net, ClusterName: pulumi.String("prod")})
			return err
		}, []string{`name: "sg-pool" begins with "sg-"`}},
		"a network": {func(ctx *pulumi.Context) error {
			_, err := NewIsolatedVpc(ctx, "sg-net", nil)
			return err
		}, []string{`name: "sg-net" begins with "sg-"`}},
		"a network with flow logs": {func(ctx *pulumi.Context) error {
			_, err := NewPublicNetwork(ctx, long, &PublicNetworkArgs{FlowLogs: &FlowLogsArgs{}})
			return err
		}, []string{"is longer than the 46 characters", long + "-flow-logs"}},
		"a cluster": {func(ctx *pulumi.Context) error {
			_, err := NewEcsCluster(ctx, "all apps", nil)
			return err
		}, []string{`name: "all apps" has " " in it`, "ECS cluster, all apps-cluster", "or write clusterName"}},
	})
}

// TestNamesThatFit: the longest name that leaves room is taken, and roles of
// the user's own need none.
func TestNamesThatFit(t *testing.T) {
	t.Parallel()
	for name, args := range map[string]*EcsClusterArgs{
		strings.Repeat("n", 46): nil,
		strings.Repeat("n", 60): {ExecutionRole: ptr(false)},
	} {
		mustRun(t, func(ctx *pulumi.Context) error {
			_, err := NewEcsCluster(ctx, name, args)
			return err
		})
	}
}
