// Package provider serves the components and functions to every Pulumi language
// as the plugin pulumi-resource-ecsnet.
//
// It adds nothing to a component. A constructor of package components is
// listed in components.go, one line each; its name is its type token, its
// argument struct its inputs, its exported fields its outputs. The schema that
// tells other languages so is generated from the same Go types and embedded,
// and every input is checked against it before a constructor sees it.
//
// Functions are listed in functions.go in the same way. They make nothing, so
// the engine is not needed to answer them.
package provider
