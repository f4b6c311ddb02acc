package standin

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"unicode"

	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// parseContainers reads containerDefinitions as the official provider does:
// the fields of AWS's ContainerDefinition under their API names. A name that
// AWS does not have is refused; the official provider drops it in silence.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
func parseContainers(text string) ([]types.ContainerDefinition, error) {
	// encoding/json matches the Go field names whatever their case is.
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	var out []types.ContainerDefinition
	if err := decoder.Decode(&out); err != nil {
		return nil, fmt.Errorf("containerDefinitions: is not a list of ECS container definitions: %w", err)
	}
	return out, nil
}

// formatContainers writes container definitions under their API names.
func formatContainers(containers []types.ContainerDefinition) (string, error) {
	text, err := json.Marshal(apiForm(reflect.ValueOf(containers)))
	return string(text), err
}

// apiForm turns an SDK value into what its JSON protocol calls it: fields begin
// in lower case, the keys of maps are the user's own, what is unset is absent.
func apiForm(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return apiForm(v.Elem())
	case reflect.Struct:
		out := map[string]any{}
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if !field.IsExported() || field.Anonymous {
				continue
			}
			value := apiForm(v.Field(i))
			if value == nil || value == "" {
				continue
			}
			name := []rune(field.Name)
			name[0] = unicode.ToLower(name[0])
			out[string(name)] = value
		}
		return out
	case reflect.Slice:
		if v.Len() == 0 {
			return nil
		}
		out := make([]any, v.Len())
		for i := range out {
			out[i] = apiForm(v.Index(i))
		}
		return out
	case reflect.Map:
		if v.Len() == 0 {
			return nil
		}
		out := map[string]any{}
		for _, key := range v.MapKeys() {
			out[key.String()] = apiForm(v.MapIndex(key))
		}
		return out
	default:
		return v.Interface()
	}
}

// sameContainers compares container definitions as AWS stores them: unset
// fields have AWS's defaults, and the order of environment, secrets and mount
// points has no meaning. The order of the containers has.
func sameContainers(a, b string) bool {
	x, errX := parseContainers(a)
	y, errY := parseContainers(b)
	if errX != nil || errY != nil {
		return a == b
	}
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if canonical(stored(x[i])) != canonical(stored(y[i])) {
			return false
		}
	}
	return true
}

// stored returns a container definition with AWS's defaults filled in.
func stored(c types.ContainerDefinition) any {
	if c.Essential == nil {
		yes := true
		c.Essential = &yes
	}
	ports := append([]types.PortMapping(nil), c.PortMappings...)
	for i := range ports {
		if ports[i].Protocol == "" {
			ports[i].Protocol = types.TransportProtocolTcp
		}
		if ports[i].HostPort == nil || *ports[i].HostPort == 0 {
			ports[i].HostPort = ports[i].ContainerPort
		}
	}
	c.PortMappings = ports
	form := apiForm(reflect.ValueOf(c)).(map[string]any)
	// Commands are lists whose order has a meaning; canonical sorts lists.
	for _, ordered := range []string{"command", "entryPoint"} {
		if list, ok := form[ordered].([]any); ok {
			byPlace := map[string]any{}
			for i, e := range list {
				byPlace[fmt.Sprintf("%04d", i)] = e
			}
			form[ordered] = byPlace
		}
	}
	return form
}
