package workspace

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/progress"
)

const (
	rootModule = "github.com/ecsnet/pulumi-ecsnet"
	sdkModule  = rootModule + "/sdk/go/ecsnet"
)

// program is where the compiled copy lies.
const program = "program"

// plainRuntime is the runtime as a bare name, without options.
var plainRuntime = regexp.MustCompile(`(?m)^runtime: *go *$`)

// installGo gives the copy a go.mod, as a user's program has one, with our
// modules taken from the tree. The program is compiled once here: the language
// host would link it again for every preview and update.
func installGo(ctx context.Context, root string, out io.Writer, w *Workspace) error {
	if err := writeGoMod(root, w.Dir); err != nil {
		return err
	}
	build := exec.CommandContext(ctx, "go", "build", "-v", "-buildvcs=false", "-o", program, ".")
	build.Dir = w.Dir
	if err := progress.Step(out, "compiling "+w.Project, "some seconds; minutes when the aws packages were never compiled", build); err != nil {
		return err
	}
	path := filepath.Join(w.Dir, "Pulumi.yaml")
	project, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if !plainRuntime.Match(project) {
		return fmt.Errorf("%s: write \"runtime: go\", so that a copy can name its compiled program", path)
	}
	project = plainRuntime.ReplaceAll(project, []byte("runtime:\n  name: go\n  options:\n    binary: ./"+program))
	return os.WriteFile(path, project, 0o644)
}

// writeGoMod requires what the tree requires, in its versions, so that nothing
// has to be looked up.
func writeGoMod(root, dir string) error {
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return err
	}
	version, err := os.ReadFile(filepath.Join(root, "provider", "version.txt"))
	if err != nil {
		return err
	}
	own := bytes.ReplaceAll(mod, []byte("module "+rootModule+"\n"), []byte("module program\n"))
	for module, at := range map[string]string{rootModule: root, sdkModule: filepath.Join(root, "sdk", "go", "ecsnet")} {
		if uses(dir, module) {
			own = fmt.Appendf(own, "\nrequire %s v%s\n\nreplace %[1]s => %[3]s\n", module, strings.TrimSpace(string(version)), at)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), own, 0o644); err != nil {
		return err
	}
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "go.sum"), sum, 0o644)
}

// uses reports whether a file in dir imports a package of module itself, not
// of a module below it.
func uses(dir, module string) bool {
	files, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, file := range files {
		source, _ := os.ReadFile(file)
		for _, line := range strings.Split(string(source), "\n") {
			_, path, _ := strings.Cut(line, `"`)
			if below(path, module) && (module == sdkModule || !below(path, sdkModule)) {
				return true
			}
		}
	}
	return false
}

func below(path, module string) bool {
	return strings.HasPrefix(path, module+`"`) || strings.HasPrefix(path, module+"/")
}
