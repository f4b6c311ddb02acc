package toolchain

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// keepCached is how long a cached folder that no longer fits stays: a test that
// runs now may have begun with it.
const keepCached = 6 * time.Hour

// Cached returns a folder under .tools whose content make has made from the
// files and folders inputs, paths from the root. It is made once for each
// content of them; processes that ask at once wait for one another.
func Cached(ctx context.Context, root string, out io.Writer, name string, inputs []string, make func(ctx context.Context, dir string) error) (string, error) {
	b := &builder{root: root, out: out}
	sum := sha256.New()
	fmt.Fprintf(sum, "recipe %d\n", recipe)
	for _, input := range inputs {
		if err := hashTree(sum, root, input); err != nil {
			return "", err
		}
	}
	dir := b.tools(name + "-" + hex.EncodeToString(sum.Sum(nil))[:12])
	stamp := filepath.Join(dir, ".complete")
	if exists(stamp) {
		return dir, nil
	}
	unlock, err := lock(b)
	if err != nil {
		return "", err
	}
	defer unlock()
	if exists(stamp) {
		return dir, nil
	}
	if err := prune(b, name, dir); err != nil {
		return "", err
	}
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	if err := make(ctx, dir); err != nil {
		return "", err
	}
	return dir, os.WriteFile(stamp, nil, 0o644)
}

// prune removes what was cached under name some time ago, but for keep.
func prune(b *builder, name, keep string) error {
	dirs, err := filepath.Glob(b.tools(name + "-*"))
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		info, err := os.Stat(filepath.Join(dir, ".complete"))
		if err != nil || dir == keep || time.Since(info.ModTime()) < keepCached {
			continue
		}
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	return nil
}

// Generated names what lies in a source folder without being a source.
var Generated = []string{"node_modules", "__pycache__", "bin", "build", "venv", ".venv", ".git"}

// hashTree adds names and contents of everything under path that is a source.
func hashTree(sum hash.Hash, root, path string) error {
	return filepath.WalkDir(filepath.Join(root, path), func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if slices.Contains(Generated, entry.Name()) || strings.HasSuffix(entry.Name(), ".egg-info") {
				return filepath.SkipDir
			}
			return nil
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, file)
		fmt.Fprintf(sum, "%s %d\n", relative, len(content))
		sum.Write(content)
		return err
	})
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
