package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"google.golang.org/grpc/status"

	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

// marks are in the secrets of these tests, as a word, a number or a part of an
// address, and in nothing else.
var marks = []string{"zqxj", "77913", "177.91"}

// secretTexts are texts with a mark: good and bad values of every kind that an
// argument takes.
var secretTexts = []string{
	"zqxj", " zqxj/app:1 ", "https://zqxj/App", "zqxj/app@sha512:" + strings.Repeat("a", 128), "nginx:zqxj",
	"123456789012.dkr.ecr.us-east-1.amazonaws.com/zqxj:1", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/zqxj:1",
	"123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/zqxj:1",
	"arn:aws:zqxj:us-east-1:123456789012:thing/x", "arn:aws:iam::123456789012:role/zqxj", "arn:aws:ecs:zqxj:123456789012:cluster/x",
	"arn:aws:kms:us-east-1:123456789012:alias/zqxj", "arn:aws:secretsmanager:us-east-1:123456789012:secret:x:zqxj",
	"arn:aws:secretsmanager:eu-west-1:123456789012:secret:zqxj", "arn:aws:secretsmanager:cn-north-1:123456789012:secret:zqxj",
	"arn:aws:ssm:us-east-1:123456789012:zqxj", "177.91.3.4/18", "177.91.3.4", "177.91.0.0/16",
}

// secretsOf are values of a type with one secret each: the value itself, an
// element of it, or, with the first of the texts, the whole with its keys and a
// value of another type. A plain value takes no secret, whatever its text.
func secretsOf(pkg *schema.Package, spec schema.TypeSpec, text string) []resource.PropertyValue {
	secret := func(v resource.PropertyValue) resource.PropertyValue { return resource.MakeSecret(v) }
	word := resource.NewProperty(text)
	first := text == secretTexts[0]
	if spec.Plain && spec.Type == "string" && !first {
		return nil
	}
	whole := func(list []resource.PropertyValue, more ...resource.PropertyValue) []resource.PropertyValue {
		if !first {
			return list
		}
		for _, v := range more {
			list = append(list, secret(v))
		}
		return list
	}
	switch {
	case spec.Type == "array":
		var list []resource.PropertyValue
		for _, e := range secretsOf(pkg, *spec.Items, text) {
			list = append(list, resource.NewProperty([]resource.PropertyValue{e}))
		}
		return whole(list, resource.NewProperty([]resource.PropertyValue{word, word}), word)
	case spec.Type == "object":
		var list []resource.PropertyValue
		for _, e := range secretsOf(pkg, *spec.AdditionalProperties, text) {
			list = append(list, resource.NewProperty(resource.PropertyMap{"key": e}))
		}
		return whole(list,
			resource.NewProperty(resource.PropertyMap{resource.PropertyKey(text): word}),
			resource.NewProperty(resource.PropertyMap{resource.PropertyKey(text): resource.NewProperty(77913.0)}))
	case strings.HasPrefix(spec.Ref, schema.TypeRef) && pkg.Types[strings.TrimPrefix(spec.Ref, schema.TypeRef)].Type == "object":
		t := pkg.Types[strings.TrimPrefix(spec.Ref, schema.TypeRef)]
		var list []resource.PropertyValue
		for _, name := range slices.Sorted(maps.Keys(t.Properties)) {
			for _, e := range secretsOf(pkg, t.Properties[name].TypeSpec, text) {
				object := resource.PropertyMap{resource.PropertyKey(name): e}
				if _, is := t.Properties["port"]; is && name != "port" {
					object["port"] = resource.NewProperty(80.0)
				}
				list = append(list, resource.NewProperty(object))
			}
		}
		return whole(list, resource.NewProperty(resource.PropertyMap{resource.PropertyKey(text): word}))
	case spec.Type == "string":
		return whole([]resource.PropertyValue{secret(word)}, resource.NewProperty(77913.0))
	}
	return whole(nil, word, resource.NewProperty(77913.5))
}

// allSecret is a value of a type with a secret in every place that takes one,
// or nothing where it has no such place.
func allSecret(pkg *schema.Package, spec schema.TypeSpec, text string) (resource.PropertyValue, bool) {
	switch {
	case spec.Type == "array":
		e, ok := allSecret(pkg, *spec.Items, text)
		return resource.NewProperty([]resource.PropertyValue{e}), ok
	case spec.Type == "object":
		e, ok := allSecret(pkg, *spec.AdditionalProperties, text)
		return resource.NewProperty(resource.PropertyMap{"key": e}), ok
	case strings.HasPrefix(spec.Ref, schema.TypeRef):
		object := resource.PropertyMap{}
		t := pkg.Types[strings.TrimPrefix(spec.Ref, schema.TypeRef)]
		for name, property := range t.Properties {
			if e, ok := allSecret(pkg, property.TypeSpec, text); ok {
				object[resource.PropertyKey(name)] = e
			}
		}
		found := len(object) > 0
		if _, is := t.Properties["port"]; is {
			object["port"] = resource.NewProperty(80.0)
		}
		return resource.NewProperty(object), found
	}
	return resource.MakeSecret(resource.NewProperty(text)), spec.Type == "string" && !spec.Plain
}

