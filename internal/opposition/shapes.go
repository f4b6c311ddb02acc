package opposition

import (
	_ "embed" // For the table.
	"encoding/json"
	"strings"
)

// shapesJSON is what the official provider writes into a state for a property
// that is not set, by type and by the property's path: null, "", [], {}, 0 or
// false. It was collected from states of accounts, of the provider's versions
// 0.16 to 6.83, and for the types and blocks that these lack from its schemas;
// only names of properties are in it.
//
//go:embed shapes.json
var shapesJSON []byte

// Shapes is that table.
var Shapes = func() (table map[string]map[string]any) {
	if err := json.Unmarshal(shapesJSON, &table); err != nil {
		panic(err) // It is a file of ours.
	}
	return table
}()

// Fill adds to the properties of a resource what the provider would write for
// those of its type that are not there. With null it writes null for all of
// them.
func Fill(kind string, properties map[string]any, null bool) {
	for path, value := range Shapes[kind] {
		if null {
			value = nil
		}
		fill(properties, strings.Split(path, "."), value)
	}
}

// fill puts a value at a path, into each element of a list on the way, where
// nothing is yet and what is around it is there.
func fill(object map[string]any, path []string, value any) {
	if len(path) == 1 {
		if _, there := object[path[0]]; !there {
			object[path[0]] = value
		}
		return
	}
	name, inList := strings.CutSuffix(path[0], "[]")
	elements := []any{object[name]}
	if inList {
		elements, _ = object[name].([]any)
	}
	for _, e := range elements {
		if inner, ok := e.(map[string]any); ok {
			fill(inner, path[1:], value)
		}
	}
}
