package engine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTakeover: a stack that one language made is the same system in every
// other language, so a team can change its language without changing anything
// in AWS. The same goes for a Go program that moves from the components in its
// own process to the generated SDK.
func TestTakeover(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	p := a.newProgram("examples/isolated-service/go")
	p.up()
	for _, language := range []string{"typescript", "python", "yaml"} {
		p.takenOver("examples/isolated-service/" + language).mustDo()
	}
	p.takenOver(withSdk(t, filepath.Join(a.Root, "examples/isolated-service/go"))).mustDo()
	p.destroy()
	a.mustBeEmpty()
}

// withSdk is a Go program in dir with the generated SDK in place of the
// in-process components: another import, the same names.
func withSdk(t *testing.T, dir string) string {
	t.Helper()
	moved := t.TempDir()
	for _, file := range []string{"Pulumi.yaml", "main.go"} {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		source := strings.NewReplacer("pulumi-ecsnet/components", "pulumi-ecsnet/sdk/go/ecsnet", "components.", "ecsnet.").Replace(string(text))
		if err := os.WriteFile(filepath.Join(moved, file), []byte(source), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return moved
}
