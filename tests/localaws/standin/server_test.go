package standin

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
)

func TestVersion(t *testing.T) {
	t.Parallel()
	s := New(nil, func(string) string { return "" })
	info, err := s.GetPluginInfo(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, "6.83.2+local", info.GetVersion())
	s = New(nil, func(name string) string { return map[string]string{"ECSNET_STANDIN_VERSION": "7.1.0"}[name] })
	info, err = s.GetPluginInfo(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, "7.1.0", info.GetVersion())
}

func TestConfigureRefuses(t *testing.T) {
	t.Parallel()
	local := props{"AWS_ENDPOINT_URL": "http://127.0.0.1:5000", "AWS_REGION": "us-east-1"}
	tests := map[string]struct {
		env, config props
		want        string
	}{
		"no endpoint":              {props{"AWS_REGION": "us-east-1"}, nil, "AWS_ENDPOINT_URL: not set"},
		"an endpoint elsewhere":    {local.with("AWS_ENDPOINT_URL", "https://ec2.us-east-1.amazonaws.com"), nil, "not a loopback address"},
		"a private address":        {local.with("AWS_ENDPOINT_URL", "http://10.0.0.1:5000"), nil, "not a loopback address"},
		"all addresses":            {local.with("AWS_ENDPOINT_URL", "http://0.0.0.0:5000"), nil, "not a loopback address"},
		"a name like localhost":    {local.with("AWS_ENDPOINT_URL", "http://localhost.example.com"), nil, "not a loopback address"},
		"no URL":                   {local.with("AWS_ENDPOINT_URL", "127.0.0.1:5000"), nil, "URL"},
		"one service elsewhere":    {local, props{"endpoints": []any{props{"ec2": "https://ec2.amazonaws.com"}}}, "endpoints.ec2"},
		"services at two places":   {local, props{"endpoints": []any{props{"ec2": "http://127.0.0.1:1"}}}, "one address"},
		"no region":                {local.with("AWS_REGION", nil), nil, "region: not set"},
		"a profile":                {local, props{"profile": "work"}, "shared configuration file"},
		"a role to assume":         {local, props{"assumeRole": props{"roleArn": "arn"}}, "no roles to assume"},
		"a setting without a name": {local, props{"regoin": "us-east-1"}, "not a setting"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := New(nil, func(name string) string { v, _ := tt.env[name].(string); return v })
			_, err := s.Configure(t.Context(), &pulumirpc.ConfigureRequest{Args: wire(t, tt.config)})
			require.ErrorContains(t, err, tt.want)
			checked, err := s.CheckConfig(t.Context(), &pulumirpc.CheckRequest{News: wire(t, tt.config)})
			require.NoError(t, err)
			require.NotEmpty(t, checked.GetFailures())
			_, err = s.Create(t.Context(), &pulumirpc.CreateRequest{Urn: urnOf(tVpc, "v"), Properties: wire(t, props{"cidrBlock": "10.0.0.0/16"})})
			require.ErrorContains(t, err, "not configured", "nothing is made without a configuration")
		})
	}
}

func TestConfigureTakes(t *testing.T) {
	t.Parallel()
	local := props{"AWS_ENDPOINT_URL": "http://127.0.0.1:5000"}
	for name, config := range map[string]props{
		"an explicit region":    {"region": "eu-west-1"},
		"settings as JSON text": {"region": "eu-west-1", "endpoints": `[{"ec2":"http://127.0.0.1:5000"}]`, "defaultTags": `{"tags":{"a":"b"}}`},
		"a version":             {"region": "eu-west-1", "version": "6.83.2"},
		"skipped checks":        {"region": "eu-west-1", "skipCredentialsValidation": "true", "skipMetadataApiCheck": true},
		"another loopback name": {"region": "eu-west-1", "endpoints": []any{props{"ec2": "http://127.0.0.1:5000", "s3": ""}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := New(nil, func(name string) string { v, _ := local[name].(string); return v })
			_, err := s.Configure(t.Context(), &pulumirpc.ConfigureRequest{Args: wire(t, config)})
			require.NoError(t, err)
			require.Equal(t, "eu-west-1", s.cloud.Region())
		})
	}
}

