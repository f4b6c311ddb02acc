// Command emptyplugin is a Pulumi plugin in Go that serves nothing: what every
// such plugin takes to start.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

type server struct {
	pulumirpc.UnimplementedResourceProviderServer
}

func (server) GetSchema(context.Context, *pulumirpc.GetSchemaRequest) (*pulumirpc.GetSchemaResponse, error) {
	return &pulumirpc.GetSchemaResponse{Schema: `{"name":"empty"}`}, nil
}

func main() {
	err := provider.Main("empty", func(*provider.HostClient) (pulumirpc.ResourceProviderServer, error) {
		return server{}, nil
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
