package moto_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/moto"
)

// diesEnv makes this test binary a parent that starts a server and is killed.
const diesEnv = "ECSNET_TEST_MOTO_PARENT"

func TestMain(m *testing.M) {
	if os.Getenv(diesEnv) == "" {
		os.Exit(m.Run())
	}
	server, err := moto.Start(context.Background(), moto.Options{})
	if err != nil {
		panic(err)
	}
	os.Stdout.WriteString(strconv.Itoa(server.PID) + " " + server.Endpoint + "\n")
	select {}
}

func TestStartServesAndStopLeavesNothing(t *testing.T) {
	t.Parallel()
	first, err := moto.Start(t.Context(), moto.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, first.Stop()) })
	second, err := moto.Start(t.Context(), moto.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, second.Stop()) })
	require.NotEqual(t, first.Endpoint, second.Endpoint, "two servers at once need two ports")

	response, err := http.Get(first.Endpoint + "/moto-api/data.json")
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.NoError(t, first.Reset(t.Context()))

	require.NoError(t, first.Stop())
	requireGone(t, first.PID, first.Endpoint)
	require.NoFileExists(t, first.Log)
	require.NoError(t, first.Stop(), "a second stop does nothing")
}

func TestServerDiesWithAKilledParent(t *testing.T) {
	t.Parallel()
	parent := exec.CommandContext(t.Context(), os.Args[0])
	parent.Env = append(os.Environ(), diesEnv+"=1")
	out, err := parent.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, parent.Start())
	line := make([]byte, 100)
	n, err := out.Read(line)
	require.NoError(t, err)
	pid, endpoint, _ := strings.Cut(strings.TrimSpace(string(line[:n])), " ")

	require.NoError(t, parent.Process.Kill())
	require.Error(t, parent.Wait())
	id, err := strconv.Atoi(pid)
	require.NoError(t, err)
	requireGone(t, id, endpoint)
}

func requireGone(t *testing.T, pid int, endpoint string) {
	t.Helper()
	require.Eventually(t, func() bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) },
		10*time.Second, 20*time.Millisecond, "process %d is still there", pid)
	_, err := net.Dial("tcp", strings.TrimPrefix(endpoint, "http://"))
	require.ErrorIs(t, err, syscall.ECONNREFUSED, "the port must be free again")
}
