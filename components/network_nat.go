package components

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
)

// anywhere is the destination of a default route.
const anywhere = "0.0.0.0/0"

// makeInternet gives the public subnets a way in and out.
func (n *network) makeInternet(ctx *pulumi.Context) (err error) {
	child := children.InternetGateway.Name(n.name)
	n.internet, err = ec2.NewInternetGateway(ctx, child, &ec2.InternetGatewayArgs{
		VpcId: n.vpc.ID(),
		Tags:  n.tags(child),
	}, n.child())
	if err != nil {
		return err
	}
	return n.leadOut(ctx, netplan.Gateway, func(_ int, route *ec2.RouteArgs) { route.GatewayId = n.internet.ID() })
}

// leadOut gives the subnets of the tiers with this way out a default route,
// through the gateway that through fills in by the subnet's place in its tier.
func (n *network) leadOut(ctx *pulumi.Context, way netplan.Way, through func(i int, route *ec2.RouteArgs)) error {
	for _, kind := range netplan.Tiers {
		if kind.Way != way {
			continue
		}
		t := n.tiers[kind]
		for i, letter := range t.letters {
			args := &ec2.RouteArgs{RouteTableId: t.routeTables[i].ID(), DestinationCidrBlock: pulumi.String(anywhere)}
			through(i, args)
			route, err := ec2.NewRoute(ctx, children.OfTier[kind.Name].Route.Name(n.name, letter), args, n.child())
			if err != nil {
				return err
			}
			t.attached = append(t.attached, route)
		}
	}
	return nil
}

// makeNat gives the private subnets a way out, through a NAT gateway in each
// zone or in the first.
func (n *network) makeNat(ctx *pulumi.Context) error {
	for i := range n.natZones() {
		if err := n.makeNatGateway(ctx, i); err != nil {
			return err
		}
	}
	return n.leadOut(ctx, netplan.Nat, func(i int, route *ec2.RouteArgs) {
		route.NatGatewayId = n.nat[min(i, len(n.nat)-1)].ID()
	})
}

func (n *network) makeNatGateway(ctx *pulumi.Context, i int) error {
	child := n.natName(ctx, i)
	args := &ec2.NatGatewayArgs{SubnetId: n.tiers[netplan.Public].subnets[i].ID(), Tags: n.tags(child)}
	// AWS refuses a NAT gateway in a subnet without a route to the internet,
	// and takes an internet gateway away only after the addresses behind it.
	afterInternet := pulumi.DependsOn(append([]pulumi.Resource{n.internet}, n.tiers[netplan.Public].attached...))
	if n.spec.addresses != nil {
		args.AllocationId = n.spec.addresses[i].ToStringOutput().ToStringPtrOutput()
	} else {
		address, err := ec2.NewEip(ctx, child, &ec2.EipArgs{
			Domain: pulumi.String("vpc"),
			Tags:   n.tags(child),
		}, n.child(), pulumi.DependsOn([]pulumi.Resource{n.internet}))
		if err != nil {
			return err
		}
		args.AllocationId = address.ID()
	}
	gateway, err := ec2.NewNatGateway(ctx, child, args, n.child(), afterInternet,
		// A gateway that has to be made anew takes its address along, and AWS
		// gives an address to one gateway at a time:
		// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html
		pulumi.DeleteBeforeReplace(true))
	n.nat = append(n.nat, gateway)
	return err
}

// natName names a NAT gateway for its zone, or for the user's address that it
// has: so two zones that swap their addresses swap their gateways, and neither
// gateway asks for the address that the other still holds.
func (n *network) natName(ctx *pulumi.Context, i int) string {
	if n.spec.addresses != nil {
		address := n.spec.addresses[i].ToStringOutput().ToStringPtrOutput()
		if name, _ := origin(ctx, address, []string{children.NatAddress.Type}); name != "" {
			return children.NatGatewayOfAddress.Name(n.name, name)
		}
	}
	return children.NatGateway.Name(n.name, n.tiers[netplan.Public].letters[i])
}

// natZones are the zones that have a NAT gateway.
func (n *network) natZones() []string {
	switch n.spec.nat {
	case NatModeOnePerAz:
		return n.tiers[netplan.Public].zones
	case NatModeSingle:
		return n.tiers[netplan.Public].zones[:1]
	}
	return nil
}

func (n *network) natPublicIps() pulumi.StringMapOutput {
	m := pulumi.StringMap{}
	for i, zone := range n.natZones() {
		m[zone] = n.nat[i].PublicIp
	}
	return m.ToStringMapOutput()
}
