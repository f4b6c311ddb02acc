package standin

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	tInternetGateway = "aws:ec2/internetGateway:InternetGateway"
	tEip             = "aws:ec2/eip:Eip"
	tNat             = "aws:ec2/natGateway:NatGateway"
	tRoute           = "aws:ec2/route:Route"
)

// addLives adds the lives of more types to those of the lifecycle test.
func addLives(more map[string]func(p *provider) life) bool {
	for token, l := range more {
		if lives[token] != nil {
			panic("two lives for " + token)
		}
		lives[token] = l
	}
	return true
}

// addMoreLives adds further lives of types that have one.
func addMoreLives(more map[string]func(p *provider) (string, life)) bool {
	maps.Copy(moreLives, more)
	return true
}

var _ = addLives(map[string]func(p *provider) life{
	tInternetGateway: func(p *provider) life {
		one, two := newVpc(p, "igw-one"), newVpc(p, "igw-two")
		return life{
			in:    props{"vpcId": one.vpc.id, "tags": props{"Name": "one"}},
			edits: []edit{{name: "vpcId", value: two.vpc.id}, {name: "tags", value: props{"Name": "two"}}},
		}
	},
	tEip: func(*provider) life {
		return life{
			in: props{"domain": "vpc", "publicIpv4Pool": "amazon", "networkBorderGroup": "us-east-1", "tags": props{"Name": "one"}},
			edits: []edit{
				{name: "domain", value: "standard"},
				{name: "publicIpv4Pool", value: "ipv4pool-ec2-1"},
				{name: "networkBorderGroup", value: "us-east-1-bos-1"},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
	tNat: func(p *provider) life {
		w := newPublic(p, "nat")
		return life{
			in: props{
				"subnetId": w.a.id, "allocationId": p.create(tEip, "nat", props{"domain": "vpc"}).id, "connectivityType": "public",
				"privateIp": "10.0.0.77", "tags": props{"Name": "one"},
			},
			edits: []edit{
				{name: "subnetId", value: w.b.id},
				{name: "allocationId", value: "eipalloc-0"},
				{name: "connectivityType", value: "private"},
				{name: "privateIp", value: "10.0.0.78"},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
	tRoute: func(p *provider) life {
		w := newPublic(p, "route")
		nat := w.nat("route")
		return life{
			in: props{"routeTableId": w.tableB.id, "destinationCidrBlock": "0.0.0.0/0", "natGatewayId": nat.id},
			edits: []edit{
				{name: "routeTableId", value: w.tableA.id},
				{name: "destinationCidrBlock", value: "198.51.100.0/24"},
				{name: "gatewayId", value: w.gateway.id, with: props{"natGatewayId": nil}},
				{name: "natGatewayId", value: nat.id, with: props{"gatewayId": nil}},
			},
			importID: func(*res) string { return w.tableB.id + "_0.0.0.0/0" },
		}
	},
})

var _ = addMoreLives(map[string]func(p *provider) (string, life){
	"route to an internet gateway": func(p *provider) (string, life) {
		w := newPublic(p, "public-route")
		return tRoute, life{
			in:    props{"routeTableId": w.tableB.id, "destinationCidrBlock": "0.0.0.0/0", "gatewayId": w.gateway.id},
			edits: []edit{{name: "natGatewayId", value: w.nat("route").id, with: props{"gatewayId": nil}}},

			importID: func(*res) string { return w.tableB.id + "_0.0.0.0/0" },
		}
	},
})

// publicWorld is a VPC whose first subnet has a route to an internet gateway.
type publicWorld struct {
	*vpcWorld
	gateway, association, route *res
}

func newPublic(p *provider, name string) *publicWorld {
	p.t.Helper()
	w := &publicWorld{vpcWorld: newVpc(p, name)}
	w.gateway = p.create(tInternetGateway, name, props{"vpcId": w.vpc.id})
	w.association = p.create(tAssociation, name, props{"subnetId": w.a.id, "routeTableId": w.tableA.id})
	w.route = p.create(tRoute, name, props{"routeTableId": w.tableA.id, "destinationCidrBlock": "0.0.0.0/0", "gatewayId": w.gateway.id})
	return w
}

// nat makes a NAT gateway, with an address of its own, in the public subnet.
func (w *publicWorld) nat(name string) *res {
	w.p.t.Helper()
	address := w.p.create(tEip, w.name+"-"+name, props{"domain": "vpc"})
	return w.p.create(tNat, w.name+"-"+name, props{"subnetId": w.a.id, "allocationId": address.id})
}

// requireRefused holds that AWS's code and words are in the error.
func requireRefused(t *testing.T, err error, code, words string) {
	t.Helper()
	require.ErrorContains(t, err, code)
	require.ErrorContains(t, err, words)
}

func TestNatGatewayHasTheAddressesOfItsSubnetAndEip(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newPublic(p, "addresses")
	address := p.create(tEip, "addresses", props{"domain": "vpc"})
	nat := p.create(tNat, "addresses", props{"subnetId": w.a.id, "allocationId": address.id})
	require.Equal(t, address.out("publicIp"), nat.out("publicIp"))
	require.Equal(t, "10.0.0.4", nat.out("privateIp"), "the first address that AWS leaves free")
	require.Regexp(t, "^eni-", nat.out("networkInterfaceId"))
	require.Regexp(t, "^eipassoc-", nat.out("associationId"))

	second := w.nat("second")
	require.Equal(t, "10.0.0.5", second.out("privateIp"))
	private := p.create(tNat, "private", props{"subnetId": w.b.id, "connectivityType": "private"})
	require.Equal(t, "10.0.1.4", private.out("privateIp"))
	private.requireSettled()

	read := unwire(t, address.read().GetProperties())
	require.Equal(t, "10.0.0.4", read.str("privateIp"), "the Elastic IP says where it leads")
	require.Equal(t, nat.out("networkInterfaceId"), read.str("networkInterface"))
	require.Equal(t, nat.out("associationId"), read.str("associationId"))
}

func TestNatGatewayRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w, bare := newPublic(p, "refused"), newVpc(p, "bare")
	used, free := p.create(tEip, "used", props{}), p.create(tEip, "free", props{})
	p.create(tNat, "one", props{"subnetId": w.a.id, "allocationId": used.id, "privateIp": "10.0.0.9"})
	runRefusals(t, p, map[string]refusal{
		"no address":              {tNat, props{"subnetId": w.a.id}, "MissingParameter", "AllocationId"},
		"unknown address":         {tNat, props{"subnetId": w.a.id, "allocationId": "eipalloc-0"}, "InvalidAllocationID.NotFound", "eipalloc-0"},
		"address in use":          {tNat, props{"subnetId": w.a.id, "allocationId": used.id}, "Resource.AlreadyAssociated", used.id},
		"no internet gateway":     {tNat, props{"subnetId": bare.a.id, "allocationId": free.id}, "Gateway.NotAttached", "has no Internet gateway attached"},
		"no route to the gateway": {tNat, props{"subnetId": w.b.id, "allocationId": free.id}, "Gateway.NotAttached", "has no route"},
		"unknown subnet":          {tNat, props{"subnetId": "subnet-0", "allocationId": free.id}, "InvalidSubnetID.NotFound", "subnet-0"},
		"private with an address": {tNat, props{"subnetId": w.a.id, "allocationId": free.id, "connectivityType": "private"}, "InvalidParameter", "private"},
		"private IP elsewhere":    {tNat, props{"subnetId": w.a.id, "allocationId": free.id, "privateIp": "10.0.1.9"}, "InvalidParameterValue", "range"},
		"private IP in use":       {tNat, props{"subnetId": w.a.id, "allocationId": free.id, "privateIp": "10.0.0.9"}, "InvalidIPAddress.InUse", "10.0.0.9"},
	})
	p.create(tNat, "two", props{"subnetId": w.a.id, "allocationId": free.id}) // the refused ones took nothing
}

func TestTeardownInAnyOtherOrderIsRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newPublic(p, "teardown")
	address := p.create(tEip, "teardown", props{"domain": "vpc"})
	nat := p.create(tNat, "teardown", props{"subnetId": w.a.id, "allocationId": address.id})
	private := p.create(tRoute, "teardown-b", props{"routeTableId": w.tableB.id, "destinationCidrBlock": "0.0.0.0/0", "natGatewayId": nat.id})

	requireRefused(t, address.tryDelete(), "InvalidIPAddress.InUse", address.out("publicIp"))
	requireRefused(t, w.gateway.tryDelete(), "DependencyViolation", "mapped public address")
	w.association.delete()
	requireRefused(t, w.a.tryDelete(), "DependencyViolation", w.a.id)

	nat.delete()
	require.Equal(t, "blackhole", unwire(t, private.read().GetProperties()).str("state"), "its routes stay and lead nowhere")
	private.delete()
	address.delete()
	w.a.delete()
	w.b.delete()
	w.group.delete()
	w.other.delete()
	w.tableA.delete() // with its route in it
	w.tableB.delete()
	requireRefused(t, w.vpc.tryDelete(), "DependencyViolation", w.vpc.id)
	w.gateway.delete()
	w.vpc.delete()
}

func TestInternetGatewayRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newPublic(p, "igw-refused")
	_, err := p.try(tInternetGateway, "second", props{"vpcId": w.vpc.id})
	requireRefused(t, err, "InvalidParameterValue", "already has an internet gateway attached")
	_, err = p.try(tInternetGateway, "lost", props{"vpcId": "vpc-0"})
	requireRefused(t, err, "InvalidVpcID.NotFound", "vpc-0")

	tasks := newTasks(p, "igw-refused")
	in := tasks.service(w.vpcWorld)
	in["networkConfiguration"] = props{"subnets": []string{w.a.id}, "securityGroups": []string{w.group.id}, "assignPublicIp": true}
	service := p.create(tService, "igw-refused", in)
	requireRefused(t, w.gateway.tryDelete(), "DependencyViolation", "mapped public address")
	service.delete()
	w.gateway.delete()
	require.Equal(t, "blackhole", unwire(t, w.route.read().GetProperties()).str("state"))
}

func TestRouteRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w, far := newPublic(p, "routes"), newPublic(p, "far")
	nat, deleted := far.nat("far"), far.nat("deleted")
	deleted.delete()
	in := func(name string, target any) props {
		return props{"routeTableId": w.tableB.id, "destinationCidrBlock": "0.0.0.0/0", name: target}
	}
	runRefusals(t, p, map[string]refusal{
		"again":                  {tRoute, in("gatewayId", w.gateway.id).with("routeTableId", w.tableA.id), "RouteAlreadyExists", "0.0.0.0/0"},
		"the VPC's own block":    {tRoute, in("gatewayId", w.gateway.id).with("destinationCidrBlock", "10.0.0.0/16"), "RouteAlreadyExists", "10.0.0.0/16"},
		"unknown table":          {tRoute, in("gatewayId", w.gateway.id).with("routeTableId", "rtb-0"), "InvalidRouteTableID.NotFound", "rtb-0"},
		"unknown gateway":        {tRoute, in("gatewayId", "igw-0"), "InvalidGatewayID.NotFound", "igw-0"},
		"gateway of another VPC": {tRoute, in("gatewayId", far.gateway.id), "InvalidParameterValue", "belong to different networks"},
		"unknown NAT gateway":    {tRoute, in("natGatewayId", "nat-0"), "InvalidNatGatewayID.NotFound", "nat-0"},
		"deleted NAT gateway":    {tRoute, in("natGatewayId", deleted.id), "InvalidNatGatewayID.NotFound", deleted.id},
		"NAT of another VPC":     {tRoute, in("natGatewayId", nat.id), "InvalidParameterValue", "belong to different networks"},
		"no target":              {tRoute, in("gatewayId", nil), "MissingParameter", "exactly one target"},
		"two targets":            {tRoute, in("gatewayId", w.gateway.id).with("natGatewayId", nat.id), "InvalidParameterCombination", "exactly one target"},
		"no destination":         {tRoute, in("gatewayId", w.gateway.id).with("destinationCidrBlock", nil), "MissingParameter", "destinationCidrBlock"},
		"not a block":            {tRoute, in("gatewayId", w.gateway.id).with("destinationCidrBlock", "everywhere"), "InvalidParameterValue", "everywhere"},
	})
	requireRefused(t, w.route.tryUpdate(props{"routeTableId": w.tableA.id, "destinationCidrBlock": "0.0.0.0/0", "natGatewayId": nat.id}),
		"InvalidParameterValue", "belong to different networks")
}
