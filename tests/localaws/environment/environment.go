// Package environment is what a process needs to run Pulumi programs against
// the local AWS with the tools and plugins of this tree, and nothing else of
// the machine's.
package environment

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// Path are the folders that belong first on PATH: tools, the plugin, and the
// stand-in for the official aws provider.
func Path(root string) []string {
	return []string{toolchain.Bin(root), filepath.Join(root, "bin"), filepath.Join(root, "bin", "localaws")}
}

// Pulumi makes the engine keep its state, settings and logs in the folder
// state, and stay off the network.
func Pulumi(state string) []string {
	return []string{
		"PULUMI_BACKEND_URL=file://" + Backend(state),
		"PULUMI_CONFIG_PASSPHRASE=local",
		"PULUMI_HOME=" + filepath.Join(state, "home"),
		"PULUMI_SKIP_UPDATE_CHECK=true",
		"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true",
	}
}

// Backend is where [Pulumi] keeps stacks; it has to exist before the first.
func Backend(state string) string { return filepath.Join(state, "pulumi") }

// Of is this process's environment with further PATH folders in front and the
// given entries in the place of older ones. Settings of Pulumi and AWS that the
// machine's user has are left out: they would change what is tested.
func Of(path []string, entries ...string) []string {
	env := map[string]string{}
	for _, entry := range os.Environ() {
		name, value, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, "PULUMI_") && !strings.HasPrefix(name, "AWS_") {
			env[name] = value
		}
	}
	for _, entry := range entries {
		name, value, _ := strings.Cut(entry, "=")
		env[name] = value
	}
	env["PATH"] = strings.Join(append(slices.Clone(path), env["PATH"]), string(os.PathListSeparator))
	var list []string
	for _, name := range slices.Sorted(maps.Keys(env)) {
		list = append(list, name+"="+env[name])
	}
	return list
}
