// Package verify proves what a stack's tasks can reach and who can reach them.
//
// It reads the AWS resources of a Pulumi stack, from its state or from a
// preview, whoever made them: components of this package, awsx, or a program by
// hand. From them it builds the network as AWS would run it, and decides for
// each ECS service whether a path leads from the internet to its tasks, whether
// one leads from its tasks to the internet, and which AWS services they reach.
//
// Every answer has three values. A path is open when every hop of it is there,
// closed when a hop is missing whatever the unknown parts turn out to be, and
// undecided otherwise. What could not be read is named, and never counts as
// closed.
//
// The proof is about what is in the state it is given. What somebody added to
// the VPC elsewhere, and what runs on a host or behind a peering connection, is
// outside of it.
package verify
