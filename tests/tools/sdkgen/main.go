// Command sdkgen writes the SDKs under sdk/ from schema.json.
//
// It calls the same code generators as `pulumi package gen-sdk`, without the
// language hosts that the command needs, so that it runs from the Go module
// proxy alone and gives the same files everywhere. Run it from this directory;
// with -check it changes nothing and fails when a file is not in step.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	root := flag.String("root", filepath.Join("..", "..", ".."), "the repository")
	check := flag.Bool("check", false, "change nothing; fail when a generated file is stale")
	flag.Parse()
	if err := run(*root, *check); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(root string, check bool) error {
	for _, sdk := range sdks {
		pkg, err := load(filepath.Join(root, "schema.json"))
		if err != nil {
			return err
		}
		files, err := sdk.generate(pkg)
		if err != nil {
			return fmt.Errorf("%s: %w", sdk.dir, err)
		}
		dir := filepath.Join(root, filepath.FromSlash(sdk.dir))
		if err := sdk.overlay(root, files); err != nil {
			return fmt.Errorf("%s: %w", sdk.dir, err)
		}
		stale, err := compare(dir, files, sdk.kept)
		if err != nil {
			return err
		}
		if check && len(stale) > 0 {
			return fmt.Errorf("%s is stale; run: make generate\n  %s", sdk.dir, strings.Join(stale, "\n  "))
		}
		if err := write(dir, files, stale); err != nil {
			return err
		}
	}
	return nil
}

// load reads and validates the schema as Pulumi does.
func load(path string) (*schema.Package, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(data, &spec); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	pkg, diagnostics, err := schema.BindSpec(spec, alone{}, schema.ValidationOptions{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(diagnostics) > 0 {
		return nil, fmt.Errorf("%s: %w", path, diagnostics)
	}
	return pkg, nil
}

type sdk struct {
	dir      string
	generate func(*schema.Package) (map[string][]byte, error)
	// kept are the names in dir that sdkgen neither writes nor removes.
	kept []string
	// readme is the part of the package's README that shows its use.
	readme string
}

const tool = "pulumi"

var sdks = []sdk{
	{
		dir: "sdk/nodejs",
		generate: func(pkg *schema.Package) (map[string][]byte, error) {
			files, err := nodejs.GeneratePackage(tool, pkg, nil, nil, false, nil)
			if err != nil {
				return nil, err
			}
			return files, finishNode(files)
		},
		kept:   []string{"node_modules", "bin"},
		readme: "npm install @ecsnet/ecsnet",
	},
	{
		dir: "sdk/python",
		generate: func(pkg *schema.Package) (map[string][]byte, error) {
			return python.GeneratePackage(tool, pkg, nil, nil)
		},
		kept:   []string{"build", "dist", "ecsnet.egg-info", "__pycache__", "venv"},
		readme: "pip install ecsnet",
	},
	{
		dir: "sdk/go/ecsnet",
		generate: func(pkg *schema.Package) (map[string][]byte, error) {
			files, err := gogen.GeneratePackage(tool, pkg, nil)
			if err != nil {
				return nil, err
			}
			rooted := make(map[string][]byte, len(files))
			for name, data := range files {
				rooted[strings.TrimPrefix(name, "ecsnet/")] = data
			}
			return rooted, finishGo(rooted, pkg.Version.String())
		},
		kept:   []string{"go.mod", "go.sum"},
		readme: "go get github.com/ecsnet/pulumi-ecsnet/sdk/go/ecsnet",
	},
}

// overlay adds what every package needs besides its code.
func (s sdk) overlay(root string, files map[string][]byte) error {
	license, err := os.ReadFile(filepath.Join(root, "LICENSE"))
	if err != nil {
		return err
	}
	files["LICENSE"] = license
	files["README.md"] = []byte(fmt.Sprintf(readme, s.readme))
	return nil
}

const readme = `# ecsnet

Private networks for Amazon ECS and the services that run in them, as Pulumi components.

` + "```sh\n%s\n```" + `

The plugin ` + "`pulumi-resource-ecsnet`" + ` does the work; Pulumi finds it on PATH or downloads it.
Documentation, examples and sources: <https://github.com/ecsnet/pulumi-ecsnet>.

This package is generated. Changes belong in the components it is generated from.
`

// finishNode makes the package installable straight from its directory: npm
// pack compiles it and ships the result.
func finishNode(files map[string][]byte) error {
	// The generated code looks for package.json beside itself, which is right
	// only for a package that is published from bin/.
	beside, above := []byte("require('./package.json')"), []byte("require('../package.json')")
	if !bytes.Contains(files["utilities.ts"], beside) {
		return errors.New("utilities.ts no longer reads package.json the way sdkgen mends it")
	}
	files["utilities.ts"] = bytes.ReplaceAll(files["utilities.ts"], beside, above)

	var manifest map[string]any
	if err := json.Unmarshal(files["package.json"], &manifest); err != nil {
		return err
	}
	manifest["main"] = "bin/index.js"
	manifest["types"] = "bin/index.d.ts"
	manifest["files"] = []string{"bin", "LICENSE", "README.md"}
	scripts, _ := manifest["scripts"].(map[string]any)
	if scripts == nil {
		scripts = map[string]any{}
	}
	scripts["build"] = "tsc"
	scripts["prepack"] = "tsc"
	manifest["scripts"] = scripts

	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "    ")
	if err := enc.Encode(manifest); err != nil {
		return err
	}
	files["package.json"] = b.Bytes()
	return nil
}

// finishGo stamps the version. Unstamped, the package would call itself 1.0.0
// and, while ecsnet is at 0.x, not know its own components when it is handed a
// reference to one.
func finishGo(files map[string][]byte, version string) error {
	const name = "internal/pulumiVersion.go"
	unset := []byte("var SdkVersion semver.Version = semver.Version{}")
	if !bytes.Contains(files[name], unset) {
		return errors.New(name + " no longer has the version that sdkgen sets")
	}
	stamped := fmt.Appendf(nil, "var SdkVersion semver.Version = semver.MustParse(%q)", version)
	files[name] = bytes.ReplaceAll(files[name], unset, stamped)
	return nil
}

// compare names every file that differs, is missing, or is there without being
// generated.
func compare(dir string, files map[string][]byte, kept []string) (stale []string, err error) {
	for name, want := range files {
		have, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if err != nil || !bytes.Equal(have, want) {
			stale = append(stale, name)
		}
	}
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if slices.Contains(kept, name) || slices.Contains(kept, entry.Name()) {
			if entry.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if _, generated := files[name]; !entry.IsDir() && !generated {
			stale = append(stale, name)
		}
		return nil
	})
	slices.Sort(stale)
	return stale, err
}

// write brings the stale files in step: writes what is generated, removes what
// no longer is.
func write(dir string, files map[string][]byte, stale []string) error {
	for _, name := range stale {
		path := filepath.Join(dir, filepath.FromSlash(name))
		data, generated := files[name]
		if !generated {
			if err := os.Remove(path); err != nil {
				return err
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
