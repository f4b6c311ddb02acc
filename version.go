package ecsnet

import (
	_ "embed"
	"strings"
)

//go:embed provider/version.txt
var versionFile string

// Version of this package: of the plugin, the tool, the schema and every
// generated SDK. It stands in provider/version.txt and nowhere else.
var Version = strings.TrimSpace(versionFile)
