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
	"strconv"
	"strings"
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
// and the most memory that it had, in MB: 0 where the system does not tell.
func toolOnce(ctx context.Context, tool string, args ...string) ([]byte, []float64, error) {
	cmd := exec.CommandContext(ctx, tool, args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, nil, fmt.Errorf("%w; run: make build", err)
	}
	done, peak := make(chan struct{}), make(chan float64, 1)
	go func() { peak <- peakMemory(cmd.Process.Pid, done) }()
	err := cmd.Wait()
	took := time.Since(began).Seconds()
	close(done)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", filepath.Base(tool), err)
	}
	return out.Bytes(), []float64{took, <-peak}, nil
}

// peakMemory looks at a process until it is done. The figure that wait4 gives is
// of no use: it begins with what the parent had when it started the process.
func peakMemory(pid int, done <-chan struct{}) (megabytes float64) {
	if runtime.GOOS != "linux" {
		return 0
	}
	often := time.NewTicker(3 * time.Millisecond)
	defer often.Stop()
	for {
		select {
		case <-done:
			return megabytes
		case <-often.C:
			text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			if err != nil {
				continue
			}
			for line := range strings.Lines(string(text)) {
				if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
					kib, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
					megabytes = max(megabytes, kib*1024/1e6)
				}
			}
		}
	}
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
