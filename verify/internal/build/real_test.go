package build_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/build"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// A first preview, where nothing has an id, shows the network that then stands,
// in every language.
func TestPreviewIsTheStack(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ preview, export string }{
		"isolated service, YAML":       {"isolated-service.yaml.preview", "isolated-service.yaml.export"},
		"isolated service, TypeScript": {"isolated-service.typescript.preview", "isolated-service.yaml.export"},
		"isolated service, Python":     {"isolated-service.python.preview", "isolated-service.yaml.export"},
		"isolated service, Go":         {"isolated-service.go.preview", "isolated-service.yaml.export"},
		"isolated service, once more":  {"isolated-service.yaml.again", "isolated-service.yaml.export"},
		"load balancer, YAML":          {"nat-behind-alb.yaml.preview", "nat-behind-alb.yaml.export"},
		"load balancer, Go":            {"nat-behind-alb.go.preview", "nat-behind-alb.yaml.export"},
		"hosts":                        {"isolated-ec2.yaml.preview", "isolated-ec2.yaml.export"},
		"public tasks":                 {"public-game-server.yaml.preview", "public-game-server.yaml.export"},
		"NAT gateways":                 {"payment-worker.yaml.preview", "payment-worker.yaml.export"},
		"a network alone":              {"two-stacks.yaml.network.preview", "two-stacks.yaml.network.export"},
		"a service alone, once more":   {"two-stacks.yaml.service.again", "two-stacks.yaml.service.export"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, got := build.Network(recorded(t, tt.export)), build.Network(recorded(t, tt.preview))
			if diff := cmp.Diff(describe(want), describe(got)); diff != "" {
				t.Errorf("(-export +preview)\n%s", diff)
			}
		})
	}
}

// Which subnets an API's VPC link takes is not known before the first update: a
// program may name some of them.
func TestPreviewOfLink(t *testing.T) {
	t.Parallel()
	want, got := describe(build.Network(recorded(t, "isolated-api.yaml.export"))), describe(build.Network(recorded(t, "isolated-api.yaml.preview")))
	differ := slices.DeleteFunc(got, func(line string) bool { return slices.Contains(want, line) })
	assert.Equal(t, []string{"integration Integration web-all-integration: public No, IPv6 No, unfiltered false, candidates true, forwards No"},
		replaced(differ))
}

// numbers of answers as words.
var numbers = strings.NewReplacer(" -1", " No", " 0", " Maybe", " 1", " Yes")

// replaced writes the numbers of answers as words.
func replaced(lines []string) []string {
	words := regexp.MustCompile(`(public|IPv6|forwards|keeps|private DNS|maps|internal|blocks|attached) (-?[01])( -?[01])?`)
	for i := range lines {
		lines[i] = words.ReplaceAllStringFunc(lines[i], func(match string) string {
			return numbers.Replace(match)
		})
	}
	return lines
}

func TestIsolatedService(t *testing.T) {
	t.Parallel()
	n := build.Network(recorded(t, "isolated-service.yaml.export"))
	require.Len(t, n.VPCs, 1)
	require.Len(t, n.Services, 1)
	assert.Empty(t, n.Doubts)
	v, s := n.VPCs[0], n.Services[0]
	assert.Len(t, v.Subnets, 2)
	assert.Len(t, v.Endpoints, 7)
	assert.Empty(t, v.InternetGateways)
	assert.Equal(t, model.Yes, v.PrivateDNS)
	for _, subnet := range v.Subnets {
		assert.Empty(t, subnet.Table.Routes)
		assert.Empty(t, subnet.Doubts)
	}
	for _, e := range v.Endpoints {
		assert.True(t, e.PolicyKnown && strings.HasPrefix(e.Policy, "{"), e.Service)
		if e.Kind == "Interface" {
			assert.Len(t, e.Interfaces.Subnets, 2)
			assert.Len(t, e.Interfaces.Groups, 1)
			assert.Len(t, e.Interfaces.Groups[0].Ingress, 2)
		} else {
			assert.Equal(t, "s3", e.Service)
			assert.Len(t, e.Tables, 2)
		}
	}
	require.Len(t, s.Tasks.Groups, 1)
	assert.Empty(t, s.Tasks.Groups[0].Ingress)
	assert.Len(t, s.Tasks.Groups[0].Egress, 2)
	assert.Equal(t, model.No, s.Tasks.PublicIPv4)
	assert.Empty(t, s.Tasks.Doubts)
	assert.Empty(t, s.Tasks.GroupDoubts)
}

// A service in the network of another stack is placed in it by the ids.
func TestTwoStacks(t *testing.T) {
	t.Parallel()
	alone := build.Network(recorded(t, "two-stacks.yaml.service.export"))
	require.Len(t, alone.Services, 1)
	assert.NotEmpty(t, alone.Services[0].Tasks.Doubts)
	assert.Empty(t, alone.Services[0].Tasks.Subnets)

	both := build.Network(recorded(t, "two-stacks.yaml.service.export", "two-stacks.yaml.network.export"))
	require.Len(t, both.Services, 1)
	tasks := both.Services[0].Tasks
	assert.Empty(t, tasks.Doubts)
	assert.Empty(t, tasks.GroupDoubts)
	assert.Len(t, tasks.Subnets, 2)
	require.Len(t, both.VPCs, 1)
	for _, e := range both.VPCs[0].Endpoints {
		if e.Interfaces != nil {
			assert.Len(t, e.Interfaces.Groups[0].Ingress, 2, "the service's rule is on the group of the other stack")
		}
	}
}
