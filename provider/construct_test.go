package provider

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

type props = map[string]any

func in(m props) resource.PropertyMap { return resource.NewPropertyMapFromMap(m) }

const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1"

const clusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/main"

// reference is how a program passes a component to another.
func reference(urn, version string) resource.PropertyValue {
	return resource.NewProperty(resource.ResourceReference{URN: resource.URN(urn), PackageVersion: version})
}

func unknown() resource.PropertyValue {
	return resource.MakeComputed(resource.NewProperty(""))
}

func outputOf(v resource.PropertyValue, deps ...resource.URN) resource.PropertyValue {
	return resource.NewProperty(resource.Output{Element: v, Known: true, Dependencies: deps})
}

func TestConstructRegistersTheComponentAndItsChildren(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	resp, err := h.construct(t, "IsolatedVpc net", in(props{"availabilityZones": []any{"us-east-1a", "us-east-1b"}}))
	if err != nil {
		t.Fatal(err)
	}
	if want := "urn:pulumi:stack::proj::ecsnet:index:IsolatedVpc::net"; resp.GetUrn() != want {
		t.Errorf("URN is %s, want %s", resp.GetUrn(), want)
	}
	for _, r := range h.engine.all()[1:] {
		if r.req.GetParent() != resp.GetUrn() {
			t.Errorf("%s has the parent %s", r.urn, r.req.GetParent())
		}
	}
	if got := len(h.engine.ofType("ec2/subnet:Subnet")); got != 2 {
		t.Errorf("registered %d subnets, want 2", got)
	}
	out := outputs(t, resp)
	if !out["vpcId"].IsComputed() {
		t.Errorf("vpcId at preview is %v, want unknown", out["vpcId"])
	}
	if got := out["egress"]; !got.IsString() || got.StringValue() != "None" {
		t.Errorf("egress is %v, want None", got)
	}
}

// A service must learn at the first preview what its network can do, whatever
// the component behind the reference and whatever version of ecsnet made it.
func TestNetworksAreReadBackFromReferences(t *testing.T) {
	t.Parallel()
	for name, network := range map[string]string{
		"IsolatedVpc": "IsolatedVpc net",
		"Network":     "Network net",
	} {
		for _, version := range []string{"", Version, "0.0.1", "0.99.0"} {
			t.Run(name+"@"+version, func(t *testing.T) {
				t.Parallel()
				h := newHarness(t)
				args := props{"availabilityZones": []any{"us-east-1a"}}
				if name == "Network" {
					args = props{"vpcId": "vpc-1", "subnetIds": []any{"subnet-1"}, "egress": "None", "endpointSecurityGroupId": "sg-1"}
				}
				vpc, err := h.construct(t, network, in(args))
				if err != nil {
					t.Fatal(err)
				}
				args = props{"clusterArn": clusterArn, "image": image}
				service := in(args)
				service["network"] = reference(vpc.GetUrn(), version)
				if _, err := h.construct(t, "FargatePrivateService api", service); err != nil {
					t.Fatal(err)
				}
				if len(h.engine.ofType("ecs/service:Service")) != 1 {
					t.Error("no ECS service was registered")
				}
				rules := h.engine.ofType("vpc/securityGroupEgressRule")
				for _, r := range rules {
					if cidr := r.inputs["cidrIpv4"]; cidr.IsString() && cidr.StringValue() == "0.0.0.0/0" {
						t.Errorf("%s opens an isolated network to the internet: the network was not read back", r.urn)
					}
				}
			})
		}
	}
}

