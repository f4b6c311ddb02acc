package opposition

import (
	"fmt"
	"net/netip"
)

// Large is a world of many services as companies have them: three zones in each
// VPC, a route table for each private subnet, endpoints that admit each
// service's group by a rule of its own, and in every second VPC NAT gateways
// and a load balancer. Services are dealt out to the VPCs evenly.
func Large(vpcs, services int) *World {
	w := &World{Shape: "large", Furnished: true}
	everywhere := []netip.Prefix{everyAddress}
	for v := range vpcs {
		name := func(kind string, n ...any) string {
			return fmt.Sprintf("net%d-%s", v, fmt.Sprint(append([]any{kind}, n...)...))
		}
		vpc := &Vpc{Name: fmt.Sprintf("net%d", v), Blocks: []netip.Prefix{prefix(fmt.Sprintf("10.%d.0.0/16", v))}, DNS: true}
		w.Vpcs = append(w.Vpcs, vpc)
		subnet := func(kind string, i int, t *Table) string {
			base := vpc.Blocks[0].Addr().As4()
			base[2] = byte(len(w.Subnets) % 6 * 16)
			s := &Subnet{Name: name(kind, i), Vpc: vpc.Name, Zone: zone(i), Block: netip.PrefixFrom(netip.AddrFrom4(base), 20), Table: t.Name}
			w.Subnets = append(w.Subnets, s)
			return s.Name
		}
		table := func(kind string, i int, routes ...Route) *Table {
			t := &Table{Name: name(kind, i), Vpc: vpc.Name, Role: OwnTable, Routes: routes}
			w.Tables = append(w.Tables, t)
			return t
		}
		open := v%2 == 1
		var private, public, tables []string
		for i := range 3 {
			var routes []Route
			if open {
				if i == 0 {
					w.Gateways = append(w.Gateways, &Gateway{Name: name("igw"), Vpc: vpc.Name})
				}
				public = append(public, subnet("public", i, table("public-table", i, Route{Block: everyAddress, Target: name("igw")})))
				w.Nats = append(w.Nats, &Nat{Name: name("nat", i), Subnet: public[i]})
				routes = []Route{{Block: everyAddress, Target: name("nat", i)}}
			}
			t := table("private-table", i, routes...)
			tables = append(tables, t.Name)
			private = append(private, subnet("private", i, t))
		}
		admits := &Group{Name: name("endpoints"), Vpc: vpc.Name, Role: OwnGroup, Form: SeparateRules, Refreshed: true}
		w.Groups = append(w.Groups, admits)
		bounded := &Document{[]Statement{{
			Allow: true, Principals: []string{"*"}, Actions: []string{"*"}, Resources: []string{"*"},
			Conditions: []Condition{{"StringEquals", "aws:PrincipalAccount", []string{Account}}},
		}}}
		for _, service := range []string{"logs", "ssm", "ssmmessages", "ecr.api", "ecr.dkr", "secretsmanager"} {
			w.Endpoints = append(w.Endpoints, &Endpoint{
				Name: name(service), Vpc: vpc.Name, Service: service, Subnets: private, Groups: []string{admits.Name},
				PrivateDNS: true, Policy: bounded,
			})
		}
		s3 := &Endpoint{Name: name("s3"), Vpc: vpc.Name, Service: "s3", Gateway: true, Tables: tables, Policy: bounded}
		w.Endpoints = append(w.Endpoints, s3)
		front := &Group{Name: name("front"), Vpc: vpc.Name, Role: OwnGroup, Form: SeparateRules, Refreshed: true, Rules: []Rule{
			{In: true, Protocol: "tcp", From: 443, To: 443, Blocks: everywhere}, {Protocol: "-1", Blocks: vpc.Blocks},
		}}
		balancer := &Balancer{Name: name("balancer"), Subnets: public, Groups: []string{front.Name}}
		if open {
			w.Groups, w.Balancers = append(w.Groups, front), append(w.Balancers, balancer)
		}
		for i := v; i < services; i += vpcs {
			s := &Service{Name: name("service", i), Subnets: private, Groups: []string{name("tasks", i)}, Port: 8080}
			g := &Group{Name: name("tasks", i), Vpc: vpc.Name, Role: OwnGroup, Form: SeparateRules, Refreshed: true, Rules: []Rule{
				{Protocol: "tcp", From: 443, To: 443, Groups: []string{admits.Name}},
				{Protocol: "tcp", From: 443, To: 443, Lists: []string{s3.Name}},
			}}
			admits.Rules = append(admits.Rules, Rule{In: true, Protocol: "tcp", From: 443, To: 443, Groups: []string{g.Name}})
			if open {
				g.Rules = append(g.Rules, Rule{Protocol: "tcp", From: 443, To: 443, Blocks: everywhere})
			}
			if open && i/vpcs%2 == 0 { // Every second one is behind the balancer.
				t := &Target{Name: name("target", i), Vpc: vpc.Name, Protocol: "HTTP", Port: 8080}
				w.Targets = append(w.Targets, t)
				balancer.Listeners = append(balancer.Listeners, Listener{Port: 8000 + i, Protocol: "HTTPS", Target: t.Name})
				front.Rules[0].From, front.Rules[0].To = 443, 9999
				s.Targets = []string{t.Name}
				g.Rules = append(g.Rules, Rule{In: true, Protocol: "tcp", From: 8080, To: 8080, Groups: []string{front.Name}})
			}
			w.Groups, w.Services = append(w.Groups, g), append(w.Services, s)
		}
	}
	return w
}
