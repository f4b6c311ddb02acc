package state

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// document is what each kind of document has at the top, apart.
type document struct {
	// Of an export, and of a file of a self-managed backend.
	Version    int         `json:"version"`
	Deployment *deployment `json:"deployment"`
	Checkpoint *checkpoint `json:"checkpoint"`
	// Of a preview.
	Steps         *[]step        `json:"steps"`
	Diagnostics   []diagnostic   `json:"diagnostics"`
	ChangeSummary map[string]int `json:"changeSummary"`
}

// written is a resource as both kinds of document write it. What no reader
// needs, such as stack traces, is left out here and so never decoded.
type written struct {
	URN                  string              `json:"urn"`
	Custom               *bool               `json:"custom"`
	Delete               bool                `json:"delete"`
	ID                   string              `json:"id"`
	Type                 string              `json:"type"`
	Inputs               map[string]any      `json:"inputs"`
	Outputs              map[string]any      `json:"outputs"`
	Parent               string              `json:"parent"`
	External             bool                `json:"external"`
	Dependencies         []string            `json:"dependencies"`
	PropertyDependencies map[string][]string `json:"propertyDependencies"`
	RetainOnDelete       bool                `json:"retainOnDelete"`
	PendingReplacement   bool                `json:"pendingReplacement"`
}

var errNotAStack = errors.New("it is not what Pulumi writes of a stack")

// attempts bounds how many lines are tried as the document's beginning.
const attempts = 50

// parse reads the JSON object in text. The CLI may have written messages before
// and after it, where a caller joined the two streams.
func parse(text []byte) (*document, error) {
	// The attempt that came farthest shows best what is wrong.
	farthest, reached := misread{}, int64(-1)
	for at, tries := start(text, 0), 0; at >= 0 && tries < attempts; at, tries = start(text, at+1), tries+1 {
		doc := &document{}
		decoder := json.NewDecoder(bytes.NewReader(text[at:]))
		err := decoder.Decode(doc)
		if doc.is() && err == nil {
			return doc, nil
		}
		if end := int64(at) + decoder.InputOffset(); end > reached {
			farthest, reached = misread{at, err}, end
		}
	}
	if reached >= 0 && farthest.err == nil {
		text = text[farthest.at:]
	}
	return nil, refusal(text, farthest)
}

// start returns where the next line begins with an object, -1 when none does.
// Only a line's first column counts: what is indented is inside of something.
func start(text []byte, from int) int {
	if blank := len(text) - len(bytes.TrimLeft(text, " \t\r\n")); from == 0 && blank < len(text) && text[blank] == '{' {
		return blank
	}
	if at := bytes.Index(text[from:], []byte("\n{")); at >= 0 {
		return from + at + 1
	}
	return -1
}

// is says that it is a document of a stack.
func (d *document) is() bool {
	return d.Deployment != nil || d.Checkpoint != nil || d.Steps != nil || d.Diagnostics != nil
}

func (d *document) resources() ([]*Resource, []Leftover, error) {
	switch {
	case d.Deployment != nil:
		return d.Deployment.resources(d.Version)
	case d.Checkpoint != nil:
		return d.Checkpoint.Latest.resources(d.Version)
	}
	return d.preview()
}

// resource checks what every resource has.
func (w *written) resource() (*Resource, error) {
	if w.URN == "" {
		return nil, fmt.Errorf("%w: a resource has no urn", errNotAStack)
	}
	if w.Custom == nil {
		return nil, fmt.Errorf("%w: %s does not say whether it is custom", errNotAStack, w.URN)
	}
	typ, name := w.Type, w.URN
	if parts := strings.SplitN(w.URN, "::", 4); len(parts) == 4 {
		name = parts[3]
		if typ == "" {
			typ = parts[2][strings.LastIndexByte(parts[2], '$')+1:]
		}
	}
	if typ == "" {
		return nil, fmt.Errorf("%w: %s has no type", errNotAStack, w.URN)
	}
	return &Resource{
		URN: w.URN, Name: name, Type: typ, ID: w.ID, Parent: w.Parent,
		Custom: *w.Custom, External: w.External,
		inputs: w.Inputs, outputs: w.Outputs, dependencies: w.Dependencies, byProperty: w.PropertyDependencies,
	}, nil
}
