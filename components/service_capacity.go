package components

import (
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// readCluster reads the cluster, and takes from it what the user does not write.
func (s *serviceSpec) readCluster(ctx *pulumi.Context) error {
	const either = "pass the EcsCluster itself as cluster, or the ARN of another cluster as clusterArn"
	switch {
	case isNil(s.Cluster) && isNil(s.ClusterArn):
		s.faults.Add("cluster", nil, "is required", either)
		return nil
	case isNil(s.Cluster):
		return nil
	case !isNil(s.ClusterArn):
		s.faults.Add("clusterArn", nil, "cannot be given together with cluster", either)
		return nil
	}
	cluster, ok := s.Cluster.(*EcsCluster)
	if !ok {
		var known bool
		var err error
		if cluster, known, err = await[*EcsCluster](ctx, s.Cluster.ToClusterOutput()); err != nil {
			return err
		}
		if !known || cluster == nil {
			s.faults.Add("cluster", nil, "is not known at preview", "pass the EcsCluster itself, not a value computed from it")
			return nil
		}
	}
	completed := *s.FargatePrivateServiceArgs
	completed.ClusterArn = cluster.ClusterArn
	if completed.ExecuteCommandLogGroupArn == nil && or(completed.EnableExecuteCommand, false) {
		completed.ExecuteCommandLogGroupArn = cluster.ExecuteCommandLogGroupArn
	}
	s.FargatePrivateServiceArgs, s.cluster = &completed, cluster
	return nil
}

// checkClusterRegion refuses a cluster of another Region than the service's: ECS
// looks for it where the service is.
func (s *service) checkClusterRegion(ctx *pulumi.Context) error {
	if s.spec.cluster == nil {
		return nil
	}
	theirs, err := seeText(ctx, s.spec.cluster.Region)
	if err != nil {
		return err
	}
	ours, err := seeText(ctx, s.at.region)
	if err != nil || !theirs.known || !ours.known || theirs.value == "" || theirs.value == ours.value {
		return err
	}
	var faults field.Faults
	faults.Add("cluster", nil, fmt.Sprintf("is in %s, and the service in %s", theirs.value, ours.value), "pass an EcsCluster of the service's Region")
	return invalidArgs(s.spec.kind.component, s.name, faults)
}

// planCapacity decides what runs the tasks, and finds what the cluster does not
// have of it. A cluster that leaves its list to another owner, and one that is
// known by its ARN, may have anything.
func (s *serviceSpec) planCapacity(ctx *pulumi.Context) error {
	var has []string
	var known bool
	if s.cluster != nil {
		var err error
		if has, known, err = await[[]string](ctx, s.cluster.CapacityProviders); err != nil {
			return err
		}
	}
	if s.kind.hosts != nil {
		return s.checkHostsOfCluster(ctx, has)
	}
	s.shares = map[string]taskplan.Share{}
	for name, p := range s.CapacityProviders {
		s.shares[name] = taskplan.Share{Base: or(p.Base, 0), Weight: or(p.Weight, 1)}
	}
	s.faults = append(s.faults, taskplan.CheckStrategy("capacityProviders", s.shares)...)
	at, is := func(name string) string { return field.Key("capacityProviders", name) }, "is"
	if s.CapacityProviders == nil {
		s.shares["FARGATE"] = taskplan.Share{Weight: 1}
		at, is = func(string) string { return "capacityProviders" }, "is FARGATE unless you write it, which is"
		if known && len(has) == 0 {
			s.faults.Add("capacityProviders", nil, "is not written, and the cluster leaves the list of its capacity providers to another owner, so it may not have FARGATE when the service is made",
				"write {} for the launch type FARGATE, or name FARGATE here and let the service depend on that owner")
		}
	}
	for _, name := range sortedKeys(s.shares) {
		if slices.Contains(taskplan.Fargate, name) && len(has) > 0 && !slices.Contains(has, name) {
			s.faults.Add(at(name), nil, is+" not one of the cluster's capacity providers, "+quoted(has),
				fmt.Sprintf("add %q to the EcsCluster's capacityProviders, or choose one that it has", name))
		}
	}
	return nil
}

// checkHostsOfCluster refuses a capacity provider that the cluster does not have.
// Where it has only Fargate's, that is certain before the name is known.
func (s *serviceSpec) checkHostsOfCluster(ctx *pulumi.Context, has []string) error {
	if len(has) == 0 {
		return nil
	}
	if allFargate(has) {
		s.faults.Add("cluster", nil, "has the capacity providers "+quoted(has)+" and none with hosts",
			"write capacityProviders [] on the EcsCluster, so that the Ec2Capacity can add its own")
		return nil
	}
	return checkText(ctx, &s.faults, s.kind.hosts.args.CapacityProviderName, func(name string) (found field.Faults) {
		if !slices.Contains(has, name) {
			found.Add("capacityProviderName", name, "is not one of the cluster's, "+quoted(has), "add it to the EcsCluster's capacityProviders, or pass one that it has")
		}
		return found
	})
}

// placeOnFargate says what runs the tasks. It is a strategy even where FARGATE
// runs all of them, because the first strategy of a service replaces it. Another
// strategy does not where forceNewDeployment is written in the same update. But
// that starts the tasks anew at every update, whatever it changes, so it comes
// with strategies of the user's own.
// https://www.pulumi.com/registry/packages/aws/api-docs/ecs/service/#forcenewdeployment_go
func (s *service) placeOnFargate(args *ecs.ServiceArgs) {
	if len(s.spec.shares) == 0 {
		args.LaunchType = pulumi.String("FARGATE")
		return
	}
	strategy := ecs.ServiceCapacityProviderStrategyArray{}
	for _, name := range sortedKeys(s.spec.shares) {
		item := ecs.ServiceCapacityProviderStrategyArgs{CapacityProvider: pulumi.String(name), Weight: pulumi.Int(s.spec.shares[name].Weight)}
		if base := s.spec.shares[name].Base; base > 0 {
			item.Base = pulumi.Int(base)
		}
		strategy = append(strategy, item)
	}
	args.CapacityProviderStrategies = strategy
	if len(s.spec.CapacityProviders) > 0 {
		args.ForceNewDeployment = pulumi.Bool(true)
	}
}
