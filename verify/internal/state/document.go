package state

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// document is what both kinds of document have at the top, apart.
type document struct {
	// Of an export.
	Version    int         `json:"version"`
	Deployment *deployment `json:"deployment"`
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

var errNeither = errors.New("it is neither what `pulumi stack export` writes nor what `pulumi preview --json --show-sames` writes")

// attempts bounds how many lines are tried as the document's beginning.
const attempts = 50

// parse reads the JSON object in text. The CLI may have written messages before
// and after it, where a caller joined the two streams.
func parse(text []byte) (*document, error) {
	var first error
	for at, tries := start(text, 0), 0; at >= 0 && tries < attempts; at, tries = start(text, at+1), tries+1 {
		doc := &document{}
		err := json.NewDecoder(bytes.NewReader(text[at:])).Decode(doc)
		if err == nil && (doc.Deployment != nil || doc.Steps != nil || doc.Diagnostics != nil) {
			return doc, nil
		}
		var mistyped *json.UnmarshalTypeError
		if errors.As(err, &mistyped) {
			return nil, fmt.Errorf("%w: %s is a %s", errNeither, mistyped.Field, mistyped.Value)
		}
		if first == nil {
			first = err
		}
	}
	if first != nil {
		return nil, fmt.Errorf("%w: %w", errNeither, first)
	}
	return nil, errNeither
}

// start returns where the next line begins with an object, -1 when none does.
// Only a line's first column counts: what is indented is inside of something.
func start(text []byte, from int) int {
	if bom := []byte("\xef\xbb\xbf"); from == 0 && bytes.HasPrefix(text, bom) {
		from = len(bom)
		if from < len(text) && text[from] == '{' {
			return from
		}
	}
	if from == 0 && len(text) > 0 && text[0] == '{' {
		return 0
	}
	if at := bytes.Index(text[from:], []byte("\n{")); at >= 0 {
		return from + at + 1
	}
	return -1
}

func (d *document) resources() ([]*Resource, []Leftover, error) {
	if d.Deployment != nil {
		return d.Deployment.resources(d.Version)
	}
	return d.preview()
}

// resource checks what every resource has.
func (w *written) resource() (*Resource, error) {
	if w.URN == "" {
		return nil, fmt.Errorf("%w: a resource has no urn", errNeither)
	}
	if w.Custom == nil {
		return nil, fmt.Errorf("%w: %s does not say whether it is custom", errNeither, w.URN)
	}
	typ, name := w.Type, w.URN
	if parts := strings.SplitN(w.URN, "::", 4); len(parts) == 4 {
		name = parts[3]
		if typ == "" {
			typ = parts[2][strings.LastIndexByte(parts[2], '$')+1:]
		}
	}
	if typ == "" {
		return nil, fmt.Errorf("%w: %s has no type", errNeither, w.URN)
	}
	return &Resource{
		URN: w.URN, Name: name, Type: typ, ID: w.ID, Parent: w.Parent,
		Custom: *w.Custom, External: w.External,
		inputs: w.Inputs, outputs: w.Outputs, dependencies: w.Dependencies, byProperty: w.PropertyDependencies,
	}, nil
}
