package build_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

func TestVPCs(t *testing.T) {
	t.Parallel()
	check(t, map[string]scene{
		"as it is": {
			stack: []res{vpcRes},
			want:  []string{"vpc Vpc net: [10.0.0.0/16] private DNS Yes, 0 internet gateways, 0 peerings, blocks No No"},
			not:   []string{doubtless},
		},
		"bits behind the mask": {stack: []res{vpcRes.with(m{"cidrBlock": "10.0.3.4/16"})}, want: []string{"vpc Vpc net: [10.0.0.0/16] private DNS Yes, 0 internet gateways, 0 peerings, blocks No No"}},
		"without DNS names":    {stack: []res{vpcRes.with(m{"enableDnsHostnames": false})}, want: []string{"vpc Vpc net: [10.0.0.0/16] private DNS No, 0 internet gateways, 0 peerings, blocks No No"}},
		"DNS not known":        {stack: []res{vpcRes.with(m{"enableDnsSupport": notKnown})}, want: []string{"vpc Vpc net: [10.0.0.0/16] private DNS Maybe, 0 internet gateways, 0 peerings, blocks No No"}},
		"no block":             {stack: []res{vpcRes.without("cidrBlock")}, want: []string{"doubt at Vpc net: Vpc net its cidrBlock is not known yet"}},
		"a block that is none": {stack: []res{vpcRes.with(m{"cidrBlock": "ten"})}, want: []string{"doubt at Vpc net: Vpc net its cidrBlock is not what is expected there"}},
		"further blocks": {
			stack: []res{
				vpcRes.with(m{"ipv6CidrBlock": "2600:1f18::/56"}),
				{typ: "ec2/vpcIpv4CidrBlockAssociation", name: "more", id: "c-1", props: m{"vpcId": "vpc-1", "cidrBlock": "10.1.0.0/16"}},
				{typ: "ec2/vpcIpv6CidrBlockAssociation", name: "six", id: "c-2", props: m{"vpcId": "vpc-1", "ipv6CidrBlock": "2600:1f19::/56"}},
			},
			want: []string{"vpc Vpc net: [10.0.0.0/16 2600:1f18::/56 10.1.0.0/16 2600:1f19::/56] private DNS Yes, 0 internet gateways, 0 peerings, blocks No No"},
			not:  []string{doubtless},
		},
		"read, not managed": {
			stack: []res{{typ: "ec2/vpc", name: "net", id: "vpc-1", external: true, props: vpcRes.props}, subnetRes},
			want: []string{
				"doubt at Vpc net: Vpc net is not managed by the stack: it may have gateways, routes and address blocks that are not seen",
				"doubt at Subnet a: Subnet a has no route table in the stack, and its VPC's main one is not there",
				"doubt at Subnet a: Subnet a has no network ACL in the stack, and its VPC's default one is not there",
			},
		},
		"not in the stack": {
			stack: []res{subnetRes},
			want:  []string{"doubt at Vpc a: Subnet a its vpcId, vpc-1, is not in the stack"},
		},
		"the default one": {
			stack: []res{
				{typ: "ec2/defaultVpc", name: "net", id: "vpc-1", props: m{"cidrBlock": "172.31.0.0/16", "existingDefaultVpc": false}},
				{typ: "ec2/defaultSubnet", name: "a", id: "subnet-a", props: m{"vpcId": "vpc-1", "cidrBlock": "172.31.0.0/20"}},
			},
			want: []string{
				"vpc DefaultVpc net: [172.31.0.0/16] private DNS Yes, 1 internet gateways, 0 peerings, blocks No No",
				"route table DefaultRouteTable net: [0.0.0.0/0] to internet gateway InternetGateway net",
				"subnet DefaultSubnet a: [172.31.0.0/20] in , maps Yes, IPv6 No",
			},
			not: []string{doubtless},
		},
		"the default one, which was there": {
			stack: []res{{typ: "ec2/defaultVpc", name: "net", id: "vpc-1", props: m{"existingDefaultVpc": true}}},
			want:  []string{"doubt at DefaultVpc net: DefaultVpc net was there before the stack: it may have gateways, routes and subnets that are not seen"},
		},
		"a default subnet before it is read": {
			preview: true,
			stack:   []res{{typ: "ec2/defaultSubnet", name: "a", props: m{"availabilityZone": "us-east-1a"}}},
			want: []string{
				"subnet DefaultSubnet a: [] in us-east-1a, maps Yes, IPv6 Maybe",
				"doubt at DefaultVpc a: DefaultSubnet a is a subnet of the default VPC, which is not read yet",
			},
		},
	})
}

