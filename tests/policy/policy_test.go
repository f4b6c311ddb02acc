// Package policy runs the policy pack through the real engine, on programs that
// keep to it and on programs that do not.
package policy

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/stack"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/workspace"
)

// commandTimeout ends a command of the CLI that hangs.
const commandTimeout = 4 * time.Minute

// held is a stack whose updates the pack looks at.
type held struct {
	t      *testing.T
	dir    string
	pack   string
	stack  *stack.Stack
	output *bytes.Buffer
}

// newHeld prepares a program, from a folder of the tree, for the pack.
func newHeld(t *testing.T, program string) *held {
	t.Helper()
	a := sandbox.New(t)
	w := a.Prepare(program)
	h := &held{t: t, dir: w.Dir, pack: t.TempDir(), output: &bytes.Buffer{}}
	require.NoError(t, w.AddPolicyPack(t.Context(), a.Root, h.pack, os.Stderr))
	h.stack = a.Stack(w, "dev", h.output)
	return h
}

// run runs a command with the pack and a configuration of it, "" for none.
func (h *held) run(config string, args ...string) (string, error) {
	h.t.Helper()
	args = append(args, "--policy-pack", h.pack)
	if config != "" {
		file := filepath.Join(h.t.TempDir(), "config.json")
		require.NoError(h.t, os.WriteFile(file, []byte(config), 0o644))
		args = append(args, "--policy-pack-config", file)
	}
	ctx, cancel := context.WithTimeout(h.t.Context(), commandTimeout)
	defer cancel()
	h.output.Reset()
	err := h.stack.Run(ctx, args...)
	return h.output.String(), err
}

