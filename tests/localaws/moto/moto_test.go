package moto_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
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

// Servers are forked from one process: what one of them makes is not in another,
// nor do they give the same ids.
func TestServersShareNothing(t *testing.T) {
	t.Parallel()
	vpc := regexp.MustCompile(`<vpcId>(vpc-\w+)</vpcId>`)
	var ids []string
	for range 2 {
		server, err := moto.Start(t.Context(), moto.Options{})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, server.Stop()) })
		ask := func(action string) string {
			form := url.Values{"Action": {action}, "Version": {"2016-11-15"}, "CidrBlock": {"10.9.0.0/16"}}
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.Endpoint, strings.NewReader(form.Encode()))
			require.NoError(t, err)
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0")
			response, err := http.DefaultClient.Do(request)
			require.NoError(t, err)
			defer response.Body.Close()
			answer, err := io.ReadAll(response.Body)
			require.NoError(t, err)
			require.Equal(t, http.StatusOK, response.StatusCode, string(answer))
			return string(answer)
		}
		require.NotContains(t, ask("DescribeVpcs"), "10.9.0.0/16")
		made := vpc.FindStringSubmatch(ask("CreateVpc"))
		require.Len(t, made, 2)
		ids = append(ids, made[1])
	}
	require.NotEqual(t, ids[0], ids[1])
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
