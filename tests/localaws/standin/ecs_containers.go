package standin

import (
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	tf "github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
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
		if v.IsNil() {
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

// sameContainers compares container definitions as the official provider does.
func sameContainers(was, is string, d *tf.ResourceData) bool {
	return equivalentContainers(was, is, d.Get("network_mode") == string(types.NetworkModeAwsvpc))
}

// equivalentContainers reports whether two texts define the same containers.
// The order of containers, and of their variables and secrets, has no meaning;
// that of all other lists has. An empty list is none, but for those inside of
// other fields. What AWS completes is completed: only in awsvpc is the port of
// the host that of the container.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
func equivalentContainers(a, b string, awsvpc bool) bool {
	x, errX := parseContainers(a)
	y, errY := parseContainers(b)
	if errX != nil || errY != nil {
		return a == b
	}
	return reflect.DeepEqual(reduced(x, awsvpc), reduced(y, awsvpc))
}

func reduced(containers []types.ContainerDefinition, awsvpc bool) any {
	slices.SortFunc(containers, func(a, b types.ContainerDefinition) int {
		return cmp.Compare(aws.ToString(a.Name), aws.ToString(b.Name))
	})
	var forms []map[string]any
	for _, c := range containers {
		slices.SortFunc(c.Environment, func(a, b types.KeyValuePair) int { return cmp.Compare(aws.ToString(a.Name), aws.ToString(b.Name)) })
		slices.SortFunc(c.Secrets, func(a, b types.Secret) int { return cmp.Compare(aws.ToString(a.Name), aws.ToString(b.Name)) })
		if c.Essential == nil {
			c.Essential = aws.Bool(true)
		}
		if h := c.HealthCheck; h != nil {
			for value, usual := range map[**int32]int32{&h.Interval: 30, &h.Retries: 3, &h.Timeout: 5} {
				if *value == nil {
					*value = aws.Int32(usual)
				}
			}
		}
		for i := range c.PortMappings {
			p := &c.PortMappings[i]
			p.Protocol = cmp.Or(p.Protocol, types.TransportProtocolTcp)
			if aws.ToInt32(p.HostPort) == 0 {
				if p.HostPort = nil; awsvpc {
					p.HostPort = p.ContainerPort
				}
			}
		}
		form := apiForm(reflect.ValueOf(c)).(map[string]any)
		for name, v := range form {
			if list, ok := v.([]any); ok && len(list) == 0 {
				delete(form, name)
			}
		}
		forms = append(forms, form)
	}
	return forms
}
