// Package ecsnet holds the Pulumi package schema of ecsnet, generated from
// package components. Programs use the package components instead.
package ecsnet

import _ "embed"

// Schema is the package schema, as the plugin serves it.
//
//go:embed schema.json
var Schema []byte
