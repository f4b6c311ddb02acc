package imageplan

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

// Build is what decides the content of an image.
type Build struct {
	// Context is the folder that the build may read.
	Context fs.FS
	// Dockerfile is the content of the build's instructions.
	Dockerfile []byte
	// Ignore is the content of the file that takes files out of Context, where
	// there is one besides the context's own .dockerignore.
	Ignore []byte
	// Target is the stage to build, and Platform what it is built for.
	Target, Platform string
}

// ContentTag returns a tag that stands for what is built: the same files,
// instructions and arguments make the same tag, and any other a new one. So a
// repository can refuse to have a tag moved, and a new build still be pushed.
func (b Build) ContentTag(args map[string]string) (string, error) {
	h := sha256.New()
	part(h, "dockerfile", b.Dockerfile)
	part(h, "target", []byte(b.Target))
	part(h, "platform", []byte(b.Platform))
	for _, name := range slices.Sorted(maps.Keys(args)) {
		part(h, "arg "+name, []byte(args[name]))
	}
	if err := b.hashContext(h); err != nil {
		return "", err
	}
	return "content-" + hex.EncodeToString(h.Sum(nil))[:32], nil
}

// part writes one part with its length, so that no two lists of parts read
// alike.
func part(w io.Writer, name string, content []byte) {
	fmt.Fprintf(w, "%d %s %d\n", len(name), name, len(content))
	w.Write(content)
}

// hashContext writes the files that a build may read, without those that are
// ignored: https://docs.docker.com/build/concepts/context/#dockerignore-files
func (b Build) hashContext(h hash.Hash) error {
	ignored, err := b.ignored()
	if err != nil {
		return err
	}
	return fs.WalkDir(b.Context, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		skip, err := ignored.MatchesOrParentMatches(name)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if skip && !ignored.Exclusions() {
				return fs.SkipDir // nothing in it can be taken back in
			}
			return nil
		}
		if skip {
			return nil
		}
		return hashFile(h, b.Context, name, entry)
	})
}

// ignored reads what is not part of the context.
func (b Build) ignored() (*patternmatcher.PatternMatcher, error) {
	text := b.Ignore
	if text == nil {
		var err error
		if text, err = fs.ReadFile(b.Context, ".dockerignore"); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	patterns, err := ignorefile.ReadAll(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf(".dockerignore: %w", err)
	}
	return patternmatcher.New(patterns)
}

func hashFile(h hash.Hash, fsys fs.FS, name string, entry fs.DirEntry) error {
	info, err := entry.Info()
	if err != nil {
		return err
	}
	mode := info.Mode()
	if mode&fs.ModeSymlink != 0 {
		target, err := fs.ReadLink(fsys, name)
		if err == nil {
			part(h, "link "+path.Clean(name), []byte(target))
		}
		return err
	}
	if !mode.IsRegular() {
		return nil // a socket or a pipe is never sent to the builder
	}
	file, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	// The owner's right to run it is all of the mode that git keeps, so that
	// two checkouts make the same tag.
	fmt.Fprintf(h, "file %d %s %v %d\n", len(name), name, mode&0o100 != 0, info.Size())
	_, err = io.Copy(h, file)
	return err
}
