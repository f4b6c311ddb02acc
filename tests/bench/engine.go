package main

import (
	"context"
	"fmt"
	"net"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	sdk "github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// engine stands in for the Pulumi engine: it takes every resource and answers
// at once, so that only the plugin's own work is measured.
type engine struct {
	pulumirpc.UnimplementedEngineServer

	address string
	server  *grpc.Server

	mu        sync.Mutex
	resources int
	outputs   map[string]resource.PropertyMap
}

// monitor is the engine as the plugin's components see it.
type monitor struct {
	pulumirpc.UnimplementedResourceMonitorServer
	*engine
}

var marshal = sdk.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, KeepResources: true, KeepOutputValues: true}

func startEngine() (*engine, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	e := &engine{address: l.Addr().String(), server: grpc.NewServer(), outputs: map[string]resource.PropertyMap{}}
	pulumirpc.RegisterEngineServer(e.server, e)
	pulumirpc.RegisterResourceMonitorServer(e.server, monitor{engine: e})
	go func() { _ = e.server.Serve(l) }()
	return e, nil
}

func (e *engine) count() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.resources
}

func (e *engine) Log(context.Context, *pulumirpc.LogRequest) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

func (e *engine) GetRootResource(context.Context, *pulumirpc.GetRootResourceRequest) (*pulumirpc.GetRootResourceResponse, error) {
	return &pulumirpc.GetRootResourceResponse{Urn: "urn:pulumi:stack::proj::pulumi:pulumi:Stack::proj-stack"}, nil
}

func (monitor) SupportsFeature(context.Context, *pulumirpc.SupportsFeatureRequest) (*pulumirpc.SupportsFeatureResponse, error) {
	return &pulumirpc.SupportsFeatureResponse{HasSupport: true}, nil
}

func (monitor) RegisterPackage(context.Context, *pulumirpc.RegisterPackageRequest) (*pulumirpc.RegisterPackageResponse, error) {
	return &pulumirpc.RegisterPackageResponse{Ref: "package"}, nil
}

// RegisterResource answers with the inputs and what AWS would add to them.
func (m monitor) RegisterResource(_ context.Context, req *pulumirpc.RegisterResourceRequest) (*pulumirpc.RegisterResourceResponse, error) {
	m.mu.Lock()
	m.resources++
	m.mu.Unlock()
	var parent tokens.Type
	if p := urn.URN(req.GetParent()); p.IsValid() && p.QualifiedType() != resource.RootStackType {
		parent = p.QualifiedType()
	}
	id := string(urn.New("stack", "proj", parent, tokens.Type(req.GetType()), req.GetName()))
	resp := &pulumirpc.RegisterResourceResponse{Urn: id, Object: req.GetObject()}
	if !req.GetCustom() {
		return resp, nil
	}
	outputs, err := sdk.UnmarshalProperties(req.GetObject(), marshal)
	if err != nil {
		return nil, err
	}
	for name, value := range map[resource.PropertyKey]string{
		"arn":          "arn:aws:logs:us-east-1:123456789012:log-group:" + req.GetName(),
		"name":         req.GetName() + "-1234567",
		"prefixListId": "pl-63a5400a",
	} {
		if !outputs.HasValue(name) {
			outputs[name] = resource.NewProperty(value)
		}
	}
	resp.Id = req.GetName() + "-id"
	resp.Object, err = sdk.MarshalProperties(outputs, marshal)
	return resp, err
}

func (m monitor) RegisterResourceOutputs(_ context.Context, req *pulumirpc.RegisterResourceOutputsRequest) (*emptypb.Empty, error) {
	out, err := sdk.UnmarshalProperties(req.GetOutputs(), marshal)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.outputs[req.GetUrn()] = out
	return &emptypb.Empty{}, nil
}

// answers are what AWS says to the components' look-ups.
var answers = map[string]map[string]any{
	"aws:index/getRegion:getRegion":                 {"id": "us-east-1", "name": "us-east-1"},
	"aws:index/getCallerIdentity:getCallerIdentity": {"id": "123456789012", "accountId": "123456789012"},
	"aws:index/getPartition:getPartition":           {"id": "aws", "partition": "aws"},
	"aws:index/getAvailabilityZones:getAvailabilityZones": {
		"id": "us-east-1", "names": []any{"us-east-1a", "us-east-1b"}, "zoneIds": []any{"use1-az1", "use1-az2"},
	},
}

func (m monitor) Invoke(_ context.Context, req *pulumirpc.ResourceInvokeRequest) (*pulumirpc.ResourceInvokeResponse, error) {
	result := resource.NewPropertyMapFromMap(answers[req.GetTok()])
	switch {
	case req.GetTok() == "pulumi:pulumi:getResource":
		args, err := sdk.UnmarshalProperties(req.GetArgs(), marshal)
		if err != nil {
			return nil, err
		}
		m.mu.Lock()
		state, known := m.outputs[args["urn"].StringValue()]
		m.mu.Unlock()
		if !known {
			return nil, fmt.Errorf("no resource %s", args["urn"].StringValue())
		}
		result = resource.PropertyMap{"urn": args["urn"], "id": resource.NewProperty(""), "state": resource.NewProperty(state)}
	case answers[req.GetTok()] == nil:
		return nil, fmt.Errorf("no answer to %s", req.GetTok())
	}
	ret, err := sdk.MarshalProperties(result, marshal)
	return &pulumirpc.ResourceInvokeResponse{Return: ret}, err
}
