package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// generated are the folders whose files the generators write.
var generated = []string{"sdk/"}

// tracked lists what git tracks, and what is new and not ignored: a file is
// checked before it is committed.
func tracked(ctx context.Context, root string) ([]string, error) {
	cmd := exec.CommandContext(ctx, "git", "ls-files", "--cached", "--others", "--exclude-standard")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("git ls-files: %w", err)
	}
	var files []string
	for line := range strings.Lines(string(out)) {
		file := strings.TrimSpace(line)
		// Deleted and not yet committed files are still listed.
		if _, err := os.Stat(filepath.Join(root, file)); err == nil {
			files = append(files, file)
		}
	}
	return files, nil
}

// ours lists the files with one of the endings that people write.
func (c *checker) ours(endings ...string) []string {
	return c.filter(func(file string) bool {
		return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(file, e) }) &&
			!slices.ContainsFunc(generated, func(g string) bool { return strings.HasPrefix(file, g) })
	})
}

// dirs lists the folders that hold a file of the given name.
func (c *checker) dirs(name string) []string {
	var dirs []string
	for _, file := range c.filter(func(file string) bool { return filepath.Base(file) == name }) {
		dirs = append(dirs, filepath.Dir(file))
	}
	return dirs
}

func (c *checker) filter(keep func(string) bool) []string {
	var files []string
	for _, file := range c.files {
		if keep(file) {
			files = append(files, file)
		}
	}
	return files
}

func contains(list []string, item string) bool { return slices.Contains(list, item) }

var (
	// A link of Markdown, but not one of an image's description or a footnote.
	markdownLink = regexp.MustCompile(`\]\(([^)\s]+)(?: "[^"]*")?\)`)
	codeBlock    = regexp.MustCompile("(?s)```.*?```")
	codeSpan     = regexp.MustCompile("`[^`\n]+`")
	heading      = regexp.MustCompile(`(?m)^#+ +(.+?) *$`)
	notInAnchor  = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// links holds every relative link of the docs to a file that exists, and to a
// heading in it.
func links(_ context.Context, c *checker) error {
	var errs []error
	for _, file := range c.ours(".md") {
		text, err := os.ReadFile(filepath.Join(c.root, file))
		if err != nil {
			return err
		}
		prose := codeSpan.ReplaceAllString(codeBlock.ReplaceAllString(string(text), ""), "")
		for _, match := range markdownLink.FindAllStringSubmatch(prose, -1) {
			if err := c.link(file, match[1]); err != nil {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}

func (c *checker) link(from, link string) error {
	if strings.Contains(link, "://") || strings.HasPrefix(link, "mailto:") {
		return nil
	}
	path, anchor, _ := strings.Cut(link, "#")
	target := filepath.Join(filepath.Dir(from), path)
	if path == "" {
		target = from
	}
	info, err := os.Stat(filepath.Join(c.root, target))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: the link %q leads nowhere; %s does not exist", from, link, target)
	case err != nil:
		return err
	case anchor == "" || info.IsDir() || !strings.HasSuffix(target, ".md"):
		return nil
	}
	text, err := os.ReadFile(filepath.Join(c.root, target))
	if err != nil {
		return err
	}
	for _, match := range heading.FindAllStringSubmatch(codeBlock.ReplaceAllString(string(text), ""), -1) {
		if anchorOf(match[1]) == anchor {
			return nil
		}
	}
	return fmt.Errorf("%s: the link %q leads nowhere; %s has no such heading", from, link, target)
}

// anchorOf is the anchor that GitHub gives a heading.
func anchorOf(heading string) string {
	return strings.ReplaceAll(notInAnchor.ReplaceAllString(strings.ToLower(heading), ""), " ", "-")
}

// lockFiles holds the npm lock files to be free of addresses: npm writes the
// registry of whoever ran it, which may not be everybody's.
func lockFiles(_ context.Context, c *checker) error {
	var errs []error
	for _, dir := range c.dirs("package-lock.json") {
		file := filepath.Join(dir, "package-lock.json")
		text, err := os.ReadFile(filepath.Join(c.root, file))
		if err != nil {
			return err
		}
		if strings.Contains(string(text), `"resolved"`) {
			errs = append(errs, fmt.Errorf("%s names a registry: write it with npm install --package-lock-only --omit-lockfile-registry-resolved", file))
		}
	}
	return errors.Join(errs...)
}
