package workspace

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/progress"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

const (
	pythonSDK  = "sdk/python"
	pythonPins = "tests/tools/programs/python/requirements.txt"
)

// installPython puts a virtual environment with the pinned packages and the
// tree's SDK first on PATH, where the language host looks for python.
func installPython(ctx context.Context, root string, out io.Writer, w *Workspace) error {
	dir, err := PythonPackages(ctx, root, out)
	if err != nil {
		return err
	}
	if err := checkPythonPins(w.Dir, root); err != nil {
		return err
	}
	w.Path = append([]string{filepath.Join(dir, "venv", "bin")}, w.Path...)
	return nil
}

// PythonPackages returns a folder whose venv holds the pinned packages and the
// tree's own SDK.
func PythonPackages(ctx context.Context, root string, out io.Writer) (string, error) {
	inputs := []string{pythonPins, pythonSDK}
	return toolchain.Cached(ctx, root, out, "programs-python", inputs, func(ctx context.Context, dir string) error {
		venv := filepath.Join(dir, "venv")
		if err := toolchain.NewVenv(ctx, out, venv, "about half a minute the first time", "-r", filepath.Join(root, pythonPins)); err != nil {
			return err
		}
		// A copy, for setuptools builds among the sources.
		sdk := filepath.Join(dir, "sdk")
		if err := Copy(sdk, filepath.Join(root, pythonSDK)); err != nil {
			return err
		}
		// The pinned setuptools build it, and nothing else may come with it.
		install := exec.CommandContext(ctx, filepath.Join(venv, "bin", "python"), "-m", "pip", "install",
			"--disable-pip-version-check", "--no-input", "--no-deps", "--no-build-isolation", "--no-index", sdk)
		return progress.Step(out, "installing the Python SDK", "some seconds", install)
	})
}

// checkPythonPins holds the program's requirements.txt to what is installed.
func checkPythonPins(program, root string) error {
	wants, err := requirements(filepath.Join(program, "requirements.txt"))
	if err != nil {
		return err
	}
	has, err := requirements(filepath.Join(root, pythonPins))
	if err != nil {
		return err
	}
	version, err := os.ReadFile(filepath.Join(root, "provider", "version.txt"))
	if err != nil {
		return err
	}
	has = append(has, "ecsnet=="+strings.TrimSpace(string(version)))
	for _, want := range wants {
		if !slices.Contains(has, want) {
			return fmt.Errorf("requirements.txt asks for %s, which is not what %s pins: make them agree", want, pythonPins)
		}
	}
	return nil
}

func requirements(path string) ([]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var list []string
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list, nil
}
