package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/ecsnet/pulumi-ecsnet/internal/opposition"
	"github.com/ecsnet/pulumi-ecsnet/verify"
)

// What a proof of a large stack may take, and how large it is. As with the
// start, the fastest run counts for time; memory does not vary much.
const (
	proofVpcs          = 20
	proofServices      = 1000
	proofLimitSeconds  = 2
	proofMemoryLimitMB = 500
)

// proof measures `pulumi-tool-ecsnet verify` on a large stack's export, beside
// the tool's bare start.
func proof(ctx context.Context, b *bench) (missed []string, err error) {
	dir, err := os.MkdirTemp("", "ecsnet-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	state := filepath.Join(dir, "state.json")
	if err := os.WriteFile(state, opposition.Large(proofVpcs, proofServices).Export(1), 0o600); err != nil {
		return nil, err
	}
	tool := filepath.Join(b.root, "bin", "pulumi-tool-ecsnet")
	took := &series{name: fmt.Sprintf("verify %d services in %d VPCs: time", proofServices, proofVpcs), unit: "s"}
	memory := &series{name: "verify: peak memory", unit: "MB"}
	bare := &series{name: "the tool's start: time", unit: "s"}
	bareMemory := &series{name: "the tool's start: peak memory", unit: "MB"}
	err = alternate(ctx, b.rounds,
		thing{[]*series{took, memory}, func(ctx context.Context) ([]float64, error) {
			out, used, err := toolOnce(ctx, tool, "verify", "--state", state, "--json")
			if err != nil {
				return nil, err
			}
			return used, proven(out)
		}},
		thing{[]*series{bare, bareMemory}, func(ctx context.Context) ([]float64, error) {
			_, used, err := toolOnce(ctx, tool, "--help")
			return used, err
		}},
	)
	if err != nil {
		return nil, err
	}
	table(b.out, took, memory, bare, bareMemory)
	if took.min() > proofLimitSeconds {
		missed = append(missed, fmt.Sprintf("proof: the fastest run took %.2f s, limit %d", took.min(), proofLimitSeconds))
	}
	if memory.median() > proofMemoryLimitMB {
		missed = append(missed, fmt.Sprintf("proof: %.0f MB, limit %d", memory.median(), proofMemoryLimitMB))
	}
	return missed, nil
}

// toolOnce runs the tool, and returns what it printed, the seconds that it took
// and the most memory that it had, in MB.
func toolOnce(ctx context.Context, tool string, args ...string) ([]byte, []float64, error) {
	// A process's peak begins with what its parent had when it was started.
	debug.FreeOSMemory()
	cmd := exec.CommandContext(ctx, tool, args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return nil, nil, fmt.Errorf("%s: %w; run: make build", filepath.Base(tool), err)
	}
	took := time.Since(began).Seconds()
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return nil, nil, fmt.Errorf("the system does not tell the memory of a process")
	}
	unit := 1024.0 // Linux counts in KiB, macOS in bytes.
	if runtime.GOOS == "darwin" {
		unit = 1
	}
	return out.Bytes(), []float64{took, float64(usage.Maxrss) * unit / 1e6}, nil
}

// proven holds that the report decides every service: a fast answer that says
// nothing would be no measure.
func proven(out []byte) error {
	var report verify.Report
	if err := json.Unmarshal(out, &report); err != nil {
		return err
	}
	open := 0
	for _, s := range report.Services {
		if s.InternetIngress == verify.Undecided || s.InternetEgress == verify.Undecided || s.Exfiltration == verify.Undecided {
			return fmt.Errorf("%s is not decided", s.URN)
		}
		if s.InternetEgress == verify.Open {
			open++
		}
	}
	if len(report.Services) != proofServices || open != proofServices/2 {
		return fmt.Errorf("%d services, %d of them with a way out; they should be %d and %d", len(report.Services), open, proofServices, proofServices/2)
	}
	return nil
}
