// Package components holds the component resources of ecsnet: private networks
// for Amazon ECS and the services that run in them.
//
// A Go program uses them directly; the plugin serves the same constructors to
// every other Pulumi language. Each constructor first collects every fault of
// its arguments, and only then registers its children, so a bad argument is one
// readable error at preview and leaves nothing behind.
//
// Names are part of the interface: the type tokens, the names of the children
// and their parents do not change between releases.
package components
