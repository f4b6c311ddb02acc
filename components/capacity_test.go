package components

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func init() {
	programs["isolated-service-on-spot"] = isolatedService(func(a *FargatePrivateServiceArgs) {
		a.CapacityProviders = map[string]CapacityProviderArgs{"FARGATE": {Base: ptr(1)}, "FARGATE_SPOT": {Weight: ptr(3)}}
	})
	programs["isolated-service-by-launch-type"] = isolatedService(func(a *FargatePrivateServiceArgs) { byArn(sets(a)) })
}

// byArn is a service in a cluster that this program does not make.
func byArn(a *FargatePrivateServiceArgs) {
	a.Cluster, a.ClusterArn, a.CapacityProviders = nil, pulumi.String(mockCluster), map[string]CapacityProviderArgs{}
}

// inCluster is a service in an EcsCluster.
func inCluster(args *EcsClusterArgs, edit func(*FargatePrivateServiceArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		cluster, err := NewEcsCluster(ctx, "apps", args)
		if err != nil {
			return err
		}
		return serviceWith(func(a *FargatePrivateServiceArgs) {
			a.Cluster, a.ClusterArn = cluster, nil
			edit(a)
		})(ctx)
	}
}

// hostsInCluster is a service on hosts in an EcsCluster.
func hostsInCluster(args *EcsClusterArgs, provider pulumi.StringInput) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		net, err := behindNat(ctx)
		if err != nil {
			return err
		}
		cluster, err := NewEcsCluster(ctx, "apps", args)
		if err != nil {
			return err
		}
		_, err = NewEc2Service(ctx, "sample", &Ec2ServiceArgs{Network: net, Cluster: cluster, CapacityProviderName: provider, Image: pulumi.String(mockImage)})
		return err
	}
}

func ecsService(g *graph) *node { return g.ofType("aws:ecs/service:Service")[0] }

// TestStrategy: a service is born with a strategy, so that another one does not
// replace it, and redeploys by force only where the user writes it.
func TestStrategy(t *testing.T) {
	t.Parallel()
	for program, want := range map[string]string{
		"isolated-service":                "[{capacityProvider: FARGATE, weight: 1}]",
		"isolated-service-on-spot":        "[{base: 1, capacityProvider: FARGATE, weight: 1}, {capacityProvider: FARGATE_SPOT, weight: 3}] by force",
		"isolated-service-by-launch-type": "FARGATE",
		"public-service":                  "[{capacityProvider: FARGATE, weight: 1}]",
	} {
		in := ecsService(mustRun(t, programs[program])).inputs
		var got []string
		for _, key := range []resource.PropertyKey{"launchType", "capacityProviderStrategies"} {
			if in.HasValue(key) {
				got = append(got, show(in[key]))
			}
		}
		if in.HasValue("forceNewDeployment") {
			got = append(got, "by force")
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: runs on %s, want %s", program, got, want)
		}
	}
}

// TestServiceWaitsForTheCapacityProviders: ECS refuses a strategy of a provider
// that the cluster does not have yet.
func TestServiceWaitsForTheCapacityProviders(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string]func(*FargatePrivateServiceArgs){
		"cluster": nil,
		"its ARN": func(a *FargatePrivateServiceArgs) { a.ClusterArn, a.Cluster = a.Cluster.(*EcsCluster).ClusterArn, nil },
	} {
		g := mustRun(t, isolatedService(edit))
		list := g.find("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "apps-capacity").urn
		if !reachedFrom(g, ecsService(g))[list] {
			t.Errorf("%s: the ECS service does not wait for the cluster's capacity providers", name)
		}
		if without := withoutEdges(g, list); reachedFrom(without, without.nodes[ecsService(g).urn])[list] {
			t.Errorf("%s: the edge cannot be taken away, so the test proves nothing", name)
		}
	}
}

// TestClusterBringsTheExecLog: sessions are recorded in the cluster's log group
// unless the user writes another.
func TestClusterBringsTheExecLog(t *testing.T) {
	t.Parallel()
	const other = "arn:aws:logs:us-east-1:123456789012:log-group:other"
	policy := func(edit func(*FargatePrivateServiceArgs)) string {
		g := mustRun(t, isolatedService(func(a *FargatePrivateServiceArgs) {
			a.EnableExecuteCommand = ptr(true)
			edit(a)
		}))
		return g.find("aws:iam/rolePolicy:RolePolicy", "sample-task").inputs["policy"].StringValue()
	}
	if p := policy(func(*FargatePrivateServiceArgs) {}); !strings.Contains(p, "log-group:apps-exec-1234567") {
		t.Errorf("the task role may not write to the cluster's log group:\n%s", p)
	}
	if p := policy(func(a *FargatePrivateServiceArgs) { a.ExecuteCommandLogGroupArn = pulumi.String(other) }); !strings.Contains(p, other) || strings.Contains(p, "apps-exec") {
		t.Errorf("the log group that is written does not win:\n%s", p)
	}
	if p := policy(byArn); strings.Contains(p, "log-group") {
		t.Errorf("a cluster by its ARN brings a log group:\n%s", p)
	}
}

