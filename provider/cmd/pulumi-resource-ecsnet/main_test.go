package main_test

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// TestStart holds the plugin to starting small: the engine starts it for every
// preview. How fast it starts is for make bench to measure: a busy machine must
// not fail a test.
func TestStart(t *testing.T) {
	if testing.Short() {
		t.Skip("links the plugin")
	}
	bin := filepath.Join(t.TempDir(), "pulumi-resource-ecsnet")
	build := exec.CommandContext(t.Context(), "go", "build", "-ldflags", "-s -w", "-o", bin, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const limitMiB = 48
	var times []time.Duration
	memory := math.MaxInt
	for range 5 {
		took, mib, err := start(t.Context(), bin)
		if err != nil {
			t.Fatal(err)
		}
		times = append(times, took)
		memory = min(memory, mib) // how much of the binary is mapped in depends on the system
	}
	slices.Sort(times)
	t.Logf("first answer after %v (median of %d), %d MiB", times[len(times)/2].Round(100*time.Microsecond), len(times), memory)
	if memory > limitMiB {
		t.Errorf("the plugin takes %d MiB, limit %d", memory, limitMiB)
	}
}

// start runs the plugin until it has answered its first call.
func start(ctx context.Context, bin string) (took time.Duration, mib int, err error) {
	began := time.Now()
	cmd := exec.CommandContext(ctx, bin)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return 0, 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	port, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return 0, 0, err
	}
	conn, err := grpc.NewClient("127.0.0.1:"+strings.TrimSpace(port), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return 0, 0, err
	}
	defer conn.Close()
	if _, err := pulumirpc.NewResourceProviderClient(conn).GetSchema(ctx, &pulumirpc.GetSchemaRequest{}); err != nil {
		return 0, 0, err
	}
	took = time.Since(began)
	mib, err = resident(cmd.Process.Pid)
	return took, mib, err
}

// resident returns a process's memory, where the system tells it.
func resident(pid int) (mib int, err error) {
	if runtime.GOOS != "linux" {
		return 0, nil
	}
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.Atoi(strings.Fields(rest)[0])
			return kib / 1024, err
		}
	}
	return 0, fmt.Errorf("no VmRSS in /proc/%d/status", pid)
}
