package toolchain

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Tool is something to have before anything else can run.
type Tool struct {
	// Name is what `make tools` and the stamps call it.
	Name string
	// What says what it is for.
	What string
	// inputs are the files, from the root, that decide what is made: with
	// other content it is made again.
	inputs []string
	// outputs are paths under .tools that must exist.
	outputs []string
	// given returns a description of what is used from the machine instead,
	// or "" when the tool must be made. Nil: it is always made.
	given func(b *builder) string
	// make builds or installs it.
	make func(ctx context.Context, b *builder) error
	// adopt uses what given described.
	adopt func(b *builder) error
}

// builder is what making a tool needs to know.
type builder struct {
	root string
	out  io.Writer
}

func (b *builder) path(elem ...string) string {
	return filepath.Join(append([]string{b.root}, elem...)...)
}
func (b *builder) tools(elem ...string) string {
	return filepath.Join(append([]string{Dir(b.root)}, elem...)...)
}

// Ensure makes the named tools that the tree at root does not have yet, and
// writes what it does to out. What exists already costs a few file reads.
// Processes that ask for the same tools at once wait for one another.
func Ensure(ctx context.Context, root string, out io.Writer, names ...string) error {
	b := &builder{root: root, out: out}
	var missing []*Tool
	for _, name := range names {
		tool, err := find(name)
		if err != nil {
			return err
		}
		if fresh, err := tool.fresh(b); err != nil {
			return err
		} else if !fresh {
			missing = append(missing, tool)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	unlock, err := lock(b)
	if err != nil {
		return err
	}
	defer unlock()
	for _, tool := range missing {
		if err := tool.ensure(ctx, b); err != nil {
			return fmt.Errorf("tool %s: %w", tool.Name, err)
		}
	}
	return nil
}

// Names lists the tools of a group: "run" is what the demo and the tests need,
// "lint" what `make check` needs, "all" both. Any other name is itself.
func Names(group string) []string {
	switch group {
	case "run":
		return []string{"pulumi", "hosts", "pyhost", "yaml", "moto"}
	case "lint":
		return []string{"staticcheck", "python-lint", "node"}
	case "all":
		return append(Names("run"), Names("lint")...)
	}
	return []string{group}
}

func find(name string) (*Tool, error) {
	i := slices.IndexFunc(tools, func(t Tool) bool { return t.Name == name })
	if i < 0 {
		var known []string
		for _, t := range tools {
			known = append(known, t.Name)
		}
		return nil, fmt.Errorf("tool %q is not known; one of: run, lint, all, %s", name, strings.Join(known, ", "))
	}
	return &tools[i], nil
}

func (t *Tool) ensure(ctx context.Context, b *builder) error {
	// Another process may have made it while this one waited for the lock.
	if fresh, err := t.fresh(b); err != nil || fresh {
		return err
	}
	// Half a tool must not pass for one: the stamp comes last.
	if err := os.RemoveAll(t.stamp(b)); err != nil {
		return err
	}
	if given := t.usable(b); given != "" {
		fmt.Fprintf(b.out, "%s: using %s\n", t.What, given)
		if err := t.adopt(b); err != nil {
			return err
		}
	} else if err := t.make(ctx, b); err != nil {
		return err
	}
	key, err := t.key(b)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(t.stamp(b)), 0o755); err != nil {
		return err
	}
	return os.WriteFile(t.stamp(b), []byte(key), 0o644)
}

func (t *Tool) usable(b *builder) string {
	if t.given == nil {
		return ""
	}
	return t.given(b)
}

// fresh reports whether the tool stands as its inputs want it.
func (t *Tool) fresh(b *builder) (bool, error) {
	for _, output := range t.outputs {
		if _, err := os.Stat(b.tools(output)); err != nil {
			return false, nil
		}
	}
	stamp, err := os.ReadFile(t.stamp(b))
	if err != nil {
		return false, nil
	}
	key, err := t.key(b)
	return key == string(stamp), err
}

func (t *Tool) stamp(b *builder) string { return b.tools("stamps", t.Name) }

// key changes when the tool has to be made again.
func (t *Tool) key(b *builder) (string, error) {
	hash := sha256.New()
	fmt.Fprintf(hash, "recipe %d\ngiven %s\n", recipe, t.usable(b))
	for _, input := range t.inputs {
		content, err := os.ReadFile(b.path(input))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(hash, "%s %d\n%s", input, len(content), content)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// lock holds the tools for this process until the returned function is called.
func lock(b *builder) (func(), error) {
	if err := os.MkdirAll(b.tools("bin"), 0o755); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(b.tools("lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	fd := int(file.Fd())
	if err := syscall.Flock(fd, syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		fmt.Fprintln(b.out, "another process is making tools: waiting for it")
		if err := syscall.Flock(fd, syscall.LOCK_EX); err != nil {
			return nil, err
		}
	}
	return func() { _ = file.Close() }, nil
}
