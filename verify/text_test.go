package verify

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// TestAssertionsNameTheWay holds that a reason says by which way, or for want of
// what it is not decided.
func TestAssertionsNameTheWay(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		network   func() *lab
		assertion string
		want      string
	}{
		"a way in": {networks["behind an application balancer"], "no-ingress",
			"tasks of app are reached from the internet: tcp 443 from 0.0.0.0/0, by the internet -> internet gateway igw -> route table public -> " +
				"security group lb -> load balancer front -> target group app-targets -> security group app -> service app"},
		"a way out": {networks["tasks with public addresses"], "no-egress",
			"tasks of app are able to reach the internet: all traffic to 0.0.0.0/0, by service app -> security group app -> route table net-isolated -> internet gateway igw -> the internet"},
		"an open policy": {networks["isolated beside an open policy"], "isolated",
			"tasks of app are able to send data to anybody's account through an endpoint: open policy of logs and s3"},
		"zones": {func() *lab { p := newPublic(); p.b.Table = p.tableA; return p.lab }, "zone-redundant",
			"tasks of app are dependent on a single zone: zone eu-west-1b leaves through the NAT gateway of zone eu-west-1a"},
		"not known": {func() *lab {
			i := newIsolated()
			i.a.Doubts = []model.Doubt{doubt(i.a.Name, "its table is not known"), doubt(i.a.Name, "nor is its ACL")}
			return i.lab
		}, "no-egress", "tasks of app may be able to reach the internet: it cannot be decided: net-isolated-a: its table is not known (and 1 more)"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := decide(&tt.network().net).Assert(tt.assertion)
			require.NoError(t, err)
			assert.Equal(t, []string{tt.want}, got.Reasons)
		})
	}
}

// TestAddresses is about how a path's addresses are written for people.
func TestAddresses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		from []string
		want string
	}{
		"one block":                {[]string{"203.0.113.0/24"}, "203.0.113.0/24"},
		"two blocks":               {[]string{"198.51.100.0/24", "203.0.113.0/24"}, "198.51.100.0/24 and 203.0.113.0/24"},
		"a list of AWS":            {[]string{"s3"}, "AWS's addresses of s3"},
		"many":                     {[]string{"1.0.0.0/24", "3.0.0.0/24", "5.0.0.0/24", "7.0.0.0/24", "9.0.0.0/24", "11.0.0.0/24", "13.0.0.0/24"}, "1.0.0.0/24, 3.0.0.0/24, 5.0.0.0/24, 7.0.0.0/24, 9.0.0.0/24, 11.0.0.0/24 and 1 more"},
		"the internet without one": {nil, "0.0.0.0/0 except 203.0.113.7/32"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := newIsolated()
			i.table.Routes = append(i.table.Routes, route("0.0.0.0/0", toInternet(i.internetGateway(i.vpc, "igw"))))
			i.service.Tasks.PublicIPv4 = model.Yes
			i.group.Ingress = nil
			for _, f := range tt.from {
				if f == "s3" {
					i.group.Ingress = append(i.group.Ingress, model.Rule{Traffic: https, PrefixList: &model.PrefixList{Service: "s3", Known: true}})
					continue
				}
				i.group.Ingress = append(i.group.Ingress, from(https, f))
			}
			if tt.from == nil {
				i.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
				i.table.Routes = append(i.table.Routes, route("203.0.113.7/32", to(model.ToBlackhole, "gone")))
			}
			s := i.decide(t)
			require.NotEmpty(t, s.Paths)
			assert.Equal(t, tt.want, s.Paths[0].addresses())
		})
	}
}

// TestAlike holds that paths of two zones that differ only in their tables are
// one for a reader, and stay two in the report.
func TestAlike(t *testing.T) {
	t.Parallel()
	i := newIsolated()
	g := i.internetGateway(i.vpc, "igw")
	i.a.Table = table("net-isolated-a", route("0.0.0.0/0", toInternet(g)))
	i.b.Table = table("other", route("0.0.0.0/0", toInternet(g)))
	i.service.Tasks.PublicIPv4 = model.Yes
	i.group.Egress = nil
	i.group.Ingress = []model.Rule{from(https, "0.0.0.0/0")}
	r := decide(&i.net)
	require.Len(t, r.Services[0].Paths, 2)
	var text bytes.Buffer
	require.NoError(t, r.Text(&text))
	assert.Equal(t, 1, strings.Count(text.String(), "in tcp 443"), text.String())
	assert.Contains(t, strings.Join(strings.Fields(text.String()), " "),
		"route table net-isolated-a and other route 0.0.0.0/0 to internet gateway igw, for net-isolated-a and net-isolated-b")
}

// TestLongNames holds the width, which only a name may pass.
func TestLongNames(t *testing.T) {
	t.Parallel()
	b := newBehind("application")
	long := strings.Repeat("very-long-", 9) + "name"
	b.front.Name = named("aws:lb/loadBalancer:LoadBalancer", long)
	b.front.Interfaces.Name = b.front.Name
	b.target.Name = named("aws:lb/targetGroup:TargetGroup", "a name of several words that is as long as any other name in this stack and longer")
	var text bytes.Buffer
	require.NoError(t, decide(&b.net).Text(&text))
	for _, line := range strings.Split(text.String(), "\n") {
		if strings.Contains(line, long) || strings.HasSuffix(line, "as long as any other name in this stack and longer") {
			continue
		}
		assert.LessOrEqual(t, len([]rune(line)), width, line)
	}
	assert.Contains(t, text.String(), long, "no name is cut")
}

// TestNoService holds that a stack without services gets no verdict.
func TestNoService(t *testing.T) {
	t.Parallel()
	l := newLab()
	l.vpc("net", "10.0.0.0/16")
	r := decide(&l.net)
	var text bytes.Buffer
	require.NoError(t, r.Text(&text))
	assert.Equal(t, "No ECS service or other task is in the stack: there is nothing to decide about.\n", text.String())
	for _, name := range AssertionNames() {
		got, err := r.Assert(name)
		require.NoError(t, err)
		assert.Equal(t, Undetermined, got.Verdict)
	}
}
