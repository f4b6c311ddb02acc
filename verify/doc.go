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
//
// # Words
//
// The code has short words for things that come up everywhere. Those of a
// drawing are in package draw, and the network itself is in package model.
//
// What is known:
//
//   - truth: Yes, No or Maybe, and never a guess. All and some combine them as
//     Kleene does.
//   - doubt: what is not known about a resource, in words. Maybe comes with one.
//   - answer: a truth with its reason: doubts, or what stands in the way.
//   - result: the answer to one question about a service, with the paths that
//     are open or may be.
//
// From routes to a verdict:
//
//   - place: where the private end of a connection is, an interface in a subnet.
//   - leg: the part of a set of destinations that a route table treats alike.
//   - trail: how far a packet has come on its way out, from leg to leg.
//   - way: how packets get between a place and a set of internet addresses. What
//     its routes say holds for all of the set; its stages let some of it pass.
//   - stage: a filter on a way, such as the security groups of an interface.
//   - border: a network ACL that the packets of a connection meet. ACLs keep no
//     state, so each phase, requests and replies, meets borders of its own.
//   - need: the kind of public address that a way asks of the interface itself.
//   - packet: the first one of a connection, by protocol, port and far end.
//   - far: a piece of the internet that no stage of a way tells apart. So asking
//     about one address of it answers for all, and the internet can be gone
//     through.
//   - piece: what passes a way with one and the same answer: protocols, ports and
//     addresses.
//   - outcome: all pieces of a way, and the answer about it as a whole.
//
// Ways in through something:
//
//   - door: a way to a service's tasks through a load balancer or an API. It
//     begins where the internet knocks.
//   - step: one connection behind a door, to the next balancer or to the tasks.
//   - client: the other end that a target sees, where a step keeps its address.
//
// What the report shows:
//
//   - hop: one line of a path: a resource, and why packets pass it.
//   - draft: a piece with its hops, before those that differ only in subnets are
//     put together.
//   - alike: said of paths that a person reads as one, such as those through the
//     route tables of two zones. Only the text puts them together; the report
//     keeps each.
package verify