// Options reach the component as they are; its children inherit from it.
func TestConstructForwardsEveryOption(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	const parent = "urn:pulumi:stack::proj::my:own:Parent::top"
	const other = "urn:pulumi:stack::proj::my:own:Thing::other"
	const aws = "urn:pulumi:stack::proj::pulumi:providers:aws::eu::" + providerID
	protect, retain, before := true, true, true
	_, err := h.construct(t, "IsolatedVpc net", in(props{"availabilityZones": []any{"us-east-1a"}}), func(req *pulumirpc.ConstructRequest) {
		req.Parent = parent
		req.Aliases = []*pulumirpc.Alias{
			{Alias: &pulumirpc.Alias_Urn{Urn: "urn:pulumi:stack::proj::ecsnet:index:IsolatedVpc::old"}},
			{Alias: &pulumirpc.Alias_Spec_{Spec: &pulumirpc.Alias_Spec{Name: "older"}}},
		}
		req.Protect = &protect
		req.Providers = map[string]string{"aws": aws}
		req.Dependencies = []string{other}
		req.CustomTimeouts = &pulumirpc.ConstructRequest_CustomTimeouts{Create: "10m", Update: "11m", Delete: "12m"}
		req.IgnoreChanges = []string{"tags"}
		req.ReplaceOnChanges = []string{"cidrBlock"}
		req.AdditionalSecretOutputs = []string{"vpcId"}
		req.DeletedWith = other
		req.RetainOnDelete = &retain
		req.DeleteBeforeReplace = &before
		req.ReplaceWith = []string{other}
		req.ResourceHooks = &pulumirpc.ConstructRequest_ResourceHooksBinding{AfterCreate: []string{"tell"}}
	})
	if err != nil {
		t.Fatal(err)
	}
	got := h.engine.ofType("ecsnet:index:IsolatedVpc")[0].req
	type options struct {
		Parent, DeletedWith                                            string
		Aliases, Dependencies, Ignore, ReplaceOn, Secrets, With, Hooks []string
		Create, Update, Delete                                         string
		Protect, Retain                                                bool
		Providers                                                      map[string]string
	}
	aliases := func(list []*pulumirpc.Alias) (names []string) {
		for _, a := range list {
			names = append(names, a.GetUrn()+a.GetSpec().GetName())
		}
		return names
	}
	want := options{
		Parent: parent, DeletedWith: other,
		Aliases:      []string{"urn:pulumi:stack::proj::ecsnet:index:IsolatedVpc::old", "older"},
		Dependencies: []string{other}, Ignore: []string{"tags"}, ReplaceOn: []string{"cidrBlock"},
		Secrets: []string{"vpcId"}, With: []string{other}, Hooks: []string{"tell"},
		Create: "10m", Update: "11m", Delete: "12m", Protect: true, Retain: true,
		Providers: map[string]string{"aws": aws},
	}
	have := options{
		Parent: got.GetParent(), DeletedWith: got.GetDeletedWith(),
		Aliases:      aliases(got.GetAliases())[:2], // more may follow: a component's own
		Dependencies: got.GetDependencies(), Ignore: got.GetIgnoreChanges(), ReplaceOn: got.GetReplaceOnChanges(),
		Secrets: got.GetAdditionalSecretOutputs(), With: got.GetReplaceWith(), Hooks: got.GetHooks().GetAfterCreate(),
		Create: got.GetCustomTimeouts().GetCreate(), Update: got.GetCustomTimeouts().GetUpdate(), Delete: got.GetCustomTimeouts().GetDelete(),
		Protect: got.GetProtect(), Retain: got.GetRetainOnDelete(),
		Providers: got.GetProviders(),
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("options (-want +got)\n%s", diff)
	}
	for _, r := range h.engine.ofType("aws:") {
		if r.req.GetProvider() != aws {
			t.Errorf("%s uses the provider %q, not the one that was handed down", r.urn, r.req.GetProvider())
		}
	}
	for _, call := range h.engine.calls {
		if strings.HasPrefix(call.GetTok(), "aws:") && call.GetProvider() != aws {
			t.Errorf("%s uses the provider %q, not the one that was handed down", call.GetTok(), call.GetProvider())
		}
	}
}