func TestSubnets(t *testing.T) {
	t.Parallel()
	check(t, map[string]scene{
		"main table and default ACL": {
			stack: []res{vpcRes, subnetRes},
			want: []string{
				"subnet Subnet a: [10.0.0.0/24] in us-east-1a, maps No, IPv6 No",
				"subnet Subnet a is routed by DefaultRouteTable net",
				"subnet Subnet a is filtered by DefaultNetworkAcl net: 2 in, 2 out",
			},
			not: []string{doubtless, "route table"},
		},
		"IPv6":               {stack: []res{vpcRes, subnetRes.with(m{"ipv6CidrBlock": "2600:1f18::/64"})}, want: []string{"subnet Subnet a: [10.0.0.0/24 2600:1f18::/64] in us-east-1a, maps No, IPv6 Yes"}},
		"IPv6 not given yet": {preview: true, stack: []res{vpcRes, subnetRes.with(m{"ipv6CidrBlock": notKnown})}, want: []string{"subnet Subnet a: [10.0.0.0/24] in us-east-1a, maps No, IPv6 Yes"}},
		"IPv6 only":          {stack: []res{vpcRes, subnetRes.without("cidrBlock").with(m{"ipv6Native": true, "ipv6CidrBlock": "2600:1f18::/64"})}, want: []string{"subnet Subnet a: [2600:1f18::/64] in us-east-1a, maps No, IPv6 Yes"}, not: []string{doubtless}},
		"block not known":    {stack: []res{vpcRes, subnetRes.with(m{"cidrBlock": notKnown})}, want: []string{"doubt at Subnet a: Subnet a its cidrBlock is not known yet"}},
		"maps hidden":        {stack: []res{vpcRes, subnetRes.with(m{"mapPublicIpOnLaunch": notKnown})}, want: []string{"subnet Subnet a: [10.0.0.0/24] in us-east-1a, maps Maybe, IPv6 No"}},
		"maps null":          {stack: []res{vpcRes, subnetRes.with(m{"mapPublicIpOnLaunch": nil, "ipv6CidrBlock": nil})}, want: []string{"subnet Subnet a: [10.0.0.0/24] in us-east-1a, maps No, IPv6 No"}, not: []string{doubtless}},
		"VPC not known":      {preview: true, stack: []res{vpcRes, subnetRes.with(m{"vpcId": notKnown})}, want: []string{"doubt at Vpc a: Subnet a its vpcId is not known yet"}},
		"VPC by what it is made from": {
			preview: true,
			stack:   []res{vpcRes, {typ: "ec2/subnet", name: "a", props: subnetRes.with(m{"vpcId": notKnown}).props, from: map[string][]string{"vpcId": {"net"}}}},
			want:    []string{"subnet Subnet a is routed by DefaultRouteTable net"}, not: []string{doubtless},
		},
	})
}

// routed is a subnet with a table of its own.
var associationRes = res{typ: "ec2/routeTableAssociation", name: "routed", id: "rtbassoc-1", props: m{"routeTableId": "rtb-1", "subnetId": "subnet-a"}}

