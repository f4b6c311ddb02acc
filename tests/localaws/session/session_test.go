package session_test

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"os/exec"
	"strconv"
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
	require.ErrorIs(t, session.Run(ctx, cmd), session.ErrInterrupted)
	require.Contains(t, out.String(), "bye")
	require.Less(t, time.Since(start), session.Grace)
	require.Empty(t, session.Members(cmd.Process.Pid))
}

func TestInterruptEndsAStubbornCommand(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cmd := exec.Command("bash", "-c", "trap '' INT TERM; echo ready; while :; do sleep 0.05; done")
	cmd.Stdout = &notify{seen: cancel}
	require.ErrorIs(t, session.Run(ctx, cmd), session.ErrInterrupted)
	require.Empty(t, session.Members(cmd.Process.Pid))
}

// parentEnv makes this test binary run a command and be killed.
const parentEnv = "ECSNET_TEST_SESSION_PARENT"

func TestMain(m *testing.M) {
	if os.Getenv(parentEnv) == "" {
		os.Exit(m.Run())
	}
	// The test kills this process when it reads the line. The pause is for the
	// moment between the command's start and its guarding, which a busy machine
	// can draw out.
	cmd := exec.Command("bash", "-c", "set -m; sleep 600 & sleep 0.5; echo $$; wait")
	cmd.Stdout = os.Stdout
	panic(session.Run(context.Background(), cmd))
}

func TestNothingOfTheSessionOutlivesAKilledCaller(t *testing.T) {
	t.Parallel()
	parent := exec.Command(os.Args[0])
	parent.Env = append(os.Environ(), parentEnv+"=1")
	out, err := parent.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, parent.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	leader, err := strconv.Atoi(strings.TrimSpace(line))
	require.NoError(t, err)
	require.Len(t, session.Members(leader), 2, "bash and sleep")

	require.NoError(t, parent.Process.Kill())
	require.Eventually(t, func() bool { return len(session.Members(leader)) == 0 }, 10*time.Second, 20*time.Millisecond)
	require.Error(t, parent.Wait())
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
