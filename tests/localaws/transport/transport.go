// Package transport carries the requests of the AWS SDK to a local server.
package transport

import (
	"bytes"
	"io"
	"net/http"
)

// Buffered sends each request's body from memory.
//
// The SDK closes the body that it handed over as soon as the response's header
// is there. Against a server on the same machine that can be before the
// transport has noticed the end of the body; then the closed body answers with
// io.EOF where the transport expects nothing, the transport takes that for a
// failed write, and closes the connection under the response: "use of closed
// network connection", about once in a thousand requests on two busy cores.
// (smithy-go 1.28, WriteTo of transport/http/internal/io; Go 1.26.)
func Buffered(next http.RoundTripper) http.RoundTripper { return buffered{next} }

type buffered struct{ next http.RoundTripper }

func (b buffered) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Body == nil || request.Body == http.NoBody {
		return b.next.RoundTrip(request)
	}
	body, err := io.ReadAll(request.Body)
	if closeErr := request.Body.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, err
	}
	// A RoundTripper must not change the request it was given.
	request = request.Clone(request.Context())
	request.Body = io.NopCloser(bytes.NewReader(body))
	request.ContentLength = int64(len(body))
	return b.next.RoundTrip(request)
}