func TestRouteTables(t *testing.T) {
	t.Parallel()
	second := res{typ: "ec2/routeTable", name: "other", id: "rtb-2", props: m{"vpcId": "vpc-1"}}
	check(t, map[string]scene{
		"associated": {stack: []res{vpcRes, subnetRes, tableRes, associationRes}, want: []string{"subnet Subnet a is routed by RouteTable table"}, not: []string{doubtless}},
		"twice": {
			stack: []res{vpcRes, subnetRes, tableRes, second, associationRes, {typ: "ec2/routeTableAssociation", name: "again", id: "rtbassoc-2", props: m{"routeTableId": "rtb-2", "subnetId": "subnet-a"}}},
			want:  []string{"doubt at Subnet a: Subnet a is associated with more than one route table, and AWS takes one"},
		},
		"subnet not known":      {stack: []res{vpcRes, subnetRes, tableRes, associationRes.with(m{"subnetId": notKnown})}, want: []string{"doubt at Subnet a: RouteTableAssociation routed its subnetId is not known yet"}},
		"subnet not in stack":   {stack: []res{vpcRes, subnetRes, tableRes, associationRes.with(m{"subnetId": "subnet-x"})}, want: []string{"subnet Subnet a is routed by DefaultRouteTable net"}, not: []string{doubtless}},
		"table not known":       {stack: []res{vpcRes, subnetRes, tableRes, associationRes.with(m{"routeTableId": notKnown})}, want: []string{"doubt at Subnet a: RouteTableAssociation routed its routeTableId is not known yet"}},
		"one of two subnets":    {preview: true, stack: []res{vpcRes, subnetRes, subnetTwo, tableRes, {typ: "ec2/routeTableAssociation", name: "routed", props: m{"routeTableId": "rtb-1", "subnetId": notKnown}, from: map[string][]string{"subnetId": {"a", "b"}}}}, want: []string{"doubt at Subnet a: RouteTableAssociation routed its subnetId is not known yet, and could be one of several", "doubt at Subnet b: RouteTableAssociation routed its subnetId is not known yet, and could be one of several"}},
		"another main table":    {stack: []res{vpcRes, subnetRes, tableRes, {typ: "ec2/mainRouteTableAssociation", name: "main", id: "m-1", props: m{"vpcId": "vpc-1", "routeTableId": "rtb-1"}}}, want: []string{"subnet Subnet a is routed by RouteTable table"}, not: []string{doubtless}},
		"main table not known":  {stack: []res{vpcRes, subnetRes, tableRes, {typ: "ec2/mainRouteTableAssociation", name: "main", id: "m-1", props: m{"vpcId": "vpc-1", "routeTableId": notKnown}}}, want: []string{"doubt at Vpc net: MainRouteTableAssociation main its routeTableId is not known yet"}},
		"the main table's rows": {stack: []res{vpcRes.with(m{"defaultRouteTableId": "rtb-0"}), subnetRes, gateRes, {typ: "ec2/defaultRouteTable", name: "main", id: "rtb-0", props: m{"defaultRouteTableId": "rtb-0", "routes": []any{m{"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-1"}}}}}, want: []string{"route table DefaultRouteTable main: [0.0.0.0/0] to internet gateway InternetGateway igw"}, not: []string{doubtless}},
		"the main table before": {preview: true, stack: []res{vpcRes, subnetRes.with(m{"vpcId": notKnown}).madeFrom("vpcId", "net"), {typ: "ec2/defaultRouteTable", name: "main", props: m{"defaultRouteTableId": notKnown, "routes": []any{}}, from: map[string][]string{"defaultRouteTableId": {"net"}}}}, want: []string{"subnet Subnet a is routed by DefaultRouteTable main"}, not: []string{doubtless}},
		"a route in the main table, by the VPC's output": {
			stack: []res{vpcRes.with(m{"mainRouteTableId": "rtb-0", "defaultRouteTableId": "rtb-0"}), subnetRes, gateRes, {typ: "ec2/route", name: "out", id: "r-1", props: m{"routeTableId": "rtb-0", "destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-1"}}},
			want:  []string{"route table DefaultRouteTable net: [0.0.0.0/0] to internet gateway InternetGateway igw"}, not: []string{doubtless},
		},
		"a gateway that is not known, beside the subnet": {stack: []res{vpcRes, subnetRes, tableRes, associationRes.with(m{"gatewayId": m{"what": "?"}})}, want: []string{"subnet Subnet a is routed by RouteTable table"}, not: []string{doubtless}},
		"a subnet or a gateway":                          {stack: []res{vpcRes, subnetRes, gateRes, tableRes, associationRes.with(m{"gatewayId": notKnown, "subnetId": notKnown})}, want: []string{"doubt at Subnet a: RouteTableAssociation routed its subnetId is not known yet"}},
		"a VPN gateway announces":                        {stack: []res{vpcRes, subnetRes, tableRes.with(m{"propagatingVgws": []any{"vgw-1"}}), associationRes}, want: []string{"doubt at RouteTable table: RouteTable table takes the routes that a virtual private gateway announces, which are not in the stack"}},
		"it announces, apart":                            {stack: []res{vpcRes, subnetRes, tableRes, associationRes, {typ: "ec2/vpnGatewayRoutePropagation", name: "vpn", id: "p-1", props: m{"routeTableId": "rtb-1", "vpnGatewayId": "vgw-1"}}}, want: []string{"doubt at RouteTable table: VpnGatewayRoutePropagation vpn takes the routes that a virtual private gateway announces, which are not in the stack"}},
		"hidden rows":                                    {stack: []res{vpcRes, subnetRes, tableRes.with(m{"routes": notKnown}), associationRes}, want: []string{"doubt at RouteTable table: RouteTable table its routes is not known yet"}},
		"null rows":                                      {stack: []res{vpcRes, subnetRes, tableRes.with(m{"routes": nil, "propagatingVgws": nil}), associationRes}, want: []string{"subnet Subnet a is routed by RouteTable table"}, not: []string{"route table", doubtless}},
		"read, rows not shown": {
			stack: []res{vpcRes, subnetRes, {typ: "ec2/routeTable", name: "table", id: "rtb-1", external: true, props: m{"vpcId": "vpc-1"}}, associationRes},
			want:  []string{"doubt at RouteTable table: RouteTable table its routes is missing"},
		},
		"read, not managed": {stack: []res{vpcRes, subnetRes, {typ: "ec2/routeTable", name: "table", id: "rtb-1", external: true, props: m{"vpcId": "vpc-1", "routes": []any{m{"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-9"}}}}, associationRes}, want: []string{"route table RouteTable table: [0.0.0.0/0] to internet gateway igw-9"}},
	})
}

