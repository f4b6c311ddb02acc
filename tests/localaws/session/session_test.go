package session_test

import (
	"bytes"
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/session"
)

func TestRunReturnsTheCommandsResult(t *testing.T) {
	t.Parallel()
	cmd := exec.Command("sh", "-c", "echo out")
	out := &bytes.Buffer{}
	cmd.Stdout = out
	require.NoError(t, session.Run(t.Context(), cmd))
	require.Equal(t, "out\n", out.String())
	require.Error(t, session.Run(t.Context(), exec.Command("sh", "-c", "exit 3")))
	require.Error(t, session.Run(t.Context(), exec.Command("/no/such/command")))
}

func TestNothingOfTheSessionOutlivesTheCommand(t *testing.T) {
	t.Parallel()
	// The background child has a process group of its own, as plugins have.
	cmd := exec.Command("bash", "-c", "set -m; sleep 600 & echo $!")
	out := &bytes.Buffer{}
	cmd.Stdout = out
	require.NoError(t, session.Run(t.Context(), cmd))
	require.NotEmpty(t, strings.TrimSpace(out.String()))
	require.Empty(t, session.Members(cmd.Process.Pid), "the child must be gone")
}

func TestInterruptLetsTheCommandEndByItself(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cmd := exec.Command("bash", "-c", "trap 'echo bye; exit 0' INT; echo ready; while :; do sleep 0.05; done")
	out := &notify{seen: cancel}
	cmd.Stdout = out
	start := time.Now()
	require.ErrorIs(t, session.Run(ctx, cmd), session.Interrupted)
	require.Contains(t, out.String(), "bye")
	require.Less(t, time.Since(start), session.Grace)
	require.Empty(t, session.Members(cmd.Process.Pid))
}

func TestInterruptEndsAStubbornCommand(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cmd := exec.Command("bash", "-c", "trap '' INT TERM; echo ready; while :; do sleep 0.05; done")
	cmd.Stdout = &notify{seen: cancel}
	require.ErrorIs(t, session.Run(ctx, cmd), session.Interrupted)
	require.Empty(t, session.Members(cmd.Process.Pid))
}

// notify calls seen at every write. The buffer is not embedded: its ReadFrom
// would pass Write by.
type notify struct {
	text bytes.Buffer
	seen func()
}

func (n *notify) String() string { return n.text.String() }

func (n *notify) Write(p []byte) (int, error) {
	n.seen()
	return n.text.Write(p)
}
