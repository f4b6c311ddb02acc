package standin

import (
	"maps"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
)

// defaultsKey lists, inside a resource's inputs, those that the program did not
// give.
const defaultsKey = "__defaults"

func TestCheckRefuses(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	tests := map[string]struct {
		token  string
		in     props
		path   string
		reason string
	}{
		"an unknown name":          {tVpc, props{"cidr": "10.0.0.0/16"}, "bad.cidr", "Invalid or unknown key"},
		"an unknown nested name":   {tService, props{"networkConfiguration": props{"subnets": []string{"s"}, "publicIp": true}}, "bad.networkConfiguration.publicIp", "Invalid or unknown key"},
		"a missing name":           {tSubnet, props{"cidrBlock": "10.0.0.0/24"}, "vpcId", "Missing required argument"},
		"a missing nested name":    {tCluster, props{"settings": []any{props{"name": "containerInsights"}}}, "bad.settings", "Missing required argument"},
		"a missing nested list":    {tService, props{"networkConfiguration": props{}}, "networkConfiguration.subnets", "Missing required argument"},
		"a missing union":          {tRole, props{}, "assumeRolePolicy", "Missing required argument"},
		"a property without a row": {tVpc, props{"ipv6IpamPoolId": "x"}, "ipv6IpamPoolId", "has no row in the table"},
		"a nested one without":     {tCluster, props{"configuration": props{"managedStorageConfiguration": props{"kmsKeyId": "k"}}}, "configuration.managedStorageConfiguration", "has no row"},
		"a number for a document":  {tRole, props{"assumeRolePolicy": 1}, "assume_role_policy", "expected string or JSON map"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			faults := strings.Join(p.faults(tt.token, tt.in), "\n")
			require.Contains(t, faults, tt.path)
			require.Contains(t, faults, tt.reason)
		})
	}
	require.Len(t, p.faults(tSubnet, props{"a": 1, "b": 2}), 3, "all faults at once")
}

func TestCheckCompletes(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	group := unwire(t, p.check(tGroup, "web", props{"vpcId": "vpc-1"}, nil).GetInputs())
	require.Regexp(t, `^web-[0-9a-f]{7}$`, group.str("name"))
	require.Equal(t, "Managed by Pulumi", group.str("description"))
	require.Equal(t, []string{"description", "name"}, group.strs(defaultsKey), "the bridge leaves a default of false out")

	again := unwire(t, p.check(tGroup, "web", props{"vpcId": "vpc-2"}, wire(t, props{"name": "web-old", defaultsKey: []string{"name"}})).GetInputs())
	require.Equal(t, "web-old", again.str("name"), "a name once made stays")
	prefixed := unwire(t, p.check(tGroup, "web", props{"namePrefix": "a-"}, nil).GetInputs())
	require.False(t, prefixed.has("name"))

	role := unwire(t, p.check(tRole, strings.Repeat("r", 30), props{"assumeRolePolicy": props{"Version": "2012-10-17"}}, nil).GetInputs())
	require.JSONEq(t, `{"Version":"2012-10-17"}`, role.str("assumeRolePolicy"), "a document may be an object")
	_, err := p.Check(t.Context(), &pulumirpc.CheckRequest{
		Urn: urnOf(tRole, strings.Repeat("r", 64)), News: wire(t, props{"assumeRolePolicy": trust}), RandomSeed: make([]byte, 32),
	})
	require.ErrorContains(t, err, "longer than maximum length 64")

	targets := unwire(t, p.check(tTargets, "t", props{"healthCheck": props{"path": "/"}}, nil).GetInputs())
	require.Equal(t, "traffic-port", targets.object("healthCheck").str("port"), "nested defaults too")
}

