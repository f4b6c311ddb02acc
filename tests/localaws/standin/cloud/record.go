package cloud

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"sync"
)

// Request is one line of the record.
type Request struct {
	// Service is the SDK's id of the service, for example "EC2".
	Service string `json:"service"`
	// Operation is the API operation, for example "CreateVpc".
	Operation string `json:"operation"`
	// Input holds the request's fields under their API names; unset ones are left out.
	Input map[string]any `json:"input"`
	// Error is AWS's error, code first, when the request failed.
	Error string `json:"error,omitempty"`
	// URN names the Pulumi resource that the request was made for, if any.
	URN string `json:"urn,omitempty"`
}

// Recorder appends requests to a file, one JSON object a line.
type Recorder struct {
	mu   sync.Mutex
	path string
}

// NewRecorder returns a recorder to the file path; it is made if need be. An
// empty path records nothing.
func NewRecorder(path string) *Recorder {
	if path == "" {
		return nil
	}
	return &Recorder{path: path}
}

// record opens the file anew for each line: it is written in one append, so
// several stand-ins can share it and a test can read it at any time.
func (r *Recorder) record(request Request) error {
	if r == nil {
		return nil
	}
	line, err := json.Marshal(request)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	file, err := os.OpenFile(r.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(append(line, '\n'))
	return errors.Join(err, file.Close())
}

// fields returns the set fields of an SDK input.
func fields(input any) map[string]any {
	data, err := json.Marshal(input)
	if err != nil {
		return map[string]any{"unreadable": err.Error()}
	}
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		return map[string]any{"unreadable": err.Error()}
	}
	return prune(m).(map[string]any)
}

// prune drops what was never set: nulls, and the "" of an unset enum.
func prune(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			if e = prune(e); e == nil || e == "" {
				delete(v, k)
			} else {
				v[k] = e
			}
		}
	case []any:
		for i := range v {
			v[i] = prune(v[i])
		}
	}
	return v
}

type urnKey struct{}

// WithURN marks the requests made under ctx as made for a resource.
func WithURN(ctx context.Context, urn string) context.Context {
	return context.WithValue(ctx, urnKey{}, urn)
}

func urnOf(ctx context.Context) string {
	urn, _ := ctx.Value(urnKey{}).(string)
	return urn
}
