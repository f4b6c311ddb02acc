package provider

import ecsnet "github.com/ecsnet/pulumi-ecsnet"

// Version of the plugin, and so of the schema and of every generated SDK.
var Version = ecsnet.Version
