package requests

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// ordered are the lists whose order has a meaning; others are sorted, as the
// order of a set is that of ids, which chance gives.
var ordered = []string{"Command", "command", "EntryPoint", "entryPoint", "DefaultActions", "PlacementStrategy"}

// format writes a component's requests: a resource, an operation, a field a line.
func format(kind string, byResource map[string][]request, names *naming) string {
	out := &bytes.Buffer{}
	fmt.Fprintf(out, "What %s sends to AWS when it is made. {TYPE NAME} stands for the id or the name of a resource.\n", kind)
	if len(byResource) == 0 {
		fmt.Fprintf(out, "\nNothing.\n")
	}
	for _, resource := range sortedKeys(byResource) {
		fmt.Fprintf(out, "\n%s\n", resource)
		for _, r := range byResource[resource] {
			fmt.Fprintf(out, "  %s\n", r.Operation)
			writeFields(out, "    ", r.Input, names)
		}
	}
	return out.String()
}

func writeFields(out *bytes.Buffer, indent string, fields map[string]any, names *naming) {
	for _, name := range sortedKeys(fields) {
		if name == "ClientToken" || name == "CreatorRequestId" {
			continue // chance's
		}
		writeValue(out, indent, names.replace(name)+":", name, fields[name], names)
	}
}

// writeValue writes a value behind its label, on one line where it fits.
func writeValue(out *bytes.Buffer, indent, label, name string, v any, names *naming) {
	v = expand(name, v)
	switch v := v.(type) {
	case map[string]any:
		if len(v) > 0 {
			fmt.Fprintf(out, "%s%s\n", indent, label)
			writeFields(out, indent+"  ", v, names)
			return
		}
		fmt.Fprintf(out, "%s%s {}\n", indent, label)
	case []any:
		if text, flat := scalars(name, v, names); flat {
			fmt.Fprintf(out, "%s%s [%s]\n", indent, label, text)
			return
		}
		fmt.Fprintf(out, "%s%s\n", indent, label)
		var items []string
		for _, e := range v {
			item := &bytes.Buffer{}
			writeValue(item, "", "-", "", e, names)
			// The first field stands behind the dash.
			text := strings.TrimPrefix(item.String(), "-\n")
			if text != item.String() {
				text = "- " + strings.TrimPrefix(text, "  ")
			}
			items = append(items, text)
		}
		if !slices.Contains(ordered, name) {
			slices.Sort(items)
		}
		for _, item := range items {
			for _, line := range strings.Split(strings.TrimSuffix(item, "\n"), "\n") {
				fmt.Fprintf(out, "%s  %s\n", indent, line)
			}
		}
	case string:
		text := names.replace(v)
		if strings.Contains(text, "\n") {
			fmt.Fprintf(out, "%s%s |\n", indent, label)
			for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
				fmt.Fprintf(out, "%s  %s\n", indent, line)
			}
			return
		}
		fmt.Fprintf(out, "%s%s %s\n", indent, label, text)
	default:
		fmt.Fprintf(out, "%s%s %v\n", indent, label, v)
	}
}

func scalars(name string, list []any, names *naming) (string, bool) {
	var texts []string
	for _, e := range list {
		switch e.(type) {
		case map[string]any, []any:
			return "", false
		}
		texts = append(texts, names.replace(fmt.Sprint(e)))
	}
	if !slices.Contains(ordered, name) {
		slices.Sort(texts)
	}
	return strings.Join(texts, ", "), true
}

// expand reads documents and lists that are sent as text, and pairs as a map.
func expand(name string, v any) any {
	if text, ok := v.(string); ok {
		var document any
		if strings.HasPrefix(text, "{") && json.Unmarshal([]byte(text), &document) == nil {
			return document
		}
		if name == "UserData" {
			if plain, err := base64.StdEncoding.DecodeString(text); err == nil {
				return string(plain)
			}
		}
	}
	if list, ok := v.([]any); ok && (name == "Tags" || name == "Attributes") {
		pairs := map[string]any{}
		for _, e := range list {
			pair, _ := e.(map[string]any)
			key, _ := pair["Key"].(string)
			if pairs[key] = pair["Value"]; pair["Value"] == nil {
				pairs[key] = ""
			}
		}
		return pairs
	}
	if text, ok := v.(string); ok && name == "VPCZoneIdentifier" {
		ids := strings.Split(text, ",")
		list := make([]any, len(ids))
		for i, id := range ids {
			list[i] = id
		}
		return list
	}
	return v
}
