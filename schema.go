// Package ecsnet holds the version of ecsnet and its Pulumi package schema, which
// is generated from package components. Programs use the package components
// instead.
package ecsnet

import _ "embed"

// Schema is the package schema, as the plugin serves it.
//
//go:embed schema.json
var Schema []byte
