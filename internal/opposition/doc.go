// Package opposition makes random networks and walks packets through them.
//
// It exists to contradict the proof of isolation (package verify): for the same
// network, the analyser says which paths there are, and a [Walker] sends one
// packet at a time, hop by hop, and its answer back. The two must agree on every
// address, port and protocol that matters.
//
// So nothing here may use package verify or what it is made of. The types are
// its own, the rules were written from AWS's documentation, and it prefers a
// slow plain loop to a clever set operation. What a network looks like to the
// analyser goes through the same door as a user's: [World.Export] writes it as
// `pulumi stack export` does, in the shapes of the official aws provider.
package opposition