func TestAnotherRegionReplacesTheProvider(t *testing.T) {
	t.Parallel()
	s := New(nil, func(string) string { return "" })
	diff := func(was, is props) *pulumirpc.DiffResponse {
		out, err := s.DiffConfig(t.Context(), &pulumirpc.DiffRequest{OldInputs: wire(t, was), News: wire(t, is)})
		require.NoError(t, err)
		return out
	}
	require.Equal(t, []string{"region"}, diff(props{"region": "a"}, props{"region": "b"}).GetReplaces())
	require.Equal(t, pulumirpc.DiffResponse_DIFF_NONE, diff(props{"region": "a"}, props{"region": "a"}).GetChanges())
	require.Empty(t, diff(props{"region": "a"}, props{"region": "a", "maxRetries": 1}).GetReplaces())
}

func TestRegionsAreApart(t *testing.T) {
	t.Parallel()
	home, away := newProvider(t, nil), newProvider(t, props{"AWS_REGION": "eu-west-1"})
	vpc := away.create(tVpc, "v", props{"cidrBlock": "10.0.0.0/16"})
	subnet := away.create(tSubnet, "s", props{"vpcId": vpc.id, "cidrBlock": "10.0.0.0/24"})
	require.Equal(t, "eu-west-1a", subnet.out("availabilityZone"))
	subnet.requireSettled()
	require.Contains(t, vpc.out("arn"), ":eu-west-1:")
	elsewhere := &res{p: home, urn: vpc.urn, id: vpc.id, inputs: vpc.inputs, state: vpc.state}
	require.Empty(t, elsewhere.read().GetId())
}

func TestWhatIsNotServed(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	_, err := p.Create(t.Context(), &pulumirpc.CreateRequest{Urn: urnOf("aws:s3/bucket:Bucket", "b")})
	require.ErrorContains(t, err, "does not serve aws:s3/bucket:Bucket")
	_, err = p.Invoke(t.Context(), &pulumirpc.InvokeRequest{Tok: "aws:s3/getBucket:getBucket"})
	require.ErrorContains(t, err, "does not serve the function aws:s3/getBucket:getBucket")
	_, err = p.Parameterize(t.Context(), nil)
	require.Error(t, err)
}

func TestSchema(t *testing.T) {
	t.Parallel()
	out, err := New(nil, nil).GetSchema(t.Context(), &pulumirpc.GetSchemaRequest{})
	require.NoError(t, err)
	var schema struct {
		Name      string
		Resources map[string]struct {
			InputProperties, Properties map[string]any
			RequiredInputs              []string
		}
		Functions map[string]any
	}
	require.NoError(t, json.Unmarshal([]byte(out.GetSchema()), &schema))
	require.Equal(t, "aws", schema.Name)
	require.Len(t, schema.Resources, len(table()))
	require.Len(t, schema.Functions, len(functions))
	require.Equal(t, map[string]any{"type": "boolean"}, schema.Resources[tVpc].InputProperties["enableDnsSupport"])
	require.Equal(t, map[string]any{"type": "string"}, schema.Resources[tVpc].Properties["arn"])
	require.Equal(t, []string{"assumeRolePolicy"}, schema.Resources[tRole].RequiredInputs)
}

func (p *provider) invoke(token string, args props) (object, []*pulumirpc.CheckFailure) {
	p.t.Helper()
	out, err := p.Invoke(p.t.Context(), &pulumirpc.InvokeRequest{Tok: token, Args: wire(p.t, args)})
	require.NoError(p.t, err)
	return unwire(p.t, out.GetReturn()), out.GetFailures()
}

