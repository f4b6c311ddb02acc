// Package toolchain builds the pinned tools that the demo and the tests run:
// the Pulumi CLI with its language hosts, the local AWS, and the linters. All
// come from package registries, each with its versions pinned in a file under
// tests/, and all end up under the ignored .tools directory of the tree.
package toolchain

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// rootModule names the module at the top of the tree.
const rootModule = "module github.com/ecsnet/pulumi-ecsnet"

// Root returns the absolute path of the tree that holds the working directory.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		switch {
		case err == nil && strings.HasPrefix(string(mod), rootModule+"\n"):
			return dir, nil
		case err != nil && !errors.Is(err, os.ErrNotExist):
			return "", err
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("the working directory is in no tree of %s: change into one", strings.TrimPrefix(rootModule, "module "))
		}
		dir = parent
	}
}

// Dir is where the tools of the tree at root are kept.
func Dir(root string) string { return filepath.Join(root, ".tools") }

// Bin is the folder of root's tools that belongs on PATH.
func Bin(root string) string { return filepath.Join(Dir(root), "bin") }

// Python is the folder of the executables of the virtual environment name.
func Python(root, name string) string { return filepath.Join(Dir(root), name, "bin") }
