// Package schema is the part of Pulumi's package schema that ecsnet uses: the
// generator writes schema.json from these types and the plugin checks inputs
// against what it reads back into them. Pulumi's own schema package would do
// both, but it comes with the whole engine.
package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// Name of the package in Pulumi.
const Name = "ecsnet"

// Prefixes of the references that a TypeSpec.Ref holds.
const (
	TypeRef     = "#/types/"
	ResourceRef = "#/resources/"
	AnyRef      = "pulumi.json#/Any"
)

// Token returns the type token of a component or of a nested type.
func Token(name string) string { return Name + ":index:" + name }

// FunctionToken returns the token of a function that Go calls name:
// ecsnet:index:planSubnets for PlanSubnets.
func FunctionToken(name string) string { return Token(strings.ToLower(name[:1]) + name[1:]) }

// ShortName returns the last part of a token: IsolatedVpc of
// ecsnet:index:IsolatedVpc.
func ShortName(token string) string { return token[strings.LastIndexByte(token, ':')+1:] }

// Package is a whole schema document.
type Package struct {
	Name              string                     `json:"name"`
	DisplayName       string                     `json:"displayName,omitempty"`
	Version           string                     `json:"version,omitempty"`
	Description       string                     `json:"description,omitempty"`
	Keywords          []string                   `json:"keywords,omitempty"`
	Homepage          string                     `json:"homepage,omitempty"`
	License           string                     `json:"license,omitempty"`
	Repository        string                     `json:"repository,omitempty"`
	PluginDownloadURL string                     `json:"pluginDownloadURL,omitempty"`
	Publisher         string                     `json:"publisher,omitempty"`
	Meta              *Meta                      `json:"meta,omitempty"`
	Language          map[string]json.RawMessage `json:"language,omitempty"`
	Config            struct{}                   `json:"config"`
	Types             map[string]Type            `json:"types,omitempty"`
	Provider          struct{}                   `json:"provider"`
	Resources         map[string]Resource        `json:"resources,omitempty"`
	Functions         map[string]Function        `json:"functions,omitempty"`
}

// Meta tells code generators how to read tokens.
type Meta struct {
	ModuleFormat string `json:"moduleFormat,omitempty"`
}

// Resource is a component: what goes in and what comes out.
type Resource struct {
	Description        string              `json:"description,omitempty"`
	Properties         map[string]Property `json:"properties,omitempty"`
	Required           []string            `json:"required,omitempty"`
	IsComponent        bool                `json:"isComponent,omitempty"`
	InputProperties    map[string]Property `json:"inputProperties,omitempty"`
	RequiredInputs     []string            `json:"requiredInputs,omitempty"`
	DeprecationMessage string              `json:"deprecationMessage,omitempty"`
}

// Function is a function: what goes in and what comes out.
type Function struct {
	Description        string `json:"description,omitempty"`
	Inputs             Object `json:"inputs"`
	Outputs            Object `json:"outputs"`
	DeprecationMessage string `json:"deprecationMessage,omitempty"`
}

// Object is what a function takes or returns.
type Object struct {
	Description string              `json:"description,omitempty"`
	Properties  map[string]Property `json:"properties,omitempty"`
	Type        string              `json:"type"`
	Required    []string            `json:"required,omitempty"`
}

// Type is a nested object, or an enum when Enum is set.
type Type struct {
	Description string              `json:"description,omitempty"`
	Properties  map[string]Property `json:"properties,omitempty"`
	Type        string              `json:"type"`
	Required    []string            `json:"required,omitempty"`
	Enum        []EnumValue         `json:"enum,omitempty"`
}

// EnumValue is one of the values that an enum allows.
type EnumValue struct {
	Name               string `json:"name,omitempty"`
	Description        string `json:"description,omitempty"`
	Value              any    `json:"value"`
	DeprecationMessage string `json:"deprecationMessage,omitempty"`
}

// Property is a named value of a resource or of an object.
type Property struct {
	TypeSpec
	Description        string `json:"description,omitempty"`
	DeprecationMessage string `json:"deprecationMessage,omitempty"`
}

// TypeSpec is the type of a value.
type TypeSpec struct {
	Type                 string     `json:"type,omitempty"`
	Ref                  string     `json:"$ref,omitempty"`
	AdditionalProperties *TypeSpec  `json:"additionalProperties,omitempty"`
	Items                *TypeSpec  `json:"items,omitempty"`
	OneOf                []TypeSpec `json:"oneOf,omitempty"`
	// Plain values are needed before anything is created: they cannot come from
	// another resource.
	Plain bool `json:"plain,omitempty"`
}

// Parse reads a schema document.
func Parse(data []byte) (*Package, error) {
	var p Package
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, fmt.Errorf("schema.json: %w", err)
	}
	return &p, nil
}

// Marshal writes a schema document in its one canonical form.
func (p *Package) Marshal() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(p); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
