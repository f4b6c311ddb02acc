package opposition

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// Hidden is an export in which one value cannot be read any more.
type Hidden struct {
	Document []byte
	// What was hidden: the resource's URN, the path of the property, and how.
	URN, Path, How string
}

// String says what was hidden.
func (h Hidden) String() string { return fmt.Sprintf("%s %s: %s", h.URN, h.Path, h.How) }

// hidings are the ways in which a value can fail to be known. Null is none of
// them: the provider writes it for what is not set.
var hidings = []struct {
	name string
	with func(any) any
}{
	{"unknown", func(any) any { return unknown }},
	{"secret in a preview", func(any) any { return "[secret]" }},
	{"secret", func(any) any {
		return props{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:aGVsbG8="}
	}},
	{"a string", func(v any) any { return other(v, "what?") }},
	{"a number", func(v any) any { return other(v, 42.5) }},
	{"a list", func(v any) any { return other(v, []any{[]any{1}}) }},
	{"an object", func(v any) any { return other(v, props{"surprise": true}) }},
}

// other is the replacement, or an object where the value is of its type already.
func other(v, replacement any) any {
	if fmt.Sprintf("%T", v) == fmt.Sprintf("%T", replacement) {
		return []any{props{"surprise": 1}, nil}
	}
	return replacement
}

// Hide hides one value of the world's export, which the seed chooses: in the
// inputs and in the outputs, for what either still tells is not hidden.
func (w *World) Hide(seed uint64) Hidden {
	r := rand.New(rand.NewPCG(seed, 3))
	document := w.parsed(seed)
	one, path := choose(r, document)
	how := hidings[r.IntN(len(hidings))]
	for _, properties := range []string{"inputs", "outputs"} {
		replace(one[properties], path, how.with)
	}
	return Hidden{write(document), one["urn"].(string), strings.Join(path, "."), how.name}
}

// Unset takes one value out of the world's export, which the seed chooses: once
// by writing null for it, and once by leaving it out.
func (w *World) Unset(seed uint64) (null, left Hidden) {
	var both [2]Hidden
	for i, how := range []string{"null", "left out"} {
		document := w.parsed(seed)
		one, path := choose(rand.New(rand.NewPCG(seed, 5)), document)
		for _, properties := range []string{"inputs", "outputs"} {
			if how == "null" {
				replace(one[properties], path, func(any) any { return nil })
			} else {
				one[properties] = dropped(one[properties], path)
			}
		}
		both[i] = Hidden{write(document), one["urn"].(string), strings.Join(path, "."), how}
	}
	return both[0], both[1]
}

// parsed is the world's export.
func (w *World) parsed(seed uint64) (document map[string]any) {
	if err := json.Unmarshal(w.Export(seed), &document); err != nil {
		panic(err) // It was just written.
	}
	return document
}

// choose chooses a resource of an export, and the path of one of its values.
func choose(r *rand.Rand, document map[string]any) (resource map[string]any, path []string) {
	resources := document["deployment"].(map[string]any)["resources"].([]any)
	for {
		one := resources[r.IntN(len(resources))].(map[string]any)
		paths := slices.Concat(pathsOf(one["inputs"], nil), pathsOf(one["outputs"], nil))
		if len(paths) > 0 {
			return one, paths[r.IntN(len(paths))]
		}
	}
}

// pathsOf are the paths of all values inside of v.
func pathsOf(v any, at []string) (all [][]string) {
	child := func(key string, x any) {
		path := append(slices.Clone(at), key)
		all = append(all, path)
		all = append(all, pathsOf(x, path)...)
	}
	switch v := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			child(k, v[k])
		}
	case []any:
		for i, x := range v {
			child(fmt.Sprint(i), x)
		}
	}
	return all
}

// replace puts another value at a path, where there is one.
func replace(v any, path []string, with func(any) any) {
	switch v := v.(type) {
	case map[string]any:
		x, ok := v[path[0]]
		switch {
		case !ok:
		case len(path) == 1:
			v[path[0]] = with(x)
		default:
			replace(x, path[1:], with)
		}
	case []any:
		var i int
		if _, err := fmt.Sscan(path[0], &i); err != nil || i >= len(v) {
			return
		}
		if len(path) == 1 {
			v[i] = with(v[i])
			return
		}
		replace(v[i], path[1:], with)
	}
}

// Break breaks the export of a world anywhere, in several places: keys are
// dropped, values exchanged, resources repeated. It is JSON still, and nothing
// more is promised.
func (w *World) Break(seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 4))
	document := w.parsed(seed)
	deployment := document["deployment"].(map[string]any)
	for range 1 + r.IntN(12) {
		resources, _ := deployment["resources"].([]any)
		if len(resources) == 0 {
			break
		}
		i := r.IntN(len(resources))
		paths := pathsOf(resources[i], nil)
		if len(paths) == 0 {
			continue
		}
		path := paths[r.IntN(len(paths))]
		switch r.IntN(6) {
		case 0:
			deployment["resources"] = append(resources, resources[i])
		case 1:
			deployment["resources"] = slices.Delete(slices.Clone(resources), i, i+1)
		case 2:
			resources[i] = dropped(resources[i], path)
		case 3:
			replace(resources[i], path, func(any) any { return nested(r.IntN(2000)) })
		case 4:
			replace(resources[i], path, func(any) any {
				return []any{1e308, -1.0, 1e19, 4294967296.0, 0.5, "", strings.Repeat("x", 5000), "::/0", "0.0.0.0/0", "10.0.0.0/99", true}[r.IntN(11)]
			})
		case 5: // A value of somewhere else.
			from := resources[r.IntN(len(resources))]
			if m, ok := from.(map[string]any); ok {
				for _, k := range []string{"id", "urn", "type", "inputs"}[r.IntN(4):] {
					replace(resources[i], path, func(any) any { return again(m[k]) })
					break
				}
			}
		}
	}
	return write(document)
}

// again is a copy, so that nothing comes to be inside of itself.
func again(v any) (c any) {
	if err := json.Unmarshal(write(v), &c); err != nil {
		panic(err) // It was just written.
	}
	return c
}

// nested is a value deep in lists.
func nested(depth int) any {
	var v any = "bottom"
	for range depth {
		v = []any{v}
	}
	return v
}

// dropped is a value without what is at a path in it.
func dropped(v any, path []string) any {
	switch v := v.(type) {
	case map[string]any:
		x, ok := v[path[0]]
		switch {
		case !ok:
		case len(path) == 1:
			delete(v, path[0])
		default:
			v[path[0]] = dropped(x, path[1:])
		}
	case []any:
		var i int
		if _, err := fmt.Sscan(path[0], &i); err != nil || i >= len(v) {
			break
		}
		if len(path) == 1 {
			return slices.Delete(v, i, i+1)
		}
		v[i] = dropped(v[i], path[1:])
	}
	return v
}