// TestNoSecretIsShown puts secrets into every argument of every component, good
// and bad ones, and looks for them in errors, logs, names and in what is
// registered without being a secret.
func TestNoSecretIsShown(t *testing.T) {
	t.Parallel()
	pkg, err := parsedSchema()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		for _, preview := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s/preview=%v", schema.ShortName(c.Token), preview), func(t *testing.T) {
				t.Parallel()
				h := newHarness(t)
				h.engine.dryRun = preview
				name, r := schema.ShortName(c.Token), pkg.Resources[c.Token]
				args := required(t, examples(t, h), name, r)
				maps.Copy(args, in(more[name]))
				for _, text := range secretTexts {
					everywhere := resource.PropertyMap{}
					for property, spec := range r.InputProperties {
						if v, ok := allSecret(pkg, spec.TypeSpec, text); ok {
							everywhere[resource.PropertyKey(property)] = v
						}
					}
					h.trySecrets(t, name, args, everywhere)
				}
				for _, property := range slices.Sorted(maps.Keys(r.InputProperties)) {
					texts := secretTexts[:1]
					if property == "image" || property == "secrets" {
						texts = secretTexts // the preflight looks into them, too
					}
					for _, text := range texts {
						for _, value := range secretsOf(pkg, r.InputProperties[property].TypeSpec, text) {
							h.trySecrets(t, name, args, resource.PropertyMap{resource.PropertyKey(property): value})
						}
					}
				}
			})
		}
	}
}

// trySecrets makes a component with secrets among its arguments.
func (h *harness) trySecrets(t *testing.T, component string, args, secrets resource.PropertyMap) {
	t.Helper()
	h.engine.forget()
	args = maps.Clone(args)
	maps.Copy(args, secrets)
	resp, err := h.construct(t, component+" x", args)
	report := func(where, text string) {
		for _, mark := range marks {
			if strings.Contains(strings.ToLower(text), mark) {
				t.Errorf("%s with %v: %s shows a secret:\n%s", component, secrets, where, text)
			}
		}
	}
	report("the error", status.Convert(err).Message())
	for _, l := range h.engine.logs {
		report("the log", l.GetMessage())
	}
	for _, r := range h.engine.all() {
		report("a name", r.req.GetName())
		report(r.urn, shownIn(resource.NewProperty(r.inputs)))
	}
	if err == nil {
		report("an output", shownIn(resource.NewProperty(outputs(t, resp))))
	}
}

// shownIn is what a value holds beside its secrets.
func shownIn(v resource.PropertyValue) string {
	switch {
	case v.IsSecret():
		return ""
	case v.IsOutput():
		if o := v.OutputValue(); o.Secret {
			return ""
		}
		return shownIn(v.OutputValue().Element)
	case v.IsArray():
		var b strings.Builder
		for _, e := range v.ArrayValue() {
			b.WriteString(shownIn(e) + " ")
		}
		return b.String()
	case v.IsObject():
		var b strings.Builder
		for _, key := range slices.Sorted(maps.Keys(v.ObjectValue())) {
			b.WriteString(string(key) + " " + shownIn(v.ObjectValue()[key]) + " ")
		}
		return b.String()
	}
	return fmt.Sprint(v.V)
}

// TestFunctionsShowNoSecret does the same with functions, whose results are
// secrets where an argument is one.
func TestFunctionsShowNoSecret(t *testing.T) {
	t.Parallel()
	pkg, err := parsedSchema()
	if err != nil {
		t.Fatal(err)
	}
	h := newHarness(t)
	for _, f := range functions {
		name := schema.ShortName(f.Token)
		inputs := pkg.Functions[f.Token].Inputs
		for _, property := range slices.Sorted(maps.Keys(inputs.Properties)) {
			for _, text := range secretTexts {
				for _, value := range secretsOf(pkg, inputs.Properties[property].TypeSpec, text) {
					args := resource.PropertyMap{}
					if slices.Contains(inputs.Required, "region") {
						args["region"] = resource.NewProperty("us-east-1")
					}
					args[resource.PropertyKey(property)] = value
					out, err := h.invoke(t, name, args)
					said := strings.ToLower(status.Convert(err).Message() + shownIn(resource.NewProperty(out)))
					for _, mark := range marks {
						if strings.Contains(said, mark) {
							t.Errorf("%s with %s %v shows the secret:\n%s", name, property, value, said)
						}
					}
				}
			}
		}
	}
}
