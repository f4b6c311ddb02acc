package opposition

const (
	groupType        = "aws:ec2/securityGroup:SecurityGroup"
	adoptedGroupType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
	aclType          = "aws:ec2/networkAcl:NetworkAcl"
	adoptedAclType   = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"
	endpointType     = "aws:ec2/vpcEndpoint:VpcEndpoint"
)

// groupRef is the id of a group, which for a VPC's default one may be an output
// of the VPC.
func (e *exporter) groupRef(n string) ref {
	g := e.w.group(n)
	switch g.Role {
	case AdoptedGroup:
		return ref{urn(adoptedGroupType, n), defaultGroupPart + g.Vpc}
	case NamedGroup:
		return ref{urn(vpcType, g.Vpc), defaultGroupPart + g.Vpc}
	}
	return ref{urn(groupType, n), "sg-" + n}
}

func (e *exporter) groupRefs(names []string) []ref {
	refs := []ref{}
	for _, n := range names {
		refs = append(refs, e.groupRef(n))
	}
	return refs
}

// listRefs are prefix lists, the program's or gateway endpoints'.
func (e *exporter) listRefs(names []string) []ref {
	refs := []ref{}
	for _, n := range names {
		if e.w.endpoint(n) != nil {
			refs = append(refs, ref{urn(endpointType, n), endpointListsPart + n})
		} else {
			refs = append(refs, ref{urn(listType, n), "pl-" + n})
		}
	}
	return refs
}

func (e *exporter) groups() {
	for _, g := range e.w.Groups {
		in := props{"vpcId": vpcRef(g.Vpc), "description": "made by a test"}
		out := props{"arn": arn("ec2", "security-group/"+e.groupRef(g.Name).value), "ownerId": Account, "name": g.Name}
		inline := g.Form == InlineRules && g.Role != NamedGroup || g.Role == AdoptedGroup
		switch {
		case inline:
			in["ingress"], in["egress"] = e.inlineRules(g, true), e.inlineRules(g, false)
		case g.Refreshed:
			var ignored []string
			out["ingress"], out["egress"] = resolve(e.inlineRules(g, true), &ignored), resolve(e.inlineRules(g, false), &ignored)
		default:
			out["ingress"], out["egress"] = []any{}, []any{}
		}
		switch g.Role {
		case AdoptedGroup:
			delete(in, "description")
			e.add(adoptedGroupType, g.Name, e.groupRef(g.Name).value, in, out)
		case OwnGroup:
			e.add(groupType, g.Name, e.groupRef(g.Name).value, in, out)
		}
		if inline {
			continue
		}
		for _, r := range g.Rules {
			if g.Form == LegacyRules {
				e.legacyRule(g, r)
			} else {
				e.separateRules(g, r)
			}
		}
	}
}

func (e *exporter) inlineRules(g *Group, in bool) []props {
	rules := []props{}
	for _, r := range g.Rules {
		if r.In != in {
			continue
		}
		four, six := family(r.Blocks)
		p := props{
			"protocol": r.Protocol, "fromPort": r.From, "toPort": r.To, "description": "", "self": r.Self,
			"cidrBlocks": four, "ipv6CidrBlocks": six, "prefixListIds": e.listRefs(r.Lists), "securityGroups": e.groupRefs(r.Groups),
		}
		rules = append(rules, p)
	}
	return rules
}

// legacyRule writes a rule as aws:ec2/securityGroupRule, which takes blocks and
// lists together and one group by itself.
func (e *exporter) legacyRule(g *Group, r Rule) {
	kind := "egress"
	if r.In {
		kind = "ingress"
	}
	add := func(more props) {
		p := props{"type": kind, "protocol": r.Protocol, "fromPort": r.From, "toPort": r.To, "securityGroupId": e.groupRef(g.Name)}
		for k, v := range more {
			p[k] = v
		}
		id := e.next("sgrule-" + g.Name)
		e.add("aws:ec2/securityGroupRule:SecurityGroupRule", id, id, p, nil)
	}
	four, six := family(r.Blocks)
	if len(r.Blocks)+len(r.Lists) > 0 {
		p := props{}
		if len(four) > 0 {
			p["cidrBlocks"] = four
		}
		if len(six) > 0 {
			p["ipv6CidrBlocks"] = six
		}
		if len(r.Lists) > 0 {
			p["prefixListIds"] = e.listRefs(r.Lists)
		}
		add(p)
	}
	for _, n := range r.Groups {
		add(props{"sourceSecurityGroupId": e.groupRef(n)})
	}
	if r.Self {
		add(props{"self": true})
	}
}

// separateRules writes a rule as aws:vpc/securityGroupIngressRule or its
// sister, one for each source or destination.
func (e *exporter) separateRules(g *Group, r Rule) {
	kind := "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
	if r.In {
		kind = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	}
	add := func(k string, v any) {
		p := props{"ipProtocol": r.Protocol, "securityGroupId": e.groupRef(g.Name), k: v}
		if r.Protocol != "-1" {
			p["fromPort"], p["toPort"] = r.From, r.To
		}
		id := e.next("sgr-" + g.Name)
		e.add(kind, id, id, p, props{"securityGroupRuleId": id})
	}
	four, six := family(r.Blocks)
	for _, b := range four {
		add("cidrIpv4", b)
	}
	for _, b := range six {
		add("cidrIpv6", b)
	}
	for _, l := range e.listRefs(r.Lists) {
		add("prefixListId", l)
	}
	for _, n := range r.Groups {
		add("referencedSecurityGroupId", e.groupRef(n))
	}
	if r.Self {
		add("referencedSecurityGroupId", e.groupRef(g.Name))
	}
}

