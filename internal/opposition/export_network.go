package opposition

import (
	"net/netip"
	"slices"
	"strconv"
)

const (
	vpcType           = "aws:ec2/vpc:Vpc"
	subnetType        = "aws:ec2/subnet:Subnet"
	tableType         = "aws:ec2/routeTable:RouteTable"
	adoptedTableType  = "aws:ec2/defaultRouteTable:DefaultRouteTable"
	gatewayType       = "aws:ec2/internetGateway:InternetGateway"
	egressOnlyType    = "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway"
	natType           = "aws:ec2/natGateway:NatGateway"
	eipType           = "aws:ec2/eip:Eip"
	peeringType       = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection"
	listType          = "aws:ec2/managedPrefixList:ManagedPrefixList"
	transitType       = "aws:ec2transitgateway/transitGateway:TransitGateway"
	attachmentType    = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
	transitTableType  = "aws:ec2transitgateway/routeTable:RouteTable"
	blockAccessType   = "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions"
	adoptedTablePart  = "rtb-main-"
	defaultAclPart    = "acl-default-"
	defaultGroupPart  = "sg-default-"
	transitTablePart  = "tgw-rtb-default-"
	endpointListsPart = "pl-aws-"
)

func vpcRef(n string) ref    { return ref{urn(vpcType, n), "vpc-" + n} }
func subnetRef(n string) ref { return ref{urn(subnetType, n), "subnet-" + n} }
func subnetRefs(l []string) []ref {
	refs := []ref{}
	for _, n := range l {
		refs = append(refs, subnetRef(n))
	}
	return refs
}

func (e *exporter) networks() {
	if m := e.w.BlockPublicAccess; m != "" {
		e.add(blockAccessType, "options", Region, props{"internetGatewayBlockMode": m},
			props{"awsAccountId": Account, "awsRegion": Region})
	}
	for _, v := range e.w.Vpcs {
		e.vpc(v)
	}
	for _, s := range e.w.Subnets {
		in := props{
			"vpcId": vpcRef(s.Vpc), "cidrBlock": s.Block.String(), "availabilityZone": s.Zone,
			"mapPublicIpOnLaunch": s.MapPublic, "assignIpv6AddressOnCreation": s.Block6.IsValid(),
		}
		if s.Block6.IsValid() {
			in["ipv6CidrBlock"] = s.Block6.String()
		}
		e.add(subnetType, s.Name, subnetRef(s.Name).value, in, props{
			"arn": arn("ec2", "subnet/"+subnetRef(s.Name).value), "availabilityZoneId": "use1-az" + strconv.Itoa(int(s.Zone[len(s.Zone)-1]-'a')+1), "ownerId": Account,
		})
	}
	for _, g := range e.w.Gateways {
		in, out := props{}, props{"arn": arn("ec2", "internet-gateway/igw-"+g.Name), "ownerId": Account, "vpcId": ""}
		if g.Vpc != "" {
			out["vpcId"] = vpcRef(g.Vpc).value
			if !g.Separate {
				in["vpcId"] = vpcRef(g.Vpc)
			} else {
				e.add("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment", g.Name, "igw-"+g.Name+":"+vpcRef(g.Vpc).value,
					props{"internetGatewayId": ref{urn(gatewayType, g.Name), "igw-" + g.Name}, "vpcId": vpcRef(g.Vpc)}, nil)
				out["vpcId"] = "" // It was attached after it had been made.
			}
		}
		e.add(gatewayType, g.Name, "igw-"+g.Name, in, out)
	}
	for _, g := range e.w.EgressOnly {
		e.add(egressOnlyType, g.Name, "eigw-"+g.Name, props{"vpcId": vpcRef(g.Vpc)}, nil)
	}
	for _, n := range e.w.Nats {
		in := props{"subnetId": subnetRef(n.Subnet), "connectivityType": "private"}
		out := props{"publicIp": "", "privateIp": nth(e.w.subnet(n.Subnet).Block, 5).String(), "networkInterfaceId": "eni-" + n.Name}
		if !n.Private {
			e.add(eipType, n.Name, "eipalloc-"+n.Name, props{"domain": "vpc"}, props{"publicIp": "198.51.100.7"})
			in["connectivityType"] = "public"
			in["allocationId"] = ref{urn(eipType, n.Name), "eipalloc-" + n.Name}
			out["publicIp"] = "198.51.100.7"
		}
		e.add(natType, n.Name, "nat-"+n.Name, in, out)
	}
	for _, p := range e.w.Peerings {
		e.add(peeringType, p.Name, "pcx-"+p.Name, props{"vpcId": vpcRef(p.Vpc), "peerVpcId": vpcRef(p.Peer), "autoAccept": true},
			props{"acceptStatus": "active", "peerOwnerId": Account, "peerRegion": Region})
	}
	for _, l := range e.w.Lists {
		e.list(l)
	}
}

