package verify

import (
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// analysis decides about one network. It keeps what services share: the ways
// out of a subnet, and the order of a table's routes.
type analysis struct {
	net       *model.Network
	tables    map[*model.RouteTable][]destination
	transits  map[*model.TransitTable][]transitDestination
	exits     map[exitKey][]way
	entries   map[exitKey][]way
	hosts     map[*model.Interfaces]answer // whether a host reaches the internet itself
	connects  map[[2]*model.Subnet]answer
	inner     map[[2]*model.Subnet]borders
	doors     map[*model.Service][]door
	anyDoors  []door // which may lead to any service
	pairs     map[pairKey]pair
	nears     map[nearKey]bool
	gateways  map[*model.RouteTable][]*model.Endpoint
	endpoints map[*model.Endpoint]verdictOfPolicy
}

type exitKey struct {
	subnet *model.Subnet
	family addr.Family
}

// elsewhere are the doubts about a VPC: another way in or out may exist.
func (a *analysis) elsewhere(v *model.VPC) []model.Doubt {
	if v == nil {
		return a.net.Doubts
	}
	return join(v.Doubts, a.net.Doubts)
}

// inVPC are what AWS makes with a VPC, as a part of the VPC's name.
var inVPC = map[string]string{
	"aws:ec2/defaultRouteTable:DefaultRouteTable":       "'s main route table",
	"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "'s default security group",
	"aws:ec2/defaultNetworkAcl:DefaultNetworkAcl":       "'s default network ACL",
	"aws:ec2/internetGateway:InternetGateway":           "'s internet gateway",
}

// nameOf is how a report calls a resource: the last part of its URN, or the ID
// of one that is not in the stack. What AWS made with a VPC, and no resource of
// the stack stands for, has the VPC's URN.
func nameOf(n model.Name) string {
	if i := strings.LastIndex(n.URN, "::"); i >= 0 {
		name := n.URN[i+2:]
		if of := n.URN[:i]; strings.HasSuffix(of, "aws:ec2/vpc:Vpc") || strings.HasSuffix(of, "aws:ec2/defaultVpc:DefaultVpc") {
			name += inVPC[n.Type]
		}
		return name
	}
	if n.URN != "" {
		return n.URN
	}
	return n.ID
}