func TestFunctions(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	region, _ := p.invoke("aws:index/getRegion:getRegion", nil)
	require.Equal(t, "us-east-1", region.str("name"))
	require.Equal(t, "ec2.us-east-1.amazonaws.com", region.str("endpoint"))
	identity, _ := p.invoke("aws:index/getCallerIdentity:getCallerIdentity", nil)
	require.Equal(t, "123456789012", identity.str("accountId"))
	require.True(t, identity.has("arn") && identity.has("userId"))
	home, _ := p.invoke("aws:index/getPartition:getPartition", nil)
	require.Equal(t, "aws", home.str("partition"))
	require.Equal(t, "com.amazonaws", home.str("reverseDnsPrefix"))
	china, _ := newProvider(t, props{"AWS_REGION": "cn-north-1"}).invoke("aws:index/getPartition:getPartition", nil)
	require.Equal(t, "aws-cn", china.str("partition"))
	require.Equal(t, "cn.com.amazonaws", china.str("reverseDnsPrefix"))

	const zones = "aws:index/getAvailabilityZones:getAvailabilityZones"
	all, _ := p.invoke(zones, props{"state": "available"})
	require.Equal(t, "us-east-1", all.str("id"))
	require.Equal(t, []string{"us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"}, all.strs("names"))
	require.Len(t, all.strs("zoneIds"), 6)
	require.NotEmpty(t, all.strs("groupNames"))
	require.Equal(t, "available", all.str("state"))
	some, _ := p.invoke(zones, props{"excludeNames": []string{"us-east-1a"}, "excludeZoneIds": all.strs("zoneIds")[1:2]})
	require.Equal(t, all.strs("names")[2:], some.strs("names"))
	local, _ := p.invoke(zones, props{"filters": []any{props{"name": "zone-type", "values": []string{"local-zone"}}}})
	require.Empty(t, local.strs("names"))
	normal, _ := p.invoke(zones, props{"filters": []any{
		props{"name": "zone-type", "values": []string{"availability-zone"}}, props{"name": "opt-in-status", "values": []string{"opt-in-not-required"}},
	}})
	require.Equal(t, all.strs("names"), normal.strs("names"))
	_, faults := p.invoke(zones, props{"stat": "available"})
	require.Len(t, faults, 1)
	_, faults = p.invoke(zones, props{"filters": []any{props{"name": "zone-type", "value": "x"}}})
	require.NotEmpty(t, faults)
}

func TestDefaultTags(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	_, err := p.Configure(t.Context(), &pulumirpc.ConfigureRequest{Args: wire(t, props{"defaultTags": props{"tags": props{"Owner": "me", "Team": "a"}}})})
	require.NoError(t, err)
	vpc := p.create(tVpc, "v", props{"cidrBlock": "10.0.0.0/16", "tags": props{"Team": "b"}})
	require.Equal(t, map[string]string{"Owner": "me", "Team": "b"}, vpc.outputs().strMap("tagsAll"))
	require.Equal(t, map[string]string{"Owner": "me", "Team": "b"}, vpc.outputs().strMap("tags"), "version 6 writes them into both")
	vpc.requireSettled()

	_, err = p.Configure(t.Context(), &pulumirpc.ConfigureRequest{Args: wire(t, props{"defaultTags": props{"tags": props{"Owner": "you"}}})})
	require.NoError(t, err)
	same := props{"cidrBlock": "10.0.0.0/16", "tags": props{"Team": "b"}}
	require.Equal(t, []string{"tags", "tagsAll"}, names(vpc.diff(same)))
	vpc.update(same)
	require.Equal(t, map[string]string{"Owner": "you", "Team": "b"}, vpc.outputs().strMap("tagsAll"))
	vpc.requireSettled()
}

