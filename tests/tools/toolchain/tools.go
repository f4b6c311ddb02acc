package toolchain

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/progress"
)

// recipe is raised when a tool is made in another way from the same inputs.
const recipe = 1

// tools are all tools of this tree, in the order they are made.
var tools = []Tool{
	{
		Name: "pulumi", What: "Pulumi CLI and engine",
		inputs:  goInputs("pulumi"),
		outputs: []string{"bin/pulumi"},
		given:   givenPulumi, adopt: adoptPulumi,
		// Unstamped, the CLI calls itself v0.0.0 and the Automation API refuses it.
		make: goTool("pulumi", "Pulumi CLI", "about 4 minutes the first time", func(version string) string {
			return "-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=" + version
		}, "github.com/pulumi/pulumi/pkg/v3"),
	},
	{
		Name: "hosts", What: "Pulumi's Go and Node.js language hosts",
		inputs:  goInputs("hosts"),
		outputs: []string{"bin/pulumi-language-go", "bin/pulumi-language-nodejs"},
		given:   givenPulumi, adopt: adoptPulumi,
		make: goTool("hosts", "Go and Node.js language hosts", "about a minute the first time", nil, ""),
	},
	{
		Name: "pyhost", What: "Pulumi's Python language host",
		inputs:  goInputs("pyhost"),
		outputs: []string{"bin/pulumi-language-python", "bin/pulumi-language-python-exec"},
		given:   givenPulumi, adopt: adoptPulumi,
		make: makePythonHost,
	},
	{
		Name: "yaml", What: "Pulumi's YAML language host",
		inputs:  goInputs("yaml"),
		outputs: []string{"bin/pulumi-language-yaml", "bin/pulumi-converter-yaml"},
		given:   givenPulumi, adopt: adoptPulumi,
		make: goTool("yaml", "YAML language host", "about 2 minutes the first time", nil, ""),
	},
	{
		Name: "moto", What: "local AWS",
		inputs:  []string{"tests/localaws/requirements.txt"},
		outputs: []string{"moto/bin/moto_server"},
		make:    venv("moto", "tests/localaws/requirements.txt", "about a minute the first time"),
	},
	{
		Name: "staticcheck", What: "Go linter",
		inputs:  goInputs("lint"),
		outputs: []string{"bin/staticcheck"},
		make:    goTool("lint", "Go linter", "about half a minute the first time", nil, ""),
	},
	{
		Name: "python-lint", What: "Python formatter and type checker",
		inputs:  []string{"tests/tools/python/requirements.txt"},
		outputs: []string{"python-lint/bin/ruff", "python-lint/bin/mypy"},
		make:    venv("python-lint", "tests/tools/python/requirements.txt", "about half a minute the first time"),
	},
	{
		Name: "node", What: "TypeScript compiler and formatter",
		inputs:  []string{"tests/tools/node/package.json", "tests/tools/node/package-lock.json"},
		outputs: []string{"node/node_modules/.bin/tsc", "node/node_modules/.bin/prettier"},
		make:    makeNode,
	},
}

func goInputs(dir string) []string {
	return []string{"tests/tools/" + dir + "/go.mod", "tests/tools/" + dir + "/go.sum"}
}

// goTool builds the tools that the go.mod in tests/tools/dir names. With
// stamp, its answer for the version of module is added to the linker's flags.
func goTool(dir, what, expect string, stamp func(version string) string, module string) func(context.Context, *builder) error {
	return func(ctx context.Context, b *builder) error {
		ldflags := "-s -w"
		if stamp != nil {
			version, err := b.goList(ctx, dir, "-m", "-f", "{{.Version}}", module)
			if err != nil {
				return err
			}
			ldflags += " " + stamp(version)
		}
		// `tool` stands for the packages that the tool directives name.
		cmd := exec.CommandContext(ctx, "go", "build", "-v", "-buildvcs=false", "-ldflags", ldflags, "-o", b.tools("bin")+"/", "tool")
		cmd.Dir = b.path("tests/tools", dir)
		return progress.Step(b.out, "building the "+what, expect, cmd)
	}
}

func (b *builder) goList(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"list"}, args...)...)
	cmd.Dir = b.path("tests/tools", dir)
	cmd.Stderr = b.out
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
}

// makePythonHost builds the host and puts the launcher of Python programs
// beside it, which the host looks for there.
func makePythonHost(ctx context.Context, b *builder) error {
	if err := goTool("pyhost", "Python language host", "about half a minute the first time", nil, "")(ctx, b); err != nil {
		return err
	}
	module, err := b.goList(ctx, "pyhost", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3")
	if err != nil {
		return err
	}
	const exec = "pulumi-language-python-exec"
	script, err := os.ReadFile(filepath.Join(module, "python", "cmd", exec))
	if err != nil {
		return err
	}
	return os.WriteFile(b.tools("bin", exec), script, 0o755)
}

// venv installs pinned requirements into a virtual environment of their own.
func venv(name, requirements, expect string) func(context.Context, *builder) error {
	return func(ctx context.Context, b *builder) error {
		return NewVenv(ctx, b.out, b.tools(name), expect, "-r", b.path(requirements))
	}
}

// NewVenv makes a new virtual environment in dir and installs what the
// arguments of pip name. A failed one is not left behind.
func NewVenv(ctx context.Context, out interface{ Write([]byte) (int, error) }, dir, expect string, pip ...string) (err error) {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(dir)
		}
	}()
	create := exec.CommandContext(ctx, "python3", "-m", "venv", dir)
	if text, err := create.CombinedOutput(); err != nil {
		return fmt.Errorf("python3 -m venv: %w\n%s", err, text)
	}
	args := append([]string{"-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"}, pip...)
	install := exec.CommandContext(ctx, filepath.Join(dir, "bin", "python"), args...)
	return progress.Step(out, "installing Python packages into "+filepath.Base(dir), expect, install)
}

// makeNode installs the pinned npm packages outside the sources, so that no
// node_modules lies among them.
func makeNode(ctx context.Context, b *builder) error {
	dir := b.tools("node")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, name := range []string{"package.json", "package-lock.json"} {
		content, err := os.ReadFile(b.path("tests/tools/node", name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return err
		}
	}
	cmd := exec.CommandContext(ctx, "npm", "ci", "--no-audit", "--no-fund")
	cmd.Dir = dir
	return progress.Step(b.out, "installing npm packages for the linters", "about half a minute the first time", cmd)
}
