package policy

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/workspace"
)

// script hands the pack resources as Pulumi does, and prints what it makes of
// one of them.
const script = `
import json, sys
from pulumi_policy import PolicyProviderResource, PolicyResource
from pulumi_policy.proxy import UNKNOWN_BOOLEAN_VALUE, unknown_checking_proxy
from state import UNKNOWN, Inputs

provider = PolicyProviderResource("pulumi:providers:aws", {}, "urn:aws", "aws")

def resource(urn, props, provider=provider):
    return PolicyResource("a:b:C", unknown_checking_proxy(props), urn, urn, None, provider, None, [], {})

component = resource("component", {}, None)
made = resource("made", {"id": "vpc-1", "ports": [443.0, 0.5], "tags": {"a": UNKNOWN}})
made.parent = component
new = resource("new", {"id": UNKNOWN, "vpcId": UNKNOWN, "asked": 1.0, "arn": UNKNOWN})
new.dependencies, new.property_dependencies = [made], {"vpcId": [made]}
found = resource("found", {"id": "vpc-2", "cidrBlock": "10.0.0.0/16"})

inputs = Inputs()
inputs.note("made", {"ports": [443.0, 0.5]})
inputs.note("new", unknown_checking_proxy({"vpcId": UNKNOWN, "on": UNKNOWN_BOOLEAN_VALUE}))
steps = inputs.preview([component, made, new, found])["steps"]
print(json.dumps(next(s for s in steps if s["urn"] == sys.argv[1])))
`

// TestWhatThePackTellsTheTool: what a policy is given says less than a preview,
// and must never come out as more than it is.
func TestWhatThePackTellsTheTool(t *testing.T) {
	t.Parallel()
	packages, err := workspace.PolicyPackages(t.Context(), sandbox.Root(t), os.Stderr)
	require.NoError(t, err)
	const unknown = `"04da6b54-80e4-46f7-96ec-b56ff0331ba9"`
	const made = `{"urn": "made", "type": "a:b:C", "custom": true, "id": "vpc-1", "parent": "component", "inputs": {"ports": [443, 0.5]},
		"outputs": {"id": "vpc-1", "ports": [443, 0.5], "tags": {"a": ` + unknown + `}}, "dependencies": [], "propertyDependencies": {}}`
	tests := map[string]struct{ resource, want string }{
		"a component": {"component", `{"urn": "component", "op": "create", "newState": {"urn": "component", "type": "a:b:C", "custom": false,
			"inputs": {}, "outputs": {}, "dependencies": [], "propertyDependencies": {}}}`},
		"what exists keeps what is unknown of it, and has its id": {"made", `{"urn": "made", "op": "same", "oldState": ` + made + `, "newState": ` + made + `}`},
		"what is to be made is what was asked for, known or not": {"new", `{"urn": "new", "op": "create", "newState": {"urn": "new", "type": "a:b:C", "custom": true,
			"inputs": {"vpcId": ` + unknown + `, "on": ` + unknown + `}, "outputs": {"asked": 1}, "dependencies": ["made"], "propertyDependencies": {"vpcId": ["made"]}}}`},
		"what nobody asked for was read": {"found", `{"urn": "found", "op": "read", "newState": {"urn": "found", "type": "a:b:C", "custom": true, "external": true, "id": "vpc-2",
			"inputs": {}, "outputs": {"id": "vpc-2", "cidrBlock": "10.0.0.0/16"}, "dependencies": [], "propertyDependencies": {}}}`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(filepath.Join(packages, "venv", "bin", "python"), "-B", "-", tt.resource)
			cmd.Dir = filepath.Join(sandbox.Root(t), "policy")
			cmd.Env = append(os.Environ(), "PYTHONPATH="+cmd.Dir)
			cmd.Stdin = strings.NewReader(script)
			out, err := cmd.CombinedOutput()
			require.NoError(t, err, string(out))
			require.JSONEq(t, tt.want, string(out))
		})
	}
}