// TestWaitsEnd holds what a user meets whose tasks never start: the deployment
// fails after the resource's own timeout, says what it saw, and the service is
// on record so that the next deployment repairs it.
func TestWaitsEnd(t *testing.T) {
	t.Parallel()
	p := newProvider(t, props{"ECSNET_STANDIN_TASKS_PENDING": "true"})
	v, w := newVpc(p, "pending"), newTasks(p, "pending")
	checked := p.check(tService, "s", w.service(v).with("waitForSteadyState", true), nil)
	req := &pulumirpc.CreateRequest{Urn: urnOf(tService, "s"), Properties: checked.GetInputs(), Timeout: 3}
	_, err := p.Create(t.Context(), req)
	require.ErrorContains(t, err, "timeout after 3s")
	require.ErrorContains(t, err, "0 of 1 tasks running")
	rpc, ok := rpcerror.FromError(err)
	require.True(t, ok)
	require.Len(t, rpc.Details(), 1)
	partly, ok := rpc.Details()[0].(*pulumirpc.ErrorResourceInitFailed)
	require.True(t, ok)
	require.Contains(t, partly.GetId(), ":service/")
	require.Equal(t, w.one.out("arn"), unwire(t, partly.GetProperties()).str("taskDefinition"))

	// Without the wait the same service is made at once.
	p.create(tService, "quick", w.service(v))

	// A cancellation ends a wait that has all the time in the world.
	done := make(chan error, 1)
	go func() {
		again := p.check(tService, "again", w.service(v).with("waitForSteadyState", true), nil)
		_, err := p.Create(context.Background(), &pulumirpc.CreateRequest{Urn: urnOf(tService, "again"), Properties: again.GetInputs(), Timeout: 600})
		done <- err
	}()
	time.Sleep(time.Second)
	_, err = p.Cancel(t.Context(), nil)
	require.NoError(t, err)
	select {
	case err := <-done:
		require.ErrorContains(t, err, "cancelled")
	case <-time.After(10 * time.Second):
		t.Fatal("the wait did not end")
	}
}

// TestTheEmulatorIsPutRight holds the effects that AWS has and moto forgets.
func TestTheEmulatorIsPutRight(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newVpc(p, "right")
	raw := p.cloud.Raw().EC2

	id := w.vpc.out("defaultSecurityGroupId")
	groups, err := raw.DescribeSecurityGroups(t.Context(), &ec2.DescribeSecurityGroupsInput{GroupIds: []string{id}})
	require.NoError(t, err)
	require.Len(t, groups.SecurityGroups[0].IpPermissions, 1, "the default group admits itself")
	require.Equal(t, id, aws.ToString(groups.SecurityGroups[0].IpPermissions[0].UserIdGroupPairs[0].GroupId))
	p.create(tDefault, "default", props{"vpcId": w.vpc.id})
	groups, err = raw.DescribeSecurityGroups(t.Context(), &ec2.DescribeSecurityGroupsInput{GroupIds: []string{id, w.group.id}})
	require.NoError(t, err)
	for _, g := range groups.SecurityGroups {
		require.Empty(t, g.IpPermissions, "%s has no ingress", aws.ToString(g.GroupName))
		require.Empty(t, g.IpPermissionsEgress, "%s has no egress", aws.ToString(g.GroupName))
	}

	endpoint := p.create(tEndpoint, "s3", w.s3())
	routed := func() map[string]bool {
		out, err := raw.DescribeRouteTables(t.Context(), &ec2.DescribeRouteTablesInput{RouteTableIds: []string{w.tableA.id, w.tableB.id}})
		require.NoError(t, err)
		tables := map[string]bool{}
		for _, table := range out.RouteTables {
			for _, r := range table.Routes {
				if aws.ToString(r.DestinationPrefixListId) == endpoint.out("prefixListId") {
					require.Equal(t, endpoint.id, aws.ToString(r.GatewayId))
					tables[aws.ToString(table.RouteTableId)] = true
				}
			}
		}
		return tables
	}
	require.Equal(t, map[string]bool{w.tableA.id: true}, routed())
	endpoint.update(w.s3().with("routeTableIds", []string{w.tableB.id}))
	require.Equal(t, map[string]bool{w.tableB.id: true}, routed())
	endpoint.update(w.s3().with("routeTableIds", []string{w.tableB.id, w.tableA.id}))
	require.Equal(t, map[string]bool{w.tableA.id: true, w.tableB.id: true}, routed())
	endpoint.delete()
	require.Empty(t, routed())

	plain := p.create(tEndpoint, "ssm", w.interfaceEndpoint("ssm").with("securityGroupIds", nil))
	require.Equal(t, []string{id}, plain.outputs().strs("securityGroupIds"), "an endpoint without groups has the default one")
}

