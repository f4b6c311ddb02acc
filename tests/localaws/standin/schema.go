package standin

import "reflect"

// schema describes the type to tools that ask for it: names, JSON types and
// what is required, as the SDK's Go structs tell.
func (t *resourceType) schema() map[string]any {
	inputs, required := map[string]any{}, []string{}
	plain := t.plain()
	for i := range plain.NumField() {
		name, ok := plain.Field(i).Tag.Lookup("pulumi")
		if !ok {
			continue
		}
		inputs[name] = jsonType(plain.Field(i).Type)
		if t.inputs[name].required || requiredType(plain.Field(i).Type) {
			required = append(required, name)
		}
	}
	state := map[string]any{}
	s := reflect.TypeOf(t.state)
	for i := range s.NumField() {
		name, ok := s.Field(i).Tag.Lookup("pulumi")
		if !ok {
			continue
		}
		if state[name] = inputs[name]; state[name] == nil {
			state[name] = outputType(s.Field(i).Type)
		}
	}
	return map[string]any{"inputProperties": inputs, "requiredInputs": required, "properties": state}
}

// outputType is the JSON type of an output, by the element that it carries.
func outputType(t reflect.Type) map[string]any {
	if output, ok := reflect.New(t).Elem().Interface().(elementTyper); ok {
		return jsonType(output.ElementType())
	}
	return anyType
}

var anyType = map[string]any{"$ref": "pulumi.json#/Any"}

func jsonType(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		return jsonType(t.Elem())
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": jsonType(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": jsonType(t.Elem())}
	default:
		return anyType
	}
}

// settingTypes are the provider's settings; nested ones are of any type.
func settingTypes() map[string]any {
	out := map[string]any{}
	for name := range configKeys {
		out[name] = anyType
	}
	for _, name := range []string{"region", "accessKey", "secretKey", "profile"} {
		out[name] = map[string]any{"type": "string"}
	}
	delete(out, "version") // the engine's own, of every provider
	delete(out, "pluginDownloadURL")
	return out
}

// schema describes the function: its arguments and its result.
func (f function) schema() map[string]any {
	inputs := properties(f.args)
	outputs := properties(f.result)
	return map[string]any{
		"inputs":  map[string]any{"type": "object", "properties": inputs},
		"outputs": map[string]any{"type": "object", "properties": outputs},
	}
}

// properties are the JSON types of an SDK struct's fields.
func properties(t reflect.Type) map[string]any {
	out := map[string]any{}
	for i := range t.NumField() {
		if name, ok := t.Field(i).Tag.Lookup("pulumi"); ok {
			out[name] = jsonType(t.Field(i).Type)
		}
	}
	return out
}
