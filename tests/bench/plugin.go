package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// plugin is a running plugin.
type plugin struct {
	client pulumirpc.ResourceProviderClient
	cmd    *exec.Cmd
	conn   *grpc.ClientConn
}

// startPlugin starts a plugin as the engine does. engine is the address that
// the plugin calls back, "" for none.
func startPlugin(ctx context.Context, path, engine string) (*plugin, error) {
	var args []string
	if engine != "" {
		args = []string{engine}
	}
	p := &plugin{cmd: exec.CommandContext(ctx, path, args...)}
	p.cmd.Stderr = os.Stderr
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("%w; run: make build", err)
	}
	port, err := bufio.NewReader(stdout).ReadString('\n')
	if err == nil {
		p.conn, err = grpc.NewClient("127.0.0.1:"+strings.TrimSpace(port), grpc.WithTransportCredentials(insecure.NewCredentials()))
	}
	if err != nil {
		p.stop()
		return nil, err
	}
	p.client = pulumirpc.NewResourceProviderClient(p.conn)
	return p, nil
}

func (p *plugin) stop() {
	if p.conn != nil {
		_ = p.conn.Close()
	}
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

// resident is the plugin's memory in MB, 0 where the system does not tell it.
func (p *plugin) resident() (float64, error) {
	if runtime.GOOS != "linux" {
		return 0, nil
	}
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib * 1024 / 1e6, err
		}
	}
	return 0, fmt.Errorf("no VmRSS of process %d", p.cmd.Process.Pid)
}
