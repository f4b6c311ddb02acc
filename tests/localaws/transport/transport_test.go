package transport_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/transport"
)

// eager is a body like the SDK's at the worst moment: its owner closes it when
// the last byte is sent, before the transport has asked whether there is more.
type eager struct {
	reader *strings.Reader
}

func (e *eager) Read(p []byte) (int, error) { return e.reader.Read(p) }

// WriteTo answers like the SDK's closed body.
func (e *eager) WriteTo(w io.Writer) (int64, error) {
	if e.reader.Len() == 0 {
		return 0, io.EOF
	}
	return e.reader.WriteTo(w)
}

func (e *eager) Close() error { return nil }

func TestBufferedOutlivesABodyThatIsClosedEarly(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		// Time for the transport to notice the end of the request's body.
		w.WriteHeader(http.StatusOK)
		_ = http.NewResponseController(w).Flush()
		time.Sleep(100 * time.Millisecond)
		_, _ = w.Write(body)
	}))
	t.Cleanup(server.Close)
	send := func(next http.RoundTripper) (string, error) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, nil)
		require.NoError(t, err)
		request.Body, request.ContentLength = &eager{reader: strings.NewReader("Action=DescribeVpcs")}, 19
		response, err := (&http.Client{Transport: next}).Do(request)
		if err != nil {
			return "", err
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		return string(text), err
	}
	_, err := send(&http.Transport{})
	require.Error(t, err, "if this succeeds, Go or the SDK has changed and Buffered can go")
	text, err := send(transport.Buffered(&http.Transport{}))
	require.NoError(t, err)
	require.Equal(t, "Action=DescribeVpcs", text)
}

// TestReadsAreSentAgain: an internal error of the emulator is passing for a
// read; a change is never sent twice.
func TestReadsAreSentAgain(t *testing.T) {
	for action, want := range map[string]int{"DescribeVpcs": 3, "ListRoles": 3, "CreateVpc": 1} {
		asked := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked++
			if body, err := io.ReadAll(r.Body); err != nil || !strings.Contains(string(body), action) {
				t.Errorf("%s: the body is %q, %v", action, body, err)
			}
			if asked < 3 {
				w.WriteHeader(http.StatusInternalServerError)
			}
		}))
		client := &http.Client{Transport: transport.Buffered(http.DefaultTransport)}
		response, err := client.Post(server.URL, "application/x-www-form-urlencoded", strings.NewReader("Action="+action))
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		server.Close()
		require.Equal(t, want, asked, action)
	}
}