// What another resource decides later must not stop a preview.
func TestUnknownInputsAtPreview(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	vpc, err := h.construct(t, "IsolatedVpc net", in(props{"availabilityZones": []any{"us-east-1a"}}))
	if err != nil {
		t.Fatal(err)
	}
	args := resource.PropertyMap{
		"network":    outputOf(reference(vpc.GetUrn(), Version), resource.URN(vpc.GetUrn())),
		"clusterArn": unknown(),
		"image":      unknown(),
		"environment": resource.NewProperty(resource.PropertyMap{
			"QUEUE": unknown(),
			"TOKEN": resource.MakeSecret(resource.NewProperty("hush")),
		}),
		"ingressRules": resource.NewProperty(resource.PropertyMap{
			"web": resource.NewProperty(resource.PropertyMap{
				"port":            resource.NewProperty(8080.0),
				"securityGroupId": unknown(),
			}),
		}),
	}
	deps := &pulumirpc.ConstructRequest_PropertyDependencies{Urns: []string{"urn:pulumi:stack::proj::aws:sqs/queue:Queue::q"}}
	_, err = h.construct(t, "FargatePrivateService api", args, func(req *pulumirpc.ConstructRequest) {
		req.InputDependencies = map[string]*pulumirpc.ConstructRequest_PropertyDependencies{
			"clusterArn": deps, "image": deps, "environment": deps, "ingressRules": deps,
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(h.engine.ofType("ecs/service:Service")) != 1 {
		t.Error("no ECS service was registered")
	}
}

// Whatever its type, an unknown value travels as an unknown string.
func TestUnknownListsAndNetworksAtPreview(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	if _, err := h.construct(t, "Network shared", resource.PropertyMap{
		"vpcId": unknown(), "subnetIds": unknown(), "egress": resource.NewProperty("None"),
		"endpointServices": resource.MakeSecret(unknown()), "publicSubnetIds": resource.NewProperty(resource.Output{}),
	}); err != nil {
		t.Error(err)
	}
	_, err := h.construct(t, "FargatePrivateService api", resource.PropertyMap{
		"network": unknown(), "image": resource.NewProperty(image), "clusterArn": resource.NewProperty(clusterArn),
		"command": unknown(), "tags": unknown(),
	})
	const want = "network: is not known at preview"
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("a network that is not known is answered by %v, want %q", err, want)
	}
}

// badInputs are programs that got past the types of their language.
var badInputs = map[string]struct {
	component string
	in        resource.PropertyMap
	want      []string
}{
	"misspelt name": {
		"IsolatedVpc net", in(props{"cidr_block": "10.0.0.0/16"}),
		[]string{"cidr_block: is not an argument of IsolatedVpc; did you mean cidrBlock?"},
	},
	"value outside an enum": {
		"IsolatedVpc net", in(props{"endpointAccess": "per-service"}),
		[]string{`endpointAccess: "per-service" is not a value of EndpointAccess; did you mean "PerService"?`},
	},
	"fraction": {
		"IsolatedVpc net", in(props{"maxAvailabilityZones": 2.5}),
		[]string{"maxAvailabilityZones: 2.5 is a fraction; it must be a whole number; write 2 or 3"},
	},
	"number as text": {
		"IsolatedVpc net", in(props{"maxAvailabilityZones": "4"}),
		[]string{`maxAvailabilityZones: "4" is a string; it must be a whole number; write 4`},
	},
	"number in a list of texts": {
		"IsolatedVpc net", in(props{"endpointServices": []any{"logs", 5.0}}),
		[]string{`endpointServices[1]: 5 is a number; it must be a string; write "5"`},
	},
	"nested, all at once": {
		"IsolatedVpc net", in(props{"flowLogs": props{"trafficTypes": "All", "retentionInDays": true}, "cidr": "x"}),
		[]string{
			"3 arguments are wrong:",
			"cidr: is not an argument of IsolatedVpc",
			"flowLogs.retentionInDays: true is a boolean; it must be a whole number",
			"flowLogs.trafficTypes: is not an argument of FlowLogs; did you mean trafficType?",
		},
	},
	"missing": {
		"Network net", in(props{"vpcId": nil, "egress": "None"}),
		[]string{"subnetIds: is required", "vpcId: is required"},
	},
	"secret that shapes": {
		"IsolatedVpc net", resource.PropertyMap{"cidrBlock": resource.MakeSecret(resource.NewProperty("10.9.0.0/16"))},
		[]string{"cidrBlock: is a secret, but decides which resources there are"},
	},
	"unknown that shapes": {
		"IsolatedVpc net", resource.PropertyMap{"cidrBlock": unknown()},
		[]string{"cidrBlock: is not known yet, but decides which resources there are"},
	},
	"id in place of a network": {
		"FargatePrivateService api", in(props{"image": image, "clusterArn": clusterArn, "network": "vpc-123"}),
		[]string{`network: "vpc-123" is a string, not a component; pass the IsolatedVpc, `},
	},
	"component that is no network": {
		"FargatePrivateService api", resource.PropertyMap{
			"image": resource.NewProperty(image), "clusterArn": resource.NewProperty(clusterArn),
			"network": reference("urn:pulumi:stack::proj::ecsnet:index:EcsCluster::main", Version),
		},
		[]string{`network: "main" is a resource of type ecsnet:index:EcsCluster; pass the IsolatedVpc, `},
	},
	"text in place of a cluster": {
		"FargatePrivateService api", in(props{"image": image, "cluster": clusterArn}),
		[]string{`cluster: "` + clusterArn + `" is a string, not a component; pass the EcsCluster itself`},
	},
	"network in place of a cluster": {
		"FargatePrivateService api", resource.PropertyMap{
			"image": resource.NewProperty(image), "cluster": reference("urn:pulumi:stack::proj::ecsnet:index:IsolatedVpc::net", Version),
		},
		[]string{`cluster: "net" is a resource of type ecsnet:index:IsolatedVpc; pass the EcsCluster itself`},
	},
	"capacity providers": {
		"FargatePrivateService api", in(props{"image": image, "clusterArn": clusterArn, "capacityProviders": props{
			"FARGATE": props{"wieght": 1}, "FARGATE_SPOT": props{"base": "1"},
		}}),
		[]string{
			`capacityProviders["FARGATE"].wieght: is not an argument of CapacityProvider; did you mean weight?`,
			`capacityProviders["FARGATE_SPOT"].base: "1" is a string; it must be a whole number; write 1`,
		},
	},
	"form and values at once": {
		"FargatePrivateService api", in(props{
			"image": "My Image", "clusterArn": "main", "desiredCont": 2.0, "cpuArchitecture": "arm", "cpu": "1024", "memoryMib": 8192.0, "desiredCount": -1.0,
		}),
		[]string{
			"7 arguments are wrong:", "desiredCont: is not an argument", `cpuArchitecture: "arm" is not a value of`, `cpu: "1024" is a string`,
			"network: is required", `image: "My Image" has a blank in it`, `clusterArn: "main" is not an ARN`, "desiredCount: -1 is below 0",
		},
	},
	"form and values in an object at once": {
		"FargatePrivateService api", in(props{
			"image": image, "clusterArn": clusterArn,
			"timeouts": props{"creatMinutes": 5.0, "updateMinutes": "5", "deleteMinutes": 0.0},
			"ingressRules": props{
				"office": props{"port": 70000.0, "cidrBlock": "10.0.0.0/8", "description": 5.0}, "vpn": 7.0, "lab": props{"port": 80.0, "cidrBlok": "10.0.0.0/8"},
			},
		}),
		[]string{
			"8 arguments are wrong:", "timeouts.creatMinutes: is not an argument of ServiceTimeouts; did you mean createMinutes?",
			`timeouts.updateMinutes: "5" is a string`, "timeouts.deleteMinutes: 0 is below 1",
			`ingressRules["office"].description: 5 is a number`, `ingressRules["office"].port: 70000 is not a port`,
			`ingressRules["vpn"]: 7 is a number; it must be an object`, `ingressRules["lab"].cidrBlok: is not an argument of Rule; did you mean cidrBlock?`,
			"network: is required",
		},
	},
	"not known in an object": {
		"FargatePrivateService api", resource.PropertyMap{
			"image": resource.NewProperty(image), "clusterArn": resource.NewProperty(clusterArn),
			"timeouts": resource.NewProperty(resource.PropertyMap{"createMinutes": unknown(), "deleteMinutes": resource.NewProperty(0.0)}),
		},
		[]string{"3 arguments are wrong:", "timeouts.createMinutes: is not known yet, but decides", "timeouts.deleteMinutes: 0 is below 1", "network: is required"},
	},
	"form and values of a network at once": {
		"IsolatedVpc net", in(props{"cidrBlock": "10.0.0.1/16", "endpointPolicies": "open", "endpointServices": []any{"No such"}}),
		[]string{
			`endpointPolicies: "open" is not a value`, `cidrBlock: "10.0.0.1/16" has host bits set; write "10.0.0.0/16"`, `endpointServices[0]: "No such"`,
		},
	},
	"the constructor's own rule": {
		"Network net", in(props{"vpcId": "vpc-1", "subnetIds": []any{}, "egress": "Everything"}),
		[]string{`egress: "Everything" is not a known value`, "subnetIds: "},
	},
}

func TestBadInputsAreOneErrorAndNothingIsRegistered(t *testing.T) {
	t.Parallel()
	for name, tt := range badInputs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t)
			_, err := h.construct(t, tt.component, tt.in)
			if err == nil {
				t.Fatal("it was accepted")
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not say %q:\n%v", want, err)
				}
			}
			for _, noise := range []string{"marshaling", "awaiting", "unmarshaling", "components.", "pulumi.String", "hush"} {
				if strings.Contains(err.Error(), noise) {
					t.Errorf("the error says %q, which means nothing to a user:\n%v", noise, err)
				}
			}
			// A network component asks AWS for its zones through its own provider,
			// so it is there, without children.
			if got := h.engine.ofType("aws:"); len(got) > 0 {
				t.Errorf("%s was registered", got[0].urn)
			}
		})
	}
}

