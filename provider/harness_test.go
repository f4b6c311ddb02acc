package provider

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
)

// harness runs the plugin's server over gRPC, as the engine does, against an
// engine that only records. It answers with the inputs it was given: what AWS
// computes stays unknown at preview and empty at an update.
type harness struct {
	client pulumirpc.ResourceProviderClient
	engine *engine
}

func newHarness(t testing.TB, components ...Component) *harness {
	t.Helper()
	e := &engine{
		dryRun: true,
		functions: map[string]function{
			"aws:index/getRegion:getRegion": answer(map[string]any{
				"id": "us-east-1", "name": "us-east-1", "description": "US East (N. Virginia)", "endpoint": "ec2.us-east-1.amazonaws.com",
			}),
			"aws:index/getCallerIdentity:getCallerIdentity": answer(map[string]any{
				"id": "123456789012", "accountId": "123456789012", "arn": "arn:aws:iam::123456789012:root", "userId": "123456789012",
			}),
			"aws:index/getPartition:getPartition": answer(map[string]any{
				"id": "aws", "partition": "aws", "dnsSuffix": "amazonaws.com", "reverseDnsPrefix": "com.amazonaws",
			}),
			"aws:index/getAvailabilityZones:getAvailabilityZones": answer(map[string]any{
				"id":         "us-east-1",
				"names":      []any{"us-east-1a", "us-east-1b", "us-east-1c"},
				"zoneIds":    []any{"use1-az1", "use1-az2", "use1-az4"},
				"groupNames": []any{"us-east-1"},
			}),
			"aws:ssm/getParameter:getParameter": answer(map[string]any{
				"id": "p", "name": "p", "arn": "arn:aws:ssm:us-east-1::parameter/p", "type": "String", "version": 1,
				"value": "ami-0123456789abcdef0", "insecureValue": "ami-0123456789abcdef0",
			}),
		},
	}
	e.functions["pulumi:pulumi:getResource"] = e.getResource
	e.address = listen(t, func(s *grpc.Server) {
		pulumirpc.RegisterEngineServer(s, e)
		pulumirpc.RegisterResourceMonitorServer(s, monitor{engine: e})
	})
	host, err := provider.NewHostClient(e.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = host.Close() })
	if components == nil {
		components = all
	}
	server := newServer(host, components)
	server.underWay.pause = 0
	address := listen(t, func(s *grpc.Server) {
		pulumirpc.RegisterResourceProviderServer(s, server)
	})
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &harness{client: pulumirpc.NewResourceProviderClient(conn), engine: e}
}

func listen(t testing.TB, register func(*grpc.Server)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := grpc.NewServer()
	register(s)
	go func() { _ = s.Serve(l) }()
	t.Cleanup(s.Stop)
	return l.Addr().String()
}

var keepAll = plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, KeepResources: true, KeepOutputValues: true}

// construct builds a component; options are set on the request by edit.
func (h *harness) construct(
	t testing.TB, name string, in resource.PropertyMap, edits ...func(*pulumirpc.ConstructRequest),
) (*pulumirpc.ConstructResponse, error) {
	t.Helper()
	component, name, ok := strings.Cut(name, " ")
	if !ok {
		t.Fatalf("write %q as COMPONENT NAME", name)
	}
	inputs, err := plugin.MarshalProperties(in, keepAll)
	if err != nil {
		t.Fatal(err)
	}
	req := &pulumirpc.ConstructRequest{
		Project: "proj", Stack: "stack", Type: "ecsnet:index:" + component, Name: name,
		MonitorEndpoint: h.engine.address, DryRun: h.engine.dryRun, Parallel: 16, Inputs: inputs,
	}
	for _, edit := range edits {
		edit(req)
	}
	return h.client.Construct(t.Context(), req)
}

// outputs reads a response, unknown values included.
func outputs(t testing.TB, resp *pulumirpc.ConstructResponse) resource.PropertyMap {
	t.Helper()
	out, err := plugin.UnmarshalProperties(resp.GetState(), keepAll)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// engine records what a component registers.
type engine struct {
	pulumirpc.UnimplementedEngineServer

	address   string
	dryRun    bool
	functions map[string]function

	mu        sync.Mutex
	resources []registered
	calls     []*pulumirpc.ResourceInvokeRequest
	outputs   map[string]resource.PropertyMap
	logs      []*pulumirpc.LogRequest
}

type function func(args resource.PropertyMap) (resource.PropertyMap, error)

func answer(result map[string]any) function {
	return func(resource.PropertyMap) (resource.PropertyMap, error) {
		return resource.NewPropertyMapFromMap(result), nil
	}
}

type registered struct {
	urn    string
	inputs resource.PropertyMap
	req    *pulumirpc.RegisterResourceRequest
}

// ofType returns the registered resources of a type, by a part of its token.
func (e *engine) ofType(part string) []registered {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(e.resources), func(r registered) bool { return !strings.Contains(r.req.GetType(), part) })
}

