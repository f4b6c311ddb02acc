// Package boot keeps the garbage collector out of the plugin's start.
//
// The aws packages register some megabytes of types before main runs, and the
// collector would walk them several times over: about 5 of 33 ms. Nothing of it
// is garbage. Go initialises packages in the order of their import paths where
// nothing else decides, so this one comes before them.
package boot

import "runtime/debug"

func init() { debug.SetGCPercent(-1) }

// Done turns the collector on again, and returns what the start left over while
// the plugin goes on. The plugin's main calls it first.
func Done() {
	debug.SetGCPercent(50)
	go debug.FreeOSMemory()
}
