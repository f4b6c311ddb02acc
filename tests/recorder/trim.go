package main

import (
	"bytes"
	"encoding/json"
	"errors"
)

// unread are the members of a resource that the proof does not read, and that
// change with every run or with the folder that it runs in.
var unread = []string{
	"sourcePosition", "stackTrace", "created", "modified", "customTimeouts",
	"provider", "aliases", "sequenceNumber",
}

// unreadProperties are properties of resources that it does not read.
var unreadProperties = []string{"__defaults", "tags", "tagsAll", "tagSpecifications"}

// trim takes out of a document what nothing reads, and writes a line for each
// resource, so that a difference can be read.
func trim(text []byte) ([]byte, error) {
	start := bytes.IndexByte(text, '{')
	if start < 0 {
		return nil, errors.New("there is no JSON in what Pulumi wrote")
	}
	var d struct {
		Version    int
		Deployment struct{ Resources []map[string]any }
		Steps      []struct {
			Op, URN            string
			OldState, NewState map[string]any
		}
		ChangeSummary json.RawMessage
	}
	if err := json.NewDecoder(bytes.NewReader(text[start:])).Decode(&d); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	lines := func(of int, line func(int) any) error {
		for i := range of {
			if i > 0 {
				out.WriteString(",\n")
			}
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			if err := e.Encode(line(i)); err != nil {
				return err
			}
			out.Write(bytes.TrimSpace(b.Bytes()))
		}
		return nil
	}
	if d.Steps == nil {
		out.WriteString("{\n\"version\": 3,\n\"deployment\": {\"resources\": [\n")
		err := lines(len(d.Deployment.Resources), func(i int) any { return resource(d.Deployment.Resources[i]) })
		out.WriteString("\n]}\n}\n")
		return out.Bytes(), err
	}
	out.WriteString("{\n\"steps\": [\n")
	err := lines(len(d.Steps), func(i int) any {
		s := d.Steps[i]
		return struct {
			Op       string         `json:"op"`
			URN      string         `json:"urn"`
			OldState map[string]any `json:"oldState,omitempty"`
			NewState map[string]any `json:"newState,omitempty"`
		}{s.Op, s.URN, resource(s.OldState), resource(s.NewState)}
	})
	out.WriteString("\n],\n\"changeSummary\": ")
	out.Write(d.ChangeSummary)
	out.WriteString("\n}\n")
	return out.Bytes(), err
}

// resource is a resource without what nothing reads.
func resource(r map[string]any) map[string]any {
	for _, name := range unread {
		delete(r, name)
	}
	if r["propertyDependencies"] != nil {
		delete(r, "dependencies")
	}
	for _, part := range []string{"inputs", "outputs"} {
		if properties, ok := r[part].(map[string]any); ok {
			for _, name := range unreadProperties {
				delete(properties, name)
			}
		}
	}
	return r
}
