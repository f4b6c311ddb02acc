// Package preflight says whether the tasks of an ECS service could start in a
// network, before anything of either exists.
//
// ECS accepts a service whose image no route leads to. It says so minutes
// later, in the stopped reason of a task, and in words that name neither the
// network nor what is missing in it. Here the same questions are asked of the
// plan: can the image be pulled, the log be written, the secrets be read, the
// shell be opened, the host join its cluster?
//
// A rule is decided by facts alone, and each fact may be unknown: what a
// preview cannot know, and what a network of somebody else's does not declare.
// An unknown fact never makes a finding. The rules that it keeps from deciding
// are named instead, so that they can be asked again when it is known.
//
// The package is pure: no Pulumi, no AWS calls, no clock, and the same facts
// give the same findings in the same order.
package preflight
