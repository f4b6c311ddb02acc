package build_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// describe writes a network as sorted lines without ids, so that networks of
// different documents can be compared.
func describe(n *model.Network) []string {
	d := &description{}
	for _, v := range n.VPCs {
		d.vpc(v)
	}
	for _, g := range n.TransitGateways {
		d.line("transit gateway %s: %d attachments", short(g.Name), len(g.Attachments))
		d.doubts(g.Name, g.Doubts)
	}
	for _, l := range n.Balancers {
		d.line("balancer %s: %s, internal %v", short(l.Name), l.Kind, l.Internal)
		d.interfaces("balancer "+short(l.Name), l.Interfaces)
		d.doubts(l.Name, l.Doubts)
		for _, listener := range l.Listeners {
			d.line("listener %s: %v", short(listener.Name), listener.Traffic)
			d.doubts(listener.Name, listener.Doubts)
			for _, g := range listener.Groups {
				d.line("listener %s forwards to %s: %s %v keeps %v", short(listener.Name), short(g.Name), g.Kind, g.Traffic, g.KeepsClientAddress)
				d.doubts(g.Name, g.Doubts)
				for _, t := range g.Targets {
					d.line("target group %s: service %v %v", short(g.Name), t.Service != nil, t.Traffic)
					d.interfaces("target of "+short(g.Name), t.Hosts)
				}
			}
		}
	}
	for _, a := range n.APIs {
		d.line("api %s: public %v", short(a.Name), a.Public)
		for _, i := range a.Integrations {
			d.line("integration %s: %d services %v", short(i.Name), len(i.Services), i.Traffic)
			d.interfaces("integration "+short(i.Name), i.Link)
			d.doubts(i.Name, i.Doubts)
		}
	}
	for _, s := range n.Services {
		d.line("service %s: on hosts %v, ports %v", short(s.Name), s.OnHosts, s.Ports)
		d.interfaces("service "+short(s.Name), s.Tasks)
		d.doubts(s.Name, s.Doubts)
	}
	d.doubts(model.Name{}, n.Doubts)
	slices.Sort(d.lines)
	return d.lines
}

type description struct{ lines []string }

func (d *description) line(format string, args ...any) {
	d.lines = append(d.lines, fmt.Sprintf(format, args...))
}

func (d *description) doubts(n model.Name, doubts []model.Doubt) {
	for _, doubt := range doubts {
		d.line("doubt at %s: %s %s", short(n), short(doubt.Name), doubt.What)
	}
}

// short is a name without the stack and the components around it.
func short(n model.Name) string {
	switch {
	case n.URN == "" && n.ID == "":
		return "everything"
	case n.URN == "":
		return n.ID // it is not in the stack
	}
	return n.Type[strings.LastIndexByte(n.Type, ':')+1:] + " " + n.URN[strings.LastIndex(n.URN, "::")+2:]
}

func (d *description) vpc(v *model.VPC) {
	d.line("vpc %s: %v private DNS %v, %d internet gateways, %d peerings, blocks %v %v",
		short(v.Name), v.Blocks, v.PrivateDNS, len(v.InternetGateways), len(v.Peerings), v.BlocksPublicIngress, v.BlocksPublicEgress)
	d.doubts(v.Name, v.Doubts)
	for _, g := range v.InternetGateways {
		d.line("internet gateway %s: attached %v", short(g.Name), g.Attached)
	}
	for _, s := range v.Subnets {
		d.line("subnet %s: %v in %s, maps %v, IPv6 %v", short(s.Name), s.Blocks, s.Zone, s.MapPublicIP, s.HasIPv6)
		d.doubts(s.Name, s.Doubts)
		if s.Table != nil {
			d.line("subnet %s is routed by %s", short(s.Name), short(s.Table.Name))
			d.doubts(s.Table.Name, s.Table.Doubts)
			for _, r := range s.Table.Routes {
				d.line("route table %s: %v to %s %s%s", short(s.Table.Name), r.Destinations, r.Target.Kind, short(r.Target.Name),
					map[bool]string{true: ", maybe"}[r.Sure != model.Yes])
				d.interfaces("target of "+short(s.Table.Name), r.Target.Host)
			}
		}
		if s.ACL != nil {
			d.line("subnet %s is filtered by %s: %d in, %d out", short(s.Name), short(s.ACL.Name), len(s.ACL.Ingress), len(s.ACL.Egress))
			d.doubts(s.ACL.Name, s.ACL.Doubts)
			for direction, entries := range map[string][]model.ACLEntry{"in": s.ACL.Ingress, "out": s.ACL.Egress} {
				for _, e := range entries {
					d.line("network ACL %s %s: %d allow %v %v %s by %s", short(s.ACL.Name), direction, e.Number, e.Allow, e.Traffic, e.Block, short(e.Name))
				}
			}
		}
	}
	for _, e := range v.Endpoints {
		d.line("endpoint %s: %s %s, private DNS %v, policy known %v", short(e.Name), e.Service, e.Kind, e.PrivateDNS, e.PolicyKnown)
		// One of that version is AWS's own, as if there was none.
		if e.Policy != "" && !strings.Contains(e.Policy, "2008-10-17") {
			d.line("endpoint %s has the policy %s", short(e.Name), e.Policy)
		}
		d.doubts(e.Name, e.Doubts)
		d.interfaces("endpoint "+short(e.Name), e.Interfaces)
		for _, t := range e.Tables {
			d.line("endpoint %s is in %s", short(e.Name), short(t.Name))
		}
	}
}

func (d *description) interfaces(of string, i *model.Interfaces) {
	if i == nil {
		return
	}
	bySubnet := map[bool]string{true: ", by subnet"}[i.PublicBySubnet && i.PublicIPv4 == model.Maybe]
	d.line("%s: public %v, IPv6 %v, unfiltered %v, candidates %v, forwards %v%s", of, i.PublicIPv4, i.IPv6, i.Unfiltered, i.SubnetsAreCandidates, i.Forwards, bySubnet)
	d.doubts(i.Name, i.Doubts)
	d.doubts(i.Name, i.GroupDoubts)
	for _, s := range i.Subnets {
		d.line("%s is in %s", of, short(s.Name))
	}
	for _, g := range i.Groups {
		d.line("%s is guarded by %s", of, short(g.Name))
		d.doubts(g.Name, g.Doubts)
		for direction, rules := range map[string][]model.Rule{"in": g.Ingress, "out": g.Egress} {
			for _, r := range rules {
				d.line("group %s lets %s %s", short(g.Name), direction, rule(r))
				if r.PrefixList != nil {
					d.line("list %s: %v", short(r.PrefixList.Name), r.PrefixList.Blocks)
				}
			}
		}
	}
}

// rule is a rule in words.
func rule(r model.Rule) string {
	end := "nothing"
	switch {
	case r.Unknown != "":
		end = "unknown: " + r.Unknown
	case r.Group != nil:
		end = short(r.Group.Name)
	case r.PrefixList != nil:
		end = "list " + r.PrefixList.Service + short(r.PrefixList.Name)
	case r.Block.IsValid():
		end = r.Block.String()
	}
	return fmt.Sprintf("%v %s", r.Traffic, end)
}
