package provider_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	ecsnet "github.com/ecsnet/pulumi-ecsnet"
	"github.com/ecsnet/pulumi-ecsnet/provider"
	"github.com/ecsnet/pulumi-ecsnet/provider/internal/gen"
	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

const root = ".."

func TestSchemaIsInStep(t *testing.T) {
	t.Parallel()
	want, err := gen.Schema(root)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(ecsnet.Schema), "\n")); diff != "" {
		t.Errorf("schema.json is stale; run: make generate\n(-generated +committed)\n%s", diff)
	}
}

func parse(t *testing.T) *schema.Package {
	t.Helper()
	pkg, err := schema.Parse(ecsnet.Schema)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

// The doc comments are all the documentation that most users see.
func TestEveryPropertyIsDescribed(t *testing.T) {
	t.Parallel()
	pkg := parse(t)
	check := func(where string, properties map[string]schema.Property, required []string, inputs bool) {
		for _, name := range slices.Sorted(maps.Keys(properties)) {
			switch text := properties[name].Description; {
			case text == "":
				t.Errorf("%s.%s has no doc comment", where, name)
			case inputs && !slices.Contains(required, name) && !strings.Contains(strings.Join(strings.Fields(text), " "), "Default: "):
				t.Errorf(`%s.%s is optional; its doc comment must end in "Default: ..."`, where, name)
			}
		}
	}
	for token, r := range pkg.Resources {
		if r.Description == "" {
			t.Errorf("%s has no doc comment", token)
		}
		check(token, r.InputProperties, r.RequiredInputs, true)
		check(token, r.Properties, r.Required, false)
	}
	for token, f := range pkg.Functions {
		if f.Description == "" || f.Outputs.Description == "" {
			t.Errorf("%s or its result has no doc comment", token)
		}
		check(token, f.Inputs.Properties, f.Inputs.Required, true)
		check(token, f.Outputs.Properties, f.Outputs.Required, false)
	}
	inputs := inputTypes(pkg)
	for token, typ := range pkg.Types {
		if typ.Description == "" {
			t.Errorf("%s has no doc comment", token)
		}
		for _, value := range typ.Enum {
			if value.Description == "" {
				t.Errorf("%s: the value %v has no doc comment", token, value.Value)
			}
		}
		check(token, typ.Properties, typ.Required, inputs[token])
	}
}

// inputTypes are the tokens of the types that a program writes: those that an
// argument has, and those inside them.
func inputTypes(pkg *schema.Package) map[string]bool {
	found := map[string]bool{}
	var visit func(schema.TypeSpec)
	object := func(properties map[string]schema.Property) {
		for _, p := range properties {
			visit(p.TypeSpec)
		}
	}
	visit = func(spec schema.TypeSpec) {
		if token, ok := strings.CutPrefix(spec.Ref, schema.TypeRef); ok && !found[token] {
			found[token] = true
			object(pkg.Types[token].Properties)
		}
		for _, inner := range []*schema.TypeSpec{spec.Items, spec.AdditionalProperties} {
			if inner != nil {
				visit(*inner)
			}
		}
	}
	for _, r := range pkg.Resources {
		object(r.InputProperties)
	}
	for _, f := range pkg.Functions {
		object(f.Inputs.Properties)
	}
	return found
}

// An SDK that refers to another package's types depends on it; with aws it
// would load many times slower, in every language.
func TestSchemaRefersToNoOtherPackage(t *testing.T) {
	t.Parallel()
	for _, ref := range regexp.MustCompile(`"\$ref": "([^"]*)"`).FindAllStringSubmatch(string(ecsnet.Schema), -1) {
		if !strings.HasPrefix(ref[1], "#/") && !strings.HasPrefix(ref[1], "pulumi.json#/") {
			t.Errorf("schema.json refers to %s", ref[1])
		}
	}
}

// Every reference must lead somewhere, or an SDK does not compile.
func TestSchemaReferencesResolve(t *testing.T) {
	t.Parallel()
	pkg := parse(t)
	for _, ref := range regexp.MustCompile(`"\$ref": "#/(types|resources)/([^"]*)"`).FindAllStringSubmatch(string(ecsnet.Schema), -1) {
		_, isType := pkg.Types[ref[2]]
		_, isResource := pkg.Resources[ref[2]]
		if !isType && !isResource {
			t.Errorf("schema.json refers to %s, which it does not define", ref[2])
		}
	}
}

func TestTheVersionStandsOnce(t *testing.T) {
	t.Parallel()
	if !regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$`).MatchString(provider.Version) {
		t.Fatalf("version.txt holds %q, which is no version", provider.Version)
	}
	if got := parse(t).Version; got != provider.Version {
		t.Errorf("schema.json says %s, version.txt %s", got, provider.Version)
	}
	type manifest struct {
		Version string
		Pulumi  struct{ Version string }
	}
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(root, "sdk", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	for _, name := range []string{"nodejs/package.json", "python/ecsnet/pulumi-plugin.json", "go/ecsnet/pulumi-plugin.json"} {
		var m manifest
		if err := json.Unmarshal(read(name), &m); err != nil {
			t.Fatal(err)
		}
		if m.Version != provider.Version {
			t.Errorf("sdk/%s says %q, version.txt %s", name, m.Version, provider.Version)
		}
		if name == "nodejs/package.json" && m.Pulumi.Version != provider.Version {
			t.Errorf("sdk/%s asks for the plugin %q, version.txt says %s", name, m.Pulumi.Version, provider.Version)
		}
	}
	for name, pattern := range map[string]string{
		"python/pyproject.toml":                 `(?m)^\s*version = "(.*)"$`,
		"go/ecsnet/internal/pulumiVersion.go":   `MustParse\("(.*)"\)`,
		"go/ecsnet/internal/pulumiUtilities.go": `MustParse\("(.*)"\)`,
	} {
		found := regexp.MustCompile(pattern).FindAllSubmatch(read(name), -1)
		if len(found) == 0 {
			t.Errorf("sdk/%s holds no version", name)
		}
		for _, f := range found {
			if string(f[1]) != provider.Version {
				t.Errorf("sdk/%s says %q, version.txt %s", name, f[1], provider.Version)
			}
		}
	}
}
