package toolchain

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// oldestPulumi is the first version of the CLI that is used instead of a built
// one: the YAML host is built against it, so nothing older was ever tried.
const oldestPulumi = "3.225.0"

// besidePulumi must lie beside a CLI that is used: the hosts are as much a part
// of a run as the engine, and a CLI without them would fetch them.
var besidePulumi = []string{
	"pulumi-language-go", "pulumi-language-nodejs", "pulumi-language-python", "pulumi-language-python-exec", "pulumi-language-yaml",
}

// givenPulumi describes the CLI on PATH if it is suitable. ECSNET_BUILD_PULUMI=1
// asks for a built one all the same.
func givenPulumi(b *builder) string {
	if os.Getenv("ECSNET_BUILD_PULUMI") == "1" {
		return ""
	}
	path := pulumiOnPath(b)
	if path == "" {
		return ""
	}
	for _, name := range besidePulumi {
		if _, err := os.Stat(filepath.Join(filepath.Dir(path), name)); err != nil {
			return ""
		}
	}
	version := pulumiVersion(path)
	if !atLeast(version, oldestPulumi) {
		return ""
	}
	return fmt.Sprintf("%s (%s)", path, version)
}

// adoptPulumi links the given CLI and everything that came with it into our
// folder, so that one PATH serves whether it was built or given.
func adoptPulumi(b *builder) error {
	dir := filepath.Dir(pulumiOnPath(b))
	names, err := filepath.Glob(filepath.Join(dir, "pulumi*"))
	if err != nil {
		return err
	}
	for _, name := range names {
		link := b.tools("bin", filepath.Base(name))
		if err := os.RemoveAll(link); err != nil {
			return err
		}
		if err := os.Symlink(name, link); err != nil {
			return err
		}
	}
	return nil
}

// pulumiOnPath finds the CLI outside our own folder, which may be on PATH too.
func pulumiOnPath(b *builder) string {
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		if dir == "" || !filepath.IsAbs(dir) || dir == b.tools("bin") {
			continue
		}
		path, err := exec.LookPath(filepath.Join(dir, "pulumi"))
		if err != nil {
			continue
		}
		if path, err = filepath.EvalSymlinks(path); err == nil && filepath.Dir(path) != b.tools("bin") {
			return path
		}
	}
	return ""
}

// versions remembers what each CLI answered: it is asked for every tool.
var versions sync.Map

func pulumiVersion(path string) string {
	if known, ok := versions.Load(path); ok {
		return known.(string)
	}
	cmd := exec.Command(path, "version")
	cmd.Env = append(os.Environ(), "PULUMI_SKIP_UPDATE_CHECK=true")
	out, _ := cmd.Output()
	version := strings.TrimSpace(string(out))
	versions.Store(path, version)
	return version
}

// atLeast compares versions like v3.225.0 of one major; a pre-release counts
// as its release, and what is no version is never enough.
func atLeast(version, least string) bool {
	have, ok := numbers(version)
	want, _ := numbers(least)
	if !ok || have[0] != want[0] {
		return false
	}
	for i := range have {
		if have[i] != want[i] {
			return have[i] > want[i]
		}
	}
	return true
}

func numbers(version string) (n [3]int, ok bool) {
	version, _, _ = strings.Cut(strings.TrimPrefix(version, "v"), "-")
	version, _, _ = strings.Cut(version, "+")
	parts := strings.Split(version, ".")
	if len(parts) != 3 {
		return n, false
	}
	for i, part := range parts {
		value, err := strconv.Atoi(part)
		if err != nil {
			return n, false
		}
		n[i] = value
	}
	return n, true
}
