// Package components holds the component resources and functions of ecsnet: private networks
// for Amazon ECS and the services that run in them.
//
// A Go program uses them directly; the plugin serves the same constructors to
// every other Pulumi language. Each constructor first collects every fault of
// its arguments, and only then registers its children, so a bad argument is one
// readable error at preview and leaves nothing behind.
//
// Beside them stand functions that make nothing: the layout of a network, its
// cost, and whether a task could start in it, for the same arguments and by the
// same rules as the components.
//
// Names are part of the interface: the type tokens, the names of the children
// and their parents do not change between releases.
package components