func TestCheckKeepsUnknownValues(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	news, err := plugin.MarshalProperties(resource.PropertyMap{
		"vpcId":     resource.MakeComputed(resource.NewProperty("")),
		"cidrBlock": resource.NewProperty("10.0.0.0/24"),
	}, plugin.MarshalOptions{KeepUnknowns: true})
	require.NoError(t, err)
	u := urnOf(tSubnet, "a")
	checked, err := p.Check(t.Context(), &pulumirpc.CheckRequest{Urn: u, News: news})
	require.NoError(t, err)
	require.Empty(t, checked.GetFailures())
	planned, err := p.Create(t.Context(), &pulumirpc.CreateRequest{Urn: u, Properties: checked.GetInputs(), Preview: true})
	require.NoError(t, err)
	out := unwire(t, planned.GetProperties())
	for _, name := range []string{"vpcId", "arn", "ownerId", "availabilityZone"} {
		require.True(t, out.value(name).IsComputed(), "%s is not known before it is made", name)
	}
	require.Equal(t, "10.0.0.0/24", out.str("cidrBlock"))

	// A value that is not known may be another one: the plan is to replace.
	d, err := p.Diff(t.Context(), &pulumirpc.DiffRequest{
		Urn: u, OldInputs: wire(t, props{"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24"}), Id: "subnet-1",
		Olds: wire(t, props{"id": "subnet-1", "vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "availabilityZone": "a", "availabilityZoneId": "b"}),
		News: checked.GetInputs(),
	})
	require.NoError(t, err)
	require.Equal(t, []string{"vpcId"}, d.GetReplaces())
}

func TestDiffKnowsWhatIsTheSame(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	tests := map[string]struct {
		token          string
		was, is, state props
		want           []string
	}{
		"a set in another order":       {tEndpoint, props{"subnetIds": []string{"a", "b"}}, props{"subnetIds": []string{"b", "a"}}, nil, nil},
		"a list of AWS's own":          {tEndpoint, props{}, props{}, props{"securityGroupIds": []string{"sg"}}, nil},
		"written out, the same":        {tSubnet, props{}, props{"availabilityZone": "us-east-1a"}, props{"availabilityZone": "us-east-1a"}, nil},
		"written out, another":         {tSubnet, props{}, props{"availabilityZone": "us-east-1b"}, props{"availabilityZone": "us-east-1a"}, []string{"availabilityZone"}},
		"taken out, AWS's stands":      {tSubnet, props{"availabilityZone": "us-east-1a"}, props{}, props{"availabilityZone": "us-east-1a"}, nil},
		"false where AWS says true":    {tVpc, props{"enableDnsHostnames": true}, props{"enableDnsHostnames": false}, props{"enableDnsHostnames": true}, []string{"enableDnsHostnames"}},
		"no tags and none":             {tVpc, props{"tags": props{}}, props{}, nil, nil},
		"a document in other words":    {tRole, props{"assumeRolePolicy": `{"a":["x"],"b":1}`}, props{"assumeRolePolicy": `{ "b": 1, "a": "x" }`}, nil, nil},
		"a document with other order":  {tRole, props{"assumeRolePolicy": `{"a":["x","y"]}`}, props{"assumeRolePolicy": `{"a":["y","x"]}`}, nil, nil},
		"another document":             {tRole, props{"assumeRolePolicy": `{"a":["x","y"]}`}, props{"assumeRolePolicy": `{"a":["x"]}`}, nil, []string{"assumeRolePolicy"}},
		"a cluster by name and ARN":    {tService, props{"cluster": "arn:aws:ecs:us-east-1:1:cluster/c"}, props{"cluster": "c"}, nil, []string{"cluster"}},
		"a task by name and ARN":       {tService, props{"taskDefinition": "arn:aws:ecs:us-east-1:1:task-definition/f:1"}, props{"taskDefinition": "f:1"}, nil, []string{"taskDefinition"}},
		"containers with defaults":     {tTask, props{"containerDefinitions": `[{"name":"a","image":"i"}]`}, props{"containerDefinitions": `[{"image":"i","name":"a","essential":true,"cpu":0}]`}, nil, nil},
		"environment in another order": {tTask, props{"containerDefinitions": `[{"name":"a","environment":[{"name":"x","value":"1"},{"name":"y","value":"2"}]}]`}, props{"containerDefinitions": `[{"name":"a","environment":[{"name":"y","value":"2"},{"name":"x","value":"1"}]}]`}, nil, nil},
		"a command in another order":   {tTask, props{"containerDefinitions": `[{"name":"a","command":["x","y"]}]`}, props{"containerDefinitions": `[{"name":"a","command":["y","x"]}]`}, nil, []string{"containerDefinitions"}},
		"a protocol by number":         {tIngress, props{"ipProtocol": "tcp"}, props{"ipProtocol": "6"}, nil, nil},
		"a rule about something else":  {tIngress, props{"cidrIpv4": "10.0.0.0/8"}, props{"referencedSecurityGroupId": "sg-1"}, nil, []string{"cidrIpv4", "referencedSecurityGroupId"}},
		"nested set and default":       {tService, props{"networkConfiguration": props{"subnets": []string{"a", "b"}, "assignPublicIp": false}}, props{"networkConfiguration": props{"subnets": []string{"b", "a"}}}, nil, nil},
		"a count taken out":            {tService, props{"desiredCount": 2}, props{}, props{"desiredCount": 2}, []string{"desiredCount"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := props{"id": "x"}
			maps.Copy(state, tt.was)
			maps.Copy(state, tt.state)
			d, err := p.Diff(t.Context(), &pulumirpc.DiffRequest{
				Id: "x", Urn: urnOf(tt.token, "x"), OldInputs: wire(t, tt.was), Olds: wire(t, state), News: wire(t, tt.is),
			})
			require.NoError(t, err)
			// The states are short: what they lack of the type is a change too.
			var got []string
			for _, name := range names(d) {
				_, before := tt.was[name]
				_, after := tt.is[name]
				_, recorded := tt.state[name]
				if before || after || recorded {
					got = append(got, name)
				}
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestAGivenNameIsDeletedFirst(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	deletesFirst := func(token string, was, is props) bool {
		t.Helper()
		d, err := p.Diff(t.Context(), &pulumirpc.DiffRequest{
			Id: "x", Urn: urnOf(token, "x"), OldInputs: wire(t, was), Olds: wire(t, was.with("id", "x")), News: wire(t, is),
		})
		require.NoError(t, err)
		require.NotEmpty(t, d.GetReplaces())
		return d.GetDeleteBeforeReplace()
	}
	require.True(t, deletesFirst(tGroup, props{"name": "mine", "description": "a"}, props{"name": "mine", "description": "b", defaultsKey: []string{}}),
		"AWS refuses a second group of one name")
	require.False(t, deletesFirst(tGroup, props{"name": "web-1", "description": "a"}, props{"name": "web-1", "description": "b", defaultsKey: []string{"name"}}),
		"an automatic name is made anew")
	require.True(t, deletesFirst(tGroup, props{"name": "mine"}, props{"name": "yours", defaultsKey: []string{}}),
		"the bridge asks only whose the name is")
	require.True(t, deletesFirst(tAttachment, props{"role": "a", "policyArn": "p"}, props{"role": "a", "policyArn": "q"}))
	require.True(t, deletesFirst(tLifecycle, props{"repository": "a", "policy": expire}, props{"repository": "b", "policy": expire}))
}

func TestIgnoredChangesAreNone(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	d, err := p.Diff(t.Context(), &pulumirpc.DiffRequest{
		Urn: urnOf(tVpc, "v"), OldInputs: wire(t, props{"cidrBlock": "10.0.0.0/16"}), Olds: wire(t, props{"id": "vpc-1", "cidrBlock": "10.0.0.0/16", "instanceTenancy": "default"}), Id: "vpc-1",
		News: wire(t, props{"cidrBlock": "10.1.0.0/16", "instanceTenancy": "default"}), IgnoreChanges: []string{"cidrBlock"},
	})
	require.NoError(t, err)
	require.NotContains(t, d.GetDiffs(), "cidrBlock")
	require.Empty(t, d.GetReplaces())
}
