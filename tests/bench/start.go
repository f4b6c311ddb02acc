package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/progress"
)

// What a start may take. The limit on time is for an idle machine with the
// binary in memory, so the fastest start counts; memory does not vary.
const (
	startLimitMs  = 30
	memoryLimitMB = 45
)

// start measures the plugin from exec to its first answer, beside a plugin
// that serves nothing.
func start(ctx context.Context, b *bench) (missed []string, err error) {
	dir, err := os.MkdirTemp("", "ecsnet-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	empty := filepath.Join(dir, "emptyplugin")
	build := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-ldflags", "-s -w", "-o", empty, "./bench/emptyplugin")
	build.Dir = filepath.Join(b.root, "tests")
	if err := progress.Step(b.out, "compiling an empty plugin", "a minute the first time", build); err != nil {
		return nil, err
	}
	measure := func(name, path string) (thing, *series, *series) {
		took, memory := &series{name: name + ": first answer", unit: "ms"}, &series{name: name + ": memory", unit: "MB"}
		return thing{[]*series{took, memory}, func(ctx context.Context) ([]float64, error) { return startOnce(ctx, path) }}, took, memory
	}
	ours, took, memory := measure("pulumi-resource-ecsnet", filepath.Join(b.root, "bin", "pulumi-resource-ecsnet"))
	theirs, emptyTook, emptyMemory := measure("an empty Go plugin", empty)
	if err := alternate(ctx, b.rounds, ours, theirs); err != nil {
		return nil, err
	}
	table(b.out, took, emptyTook, memory, emptyMemory)
	if took.min() > startLimitMs {
		missed = append(missed, fmt.Sprintf("start: the fastest first answer took %.1f ms, limit %d", took.min(), startLimitMs))
	}
	if memory.median() > memoryLimitMB {
		missed = append(missed, fmt.Sprintf("start: %.1f MB, limit %d", memory.median(), memoryLimitMB))
	}
	return missed, nil
}

func startOnce(ctx context.Context, path string) ([]float64, error) {
	began := time.Now()
	p, err := startPlugin(ctx, path, "")
	if err != nil {
		return nil, err
	}
	defer p.stop()
	if _, err := p.client.GetSchema(ctx, &pulumirpc.GetSchemaRequest{}); err != nil {
		return nil, err
	}
	took := time.Since(began)
	memory, err := p.resident()
	return []float64{float64(took.Microseconds()) / 1000, memory}, err
}
