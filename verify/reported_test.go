package verify

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// TestReported: networks of other people that failed, and what the proof says of
// them. components/reported_test.go has the reports.
func TestReported(t *testing.T) {
	t.Parallel()
	s3 := func(s Service) Reach {
		i := slices.IndexFunc(s.Reaches, func(r Reach) bool { return r.Service == "s3" })
		return s.Reaches[i]
	}
	tests := map[string]func(t *testing.T){
		"a group without a rule to S3": func(t *testing.T) {
			i := newIsolated()
			i.group.Egress = []model.Rule{fromGroup(https, i.logs.Interfaces.Groups[0])}
			r := s3(i.decide(t))
			assert.Equal(t, Closed, r.Verdict)
			assert.Contains(t, r.Why, "no security group of app allows HTTPS or HTTP to s3")
		},
		"an S3 policy that asks for the own account": func(t *testing.T) {
			i := newIsolated()
			i.s3.Policy = accountPolicy
			s := i.decide(t)
			r := s3(s)
			assert.Equal(t, Open, r.Verdict)
			assert.Equal(t, PolicyLimited, r.Policy)
			// ECR's layers are fetched by a principal of AWS's own account: what is
			// let through names no bucket of theirs.
			assert.Equal(t, "principals of account 123456789012", r.Limits)
			assert.Equal(t, Closed, s.Exfiltration)
		},
		"an S3 endpoint on no route table": func(t *testing.T) {
			i := newIsolated()
			i.s3.Tables = nil
			r := s3(i.decide(t))
			assert.Equal(t, Closed, r.Verdict)
			assert.Contains(t, r.Why, "has no route to it")
		},
		"an egress-only gateway": func(t *testing.T) {
			i := newIsolated()
			g := &model.EgressOnlyGateway{Name: named("aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", "eigw"), VPC: i.vpc}
			i.table.Routes = append(i.table.Routes, route("::/0", model.Target{Kind: model.ToEgressOnly, Name: g.Name, EgressOnly: g}))
			i.dualStack()
			s := i.decide(t)
			assert.Equal(t, Open, s.InternetEgress)
			for _, p := range s.Paths {
				for _, a := range p.Addresses {
					assert.Contains(t, a, ":", "only IPv6 leads out")
				}
			}
			assert.Equal(t, Closed, s.InternetIngress)
		},
		"an ACL that stops answers": func(t *testing.T) {
			p := newPublic()
			p.service.Tasks.Subnets = []*model.Subnet{p.publicA}
			p.service.Tasks.PublicIPv4 = model.Yes
			p.publicA.ACL.Egress = []model.ACLEntry{entry(100, true, https, "0.0.0.0/0")}
			p.publicA.ACL.Ingress = []model.ACLEntry{entry(100, true, https, "0.0.0.0/0")}
			// Code in a task may send from port 443, which the answers then reach.
			assert.Equal(t, Open, p.decide(t).InternetEgress)
			p.publicA.ACL.Ingress = []model.ACLEntry{entry(100, true, everything, "10.0.0.0/16")}
			s := p.decide(t)
			assert.Equal(t, Closed, s.InternetEgress)
			assert.True(t, slices.ContainsFunc(s.Blocked, func(b Blocked) bool { return b.Direction == Egress && strings.Contains(b.Why, "ACL") }), s.Blocked)
		},
		"a NAT instance that checks addresses": func(t *testing.T) {
			p := newPublic()
			n := named("aws:ec2/networkInterface:NetworkInterface", "nat-instance")
			host := interfaces(n, open(p.vpc, "nat"), p.publicA)
			host.PublicIPv4 = model.Yes
			to := model.Target{Kind: model.ToInterface, Name: n, Host: host}
			p.tableA.Routes, p.tableB.Routes = []model.Route{route("0.0.0.0/0", to)}, []model.Route{route("0.0.0.0/0", to)}
			s := p.decide(t)
			assert.Equal(t, Closed, s.InternetEgress)
			assert.True(t, slices.ContainsFunc(s.Blocked, func(b Blocked) bool { return strings.Contains(b.Why, "source/destination check is on") }), s.Blocked)
			// With the check off the instance may do what it wants with packets.
			host.Forwards = model.Yes
			assert.Equal(t, Undecided, p.decide(t).InternetEgress)
		},
		"a Network Load Balancer without groups, which the tasks do not admit": func(t *testing.T) {
			b := newBehind("network")
			b.ungrouped()
			b.group.Ingress = nil
			assert.Equal(t, Closed, b.decide(t).InternetIngress)
			b.group.Ingress = []model.Rule{from(web, "10.0.0.0/16")}
			assert.Equal(t, Open, b.decide(t).InternetIngress)
		},
		"a gateway without a route to it": func(t *testing.T) {
			p := newPublic()
			p.publicTable.Routes = nil
			s := p.decide(t)
			assert.Equal(t, Closed, s.InternetEgress)
			assert.True(t, slices.ContainsFunc(s.Blocked, func(b Blocked) bool { return strings.Contains(b.Why, "no route of public leads there") }), s.Blocked)
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t)
		})
	}
}