// add appends resources to the program.
func (h *held) add(resources string) {
	h.t.Helper()
	file, err := os.OpenFile(filepath.Join(h.dir, "Pulumi.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(h.t, err)
	_, err = io.WriteString(file, resources)
	require.NoError(h.t, err)
	require.NoError(h.t, file.Close())
}

// wayOut is what somebody adds beside an isolated VPC.
const wayOut = `  gateway:
    type: aws:ec2:InternetGateway
    properties:
      vpcId: ${net.vpcId}
  way-out:
    type: aws:ec2:Route
    properties:
      routeTableId: ${net.routeTableIds[0]}
      destinationCidrBlock: 0.0.0.0/0
      gatewayId: ${gateway.id}
`

// TestAWayOutIsStoppedAtThePreview: a stack that is isolated passes, preview
// and update; the gateway that a later change adds is stopped before it exists.
func TestAWayOutIsStoppedAtThePreview(t *testing.T) {
	t.Parallel()
	h := newHeld(t, "tests/engine/testdata/gateway-beside")
	for _, command := range []string{"preview", "up --yes --skip-preview"} {
		said, err := h.run("", strings.Fields(command)...)
		require.NoError(t, err, said)
		require.Contains(t, said, "✅ ecsnet@")
	}

	h.add(wayOut)
	said, err := h.run("", "preview")
	require.Error(t, err, said)
	require.Contains(t, said, "❌ ecsnet@")
	inOrder(t, said, "[mandatory]  isolated  (aws:ecs:Service: visitor-service)", "The tasks of visitor-service can reach the internet:",
		"open: tcp 443", "visitor-service: ", "visitor: ", "net-private-a: route 0.0.0.0/0", "gateway: ", "the internet: ")
	require.NotContains(t, said, "sample-service)", "the service whose subnets have no way for it is isolated still")

	said, err = h.run("", "up", "--yes")
	require.Error(t, err, said)
	state, err := h.stack.Export(t.Context())
	require.NoError(t, err)
	require.NotContains(t, string(state), "InternetGateway", "an update stops before it makes anything")

	said, err = h.run(`{"isolated": "disabled", "no-ingress": "mandatory"}`, "preview")
	require.NoError(t, err, said)
	said, err = h.run(`{"isolated": "disabled", "no-egress": "mandatory"}`, "preview")
	require.Error(t, err, said)
	require.Contains(t, said, "[mandatory]  no-egress")
	said, err = h.run(`{"isolated": "advisory", "zone-redundant": "advisory"}`, "preview")
	require.NoError(t, err, said)
	require.Contains(t, said, "[advisory]  isolated")
	inOrder(t, said, "[advisory]  zone-redundant", "The tasks of visitor-service can be cut off by the loss of one zone")
}

// inOrder fails the test unless a text holds these parts one after the other.
func inOrder(t *testing.T, text string, parts ...string) {
	t.Helper()
	rest := text
	for _, part := range parts {
		_, after, found := strings.Cut(rest, part)
		require.True(t, found, "no %q, after what comes before it, in\n%s", part, text)
		rest = after
	}
}

// TestWhatCannotBeDecided: it is a violation unless the configuration says that
// it passes.
func TestWhatCannotBeDecided(t *testing.T) {
	t.Parallel()
	h := newHeld(t, "tests/policy/testdata/unknown-network")
	said, err := h.run("", "preview")
	require.Error(t, err, said)
	inOrder(t, said, "[mandatory]  isolated  (aws:ecs:Service: sample-service)", "The tasks of sample-service may reach the internet", "not known: ")
	said, err = h.run(`{"isolated": {"undecided": "pass"}}`, "preview")
	require.NoError(t, err, said)
	said, err = h.run(`{"isolated": {"undecided": "shrug"}}`, "preview")
	require.Error(t, err, said)
	require.Contains(t, said, "undecided")
}

// TestAStackWithoutServices: there is nothing to hold, so that the pack can be
// laid over every stack there is.
func TestAStackWithoutServices(t *testing.T) {
	t.Parallel()
	h := newHeld(t, "tests/engine/testdata/one-gateway")
	said, err := h.run("", "preview")
	require.NoError(t, err, said)
	require.Contains(t, said, "✅ ecsnet@")
}

// TestTheVersionIsTheRelease: the pack goes with the tool of its release.
func TestTheVersionIsTheRelease(t *testing.T) {
	t.Parallel()
	pack, err := os.ReadFile(filepath.Join(sandbox.Root(t), "policy", "PulumiPolicy.yaml"))
	require.NoError(t, err)
	version, err := os.ReadFile(filepath.Join(sandbox.Root(t), "provider", "version.txt"))
	require.NoError(t, err)
	require.Contains(t, string(pack), "\nversion: "+string(version))
}

// TestTheToolIsMissing: the pack fails and says what to do.
func TestTheToolIsMissing(t *testing.T) {
	t.Parallel()
	h := newHeld(t, "tests/engine/testdata/one-gateway")
	h.stack.Extra = append(h.stack.Extra, "ECSNET_TOOL=/nowhere/pulumi-tool-ecsnet")
	said, err := h.run("", "preview")
	require.Error(t, err, said)
	require.Contains(t, said, "/nowhere/pulumi-tool-ecsnet")
}

// TestFindingTheTool: the newest that is installed comes before PATH, and what
// the environment names before both.
func TestFindingTheTool(t *testing.T) {
	t.Parallel()
	packages, err := workspace.PolicyPackages(t.Context(), sandbox.Root(t), os.Stderr)
	require.NoError(t, err)
	home, path := t.TempDir(), t.TempDir()
	tool := func(dir string) string {
		require.NoError(t, os.MkdirAll(dir, 0o755))
		file := filepath.Join(dir, "pulumi-tool-ecsnet")
		require.NoError(t, os.WriteFile(file, nil, 0o755))
		return file
	}
	find := func(entries ...string) (string, error) {
		cmd := exec.Command(filepath.Join(packages, "venv", "bin", "python"), "-B", "-c", "import tool; print(tool.find())")
		cmd.Dir = filepath.Join(sandbox.Root(t), "policy")
		cmd.Env = append([]string{"PULUMI_HOME=" + home, "PATH=" + path}, entries...)
		out, err := cmd.CombinedOutput()
		return strings.TrimSpace(string(out)), err
	}
	_, err = find()
	require.Error(t, err)

	ambient := tool(path)
	found, err := find()
	require.NoError(t, err, found)
	require.Equal(t, ambient, found)

	plugins := filepath.Join(home, "plugins")
	tool(filepath.Join(plugins, "tool-ecsnet-v0.9.0"))
	tool(filepath.Join(plugins, "tool-ecsnet-v0.10.0-alpha.1"))
	tool(filepath.Join(plugins, "tool-other-v1.0.0"))
	newest := tool(filepath.Join(plugins, "tool-ecsnet-v0.10.0"))
	require.NoError(t, os.WriteFile(filepath.Join(plugins, "tool-ecsnet-v0.11.0.lock"), nil, 0o644))
	require.NoError(t, os.Mkdir(filepath.Join(plugins, "tool-ecsnet-v0.12.0"), 0o755), "half an installation")
	found, err = find()
	require.NoError(t, err, found)
	require.Equal(t, newest, found)

	found, err = find("ECSNET_TOOL=/mine")
	require.NoError(t, err, found)
	require.Equal(t, "/mine", found)
}
