package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/moto"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/stack"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/workspace"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/progress"
)

// region is the one that the local AWS is used in.
const region = "us-east-1"

// demo shows the whole way of one program. Whatever happens, nothing that it
// started runs afterwards and no file of it is left but the picture.
func demo(ctx context.Context, t *tool, args []string) (err error) {
	out, quiet := progress.Watch(t.out, "demo")
	defer quiet()
	start := time.Now()
	step := func(format string, values ...any) { fmt.Fprintf(out, "\n=== "+format+"\n", values...) }

	files, err := os.MkdirTemp("", "ecsnet-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(files)) }()

	step("The program")
	program, err := t.program(ctx, out, args)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, program.Close()) }()
	fmt.Fprintf(out, "%s, in %s\n", program.Project, program.Runtime)

	step("A local AWS")
	server, err := moto.Start(ctx, moto.Options{Root: t.root, Progress: out})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	before, err := inventory.Read(ctx, server.Endpoint, region)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s, process %d; it holds the default VPC and nothing else of ours\n", server.Endpoint, server.PID)

	step("pulumi up")
	s, err := stack.New(ctx, t.root, program, "demo", files, server.Endpoint, &plainly{out: out})
	if err != nil {
		return err
	}
	if err := s.Run(ctx, "up", "--yes", "--skip-preview", "--suppress-outputs"); err != nil {
		return err
	}

	step("Outputs")
	outputs, err := s.Outputs(ctx)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(outputs)) {
		fmt.Fprintf(out, "%s: %v\n", name, outputs[name])
	}

	step("What stands in AWS now, read through the AWS SDK")
	during, err := inventory.Read(ctx, server.Endpoint, region)
	if err != nil {
		return err
	}
	fmt.Fprint(out, inventory.Text(during.Since(before)))

	step("What its tasks reach and who reaches them, from the state alone")
	state, err := s.Export(ctx)
	if err != nil {
		return err
	}
	// The picture stays, where git does not see it.
	proven, err := t.prove(ctx, out, program.Project, state, filepath.Join(t.root, "bin", "demo.svg"))
	if err != nil {
		return err
	}

	step("pulumi destroy")
	if err := s.Run(ctx, "destroy", "--yes", "--skip-preview", "--remove"); err != nil {
		return err
	}
	after, err := inventory.Read(ctx, server.Endpoint, region)
	if err != nil {
		return err
	}
	if left := after.Diff(before); len(left) > 0 {
		return fmt.Errorf("the inventory after destroy differs from the one before up:\n%s", strings.Join(left, "\n"))
	}
	step("Nothing is left: the inventory equals the one before. %s in all.", time.Since(start).Round(time.Second))
	fmt.Fprintln(out, proven)
	return nil
}

// program is the root project as it stands, or a runnable copy of the example
// that args name.
func (t *tool) program(ctx context.Context, out io.Writer, args []string) (*workspace.Workspace, error) {
	if len(args) == 0 || args[0] == "" {
		return workspace.Open(t.root, ".")
	}
	return workspace.Prepare(ctx, t.root, args[0], out)
}
