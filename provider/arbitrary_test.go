package provider

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"google.golang.org/grpc/status"

	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

// TestArbitraryArguments gives components values that mostly fit the schema and
// mean little. The plugin must answer with a component or with an error that
// means something to whoever wrote the values: never a panic, never Go's or
// gRPC's words. (Go's fuzzing would first compile the aws packages anew.)
func TestArbitraryArguments(t *testing.T) {
	t.Parallel()
	const tries = 300
	pkg, err := parsedSchema()
	if err != nil {
		t.Fatal(err)
	}
	h := newHarness(t)
	values := examples(t, h)
	a := arbitrary{pkg: pkg, Rand: rand.New(rand.NewPCG(1, 2))}
	for range tries {
		h.engine.dryRun = a.IntN(2) == 0
		c := all[a.IntN(len(all))]
		r, served := pkg.Resources[c.Token]
		if !served {
			t.Fatalf("schema.json does not know %s; run: make generate", c.Token)
		}
		name := schema.ShortName(c.Token)
		args := required(t, values, name, r)
		inputs := slices.Sorted(maps.Keys(r.InputProperties))
		for range 1 + a.IntN(3) {
			property := inputs[a.IntN(len(inputs))]
			args[resource.PropertyKey(property)] = a.of(r.InputProperties[property].TypeSpec)
		}
		_, err := h.construct(t, name+" x", args)
		h.engine.forget()
		message := status.Convert(err).Message()
		for _, noise := range []string{
			"failed inside the plugin", "runtime error", "marshal", "awaiting input", "rpc error", "reflect", "*string", "expected a", "components.",
		} {
			if strings.Contains(message, noise) {
				t.Errorf("%s with %v: the error says %q:\n%s", name, args, noise, message)
			}
		}
	}
}

// arbitrary makes values.
type arbitrary struct {
	*rand.Rand
	pkg *schema.Package
}

var (
	words = []string{
		"", " ", "x", "a b", "\x00", "ü", strings.Repeat("z", 300), "-1", "/", "/a/", "*",
		"us-east-1", "us-east-1a", "us-east-1b", "us-east-1f", "eu-west-1a",
		"10.0.0.0/16", "10.1.0.0/20", "10.0.0.0/28", "10.0.0.1/16", "0.0.0.0/0", "10.0.0.0/33", "::/0",
		"sqs", "s3", "logs", "ecr.api", "com.amazonaws.us-east-1.logs", "com.amazonaws.", "vpc-1", "sg-1", "pl-1", "eipalloc-1",
		"arn:", "arn:::::", "arn:aws:iam::123456789012:role/x", "arn:aws:ssm:us-east-1:123456789012:parameter/a/b",
		"arn:aws:secretsmanager:us-east-1:123456789012:secret:x", "arn:aws:secretsmanager:us-east-1:123456789012:secret:x-AbCdEf:k::",
		"nginx", "public.ecr.aws/x/y:1", "123456789012.dkr.ecr.us-east-1.amazonaws.com/app@sha256:abc",
		"None", "NatGateway", "PerService", "FARGATE", "FARGATE_SPOT", "tcp", "HTTPS", "example.com", "/health",
	}
	names   = []string{"", "a", "A=B", "web", "us-east-1a", "us-east-1c", "__x"}
	numbers = []float64{-1, 0, 0.5, 1, 2, 3, 4, 8, 75, 80, 100, 200, 255, 256, 512, 1024, 2048, 65535, 65536, 1e9, 1e15, 1e300}
)

// of makes a value that fits a type, in one case of twenty any other.
func (a arbitrary) of(spec schema.TypeSpec) resource.PropertyValue {
	if a.IntN(20) == 0 {
		return a.any(3)
	}
	if token, ok := strings.CutPrefix(spec.Ref, schema.TypeRef); ok {
		return a.named(a.pkg.Types[token])
	}
	switch spec.Type {
	case "string":
		return resource.NewProperty(words[a.IntN(len(words))])
	case "integer", "number":
		return resource.NewProperty(numbers[a.IntN(len(numbers))])
	case "boolean":
		return resource.NewProperty(a.IntN(2) == 0)
	case "array":
		return a.list(func() resource.PropertyValue { return a.of(*spec.Items) })
	case "object":
		return a.object(func() resource.PropertyValue { return a.of(*spec.AdditionalProperties) })
	default:
		return a.any(3)
	}
}

func (a arbitrary) named(t schema.Type) resource.PropertyValue {
	if len(t.Enum) > 0 {
		return resource.NewPropertyValue(t.Enum[a.IntN(len(t.Enum))].Value)
	}
	m := resource.PropertyMap{}
	for _, name := range slices.Sorted(maps.Keys(t.Properties)) {
		if a.IntN(2) == 0 || slices.Contains(t.Required, name) {
			m[resource.PropertyKey(name)] = a.of(t.Properties[name].TypeSpec)
		}
	}
	return resource.NewProperty(m)
}

// any makes any value that the protocol can carry, nested up to depth.
func (a arbitrary) any(depth int) resource.PropertyValue {
	if depth == 0 {
		return resource.NewProperty(words[a.IntN(len(words))])
	}
	deeper := func() resource.PropertyValue { return a.any(depth - 1) }
	switch a.IntN(10) {
	case 0:
		return resource.NewProperty(words[a.IntN(len(words))])
	case 1:
		return resource.NewProperty(numbers[a.IntN(len(numbers))])
	case 2:
		return resource.NewProperty(true)
	case 3:
		return resource.NewNullProperty()
	case 4:
		return a.list(deeper)
	case 5, 6:
		return a.object(deeper)
	case 7:
		return resource.MakeSecret(deeper())
	case 8:
		return unknown()
	default:
		return resource.NewProperty(resource.Output{
			Element: deeper(), Known: a.IntN(3) > 0, Secret: a.IntN(3) == 0,
			Dependencies: []resource.URN{"urn:pulumi:stack::proj::my:own:Thing::other"},
		})
	}
}

func (a arbitrary) list(element func() resource.PropertyValue) resource.PropertyValue {
	list := make([]resource.PropertyValue, a.IntN(4))
	for i := range list {
		list[i] = element()
	}
	return resource.NewProperty(list)
}

func (a arbitrary) object(element func() resource.PropertyValue) resource.PropertyValue {
	m := resource.PropertyMap{}
	for range a.IntN(4) {
		m[resource.PropertyKey(names[a.IntN(len(names))])] = element()
	}
	return resource.NewProperty(m)
}
