// Command pulumi-resource-aws is a stand-in for the official aws provider, for
// tests and demonstrations against a local AWS. See package standin.
package main

import (
	"fmt"
	"os"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

func main() {
	err := provider.Main("aws", func(host *provider.HostClient) (pulumirpc.ResourceProviderServer, error) {
		return standin.New(host, nil), nil
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
