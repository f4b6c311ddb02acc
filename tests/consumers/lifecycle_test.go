package consumers_test

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/session"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// Two of everything live in one stack; one child can be updated alone; what
// stands is what the stack remembers; everything goes in an order that AWS
// accepts.
func TestTwoOfEverything(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.Inventory(region)
	d := w.typeScript(t, "two")
	d.up(t)
	d.must(t, "refresh", "--yes", "--skip-preview", "--expect-no-changes")

	d.config(t, "desiredCount", "3")
	target := d.only(t, "aws:ecs/service:Service", "two-service").URN
	d.up(t, "--target", target)
	counts := map[string]int32{}
	for _, s := range w.Inventory(region).Services {
		counts[s.Name] = s.DesiredCount
	}
	require.Equal(t, map[string]int32{"api-one": 2, "api-two": 3}, counts)

	d.destroy(t)
	require.Empty(t, w.Inventory(region).Diff(before), "left in the local AWS")
}

const waiting = `
resources:
  net:
    type: ecsnet:IsolatedVpc
    properties: {endpointServices: [logs, ecr.api, ecr.dkr]}
  apps:
    type: ecsnet:EcsCluster
  api:
    type: ecsnet:FargatePrivateService
    properties:
      network: ${net}
      clusterArn: ${apps.clusterArn}
      image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1
      timeouts: {createMinutes: 1}
`

// An update that is killed while it waits for the tasks is taken up again as
// Pulumi documents: cancel, refresh, up. What was being made stays behind.
func TestKilledUpdateIsTakenUpAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.Inventory(region)
	d := w.yaml(t, "killed", waiting)
	log := filepath.Join(t.TempDir(), "requests")
	env := d.Extra
	d.Extra = append(env, "ECSNET_STANDIN_TASKS_PENDING=true", "ECSNET_STANDIN_LOG="+log)
	d.kill(t, func() bool {
		for _, r := range readRequests(t, log) {
			if r.Operation == "CreateService" {
				return true
			}
		}
		return false
	}, "up", "--yes", "--skip-preview")
	d.Extra = env

	text, code := d.try(t, "up", "--yes", "--skip-preview")
	require.NotZero(t, code)
	require.Contains(t, text, "pulumi cancel")
	d.pulumi(t, "cancel", "--yes", "--stack", d.Name)
	pending := d.pending(t)
	require.Len(t, pending, 1, "%s", pending)
	services := w.Inventory(region).Services
	require.Len(t, services, 1)
	d.must(t, "refresh", "--yes", "--skip-preview", "--clear-pending-creates")
	d.up(t)
	d.must(t, "preview", "--expect-no-changes")

	// The stack never learnt of the first service; AWS keeps what it uses.
	text, code = d.try(t, "destroy", "--yes", "--skip-preview")
	require.NotZero(t, code, text)
	require.Contains(t, text, "DependencyViolation")
	left := w.Inventory(region).Services
	require.Equal(t, services, left)
	cfg, err := inventory.Config(w.Endpoint, region)
	require.NoError(t, err)
	_, err = ecs.NewFromConfig(cfg).DeleteService(t.Context(), &ecs.DeleteServiceInput{
		Cluster: &left[0].Cluster, Service: &left[0].Name, Force: aws.Bool(true),
	})
	require.NoError(t, err)
	d.destroy(t)
	require.Empty(t, w.Inventory(region).Diff(before), "left in the local AWS")
}

// An update whose tasks never run does not say success, and the next one, with
// tasks that run, mends the stack.
func TestTasksThatNeverRunFailTheUpdate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.Inventory(region)
	d := w.yaml(t, "hanging", waiting)
	env := d.Extra
	d.Extra = append(env, "ECSNET_STANDIN_TASKS_PENDING=true")
	text, code := d.try(t, "up", "--yes", "--skip-preview")
	require.NotZero(t, code, text)
	require.Contains(t, text, "timeout")
	d.Extra = env
	d.up(t)
	d.must(t, "preview", "--expect-no-changes")
	require.Len(t, w.Inventory(region).Services, 1)
	d.destroy(t)
	require.Empty(t, w.Inventory(region).Diff(before), "left in the local AWS")
}

// kill runs a Pulumi command and ends it with its plugins, without warning, when
// ready says so. (By themselves plugins notice within five minutes that their
// engine is gone: that is how often Pulumi has them look.)
func (d *deployment) kill(t *testing.T, ready func() bool, args ...string) {
	t.Helper()
	cmd := exec.Command(filepath.Join(toolchain.Bin(d.world.Root), "pulumi"), append(args, "--stack", d.Name, "--non-interactive")...)
	var out bytes.Buffer
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = d.dir, d.Env(), &out, &out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.WaitDelay = time.Second
	require.NoError(t, cmd.Start())
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	end := func() {
		for _, pid := range session.Members(cmd.Process.Pid) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	t.Cleanup(end)
	deadline := time.After(commandTimeout)
	for !ready() {
		select {
		case err := <-exited:
			require.FailNow(t, "it ended too early", "%v\n%s", err, &out)
		case <-deadline:
			require.FailNow(t, "it was never ready to be killed", "%s", &out)
		case <-time.After(20 * time.Millisecond):
		}
	}
	require.NoError(t, cmd.Process.Kill())
	end()
	<-exited
}

// pulumi runs a command that takes no settings of the stack.
func (d *deployment) pulumi(t *testing.T, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), filepath.Join(toolchain.Bin(d.world.Root), "pulumi"), append(args, "--non-interactive")...)
	cmd.Dir, cmd.Env = d.dir, d.Env()
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "pulumi %s\n%s", strings.Join(args, " "), out)
}

// pending are the URNs of what was being made when the last update ended.
func (d *deployment) pending(t *testing.T) (urns []string) {
	t.Helper()
	text, err := d.Export(t.Context())
	require.NoError(t, err)
	var export struct {
		Deployment struct {
			PendingOperations []struct {
				Type     string `json:"type"`
				Resource state  `json:"resource"`
			} `json:"pending_operations"`
		} `json:"deployment"`
	}
	require.NoError(t, json.Unmarshal(text, &export))
	for _, op := range export.Deployment.PendingOperations {
		require.Equal(t, "creating", op.Type)
		urns = append(urns, op.Resource.URN)
	}
	return urns
}

// only is the one resource of a type and a name.
func (d *deployment) only(t *testing.T, typ, name string) state {
	t.Helper()
	var found []state
	for _, r := range d.resources(t) {
		if r.Type == typ && strings.HasSuffix(r.URN, "::"+name) {
			found = append(found, r)
		}
	}
	require.Len(t, found, 1, "%s %s", typ, name)
	return found[0]
}
