// Package transport carries the requests of the AWS SDK to a local server.
package transport

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Buffered sends each request's body from memory, and a read again that met an
// internal error.
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
	send := func() (*http.Response, error) {
		// A RoundTripper must not change the request it was given.
		again := request.Clone(request.Context())
		again.Body = io.NopCloser(bytes.NewReader(body))
		again.ContentLength = int64(len(body))
		return b.next.RoundTrip(again)
	}
	response, err := send()
	for range reads(request, body) {
		if err != nil || response.StatusCode != http.StatusInternalServerError {
			break
		}
		_ = response.Body.Close()
		response, err = send()
	}
	return response, err
}

// readTries is how often a read is sent again after an internal error.
const readTries = 3

// reads is how often a request may be sent again: a read may, because asking
// twice changes nothing. The emulator answers a read with an internal error
// when another request changes the list that it walks through.
func reads(request *http.Request, body []byte) int {
	operation := request.Header.Get("X-Amz-Target")
	operation = operation[strings.LastIndex(operation, ".")+1:]
	if form, err := url.ParseQuery(string(body)); operation == "" && err == nil {
		operation = form.Get("Action")
	}
	for _, read := range []string{"Describe", "List", "Get"} {
		if strings.HasPrefix(operation, read) {
			return readTries
		}
	}
	return 0
}