func (e *exporter) acls() {
	for _, a := range e.w.Acls {
		id := ref{urn(aclType, a.Name), "acl-" + a.Name}
		in, out := props{}, props{"arn": arn("ec2", "network-acl/"+id.value), "ownerId": Account}
		var subnets []string
		for _, s := range e.w.Subnets {
			if s.Acl == a.Name || s.Acl == "" && a.Default && s.Vpc == a.Vpc {
				subnets = append(subnets, s.Name)
			}
		}
		if a.Default || a.Inline {
			in["ingress"], in["egress"] = inlineEntries(a, true), inlineEntries(a, false)
		} else {
			out["ingress"], out["egress"] = []any{}, []any{}
			for _, n := range a.Entries {
				p := entry(n, "ruleNumber", "ruleAction").with("networkAclId", id).with("egress", !n.In)
				name := e.next("nacl-" + a.Name)
				e.add("aws:ec2/networkAclRule:NetworkAclRule", name, name, p, nil)
			}
		}
		if a.Default {
			in["defaultNetworkAclId"] = ref{urn(vpcType, a.Vpc), defaultAclPart + a.Vpc}
			out["vpcId"] = vpcRef(a.Vpc).value
			shown := []any{}
			for _, n := range subnets {
				shown = append(shown, subnetRef(n).value)
			}
			out["subnetIds"] = shown
			e.add(adoptedAclType, a.Name, defaultAclPart+a.Vpc, in, out)
			continue
		}
		in["vpcId"] = vpcRef(a.Vpc)
		if a.Separate {
			for _, n := range subnets {
				e.add("aws:ec2/networkAclAssociation:NetworkAclAssociation", n, "aclassoc-"+n,
					props{"networkAclId": id, "subnetId": subnetRef(n)}, nil)
			}
		} else {
			in["subnetIds"] = subnetRefs(subnets)
		}
		e.add(aclType, a.Name, id.value, in, out)
	}
}

func inlineEntries(a *Acl, in bool) []props {
	entries := []props{}
	for _, n := range a.Entries {
		if n.In == in {
			entries = append(entries, entry(n, "ruleNo", "action"))
		}
	}
	return entries
}

// entry is an entry of an ACL; inline and separate ones name two properties
// differently. AWS shows protocols by their numbers.
func entry(n Entry, number, action string) props {
	p := props{number: n.Number, action: "deny", "fromPort": n.From, "toPort": n.To, "icmpType": 0, "icmpCode": 0}
	if n.Allow {
		p[action] = "allow"
	}
	p["protocol"] = n.Protocol
	if n.Protocol == "icmp" {
		p["icmpType"], p["icmpCode"] = -1, -1
	}
	if n.Number%2 == 0 {
		p["protocol"] = map[string]string{"tcp": "6", "udp": "17", "icmp": "1", "-1": "-1", "50": "50"}[n.Protocol]
	}
	if n.Block.Addr().Is6() {
		p["ipv6CidrBlock"] = n.Block.String()
	} else {
		p["cidrBlock"] = n.Block.String()
	}
	return p
}

func (e *exporter) endpoints() {
	for _, n := range e.w.Endpoints {
		id := "vpce-" + n.Name
		in := props{"vpcId": vpcRef(n.Vpc), "serviceName": "com.amazonaws." + Region + "." + n.Service, "vpcEndpointType": "Interface"}
		out := props{"arn": arn("ec2", "vpc-endpoint/"+id), "state": "available", "ownerId": Account, "requesterManaged": false}
		if n.Gateway {
			in["vpcEndpointType"] = "Gateway"
			tables := []ref{}
			for _, t := range n.Tables {
				tables = append(tables, tableRef(e.w.table(t)))
			}
			in["routeTableIds"] = tables
			out["prefixListId"] = endpointListsPart + n.Name
			out["cidrBlocks"] = []string{}
		} else {
			in["subnetIds"] = subnetRefs(n.Subnets)
			in["privateDnsEnabled"] = n.PrivateDNS
			if len(n.Groups) > 0 {
				in["securityGroupIds"] = e.groupRefs(n.Groups)
			} else {
				out["securityGroupIds"] = []string{defaultGroupPart + n.Vpc}
				if g := e.w.defaultGroup(n.Vpc); g != nil {
					out["securityGroupIds"] = []string{e.groupRef(g.Name).value}
				}
			}
		}
		document := `{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}`
		if n.Policy != nil {
			document = n.Policy.text()
			in["policy"] = document
		}
		out["policy"] = document
		e.add(endpointType, n.Name, id, in, out)
	}
}

// text is the policy as a program writes it.
func (d *Document) text() string {
	statements := []props{}
	for _, s := range d.Statements {
		p := props{"Effect": "Deny", "Principal": "*", "Action": oneOrMore(s.Actions), "Resource": oneOrMore(s.Resources)}
		if s.Allow {
			p["Effect"] = "Allow"
		}
		if s.Principals[0] != "*" {
			p["Principal"] = props{"AWS": oneOrMore(s.Principals)}
		}
		conditions := map[string]map[string]any{}
		for _, c := range s.Conditions {
			if conditions[c.Operator] == nil {
				conditions[c.Operator] = map[string]any{}
			}
			conditions[c.Operator][c.Key] = oneOrMore(c.Values)
		}
		if len(conditions) > 0 {
			p["Condition"] = conditions
		}
		statements = append(statements, p)
	}
	return text(props{"Version": "2012-10-17", "Statement": statements})
}

// oneOrMore is a list, or its one element by itself, as IAM takes it.
func oneOrMore(list []string) any {
	if len(list) == 1 {
		return list[0]
	}
	return list
}
