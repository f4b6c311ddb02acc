package engine

import (
	"path/filepath"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
)

// onHosts is a program with hosts and nothing on them.
const onHosts = `name: hosts
runtime: yaml
resources:
  net:
    type: ecsnet:IsolatedVpc
    properties:
      ecsOnEc2: true
  apps:
    type: ecsnet:EcsCluster
    properties:
      capacityProviders: []
  pool:
    type: ecsnet:Ec2Capacity
    properties:
      network: ${net}
      clusterName: ${apps.clusterName}
      imageId: ami-0123456789abcdef0
      minSize: 0
`

// TestHostsThatEcsAdded: ECS starts hosts behind Pulumi's back. A change of the
// least number waits for no exact number of them, and the hosts that ECS is told
// to wait for have the time that AWS gives them.
func TestHostsThatEcsAdded(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	p := a.newProgram(written(t, onHosts))
	log := filepath.Join(t.TempDir(), "requests.jsonl")
	p.stack.Extra = append(p.stack.Extra, "ECSNET_STANDIN_LOG="+log)
	p.up()
	sent := system{t: t, requests: readRequests(t, log)}.sent("CreateCapacityProvider")
	group, _ := sent["AutoScalingGroupProvider"].(map[string]any)
	scaling, _ := group["ManagedScaling"].(map[string]any)
	if got, _ := scaling["InstanceWarmupPeriod"].(float64); got != 300 {
		t.Errorf("ECS is told to wait %v seconds for a host, want AWS's 300", scaling["InstanceWarmupPeriod"])
	}
	a.scaleOut(3)
	p.edit("Pulumi.yaml", "minSize: 0", "minSize: 1")
	p.up()
	p.mustBeSteady()
	p.destroy()
	a.mustBeEmpty()
}

// scaleOut does what ECS does where tasks find no room.
func (a *account) scaleOut(hosts int32) {
	a.t.Helper()
	cfg, err := inventory.Config(a.Endpoint, region)
	if err != nil {
		a.t.Fatal(err)
	}
	client := autoscaling.NewFromConfig(cfg)
	groups, err := client.DescribeAutoScalingGroups(a.t.Context(), &autoscaling.DescribeAutoScalingGroupsInput{})
	if err != nil || len(groups.AutoScalingGroups) != 1 {
		a.t.Fatalf("%d groups, %v", len(groups.AutoScalingGroups), err)
	}
	_, err = client.SetDesiredCapacity(a.t.Context(), &autoscaling.SetDesiredCapacityInput{
		AutoScalingGroupName: groups.AutoScalingGroups[0].AutoScalingGroupName, DesiredCapacity: aws.Int32(hosts),
	})
	if err != nil {
		a.t.Fatal(err)
	}
}
