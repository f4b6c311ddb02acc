package provider

import (
	_ "embed"
	"strings"
)

//go:embed version.txt
var versionFile string

// Version of the plugin, and so of the schema and of every generated SDK. It
// stands in version.txt and nowhere else.
var Version = strings.TrimSpace(versionFile)