// madeFrom is a resource with a property that is made from others.
func (r res) madeFrom(property string, names ...string) res {
	r.from = map[string][]string{property: names}
	return r
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	base := []res{vpcRes, subnetRes, subnetTwo, tableRes, associationRes, gateRes}
	route := func(props m) res {
		return res{typ: "ec2/route", name: "route", id: "r-1", props: m{"routeTableId": "rtb-1", "destinationCidrBlock": "0.0.0.0/0"}}.with(props)
	}
	scenes := map[string]scene{}
	add := func(name string, want, not string, further ...res) {
		s := scene{stack: append(append([]res{}, base...), further...)}
		if want != "" {
			s.want = []string{want}
		}
		if not != "" {
			s.not = []string{not}
		}
		scenes[name] = s
	}
	const to = "route table RouteTable table: [0.0.0.0/0] to "
	add("internet gateway", to+"internet gateway InternetGateway igw", doubtless, route(m{"gatewayId": "igw-1"}))
	add("internet gateway that is not there", to+"internet gateway igw-x", doubtless, route(m{"gatewayId": "igw-x"}))
	add("local", to+"local local", doubtless, route(m{"gatewayId": "local"}))
	add("VPN gateway", to+"virtual private gateway VpnGateway vpn", doubtless, route(m{"gatewayId": "vgw-1"}), res{typ: "ec2/vpnGateway", name: "vpn", id: "vgw-1", props: m{"vpcId": "vpc-1"}})
	add("NAT gateway", to+"NAT gateway NatGateway nat", doubtless, route(m{"natGatewayId": "nat-1"}), res{typ: "ec2/natGateway", name: "nat", id: "nat-1", props: m{"subnetId": "subnet-b", "connectivityType": "public"}})
	add("egress-only", "route table RouteTable table: [::/0] to egress-only internet gateway EgressOnlyInternetGateway eigw", doubtless,
		route(m{"destinationIpv6CidrBlock": "::/0", "destinationCidrBlock": "", "egressOnlyGatewayId": "eigw-1"}), res{typ: "ec2/egressOnlyInternetGateway", name: "eigw", id: "eigw-1", props: m{"vpcId": "vpc-1"}})
	add("peering", to+"VPC peering connection VpcPeeringConnection peer", doubtless, route(m{"vpcPeeringConnectionId": "pcx-1"}), res{typ: "ec2/vpcPeeringConnection", name: "peer", id: "pcx-1", props: m{"vpcId": "vpc-1", "peerVpcId": "vpc-9"}})
	add("peering by its acceptance", to+"VPC peering connection VpcPeeringConnectionAccepter peer", doubtless, route(m{"vpcPeeringConnectionId": "pcx-1"}), res{typ: "ec2/vpcPeeringConnectionAccepter", name: "peer", id: "pcx-1", props: m{"vpcPeeringConnectionId": "pcx-1", "vpcId": "vpc-1"}})
	add("transit gateway", to+"transit gateway TransitGateway tgw", doubtless, route(m{"transitGatewayId": "tgw-1"}), res{typ: "ec2transitgateway/transitGateway", name: "tgw", id: "tgw-1", props: m{}})
	add("endpoint", to+"Gateway Load Balancer endpoint Route route", doubtless, route(m{"vpcEndpointId": "vpce-1"}))
	add("core network", to+"core network Route route", doubtless, route(m{"coreNetworkArn": "arn:x"}))
	add("interface", to+"network interface NetworkInterface eni", doubtless, route(m{"networkInterfaceId": "eni-1"}), res{typ: "ec2/networkInterface", name: "eni", id: "eni-1", props: m{"subnetId": "subnet-b", "securityGroups": []any{}}})
	add("instance", to+"network interface Instance box", doubtless, route(m{"networkInterfaceId": "eni-7"}), res{typ: "ec2/instance", name: "box", id: "i-1", props: m{"subnetId": "subnet-b", "primaryNetworkInterfaceId": "eni-7", "sourceDestCheck": false}})
	add("no target", "doubt at RouteTable table: Route route has a route whose target is not known", "", route(nil))
	add("target not known", "doubt at RouteTable table: Route route its natGatewayId is not known yet", "", route(m{"natGatewayId": notKnown}))
	add("no destination", "doubt at RouteTable table: Route route has a route whose destination is not known", "", route(m{"destinationCidrBlock": nil, "gatewayId": "igw-1"}))
	add("destination not known", "doubt at RouteTable table: Route route its destinationCidrBlock is not known yet", "", route(m{"destinationCidrBlock": notKnown, "gatewayId": "igw-1"}))
	add("table not known", to+"internet gateway InternetGateway igw, maybe", "doubt at everything", route(m{"routeTableId": notKnown, "gatewayId": "igw-1"}))
	add("prefix list", "route table RouteTable table: [1.2.0.0/16 1.3.0.0/16] to internet gateway InternetGateway igw", doubtless,
		route(m{"destinationCidrBlock": "", "destinationPrefixListId": "pl-1", "gatewayId": "igw-1"}),
		res{typ: "ec2/managedPrefixList", name: "list", id: "pl-1", props: m{"entries": []any{m{"cidr": "1.2.0.0/16"}}}},
		res{typ: "ec2/managedPrefixListEntry", name: "entry", id: "ple-1", props: m{"prefixListId": "pl-1", "cidr": "1.3.0.0/16"}})
	add("prefix list that is not there", "doubt at RouteTable table: Route route its destinationPrefixListId, pl-x, is not in the stack", "", route(m{"destinationCidrBlock": "", "destinationPrefixListId": "pl-x", "gatewayId": "igw-1"}))
	add("prefix list with a hidden entry", "doubt at RouteTable table: Route route its destinationPrefixListId is a prefix list whose blocks are not in the stack", "",
		route(m{"destinationCidrBlock": "", "destinationPrefixListId": "pl-1", "gatewayId": "igw-1"}),
		res{typ: "ec2/managedPrefixList", name: "list", id: "pl-1", props: m{"entries": []any{m{"cidr": notKnown}}}})
	check(t, scenes)
}

