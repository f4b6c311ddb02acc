package verify

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// TestEachDoubtIsNamed casts one doubt of each kind on a network: what it
// concerns is undecided, the rest is not, and the report names the resource.
func TestEachDoubtIsNamed(t *testing.T) {
	t.Parallel()
	const what = "something of it is not known"
	cast := func(n model.Name, to *[]model.Doubt) string {
		*to = append(*to, doubt(n, what))
		return n.URN
	}
	const o, c, u = Open, Closed, Undecided
	tests := map[string]struct {
		doubt func() (*lab, string)
		want  verdicts
	}{
		"the whole network": {func() (*lab, string) {
			i := newIsolated()
			i.group.Ingress, i.group.Egress = nil, nil
			return i.lab, cast(named("aws:cloudformation/stack:Stack", "stack"), &i.net.Doubts)
		}, verdicts{u, u, u}},
		"a VPC": {func() (*lab, string) {
			i := newIsolated()
			i.group.Ingress, i.group.Egress = nil, nil
			return i.lab, cast(i.vpc.Name, &i.vpc.Doubts)
		}, verdicts{u, u, u}},
		"a VPC that is seen in part": {func() (*lab, string) {
			i := newIsolated()
			i.group.Ingress, i.group.Egress = nil, nil
			cast(i.vpc.Name, &i.vpc.Unseen)
			cast(i.vpc.Name, &i.vpc.Doubts)
			return i.lab, ""
		}, shut},
		"a VPC that is seen in part, and groups with rules": {func() (*lab, string) {
			i := newIsolated()
			i.group.Ingress = nil
			cast(i.vpc.Name, &i.vpc.Unseen)
			return i.lab, cast(i.vpc.Name, &i.vpc.Doubts)
		}, verdicts{c, u, u}},
		"a VPC that is seen in part, and a resource in it that is not read": {func() (*lab, string) {
			i := newIsolated()
			i.group.Ingress, i.group.Egress = nil, nil
			cast(i.vpc.Name, &i.vpc.Unseen)
			cast(i.vpc.Name, &i.vpc.Doubts)
			return i.lab, cast(named("aws:cloudformation/stack:Stack", "stack"), &i.vpc.Doubts)
		}, verdicts{u, u, u}},
		"another VPC": {func() (*lab, string) {
			i := newIsolated()
			other := i.vpcWithNAT("other", "10.1.0.0/16")
			cast(other.Name, &other.Doubts)
			return i.lab, ""
		}, shut},
		"a subnet": {func() (*lab, string) {
			i := newIsolated()
			return i.lab, cast(i.a.Name, &i.a.Doubts)
		}, verdicts{c, u, c}},
		"a subnet, with an open policy at a gateway endpoint": {func() (*lab, string) {
			i := newIsolated()
			i.s3.Policy = ""
			i.service.Tasks.Subnets = i.service.Tasks.Subnets[:1]
			return i.lab, cast(i.a.Name, &i.a.Doubts)
		}, verdicts{c, u, u}},
		"a route table": {func() (*lab, string) {
			i := newIsolated()
			return i.lab, cast(i.table.Name, &i.table.Doubts)
		}, verdicts{c, u, c}},
		"a route table, where there is an internet gateway and a public address": {func() (*lab, string) {
			i := newIsolated()
			i.internetGateway(i.vpc, "igw")
			i.service.Tasks.PublicIPv4 = model.Yes
			return i.lab, cast(i.table.Name, &i.table.Doubts)
		}, verdicts{u, u, c}},
		"an ACL": {func() (*lab, string) {
			p := newPublic()
			cast(p.b.ACL.Name, &p.b.ACL.Doubts)
			return p.lab, cast(p.a.ACL.Name, &p.a.ACL.Doubts)
		}, verdicts{c, u, c}},
		"a group without rules": {func() (*lab, string) {
			p := newPublic()
			p.group.Egress = nil
			return p.lab, cast(p.group.Name, &p.group.Doubts)
		}, verdicts{c, u, c}},
		"a group that lets everything out": {func() (*lab, string) {
			p := newPublic()
			cast(p.group.Name, &p.group.Doubts)
			return p.lab, ""
		}, verdicts{c, o, c}},
		"interfaces": {func() (*lab, string) {
			i := newIsolated()
			return i.lab, cast(i.service.Name, &i.service.Tasks.Doubts)
		}, verdicts{u, u, u}},
		"interfaces with groups that have no rules": {func() (*lab, string) {
			i := newIsolated()
			i.group.Ingress, i.group.Egress = nil, nil
			return i.lab, cast(i.service.Name, &i.service.Tasks.Doubts)
		}, verdicts{u, u, u}},
		"the subnets of interfaces with groups that have no rules": {func() (*lab, string) {
			i := newIsolated()
			i.group.Ingress, i.group.Egress = nil, nil
			cast(i.service.Name, &i.service.Tasks.Unplaced)
			cast(i.service.Name, &i.service.Tasks.Doubts)
			return i.lab, ""
		}, shut},
		"the groups of interfaces that no route leads to": {func() (*lab, string) {
			i := newIsolated()
			cast(i.service.Name, &i.service.Tasks.GroupDoubts)
			return i.lab, ""
		}, shut},
		"the groups of interfaces with a route": {func() (*lab, string) {
			p := newPublic()
			p.group.Egress = nil
			return p.lab, cast(p.service.Name, &p.service.Tasks.GroupDoubts)
		}, verdicts{c, u, c}},
		"a service": {func() (*lab, string) {
			i := newIsolated()
			return i.lab, cast(i.service.Name, &i.service.Doubts)
		}, verdicts{u, u, u}},
		"a NAT gateway": {func() (*lab, string) {
			p := newPublic()
			cast(p.natA.Name, &p.natA.Doubts)
			return p.lab, cast(p.natB.Name, &p.natB.Doubts)
		}, verdicts{c, u, c}},
		"a transit gateway": {func() (*lab, string) {
			h := newHub()
			return h.lab, cast(h.transit.Name, &h.transit.Doubts)
		}, verdicts{c, u, c}},
		"an attachment": {func() (*lab, string) {
			h := newHub()
			return h.lab, cast(h.spoke.Name, &h.spoke.Doubts)
		}, verdicts{c, u, c}},
		"an endpoint with a bounded policy": {func() (*lab, string) {
			i := newIsolated()
			return i.lab, cast(i.logs.Name, &i.logs.Doubts)
		}, shut},
		"an endpoint with an open policy": {func() (*lab, string) {
			i := newIsolated()
			i.logs.Policy = ""
			return i.lab, cast(i.logs.Name, &i.logs.Doubts)
		}, verdicts{c, c, u}},
		"the interfaces of an endpoint with an open policy": {func() (*lab, string) {
			i := newIsolated()
			i.logs.Policy = ""
			return i.lab, cast(i.logs.Name, &i.logs.Interfaces.Doubts)
		}, verdicts{c, c, u}},
		"a service that AWS may or may not take a policy for": {func() (*lab, string) {
			i := newIsolated()
			i.logs.Service, i.logs.Policy = "brand-new", ""
			return i.lab, i.logs.URN
		}, verdicts{c, c, u}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, urn := tt.doubt()
			s := sees(t, l, tt.want)
			if urn == "" {
				return
			}
			var names []string
			for _, d := range s.Undecided {
				names = append(names, d.URN)
			}
			assert.Contains(t, names, urn)
		})
	}
}