// The emulator maps public addresses in the first subnet of a zone, which is
// the default VPC's as long as that is there.
func TestSubnetsArePrivateWithoutADefaultVPC(t *testing.T) {
	t.Parallel()
	p := newProvider(t, props{"AWS_REGION": "ap-south-1"})
	raw := p.cloud.Raw().EC2
	given, err := raw.DescribeSubnets(t.Context(), &ec2.DescribeSubnetsInput{})
	require.NoError(t, err)
	for _, s := range given.Subnets {
		_, err := raw.DeleteSubnet(t.Context(), &ec2.DeleteSubnetInput{SubnetId: s.SubnetId})
		require.NoError(t, err)
	}
	vpc := p.create(tVpc, "v", props{"cidrBlock": "10.0.0.0/16"})
	p.create(tSubnet, "s", props{"vpcId": vpc.id, "cidrBlock": "10.0.0.0/24"}).requireSettled()
}

func TestEveryRequestIsRecorded(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	vpc := p.create(tVpc, "v", props{"cidrBlock": "10.0.0.0/16", "tags": props{"a": "b"}})
	err := p.ask(tLogGroup, "l", props{"retentionInDays": 31})
	require.Error(t, err)
	var made, refused int
	for _, r := range p.requests("") {
		switch r.Operation {
		case "CreateVpc":
			made++
			require.Equal(t, "EC2", r.Service)
			require.Equal(t, vpc.urn, r.URN)
			require.Equal(t, "10.0.0.0/16", r.Input["CidrBlock"])
			require.NotContains(t, r.Input, "Ipv6CidrBlock", "what was not set is not there")
			require.Empty(t, r.Error)
		case "PutRetentionPolicy":
			refused++
			require.True(t, strings.HasPrefix(r.Error, "InvalidParameterException: "), r.Error)
		case "AuthorizeSecurityGroupIngress":
			t.Error("what puts the emulator right is no request of the caller's")
		}
	}
	require.Equal(t, 1, made)
	require.Equal(t, 1, refused)
}

func TestDriftIsSeen(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	vpc := p.create(tVpc, "v", props{"cidrBlock": "10.0.0.0/16", "tags": props{"a": "b"}})
	_, err := p.cloud.Raw().EC2.CreateTags(t.Context(), &ec2.CreateTagsInput{
		Resources: []string{vpc.id}, Tags: []types.Tag{{Key: aws.String("by"), Value: aws.String("hand")}},
	})
	require.NoError(t, err)
	read := vpc.read()
	require.Equal(t, map[string]string{"a": "b", "by": "hand"}, unwire(t, read.GetProperties()).strMap("tags"))
	vpc.inputs, vpc.state = read.GetInputs(), read.GetProperties()
	require.Equal(t, []string{"tags", "tagsAll"}, names(vpc.diff(props{"cidrBlock": "10.0.0.0/16", "tags": props{"a": "b"}})))
	vpc.update(props{"cidrBlock": "10.0.0.0/16", "tags": props{"a": "b"}})
	require.Equal(t, map[string]string{"a": "b"}, vpc.outputs().strMap("tags"))
}

// TestManyAtOnce holds that checks and the requests they admit are not torn
// apart when the engine works on many resources: of ten endpoints that want one
// name, one is made.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newVpc(p, "many")
	inputs := p.check(tEndpoint, "e", w.interfaceEndpoint("ssm"), nil).GetInputs()
	var wg sync.WaitGroup
	errs := make(chan error, 10)
	for i := range 10 {
		wg.Go(func() {
			_, err := p.Create(t.Context(), &pulumirpc.CreateRequest{Urn: urnOf(tEndpoint, fmt.Sprint("e", i)), Properties: inputs})
			errs <- err
		})
	}
	wg.Wait()
	close(errs)
	made := 0
	for err := range errs {
		if err == nil {
			made++
			continue
		}
		require.ErrorContains(t, err, "conflicting DNS domain")
	}
	require.Equal(t, 1, made)
}
