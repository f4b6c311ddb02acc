package provider

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

func TestVersionAndSchema(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	info, err := h.client.GetPluginInfo(t.Context(), &emptypb.Empty{})
	if err != nil {
		t.Fatal(err)
	}
	if info.GetVersion() != Version {
		t.Errorf("GetPluginInfo says %q, want %q", info.GetVersion(), Version)
	}
	resp, err := h.client.GetSchema(t.Context(), &pulumirpc.GetSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var doc struct{ Name, Version string }
	if err := json.Unmarshal([]byte(resp.GetSchema()), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Name != "ecsnet" || doc.Version != Version {
		t.Errorf("GetSchema gives %s %s, want ecsnet %s", doc.Name, doc.Version, Version)
	}
	if _, err := h.client.GetSchema(t.Context(), &pulumirpc.GetSchemaRequest{Version: 7}); err == nil {
		t.Error("a schema format that does not exist was answered")
	}
}

// The engine refuses a plugin whose Handshake and Configure differ.
func TestHandshakeMatchesConfigure(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	shake, err := h.client.Handshake(t.Context(), &pulumirpc.ProviderHandshakeRequest{EngineAddress: h.engine.address})
	if err != nil {
		t.Fatal(err)
	}
	conf, err := h.client.Configure(t.Context(), &pulumirpc.ConfigureRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for name, pair := range map[string][2]bool{
		"secrets":   {shake.GetAcceptSecrets(), conf.GetAcceptSecrets()},
		"resources": {shake.GetAcceptResources(), conf.GetAcceptResources()},
		"outputs":   {shake.GetAcceptOutputs(), conf.GetAcceptOutputs()},
	} {
		if pair != [2]bool{true, true} {
			t.Errorf("accepts %s: Handshake says %v, Configure %v", name, pair[0], pair[1])
		}
	}
}

func TestAPluginStartedByHandCanBeAttached(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	s := newServer(nil, all)
	req := &pulumirpc.ConstructRequest{Type: "ecsnet:index:EcsCluster", Name: "x", Stack: "stack", Project: "proj", DryRun: true}
	if _, err := s.Construct(t.Context(), req); status.Code(err) != codes.FailedPrecondition {
		t.Errorf("without an engine Construct says %v", err)
	}
	if _, err := s.Attach(t.Context(), &pulumirpc.PluginAttach{Address: h.engine.address}); err != nil {
		t.Fatal(err)
	}
	req.MonitorEndpoint = h.engine.address
	if _, err := s.Construct(t.Context(), req); err != nil {
		t.Error(err)
	}
}

func TestSettingsAreRefused(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	settings := func(m map[string]any) *pulumirpc.CheckRequest {
		news, err := structpb.NewStruct(m)
		if err != nil {
			t.Fatal(err)
		}
		return &pulumirpc.CheckRequest{News: news}
	}
	resp, err := h.client.CheckConfig(t.Context(), settings(map[string]any{"version": "0.1.0", "pluginDownloadURL": "x", "__internal": map[string]any{}}))
	if err != nil {
		t.Fatal(err)
	}
	if len(resp.GetFailures()) > 0 {
		t.Errorf("what the engine itself sets is refused: %v", resp.GetFailures())
	}
	resp, err = h.client.CheckConfig(t.Context(), settings(map[string]any{"region": "eu-central-1", "profile": "x"}))
	if err != nil {
		t.Fatal(err)
	}
	if len(resp.GetFailures()) != 2 || resp.GetFailures()[1].GetProperty() != "region" ||
		!strings.Contains(resp.GetFailures()[1].GetReason(), "pulumi config set aws:region") {
		t.Errorf("refused %v, want profile and region with the way out", resp.GetFailures())
	}
	diff, err := h.client.DiffConfig(t.Context(), &pulumirpc.DiffRequest{})
	if err != nil || diff.GetChanges() != pulumirpc.DiffResponse_DIFF_NONE {
		t.Errorf("DiffConfig says %v, %v", diff, err)
	}
}

func TestWhatThePluginDoesNotHave(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	_, component := h.construct(t, "Missing x", nil)
	_, function := h.client.Invoke(t.Context(), &pulumirpc.InvokeRequest{Tok: "ecsnet:index:getNothing"})
	_, method := h.client.Call(t.Context(), &pulumirpc.CallRequest{Tok: "ecsnet:index:Network/nothing"})
	for want, err := range map[string]error{
		`has no component "Missing"; it has `: component,
		`has no function "getNothing"`:        function,
		`has no method "Network/nothing"`:     method,
	} {
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "ecsnet "+Version) {
			t.Errorf("the error does not say %q and the version: %v", want, err)
		}
	}
	if _, err := h.client.GetMapping(t.Context(), &pulumirpc.GetMappingRequest{Key: "terraform"}); err != nil {
		t.Error(err)
	}
	if _, err := h.client.GetMappings(t.Context(), &pulumirpc.GetMappingsRequest{}); err != nil {
		t.Error(err)
	}
	if _, err := h.client.Cancel(t.Context(), &emptypb.Empty{}); err != nil {
		t.Error(err)
	}
}

// EcsCluster and its arguments stand in for the real ones: the schema knows
// their names.
type (
	EcsCluster struct {
		pulumi.ResourceState

		ClusterName pulumi.StringOutput `pulumi:"clusterName"`
	}
	ecsClusterArgs struct {
		ClusterName *string `pulumi:"clusterName,optional"`
	}
)

func TestErrorsOfAConstructor(t *testing.T) {
	t.Parallel()
	fail := func(f func(ctx *pulumi.Context, c *EcsCluster) error) Component {
		return serve(func(ctx *pulumi.Context, name string, _ *ecsClusterArgs, opts ...pulumi.ResourceOption) (*EcsCluster, error) {
			c := &EcsCluster{}
			if err := ctx.RegisterComponentResource("ecsnet:index:EcsCluster", name, c, opts...); err != nil {
				return nil, err
			}
			return c, f(ctx, c)
		})
	}
	later := func(ctx *pulumi.Context, err error) pulumi.StringOutput {
		return pulumi.String("x").ToStringOutput().ApplyT(func(string) (string, error) { return "", err }).(pulumi.StringOutput)
	}
	tests := map[string]struct {
		component Component
		want      string
		code      codes.Code
	}{
		"a panic names the component and asks for a report": {
			fail(func(*pulumi.Context, *EcsCluster) error { panic("index out of range") }),
			`EcsCluster "main" failed inside the plugin: index out of range` + "\nThis is a bug in ecsnet", codes.Unknown,
		},
		"one fault stands in the engine's line": {
			fail(func(*pulumi.Context, *EcsCluster) error {
				return field.Faults{{Path: "clusterName", Value: `"a b"`, Rule: "has a blank"}}
			}),
			`clusterName: "a b" has a blank`, codes.InvalidArgument,
		},
		"several are a list": {
			fail(func(*pulumi.Context, *EcsCluster) error {
				return field.Faults{{Path: "a", Rule: "is x"}, {Path: "b", Rule: "is y", Fix: "do z"}}
			}),
			"2 arguments are wrong:\n    - a: is x\n    - b: is y; do z", codes.InvalidArgument,
		},
		"an error in an output comes without its way here": {
			fail(func(ctx *pulumi.Context, c *EcsCluster) error {
				c.ClusterName = later(ctx, errors.New("no such cluster"))
				return nil
			}),
			"no such cluster", codes.Unknown,
		},
		"faults in an output are faults": {
			fail(func(ctx *pulumi.Context, c *EcsCluster) error {
				c.ClusterName = later(ctx, field.Faults{{Path: "clusterName", Rule: "is late"}})
				return nil
			}),
			"clusterName: is late", codes.InvalidArgument,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, tt.component)
			_, err := h.construct(t, "EcsCluster main", resource.PropertyMap{})
			s, _ := status.FromError(err)
			if !strings.HasPrefix(s.Message(), tt.want) {
				t.Errorf("the error is\n%s\nwant\n%s", s.Message(), tt.want)
			}
			if s.Code() != tt.code {
				t.Errorf("the code is %v, want %v", s.Code(), tt.code)
			}
		})
	}
}
