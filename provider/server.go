package provider

import (
	"context"
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/host"
	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

// Main runs the plugin until the engine ends it.
func Main() error {
	host.SetPlugin()
	return provider.Main(schema.Name, func(engine *provider.HostClient) (pulumirpc.ResourceProviderServer, error) {
		return newServer(engine, all), nil
	})
}

// server answers the engine. What it does not override, a package without
// resources of its own does not need.
type server struct {
	pulumirpc.UnimplementedResourceProviderServer

	engine     *provider.HostClient
	components map[string]Component
	functions  map[string]Function
	underWay   underWay
	stopping   stopping
}

func newServer(engine *provider.HostClient, components []Component) *server {
	s := &server{
		engine:     engine,
		underWay:   underWay{pause: pause},
		components: make(map[string]Component, len(components)),
		functions:  make(map[string]Function, len(functions)),
	}
	for _, c := range components {
		s.components[c.Token] = c
	}
	for _, f := range functions {
		s.functions[f.Token] = f
	}
	return s
}

// GetPluginInfo returns the plugin's version.
func (s *server) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: Version}, nil
}

// GetSchema returns the embedded schema as it is.
func (s *server) GetSchema(_ context.Context, req *pulumirpc.GetSchemaRequest) (*pulumirpc.GetSchemaResponse, error) {
	if v := req.GetVersion(); v != 0 {
		return nil, status.Errorf(codes.InvalidArgument, "ecsnet %s has no schema of format version %d; only 0", Version, v)
	}
	return &pulumirpc.GetSchemaResponse{Schema: string(schemaDocument())}, nil
}

// Handshake tells the engine how to send values: secrets, component references
// and outputs arrive as what they are.
func (s *server) Handshake(_ context.Context, req *pulumirpc.ProviderHandshakeRequest) (*pulumirpc.ProviderHandshakeResponse, error) {
	if s.engine == nil {
		if err := s.attach(req.GetEngineAddress()); err != nil {
			return nil, err
		}
	}
	return &pulumirpc.ProviderHandshakeResponse{AcceptSecrets: true, AcceptResources: true, AcceptOutputs: true}, nil
}

// Attach connects a plugin that was started by hand, for debugging, to the engine.
func (s *server) Attach(_ context.Context, req *pulumirpc.PluginAttach) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, s.attach(req.GetAddress())
}

func (s *server) attach(address string) error {
	engine, err := provider.NewHostClient(address)
	if err != nil {
		return err
	}
	s.engine = engine
	return nil
}

// Configure has nothing to configure; the answer must match Handshake's.
func (s *server) Configure(context.Context, *pulumirpc.ConfigureRequest) (*pulumirpc.ConfigureResponse, error) {
	return &pulumirpc.ConfigureResponse{
		AcceptSecrets:   true,
		SupportsPreview: true,
		AcceptResources: true,
		AcceptOutputs:   true,
	}, nil
}

// DiffConfig finds no difference, because there is no setting.
func (s *server) DiffConfig(context.Context, *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	return &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_NONE}, nil
}

// Construct builds a component in the user's stack.
func (s *server) Construct(ctx context.Context, req *pulumirpc.ConstructRequest) (*pulumirpc.ConstructResponse, error) {
	ended, answered := s.underWay.begin()
	defer answered()
	resp, err := s.stopping.run(ctx, schema.ShortName(req.GetType())+` "`+req.GetName()+`"`, func() (*pulumirpc.ConstructResponse, error) {
		return s.construct(ctx, req)
	})
	if ended(); err != nil && req.GetDryRun() {
		s.underWay.settle(ctx, s.stopping.done())
	}
	return resp, err
}

func (s *server) construct(ctx context.Context, req *pulumirpc.ConstructRequest) (*pulumirpc.ConstructResponse, error) {
	component, ok := s.components[req.GetType()]
	if !ok {
		return nil, s.unknown("component", req.GetType())
	}
	if s.engine == nil {
		return nil, status.Error(codes.FailedPrecondition, "the plugin is not attached to a Pulumi engine")
	}
	malformed, err := checkInputs(req)
	if err != nil {
		return nil, rpcError(err)
	}
	var failure error
	resp, err := provider.Construct(host.WithFaults(host.WithProgram(ctx, s), malformed), req, s.engine.EngineConn(), func(
		ctx *pulumi.Context, _, name string, in provider.ConstructInputs, opt pulumi.ResourceOption,
	) (*provider.ConstructResult, error) {
		made, err := component.construct(ctx, name, in, opt)
		if err != nil {
			failure = err // as it is: the sdk passes on its text only
			return nil, err
		}
		return provider.NewConstructResult(made)
	})
	if failure != nil {
		err = failure
	}
	var faults field.Faults
	if len(malformed) > 0 && !errors.As(err, &faults) {
		err = malformed // the constructor did not come as far as to report them
	}
	if err != nil {
		return nil, rpcError(err)
	}
	return resp, nil
}

// Call answers method calls. No component has a method yet.
func (s *server) Call(_ context.Context, req *pulumirpc.CallRequest) (*pulumirpc.CallResponse, error) {
	return nil, s.unknown("method", req.GetTok())
}

// GetMapping has no mapping: ecsnet does not come from another tool's provider.
func (s *server) GetMapping(context.Context, *pulumirpc.GetMappingRequest) (*pulumirpc.GetMappingResponse, error) {
	return &pulumirpc.GetMappingResponse{}, nil
}

// GetMappings lists no mappings.
func (s *server) GetMappings(context.Context, *pulumirpc.GetMappingsRequest) (*pulumirpc.GetMappingsResponse, error) {
	return &pulumirpc.GetMappingsResponse{}, nil
}

// Cancel ends the constructions that are under way, and returns when the engine
// has their answers: it closes the connection next, and reports whatever has
// none with "the client connection is closing".
func (s *server) Cancel(ctx context.Context, _ *emptypb.Empty) (*emptypb.Empty, error) {
	s.stopping.stop()
	s.underWay.answer(ctx)
	return &emptypb.Empty{}, nil
}
