package standin

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	engine "github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

// version is that of the SDK whose types are checked against; "+local" says
// that this is not the official plugin.
const version = "6.83.2+local"

// Server is the provider. It is made by [New] and may be called concurrently.
type Server struct {
	pulumirpc.UnimplementedResourceProviderServer

	// bridge is what Pulumi's bridge makes of the types.
	bridge pulumirpc.ResourceProviderServer
	getenv func(string) string
	// poll is the time between two looks at something that is awaited.
	poll time.Duration

	mu          sync.Mutex
	cloud       *cloud.Cloud
	defaultTags map[string]string

	// cancelled ends every wait when the engine asks to stop.
	cancelled context.Context
	cancel    context.CancelFunc
}

// New returns a provider that reads the environment through getenv; nil means
// the process's own. Warnings go to the engine through host, if there is one.
func New(host *engine.HostClient, getenv func(string) string) *Server {
	if getenv == nil {
		getenv = os.Getenv
	}
	ctx, cancel := context.WithCancel(context.Background())
	s := &Server{getenv: getenv, poll: 200 * time.Millisecond, cancelled: ctx, cancel: cancel}
	s.bridge = newBridge(s, host)
	return s
}

// Version is what the provider calls itself. ECSNET_STANDIN_VERSION overrides
// it, for tests of what a component makes of another major version.
func (s *Server) Version() string { return cmp.Or(s.getenv("ECSNET_STANDIN_VERSION"), version) }

// GetPluginInfo implements pulumirpc.ResourceProviderServer.
func (s *Server) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: s.Version()}, nil
}

// Handshake implements pulumirpc.ResourceProviderServer.
func (s *Server) Handshake(context.Context, *pulumirpc.ProviderHandshakeRequest) (*pulumirpc.ProviderHandshakeResponse, error) {
	return &pulumirpc.ProviderHandshakeResponse{SupportsAutonamingConfiguration: true}, nil
}

// Attach implements pulumirpc.ResourceProviderServer.
func (s *Server) Attach(context.Context, *pulumirpc.PluginAttach) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

// Cancel implements pulumirpc.ResourceProviderServer: it ends every wait.
func (s *Server) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	s.cancel()
	return &emptypb.Empty{}, nil
}

// Parameterize implements pulumirpc.ResourceProviderServer.
func (s *Server) Parameterize(context.Context, *pulumirpc.ParameterizeRequest) (*pulumirpc.ParameterizeResponse, error) {
	return nil, status.Error(codes.Unimplemented, "the aws provider takes no parameters")
}

// GetSchema implements pulumirpc.ResourceProviderServer. The schema names what
// the stand-in serves; the types' properties are the official SDK's.
func (s *Server) GetSchema(context.Context, *pulumirpc.GetSchemaRequest) (*pulumirpc.GetSchemaResponse, error) {
	resources := map[string]any{}
	for token, t := range table() {
		resources[token] = t.schema()
	}
	functionsByToken := map[string]any{}
	for token, f := range functions {
		functionsByToken[token] = f.schema()
	}
	text, err := json.Marshal(map[string]any{
		"name": "aws", "version": s.Version(),
		"description": "A stand-in for the aws provider, for tests against a local AWS.",
		// How a module's name is written in a token: "ec2" for "ec2/vpc".
		"meta":      map[string]any{"moduleFormat": "(.*)(?:/[^/]*)"},
		"config":    map[string]any{"variables": settingTypes()},
		"provider":  map[string]any{"inputProperties": settingTypes()},
		"resources": resources,
		"functions": functionsByToken,
	})
	if err != nil {
		return nil, err
	}
	return &pulumirpc.GetSchemaResponse{Schema: string(text)}, nil
}

// GetMapping implements pulumirpc.ResourceProviderServer: no converter is served.
func (s *Server) GetMapping(context.Context, *pulumirpc.GetMappingRequest) (*pulumirpc.GetMappingResponse, error) {
	return &pulumirpc.GetMappingResponse{}, nil
}

// GetMappings implements pulumirpc.ResourceProviderServer: no converter is served.
func (s *Server) GetMappings(context.Context, *pulumirpc.GetMappingsRequest) (*pulumirpc.GetMappingsResponse, error) {
	return &pulumirpc.GetMappingsResponse{}, nil
}

