package standin

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/moto"
)

// endpoint is the local AWS of this test binary.
var endpoint string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	server, err := moto.Start(context.Background(), moto.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() {
		if err := server.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}()
	endpoint = server.Endpoint
	return m.Run()
}