// A secret's value must not show in an error.
func TestErrorsHideSecrets(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	_, err := h.construct(t, "FargatePrivateService api", resource.PropertyMap{
		"image": resource.MakeSecret(resource.NewProperty(123.0)),
		"environment": resource.NewProperty(resource.PropertyMap{
			"TOKEN": resource.MakeSecret(resource.NewProperty([]resource.PropertyValue{resource.NewProperty("hush")})),
		}),
	})
	if err == nil {
		t.Fatal("it was accepted")
	}
	for _, secret := range []string{"hush", "123"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("the error shows %q:\n%v", secret, err)
		}
	}
	for _, want := range []string{"image: (a secret value) is a number; it must be a string", `environment["TOKEN"]: (a secret value) is a list; it must be a string`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q:\n%v", want, err)
		}
	}
}

// cluster is a reference to an EcsCluster.
func cluster(t testing.TB, h *harness, name string, args props) resource.PropertyValue {
	t.Helper()
	resp, err := h.construct(t, "EcsCluster "+name, in(args))
	if err != nil {
		t.Fatal(err)
	}
	return reference(resp.GetUrn(), Version)
}

// examples are values for the required arguments of any component.
func examples(t testing.TB, h *harness) resource.PropertyMap {
	t.Helper()
	network := func(component string) resource.PropertyValue {
		args := props{"availabilityZones": []any{"us-east-1a", "us-east-1b"}}
		if component == "IsolatedVpc" {
			args["ecsOnEc2"] = true
		}
		resp, err := h.construct(t, component+" for-"+component, in(args))
		if err != nil {
			t.Fatal(err)
		}
		return reference(resp.GetUrn(), Version)
	}
	values := in(props{
		"image": image, "clusterArn": clusterArn, "clusterName": "main", "capacityProviderName": "hosts",
		"vpcId": "vpc-1", "subnetIds": []any{"subnet-1"}, "egress": "None",
	})
	values["network"] = network("IsolatedVpc")
	values["Ec2Capacity.network"] = network("NatNetwork")
	values["FargatePublicService.network"] = network("PublicNetwork")
	values["cluster"] = cluster(t, h, "apps", props{})
	values["Ec2Service.cluster"] = cluster(t, h, "of-hosts", props{"capacityProviders": []any{}})
	return values
}