func (e *engine) all() []registered { return e.ofType("") }

// forget drops what was recorded, but not the outputs that references need.
func (e *engine) forget() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.resources, e.calls, e.logs = nil, nil, nil
}

// getResource answers a component reference that is read back.
func (e *engine) getResource(args resource.PropertyMap) (resource.PropertyMap, error) {
	urn := args["urn"].StringValue()
	if strings.Contains(urn, "::pulumi:providers:") {
		return resource.PropertyMap{
			"urn":   resource.NewProperty(urn),
			"id":    resource.NewProperty(providerID),
			"state": resource.NewProperty(resource.PropertyMap{}),
		}, nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	state, ok := e.outputs[urn]
	if !ok {
		return nil, fmt.Errorf("unknown resource %s", urn)
	}
	return resource.PropertyMap{
		"urn":   resource.NewProperty(urn),
		"id":    resource.NewProperty(""),
		"state": resource.NewProperty(state),
	}, nil
}

// providerID is the id of every explicit provider.
const providerID = "0b2f"

func (e *engine) Log(_ context.Context, req *pulumirpc.LogRequest) (*emptypb.Empty, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.logs = append(e.logs, req)
	return &emptypb.Empty{}, nil
}

func (e *engine) GetRootResource(context.Context, *pulumirpc.GetRootResourceRequest) (*pulumirpc.GetRootResourceResponse, error) {
	return &pulumirpc.GetRootResourceResponse{Urn: "urn:pulumi:stack::proj::pulumi:pulumi:Stack::proj-stack"}, nil
}

type monitor struct {
	pulumirpc.UnimplementedResourceMonitorServer
	*engine
}

func (monitor) SupportsFeature(context.Context, *pulumirpc.SupportsFeatureRequest) (*pulumirpc.SupportsFeatureResponse, error) {
	return &pulumirpc.SupportsFeatureResponse{HasSupport: true}, nil
}

func (m monitor) RegisterPackage(context.Context, *pulumirpc.RegisterPackageRequest) (*pulumirpc.RegisterPackageResponse, error) {
	return &pulumirpc.RegisterPackageResponse{Ref: "package"}, nil
}

func (m monitor) RegisterResource(_ context.Context, req *pulumirpc.RegisterResourceRequest) (*pulumirpc.RegisterResourceResponse, error) {
	inputs, err := plugin.UnmarshalProperties(req.GetObject(), keepAll)
	if err != nil {
		return nil, err
	}
	var parent tokens.Type
	if p := urn.URN(req.GetParent()); p.IsValid() && p.QualifiedType() != resource.RootStackType {
		parent = p.QualifiedType()
	}
	id := string(urn.New("stack", "proj", parent, tokens.Type(req.GetType()), req.GetName()))
	m.mu.Lock()
	m.resources = append(m.resources, registered{urn: id, inputs: inputs, req: req})
	m.mu.Unlock()
	resp := &pulumirpc.RegisterResourceResponse{Urn: id, Object: req.GetObject()}
	if req.GetCustom() && !m.dryRun {
		resp.Id = req.GetName() + "-id"
	}
	return resp, nil
}

func (m monitor) RegisterResourceOutputs(_ context.Context, req *pulumirpc.RegisterResourceOutputsRequest) (*emptypb.Empty, error) {
	out, err := plugin.UnmarshalProperties(req.GetOutputs(), keepAll)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.outputs == nil {
		m.engine.outputs = map[string]resource.PropertyMap{}
	}
	m.outputs[req.GetUrn()] = out
	return &emptypb.Empty{}, nil
}

func (m monitor) Invoke(_ context.Context, req *pulumirpc.ResourceInvokeRequest) (*pulumirpc.ResourceInvokeResponse, error) {
	m.mu.Lock()
	m.engine.calls = append(m.engine.calls, req)
	m.mu.Unlock()
	f, ok := m.functions[req.GetTok()]
	if !ok {
		return nil, status.Errorf(codes.Unimplemented, "the test has no answer to %s", req.GetTok())
	}
	args, err := plugin.UnmarshalProperties(req.GetArgs(), keepAll)
	if err != nil {
		return nil, err
	}
	result, err := f(args)
	if err != nil {
		return nil, err
	}
	ret, err := plugin.MarshalProperties(result, keepAll)
	return &pulumirpc.ResourceInvokeResponse{Return: ret}, err
}
