package provider

import (
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/ecsnet/pulumi-ecsnet/components"
	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

// invoke calls a function over gRPC, as the engine does.
func (h *harness) invoke(t testing.TB, name string, in resource.PropertyMap) (resource.PropertyMap, error) {
	t.Helper()
	args, err := plugin.MarshalProperties(in, keepAll)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := h.client.Invoke(t.Context(), &pulumirpc.InvokeRequest{Tok: "ecsnet:index:" + name, Args: args})
	if err != nil {
		return nil, err
	}
	if len(resp.GetFailures()) > 0 {
		t.Errorf("%s answers with failures, which the engine prints without their values: %v", name, resp.GetFailures())
	}
	out, err := plugin.UnmarshalProperties(resp.GetReturn(), keepAll)
	if err != nil {
		t.Fatal(err)
	}
	return out, nil
}

// values are the arguments of a call.
func values(of map[string]any) resource.PropertyMap { return resource.NewPropertyMapFromMap(of) }

// TestInvokeIsTheGoFunction: over gRPC a function returns what it returns in a
// Go program.
func TestInvokeIsTheGoFunction(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	two, private := 2, []components.SubnetTier{components.SubnetTierPrivate}
	gb, none, nginx := 100.5, "None", "nginx"
	tests := map[string]struct {
		function string
		args     map[string]any
		call     func() (any, error)
	}{
		"planSubnets without arguments": {"planSubnets", nil, func() (any, error) { return components.PlanSubnets(nil) }},
		"planSubnets": {
			"planSubnets",
			map[string]any{
				"cidrBlock": "10.1.0.0/16", "availabilityZones": []any{"us-east-1a", "", "us-east-1c"}, "tiers": []any{"Private"},
				"zoneCidrBlocks": map[string]any{"us-east-1c": "10.9.0.0/20"}, "maxAvailabilityZones": 2, "publicCidrBlocks": nil,
			},
			func() (any, error) {
				block := "10.1.0.0/16"
				return components.PlanSubnets(&components.PlanSubnetsArgs{
					CidrBlock: &block, AvailabilityZones: []string{"us-east-1a", "", "us-east-1c"}, Tiers: private,
					ZoneCidrBlocks: map[string]string{"us-east-1c": "10.9.0.0/20"}, MaxAvailabilityZones: &two,
				})
			},
		},
		"estimateMonthlyCost": {
			"estimateMonthlyCost",
			map[string]any{"region": "eu-north-1", "gbToServices": 100.5, "prices": map[string]any{
				"natGatewayHour": 0.046, "natGatewayGb": 0.046, "interfaceEndpointHour": 0.011, "interfaceEndpointGb": 0.01, "publicIpv4Hour": 0.005,
			}},
			func() (any, error) {
				return components.EstimateMonthlyCost(&components.EstimateMonthlyCostArgs{
					Region: "eu-north-1", GbToServices: &gb,
					Prices: &components.NetworkPricesArgs{NatGatewayHour: 0.046, NatGatewayGb: 0.046, InterfaceEndpointHour: 0.011, InterfaceEndpointGb: 0.01, PublicIpv4Hour: 0.005},
				})
			},
		},
		"neededEndpoints": {
			"neededEndpoints",
			map[string]any{"region": "us-east-1", "image": "nginx", "logDriver": "awslogs", "enableExecuteCommand": true, "secrets": map[string]any{
				"DB": "arn:aws:ssm:us-east-1:123456789012:parameter/db",
			}},
			func() (any, error) {
				driver, on := "awslogs", true
				return components.NeededEndpoints(&components.NeededEndpointsArgs{
					Region: "us-east-1", Image: &nginx, LogDriver: &driver, EnableExecuteCommand: &on,
					Secrets: map[string]string{"DB": "arn:aws:ssm:us-east-1:123456789012:parameter/db"},
				})
			},
		},
		"names as Python writes them in an object": {
			"checkTask",
			map[string]any{"loadBalancer": map[string]any{"availability_zones": []any{"us-east-1a"}, "application": nil}},
			func() (any, error) {
				return components.CheckTask(&components.CheckTaskArgs{
					LoadBalancer: &components.CheckedLoadBalancerArgs{AvailabilityZones: []string{"us-east-1a"}},
				})
			},
		},
		"checkTask, for which an empty list is not an unknown one": {
			"checkTask",
			map[string]any{"image": "nginx", "egress": "None", "endpointServices": []any{}, "logDriver": ""},
			func() (any, error) {
				empty := ""
				return components.CheckTask(&components.CheckTaskArgs{
					Image: &nginx, LogDriver: &empty, Egress: &none, EndpointServices: []string{},
				})
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, err := tt.call()
			if err != nil {
				t.Fatal(err)
			}
			out, err := h.invoke(t, tt.function, values(tt.args))
			if err != nil {
				t.Fatal(err)
			}
			got := reflect.New(reflect.TypeOf(want).Elem())
			decode(resource.NewProperty(out), got.Elem())
			if diff := cmp.Diff(want, got.Interface()); diff != "" {
				t.Errorf("(-in Go +over gRPC)\n%s", diff)
			}
		})
	}
}

// TestResultsHaveEveryRequiredProperty: the SDKs count on what the schema says
// is there, empty lists too.
func TestResultsHaveEveryRequiredProperty(t *testing.T) {
	t.Parallel()
	pkg, err := parsedSchema()
	if err != nil {
		t.Fatal(err)
	}
	h := newHarness(t)
	for name, args := range map[string]map[string]any{
		"planSubnets":         nil,
		"estimateMonthlyCost": {"region": "us-east-1"},
		"checkTask":           nil,
		"neededEndpoints":     {"region": "us-east-1"},
	} {
		out, err := h.invoke(t, name, values(args))
		if err != nil {
			t.Fatal(err)
		}
		f := pkg.Functions["ecsnet:index:"+name]
		wellFormed(t, pkg, name, f.Outputs.Properties, f.Outputs.Required, out)
	}
	if len(functions) != 4 {
		t.Error("a function is not in this test")
	}
}

// wellFormed fails the test unless an object has what the schema requires, and
// nothing that it does not have.
func wellFormed(t *testing.T, pkg *schema.Package, path string, properties map[string]schema.Property, required []string, got resource.PropertyMap) {
	t.Helper()
	for _, name := range required {
		if !got.HasValue(resource.PropertyKey(name)) {
			t.Errorf("%s has no %s", path, name)
		}
	}
	for key, value := range got {
		p, ok := properties[string(key)]
		if !ok {
			t.Errorf("%s has %s, which the schema has not", path, key)
		}
		spec, values := p.TypeSpec, []resource.PropertyValue{value}
		if value.IsArray() {
			spec, values = *spec.Items, value.ArrayValue()
		}
		for _, v := range values {
			if token, isObject := strings.CutPrefix(spec.Ref, schema.TypeRef); isObject && v.IsObject() {
				wellFormed(t, pkg, path+"."+string(key), pkg.Types[token].Properties, pkg.Types[token].Required, v.ObjectValue())
			}
		}
	}
}

func TestInvokeFaults(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	secret := func(v any) resource.PropertyValue { return resource.MakeSecret(resource.NewPropertyValue(v)) }
	later := resource.NewProperty(resource.Output{Element: resource.NewProperty(""), Known: false})
	tests := map[string]struct {
		function string
		args     resource.PropertyMap
		want     string
	}{
		"a name that is not there": {
			"planSubnets", values(map[string]any{"cidr_block": "10.0.0.0/16"}),
			"cidr_block: is not an argument of planSubnets; did you mean cidrBlock?",
		},
		"a required argument": {
			"estimateMonthlyCost", values(nil),
			`region: is required; it is documented as: AWS Region, such as "us-east-1"`,
		},
		"types": {
			"planSubnets", values(map[string]any{"cidrBlock": 10, "maxAvailabilityZones": "4", "numberOfAvailabilityZones": 1.5, "availabilityZones": "us-east-1a", "tiers": []any{"private", nil}}),
			`6 arguments are wrong:
    - availabilityZones: "us-east-1a" is a string; it must be a list
    - cidrBlock: 10 is a number; it must be a string; write "10"
    - maxAvailabilityZones: "4" is a string; it must be a whole number; write 4
    - numberOfAvailabilityZones: 1.5 is a fraction; it must be a whole number; write 1 or 2
    - tiers[0]: "private" is not a value of SubnetTier; did you mean "Private"? The values are "Private", "Public", "Data"
    - tiers[1]: has no value; write one or leave it out`,
		},
		"inside an object": {
			"estimateMonthlyCost", values(map[string]any{"region": "x", "prices": map[string]any{"natGatewayHour": "cheap", "natGatewayGB": 1}}),
			`6 arguments are wrong:
    - prices.natGatewayGB: is not an argument of NetworkPrices; did you mean natGatewayGb?
    - prices.natGatewayHour: "cheap" is a string; it must be a number
    - prices.interfaceEndpointGb: is required; it is documented as: A gigabyte through an interface endpoint
    - prices.interfaceEndpointHour: is required; it is documented as: One interface endpoint in one zone for an hour
    - prices.natGatewayGb: is required; it is documented as: A gigabyte through a NAT gateway
    - prices.publicIpv4Hour: is required; it is documented as: One public IPv4 address for an hour; 0 for addresses that you brought to AWS`,
		},
		"both ways of writing a name": {
			"checkTask", values(map[string]any{"fileSystems": map[string]any{"data": map[string]any{"admitsTasks": true, "admits_tasks": false, "admits_Tasks": true, "_": 1}}}),
			`3 arguments are wrong:
    - fileSystems["data"]._: is not an argument of CheckedFileSystem; it takes admitsTasks, availabilityZones
    - fileSystems["data"].admits_Tasks: is not an argument of CheckedFileSystem; did you mean admitsTasks?
    - fileSystems["data"].admits_tasks: is not an argument of CheckedFileSystem; did you mean admitsTasks?`,
		},
		"the function's own": {
			"planSubnets", values(map[string]any{"cidrBlock": "10.0.0.1/16", "numberOfAvailabilityZones": 3}),
			`2 arguments are wrong:
    - numberOfAvailabilityZones: 3 is not in the range 1 to maxAvailabilityZones, 2; choose a number in that range; a new VPC takes maxAvailabilityZones 4 or 8
    - cidrBlock: "10.0.0.1/16" has host bits set; write "10.0.0.0/16"`,
		},
		"what is not known": {
			"planSubnets",
			resource.PropertyMap{"cidrBlock": later, "availabilityZones": resource.NewProperty([]resource.PropertyValue{resource.MakeComputed(resource.NewProperty(""))})},
			`2 arguments are wrong:
    - availabilityZones[0]: is not known yet; call the form of the function that takes outputs: it waits for them
    - cidrBlock: is not known yet; call the form of the function that takes outputs: it waits for them`,
		},
		"a required argument that is null inside": {
			"estimateMonthlyCost", resource.PropertyMap{"region": resource.NewProperty(resource.Output{Element: resource.NewNullProperty(), Known: true})},
			`region: is required; it is documented as: AWS Region, such as "us-east-1"`,
		},
		"a secret of the wrong type": {
			"planSubnets", resource.PropertyMap{"cidrBlock": secret(10)},
			"cidrBlock: (a secret value) is a number; it must be a string",
		},
		"a wrong argument beside a secret": {
			"planSubnets", resource.PropertyMap{"cidrBlock": secret("10.0.0.1/16")},
			"cidrBlock: is wrong; the values are not shown, because an argument of this call is a secret",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := h.invoke(t, tt.function, tt.args)
			if status.Code(err) != codes.InvalidArgument {
				t.Errorf("the code is %v", status.Code(err))
			}
			if diff := cmp.Diff(tt.want, status.Convert(err).Message()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestSecretsAndOutputs: a function takes a value whatever is around it, and
// what follows from a secret is one.
func TestSecretsAndOutputs(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	plain, err := h.invoke(t, "planSubnets", values(map[string]any{"cidrBlock": "10.3.0.0/16", "tiers": []any{"Public"}}))
	if err != nil {
		t.Fatal(err)
	}
	text := resource.NewProperty("10.3.0.0/16")
	public := resource.NewProperty("Public")
	output := func(v resource.PropertyValue, secret bool) resource.PropertyValue {
		return resource.NewProperty(resource.Output{Element: v, Known: true, Secret: secret, Dependencies: []resource.URN{"urn:pulumi:s::p::t::n"}})
	}
	for name, tt := range map[string]struct {
		block, tier resource.PropertyValue
		secret      bool
	}{
		"an output":                {output(text, false), public, false},
		"an output in a list":      {text, output(public, false), false},
		"a secret":                 {resource.MakeSecret(text), public, true},
		"a secret in a list":       {text, resource.MakeSecret(public), true},
		"a secret output":          {output(text, true), public, true},
		"a secret within a secret": {resource.MakeSecret(output(text, false)), public, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, err := h.invoke(t, "planSubnets", resource.PropertyMap{"cidrBlock": tt.block, "tiers": resource.NewProperty([]resource.PropertyValue{tt.tier})})
			if err != nil {
				t.Fatal(err)
			}
			bare := resource.PropertyMap{}
			for key, v := range out {
				secret := v.IsSecret() || v.IsOutput() && v.OutputValue().Secret
				if secret != tt.secret {
					t.Errorf("%s is a secret: %v, want %v", key, secret, tt.secret)
				}
				switch {
				case v.IsSecret():
					v = v.SecretValue().Element
				case v.IsOutput():
					v = v.OutputValue().Element
				}
				bare[key] = v
			}
			if diff := cmp.Diff(plain.Mappable(), bare.Mappable()); diff != "" {
				t.Errorf("(-plain +got)\n%s", diff)
			}
		})
	}
}

func TestUnknownFunction(t *testing.T) {
	t.Parallel()
	_, err := newHarness(t).invoke(t, "planSubnet", nil)
	want := `ecsnet ` + Version + ` has no function "planSubnet"; it has checkTask, estimateMonthlyCost, neededEndpoints, planSubnets. ` +
		"If the program is right, its ecsnet package is of another version than this plugin"
	if status.Code(err) != codes.NotFound || status.Convert(err).Message() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

type panicsArgs struct{}

type panicsResult struct{}

// TestPanicInAFunction: a panic ends the call and not the plugin.
func TestPanicInAFunction(t *testing.T) {
	t.Parallel()
	f := serveFunction(func(*panicsArgs) (*panicsResult, error) { panic("on purpose") })
	_, err := f.call(nil)
	if err == nil || !strings.Contains(err.Error(), "panics failed inside the plugin: on purpose") || !strings.Contains(err.Error(), "please report it") {
		t.Errorf("got %v", err)
	}
}

// TestArbitraryCalls gives functions values that mostly fit the schema and mean
// little: an answer or an error that means something, never a panic.
func TestArbitraryCalls(t *testing.T) {
	t.Parallel()
	const tries = 3000
	pkg, err := parsedSchema()
	if err != nil {
		t.Fatal(err)
	}
	h := newHarness(t)
	a := arbitrary{pkg: pkg, Rand: rand.New(rand.NewPCG(3, 4))}
	answers := 0
	for range tries {
		f := functions[a.IntN(len(functions))]
		shape := pkg.Functions[f.Token].Inputs
		args := resource.PropertyMap{}
		for _, name := range slices.Sorted(maps.Keys(shape.Properties)) {
			if slices.Contains(shape.Required, name) || a.IntN(4) == 0 {
				args[resource.PropertyKey(name)] = a.of(shape.Properties[name].TypeSpec)
			}
		}
		name := schema.ShortName(f.Token)
		out, err := h.invoke(t, name, args)
		if err == nil {
			answers++
			if !out.ContainsSecrets() {
				wellFormed(t, pkg, name, pkg.Functions[f.Token].Outputs.Properties, pkg.Functions[f.Token].Outputs.Required, out)
			}
			continue
		}
		message := status.Convert(err).Message()
		for _, noise := range []string{
			"failed inside the plugin", "runtime error", "marshal", "reading the arguments", "rpc error", "reflect", "*string", "components.",
		} {
			if strings.Contains(message, noise) {
				t.Errorf("%s with %v: the error says %q:\n%s", f.Name, args, noise, message)
			}
		}
	}
	if answers < tries/20 {
		t.Errorf("only %d of %d calls were answered", answers, tries)
	}
}
