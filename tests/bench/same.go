package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// sameResources holds the two programs to making the same aws resources: type,
// name and inputs, as their previews tell. Otherwise their times would say
// nothing. It returns how many there are.
func sameResources(ctx context.Context, one, other *program) (int, error) {
	a, err := one.resources(ctx)
	if err != nil {
		return 0, err
	}
	b, err := other.resources(ctx)
	if err != nil {
		return 0, err
	}
	var errs []error
	for _, id := range slices.Sorted(maps.Keys(a)) {
		if a[id] != b[id] {
			errs = append(errs, fmt.Errorf("%s\n  components: %s\n  by hand:    %s", id, a[id], b[id]))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b)) {
		if a[id] == "" {
			errs = append(errs, fmt.Errorf("%s is made by hand only", id))
		}
	}
	if len(a) == 0 {
		errs = append(errs, errors.New("the components make no aws resource"))
	}
	return len(a), errors.Join(errs...)
}

// automatic is the random end of an automatic name, also in a text of JSON.
var automatic = regexp.MustCompile(`-[0-9a-f]{7}(\\?")`)

// unknown is how the engine writes a value that is not known yet.
const unknown = `"04da6b54-80e4-46f7-96ec-b56ff0331ba9"`

// unknownList is a list of such values. The program that has the list from
// another component sees one unknown value in its place.
var unknownList = regexp.MustCompile(`\[` + unknown + `(,` + unknown + `)*\]`)

// resources are the inputs of the aws resources that a preview would make, as
// JSON with sorted names, by type and name.
func (p *program) resources(ctx context.Context) (map[string]string, error) {
	out, err := p.run(ctx, "preview", "--json")
	if err != nil {
		return nil, err
	}
	// Warnings of the CLI come before the document.
	start := bytes.IndexByte(out, '{')
	if start < 0 {
		return nil, fmt.Errorf("no JSON in %s", out)
	}
	var preview struct {
		Steps []struct {
			NewState struct {
				URN    string         `json:"urn"`
				Type   string         `json:"type"`
				Inputs map[string]any `json:"inputs"`
			} `json:"newState"`
		} `json:"steps"`
	}
	if err := json.NewDecoder(bytes.NewReader(out[start:])).Decode(&preview); err != nil {
		return nil, err
	}
	found := map[string]string{}
	for _, s := range preview.Steps {
		if !strings.HasPrefix(s.NewState.Type, "aws:") {
			continue
		}
		// What the provider adds, and not the program.
		maps.DeleteFunc(s.NewState.Inputs, func(name string, _ any) bool { return strings.HasPrefix(name, "__") })
		inputs, err := json.Marshal(s.NewState.Inputs)
		if err != nil {
			return nil, err
		}
		name := s.NewState.URN[strings.LastIndex(s.NewState.URN, "::")+2:]
		text := automatic.ReplaceAllString(string(inputs), "-AUTOMATIC$1")
		found[s.NewState.Type+" "+name] = unknownList.ReplaceAllString(text, unknown)
	}
	return found, nil
}