// A refresh shows routes of the program, and others, in the table.
func TestRoutesThatARefreshShows(t *testing.T) {
	t.Parallel()
	table := tableRes.with(m{"routes": []any{
		m{"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-1", "natGatewayId": "", "ipv6CidrBlock": ""},
		m{"cidrBlock": "8.8.8.8/32", "gatewayId": "igw-1"},
	}})
	n := exported(t, vpcRes, subnetRes, table, associationRes, gateRes,
		res{typ: "ec2/route", name: "mine", id: "r-1", props: m{"routeTableId": "rtb-1", "destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-1"}})
	routes := n.VPCs[0].Subnets[0].Table.Routes
	if len(routes) != 2 {
		t.Fatalf("%d routes, not 2: %v", len(routes), routes)
	}
	if got := short(routes[0].Name); got != "Route mine" {
		t.Errorf("the route is named %q, not by its own resource", got)
	}
}

func TestGateways(t *testing.T) {
	t.Parallel()
	apart := gateRes.without("vpcId")
	edge := res{typ: "ec2/routeTableAssociation", name: "edge", id: "e-1", props: m{"gatewayId": "igw-1", "routeTableId": "rtb-1"}}
	check(t, map[string]scene{
		"attached":       {stack: []res{vpcRes, gateRes}, want: []string{"vpc Vpc net: [10.0.0.0/16] private DNS Yes, 1 internet gateways, 0 peerings, blocks No No"}, not: []string{doubtless}},
		"not attached":   {stack: []res{vpcRes, apart}, want: []string{"vpc Vpc net: [10.0.0.0/16] private DNS Yes, 0 internet gateways, 0 peerings, blocks No No"}, not: []string{doubtless}},
		"attached apart": {stack: []res{vpcRes, apart, {typ: "ec2/internetGatewayAttachment", name: "att", id: "x", props: m{"internetGatewayId": "igw-1", "vpcId": "vpc-1"}}}, want: []string{"vpc Vpc net: [10.0.0.0/16] private DNS Yes, 1 internet gateways, 0 peerings, blocks No No"}, not: []string{doubtless}},
		"one that is not there": {
			stack: []res{vpcRes, {typ: "ec2/internetGatewayAttachment", name: "att", id: "x", props: m{"internetGatewayId": "igw-x", "vpcId": "vpc-1"}}},
			want:  []string{"vpc Vpc net: [10.0.0.0/16] private DNS Yes, 1 internet gateways, 0 peerings, blocks No No"},
		},
		"attached to what": {stack: []res{vpcRes, gateRes.with(m{"vpcId": notKnown})}, want: []string{"internet gateway InternetGateway igw: attached Maybe"}},
		"block public access": {
			stack: []res{vpcRes.with(m{"arn": "arn:aws:ec2:us-east-1:1:vpc/vpc-1"}), {typ: "ec2/vpcBlockPublicAccessOptions", name: "bpa", id: "us-east-1", props: m{"awsRegion": "us-east-1", "internetGatewayBlockMode": "block-ingress"}}},
			want:  []string{"vpc Vpc net: [10.0.0.0/16] private DNS Yes, 0 internet gateways, 0 peerings, blocks Yes No"},
		},
		"block public access, elsewhere": {
			stack: []res{vpcRes.with(m{"arn": "arn:aws:ec2:us-west-2:1:vpc/vpc-1"}), {typ: "ec2/vpcBlockPublicAccessOptions", name: "bpa", id: "us-east-1", props: m{"awsRegion": "us-east-1", "internetGatewayBlockMode": "block-bidirectional"}}},
			want:  []string{"vpc Vpc net: [10.0.0.0/16] private DNS Yes, 0 internet gateways, 0 peerings, blocks No No"},
		},
		"block public access, of another account": {
			stack: []res{vpcRes.with(m{"arn": "arn:aws:ec2:us-east-1:1:vpc/vpc-1"}), {typ: "ec2/vpcBlockPublicAccessOptions", name: "bpa", id: "us-east-1", props: m{"awsAccountId": "2", "awsRegion": "us-east-1", "internetGatewayBlockMode": "block-bidirectional"}}},
			want:  []string{"vpc Vpc net: [10.0.0.0/16] private DNS Yes, 0 internet gateways, 0 peerings, blocks No No"},
		},
		"block public access, region not known": {
			preview: true,
			stack:   []res{vpcRes, {typ: "ec2/vpcBlockPublicAccessOptions", name: "bpa", props: m{"internetGatewayBlockMode": "block-bidirectional"}}},
			want:    []string{"vpc Vpc net: [10.0.0.0/16] private DNS Yes, 0 internet gateways, 0 peerings, blocks Maybe Maybe"},
		},
		"attached one not known": {
			stack: []res{vpcRes, apart, {typ: "ec2/internetGatewayAttachment", name: "att", id: "x", props: m{"internetGatewayId": notKnown, "vpcId": "vpc-1"}}},
			want:  []string{"internet gateway InternetGateway igw: attached Maybe"},
		},
		"attached to one that is not there": {
			stack: []res{gateRes, subnetRes},
			want:  []string{"vpc Vpc igw: [] private DNS Maybe, 1 internet gateways, 0 peerings, blocks No No", "internet gateway InternetGateway igw: attached Yes"},
		},
	})
	n := exported(t, vpcRes, gateRes, tableRes, edge.with(m{"gatewayId": notKnown}))
	if got := n.VPCs[0].InternetGateways[0].Ingress; got == nil || len(got.Doubts) == 0 {
		t.Errorf("an edge association may be any gateway's, but what comes in is routed by %v", got)
	}
	n = exported(t, vpcRes, gateRes, tableRes, edge)
	if got := n.VPCs[0].InternetGateways[0].Ingress; got == nil || short(got.Name) != "RouteTable table" {
		t.Errorf("what comes in is routed by %v", got)
	}
}