// clients returns the configured clients.
func (s *Server) clients() (*cloud.Cloud, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cloud == nil {
		return nil, errors.New("the aws stand-in is not configured: its region or endpoint was not known")
	}
	return s.cloud, nil
}

// tags returns the provider's default tags.
func (s *Server) tags() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.defaultTags
}

// serve prepares a call about a resource for the bridge: what the resource asks
// of AWS is recorded under its URN.
func (s *Server) serve(ctx context.Context, u string) (context.Context, *resourceType, error) {
	token := string(urn.URN(u).Type())
	t, ok := table()[token]
	if !ok {
		return nil, nil, status.Errorf(codes.Unimplemented, "the aws stand-in does not serve %s; it serves %s", token, strings.Join(sortedKeys(table()), ", "))
	}
	return cloud.WithURN(ctx, u), t, nil
}

// Check implements pulumirpc.ResourceProviderServer. Besides what the bridge
// refuses, a property without a row is: nobody looked up what becomes of it.
func (s *Server) Check(ctx context.Context, req *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	ctx, t, err := s.serve(ctx, req.GetUrn())
	if err != nil {
		return nil, err
	}
	news, err := unmarshal("Check.news", req.GetNews())
	if err != nil {
		return nil, err
	}
	response, err := s.bridge.Check(ctx, req)
	if err != nil {
		return nil, err
	}
	for _, path := range t.unserved(news) {
		response.Failures = append(response.Failures, &pulumirpc.CheckFailure{Property: path, Reason: fmt.Sprintf(
			"has no row in the table of %s, so the stand-in does not know what the official provider does with it; "+
				"add the row, with its source, to tests/localaws/standin", t.token)})
	}
	return response, nil
}

// Diff implements pulumirpc.ResourceProviderServer.
func (s *Server) Diff(ctx context.Context, req *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	ctx, _, err := s.serve(ctx, req.GetUrn())
	if err != nil {
		return nil, err
	}
	return s.bridge.Diff(ctx, req)
}

// Create implements pulumirpc.ResourceProviderServer.
func (s *Server) Create(ctx context.Context, req *pulumirpc.CreateRequest) (*pulumirpc.CreateResponse, error) {
	ctx, _, err := s.serve(ctx, req.GetUrn())
	if err != nil {
		return nil, err
	}
	return s.bridge.Create(ctx, req)
}

// Read implements pulumirpc.ResourceProviderServer, for refresh and import.
func (s *Server) Read(ctx context.Context, req *pulumirpc.ReadRequest) (*pulumirpc.ReadResponse, error) {
	ctx, _, err := s.serve(ctx, req.GetUrn())
	if err != nil {
		return nil, err
	}
	return s.bridge.Read(ctx, req)
}

// Update implements pulumirpc.ResourceProviderServer.
func (s *Server) Update(ctx context.Context, req *pulumirpc.UpdateRequest) (*pulumirpc.UpdateResponse, error) {
	ctx, _, err := s.serve(ctx, req.GetUrn())
	if err != nil {
		return nil, err
	}
	return s.bridge.Update(ctx, req)
}

// Delete implements pulumirpc.ResourceProviderServer.
func (s *Server) Delete(ctx context.Context, req *pulumirpc.DeleteRequest) (*emptypb.Empty, error) {
	ctx, _, err := s.serve(ctx, req.GetUrn())
	if err != nil {
		return nil, err
	}
	return s.bridge.Delete(ctx, req)
}

// unmarshal reads properties off the wire; unknown values stay unknown.
func unmarshal(label string, properties *structpb.Struct) (object, error) {
	m, err := plugin.UnmarshalProperties(properties, plugin.MarshalOptions{Label: label, KeepUnknowns: true})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", label, err)
	}
	return object(m), nil
}

func marshal(label string, o object) (*structpb.Struct, error) {
	m, err := plugin.MarshalProperties(resource.PropertyMap(o), plugin.MarshalOptions{Label: label, KeepUnknowns: true, KeepSecrets: true, SkipNulls: true})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", label, err)
	}
	return m, nil
}
