// Package workspace makes a runnable copy of an example outside the tree: the
// packages that the example names are installed from the tree's own sources,
// as a user would have them from the registries.
package workspace

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/environment"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// Workspace is a folder in which Pulumi can run a program.
type Workspace struct {
	// Dir holds Pulumi.yaml.
	Dir string
	// Project is the name that Pulumi.yaml gives.
	Project string
	// Runtime is the language that Pulumi.yaml names: go, nodejs, python, yaml.
	Runtime string
	// Path are the folders that the program needs first on PATH.
	Path []string

	own bool
}

// installers make a copy runnable, by runtime.
var installers = map[string]func(ctx context.Context, root string, out io.Writer, w *Workspace) error{
	"go": installGo, "nodejs": installNode, "python": installPython, "yaml": installNothing,
}

// Prepare copies the example in dir, a path from root or an absolute one, and
// installs what it needs. Long steps say on out what they do. The caller has to
// close the workspace.
func Prepare(ctx context.Context, root, dir string, out io.Writer) (*Workspace, error) {
	source, err := Open(root, dir)
	if err != nil {
		return nil, err
	}
	target, err := os.MkdirTemp("", "ecsnet-"+source.Project+"-")
	if err != nil {
		return nil, err
	}
	w := &Workspace{Dir: target, Project: source.Project, Runtime: source.Runtime, Path: source.Path, own: true}
	install, known := installers[w.Runtime]
	if !known {
		err = fmt.Errorf("%s: runtime %q is not supported; write go, nodejs, python or yaml", dir, w.Runtime)
	} else if err = Copy(w.Dir, source.Dir); err == nil {
		err = install(ctx, root, out, w)
	}
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// Open is the program in dir as it stands, for one that needs nothing
// installed: a Go program of the tree, or YAML.
func Open(root, dir string) (*Workspace, error) {
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(root, dir)
	}
	project, err := os.ReadFile(filepath.Join(dir, "Pulumi.yaml"))
	if err != nil {
		return nil, fmt.Errorf("no Pulumi program there: %w", err)
	}
	w := &Workspace{Dir: dir, Path: environment.Path(root)}
	if w.Project = field(project, projectName); w.Project == "" {
		return nil, fmt.Errorf("%s/Pulumi.yaml has no name", dir)
	}
	if w.Runtime = field(project, runtimeName); w.Runtime == "" {
		return nil, fmt.Errorf("%s/Pulumi.yaml has no runtime", dir)
	}
	return w, nil
}

// Close removes the copy.
func (w *Workspace) Close() error {
	if !w.own {
		return nil
	}
	return os.RemoveAll(w.Dir)
}

// Env is the environment for running the program, with the given entries: see
// [environment.Of].
func (w *Workspace) Env(entries ...string) []string { return environment.Of(w.Path, entries...) }

var (
	projectName = regexp.MustCompile(`(?m)^name: *"?([\w-]+)"?`)
	// The runtime is a name, or an object with a name.
	runtimeName = regexp.MustCompile(`(?m)^runtime:\s*(?:name: *)?([\w-]+)`)
)

func field(text []byte, pattern *regexp.Regexp) string {
	match := pattern.FindSubmatch(text)
	if match == nil {
		return ""
	}
	return string(match[1])
}

// Copy copies the sources under from into the folder to. What tools put among
// them, and settings of stacks, stays behind.
func Copy(to, from string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, relative)
		switch {
		case entry.IsDir() && relative != "." && slices.Contains(toolchain.Generated, entry.Name()):
			return filepath.SkipDir
		case entry.IsDir():
			return os.MkdirAll(target, 0o755)
		case strings.HasPrefix(entry.Name(), "Pulumi.") && entry.Name() != "Pulumi.yaml":
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, content, 0o644)
	})
}

func installNothing(context.Context, string, io.Writer, *Workspace) error { return nil }
