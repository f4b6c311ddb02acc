// Package host says who runs the constructors of package components: the
// plugin, or a Go program that imports them.
package host

import "sync/atomic"

var plugin atomic.Bool

// SetPlugin marks this process as the plugin. The plugin's main calls it once.
func SetPlugin() { plugin.Store(true) }

// Plugin reports whether this process is the plugin. There, every input has
// arrived before a constructor runs, so waiting for one costs nothing. In a Go
// program the same wait could hold the user's code back until other resources
// exist.
func Plugin() bool { return plugin.Load() }
