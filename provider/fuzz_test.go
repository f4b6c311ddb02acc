package provider

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"google.golang.org/grpc/status"

	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

// FuzzConstruct gives one argument of one component an arbitrary value. The
// plugin must answer with a component or with an error that means something to
// the person who wrote that value: never a panic, never Go's or gRPC's words.
func FuzzConstruct(f *testing.F) {
	pkg, err := parsedSchema()
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		`null`, `""`, `"x"`, `-1`, `1.5`, `1e18`, `true`, `[]`, `[""]`, `["a", "a"]`, `{}`, `{"a": "b"}`, `{"": {"": null}}`,
		`"10.0.0.0/16"`, `["us-east-1a", ""]`, `{"us-east-1c": "10.1.0.0/20"}`, `["sqs", "s3", "com.amazonaws.us-east-1.sqs"]`,
		`{"web": {"port": 80, "cidrBlock": "10.0.0.0/8"}}`, `{"web": {"fromPort": 9, "toPort": 1, "securityGroupId": ""}}`,
		`"arn:aws:iam::123456789012:role/x"`, `{"A": "arn:aws:secretsmanager:us-east-1:123456789012:secret:x-AbCdEf:k::"}`,
		`"public.ecr.aws/x/y@sha256:0"`, `{"trafficType": "All", "retentionInDays": 2}`, `{"createMinutes": 0}`, `2147483648`,
	} {
		for component := range len(all) {
			f.Add(uint8(component), uint8(len(seed)), seed)
		}
	}
	h := newHarness(f)
	values := examples(f, h)
	f.Fuzz(func(t *testing.T, component, property uint8, text string) {
		var doc any
		if json.Unmarshal([]byte(text), &doc) != nil {
			return
		}
		c := all[int(component)%len(all)]
		r := pkg.Resources[c.Token]
		names := slices.Sorted(maps.Keys(r.InputProperties))
		name := names[int(property)%len(names)]
		short := schema.ShortName(c.Token)
		args := required(t, values, short, r)
		args[resource.PropertyKey(name)] = resource.NewPropertyValue(doc)
		_, err := h.construct(t, short+" x", args)
		h.engine.forget()
		if err == nil {
			return
		}
		message := status.Convert(err).Message()
		for _, noise := range []string{"failed inside the plugin", "goroutine", "runtime error", "marshaling", "awaiting input", "rpc error", "reflect", "*string"} {
			if strings.Contains(message, noise) && !strings.Contains(text, noise) {
				t.Errorf("%s.%s = %s: the error says %q:\n%s", short, name, text, noise, message)
			}
		}
	})
}

// The same at an update, where every value is known.
func TestOutputsAreKnownAfterAnUpdate(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.engine.dryRun = false
	made := constructAll(t, h, more)
	if len(made) != len(all) {
		t.Errorf("made %d components of %d", len(made), len(all))
	}
	for token, resp := range made {
		for name, v := range outputs(t, resp) {
			if v.ContainsUnknowns() {
				t.Errorf("%s.%s is unknown after an update: %v", schema.ShortName(token), name, v)
			}
		}
	}
}
