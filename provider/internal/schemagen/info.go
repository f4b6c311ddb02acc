package schemagen

import (
	"encoding/json"

	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

// Info returns the schema without any component: what the package is called in
// each language and where it comes from.
func Info(version string) *schema.Package {
	return &schema.Package{
		Name:        schema.Name,
		DisplayName: "ecsnet",
		Version:     version,
		Description: "Private networks for Amazon ECS and the services that run in them.",
		Keywords: []string{
			"pulumi", "aws", "ecs", "fargate", "vpc", "network",
			"category/network", "kind/component",
		},
		Homepage:          "https://github.com/ecsnet/pulumi-ecsnet",
		License:           "Apache-2.0",
		Repository:        "https://github.com/ecsnet/pulumi-ecsnet",
		PluginDownloadURL: "github://api.github.com/ecsnet/pulumi-ecsnet",
		Publisher:         "ecsnet",
		Meta:              &schema.Meta{ModuleFormat: "(.*)"},
		Language: map[string]json.RawMessage{
			"nodejs": language(map[string]any{
				"packageName":          "@ecsnet/ecsnet",
				"packageDescription":   "Private networks for Amazon ECS and the services that run in them.",
				"dependencies":         map[string]string{"@pulumi/pulumi": "^3.142.0"},
				"typescriptVersion":    "^5.0.0",
				"respectSchemaVersion": true,
			}),
			"python": language(map[string]any{
				"packageName":          "ecsnet",
				"requires":             map[string]string{"pulumi": ">=3.142.0,<4.0.0"},
				"pythonRequires":       ">=3.9",
				"pyproject":            map[string]bool{"enabled": true},
				"inputTypes":           "classes-and-dicts",
				"respectSchemaVersion": true,
			}),
			"go": language(map[string]any{
				"importBasePath":                 "github.com/ecsnet/pulumi-ecsnet/sdk/go/ecsnet",
				"generateResourceContainerTypes": true,
				// Without it the generator uses the Args struct of an object in a
				// plain list or map, but does not write it.
				"generateExtraInputTypes": true,
				"respectSchemaVersion":    true,
			}),
			"csharp": language(map[string]any{
				"rootNamespace":        "Ecsnet",
				"namespaces":           map[string]string{"ecsnet": "Ecsnet"},
				"packageReferences":    map[string]string{"Pulumi": "3.*"},
				"respectSchemaVersion": true,
			}),
			"java": language(map[string]any{
				"basePackage":  "com.ecsnet",
				"buildFiles":   "gradle",
				"dependencies": map[string]string{"com.pulumi:pulumi": "1.0.0"},
			}),
		},
	}
}

func language(settings map[string]any) json.RawMessage {
	data, err := json.Marshal(settings)
	if err != nil {
		panic(err) // maps of strings and booleans always marshal
	}
	return data
}
