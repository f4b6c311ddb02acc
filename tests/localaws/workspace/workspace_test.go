package workspace

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

func TestOpenReadsNameAndRuntime(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ text, project, runtime string }{
		"plain":   {"name: a-b\nruntime: go\n", "a-b", "go"},
		"object":  {"name: \"a\"\nruntime:\n  name: nodejs\n  options: {}\n", "a", "nodejs"},
		"further": {"description: name: no\nname: a # c\nmain: x\nruntime: yaml\nresources:\n  x:\n    name: no\n", "a", "yaml"},
	} {
		dir := t.TempDir()
		write(t, dir, "Pulumi.yaml", tt.text)
		w, err := Open("/nowhere", dir)
		require.NoError(t, err, name)
		require.Equal(t, []string{tt.project, tt.runtime}, []string{w.Project, w.Runtime}, name)
		require.NoError(t, w.Close())
		require.DirExists(t, dir, "what was only opened is not removed")
	}
	_, err := Open("/nowhere", t.TempDir())
	require.ErrorContains(t, err, "no Pulumi program there")
}

func TestCopyLeavesOutWhatIsNoSource(t *testing.T) {
	t.Parallel()
	from, to := t.TempDir(), t.TempDir()
	for _, name := range []string{"Pulumi.yaml", "index.ts", "sub/x.ts", "Pulumi.dev.yaml", "node_modules/a/b.js", "venv/x"} {
		write(t, from, name, name)
	}
	require.NoError(t, Copy(to, from))
	var copied []string
	require.NoError(t, filepath.WalkDir(to, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			copied = append(copied, strings.TrimPrefix(path, to+"/"))
		}
		return err
	}))
	require.Equal(t, []string{"Pulumi.yaml", "index.ts", "sub/x.ts"}, copied)
}

func TestPrepareRefusesWhatItCannotRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "Pulumi.yaml", "name: a\nruntime: dotnet\n")
	_, err := Prepare(t.Context(), "/nowhere", dir, os.Stderr)
	require.ErrorContains(t, err, `runtime "dotnet" is not supported`)
}

func TestGoModRequiresWhatTheProgramImports(t *testing.T) {
	t.Parallel()
	root, err := toolchain.Root()
	require.NoError(t, err)
	const inProcess = `import "github.com/ecsnet/pulumi-ecsnet/components"`
	const throughPlugin = `import ecsnet "github.com/ecsnet/pulumi-ecsnet/sdk/go/ecsnet"`
	for name, tt := range map[string]struct {
		source string
		want   []string
	}{
		"in process":         {inProcess, []string{rootModule}},
		"through the plugin": {throughPlugin, []string{sdkModule}},
		"both":               {inProcess + "\n" + throughPlugin, []string{rootModule, sdkModule}},
		"neither":            {`import "github.com/ecsnet/pulumi-ecsnet-more"`, nil},
	} {
		dir := t.TempDir()
		write(t, dir, "main.go", "package main\n"+tt.source+"\n")
		require.NoError(t, writeGoMod(root, dir))
		mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		require.NoError(t, err)
		for _, module := range []string{rootModule, sdkModule} {
			wanted := false
			for _, want := range tt.want {
				wanted = wanted || want == module
			}
			require.Equal(t, wanted, strings.Contains(string(mod), "replace "+module+" => "+root), "%s: %s", name, module)
		}
		require.Contains(t, string(mod), "module program\n")
	}
}

func TestProgramsAskForPinnedVersionsOnly(t *testing.T) {
	t.Parallel()
	program, installed := t.TempDir(), t.TempDir()
	write(t, installed, "node_modules/@pulumi/pulumi/package.json", `{"version": "3.1.0"}`)
	write(t, program, "package.json", `{"dependencies": {"@pulumi/pulumi": "^3.1.0"}}`)
	require.NoError(t, checkNodePins(program, installed))
	write(t, program, "package.json", `{"dependencies": {"@pulumi/pulumi": "3.2.0"}}`)
	require.ErrorContains(t, checkNodePins(program, installed), "asks for @pulumi/pulumi 3.2.0 but 3.1.0 is pinned")
	write(t, program, "package.json", `{"devDependencies": {"left-pad": "1.0.0"}}`)
	require.ErrorContains(t, checkNodePins(program, installed), "asks for left-pad, which is not among the pinned packages")

	root := t.TempDir()
	write(t, root, pythonPins, "# frozen\npulumi==3.1.0\n")
	write(t, root, "provider/version.txt", "0.1.0\n")
	write(t, program, "requirements.txt", "ecsnet==0.1.0\npulumi==3.1.0  # why\n")
	require.NoError(t, checkPythonPins(program, root))
	write(t, program, "requirements.txt", "ecsnet==0.2.0\n")
	require.ErrorContains(t, checkPythonPins(program, root), "asks for ecsnet==0.2.0")
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, name)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o644))
}