func TestNATGateways(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		props    m
		public   model.Truth
		regional bool
		doubts   []string
	}{
		"public":            {m{"subnetId": "subnet-a", "connectivityType": "public"}, model.Yes, false, []string{}},
		"no kind said":      {m{"subnetId": "subnet-a"}, model.Yes, false, []string{}},
		"private":           {m{"subnetId": "subnet-a", "connectivityType": "private"}, model.No, false, []string{}},
		"null for the kind": {m{"subnetId": "subnet-a", "connectivityType": nil, "availabilityMode": nil}, model.Yes, false, []string{}},
		"kind not known":    {m{"subnetId": "subnet-a", "connectivityType": notKnown}, model.Maybe, false, []string{}},
		"regional":          {m{"vpcId": "vpc-1", "availabilityMode": "regional", "connectivityType": "public"}, model.Yes, true, []string{}},
		"regional, where":   {m{"vpcId": notKnown, "availabilityMode": "regional", "connectivityType": "public"}, model.Yes, true, []string{"nat: its vpcId is not known yet"}},
		"mode not known":    {m{"subnetId": "subnet-a", "availabilityMode": "what?", "connectivityType": "public"}, model.Yes, false, []string{"nat: its availabilityMode is not what is expected there"}},
		"subnet not there":  {m{"subnetId": "subnet-x", "connectivityType": "public"}, model.Yes, false, []string{"nat: its subnetId, subnet-x, is not in the stack"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := exported(t, vpcRes, subnetRes, subnetTwo, tableRes, associationRes,
				res{typ: "ec2/natGateway", name: "nat", id: "nat-1", props: tt.props},
				res{typ: "ec2/route", name: "out", id: "r-1", props: m{"routeTableId": "rtb-1", "destinationCidrBlock": "0.0.0.0/0", "natGatewayId": "nat-1"}})
			nat := n.VPCs[0].Subnets[0].Table.Routes[0].Target.NAT
			require.NotNil(t, nat)
			assert.Equal(t, tt.public, nat.Public)
			assert.Equal(t, tt.regional, nat.Regional)
			assert.Equal(t, tt.doubts, whats(nat.Doubts))
			if len(tt.doubts) == 0 {
				assert.Equal(t, "vpc-1", nat.VPC.ID)
			}
		})
	}
}