// required picks the values of a component's required arguments from the examples.
func required(t testing.TB, values resource.PropertyMap, component string, r schema.Resource) resource.PropertyMap {
	t.Helper()
	args := resource.PropertyMap{}
	names := slices.Clone(r.RequiredInputs)
	if _, either := r.InputProperties["clusterArn"]; either {
		names = append(names, "cluster") // one of the two
	}
	for _, name := range names {
		key := resource.PropertyKey(name)
		value, ok := values[resource.PropertyKey(component+".")+key]
		if !ok {
			value, ok = values[key]
		}
		if !ok {
			t.Errorf("examples has no value for %s of %s; add one", key, component)
		}
		args[key] = value
	}
	return args
}

// constructAll builds one of every component, named x, from the examples and
// what more adds to them.
func constructAll(t *testing.T, h *harness, more map[string]props) map[string]*pulumirpc.ConstructResponse {
	t.Helper()
	pkg, err := parsedSchema()
	if err != nil {
		t.Fatal(err)
	}
	values, made := examples(t, h), map[string]*pulumirpc.ConstructResponse{}
	for _, c := range all {
		name := strings.TrimPrefix(c.Token, "ecsnet:index:")
		args := in(more[name])
		maps.Copy(args, required(t, values, name, pkg.Resources[c.Token]))
		resp, err := h.construct(t, name+" x", args)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		made[c.Token] = resp
	}
	return made
}

func TestEveryComponentRegistersItsTokenAndSetsItsOutputs(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	pkg, err := parsedSchema()
	if err != nil {
		t.Fatal(err)
	}
	for token, resp := range constructAll(t, h, nil) {
		if want := "urn:pulumi:stack::proj::" + token + "::x"; resp.GetUrn() != want {
			t.Errorf("%s registers %s", token, resp.GetUrn())
		}
		out := outputs(t, resp)
		for property := range pkg.Resources[token].Properties {
			if _, set := out[resource.PropertyKey(property)]; !set {
				t.Errorf("%s does not set its output %s", token, property)
			}
		}
	}
}