func (e *exporter) vpc(v *Vpc) {
	id := vpcRef(v.Name).value
	in := props{"cidrBlock": v.Blocks[0].String(), "enableDnsSupport": true, "enableDnsHostnames": v.DNS, "instanceTenancy": "default"}
	out := props{
		"arn": arn("ec2", "vpc/"+id), "ownerId": Account, "dhcpOptionsId": "dopt-1", "ipv6CidrBlock": "",
		"mainRouteTableId": adoptedTablePart + v.Name, "defaultRouteTableId": adoptedTablePart + v.Name,
		"defaultNetworkAclId": defaultAclPart + v.Name, "defaultSecurityGroupId": defaultGroupPart + v.Name,
	}
	if v.Block6.IsValid() {
		in["assignGeneratedIpv6CidrBlock"] = true
		out["ipv6CidrBlock"] = v.Block6.String()
	}
	if t := e.w.mainTable(v.Name); t != nil && t.Role == AssociatedMain {
		// As a refresh shows it; defaultRouteTableId stays what AWS made.
		out["mainRouteTableId"] = tableRef(t).value
	}
	e.add(vpcType, v.Name, id, in, out)
	for _, b := range v.Blocks[1:] {
		e.add("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", e.next(v.Name+"-block"), e.next("vpc-cidr-assoc"),
			props{"vpcId": vpcRef(v.Name), "cidrBlock": b.String()}, nil)
	}
}

// list writes a prefix list, every second one with entries of their own.
func (e *exporter) list(l *List) {
	family := "IPv4"
	entries := []props{}
	for _, b := range l.Blocks {
		entries = append(entries, props{"cidr": b.String(), "description": ""})
		if b.Addr().Is6() {
			family = "IPv6"
		}
	}
	in := props{"name": l.Name, "addressFamily": family, "maxEntries": 5}
	inline := len(l.Name)%2 == 0 || len(entries) == 0
	if inline {
		in["entries"] = entries
	} else {
		for _, b := range l.Blocks {
			e.add("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", e.next(l.Name+"-entry"), "pl-"+l.Name+","+b.String(),
				props{"prefixListId": ref{urn(listType, l.Name), "pl-" + l.Name}, "cidr": b.String(), "description": ""}, nil)
		}
	}
	e.add(listType, l.Name, "pl-"+l.Name, in, props{"arn": arn("ec2", "prefix-list/pl-"+l.Name), "ownerId": Account, "version": 1})
}

// tableRef is the id of a route table, which for the VPC's own main one is an
// output of the VPC.
func tableRef(t *Table) ref {
	switch t.Role {
	case AdoptedMain:
		return ref{urn(adoptedTableType, t.Name), adoptedTablePart + t.Vpc}
	case NamedMain:
		return ref{urn(vpcType, t.Vpc), adoptedTablePart + t.Vpc}
	}
	return ref{urn(tableType, t.Name), "rtb-" + t.Name}
}

func (e *exporter) routing() {
	for _, t := range e.w.Tables {
		e.table(t)
	}
	for _, s := range e.w.Subnets {
		if t := e.w.table(s.Table); t != nil {
			e.add("aws:ec2/routeTableAssociation:RouteTableAssociation", s.Name, "rtbassoc-"+s.Name,
				props{"subnetId": subnetRef(s.Name), "routeTableId": tableRef(t)}, nil)
		}
	}
}

func (e *exporter) table(t *Table) {
	in := props{}
	inline := t.Inline && t.Role != NamedMain
	if inline {
		routes := []props{}
		for _, r := range t.Routes {
			routes = append(routes, e.route(r, "cidrBlock", "ipv6CidrBlock"))
		}
		in["routes"] = routes
	}
	switch t.Role {
	case AdoptedMain:
		in["defaultRouteTableId"] = ref{urn(vpcType, t.Vpc), adoptedTablePart + t.Vpc}
		if !inline {
			in["routes"] = []props{}
		}
		e.add(adoptedTableType, t.Name, adoptedTablePart+t.Vpc, in, props{"vpcId": vpcRef(t.Vpc).value, "ownerId": Account})
	case NamedMain:
	default:
		in["vpcId"] = vpcRef(t.Vpc)
		var out props
		if !inline {
			out = props{"routes": []any{}}
		}
		e.add(tableType, t.Name, tableRef(t).value, in, out)
	}
	if t.Role == AssociatedMain {
		e.add("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", t.Name, "rtbassoc-main-"+t.Name,
			props{"vpcId": vpcRef(t.Vpc), "routeTableId": tableRef(t)}, props{"originalRouteTableId": adoptedTablePart + t.Vpc})
	}
	if !inline {
		for _, r := range t.Routes {
			id := e.next("r-" + t.Name)
			e.add("aws:ec2/route:Route", id, id, e.route(r, "destinationCidrBlock", "destinationIpv6CidrBlock").with("routeTableId", tableRef(t)),
				props{"state": "active", "origin": "CreateRoute"})
		}
	}
}

