// Command pulumi-resource-ecsnet is the plugin that the Pulumi engine starts.
package main

import (
	"fmt"
	"os"

	"github.com/ecsnet/pulumi-ecsnet/internal/boot"
	"github.com/ecsnet/pulumi-ecsnet/provider"
)

func main() {
	boot.Done()
	if err := provider.Main(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
