package main

import (
	"bytes"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// program is a Pulumi program that needs no plugin.
const program = "name: anywhere\nruntime: yaml\noutputs:\n  answer: 42\n"

func TestLocalAWSInTheBackground(t *testing.T) {
	t.Parallel()
	root, err := toolchain.Root()
	require.NoError(t, err)
	require.NoError(t, toolchain.Ensure(t.Context(), root, os.Stderr, toolchain.Names("run")...))
	out := &bytes.Buffer{}
	// A quote and a space, for the exports have to survive them.
	tool := &tool{root: root, state: filepath.Join(t.TempDir(), "it's here"), out: out}
	run := func(name string, args ...string) string {
		out.Reset()
		for _, c := range subcommands {
			if c.name == name {
				require.NoError(t, c.run(t.Context(), tool, args), name)
			}
		}
		return out.String()
	}
	require.ErrorIs(t, env(t.Context(), tool, nil), errNotRunning)
	require.Contains(t, run("stop"), "no local AWS runs", "stopping what does not run is no error")

	require.Contains(t, run("start"), "is ready")
	running, err := tool.background()
	require.NoError(t, err)
	t.Cleanup(func() { _ = stop(t.Context(), tool, nil) })
	require.Contains(t, run("start"), "runs already")
	again, err := tool.background()
	require.NoError(t, err)
	require.Equal(t, running, again, "a second start starts nothing")

	// A folder anywhere on disk, in a shell with settings of its own.
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "Pulumi.yaml"), []byte(program), 0o644))
	shell := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", run("env")+`
pulumi stack init dev --non-interactive
pulumi up --yes --skip-preview --non-interactive
pulumi stack output answer
pulumi plugin run ecsnet -- verify 2>/dev/null
command -v pulumi
env | grep ^AWS_ | sort`)
	shell.Dir = dir
	shell.Env = append(os.Environ(), "AWS_PROFILE=mine", "AWS_SESSION_TOKEN=mine", "AWS_REGION=eu-west-1")
	text, err := shell.CombinedOutput()
	require.NoError(t, err, "%s", text)
	_, tail, _ := strings.Cut(string(text), "\n42\n")
	said, tail, _ := strings.Cut(tail, "\n"+filepath.Join(root, ".tools", "bin", "pulumi")+"\n")
	require.Contains(t, said, "nothing to decide about", "the tool is at hand, and looks at the selected stack")
	require.Equal(t, strings.Join([]string{
		"AWS_ACCESS_KEY_ID=test",
		"AWS_CONFIG_FILE=",
		"AWS_EC2_METADATA_DISABLED=true",
		"AWS_ENDPOINT_URL=" + running.Endpoint,
		"AWS_REGION=us-east-1",
		"AWS_SECRET_ACCESS_KEY=test",
		"AWS_SHARED_CREDENTIALS_FILE=",
		"",
	}, "\n"), tail)

	require.Contains(t, run("inventory"), "VPC")
	var inv inventory.Inventory
	require.NoError(t, json.Unmarshal([]byte(run("inventory", "--json")), &inv))
	require.Len(t, inv.Vpcs, 1, "the default VPC")

	require.Contains(t, run("stop"), "stopped")
	require.ErrorIs(t, syscall.Kill(running.PID, 0), syscall.ESRCH)
	_, err = net.Dial("tcp", strings.TrimPrefix(running.Endpoint, "http://"))
	require.ErrorIs(t, err, syscall.ECONNREFUSED)
	require.NoDirExists(t, tool.state)
}

// A server that is busy for good must still be one that can be stopped.
func TestStopNeedsNoAnswer(t *testing.T) {
	t.Parallel()
	// What looks like a server to the tool, and listens nowhere.
	silent := exec.CommandContext(t.Context(), "bash", "-c", "sleep 600; :", "moto.server")
	silent.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	require.NoError(t, silent.Start())
	go func() { _ = silent.Wait() }() // or it stays behind as a zombie
	tool := &tool{state: t.TempDir(), out: &bytes.Buffer{}}
	text, err := json.Marshal(background{PID: silent.Process.Pid, Endpoint: "http://127.0.0.1:1"})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(tool.record(), text, 0o644))
	_, err = tool.background()
	require.ErrorContains(t, err, "does not answer")
	require.NoError(t, stop(t.Context(), tool, nil))
	require.NoDirExists(t, tool.state)
	require.ErrorIs(t, syscall.Kill(silent.Process.Pid, 0), syscall.ESRCH)
}

func TestStopLeavesOtherProcessesAlone(t *testing.T) {
	t.Parallel()
	other := exec.CommandContext(t.Context(), "sleep", "600")
	require.NoError(t, other.Start())
	tool := &tool{state: t.TempDir(), out: &bytes.Buffer{}}
	text, err := json.Marshal(background{PID: other.Process.Pid, Endpoint: "http://127.0.0.1:1"})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(tool.record(), text, 0o644))
	require.NoError(t, stop(t.Context(), tool, nil))
	require.NoError(t, syscall.Kill(other.Process.Pid, 0), "its id was given to another process")
}