// route is a route in a table or by itself, which name the block differently.
func (e *exporter) route(r Route, block, block6 string) props {
	p := props{}
	switch {
	case r.List != "":
		p["destinationPrefixListId"] = ref{urn(listType, r.List), "pl-" + r.List}
	case r.Block.Addr().Is6():
		p[block6] = r.Block.String()
	default:
		p[block] = r.Block.String()
	}
	switch t := r.Target; {
	case e.w.gateway(t) != nil:
		p["gatewayId"] = ref{urn(gatewayType, t), "igw-" + t}
	case e.w.egressOnly(t) != nil:
		p["egressOnlyGatewayId"] = ref{urn(egressOnlyType, t), "eigw-" + t}
	case e.w.nat(t) != nil:
		p["natGatewayId"] = ref{urn(natType, t), "nat-" + t}
	case e.w.peering(t) != nil:
		p["vpcPeeringConnectionId"] = ref{urn(peeringType, t), "pcx-" + t}
	case e.w.transit(t) != nil:
		p["transitGatewayId"] = ref{urn(transitType, t), "tgw-" + t}
	}
	return p
}

func (e *exporter) transits() {
	for _, t := range e.w.Transits {
		e.add(transitType, t.Name, "tgw-"+t.Name,
			props{"defaultRouteTableAssociation": "enable", "defaultRouteTablePropagation": "enable"},
			props{
				"associationDefaultRouteTableId": transitTablePart + t.Name, "propagationDefaultRouteTableId": transitTablePart + t.Name,
				"arn": arn("ec2", "transit-gateway/tgw-"+t.Name), "ownerId": Account,
			})
		for _, table := range t.Tables {
			e.transitTable(t, table)
		}
	}
	for _, a := range e.w.Attachments {
		var home *TransitTable
		for _, table := range e.w.transit(a.Transit).Tables {
			if table.Default {
				home = table
			}
		}
		e.add(attachmentType, a.Name, "tgw-attach-"+a.Name, props{
			"transitGatewayId": ref{urn(transitType, a.Transit), "tgw-" + a.Transit},
			"vpcId":            vpcRef(a.Vpc), "subnetIds": subnetRefs(a.Subnets),
			"transitGatewayDefaultRouteTableAssociation": home != nil && slices.Contains(home.Associated, a.Name),
			"transitGatewayDefaultRouteTablePropagation": home != nil && slices.Contains(home.Propagated, a.Name),
		}, props{"vpcOwnerId": Account})
	}
}

func (e *exporter) transitTable(t *Transit, table *TransitTable) {
	id := ref{urn(transitTableType, table.Name), "tgw-rtb-" + table.Name}
	attachment := func(n string) ref { return ref{urn(attachmentType, n), "tgw-attach-" + n} }
	if table.Default {
		id = ref{urn(transitType, t.Name), transitTablePart + t.Name}
	} else {
		e.add(transitTableType, table.Name, id.value, props{"transitGatewayId": ref{urn(transitType, t.Name), "tgw-" + t.Name}}, nil)
		for _, a := range table.Associated {
			e.add("aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation", table.Name+"-"+a, id.value+"_tgw-attach-"+a,
				props{"transitGatewayAttachmentId": attachment(a), "transitGatewayRouteTableId": id}, nil)
		}
		for _, a := range table.Propagated {
			e.add("aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation", table.Name+"-"+a, id.value+"_tgw-attach-"+a,
				props{"transitGatewayAttachmentId": attachment(a), "transitGatewayRouteTableId": id}, nil)
		}
	}
	for _, r := range table.Routes {
		in := props{"destinationCidrBlock": r.Block.String(), "transitGatewayRouteTableId": id, "blackhole": r.Attachment == ""}
		if r.Attachment != "" {
			in["transitGatewayAttachmentId"] = attachment(r.Attachment)
		}
		e.add("aws:ec2transitgateway/route:Route", e.next(table.Name+"-route"), id.value+"_"+r.Block.String(), in, nil)
	}
}

// family splits blocks into those of IPv4 and those of IPv6.
func family(blocks []netip.Prefix) (four, six []string) {
	four, six = []string{}, []string{}
	for _, b := range blocks {
		if b.Addr().Is4() {
			four = append(four, b.String())
		} else {
			six = append(six, b.String())
		}
	}
	return four, six
}
