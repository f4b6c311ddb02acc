package build_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// tables are the tables of transit gateways in words.
func tables(n *model.Network) (lines []string) {
	for _, g := range n.TransitGateways {
		for _, a := range g.Attachments {
			table := "no table"
			if a.Table != nil {
				table = short(a.Table.Name)
			}
			lines = append(lines, fmt.Sprintf("%s: %d subnets, routed by %s, doubts %v", short(a.Name), len(a.Subnets), table, whats(a.Doubts)))
		}
		for _, t := range g.Tables {
			for _, r := range t.Routes {
				to := "nowhere"
				if r.To != nil {
					to = short(r.To.Name)
				}
				lines = append(lines, fmt.Sprintf("%s: %s to %s, static %v", short(t.Name), r.Destination, to, r.Static))
			}
			if len(t.Doubts) > 0 {
				lines = append(lines, fmt.Sprintf("%s: doubts %v", short(t.Name), whats(t.Doubts)))
			}
		}
	}
	slices.Sort(lines)
	return lines
}

func TestTransitGateways(t *testing.T) {
	t.Parallel()
	tgw := res{typ: "ec2transitgateway/transitGateway", name: "tgw", id: "tgw-1", props: m{
		"defaultRouteTableAssociation": "enable", "defaultRouteTablePropagation": "enable", "associationDefaultRouteTableId": "tgw-rtb-0", "propagationDefaultRouteTableId": "tgw-rtb-0",
	}}
	attached := res{typ: "ec2transitgateway/vpcAttachment", name: "att", id: "tgw-attach-1", props: m{
		"transitGatewayId": "tgw-1", "vpcId": "vpc-1", "subnetIds": []any{"subnet-a", "subnet-b"},
		"transitGatewayDefaultRouteTableAssociation": true, "transitGatewayDefaultRouteTablePropagation": true,
	}}
	apart := attached.with(m{"transitGatewayDefaultRouteTableAssociation": false, "transitGatewayDefaultRouteTablePropagation": false})
	table := res{typ: "ec2transitgateway/routeTable", name: "table", id: "tgw-rtb-1", props: m{"transitGatewayId": "tgw-1"}}
	tie := func(typ string, props m) res {
		return res{typ: "ec2transitgateway/" + typ, name: typ, id: typ, props: merged(m{"transitGatewayAttachmentId": "tgw-attach-1", "transitGatewayRouteTableId": "tgw-rtb-1"}, props)}
	}
	tests := map[string]struct {
		stack []res
		want  []string
	}{
		"default table": {[]res{tgw, attached}, []string{
			"RouteTable tgw: 10.0.0.0/16 to VpcAttachment att, static false", "VpcAttachment att: 2 subnets, routed by RouteTable tgw, doubts []",
		}},
		"no default table":  {[]res{tgw.with(m{"defaultRouteTableAssociation": "disable", "defaultRouteTablePropagation": "disable"}), attached}, []string{"VpcAttachment att: 2 subnets, routed by no table, doubts []"}},
		"a default by name": {[]res{tgw, attached.with(m{"transitGatewayDefaultRouteTableAssociation": false}), tie("route", m{"transitGatewayRouteTableId": "tgw-rtb-0", "destinationCidrBlock": "0.0.0.0/0"})}, []string{"RouteTable tgw: 0.0.0.0/0 to VpcAttachment att, static true", "RouteTable tgw: 10.0.0.0/16 to VpcAttachment att, static false", "VpcAttachment att: 2 subnets, routed by no table, doubts []"}},
		"tables of its own": {
			[]res{tgw, apart, table, tie("routeTableAssociation", nil), tie("routeTablePropagation", nil), tie("route", m{"destinationCidrBlock": "10.9.0.0/16", "blackhole": true, "transitGatewayAttachmentId": nil})},
			[]string{"RouteTable table: 10.0.0.0/16 to VpcAttachment att, static false", "RouteTable table: 10.9.0.0/16 to nowhere, static true", "VpcAttachment att: 2 subnets, routed by RouteTable table, doubts []"},
		},
		"another default table": {[]res{tgw, attached, table, {typ: "ec2transitgateway/defaultRouteTableAssociation", name: "d", id: "d", props: m{"transitGatewayId": "tgw-1", "transitGatewayRouteTableId": "tgw-rtb-1"}}}, []string{"RouteTable tgw: 10.0.0.0/16 to VpcAttachment att, static false", "VpcAttachment att: 2 subnets, routed by RouteTable table, doubts []"}},
		"another one, refreshed": {
			[]res{tgw.with(m{"associationDefaultRouteTableId": "tgw-rtb-1"}), attached, table, {typ: "ec2transitgateway/defaultRouteTableAssociation", name: "d", id: "d", props: m{"transitGatewayId": "tgw-1", "transitGatewayRouteTableId": "tgw-rtb-1"}}, tie("route", m{"transitGatewayRouteTableId": "tgw-rtb-0", "destinationCidrBlock": "9.0.0.0/8"})},
			[]string{"RouteTable tgw: 10.0.0.0/16 to VpcAttachment att, static false", "RouteTable tgw: 9.0.0.0/8 to VpcAttachment att, static true", "VpcAttachment att: 2 subnets, routed by RouteTable tgw, doubts []"},
		},
		"prefix list":                        {[]res{tgw, apart, table, {typ: "ec2/managedPrefixList", name: "list", id: "pl-1", props: m{"entries": []any{m{"cidr": "1.0.0.0/8"}, m{"cidr": "2.0.0.0/8"}}}}, tie("prefixListReference", m{"prefixListId": "pl-1"})}, []string{"RouteTable table: 1.0.0.0/8 to VpcAttachment att, static true", "RouteTable table: 2.0.0.0/8 to VpcAttachment att, static true", "VpcAttachment att: 2 subnets, routed by no table, doubts []"}},
		"association hidden":                 {[]res{tgw, apart, table, tie("routeTableAssociation", m{"transitGatewayAttachmentId": notKnown})}, []string{"RouteTable table: doubts [routeTableAssociation: its transitGatewayAttachmentId is not known yet]", "VpcAttachment att: 2 subnets, routed by no table, doubts [routeTableAssociation: its transitGatewayAttachmentId is not known yet]"}},
		"route hidden":                       {[]res{tgw, apart, table, tie("route", m{"destinationCidrBlock": notKnown})}, []string{"RouteTable table: doubts [route: its destinationCidrBlock is not known yet]", "VpcAttachment att: 2 subnets, routed by no table, doubts []"}},
		"setting hidden":                     {[]res{tgw, attached.with(m{"transitGatewayDefaultRouteTableAssociation": notKnown, "transitGatewayDefaultRouteTablePropagation": false})}, []string{"VpcAttachment att: 2 subnets, routed by no table, doubts [att: may be associated with the gateway's default table]"}},
		"of another account":                 {[]res{attached}, []string{"TransitGateway att: doubts [att: is not in the stack: it may have attachments and routes that are not seen att: may announce its routes to the gateway's default table]", "VpcAttachment att: 2 subnets, routed by no table, doubts [att: may be associated with the gateway's default table]"}},
		"a VPN":                              {[]res{tgw, {typ: "ec2/vpnConnection", name: "vpn", id: "vpn-1", props: m{"transitGatewayId": "tgw-1", "transitGatewayAttachmentId": "tgw-attach-9"}}}, []string{"RouteTable tgw: doubts [vpn: announces routes that are not in the stack]", "VpnConnection vpn: 0 subnets, routed by RouteTable tgw, doubts [vpn: leads out of the stack]"}},
		"a route to a VPC that is not there": {[]res{tgw, table, tie("route", m{"destinationCidrBlock": "0.0.0.0/0"})}, []string{"RouteTable table: 0.0.0.0/0 to VpcAttachment route, static true"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := exported(t, append([]res{vpcRes, subnetRes, subnetTwo}, tt.stack...)...)
			if diff := cmp.Diff(tt.want, tables(n)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