// clusterFaults are the faults of what a service and its cluster say together.
var clusterFaults = map[string]faulty{
	"cluster and clusterArn": {inCluster(nil, func(a *FargatePrivateServiceArgs) { a.ClusterArn = pulumi.String(mockCluster) }), []string{
		"clusterArn: cannot be given together with cluster; pass the EcsCluster itself as cluster, or the ARN of another cluster as clusterArn",
	}},
	"a nil cluster": {serviceWith(func(a *FargatePrivateServiceArgs) { a.Cluster, a.ClusterArn = (*EcsCluster)(nil), nil }), []string{"cluster: is required"}},
	"a cluster that is not known": {func(ctx *pulumi.Context) error {
		return serviceWith(func(a *FargatePrivateServiceArgs) {
			a.Cluster = pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) *EcsCluster { return nil }).(ClusterOutput)
			a.ClusterArn = nil
		})(ctx)
	}, []string{"cluster: is not known at preview; pass the EcsCluster itself, not a value computed from it"}},
	"a provider of Fargate that the cluster lacks": {
		inCluster(&EcsClusterArgs{CapacityProviders: []string{"FARGATE"}}, func(a *FargatePrivateServiceArgs) {
			a.CapacityProviders = map[string]CapacityProviderArgs{"FARGATE": {}, "FARGATE_SPOT": {}}
		}),
		[]string{`capacityProviders["FARGATE_SPOT"]: is not one of the cluster's capacity providers, "FARGATE"; add "FARGATE_SPOT" to the EcsCluster's capacityProviders`},
	},
	"a cluster without the default": {
		inCluster(&EcsClusterArgs{CapacityProviders: []string{"FARGATE_SPOT"}}, func(*FargatePrivateServiceArgs) {}),
		[]string{`capacityProviders: is FARGATE unless you write it, which is not one of the cluster's capacity providers, "FARGATE_SPOT"`},
	},
	"the default where another owns the list": {
		inCluster(&EcsClusterArgs{CapacityProviders: []string{}}, func(*FargatePrivateServiceArgs) {}),
		[]string{"capacityProviders: is not written, and the cluster leaves the list of its capacity providers to another owner", "write {} for the launch type FARGATE"},
	},
	"shares": {serviceWith(func(a *FargatePrivateServiceArgs) {
		a.CapacityProviders = map[string]CapacityProviderArgs{"hosts": {Weight: ptr(1001)}, "FARGATE": {Base: ptr(-1)}}
	}), []string{`capacityProviders["hosts"]: is not a capacity provider of Fargate`, `capacityProviders["hosts"].weight: 1001`, `capacityProviders["FARGATE"].base: -1`}},
	"hosts in a cluster of Fargate": {hostsInCluster(nil, pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return "" }).(pulumi.StringOutput)), []string{
		`cluster: has the capacity providers "FARGATE", "FARGATE_SPOT" and none with hosts; write capacityProviders [] on the EcsCluster`,
	}},
	"hosts that the cluster lacks": {hostsInCluster(&EcsClusterArgs{CapacityProviders: []string{"graviton"}}, pulumi.String("intel")), []string{
		`capacityProviderName: "intel" is not one of the cluster's, "graviton"`,
	}},
}

func TestClusterFaults(t *testing.T) {
	t.Parallel()
	for name, tt := range clusterFaults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, err := run(t, tt.program, inPreview)
			mustSay(t, err, tt.want)
			if _, service := serviceOf(g); service {
				t.Error("the service is made all the same")
			}
		})
	}
}

// TestClustersThatFit: what is not known of a cluster is no fault.
func TestClustersThatFit(t *testing.T) {
	t.Parallel()
	named := func(a *FargatePrivateServiceArgs) {
		a.CapacityProviders = map[string]CapacityProviderArgs{"FARGATE_SPOT": {}}
	}
	for name, program := range map[string]pulumi.RunFunc{
		"another owner of the list": inCluster(&EcsClusterArgs{CapacityProviders: []string{}}, named),
		"an ARN":                    serviceWith(named),
		"hosts of another owner":    hostsInCluster(&EcsClusterArgs{CapacityProviders: []string{}}, pulumi.String("intel")),
		"hosts of the cluster":      hostsInCluster(&EcsClusterArgs{CapacityProviders: []string{"FARGATE", "intel"}}, pulumi.String("intel")),
	} {
		if _, service := serviceOf(mustRun(t, program, inPreview)); !service {
			t.Errorf("%s: no service", name)
		}
	}
}

// TestClusterByReference: through the plugin, a cluster arrives as what its
// outputs say, and what is known of it at the first preview decides.
func TestClusterByReference(t *testing.T) {
	t.Parallel()
	const urn = "urn:pulumi:stack::proj::" + ecsClusterType + "::apps"
	unknown := resource.MakeComputed(resource.NewProperty(""))
	from := func(region string, has ...string) (*graph, error) {
		return run(t, func(ctx *pulumi.Context) error {
			if _, err := NewEcsCluster(ctx, "apps", nil); err != nil {
				return err
			}
			cluster, err := ReadCluster(ctx, "apps", ecsClusterType, urn)
			if err != nil {
				return err
			}
			return serviceWith(func(a *FargatePrivateServiceArgs) {
				a.Cluster, a.ClusterArn = cluster.ToClusterOutput(), nil
				a.CapacityProviders = map[string]CapacityProviderArgs{"FARGATE_SPOT": {}}
			})(ctx)
		}, inPreview, func(g *graph) {
			g.states = map[string]resource.PropertyMap{urn: {
				"clusterArn": unknown, "clusterName": unknown, "executionRoleArn": unknown, "executeCommandLogGroupArn": unknown,
				"capacityProviders": texts(has...), "region": resource.NewProperty(region),
			}}
		})
	}
	g, err := from("us-east-1", "FARGATE", "FARGATE_SPOT")
	if err != nil {
		t.Fatal(err)
	}
	if _, service := serviceOf(g); !service {
		t.Error("no service")
	}
	_, err = from("us-east-1", "FARGATE")
	mustSay(t, err, []string{`capacityProviders["FARGATE_SPOT"]: is not one of the cluster's capacity providers, "FARGATE"`})
	_, err = from("eu-west-1", "FARGATE", "FARGATE_SPOT")
	mustSay(t, err, []string{"cluster: is in eu-west-1, and the service in us-east-1; pass an EcsCluster of the service's Region"})
}
